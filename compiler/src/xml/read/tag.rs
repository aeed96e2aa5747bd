//! Start tags.

use std::ops::Range;

use super::super::names::{is_qualified_name, prefix};
use super::super::{Element, Fault};
use super::{DEPTH_LIMIT, Flow, KNOWN_PREFIXES, Open, State};

impl State<'_> {
    /// Reads a start tag, whose name begins at `start`. Reading goes on where it ends, wherever that is.
    pub(super) fn start(&mut self, start: usize) -> Flow {
        let rest = &self.text[start..];
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<'));
        let name_at = start..start + length.unwrap_or(rest.len());
        let name = &self.text[name_at.clone()];
        if name.is_empty() || !is_qualified_name(name) && !self.is_tag_nevertheless(name, name_at.end) {
            return self.stray_bracket(start - 1);
        }
        if self.open.len() >= DEPTH_LIMIT {
            self.faults.push(
                Fault::broken(
                    start - 1..name_at.end,
                    format!("elements are nested more than {DEPTH_LIMIT} deep"),
                )
                .labelled("one level too many"),
            );
            return Flow::Stop;
        }
        if !is_qualified_name(name) {
            self.faults.push(
                Fault::broken(name_at.clone(), format!("`{name}` is not a name that an element can have"))
                    .with_help("write `&lt;` where a `<` is meant, and start names with a letter"),
            );
        }
        if let Some(length) = self.runs_into_its_text(start) {
            return self.tag_without_bracket(start..start + length);
        }
        let inside = self.attributes(name_at.end);
        let at = start - 1..inside.end;
        if inside.lacks_bracket {
            let fault = self.unclosed_tag(&at, name, inside.is_empty);
            self.faults.extend((!inside.is_told).then_some(fault));
        }
        let element =
            Element { name: name.to_owned(), attributes: inside.attributes, at, ..Element::default() };
        if is_qualified_name(name) {
            self.check_prefixes(&element, name_at);
        }
        self.outside = None;
        self.last_words = 0..0;
        self.open.push(Open { element, lacks_bracket: inside.lacks_bracket });
        if inside.is_empty {
            self.close(inside.end);
        }
        Flow::Resume(inside.end)
    }

    /// The length of the name in a tag such as `<vcpu4</vcpu>`.
    fn runs_into_its_text(&self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        let end = rest.find(['<', '>'])?;
        let closed = rest[end..].strip_prefix("</")?;
        let name = &closed[..closed.find('>')?];
        let follows = rest[..end].strip_prefix(name)?.chars().next()?;
        (is_qualified_name(name) && !follows.is_whitespace()).then_some(name.len())
    }

    /// A start tag that has nothing behind the name at `name_at`, where its text follows.
    fn tag_without_bracket(&mut self, name_at: Range<usize>) -> Flow {
        let name = self.text[name_at.clone()].to_owned();
        let at = name_at.start - 1..name_at.end;
        self.faults.push(
            Fault::broken(at.clone(), format!("the tag `<{name}` is not closed"))
                .labelled("no `>` behind the name")
                .with_help(format!("write `<{name}>` before the text")),
        );
        self.outside = None;
        self.last_words = 0..0;
        let element = Element { name, at, ..Element::default() };
        self.open.push(Open { element, lacks_bracket: false });
        Flow::Resume(name_at.end)
    }

    /// The tag at `at` runs into the next one, or into the end.
    fn unclosed_tag(&self, at: &Range<usize>, name: &str, has_slash: bool) -> Fault {
        let fault = Fault::broken(at.clone(), format!("the tag `<{name}` is not closed"));
        if has_slash {
            return fault.labelled("no `>` behind the `/`").with_help("close the tag with `/>`");
        }
        if self.text[at.end..].trim_start().is_empty() {
            return fault.labelled("opened here").with_help("close the tag with `>`");
        }
        fault
            .labelled("no `>` before the next `<`")
            .with_help("close the tag with `>`, or write `&lt;` where a `<` is meant")
    }

    /// Whether what follows a `<` is meant to be a tag, although it is no name.
    fn is_tag_nevertheless(&self, name: &str, end: usize) -> bool {
        let rest = &self.text[end..];
        let tag = rest.find(['<', '>']).map_or(rest, |end| &rest[..=end]);
        tag.ends_with("/>") || tag.ends_with('>') && rest.contains(&format!("</{name}"))
    }

    /// A `<` that no name follows.
    fn stray_bracket(&mut self, at: usize) -> Flow {
        let rest = &self.text[at + 1..];
        let tag = rest.trim_start();
        let name =
            tag.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<')).next().unwrap_or_default();
        if rest.len() > tag.len() && is_qualified_name(name) {
            let name_at = self.text.len() - tag.len();
            if self.is_tag_nevertheless(name, name_at + name.len()) {
                self.faults.push(
                    Fault::broken(at..name_at, format!("a space stands between `<` and `{name}`"))
                        .with_help(format!("write `<{name}`")),
                );
                return self.start(name_at);
            }
        }
        let is_followed = |next: &str| rest.starts_with(next);
        let known = self.outside.filter(|_| self.open.is_empty());
        match known {
            Some(_) => {
                self.text_outside(&(at..at + 1));
                return Flow::Stop;
            }
            None if is_followed("<") => self.faults.push(
                Fault::broken(at..at + 1, "a `<` stands before the `<` of a tag")
                    .with_help("remove one of them"),
            ),
            None => {
                let end = if is_followed(">") { at + 2 } else { at + 1 };
                if self.open.is_empty() {
                    // What follows is text, and one fault with it.
                    self.outside = Some(self.faults.len());
                }
                self.faults.push(
                    Fault::broken(at..end, "a `<` is not followed by the name of an element")
                        .with_help("write `&lt;` where a `<` is meant, and start names with a letter"),
                );
                return Flow::Resume(end);
            }
        }
        Flow::Resume(at + 1)
    }

    fn check_prefixes(&mut self, element: &Element, name: Range<usize>) {
        let mut used = vec![(element.name.as_str(), name)];
        for attribute in &element.attributes {
            let end = (attribute.at.start + attribute.name.len()).min(attribute.at.end);
            used.push((attribute.name.as_str(), attribute.at.start..end));
        }
        let faults: Vec<_> = used
            .into_iter()
            .filter_map(|(name, at)| Some((prefix(name)?, name, at)))
            .filter(|&(prefix, ..)| !self.declares(element, prefix))
            .map(|(prefix, name, at)| {
                Fault::broken(at, format!("the prefix `{prefix}` of `{name}` is not declared"))
                    .with_help(format!("declare it: `xmlns:{prefix}=\"…\"`"))
            })
            .collect();
        self.faults.extend(faults);
    }

    fn declares(&self, element: &Element, prefix: &str) -> bool {
        let declaration = format!("xmlns:{prefix}");
        matches!(prefix, "xml" | "xmlns")
            || KNOWN_PREFIXES.iter().any(|&(known, _)| known == prefix)
            || element.attribute(&declaration).is_some()
            || self.open.iter().any(|open| open.element.attribute(&declaration).is_some())
    }
}
