//! Drives the programs as a person, a script and an editor do, with libvirt's in-process driver at most.
#![expect(
    clippy::disallowed_methods,
    reason = "tests are the outside world: they write files and read them back"
)]

mod bad_input;
mod build_directory;
mod eval;
mod examples;
mod fetch;
mod guests;
mod guests_modules;
mod guests_shared;
mod language_server;
mod outside_world;
mod standard_input;
