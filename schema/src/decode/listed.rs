//! A list where a set is needed in which each thing has a name, and the reverse: what is in it has mistakes of its own,
//! as if it stood where it belongs.

use std::collections::HashMap;

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::fields::join;
use super::wrong_type::Remedy;
use super::{Decoder, Input};
use crate::option::{Key, Kind, OptionInfo};
use crate::{Field, Node, Shape};

/// What people call the name of a thing within its set, where that is no option of it.
const NAMES: [&str; 6] = ["name", "hostname", "hostName", "host", "id", "label"];

/// What a list holds that should be a set of things with names, by the names that can be seen.
pub(super) struct Listed<N> {
    pub(super) named: Vec<(Key, Input<N>)>,
    /// The things without a name; the key is the place of each.
    pub(super) nameless: Vec<Input<N>>,
    /// Whether there are elements of which nothing is known.
    pub(super) has_others: bool,
}

/// The elements of a list as things with names, which have `options`; `None` where the value is no list.
pub(super) fn listed<N: Node>(
    input: &Input<N>,
    options: &[OptionInfo],
    decoder: &mut Decoder<'_>,
) -> Option<Listed<N>> {
    let Ok(Shape::List(elements)) = input.node.shape() else { return None };
    let mut listed = Listed { named: Vec::new(), nameless: Vec::new(), has_others: false };
    let is_option = |name: &str| options.iter().any(|option| option.name == name);
    for (index, element) in elements.into_iter().enumerate() {
        let Some(Shape::Attrs(fields)) = decoder.shape(&element) else {
            listed.has_others = true;
            continue;
        };
        let fields: Vec<_> = fields.collect();
        if let Some((name, field)) = name_of(&fields, &is_option) {
            decoder.names_of_listed.insert(field.key);
            let key = Key { name, span: field.value.span() };
            // What `listToAttrs` takes.
            let pair =
                element.attribute("value").filter(|_| field.name.as_ref() == "name" && !is_option("value"));
            let path = join(&input.path, &key.name);
            let input = Input::new(pair.unwrap_or(element), key.span, path);
            listed.named.push((key, input));
        } else if is_set_of_things(&fields, &is_option) {
            for Field { name, key, value } in fields {
                let key = Key { name: name.into(), span: key };
                let path = join(&input.path, &key.name);
                let input = Input::new(value, key.span, path);
                listed.named.push((key, input));
            }
        } else {
            let whole = element.span();
            let start = Span::new(whole.source, whole.start, whole.end.min(whole.start + 1));
            let path = [&input.path, "[", &index.to_string(), "]"].concat();
            listed.nameless.push(Input::new(element, start, path));
        }
    }
    Some(listed)
}

/// The attribute that gives a thing its name, and the name.
fn name_of<'f, N: Node>(
    fields: &'f [Field<N>],
    is_option: &impl Fn(&str) -> bool,
) -> Option<(String, &'f Field<N>)> {
    NAMES.iter().filter(|name| !is_option(name)).find_map(|name| {
        let field = fields.iter().find(|field| field.name.as_ref() == *name)?;
        Some((field.value.string()?.into_owned(), field))
    })
}

/// Whether a set has a thing by its name in each attribute: `[ { web = { … }; } ]`.
fn is_set_of_things<N: Node>(fields: &[Field<N>], is_option: &impl Fn(&str) -> bool) -> bool {
    let is_set = |node: &N| matches!(node.shape(), Ok(Shape::Attrs(_)));
    !fields.is_empty() && fields.iter().all(|field| !is_option(field.name.as_ref()) && is_set(&field.value))
}

/// The attributes of the only element of a list, where one set is needed.
pub(super) fn only_set<N: Node>(found: &Shape<N>) -> Option<N::Attributes> {
    let Shape::List(elements) = found else { return None };
    let [only] = elements.as_slice() else { return None };
    match only.shape() {
        Ok(Shape::Attrs(attributes)) => Some(attributes),
        _ => None,
    }
}

/// The option of a set that is a list of what a list holds which stands where the set is needed.
pub(super) fn list_inside<N: Node>(
    found: &Shape<N>,
    options: &'static [OptionInfo],
) -> Option<&'static OptionInfo> {
    let Shape::List(elements) = found else { return None };
    let Ok(Shape::Attrs(fields)) = elements.first()?.shape() else { return None };
    let fields: Vec<_> = fields.collect();
    // One of them may be called like the list itself: `cmd`.
    let is_list_of_sets = |value: &N| match value.shape() {
        Ok(Shape::List(elements)) => {
            elements.first().is_none_or(|first| matches!(first.shape(), Ok(Shape::Attrs(_))))
        }
        _ => false,
    };
    let is_own = |field: &Field<N>| {
        options.iter().any(|option| option.name == field.name.as_ref()) && is_list_of_sets(&field.value)
    };
    let holds = |option: &&OptionInfo| {
        let knows = |name: &str| option.nested().iter().any(|inner| inner.name == name);
        // What a URL says is said by several options.
        fields.iter().any(|field| match field.name.as_ref() {
            "url" | "uri" => knows("insecureSSL"),
            name => knows(name),
        })
    };
    if fields.iter().any(is_own) {
        return None;
    }
    options.iter().filter(|option| matches!((option.kind)(), Kind::List(_))).find(holds)
}

/// What to write instead of a list where a set is needed, which may hold the list or be in it.
pub(super) fn set_in_brackets<N: Node>(option: &OptionInfo, kind: &Kind, found: &Shape<N>) -> Option<Remedy> {
    if !matches!(kind, Kind::Set(_) | Kind::SetOr(..)) {
        return None;
    }
    if let Some(list) = list_inside(found, kind.nested()) {
        let (outer, inner) = (option.name, list.name);
        let help = format!("this is what `{inner}` holds: write `{outer}.{inner} = [ … ];`");
        return Some(Remedy::around(help, &format!("{{ {inner} = "), "; }", false));
    }
    let is_set = only_set(found).is_some();
    is_set.then(|| Remedy::help("it takes one set, not a list: leave out the brackets"))
}

/// How the set is written that a list should be, as far as its elements have names.
pub(super) fn set_of_named<N: Node>(elements: &[N]) -> Option<String> {
    /// More names than this say nothing new.
    const ENOUGH: usize = 3;
    let name = |element: &N| element.attribute("name")?.string().map(std::borrow::Cow::into_owned);
    let is_plain = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter))
    };
    let mut names: Vec<_> =
        elements.iter().filter_map(name).filter(|name| is_plain(name)).take(ENOUGH).collect();
    names.sort();
    names.dedup();
    let things: Vec<_> = names.iter().map(|name| format!("{name} = {{ … }};")).collect();
    (!things.is_empty()).then(|| format!("{{ {} }}", things.join(" ")))
}

/// The things with names of a set where a list of them is needed, which have `options`.
pub(super) fn things_of<N: Node>(
    input: &Input<N>,
    found: &Shape<N>,
    options: &[OptionInfo],
) -> Vec<Input<N>> {
    let Shape::Attrs(fields) = found else { return Vec::new() };
    let mut fields: Vec<_> = fields.clone().collect();
    let is_option = |name: &str| options.iter().any(|option| option.name == name);
    if options.is_empty() || !is_set_of_things(&fields, &is_option) {
        return Vec::new();
    }
    fields.sort_by_key(|field| field.key);
    let thing = |field: Field<N>| Input {
        option: input.option,
        ..Input::new(field.value, field.key, join(&input.path, field.name.as_ref()))
    };
    fields.into_iter().map(thing).collect()
}

/// Says that two machines of a list have one name; the second one goes on without it.
pub(super) fn report_repeated<N>(named: &mut [(Key, Input<N>)], decoder: &mut Decoder<'_>) {
    let mut first = HashMap::new();
    for (index, (key, input)) in named.iter_mut().enumerate() {
        let known = *first.entry(key.name.clone()).or_insert(key.span);
        if known == key.span {
            continue;
        }
        let message = format!("several machines are named `{}`", key.name);
        decoder.push(
            Diagnostic::new(Code::FleetConflict, key.span, message)
                .labelled("and again")
                .with_label(known, format!("`{}` is here", key.name))
                .with_help("give each a name of its own"),
        );
        key.name = format!("machines[{index}]");
        input.path = key.name.clone().into();
    }
}
