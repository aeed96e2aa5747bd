//! Lists.

use std::cmp::Ordering;

use super::{Builtin, computes, passes};
use crate::error::{Error, Failure};
use crate::eval::{Evaluator, Result};
use crate::value::{ItemCalls, Items, Thunk, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("length", 1, |e, a| Ok(Value::Int(size(e.expect_list(a[0])?.len())))),
    passes("head", 1, |e, a| match e.expect_list(a[0])? {
        [first, ..] => e.force(*first),
        [] => Err(Failure::other("'builtins.head' called on an empty list")),
    }),
    computes("tail", 1, |e, a| match e.expect_list(a[0])? {
        [_, rest @ ..] => Ok(e.list_in(rest)),
        [] => Err(Failure::other("'builtins.tail' called on an empty list")),
    }),
    passes("elemAt", 2, |e, a| {
        let index = e.expect_int(a[1])?;
        let list = e.expect_list(a[0])?;
        let item = usize::try_from(index).ok().and_then(|index| list.get(index));
        match item {
            Some(&item) => e.force(item),
            None => Err(Failure::other(format!(
                "'builtins.elemAt' called with index {index} on a list of size {}",
                list.len()
            ))),
        }
    }),
    computes("map", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        // Nix checks the function first, but only where there is something to call it with.
        let function = e.expect_function(a[0])?;
        let calls = e.arena.alloc(ItemCalls { function, items: Items::List(list) });
        let items = e.arena.alloc_slice_fill_with(list.len(), |number| e.delay_item(number, calls));
        Ok(e.list_in(items))
    }),
    computes("filter", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        let predicate = e.expect_function(a[0])?;
        let mut kept = Vec::with_capacity(list.len());
        for &item in list {
            if e.expect_bool(e.call(predicate, item)?)? {
                kept.push(item);
            }
        }
        Ok(if kept.len() == list.len() { e.list_in(list) } else { e.list(&kept) })
    }),
    computes("elem", 2, |e, a| {
        for &item in e.expect_list(a[1])? {
            if e.equal_inside(a[0], item)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }),
    computes("concatLists", 1, |e, a| {
        let lists = e.expect_list(a[0])?;
        let (mut total, mut forced) = (0, Vec::with_capacity(lists.len()));
        for &list in lists {
            total += e.expect_list(list)?.len();
            forced.push(e.force(list)?);
        }
        e.joined(total, &forced)
    }),
    computes("concatMap", 2, |e, a| {
        let function = e.expect_function(a[0])?;
        let list = e.expect_list(a[1])?;
        let (mut total, mut made) = (0, Vec::with_capacity(list.len()));
        for &item in list {
            let part = e.call(function, item)?;
            total += e.expect_list(part)?.len();
            made.push(part);
        }
        e.joined(total, &made)
    }),
    passes("foldl'", 3, |e, a| {
        let function = e.expect_function(a[0])?;
        let list = e.expect_list(a[2])?;
        if list.is_empty() {
            return e.force(a[1]);
        }
        let mut accumulator = a[1];
        for &item in list {
            accumulator = e.call_with(function, &[accumulator, item])?;
        }
        e.force(accumulator)
    }),
    computes("any", 2, |e, a| quantify(e, a, true)),
    computes("all", 2, |e, a| quantify(e, a, false)),
    computes("genList", 2, |e, a| {
        let wanted = e.expect_int(a[1])?;
        let Ok(count) = usize::try_from(wanted) else {
            return Err(Failure::other(format!("cannot create list of size {wanted}")));
        };
        let function = e.expect_function(a[0])?;
        e.check_memory(count.saturating_mul(size_of::<Value<'_>>() + size_of::<Thunk<'_>>()))?;
        let calls = e.arena.alloc(ItemCalls { function, items: Items::Numbers });
        let items = e.arena.alloc_slice_fill_with(count, |number| e.delay_item(number, calls));
        Ok(e.list_in(items))
    }),
    computes("sort", 2, |e, a| {
        let list = e.expect_list(a[1])?;
        if list.is_empty() {
            return Ok(e.list_in(&[]));
        }
        let comparator = e.expect_function(a[0])?;
        sort(e, comparator, list)
    }),
    computes("partition", 2, |e, a| {
        let predicate = e.expect_function(a[0])?;
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for &item in e.expect_list(a[1])? {
            if e.expect_bool(e.call(predicate, item)?)? {
                right.push(item);
            } else {
                wrong.push(item);
            }
        }
        Ok(e.attrs(&[("right", e.list(&right)), ("wrong", e.list(&wrong))]))
    }),
];

pub(super) fn size(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

fn quantify<'a>(evaluator: &Evaluator<'a>, args: &[Value<'a>], wanted: bool) -> Result<Value<'a>> {
    let predicate = evaluator.expect_function(args[0])?;
    for &item in evaluator.expect_list(args[1])? {
        if evaluator.expect_bool(evaluator.call(predicate, item)?)? == wanted {
            return Ok(Value::Bool(wanted));
        }
    }
    Ok(Value::Bool(!wanted))
}

/// A stable merge sort that a comparator which contradicts itself cannot upset.
fn sort<'a>(evaluator: &Evaluator<'a>, comparator: Value<'a>, list: &[Value<'a>]) -> Result<Value<'a>> {
    let is_less_than = matches!(comparator, Value::Builtin(builtin) if builtin.name == "lessThan");
    let less = |left, right| {
        if is_less_than {
            evaluator.less_than(left, right)
        } else {
            evaluator.expect_bool(evaluator.call_with(comparator, &[left, right])?)
        }
    };
    let mut items = list.to_vec();
    for item in &mut items {
        let value = evaluator.force(*item)?;
        // Comparing looks at each value many times; with tracing the thunk stays, since it knows the origin.
        if !evaluator.tracing {
            *item = value;
        }
    }
    let mut failure: Option<Error> = None;
    let mut order = |left: &Value<'a>, right: &Value<'a>| {
        if failure.is_some() {
            return Ordering::Equal;
        }
        let mut ask = |left, right| {
            less(left, right).unwrap_or_else(|error| {
                failure.get_or_insert(error);
                false
            })
        };
        if ask(*left, *right) { Ordering::Less } else { Ordering::Greater }
    };
    merge_sort(&mut items, &mut order);
    match failure {
        Some(error) => Err(error),
        None => Ok(evaluator.list(&items)),
    }
}

/// Merge sort with a comparison that says whether the first goes strictly before the second. The library's sort
/// may panic where a user's comparison is no order; this one cannot.
fn merge_sort<T: Copy>(items: &mut [T], order: &mut impl FnMut(&T, &T) -> Ordering) {
    let mut buffer = items.to_vec();
    let mut width = 1;
    while width < items.len() {
        for start in (0..items.len()).step_by(2 * width) {
            let middle = (start + width).min(items.len());
            let end = (start + 2 * width).min(items.len());
            merge(&items[start..middle], &items[middle..end], &mut buffer[start..end], order);
        }
        items.copy_from_slice(&buffer);
        width *= 2;
    }
}

fn merge<T: Copy>(left: &[T], right: &[T], out: &mut [T], order: &mut impl FnMut(&T, &T) -> Ordering) {
    let (mut l, mut r) = (0, 0);
    for slot in out {
        // The right one goes first only where it is strictly less: that is what makes the sort stable.
        let take_right = match (left.get(l), right.get(r)) {
            (Some(left), Some(right)) => order(right, left) == Ordering::Less,
            (None, _) => true,
            (_, None) => false,
        };
        if take_right {
            *slot = right[r];
            r += 1;
        } else {
            *slot = left[l];
            l += 1;
        }
    }
}
