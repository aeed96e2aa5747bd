//! Scopes of variables.

use std::cell::Cell;

use super::Value;

/// The variables of one scope.
///
/// Most scopes are those of calls that end without anything that refers to them: no delayed value, no function. They
/// are used again for the next call, which spares the memory and its clearing. So whoever stores an environment says
/// so with [`keep`](Self::keep).
pub struct Env<'a> {
    slots: &'a [Cell<Value<'a>>],
    /// The scope around this one; of a spare environment, the next spare one.
    up: Cell<Option<&'a Env<'a>>>,
    kept: Cell<bool>,
}

impl<'a> Env<'a> {
    /// A scope inside of another one, which is kept from now on.
    pub(crate) fn inside(slots: &'a [Cell<Value<'a>>], up: &'a Self) -> Self {
        Self::of_call(slots, up.keep())
    }

    /// The scope of a call: `up` was kept when the function was made.
    #[inline]
    pub(crate) fn of_call(slots: &'a [Cell<Value<'a>>], up: &'a Self) -> Self {
        Self { slots, up: Cell::new(Some(up)), kept: Cell::new(false) }
    }

    /// A scope inside of no other.
    pub(crate) fn outermost(slots: &'a [Cell<Value<'a>>]) -> Self {
        Self { slots, up: Cell::new(None), kept: Cell::new(true) }
    }

    /// The environment, to be stored.
    #[inline]
    pub(crate) fn keep(&'a self) -> &'a Self {
        self.kept.set(true);
        self
    }

    /// The variables.
    #[inline]
    pub(crate) fn slots(&self) -> &'a [Cell<Value<'a>>] {
        self.slots
    }

    /// The content of a slot.
    #[inline]
    pub(crate) fn slot(&self, slot: u32) -> Value<'a> {
        self.slots[slot as usize].get()
    }

    /// The environment `levels` further out. The resolver counted the levels, so they exist.
    #[inline]
    pub(crate) fn ancestor(&'a self, levels: u32) -> &'a Self {
        let mut env = self;
        for _ in 0..levels {
            env = env.up.get().expect("the resolver counted the scopes");
        }
        env
    }
}

/// How many slots the environments have at most that are used again.
const SPARE_SLOTS: usize = 4;

/// Environments of calls that have ended, by their number of slots.
#[derive(Default)]
pub(crate) struct SpareEnvs<'a> {
    heads: [Cell<Option<&'a Env<'a>>>; SPARE_SLOTS + 1],
}

impl<'a> SpareEnvs<'a> {
    /// A spare environment for a call. Its slots still hold what they held.
    #[inline]
    pub(crate) fn take(&self, slots: usize, up: &'a Env<'a>) -> Option<&'a Env<'a>> {
        let head = self.heads.get(slots)?;
        let env = head.get()?;
        head.set(env.up.get());
        env.up.set(Some(up));
        Some(env)
    }

    /// Takes back the environment of a call that has ended, unless something refers to it.
    #[inline]
    pub(crate) fn give_back(&self, env: &'a Env<'a>) {
        if !env.kept.get()
            && let Some(head) = self.heads.get(env.slots.len())
        {
            env.up.set(head.get());
            head.set(Some(env));
        }
    }
}
