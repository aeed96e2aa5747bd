//! Which element ends where.

use std::ops::Range;

use super::super::{Child, Fault};
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
        if self.open.last().is_some_and(|open| open.element.name == name) {
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
        let Some(Open { element: open, .. }) = self.open.last_mut() else { return false };
        if !open.name.eq_ignore_ascii_case(name) {
            return false;
        }
        // The element is most likely the one whose name has no capitals.
        let is_start_odd = open.name.contains(|c: char| c.is_ascii_uppercase());
        let (odd, other) =
            if is_start_odd { (open.at.clone(), at.clone()) } else { (at.clone(), open.at.clone()) };
        let right = if is_start_odd { name } else { open.name.as_str() };
        let message = format!("`<{}>` and `</{name}>` differ in upper and lower case", open.name);
        let fault = Fault::broken(odd, message)
            .labelled(format!("did you mean `{right}`?"))
            .with_other(other, "the other one");
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
        let siblings = content.into_iter().filter(|child| matches!(child, Child::Element(_)));
        match self.open.last_mut() {
            Some(parent) => parent.element.children.extend(siblings),
            None => self.roots.extend(siblings.filter_map(|child| match child {
                Child::Element(element) => Some(element),
                Child::Text(_) => None,
            })),
        }
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
        let end = at.end;
        let fault = Fault::broken(at, format!("expected `</{}>`, found `</{name}>`", open.name))
            .labelled(format!("`<{}>` is still open here", open.name))
            .with_other(open.at.clone(), format!("`<{}>` is opened here", open.name));
        let outer = self.open.iter().rposition(|open| open.element.name == name);
        let help = match outer {
            Some(_) => format!("close `<{}>` before `</{name}>`", open.name),
            None => format!("did you mean `</{}>`?", open.name),
        };
        self.faults.push(fault.with_help(help));
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
        if let Some(Open { element: open, .. }) = self.open.last() {
            self.faults.push(
                Fault::broken(open.at.clone(), format!("`<{}>` is never closed", open.name))
                    .labelled("opened here")
                    .with_help(format!(
                        "add `</{0}>`, or write `<{0}/>` for an element without content",
                        open.name
                    )),
            );
        }
    }
}
