//! Which places are one machine's own, and which several machines share: a function's expression makes a value of each
//! machine that calls it.

use std::collections::HashMap;

use launchnix_diagnostics::Span;

/// The machines that use what stands at a place.
#[derive(Default)]
pub(crate) struct Users {
    /// The number of the last machine that uses what stands at a place, and how many do.
    known: HashMap<Span, (usize, usize)>,
    /// The number of the machine that is decoded.
    machine: usize,
    /// Whether it is still being found out.
    is_collecting: bool,
}

impl Users {
    /// Nothing is known yet: it is found out by a decoder that has this.
    pub(crate) fn to_collect() -> Self {
        Self { is_collecting: true, ..Self::default() }
    }

    /// What was found out, for a decoder that begins anew.
    pub(crate) fn collected(self) -> Self {
        Self { is_collecting: false, ..self }
    }

    pub(crate) fn is_collecting(&self) -> bool {
        self.is_collecting
    }

    /// Says that what comes is of the next machine.
    pub(crate) fn next_machine(&mut self) {
        self.machine += 1;
    }

    /// Says that the machine which is decoded uses what stands at a place.
    pub(crate) fn note(&mut self, place: Span) {
        let (last, count) = self.known.entry(place).or_insert((self.machine, 1));
        if *last != self.machine {
            (*last, *count) = (self.machine, *count + 1);
        }
    }

    /// How many machines use what stands at a place.
    pub(crate) fn count(&self, place: Span) -> usize {
        self.known.get(&place).map_or(0, |(_, count)| *count)
    }

    /// Whether several machines use what stands at a place.
    pub(crate) fn are_several(&self, place: Span) -> bool {
        self.count(place) > 1
    }
}
