//! Memory by the [`UNIT`], for whoever needs that much at once: heaps of small blocks, and the first blocks of arenas.
//!
//! A check parses a file into blocks that it drops before it decodes what the file says. To clear pages anew for that
//! would cost more than to use these again, so that a few units are kept. One that will soon be needed has its pages got
//! by another thread ([`prepare`]).

use std::ops::Range;
use std::ptr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::huge_pages;
use crate::populate::{self, UNIT};

/// How many units are kept for the next who needs one.
const KEPT: usize = 4;
/// How much is mapped at a time for units to be cut from.
const REGION: usize = 8 * UNIT;
/// How long a taker waits for a unit whose pages are being got: longer than it takes where huge pages are at hand, and
/// not as long as small ones take.
const PATIENCE: Duration = Duration::from_micros(500);

/// Units that are nobody's.
struct Stock {
    /// The addresses of those that were given back; the others are zero.
    kept: [usize; KEPT],
    /// What is mapped and was never anybody's.
    region: Range<usize>,
    /// The address of one whose pages were got before anybody needed it, or zero.
    prepared: usize,
    /// Whether a thread is getting the pages of one.
    is_preparing: bool,
}

impl Stock {
    const fn new() -> Self {
        Self { kept: [0; KEPT], region: 0..0, prepared: 0, is_preparing: false }
    }

    fn keep(&mut self, unit: usize) -> bool {
        match self.kept.iter_mut().find(|place| **place == 0) {
            Some(place) => {
                *place = unit;
                true
            }
            None => false,
        }
    }

    /// One whose pages are there.
    fn ready(&mut self) -> Option<usize> {
        let mut places = self.kept.iter_mut().chain([&mut self.prepared]);
        Some(std::mem::take(places.find(|place| **place != 0)?))
    }

    /// Whether the next taker need not wait.
    fn has_ready(&self) -> bool {
        self.prepared != 0 || self.kept.iter().any(|&place| place != 0)
    }

    /// A unit whose pages nobody has asked for; `None` where there is no memory.
    fn new_one(&mut self) -> Option<usize> {
        if self.region.is_empty() {
            let start = huge_pages::map(REGION);
            if start.is_null() {
                return None;
            }
            let start = start.expose_provenance();
            self.region = start..start + REGION;
        }
        let unit = self.region.start;
        self.region.start += UNIT;
        Some(unit)
    }
}

static STOCK: Mutex<Stock> = Mutex::new(Stock::new());
/// For who waits for the unit that is being prepared.
static IS_PREPARED: Condvar = Condvar::new();

/// What holds the stock asks for no memory of the allocator, which may be what asks.
fn stock() -> MutexGuard<'static, Stock> {
    STOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A unit, aligned to its size, for the caller alone, with whatever content; null where there is no memory.
pub(crate) fn take() -> *mut u8 {
    let mut stock = stock();
    if stock.is_preparing && !stock.has_ready() {
        let waited = IS_PREPARED.wait_timeout_while(stock, PATIENCE, |stock| stock.is_preparing);
        stock = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
    if let Some(unit) = stock.ready() {
        return ptr::with_exposed_provenance_mut(unit);
    }
    let Some(unit) = stock.new_one() else { return ptr::null_mut() };
    // Huge pages that the other thread waits for are not at hand.
    let is_slow = stock.is_preparing;
    drop(stock);
    let unit = ptr::with_exposed_provenance_mut(unit);
    if is_slow {
        populate::with_small_pages(unit);
    } else {
        populate::populate(unit);
    }
    unit
}

/// Has the pages of a unit got meanwhile for the next who takes one.
///
/// May be called by the allocator, as long as that has room for the few small blocks that a thread takes to start.
pub(crate) fn prepare() {
    let mut stock = stock();
    if stock.is_preparing || stock.has_ready() {
        return;
    }
    let Some(unit) = stock.new_one() else { return };
    stock.is_preparing = true;
    drop(stock);
    if !populate::meanwhile(unit, true) {
        prepared(unit);
    }
}

/// Says that a unit which was to be prepared is.
pub(crate) fn prepared(unit: usize) {
    let mut stock = stock();
    stock.prepared = unit;
    stock.is_preparing = false;
    drop(stock);
    IS_PREPARED.notify_all();
}

/// Keeps a unit that its owner does not need any more; says whether there was room for it.
pub(crate) fn keep(unit: *mut u8) -> bool {
    stock().keep(unit.expose_provenance())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_back_is_used_again_and_little_is_kept() {
        let mut stock = Stock::new();
        for unit in 1..=KEPT {
            assert!(stock.keep(unit * UNIT));
        }
        assert!(!stock.keep(9 * UNIT));
        let mut used: Vec<_> = std::iter::from_fn(|| stock.ready()).map(|unit| unit / UNIT).collect();
        used.sort_unstable();
        assert_eq!(used, (1..=KEPT).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_prepared_is_taken_next() {
        let mut stock = Stock::new();
        let units: Vec<_> = (0..3).filter_map(|_| stock.new_one()).collect();
        assert!(units.len() == 3 && !stock.has_ready());
        stock.prepared = units[0];
        assert!(stock.has_ready());
        assert!(stock.keep(units[1]));
        let mut ready: Vec<_> = std::iter::from_fn(|| stock.ready()).collect();
        ready.sort_unstable();
        assert_eq!(ready, units[..2]);
        assert!(!stock.has_ready());
    }

    #[test]
    fn units_are_for_one_taker_each() {
        let takers: Vec<_> = (0..4_u8)
            .map(|number| {
                std::thread::spawn(move || {
                    let mut mine = Vec::new();
                    for round in 0..40 {
                        if round % 4 == 0 {
                            prepare();
                        }
                        let unit = take();
                        assert!(!unit.is_null());
                        assert_eq!(unit.addr() % UNIT, 0);
                        // SAFETY: the unit is of this size, and this thread's.
                        #[expect(unsafe_code, reason = "raw memory is what is tested")]
                        let bytes = unsafe { std::slice::from_raw_parts_mut(unit, UNIT) };
                        bytes.fill(number);
                        mine.push(bytes);
                        if round % 3 == 0 {
                            let bytes = mine.pop().expect("one was pushed");
                            assert!(bytes.iter().all(|&byte| byte == number));
                            let _ = keep(bytes.as_mut_ptr());
                        }
                    }
                    assert!(mine.iter().all(|bytes| bytes.iter().all(|&byte| byte == number)));
                })
            })
            .collect();
        for taker in takers {
            taker.join().expect("nobody else wrote to its units");
        }
    }
}
