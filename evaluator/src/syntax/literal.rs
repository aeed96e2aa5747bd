//! What string literals stand for: escapes, and the indentation that `''` strings lose (the Nix manual's
//! chapter on string literals), with the place of every part.

use rnix::SyntaxKind;

use super::tree::{Element, Tree};

/// One part of a string literal.
pub(crate) enum StringPart<'t, 's> {
    /// Text that stands in the source as it is, at an offset.
    Verbatim(&'s str, u32),
    /// Text that an escape of some length at an offset stands for.
    Escape(&'s str, u32, u32),
    /// `${ … }`: the inner expression, and the whole interpolation's range.
    Interpolation(Tree<'t>, u32, u32),
}

/// Takes a string literal apart, in order.
pub(crate) fn scan_string<'t>(string: Tree<'t>, sink: &mut dyn FnMut(StringPart<'t, '_>)) {
    if string.token_text() == "''" {
        scan_indented(string, sink);
    } else {
        scan_quoted(string, sink);
    }
}

fn interpolation<'t>(node: Tree<'t>) -> Option<StringPart<'t, 'static>> {
    Some(StringPart::Interpolation(node.nodes().next()?, node.start(), node.end()))
}

fn offset(base: u32, at: usize) -> u32 {
    base + u32::try_from(at).unwrap_or(0)
}

fn scan_quoted<'t>(string: Tree<'t>, sink: &mut dyn FnMut(StringPart<'t, '_>)) {
    for element in string.elements() {
        match element {
            Element::Node(node) => {
                if let Some(part) = interpolation(node) {
                    sink(part);
                }
            }
            Element::Token { kind: SyntaxKind::TOKEN_STRING_CONTENT, text, start } => {
                scan_quoted_text(text, start, sink);
            }
            Element::Token { .. } => {}
        }
    }
}

fn scan_quoted_text<'t>(text: &str, start: u32, sink: &mut dyn FnMut(StringPart<'t, '_>)) {
    let mut rest = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (replacement, len) = match bytes[at] {
            b'\\' => {
                let Some(escaped) = text[at + 1..].chars().next() else { break };
                let replacement = match escaped {
                    'n' => "\n",
                    'r' => "\r",
                    't' => "\t",
                    _ => &text[at + 1..at + 1 + escaped.len_utf8()],
                };
                (replacement, 1 + escaped.len_utf8())
            }
            // Nix reads every line ending as a newline.
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => ("\n", 2),
            b'\r' => ("\n", 1),
            _ => {
                at += 1;
                continue;
            }
        };
        if rest < at {
            sink(StringPart::Verbatim(&text[rest..at], offset(start, rest)));
        }
        sink(StringPart::Escape(replacement, offset(start, at), u32::try_from(len).unwrap_or(0)));
        at += len;
        rest = at;
    }
    if rest < text.len() {
        sink(StringPart::Verbatim(&text[rest..], offset(start, rest)));
    }
}

/// A piece of an indented string before its indentation is removed.
enum Piece<'t> {
    /// Text in which leading spaces count as indentation.
    Text(&'t str, u32),
    /// An escape, which counts as a character that is no space.
    Escape(&'t str, u32, u32),
    Interpolation(Tree<'t>),
}

fn indented_pieces(string: Tree<'_>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut first = true;
    for element in string.elements() {
        match element {
            Element::Node(node) => pieces.push(Piece::Interpolation(node)),
            Element::Token { kind: SyntaxKind::TOKEN_STRING_CONTENT, text, start } => {
                let mut skipped = 0;
                if std::mem::take(&mut first) {
                    // The line of the opening quotes does not count where it is blank.
                    let spaces = text.len() - text.trim_start_matches(' ').len();
                    if text[spaces..].starts_with('\n') {
                        skipped = spaces + 1;
                    }
                }
                split_indented_text(&text[skipped..], offset(start, skipped), &mut pieces);
                continue;
            }
            Element::Token { .. } => continue,
        }
        first = false;
    }
    pieces
}

fn split_indented_text<'t>(text: &'t str, start: u32, pieces: &mut Vec<Piece<'t>>) {
    let bytes = text.as_bytes();
    let (mut rest, mut at) = (0, 0);
    while at + 1 < bytes.len() {
        if bytes[at] != b'\'' || bytes[at + 1] != b'\'' {
            at += 1;
            continue;
        }
        let (replacement, len) = match bytes.get(at + 2) {
            Some(b'$') => (&text[at + 2..at + 3], 3),
            Some(b'\'') => (&text[at..at + 2], 3),
            Some(b'\\') => match text[at + 3..].chars().next() {
                Some('n') => ("\n", 4),
                Some('r') => ("\r", 4),
                Some('t') => ("\t", 4),
                Some(other) => (&text[at + 3..at + 3 + other.len_utf8()], 3 + other.len_utf8()),
                None => break,
            },
            _ => {
                at += 2;
                continue;
            }
        };
        if rest < at {
            pieces.push(Piece::Text(&text[rest..at], offset(start, rest)));
        }
        pieces.push(Piece::Escape(replacement, offset(start, at), u32::try_from(len).unwrap_or(0)));
        at += len;
        rest = at;
    }
    if rest < text.len() {
        pieces.push(Piece::Text(&text[rest..], offset(start, rest)));
    }
}

/// The smallest indentation of all lines that hold anything but spaces.
fn indentation(pieces: &[Piece<'_>]) -> usize {
    let mut at_line_start = true;
    let (mut smallest, mut current) = (usize::MAX, 0);
    for piece in pieces {
        let Piece::Text(text, _) = piece else {
            if at_line_start {
                at_line_start = false;
                smallest = smallest.min(current);
            }
            continue;
        };
        for byte in text.bytes() {
            match byte {
                b'\n' => {
                    at_line_start = true;
                    current = 0;
                }
                b' ' if at_line_start => current += 1,
                _ if at_line_start => {
                    at_line_start = false;
                    smallest = smallest.min(current);
                }
                _ => {}
            }
        }
    }
    smallest
}

/// State of removing indentation, carried from piece to piece.
struct Dedent {
    indentation: usize,
    at_line_start: bool,
    dropped: usize,
}

impl Dedent {
    /// The runs of a text that stay, as ranges.
    fn kept(&mut self, text: &str) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            let keep = match byte {
                b' ' if self.at_line_start => {
                    self.dropped += 1;
                    self.dropped > self.indentation
                }
                b'\n' => {
                    self.at_line_start = true;
                    self.dropped = 0;
                    true
                }
                _ => {
                    self.at_line_start = false;
                    self.dropped = 0;
                    true
                }
            };
            if keep {
                match runs.last_mut() {
                    Some(run) if run.1 == at => run.1 = at + 1,
                    _ => runs.push((at, at + 1)),
                }
            }
        }
        runs
    }
}

fn scan_indented<'t>(string: Tree<'t>, sink: &mut dyn FnMut(StringPart<'t, '_>)) {
    let pieces = indented_pieces(string);
    dedent(&pieces, |piece, runs| match *piece {
        Piece::Interpolation(node) => {
            if let Some(part) = interpolation(node) {
                sink(part);
            }
        }
        Piece::Escape(text, start, len) => {
            for &(from, to) in runs {
                sink(StringPart::Escape(&text[from..to], start, len));
            }
        }
        Piece::Text(text, start) => {
            for &(from, to) in runs {
                sink(StringPart::Verbatim(&text[from..to], offset(start, from)));
            }
        }
    });
}

/// Removes the indentation: calls `each` with every piece and the runs of its text that stay.
fn dedent<'t>(pieces: &[Piece<'t>], mut each: impl FnMut(&Piece<'t>, &[(usize, usize)])) {
    let mut dedent = Dedent { indentation: indentation(pieces), at_line_start: true, dropped: 0 };
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Interpolation(_) => {
                dedent.at_line_start = false;
                dedent.dropped = 0;
                each(piece, &[]);
            }
            Piece::Escape(text, ..) => each(piece, &dedent.kept(text)),
            Piece::Text(text, _) => {
                let mut runs = dedent.kept(text);
                if index == last {
                    drop_blank_last_line(text, &mut runs);
                }
                each(piece, &runs);
            }
        }
    }
}

/// A part of an indented string as Nix' own lexer sees it.
pub(crate) enum IndentedToken<'t> {
    /// Text without its indentation; never empty.
    Text(String),
    /// What stands in `${ … }`.
    Interpolation(Tree<'t>),
}

/// The parts of an indented string that Nix keeps apart, and shows so: escapes, a `$` or `'` by itself, and what is
/// between them.
pub(crate) fn indented_tokens(string: Tree<'_>) -> Vec<IndentedToken<'_>> {
    let mut pieces = Vec::new();
    for piece in indented_pieces(string) {
        match piece {
            Piece::Text(text, start) => split_tokens(text, start, &mut pieces),
            other => pieces.push(other),
        }
    }
    let mut tokens = Vec::new();
    dedent(&pieces, |piece, runs| match *piece {
        Piece::Interpolation(node) => {
            tokens.extend(node.nodes().next().map(IndentedToken::Interpolation));
        }
        Piece::Escape(text, ..) | Piece::Text(text, _) => {
            let kept: String = runs.iter().map(|&(from, to)| &text[from..to]).collect();
            if !kept.is_empty() {
                tokens.push(IndentedToken::Text(kept));
            }
        }
    });
    tokens
}

/// Splits text where a `$` stands before `'`, or a `'` before `$`: these are tokens of their own.
fn split_tokens<'t>(text: &'t str, start: u32, pieces: &mut Vec<Piece<'t>>) {
    let bytes = text.as_bytes();
    let (mut rest, mut at) = (0, 0);
    while at < bytes.len() {
        let next = bytes.get(at + 1);
        let stands_alone = match bytes[at] {
            b'$' => matches!(next, Some(b'\'' | b'{') | None),
            b'\'' => matches!(next, Some(b'\'' | b'$') | None),
            _ => {
                at += 1;
                continue;
            }
        };
        if !stands_alone {
            // What follows belongs to it, and begins nothing.
            at += 2;
            continue;
        }
        if rest < at {
            pieces.push(Piece::Text(&text[rest..at], offset(start, rest)));
        }
        pieces.push(Piece::Text(&text[at..=at], offset(start, at)));
        at += 1;
        rest = at;
    }
    if rest < text.len() {
        pieces.push(Piece::Text(&text[rest..], offset(start, rest)));
    }
}

/// The line of the closing quotes does not count where it is blank.
fn drop_blank_last_line(text: &str, runs: &mut Vec<(usize, usize)>) {
    let Some(newline) = text.rfind('\n') else { return };
    if !text[newline + 1..].bytes().all(|byte| byte == b' ') {
        return;
    }
    runs.retain_mut(|run| {
        run.1 = run.1.min(newline + 1);
        run.0 < run.1
    });
}
