//! A Nix evaluator that is embedded: fast, bounded, and aware of where every value was written.
//!
//! It parses, lowers the syntax tree to an intermediate representation of its own, and evaluates that
//! lazily with all values in an arena. Files come through
//! [`Sources`](launchnix_diagnostics::Sources), everything else of the world through [`Settings`]; nothing is
//! written, and only what [`Settings`] lends builds or fetches.
//!
//! Start at [`evaluate`] and [`Evaluator`]; the path of an expression is `syntax`, `lower`, `ir`, `eval`, and the
//! built-in functions are in `builtins`. `text` and `store` know nothing of values.

mod builtins;
mod error;
mod eval;
pub mod fetch;
mod ir;
mod lower;
mod path;
mod print;
mod settings;
mod store;
mod suggest;
mod symbol;
pub mod syntax;
mod text;
mod value;

pub use builtins::is_global;
pub use error::{Error, ErrorKind, Failure, Frame, TO_STRING};
pub use eval::{
    Arguments, Evaluator, FoundDerivation, Origin, Realisation, RepeatedName, Result, Segment, StoreObject,
    evaluate, evaluate_untraced_first, watch_memory,
};
pub use settings::{Features, Limits, Lint, Lints, Observe, Realise, Settings};
pub use suggest::closest;
pub use symbol::Symbol;
pub use value::{Attr, Attrs, Closure, Context, List, NixString, Partial, Path, Position, Thunk, Value};
