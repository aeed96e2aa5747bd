//! The evaluator: forces thunks, calls functions, keeps the bounds.
//!
//! [`bounds`] keeps the bounds, [`expr`] evaluates the intermediate representation and [`operators`] its operators,
//! [`force`] what is delayed, [`call`] calls functions, [`make`] makes values, [`coerce`] and [`compare`] hold the
//! language's conversions and orders, [`files`] reads and caches files.

mod arguments;
mod assert_equal;
mod blame;
mod bounds;
mod call;
mod coerce;
mod command;
mod compare;
mod decided;
mod expr;
mod files;
mod first_look;
mod force;
mod left_out;
mod make;
mod operators;
mod ready;
mod realise;
mod sets;
mod shared;
mod sought;
mod trace;
mod updated;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::path::PathBuf;
use std::sync::Arc;

use bumpalo::Bump;
use launchnix_diagnostics::{Diagnostic, SourceId, SourceMap, Span};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use bounds::stack_overflow;
pub use bounds::watch_memory;
pub(crate) use coerce::Coercion;
pub use command::{Arguments, FoundDerivation};
pub(crate) use files::unreadable;
pub use first_look::evaluate_untraced_first;
pub(crate) use left_out::Repeated;
pub use left_out::RepeatedName;
pub(crate) use ready::as_nix_delays;
pub use realise::{Realisation, StoreObject};
pub(crate) use trace::{Given, Joined, Made, TextPlaces};
pub use trace::{Origin, Segment};

use crate::error::{Error, ErrorKind, Failure};
use crate::ir::{Expr, ExprKind};
use crate::settings::{Limits, Settings};
use crate::store::memory::StoreMemory;
use crate::symbol::{Symbol, Symbols};
use crate::text::order::Prefixed;
use crate::value::{Attrs, Growing, Position, SpareEnvs, Value};

/// The result of evaluating something.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One evaluation: its settings, its values and what it has read.
pub struct Evaluator<'a> {
    pub(crate) arena: &'a Bump,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) symbols: &'a Symbols<'a>,
    pub(crate) globals: RefCell<FxHashMap<Symbol, Value<'a>>>,
    source_map: RefCell<SourceMap>,
    /// Places of attribute names, by [`Position`].
    positions: RefCell<Vec<Span>>,
    /// The strings that became names of attributes, by [`Position`].
    named: RefCell<Vec<Named<'a>>>,
    /// Where the attribute path starts, for names further back in one.
    path_starts: RefCell<FxHashMap<Position, Span>>,
    /// Values of files, by canonical path.
    files: RefCell<FxHashMap<PathBuf, Value<'a>>>,
    /// With [`Settings::recover`], what is wrong with the files that were parsed.
    syntax_errors: RefCell<Vec<Diagnostic>>,
    left_out: left_out::LeftOut<'a>,
    updates: updated::Updates<'a>,
    /// Calls that are not made again.
    shared_calls: RefCell<Vec<shared::SharedCall<'a>>>,
    /// Entries of the lookup path that are not there, as was said already.
    missing_entries: RefCell<FxHashSet<Vec<u8>>>,
    /// What may be seen beside the store where evaluation is restricted: what the lookup path names.
    pub(crate) listed: OnceCell<Vec<PathBuf>>,
    /// The text of sources in which characters stand for bytes that are no UTF-8.
    sources_of_bytes: RefCell<FxHashMap<SourceId, Arc<str>>>,
    pub(crate) regexes: RefCell<crate::builtins::RegexCache<'a>>,
    /// Store paths of files that were copied to the store, as far as strings are concerned.
    pub(crate) copied: RefCell<FxHashMap<&'a [u8], &'a [u8]>>,
    /// What is in the store as far as this evaluation knows.
    pub(crate) memory: RefCell<StoreMemory>,
    origins: RefCell<trace::Origins<'a>>,
    pub(crate) tracing: bool,
    limits: Limits,
    /// Buffers to put strings together in.
    scratch: RefCell<Vec<Vec<u8>>>,
    /// Lists and strings that are put together piece by piece.
    pub(crate) growing_lists: Growing<Value<'a>>,
    pub(crate) growing_strings: Growing<u8>,
    /// The context of the last string that was made.
    last_context: Cell<&'a [crate::value::Context<'a>]>,
    /// Scopes of calls that can be used again.
    spare_envs: SpareEnvs<'a>,
    /// Whether what costs no more than delaying it is not delayed.
    eager: Cell<bool>,
    /// Whether a text was parsed.
    has_parsed: Cell<bool>,
    /// Whether the file that was asked for last came from a library.
    last_library: Cell<Option<(SourceId, bool)>>,
    /// The call that is being made: what built-in functions delay was written there.
    pub(crate) site: Cell<&'a Expr<'a>>,
    /// Steps until the bounds are looked at again.
    countdown: Cell<u32>,
    steps: Cell<u64>,
    call_depth: Cell<u32>,
    /// The stack must not grow below this address.
    stack_floor: usize,
}

/// A string that became the name of an attribute. Where it was written is found when somebody asks.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: Symbol,
    made: Made<'a>,
    /// The position for Nix, and where nothing is known of the string.
    otherwise: Position,
}

/// The largest buffer for strings that is kept.
const SCRATCH: usize = 1 << 20;
/// How many of them are kept.
const SCRATCHES: usize = 4;
/// Stack that is left for what runs between two looks at it.
const STACK_RESERVE: usize = 1 << 20;

/// Runs `work` with an evaluator, on a thread with a stack as large as the limits say; all values are freed after.
pub fn evaluate<R: Send>(
    settings: &Settings<'_>,
    work: impl for<'a> FnOnce(&Evaluator<'a>) -> R + Send,
) -> Result<R> {
    on_thread(settings, || with_evaluator(settings, work))
}

/// Runs `work` on a thread with a stack as large as the limits say.
fn on_thread<R: Send>(settings: &Settings<'_>, work: impl FnOnce() -> R + Send) -> Result<R> {
    let outcome = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("evaluation".to_owned())
            .stack_size(stack_size(settings))
            .spawn_scoped(scope, work)
            .map(std::thread::ScopedJoinHandle::join)
    });
    match outcome {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => Err(Failure::new(
            ErrorKind::Limit,
            format!("the evaluating thread could not be started: {error}"),
        )),
    }
}

fn stack_size(settings: &Settings<'_>) -> usize {
    settings.limits.stack.max(4 << 20)
}

fn with_evaluator<R>(settings: &Settings<'_>, work: impl for<'a> FnOnce(&Evaluator<'a>) -> R) -> R {
    let arena = Bump::new();
    let symbols = Symbols::new(&arena);
    work(&Evaluator::new(&arena, &symbols, settings))
}

impl<'a> Evaluator<'a> {
    /// An evaluator that uses what is left of the stack of this thread, which is as large as the limits say.
    fn new(arena: &'a Bump, symbols: &'a Symbols<'a>, settings: &'a Settings<'a>) -> Self {
        let here = 0_u8;
        let top = std::ptr::from_ref(&here).addr();
        let mut source_map = SourceMap::new();
        let built_in = source_map.add("«built in»", "");
        let nowhere =
            arena.alloc(Expr { kind: ExprKind::Const(Value::Null), span: Span::new(built_in, 0, 0) });
        let evaluator = Self {
            arena,
            settings,
            symbols,
            globals: RefCell::default(),
            source_map: RefCell::new(source_map),
            positions: RefCell::default(),
            named: RefCell::default(),
            path_starts: RefCell::default(),
            files: RefCell::default(),
            syntax_errors: RefCell::default(),
            left_out: left_out::LeftOut::default(),
            updates: updated::Updates::default(),
            shared_calls: RefCell::default(),
            missing_entries: RefCell::default(),
            listed: OnceCell::new(),
            sources_of_bytes: RefCell::default(),
            regexes: RefCell::default(),
            copied: RefCell::default(),
            memory: RefCell::new(StoreMemory::new(&settings.store_directory)),
            origins: RefCell::default(),
            tracing: settings.tracing,
            limits: settings.limits,
            scratch: RefCell::default(),
            growing_lists: Growing::default(),
            growing_strings: Growing::default(),
            last_context: Cell::new(&[]),
            spare_envs: SpareEnvs::default(),
            eager: Cell::new(!settings.tracing && !settings.exact_laziness),
            has_parsed: Cell::new(false),
            last_library: Cell::new(None),
            site: Cell::new(nowhere),
            countdown: Cell::new(bounds::CHECK_INTERVAL),
            steps: Cell::new(0),
            call_depth: Cell::new(0),
            stack_floor: top.saturating_sub(stack_size(settings) - STACK_RESERVE),
        };
        crate::builtins::install(&evaluator);
        if settings.restricted && !settings.pure {
            let _ = evaluator.listed.set(crate::builtins::listed(&evaluator));
        }
        evaluator
    }
}

impl<'a> Evaluator<'a> {
    // --- looking at values --------------------------------------------------------------------------------

    /// The bytes of a name.
    pub fn name(&self, symbol: Symbol) -> &'a [u8] {
        self.symbols.name(symbol)
    }

    /// A name as text, what is no UTF-8 replaced.
    pub fn name_text(&self, symbol: Symbol) -> Cow<'a, str> {
        match self.symbols.text(symbol) {
            Some(text) => Cow::Borrowed(text),
            None => String::from_utf8_lossy(self.symbols.name(symbol)),
        }
    }

    /// The symbol of a name.
    pub fn intern(&self, name: &str) -> Symbol {
        self.symbols.intern(name.as_bytes())
    }

    /// A set's attributes, in the order of their symbols.
    pub fn entries(&self, attrs: &'a Attrs<'a>) -> &'a [crate::value::Attr<'a>] {
        attrs.entries(self.arena)
    }

    /// A set's attributes with their names, in the order of their symbols: that in which Nix looks at them.
    pub(crate) fn attributes(
        &self,
        attrs: &'a Attrs<'a>,
    ) -> impl Iterator<Item = (&'a [u8], crate::value::Attr<'a>)> {
        attrs.entries(self.arena).iter().map(|attr| (self.symbols.name(attr.name), *attr))
    }

    /// A set's attributes in the order of their names.
    pub fn sorted(&self, attrs: &'a Attrs<'a>) -> Vec<(&'a [u8], crate::value::Attr<'a>)> {
        let entries = attrs.entries(self.arena);
        let mut order: Vec<_> = entries
            .iter()
            .zip(0_u32..)
            .map(|(attr, at)| (Prefixed::new(self.symbols.name(attr.name)), at))
            .collect();
        order.sort_unstable_by_key(|&(name, _)| name);
        order.into_iter().map(|(name, at)| (name.text(), entries[at as usize])).collect()
    }

    /// Where an attribute's name was written.
    pub fn key_span(&self, position: Position) -> Option<Span> {
        let Some(named) = self.name_at(position) else {
            return self.positions.borrow().get(position.index()?).copied();
        };
        let place = self.place_of_name(named.made, self.symbols.name(named.name));
        place.or_else(|| self.key_span(named.otherwise))
    }

    /// Where an attribute is set, whatever its name is made of.
    pub(crate) fn set_at(&self, position: Position) -> Option<Span> {
        self.key_span(self.name_at(position).map_or(position, |named| named.otherwise))
    }

    fn name_at(&self, position: Position) -> Option<Named<'a>> {
        self.named.borrow().get(position.name_index()?).copied()
    }

    /// Where Nix says that an attribute was written: for `a.b = …` both names start where the path starts.
    pub(crate) fn written_at(&self, position: Position) -> Option<Span> {
        if position.is_inherited() {
            return None;
        }
        if let Some(named) = self.name_at(position) {
            return self.written_at(named.otherwise);
        }
        let start = self.path_starts.borrow().get(&position).copied();
        start.or_else(|| self.key_span(position))
    }

    /// As [`written_at`](Self::written_at), as file, line and column: attributes that Nix itself makes have a place
    /// as well.
    pub(crate) fn written_in(&self, position: Position) -> Option<(String, u32, u32)> {
        if let Some(number) = position.foreign_number() {
            return crate::builtins::foreign_place(number);
        }
        self.written_at(position).map(|span| self.line_column(span))
    }

    /// Records where an attribute's name was written, and the path that it is a part of.
    pub(crate) fn position(&self, key: Span, path: Span) -> Position {
        let mut positions = self.positions.borrow_mut();
        let position = Position::written(positions.len());
        positions.push(key);
        if path.start != key.start {
            self.path_starts.borrow_mut().insert(position, path);
        }
        position
    }

    /// The position of an attribute that is named by a value which comes from somewhere: where the user wrote that, while
    /// Nix says `otherwise`.
    pub(crate) fn named_by(&self, name: Symbol, made: Option<Made<'a>>, otherwise: Position) -> Position {
        match made {
            Some(made) => {
                // What is named by a name that was given before has that from where the other one has it.
                let known = made.name_of().and_then(|position| self.name_at(position));
                let made = known.map_or(made, |known| known.made);
                let mut all = self.named.borrow_mut();
                all.push(Named { name, made, otherwise });
                Position::named(all.len() - 1)
            }
            None => otherwise,
        }
    }

    /// All files that were read so far.
    pub fn source_map(&self) -> SourceMap {
        self.source_map.borrow().clone()
    }
}

pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Checking whether all is well is faster than looking for what is not, and nearly always enough.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cold]
fn infinite_recursion() -> Error {
    Failure::new(ErrorKind::InfiniteRecursion, "infinite recursion encountered")
}
