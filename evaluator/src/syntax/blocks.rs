//! Text of several lines between `''`, found by its layout: where quotes are missing, doubled or of another kind, and
//! where `${` of a shell stands in it.
//!
//! One wrong pair of quotes turns everything behind it inside out, so that the tokens tell nothing. What people write
//! does: such a text starts at the end of a line, all its lines stand farther in than that one, and the first that does
//! not is the one with the quotes that end it.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::lexer::offset;
use super::lexer_strings::ends_expression;
use super::parser::{Cause, Mistake};
use super::tree::Parsed;

/// Lines that are looked at to find the end of a text.
const LONGEST: usize = 1_000;

/// What is wrong with the quotes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing starts it.
    NoStart,
    /// Something else than `''` starts it.
    WrongStart,
    /// Something else than `''` ends it.
    WrongEnd,
}

/// A text whose quotes are wrong, by the places where its start, its content and its end begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) start: u32,
    pub(super) content: u32,
    pub(super) closing: u32,
    pub(super) end: u32,
    pub(super) fault: Fault,
}

/// What the layout says of the texts of several lines in a file.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Those whose quotes are wrong, in order.
    pub(super) faulty: Vec<Block>,
    /// Where those start that nothing ends, in order.
    pub(super) unclosed: Vec<u32>,
    /// Where `${` is text to all appearances, in order.
    pub(super) literal: Vec<u32>,
}

impl Blocks {
    /// How many things are wrong.
    pub(super) fn len(&self) -> usize {
        self.faulty.len() + self.unclosed.len() + self.literal.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl Line<'_> {
    fn indentation(self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where what is not space in it ends.
    fn end(self) -> usize {
        self.start + self.text.trim_end().len()
    }
}

/// What a line ends with.
enum Opening {
    Quotes,
    /// What stands in the place of quotes, with its length.
    Other(usize),
    /// Only `=`.
    Nothing,
}

/// What the line behind a text begins with.
enum Closing {
    Quotes,
    /// One quotation mark, where two apostrophes belong.
    Other(u8),
    Nothing,
}

/// Finds the texts of several lines.
pub(super) fn find(text: &str) -> Blocks {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(Line { start, text: line });
        start += line.len();
    }
    let mut found = Blocks::default();
    let mut at = 0;
    while at < lines.len() {
        at = block_at(text, &lines, at, &mut found).unwrap_or(at) + 1;
    }
    found
}

/// Looks at the text that starts at the end of a line, if one does. Gives its last line.
fn block_at(text: &str, lines: &[Line<'_>], at: usize, found: &mut Blocks) -> Option<usize> {
    let opening = opening(lines[at].text)?;
    let around = lines[at].indentation();
    let behind = lines.iter().skip(at + 1).take(LONGEST);
    let is_end = |line: &Line<'_>| !line.is_blank() && line.indentation() <= around;
    let last = at + 1 + behind.clone().position(is_end)?;
    let body = &lines[at + 1..last];
    if body.iter().all(|line| line.is_blank()) {
        return None;
    }
    let content = lines[at].end();
    let closing_at = lines[last].start + lines[last].indentation();
    let block = |start: usize, fault: Fault, quotes: usize| Block {
        start: offset(start),
        content: offset(content),
        closing: offset(closing_at),
        end: offset(closing_at + quotes),
        fault,
    };
    match (opening, closing(lines[last].text.trim_start())) {
        (Opening::Quotes, Closing::Quotes) => literals(body, &mut found.literal),
        (Opening::Quotes, Closing::Other(_)) => found.faulty.push(block(content - 2, Fault::WrongEnd, 1)),
        (Opening::Quotes, Closing::Nothing) => {
            let ends_in_line = body.iter().any(|line| line.text.replace("'''", "").contains("''"));
            if ends_in_line || !is_program(lines[last].text) {
                return None;
            }
            found.unclosed.push(offset(content - 2));
            return Some(last - 1);
        }
        (Opening::Other(length), Closing::Quotes) => {
            found.faulty.push(block(content - length, Fault::WrongStart, 2));
        }
        (Opening::Nothing, Closing::Quotes) => found.faulty.push(block(content, Fault::NoStart, 2)),
        // A string in quotation marks may have several lines as well.
        (Opening::Other(_), Closing::Other(b'"')) if text[..content].ends_with(" \"") => {}
        _ => return None,
    }
    Some(last)
}

/// How a text starts at the end of a line.
fn opening(line: &str) -> Option<Opening> {
    let line = line.trim_end();
    if line.trim_start().starts_with('#') {
        return None;
    }
    if let Some(before) = line.strip_suffix("''''") {
        return (!before.contains("''") && before.ends_with([' ', '='])).then_some(Opening::Other(4));
    }
    if let Some(before) = line.strip_suffix("''") {
        // What starts on the line may end on it.
        let is_open = before.replace("'''", "").matches("''").count() % 2 == 0;
        return (is_open && before.ends_with([' ', '=', '('])).then_some(Opening::Quotes);
    }
    let before = line.strip_suffix(['"', '\'']);
    if before.is_some_and(|before| before.trim_end_matches(' ').ends_with('=') && !before.contains("''")) {
        return Some(Opening::Other(1));
    }
    let name = line.strip_suffix('=')?.trim();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-'\"/".contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name)).then_some(Opening::Nothing)
}

/// What a line begins with, without the spaces in front of it.
fn closing(line: &str) -> Closing {
    let bytes = line.as_bytes();
    match bytes {
        [b'\'', b'\'', rest @ ..] if !rest.starts_with(b"'") && ends_expression(rest) => Closing::Quotes,
        [quote @ (b'"' | b'\''), rest @ ..] if ends_expression(rest) => Closing::Other(*quote),
        _ => Closing::Nothing,
    }
}

/// Whether a line is one of a program in all likelihood, and none of a text.
fn is_program(line: &str) -> bool {
    let line = line.trim();
    let name = line.split([' ', '=']).next().unwrap_or("");
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-'\"/".contains(&byte);
    let binds = !name.is_empty() && name.bytes().all(is_name) && line[name.len()..].starts_with(" = ");
    binds || line.starts_with(['}', ']', ')']) || matches!(name, "inherit" | "in")
}

/// Notes where `${` in the lines of a text is the shell's.
fn literals(body: &[Line<'_>], found: &mut Vec<u32>) {
    for line in body {
        for (at, _) in line.text.match_indices("${") {
            let before = &line.text[..at];
            let is_escaped = before.ends_with("''") || before.ends_with('$') && !before.ends_with("''$");
            if !is_escaped && of_shell(&line.text[at + 2..]).is_some() {
                found.push(offset(line.start + at));
            }
        }
    }
}

/// The length of what follows `${` up to its brace, if that is a parameter of a shell and no expression.
pub(super) fn of_shell(rest: &str) -> Option<usize> {
    let line = rest.lines().next().unwrap_or("");
    let end = line.find('}')?;
    let inside = &line[..end];
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let named = |text: &str| text.bytes().take_while(is_name).count();
    let is_shell = match inside.as_bytes() {
        [] | [b'#' | b'@' | b'*' | b'?' | b'$', ..] => true,
        [b'!', rest @ ..] => rest.ends_with(b"[@]") || rest.ends_with(b"*"),
        [first, ..] if is_name(first) => {
            let operator = &inside[named(inside)..];
            operator.starts_with(['%', '^', '#', ','])
                || [":-", ":=", ":?", ":+", "[@]", "[*]"].iter().any(|shell| operator.starts_with(shell))
        }
        _ => false,
    };
    is_shell.then_some(end)
}

/// Notes what the layout says, in place of what follows from it.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, blocks: &Blocks) -> Parsed<'t> {
    for block in &blocks.faulty {
        let Ok(token) = parsed.tokens.binary_search_by_key(&block.start, |token| token.start) else {
            continue;
        };
        let content = &parsed.text[block.content as usize..block.closing as usize];
        if block.fault != Fault::WrongEnd || content.contains("${") {
            for node in &mut parsed.nodes {
                if node.kind == NODE_STRING && node.first_token as usize == token {
                    node.kind = NODE_ERROR;
                }
            }
        }
        let cause = Cause::Block(*block);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    for &place in &blocks.literal {
        let token = parsed.tokens.partition_point(|token| token.end <= place);
        let token = token.min(parsed.tokens.len() - 1);
        let cause = Cause::OfShell(place);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// Says what is wrong with the quotes of a text.
pub(super) fn diagnostic(block: Block, source: SourceId) -> Diagnostic {
    let start = Span::new(source, block.start, block.content);
    let end = Span::new(source, block.closing, block.end);
    let fix = |span: Span, replacement: &str| Fix {
        span,
        replacement: replacement.to_owned(),
        applicability: Applicability::Unsafe,
    };
    match block.fault {
        Fault::NoStart => {
            Diagnostic::new(Code::Syntax, start, "syntax error, nothing starts the text that ends with `''`")
                .labelled("`''` is missing here")
                .with_label(end, "the text ends here")
                .with_help("add `''` where the text starts")
                .with_fix(fix(start, " ''"))
        }
        Fault::WrongStart => Diagnostic::new(
            Code::Syntax,
            start,
            "syntax error, this does not start a text that ends with `''`",
        )
        .labelled("`''` belongs here")
        .with_label(end, "the text ends here")
        .with_help("text of several lines stands between `''` and `''`")
        .with_fix(fix(start, "''")),
        Fault::WrongEnd => {
            Diagnostic::new(Code::Syntax, end, "syntax error, this does not end a text that starts with `''`")
                .labelled("`''` belongs here")
                .with_label(start, "the text starts here")
                .with_help("text of several lines stands between `''` and `''`")
                .with_fix(fix(end, "''"))
        }
    }
}

/// Says that `${` at a place is the shell's.
pub(super) fn of_shell_diagnostic(parsed: &Parsed<'_>, place: u32, source: SourceId) -> Diagnostic {
    let rest = &parsed.text[place as usize + 2..];
    let length = of_shell(rest).map_or(0, |length| length + 1);
    let end = place + 2 + offset(length);
    let is_indented = is_in_indented(parsed, place);
    let escape = if is_indented { "''" } else { "\\" };
    let span = Span::new(source, place, end);
    let written = &parsed.text[place as usize..end as usize];
    Diagnostic::new(Code::Syntax, span, "syntax error, `${` starts an expression of Nix, and this is none")
        .labelled("a parameter of the shell")
        .with_help(format!("where the text itself is meant, write `{escape}{written}`"))
        .with_fix(Fix {
            span: Span::new(source, place, place),
            replacement: escape.to_owned(),
            applicability: Applicability::Unsafe,
        })
}

/// Whether a place is in a string between `''`.
fn is_in_indented(parsed: &Parsed<'_>, place: u32) -> bool {
    let next = parsed.tokens.partition_point(|token| token.end <= place);
    let mut nesting = 0_u32;
    for token in parsed.tokens[..next].iter().rev() {
        match token.kind {
            TOKEN_STRING_END => nesting += 1,
            TOKEN_STRING_START if nesting == 0 => return parsed.token_text(*token) == "''",
            TOKEN_STRING_START => nesting -= 1,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::of_shell;

    #[test]
    fn parameters_of_the_shell_are_no_expressions() {
        for shell in
            ["#list[@]}", "name%.*}", "1:-x}", "VAR:-x} b", "}", "@}", "a^^}", "list[@]}", "!list[@]}"]
        {
            assert!(of_shell(shell).is_some(), "{shell}");
        }
        for nix in
            ["name}", "pkgs.vim}/bin", "toString 1}", "\"a\"}", "a.b or \"x\"}", "f x", "if a then b else c}"]
        {
            assert!(of_shell(nix).is_none(), "{nix}");
        }
    }
}
