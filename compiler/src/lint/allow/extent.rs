//! What a comment that silences is about.

use launchnix_evaluator::syntax::{Parsed, Tree};

/// Finds the bytes that comments are about: for all of a file at once, since it may have thousands.
pub(super) struct Extents<'p> {
    text: &'p str,
    parsed: &'p Parsed<'p>,
    found: Vec<(u32, u32)>,
    /// Those that are about the binding or expression that starts at a token: which, and the token's place, in order.
    following: Vec<(usize, u32)>,
}

impl<'p> Extents<'p> {
    pub(super) fn new(text: &'p str, parsed: &'p Parsed<'p>) -> Self {
        Self { text, parsed, found: Vec::new(), following: Vec::new() }
    }

    /// Takes the next comment, which is at `start..end`.
    pub(super) fn add(&mut self, start: u32, end: u32) {
        let text = self.text;
        if start < self.parsed.root().start() {
            return self.found.push((0, offset(text.len())));
        }
        let line = line_around(text, start as usize);
        let is_before_value = line.is_some_and(|(line, _)| ends_in_equals(&text[line..start as usize]));
        if let Some(next) = self.parsed.next_token(end).filter(|_| line.is_none() || is_before_value) {
            self.following.push((self.found.len(), next));
        }
        self.found.push(line.map_or((end, end), |(start, end)| (offset(start), offset(end))));
    }

    /// What each is about, in the order in which they were taken.
    pub(super) fn find(mut self) -> Vec<(u32, u32)> {
        let places: Vec<u32> = self.following.iter().map(|(_, place)| *place).collect();
        for ((comment, place), end) in self.following.iter().zip(ends(self.parsed.root(), &places)) {
            let (start, own) = &mut self.found[*comment];
            *start = (*start).min(*place);
            *own = (*own).max(end);
        }
        self.found
    }
}

/// Whether a line breaks off before the value of a binding.
fn ends_in_equals(line: &str) -> bool {
    line.trim_end().strip_suffix('=').is_some_and(|before| !before.ends_with(['=', '!', '<', '>']))
}

/// The line of a comment that stands behind something else.
pub(super) fn line_around(text: &str, comment: usize) -> Option<(usize, usize)> {
    let (before, after) = (&text[..comment], &text[comment..]);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| comment + at);
    (!before[start..].trim().is_empty()).then_some((start, end))
}

/// For the places of tokens, in order: where the binding or expression that starts there ends, the outermost one that
/// does. What follows an operator goes on to the end of what it is a part of.
fn ends(root: Tree<'_>, places: &[u32]) -> Vec<u32> {
    let mut ends = vec![0; places.len()];
    // Nodes, each with those of the places that are inside of it.
    let mut open = vec![(root, 0, places.len())];
    while let Some((node, mut next, last)) = open.pop() {
        for inner in node.nodes() {
            let before = next + places[next..last].partition_point(|place| *place < inner.start());
            ends[next..before].fill(node.end());
            next = before;
            if next == last {
                break;
            }
            let inside = next + places[next..last].partition_point(|place| *place < inner.end());
            let first = next + places[next..inside].partition_point(|place| *place == inner.start());
            ends[next..first].fill(inner.end());
            if first < inside {
                open.push((inner, first, inside));
            }
            next = inside;
        }
        ends[next..last].fill(node.end());
    }
    ends
}

/// Texts are shorter than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
