//! Values of attributes: where one ends, and what it stands for.

use std::ops::Range;

use super::super::Fault;
use super::State;
use super::words::lone_ampersand;

/// Where a value ends.
pub(super) struct Ends {
    /// The end of the value itself.
    pub(super) value: usize,
    /// Where what follows it begins.
    pub(super) next: usize,
    /// Whether it has no closing quote.
    pub(super) is_runaway: bool,
}

impl State<'_> {
    /// Where the value ends that the quote at `quote` opens.
    pub(super) fn value_ends(&mut self, name: &Range<usize>, quote: usize) -> Ends {
        let inside = &self.text[quote + 1..];
        let mark = if self.text[quote..].starts_with('"') { '"' } else { '\'' };
        let close = inside.find(mark);
        let less = inside[..close.unwrap_or(inside.len())].find('<');
        let Some(close) = close else { return self.runaway(name, quote, less.unwrap_or(inside.len())) };
        let (value, after) = (&inside[..close], &inside[close + 1..]);
        // `/var/lib` goes on with another value.
        let is_slash = |rest: &str| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with(['>', '<'])
        };
        let is_followed = after.is_empty()
            || after.strip_prefix('/').is_some_and(is_slash)
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '?'));
        if let Some(less) = less {
            if !is_followed || value.contains('\n') || value.trim_end().ends_with('=') {
                return self.runaway(name, quote, less);
            }
            let at = quote + 1 + less;
            self.faults
                .push(Fault::broken(at..at + 1, "a `<` may not stand in a value").with_help("write `&lt;`"));
        } else if !is_followed {
            // The quote that closes this one opens the next: `a="x b="y"`.
            if let Some(start) = next_attribute(value) {
                return self.runaway(name, quote, start);
            }
            if let Some(end) = quote_inside(after, mark) {
                return self.quotes_inside(name, quote + 1 + close, quote + 1 + close + 1 + end);
            }
        }
        let end = quote + 1 + close;
        Ends { value: end, next: end + 1, is_runaway: false }
    }

    /// The value that the quote at `quote` opens has no closing quote in the `length` bytes after it, before something that
    /// is not a part of it.
    fn runaway(&mut self, name: &Range<usize>, quote: usize, length: usize) -> Ends {
        let value = &self.text[quote + 1..quote + 1 + length];
        // It ends with its tag, where that ends.
        let closing = value.find('>');
        let kept =
            closing.map_or(value, |closing| value[..closing].strip_suffix('/').unwrap_or(&value[..closing]));
        let word = kept.find(char::is_whitespace).unwrap_or(kept.len());
        let kept = kept.trim_end();
        let name_text = &self.text[name.clone()];
        let mark = &self.text[quote..=quote];
        self.faults.push(
            Fault::broken(
                name.start..quote + 1 + word,
                format!("the value of the attribute `{name_text}` has no closing quote"),
            )
            .labelled("the quote is opened here")
            .with_help(format!("close the value with `{mark}`; write `&lt;` where a `<` is meant")),
        );
        let end = quote + 1 + kept.len();
        Ends { value: end, next: end, is_runaway: true }
    }

    /// The quote at `inner` is meant as a part of the value, and the one at `end` closes it or is another one.
    fn quotes_inside(&mut self, name: &Range<usize>, inner: usize, mut end: usize) -> Ends {
        let mark = if self.text[inner..].starts_with('"') { '"' } else { '\'' };
        while let Some(further) = quote_inside(&self.text[end + 1..], mark) {
            end += 1 + further;
        }
        // The quote before the one that closes the value.
        if self.text[end + 1..].starts_with(mark) {
            end += 1;
        }
        let (escaped, other) = if mark == '"' { ("&quot;", '\'') } else { ("&apos;", '"') };
        let name = &self.text[name.clone()];
        self.faults.push(
            Fault::broken(
                inner..inner + 1,
                format!("this `{mark}` ends the value of the attribute `{name}`"),
            )
            .with_other(end..end + 1, "the value goes on to here")
            .with_help(format!("write `{escaped}` for a `{mark}` in it, or put the value between `{other}`")),
        );
        Ends { value: end, next: end + 1, is_runaway: false }
    }

    /// The value behind the bytes between two quotes: references resolved, white space normalised. What is
    /// wrong in it stays as it is, and keeps its length.
    pub(super) fn attribute_value(&mut self, at: Range<usize>) -> String {
        let text = self.text;
        let mut value = String::with_capacity(at.len());
        let mut rest = &text[at.clone()];
        while let Some(c) = rest.chars().next() {
            let start = at.end - rest.len();
            if c != '&' {
                value.push(if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let length = rest.find(';').filter(|&end| !rest[1..end].contains(['&', ' ', '\n']));
            let Some(length) = length else {
                self.faults.push(lone_ampersand(start));
                value.push('&');
                rest = &rest[1..];
                continue;
            };
            let end = start + length;
            match self.resolve(&(start + 1..end), &(start..end + 1)) {
                Some(c) => value.push(c),
                None => value.push_str(&text[start..=end]),
            }
            rest = &rest[length + 1..];
        }
        value
    }
}

/// Where the next attribute begins in a value that ends with `name=`.
fn next_attribute(value: &str) -> Option<usize> {
    let before = value.trim_end().strip_suffix('=')?.trim_end();
    let blank = before.rfind(char::is_whitespace)?;
    let name = before[blank..].trim_start();
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.'));
    is_name.then_some(blank)
}

/// Where the next quote is, if what stands before it continues a value: `s` in `'it's'`.
fn quote_inside(after: &str, mark: char) -> Option<usize> {
    if !after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = after.find([mark, '=', '<', '>'])?;
    after[end..].starts_with(mark).then_some(end)
}
