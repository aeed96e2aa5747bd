//! Which element ends where.

use std::ops::Range;

use super::super::vocabulary::nearest;
use super::super::{Child, Element, Fault, format};
use super::{Flow, Open, State};

impl State<'_> {
    /// Reads an end tag that has `content` behind its `</`, and ends at `end`.
    pub(super) fn end(&mut self, content: Range<usize>, end: usize) -> Flow {
        let text = self.text;
        let start = content.start.saturating_sub(2);
        let words = std::mem::take(&mut self.last_words);
        if let Some(length) = text[content.clone()].find('<') {
            return self.unclosed_end(content.start..content.start + length);
        }
        if end == content.end {
            return self.unclosed_end(content);
        }
        self.end_of(text[content].trim_end(), start..end, words)
    }

    /// An end tag without its `>`.
    fn unclosed_end(&mut self, content: Range<usize>) -> Flow {
        let name = self.text[content.clone()].trim_end();
        let at = content.start.saturating_sub(2)..content.start + name.len();
        self.faults.push(
            Fault::broken(at.clone(), format!("the tag `</{name}` is not closed"))
                .with_help("close the tag with `>`"),
        );
        self.end_of(name, at, 0..0);
        Flow::Resume(content.end)
    }

    /// Ends the element that an end tag means.
    fn end_of(&mut self, name: &str, at: Range<usize>, words: Range<usize>) -> Flow {
        if self.open.last().is_none_or(|open| open.element.name != name) {
            self.take_for_empty(name);
        }
        if let Some(open) = self.open.last_mut().filter(|open| open.element.name == name) {
            open.element.end_name = at.start + 2..at.start + 2 + name.len();
            self.close(at.end);
            return Flow::GoOn;
        }
        if self.differs_in_case(name, &at) {
            self.close(at.end);
            return Flow::GoOn;
        }
        if self.closes_what_was_left_open(name) || self.lacks_its_start(name, &words) {
            return Flow::GoOn;
        }
        if !self.open.is_empty() {
            return self.wrong_end(name, at);
        }
        self.is_uncertain = true;
        self.faults.push(
            Fault::broken(at, format!("`</{name}>` closes nothing: no element is open"))
                .with_help(format!("remove it, or open the element with `<{name}>` first")),
        );
        Flow::GoOn
    }

    /// Whether an end tag has the name of the innermost open element in other capitals.
    fn differs_in_case(&mut self, name: &str, at: &Range<usize>) -> bool {
        let parent = self.parent_of_innermost();
        let Some(Open { element: open, .. }) = self.open.last_mut() else { return false };
        if !open.name.eq_ignore_ascii_case(name) {
            return false;
        }
        // Of names that libvirt does not know, the one without capitals is most likely meant.
        let is_start_odd = !format::is_known(&parent, &open.name)
            && (format::is_known(&parent, name) || open.name.contains(|c: char| c.is_ascii_uppercase()));
        let (odd, other) =
            if is_start_odd { (beginning(open), at.clone()) } else { (at.clone(), beginning(open)) };
        let right = if is_start_odd { name } else { open.name.as_str() };
        let name_at = odd.start + if is_start_odd { 1 } else { 2 };
        let rewrite = (name_at..name_at + name.len(), right.to_owned());
        let message = format!("`<{}>` and `</{name}>` differ in upper and lower case", open.name);
        let fault = Fault::broken(odd, message)
            .labelled(format!("did you mean `{right}`?"))
            .with_other(other, "the other one");
        let fault = Fault { rewrites: vec![rewrite], is_sure: true, ..fault };
        if is_start_odd {
            name.clone_into(&mut open.name);
        }
        self.faults.push(fault.with_help("write both alike"));
        true
    }

    /// Elements whose start tags lack their `>` are without content where an end tag closes one around them.
    fn take_for_empty(&mut self, name: &str) {
        let Some(outer) = self.open.iter().rposition(|open| open.element.name == name) else { return };
        if self.open[outer + 1..].iter().all(|open| open.lacks_bracket) {
            while self.open.len() > outer + 1 {
                self.close_as_empty();
            }
        }
    }

    /// Closes the innermost open element before its content.
    fn close_as_empty(&mut self) {
        let Some(open) = self.open.last_mut() else { return };
        let content = std::mem::take(&mut open.element.children);
        let end = open.element.at.end;
        self.close(end);
        self.add_behind(content);
    }

    /// Whether the text before an end tag is its start tag without the `<`: `serial>1</serial>`.
    fn lacks_its_start(&mut self, name: &str, words: &Range<usize>) -> bool {
        let text = &self.text[words.clone()];
        let Some(found) = text.rfind(&format!("{name}>")) else { return false };
        let before = text[..found].chars().next_back();
        if name.is_empty() || before.is_some_and(char::is_alphanumeric) {
            return false;
        }
        let start = words.start + found;
        if let Some(known) = self.outside.filter(|_| self.open.is_empty())
            && self.faults[known].at.end > start
        {
            self.faults.remove(known);
            self.outside = None;
        }
        self.faults.push(
            Fault::broken(start..start + name.len(), format!("no `<` stands before `{name}>`"))
                .with_help(format!("write `<{name}>`")),
        );
        if self.open.is_empty() {
            self.outside = Some(self.faults.len() - 1);
        }
        true
    }

    /// An end tag that is not that of the innermost open element.
    fn wrong_end(&mut self, name: &str, at: Range<usize>) -> Flow {
        let Some(Open { element: open, .. }) = self.open.last() else { return Flow::GoOn };
        if self.is_meant_to_close(name) {
            let message = format!("expected `</{}>`, found `</{name}>`", open.name);
            self.faults.push(
                Fault::broken(open.at.clone(), message)
                    .labelled(format!("did you mean `</{}>`?", open.name))
                    .with_other(at.clone(), "noticed here")
                    .with_help(format!("this opens another `<{}>` inside of the first", open.name)),
            );
            self.open.pop();
            self.close(at.start);
            if self.open.last().is_some_and(|open| open.element.name == name) {
                self.close(at.end);
                return Flow::GoOn;
            }
            return self.wrong_end(name, at);
        }
        let outer = self.open.iter().rposition(|open| open.element.name == name);
        if outer.is_none() && self.start_is_misspelt(name, &at) {
            self.close(at.end);
            return Flow::GoOn;
        }
        let end = at.end;
        match outer.filter(|_| !self.is_closed_at(end)) {
            Some(outer) => self.unclosed_before(outer, name, &at),
            None => self.mismatch(outer, name, at),
        }
        match outer {
            Some(outer) => {
                while self.open.len() > outer + 1 {
                    self.left_open.extend(self.open.last().map(|open| open.element.name.clone()));
                    self.leave_open();
                }
                self.left_open.push(name.to_owned());
            }
            // It may be an end too many, and the one that is expected may follow.
            None => self.left_open.extend(self.open.last().map(|open| open.element.name.clone())),
        }
        self.close(end);
        Flow::GoOn
    }

    /// Tells of an end tag that stands where that of the innermost open element is expected.
    fn mismatch(&mut self, outer: Option<usize>, name: &str, at: Range<usize>) {
        let Some(Open { element: open, .. }) = self.open.last() else { return };
        let help = match outer {
            Some(_) => format!("close `<{}>` before `</{name}>`", open.name),
            None => format!("did you mean `</{}>`?", open.name),
        };
        let name_at = at.start + 2..at.start + 2 + name.len();
        let mut fault = Fault::broken(at, format!("expected `</{}>`, found `</{name}>`", open.name))
            .labelled(format!("`<{}>` is still open here", open.name))
            .with_other(open.at.clone(), format!("`<{}>` is opened here", open.name))
            .with_help(help);
        if outer.is_none() && nearest(name, &[&open.name]).is_some() {
            fault.rewrites.push((name_at, open.name.clone()));
        }
        self.faults.push(fault);
    }

    /// Tells of the elements that are open where the end tag at `at` ends the one around them.
    fn unclosed_before(&mut self, outer: usize, name: &str, at: &Range<usize>) {
        let unclosed = (outer + 1..self.open.len()).filter(|&index| !self.open[index].lacks_bracket);
        let faults: Vec<_> = unclosed
            .map(|index| {
                let open = &self.open[index].element;
                let message = format!("`<{}>` is not closed before `</{name}>`", open.name);
                Fault::broken(beginning(open), message)
                    .labelled("opened here")
                    .with_other(at.clone(), format!("ends the `<{name}>` around it"))
                    .with_help(self.how_to_close(index))
            })
            .collect();
        self.faults.extend(faults);
    }

    /// How to close an open element.
    fn how_to_close(&self, index: usize) -> String {
        let name = &self.open[index].element.name;
        let parent = index.checked_sub(1).map_or("domain", |parent| self.open[parent].element.name.as_str());
        let has_content = self.open[index].element.children.iter().any(|child| match child {
            Child::Element(element) => format::is_known(name, &element.name),
            Child::Text(text) => !text.trim().is_empty(),
        });
        if !has_content && format::is_always_empty(parent, name) {
            return format!("write `/>` at its end: a `<{name}>` has no content");
        }
        format!("add `</{name}>`, or write `<{name}/>` for an element without content")
    }

    /// Whether the next tag behind a place is the end of the innermost open element.
    fn is_closed_at(&self, place: usize) -> bool {
        let Some(Open { element, .. }) = self.open.last() else { return false };
        let next = self.text[place..].trim_start().strip_prefix("</");
        next.and_then(|next| next.strip_prefix(element.name.as_str()))
            .is_some_and(|rest| rest.trim_start().starts_with('>'))
    }

    /// The name of the element around the innermost open one.
    fn parent_of_innermost(&self) -> String {
        match self.open.as_slice() {
            [.., outer, _] => outer.element.name.clone(),
            _ => "domain".to_owned(),
        }
    }

    /// Whether the innermost open element is misspelt, and its end tag is not.
    fn start_is_misspelt(&mut self, name: &str, end: &Range<usize>) -> bool {
        let parent = self.parent_of_innermost();
        let Some(Open { element: open, .. }) = self.open.last_mut() else { return false };
        if format::is_known(&parent, &open.name)
            || !format::is_known(&parent, name)
            || nearest(&open.name, &[name]).is_none()
        {
            return false;
        }
        let at = open.at.start + 1..open.at.start + 1 + open.name.len();
        let message = format!("`<{}>` is closed by `</{name}>`", open.name);
        let mut fault = Fault::broken(at.clone(), message)
            .labelled(format!("did you mean `<{name}>`?"))
            .with_other(end.clone(), "closed here")
            .with_help("write both alike");
        fault.rewrites.push((at, name.to_owned()));
        self.faults.push(fault);
        name.clone_into(&mut open.name);
        true
    }

    /// Whether an end tag belongs to an element that should have been closed before, which has been told.
    fn closes_what_was_left_open(&mut self, name: &str) -> bool {
        let Some(at) = self.left_open.iter().rposition(|left| left == name) else { return false };
        self.left_open.remove(at);
        self.is_uncertain = true;
        true
    }

    /// Closes the innermost open element where nothing says that it ends. What is in it may be meant to stand elsewhere.
    pub(super) fn leave_open(&mut self) {
        if let Some(Open { element, .. }) = self.open.last_mut() {
            element.children.retain(|child| matches!(child, Child::Element(_)));
            self.doubtful.extend(element.elements().map(|inner| inner.at.start));
            let end = element.at.end;
            self.close(end);
        }
    }

    /// Whether the innermost open element is a closing tag without its `/`, where another element is closed: it has the
    /// name of the one around it, and nothing else.
    fn is_meant_to_close(&self, closed: &str) -> bool {
        let [around @ .., outer, inner] = self.open.as_slice() else { return false };
        outer.element.name == inner.element.name
            && inner.element.attributes.is_empty()
            && around.iter().any(|open| open.element.name == closed)
    }

    /// Closes the innermost open element, which ends at a place.
    pub(super) fn close(&mut self, end: usize) {
        let Some(Open { mut element, .. }) = self.open.pop() else { return };
        if element.elements().next().is_some() || !element.has_text() {
            // Indentation between elements is not content.
            element.children.retain(|child| !matches!(child, Child::Text(text) if text.trim().is_empty()));
        }
        element.end = end;
        match self.open.last_mut() {
            Some(parent) => parent.element.push(element),
            None => self.roots.push(element),
        }
    }

    pub(super) fn end_of_text(&mut self) {
        while self.open.last().is_some_and(|open| open.lacks_bracket) {
            self.close_as_empty();
        }
        self.take_start_for_end();
        let faults: Vec<_> = (0..self.open.len())
            .filter(|&index| !self.open[index].lacks_bracket)
            .map(|index| {
                let open = &self.open[index].element;
                Fault::broken(beginning(open), format!("`<{}>` is never closed", open.name))
                    .labelled("opened here")
                    .with_help(self.how_to_close(index))
            })
            .collect();
        self.faults.extend(faults);
    }

    /// The last tag of a text may be a closing one without its `/`.
    fn take_start_for_end(&mut self) {
        let [.., outer, inner] = self.open.as_slice() else { return };
        let (name, inner) = (&outer.element.name, &inner.element);
        if *name != inner.name || !inner.attributes.is_empty() {
            return;
        }
        let message = format!("`<{name}>` stands where `</{name}>` is expected");
        let fault = Fault::broken(inner.at.clone(), message)
            .labelled(format!("did you mean `</{name}>`?"))
            .with_help(format!("this opens another `<{name}>` inside of the first"));
        let end = inner.at.start;
        self.faults.push(fault);
        let behind = self.open.pop().map(|open| open.element.children).unwrap_or_default();
        self.close(end);
        self.add_behind(behind);
    }

    /// Adds elements behind the one that was closed last.
    fn add_behind(&mut self, children: Vec<Child>) {
        let elements = children.into_iter().filter(|child| matches!(child, Child::Element(_)));
        match self.open.last_mut() {
            Some(parent) => parent.element.children.extend(elements),
            None => self.roots.extend(elements.filter_map(|child| match child {
                Child::Element(element) => Some(element),
                Child::Text(_) => None,
            })),
        }
    }
}

/// The `<` and the name of an element: what else is wrong in its start tag is another mistake.
fn beginning(element: &Element) -> Range<usize> {
    element.at.start..(element.at.start + 1 + element.name.len()).min(element.at.end)
}
