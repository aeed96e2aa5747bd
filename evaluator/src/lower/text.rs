//! Strings, paths and lookup paths.

use launchnix_diagnostics::{Code, Span};
use rnix::SyntaxKind::*;

use super::show::is_string_constant;
use super::{Closeness, Lowerer};
use crate::ir::{Expr, ExprKind, Part};
use crate::path::canonical;
use crate::symbol::well_known;
use crate::syntax::{Element, IndentedToken, StringPart, Tree, indented_tokens, scan_string};
use crate::value::{NixString, Path, Value};

impl<'a> Lowerer<'a, '_> {
    pub(super) fn constant_string(&self, text: &[u8]) -> Value<'a> {
        let text = self.env.arena.alloc_slice_copy(text);
        Value::String(self.env.arena.alloc(NixString::new(text, &[])))
    }

    fn constant_path(&self, text: &[u8]) -> Value<'a> {
        let text = self.env.arena.alloc_slice_copy(text);
        Value::Path(self.env.arena.alloc(Path { text }))
    }

    /// The text of a string literal without interpolation.
    pub(super) fn static_string(tree: Tree<'_>) -> Option<Vec<u8>> {
        if tree.child(NODE_INTERPOL).is_some() {
            return None;
        }
        let mut text = Vec::new();
        scan_string(tree, &mut |part| match part {
            StringPart::Verbatim(run, _) | StringPart::Escape(run, _, _) => {
                text.extend_from_slice(&tree.bytes(run));
            }
            StringPart::Interpolation(..) => {}
        });
        Some(text)
    }

    /// Reports NUL bytes in a string literal.
    pub(super) fn refuse_nul(&mut self, tree: Tree<'_>) {
        if !self.env.has_nul {
            return;
        }
        let mut refused = None;
        // Behind a backslash Nix lets one through.
        if tree.token_text() == "''" {
            for element in tree.elements() {
                if let Element::Token { kind: TOKEN_STRING_CONTENT, text, start } = element
                    && text.match_indices('\0').any(|(at, _)| !text[..at].ends_with("''\\"))
                {
                    // The first line of an indented string is not a part of it where it is blank.
                    let shown = match text.split_once('\n') {
                        Some((first, rest)) if first.trim_start_matches(' ').is_empty() => rest,
                        _ => text,
                    };
                    refused = Some((shown.to_owned(), start));
                    break;
                }
            }
        } else {
            let (mut run, mut has_nul) = (String::new(), false);
            scan_string(tree, &mut |part| match part {
                StringPart::Verbatim(text, _) => {
                    has_nul |= text.contains('\0');
                    run.push_str(text);
                }
                StringPart::Escape(text, _, _) => run.push_str(text),
                StringPart::Interpolation(..) if !has_nul => run.clear(),
                StringPart::Interpolation(..) => {}
            });
            refused = has_nul.then(|| (run, tree.start() + 1));
        }
        let Some((shown, from)) = refused else { return };
        let span = Span::new(self.span(tree).source, from, from + u32::try_from(shown.len()).unwrap_or(0));
        let message = format!(
            "input string '{}' cannot be represented as Nix string because it contains null bytes",
            shown.replace('\0', "␀")
        );
        self.error(Code::Evaluation, span, message).help = Some("remove the NUL byte".to_owned());
    }

    pub(super) fn string(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        if self.env.closeness == Closeness::Exact && tree.token_text() == "''" {
            return self.indented(tree);
        }
        if let Some(text) = Self::static_string(tree) {
            return ExprKind::Const(self.constant_string(&text));
        }
        let parts = self.parts(string_pieces(tree));
        ExprKind::Interpolation(self.slice(parts))
    }

    /// An indented string as Nix has it: only what is a single token is a constant.
    fn indented(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        let pieces = indented_pieces(tree);
        match pieces.as_slice() {
            [] => ExprKind::Const(self.constant_string(b"")),
            [Piece::Text(text)] => ExprKind::Const(self.constant_string(text)),
            [Piece::Inner(inner)] if is_string_constant(*inner) => self.expr(*inner, None).kind,
            _ => {
                let parts = self.parts(pieces);
                ExprKind::Interpolation(self.slice(parts))
            }
        }
    }

    fn parts(&mut self, pieces: Vec<Piece<'_>>) -> Vec<Part<'a>> {
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => Part::Literal(self.env.arena.alloc_slice_copy(&text)),
                Piece::Inner(inner) => Part::Expr(self.sub(inner)),
            })
            .collect()
    }

    pub(super) fn path(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let pieces = self.path_pieces(tree)?;
        if let [Piece::Text(text)] = pieces.as_slice() {
            // Nix leaves the dots in those that start at home.
            let text = if tree.kind() == NODE_PATH_HOME { text.clone() } else { canonical(text) };
            return Some(ExprKind::Const(self.constant_path(&text)));
        }
        let parts = self.parts(pieces);
        Some(ExprKind::PathInterpolation(self.slice(parts)))
    }

    /// The parts of a path; the first one is absolute.
    pub(super) fn path_pieces<'t>(&mut self, tree: Tree<'t>) -> Option<Vec<Piece<'t>>> {
        let span = self.span(tree);
        let mut pieces = Vec::new();
        for element in tree.elements() {
            match element {
                Element::Token { kind, text, .. } if !kind.is_trivia() => {
                    let text = if pieces.is_empty() {
                        self.path_start(tree, text, span)
                    } else {
                        text.as_bytes().to_vec()
                    };
                    pieces.push(Piece::Text(text));
                }
                Element::Node(node) if node.kind() == NODE_INTERPOL => {
                    pieces.push(Piece::Inner(node.nodes().next()?));
                }
                _ => {}
            }
        }
        Some(pieces)
    }

    /// The first literal part of a path, made absolute.
    fn path_start(&mut self, tree: Tree<'_>, text: &str, span: Span) -> Vec<u8> {
        let lints = self.env.lints;
        match tree.kind() {
            kind @ (NODE_PATH_ABS | NODE_PATH_HOME) => self.lint(lints.absolute_paths, span, || {
                let what = if kind == NODE_PATH_ABS { "absolute" } else { "home" };
                format!(
                    "{what} path literals are not portable. Consider replacing path literal '{text}' by a string, \
                     relative path, or parameter (lint-absolute-path-literals)"
                )
            }),
            _ if !text.starts_with('.') => self.lint(lints.short_paths, span, || {
                format!(
                    "relative path literal '{text}' should be prefixed with '.' for clarity: './{text}' \
                     (lint-short-path-literals)"
                )
            }),
            _ => {}
        }
        match tree.kind() {
            NODE_PATH_ABS => start_of(text.as_bytes()),
            NODE_PATH_HOME => match self.env.home {
                Some(home) => [home, &text.as_bytes()[1..]].concat(),
                None if self.env.pure => {
                    let message = format!("the path '{text}' can not be resolved in pure mode");
                    self.error(Code::Evaluation, span, message);
                    text.as_bytes().to_vec()
                }
                None => {
                    self.error(Code::Evaluation, span, format!("the path '{text}' needs a home directory"))
                        .help = Some("set HOME, or write the path out".to_owned());
                    text.as_bytes().to_vec()
                }
            },
            _ => start_of(&[self.env.directory, b"/", text.as_bytes()].concat()),
        }
    }

    /// `<nixpkgs>` is a call of `__findFile` with `__nixPath`.
    pub(super) fn search_path(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        let span = self.span(tree);
        let text = tree.token_text();
        let name = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text).to_owned();
        let name_of = |symbol| String::from_utf8_lossy(self.env.symbols.name(symbol)).into_owned();
        let (find_file, nix_path) = (name_of(well_known::FIND_FILE), name_of(well_known::NIX_PATH));
        let function = Expr { kind: self.variable(&find_file, span), span };
        let args = vec![
            Expr { kind: self.variable(&nix_path, span), span },
            Expr { kind: ExprKind::Const(self.constant_string(name.as_bytes())), span },
        ];
        ExprKind::Call { function: self.alloc(function), args: self.slice(args) }
    }
}

/// The parts of a string with interpolations.
pub(super) fn string_pieces(tree: Tree<'_>) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    scan_string(tree, &mut |part| {
        let run = match part {
            StringPart::Verbatim(run, _) | StringPart::Escape(run, _, _) => tree.bytes(run),
            StringPart::Interpolation(inner, _, _) => return pieces.push(Piece::Inner(inner)),
        };
        match pieces.last_mut() {
            Some(Piece::Text(text)) => text.extend_from_slice(&run),
            _ => pieces.push(Piece::Text(run.into_owned())),
        }
    });
    pieces
}

/// The parts of an indented string, each of them a token of Nix's.
pub(super) fn indented_pieces(tree: Tree<'_>) -> Vec<Piece<'_>> {
    let piece = |token| match token {
        IndentedToken::Text(text) => Piece::Text(tree.bytes(&text).into_owned()),
        IndentedToken::Interpolation(inner) => Piece::Inner(inner),
    };
    indented_tokens(tree).into_iter().map(piece).collect()
}

/// A part of a string or path before the parts inside `${…}` are lowered.
pub(super) enum Piece<'t> {
    Text(Vec<u8>),
    Inner(Tree<'t>),
}

/// The literal start of a path before anything is appended to it. Nix makes it canonical by itself, so that
/// `./a/.${"b"}` is `./ab`, and adds back only a slash at its end.
fn start_of(path: &[u8]) -> Vec<u8> {
    let mut start = canonical(path);
    if path.ends_with(b"/") && start.len() > 1 {
        start.push(b'/');
    }
    start
}
