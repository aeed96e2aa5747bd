//! Lists.

use launchnix_diagnostics::{Fault, Role};

use super::sort::{sort, sort_known};
use super::{Builtin, Wanted, computes, passes};
use crate::error::{Error, Failure};
use crate::eval::{Evaluator, Result};
use crate::value::{Items, Thunk, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("length", 1, |e, a| {
        let length = e.expect_list(a[0])?.len();
        if e.has_incomplete_lists() {
            e.must_be_whole(e.force(a[0])?)?;
        }
        Ok(Value::Int(size(length)))
    })
    .forcing(&[(0, Wanted::Any)]),
    passes("head", 1, |e, a| match e.expect_list(a[0])? {
        [first, ..] => e.force(*first),
        [] => Err(e.unless_incomplete(a[0], no_element())),
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("tail", 1, |e, a| match e.expect_list(a[0])? {
        [_, rest @ ..] => Ok(e.list_in(rest)),
        [] => Err(e.unless_incomplete(a[0], Failure::other("'builtins.tail' called on an empty list"))),
    })
    .forcing(&[(0, Wanted::Any)]),
    passes("elemAt", 2, |e, a| {
        let index = e.expect_int(a[1])?;
        let list = e.expect_list(a[0])?;
        let item = usize::try_from(index).ok().and_then(|index| list.get(index));
        match item {
            Some(&item) => e.force(item),
            None => Err(outside(e, index, a)),
        }
    })
    .forcing(&[(1, Wanted::Int), (0, Wanted::Any)]),
    computes("map", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        // Nix checks the function first, but only where there is something to call it with.
        let function = e.expect_function(a[0])?;
        let calls = e.delay_items(function, Items::List(list), list.len());
        Ok(e.list_in(e.arena.alloc_slice_fill_iter(calls)))
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("filter", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        let predicate = e.expect_function(a[0])?;
        let mut kept = Vec::with_capacity(list.len());
        let mut is_incomplete = false;
        for &item in list {
            match e.call(predicate, item).and_then(|holds| e.expect_bool(holds)) {
                Ok(true) => kept.push(item),
                Ok(false) => {}
                Err(error) => {
                    let call = e.list(&[predicate, item]);
                    e.leave_out(error, call, test_item, "filter")?;
                    is_incomplete = true;
                }
            }
        }
        let filtered = if kept.len() == list.len() { e.list_in(list) } else { e.list(&kept) };
        if is_incomplete {
            e.mark_incomplete_list(filtered);
        }
        Ok(filtered)
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("elem", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        let wanted = if list.is_empty() { None } else { Some(e.force(a[0])?) };
        for &item in list {
            let found = match (wanted, item) {
                (Some(Value::Int(wanted)), Value::Int(item)) => wanted == item,
                (Some(Value::String(wanted)), Value::String(item)) => wanted.text == item.text,
                _ => e.equal_inside(a[0], item)?,
            };
            if found {
                return Ok(Value::bool(true));
            }
        }
        Ok(Value::bool(false))
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("concatLists", 1, |e, a| {
        let lists = e.expect_list(a[0])?;
        let (mut total, mut forced) = (0, Vec::with_capacity(lists.len()));
        let mut is_incomplete = false;
        for &list in lists {
            match e.expect_list(list) {
                Ok(items) => {
                    total += items.len();
                    forced.push(e.force(list)?);
                }
                Err(error) => {
                    e.leave_out(error, list, |e, list| e.expect_list(list).map(drop), "concatLists")?;
                    is_incomplete = true;
                }
            }
        }
        let joined = e.joined(total, &forced)?;
        if is_incomplete {
            e.mark_incomplete_list(joined);
        }
        Ok(joined)
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("concatMap", 2, |e, a| {
        let function = e.expect_function(a[0])?;
        let list = e.expect_list(a[1])?;
        let (mut total, mut made) = (0, Vec::with_capacity(list.len()));
        let mut is_incomplete = false;
        for &item in list {
            let part = e.call(function, item).and_then(|part| Ok((part, e.expect_list(part)?.len())));
            match part {
                Ok((part, len)) => {
                    total += len;
                    made.push(part);
                }
                Err(error) => {
                    let call = e.list(&[function, item]);
                    e.leave_out(error, call, make_list, "concatMap")?;
                    is_incomplete = true;
                }
            }
        }
        let joined = e.joined(total, &made)?;
        if is_incomplete {
            e.mark_incomplete_list(joined);
        }
        Ok(joined)
    })
    .forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
    passes("foldl'", 3, |e, a| {
        let function = e.expect_function(a[0])?;
        let list = e.expect_list(a[2])?;
        if list.is_empty() {
            return e.force(a[1]);
        }
        let mut accumulator = a[1];
        let mut is_incomplete = false;
        for &item in list {
            accumulator = match e.call_with(function, &[accumulator, item]) {
                Ok(value) => e.with_origin(value),
                Err(error) => {
                    // Of a sum nothing is known without one of its parts; of sets and lists the other parts are.
                    if !matches!(e.force(accumulator), Ok(Value::Attrs(_) | Value::List(_))) {
                        return Err(error);
                    }
                    let call = e.list(&[function, accumulator, item]);
                    e.leave_out(error, call, fold_one, "foldl'")?;
                    is_incomplete = true;
                    accumulator
                }
            };
        }
        let result = e.force(accumulator)?;
        if is_incomplete {
            e.mark_incomplete(result);
            e.mark_incomplete_list(result);
        }
        Ok(result)
    })
    .forcing(&[(0, Wanted::Function), (2, Wanted::Any)]),
    computes("any", 2, |e, a| quantify(e, a, true)).forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
    computes("all", 2, |e, a| quantify(e, a, false)).forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
    computes("genList", 2, |e, a| {
        let wanted = e.expect_int(a[1])?;
        let Ok(count) = usize::try_from(wanted) else {
            let failure = Failure::other(format!("cannot create list of size {wanted}"));
            return Err(e.blame_argument(failure, a[1]));
        };
        let function = e.expect_function(a[0])?;
        e.check_memory(count.saturating_mul(size_of::<Value<'_>>() + size_of::<Thunk<'_>>()))?;
        let calls = e.delay_items(function, Items::Numbers, count);
        Ok(e.list_in(e.arena.alloc_slice_fill_iter(calls)))
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("sort", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        let comparator = e.expect_function(a[0])?;
        sort(e, comparator, list).or_else(|error| sort_known(e, error, comparator, list))
    })
    .forcing(&[(1, Wanted::Any)]),
    computes("partition", 2, |e, a| {
        let predicate = e.expect_function(a[0])?;
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        let mut is_incomplete = false;
        for &item in e.expect_list(a[1])? {
            match e.call(predicate, item).and_then(|holds| e.expect_bool(holds)) {
                Ok(true) => right.push(item),
                Ok(false) => wrong.push(item),
                Err(error) => {
                    e.leave_out(error, e.list(&[predicate, item]), test_item, "partition")?;
                    is_incomplete = true;
                }
            }
        }
        let (right, wrong) = (e.list(&right), e.list(&wrong));
        if is_incomplete {
            e.mark_incomplete_list(right);
            e.mark_incomplete_list(wrong);
        }
        Ok(e.attrs(&[("right", right), ("wrong", wrong)]))
    })
    .forcing(&[(0, Wanted::Function), (1, Wanted::Any)]),
];

pub(super) fn size(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// A failure of `elemAt`: the index is to change, or the list.
#[cold]
fn outside<'a>(e: &Evaluator<'a>, index: i64, a: &[Value<'a>]) -> Error {
    let size = e.expect_list(a[0]).map_or(0, <[_]>::len);
    let message = format!("'builtins.elemAt' called with index {index} on a list of size {size}");
    let error = e.unless_incomplete(a[0], e.blame_argument(Failure::other(message), a[1]));
    match e.place(a[0]) {
        Some(list) => error.frame(Some(list), (Role::ShortList, format!("this list has {}", elements(size)))),
        None => error,
    }
}

/// The first element of an empty list is asked for.
fn no_element() -> Error {
    Failure::other("'builtins.head' called on an empty list").of(Fault::EmptyList)
}

fn elements(count: usize) -> String {
    match count {
        0 => "no elements".to_owned(),
        1 => "one element".to_owned(),
        count => format!("{count} elements"),
    }
}

/// Asks again whether `filter` or `partition` keeps an element.
fn test_item<'a>(evaluator: &Evaluator<'a>, call: Value<'a>) -> Result<()> {
    let Value::List(list) = call else { return Ok(()) };
    let [predicate, item] = *list.items else { return Ok(()) };
    evaluator.expect_bool(evaluator.call(predicate, item)?).map(drop)
}

/// Makes the list again that `concatMap` could not make of an element.
fn make_list<'a>(evaluator: &Evaluator<'a>, call: Value<'a>) -> Result<()> {
    let Value::List(list) = call else { return Ok(()) };
    let [function, item] = *list.items else { return Ok(()) };
    evaluator.expect_list(evaluator.call(function, item)?).map(drop)
}

/// Folds the element again that could not be.
fn fold_one<'a>(evaluator: &Evaluator<'a>, call: Value<'a>) -> Result<()> {
    let Value::List(list) = call else { return Ok(()) };
    let [function, accumulator, item] = *list.items else { return Ok(()) };
    evaluator.call_with(function, &[accumulator, item]).map(drop)
}

fn quantify<'a>(evaluator: &Evaluator<'a>, args: &[Value<'a>], wanted: bool) -> Result<Value<'a>> {
    let predicate = evaluator.expect_function(args[0])?;
    for &item in evaluator.expect_list(args[1])? {
        if evaluator.expect_bool(evaluator.call(predicate, item)?)? == wanted {
            return Ok(Value::bool(wanted));
        }
    }
    Ok(Value::bool(!wanted))
}
