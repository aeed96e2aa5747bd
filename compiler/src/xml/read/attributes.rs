//! What stands in a start tag behind its name.

use std::ops::Range;

use super::super::names::is_qualified_name;
use super::super::{Attribute, Fault};
use super::State;

/// What stands in a start tag behind its name.
pub(super) struct Inside {
    pub(super) attributes: Vec<Attribute>,
    /// Where the tag ends: behind its `>`, or before what it runs into.
    pub(super) end: usize,
    /// Whether it ends with `/>`.
    pub(super) is_empty: bool,
    /// Whether it has no `>`.
    pub(super) lacks_bracket: bool,
    /// Whether that follows from a fault that has been told.
    pub(super) is_told: bool,
}

impl State<'_> {
    /// Reads a start tag from behind its name to its end.
    pub(super) fn attributes(&mut self, from: usize) -> Inside {
        let mut inside = Inside {
            attributes: Vec::new(),
            end: from,
            is_empty: false,
            lacks_bracket: false,
            is_told: false,
        };
        // Words without a value: of a tag that runs into text they are that text.
        let mut bare = Vec::new();
        loop {
            let start = self.past_blanks(inside.end);
            match self.text[start..].chars().next() {
                None | Some('<') => {
                    inside.lacks_bracket = true;
                    return inside;
                }
                Some('>') => {
                    inside.end = start + 1;
                    break;
                }
                Some('/') if self.text[start + 1..].trim_start().starts_with('>') => {
                    inside.end = self.past_blanks(start + 1) + 1;
                    inside.is_empty = true;
                    if inside.end > start + 2 {
                        let fault = Fault::broken(start..inside.end, "a space stands between `/` and `>`");
                        self.faults.push(fault.with_help("write `/>`"));
                    }
                    break;
                }
                // `<driver name='qemu'/` before the next tag, or at the end.
                Some('/') if runs_into_tag(&self.text[start + 1..]) => {
                    inside.end = start + 1;
                    inside.is_empty = true;
                    inside.lacks_bracket = true;
                    return inside;
                }
                Some(c @ (',' | ';' | '/')) => {
                    self.faults.push(
                        Fault::broken(start..start + 1, format!("`{c}` does not belong into a tag here"))
                            .with_help(if c == '/' {
                                "remove it: the `/` of an element without content stands before its `>`"
                                    .to_owned()
                            } else {
                                format!("remove the `{c}`: attributes are separated by spaces")
                            }),
                    );
                    inside.end = start + 1;
                }
                Some('"' | '\'' | '=') => {
                    let end = self.nameless_value(start);
                    inside.end = end;
                }
                Some(_) => self.attribute(start, &mut inside, &mut bare),
            }
        }
        self.faults.append(&mut bare);
        inside
    }

    pub(super) fn past_blanks(&self, at: usize) -> usize {
        self.text.len() - self.text[at..].trim_start().len()
    }

    /// A value without a name.
    fn nameless_value(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let value = rest.trim_start_matches('=').trim_start();
        let opening = self.text.len() - value.len();
        let quoted = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let closing = quoted.and_then(|quote| value[1..].find([quote, '<', '>']));
        let end = match closing {
            Some(closing) if value[1 + closing..].starts_with(['"', '\'']) => opening + closing + 2,
            _ => opening.max(start + 1),
        };
        self.faults.push(
            Fault::broken(start..end, "a value has no attribute that it belongs to")
                .with_help("write an attribute as `name=\"value\"`, or remove it"),
        );
        end
    }

    /// Reads the attribute whose name begins at `start`.
    fn attribute(&mut self, start: usize, inside: &mut Inside, bare: &mut Vec<Fault>) {
        let rest = &self.text[start..];
        let is_end = |&(at, c): &(usize, char)| {
            c.is_whitespace()
                || matches!(c, '=' | '>' | '<' | '"' | '\'' | ',' | ';')
                || c == '/' && rest[at + 1..].trim_start().starts_with('>')
        };
        let mut end = start + rest.char_indices().find(is_end).map_or(rest.len(), |(at, _)| at);
        let follows = self.past_blanks(end);
        let mut value_start = follows;
        let next = self.text[follows..].chars().next();
        let is_quote = |at: usize| self.text[at..].starts_with(['"', '\'']);
        match next {
            Some('=') => value_start = self.past_blanks(follows + 1),
            // `cache:'none'`
            Some('"' | '\'') if follows == end && self.text[start..end].ends_with(':') => {
                end -= 1;
                let name = &self.text[start..end];
                self.faults.push(
                    Fault::broken(end..end + 1, format!("a `:` stands between `{name}` and its value"))
                        .with_help("write `=` instead of `:`"),
                );
            }
            Some('"' | '\'') => {
                let name = &self.text[start..end];
                self.faults.push(
                    Fault::broken(start..end, format!("no `=` stands between `{name}` and its value"))
                        .with_help(format!("write `{name}=` before the value")),
                );
            }
            _ => {
                let name = &self.text[start..end];
                bare.push(
                    Fault::broken(start..end, format!("the attribute `{name}` has no value"))
                        .with_help(format!("write `{name}=\"…\"`")),
                );
                inside.end = end;
                return;
            }
        }
        if start == inside.end {
            let name = &self.text[start..end];
            self.faults.push(
                Fault::broken(start..end, format!("a space is missing before the attribute `{name}`"))
                    .with_help("separate attributes with a space"),
            );
        }
        let name = start..end;
        if is_quote(value_start) {
            self.quoted(name, value_start, inside);
        } else {
            self.unquoted(name, value_start, inside);
        }
    }

    /// A value without quotes, or none behind a `=`.
    fn unquoted(&mut self, name_at: Range<usize>, start: usize, inside: &mut Inside) {
        let name = &self.text[name_at.clone()];
        let rest = &self.text[start..];
        if let Some(length) = curly_value(rest) {
            return self.curly(name_at, start..start + length, inside);
        }
        if let Some(end) = lone_closing_quote(rest) {
            return self.unopened(name_at, start..start + end, inside);
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '<' | '"' | '\'');
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let word =
            if rest[word.len()..].starts_with('>') { word.strip_suffix('/').unwrap_or(word) } else { word };
        let message = if word.is_empty() {
            let equals = self.text[name_at.start..start].trim_end().len();
            inside.end = name_at.start + equals;
            format!("the attribute `{name}` has no value after its `=`")
        } else {
            inside.end = start + word.len();
            format!("the value of the attribute `{name}` is not in quotes")
        };
        let value = if word.is_empty() { "…" } else { word };
        let at = name_at.start..inside.end;
        self.faults.push(Fault::broken(at.clone(), message).with_help(format!("write `{name}=\"{value}\"`")));
        if !word.is_empty() {
            let quote = at.end.saturating_sub(word.len() + 2).max(at.start);
            let attribute = Attribute { name: name.to_owned(), value: word.to_owned(), at, quote };
            self.add_attribute(attribute, inside);
        }
    }

    /// A value between quotes that word processors write.
    fn curly(&mut self, name_at: Range<usize>, quoted: Range<usize>, inside: &mut Inside) {
        let name = &self.text[name_at.clone()];
        let value = self.text[quoted.clone()].trim_matches(CURLY);
        inside.end = quoted.end;
        self.faults.push(
            Fault::broken(
                name_at.start..quoted.end,
                format!("the quotes around the value of `{name}` are no quotes of XML"),
            )
            .labelled("as word processors write them")
            .with_help(format!("write `{name}=\"{value}\"`")),
        );
    }

    /// A value that has its closing quote alone: `bus=0x0a'`.
    fn unopened(&mut self, name_at: Range<usize>, value: Range<usize>, inside: &mut Inside) {
        let name = &self.text[name_at.clone()];
        let mark = &self.text[value.end..=value.end];
        inside.end = value.end + 1;
        let at = name_at.start..inside.end;
        let written = &self.text[value.clone()];
        self.faults.push(
            Fault::broken(at.clone(), format!("the value of the attribute `{name}` has no opening quote"))
                .labelled("the quote is closed here, and opened nowhere")
                .with_help(format!("write `{name}={mark}{written}{mark}`")),
        );
        let quote = at.end.saturating_sub(written.len() + 2).max(at.start);
        let attribute = Attribute { name: name.to_owned(), value: written.to_owned(), at, quote };
        self.add_attribute(attribute, inside);
    }

    /// The value whose quote is at `quote`.
    fn quoted(&mut self, name_at: Range<usize>, quote: usize, inside: &mut Inside) {
        let ends = self.value_ends(&name_at, quote);
        inside.end = ends.next;
        inside.is_told |= ends.is_runaway;
        let value = self.attribute_value(quote + 1..ends.value);
        let name = self.text[name_at.clone()].to_owned();
        self.add_attribute(Attribute { name, value, at: name_at.start..ends.next, quote }, inside);
    }

    fn add_attribute(&mut self, attribute: Attribute, inside: &mut Inside) {
        let Attribute { name, at, .. } = &attribute;
        if !is_qualified_name(name) {
            self.faults.push(Fault::broken(
                at.start..at.start + name.len(),
                format!("`{name}` is not a name that an attribute can have"),
            ));
        }
        if let Some(first) = inside.attributes.iter().find(|first| first.name == *name) {
            self.faults.push(
                Fault::broken(at.clone(), format!("the attribute `{name}` is given twice"))
                    .labelled("given again here")
                    .with_other(first.at.clone(), "given here first")
                    .with_help("remove one of the two"),
            );
            return;
        }
        inside.attributes.push(attribute);
    }
}

/// Quotes that word processors write.
const CURLY: &[char] = &['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '″', '′'];

/// The length of a value between such quotes.
fn curly_value(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(CURLY)?;
    let opening = text.len() - inside.len();
    let end = inside.find(|c| CURLY.contains(&c) || matches!(c, '<' | '>'))?;
    let mark = inside[end..].chars().next().filter(|mark| CURLY.contains(mark))?;
    Some(opening + end + mark.len_utf8())
}

/// Whether nothing stands before the next tag, or the end.
fn runs_into_tag(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with('<')
}

/// Where the quote stands that closes a value without an opening one.
fn lone_closing_quote(value: &str) -> Option<usize> {
    let end = value.find(['"', '\'', '<', '>'])?;
    let after = value[end..].strip_prefix(['"', '\''])?;
    // `bus=0 slot='1'` has another attribute.
    if value[..end].contains('=') && value[..end].contains(char::is_whitespace) || value[..end].ends_with('=')
    {
        return None;
    }
    let is_closing = after.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    (end > 0 && is_closing).then_some(end)
}
