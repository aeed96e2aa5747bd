//! What was meant by a value of another type, and how that is written.

use launchnix_diagnostics::{Applicability, Fix, Span};
use launchnix_evaluator::Value;

use super::place::Placer;
use super::suggestion;

impl<'a> Placer<'_, '_, 'a, '_> {
    /// What was meant by a string: what should stand there without quotes, or one of the strings that the option takes.
    pub(super) fn other_spelling(&self, value: Value<'a>, wanted: &str, place: Span) -> Option<Fix> {
        let written = self.report.slice(place);
        if let Some(replacement) = of_number(written, wanted) {
            return Some(Fix { span: place, replacement, applicability: Applicability::Unsafe });
        }
        if let ("0" | "1", true) = (written, is_boolean(wanted)) {
            let replacement = if written == "1" { "true" } else { "false" }.to_owned();
            return Some(Fix { span: place, replacement, applicability: Applicability::Unsafe });
        }
        if let Some(replacement) = self.package_meant(value, written, wanted) {
            return Some(Fix { span: place, replacement, applicability: Applicability::Unsafe });
        }
        let string = self.scene.evaluator.expect_string(value).ok()?.lossy().into_owned();
        if !written.starts_with('"') {
            return None;
        }
        if let Some(replacement) = in_brackets(&string, written, wanted) {
            return Some(Fix { span: place, replacement, applicability: Applicability::Unsafe });
        }
        let lower = wanted.to_lowercase();
        let is_single = !lower.contains("list of") && !lower.contains("attribute set");
        let replacement = match string.as_str() {
            "true" | "yes" | "on" if is_single && lower.contains("boolean") => "true".to_owned(),
            "false" | "no" | "off" if is_single && lower.contains("boolean") => "false".to_owned(),
            number if is_single && lower.contains("integer") && number.parse::<i64>().is_ok() => {
                number.parse::<i64>().ok()?.to_string()
            }
            other => {
                let (_, choices) = wanted.split_once("one of ").filter(|_| is_single)?;
                let choices = choices.split('"').skip(1).step_by(2).map(str::to_owned);
                format!("\"{}\"", suggestion::closest(other, choices)?)
            }
        };
        Some(Fix { span: place, replacement, applicability: Applicability::Unsafe })
    }

    /// The package that was meant by its name in quotes; or the list of it, by one that stands alone.
    fn package_meant(&self, value: Value<'a>, written: &str, wanted: &str) -> Option<String> {
        let e = self.scene.evaluator;
        if written.contains('\n') {
            return None;
        }
        if let Value::Attrs(attrs) = e.force(value).ok()? {
            let is_package = attrs.get(e.intern("drvPath")).is_some();
            let is_alone =
                is_package && of_list(wanted).is_some_and(|of_what| of_what.starts_with("package"));
            let is_call = written.contains(' ') && !written.starts_with('(');
            return is_alone
                .then(|| if is_call { format!("[ ({written}) ]") } else { format!("[ {written} ]") });
        }
        let name = written.strip_prefix('"')?.strip_suffix('"')?;
        let is_wanted = wanted.trim_start_matches("null or ").trim_start_matches('(').starts_with("package");
        let packages = e.expect_attrs(self.packages?).ok().filter(|_| is_wanted)?;
        packages.get(e.intern(name))?;
        Some(format!("pkgs.{name}"))
    }
}

pub(super) fn is_boolean(wanted: &str) -> bool {
    matches!(wanted.to_lowercase().as_str(), "boolean" | "null or boolean")
}

/// What a list is wanted of.
pub(super) fn of_list(wanted: &str) -> Option<&str> {
    let (start, of_what) = wanted.split_once("list of ")?;
    matches!(start, "" | "null or (" | "non-empty (").then_some(of_what)
}

pub(super) fn is_of_integers(wanted: &str) -> bool {
    ["integer", "int", "port"].iter().any(|words| wanted.contains(words))
}

/// What was meant by a number: a string of it, or a list of just this.
fn of_number(written: &str, wanted: &str) -> Option<String> {
    written.parse::<f64>().ok().filter(|_| written.starts_with(|c: char| c.is_ascii_digit()))?;
    match of_list(wanted) {
        Some(of_what) if is_of_integers(of_what) => Some(format!("[ {written} ]")),
        Some(_) => None,
        None => {
            let single = wanted.trim_start_matches("null or ").trim_start_matches('(');
            (single.starts_with("string") && !wanted.contains("list of")).then(|| format!("\"{written}\""))
        }
    }
}

/// The list that was meant by a string where one is wanted, if that is plain: of just this, or of the numbers in it.
fn in_brackets(string: &str, written: &str, wanted: &str) -> Option<String> {
    let of_what = of_list(wanted)?;
    if is_of_integers(of_what) {
        let numbers: Option<Vec<_>> = string
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<u64>().ok())
            .collect();
        let numbers: Vec<_> = numbers?.iter().map(u64::to_string).collect();
        return (!numbers.is_empty()).then(|| format!("[ {} ]", numbers.join(" ")));
    }
    let is_of_strings = ["str", "(str", "(optionally", "one of \"", "(one of \"", "path"]
        .iter()
        .any(|start| of_what.starts_with(start));
    // Several in one string are not made several here.
    let is_one = !string.contains([',', '\n']) && (!string.contains(' ') || string.starts_with("ssh-"));
    (is_of_strings && is_one && !written.contains('\n')).then(|| format!("[ {written} ]"))
}
