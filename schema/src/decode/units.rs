//! Sizes under names that say their unit, such as `ramGB`, and sizes under the name of what they are the size of.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, Span};

use super::from_string::integer_from;
use super::synonyms::SYNONYMS;
use super::{same_but_form, wrong_type::is_constant};
use crate::option::OptionInfo;
use crate::{Node, Shape};

/// An option whose size in MiB is known.
pub(super) struct Sized {
    pub(super) option: &'static str,
    /// `None` where the value does not tell.
    mebibytes: Option<u64>,
}

/// What units are called, and how many MiB each is.
const UNITS: &[(&str, u64)] = &[
    ("mebibytes", 1),
    ("megabytes", 1),
    ("gibibytes", 1024),
    ("gigabytes", 1024),
    ("mib", 1),
    ("gib", 1024),
    ("tib", 1 << 20),
    ("mb", 1),
    ("gb", 1024),
    ("tb", 1 << 20),
    ("m", 1),
    ("g", 1024),
];

/// Words for what a size can be of, besides the options' own names.
const DISKS: &[&str] = &["disk", "hdd", "storage", "rootDisk", "bootDisk"];

/// The size that an attribute with a unit in its name is.
pub(super) fn in_name<N: Node>(name: &str, value: &N, options: &'static [OptionInfo]) -> Option<Sized> {
    let (word, unit) = UNITS.iter().find_map(|(unit, mebibytes)| {
        let at = name.len().checked_sub(unit.len()).filter(|at| name.is_char_boundary(*at))?;
        let (word, end) = name.split_at(at);
        // One letter is a unit only where it stands out.
        let stands_out = unit.len() > 1 || end.chars().all(char::is_uppercase) || word.ends_with(['_', '-']);
        (end.eq_ignore_ascii_case(unit) && stands_out)
            .then(|| (word.trim_end_matches(['_', '-']), *mebibytes))
    })?;
    let option = sized(word, options)?;
    let mebibytes = match value.shape().ok()? {
        Shape::Int(number) => u64::try_from(number).ok().and_then(|number| number.checked_mul(unit)),
        Shape::Float(number) => mebibytes_of(&format!("{number}"), unit),
        Shape::String(text) => mebibytes_of(&text.value, unit),
        _ => None,
    };
    Some(Sized { option, mebibytes: mebibytes.filter(|size| *size > 0) })
}

/// The size of a disk, under the name of the disk: `disk = "20G"`.
pub(super) fn of_disk<N: Node>(name: &str, value: &N, options: &'static [OptionInfo]) -> Option<Sized> {
    let is_disk = DISKS.iter().any(|word| same_but_form(word, name));
    let option = sized(name, options).filter(|_| is_disk)?;
    let mebibytes = match value.shape().ok()? {
        // So few MiB are GiB, or nobody knows what.
        Shape::Int(number) => u64::try_from(number).ok().filter(|number| *number >= 1024),
        Shape::String(text) => Some(integer_from(&text.value, Some("MiB"))?.0),
        _ => return None,
    };
    Some(Sized { option, mebibytes })
}

/// A size with its unit, or in quotes, under another word for the option: `memory = "4 GiB"`.
pub(super) fn of_word<N: Node>(option: &'static OptionInfo, value: &N) -> Option<Sized> {
    let text = value.string().filter(|_| option.unit == Some("MiB"))?;
    Some(Sized { option: option.name, mebibytes: Some(integer_from(&text, Some("MiB"))?.0) })
}

/// The option of this set that has a size and that a word means.
fn sized(word: &str, options: &'static [OptionInfo]) -> Option<&'static str> {
    let here = |name: &str| {
        let found = options.iter().find(|option| same_but_form(option.name, name))?;
        (found.unit == Some("MiB")).then_some(found.name)
    };
    let synonym = || {
        SYNONYMS.iter().filter(|(other, _)| same_but_form(other, word)).find_map(|(_, option)| here(option))
    };
    let disk =
        || DISKS.iter().any(|disk| same_but_form(disk, word)).then(|| here("diskSize").or(here("size")))?;
    here(word).or_else(synonym).or_else(disk)
}

/// So many of a unit; what has a unit of its own keeps it.
fn mebibytes_of(text: &str, unit: u64) -> Option<u64> {
    let text = text.trim();
    if text.ends_with(|last: char| last.is_ascii_digit()) {
        let suffix = if unit == 1 {
            "MiB"
        } else if unit == 1024 {
            "GiB"
        } else {
            "TiB"
        };
        return Some(integer_from(&format!("{text}{suffix}"), Some("MiB"))?.0);
    }
    Some(integer_from(text, Some("MiB"))?.0)
}

impl Sized {
    /// Says what to write instead.
    pub(super) fn explain<N: Node>(&self, diagnostic: Diagnostic, value: &N, is_set: bool) -> Diagnostic {
        let option = self.option;
        let diagnostic = diagnostic.labelled(format!("did you mean `{option}`?"));
        let Some(mebibytes) = self.mebibytes else {
            return diagnostic.with_help(format!("`{option}` is a number of MiB"));
        };
        let diagnostic =
            diagnostic.with_help(format!("`{option}` is in MiB: write `{option} = {mebibytes};`"));
        let is_literal = value
            .written()
            .is_some_and(|written| is_constant(written.trim_matches('"')) || written.starts_with('"'));
        // What has a name of its own may be used elsewhere as it is.
        let is_here = |key: Span| value.span().source == key.source && value.span().start > key.start;
        match diagnostic.primary {
            Some(span) if is_literal && !is_set && is_here(span) && value.route().is_empty() => diagnostic
                .with_fix(Fix { span, replacement: option.to_owned(), applicability: Applicability::Unsafe })
                .with_further_edit(value.span(), mebibytes.to_string()),
            _ => diagnostic,
        }
    }
}
