//! "Did you mean": the option that exists and is nearest to one that does not.

use launchnix_evaluator::{Attrs, Evaluator, Value};

use super::kinds;

/// Directives of systemd's units that people write in lower case, beside the sections that they belong to.
const DIRECTIVES: &[&str] = &[
    "DynamicUser",
    "EnvironmentFile",
    "ExecReload",
    "ExecStart",
    "ExecStartPost",
    "ExecStartPre",
    "ExecStop",
    "Group",
    "ListenStream",
    "OnBootSec",
    "OnCalendar",
    "OnUnitActiveSec",
    "Persistent",
    "PIDFile",
    "Restart",
    "RestartSec",
    "RuntimeDirectory",
    "StateDirectory",
    "TimeoutStartSec",
    "Type",
    "User",
    "WorkingDirectory",
];
/// How directives begin that are of units of every kind.
const OF_UNITS: &[&str] = &["Assert", "Condition", "DefaultDependencies", "JobTimeout", "StartLimit"];
/// What the configuration of nixpkgs holds, of which no option tells.
const OF_NIXPKGS: &[&str] = &[
    "allowBroken",
    "allowInsecure",
    "allowUnfree",
    "allowUnfreePredicate",
    "allowUnsupportedSystem",
    "packageOverrides",
    "permittedInsecurePackages",
];
/// A name of so many bytes may be meant for a longer one that it is a part of.
const MIN_PART: usize = 4;
/// How deep options are looked for that have the same last name.
const DEPTH: usize = 3;

/// The nearest option's whole name, if any is near enough to be meant: one that takes the value, if there is such a one.
pub(super) fn nearest<'a>(
    evaluator: &Evaluator<'a>,
    options: Value<'a>,
    path: &[String],
    value: Option<Value<'a>>,
) -> Option<Vec<String>> {
    let (last, parents) = path.split_last()?;
    let root = attrs(evaluator, options)?;
    let level = descend(evaluator, root, parents);
    if let Some(level) = level {
        let names = evaluator.sorted(level);
        let names: Vec<_> =
            names.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect();
        let beside = |name: String| parents.iter().cloned().chain([name]).collect::<Vec<_>>();
        let takes = |name: &String| {
            let value = value.filter(|value| !evaluator.force(*value).is_ok_and(|value| value.is_function()));
            value.map(|value| kinds::fits(evaluator, options, &beside(name.clone()), value))
        };
        if let Some(same) = names.iter().find(|name| name.eq_ignore_ascii_case(last)) {
            return Some(beside(same.clone()));
        }
        if let Some([section, name]) = directive(last, &names) {
            return Some([beside(section), vec![name]].concat());
        }
        let fitting = names.iter().filter(|name| takes(name) != Some(Some(false))).cloned();
        let longer = |name: &&String| {
            let is_longer = last.len() >= MIN_PART && name.to_lowercase().contains(&last.to_lowercase());
            is_longer && takes(name) == Some(Some(true)) && !is_hidden(evaluator, level, name)
        };
        let longer = || names.iter().find(longer).cloned();
        let meant = closest(last, fitting).or_else(longer).or_else(|| closest(last, names.iter().cloned()));
        if let Some(name) = meant {
            return Some(beside(name));
        }
    }
    let config = ["nixpkgs", "config"].map(str::to_owned);
    let has_config = || descend(evaluator, root, &config[..1])?.get(evaluator.intern(&config[1]));
    if OF_NIXPKGS.contains(&last.as_str()) && parents != config && has_config().is_some() {
        return Some(config.into_iter().chain([last.clone()]).collect());
    }
    // A name in the wrong place: `hostName` for `networking.hostName`.
    let mut found = Vec::new();
    search(evaluator, root, last, &mut Vec::new(), &mut found);
    // What is deep inside of one service is not meant for another.
    let is_deep = level.is_some() && parents.len() > 1;
    found.retain(|other| !is_deep || is_within(path, other) || is_within(other, path));
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => as_instance(evaluator, level?, path, value?),
    }
}

/// The one option beside a name that holds sets by their names, of which this is like one: `users.users.ann` for
/// `users.ann`.
fn as_instance<'a>(
    evaluator: &Evaluator<'a>,
    level: &'a Attrs<'a>,
    path: &[String],
    value: Value<'a>,
) -> Option<Vec<String>> {
    let (last, parents) = path.split_last()?;
    let set = attrs(evaluator, value).filter(|set| set.get(evaluator.intern("_type")).is_none())?;
    let names: Vec<_> = evaluator.sorted(set).into_iter().map(|(_, attr)| attr.name).collect();
    let holds = |name: &String| {
        let option = level.get(evaluator.intern(name)).and_then(|attr| attrs(evaluator, attr.value));
        let of_sets = option.filter(|option| {
            let kind = option.get(evaluator.intern("type")).and_then(|kind| attrs(evaluator, kind.value));
            kind.is_some_and(|kind| kinds::is_set_of(evaluator, kind))
                && kinds::alias_of(evaluator, option).is_none()
        });
        let below = of_sets.and_then(|_| descend(evaluator, level, &[name.clone(), last.clone()]));
        below.is_some_and(|below| names.iter().all(|name| below.get(*name).is_some()))
    };
    let beside = evaluator.sorted(level).into_iter();
    let mut meant = beside.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).filter(holds);
    let (Some(one), None) = (meant.next().filter(|_| !names.is_empty()), meant.next()) else { return None };
    Some(parents.iter().cloned().chain([one, last.clone()]).collect())
}

/// Whether all names of one path are in another one, in this order.
fn is_within(inner: &[String], outer: &[String]) -> bool {
    let mut outer = outer.iter();
    inner.iter().all(|name| outer.any(|other| other == name))
}

/// Whether an option is one that nobody should set any more.
fn is_hidden<'a>(evaluator: &Evaluator<'a>, level: &'a Attrs<'a>, name: &str) -> bool {
    let option = level.get(evaluator.intern(name)).and_then(|attr| attrs(evaluator, attr.value));
    let visible = option.and_then(|option| option.get(evaluator.intern("visible")));
    visible.is_some_and(|visible| evaluator.expect_bool(visible.value).is_ok_and(|visible| !visible))
}

/// The section of a systemd unit that a directive belongs to, and the directive as systemd writes it, where one is written
/// beside the sections.
fn directive(name: &str, beside: &[String]) -> Option<[String; 2]> {
    let mut sections = beside.iter().filter(|name| name.ends_with("Config"));
    let of_unit = sections.clone().find(|section| *section == "unitConfig")?;
    let own = sections.find(|section| *section != "unitConfig");
    let known = DIRECTIVES.iter().find(|known| known.eq_ignore_ascii_case(name));
    let is_directive = name.starts_with(|first: char| first.is_ascii_uppercase());
    let written =
        known.map_or_else(|| is_directive.then(|| name.to_owned()), |known| Some((*known).to_owned()))?;
    let is_of_unit = OF_UNITS.iter().any(|start| written.starts_with(start));
    Some([if is_of_unit { of_unit } else { own.unwrap_or(of_unit) }.clone(), written])
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

/// Whether there are options below a name.
pub(super) fn is_set<'a>(evaluator: &Evaluator<'a>, options: Value<'a>, path: &[String]) -> bool {
    attrs(evaluator, options).and_then(|root| descend(evaluator, root, path)).is_some()
}

/// The candidate that is nearest to a name, if any is near enough.
pub(super) fn closest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    // Edit distance takes time by both lengths, and no option has a name of such length.
    if name.len() > 64 {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_belong_to_sections() {
        let of_service = ["after", "serviceConfig", "unitConfig"].map(str::to_owned);
        for (name, section) in [
            ("ExecStart", Some(["serviceConfig", "ExecStart"])),
            ("MemoryMax", Some(["serviceConfig", "MemoryMax"])),
            ("restart", Some(["serviceConfig", "Restart"])),
            ("ConditionPathExists", Some(["unitConfig", "ConditionPathExists"])),
            ("enabled", None),
        ] {
            let found = directive(name, &of_service);
            assert_eq!(found, section.map(|parts| parts.map(str::to_owned)), "{name}");
        }
        assert_eq!(directive("Restart", &["settings".to_owned()]), None);
    }
}
