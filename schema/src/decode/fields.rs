//! The attributes of a set, taken one by one as options.

use std::collections::BTreeMap;

use launchnix_diagnostics::Span;

use super::{Decoder, Input, missing, unknown};
use crate::option::{Decode, Flaws, Key, OptionInfo, Placeholder};
use crate::{Field, Node, Shape, Spanned};

/// The attributes of a set that were not taken yet.
#[derive(Debug)]
pub(crate) struct Fields<N> {
    /// The place that stands for the set.
    key: Span,
    /// The set itself, the one with precedence.
    node: N,
    path: String,
    options: &'static [OptionInfo],
    /// Values by attribute name, those with precedence first.
    entries: BTreeMap<String, Entry<N>>,
    taken: Vec<&'static str>,
    missing: Vec<&'static OptionInfo>,
    flaws: Flaws,
}

#[derive(Debug)]
struct Entry<N> {
    key: Span,
    /// Whether the value stands for the whole set: `cpus = 2` for `cpus.count = 2`.
    whole: bool,
    /// How many layers lie over the one that the first value is from.
    depth: usize,
    values: Vec<N>,
}

impl<N: Node> Fields<N> {
    /// The fields of a set; `None` (and a diagnostic) where the value is none.
    pub(crate) fn of(
        input: &Input<N>,
        options: &'static [OptionInfo],
        decoder: &mut Decoder<'_>,
    ) -> Option<Self> {
        Self::of_union(input, options, "a set", None, decoder)
    }

    /// The fields of a set, where a value that is none may stand for one of them. `form` says what is expected.
    pub(crate) fn of_union(
        input: &Input<N>,
        options: &'static [OptionInfo],
        form: &str,
        shorthand: Option<&'static OptionInfo>,
        decoder: &mut Decoder<'_>,
    ) -> Option<Self> {
        let mut entries: BTreeMap<String, Entry<N>> = BTreeMap::new();
        for (depth, node) in std::iter::once(&input.node).chain(&input.beneath).enumerate() {
            let attributes = match decoder.shape(node)? {
                Shape::Attrs(attributes) => attributes,
                // A null over or under other layers adds nothing.
                Shape::Null if !input.beneath.is_empty() => continue,
                found => {
                    if let Some(option) = shorthand.filter(|option| (option.kind)().takes(&found)) {
                        let name = option.name.to_owned();
                        let key = if depth == 0 { input.key } else { node.span() };
                        let entry = entries.entry(name).or_insert_with(|| Entry {
                            key,
                            whole: true,
                            depth,
                            values: Vec::new(),
                        });
                        entry.values.push(node.clone());
                        continue;
                    }
                    let layer = Input { node: node.clone(), beneath: Vec::new(), ..input.clone() };
                    decoder.wrong_type(&layer, &found, form);
                    return None;
                }
            };
            for Field { name, key, value } in attributes {
                let entry = entries.entry(name).or_insert_with(|| Entry {
                    key,
                    whole: false,
                    depth,
                    values: Vec::new(),
                });
                entry.values.push(value);
            }
        }
        Some(Self {
            key: input.key,
            node: input.node.clone(),
            path: input.path.clone(),
            options,
            entries,
            taken: Vec::new(),
            missing: Vec::new(),
            flaws: Flaws::default(),
        })
    }

    /// All attributes as things that the user named.
    pub(crate) fn into_named(self, decoder: &mut Decoder<'_>) -> Vec<(Key, Input<N>)> {
        let path = self.path;
        let mut named = Vec::new();
        for (name, entry) in self.entries {
            let within = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let mut values = entry.values.into_iter();
            let Some(node) = values.next() else { continue };
            if entry.depth > 0 {
                decoder.inherited.insert(entry.key);
            }
            let input = Input { beneath: values.collect(), ..Input::new(node, entry.key, within) };
            named.push((Key { name, span: entry.key }, input));
        }
        named
    }

    /// Takes an attribute; `null` counts as absent.
    pub(crate) fn take(
        &mut self,
        option: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> Option<Input<N>> {
        self.rename(option, decoder);
        let entry = self.entries.remove(option.name)?;
        self.taken.push(option.name);
        let mut values = entry.values.into_iter();
        let node = values.next()?;
        if matches!(node.shape(), Ok(Shape::Null)) && !option.required {
            return None;
        }
        if entry.depth > 0 {
            decoder.inherited.insert(node.span());
            decoder.inherited.insert(entry.key);
        }
        if let Some(reason) = option.deprecated {
            decoder.push(unknown::deprecated(option.name, reason, entry.key));
        }
        let path = match (entry.whole, self.path.is_empty()) {
            (true, _) => self.path.clone(),
            (false, true) => option.name.to_owned(),
            (false, false) => format!("{}.{}", self.path, option.name),
        };
        Some(Input { node, beneath: values.collect(), key: entry.key, path, option: Some(option) })
    }

    /// Takes an attribute that goes by a name which the option had before for the option.
    fn rename(&mut self, option: &'static OptionInfo, decoder: &mut Decoder<'_>) {
        for &old in option.renamed {
            let Some(entry) = self.entries.remove(old) else { continue };
            if let Some(new) = self.entries.get(option.name) {
                decoder.push(unknown::set_twice(old, entry.key, option.name, new.key));
                continue;
            }
            decoder.push(unknown::renamed(old, option.name, entry.key));
            self.entries.insert(option.name.to_owned(), entry);
        }
    }

    fn value<T: Decode>(
        &mut self,
        input: &Input<N>,
        option: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> Option<T> {
        let before = decoder.mistakes;
        let value = T::decode(input, decoder);
        if value.is_none() {
            self.flaws.set_unknown(option.name);
        } else if decoder.mistakes > before {
            self.flaws.set_mistaken(option.name);
        }
        value
    }

    /// An option that need not be set.
    pub(crate) fn optional<T: Decode>(
        &mut self,
        option: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> Option<T> {
        let input = self.take(option, decoder);
        if input.is_none() && option.name == "name" && decoder.needs_name && self.path.is_empty() {
            self.missing.push(option);
        }
        self.value(&input?, option, decoder)
    }

    /// An option with a default.
    pub(crate) fn defaulted<T>(
        &mut self,
        option: &'static OptionInfo,
        default: impl FnOnce() -> T,
        decoder: &mut Decoder<'_>,
    ) -> Spanned<T>
    where
        Spanned<T>: Decode,
    {
        let value = self.optional(option, decoder);
        value.unwrap_or_else(|| Spanned::new(default(), self.key))
    }

    /// A list or a set of named things; empty where it is not set.
    pub(crate) fn collection<T: Decode + Default>(
        &mut self,
        option: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> T {
        if let Some(input) = self.take(option, decoder) {
            return self.value(&input, option, decoder).unwrap_or_default();
        }
        if option.required {
            self.missing.push(option);
        }
        T::default()
    }

    /// An option that must be set.
    pub(crate) fn required<T: Placeholder>(
        &mut self,
        option: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> Spanned<T>
    where
        Spanned<T>: Decode,
    {
        let value = if let Some(input) = self.take(option, decoder) {
            self.value(&input, option, decoder)
        } else {
            self.missing.push(option);
            None
        };
        value.unwrap_or_else(|| Spanned::new(T::placeholder(self.key), self.key))
    }

    /// Reports what is left over and what is missing.
    pub(crate) fn finish(mut self, decoder: &mut Decoder<'_>) -> Flaws {
        let set_options: Vec<_> = self
            .taken
            .iter()
            .copied()
            .filter(|name| !self.missing.iter().any(|option| option.name == *name))
            .collect();
        for (name, entry) in std::mem::take(&mut self.entries) {
            let key = Key { name, span: entry.key };
            // A set inside of itself has what seems to be missing here.
            if key.name == "deployment"
                && self.path.is_empty()
                && self.options.iter().any(|option| option.name == "ram")
            {
                unknown::nested(&key, decoder);
                for option in self.missing.drain(..) {
                    self.flaws.set_unknown(option.name);
                }
                continue;
            }
            // The option that was meant is neither missing nor absent: its value is unknown.
            if let Some(meant) = unknown::report(&key, self.options, &self.path, &set_options, decoder) {
                self.flaws.set_unknown(meant);
                self.missing.retain(|option| option.name != meant);
            }
        }
        for option in &self.missing {
            self.flaws.set_unknown(option.name);
        }
        if !self.missing.is_empty() && !decoder.partial {
            missing::report(&self.missing, &self.node, self.key, &self.path, decoder);
        }
        self.flaws
    }

    /// The names of the attributes that were not taken yet.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

/// `a, b and c`.
pub(crate) fn enumerate(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
