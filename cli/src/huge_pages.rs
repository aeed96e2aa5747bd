//! An allocator that puts large blocks on huge pages.
//!
//! An evaluation fills its arena once and frees it as a whole, in blocks that double in size. On pages of 4 KiB the
//! kernel spends as much time on page faults as the evaluator on values; on huge pages there is one fault in 512.
//! Debian's kernels give huge pages only to who asks for them (`madvise`).

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;

use rustix::mm::{Advice, MapFlags, ProtFlags};

/// The system's allocator for blocks below [`LARGE`], memory mappings of huge pages from there on.
pub struct HugePages;

/// Size from which a block is a mapping of its own.
const LARGE: usize = 4 << 20;
/// The size of a huge page on the processors that have one of this size; elsewhere merely an alignment.
const PAGE: usize = 2 << 20;

/// The size of a large block's mapping.
fn mapped(size: usize) -> Option<usize> {
    size.checked_next_multiple_of(PAGE)
}

#[expect(
    unsafe_code,
    reason = "allocators are unsafe by definition; what is promised is argued for at each place"
)]
// SAFETY: which of the two ways a block goes depends on its layout's size alone, which is the same when it is freed.
// A mapping is at least as large as the layout, aligned to `PAGE` (larger alignments go to the system), zeroed, and
// owned by nobody else until it is unmapped with the size it was mapped with.
unsafe impl GlobalAlloc for HugePages {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() < LARGE || layout.align() > PAGE {
            // SAFETY: the caller's promises are those that the system's allocator asks for.
            return unsafe { System.alloc(layout) };
        }
        map(layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if layout.size() < LARGE || layout.align() > PAGE {
            // SAFETY: the caller's promises are those that the system's allocator asks for.
            return unsafe { System.alloc_zeroed(layout) };
        }
        map(layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.size() < LARGE || layout.align() > PAGE {
            // SAFETY: the block came from the system's allocator, as its layout says.
            return unsafe { System.dealloc(block, layout) };
        }
        if let Some(size) = mapped(layout.size()) {
            // SAFETY: the block is a mapping of just this size, and the caller does not use it any more. A failure
            // leaves it mapped, which is harmless.
            let _ = unsafe { rustix::mm::munmap(block.cast(), size) };
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if layout.align() > PAGE || (layout.size() < LARGE && new_size < LARGE) {
            // SAFETY: the block came from the system's allocator, and the new one would, too.
            return unsafe { System.realloc(block, layout, new_size) };
        }
        // SAFETY: the caller promises that the new size is valid for the alignment.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        // SAFETY: the new size is not zero, which the caller promises as well.
        let new_block = unsafe { self.alloc(new_layout) };
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

/// A zeroed mapping, aligned to [`PAGE`]; null where there is no memory.
#[expect(unsafe_code, reason = "mapping memory is unsafe; only mappings made here are touched")]
fn map(size: usize) -> *mut u8 {
    let Some(size) = mapped(size) else { return ptr::null_mut() };
    // One page more than is needed, so that an aligned part can be cut out.
    let Some(with_slack) = size.checked_add(PAGE) else { return ptr::null_mut() };
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
    let before = start.align_offset(PAGE);
    // SAFETY: `before` is less than `PAGE`, so both the start and the end of the aligned part are inside of the
    // mapping; what is unmapped before and after it was never handed out.
    unsafe {
        let aligned = start.byte_add(before);
        if before > 0 {
            let _ = rustix::mm::munmap(start, before);
        }
        if before < PAGE {
            let _ = rustix::mm::munmap(aligned.byte_add(size), PAGE - before);
        }
        // Advice may be refused, where there are no huge pages; the memory is as good without.
        let _ = rustix::mm::madvise(aligned, size, Advice::LinuxHugepage);
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
