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

/// Runs are at least this long; shorter ones are extended by insertion, which takes the fewest comparisons.
const MIN_RUN: usize = 8;

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

/// Merge sort of the runs that are there. The library's sort may panic where a user's comparison is no order; this
/// one cannot.
fn merge_sort<T: Copy>(items: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) {
    let mut ends = runs(items, less);
    let mut buffer = items.to_vec();
    while ends.len() > 1 {
        let mut merged = Vec::with_capacity(ends.len().div_ceil(2));
        let mut start = 0;
        for pair in ends.chunks(2) {
            let end = pair[pair.len() - 1];
            if pair.len() == 2 {
                merge(&items[start..pair[0]], &items[pair[0]..end], &mut buffer[start..end], less);
            } else {
                buffer[start..end].copy_from_slice(&items[start..end]);
            }
            merged.push(end);
            start = end;
        }
        items.copy_from_slice(&buffer);
        ends = merged;
    }
}

/// Makes runs in order, and says where they end.
fn runs<T: Copy>(items: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let mut end = start + 1;
        if end < items.len() {
            // Strictly descending, so that turning it round keeps equal ones in order.
            let descending = less(&items[end], &items[end - 1]);
            end += 1;
            while end < items.len() && less(&items[end], &items[end - 1]) == descending {
                end += 1;
            }
            if descending {
                items[start..end].reverse();
            }
        }
        while end < items.len() && end - start < MIN_RUN {
            let new = items[end];
            let at = start + insertion_point(&items[start..end], &new, less);
            items.copy_within(at..end, at + 1);
            items[at] = new;
            end += 1;
        }
        ends.push(end);
        start = end;
    }
    ends
}

/// Where an item goes: behind all that are not greater.
fn insertion_point<T>(sorted: &[T], new: &T, less: &mut impl FnMut(&T, &T) -> bool) -> usize {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if less(new, &sorted[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

fn merge<T: Copy>(left: &[T], right: &[T], out: &mut [T], less: &mut impl FnMut(&T, &T) -> bool) {
    let (mut l, mut r) = (0, 0);
    for slot in out {
        // The right one goes first only where it is strictly less: that is what makes the sort stable.
        let take_right = match (left.get(l), right.get(r)) {
            (Some(left), Some(right)) => less(right, left),
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
