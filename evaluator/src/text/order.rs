//! Comparing many strings with each other.

use std::cmp::Ordering;

/// A string with its first bytes as a number: most comparisons are decided by that, without looking at the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prefixed<'t> {
    prefix: u64,
    text: &'t [u8],
}

impl<'t> Prefixed<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        let mut first = [0; 8];
        let length = text.len().min(8);
        first[..length].copy_from_slice(&text[..length]);
        Self { prefix: u64::from_be_bytes(first), text }
    }

    /// The whole string.
    pub(crate) fn text(self) -> &'t [u8] {
        self.text
    }
}

impl Ord for Prefixed<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        // A shorter string was filled with zeros, and may be equal to one that holds zeros: the texts decide.
        self.prefix.cmp(&other.prefix).then_with(|| self.text.cmp(other.text))
    }
}

impl PartialOrd for Prefixed<'_> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
