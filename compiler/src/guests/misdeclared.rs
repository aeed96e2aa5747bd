//! Options of the user's that are declared by a misspelt name: whatever sets or uses them fails, and all of that is one
//! mistake, in the declaration.

use std::collections::{BTreeMap, BTreeSet};

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::evaluation::{Found, Scene};
use super::message::{Message, option_path, quoted_path, shown};
use super::mistakes::Mistake;
use super::modules::Modules;
use super::place::{MAX_PLACES, Placer, once};

/// As often as this a name has to be used for it to be the one that is meant.
const ENOUGH: usize = 2;

/// The declaration that may be misspelt, rather than what fails for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Declared {
    /// The option, as it is declared.
    option: Vec<String>,
    /// The name that is used instead of the last one.
    meant: String,
}

/// The declaration that a mistake may be of: of a name like the one that does not exist, which is written nowhere else.
pub(super) fn declared(
    scene: &Scene<'_, '_>,
    modules: &Modules<'_, '_>,
    mistake: &Mistake,
) -> Option<Declared> {
    let (option, meant) = match &mistake.message {
        Message::UnknownOption { option, .. } => {
            let path = option_path(option);
            let (nearest, (meant, parents)) = (mistake.nearest.clone()?, path.split_last()?);
            nearest.split_last().filter(|(_, others)| *others == parents)?;
            (nearest, meant.clone())
        }
        Message::Other => {
            let meant = mistake.text.strip_prefix("attribute '")?.strip_suffix("' missing")?;
            let name = mistake.help.as_ref()?.strip_prefix("Did you mean ")?.strip_suffix('?')?;
            (modules.declared_as(name)?, meant.to_owned())
        }
        _ => return None,
    };
    modules.declared(&option)?;
    let map = scene.evaluator.source_map();
    let users = map.iter().filter(|(source, _)| scene.is_users(&map, Span::new(*source, 0, 0)));
    let count: usize =
        users.map(|(_, file)| occurrences(file.text(), option.last().map_or("", String::as_str))).sum();
    (count == 1).then_some(Declared { option, meant })
}

/// How often a word stands in a text.
fn occurrences(text: &str, word: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'');
    let is_whole = |&(at, _): &(usize, &str)| {
        !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
    };
    text.match_indices(word).filter(is_whole).count()
}

/// Makes one mistake of all that fails for a declaration that is misspelt.
pub(super) fn join(found: &mut [Found]) {
    let mut uses: BTreeMap<Declared, BTreeSet<Span>> = BTreeMap::new();
    for mistake in found.iter().flat_map(|found| &found.mistakes) {
        if let Some(declared) = &mistake.declared {
            uses.entry(declared.clone()).or_default().extend(&mistake.places);
        }
    }
    uses.retain(|_, uses| uses.len() >= ENOUGH);
    for found in found {
        let mut told = BTreeSet::new();
        for mut mistake in std::mem::take(&mut found.mistakes) {
            let declared = mistake.declared.clone();
            let Some((declared, uses)) = declared.and_then(|declared| uses.get_key_value(&declared)) else {
                found.mistakes.push(mistake);
                continue;
            };
            if told.insert(declared) {
                mistake.message = Message::Misdeclared(declared.clone());
                mistake.places = uses.iter().copied().collect();
                found.mistakes.push(mistake);
            }
        }
    }
}

impl Placer<'_, '_, '_, '_> {
    pub(super) fn misdeclared(&mut self, mistake: &Mistake, declared: &Declared) -> Diagnostic {
        let Declared { option, meant } = declared;
        let key = self.modules.and_then(|modules| modules.declared(option));
        let place = key.and_then(|key| self.users(key)).unwrap_or_else(|| self.whole());
        let message = format!("the option `{}` is declared, but it is used as `{meant}`", shown(option));
        let mut diagnostic = Diagnostic::new(Code::UnknownGuestOption, place, message)
            .labelled("nothing uses this name")
            .with_help(format!("did you mean `{meant}`?"));
        for place in once(mistake.places.iter().copied()).into_iter().take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(place, "it is used here");
        }
        if option.last().is_some_and(|name| self.slice(place) == name) {
            diagnostic = diagnostic.with_fix(Fix {
                span: place,
                replacement: quoted_path(std::slice::from_ref(meant)),
                applicability: Applicability::Unsafe,
            });
        }
        diagnostic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_whole() {
        for (text, expected) in [("{ prot = 1; }", 1), ("prot proto x-prot prot' prot", 2), ("", 0)] {
            assert_eq!(occurrences(text, "prot"), expected, "{text}");
        }
    }
}
