//! JSON and TOML as a tree, for those who want one.

use super::json::{self, JsonBuilder, JsonError};

/// A value of JSON or TOML.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(Vec<u8>),
    /// An array.
    List(Vec<Json>),
    /// An object: sorted by key, each key once.
    Object(Vec<(Vec<u8>, Json)>),
}

/// How deep a tree may be: dropping and comparing one is recursive.
const MAX_DEPTH: usize = 512;

impl Json {
    /// Reads a JSON text.
    pub fn parse(text: &[u8]) -> Result<Self, JsonError> {
        json::parse(text, &mut TreeBuilder, MAX_DEPTH)
    }
}

/// Builds [`Json`].
#[derive(Debug, Default)]
pub struct TreeBuilder;

impl JsonBuilder for TreeBuilder {
    type Value = Json;
    type Key = Vec<u8>;

    fn null(&mut self) -> Json {
        Json::Null
    }

    fn bool(&mut self, value: bool) -> Json {
        Json::Bool(value)
    }

    fn int(&mut self, value: i64) -> Json {
        Json::Int(value)
    }

    fn float(&mut self, value: f64) -> Json {
        Json::Float(value)
    }

    fn string(&mut self, value: &[u8]) -> Json {
        Json::String(value.to_vec())
    }

    fn key(&mut self, name: &[u8], _range: std::ops::Range<usize>) -> Vec<u8> {
        name.to_vec()
    }

    fn list(&mut self, elements: impl ExactSizeIterator<Item = Json>) -> Json {
        Json::List(elements.collect())
    }

    fn object(&mut self, entries: impl ExactSizeIterator<Item = (Vec<u8>, Json)>) -> Json {
        let entries: std::collections::BTreeMap<Vec<u8>, Json> = entries.collect();
        Json::Object(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn error(text: &str) -> String {
        match Json::parse(text.as_bytes()) {
            Ok(value) => format!("{value:?}"),
            Err(error) => error.message.replace("[json.exception.parse_error.101] parse error at ", ""),
        }
    }

    #[test]
    fn values() {
        let text = r#" { "b" : [ 1 , -2.5e1, true,null ] , "a":"\ud83d\ude00\n\/é" , "b":[]} "#;
        let expected = Json::Object(vec![
            (b"a".to_vec(), Json::String("😀\n/é".as_bytes().to_vec())),
            (b"b".to_vec(), Json::List(vec![])),
        ]);
        assert_eq!(Json::parse(text.as_bytes()), Ok(expected));
        for (text, expected) in [
            ("-0", Json::Int(0)),
            ("-0.0", Json::Float(-0.0)),
            ("1.5e3", Json::Float(1500.0)),
            ("1e-999", Json::Float(0.0)),
            ("18446744073709551616", Json::Float(18_446_744_073_709_551_616.0)),
            ("-9223372036854775808", Json::Int(i64::MIN)),
            ("-9223372036854775809", Json::Float(-9_223_372_036_854_775_809.0)),
            ("\u{feff}[[],{}]", Json::List(vec![Json::List(vec![]), Json::Object(vec![])])),
        ] {
            assert_eq!(Json::parse(text.as_bytes()), Ok(expected), "{text}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table, one case after the other")]
    fn errors_are_worded_as_in_nix() {
        for (text, expected) in [
            (
                "\"a",
                "line 1, column 3: syntax error while parsing value - invalid string: missing closing quote; last read: '\"a'",
            ),
            (
                "[1.]",
                "line 1, column 4: syntax error while parsing value - invalid number; expected digit after '.'; last read: '1.]'",
            ),
            (
                "[1e]",
                "line 1, column 4: syntax error while parsing value - invalid number; expected '+', '-', or digit after exponent; last read: '1e]'",
            ),
            (
                "[1e+]",
                "line 1, column 5: syntax error while parsing value - invalid number; expected digit after exponent sign; last read: '1e+]'",
            ),
            (
                "{",
                "line 1, column 2: syntax error while parsing object key - unexpected end of input; expected string literal",
            ),
            (
                "{\"a\"",
                "line 1, column 5: syntax error while parsing object separator - unexpected end of input; expected ':'",
            ),
            (
                "{\"a\":",
                "line 1, column 6: syntax error while parsing value - unexpected end of input; expected '[', '{', or a literal",
            ),
            (
                "{\"a\":1",
                "line 1, column 7: syntax error while parsing object - unexpected end of input; expected '}'",
            ),
            (
                "{\"a\":1,",
                "line 1, column 8: syntax error while parsing object key - unexpected end of input; expected string literal",
            ),
            (
                "{\"a\":1,}",
                "line 1, column 8: syntax error while parsing object key - unexpected '}'; expected string literal",
            ),
            (
                "[",
                "line 1, column 2: syntax error while parsing value - unexpected end of input; expected '[', '{', or a literal",
            ),
            (
                "[1",
                "line 1, column 3: syntax error while parsing array - unexpected end of input; expected ']'",
            ),
            (
                "]",
                "line 1, column 1: syntax error while parsing value - unexpected ']'; expected '[', '{', or a literal",
            ),
            ("tru", "line 1, column 4: syntax error while parsing value - invalid literal; last read: 'tru'"),
            (
                "falsy",
                "line 1, column 5: syntax error while parsing value - invalid literal; last read: 'falsy'",
            ),
            (
                "{\"a\" 1}",
                "line 1, column 6: syntax error while parsing object separator - unexpected number literal; expected ':'",
            ),
            (
                "{\"a\":1 \"b\"}",
                "line 1, column 10: syntax error while parsing object - unexpected string literal; expected '}'",
            ),
            (
                "\"\\u12\"",
                "line 1, column 6: syntax error while parsing value - invalid string: '\\u' must be followed by 4 hex digits; last read: '\"\\u12\"'",
            ),
            (
                "\"\\udc00\"",
                "line 1, column 7: syntax error while parsing value - invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF; last read: '\"\\udc00'",
            ),
            (
                "\"\\ud800\\u0041\"",
                "line 1, column 13: syntax error while parsing value - invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF; last read: '\"\\ud800\\u0041'",
            ),
            (
                "\"\\ud800\"",
                "line 1, column 8: syntax error while parsing value - invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF; last read: '\"\\ud800\"'",
            ),
            (
                "/* */1",
                "line 1, column 1: syntax error while parsing value - invalid literal; last read: '/'",
            ),
            ("@", "line 1, column 1: syntax error while parsing value - invalid literal; last read: '@'"),
            (
                " \n\n  @",
                "line 3, column 3: syntax error while parsing value - invalid literal; last read: ' <U+000A><U+000A>  @'",
            ),
            (
                " ",
                "line 1, column 2: syntax error while parsing value - unexpected end of input; expected '[', '{', or a literal",
            ),
            (
                "",
                "line 1, column 1: attempting to parse an empty input; check that your input string or stream contains the expected JSON",
            ),
            (
                "{\"a\":1}}",
                "line 1, column 8: syntax error while parsing value - unexpected '}'; expected end of input",
            ),
            (
                "[}",
                "line 1, column 2: syntax error while parsing value - unexpected '}'; expected '[', '{', or a literal",
            ),
            (
                "{]",
                "line 1, column 2: syntax error while parsing object key - unexpected ']'; expected string literal",
            ),
            (
                "[,]",
                "line 1, column 2: syntax error while parsing value - unexpected ','; expected '[', '{', or a literal",
            ),
            ("[true:", "line 1, column 6: syntax error while parsing array - unexpected ':'; expected ']'"),
            (
                "\"\t\"",
                "line 1, column 2: syntax error while parsing value - invalid string: control character U+0009 (HT) must be escaped to \\u0009 or \\t; last read: '\"<U+0009>'",
            ),
            (
                "\"a\nb\"",
                "line 2, column 0: syntax error while parsing value - invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n; last read: '\"a<U+000A>'",
            ),
            (
                "-",
                "line 1, column 2: syntax error while parsing value - invalid number; expected digit after '-'; last read: '-'",
            ),
            (
                "-01",
                "line 1, column 3: syntax error while parsing value - unexpected number literal; expected end of input",
            ),
            ("-1e999", "[json.exception.out_of_range.406] number overflow parsing '-1e999'"),
            ("9223372036854775808", "unsigned json number 9223372036854775808 outside of Nix integer range"),
            (
                "[\"a\"\"b\"]",
                "line 1, column 7: syntax error while parsing array - unexpected string literal; expected ']'",
            ),
            (
                "nullx",
                "line 1, column 5: syntax error while parsing value - invalid literal; last read: 'nullx'; expected end of input",
            ),
            (
                "[nul",
                "line 1, column 5: syntax error while parsing value - invalid literal; last read: '[nul'",
            ),
            (
                "[1] x",
                "line 1, column 5: syntax error while parsing value - invalid literal; last read: '1] x'; expected end of input",
            ),
            (
                "\"a\\",
                "line 1, column 4: syntax error while parsing value - invalid string: forbidden character after backslash; last read: '\"a\\'",
            ),
            (
                "\"\\u00",
                "line 1, column 6: syntax error while parsing value - invalid string: '\\u' must be followed by 4 hex digits; last read: '\"\\u00'",
            ),
            (
                "\"\\q\"",
                "line 1, column 3: syntax error while parsing value - invalid string: forbidden character after backslash; last read: '\"\\q'",
            ),
            (
                "[1 x",
                "line 1, column 4: syntax error while parsing array - invalid literal; last read: '1 x'; expected ']'",
            ),
            (
                "{\"a\":1 x",
                "line 1, column 8: syntax error while parsing object - invalid literal; last read: '1 x'; expected '}'",
            ),
            (
                "{\"a\" x",
                "line 1, column 6: syntax error while parsing object separator - invalid literal; last read: '\"a\" x'; expected ':'",
            ),
            (
                "{x",
                "line 1, column 2: syntax error while parsing object key - invalid literal; last read: '{x'; expected string literal",
            ),
            (
                "\"\\u0000\"",
                "input string '␀' cannot be represented as Nix string because it contains null bytes",
            ),
            (
                "{\"a\\u0000\":1}",
                "input string 'a␀' cannot be represented as Nix string because it contains null bytes",
            ),
            (
                "\n\n1\n2",
                "line 4, column 1: syntax error while parsing value - unexpected number literal; expected end of input",
            ),
            (
                "[1\n,\n]",
                "line 3, column 1: syntax error while parsing value - unexpected ']'; expected '[', '{', or a literal",
            ),
            (
                "\"\u{1}\"",
                "line 1, column 2: syntax error while parsing value - invalid string: control character U+0001 (SOH) must be escaped to \\u0001; last read: '\"<U+0001>'",
            ),
            (
                "01",
                "line 1, column 2: syntax error while parsing value - unexpected number literal; expected end of input",
            ),
            (
                "1 2",
                "line 1, column 3: syntax error while parsing value - unexpected number literal; expected end of input",
            ),
        ] {
            assert_eq!(error(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Json::parse(&bytes);
        }

        #[test]
        fn almost_json_is_read_or_rejected(text in "[\\[\\]{}:,\"0-9eE.+\\-a-z\\\\ ]{0,40}") {
            let ours = Json::parse(text.as_bytes()).is_ok();
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // Numbers in range are where the two differ.
            match theirs {
                Ok(_) => {}
                Err(error) if error.to_string().contains("out of range") => {}
                Err(_) => prop_assert!(!ours),
            }
        }
    }
}
