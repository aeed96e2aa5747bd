//! The built-in functions, by family.

mod control;
mod data;
mod derivation;
mod fetch;
mod fetch_input;
mod fetch_tree;
mod files;
mod flake_ref;
mod lists;
mod mercurial;
mod numbers;
mod regex;
mod sets;
mod sort;
mod store;
mod strings;
mod types;

pub(crate) use derivation::foreign_place;
pub(crate) use fetch::{archive, listed};
pub(crate) use regex::RegexCache;

use crate::eval::{Evaluator, Result};
use crate::symbol::{Symbol, well_known};
use crate::value::{AttrsBuilder, Position, Thunk, Value};

/// What a built-in function runs: it gets as many arguments as it wants, not forced.
pub(crate) type Function = for<'a> fn(&Evaluator<'a>, &[Value<'a>]) -> Result<Value<'a>>;

/// A built-in function.
pub struct Builtin {
    /// Its name, without `builtins.` and underscores.
    pub(crate) name: &'static str,
    /// How many arguments it takes.
    pub(crate) arity: u8,
    pub(crate) function: Function,
    /// Whether it gives one of its arguments, or a part of one, as it is: then that is where the value comes from.
    pub(crate) passes_through: bool,
    /// The arguments that it forces before it does anything else, in that order. Each of them is forced only if those
    /// before it are what they must be. A call need not delay them.
    pub(crate) forces: &'static [(u8, Wanted)],
}

/// What an argument must be for a built-in function to go on.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    Any,
    Set,
    Function,
    Int,
    List,
    /// A string without context.
    Text,
}

impl Wanted {
    pub(crate) fn is_met_by(self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Any, _)
            | (Self::Set, Value::Attrs(_))
            | (Self::Int, Value::Int(_))
            | (Self::List, Value::List(_)) => true,
            (Self::Function, value) => value.is_function(),
            (Self::Text, Value::String(string)) => string.context.is_empty(),
            _ => false,
        }
    }
}

/// A function that computes its result.
const fn computes(name: &'static str, arity: u8, function: Function) -> Builtin {
    Builtin { name, arity, function, passes_through: false, forces: &[] }
}

/// A function whose result is an argument or a part of one.
const fn passes(name: &'static str, arity: u8, function: Function) -> Builtin {
    Builtin { name, arity, function, passes_through: true, forces: &[] }
}

impl Builtin {
    /// Says which arguments are forced before all else.
    const fn forcing(self, forces: &'static [(u8, Wanted)]) -> Self {
        Self { forces, ..self }
    }
}

/// Names that stand outside of `builtins` without underscores.
const GLOBAL: &[&str] = &[
    "abort",
    "baseNameOf",
    "break",
    "derivation",
    "derivationStrict",
    "dirOf",
    "fetchGit",
    "fetchMercurial",
    "fetchTarball",
    "fetchTree",
    "fromTOML",
    "import",
    "isNull",
    "map",
    "placeholder",
    "removeAttrs",
    "scopedImport",
    "throw",
    "toString",
];

/// Names that mean something everywhere, without `builtins`.
pub(crate) fn globals() -> impl Iterator<Item = &'static str> {
    ["builtins", "true", "false", "null"].into_iter().chain(GLOBAL.iter().copied())
}

/// Whether a name means something everywhere, without `builtins`: no `with` changes what.
pub fn is_global(name: &str) -> bool {
    globals().any(|global| global == name)
}

fn families() -> impl Iterator<Item = &'static Builtin> {
    [
        control::ALL,
        data::ALL,
        derivation::ALL,
        fetch::ALL,
        fetch_tree::ALL,
        mercurial::ALL,
        files::ALL,
        flake_ref::ALL,
        lists::ALL,
        numbers::ALL,
        regex::ALL,
        sets::ALL,
        store::ALL,
        strings::ALL,
        types::ALL,
    ]
    .into_iter()
    .flatten()
}

/// Makes `builtins` and the names that are known without it.
pub(crate) fn install(evaluator: &Evaluator<'_>) {
    let symbols = evaluator.symbols;
    let mut all = AttrsBuilder::with_capacity(evaluator.arena, 160);
    let mut globals: Vec<(Symbol, Value<'_>)> = Vec::new();
    let features = &evaluator.settings.features;
    let has_fetch_tree = features.has("fetch-tree") || features.has("flakes");
    let experimental = if has_fetch_tree { fetch_tree::EXPERIMENTAL } else { &[] };
    for builtin in families().chain(experimental) {
        let value = Value::Builtin(builtin);
        all.push(symbols.intern(builtin.name.as_bytes()), Position::NONE, value);
        let global = if GLOBAL.contains(&builtin.name) {
            builtin.name.to_owned()
        } else {
            format!("__{}", builtin.name)
        };
        globals.push((symbols.intern(global.as_bytes()), value));
    }
    for (name, value) in constants(evaluator) {
        all.push(symbols.intern(name.as_bytes()), Position::NONE, value);
        let global = match name {
            "true" | "false" | "null" => name.to_owned(),
            _ => format!("__{name}"),
        };
        globals.push((symbols.intern(global.as_bytes()), value));
    }
    // `builtins.builtins` is the set itself.
    let itself = evaluator
        .arena
        .alloc(Thunk { value: std::cell::Cell::new(Value::Blackhole), expr: evaluator.site.get() });
    all.push(well_known::BUILTINS, Position::NONE, Value::Thunk(itself));
    let all = all.finish_value();
    itself.value.set(all);
    globals.push((well_known::BUILTINS, all));
    evaluator.globals.borrow_mut().extend(globals);
}

fn constants<'a>(evaluator: &Evaluator<'a>) -> Vec<(&'static str, Value<'a>)> {
    let settings = evaluator.settings;
    let entries: Vec<_> = settings
        .search_path
        .iter()
        .map(|(prefix, path)| {
            evaluator.attrs(&[("prefix", evaluator.string(prefix)), ("path", evaluator.string(path))])
        })
        .collect();
    let mut constants = vec![
        ("true", Value::bool(true)),
        ("false", Value::bool(false)),
        ("null", Value::Null),
        ("langVersion", Value::Int(6)),
        ("nixVersion", evaluator.string("2.34.8")),
        ("storeDir", evaluator.string(&settings.store_directory)),
        ("nixPath", evaluator.list(&entries)),
    ];
    if !settings.pure {
        constants.push(("currentSystem", evaluator.string(&settings.current_system)));
        constants.push(("currentTime", Value::Int(settings.current_time)));
    }
    constants
}
