//! Scopes of variables.
//!
//! A scope is one allocation: a header of two words and the variables behind it. There are more scopes than anything
//! else but delayed values, so a pointer to a slice of variables elsewhere would be a tenth of all memory.

#![expect(unsafe_code, reason = "variables of a number that is known at run time lie behind a header")]

use std::alloc::Layout;
use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr::NonNull;

use bumpalo::Bump;

use super::Value;

/// The variables of one scope.
///
/// Most scopes are those of calls that end without anything that refers to them: no delayed value, no function. They
/// are used again for the next call, which spares the memory and its clearing. So whoever stores an environment says
/// so with [`keep`](Self::keep).
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// Points to a header with as many slots behind it as it says, all initialised, in an arena that lives for `'a`.
    start: NonNull<Header<'a>>,
    lives: PhantomData<&'a Header<'a>>,
}

#[repr(C)]
struct Header<'a> {
    /// The scope around this one; of a spare environment, the next spare one.
    up: Cell<Option<Env<'a>>>,
    /// How many slots there are.
    count: u32,
    kept: Cell<bool>,
}

type Slot<'a> = Cell<Value<'a>>;

impl<'a> Env<'a> {
    /// A scope inside of another one, which is kept from now on.
    pub(crate) fn inside(
        arena: &'a Bump,
        count: usize,
        slot: impl FnMut(usize) -> Value<'a>,
        up: Self,
    ) -> Self {
        Self::of_call(arena, count, slot, up.keep())
    }

    /// The scope of a call: `up` was kept when the function was made.
    #[inline]
    pub(crate) fn of_call(
        arena: &'a Bump,
        count: usize,
        slot: impl FnMut(usize) -> Value<'a>,
        up: Self,
    ) -> Self {
        Self::new(arena, count, slot, Some(up), false)
    }

    /// A scope inside of no other.
    pub(crate) fn outermost(arena: &'a Bump, count: usize, slot: impl FnMut(usize) -> Value<'a>) -> Self {
        Self::new(arena, count, slot, None, true)
    }

    #[inline]
    fn new(
        arena: &'a Bump,
        count: usize,
        mut slot: impl FnMut(usize) -> Value<'a>,
        up: Option<Self>,
        kept: bool,
    ) -> Self {
        const SLOTS: usize = size_of::<Header<'_>>();
        const {
            assert!(
                SLOTS.is_multiple_of(align_of::<Slot<'_>>())
                    && align_of::<Slot<'_>>() <= align_of::<Header<'_>>()
            );
        };
        let short = u32::try_from(count).expect("a file is too short for so many variables in one scope");
        let size = SLOTS + count * size_of::<Slot<'_>>();
        let layout = Layout::from_size_align(size, align_of::<Header<'_>>())
            .expect("far from the address space's end");
        let start = arena.alloc_layout(layout).cast::<Header<'a>>();
        // SAFETY: the memory is new, aligned and large enough for the header and then `count` slots, each of which is
        // initialised before anybody else knows of it. `slot` may allocate in the arena, which never hands out the
        // same memory twice.
        unsafe {
            start.write(Header { up: Cell::new(up), count: short, kept: Cell::new(kept) });
            let slots = start.add(1).cast::<Slot<'a>>();
            for at in 0..count {
                slots.add(at).write(Cell::new(slot(at)));
            }
        }
        Self { start, lives: PhantomData }
    }

    #[inline]
    fn header(self) -> &'a Header<'a> {
        // SAFETY: `start` points to a header that was initialised, lives for `'a` and is only changed through cells.
        unsafe { self.start.as_ref() }
    }

    /// The environment, to be stored.
    #[inline]
    pub(crate) fn keep(self) -> Self {
        self.header().kept.set(true);
        self
    }

    /// The variables.
    #[inline]
    pub(crate) fn slots(self) -> &'a [Slot<'a>] {
        // SAFETY: behind the header there are as many initialised slots as it says; see `new`.
        unsafe {
            let slots = self.start.add(1).cast::<Slot<'a>>();
            NonNull::slice_from_raw_parts(slots, self.header().count as usize).as_ref()
        }
    }

    /// The content of a slot.
    #[inline]
    pub(crate) fn slot(self, slot: u32) -> Value<'a> {
        self.cell(slot).get()
    }

    /// A slot.
    #[inline]
    pub(crate) fn cell(self, slot: u32) -> &'a Slot<'a> {
        &self.slots()[slot as usize]
    }

    /// Whether this is the very same scope.
    pub(crate) fn is_same(self, other: Self) -> bool {
        self.start == other.start
    }

    /// The environment `levels` further out. The resolver counted the levels, so they exist.
    #[inline]
    pub(crate) fn ancestor(self, levels: u32) -> Self {
        let mut env = self;
        for _ in 0..levels {
            env = env.header().up.get().expect("the resolver counted the scopes");
        }
        env
    }
}

/// How many slots the environments have at most that are used again.
const SPARE_SLOTS: usize = 12;

/// Environments of calls that have ended, by their number of slots.
#[derive(Default)]
pub(crate) struct SpareEnvs<'a> {
    heads: [Cell<Option<Env<'a>>>; SPARE_SLOTS + 1],
}

impl<'a> SpareEnvs<'a> {
    /// A spare environment for a call. Its slots still hold what they held.
    #[inline]
    pub(crate) fn take(&self, slots: usize, up: Env<'a>) -> Option<Env<'a>> {
        let head = self.heads.get(slots)?;
        let env = head.get()?;
        head.set(env.header().up.get());
        env.header().up.set(Some(up));
        Some(env)
    }

    /// Takes back the environment of a call that has ended, unless something refers to it.
    #[inline]
    pub(crate) fn give_back(&self, env: Env<'a>) {
        let header = env.header();
        if !header.kept.get()
            && let Some(head) = self.heads.get(header.count as usize)
        {
            header.up.set(head.get());
            head.set(Some(env));
        }
    }
}
