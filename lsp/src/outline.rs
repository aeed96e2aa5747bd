//! Whether a file looks like a deployment, without evaluating it.
//!
//! An editor opens every Nix file with the same language server: modules, packages, flakes. Evaluating one of them as
//! a deployment would underline things that are right. So a file is taken for a deployment only by its name, because
//! a deployment imports it, or because it says `deployment` or `machines` where a deployment says it.

/// Whether the text has `deployment` or `machines` as a key of an outermost attribute set.
pub(crate) fn looks_like_deployment(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => string(rest),
            '\'' if rest.starts_with("''") => indented_string(rest),
            '{' => {
                depth += 1;
                1
            }
            '}' => {
                depth = depth.saturating_sub(1);
                1
            }
            _ if character.is_alphabetic() || character == '_' => {
                let length = word(rest);
                let after = rest[length..].trim_start();
                let is_key = after.starts_with('.') || after.starts_with('=') && !after.starts_with("==");
                if depth == 1 && is_key && matches!(&rest[..length], "deployment" | "machines") {
                    return true;
                }
                // `config.machines = …` is another key; what follows a dot is skipped with it.
                length + selected(&rest[length..])
            }
            _ => character.len_utf8(),
        };
        rest = &rest[length..];
    }
    false
}

/// Length of the identifier at the start.
fn word(text: &str) -> usize {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '\'');
    text.find(|character| !is_part(character)).unwrap_or(text.len())
}

/// Length of `.name.name` at the start.
fn selected(text: &str) -> usize {
    let mut length = 0;
    while let Some(rest) = text[length..].strip_prefix('.') {
        let name = word(rest);
        if name == 0 {
            break;
        }
        length += 1 + name;
    }
    length
}

/// Length of the `"…"` at the start. An interpolation that holds quotes ends it early, which costs nothing but
/// the guess.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of the `''…''` at the start; `'''`, `''$` and `''\` do not end it.
fn indented_string(text: &str) -> usize {
    let mut at = 2;
    while let Some(next) = text[at..].find("''") {
        let after = at + next + 2;
        match text[after..].chars().next() {
            Some('\'' | '$') => at = after + 1,
            Some('\\') => at = after + 1 + text[after + 1..].chars().next().map_or(0, char::len_utf8),
            _ => return after,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deployments_are_recognised() {
        for text in [
            "{ deployment = { }; machine = { }; }",
            "{ domain ? \"x\", ... }:\n{ # {\n  machines.web = { }; }",
            "let a = { b = 1; }; in rec { machines = { }; ",
            "{ a = ''{ ''${x} ''' ''\\} ''; /* { */ deployment.cpus = 1; }",
            "{ s = \"{\\\"\"; deployment = 1; }",
        ] {
            assert!(looks_like_deployment(text), "{text}");
        }
    }

    #[test]
    fn other_nix_files_are_left_alone() {
        for text in [
            "",
            "{ config, pkgs, lib, ... }: { services.nginx.enable = true; }",
            "{ options.deployment = 1; config.machines = 2; }",
            "{ network = { deployment = 1; }; }",
            "{ deployment, machines ? { } }: deployment == machines",
            "# { deployment = 1; }\n{ a = \"deployment = 1\"; }",
            "let deployment = 1; in deployment",
            "{ a = deployment == 1; }",
            "''",
            "\"\\",
            "{ x = ''a''\\",
            "/*",
        ] {
            assert!(!looks_like_deployment(text), "{text}");
        }
    }
}
