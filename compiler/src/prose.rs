//! Text without quotes: each of its words is a variable to Nix, and together they are one mistake.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, SourceMap, Span};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse};
use launchnix_schema::{Kind, manual};

/// Says once what is wrong with the words of a text of which several are bound nowhere.
pub(crate) fn once_for_each_text(mistakes: Vec<Diagnostic>, map: &SourceMap) -> Vec<Diagnostic> {
    /// A file with more of them is no text, but another language.
    const ENOUGH: usize = 200;
    let mut unbound: BTreeMap<SourceId, Vec<Span>> = BTreeMap::new();
    for mistake in mistakes.iter().filter(|mistake| mistake.code == Code::UndefinedVariable) {
        if let Some(span) = mistake.primary {
            unbound.entry(span.source).or_default().push(span);
        }
    }
    let mut texts: Vec<Text> = Vec::new();
    for (source, words) in unbound {
        let parsed = parse(map.get(source).text());
        for word in words.iter().take(ENOUGH) {
            if texts.iter().any(|text| text.whole.contains(*word)) {
                continue;
            }
            if let Some(call) = value_around(parsed.root(), *word) {
                let told = quotes_inside(&call, &words).or_else(|| without_quotes(&call, &words));
                texts.extend(told.map(|told| Text { whole: span_of(call.tree, source), told }));
            } else if let Some(whole) = prose_in_list(parsed.root(), *word, &words, map) {
                texts.push(Text { whole, told: elements_without_quotes(whole, map) });
            }
        }
    }
    let is_part = |mistake: &Diagnostic| {
        mistake.code == Code::UndefinedVariable
            && mistake.primary.is_some_and(|span| texts.iter().any(|text| text.whole.contains(span)))
    };
    let mut kept: Vec<_> = mistakes.into_iter().filter(|mistake| !is_part(mistake)).collect();
    kept.extend(texts.into_iter().map(|text| text.told));
    kept
}

/// A text, and what is said of it.
struct Text {
    whole: Span,
    told: Diagnostic,
}

/// A call that is the whole value of a binding, where a variable is a part of it.
struct Call<'t> {
    /// The last name of what is bound.
    key: &'t str,
    tree: Tree<'t>,
    /// The function and its arguments.
    words: Vec<Tree<'t>>,
}

/// The call around a variable.
fn value_around<'t>(root: Tree<'t>, variable: Span) -> Option<Call<'t>> {
    let holds = |tree: &Tree<'_>| tree.start() <= variable.start && variable.end <= tree.end();
    let mut tree = root;
    let mut found = None;
    while let Some(inner) = tree.nodes().find(holds) {
        if inner.kind() == SyntaxKind::NODE_APPLY && tree.kind() == SyntaxKind::NODE_ATTRPATH_VALUE {
            let path = tree.nodes().next()?;
            found = Some((path.nodes().last()?.text(), inner));
        }
        tree = inner;
    }
    let (key, tree) = found?;
    let mut words = Vec::new();
    let mut function = tree;
    while function.kind() == SyntaxKind::NODE_APPLY {
        let mut parts = function.nodes();
        let (inner, argument) = (parts.next()?, parts.next()?);
        words.push(argument);
        function = inner;
    }
    words.push(function);
    words.reverse();
    let is_word = |word: &Tree<'_>| {
        matches!(
            word.kind(),
            SyntaxKind::NODE_IDENT
                | SyntaxKind::NODE_STRING
                | SyntaxKind::NODE_LITERAL
                | SyntaxKind::NODE_PATH_REL
        )
    };
    words.iter().all(is_word).then_some(Call { key, tree, words })
}

fn span_of(tree: Tree<'_>, source: SourceId) -> Span {
    Span::new(source, tree.start(), tree.end())
}

fn is_unbound(word: Tree<'_>, unbound: &[Span]) -> bool {
    unbound.iter().any(|span| span.start == word.start() && span.end == word.end())
}

/// `''it''s a server''`: the string ends with the quotes in it.
fn quotes_inside(call: &Call<'_>, unbound: &[Span]) -> Option<Diagnostic> {
    let source = unbound.first()?.source;
    let [string, next, ..] = call.words.as_slice() else { return None };
    let is_indented = string.kind() == SyntaxKind::NODE_STRING && string.text().starts_with("''");
    if !is_indented || next.start() != string.end() || !is_unbound(*next, unbound) {
        return None;
    }
    let quotes = |word: &Tree<'_>| Span::new(source, word.end() - 2, word.end());
    let doubled = || "'''".to_owned();
    let span = quotes(string);
    let fix = Fix { span, replacement: doubled(), applicability: Applicability::Unsafe };
    let told = Diagnostic::new(Code::Syntax, span, "this `''` ends the string, whose text goes on")
        .labelled("the string ends here")
        .with_help("two quotes inside of such a string are written `'''`")
        .with_fix(fix);
    // Names may end with quotes as well; those of the last one end the string that was meant.
    let (_, inside) = call.words.split_last()?;
    let quoted = inside[1..].iter().filter(|word| {
        let text = word.text();
        word.kind() == SyntaxKind::NODE_IDENT && text.ends_with("''") && !text.ends_with("'''")
    });
    Some(quoted.fold(told, |told, word| told.with_further_edit(quotes(word), doubled())))
}

/// `my web server`.
fn without_quotes(call: &Call<'_>, unbound: &[Span]) -> Option<Diagnostic> {
    let source = unbound.first()?.source;
    let count = call.words.iter().filter(|word| is_unbound(**word, unbound)).count();
    let first = *call.words.first()?;
    let written = call.tree.text();
    // A function that is bound nowhere and an argument of that kind are no text yet.
    let is_text = call.words.len() > 2 || takes_text(call.key);
    if count < 2 || !is_unbound(first, unbound) || !is_text || written.contains('\n') {
        return None;
    }
    let whole = span_of(call.tree, source);
    let escaped = written.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "\\${");
    let replacement = format!("\"{escaped}\"");
    Some(
        Diagnostic::new(Code::UndefinedVariable, whole, format!("the text `{written}` is not in quotes"))
            .labelled("each of these words is a variable to Nix")
            .with_help(format!("write `{replacement}`"))
            .with_fix(Fix { span: whole, replacement, applicability: Applicability::Unsafe }),
    )
}

/// Words that stand in sentences, and are hardly ever names.
const OF_SENTENCES: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "here", "is", "it", "more", "not", "of",
    "on", "our", "the", "these", "this", "to", "we", "you",
];

/// Words of a sentence that are elements of a list, on one line and one after the other: those around a variable that
/// is bound nowhere.
fn prose_in_list(root: Tree<'_>, variable: Span, unbound: &[Span], map: &SourceMap) -> Option<Span> {
    const FEWEST: usize = 3;
    let holds = |tree: &Tree<'_>| tree.start() <= variable.start && variable.end <= tree.end();
    let mut tree = root;
    let mut list = None;
    while let Some(inner) = tree.nodes().find(holds) {
        if inner.kind() == SyntaxKind::NODE_IDENT && tree.kind() == SyntaxKind::NODE_LIST {
            list = Some(tree);
        }
        tree = inner;
    }
    let text = map.get(variable.source).text();
    let line = text[..variable.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end =
        text[variable.end as usize..].find('\n').map_or(text.len(), |end| variable.end as usize + end);
    // The same name is said to be unbound once.
    let is_word = |element: &Tree<'_>| {
        let is_name = || unbound.iter().any(|span| map.slice(*span) == element.text());
        element.kind() == SyntaxKind::NODE_IDENT && is_name()
    };
    let on_line = list?
        .nodes()
        .skip_while(|element| (element.start() as usize) < line)
        .take_while(|element| element.end() as usize <= line_end);
    let elements: Vec<_> = on_line.collect();
    let mut runs = elements.chunk_by(|one, other| is_word(one) && is_word(other));
    let run = runs.find(|run| run.iter().any(holds))?;
    let is_prose = run.len() >= FEWEST && run.iter().any(|word| OF_SENTENCES.contains(&word.text()));
    is_prose.then(|| Span::new(variable.source, run[0].start(), run[run.len() - 1].end()))
}

/// `[ the web server ]`
fn elements_without_quotes(whole: Span, map: &SourceMap) -> Diagnostic {
    let written = map.slice(whole);
    let replacement = format!("\"{written}\"");
    Diagnostic::new(Code::UndefinedVariable, whole, format!("the text `{written}` is not in quotes"))
        .labelled("each of these words is a variable to Nix")
        .with_help(format!("write `{replacement}`, or `# ` in front of it if it is a comment"))
        .with_fix(Fix { span: whole, replacement, applicability: Applicability::Unsafe })
}

/// Whether some option of a name takes a string.
fn takes_text(key: &str) -> bool {
    manual::all().iter().any(|(_, option)| option.name == key && matches!((option.kind)(), Kind::Text(_)))
}
