//! Spans, source maps and the one [`Diagnostic`] type of Launchnix.
//!
//! Every other crate reports a user's mistake as a [`Diagnostic`] and names places by [`Span`].
//! Nothing here renders: turning a diagnostic into text for a terminal, JSON or an editor happens at the edges.
//!
//! Start at [`Diagnostic`]; [`SourceMap`] says what a span points into, [`Sources`] where files come from, and
//! [`Code`] which kinds of diagnostic there are.

mod about;
mod code;
mod codes;
mod diagnostic;
mod fault;
mod manual;
mod role;
mod source;
mod sources;
mod words;

pub use about::{About, Needed};
pub use code::{Code, Explanation};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use fault::{Fault, FileFault, ValueType};
pub use manual::manual;
pub use role::Role;
pub use source::{LineColumn, SourceFile, SourceId, SourceMap, Span};
pub use sources::{FileKind, MemorySources, Sources};
pub use words::enumerate;
