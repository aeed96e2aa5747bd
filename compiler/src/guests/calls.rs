//! Calls that are entries of lists and lack their parentheses: there the function is one entry, and so is each of its
//! arguments.

use launchnix_diagnostics::{Applicability, Diagnostic, Fix, Span};
use launchnix_evaluator::Value;
use launchnix_evaluator::syntax::{SyntaxKind, parse};

use super::definitions::Definition;
use super::mend::entry_name;
use super::message::{Message, list_entry, option_path};
use super::mistakes::{Mistakes, Round};
use super::modules::Modules;
use super::place::Placer;

/// A call that was written as entries of a list.
pub(super) struct Torn<'a> {
    /// How many entries behind the function are its arguments.
    pub(super) arguments: usize,
    /// What the call gives, if that can be told.
    pub(super) result: Option<Value<'a>>,
}

impl<'a> Modules<'_, 'a> {
    /// The call of a list's first entry with what is behind it; none where that is no function, or nothing is behind it.
    /// What is asked of a function tells whether it is what the call is to give.
    fn torn(&self, entries: &[Value<'a>], is_result: &dyn Fn(Value<'a>) -> bool) -> Option<Torn<'a>> {
        let (&function, behind) = entries.split_first()?;
        let mut result = self.evaluator.force(function).ok()?;
        let mut arguments = 0;
        for &argument in behind {
            if !result.is_function() || arguments > 0 && is_result(result) {
                break;
            }
            arguments += 1;
            match self.evaluator.call(result, argument).and_then(|value| self.evaluator.force(value)) {
                Ok(value) => result = value,
                Err(_) => return Some(Torn { arguments, result: None }),
            }
        }
        (arguments > 0).then_some(Torn { arguments, result: Some(result) })
    }

    /// How many entries of imports behind a function are what it should be called with to give a module.
    pub(super) fn module_arguments(&self, entries: &[Value<'a>]) -> usize {
        let e = self.evaluator;
        let takes_apart = |value: Value<'a>| e.plain_function(value).is_none();
        let is_path = |value: &Value<'a>| matches!(e.force(*value), Ok(Value::Path(_)));
        match self.torn(entries, &takes_apart) {
            // A file counts as a module with and without `import`, unless what it holds has to be called.
            Some(Torn { arguments: 1, result: Some(result) }) if entries.get(1).is_some_and(is_path) => {
                let is_set = |value: &Value<'a>| matches!(e.force(*value), Ok(Value::Attrs(_)));
                let called = self.submodule(result);
                let needs_more = result.is_function() && called.is_some_and(|value| value.is_function());
                if needs_more && entries.get(2).is_some_and(is_set) { 2 } else { 0 }
            }
            torn => torn.map_or(0, |torn| torn.arguments),
        }
    }

    /// The call that an entry of an option's list lacks its parentheses for.
    pub(super) fn torn_entry(&self, path: &[String]) -> Option<Torn<'a>> {
        let (last, list) = path.split_last()?;
        let entry = list_entry(last)?;
        let (definitions, done) = self.at(list);
        let lists = definitions.into_iter().filter(|_| done == list.len());
        let lists = lists.flat_map(|Definition { value, .. }| self.parts(value));
        lists
            .filter_map(|list| self.evaluator.expect_list(list).ok()?.get(entry..))
            .find_map(|entries| self.torn(entries, &|_| false))
    }
}

impl<'a, 's> Mistakes<'_, 's, 'a, '_> {
    /// What is wrong with entries that are only the arguments of one before them is no mistake of its own.
    pub(super) fn join_torn(&mut self, round: &Round<'_, 's, 'a>) {
        let mut arguments = Vec::new();
        for mistake in &self.found[round.start..] {
            let Message::WrongType { option, .. } = &mistake.message else { continue };
            arguments.extend(arguments_of(round.modules, &option_path(option)));
        }
        let mut index = 0;
        let start = round.start;
        self.found.retain(|known| {
            index += 1;
            let Message::WrongType { option, .. } = &known.message else { return true };
            index <= start || !arguments.contains(&option_path(option))
        });
        for argument in arguments {
            self.mend.leave_out(argument);
        }
    }
}

/// The entries that are arguments of one before them.
fn arguments_of(modules: &Modules<'_, '_>, path: &[String]) -> Vec<Vec<String>> {
    let Some(path) = modules.resolved(path) else { return Vec::new() };
    let (Some(torn), Some((last, list))) = (modules.torn_entry(&path), path.split_last()) else {
        return Vec::new();
    };
    let entry = list_entry(last).unwrap_or_default();
    let named = |behind: usize| list.iter().cloned().chain([entry_name(entry + behind)]).collect();
    (1..=torn.arguments).map(named).collect()
}

impl<'a> Placer<'_, '_, 'a, '_> {
    /// What to write for a function in a list and so many arguments behind it.
    pub(super) fn with_parentheses(
        &self,
        diagnostic: Diagnostic,
        function: Span,
        torn: &Torn<'a>,
    ) -> Diagnostic {
        let diagnostic =
            diagnostic.labelled("this function is an entry of its own, and so is what it is given");
        let text = self.report.text(function);
        let Some(call) = entries_from(text, function, torn.arguments) else { return diagnostic };
        let written = self.slice(call).to_owned();
        let is_short = !written.contains('\n');
        match torn.result {
            Some(Value::List(_)) if is_short => diagnostic.with_help(format!(
                "it gives a list: leave it out here, and write `++ {written}` behind this one"
            )),
            Some(Value::List(_)) => diagnostic.with_help("it gives a list: join it with this one by `++`"),
            _ if is_short => diagnostic.with_help(format!("write `({written})`")).with_fix(Fix {
                span: call,
                replacement: format!("({written})"),
                applicability: Applicability::Unsafe,
            }),
            _ => diagnostic.with_help("put the call in parentheses"),
        }
    }
}

/// The place of an entry of a list and of so many behind it.
fn entries_from(text: &str, entry: Span, behind: usize) -> Option<Span> {
    let parsed = parse(text);
    let holds = |start: u32, end: u32| start <= entry.start && entry.end <= end;
    let mut tree = parsed.root();
    let mut list = None;
    while let Some(inner) = tree.nodes().find(|inner| holds(inner.start(), inner.end())) {
        if tree.kind() == SyntaxKind::NODE_LIST {
            list = Some(tree);
        }
        tree = inner;
    }
    let entries: Vec<_> = list?.nodes().collect();
    let first = entries.iter().position(|one| holds(one.start(), one.end()))?;
    let last = entries.get(first + behind)?;
    Some(Span::new(entry.source, entries[first].start(), last.end()))
}
