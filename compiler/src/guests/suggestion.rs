//! "Did you mean": the option that exists and is nearest to one that does not.

use launchnix_evaluator::{Attrs, Evaluator, Value};

/// How deep options are looked for that have the same last name.
const DEPTH: usize = 3;

/// The nearest option's whole name, if any is near enough to be meant.
pub(super) fn nearest<'a>(
    evaluator: &Evaluator<'a>,
    options: Value<'a>,
    path: &[String],
) -> Option<Vec<String>> {
    let (last, parents) = path.split_last()?;
    let root = attrs(evaluator, options)?;
    let level = descend(evaluator, root, parents);
    if let Some(level) = level {
        let names = evaluator.sorted(level);
        let names = names.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned());
        if let Some(name) = closest(last, names) {
            return Some(parents.iter().cloned().chain([name]).collect());
        }
    }
    // A name in the wrong place: `hostName` for `networking.hostName`.
    let mut found = Vec::new();
    search(evaluator, root, last, &mut Vec::new(), &mut found);
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The attribute of a set whose name is nearest to one.
pub(super) fn among<'a>(evaluator: &Evaluator<'a>, set: Value<'a>, name: &str) -> Option<String> {
    let names = evaluator.sorted(attrs(evaluator, set)?);
    closest(name, names.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()))
}

fn attrs<'a>(evaluator: &Evaluator<'a>, value: Value<'a>) -> Option<&'a Attrs<'a>> {
    match evaluator.force(value) {
        Ok(Value::Attrs(attrs)) => Some(attrs),
        _ => None,
    }
}

fn is_option<'a>(evaluator: &Evaluator<'a>, attrs: &'a Attrs<'a>) -> bool {
    let tag = attrs.get(evaluator.intern("_type"));
    tag.and_then(|tag| evaluator.expect_string(tag.value).ok()).is_some_and(|tag| tag.text == b"option")
}

/// The options below a name; those of submodules too.
fn descend<'a>(evaluator: &Evaluator<'a>, root: &'a Attrs<'a>, path: &[String]) -> Option<&'a Attrs<'a>> {
    let mut level = root;
    let mut rest = path;
    while let Some((name, below)) = rest.split_first() {
        match level.get(evaluator.intern(name)) {
            Some(attr) => level = attrs(evaluator, attr.value)?,
            None => return None,
        }
        rest = below;
        while is_option(evaluator, level) {
            let kind = attrs(evaluator, level.get(evaluator.intern("type"))?.value)?;
            let function = evaluator.force(kind.get(evaluator.intern("getSubOptions"))?.value).ok()?;
            level = attrs(evaluator, evaluator.call(function, evaluator.list(&[])).ok()?)?;
            // The next name is that of an instance unless it is one of the options.
            if let Some((next, after)) = rest.split_first()
                && level.get(evaluator.intern(next)).is_none()
            {
                rest = after;
            }
        }
    }
    Some(level)
}

/// The candidate that is nearest to a name, if any is near enough.
pub(super) fn closest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    let lower = name.to_lowercase();
    candidates
        .filter(|candidate| !candidate.starts_with('_'))
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

fn search<'a>(
    evaluator: &Evaluator<'a>,
    level: &'a Attrs<'a>,
    wanted: &str,
    path: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    // Three are as useless as thirty.
    if path.len() >= DEPTH || found.len() > 2 {
        return;
    }
    for (name, attr) in evaluator.sorted(level) {
        let name = String::from_utf8_lossy(name).into_owned();
        if name.starts_with('_') {
            continue;
        }
        let Some(inner) = attrs(evaluator, attr.value) else { continue };
        let is_wanted = name == wanted;
        path.push(name);
        if is_wanted && path.len() > 1 {
            found.push(path.clone());
        }
        if !is_option(evaluator, inner) {
            search(evaluator, inner, wanted, path, found);
        }
        path.pop();
    }
}
