//! Interned attribute and variable names.

use std::cell::RefCell;

use bumpalo::Bump;
use rustc_hash::FxHashMap;

use crate::value::NixString;

/// An interned name. Two symbols are equal exactly if their names are; their order is that of interning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub(crate) u32);

/// All names of one evaluation.
pub(crate) struct Symbols<'a> {
    arena: &'a Bump,
    table: RefCell<Table<'a>>,
}

#[derive(Default)]
struct Table<'a> {
    by_name: FxHashMap<&'a [u8], Symbol>,
    names: Vec<&'a [u8]>,
    /// Names as strings, once somebody wanted them so: the names of a set are, whenever it is gone through.
    strings: Vec<Option<&'a NixString<'a>>>,
}

impl<'a> Symbols<'a> {
    pub(crate) fn new(arena: &'a Bump) -> Self {
        let symbols = Self { arena, table: RefCell::default() };
        for (expected, name) in well_known::NAMES.iter().enumerate() {
            let symbol = symbols.intern(name.as_bytes());
            debug_assert_eq!(symbol.0 as usize, expected, "well-known names are distinct");
        }
        symbols
    }

    pub(crate) fn intern(&self, name: &[u8]) -> Symbol {
        let mut table = self.table.borrow_mut();
        if let Some(&symbol) = table.by_name.get(name) {
            return symbol;
        }
        table.insert(self.arena.alloc_slice_copy(name))
    }

    /// As [`intern`](Self::intern), for a name that lives as long as the evaluation and need not be copied.
    pub(crate) fn intern_kept(&self, name: &'a [u8]) -> Symbol {
        let mut table = self.table.borrow_mut();
        let known = table.by_name.get(name).copied();
        known.unwrap_or_else(|| table.insert(name))
    }

    /// The symbol of a name that has been interned before; a name without one is in no attribute set.
    pub(crate) fn find(&self, name: &[u8]) -> Option<Symbol> {
        self.table.borrow().by_name.get(name).copied()
    }

    pub(crate) fn name(&self, symbol: Symbol) -> &'a [u8] {
        self.table.borrow().names[symbol.0 as usize]
    }

    /// The name as a string.
    pub(crate) fn string(&self, symbol: Symbol) -> &'a NixString<'a> {
        let mut table = self.table.borrow_mut();
        let at = symbol.0 as usize;
        if let Some(&Some(string)) = table.strings.get(at) {
            return string;
        }
        let string = self.arena.alloc(NixString::new(table.names[at], &[]));
        string.symbol.set(Some(symbol));
        if table.strings.len() <= at {
            let count = table.names.len();
            table.strings.resize(count, None);
        }
        table.strings[at] = Some(string);
        string
    }
}

impl<'a> Table<'a> {
    fn insert(&mut self, name: &'a [u8]) -> Symbol {
        let symbol = Symbol(u32::try_from(self.names.len()).expect("fewer than 2^32 names fit in memory"));
        self.names.push(name);
        self.by_name.insert(name, symbol);
        symbol
    }
}

/// Names that the evaluator itself looks for, interned first so that their symbols are constants.
pub(crate) mod well_known {
    use super::Symbol;

    macro_rules! names {
        ($($constant:ident = $name:literal),+ $(,)?) => {
            pub(super) const NAMES: &[&str] = &[$($name),+];
            names!(@ 0u32; $($constant)+);
        };
        (@ $at:expr; $head:ident $($tail:ident)*) => {
            pub(crate) const $head: Symbol = Symbol($at);
            names!(@ $at + 1; $($tail)*);
        };
        (@ $at:expr;) => {};
    }

    names! {
        TO_STRING = "__toString",
        OUT_PATH = "outPath",
        FUNCTOR = "__functor",
        OVERRIDES = "__overrides",
        BODY = "body",
        TYPE = "type",
        DRV_PATH = "drvPath",
        NAME = "name",
        VALUE = "value",
        PATH = "path",
        PREFIX = "prefix",
        KEY = "key",
        OPERATOR = "operator",
        START_SET = "startSet",
        SHA256 = "sha256",
        ARGS = "args",
        OUTPUTS = "outputs",
        FILTER = "filter",
        RECURSIVE = "recursive",
        HASH = "hash",
        HASH_ALGO = "hashAlgo",
        TO_HASH_FORMAT = "toHashFormat",
        SYSTEM = "system",
        BUILDER = "builder",
        OUTPUT_NAME = "outputName",
        ALL = "all",
        DRV_ATTRS = "drvAttrs",
        STRUCTURED_ATTRS = "__structuredAttrs",
        IGNORE_NULLS = "__ignoreNulls",
        CONTENT_ADDRESSED = "__contentAddressed",
        IMPURE = "__impure",
        OUTPUT_HASH = "outputHash",
        OUTPUT_HASH_ALGO = "outputHashAlgo",
        OUTPUT_HASH_MODE = "outputHashMode",
        NIX_PATH = "__nixPath",
        FIND_FILE = "__findFile",
        BUILTINS = "builtins",
        SUB = "__sub",
        MUL = "__mul",
        DIV = "__div",
        LESS_THAN = "__lessThan",
    }
}
