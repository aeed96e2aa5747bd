//! Text for a log: without what only a terminal understands.

/// Leaves out escape sequences (ECMA-48), carriage returns and bells, and writes tabs as spaces, as Nix does where
/// nobody looks at a terminal: `lib.warn` of nixpkgs colours what it says.
pub(crate) fn plain(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let (mut characters, mut column) = (text.chars(), 0);
    while let Some(character) = characters.next() {
        match character {
            '\x1b' => match characters.next() {
                // A control sequence ends with the first byte from `@` to `~`.
                Some('[') => drop(characters.find(|character| matches!(character, '@'..='~'))),
                // An operating system command, as of a link, ends with a bell or with `ESC \`.
                Some(']') => loop {
                    match characters.next() {
                        Some('\x1b') => {
                            characters.next();
                            break;
                        }
                        Some('\x07') | None => break,
                        Some(_) => {}
                    }
                },
                _ => {}
            },
            '\r' | '\x07' => {}
            '\t' => {
                let width = 8 - column % 8;
                result.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            other => {
                column = if other == '\n' { 0 } else { column + 1 };
                result.push(other);
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn leaves_out_what_only_terminals_understand() {
        for (text, expected) in [
            ("plain", "plain"),
            ("\x1b[1;31mwarning: x\x1b[0m", "warning: x"),
            ("\x1b]8;;https://x\x07link\x1b]8;;\x1b\\ after", "link after"),
            ("a\tb\r\n\tc\x07", "a       b\n        c"),
            ("ends\x1b", "ends"),
            ("ends\x1b[3", "ends"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
