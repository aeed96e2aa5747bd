//! Strings and their contexts.

use rustc_hash::FxHashMap;

use super::lists::size;
use super::{Builtin, Wanted, computes, passes};
use crate::error::Failure;
use crate::eval::{Coercion, Evaluator, Joined, Result, lossy};
use crate::path::{base_name, canonical, directory};
use crate::store::path::StoreDir;
use crate::text::print::write_attribute_name;
use crate::text::version;
use crate::value::{Context, Value};

pub(super) static ALL: &[Builtin] = &[
    passes("toString", 1, |e, a| {
        if e.tracing
            && let Value::List(list) = e.force(a[0])?
        {
            return list_as_text(e, a[0], list.items);
        }
        let text = e.coerce(a[0], Coercion::TO_STRING)?;
        e.keep_origin_of_scalar(a[0])?;
        Ok(Value::String(text))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("stringLength", 1, |e, a| Ok(Value::Int(size(e.coerce(a[0], Coercion::STRICT)?.text.len()))))
        .forcing(&[(0, Wanted::Any)]),
    computes("substring", 3, substring).forcing(&[(0, Wanted::Int), (1, Wanted::Any)]),
    computes("concatStringsSep", 2, |e, a| {
        let separator = e.expect_string(a[0])?;
        let (mut text, mut context) = (e.scratch(), separator.context.to_vec());
        let mut parts = Vec::new();
        for (index, &item) in e.expect_list(a[1])?.iter().enumerate() {
            if index > 0 {
                text.extend_from_slice(separator.text);
            }
            let start = text.len();
            e.coerce_into(item, Coercion::STRICT, &mut text, &mut context)
                .map_err(|error| e.of_argument(error, item))?;
            if e.tracing {
                if index > 0 {
                    parts.push(Joined::whole(e.origin_known(a[0]), separator.text.len()));
                }
                parts.push(Joined::whole(e.origin_known(item), text.len() - start));
            }
        }
        if e.tracing {
            e.join_origins(&parts);
        }
        Ok(Value::String(e.string_of(text, context)?))
    })
    .forcing(&[(0, Wanted::Text), (1, Wanted::Any)]),
    computes("replaceStrings", 3, replace_strings).forcing(&[(0, Wanted::List), (1, Wanted::Any)]),
    computes("baseNameOf", 1, |e, a| {
        if let Value::Path(path) = e.force(a[0])? {
            return Ok(e.string(base_name(path.text)));
        }
        let string = e.coerce(a[0], Coercion::PATH)?;
        Ok(e.string_in(e.arena.alloc_slice_copy(base_name(string.text)), string.context))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("dirOf", 1, |e, a| {
        if let Value::Path(path) = e.force(a[0])? {
            return Ok(e.path_value(directory(path.text)));
        }
        let string = e.coerce(a[0], Coercion::PATH)?;
        Ok(e.string_in(e.arena.alloc_slice_copy(directory(string.text)), string.context))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("toPath", 1, |e, a| {
        let string = e.coerce(a[0], Coercion::PATH)?;
        if !string.text.starts_with(b"/") {
            let text = string.lossy();
            return Err(Failure::relative_path(&text));
        }
        // What is a path already stays as it is, which shows in paths that start at home.
        let text = match e.force(a[0])? {
            Value::Path(path) => path.text,
            _ => e.arena.alloc_slice_copy(&canonical(string.text)),
        };
        Ok(e.string_in(text, string.context))
    }),
    computes("parseDrvName", 1, |e, a| {
        let (name, version) = version::parse_drv_name(e.expect_plain_string(a[0])?);
        Ok(e.attrs(&[("name", e.string(name)), ("version", e.string(version))]))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("compareVersions", 2, |e, a| {
        let (left, right) = (e.expect_plain_string(a[0])?, e.expect_plain_string(a[1])?);
        Ok(Value::Int(version::compare_versions(left, right) as i64))
    })
    .forcing(&[(0, Wanted::Text), (1, Wanted::Any)]),
    computes("splitVersion", 1, |e, a| {
        let version = e.expect_plain_string(a[0])?;
        let parts: Vec<_> = version::split_version(version).map(|part| e.string(part)).collect();
        Ok(e.list(&parts))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("hasContext", 1, |e, a| Ok(Value::bool(!e.expect_string(a[0])?.context.is_empty())))
        .forcing(&[(0, Wanted::Any)]),
    computes("getContext", 1, get_context),
    computes("unsafeDiscardStringContext", 1, |e, a| {
        let string = e.coerce(a[0], Coercion::STRICT)?;
        Ok(e.string_in(string.text, &[]))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("unsafeDiscardOutputDependency", 1, |e, a| {
        let string = e.coerce(a[0], Coercion::STRICT)?;
        let shallow = string.context.iter().map(|context| match *context {
            Context::DeepDerivation(path) => Context::Opaque(path),
            other => other,
        });
        Ok(e.string_in(string.text, e.context_in(shallow.collect())))
    }),
    computes("addDrvOutputDependencies", 1, |e, a| {
        let string = e.coerce(a[0], Coercion::STRICT)?;
        let [context] = string.context else {
            return Err(Failure::other(format!(
                "context of string '{}' must have exactly one element, but has {}",
                string.lossy(),
                string.context.len()
            )));
        };
        let deep = match *context {
            Context::Opaque(path) if path.ends_with(b".drv") => Context::DeepDerivation(path),
            Context::DeepDerivation(path) => Context::DeepDerivation(path),
            Context::Opaque(path) => {
                return Err(Failure::other(format!("path '{}' is not a derivation", lossy(path))));
            }
            Context::Output { output, .. } => {
                return Err(Failure::other(format!(
                    "`addDrvOutputDependencies` can only act on derivations, not on a derivation output such as '{}'",
                    lossy(output)
                )));
            }
            Context::Fetch { url, .. } => {
                return Err(Failure::other(format!("path '{}' is not a derivation", lossy(url))));
            }
        };
        Ok(e.string_in(string.text, e.context_in(vec![deep])))
    }),
    computes("appendContext", 2, append_context),
];

fn substring<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let start = e.expect_int(a[0])?;
    let len = e.expect_int(a[1])?;
    let Ok(start) = usize::try_from(start) else {
        return Err(Failure::other("negative start position in 'substring'"));
    };
    let string = e.coerce(a[2], Coercion::STRICT)?;
    let start = start.min(string.text.len());
    let rest = &string.text[start..];
    // A negative length means the rest.
    let len = usize::try_from(len).unwrap_or(usize::MAX).min(rest.len());
    if e.tracing {
        e.join_origins(&[Joined::cut(e.origin_known(a[2]), start, len, string.text.len())]);
    }
    Ok(e.string_in(&rest[..len], string.context))
}

/// The text of a list, which remembers where its elements were written.
fn list_as_text<'a>(e: &Evaluator<'a>, list: Value<'a>, items: &[Value<'a>]) -> Result<Value<'a>> {
    let (mut text, mut context, mut parts) = (e.scratch(), Vec::new(), Vec::new());
    add_items(e, items, &mut text, &mut context, &mut parts).map_err(|error| e.of_argument(error, list))?;
    e.join_call(&parts);
    Ok(Value::String(e.string_of(text, context)?))
}

/// Adds elements as [`Evaluator::coerce_into`] does it for a list.
fn add_items<'a>(
    e: &Evaluator<'a>,
    items: &[Value<'a>],
    text: &mut Vec<u8>,
    context: &mut Vec<Context<'a>>,
    parts: &mut Vec<Joined<'a>>,
) -> Result<()> {
    let last = items.len().saturating_sub(1);
    for (index, &item) in items.iter().enumerate() {
        let start = text.len();
        let mut is_empty = false;
        if let Value::List(inner) = e.force(item)? {
            is_empty = inner.items.is_empty();
            e.deeper(|| add_items(e, inner.items, text, context, parts))?;
        } else {
            e.coerce_into(item, Coercion::TO_STRING, text, context)?;
            parts.push(Joined::whole(e.origin_known(item), text.len() - start));
        }
        if index < last && !is_empty {
            text.push(b' ');
            parts.push(Joined::whole(None, 1));
        }
    }
    Ok(())
}

fn replace_strings<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let (from, to) = (e.expect_list(a[0])?, e.expect_list(a[1])?);
    if from.len() != to.len() {
        return Err(Failure::other(
            "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
        ));
    }
    let from: Vec<&[u8]> =
        from.iter().map(|&item| e.expect_string(item).map(|item| item.text)).collect::<Result<_>>()?;
    let string = e.expect_string(a[2])?;
    // Which patterns can start with a byte: most bytes start none.
    let mut starts = [false; 256];
    let mut any_empty = false;
    for pattern in &from {
        match pattern.first() {
            Some(&first) => starts[usize::from(first)] = true,
            None => any_empty = true,
        }
    }
    let mut text = Vec::with_capacity(string.text.len());
    let mut context = string.context.to_vec();
    // Replacements are forced when they are first used.
    let mut replacements: FxHashMap<usize, &[u8]> = FxHashMap::default();
    let mut at = 0;
    // Where the parts come from, and where the one begins that is copied.
    let (mut parts, mut copied) = (Vec::new(), 0);
    let origin = e.origin_known(a[2]);
    let copy = |from: usize, to: usize| Joined::cut(origin, from, to - from, string.text.len());
    while at <= string.text.len() {
        let rest = &string.text[at..];
        let possible = any_empty || rest.first().is_some_and(|&byte| starts[usize::from(byte)]);
        let found = if possible { from.iter().position(|pattern| rest.starts_with(pattern)) } else { None };
        let Some(index) = found else {
            if let Some(&byte) = rest.first() {
                text.push(byte);
            }
            at += 1;
            continue;
        };
        let replacement = match replacements.get(&index) {
            Some(replacement) => replacement,
            None => {
                let replacement = e.expect_string(to[index])?;
                context.extend_from_slice(replacement.context);
                replacements.insert(index, replacement.text);
                replacement.text
            }
        };
        text.extend_from_slice(replacement);
        if e.tracing {
            parts.push(copy(copied, at));
            parts.push(Joined::whole(e.origin_known(to[index]), replacement.len()));
            copied = at + from[index].len();
        }
        if from[index].is_empty() {
            if let Some(&byte) = rest.first() {
                text.push(byte);
            }
            at += 1;
        } else {
            at += from[index].len();
        }
    }
    e.check_memory(text.len())?;
    if e.tracing {
        parts.push(copy(copied.min(string.text.len()), string.text.len()));
        e.join_origins(&parts);
    }
    Ok(e.string_in(e.arena.alloc_slice_copy(&text), e.context_in(context)))
}

fn get_context<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    #[derive(Default)]
    struct Info<'a> {
        path: bool,
        all_outputs: bool,
        outputs: Vec<&'a [u8]>,
    }
    let string = e.expect_string(a[0])?;
    let mut paths: std::collections::BTreeMap<&[u8], Info<'_>> = std::collections::BTreeMap::new();
    for context in string.context {
        match *context {
            Context::Opaque(path) => paths.entry(path).or_default().path = true,
            Context::DeepDerivation(path) => paths.entry(path).or_default().all_outputs = true,
            Context::Output { derivation, output } => {
                paths.entry(derivation).or_default().outputs.push(output);
            }
            Context::Fetch { .. } => {}
        }
    }
    let entries: Vec<_> = paths
        .into_iter()
        .map(|(path, info)| {
            let mut fields = Vec::new();
            if info.path {
                fields.push(("path", Value::bool(true)));
            }
            if info.all_outputs {
                fields.push(("allOutputs", Value::bool(true)));
            }
            if !info.outputs.is_empty() {
                let mut names = info.outputs;
                names.sort_unstable();
                let names: Vec<_> = names.into_iter().map(|name| e.string(name)).collect();
                fields.push(("outputs", e.list(&names)));
            }
            (path, e.attrs(&fields))
        })
        .collect();
    let mut result = crate::value::AttrsBuilder::with_capacity(e.arena, entries.len());
    for (path, info) in entries {
        result.push(e.symbols.intern(path), crate::value::Position::NONE, info);
    }
    Ok(result.finish_value())
}

fn append_context<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let string = e.expect_string(a[0])?;
    let mut context = string.context.to_vec();
    let store = StoreDir::new(&e.settings.store_directory);
    for (key, attr) in e.attributes(e.expect_attrs(a[1])?) {
        let path = e.arena.alloc_slice_copy(&canonical(key));
        if !key.starts_with(b"/") || !store.split(path).is_ok_and(|(_, within)| within.is_empty()) {
            let mut shown = Vec::new();
            write_attribute_name(&mut shown, key);
            let message = format!("context key '{}' is not a store path", lossy(&shown));
            return Err(Failure::other(message));
        }
        let path: &[u8] = path;
        let info = e.expect_attrs(attr.value)?;
        let flag = |name: &str| match info.get(e.intern(name)) {
            Some(attr) => e.expect_bool(attr.value),
            None => Ok(false),
        };
        if flag("path")? {
            context.push(Context::Opaque(path));
        }
        let is_derivation = path.ends_with(b".drv");
        let only_derivations = |what: &str| {
            Failure::other(format!(
                "tried to add {what} context of \"{}\", which is not a derivation, to a string",
                lossy(path)
            ))
        };
        if flag("allOutputs")? {
            if !is_derivation {
                return Err(only_derivations("all-outputs"));
            }
            context.push(Context::DeepDerivation(path));
        }
        if let Some(outputs) = info.get(e.intern("outputs")) {
            let outputs = e.expect_list(outputs.value)?;
            if !outputs.is_empty() && !is_derivation {
                return Err(only_derivations("derivation output"));
            }
            for &output in outputs {
                context.push(Context::Output { derivation: path, output: e.expect_plain_string(output)? });
            }
        }
    }
    Ok(e.string_in(string.text, e.context_in(context)))
}
