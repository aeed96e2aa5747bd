//! The bounds of an evaluation: steps, depth, memory, and whoever wants to end it.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Evaluator, Result};
use crate::error::{Error, ErrorKind, Failure};

/// How many steps are done between looks at the clock, the memory and the interrupt.
pub(super) const CHECK_INTERVAL: u32 = 8192;

/// Who wants to know where values are put.
static MEMORY_WATCH: OnceLock<fn(Range<usize>)> = OnceLock::new();

/// Tells `watch` now and then, in each evaluation of this process, at which addresses the arena has room left: it fills
/// from the end of the range to the start, and goes on elsewhere. A program can have the kernel get those pages before
/// they are touched. Only the first call counts.
pub fn watch_memory(watch: fn(Range<usize>)) {
    let _ = MEMORY_WATCH.set(watch);
}

impl Evaluator<'_> {
    /// Counts a step, and looks at the bounds now and then.
    #[inline]
    pub(super) fn step(&self) -> Result<()> {
        let here = 0_u8;
        if std::ptr::from_ref(&here).addr() < self.stack_floor {
            return Err(stack_used_up());
        }
        let left = self.countdown.get();
        if left == 0 {
            return self.check_bounds();
        }
        self.countdown.set(left - 1);
        Ok(())
    }

    /// Runs what recurses into values, one level deeper; counts as a call.
    pub(crate) fn deeper<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.step()?;
        let depth = self.call_depth.get();
        if depth >= self.limits.call_depth {
            return Err(stack_overflow());
        }
        self.call_depth.set(depth + 1);
        let result = work();
        self.call_depth.set(depth);
        result
    }

    #[cold]
    fn check_bounds(&self) -> Result<()> {
        self.countdown.set(CHECK_INTERVAL);
        let steps = self.steps.get() + u64::from(CHECK_INTERVAL);
        self.steps.set(steps);
        let limits = &self.limits;
        if steps > limits.steps {
            let message = format!("evaluation took more than {} steps", limits.steps);
            return Err(Failure::new(ErrorKind::Limit, message).with_help("look for endless recursion"));
        }
        self.check_memory(0)?;
        if let Some(watch) = MEMORY_WATCH.get() {
            // The arena fills its blocks from the end to the start, and says only by a value where it is.
            let end = std::ptr::from_ref(self.arena.alloc(0_u8)).addr();
            watch(end - self.arena.chunk_capacity()..end);
        }
        if self.settings.interrupt.is_some_and(|interrupt| interrupt()) {
            return Err(Failure::new(ErrorKind::Limit, "evaluation was interrupted"));
        }
        Ok(())
    }

    /// Refuses an allocation that the memory bound does not allow. For sizes that the program chooses.
    pub(crate) fn check_memory(&self, more: usize) -> Result<()> {
        let limit = self.limits.memory;
        if self.arena.allocated_bytes().saturating_add(more) > limit {
            let message = format!("evaluation needs more than {} MiB of memory", limit >> 20);
            return Err(Failure::new(ErrorKind::Limit, message));
        }
        Ok(())
    }

    /// How many steps were done so far, but for the last few thousand.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// How many bytes all values take so far.
    pub fn memory(&self) -> usize {
        self.arena.allocated_bytes()
    }
}

/// Delayed values that wait for each other nest without calls.
#[cold]
fn stack_used_up() -> Error {
    Failure::new(ErrorKind::Limit, "stack overflow (possible infinite recursion)")
        .with_help("look for recursion that does not end, or a long chain of values that wait for each other")
}

#[cold]
pub(crate) fn stack_overflow() -> Error {
    Failure::new(ErrorKind::Limit, "stack overflow; max-call-depth exceeded")
        .with_help("look for recursion that does not end")
}
