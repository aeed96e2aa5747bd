//! `sort`: stable, and safe with a comparator that contradicts itself.
//!
//! Most comparators say no more than `<` or `>` of what they get, or of one attribute of it. Such a list is sorted by
//! keys that are looked up once, without calling anything.

use crate::error::Error;
use crate::eval::{Evaluator, Result};
use crate::ir::{Comparison, Expr, ExprKind, Params};
use crate::symbol::Symbol;
use crate::text::order::Prefixed;
use crate::value::Value;

pub(super) fn sort<'a>(
    evaluator: &Evaluator<'a>,
    comparator: Value<'a>,
    list: &[Value<'a>],
) -> Result<Value<'a>> {
    let mut items = list.to_vec();
    for item in &mut items {
        let value = evaluator.force(*item)?;
        // Comparing looks at each value many times; with tracing the thunk stays, since it knows the origin.
        if !evaluator.tracing {
            *item = value;
        }
    }
    if let Some(sorted) = order_of(comparator).and_then(|order| by_keys(evaluator, &order, &items)) {
        return Ok(evaluator.list(&sorted));
    }
    let is_less_than = matches!(comparator, Value::Builtin(builtin) if builtin.name == "lessThan");
    let mut failure: Option<Error> = None;
    let mut less = |left: &Value<'a>, right: &Value<'a>| {
        if failure.is_some() {
            return false;
        }
        let answer = if is_less_than {
            evaluator.less_than(*left, *right)
        } else {
            let answer = evaluator.call_with(comparator, &[*left, *right]);
            answer.and_then(|answer| evaluator.expect_bool(answer))
        };
        answer.unwrap_or_else(|error| {
            failure.get_or_insert(error);
            false
        })
    };
    merge_sort(&mut items, &mut less);
    match failure {
        Some(error) => Err(error),
        None => Ok(evaluator.list(&items)),
    }
}

/// Sorts what can be compared of a list that cannot be sorted as a whole, and leaves out the other elements.
#[cold]
pub(super) fn sort_known<'a>(
    evaluator: &Evaluator<'a>,
    error: Error,
    comparator: Value<'a>,
    list: &[Value<'a>],
) -> Result<Value<'a>> {
    if !evaluator.can_leave_out(&error) {
        return Err(error);
    }
    let compare = |item, other| {
        let call = evaluator.list(&[comparator, item, other]);
        compare_again(evaluator, call).map_err(|error| (error, call))
    };
    let leave_out = |(error, call)| evaluator.leave_out(error, call, compare_again, "sort");
    let mut known = Vec::with_capacity(list.len());
    for &item in list {
        match compare(item, item) {
            Ok(()) => known.push(item),
            Err(failure) => leave_out(failure)?,
        }
    }
    let (Some(&first), Some(&second)) = (known.first(), known.get(1)) else {
        let kept = evaluator.list(&known);
        evaluator.mark_incomplete_list(kept);
        return if known.len() < list.len() { Ok(kept) } else { Err(error) };
    };
    let marked = |sorted: Value<'a>| {
        evaluator.mark_incomplete_list(sorted);
        sorted
    };
    let error = match sort(evaluator, comparator, &known) {
        Ok(sorted) => return Ok(marked(sorted)),
        Err(error) => error,
    };
    // Those that are unlike the first one, unless that is the odd one out.
    let unlike = known.iter().filter(|item| compare(**item, first).is_err()).count();
    if unlike == 0 {
        return Err(error);
    }
    let fits = if unlike * 2 > known.len() {
        if let Err(failure) = compare(first, second) {
            leave_out(failure)?;
        }
        known.split_off(1)
    } else {
        let mut fits = Vec::with_capacity(known.len());
        for item in known {
            match compare(item, first) {
                Ok(()) => fits.push(item),
                Err(failure) => leave_out(failure)?,
            }
        }
        fits
    };
    sort(evaluator, comparator, &fits).map(marked)
}

/// Compares two elements again.
fn compare_again<'a>(evaluator: &Evaluator<'a>, call: Value<'a>) -> Result<()> {
    let Value::List(list) = call else { return Ok(()) };
    let [comparator, item, other] = *list.items else { return Ok(()) };
    evaluator.force(item)?;
    evaluator.expect_bool(evaluator.call_with(comparator, &[item, other])?).map(drop)
}

/// What a comparator that only compares does: which attribute counts, and whether the larger goes first.
struct Order {
    /// The names to select one after another; the outermost is the last.
    path: Vec<Symbol>,
    descending: bool,
}

/// The order of `lessThan`, `a: b: a < b`, `a: b: a.x > b.x` and the like.
fn order_of(comparator: Value<'_>) -> Option<Order> {
    match comparator {
        Value::Builtin(builtin) if builtin.name == "lessThan" => {
            Some(Order { path: Vec::new(), descending: false })
        }
        Value::Closure(closure) => {
            let Params::Simple(names) = &closure.lambda.params else { return None };
            let ExprKind::Compare(comparison, left, right) = &closure.lambda.body.kind else { return None };
            if names.len() != 2 {
                return None;
            }
            let greater = match comparison {
                Comparison::Less => false,
                Comparison::Greater => true,
                Comparison::LessOrEqual | Comparison::GreaterOrEqual => return None,
            };
            let ((first, path), (second, same)) = (selected(left)?, selected(right)?);
            if path != same || first == second {
                return None;
            }
            Some(Order { path, descending: greater == (first == 0) })
        }
        _ => None,
    }
}

/// The argument and what is selected from it.
fn selected(mut expr: &Expr<'_>) -> Option<(u32, Vec<Symbol>)> {
    let mut path = Vec::new();
    loop {
        match &expr.kind {
            ExprKind::Local(slot) => return Some((*slot, path)),
            ExprKind::SelectOne { base, name, .. } => {
                path.push(*name);
                expr = base;
            }
            _ => return None,
        }
    }
}

/// The sorted items, if all keys are there and are integers or strings. Otherwise the comparator has to say, and
/// fails as it does.
fn by_keys<'a>(evaluator: &Evaluator<'a>, order: &Order, items: &[Value<'a>]) -> Option<Vec<Value<'a>>> {
    // The comparator is not called for a single item, nor may its key be looked at.
    if items.len() < 2 {
        return None;
    }
    let key = |item: &Value<'a>| {
        let mut key = *item;
        for &name in order.path.iter().rev() {
            let Value::Attrs(attrs) = evaluator.force(key).ok()? else { return None };
            key = attrs.get(name)?.value;
        }
        evaluator.force(key).ok()
    };
    match key(&items[0])? {
        Value::Int(_) => {
            let number = |item| match key(item)? {
                Value::Int(number) => Some((number, *item)),
                _ => None,
            };
            Some(sorted(items.iter().map(number).collect::<Option<_>>()?, order.descending))
        }
        Value::String(_) => {
            let text = |item| match key(item)? {
                Value::String(string) => Some((Prefixed::new(string.text), *item)),
                _ => None,
            };
            Some(sorted(items.iter().map(text).collect::<Option<_>>()?, order.descending))
        }
        _ => None,
    }
}

fn sorted<'a, K: Ord>(mut keyed: Vec<(K, Value<'a>)>, descending: bool) -> Vec<Value<'a>> {
    // Equal ones stay in their order either way.
    if descending {
        keyed.sort_by(|(left, _), (right, _)| right.cmp(left));
    } else {
        keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    }
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// Sorts as Nix does, with the same comparisons in the same order: where a comparator fails, contradicts itself or
/// prints, that shows. It is `PeekSort` (Munro and Wild, "Nearly-Optimal Mergesorts", ESA 2018): a merge sort that splits
/// at the ends of the run in the middle. The library's sort may panic where a comparison is no order; this one cannot.
fn merge_sort<T: Copy>(items: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) {
    match items {
        [] | [_] => {}
        [first, second] => {
            if less(second, first) {
                std::mem::swap(first, second);
            }
        }
        _ => {
            let mut buffer = items.to_vec();
            sort_between(items, &mut buffer, 0, items.len(), less);
        }
    }
}

/// As many are sorted by insertion.
const FEW: usize = 16;

/// Sorts items of which those before `left_end` and those from `right_start` on are in order.
fn sort_between<T: Copy>(
    items: &mut [T],
    buffer: &mut [T],
    left_end: usize,
    right_start: usize,
    less: &mut impl FnMut(&T, &T) -> bool,
) {
    let end = items.len();
    if left_end == end || right_start == 0 {
        return;
    }
    if end <= FEW {
        return insertion_sort(items, less);
    }
    let middle = end / 2;
    if middle <= left_end {
        let rest = &mut items[left_end..];
        sort_between(rest, buffer, 1, right_start - left_end, less);
        return merge(items, left_end, buffer, less);
    }
    if middle >= right_start {
        sort_between(&mut items[..right_start], buffer, left_end, right_start - 1, less);
        return merge(items, right_start, buffer, less);
    }
    let (start, stop) = run_around(items, middle, left_end, right_start, less);
    if start == 0 && stop == end {
        return;
    }
    // The run goes to the side that has more of it.
    if middle - start < stop - middle {
        sort_between(&mut items[..start], buffer, left_end, start.saturating_sub(1), less);
        sort_between(&mut items[start..], buffer, stop - start, right_start - start, less);
        merge(items, start, buffer, less);
    } else {
        sort_between(&mut items[..stop], buffer, left_end, start, less);
        sort_between(&mut items[stop..], buffer, 1, right_start - stop, less);
        merge(items, stop, buffer, less);
    }
}

/// The run that the item before the middle is in, between two bounds. One that descends is turned round; it does so
/// strictly, and so equal ones stay in order.
fn run_around<T>(
    items: &mut [T],
    middle: usize,
    low: usize,
    high: usize,
    less: &mut impl FnMut(&T, &T) -> bool,
) -> (usize, usize) {
    let descends = less(&items[middle], &items[middle - 1]);
    let mut start = middle - 1;
    while start > low && less(&items[start], &items[start - 1]) == descends {
        start -= 1;
    }
    // Nix asks about the two in the middle once more.
    let mut stop = middle;
    while stop < high && less(&items[stop], &items[stop - 1]) == descends {
        stop += 1;
    }
    if descends {
        items[start..stop].reverse();
    }
    (start, stop)
}

fn insertion_sort<T>(items: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) {
    for next in 1..items.len() {
        let mut at = next;
        while at > 0 && less(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Merges what is before the middle with what is behind it.
fn merge<T: Copy>(items: &mut [T], middle: usize, buffer: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) {
    let buffer = &mut buffer[..items.len()];
    buffer.copy_from_slice(items);
    let (left, right) = buffer.split_at(middle);
    let (mut l, mut r) = (0, 0);
    while let (Some(from_left), Some(from_right)) = (left.get(l), right.get(r)) {
        // The right one goes first only where it is strictly less: that is what makes the sort stable.
        let at = l + r;
        items[at] = if less(from_right, from_left) {
            r += 1;
            *from_right
        } else {
            l += 1;
            *from_left
        };
    }
    // What is left of the right side is in its place.
    let rest = &left[l..];
    items[l + r..l + r + rest.len()].copy_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_stably_whatever_the_runs() {
        let mut state = 7_u64;
        for length in 0..200_usize {
            for range in [2, 10, 1000] {
                let mut items: Vec<(u64, usize)> = (0..length)
                    .map(|at| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        // Ascending and descending stretches between random ones.
                        let value = match at / 30 % 3 {
                            0 => state >> 33,
                            1 => at as u64,
                            _ => (length - at) as u64,
                        };
                        (value % range, at)
                    })
                    .collect();
                let mut expected = items.clone();
                expected.sort_by_key(|&(value, _)| value);
                merge_sort(&mut items, &mut |left, right| left.0 < right.0);
                assert_eq!(items, expected);
            }
        }
    }

    #[test]
    fn comparators_that_contradict_themselves_lose_nothing() {
        for answer in [true, false] {
            let mut items: Vec<u32> = (0..100).collect();
            merge_sort(&mut items, &mut |_, _| answer);
            items.sort_unstable();
            assert_eq!(items, (0..100).collect::<Vec<_>>());
        }
    }
}
