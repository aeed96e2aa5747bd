//! Attribute sets.

mod sorted_keys;

use rustc_hash::{FxHashMap, FxHashSet};

use self::sorted_keys::SortedKeys;
use super::{Builtin, Wanted, computes, passes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Evaluator, Given, Result};
use crate::symbol::{Symbol, well_known};
use crate::value::{Attr, Attrs, AttrsBuilder, Items, Position, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("attrNames", 1, |e, a| {
        let attrs = e.expect_attrs(a[0])?;
        let by = e.giving(|| Given::Names(e.entries(attrs)));
        let names: Vec<_> = e.sorted(attrs).into_iter().map(|(_, attr)| e.given_name(&attr, by)).collect();
        Ok(e.list(&names))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("attrValues", 1, |e, a| {
        let attrs = e.expect_attrs(a[0])?;
        let values: Vec<_> = e.sorted(attrs).into_iter().map(|(_, attr)| attr.value).collect();
        Ok(e.list(&values))
    })
    .forcing(&[(0, Wanted::Any)]),
    passes("getAttr", 2, |e, a| {
        let name = e.expect_name(a[0])?;
        let attrs = e.expect_attrs(a[1])?;
        match e.known_symbol_of(name).and_then(|name| attrs.get(name)) {
            Some(attr) => e.force(attr.value),
            None => {
                let mut error = Failure::missing_attribute(name.text);
                let name = name.lossy();
                let names = attrs.entries(e.arena).iter().map(|attr| e.symbols.name(attr.name));
                error.help =
                    crate::suggest::closest(&name, names).map(|similar| format!("Did you mean {similar}?"));
                Err(error)
            }
        }
    })
    .forcing(&[(0, Wanted::Text), (1, Wanted::Any)]),
    computes("hasAttr", 2, |e, a| {
        let name = e.expect_name(a[0])?;
        let attrs = e.expect_attrs(a[1])?;
        Ok(Value::bool(e.known_symbol_of(name).is_some_and(|name| attrs.get(name).is_some())))
    })
    .forcing(&[(0, Wanted::Text), (1, Wanted::Any)]),
    computes("removeAttrs", 2, |e, a| {
        let attrs = e.expect_attrs(a[0])?;
        let mut removed = FxHashSet::default();
        for &name in e.expect_list(a[1])? {
            if let Some(name) = e.known_symbol_of(e.expect_name(name)?) {
                removed.insert(name);
            }
        }
        let entries = attrs.entries(e.arena);
        let kept: Vec<Attr<'_>> =
            entries.iter().filter(|attr| !removed.contains(&attr.name)).copied().collect();
        // A set of its own in any case, which shows where sets are told apart.
        if kept.len() == entries.len() {
            return Ok(Value::Attrs(e.arena.alloc(Attrs::from_sorted(entries))));
        }
        Ok(from_sorted(e, &kept))
    })
    .forcing(&[(0, Wanted::Set), (1, Wanted::Any)]),
    computes("intersectAttrs", 2, |e, a| {
        let (left, right) = (e.expect_attrs(a[0])?, e.expect_attrs(a[1])?);
        let kept: Vec<Attr<'_>> = if left.len() < right.len() {
            left.entries(e.arena).iter().filter_map(|attr| right.get(attr.name)).copied().collect()
        } else {
            right.entries(e.arena).iter().filter(|attr| left.get(attr.name).is_some()).copied().collect()
        };
        Ok(from_sorted(e, &kept))
    })
    .forcing(&[(0, Wanted::Set), (1, Wanted::Any)]),
    computes("listToAttrs", 1, |e, a| {
        let list = e.expect_list(a[0])?;
        let mut result = AttrsBuilder::with_capacity(e.arena, list.len());
        let mut is_incomplete = false;
        let mut after_function = false;
        for &item in list {
            if let Err(error) = add_pair(e, item, &mut result) {
                is_incomplete = true;
                let value = e.force(item);
                let is_function = value.as_ref().is_ok_and(Value::is_function);
                // `[ f x ]` is a list of two: what follows a function was meant for its argument.
                if after_function && !is_function && value.is_ok() {
                    continue;
                }
                after_function = is_function;
                e.leave_out(error, item, check_pair, "listToAttrs")?;
            }
        }
        let repeated = if e.settings.tracing { result.repeated() } else { Vec::new() };
        let value = result.finish_value();
        if is_incomplete || e.tracing && e.has_incomplete_lists() {
            e.mark_incomplete(value);
        }
        if !repeated.is_empty() {
            e.mark_repeated(value, repeated);
        }
        Ok(value)
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("mapAttrs", 2, |e, a| {
        let attrs = e.expect_attrs(a[1])?;
        let entries = attrs.entries(e.arena);
        let names = e.giving(|| Given::Names(entries));
        let calls = e.delay_items(a[0], Items::Attrs(entries, names), entries.len());
        let mapped = e.arena.alloc_slice_fill_iter(entries.iter().zip(calls).map(|(attr, value)| Attr {
            name: attr.name,
            position: attr.position.inherited(),
            value,
        }));
        let mapped = Value::Attrs(e.arena.alloc(Attrs::from_sorted(mapped)));
        e.mark_made_of(mapped, attrs);
        Ok(mapped)
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("catAttrs", 2, |e, a| {
        let name = e.symbol_of(e.expect_name(a[0])?);
        let mut values = Vec::new();
        for &item in e.expect_list(a[1])? {
            if let Some(attr) = e.expect_attrs(item)?.get(name) {
                values.push(attr.value);
            }
        }
        Ok(e.list(&values))
    })
    .forcing(&[(0, Wanted::Text), (1, Wanted::Any)]),
    computes("zipAttrsWith", 2, |e, a| {
        let function = e.expect_function(a[0])?;
        let mut names: Vec<Attr<'_>> = Vec::new();
        let mut values: FxHashMap<Symbol, Vec<Value<'_>>> = FxHashMap::default();
        let mut is_incomplete = false;
        for &item in e.expect_list(a[1])? {
            let attrs = match e.expect_attrs(item) {
                Ok(attrs) => attrs,
                Err(error) => {
                    e.leave_out(error, item, |e, item| e.expect_attrs(item).map(drop), "zipAttrsWith")?;
                    is_incomplete = true;
                    continue;
                }
            };
            for attr in attrs.entries(e.arena) {
                values
                    .entry(attr.name)
                    .or_insert_with(|| {
                        names.push(*attr);
                        Vec::new()
                    })
                    .push(attr.value);
            }
        }
        names.sort_unstable_by_key(|attr| attr.name);
        let by = e.giving(|| Given::Names(e.arena.alloc_slice_copy(&names)));
        let mut result = AttrsBuilder::with_capacity(e.arena, names.len());
        for attr in &names {
            let list = e.list(&values[&attr.name]);
            let name = e.given_name(attr, by);
            result.push(attr.name, attr.position.inherited(), e.delay_call2(function, name, list));
        }
        let result = result.finish_value();
        if is_incomplete {
            e.mark_incomplete(result);
        }
        Ok(result)
    })
    .forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
    computes("groupBy", 2, |e, a| {
        let function = e.expect_function(a[0])?;
        let mut names: Vec<(Symbol, Position)> = Vec::new();
        let mut groups: FxHashMap<Symbol, Vec<Value<'_>>> = FxHashMap::default();
        let mut is_incomplete = false;
        for &item in e.expect_list(a[1])? {
            let called = e.call(function, item);
            let made = e.take_origin();
            let name = match called.and_then(|name| e.expect_name(name)) {
                Ok(name) => e.symbol_of(name),
                Err(error) => {
                    let call = e.list(&[function, item]);
                    e.leave_out(error, call, name_group, "groupBy")?;
                    is_incomplete = true;
                    continue;
                }
            };
            groups
                .entry(name)
                .or_insert_with(|| {
                    names.push((name, e.named_by(name, made, Position::NONE)));
                    Vec::new()
                })
                .push(item);
        }
        let mut result = AttrsBuilder::with_capacity(e.arena, names.len());
        for (name, position) in names {
            result.push(name, position, e.list(&groups[&name]));
        }
        let result = result.finish_value();
        if is_incomplete {
            e.mark_incomplete(result);
        }
        Ok(result)
    })
    .forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
    computes("unsafeGetAttrPos", 2, |e, a| {
        let name = e.expect_plain_string(a[0])?;
        let attrs = e.expect_attrs(a[1])?;
        let attr = e.symbols.find(name).and_then(|name| attrs.get(name));
        Ok(match attr.and_then(|attr| e.written_in(attr.position)) {
            Some(place) => e.position_value(place),
            None => Value::Null,
        })
    }),
];

fn missing(name: &str) -> crate::error::Error {
    Failure::missing_attribute(name.as_bytes())
}

/// Adds the attribute that a pair of `name` and `value` stands for.
fn add_pair<'a>(e: &Evaluator<'a>, item: Value<'a>, result: &mut AttrsBuilder<'a>) -> Result<()> {
    let pair = e.expect_attrs(item)?;
    let written = pair.get(well_known::NAME).ok_or_else(|| missing("name"))?.value;
    let name = e.symbol_of(e.expect_name(written)?);
    match pair.get(well_known::VALUE) {
        Some(value) => {
            result.push(name, e.named_by(name, e.origin_known(written), value.position), value.value);
        }
        // Where a name comes twice, the first value counts and the others need not be there.
        None if result.contains(name) => {}
        None => return Err(missing("value")),
    }
    Ok(())
}

/// Asks again for the group that an element is in.
fn name_group<'a>(evaluator: &Evaluator<'a>, call: Value<'a>) -> Result<()> {
    let Value::List(list) = call else { return Ok(()) };
    let [function, item] = *list.items else { return Ok(()) };
    evaluator.expect_name(evaluator.call(function, item)?).map(drop)
}

/// Whether a pair by itself makes an attribute.
fn check_pair<'a>(e: &Evaluator<'a>, item: Value<'a>) -> Result<()> {
    let result = add_pair(e, item, &mut AttrsBuilder::with_capacity(e.arena, 1));
    let Err(mut error) = result else { return Ok(()) };
    match e.force(item) {
        Ok(value) if value.is_function() => {
            error.span = e.written(item).or(error.span);
            Err(error.with_help("in a list a call stands in parentheses: `[ (f x) ]`"))
        }
        Ok(Value::Attrs(pair)) if error.span.is_none() && error.kind == ErrorKind::MissingAttribute => {
            error.span = e.place_of_pair(item, pair);
            let wanted: &str = if pair.get(well_known::NAME).is_none() { "name" } else { "value" };
            let names = e.sorted(pair).into_iter().map(|(name, _)| name);
            let similar = crate::suggest::closest(wanted, names.filter(|name| *name != b"name"));
            let Some(similar) = similar else {
                return Err(error.with_help("each element is `{ name = …; value = …; }`"));
            };
            let key = e.symbols.find(similar.as_bytes()).and_then(|name| pair.get(name));
            error.span = key.and_then(|attr| e.key_span(attr.position)).or(error.span);
            Err(error.with_help(format!("Did you mean {wanted}?")))
        }
        _ => Err(error),
    }
}

fn from_sorted<'a>(evaluator: &Evaluator<'a>, entries: &[Attr<'a>]) -> Value<'a> {
    let entries = evaluator.arena.alloc_slice_copy(entries);
    Value::Attrs(evaluator.arena.alloc(Attrs::from_sorted(entries)))
}

/// Keys of a closure's elements that were met. Keys are what can be ordered; those of the usual types are hashed.
#[derive(Default)]
enum Keys<'a> {
    #[default]
    None,
    /// A single key can be of any type, since there is nothing to compare it with.
    One(Value<'a>),
    Ints(FxHashSet<i64>, Value<'a>),
    Strings(FxHashSet<&'a [u8]>, Value<'a>),
    Paths(FxHashSet<&'a [u8]>, Value<'a>),
    /// In the language's order.
    Sorted(SortedKeys<'a>),
}

impl<'a> Keys<'a> {
    /// Adds a key; `false` if it was there.
    fn insert(&mut self, evaluator: &Evaluator<'a>, key: Value<'a>) -> Result<bool> {
        if let Self::One(first) = *self {
            *self = Self::of_type(first);
        }
        Ok(match (&mut *self, key) {
            (Self::None, _) => {
                *self = Self::One(key);
                true
            }
            (Self::Ints(met, _), Value::Int(int)) => met.insert(int),
            (Self::Strings(met, _), Value::String(string)) => met.insert(string.text),
            (Self::Paths(met, _), Value::Path(path)) => met.insert(path.text),
            (Self::Ints(met, _), Value::Float(_)) => {
                let mut sorted: Vec<_> = met.iter().copied().collect();
                sorted.sort_unstable();
                let sorted: Vec<_> = sorted.into_iter().map(Value::Int).collect();
                *self = Self::Sorted(SortedKeys::of_sorted(&sorted));
                return self.insert(evaluator, key);
            }
            (Self::Ints(_, other) | Self::Strings(_, other) | Self::Paths(_, other), _) => {
                // Two types that have no order between them.
                evaluator.less_than(key, *other)?
            }
            (Self::Sorted(sorted), _) => return sorted.insert(evaluator, key),
            (Self::One(_), _) => false,
        })
    }

    fn of_type(key: Value<'a>) -> Self {
        match key {
            Value::Int(int) => Self::Ints(FxHashSet::from_iter([int]), key),
            Value::String(string) => Self::Strings(FxHashSet::from_iter([string.text]), key),
            Value::Path(path) => Self::Paths(FxHashSet::from_iter([path.text]), key),
            _ => Self::Sorted(SortedKeys::of_sorted(&[key])),
        }
    }
}

pub(super) fn generic_closure<'a>(evaluator: &Evaluator<'a>, arg: Value<'a>) -> Result<Value<'a>> {
    let attrs = evaluator.expect_attrs(arg)?;
    let start = attrs.get(well_known::START_SET).ok_or_else(|| missing("startSet"))?;
    let mut queue: std::collections::VecDeque<_> =
        evaluator.expect_list(start.value)?.iter().copied().collect();
    if queue.is_empty() {
        return Ok(evaluator.list_in(&[]));
    }
    let operator = attrs.get(well_known::OPERATOR).ok_or_else(|| missing("operator"))?;
    let operator = evaluator.expect_function(operator.value)?;
    let mut done = Keys::default();
    let mut result = Vec::new();
    while let Some(item) = queue.pop_front() {
        let element = evaluator.expect_attrs(item)?;
        let key = element.get(well_known::KEY).ok_or_else(|| missing("key"))?;
        if !done.insert(evaluator, evaluator.force(key.value)?)? {
            continue;
        }
        result.push(item);
        queue.extend(evaluator.expect_list(evaluator.call(operator, item)?)?);
    }
    Ok(evaluator.list(&result))
}
