//! The stable codes of diagnostics, with the page that `launchnix explain` prints on each.
//!
//! `LNX01xx` syntax, `LNX02xx` evaluation, `LNX03xx` types and options, `LNX04xx` values, `LNX05xx` conflicts,
//! `LNX06xx` XML in strings, `LNX07xx` warnings, `LNX08xx` NixOS
//! configurations of guests, `LNX09xx` files and the outside world: one file each in `codes/`.

use crate::Severity;
use crate::codes::{Entry, FAMILIES};

/// What kind of diagnostic it is. The number never changes its meaning.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u16);

/// A page on a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `LNX0301`.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// Markdown: what it means, an example, the way out.
    pub page: &'static str,
}

impl Code {
    /// Every code, in order.
    pub const ALL: &'static [Self] = ALL;

    /// The code with its title and page.
    pub fn explanation(self) -> Explanation {
        let entry = self.entry();
        Explanation { code: entry.text, title: entry.title, page: entry.page }
    }

    /// The page without its title, as Markdown. A doc comment's lines start with the space after `///`.
    pub fn page(self) -> String {
        let lines = self.entry().page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// The severity that a diagnostic of this code has unless it says otherwise.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// The code as text: `LNX0301`.
    pub fn as_str(self) -> &'static str {
        self.entry().text
    }

    /// Finds a code by its text, in any case: `lnx0301`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }

    /// The number in `LNX0301`; anything else in a declaration does not compile.
    pub(crate) const fn from_text(text: &str) -> Self {
        let text = text.as_bytes();
        assert!(
            text.len() == 7 && text[0] == b'L' && text[1] == b'N' && text[2] == b'X',
            "a code is LNX and four digits"
        );
        let (mut at, mut number) = (3, 0);
        while at < text.len() {
            assert!(text[at].is_ascii_digit(), "a code is LNX and four digits");
            number = number * 10 + (text[at] - b'0') as u16;
            at += 1;
        }
        Self(number)
    }

    fn entry(self) -> &'static Entry {
        let at = ALL.binary_search(&self).expect("every code is declared in a family, in order");
        entry_at(at)
    }
}

/// The entry of the code at this position of [`ALL`].
fn entry_at(mut at: usize) -> &'static Entry {
    for family in FAMILIES {
        match family.get(at) {
            Some(entry) => return entry,
            None => at -= family.len(),
        }
    }
    unreachable!("positions come from ALL, which has as many codes as the families have entries")
}

const COUNT: usize = {
    let (mut family, mut count) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
};

const ALL: &[Code] = &{
    let mut all = [Code(0); COUNT];
    let (mut family, mut count) = (0, 0);
    while family < FAMILIES.len() {
        let mut entry = 0;
        while entry < FAMILIES[family].len() {
            all[count] = Code::from_text(FAMILIES[family][entry].text);
            assert!(count == 0 || all[count - 1].0 < all[count].0, "codes are in order and unique");
            entry += 1;
            count += 1;
        }
        family += 1;
    }
    all
};

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.entry().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_text_and_has_a_page() {
        for &code in Code::ALL {
            assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(code));
            assert!(code.explanation().page.trim().len() > 20, "{code} needs a page");
        }
        assert_eq!(Code::parse("LNX9999"), None);
    }

    #[test]
    fn codes_know_their_names_and_families() {
        assert_eq!(format!("{:?} {}", Code::WrongType, Code::WrongType), "WrongType LNX0301");
        assert_eq!(Code::NoEffect.severity(), Severity::Warning);
        for family in FAMILIES {
            for entry in *family {
                assert_eq!(entry.text[..5], family[0].text[..5], "a family has a hundred of its own");
            }
        }
    }
}
