//! In which order Nix tells mistakes: it looks at the attributes of a set, and at the arguments of a function, in the
//! order in which it came upon their names, in this text or before.

use rnix::SyntaxKind::{NODE_ATTRPATH, NODE_IDENT, NODE_STRING};
use rustc_hash::FxHashMap;

use super::Lowerer;
use crate::symbol::{Symbol, Symbols};
use crate::syntax::Tree;

/// When Nix comes upon names.
pub(super) struct NamesTold {
    /// How many names it has seen before this text.
    before: usize,
    /// Where those of the text stand first, once somebody asks.
    first: Option<FxHashMap<Symbol, u32>>,
}

impl NamesTold {
    pub(super) fn new(symbols: &Symbols<'_>) -> Self {
        Self { before: symbols.count(), first: None }
    }
}

impl Lowerer<'_, '_> {
    /// Puts what was said of several names into Nix's order. Each comes with how much had been said before it. Where all
    /// mistakes are told, people read them from the top.
    pub(super) fn tell_in_order(&mut self, parts: &[(Symbol, usize)]) {
        let [(_, first), _, ..] = *parts else { return };
        if self.env.recovers {
            return;
        }
        let turns: Vec<_> = parts.iter().map(|(name, _)| self.turn(*name)).collect();
        if turns.is_sorted() {
            return;
        }
        let said = self.moments.split_off(first).into_iter().zip(self.diagnostics.split_off(first));
        let mut said: Vec<_> = said.enumerate().collect();
        said.sort_by_key(|(at, _)| turns[parts.partition_point(|(_, start)| *start <= first + at) - 1]);
        for (_, (moment, diagnostic)) in said {
            self.moments.push(moment);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Sorts names as Nix does.
    fn turn(&mut self, name: Symbol) -> (usize, u32) {
        let known = name.0 as usize;
        if known < self.names_told.before {
            return (known, 0);
        }
        let (tree, symbols) = (self.tree, self.env.symbols);
        let first = self.names_told.first.get_or_insert_with(|| first_places(tree, symbols));
        (usize::MAX, first.get(&name).copied().unwrap_or(u32::MAX))
    }
}

/// Where each name of a text stands first.
fn first_places(tree: Tree<'_>, symbols: &Symbols<'_>) -> FxHashMap<Symbol, u32> {
    let mut places = FxHashMap::default();
    let mut open = vec![tree];
    while let Some(tree) = open.pop() {
        let name = match tree.kind() {
            NODE_IDENT => Some(tree.token_text()),
            NODE_STRING => tree.text().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')),
            _ => None,
        };
        if let Some(symbol) = name.and_then(|name| symbols.find(name.as_bytes())) {
            let first = places.entry(symbol).or_insert(u32::MAX);
            *first = tree.start().min(*first);
        }
        // Of strings, only those that are names are any.
        let is_path = tree.kind() == NODE_ATTRPATH;
        open.extend(tree.nodes().filter(|node| is_path || node.kind() != NODE_STRING || holds_more(*node)));
    }
    places
}

/// Whether there are expressions in a string.
fn holds_more(string: Tree<'_>) -> bool {
    string.nodes().next().is_some()
}
