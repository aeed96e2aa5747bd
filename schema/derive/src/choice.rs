//! `#[derive(Choice)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, LitStr, Result};

use crate::documentation;

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Choice` is for enumerations"));
    };
    let name = &input.ident;
    let mut variants = Vec::new();
    let mut values = Vec::new();
    let mut docs = Vec::new();
    for variant in &data.variants {
        let mut value = variant.ident.to_string().to_lowercase();
        for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("choice")) {
            value = attribute.parse_args::<LitStr>()?.value();
        }
        let doc = documentation(&variant.attrs);
        if doc.is_empty() {
            return Err(Error::new_spanned(variant, "a value needs a doc comment"));
        }
        variants.push(&variant.ident);
        values.push(value);
        docs.push(doc.replace('\n', " "));
    }
    Ok(quote! {
        impl crate::option::Choice for #name {
            const CHOICES: &'static [crate::option::ChoiceInfo] =
                &[#(crate::option::ChoiceInfo { value: #values, doc: #docs }),*];
            const VARIANTS: &'static [Self] = &[#(Self::#variants),*];

            fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #values),* }
            }
        }

        impl #name {
            /// The value as the deployment file has it.
            pub fn as_str(self) -> &'static str {
                crate::option::Choice::as_str(self)
            }
        }

        impl crate::option::Decode for #name {
            fn kind() -> crate::option::Kind {
                crate::option::Kind::Choice(<Self as crate::option::Choice>::CHOICES)
            }

            fn decode<N: crate::Node>(
                input: &crate::decode::Input<N>,
                decoder: &mut crate::decode::Decoder<'_>,
            ) -> Option<Self> {
                crate::decode::choice(input, decoder)
            }
        }

        impl crate::option::Literal for #name {
            fn literal(&self) -> String {
                format!("\"{}\"", crate::option::Choice::as_str(*self))
            }
        }
    })
}
