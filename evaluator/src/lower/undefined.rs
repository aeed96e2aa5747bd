//! Variables that are bound nowhere, and what was meant with them.

use launchnix_diagnostics::{Applicability, Code, Fix, Span};

use super::Lowerer;
use crate::ir::ExprKind;

/// How many mistakes are compared with all names that are known. Nobody reads the help of so many more.
const SUGGESTIONS: usize = 100;

/// A longer name means no other one.
const LONGEST: usize = 200;

impl<'a> Lowerer<'a, '_> {
    pub(super) fn undefined(&mut self, text: &str, span: Span) -> ExprKind<'a> {
        if self.incomplete > 0 {
            // It may well be bound by what is not valid.
            return ExprKind::Broken;
        }
        let is_worth_it = self.diagnostics.len() < SUGGESTIONS && text.len() <= LONGEST;
        let meant =
            if is_worth_it { self.meant_by(text).or_else(|| self.similar_built_in(text)) } else { None };
        let similar = if meant.is_none() && is_worth_it {
            let known = self.scopes.names().chain(self.env.globals.keys().copied());
            let known: Vec<&[u8]> = known.map(|symbol| self.env.symbols.name(symbol)).collect();
            crate::suggest::closest(text, known.into_iter())
        } else {
            None
        };
        let shown = self.shown_name(self.env.symbols.intern(text.as_bytes()));
        let diagnostic = self.error(Code::UndefinedVariable, span, format!("undefined variable '{shown}'"));
        "not bound here".clone_into(&mut diagnostic.primary_label);
        if let Some((help, replacement)) = meant {
            diagnostic.help = Some(help);
            diagnostic.fix = Some(Fix { span, replacement, applicability: Applicability::Unsafe });
            return ExprKind::Broken;
        }
        diagnostic.fix = similar.as_ref().map(|similar| Fix {
            span,
            replacement: (*similar).to_owned(),
            // Other languages write these with a capital letter.
            applicability: match text.to_ascii_lowercase().as_str() {
                "true" | "false" | "null" => Applicability::Safe,
                _ => Applicability::Unsafe,
            },
        });
        diagnostic.help = Some(match similar {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("bind it with `let {text} = …; in`, or take it as an argument"),
        });
        ExprKind::Broken
    }

    /// The function in `builtins` that has nearly a name, if nothing that is bound has.
    fn similar_built_in(&self, text: &str) -> Option<(String, String)> {
        /// Shorter names are like others by chance.
        const SHORTEST: usize = 5;
        let names = || self.env.globals.keys().map(|symbol| self.env.symbols.name(*symbol));
        let bound = self.scopes.names().map(|symbol| self.env.symbols.name(symbol)).chain(names());
        if text.len() < SHORTEST || crate::suggest::closest(text, bound).is_some() {
            return None;
        }
        let built_in = names().filter_map(|name| name.strip_prefix(b"__"));
        let meant = format!("builtins.{}", crate::suggest::closest(text, built_in)?);
        Some((format!("did you mean `{meant}`?"), meant))
    }

    /// What to write for a name that is bound nowhere and is made of names that are: help and replacement.
    fn meant_by(&self, text: &str) -> Option<(String, String)> {
        let is_global = |name: &str| self.env.globals.contains_key(&self.env.symbols.intern(name.as_bytes()));
        if is_global(&format!("__{text}")) {
            return Some((format!("write `builtins.{text}`"), format!("builtins.{text}")));
        }
        // `a-b` is one name.
        let is_bound = |name: &str| {
            let symbol = self.env.symbols.intern(name.as_bytes());
            !name.is_empty() && self.scopes.names().any(|known| known == symbol)
        };
        let is_number = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let (left, right) = text
            .match_indices('-')
            .map(|(at, _)| (&text[..at], &text[at + 1..]))
            .find(|&(left, right)| is_bound(left) && (is_bound(right) || is_number(right)))?;
        let written = format!("{left} - {right}");
        Some((format!("names may have `-` in them: write `{written}` to subtract"), written))
    }
}
