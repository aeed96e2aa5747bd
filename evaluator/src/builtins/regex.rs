//! `match` and `split`.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Builtin, computes};
use crate::error::Failure;
use crate::eval::{Evaluator, Given, Result};
use crate::ir::Expr;
use crate::text::regex::{Group, Regex};
use crate::value::Value;

/// Compiled patterns of an evaluation.
pub(crate) type RegexCache<'a> = FxHashMap<&'a [u8], Rc<Regex>>;

pub(super) static ALL: &[Builtin] = &[
    computes("match", 2, |e, a| {
        let regex = compiled(e, a[0])?;
        let text = e.expect_string(a[1])?.text;
        Ok(match regex.match_whole(text) {
            Some(groups) => group_list(e, text, &groups, cutting(e, a[1], text)),
            None => Value::Null,
        })
    }),
    computes("split", 2, |e, a| {
        let regex = compiled(e, a[0])?;
        let string = e.expect_string(a[1])?;
        let text = string.text;
        let by = cutting(e, a[1], text);
        let mut parts = Vec::new();
        let mut rest = 0;
        regex.for_each_match(text, |range, groups| {
            // What lies between the matches loses its context in Nix too.
            parts.push(e.given(e.string_in(&text[rest..range.start], &[]), by));
            parts.push(group_list(e, text, groups, by));
            rest = range.end;
        });
        if parts.is_empty() {
            let whole = if e.tracing { a[1] } else { Value::String(string) };
            return Ok(e.list(&[whole]));
        }
        parts.push(e.given(e.string_in(&text[rest..], &[]), by));
        Ok(e.list(&parts))
    }),
];

fn compiled<'a>(evaluator: &Evaluator<'a>, pattern: Value<'a>) -> Result<Rc<Regex>> {
    let pattern = evaluator.expect_plain_string(pattern)?;
    if let Some(regex) = evaluator.regexes.borrow().get(pattern) {
        return Ok(Rc::clone(regex));
    }
    let regex = Rc::new(Regex::new(pattern).map_err(|error| Failure::other(error.message(pattern)))?);
    evaluator.regexes.borrow_mut().insert(pattern, Rc::clone(&regex));
    Ok(regex)
}

/// What tells of parts of a string where they come from.
fn cutting<'a>(evaluator: &Evaluator<'a>, whole: Value<'a>, text: &'a [u8]) -> Option<&'a Expr<'a>> {
    evaluator.giving(|| Given::Parts { text, origin: evaluator.origin_known(whole) })
}

fn group_list<'a>(
    evaluator: &Evaluator<'a>,
    text: &'a [u8],
    groups: &[Group],
    by: Option<&'a Expr<'a>>,
) -> Value<'a> {
    let groups = groups.iter().map(|group| match group {
        Some(range) => evaluator.given(evaluator.string_in(&text[range.clone()], &[]), by),
        None => Value::Null,
    });
    let groups: Vec<_> = groups.collect();
    evaluator.list(&groups)
}
