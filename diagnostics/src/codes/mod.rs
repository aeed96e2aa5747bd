//! The families of codes, one file each. To add a code, add it to its family's file, in the order of the numbers:
//! a name, its number, its usual severity and its title, with the page as its doc comment.
//!
//! What a page looks like is held by `compiler/tests/pages.rs`, which checks its examples. It has these parts, each a
//! paragraph or more of Markdown:
//!
//! - what the code means, to a person who never saw the insides of Launchnix;
//! - `Wrong:` and a fenced block `nix` that gives this very code when it is checked as `deployment.nix`, then `Right:`
//!   and a block that is free of it and of all errors;
//! - for a warning, how to silence it: `# launchnix: allow(LNX07xx)`.
//!
//! A block may begin with lines such as `# key.pub: ssh-ed25519 AAAA…`: files that lie beside the deployment. After a
//! change, `UPDATE_DOCS=1 cargo test -p launchnix-diagnostics` writes `docs/errors.md` again.

mod conflicts;
mod evaluation;
mod files;
mod guests;
mod syntax;
mod types;
mod values;
mod warnings;
mod xml;

use crate::Severity;

/// What is known of one code.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) severity: Severity,
    pub(crate) title: &'static str,
    pub(crate) page: &'static str,
}

/// Each family's entries; the family is the number's hundreds.
pub(crate) const FAMILIES: &[&[Entry]] = &[
    syntax::FAMILY,
    evaluation::FAMILY,
    types::FAMILY,
    values::FAMILY,
    conflicts::FAMILY,
    xml::FAMILY,
    warnings::FAMILY,
    guests::FAMILY,
    files::FAMILY,
];

/// What each family is about, in their order.
pub(crate) const TITLES: [&str; FAMILIES.len()] = [
    "LNX01xx: syntax",
    "LNX02xx: evaluation",
    "LNX03xx: types and options",
    "LNX04xx: values",
    "LNX05xx: conflicts",
    "LNX06xx: XML in strings",
    "LNX07xx: warnings",
    "LNX08xx: guests",
    "LNX09xx: files and the outside world",
];

/// Declares a family: the constants of [`crate::Code`], and the entries behind them.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal $severity:ident $title:literal;)+) => {
        #[allow(non_upper_case_globals, reason = "codes read as the variants of an enum, which several files make up")]
        impl crate::Code {
            $($(#[doc = $doc])+ pub const $name: Self = Self::from_text($text);)+
        }

        pub(super) const FAMILY: &[super::Entry] = &[$(super::Entry {
            name: stringify!($name),
            text: $text,
            severity: crate::Severity::$severity,
            title: $title,
            page: concat!($($doc, "\n"),+),
        },)+];
    };
}
pub(crate) use codes;
