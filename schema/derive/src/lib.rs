//! Derive.

use proc_macro::TokenStream;

/// Options.
#[proc_macro_derive(Options, attributes(option))]
pub fn options(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Choice.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
