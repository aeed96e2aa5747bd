//! An allocator that puts everything on huge pages.
//!
//! An evaluation fills its arena once and frees it as a whole, in blocks that double in size, and what is decoded is
//! made once and dropped at the end. On pages of 4 KiB the kernel spends as much time on page faults as the evaluator
//! on values; on huge pages there is one fault in 512. Debian's kernels give huge pages only to who asks for them
//! (`madvise`), and machines do not always have them at hand ([`mod@crate::populate`]). Large blocks are mappings of
//! their own, the others are cut from larger ones ([`small_blocks`]).

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;

use rustix::mm::{MapFlags, ProtFlags};

use crate::populate::{UNIT, advise_huge, populate};
use crate::{small_blocks, stock};

/// Memory on huge pages, but for blocks of unusual alignment, which are the system's.
pub struct HugePages;

/// The size of a large block's mapping.
fn mapped(size: usize) -> Option<usize> {
    size.checked_next_multiple_of(UNIT)
}

/// Who has blocks of a layout.
enum Home {
    Lists,
    Mapping,
    System,
}

impl Home {
    #[inline]
    fn of(layout: Layout) -> Self {
        if layout.align() > small_blocks::ALIGN {
            Self::System
        } else if layout.size() < small_blocks::LIMIT {
            Self::Lists
        } else {
            Self::Mapping
        }
    }
}

#[expect(
    unsafe_code,
    reason = "allocators are unsafe by definition; what is promised is argued for at each place"
)]
// SAFETY: who has a block depends on its layout alone, which is the same when it is freed. A mapping is at least as
// large as the layout, aligned to `UNIT`, and owned by nobody else until it is given back with the size it was mapped
// with; it is zeroed where that is asked for.
unsafe impl GlobalAlloc for HugePages {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match Home::of(layout) {
            Home::Lists => small_blocks::take(layout.size()),
            Home::Mapping => map_for_arena(layout.size()),
            // SAFETY: the caller's promises are those that the system's allocator asks for.
            Home::System => unsafe { System.alloc(layout) },
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match Home::of(layout) {
            Home::Lists => {
                let block = small_blocks::take(layout.size());
                if !block.is_null() {
                    // SAFETY: the block is at least so large, and nobody else's.
                    unsafe { block.write_bytes(0, layout.size()) };
                }
                block
            }
            Home::Mapping => map_for_list(layout.size()),
            // SAFETY: the caller's promises are those that the system's allocator asks for.
            Home::System => unsafe { System.alloc_zeroed(layout) },
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match Home::of(layout) {
            // SAFETY: the block came from these lists, for this size.
            Home::Lists => unsafe { small_blocks::give_back(block, layout.size()) },
            Home::Mapping => {
                if let Some(size) = mapped(layout.size())
                    && !(size == UNIT && stock::keep(block))
                {
                    // SAFETY: the block is a mapping of just this size, and the caller does not use it any more. A
                    // failure leaves it mapped, which is harmless.
                    let _ = unsafe { rustix::mm::munmap(block.cast(), size) };
                }
            }
            // SAFETY: the block came from the system's allocator, as its layout says.
            Home::System => unsafe { System.dealloc(block, layout) },
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the new size is valid for the alignment.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        match (Home::of(layout), Home::of(new_layout)) {
            // SAFETY: the block came from the system's allocator, and the new one does, too.
            (Home::System, _) => return unsafe { System.realloc(block, layout, new_size) },
            (Home::Lists, Home::Lists) if small_blocks::fits(layout.size(), new_size) => return block,
            (Home::Mapping, Home::Mapping) if mapped(layout.size()) == mapped(new_size) => return block,
            _ => {}
        }
        let new_block = match Home::of(new_layout) {
            Home::Mapping => map_for_list(new_size),
            // SAFETY: the new size is not zero, which the caller promises as well.
            _ => unsafe { self.alloc(new_layout) },
        };
        if !new_block.is_null() {
            // SAFETY: both blocks are at least as large as the smaller size, and they are distinct; the old one is
            // freed with the layout it was made with.
            unsafe {
                ptr::copy_nonoverlapping(block, new_block, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
        }
        new_block
    }
}

/// A mapping for a block that is most likely an arena's, which fills it from the end. It may hold anything.
fn map_for_arena(size: usize) -> *mut u8 {
    if mapped(size) == Some(UNIT) {
        let unit = stock::take();
        stock::prepare();
        return unit;
    }
    let block = map_for_list(size);
    if let Some(last) = mapped(size).and_then(|mapped| mapped.checked_sub(UNIT))
        && !block.is_null()
    {
        populate(block.wrapping_add(last));
    }
    block
}

/// A zeroed mapping for a block that is filled from the start, or not at all.
fn map_for_list(size: usize) -> *mut u8 {
    let block = map(size);
    if let Some(mapped) = mapped(size)
        && !block.is_null()
    {
        advise_huge(block, mapped);
    }
    block
}

/// A zeroed mapping, aligned to [`UNIT`]; null where there is no memory.
#[expect(unsafe_code, reason = "mapping memory is unsafe; only mappings made here are touched")]
pub(crate) fn map(size: usize) -> *mut u8 {
    let Some(size) = mapped(size) else { return ptr::null_mut() };
    // One page more than is needed, so that an aligned part can be cut out.
    let Some(with_slack) = size.checked_add(UNIT) else { return ptr::null_mut() };
    // SAFETY: an anonymous private mapping at a place of the kernel's choice touches nothing that exists.
    let mapping = unsafe {
        rustix::mm::mmap_anonymous(
            ptr::null_mut(),
            with_slack,
            ProtFlags::READ | ProtFlags::WRITE,
            MapFlags::PRIVATE,
        )
    };
    let Ok(start) = mapping else { return ptr::null_mut() };
    let before = start.align_offset(UNIT);
    // SAFETY: `before` is less than `UNIT`, so both the start and the end of the aligned part are inside of the
    // mapping; what is unmapped before and after it was never handed out.
    unsafe {
        let aligned = start.byte_add(before);
        if before > 0 {
            let _ = rustix::mm::munmap(start, before);
        }
        if before < UNIT {
            let _ = rustix::mm::munmap(aligned.byte_add(size), UNIT - before);
        }
        aligned.cast()
    }
}

#[cfg(test)]
mod tests {
    /// The tests run under the allocator, too, since it is the program's.
    #[test]
    fn large_blocks_grow_shrink_and_keep_their_content() {
        let mut bytes: Vec<u8> = Vec::new();
        for size in [1_usize << 20, 5 << 20, 9 << 20, 40 << 20] {
            bytes.resize(size, u8::try_from(size >> 20).expect("small"));
        }
        assert_eq!((bytes[0], bytes[6 << 20], bytes[39 << 20]), (1, 9, 40));
        bytes.truncate(100);
        bytes.shrink_to_fit();
        assert_eq!((bytes.len(), bytes[99]), (100, 1));
        assert!(vec![0_u8; 64 << 20].iter().step_by(4096).all(|&byte| byte == 0));
    }
}
