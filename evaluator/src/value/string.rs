//! Strings: bytes and a context.

use std::cell::Cell;

use crate::symbol::Symbol;

/// A string. Nix strings are bytes, and nearly always UTF-8.
#[derive(Debug)]
pub struct NixString<'a> {
    /// The bytes.
    pub text: &'a [u8],
    /// What the string needs to exist in the store; sorted, each element once.
    pub context: &'a [Context<'a>],
    /// Its text as a name, once it was used as one: most names of attributes are used again and again.
    pub(crate) symbol: Cell<Option<Symbol>>,
}

/// What a string refers to (the Nix manual's chapter on string contexts).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context<'a> {
    /// A store path as it is.
    Opaque(&'a [u8]),
    /// A derivation with all that it needs and makes.
    DeepDerivation(&'a [u8]),
    /// One output of a derivation.
    Output {
        /// The `.drv` path.
        derivation: &'a [u8],
        /// The output's name.
        output: &'a [u8],
    },
    /// A file that is fetched when its content is needed; the string is the store path that it will have.
    Fetch {
        /// Where from.
        url: &'a [u8],
        /// Its name.
        name: &'a [u8],
        /// SHA-256 in base 16, empty where none was given.
        sha256: &'a [u8],
    },
}

impl<'a> NixString<'a> {
    /// A string; the context is sorted, with each element once.
    pub(crate) fn new(text: &'a [u8], context: &'a [Context<'a>]) -> Self {
        Self { text, context, symbol: Cell::new(None) }
    }
}

impl NixString<'_> {
    /// The string for messages; bytes that are not UTF-8 are replaced.
    pub fn lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.text)
    }
}
