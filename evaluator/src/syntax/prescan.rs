//! A look at the text before it is parsed.
//!
//! rnix takes time that is quadratic in the length of an operator chain and of a run of path characters, and stack
//! for each open bracket, without a bound for lists. What no person writes is therefore refused first, by a scan
//! that knows no more of the language than strings and comments.

use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};

/// Brackets that may be open at once. Nix's own parser gives up at 10,000 open rules.
const MAX_NESTING: usize = 5_000;
/// Operators that may stand in one expression, outside of brackets.
const MAX_OPERATORS: usize = 8_000;
/// Length of a path, URI or other run of such characters.
const MAX_RUN: usize = 4_096;

/// What the scan is in, with the operators that it met there.
enum Context {
    Code { operators: usize },
    Quoted,
    Indented,
}

/// Says what makes a text too much for the parser, if anything does.
pub(super) fn too_much(text: &str, source: SourceId) -> Option<Diagnostic> {
    let bytes = text.as_bytes();
    let mut contexts = vec![Context::Code { operators: 0 }];
    let (mut at, mut run) = (0, 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let start = at;
        match contexts.last_mut() {
            Some(Context::Quoted) => match rest {
                [b'\\', _, ..] | [b'$', b'$', ..] => at += 2,
                [b'$', b'{', ..] => {
                    contexts.push(Context::Code { operators: 0 });
                    at += 2;
                }
                [b'"', ..] => {
                    contexts.pop();
                    at += 1;
                }
                _ => at += 1,
            },
            Some(Context::Indented) => match rest {
                [b'\'', b'\'', b'\\', ..] => at += 4,
                [b'\'', b'\'', b'\'' | b'$', ..] => at += 3,
                [b'$', b'$', ..] => at += 2,
                [b'$', b'{', ..] => {
                    contexts.push(Context::Code { operators: 0 });
                    at += 2;
                }
                [b'\'', b'\'', ..] => {
                    contexts.pop();
                    at += 2;
                }
                _ => at += 1,
            },
            Some(Context::Code { operators }) => {
                run = if is_path_character(rest[0]) { run + 1 } else { 0 };
                if run > MAX_RUN {
                    return Some(refuse(
                        source,
                        at,
                        &format!("more than {MAX_RUN} characters without a space"),
                    ));
                }
                match rest {
                    [b'#', ..] => at += line_length(rest),
                    [b'/', b'*', ..] => at += comment_length(rest),
                    [b'"', ..] => {
                        contexts.push(Context::Quoted);
                        at += 1;
                    }
                    [b'\'', b'\'', ..] => {
                        contexts.push(Context::Indented);
                        at += 2;
                    }
                    [b'{' | b'[' | b'(', ..] => {
                        contexts.push(Context::Code { operators: 0 });
                        at += 1;
                    }
                    [b'}' | b']' | b')', ..] => {
                        // The outermost context stays, whatever closes too much: the parser says so.
                        if contexts.len() > 1 {
                            contexts.pop();
                        }
                        at += 1;
                    }
                    [b';' | b',', ..] => {
                        *operators = 0;
                        at += 1;
                    }
                    [byte, ..] => {
                        if b"+-*/<>=!&|?".contains(byte) {
                            *operators += 1;
                            if *operators > MAX_OPERATORS {
                                let what = format!("more than {MAX_OPERATORS} operators in one expression");
                                return Some(refuse(source, at, &what));
                            }
                        }
                        at += 1;
                    }
                    [] => {}
                }
            }
            None => return None,
        }
        if contexts.len() > MAX_NESTING {
            return Some(refuse(source, start, &format!("more than {MAX_NESTING} brackets are open here")));
        }
    }
    None
}

fn is_path_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-+/~".contains(&byte)
}

fn line_length(rest: &[u8]) -> usize {
    rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())
}

fn comment_length(rest: &[u8]) -> usize {
    rest.windows(2).skip(2).position(|pair| pair == b"*/").map_or(rest.len(), |at| at + 4)
}

fn refuse(source: SourceId, at: usize, what: &str) -> Diagnostic {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Diagnostic::new(Code::SyntaxLimit, Span::new(source, at, at + 1), what)
        .with_help("bind parts of it to names with `let`")
}

#[cfg(test)]
mod tests {
    use launchnix_diagnostics::SourceMap;

    use super::*;

    fn refused(text: &str) -> Option<String> {
        let source = SourceMap::new().add("a.nix", text);
        too_much(text, source).map(|diagnostic| diagnostic.message)
    }

    #[test]
    fn what_nobody_writes_is_refused() {
        assert!(refused(&"[".repeat(20_000)).is_some_and(|message| message.contains("brackets")));
        assert!(refused(&"1+".repeat(200_000)).is_some_and(|message| message.contains("without a space")));
        assert!(refused(&"1 + ".repeat(200_000)).is_some_and(|message| message.contains("operators")));
        assert!(refused(&"!".repeat(200_000)).is_some_and(|message| message.contains("operators")));
    }

    #[test]
    fn strings_and_comments_may_hold_anything() {
        let long = "[+".repeat(20_000);
        for text in [
            format!("\"{long}\""),
            format!("''{long}''"),
            format!("# {long}\n1"),
            format!("/* {long} */ 1"),
            format!("\"\\\"{long}\""),
            format!("''''${{{long}''"),
            format!("\"a${{\"{long}\"}}{long}\""),
        ] {
            assert_eq!(refused(&text), None, "{}", &text[..20]);
        }
        assert_eq!(refused(&"{ a = 1 + 1; }\n".repeat(20_000)), None);
    }
}
