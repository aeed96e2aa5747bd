//! The derive macros that turn documented types into deployment options.
//!
//! `#[derive(Options)]` goes on a struct: each field is an option, its doc comment the option's documentation.
//! `#[derive(Choice)]` goes on an enumeration: each variant is one of the strings that the option takes.
//! Both are for `launchnix-schema` alone, whose traits they implement.
//!
//! A field's type says whether it must be set: `Option<…>` need not be, `Vec<…>`, `BTreeMap<…>` and `LiteMap<…>` are
//! empty where it is not (unless `#[option(required)]`), anything else must be set unless there is a `default`.

mod choice;
mod options;

use proc_macro::TokenStream;
use syn::{DeriveInput, Expr, ExprLit, Lit, Meta, parse_macro_input};

/// Implements `Options` and `Decode` for a struct.
///
/// `#[option(example = "…", change = Live)]` is needed on each field; `name`, `unit`, `default`, `implied`, `required`
/// and `min`, `max`, `why` (together) are optional. One field may be `#[option(flaws)]`: it takes note of mistakes.
/// `renamed = "…"` is a name that the option had before, `deprecated = "…"` the reason why nobody should set it: both
/// are warned of, the former with a fix.
///
/// `#[options(or = "count", form = "a number of CPUs or a set")]` on the struct lets a value that is no set stand for
/// the option `count`.
#[proc_macro_derive(Options, attributes(option, options))]
pub fn derive_options(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    options::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Implements `Choice` and `Decode` for an enumeration without fields. A variant's value is its name in lower case,
/// or what `#[choice("…")]` says.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    choice::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// The doc comment of an item, without the space that follows `///`.
fn documentation(attributes: &[syn::Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned())
        .collect();
    lines.join("\n").trim().to_owned()
}
