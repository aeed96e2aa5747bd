//! What became of the user's definitions: what the module system has to say of each.

use std::collections::BTreeSet;

use launchnix_evaluator::Value;

use super::message::{Message, SET_OF_OPTIONS, quoted_path};
use super::mistakes::{Mistake, Mistakes};
use super::modules::Modules;

/// How deep the value of an option is looked at for mistakes.
const VALUE_DEPTH: usize = 6;
/// With how many of the entries that were written one of a list is compared.
const MAX_ENTRIES: usize = 20;

impl<'a> Mistakes<'_, '_, 'a, '_> {
    /// Compares definitions with options, and looks at each option that the user defines.
    pub(super) fn definitions(&mut self, system: Value<'a>, modules: &Modules<'_, 'a>) {
        let e = self.scene.evaluator;
        let Ok(system) = e.expect_attrs(system) else { return };
        let (Some(options), Some(config)) = (system.get(e.intern("options")), system.get(e.intern("config")))
        else {
            return;
        };
        let comparison = modules.compare(options.value);
        let is_freeform = e
            .select_path(options.value, "_module.freeformType.value", &[])
            .is_ok_and(|kind| !matches!(kind, Value::Null));
        if !is_freeform {
            let mut seen = BTreeSet::new();
            for path in comparison.unknown {
                if seen.insert(path.clone()) {
                    let option = quoted_path(&path);
                    let message = Message::UnknownOption { option: option.clone(), files: Vec::new() };
                    if self.found.iter().all(|known| known.message != message) {
                        self.found
                            .push(Mistake::new(format!("The option `{option}' does not exist."), message));
                    }
                }
            }
        }
        for path in comparison.no_set {
            let option = quoted_path(&path);
            let text = format!("`{option}' is no set.");
            if self.found.iter().all(|known| known.text != text) {
                let message =
                    Message::WrongType { option, wanted: SET_OF_OPTIONS.to_owned(), files: Vec::new() };
                self.found.push(Mistake::new(text, message));
            }
        }
        for (path, definition) in comparison.defined {
            let mut value = config.value;
            let reached = path.iter().all(|name| match e.force(value) {
                Ok(Value::Attrs(attrs)) => match attrs.get(e.intern(name)) {
                    Some(attr) => {
                        value = attr.value;
                        true
                    }
                    None => false,
                },
                _ => false,
            });
            if reached {
                self.value(value, definition, modules, 0);
            }
        }
    }

    /// Looks at what became of a definition; only what the module system has to say of its type counts.
    fn value(&mut self, value: Value<'a>, definition: Value<'a>, modules: &Modules<'_, 'a>, depth: usize) {
        let e = self.scene.evaluator;
        let forced = match e.force(value) {
            Ok(forced) => forced,
            Err(error) => {
                let counts = matches!(
                    Message::read(&error.message),
                    Message::WrongType { .. }
                        | Message::Conflict { .. }
                        | Message::ReadOnly { .. }
                        | Message::UnknownOption { .. }
                );
                if counts {
                    self.add(&error, None);
                }
                return;
            }
        };
        if depth > VALUE_DEPTH {
            return;
        }
        match forced {
            Value::Attrs(attrs) if attrs.get(e.intern("drvPath")).is_none() => {
                for part in modules.parts(definition) {
                    let Ok(Value::Attrs(written)) = e.force(part) else { continue };
                    for (_, attr) in e.sorted(written) {
                        if let Some(inner) = attrs.get(attr.name) {
                            self.value(inner.value, attr.value, modules, depth + 1);
                        }
                    }
                }
            }
            Value::List(list) => {
                let parts = modules.parts(definition);
                let written: Vec<_> =
                    parts.iter().filter_map(|part| e.expect_list(*part).ok()).flatten().copied().collect();
                // Entries of one definition are known; of several, any may be where another was written.
                let is_known = written.len() == list.items.len();
                for (index, &item) in list.items.iter().enumerate() {
                    let meant = if is_known { &written[index..=index] } else { written.as_slice() };
                    self.value(item, Value::Null, modules, VALUE_DEPTH);
                    for &entry in meant.iter().take(MAX_ENTRIES) {
                        self.value(item, entry, modules, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}
