//! Appending and prepending in place.
//!
//! What is put together in a loop, `acc ++ [ x ]`, `[ x ] ++ acc` or `acc + "text"`, would be copied at each step. So that
//! what is extended a second time gets room to grow, and whoever extends the part of it that is in use writes behind
//! that, or before it. Values stay immutable: what is in use never changes, and only the first that extends an end gets
//! the room.

#![expect(unsafe_code, reason = "a slice that others share is continued in memory that nobody refers to yet")]

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::NonNull;

use bumpalo::Bump;

/// The buffers that were extended last, of items of one type.
pub(crate) struct Growing<T> {
    buffers: [Cell<Option<Buffer<T>>>; BUFFERS],
    /// The one that is given up for the next.
    oldest: Cell<usize>,
}

/// How many are put together at the same time, at most, without being copied.
const BUFFERS: usize = 4;
/// Below this size in bytes copying is as fast.
const SMALL: usize = 512;

/// Memory for `capacity` items, of which those from `first` to `end` are initialised.
struct Buffer<T> {
    start: NonNull<T>,
    first: usize,
    end: usize,
    capacity: usize,
}

/// Where something grows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    Front,
    Back,
}

impl<T> Buffer<T> {
    /// How many more items there is memory for.
    fn room(&self, side: Side) -> usize {
        match side {
            Side::Front => self.first,
            Side::Back => self.capacity - self.end,
        }
    }
}

impl<T> Clone for Buffer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Buffer<T> {}

impl<T> Default for Growing<T> {
    fn default() -> Self {
        Self { buffers: std::array::from_fn(|_| Cell::new(None)), oldest: Cell::new(0) }
    }
}

impl<T: Copy> Growing<T> {
    /// Whether something of this length is worth to [`extend`](Self::extend).
    pub(crate) fn is_worth(length: usize) -> bool {
        length * size_of::<T>() >= SMALL
    }

    /// How many items [`extend`](Self::extend) needs memory for.
    pub(crate) fn needs(&self, side: Side, known: &[T], more: usize) -> usize {
        let total = known.len().saturating_add(more);
        match self.find(side, known) {
            Some((_, buffer)) if buffer.room(side) >= more => 0,
            Some(_) => total.saturating_mul(2),
            None => total,
        }
    }

    /// `known` with `parts` behind or before it, which are so many items.
    ///
    /// All slices that are given must live in `arena`, which is the same for all calls.
    ///
    /// # Panics
    ///
    /// Panics where the parts are not that many items.
    pub(crate) fn extend<'a, 'p>(
        &self,
        arena: &'a Bump,
        side: Side,
        known: &'a [T],
        more: usize,
        parts: impl Iterator<Item = &'p [T]>,
    ) -> &'a [T]
    where
        T: 'p,
    {
        let total = known.len().saturating_add(more);
        let Some((slot, mut buffer)) = self.with_room(arena, side, known, more) else { return known };
        let (whole, mut at) = match side {
            Side::Front => (buffer.first - more, buffer.first - more),
            Side::Back => (buffer.end - known.len(), buffer.end),
        };
        let end = at + more;
        for part in parts {
            assert!(part.len() <= end - at, "the parts are as long as was said");
            // SAFETY: there is room for the part outside of what is used, to which nobody has a reference; so the two
            // do not overlap.
            unsafe {
                buffer.start.add(at).copy_from_nonoverlapping(NonNull::from(part).cast(), part.len());
            }
            at += part.len();
        }
        assert_eq!(at, end, "the parts are as long as was said");
        buffer.first = buffer.first.min(whole);
        buffer.end = buffer.end.max(end);
        self.buffers[slot].set(Some(buffer));
        // SAFETY: these items are initialised, in one allocation of the arena, and never written to again: whoever
        // extends them writes before or behind all that is used.
        unsafe { std::slice::from_raw_parts(buffer.start.as_ptr().add(whole), total) }
    }

    /// A buffer with the known items at the end that grows, and room for more there; `None` where there cannot be one.
    fn with_room(&self, arena: &Bump, side: Side, known: &[T], more: usize) -> Option<(usize, Buffer<T>)> {
        let found = self.find(side, known);
        if let Some((slot, buffer)) = found
            && buffer.room(side) >= more
        {
            return Some((slot, buffer));
        }
        // The first time it may well be the last.
        let total = known.len().saturating_add(more);
        let capacity = if found.is_some() { total.saturating_mul(2) } else { total };
        let start = arena.alloc_layout(Layout::array::<T>(capacity).ok()?).cast::<T>();
        let first = match side {
            Side::Front => capacity - known.len(),
            Side::Back => 0,
        };
        // SAFETY: the memory is new and holds the known items, from `first` on, and more.
        unsafe { start.add(first).copy_from_nonoverlapping(NonNull::from(known).cast(), known.len()) };
        let slot = found.map_or_else(
            || {
                let oldest = self.oldest.get();
                self.oldest.set((oldest + 1) % BUFFERS);
                oldest
            },
            |(slot, _)| slot,
        );
        Some((slot, Buffer { start, first, end: first + known.len(), capacity }))
    }

    /// The buffer whose used part begins or ends with this slice.
    fn find(&self, side: Side, slice: &[T]) -> Option<(usize, Buffer<T>)> {
        let bounds = slice.as_ptr_range();
        self.buffers.iter().enumerate().find_map(|(slot, buffer)| {
            let buffer = buffer.get()?;
            let address = |at: usize| buffer.start.addr().get() + at * size_of::<T>();
            let is_there = match side {
                Side::Front => address(buffer.first) == bounds.start.addr(),
                Side::Back => address(buffer.end) == bounds.end.addr(),
            };
            let fits = !slice.is_empty() && slice.len() <= buffer.end - buffer.first;
            (is_there && fits).then_some((slot, buffer))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append<'a>(growing: &Growing<u32>, arena: &'a Bump, left: &'a [u32], right: &[u32]) -> &'a [u32] {
        growing.extend(arena, Side::Back, left, right.len(), [right].into_iter())
    }

    fn prepend<'a>(growing: &Growing<u32>, arena: &'a Bump, left: &[u32], right: &'a [u32]) -> &'a [u32] {
        growing.extend(arena, Side::Front, right, left.len(), [left].into_iter())
    }

    #[test]
    fn a_loop_copies_little() {
        let (arena, growing) = (Bump::new(), Growing::default());
        let mut all: &[u32] = arena.alloc_slice_copy(&[0; 200]);
        for number in 0..100_000 {
            all = append(&growing, &arena, all, &[number]);
        }
        assert_eq!(all.len(), 100_200);
        assert!(all[200..].iter().copied().eq(0..100_000));
        assert!(arena.allocated_bytes() < 8 << 20, "{} bytes", arena.allocated_bytes());
    }

    #[test]
    fn a_loop_that_prepends_copies_little() {
        let (arena, growing) = (Bump::new(), Growing::default());
        let mut all: &[u32] = arena.alloc_slice_copy(&[0; 200]);
        for number in 0..100_000 {
            all = prepend(&growing, &arena, &[number], all);
        }
        assert_eq!(all.len(), 100_200);
        assert!(all[..100_000].iter().copied().eq((0..100_000).rev()));
        assert!(arena.allocated_bytes() < 8 << 20, "{} bytes", arena.allocated_bytes());
    }

    #[test]
    fn what_grows_on_both_sides_stays_what_it_was() {
        let (arena, growing) = (Bump::new(), Growing::default());
        let start: &[u32] = arena.alloc_slice_copy(&[7, 8]);
        let grown = prepend(&growing, &arena, &[5], prepend(&growing, &arena, &[6], start));
        let one = prepend(&growing, &arena, &[3, 4], grown);
        let other = prepend(&growing, &arena, &[2], grown);
        let longer = append(&growing, &arena, one, &[9]);
        let head = prepend(&growing, &arena, &[1], &one[..2]);
        let twice = prepend(&growing, &arena, one, one);
        assert_eq!(grown, [5, 6, 7, 8]);
        assert_eq!(one, [3, 4, 5, 6, 7, 8]);
        assert_eq!(other, [2, 5, 6, 7, 8]);
        assert_eq!(longer, [3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(head, [1, 3, 4]);
        assert_eq!(twice, [3, 4, 5, 6, 7, 8, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn two_that_append_to_the_same_do_not_see_each_other() {
        let (arena, growing) = (Bump::new(), Growing::default());
        let start: &[u32] = arena.alloc_slice_copy(&[7, 8]);
        let grown = append(&growing, &arena, append(&growing, &arena, start, &[9]), &[10]);
        let one = append(&growing, &arena, grown, &[1, 1]);
        let other = append(&growing, &arena, grown, &[2]);
        let tail = append(&growing, &arena, &one[3..], &[3]);
        let twice = append(&growing, &arena, one, one);
        assert_eq!(grown, [7, 8, 9, 10]);
        assert_eq!(one, [7, 8, 9, 10, 1, 1]);
        assert_eq!(other, [7, 8, 9, 10, 2]);
        assert_eq!(tail, [10, 1, 1, 3]);
        assert_eq!(twice, [7, 8, 9, 10, 1, 1, 7, 8, 9, 10, 1, 1]);
    }
}
