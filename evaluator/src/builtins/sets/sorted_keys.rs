//! Keys in the language's own order, which may fail to compare two of them.

use crate::eval::{Evaluator, Result};
use crate::value::Value;

/// Above so many keys a run is split, so that making room for one more stays cheap.
const RUN: usize = 512;

/// Distinct keys, sorted, in runs. No run is empty.
#[derive(Default)]
pub(super) struct SortedKeys<'a> {
    runs: Vec<Vec<Value<'a>>>,
}

impl<'a> SortedKeys<'a> {
    /// Keys that are sorted already, each once.
    pub(super) fn of_sorted(keys: &[Value<'a>]) -> Self {
        Self { runs: keys.chunks(RUN).map(<[Value<'a>]>::to_vec).collect() }
    }

    /// Adds a key; `false` if it was there.
    pub(super) fn insert(&mut self, evaluator: &Evaluator<'a>, key: Value<'a>) -> Result<bool> {
        // The run whose first key is the last that is not greater.
        let after = partition(&self.runs, |run| Ok(!evaluator.less_than(key, run[0])?))?;
        let Some(at) = after.checked_sub(1) else {
            match self.runs.first_mut() {
                Some(run) => run.insert(0, key),
                None => self.runs.push(vec![key]),
            }
            return Ok(true);
        };
        let run = &mut self.runs[at];
        let place = 1 + partition(&run[1..], |&known| Ok(!evaluator.less_than(key, known)?))?;
        if !evaluator.less_than(run[place - 1], key)? {
            return Ok(false);
        }
        run.insert(place, key);
        if run.len() > RUN {
            let upper = run.split_off(RUN / 2);
            self.runs.insert(at + 1, upper);
        }
        Ok(true)
    }
}

/// How many items at the start have a property that none after them has.
fn partition<T>(items: &[T], mut has: impl FnMut(&T) -> Result<bool>) -> Result<usize> {
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = low.midpoint(high);
        if has(&items[middle])? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
