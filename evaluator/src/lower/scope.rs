//! Which variable a name means.

use rustc_hash::FxHashMap;

use crate::symbol::{Symbol, well_known};

/// Functions that operators stand for, and that a file can bind to something else.
const OPERATORS: [Symbol; 4] = [well_known::SUB, well_known::MUL, well_known::DIV, well_known::LESS_THAN];

/// One scope around an expression.
pub(super) enum Scope {
    /// Names with their slots.
    Static(FxHashMap<Symbol, u32>),
    /// The attributes of a `with`.
    With,
}

/// What a name was resolved to.
pub(super) enum Resolution {
    /// A slot, so many scopes further out.
    Slot { up: u32, slot: u32 },
    /// One of the `with` scopes at these distances, innermost first.
    Dynamic(Vec<u32>),
    /// Not bound by any scope of the file.
    Free,
}

/// The scopes around an expression, outermost first.
#[derive(Default)]
pub(super) struct Scopes {
    scopes: Vec<Scope>,
    /// How many of the scopes bind one of [`OPERATORS`].
    binding_operators: usize,
}

fn binds_operator(scope: &Scope) -> bool {
    match scope {
        Scope::Static(names) => OPERATORS.iter().any(|name| names.contains_key(name)),
        Scope::With => false,
    }
}

impl Scopes {
    pub(super) fn push(&mut self, scope: Scope) {
        self.binding_operators += usize::from(binds_operator(&scope));
        self.scopes.push(scope);
    }

    pub(super) fn pop(&mut self) -> Option<Scope> {
        let scope = self.scopes.pop();
        self.binding_operators -= usize::from(scope.as_ref().is_some_and(binds_operator));
        scope
    }

    /// The scope around what is lowered now.
    pub(super) fn innermost(&self) -> Option<&Scope> {
        self.scopes.last()
    }

    /// Whether a function that an operator stands for is bound by the file itself.
    pub(super) fn binds(&self, operator: Symbol) -> bool {
        self.binding_operators > 0 && matches!(self.resolve(operator, true), Resolution::Slot { .. })
    }

    /// Resolves a name; `is_global` says whether it is built in, which goes before any `with`.
    pub(super) fn resolve(&self, name: Symbol, is_global: bool) -> Resolution {
        let mut withs = Vec::new();
        for (up, scope) in (0u32..).zip(self.scopes.iter().rev()) {
            match scope {
                Scope::Static(names) => {
                    if let Some(&slot) = names.get(&name) {
                        return Resolution::Slot { up, slot };
                    }
                }
                Scope::With => withs.push(up),
            }
        }
        if is_global || withs.is_empty() { Resolution::Free } else { Resolution::Dynamic(withs) }
    }

    /// Names that are bound statically, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = Symbol> {
        self.scopes.iter().flat_map(|scope| match scope {
            Scope::Static(names) => names.keys().copied().collect::<Vec<_>>(),
            Scope::With => Vec::new(),
        })
    }
}
