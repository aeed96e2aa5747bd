//! Diagnostics of how the user's modules are built: of what they are, of what stands in them, and of the properties that
//! definitions are given.

use std::path::Path;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
use launchnix_evaluator::Value;
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};
use launchnix_schema::with_ellipsis;

use super::calls::Torn;
use super::definitions::{Definition, STRUCTURE};
use super::mistakes::{Mistake, same_files};
use super::modules::{Modules, Problem, ProblemKind};
use super::place::Placer;
use super::properties::Property;
use super::suggestion;

/// Strings that are meant for true and false.
const ANSWERS: &[&str] = &["true", "false", "yes", "no", "on", "off", "enabled", "disabled"];
/// The longest text of a function that is shown as part of a call.
const MAX_SHOWN: usize = 40;

impl<'a> Placer<'_, '_, 'a, '_> {
    /// Something about how modules are built.
    pub(super) fn structure(&mut self, mistake: &Mistake, module: &str, kind: &ProblemKind) -> Diagnostic {
        let modules = self.modules;
        let problem = modules.and_then(|modules| {
            modules.problems.iter().find(|problem| problem.module == module && problem.kind == *kind)
        });
        let place = problem.and_then(|problem| self.place_of_problem(problem));
        let place = place.unwrap_or_else(|| self.whole());
        let code = match kind {
            ProblemKind::Misnamed(..) => Code::UnknownGuestOption,
            _ => Code::GuestModule,
        };
        let diagnostic = Diagnostic::new(code, place, mistake.text.clone());
        if let Some(problem) = problem.filter(|problem| problem.arguments > 0) {
            let torn = Torn { arguments: problem.arguments, result: None };
            return self.with_parentheses(diagnostic, place, &torn);
        }
        match kind {
            ProblemKind::ImportsNoList(_) => diagnostic.with_help("write `imports = [ … ];`"),
            ProblemKind::StringForPath(text) if !text.contains(char::is_whitespace) => {
                let path = text.trim_start_matches("./");
                diagnostic.with_help(format!("write `./{path}`, without quotes"))
            }
            ProblemKind::OtherValue(what)
                if what.starts_with("a list")
                    && module.contains('/')
                    && problem.is_some_and(|problem| problem.file.is_none()) =>
            {
                diagnostic.with_help("leave out the inner brackets")
            }
            ProblemKind::NoSet(what, _) => match what.as_str() {
                what if what.starts_with("a list") => {
                    diagnostic.with_help("leave out the brackets, or write `lib.mkMerge [ … ]`")
                }
                what if what.starts_with("a function") || what.starts_with("a path") => {
                    diagnostic.with_help("modules belong into `imports = [ … ];` at the top of a module")
                }
                _ => diagnostic,
            },
            ProblemKind::OtherValue(what) if what.contains("'import'") => diagnostic.with_help(
                "the entries of a list are apart: write the path alone, or `(import ./….nix)` in parentheses",
            ),
            ProblemKind::Closed => with_ellipsis(diagnostic, place, self.slice(place)),
            ProblemKind::Uncalled(needed) => diagnostic.with_help(self.call(place, needed)),
            ProblemKind::Stray(attribute) => {
                let meant = suggestion::closest(attribute, STRUCTURE.iter().map(|&known| known.to_owned()));
                diagnostic.labelled("this is no part of a module").with_help(match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("write `config.{attribute}`, or move it into the set `config`"),
                })
            }
            ProblemKind::Misnamed(attribute, meant) => {
                let diagnostic = diagnostic.with_help(format!("did you mean `{meant}`?"));
                if self.slice(place) != attribute {
                    return diagnostic;
                }
                diagnostic.with_fix(Fix {
                    span: place,
                    replacement: (*meant).to_owned(),
                    applicability: Applicability::Unsafe,
                })
            }
            ProblemKind::NoDeclaration(_) => {
                diagnostic.with_help("write `lib.mkOption { type = lib.types.…; }`")
            }
            ProblemKind::NoType(_, what) => diagnostic.with_help(match what.as_str() {
                "a function" => "it takes the type of what it holds: `lib.types.listOf lib.types.str`",
                _ => "write `lib.types.str`, `lib.types.int`, `lib.types.bool` or another of them",
            }),
            ProblemKind::Circle(files) => {
                let diagnostic = diagnostic
                    .with_help("leave one of the imports out: a module counts once, wherever it is imported");
                self.report.circles.entry(same_files(files)).or_insert(diagnostic).clone()
            }
            _ => diagnostic,
        }
    }

    fn place_of_problem(&mut self, problem: &Problem<'a>) -> Option<Span> {
        let written = self.scene.evaluator.written(problem.at.value);
        match problem.kind {
            ProblemKind::Closed => {
                let arguments = self.scene.evaluator.closed_arguments(problem.at.value)?;
                self.users(arguments)
            }
            ProblemKind::Stray(_) | ProblemKind::Misnamed(..) => self.key(problem.at),
            ProblemKind::Circle(_)
            | ProblemKind::Uncalled(_)
            | ProblemKind::NoType(..)
            | ProblemKind::NoDeclaration(_) => {
                let written = written.and_then(|span| self.users(span));
                written.or_else(|| self.value(problem.at)).or_else(|| self.key(problem.at))
            }
            _ => {
                let value = self.value(Definition { key: None, ..problem.at });
                let place = value.or_else(|| written.and_then(|span| self.users(span)));
                let file = place.or_else(|| problem.file.as_ref().and_then(|file| self.file(file)));
                file.or_else(|| self.key(problem.at))
            }
        }
    }

    /// How to call the function at a place.
    fn call(&self, place: Span, needed: &[String]) -> String {
        let written = self.slice(place);
        let is_short = written.len() <= MAX_SHOWN && !written.contains(char::is_whitespace);
        let function = match written.chars().next() {
            Some('.' | '/' | '~' | '<') if is_short => format!("import {written}"),
            Some(first) if is_short && first.is_alphabetic() => written.to_owned(),
            _ => return "call it with the arguments that it takes first, in parentheses".to_owned(),
        };
        match needed {
            [] => format!("call it: `({function} …)`"),
            names => format!("call it: `({function} {{ {} = …; }})`", names.join(" = …; ")),
        }
    }

    /// What a file of the user holds.
    fn file(&mut self, file: &Path) -> Option<Span> {
        let map = self.scene.evaluator.source_map();
        let (source, text) = map
            .iter()
            .find(|(_, known)| Path::new(known.name()) == file)
            .map(|(source, known)| (source, known.text().to_owned()))?;
        let start = text.len() - text.trim_start().len();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.users(Span::new(source, offset(start), offset(text.trim_end().len().max(start))))
    }

    /// Properties of a definition that are none.
    pub(super) fn properties(&mut self, path: &[String], property: Property) -> Vec<Diagnostic> {
        let modules = self.modules;
        let look = || modules.map(Modules::strange).unwrap_or_default();
        let strange = self.strange.get_or_init(look).iter();
        let meant = strange.filter(|one| one.path == path && one.property == property);
        let meant: Vec<_> = meant.map(|one| (one.value, one.whole)).collect();
        meant.into_iter().map(|(value, whole)| self.strange(value, whole, property)).collect()
    }

    fn strange(&mut self, value: Value<'a>, whole: Value<'a>, property: Property) -> Diagnostic {
        let e = self.scene.evaluator;
        let place = self.value(Definition { key: None, value });
        let used = e.written(value).and_then(|span| self.users(span));
        let whole = e.written(whole).and_then(|span| self.users(span));
        let given = whole.map(|whole| self.given(whole, property.function()).unwrap_or(whole));
        let written = used.or(place);
        // What stands elsewhere is not to be made a condition, unless it was meant for one.
        let is_answer = e.expect_string(value).is_ok_and(|text| ANSWERS.contains(&&*text.lossy()));
        let elsewhere = match (written, given) {
            (Some(written), Some(given)) if property == Property::Condition && !is_answer => {
                (!given.contains(written)).then_some(written)
            }
            _ => None,
        };
        let place = written.filter(|_| elsewhere.is_none()).or(given).unwrap_or_else(|| self.whole());
        let what = e.force(value).map(|value| value.describe()).unwrap_or_default();
        let (message, help) = match property {
            Property::Condition => {
                (format!("the condition of `lib.mkIf` is {what}, but must be true or false"), "")
            }
            Property::Contents => (
                format!("`lib.mkMerge` is given {what}, but takes a list of definitions"),
                "write `lib.mkMerge [ … ]`",
            ),
            Property::Priority => (
                format!("the priority that `lib.mkOverride` is given is {what}, but must be an integer"),
                "the lower, the more it counts: `lib.mkForce` stands for 50, `lib.mkDefault` for 1000",
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::GuestModule, place, message);
        if let Some(elsewhere) = elsewhere {
            diagnostic = diagnostic.with_label(elsewhere, "the value comes from here");
        }
        if help.is_empty() { diagnostic } else { diagnostic.with_help(help) }
    }

    /// The first argument of the call of a function in an expression.
    fn given(&self, whole: Span, function: &str) -> Option<Span> {
        let text = self.slice(whole);
        let parsed = parse_plainly(text);
        let argument = argument_of(parsed.root(), function)?;
        Some(Span::new(whole.source, whole.start + argument.start(), whole.start + argument.end()))
    }
}

/// The first argument of the outermost call of a function.
fn argument_of<'t>(tree: Tree<'t>, function: &str) -> Option<Tree<'t>> {
    if tree.kind() == SyntaxKind::NODE_APPLY {
        let mut nodes = tree.nodes();
        if let (Some(called), Some(argument)) = (nodes.next(), nodes.next())
            && called.text().ends_with(function)
        {
            return Some(argument.without_parens());
        }
    }
    tree.nodes().find_map(|inner| argument_of(inner, function))
}
