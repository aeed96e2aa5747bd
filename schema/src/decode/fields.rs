//! The attributes of a set, taken one by one as options.

use std::borrow::Cow;
use std::collections::BTreeMap;

use launchnix_diagnostics::Span;

use super::unknown::Unknown;
use super::wrong_type::of_modules;
use super::{Decoder, Input, halves, level, listed, missing, nearest, synonyms, unknown};
use crate::option::{Decode, Flaws, Key, Kind, OptionInfo, Options, Placeholder};
use crate::{Field, Node, Shape, Spanned};

/// The attributes of a set that were not taken yet.
#[derive(Debug)]
pub(crate) struct Fields<'i, N> {
    /// The place that stands for the set.
    key: Span,
    /// The set itself, the one with precedence.
    node: N,
    path: &'i str,
    options: &'static [OptionInfo],
    /// The options that are set, in no order. A set has few of the options that it could have: most of them are
    /// dealt with by a look at `present`.
    known: Vec<(usize, Entry<N>)>,
    /// Which of the options were found in the set, as bits, and not taken yet.
    present: OptionSet,
    /// Which of them were taken.
    taken: OptionSet,
    /// Which of those are only in layers beneath.
    inherited: OptionSet,
    /// Attributes that are no options, in the order of their names.
    others: Vec<(String, Entry<N>)>,
    /// Attributes that are an option misspelt, and which; known once an option is not there.
    misspelt: Option<Vec<(String, &'static str)>>,
    missing: Vec<&'static OptionInfo>,
    flaws: Flaws,
    /// How many options had been found where they do not belong before this set was looked into.
    misplaced_before: usize,
    /// Whether one of the sets lacks what could not be evaluated.
    is_incomplete: bool,
}

/// Some of the options of a set, by their position.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OptionSet(u128);

impl OptionSet {
    /// The options at some positions.
    pub(crate) const fn at(positions: &[usize]) -> Self {
        let (mut set, mut next) = (0, 0);
        while next < positions.len() {
            set |= Self::bit(positions[next]);
            next += 1;
        }
        Self(set)
    }

    /// As many of the first options.
    fn first(count: usize) -> Self {
        debug_assert!(count < 128, "no set has so many options");
        Self((1 << count) - 1)
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn holds(self, position: usize) -> bool {
        self.0 & Self::bit(position) != 0
    }

    fn insert(&mut self, position: usize) {
        self.0 |= Self::bit(position);
    }

    fn remove(&mut self, position: usize) {
        self.0 &= !Self::bit(position);
    }

    /// The positions in their order.
    fn positions(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let position = self.0.trailing_zeros() as usize;
            self.0 &= self.0.wrapping_sub(1);
            (position < 128).then_some(position)
        })
    }

    const fn bit(position: usize) -> u128 {
        debug_assert!(position < 128, "no set has so many options");
        1 << position
    }
}

#[derive(Debug)]
struct Entry<N> {
    key: Span,
    /// Whether the value stands for the whole set: `cpus = 2` for `cpus.count = 2`.
    whole: bool,
    /// How many layers lie over the one that the first value is from.
    depth: usize,
    /// The value with precedence.
    value: N,
    /// The values that it hides, those with precedence first.
    beneath: Vec<N>,
}

impl<'i, N: Node> Fields<'i, N> {
    /// The fields of a set of options; `None` (and a diagnostic) where the value is none.
    pub(crate) fn of<T: Options>(input: &'i Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        Self::collect(input, T::OPTIONS, T::position, None, decoder)
    }

    /// The fields of a set whose names are the user's.
    pub(crate) fn of_names(input: &'i Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        Self::collect(input, &[], |_| None, None, decoder)
    }

    /// The fields of a set of options, where a value that is none may stand for one of them. `form` says what is
    /// expected.
    pub(crate) fn of_union<T: Options>(
        input: &'i Input<N>,
        form: &'static str,
        shorthand: &'static OptionInfo,
        decoder: &mut Decoder<'_>,
    ) -> Option<Self> {
        Self::collect(input, T::OPTIONS, T::position, Some((form, shorthand)), decoder)
    }

    fn collect(
        input: &'i Input<N>,
        options: &'static [OptionInfo],
        position: fn(&str) -> Option<usize>,
        other: Option<(&'static str, &'static OptionInfo)>,
        decoder: &mut Decoder<'_>,
    ) -> Option<Self> {
        let kind = || match other {
            Some((form, shorthand)) => Kind::SetOr(form, shorthand, options),
            None => Kind::Set(options),
        };
        let mut fields = Self {
            key: input.key,
            node: input.node.clone(),
            path: &input.path,
            options,
            known: Vec::new(),
            present: OptionSet::default(),
            taken: OptionSet::default(),
            inherited: OptionSet::default(),
            others: Vec::new(),
            misspelt: None,
            missing: Vec::new(),
            flaws: Flaws::default(),
            misplaced_before: decoder.misplaced.len(),
            is_incomplete: false,
        };
        for (depth, node) in std::iter::once(&input.node).chain(&input.beneath).enumerate() {
            let shape = match decoder.shape(node) {
                Some(shape) => shape,
                None => Shape::Attrs(node.partly()?),
            };
            let attributes = match shape {
                Shape::Attrs(attributes) => {
                    fields.is_incomplete |= !options.is_empty() && node.is_incomplete();
                    attributes
                }
                // A null over or under other layers adds nothing.
                Shape::Null if !input.beneath.is_empty() => continue,
                found => {
                    if let Some((_, option)) = other.filter(|(_, option)| (option.kind)().takes(&found))
                        && let Some(position) = position(option.name)
                    {
                        let key = if depth == 0 { input.key } else { node.span() };
                        let value = node.clone();
                        fields.add(position, Entry { key, whole: true, depth, value, beneath: Vec::new() });
                        continue;
                    }
                    let layer = Input { node: node.clone(), beneath: Vec::new(), ..input.clone() };
                    decoder.wrong_type(&layer, &found, &kind());
                    // One set in a list has its own mistakes.
                    let is_of_set = !options.is_empty() && listed::list_inside(&found, options).is_none();
                    listed::only_set(&found).filter(|_| is_of_set)?
                }
            };
            if options.is_empty() {
                fields.others.reserve(attributes.len());
            } else {
                fields.known.reserve(attributes.len());
            }
            let above = fields.others.len();
            for Field { name, key, value } in attributes {
                let entry = Entry { key, whole: false, depth, value, beneath: Vec::new() };
                if let Some(position) = position(name.as_ref()) {
                    fields.add(position, entry);
                    continue;
                }
                match fields.others[..above].binary_search_by(|(known, _)| known.as_str().cmp(name.as_ref()))
                {
                    Ok(at) => fields.others[at].1.beneath.push(entry.value),
                    Err(_) => fields.others.push((name.into(), entry)),
                }
            }
            sort_by_name(&mut fields.others);
            let has_type = fields.others.binary_search_by(|(known, _)| known.as_str().cmp("_type")).is_ok();
            if has_type
                && of_modules(node).is_some()
                && let Some(found) = decoder.shape(node)
            {
                let layer = Input { node: node.clone(), beneath: Vec::new(), ..input.clone() };
                decoder.wrong_type(&layer, &found, &kind());
                return None;
            }
            if !options.is_empty() && !fields.others.is_empty() {
                fields.unwrap_sets(input, depth, position, decoder);
            }
        }
        if fields.is_incomplete {
            // What could not be evaluated may be any of the options that are not there.
            decoder.mistakes += 1;
            let absent = options.iter().enumerate().filter(|(at, _)| !fields.present.holds(*at));
            for (_, option) in absent {
                fields.flaws.set_unknown(option.name);
            }
        }
        Some(fields)
    }

    /// Takes what is in a set of options that stands in the set itself as if it stood here, once that is told.
    fn unwrap_sets(
        &mut self,
        input: &Input<N>,
        depth: usize,
        position: fn(&str) -> Option<usize>,
        decoder: &mut Decoder<'_>,
    ) {
        for (name, entry) in std::mem::take(&mut self.others) {
            let key = Key { name, span: entry.key };
            let Some(inner) = level::unwrapped(&key, &entry.value, input, self.options, decoder) else {
                self.others.push((key.name, entry));
                continue;
            };
            for Field { name, key, value } in inner {
                let entry = Entry { key, whole: false, depth, value, beneath: Vec::new() };
                match position(name.as_ref()) {
                    Some(position) => self.add(position, entry),
                    None => self.others.push((name.into(), entry)),
                }
            }
        }
        sort_by_name(&mut self.others);
    }

    /// Adds an option, under what is there of it.
    fn add(&mut self, position: usize, entry: Entry<N>) {
        if self.present.holds(position)
            && let Some((_, above)) = self.known.iter_mut().find(|(known, _)| *known == position)
        {
            above.beneath.push(entry.value);
            return;
        }
        self.present.insert(position);
        self.known.push((position, entry));
    }

    /// All attributes as things that the user named.
    pub(crate) fn into_named(self, decoder: &mut Decoder<'_>) -> Vec<(Key, Input<N>)> {
        let path = self.path;
        let inherited = decoder.inherited.contains(&self.key);
        let mut named = Vec::with_capacity(self.others.len());
        for (name, entry) in self.others {
            // `null` takes away what a layer beneath has of this name, as it does of an option.
            if entry.depth == 0 && !entry.beneath.is_empty() && entry.value.is_null() {
                continue;
            }
            let within = decoder.path("<name>", || join(path, &name));
            if entry.depth > 0 || inherited {
                decoder.inherited.insert(entry.key);
            }
            let input = Input { beneath: entry.beneath, ..Input::new(entry.value, entry.key, within) };
            named.push((Key { name, span: entry.key }, input));
        }
        named
    }

    /// The place that stands for the set.
    pub(crate) fn key(&self) -> Span {
        self.key
    }

    /// The positions of the options to decode: those that are set and those that are `required`, or all where they may
    /// be set by another name.
    pub(crate) fn wanted(
        &self,
        required: OptionSet,
        decoder: &Decoder<'_>,
    ) -> impl Iterator<Item = usize> + use<'i, N> {
        let is_plain = self.others.is_empty() && !decoder.needs_name;
        let wanted = if is_plain { self.present.or(required) } else { OptionSet::first(self.options.len()) };
        wanted.positions()
    }

    /// Whether the option at a position is not set, by no name.
    #[inline]
    fn lacks(&self, position: usize) -> bool {
        self.others.is_empty() && !self.present.holds(position)
    }

    /// Takes the option at a position; `null` counts as absent.
    pub(crate) fn take(&mut self, position: usize, decoder: &mut Decoder<'_>) -> Option<Input<N>> {
        let option = &self.options[position];
        if !self.others.is_empty() {
            self.rename(position, option, decoder);
            self.adopt(position, option, decoder);
        }
        if !self.present.holds(position) {
            return None;
        }
        let at = self.known.iter().position(|(known, _)| *known == position)?;
        let (_, entry) = self.known.swap_remove(at);
        self.present.remove(position);
        self.taken.insert(position);
        if !option.required && entry.value.is_null() {
            decoder.note_null([self.key, self.node.span()], option.name, &entry.value);
            return None;
        }
        if entry.depth > 0 {
            self.inherited.insert(position);
            decoder.inherited.insert(entry.value.span());
            decoder.inherited.insert(entry.key);
        }
        if let Some(machine) = decoder.machine.filter(|_| decoder.given.is_some()) {
            decoder.settings.note(machine, entry.key, entry.value.span());
        }
        if option.required {
            decoder.note_empty([self.key, self.node.span()], option.name, &entry.value);
        }
        if let Some(reason) = option.deprecated {
            decoder.push(unknown::deprecated(option.name, reason, entry.key));
        }
        let path = match (entry.whole, self.path.is_empty()) {
            (true, _) => decoder.path(option.name, || self.path.to_owned()),
            (false, true) => Cow::Borrowed(option.name),
            (false, false) => decoder.path(option.name, || join(self.path, option.name)),
        };
        let Entry { key, value: node, beneath, .. } = entry;
        Some(Input { node, beneath, key, path, option: Some(option) })
    }

    /// Takes an attribute that goes by a name which the option had before for the option.
    fn rename(&mut self, position: usize, option: &'static OptionInfo, decoder: &mut Decoder<'_>) {
        for &old in option.renamed {
            let Some(at) = self.others.iter().position(|(name, _)| name == old) else { continue };
            let (_, entry) = self.others.remove(at);
            if let Some((_, new)) = self.known.iter().find(|(known, _)| *known == position) {
                decoder.push(unknown::set_twice(old, entry.key, option.name, new.key));
                continue;
            }
            decoder.push(unknown::renamed(old, option.name, entry.key));
            self.add(position, entry);
        }
    }

    /// Takes an attribute that is the option misspelt for the option, once that is told: its value may be wrong as well.
    fn adopt(&mut self, position: usize, option: &'static OptionInfo, decoder: &mut Decoder<'_>) {
        // Which machines there are is found out before, whatever they are called.
        let is_form = matches!(option.name, "machines" | "machine" | "deployment");
        if self.present.holds(position) || is_form {
            return;
        }
        let (options, path) = (self.options, self.path);
        let others = &self.others;
        let misspelt = self.misspelt.get_or_insert_with(|| {
            let meant = others.iter().filter_map(|(name, entry)| {
                let key = Key { name: name.clone(), span: entry.key };
                Some((key.name.clone(), unknown::certain(&Unknown::of(&key, &entry.value, options, path))?))
            });
            meant.collect()
        });
        let Some((name, _)) = misspelt.iter().find(|(_, meant)| *meant == option.name) else { return };
        let Some(at) = self.others.iter().position(|(other, _)| other == name) else { return };
        let (name, entry) = self.others.remove(at);
        let key = Key { name, span: entry.key };
        unknown::report(&Unknown::of(&key, &entry.value, options, path), decoder);
        self.add(position, entry);
    }

    fn value<T: Decode>(
        &mut self,
        input: &Input<N>,
        position: usize,
        decoder: &mut Decoder<'_>,
    ) -> Option<T> {
        let before = decoder.mistakes;
        let value = T::decode(input, decoder);
        if value.is_none() {
            self.flaws.set_unknown(self.options[position].name);
        } else if decoder.mistakes > before {
            self.flaws.set_mistaken(self.options[position].name);
        }
        value
    }

    /// An option that need not be set.
    #[inline]
    pub(crate) fn optional<T: Decode>(&mut self, position: usize, decoder: &mut Decoder<'_>) -> Option<T> {
        // A set has few of the options that it could have.
        if self.lacks(position) && !decoder.needs_name {
            return None;
        }
        self.optional_or_name(position, decoder)
    }

    fn optional_or_name<T: Decode>(&mut self, position: usize, decoder: &mut Decoder<'_>) -> Option<T> {
        let input = self.take(position, decoder);
        if input.is_none() && decoder.needs_name && self.path.is_empty() {
            let option = &self.options[position];
            if option.name == "name" {
                self.missing.push(option);
            }
        }
        self.value(&input?, position, decoder)
    }

    /// An option with a default.
    pub(crate) fn defaulted<T>(
        &mut self,
        position: usize,
        default: impl FnOnce() -> T,
        decoder: &mut Decoder<'_>,
    ) -> Spanned<T>
    where
        Spanned<T>: Decode,
    {
        let value = self.optional(position, decoder);
        value.unwrap_or_else(|| Spanned::new(default(), self.key))
    }

    /// A list or a set of named things; empty where it is not set.
    #[inline]
    pub(crate) fn collection<T: Decode + Default>(
        &mut self,
        position: usize,
        decoder: &mut Decoder<'_>,
    ) -> T {
        if self.lacks(position) && !self.options[position].required {
            return T::default();
        }
        self.collection_or_missing(position, decoder)
    }

    fn collection_or_missing<T: Decode + Default>(
        &mut self,
        position: usize,
        decoder: &mut Decoder<'_>,
    ) -> T {
        if let Some(input) = self.take(position, decoder) {
            return self.value(&input, position, decoder).unwrap_or_default();
        }
        let option = &self.options[position];
        if option.required {
            self.missing.push(option);
        }
        T::default()
    }

    /// An option that must be set.
    pub(crate) fn required<T: Placeholder>(
        &mut self,
        position: usize,
        decoder: &mut Decoder<'_>,
    ) -> Spanned<T>
    where
        Spanned<T>: Decode,
    {
        let value = if let Some(input) = self.take(position, decoder) {
            self.value(&input, position, decoder)
        } else {
            self.missing.push(&self.options[position]);
            None
        };
        value.unwrap_or_else(|| Spanned::new(T::placeholder(self.key), self.key))
    }

    /// Reports what is left over and what is missing.
    pub(crate) fn finish(mut self, decoder: &mut Decoder<'_>) -> Flaws {
        if !self.others.is_empty() || !self.known.is_empty() {
            self.report_others(decoder);
        }
        self.excuse_misplaced(decoder);
        for option in &self.missing {
            self.flaws.set_unknown(option.name);
        }
        if !self.missing.is_empty() && !decoder.partial && !self.is_incomplete {
            missing::report(&self.missing, &self.node, self.key, self.path, decoder);
        }
        self.flaws
    }

    /// An option that stands inside of another one, or around the machine, is neither missing nor absent.
    fn excuse_misplaced(&mut self, decoder: &mut Decoder<'_>) {
        let (since, around) = if self.path.is_empty() {
            (0, decoder.misplaced_for_all.as_slice())
        } else {
            (self.misplaced_before, [].as_slice())
        };
        let inside = decoder.misplaced.get(since..).unwrap_or_default();
        for name in inside.iter().chain(around) {
            let at = self.options.iter().position(|option| option.name == name);
            if let Some(at) = at.filter(|at| !self.taken.holds(*at)) {
                self.flaws.set_unknown(self.options[at].name);
                self.missing.retain(|option| option.name != name);
                decoder.mistakes += 1;
            }
        }
    }

    fn report_others(&mut self, decoder: &mut Decoder<'_>) {
        let missing = &self.missing;
        let is_missing = |name: &str| missing.iter().any(|option| option.name == name);
        let mut set_options: Vec<_> = self
            .options
            .iter()
            .enumerate()
            .filter(|(at, option)| {
                self.taken.holds(*at) && !self.inherited.holds(*at) && !is_missing(option.name)
            })
            .map(|(_, option)| option.name)
            .collect();
        // An option that nobody took is not known here.
        let mut left: BTreeMap<_, _> = std::mem::take(&mut self.others).into_iter().collect();
        let untaken = std::mem::take(&mut self.known);
        left.retain(|_, entry| !decoder.names_of_listed.contains(&entry.key));
        left.extend(untaken.into_iter().map(|(at, entry)| (self.options[at].name.to_owned(), entry)));
        let known: Vec<_> =
            left.iter().map(|(name, entry)| (name.as_str(), entry.key, &entry.value)).collect();
        if let Some((told, meant)) = halves::report(&self.node, &known, self.options, decoder) {
            left.retain(|name, _| !told.contains(name));
            self.flaws.set_unknown(meant);
            self.missing.retain(|option| option.name != meant);
        }
        for (name, entry) in left {
            let key = Key { name, span: entry.key };
            // A set inside of itself has what seems to be missing here.
            if level::is_set_again(&key.name, self.path, &entry.value, self.options) {
                level::twice(&key, decoder);
                self.missing.clear();
                for option in self.options.iter().filter(|option| !set_options.contains(&option.name)) {
                    self.flaws.set_unknown(option.name);
                }
                continue;
            }
            if self.path.is_empty()
                && self.options.iter().any(|option| option.name == "machines")
                && entry.value.attribute("deployment").is_some()
                && !synonyms::means(&key.name, "defaults")
                && nearest(&key.name, self.options.iter().map(|option| option.name)).is_none()
            {
                level::machine_beside_machines(&key, decoder);
                continue;
            }
            // The option that was meant is neither missing nor absent: its value is unknown.
            let (options, path, set_options_now) = (self.options, self.path, &set_options);
            let unknown =
                Unknown { key: &key, value: &entry.value, options, path, set_options: set_options_now };
            if let Some(meant) = unknown::report(&unknown, decoder) {
                decoder.failures_in(&entry.value, key.span, 0);
                self.flaws.set_unknown(meant);
                self.missing.retain(|option| option.name != meant);
                // Whoever else has nearly its name cannot become it as well.
                set_options.push(meant);
            }
        }
    }

    /// Whether there is an attribute of a name that is no option here.
    pub(crate) fn has_stranger(&self, name: &str) -> bool {
        self.others.iter().any(|(known, _)| known == name)
    }

    /// Says that what is wrong with an option has been told, so that it is not missing.
    pub(crate) fn is_told(&mut self, option: &'static str) {
        self.flaws.set_unknown(option);
    }

    /// The attributes that are no options here, but of a name that is meant, in the order in which they are written.
    pub(crate) fn strangers(&self, is_meant: impl Fn(&str) -> bool) -> Vec<Key> {
        let meant = self.others.iter().filter(|(name, _)| is_meant(name));
        let mut keys: Vec<_> =
            meant.map(|(name, entry)| Key { name: name.clone(), span: entry.key }).collect();
        keys.sort_by_key(|key| key.span);
        keys
    }

    /// Takes the first attribute that is no option and has a value that is meant.
    pub(crate) fn take_stranger(&mut self, is_meant: impl Fn(&str, &N) -> bool) -> Option<(Key, N)> {
        let meant = self.others.iter().enumerate().filter(|(_, (name, entry))| is_meant(name, &entry.value));
        let (at, _) = meant.min_by_key(|(_, (_, entry))| entry.key)?;
        let (name, entry) = self.others.remove(at);
        Some((Key { name, span: entry.key }, entry.value))
    }

    /// Takes no notice of some attributes that are no options.
    pub(crate) fn forget(&mut self, is_meant: impl Fn(&str) -> bool) {
        self.others.retain(|(name, _)| !is_meant(name));
    }
}

/// Sorts attributes by their names. To move them about takes longer than to compare them.
fn sort_by_name<T>(named: &mut Vec<(String, T)>) {
    if named.is_sorted_by(|(a, _), (b, _)| a <= b) {
        return;
    }
    // Most names differ in their first bytes, as a number that is compared at once.
    let first = |name: &str| {
        name.bytes()
            .chain(std::iter::repeat(0))
            .take(8)
            .fold(0_u64, |first, byte| first << 8 | u64::from(byte))
    };
    let mut order: Vec<_> = named.iter().enumerate().map(|(at, (name, _))| (first(name), at)).collect();
    order.sort_unstable_by(|(a, a_at), (b, b_at)| a.cmp(b).then_with(|| named[*a_at].0.cmp(&named[*b_at].0)));
    let mut unsorted: Vec<_> = std::mem::take(named).into_iter().map(Some).collect();
    named.extend(order.into_iter().filter_map(|(_, at)| unsorted[at].take()));
}

/// The path of an attribute within a set.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        return name.to_owned();
    }
    let mut joined = String::with_capacity(path.len() + 1 + name.len());
    joined.push_str(path);
    joined.push('.');
    joined.push_str(name);
    joined
}
