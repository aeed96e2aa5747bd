//! Pages that are there before they are touched.
//!
//! A page that is touched for the first time costs a fault, on a virtual machine a dear one. Huge pages cost one fault
//! in 512, and are quick to clear, as long as the machine has them at hand. But a hypervisor that takes back what is
//! free (a balloon with free page reporting) takes just the huge ones, within seconds, and to have one back takes twenty
//! times as long as to clear it. Small pages the machine keeps, in the gaps of what is in use. So pages are asked for by
//! the [`UNIT`], the time is taken, and units are made of those pages that are quick to get.
//!
//! Where an evaluation puts its next values is known ([`ahead`]), and that a heap will need one more unit, too
//! ([`stock::prepare`]), so that a thread gets these pages meanwhile.

use std::cell::Cell;
use std::ops::Range;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::mm::{Advice, madvise};

use crate::stock;

/// What is asked for at a time: the size of a huge page on the processors that have one of this size.
pub(crate) const UNIT: usize = 2 << 20;
/// A huge page that takes longer was not at hand; to clear one takes a tenth of this.
const SLOW: Duration = Duration::from_millis(2);
/// After a slow huge page so many units are made of small ones before a huge one is tried again; twice as many after
/// the next slow one, and so on.
const FIRST_PAUSE: u32 = 4;
const LONGEST_PAUSE: u32 = 1 << 16;
/// Small pages are asked for in pieces, so that other threads that need the kernel for their memory wait less.
const PIECE: usize = 256 << 10;
/// There are always so many bytes of pages, or more, ahead of where an evaluation puts its values.
const AHEAD: usize = 2 << 20;
/// How many units may wait for the thread; what it does not come to is got when it is touched.
const WAITING: usize = 4;

/// How many units are to be made of small pages before the next huge one.
static PAUSE: AtomicU32 = AtomicU32::new(0);
/// How many it will be after the next huge page that is slow.
static NEXT_PAUSE: AtomicU32 = AtomicU32::new(FIRST_PAUSE);

/// Has a part of memory, of whole units, made of huge pages when it is touched. That is as quick as touching many small
/// ones even where huge ones are not at hand.
pub(crate) fn advise_huge(start: *mut u8, size: usize) {
    // Advice may be refused, where there are no huge pages; the memory is as good without.
    advise(start, size, Advice::LinuxHugepage);
}

/// Gets the pages of a unit, which is aligned to its size.
///
/// What is there stays as it is. Where the kernel cannot do this the pages come when they are touched.
pub(crate) fn populate(unit: *mut u8) {
    // Threads that do this at once may each count the same unit, which is as good.
    let pause = PAUSE.load(Ordering::Relaxed);
    if pause > 0 {
        PAUSE.store(pause - 1, Ordering::Relaxed);
        advise(unit, UNIT, Advice::LinuxNoHugepage);
        return with_small_pages(unit);
    }
    let begin = Instant::now();
    advise(unit, UNIT, Advice::LinuxHugepage);
    advise(unit, UNIT, Advice::LinuxPopulateWrite);
    if begin.elapsed() > SLOW {
        let pause = NEXT_PAUSE.load(Ordering::Relaxed);
        NEXT_PAUSE.store((2 * pause).min(LONGEST_PAUSE), Ordering::Relaxed);
        PAUSE.store(pause, Ordering::Relaxed);
    }
}

/// As [`populate`], with small pages where nobody asked for huge ones. Who does something else with the memory at the same
/// time does not wait for this, nor this for them.
pub(crate) fn with_small_pages(unit: *mut u8) {
    for at in (0..UNIT).step_by(PIECE) {
        advise(unit.wrapping_add(at), PIECE, Advice::LinuxPopulateWrite);
    }
}

#[expect(unsafe_code, reason = "advice on memory is unsafe in general: some of it discards what is there")]
fn advise(start: *mut u8, size: usize, advice: Advice) {
    debug_assert!(
        matches!(advice, Advice::LinuxHugepage | Advice::LinuxNoHugepage | Advice::LinuxPopulateWrite),
        "advice that keeps the content of memory"
    );
    // SAFETY: none of this advice changes what is in memory, whoever has it; where nothing is mapped it is refused.
    let _ = unsafe { madvise(start.cast(), size, advice) };
}

/// How far the pages are there that an evaluation will put its values on.
struct Frontier {
    /// The start of the last unit that was asked for.
    lowest: Cell<usize>,
}

impl Frontier {
    const fn new() -> Self {
        Self { lowest: Cell::new(0) }
    }

    /// Asks for the units that are due, by their start, where values go from the end of the room on downwards.
    fn advance(&self, room: &Range<usize>, mut ask: impl FnMut(usize)) {
        let mut lowest = self.lowest.get();
        if lowest < room.start || lowest > room.end {
            // Another block of memory; what it has of the unit in use is being touched already.
            lowest = room.end & !(UNIT - 1);
        }
        while lowest >= room.start + UNIT && room.end < lowest + AHEAD {
            lowest -= UNIT;
            ask(lowest);
        }
        self.lowest.set(lowest);
    }
}

/// Has pages made ready where an evaluation on this thread puts its next values: from the end of the room downwards.
pub(crate) fn ahead(room: Range<usize>) {
    thread_local! {
        static FRONTIER: Frontier = const { Frontier::new() };
    }
    // A room as small as this will soon be left.
    if room.len() >= UNIT {
        FRONTIER.with(|frontier| {
            frontier.advance(&room, |unit| {
                // If too many wait already, the evaluation is faster than the kernel, and gets this unit itself.
                let _ = meanwhile(unit, false);
            });
        });
    }
}

/// Units that wait for the thread, the first to be needed first. Neither side allocates anything for them: the allocator
/// asks, and a thread that allocates takes memory of its own first.
struct Queue {
    units: [Wanted; WAITING],
    length: usize,
    has_thread: bool,
}

/// A unit by its address, and whether it is for the [`stock`].
#[derive(Clone, Copy)]
struct Wanted {
    unit: usize,
    for_stock: bool,
}

static QUEUE: Mutex<Queue> = Mutex::new(Queue {
    units: [Wanted { unit: 0, for_stock: false }; WAITING],
    length: 0,
    has_thread: false,
});
static IS_WANTED: Condvar = Condvar::new();

fn queue() -> MutexGuard<'static, Queue> {
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a thread populate a unit, which may be for the [`stock`]; says whether it will.
pub(crate) fn meanwhile(unit: usize, for_stock: bool) -> bool {
    static IS_STARTED: AtomicBool = AtomicBool::new(false);
    // What starts the thread asks the allocator for memory, which may ask for this.
    if !IS_STARTED.swap(true, Ordering::Relaxed) {
        let thread = std::thread::Builder::new().name("memory".to_owned()).stack_size(64 << 10);
        let is_started = thread.spawn(populate_all).is_ok();
        queue().has_thread = is_started;
    }
    let mut queue = queue();
    let length = queue.length;
    if !queue.has_thread || length == WAITING {
        return false;
    }
    queue.units[length] = Wanted { unit, for_stock };
    queue.length += 1;
    IS_WANTED.notify_one();
    true
}

fn populate_all() {
    loop {
        let waited = IS_WANTED.wait_while(queue(), |queue| queue.length == 0);
        let mut queue = waited.unwrap_or_else(PoisonError::into_inner);
        let Wanted { unit, for_stock } = queue.units[0];
        queue.units.copy_within(1.., 0);
        queue.length -= 1;
        drop(queue);
        populate(ptr::with_exposed_provenance_mut(unit));
        if for_stock {
            stock::prepared(unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(frontier: &Frontier, room: Range<usize>) -> Vec<usize> {
        let mut units = Vec::new();
        frontier.advance(&room, |unit| units.push(unit / UNIT));
        units
    }

    #[test]
    fn units_are_asked_for_once_and_in_time() {
        const NONE: [usize; 0] = [];
        let frontier = Frontier::new();
        let block = 10 * UNIT;
        // In the middle of unit 20: the next one down is not there yet.
        assert_eq!(asked(&frontier, block..20 * UNIT + UNIT / 2), [19]);
        assert_eq!(asked(&frontier, block..20 * UNIT + UNIT / 4), NONE);
        assert_eq!(asked(&frontier, block..19 * UNIT + UNIT / 2), [18]);
        // Far ahead of what was asked for: what is in use comes by itself.
        assert_eq!(asked(&frontier, block..13 * UNIT + 5), [12]);
        // Nothing below the block.
        assert_eq!(asked(&frontier, block..11 * UNIT + 5), [10]);
        assert_eq!(asked(&frontier, block..10 * UNIT + 5), NONE);
        // Another block, above or below.
        assert_eq!(asked(&frontier, 50 * UNIT..60 * UNIT), [59]);
        assert_eq!(asked(&frontier, 2 * UNIT..8 * UNIT), [7]);
    }

    /// How many page faults this thread had that needed no disk.
    fn faults() -> u64 {
        let stat =
            std::fs::read_to_string("/proc/thread-self/stat").expect("Linux says how a thread is doing");
        let after_name = stat.rsplit(')').next().expect("a name in parentheses");
        after_name.split_whitespace().nth(7).and_then(|count| count.parse().ok()).expect("a number of faults")
    }

    /// A mapping of its own has no huge pages unless somebody asks for them, and so a fault for each page.
    #[test]
    #[expect(unsafe_code, reason = "a mapping that nobody has touched is what is tested")]
    fn populated_pages_keep_their_content_and_are_not_faulted_in() {
        for pause in [0, 1, 0, 1] {
            let unit = crate::huge_pages::map(UNIT);
            assert!(!unit.is_null());
            // SAFETY: the mapping is of this size, zeroed, nobody else's, and stays for good.
            let bytes = unsafe { std::slice::from_raw_parts_mut(unit, UNIT) };
            bytes[5] = 7;
            PAUSE.store(pause, Ordering::Relaxed);
            populate(bytes.as_mut_ptr());
            let before = faults();
            for byte in bytes.iter_mut().skip(4096).step_by(4096) {
                *byte = 1;
            }
            let faults = faults() - before;
            assert!(faults < 100, "{faults} faults");
            assert_eq!(bytes[5], 7);
        }
    }
}
