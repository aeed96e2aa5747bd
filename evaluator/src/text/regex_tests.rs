//! Tests of regular expressions against what Nix says.

use super::regex::{Group, Regex, RegexError};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Patterns, texts, and what Nix 2.34 says of them.
const MATCHES: &[(&str, &str, &str)] = &[
    ("(a*)*", "aa", r#"[""]"#),
    ("(a*)+", "b", "null"),
    ("((a)|b)*", "ab", r#"["b","a"]"#),
    ("(a|ab)(c|bcd)(d*)", "abcd", r#"["a","bcd",""]"#),
    ("(a*)(ab)*(b*)", "abb", r#"["a",null,"bb"]"#),
    ("(a|b)*c|(a|ab)*c", "abc", r#"["b",null]"#),
    ("(.*)-([0-9]+)\\.([a-z]+)", "foo-bar-12.xz", r#"["foo-bar","12","xz"]"#),
    ("(a?)*?", "a", r#"[""]"#),
    ("([[:upper:]]+)", "FOO", r#"["FOO"]"#),
    ("(a)?(b)?", "b", r#"[null,"b"]"#),
    ("(()|a)*", "aa", r#"["",""]"#),
    ("((a*)*)*", "aa", r#"["",""]"#),
    ("(a{2}){2}", "aaaa", r#"["aa"]"#),
    ("(a){0}", "", "[null]"),
    ("(a|b|cd){1,3}", "acdb", r#"["b"]"#),
    ("[^/]*/(.*)", "a/b/c", r#"["b/c"]"#),
    ("(a+)+", "aaab", "null"),
    ("(^a|b$)*", "ab", r#"["b"]"#),
    (".*\\.nix", "x.nix", "[]"),
    ("([ab]*)(b?)", "aab", r#"["aab",""]"#),
    ("((x|x*)(y|))*", "xxy", r#"["","",""]"#),
];

const SPLITS: &[(&str, &str, &str)] = &[
    ("(a*)(ab)*", "aab", r#"["",["aa",null],"",["",null],"b",["",null],""]"#),
    ("(a*)(ab|)", "aab", r#"["",["aa",""],"",["",""],"b",["",""],""]"#),
    ("(a)b", "abc", r#"["",["a"],"c"]"#),
    ("([ac])", "abc", r#"["",["a"],"b",["c"],""]"#),
    ("[[:space:]]+", "a b  c ", r#"["a",[],"b",[],"c",[],""]"#),
    ("", "ab", r#"["",[],"a",[],"b",[],""]"#),
    ("a*", "baab", r#"["",[],"b",[],"",[],"b",[],""]"#),
    ("^a|b", "aab", r#"["",[],"a",[],""]"#),
    ("(a|)", "ab", r#"["",["a"],"",[""],"b",[""],""]"#),
    ("$", "ab", r#"["ab",[],""]"#),
    ("x|", "axb", r#"["",[],"a",[],"",[],"b",[],""]"#),
    ("(a|ab)(c|bcd)?", "abcdx", r#"["",["a","bcd"],"x"]"#),
    ("\n", "a\nb\n", r#"["a",[],"b",[],""]"#),
    ("(a|b)*c", "abcabd", r#"["",["b"],"abd"]"#),
    ("-|--", "a--b", r#"["a",[],"b"]"#),
    ("[^a]*", "ba", r#"["",[],"",[],"a",[],""]"#),
];

fn groups(text: &str, groups: &[Group]) -> Value {
    groups
        .iter()
        .map(|group| group.as_ref().map_or(Value::Null, |range| json!(text[range.clone()])))
        .collect()
}

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern.as_bytes()).expect(pattern)
}

#[test]
fn whole_matches_and_their_groups() {
    for (pattern, text, expected) in MATCHES {
        let found = compile(pattern).match_whole(text.as_bytes());
        let found = found.map_or(Value::Null, |found| groups(text, &found));
        assert_eq!(found.to_string(), *expected, "{pattern} {text}");
    }
}

#[test]
fn splitting() {
    for (pattern, text, expected) in SPLITS {
        let mut parts = Vec::new();
        let mut end = 0;
        compile(pattern).for_each_match(text.as_bytes(), |range, found| {
            parts.push(json!(text[end..range.start]));
            parts.push(groups(text, found));
            end = range.end;
        });
        parts.push(json!(text[end..]));
        assert_eq!(Value::from(parts).to_string(), *expected, "{pattern} {text}");
    }
}

#[test]
fn patterns_that_are_rejected() {
    for pattern in [
        "\\d",
        "\\}",
        "\\]",
        "\\/",
        "\\-",
        "\\",
        "[z-a]",
        "[[.-.]]",
        "[a--]",
        "[a-c-e]",
        "[[",
        "[]",
        "[^]",
        "[[:alpha:]-z]",
        "[[:foo:]]",
        "[a",
        "a{,2}",
        "a{2,1}",
        "a{2",
        "a{x}",
        "^*",
        "a|*b",
        "(*a)",
        "*",
        ")",
        "(",
        "x{99999999999999999999}",
        "[[.zero.]-[.nine.]]",
        "[[.0.]]",
    ] {
        assert_eq!(Regex::new(pattern.as_bytes()).err(), Some(RegexError::Invalid), "{pattern}");
    }
    for pattern in ["a{200000}", "(a{1000}){1000}", &"(".repeat(100_000)] {
        assert_eq!(Regex::new(pattern.as_bytes()).err(), Some(RegexError::TooLarge));
    }
    assert_eq!(RegexError::Invalid.message(b"["), "invalid regular expression '['");
}

#[test]
fn odd_patterns_that_are_accepted() {
    for (pattern, text) in [
        ("[]a]+", "a]"),
        ("[]-a]+", "_"),
        ("[--a]+", "_"),
        ("[---]", "-"),
        ("[a-c-]", "-"),
        ("[[a]", "["),
        ("[a[]", "["),
        ("[\\]", "\\"),
        ("[[=a=]]", "A"),
        ("[[:ALPHA:]]", "A"),
        ("[[.hyphen.]]", "-"),
        (".", "\n"),
        ("a]", "a]"),
        ("a}", "a}"),
        ("a{1}{2}", "aa"),
        ("[é]+", "é"),
        ("[[.space.]]+", " "),
    ] {
        assert!(compile(pattern).match_whole(text.as_bytes()).is_some(), "{pattern} {text}");
    }
}

#[test]
fn no_pattern_takes_exponential_time() {
    let text = "a".repeat(5_000);
    for pattern in [
        "(a*)*b",
        "(a|a)*b",
        "(a|aa)+b",
        "(a?){40}a{40}b",
        "a*a*a*a*a*b",
        "((a*)(a*))*b",
        "(.*)(.*)(.*)(.*)x",
    ] {
        let regex = compile(pattern);
        assert_eq!(regex.match_whole(text.as_bytes()), None, "{pattern}");
        let mut count = 0;
        regex.for_each_match(text.as_bytes(), |_, _| count += 1);
        assert_eq!(count, 0, "{pattern}");
    }
}

#[test]
fn a_long_text_needs_no_deep_stack() {
    let text = "ab".repeat(200_000);
    assert!(compile("(a|b)*").match_whole(text.as_bytes()).is_some());
    let mut count = 0;
    compile("(a|x)b").for_each_match(text.as_bytes(), |_, _| count += 1);
    assert_eq!(count, 200_000);
}

proptest! {
    #[test]
    fn any_pattern_is_compiled_or_rejected(pattern in any::<Vec<u8>>(), text in any::<Vec<u8>>()) {
        if let Ok(regex) = Regex::new(&pattern) {
            let _ = regex.match_whole(&text);
        }
    }

    #[test]
    fn matches_are_in_order(pattern in "[ab|()*+?.^$]{0,12}", text in "[abc]{0,20}") {
        if let Ok(regex) = Regex::new(pattern.as_bytes()) {
            let mut end = 0;
            regex.for_each_match(text.as_bytes(), |range, _| {
                assert!(range.start >= end && range.end <= text.len());
                end = range.end;
            });
        }
    }

    /// Without groups that repeat, the leftmost-longest rules of `match` agree with any other engine.
    #[test]
    fn whole_matches_agree_with_a_plain_definition(pattern in "[ab.]([ab][*+?]?){0,5}", text in "[ab]{0,8}") {
        prop_assert_eq!(compile(&pattern).match_whole(text.as_bytes()).is_some(), plain(pattern.as_bytes(), text.as_bytes()));
    }
}

/// Matches characters with an optional quantifier, by trying everything.
fn plain(pattern: &[u8], text: &[u8]) -> bool {
    let Some((&first, rest)) = pattern.split_first() else { return text.is_empty() };
    let one = |text: &[u8]| text.first().is_some_and(|byte| first == b'.' || *byte == first);
    match rest.first() {
        Some(b'*') => plain(&rest[1..], text) || one(text) && plain(pattern, &text[1..]),
        Some(b'?') => plain(&rest[1..], text) || one(text) && plain(&rest[1..], &text[1..]),
        Some(b'+') => {
            one(text) && {
                let star = [&[first, b'*'], &rest[1..]].concat();
                plain(&star, &text[1..])
            }
        }
        _ => one(text) && plain(rest, &text[1..]),
    }
}
