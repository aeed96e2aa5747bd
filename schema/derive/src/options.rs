//! `#[derive(Options)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Data, DeriveInput, Error, Expr, Field, Fields, GenericArgument, Ident, LitStr, PathArguments, Result,
    Type,
};

use crate::documentation;

/// What `#[option(…)]` says of a field.
#[derive(Default)]
struct Attributes {
    name: Option<String>,
    example: Option<String>,
    unit: Option<String>,
    change: Option<Ident>,
    default: Option<Expr>,
    implied: Option<String>,
    required: bool,
    flaws: bool,
    min: Option<Expr>,
    max: Option<Expr>,
    why: Option<String>,
    renamed: Vec<String>,
    deprecated: Option<String>,
}

/// What `#[options(…)]` says of a struct.
struct Shorthand {
    /// The option that a value which is no set is taken for.
    option: String,
    /// What values of the struct are called: "a number of CPUs or a set".
    form: String,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "`Options` is for structs"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(&input.ident, "options have names"));
    };
    let name = &input.ident;
    let mut infos = Vec::new();
    let (mut unsets, mut decoders) = (Vec::new(), Vec::new());
    let mut idents = Vec::new();
    let mut names = Vec::new();
    let mut required = Vec::new();
    let (mut no_flaws, mut keep_flaws) = (quote!(), quote!());
    let shorthand = shorthand(input)?;
    let mut short_at = None;
    for field in &fields.named {
        let attributes = attributes(field)?;
        let ident = field.ident.as_ref().expect("the fields are named");
        if attributes.flaws {
            no_flaws = quote!(#ident: Default::default(),);
            keep_flaws = quote!(options.#ident =);
            continue;
        }
        let index = infos.len();
        if shorthand.as_ref().is_some_and(|shorthand| shorthand.option == option_name(ident, &attributes)) {
            short_at = Some(index);
        }
        infos.push(info(field, ident, &attributes)?);
        let option = option_name(ident, &attributes);
        names.push(quote!(#option => Some(#index)));
        if is_required(field, &attributes) {
            required.push(index);
        }
        unsets.push(unset(field, &attributes));
        decoders.push(decoder(field, index, &attributes));
        idents.push(ident);
    }
    let (kind, decode) = decoding(shorthand.as_ref().zip(short_at));
    if shorthand.is_some() && short_at.is_none() {
        return Err(Error::new_spanned(&input.ident, "`or` names none of the options"));
    }
    if keep_flaws.is_empty() {
        keep_flaws = quote!(let _ =);
    }
    let positions = 0..infos.len();
    Ok(quote! {
        impl crate::option::Options for #name {
            const OPTIONS: &'static [crate::option::OptionInfo] = &[#(#infos),*];

            fn position(name: &str) -> Option<usize> {
                match name {
                    #(#names,)*
                    _ => None,
                }
            }

            fn from_fields<N: crate::Node>(
                mut fields: crate::decode::Fields<'_, N>,
                decoder: &mut crate::decode::Decoder<'_>,
            ) -> Self {
                let key = fields.key();
                let mut options = Self { #(#idents: #unsets,)* #no_flaws };
                // Most options of most sets are not set: what is done for each of them would take most of the time.
                for position in fields.wanted(const { crate::decode::OptionSet::at(&[#(#required),*]) }, decoder) {
                    match position {
                        #(#positions => options.#idents = #decoders,)*
                        _ => {}
                    }
                }
                #keep_flaws fields.finish(decoder);
                options
            }
        }

        impl crate::option::Decode for #name {
            fn kind() -> crate::option::Kind {
                #kind
            }

            fn decode<N: crate::Node>(
                input: &crate::decode::Input<N>,
                decoder: &mut crate::decode::Decoder<'_>,
            ) -> Option<Self> {
                #decode
            }
        }
    })
}

/// The type of a struct's values, and how they are decoded: a set, or with a shorthand also the value of one option.
fn decoding(shorthand: Option<(&Shorthand, usize)>) -> (TokenStream, TokenStream) {
    let options = quote!(<Self as crate::option::Options>::OPTIONS);
    match shorthand {
        None => (quote!(crate::option::Kind::Set(#options)), quote!(crate::decode::set(input, decoder))),
        Some((Shorthand { form, .. }, index)) => (
            quote!(crate::option::Kind::SetOr(#form, &#options[#index], #options)),
            quote!(crate::decode::set_or(input, #form, &#options[#index], decoder)),
        ),
    }
}

fn shorthand(input: &DeriveInput) -> Result<Option<Shorthand>> {
    let (mut option, mut form) = (None, None);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("options")) {
        attribute.parse_nested_meta(|meta| {
            let text = meta.value()?.parse::<LitStr>()?.value();
            if meta.path.is_ident("or") {
                option = Some(text);
            } else if meta.path.is_ident("form") {
                form = Some(text);
            } else {
                return Err(meta.error("unknown attribute of a set of options"));
            }
            Ok(())
        })?;
    }
    match (option, form) {
        (Some(option), Some(form)) => Ok(Some(Shorthand { option, form })),
        (None, None) => Ok(None),
        _ => Err(Error::new_spanned(&input.ident, "`or` and `form` go together")),
    }
}

fn attributes(field: &Field) -> Result<Attributes> {
    let mut found = Attributes::default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("option")) {
        attribute.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let text = || Ok::<_, Error>(Some(meta.value()?.parse::<LitStr>()?.value()));
            match key.as_str() {
                "name" => found.name = text()?,
                "example" => found.example = text()?,
                "unit" => found.unit = text()?,
                "implied" => found.implied = text()?,
                "why" => found.why = text()?,
                "change" => found.change = Some(meta.value()?.parse()?),
                "default" => found.default = Some(meta.value()?.parse()?),
                "min" => found.min = Some(meta.value()?.parse()?),
                "max" => found.max = Some(meta.value()?.parse()?),
                "required" => found.required = true,
                "flaws" => found.flaws = true,
                "renamed" => found.renamed.extend(text()?),
                "deprecated" => found.deprecated = text()?,
                _ => return Err(meta.error("unknown attribute of an option")),
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The `OptionInfo` of a field.
fn info(field: &Field, ident: &Ident, attributes: &Attributes) -> Result<TokenStream> {
    let doc = documentation(&field.attrs);
    if doc.is_empty() {
        return Err(Error::new_spanned(ident, "an option needs a doc comment"));
    }
    let Some(example) = &attributes.example else {
        return Err(Error::new_spanned(ident, "an option needs an example: `#[option(example = \"…\")]`"));
    };
    let Some(change) = &attributes.change else {
        return Err(Error::new_spanned(
            ident,
            "an option needs its cost of change: `#[option(change = Restart)]`",
        ));
    };
    let name = option_name(ident, attributes);
    let renamed = &attributes.renamed;
    let deprecated = optional(attributes.deprecated.as_ref());
    let unit = optional(attributes.unit.as_ref());
    let implied = optional(attributes.implied.as_ref());
    let value = value_type(&field.ty);
    let required = is_required(field, attributes);
    let default = if let Some(expression) = &attributes.default {
        let inner = last_argument(value).unwrap_or(value);
        quote!(Some(|| crate::option::Literal::literal(&{ let value: #inner = #expression; value })))
    } else {
        quote!(None)
    };
    let bounds = match (&attributes.min, &attributes.max, &attributes.why) {
        (Some(min), Some(max), Some(why)) => {
            quote!(Some(crate::option::Bounds { min: #min, max: #max, why: #why }))
        }
        (None, None, None) => quote!(None),
        _ => return Err(Error::new_spanned(ident, "`min`, `max` and `why` go together")),
    };
    Ok(quote! {
        crate::option::OptionInfo {
            name: #name,
            doc: #doc,
            example: #example,
            unit: #unit,
            change: crate::option::Change::#change,
            required: #required,
            default: #default,
            implied: #implied,
            kind: <#value as crate::option::Decode>::kind,
            bounds: #bounds,
            renamed: &[#(#renamed),*],
            deprecated: #deprecated,
        }
    })
}

/// The option's name in a deployment file.
fn option_name(ident: &Ident, attributes: &Attributes) -> String {
    let ident = ident.to_string();
    attributes.name.clone().unwrap_or_else(|| camel_case(ident.strip_prefix("r#").unwrap_or(&ident)))
}

enum Presence {
    Optional,
    Defaulted,
    Collection,
    Required,
}

fn presence(field: &Field, attributes: &Attributes) -> Presence {
    if attributes.default.is_some() {
        return Presence::Defaulted;
    }
    match outer(&field.ty).as_str() {
        "Option" => Presence::Optional,
        "Vec" | "BTreeMap" | "LiteMap" => Presence::Collection,
        _ => Presence::Required,
    }
}

/// What a field has before it is decoded, and where it is not set.
fn unset(field: &Field, attributes: &Attributes) -> TokenStream {
    match presence(field, attributes) {
        Presence::Optional => quote!(None),
        Presence::Collection => quote!(Default::default()),
        Presence::Required => quote!(crate::Spanned::new(crate::option::Placeholder::placeholder(key), key)),
        Presence::Defaulted => {
            let expression = &attributes.default;
            quote!(crate::Spanned::new(#expression, key))
        }
    }
}

/// The expression that decodes a field.
fn decoder(field: &Field, index: usize, attributes: &Attributes) -> TokenStream {
    match presence(field, attributes) {
        Presence::Optional => quote!(fields.optional(#index, decoder)),
        Presence::Collection => quote!(fields.collection(#index, decoder)),
        Presence::Required => quote!(fields.required(#index, decoder)),
        Presence::Defaulted => {
            let expression = &attributes.default;
            quote!(fields.defaulted(#index, || #expression, decoder))
        }
    }
}

/// Whether an option that is not set is missed.
fn is_required(field: &Field, attributes: &Attributes) -> bool {
    attributes.required || matches!(presence(field, attributes), Presence::Required)
}

fn optional(text: Option<&String>) -> TokenStream {
    if let Some(text) = text { quote!(Some(#text)) } else { quote!(None) }
}

/// The type inside of an `Option`, or the type itself.
fn value_type(ty: &Type) -> &Type {
    if outer(ty) == "Option" { last_argument(ty).unwrap_or(ty) } else { ty }
}

/// `Option` of `Option<Spanned<bool>>`.
fn outer(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// `bool` of `Spanned<bool>`.
fn last_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// `storage_pool_name` is `storagePoolName` in Nix.
fn camel_case(name: &str) -> String {
    let mut text = String::new();
    for (index, word) in name.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => {
                text.extend(first.to_uppercase());
                text.push_str(letters.as_str());
            }
            _ => text.push_str(word),
        }
    }
    text
}
