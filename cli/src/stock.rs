//! Memory by the [`UNIT`], for whoever needs that much at once: heaps of small blocks, and the first blocks of arenas.
//!
//! A check parses a file into blocks that it drops before it decodes what the file says. To clear pages anew for that
//! would cost more than to use these again, so that a few units are kept.

use std::ops::Range;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::huge_pages;
use crate::populate::{UNIT, populate};

/// How many units are kept for the next who needs one.
const KEPT: usize = 4;
/// How much is mapped at a time for units to be cut from.
const REGION: usize = 8 * UNIT;

/// Units that are nobody's.
struct Stock {
    /// The addresses of those that were given back; the others are zero.
    kept: [usize; KEPT],
    /// What is mapped and was never anybody's.
    region: Range<usize>,
}

impl Stock {
    const fn new() -> Self {
        Self { kept: [0; KEPT], region: 0..0 }
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

    /// One that was used before.
    fn used(&mut self) -> Option<usize> {
        let place = self.kept.iter_mut().find(|place| **place != 0)?;
        Some(std::mem::take(place))
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

/// What holds the stock asks for no memory of the allocator, which may be what asks.
fn stock() -> MutexGuard<'static, Stock> {
    STOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A unit, aligned to its size, for the caller alone, with whatever content; null where there is no memory.
pub(crate) fn take() -> *mut u8 {
    let mut stock = stock();
    if let Some(unit) = stock.used() {
        return ptr::with_exposed_provenance_mut(unit);
    }
    let Some(unit) = stock.new_one() else { return ptr::null_mut() };
    drop(stock);
    let unit = ptr::with_exposed_provenance_mut(unit);
    populate(unit);
    unit
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
        let mut used: Vec<_> = std::iter::from_fn(|| stock.used()).map(|unit| unit / UNIT).collect();
        used.sort_unstable();
        assert_eq!(used, (1..=KEPT).collect::<Vec<_>>());
    }

    #[test]
    fn units_are_for_one_taker_each() {
        let takers: Vec<_> = (0..4_u8)
            .map(|number| {
                std::thread::spawn(move || {
                    let mut mine = Vec::new();
                    for round in 0..40 {
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
