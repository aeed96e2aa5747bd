//! `# launchnix: allow(LNX0702)`: comments that silence warnings.
//!
//! A comment at the end of a line is about what begins on that line; one on a line of its own is about the binding or
//! expression that follows; one before everything else is about the whole file.

use launchnix_diagnostics::{Code, Diagnostic, Severity, SourceId, Span};

use launchnix_evaluator::syntax::{Parsed, Tree};

/// A comment that silences.
pub(super) struct Allow {
    source: SourceId,
    /// The codes, each with its place and whether it silenced anything.
    codes: Vec<(Code, Span, bool)>,
    /// Where warnings are silenced: their primary place begins here.
    start: u32,
    end: u32,
}

/// Comments of a file that silence, and what is wrong with those that try to.
pub(super) fn allows(source: SourceId, text: &str, parsed: &Parsed<'_>) -> (Vec<Allow>, Vec<Diagnostic>) {
    let (mut allows, mut diagnostics) = (Vec::new(), Vec::new());
    for (comment, written) in parsed.comments() {
        let Some(found) = written.find("launchnix:") else { continue };
        // Prose may speak of it; a comment that silences begins with it.
        let before = written[..found].trim_start_matches(['#', '/', '*', ' ', '\t']);
        if !before.is_empty() {
            continue;
        }
        let after = found + "launchnix:".len();
        let place =
            |start: usize, end: usize| Span::new(source, comment + offset(start), comment + offset(end));
        let Some((from, to)) = list(written, after) else {
            let end = written.trim_end_matches(['*', '/', ' ', '\t']).len();
            diagnostics.push(
                Diagnostic::new(
                    Code::UselessAllow,
                    place(found, end.max(found)),
                    "this comment is not understood",
                )
                .labelled("silences nothing")
                .with_help("write `# launchnix: allow(LNX0703)`, with the codes of warnings between commas"),
            );
            continue;
        };
        let mut codes = Vec::new();
        let mut start = from;
        for word in written[from..to].split(',') {
            let inner = start + (word.len() - word.trim_start().len());
            let span = place(inner, inner + word.trim().len());
            start += word.len() + 1;
            match Code::parse(word.trim()) {
                Some(code) if code.severity() == Severity::Warning => codes.push((code, span, false)),
                Some(code) => diagnostics.push(
                    Diagnostic::new(
                        Code::UselessAllow,
                        span,
                        format!("{code} is an error, which cannot be silenced"),
                    )
                    .labelled("silences nothing")
                    .with_help("only warnings can be silenced: mend the mistake"),
                ),
                None => diagnostics.push(unknown(word.trim(), span)),
            }
        }
        let (start, end) = extent(text, parsed, comment, comment + offset(written.len()));
        allows.push(Allow { source, codes, start, end });
    }
    (allows, diagnostics)
}

/// Texts are shorter than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The bytes between the parentheses of `allow(…)`.
fn list(written: &str, after: usize) -> Option<(usize, usize)> {
    let rest = &written[after..];
    let inner = rest.trim_start().strip_prefix("allow")?.trim_start().strip_prefix('(')?;
    let from = written.len() - inner.len();
    Some((from, from + inner.find(')')?))
}

fn unknown(word: &str, span: Span) -> Diagnostic {
    let warnings: Vec<String> = Code::ALL
        .iter()
        .filter(|code| code.severity() == Severity::Warning)
        .map(ToString::to_string)
        .collect();
    let diagnostic = Diagnostic::new(Code::UselessAllow, span, format!("there is no warning `{word}`"))
        .labelled("silences nothing");
    let lower = word.to_uppercase();
    let near = warnings.iter().min_by_key(|code| strsim::damerau_levenshtein(code, &lower));
    match near.filter(|code| word.len() < 20 && strsim::damerau_levenshtein(code, &lower) <= 2) {
        Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
        None => diagnostic.with_help("name a warning by its code, such as `LNX0703`"),
    }
}

/// The bytes that a comment is about, which is at `start..end` itself.
fn extent(text: &str, parsed: &Parsed<'_>, start: u32, end: u32) -> (u32, u32) {
    let root = parsed.root();
    if start < root.start() {
        return (0, offset(text.len()));
    }
    let before = &text[..start as usize];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    if !before[line_start..].trim().is_empty() {
        return (offset(line_start), start);
    }
    parsed.next_token(end).map_or((end, end), |first| (first, end_of(root, first)))
}

/// Where the binding or expression that starts at a token ends: the outermost one that does.
fn end_of(root: Tree<'_>, first: u32) -> u32 {
    let mut around = root;
    // What follows an operator goes on to the end of what it is a part of.
    while let Some(inner) = around.nodes().find(|node| node.start() <= first && first < node.end()) {
        if inner.start() == first {
            return inner.end();
        }
        around = inner;
    }
    around.end()
}

/// Takes out the warnings that are silenced.
pub(super) fn silence(allows: &mut [Allow], diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain(|diagnostic| {
        let (Some(primary), Severity::Warning) = (diagnostic.primary, diagnostic.severity) else {
            return true;
        };
        let mut silenced = false;
        for allow in allows.iter_mut() {
            if allow.source != primary.source || !(allow.start..=allow.end).contains(&primary.start) {
                continue;
            }
            for (code, _, useful) in &mut allow.codes {
                if *code == diagnostic.code {
                    *useful = true;
                    silenced = true;
                }
            }
        }
        !silenced
    });
}

/// Codes that silenced nothing.
pub(super) fn useless(allows: &[Allow]) -> Vec<Diagnostic> {
    let idle = allows.iter().flat_map(|allow| &allow.codes);
    // Guests warn only where they are evaluated.
    let idle = idle.filter(|(code, _, useful)| !useful && *code != Code::GuestWarning);
    idle.map(|(code, span, _)| {
        Diagnostic::new(Code::UselessAllow, *span, format!("there is no {code} here to silence"))
            .labelled("silences nothing")
            .with_help("remove it: it would hide a mistake that is made later")
    })
    .collect()
}
