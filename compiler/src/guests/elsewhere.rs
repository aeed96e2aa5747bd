//! Values that stand elsewhere and are right there: what is to change is the place where they are used for something else.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, Span};
use launchnix_evaluator::Value;
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};

use super::kinds;
use super::message::{list_entry, shown};
use super::place::Placer;
use super::spelling::{is_of_integers, of_list};

/// Types that a value is of for good, unlike those that take anything.
const CERTAIN: &[&str] =
    &["bool", "enum", "int", "listOf", "nonEmptyStr", "package", "path", "singleLineStr", "str", "string"];
/// How names of types begin that are such.
const CERTAIN_STARTS: &[&str] =
    &["intBetween", "positiveInt", "separatedString", "signedInt", "strMatching", "unsignedInt"];

/// Where a value is used that is right at its own place.
pub(super) struct Misuse {
    used: Span,
    /// Why it is right there.
    reason: String,
    /// What to write instead of its name.
    instead: Option<String>,
}

impl<'a> Placer<'_, '_, 'a, '_> {
    /// Where the value of an option at a place is used, if it is right to stand there as it does: for another option
    /// takes it, or it goes by a name that is used for more than this.
    pub(super) fn misuse(
        &mut self,
        path: &[String],
        definition: Value<'a>,
        wanted: &str,
        place: Span,
    ) -> Option<Misuse> {
        let content = self.content(definition);
        let alone = self.used(content, place);
        let used = alone.or_else(|| {
            let whole = self.used(definition, place)?;
            self.argument(whole)
        })?;
        let name = self.slice(used).to_owned();
        if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '.')) {
            return None;
        }
        let value = self.scene.evaluator.force(content).ok()?;
        let is_string = matches!(value, Value::String(_));
        let is_number = matches!(value, Value::Int(_));
        let fits_list = of_list(wanted)
            .is_some_and(|of_what| is_of_integers(of_what) == is_number && (is_number || is_string));
        let is_shared = || {
            let text = self.report.text(used);
            let is_bound = self.is_bound_to(&name, place) && !is_argument(text, used, &name);
            fits_list && is_bound && uses(text, &name) > 1
        };
        let reason = if name.contains('.') && self.report.before(place).trim_end().ends_with("default =") {
            "it is the default of an option, which takes it as it is".to_owned()
        } else if used.source == place.source && is_shared() {
            format!("`{name}` is used for something else as well")
        } else {
            format!("`{}` takes it as it is", shown(&self.other_option(path, place)?))
        };
        let instead = if fits_list {
            Some(format!("[ {name} ]"))
        } else if is_number && wanted.trim_start_matches("null or ").starts_with("string") {
            let call = format!("toString {name}");
            let is_part = alone.is_none() || path.last().is_some_and(|last| list_entry(last).is_some());
            Some(if is_part { format!("({call})") } else { call })
        } else {
            None
        };
        Some(Misuse { used, reason, instead })
    }

    /// What gives a value that stands elsewhere.
    fn used(&mut self, value: Value<'a>, place: Span) -> Option<Span> {
        let written = self.scene.evaluator.written(value)?;
        self.users(written).filter(|used| !used.contains(place))
    }

    /// The last argument of a call.
    fn argument(&self, call: Span) -> Option<Span> {
        let parsed = parse_plainly(self.slice(call));
        let tree = parsed.root().nodes().next()?.without_parens();
        let argument =
            tree.nodes().last().filter(|_| tree.kind() == SyntaxKind::NODE_APPLY)?.without_parens();
        Some(Span::new(call.source, call.start + argument.start(), call.start + argument.end()))
    }

    /// Whether a name is bound to what stands at a place: an argument may be given something else elsewhere.
    fn is_bound_to(&self, name: &str, place: Span) -> bool {
        let before = self.report.before(place).trim_end().strip_suffix('=').map(str::trim_end);
        let rest = before.and_then(|before| before.strip_suffix(name));
        rest.is_some_and(|rest| rest.ends_with(char::is_whitespace))
    }

    /// The option other than this one that is set to what stands at a place, and takes nothing of another type.
    fn other_option(&mut self, path: &[String], place: Span) -> Option<Vec<String>> {
        let (modules, options) = (self.modules?, self.options?);
        let e = self.scene.evaluator;
        let mut found = None;
        modules.walk(&mut |other, value| {
            let written = e.written(value).or_else(|| e.origin(value).map(|origin| origin.span));
            if other != path && written.and_then(|span| self.users(span)) == Some(place) {
                found = Some(other.to_vec());
            }
            found.is_none()
        });
        let other = found?;
        let kind = kinds::name(e, options, &other)?;
        let is_certain =
            CERTAIN.contains(&kind.as_str()) || CERTAIN_STARTS.iter().any(|start| kind.starts_with(start));
        is_certain.then_some(other)
    }
}

impl Misuse {
    /// A diagnostic on a value, placed where that is used.
    pub(super) fn place(self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(place) = diagnostic.primary.replace(self.used) {
            diagnostic = diagnostic.with_label(place, self.reason);
        }
        diagnostic.fix = self.instead.map(|replacement| Fix {
            span: self.used,
            replacement,
            applicability: Applicability::Unsafe,
        });
        diagnostic
    }
}

/// Whether a variable that is used somewhere is an argument of a function around it.
fn is_argument(text: &str, used: Span, name: &str) -> bool {
    let names = |pattern: Tree<'_>| {
        let mut rest = vec![pattern];
        while let Some(tree) = rest.pop() {
            if tree.text() == name {
                return true;
            }
            rest.extend(tree.nodes());
        }
        false
    };
    let parsed = parse_plainly(text);
    let mut tree = Some(parsed.root());
    while let Some(inner) = tree {
        if inner.kind() == SyntaxKind::NODE_LAMBDA && inner.nodes().next().is_some_and(names) {
            return true;
        }
        tree = inner.nodes().find(|node| node.start() <= used.start && used.end <= node.end());
    }
    false
}

/// How often a variable is used in a text.
fn uses(text: &str, name: &str) -> usize {
    let parsed = parse_plainly(text);
    let (mut rest, mut count) = (vec![parsed.root()], 0);
    while let Some(tree) = rest.pop() {
        match tree.kind() {
            SyntaxKind::NODE_IDENT => count += usize::from(tree.text() == name),
            SyntaxKind::NODE_IDENT_PARAM => {}
            // The names of a path are no variables.
            SyntaxKind::NODE_ATTRPATH => {
                rest.extend(tree.nodes().filter(|part| part.kind() != SyntaxKind::NODE_IDENT));
            }
            _ => rest.extend(tree.nodes()),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_counted_and_no_other_names() {
        for (text, expected) in [
            ("let a = 1; in { a = a; b.a = \"${a}\"; }", 2),
            ("let a = 1; in { inherit b; c = x.a; }", 0),
            ("a: a + a", 2),
        ] {
            assert_eq!(uses(text, "a"), expected, "{text}");
        }
    }
}
