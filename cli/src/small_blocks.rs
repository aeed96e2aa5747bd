//! Small blocks of memory, in lists by their size.
//!
//! A check makes and drops a hundred blocks for each machine. The system's allocator takes its memory from the kernel
//! page by page, which costs more than all that is done with it; here it comes from huge pages, in units that are cut
//! from front to end. What is freed goes to the list of its size, and is used again for blocks of that size.
//!
//! Each thread has a heap of its own, so that hardly anything is locked. A thread that ends leaves its heap to the next
//! one: an editor's server and `--watch` evaluate in a new thread each time. What one thread makes another one frees
//! there, so that a heap keeps only a few free blocks of each size; the others go to a pool for all, in bunches.

#![expect(
    unsafe_code,
    reason = "allocators are unsafe by definition; what is promised is argued for at each place"
)]
#![expect(clippy::cast_ptr_alignment, reason = "all blocks are aligned to `ALIGN`")]

use std::alloc::{GlobalAlloc as _, Layout, System};
use std::cell::Cell;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::populate::UNIT;
use crate::stock;

/// Alignment of all blocks, and the step between the sizes of the smallest ones.
pub(crate) const ALIGN: usize = 16;
/// Up to this size there is a list for each multiple of [`ALIGN`], from there on four for each power of two.
const FINE: usize = 512;
/// Size from which blocks are not for these lists.
pub(crate) const LIMIT: usize = 1 << 20;
const FINE_LISTS: usize = FINE / ALIGN + 1;
const LISTS: usize = FINE_LISTS + 4 * (LIMIT.ilog2() - FINE.ilog2()) as usize;
/// The first chunk of a heap; those that follow are units. Programs that need no more are spared the clearing of one.
const FIRST_CHUNK: usize = 256 << 10;
/// So much before the end of a chunk the next one is asked for: not later than it takes to get its pages, and not so early
/// that it is often in vain. Of the first chunk a check of a few machines takes less than half.
const LAST_PART: usize = UNIT / 4;
const LAST_PART_OF_FIRST: usize = FIRST_CHUNK / 2;
/// So many bytes of free blocks of each size are kept by a heap, but at most [`BUNCH`] blocks.
const KEPT: usize = 16 << 10;
const BUNCH: usize = 64;

/// The list for blocks of a size, and the size that they really have.
#[inline]
fn list_of(size: usize) -> (usize, usize) {
    if size <= FINE {
        let list = size.div_ceil(ALIGN);
        return (list, list * ALIGN);
    }
    let power = (size - 1).ilog2();
    let step = power - 2;
    // 5 to 8 quarters of the power of two below.
    let quarters = ((size - 1) >> step) + 1;
    (FINE_LISTS + 4 * (power - FINE.ilog2()) as usize + quarters - 5, quarters << step)
}

/// How many free blocks of a size a heap keeps; so many together are a bunch.
#[inline]
fn bunch(size: usize) -> usize {
    (KEPT / size).clamp(1, BUNCH)
}

/// Free blocks of one size. Each begins with the address of the next one; the second word of the first block of a bunch
/// in the pool is the address of the next bunch.
#[derive(Clone, Copy)]
struct List {
    first: *mut [*mut u8; 2],
    count: usize,
}

impl List {
    const EMPTY: Self = Self { first: ptr::null_mut(), count: 0 };
}

/// The blocks of a thread.
struct Heap {
    /// The part of the last chunk that is not cut yet.
    rest: Cell<*mut u8>,
    rest_size: Cell<usize>,
    /// What follows behind it in the same chunk, until the first part is used up.
    last_part: Cell<usize>,
    free: [Cell<List>; LISTS],
    /// The next of the heaps without a thread.
    next: Cell<Option<NonNull<Heap>>>,
}

impl Heap {
    const fn new() -> Self {
        Self {
            rest: Cell::new(ptr::null_mut()),
            rest_size: Cell::new(0),
            last_part: Cell::new(0),
            free: [const { Cell::new(List::EMPTY) }; LISTS],
            next: Cell::new(None),
        }
    }

    /// A block of at least this size; null where there is no memory.
    #[inline]
    fn take(&self, size: usize) -> *mut u8 {
        let (at, size) = list_of(size);
        let list = self.free[at].get();
        if !list.first.is_null() {
            return self.take_from(at, list);
        }
        // New memory only where there is no other: what threads hand to each other would pile up.
        if IN_POOL[at].load(Ordering::Relaxed) {
            let bunch = Pool::take(at, size);
            if !bunch.first.is_null() {
                return self.take_from(at, bunch);
            }
        }
        if self.rest_size.get() < size && !self.grow(size) {
            return ptr::null_mut();
        }
        let block = self.rest.get();
        // SAFETY: the rest of the chunk is at least so large.
        self.rest.set(unsafe { block.add(size) });
        self.rest_size.set(self.rest_size.get() - size);
        block
    }

    /// The first block of a list that has one; the others are this heap's from now on.
    #[inline]
    fn take_from(&self, at: usize, list: List) -> *mut u8 {
        // SAFETY: a free block is owned by its list, and begins with the address of the next one.
        let next = unsafe { (*list.first)[0] };
        self.free[at].set(List { first: next.cast(), count: list.count - 1 });
        list.first.cast()
    }

    /// Takes back a block.
    ///
    /// # Safety
    ///
    /// The block was made by `take` of some heap, for a size of the same list, and nobody uses it any more.
    #[inline]
    unsafe fn give_back(&self, block: *mut u8, size: usize) {
        let (at, size) = list_of(size);
        let list = self.free[at].get();
        let first = block.cast::<[*mut u8; 2]>();
        // SAFETY: the block is at least `ALIGN` bytes, aligned to it, and nobody else's.
        unsafe { (*first)[0] = list.first.cast() };
        let list = List { first, count: list.count + 1 };
        if list.count < bunch(size) {
            self.free[at].set(list);
        } else {
            Pool::put(at, list);
            self.free[at].set(List::EMPTY);
        }
    }

    /// Gets room for a block; what is left of the chunk before is given up where there is a new one.
    #[cold]
    fn grow(&self, size: usize) -> bool {
        let last_part = self.last_part.take();
        if last_part > 0 {
            self.rest_size.set(self.rest_size.get() + last_part);
            // The next chunk will be needed soon.
            stock::prepare();
            if self.rest_size.get() >= size {
                return true;
            }
        }
        if self.rest.get().is_null() && size <= FIRST_CHUNK / 4 {
            let layout = Layout::from_size_align(FIRST_CHUNK, ALIGN).expect("a valid layout");
            // SAFETY: the layout's size is not zero.
            let chunk = unsafe { System.alloc(layout) };
            if chunk.is_null() {
                return false;
            }
            self.rest.set(chunk);
            self.rest_size.set(FIRST_CHUNK - LAST_PART_OF_FIRST);
            self.last_part.set(LAST_PART_OF_FIRST);
            return true;
        }
        let unit = stock::take();
        if unit.is_null() {
            return false;
        }
        if unit == self.rest.get().wrapping_add(self.rest_size.get()) {
            // Nothing is lost where it follows right behind.
            self.rest_size.set(self.rest_size.get() + UNIT - LAST_PART);
        } else {
            self.rest.set(unit);
            self.rest_size.set(UNIT - LAST_PART);
        }
        self.last_part.set(LAST_PART);
        true
    }
}

/// Free blocks that any heap may take, in bunches.
static POOL: Mutex<Pool> = Mutex::new(Pool([ptr::null_mut(); LISTS]));

struct Pool([*mut [*mut u8; 2]; LISTS]);

/// Whether the pool may have blocks of a size, so that it need not be locked to find that it has none.
static IN_POOL: [AtomicBool; LISTS] = [const { AtomicBool::new(false) }; LISTS];

// SAFETY: the blocks in the pool are nobody's until somebody takes them out, which the mutex orders.
unsafe impl Send for Pool {}

impl Pool {
    /// Adds a whole bunch, which is not empty.
    #[cold]
    fn put(at: usize, bunch: List) {
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the blocks of a list have room for two addresses, and are nobody else's.
        unsafe { (*bunch.first)[1] = pool.0[at].cast() };
        pool.0[at] = bunch.first;
        IN_POOL[at].store(true, Ordering::Relaxed);
    }

    /// A bunch of blocks of a size, or none.
    #[cold]
    fn take(at: usize, size: usize) -> List {
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        let first = pool.0[at];
        if first.is_null() {
            IN_POOL[at].store(false, Ordering::Relaxed);
            return List::EMPTY;
        }
        // SAFETY: the second word of a bunch in the pool is the address of the next one.
        pool.0[at] = unsafe { (*first)[1] }.cast();
        List { first, count: bunch(size) }
    }
}

/// The heaps that were left by threads that have ended.
static IDLE: Mutex<Idle> = Mutex::new(Idle(None));

struct Idle(Option<NonNull<Heap>>);

// SAFETY: a heap in the list is used by no thread until one takes it out, which the mutex orders.
unsafe impl Send for Idle {}

impl Idle {
    fn put(heap: NonNull<Heap>) {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: heaps are never freed, and this one is nobody else's.
        unsafe { heap.as_ref() }.next.set(idle.0);
        idle.0 = Some(heap);
    }

    /// A heap that no thread has; `None` where there is no memory for a new one.
    fn get() -> Option<NonNull<Heap>> {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(heap) = idle.0 {
            // SAFETY: heaps are never freed, and those in the list are no thread's.
            idle.0 = unsafe { heap.as_ref() }.next.get();
            return Some(heap);
        }
        // SAFETY: a heap is not of size zero.
        let heap = NonNull::new(unsafe { System.alloc(Layout::new::<Heap>()) })?.cast::<Heap>();
        // SAFETY: the memory is as large as a heap, aligned for it, and new.
        unsafe { heap.write(Heap::new()) };
        Some(heap)
    }
}

thread_local! {
    /// The heap of this thread; nothing is run when it goes away, so that it can be asked for at any time.
    static HEAP: Cell<Option<NonNull<Heap>>> = const { Cell::new(None) };
    /// Leaves the heap to others when the thread ends.
    static LEAVING: Leaving = const { Leaving };
}

struct Leaving;

impl Drop for Leaving {
    fn drop(&mut self) {
        if let Some(heap) = HEAP.take() {
            Idle::put(heap);
        }
    }
}

/// Lets `work` have the heap of this thread; `None` where there is no memory for one.
#[inline]
fn with_heap<T>(work: impl FnOnce(&Heap) -> T) -> Option<T> {
    match HEAP.get() {
        // SAFETY: heaps are never freed, and only this thread has this one.
        Some(heap) => Some(work(unsafe { heap.as_ref() })),
        None => with_new_heap(work),
    }
}

#[cold]
fn with_new_heap<T>(work: impl FnOnce(&Heap) -> T) -> Option<T> {
    let heap = Idle::get()?;
    // From here on the thread has a heap, which it may need to note that it leaves it.
    HEAP.set(Some(heap));
    let stays = LEAVING.try_with(|_| ()).is_ok();
    // SAFETY: as above; the heap was taken out of the list.
    let result = work(unsafe { heap.as_ref() });
    // A thread that is ending has left its heap already, and gets one for each of its last steps.
    if !stays {
        HEAP.set(None);
        Idle::put(heap);
    }
    Some(result)
}

/// A block of memory below [`LIMIT`], aligned to [`ALIGN`]; null where there is none left.
#[inline]
pub(crate) fn take(size: usize) -> *mut u8 {
    debug_assert!(size < LIMIT, "larger blocks are mappings");
    with_heap(|heap| heap.take(size)).unwrap_or(ptr::null_mut())
}

/// Takes back a block, on any thread.
///
/// # Safety
///
/// The block was made by [`take`] for a size for which [`fits`] this one, and nobody uses it any more.
#[inline]
pub(crate) unsafe fn give_back(block: *mut u8, size: usize) {
    // SAFETY: the caller's promise. Where there is no memory for a heap the block is lost, and nothing else.
    let _ = with_heap(|heap| unsafe { heap.give_back(block, size) });
}

/// Whether a block that was made for one size is just as good for the other.
#[inline]
pub(crate) fn fits(size: usize, other: usize) -> bool {
    list_of(size).0 == list_of(other).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_has_a_list_and_wastes_little() {
        let mut last = 0;
        for size in 1..LIMIT {
            let (list, real) = list_of(size);
            assert!(list < LISTS && list >= last, "{size} is in list {list} of {LISTS}");
            assert!(real >= size && real % ALIGN == 0, "{size} gets {real}");
            assert!(real - size < ALIGN.max(size / 4 + 1), "{size} gets {real}");
            assert_eq!(list_of(real), (list, real), "{size} gets {real}");
            last = list;
        }
        assert_eq!(last, LISTS - 1);
    }

    #[test]
    fn blocks_are_apart_and_used_again() {
        let heap = Heap::new();
        let blocks: Vec<_> = (0..1000).map(|at| (heap.take(48 + at % 700), 48 + at % 700)).collect();
        let mut ends: Vec<_> = blocks.iter().map(|&(block, size)| (block.addr(), size)).collect();
        ends.sort_unstable();
        assert!(ends.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0), "blocks overlap");
        assert!(ends.iter().all(|(start, _)| start % ALIGN == 0), "blocks are aligned");
        for &(block, size) in &blocks[..5] {
            // SAFETY: the block was made for this size, and is not used below.
            unsafe { heap.give_back(block, size) };
        }
        for &(block, size) in blocks[..5].iter().rev() {
            assert_eq!(heap.take(size), block);
        }
    }

    #[test]
    fn lists_that_are_full_go_to_the_pool_and_come_back() {
        // No other test makes blocks of this size.
        let size = 900_000;
        assert_eq!(bunch(list_of(size).1), 1);
        let (first, second) = (Heap::new(), Heap::new());
        let block = first.take(size);
        // SAFETY: the block was made for this size, and is not used below.
        unsafe { first.give_back(block, size) };
        assert_eq!(second.take(size), block);
        assert_ne!(first.take(size), block);
    }

    #[test]
    fn what_goes_from_thread_to_thread_does_not_pile_up() {
        let mut regions = std::collections::BTreeSet::new();
        for round in 0..200 {
            let made = std::thread::spawn(move || {
                let small = (0..4000).map(|at| vec![0_u8; 100 + at % 400]);
                // One of several sizes, for which there is often no room in what is left of a chunk.
                small.chain([vec![0; 500_000 + round % 5 * 100_000]]).collect::<Vec<_>>()
            });
            let made = made.join().expect("the thread ends well");
            regions.extend(made.iter().map(|bytes| bytes.as_ptr().addr() >> 20));
        }
        // 400 MB went by, and 2 MB at a time.
        assert!(regions.len() < 30, "{} MB are in use", regions.len());
    }

    #[test]
    fn what_one_thread_makes_another_may_free() {
        let made = std::thread::spawn(|| (0..1000).map(|at| vec![at; 50]).collect::<Vec<_>>());
        let made = made.join().expect("the thread ends well");
        assert!(made.iter().enumerate().all(|(at, items)| items.iter().all(|&item| item == at)));
        drop(made);
        for round in 0..100 {
            let sum = std::thread::spawn(move || (0..round).map(|at| vec![at; 100].len()).sum::<usize>());
            assert_eq!(sum.join().expect("the thread ends well"), round * 100);
        }
    }
}
