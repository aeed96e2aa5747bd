//! Appending in place.
//!
//! What is put together in a loop, `acc ++ [ x ]` or `acc + "text"`, would be copied at each step. So that what is
//! appended to a second time gets room to grow, and whoever appends to the part of it that is in use writes behind
//! that. Values stay immutable: what is in use never changes, and only the first that appends to an end gets the room.

#![expect(unsafe_code, reason = "a slice that others share is continued in memory that nobody refers to yet")]

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::NonNull;

use bumpalo::Bump;

/// The buffers that were appended to last, of items of one type.
pub(crate) struct Growing<T> {
    buffers: [Cell<Option<Buffer<T>>>; BUFFERS],
    /// The one that is given up for the next.
    oldest: Cell<usize>,
}

/// How many are put together at the same time, at most, without being copied.
const BUFFERS: usize = 4;
/// Below this size in bytes copying is as fast.
const SMALL: usize = 512;

/// Memory for `capacity` items, the first `used` of which are initialised.
struct Buffer<T> {
    start: NonNull<T>,
    used: usize,
    capacity: usize,
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
    /// Whether something of this length is worth [`append`](Self::append).
    pub(crate) fn is_worth(length: usize) -> bool {
        length * size_of::<T>() >= SMALL
    }

    /// How many items [`append`](Self::append) needs memory for.
    pub(crate) fn needs(&self, left: &[T], more: usize) -> usize {
        let total = left.len().saturating_add(more);
        match self.find(left) {
            Some((_, buffer)) if buffer.capacity - buffer.used >= more => 0,
            Some(_) => total.saturating_mul(2),
            None => total,
        }
    }

    /// `left` with `parts` behind it, which are so many items.
    ///
    /// All slices that are given must live in `arena`, which is the same for all calls.
    pub(crate) fn append<'a, 'p>(
        &self,
        arena: &'a Bump,
        left: &'a [T],
        more: usize,
        parts: impl Iterator<Item = &'p [T]>,
    ) -> &'a [T]
    where
        T: 'p,
    {
        let found = self.find(left);
        let total = left.len().saturating_add(more);
        let (slot, mut buffer) = match found {
            Some((slot, buffer)) if buffer.capacity - buffer.used >= more => (slot, buffer),
            _ => {
                // The first time it may well be the last.
                let capacity = if found.is_some() { total.saturating_mul(2) } else { total };
                let Ok(layout) = Layout::array::<T>(capacity) else { return left };
                let start = arena.alloc_layout(layout).cast::<T>();
                // SAFETY: the memory is new and holds at least as many items as `left`.
                unsafe { start.copy_from_nonoverlapping(NonNull::from(left).cast(), left.len()) };
                let slot = found.map_or_else(
                    || {
                        let oldest = self.oldest.get();
                        self.oldest.set((oldest + 1) % BUFFERS);
                        oldest
                    },
                    |(slot, _)| slot,
                );
                (slot, Buffer { start, used: left.len(), capacity })
            }
        };
        let first = buffer.used - left.len();
        for part in parts {
            assert!(part.len() <= buffer.capacity - buffer.used, "the parts are as long as was said");
            // SAFETY: there is room for the part behind what is used, to which nobody has a reference; so the two do
            // not overlap.
            unsafe {
                buffer
                    .start
                    .add(buffer.used)
                    .copy_from_nonoverlapping(NonNull::from(part).cast(), part.len());
            }
            buffer.used += part.len();
        }
        self.buffers[slot].set(Some(buffer));
        // SAFETY: the items from `first` up to `used` are initialised, in one allocation of the arena, and never
        // written to again: whoever appends writes behind what is used.
        unsafe { std::slice::from_raw_parts(buffer.start.as_ptr().add(first), buffer.used - first) }
    }

    /// The buffer whose used part ends with this slice.
    fn find(&self, slice: &[T]) -> Option<(usize, Buffer<T>)> {
        let end = slice.as_ptr_range().end.addr();
        self.buffers.iter().enumerate().find_map(|(slot, buffer)| {
            let buffer = buffer.get()?;
            let used_end = buffer.start.addr().get() + buffer.used * size_of::<T>();
            (used_end == end && slice.len() <= buffer.used && !slice.is_empty()).then_some((slot, buffer))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append<'a>(growing: &Growing<u32>, arena: &'a Bump, left: &'a [u32], right: &[u32]) -> &'a [u32] {
        growing.append(arena, left, right.len(), [right].into_iter())
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
