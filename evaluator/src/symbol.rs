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
    names: Vec<Name<'a>>,
    /// Names as strings, once somebody wanted them so: the names of a set are, whenever it is gone through.
    strings: Vec<Option<&'a NixString<'a>>>,
}

/// A name, and whether it is UTF-8, which diagnostics would ask of the same few names over and over.
#[derive(Clone, Copy)]
enum Name<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Name<'a> {
    fn bytes(self) -> &'a [u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
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

    /// How many names there are: the symbols of later ones come behind.
    pub(crate) fn count(&self) -> usize {
        self.table.borrow().names.len()
    }

    pub(crate) fn name(&self, symbol: Symbol) -> &'a [u8] {
        self.table.borrow().names[symbol.0 as usize].bytes()
    }

    /// The name as text; `None` where it is no UTF-8.
    pub(crate) fn text(&self, symbol: Symbol) -> Option<&'a str> {
        match self.table.borrow().names[symbol.0 as usize] {
            Name::Text(text) => Some(text),
            Name::Bytes(_) => None,
        }
    }

    /// The name as a string.
    pub(crate) fn string(&self, symbol: Symbol) -> &'a NixString<'a> {
        let mut table = self.table.borrow_mut();
        let at = symbol.0 as usize;
        if let Some(&Some(string)) = table.strings.get(at) {
            return string;
        }
        let string = self.arena.alloc(NixString::new(table.names[at].bytes(), &[]));
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
        self.names.push(std::str::from_utf8(name).map_or(Name::Bytes(name), Name::Text));
        self.by_name.insert(name, symbol);
        symbol
    }
}

/// Names that the evaluator itself looks for, interned first so that their symbols are constants.
pub(crate) mod well_known {
    use super::Symbol;

    /// What Nix interns before any file, in its order: of two attributes that fail, the one whose symbol comes first
    /// says why.
    #[rustfmt::skip]
    pub(super) const NAMES: &[&str] = &[
        "<with>", "outPath", "drvPath", "type", "meta", "name", "value", "system", "__overrides", "outputs",
        "outputName", "__ignoreNulls", "file", "line", "column", "__functor", "__toString", "right", "wrong",
        "__structuredAttrs", "__json", "allowedReferences", "allowedRequisites", "disallowedReferences",
        "disallowedRequisites", "maxSize", "maxClosureSize", "builder", "args", "__contentAddressed",
        "__impure", "outputHash", "outputHashAlgo", "outputHashMode", "recurseForDerivations", "description",
        "self", "", "startSet", "operator", "key", "path", "prefix", "outputSpecified", "__sub", "__lessThan",
        "__mul", "__div", "or", "__findFile", "__nixPath", "body", "builtins", "true", "false", "null",
        "__currentTime", "currentTime", "__currentSystem", "currentSystem", "__nixVersion", "nixVersion",
        "__storeDir", "storeDir", "__langVersion", "langVersion", "__traceVerbose", "traceVerbose", "nixPath",
        "scopedImport", "import", "__typeOf", "typeOf", "isNull", "__isFunction", "isFunction", "__isInt",
        "isInt", "__isFloat", "isFloat", "__isString", "isString", "__isBool", "isBool", "__isPath", "isPath",
        "__genericClosure", "genericClosure", "break", "abort", "throw", "__addErrorContext", "addErrorContext",
        "__ceil", "ceil", "__floor", "floor", "__tryEval", "tryEval", "__getEnv", "getEnv", "__seq", "seq",
        "__deepSeq", "deepSeq", "__trace", "trace", "__warn", "warn", "derivationStrict", "placeholder",
        "__toPath", "toPath", "__storePath", "storePath", "__pathExists", "pathExists", "baseNameOf", "dirOf",
        "__readFile", "readFile", "findFile", "__hashFile", "hashFile", "__readFileType", "readFileType",
        "__readDir", "readDir", "__toXML", "toXML", "__toJSON", "toJSON", "__fromJSON", "fromJSON", "__toFile",
        "toFile", "__filterSource", "filterSource", "__path", "__attrNames", "attrNames", "__attrValues",
        "attrValues", "__getAttr", "getAttr", "__unsafeGetAttrPos", "unsafeGetAttrPos", "__hasAttr", "hasAttr",
        "__isAttrs", "isAttrs", "removeAttrs", "__listToAttrs", "listToAttrs", "__intersectAttrs",
        "intersectAttrs", "__catAttrs", "catAttrs", "__functionArgs", "functionArgs", "__mapAttrs", "mapAttrs",
        "__zipAttrsWith", "zipAttrsWith", "__isList", "isList", "__elemAt", "elemAt", "__head", "head",
        "__tail", "tail", "map", "__filter", "filter", "__elem", "elem", "__concatLists", "concatLists",
        "__length", "length", "__foldl'", "foldl'", "__any", "any", "__all", "all", "__genList", "genList",
        "__sort", "sort", "__partition", "partition", "__groupBy", "groupBy", "__concatMap", "concatMap",
        "__add", "add", "sub", "mul", "div", "__bitAnd", "bitAnd", "__bitOr", "bitOr", "__bitXor", "bitXor",
        "lessThan", "toString", "__substring", "substring", "__stringLength", "stringLength", "__hashString",
        "hashString", "__convertHash", "convertHash", "__match", "match", "__split", "split",
        "__concatStringsSep", "concatStringsSep", "__replaceStrings", "replaceStrings", "__parseDrvName",
        "parseDrvName", "__compareVersions", "compareVersions", "__splitVersion", "splitVersion",
        "__unsafeDiscardStringContext", "unsafeDiscardStringContext", "__hasContext", "hasContext",
        "__unsafeDiscardOutputDependency", "unsafeDiscardOutputDependency", "__addDrvOutputDependencies",
        "addDrvOutputDependencies", "__getContext", "getContext", "__appendContext", "appendContext",
        "fetchMercurial", "__fetchurl", "fetchurl", "fetchTarball", "fetchGit", "fromTOML", "__getFlake",
        "getFlake", "__parseFlakeRef", "parseFlakeRef", "__flakeRefToString", "flakeRefToString", "derivation",
        "strict", "drvAttrs", "commonAttrs", "outputsList", "x", "outputToAttrListElement",
    ];

    /// The symbol of one of [`NAMES`].
    const fn symbol(name: &str) -> Symbol {
        let mut at = 0;
        while at < NAMES.len() {
            if is_same(NAMES[at].as_bytes(), name.as_bytes()) {
                #[expect(clippy::cast_possible_truncation, reason = "there are a few hundred")]
                return Symbol(at as u32);
            }
            at += 1;
        }
        panic!("only what is among the names has a constant")
    }

    /// `==` is not for constants.
    const fn is_same(one: &[u8], other: &[u8]) -> bool {
        let mut at = 0;
        while at < one.len() && at < other.len() && one[at] == other[at] {
            at += 1;
        }
        at == one.len() && at == other.len()
    }

    macro_rules! names {
        ($($constant:ident = $name:literal),+ $(,)?) => {
            $(pub(crate) const $constant: Symbol = symbol($name);)+
        };
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
        ARGS = "args",
        OUTPUTS = "outputs",
        FILTER = "filter",
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
