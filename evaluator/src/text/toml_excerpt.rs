//! The lines of a TOML text that Nix shows with its mistakes.
//!
//! Nix goes on in the line behind a mistake. What it shows of mistakes that lie in several lines, or in two places, is
//! left out, and so is everything where it is not known how it goes on.

use std::fmt::Write as _;

use super::toml_scan::Wrong;

/// What Nix says to the place of a mistake, and what it adds below.
type Said = (&'static str, &'static [&'static str]);

const INTEGERS: &[&str] =
    &["Hint: valid  : -42, 1_000, 1_2_3_4_5, 0xC0FFEE, 0b0010, 0o755", "Hint: invalid: _42, 1__000, 0123"];
const FLOATS: &[&str] = &[
    "Hint: valid  : +1.0, -2e-2, 3.141_592_653_589, inf, nan",
    "Hint: invalid: .0, 1., _1.0, 1.0_, 1_.0, 1.0__0",
];
const NAMES: &[&str] = &["Hint: non-ASCII scripts are allowed in toml v1.1.0, but not in v1.0.0."];

/// Where Nix goes on behind a mistake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    NextLine,
    Nowhere,
}

/// The same, with the place.
pub(super) enum Next {
    Line(usize),
    End,
}

/// Collects what Nix shows, one mistake after another.
#[derive(Default)]
pub(super) struct Excerpts {
    shown: String,
    /// How many newlines there are in so many bytes.
    newlines: (usize, usize),
}

impl Excerpts {
    /// Adds a mistake in a text, which ends with a newline. Gives the place where Nix goes on, if it does;
    /// `None` where it is not known what it shows.
    pub(super) fn add(&mut self, text: &[u8], base: usize, wrong: &Wrong) -> Option<Next> {
        let words = wrong.reason.0;
        // Nix has read the letter of `0x` when it finds no digit behind it.
        let behind_letter = words.contains("_integer: invalid");
        let at = base + wrong.at + usize::from(behind_letter);
        let ((label, hints), then) = said(words, text.get(at) == Some(&b'\n'))?;
        if !self.shown.is_empty() {
            let _ = write!(self.shown, "\n[error] {words}");
        }
        let start = text[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let end = text[at..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |length| at + length);
        let (newlines, counted) = self.newlines;
        let between = text[counted.min(start)..start].split(|&byte| byte == b'\n').count() - 1;
        self.newlines = (newlines + between, start);
        let number = (newlines + between + 1).to_string();
        let margin = " ".repeat(number.len());
        let line: String = text[start..end].iter().map(|&byte| shown(byte)).collect();
        let column = " ".repeat(at - start);
        let _ = write!(
            self.shown,
            "\n --> fromTOML\n {margin} |\n {number} | {line}\n {margin} | {column}^-- {label}"
        );
        for hint in hints {
            let _ = write!(self.shown, "\n{hint}");
        }
        let goes_on = then == Then::NextLine && end + 1 < text.len();
        Some(if goes_on { Next::Line(end + 1) } else { Next::End })
    }

    pub(super) fn into_text(self) -> String {
        self.shown
    }
}

/// What is said to the place of a mistake that is told with these words, and whether it is the only one.
fn said(words: &str, at_end_of_line: bool) -> Option<(Said, Then)> {
    let (source, what) = words.split_once(": ")?;
    let said: Said = match (source, what) {
        ("toml::parse_table", _) => return Some((("here", &[]), Then::Nowhere)),
        ("toml::parse_inline_table", what) if what.starts_with("expected") && !at_end_of_line => return None,
        ("toml::parse_array" | "toml::parse_inline_table", what) if what.starts_with("missing") => {
            return None;
        }
        ("bad format" | "toml::parse_array" | "toml::parse_inline_table" | "toml::parse_floating", _) => {
            ("here", &[])
        }
        ("toml::parse_key_value_pair", _) => ("expected =", &[]),
        ("toml::parse_simple_key", _) => ("expected alpha [a-zA-Z], digit [0-9], -, or _", NAMES),
        ("toml::parse_basic_string", _) => ("expected \"", &[]),
        ("toml::parse_literal_string", _) => ("expected '", &[]),
        ("toml::parse_boolean", _) => ("expected true or false", &[]),
        ("toml::parse_value", what) if what.contains("true") || what.contains("false") => {
            ("expected true or false", &[])
        }
        ("toml::parse_value", what) if what.contains("nan") => {
            ("expected from `1` to `9` or digit [0-9] or inf or nan", &[])
        }
        ("toml::parse_dec_integer", _) => ("must be < 2^63", &[]),
        ("toml::parse_hex_integer", what) if what.starts_with("invalid") => ("expected hex [0-9a-fA-F]", &[]),
        ("toml::parse_oct_integer", what) if what.starts_with("invalid") => ("expected from `0` to `7`", &[]),
        ("toml::parse_bin_integer", what) if what.starts_with("invalid") => ("expected 0 or 1", &[]),
        ("bad integer", what) => match what {
            "invalid digit after an integer" => ("this digit is not allowed", INTEGERS),
            "leading zero" => ("leading zero is not allowed", INTEGERS),
            _ if what.starts_with("leading zero") => ("leading zero", INTEGERS),
            _ => ("invalid underscore", INTEGERS),
        },
        ("bad number", _) => ("digits required before `_`", INTEGERS),
        ("bad float", "invalid format") => ("here", FLOATS),
        ("bad float", what) if what.starts_with("integer part") => ("missing integer part", FLOATS),
        _ => return None,
    };
    Some((said, Then::NextLine))
}

/// A byte as Nix shows it.
fn shown(byte: u8) -> String {
    match byte {
        b' '..=b'~' => char::from(byte).to_string(),
        b'\t' => "0x09(TAB)".to_owned(),
        b'\r' => "0x0d(CARRIAGE RETURN)".to_owned(),
        _ => format!("0x{byte:02x}"),
    }
}
