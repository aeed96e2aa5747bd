//! Lines of prose between bindings, or in front of a file's expression: comments whose `#` was forgotten.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::{self, *};

use super::lexer::{END, Scanned, Token, offset};
use super::parser::{Cause, Mistake};
use super::sets::starts_expression;
use super::tree::Parsed;

/// Words that are written in front of remarks alone.
const MARKS: [&str; 8] = ["TODO", "FIXME", "XXX", "NOTE", "HACK", "BUG", "REM", "WARNING"];

/// Lines of prose, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prose {
    pub(super) start: u32,
    /// Where the first line ends.
    pub(super) line_end: u32,
    /// Where the last line ends.
    pub(super) end: u32,
}

/// Leaves out the lines that are prose to all appearances. Gives where they are.
pub(super) fn leave_out(text: &str, scanned: &mut Scanned) -> Vec<Prose> {
    let found = find(text, &scanned.tokens);
    if !found.is_empty() {
        let (mut at, mut lines) = (0.., found.iter().peekable());
        scanned.tokens.retain(|_| {
            let Some(at) = at.next() else { return true };
            lines.next_if(|lines| lines.end <= at);
            lines.peek().is_none_or(|lines| at < lines.first)
        });
    }
    found.into_iter().map(|lines| lines.prose).collect()
}

/// Whether a file starts with prose, which Nix may take for a call.
pub(super) fn starts_file(text: &str, tokens: &[Token]) -> bool {
    let line = line_end(text, tokens, 0);
    is_prose(text, &tokens[..line]) && starts_file_after(tokens[line].kind)
}

/// Lines of prose, as the tokens from one up to another.
struct Lines {
    first: usize,
    end: usize,
    prose: Prose,
}

fn find(text: &str, tokens: &[Token]) -> Vec<Lines> {
    let mut found: Vec<Lines> = Vec::new();
    let mut at = 0;
    while tokens[at].kind != END {
        let first = at;
        let mut prose: Option<Prose> = None;
        loop {
            let line = line_end(text, tokens, at);
            let may_start = prose.is_some() || at == 0 || starts_bindings(tokens, at - 1);
            if !may_start || !is_prose(text, &tokens[at..line]) {
                break;
            }
            let (start, end) = (tokens[at].start, tokens[line - 1].end);
            prose = Some(Prose { end, ..prose.unwrap_or(Prose { start, line_end: end, end }) });
            at = line;
        }
        let goes_on = if first == 0 { starts_file_after(tokens[at].kind) } else { goes_on(tokens, at) };
        match prose {
            Some(prose) if goes_on => found.push(Lines { first, end: at, prose }),
            Some(_) => {}
            None => at = line_end(text, tokens, at),
        }
    }
    found
}

/// The first token that starts on another line than the one at a place does, or ends there.
fn line_end(text: &str, tokens: &[Token], first: usize) -> usize {
    let mut at = first;
    while tokens[at].kind != END {
        let (this, next) = (tokens[at], tokens[at + 1]);
        at += 1;
        if text[this.start as usize..next.start as usize].contains('\n') {
            break;
        }
    }
    at
}

/// Whether a binding may start after a token, or may be meant to.
fn starts_bindings(tokens: &[Token], before: usize) -> bool {
    /// What `with` and `assert` take is seldom longer.
    const LONGEST: usize = 32;
    let goes_on = |token: &&Token| !matches!(token.kind, TOKEN_SEMICOLON | TOKEN_ASSIGN | TOKEN_LET);
    match tokens[before].kind {
        TOKEN_L_BRACE | TOKEN_R_BRACE | TOKEN_LET => true,
        TOKEN_SEMICOLON => {
            let mut statement = tokens[..before].iter().rev().take(LONGEST).take_while(goes_on);
            !statement.any(|token| matches!(token.kind, TOKEN_WITH | TOKEN_ASSERT))
        }
        _ => false,
    }
}

/// Whether a file's expression starts with a token.
fn starts_file_after(kind: SyntaxKind) -> bool {
    matches!(kind, TOKEN_L_BRACE | TOKEN_LET | TOKEN_WITH | TOKEN_REC)
}

/// Whether bindings go on at a token, or end.
fn goes_on(tokens: &[Token], start: usize) -> bool {
    let kind = |at: usize| tokens.get(at).map_or(END, |token| token.kind);
    if matches!(kind(start), TOKEN_R_BRACE | TOKEN_IN | TOKEN_INHERIT | END) {
        return true;
    }
    let mut at = start;
    loop {
        at += match kind(at) {
            TOKEN_IDENT => 1,
            TOKEN_STRING_START if kind(at + 1) == TOKEN_STRING_CONTENT => 3,
            _ => return false,
        };
        match kind(at) {
            TOKEN_ASSIGN => return true,
            TOKEN_DOT => at += 1,
            _ => return false,
        }
    }
}

/// Whether the tokens of a line are words of prose: no binding, and no part of one.
fn is_prose(text: &str, line: &[Token]) -> bool {
    let word = |token: &Token| &text[token.start as usize..token.end as usize];
    let is_mark = |token: &Token| matches!(token.kind, TOKEN_SEMICOLON | TOKEN_SUB | TOKEN_MUL | TOKEN_MORE);
    let marks = line.iter().take_while(|token| is_mark(token)).count();
    let (before, words) = line.split_at(marks);
    let [first, second, ..] = words else { return false };
    let is_dashes = matches!(before, [one, other, ..] if one.kind == TOKEN_SUB && one.end == other.start);
    if is_dashes || first.kind != TOKEN_IDENT || words.iter().any(|token| is_of_code(token.kind)) {
        return false;
    }
    let brackets = |kind| words.iter().filter(|token| token.kind == kind).count();
    if brackets(TOKEN_L_PAREN) != brackets(TOKEN_R_PAREN) {
        return false;
    }
    let mut beside = words.windows(2).map(|pair| (pair[0], pair[1]));
    if beside.any(|(one, other)| one.kind == TOKEN_DOT && one.end == other.start) {
        // A path of names.
        return false;
    }
    let count = words.iter().filter(|token| is_word(token.kind)).count();
    if second.kind == TOKEN_COLON {
        // `name: value` is a binding of other formats.
        return count > 1 && MARKS.contains(&word(first));
    }
    let is_comment = matches!(before, [mark, ..] if before.iter().all(|other| other.kind == mark.kind));
    let is_remark = MARKS.contains(&word(first)) || is_comment && before[0].kind != TOKEN_SUB;
    is_word(second.kind) && count > if is_remark { 1 } else { 2 }
}

fn is_word(kind: SyntaxKind) -> bool {
    kind == TOKEN_IDENT
        || kind == TOKEN_OR
        || kind == TOKEN_INHERIT
        || starts_expression(kind) && is_keyword(kind)
        || matches!(kind, TOKEN_IN | TOKEN_THEN | TOKEN_ELSE)
}

fn is_keyword(kind: SyntaxKind) -> bool {
    !matches!(kind, TOKEN_L_BRACE | TOKEN_L_BRACK | TOKEN_L_PAREN)
}

/// Whether a token stands in code, and hardly ever in prose.
fn is_of_code(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        TOKEN_ASSIGN
            | TOKEN_SEMICOLON
            | TOKEN_L_BRACE
            | TOKEN_R_BRACE
            | TOKEN_L_BRACK
            | TOKEN_R_BRACK
            | TOKEN_INTERPOL_START
            | TOKEN_INTERPOL_END
            | TOKEN_STRING_START
            | TOKEN_STRING_CONTENT
            | TOKEN_STRING_END
            | TOKEN_UPDATE
            | TOKEN_CONCAT
            | TOKEN_EQUAL
            | TOKEN_AT
            | TOKEN_ELLIPSIS
    )
}

/// Notes lines of prose.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, prose: &[Prose]) -> Parsed<'t> {
    for &lines in prose {
        let token = parsed.tokens.partition_point(|token| token.start < lines.start);
        let token = token.min(parsed.tokens.len() - 1);
        let cause = Cause::Prose(lines);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Says how a comment is written.
pub(super) fn diagnostic(parsed: &Parsed<'_>, prose: Prose, source: SourceId) -> Diagnostic {
    let at = |start: u32| Span::new(source, start, start);
    let said = Diagnostic::new(
        Code::Syntax,
        Span::new(source, prose.start, prose.line_end),
        "syntax error, this line is neither a comment nor a binding",
    )
    .labelled("words that belong to nothing")
    .with_help("write `# ` in front of a comment; a binding is written `name = value;`")
    .with_fix(Fix {
        span: at(prose.start),
        replacement: "# ".to_owned(),
        applicability: Applicability::Unsafe,
    });
    let rest = &parsed.text[prose.line_end as usize..prose.end as usize];
    let mut line_start = prose.line_end as usize;
    rest.split_inclusive('\n').fold(said, |said, line| {
        let indentation = line.len() - line.trim_start().len();
        let start = offset(line_start + indentation);
        line_start += line.len();
        if indentation == line.len() { said } else { said.with_further_edit(at(start), "# ") }
    })
}
