//! What is wrong inside of a set whose own name is misspelt: nothing that is evaluated comes by there, so that what it
//! holds is compared with the options of the set that was meant.

use launchnix_evaluator::Value;

use super::definitions::{MAX_ATTRIBUTES, MAX_WALK, MAX_WALK_DEPTH};
use super::kinds;
use super::mend::entry_name;
use super::message::{Message, quoted_path};
use super::mistakes::{Mistake, Mistakes};
use super::modules::Modules;
use super::suggestion;

/// A comparison of what a set holds with the options of another one.
struct Inner<'i, 's, 'a> {
    modules: &'i Modules<'s, 'a>,
    options: Value<'a>,
    found: Vec<Mistake>,
    budget: usize,
}

impl<'a> Mistakes<'_, '_, 'a, '_> {
    /// Adds what is wrong inside of sets for which others were meant.
    pub(super) fn look_inside_misspelt(&mut self) {
        let scene = self.scene;
        let meant = std::mem::take(&mut self.meant);
        let Ok(system) = scene.system(&self.mend) else { return };
        let Ok(options) = scene.evaluator.select_path(system, "options", &[]) else { return };
        let Ok(modules) = scene.modules(system) else { return };
        let mut inner = Inner { modules: &modules, options, found: Vec::new(), budget: MAX_WALK };
        for (path, new) in &meant {
            let (definitions, done) = modules.at(path);
            let other = [&path[..path.len() - 1], std::slice::from_ref(new)].concat();
            for definition in definitions.into_iter().filter(|_| done == path.len()) {
                if inner.is_likely(&other, definition.value) {
                    inner.compare(path, &other, definition.value);
                }
            }
        }
        for mistake in inner.found {
            if self.found.iter().all(|known| known.message != mistake.message) {
                self.found.push(mistake);
            }
        }
    }
}

impl<'a> Inner<'_, '_, 'a> {
    /// Whether most of what a value holds is there below another name, so that this was meant.
    fn is_likely(&self, other: &[String], value: Value<'a>) -> bool {
        let e = self.modules.evaluator;
        let parts = self.modules.uncalled_parts(value).into_iter();
        let sets = parts.filter_map(|part| e.expect_attrs(part).ok());
        let names: Vec<_> = sets.flat_map(|set| e.sorted(set)).map(|(name, _)| name).collect();
        let is_known = |name: &&&[u8]| {
            let below = [other, &[String::from_utf8_lossy(name).into_owned()]].concat();
            kinds::described(e, self.options, &below).is_some() || suggestion::is_set(e, self.options, &below)
        };
        names.iter().filter(is_known).count() * 2 >= names.len()
    }

    /// Compares a value with the options of another name than its own. What may be meant for something else is passed over.
    fn compare(&mut self, path: &[String], other: &[String], value: Value<'a>) {
        let e = self.modules.evaluator;
        if path.len() > MAX_WALK_DEPTH {
            return;
        }
        for part in self.modules.uncalled_parts(value) {
            let attrs = match e.force(part) {
                Ok(Value::Attrs(attrs)) => attrs,
                Ok(Value::List(list)) => {
                    for (index, &item) in list.items.iter().enumerate().take(MAX_ATTRIBUTES) {
                        let below = |path: &[String]| [path, &[entry_name(index)]].concat();
                        self.option(&below(path), &below(other), item);
                    }
                    continue;
                }
                _ => continue,
            };
            if self.modules.is_of_packages(attrs) || attrs.get(e.intern("_type")).is_some() {
                continue;
            }
            for (name, attr) in e.sorted(attrs) {
                if self.budget == 0 {
                    return;
                }
                self.budget -= 1;
                let name = String::from_utf8_lossy(name).into_owned();
                let below = |path: &[String]| [path, std::slice::from_ref(&name)].concat();
                self.option(&below(path), &below(other), attr.value);
            }
        }
    }

    fn option(&mut self, path: &[String], other: &[String], value: Value<'a>) {
        let e = self.modules.evaluator;
        let Some(kind) = kinds::described(e, self.options, other) else {
            if suggestion::is_set(e, self.options, other) {
                self.compare(path, other, value);
            } else {
                self.unknown(path, other, value);
            }
            return;
        };
        for part in self.modules.uncalled_parts(value) {
            if e.force(part).is_ok() && kinds::fits(e, self.options, other, part) == Some(false) {
                let option = quoted_path(path);
                let message = Message::WrongType { option, wanted: kind, files: Vec::new() };
                self.found.push(Mistake::new(String::new(), message));
                return;
            }
        }
        self.compare(path, other, value);
    }

    /// An option that does not exist is only told where another one is meant: perhaps the whole set is none that exists.
    fn unknown(&mut self, path: &[String], other: &[String], value: Value<'a>) {
        let nearest = suggestion::nearest(self.modules.evaluator, self.options, other, Some(value));
        let is_beside = |nearest: &Vec<String>| nearest.starts_with(&other[..other.len() - 1]);
        if let Some(nearest) = nearest.filter(is_beside) {
            let option = quoted_path(path);
            let text = format!("The option `{option}' does not exist.");
            let message = Message::UnknownOption { option, files: Vec::new() };
            self.found.push(Mistake { nearest: Some(nearest), ..Mistake::new(text, message) });
        }
    }
}
