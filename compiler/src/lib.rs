//! The compiler: from a deployment file to the files of a build directory.
//!
//! [`check`] evaluates a deployment file and decodes it, with every mistake of the file as a diagnostic;
//! [`compile`] turns what it found into [`Artifacts`]: the XML that libvirt takes, the Nix expressions that morph
//! and the image builder take, and the manifest that `apply` reads. Nothing here touches the outside world: files
//! come through [`Sources`](launchnix_diagnostics::Sources), and writing a build directory is the caller's.
//!
//! Start reading at [`compile`]; each module below it writes one kind of thing, named as in the schema.

mod addresses;
mod artifacts;
mod boot_order;
mod causes;
mod check;
mod claims;
mod cloud_init;
mod contradictions;
mod data_words;
mod deployment_function;
mod device;
mod disk;
mod domain;
mod findings;
mod guest;
pub mod guests;
mod hardware;
mod image;
mod json_words;
mod lint;
mod machine;
mod manifest;
mod meant;
mod messages;
mod misspelt;
mod misused;
mod morph;
mod network;
mod network_interface;
pub mod nix;
mod other_format;
mod partial_domain;
mod paths;
mod pci;
mod pool;
mod prose;
mod recorded;
mod short_lists;
mod ssh_config;
mod torn;
mod unbound;
mod value;
mod volume;
mod written_xml;
pub mod xml;

pub use artifacts::{Artifacts, compile};
pub use check::{Argument, Checked, Fetch, Input, Interrupt, Request, check};
pub use launchnix_schema::{json_schema, manual};
