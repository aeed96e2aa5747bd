//! XML as a tree: read with the place of every element and fault, merged, and written.
//!
//! `quick-xml` does the lexing and the writing. What it is lenient about (names, `<` inside of tags, unknown
//! entities, duplicate attributes) is checked in [`read`], because libvirt's own parser would refuse it later
//! with a message that names no place in the deployment file.

mod element;
mod fault;
pub mod format;
mod forms;
mod incomplete;
mod merge;
mod names;
mod read;
mod refused;
mod remedy;
mod stranger;
mod twice;
mod unknown;
pub mod values;
mod vocabulary;
mod write;

pub(crate) use element::is_serial_console;
pub use element::{Attribute, Child, Element};
pub use fault::Fault;
pub(crate) use fault::exact_place;
pub use merge::{Fragment, Touched, merge_domain, merge_element};
pub use read::{DEPTH_LIMIT, Recovered, read, recover};
pub(crate) use stranger::Strangers;
pub use unknown::unknown_names;
pub(crate) use vocabulary::{is_one_device, nearest};
pub use write::write;
