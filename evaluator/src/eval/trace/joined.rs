//! Where strings have been made of parts. What one machine gives as a number for a string that others give a text for is to
//! change where it is given; else the string is.

use std::rc::Rc;

use launchnix_diagnostics::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Made;
use crate::eval::Evaluator;

impl<'a> Evaluator<'a> {
    /// Takes note of the expressions that have made strings so far, for what is evaluated from now on. Those that
    /// failed for more values than they made strings are to change themselves.
    #[cold]
    pub fn note_joined(&self) {
        let origins = self.origins.borrow();
        let mut waiting: Vec<Made<'a>> = origins.by_thunk.values().filter_map(|made| *made).collect();
        let mut seen = FxHashSet::default();
        let mut places: FxHashMap<Span, usize> = FxHashMap::default();
        while let Some(made) = waiting.pop() {
            let Made::Of(parts) = made.first() else { continue };
            if seen.insert(std::ptr::from_ref(parts).addr()) {
                if !parts.is_cut {
                    *places.entry(parts.span).or_default() += 1;
                }
                waiting.extend(parts.joined.iter().filter_map(|part| part.origin));
            }
        }
        let failures = |inside: &Span| {
            let failed = origins.not_joined.borrow();
            let values = failed.iter().filter(|(part, _)| inside.contains(**part)).map(|(_, values)| values);
            values.flatten().collect::<FxHashSet<_>>().len()
        };
        places.retain(|span, made| *made >= failures(span));
        let mut places: Vec<_> = places.into_keys().collect();
        places.sort_unstable();
        origins.joined_at.replace(places.into());
    }

    /// Takes note of a part that could not be made a text, and of where its value was written.
    pub(crate) fn note_not_joined(&self, part: Span, value: Span) {
        self.origins.borrow().not_joined.borrow_mut().entry(part).or_default().insert(value);
    }

    /// Whether an expression that has made a string has a part at a place.
    pub(crate) fn is_part_of_joined(&self, place: Span) -> bool {
        /// Strings that begin in front of a part and do not hold it are parts as well.
        const NEAR: usize = 16;
        let known: Rc<[Span]> = Rc::clone(&self.origins.borrow().joined_at.borrow());
        let before = known.partition_point(|span| (span.source, span.start) <= (place.source, place.start));
        known[..before].iter().rev().take(NEAR).any(|span| span.contains(place))
    }
}
