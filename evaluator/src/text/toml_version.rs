//! What TOML 1.1 allows and TOML 1.0 does not: Nix reads 1.0, and the parser both.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The first place where a text that is TOML 1.1 is no TOML 1.0, and what is wrong there.
pub(super) fn newer_than_1_0(text: &str) -> Option<(&'static str, Range<usize>)> {
    // Whether the brackets that are open are those of tables, and whether a comma was the last thing in the innermost.
    let mut open: Vec<bool> = Vec::new();
    let mut after_comma = None;
    for token in Source::new(text).lex() {
        let range = token.span().start()..token.span().end();
        let in_table = open.last() == Some(&true);
        match token.kind() {
            TokenKind::BasicString | TokenKind::MlBasicString => {
                if let Some(at) = new_escape(&text[range.clone()]) {
                    let at = range.start + at;
                    return Some(("'\\e' and '\\x' are escapes of TOML 1.1", at..at + 2));
                }
            }
            TokenKind::Newline if in_table => {
                return Some(("a line of an inline table does not end before its '}' in TOML 1.0", range));
            }
            TokenKind::RightCurlyBracket if in_table && after_comma.is_some() => {
                return Some((
                    "a trailing comma is not allowed in an inline table in TOML 1.0",
                    after_comma?,
                ));
            }
            _ => {}
        }
        match token.kind() {
            TokenKind::LeftCurlyBracket => open.push(true),
            TokenKind::LeftSquareBracket => open.push(false),
            TokenKind::RightCurlyBracket | TokenKind::RightSquareBracket => {
                open.pop();
            }
            _ => {}
        }
        match token.kind() {
            TokenKind::Comma => after_comma = Some(range),
            TokenKind::Whitespace | TokenKind::Comment | TokenKind::Newline => {}
            _ => after_comma = None,
        }
    }
    None
}

/// Where a string has an escape that is new.
fn new_escape(string: &str) -> Option<usize> {
    let bytes = string.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'\\', b'e' | b'x') => return Some(at),
            (b'\\', _) => at += 2,
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::newer_than_1_0;

    #[test]
    fn what_is_new_is_found() {
        for (text, at) in [
            ("a = \"x\\e\"", 6..8),
            ("a = \"\\\\\\x41\"", 7..9),
            ("a = {b = 1,}", 10..11),
            ("a = {b = 1, }", 10..11),
            ("a = {\nb = 1}", 5..6),
            ("a = [{b = [\n1],\n}]", 15..16),
        ] {
            assert!(toml::from_str::<toml::Table>(text).is_ok(), "{text} is TOML 1.1");
            assert_eq!(newer_than_1_0(text).map(|(_, at)| at), Some(at), "{text}");
        }
    }

    #[test]
    fn what_is_old_is_not() {
        for text in
            ["a = \"\\\\e\"", "a = '\\e'", "a = [1,\n2,\n]", "a = {b = [\n1,\n], c = 2}", "[a]\nb = {}\n"]
        {
            assert!(toml::from_str::<toml::Table>(text).is_ok(), "{text} is TOML");
            assert_eq!(newer_than_1_0(text), None, "{text}");
        }
    }
}
