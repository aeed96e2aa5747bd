//! What the language does with text, apart from values: numbers, versions, JSON, TOML, XML, regular expressions
//! and printing.
//!
//! Everything here works on bytes, since strings of the language are bytes, and depends on nothing of the
//! evaluator: a builtin turns its arguments into bytes, calls one function, and makes values of the result.

mod digits;
pub mod float;
pub mod json;
pub mod json_string;
#[cfg(test)]
mod json_value;
pub(crate) mod order;
pub mod print;
pub mod raw;
pub mod regex;
mod regex_parse;
mod regex_program;
#[cfg(test)]
mod regex_tests;
pub mod toml;
mod toml_excerpt;
mod toml_scalar;
mod toml_scan;
mod toml_tables;
pub mod version;
pub mod xml;
