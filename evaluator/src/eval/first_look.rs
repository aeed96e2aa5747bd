//! A first look without tracing.
//!
//! To keep where each value was written takes a fifth of an evaluation's time, and nobody asks where there is no mistake.
//! So whoever only wants to know of mistakes looks without tracing first, and evaluates again, with it, where that comes
//! to nothing. What was read and parsed is kept for the second time.

use std::cell::{Cell, RefCell};

use bumpalo::Bump;

use super::{Evaluator, Result, bounds, left_out, on_thread, trace, with_evaluator};
use crate::settings::{Limits, Settings};
use crate::symbol::Symbols;
use crate::value::{SpareEnvs, Value};

/// Steps of a first look: under a second.
const STEPS: u64 = 10_000_000;
/// Bytes of memory of a first look.
const MEMORY: usize = 1 << 30;
/// Bytes that a first look may leave behind for the second one.
const KEPT: usize = 256 << 20;

/// As [`evaluate`](super::evaluate), with a first look: `look` runs with an evaluator that does not trace and whose
/// bounds are narrow. `None` of it means that `work` has to run, with all that the settings say; the files that were
/// parsed for the first look are not observed again, unless there are syntax errors or there is little memory left.
///
/// # Errors
///
/// Where the evaluating thread cannot be started.
pub fn evaluate_untraced_first<R: Send>(
    settings: &Settings<'_>,
    look: impl for<'a> FnOnce(&Evaluator<'a>) -> Option<R> + Send,
    work: impl for<'a> FnOnce(&Evaluator<'a>) -> R + Send,
) -> Result<R> {
    on_thread(settings, || match look_first(settings, look, work) {
        Ok(result) => result,
        Err(work) => with_evaluator(settings, work),
    })
}

/// The result, or what has to run with an evaluator that knows nothing yet.
fn look_first<R, Work: for<'a> FnOnce(&Evaluator<'a>) -> R>(
    settings: &Settings<'_>,
    look: impl for<'a> FnOnce(&Evaluator<'a>) -> Option<R>,
    work: Work,
) -> std::result::Result<R, Work> {
    let arena = Bump::new();
    let symbols = Symbols::new(&arena);
    let first = Evaluator::new(&arena, &symbols, settings).untraced();
    if let Some(result) = look(&first) {
        return Ok(result);
    }
    let is_worth_keeping = first.syntax_errors.borrow().is_empty() && arena.allocated_bytes() < KEPT;
    if is_worth_keeping { Ok(work(&first.traced())) } else { Err(work) }
}

impl Evaluator<'_> {
    /// The evaluator without tracing. What it parses may be evaluated again with it.
    fn untraced(self) -> Self {
        let Limits { steps, memory, .. } = self.limits;
        let limits = Limits { steps: steps.min(STEPS), memory: memory.min(MEMORY), ..self.limits };
        let eager = Cell::new(!self.settings.exact_laziness);
        Self { tracing: false, eager, limits, ..self }
    }

    /// The evaluator with all that the settings say, which knows the files that were parsed but no value of them.
    fn traced(self) -> Self {
        let root = self.root_env();
        for value in self.files.borrow_mut().values_mut() {
            if let Value::Thunk(thunk) = *value {
                *value = self.delay_always(thunk.expr, root);
            }
        }
        Self {
            tracing: self.settings.tracing,
            eager: Cell::new(!self.settings.tracing && !self.settings.exact_laziness),
            limits: self.settings.limits,
            origins: RefCell::new(trace::Origins::default()),
            left_out: left_out::LeftOut::default(),
            spare_envs: SpareEnvs::default(),
            countdown: Cell::new(bounds::CHECK_INTERVAL),
            steps: Cell::new(0),
            call_depth: Cell::new(0),
            ..self
        }
    }
}
