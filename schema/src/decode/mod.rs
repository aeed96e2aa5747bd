//! Turns a tree of values with places into typed options.
//!
//! Decoding never stops at a mistake. What could not be decoded is marked in the [`Flaws`](crate::option::Flaws) of
//! its set, so that later checks say nothing about it: a mistake is reported once, where it was made.

mod alike;
mod as_set;
mod basic;
mod clashes;
mod fields;
mod file;
mod fleet;
mod form;
mod from_string;
mod halves;
mod level;
mod listed;
mod machines;
mod missing;
mod other_ways;
mod pairs;
mod reported;
mod settings;
mod synonyms;
mod text;
mod union;
mod units;
mod unknown;
mod users;
mod wrong_type;
mod yaml;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use launchnix_diagnostics::{About, Code, Diagnostic, Sources, Span, enumerate};

use alike::{
    alike_at_one_place, of_one_count, of_one_literal, of_one_name, of_one_part, of_one_unit,
    place_at_function, without_wrong_addresses,
};
pub(crate) use basic::{choice, of_range, set, set_or};
use clashes::{of_one_number, of_one_value};
pub(crate) use fields::{Fields, OptionSet};
pub(crate) use file::{is_no_directory, must_exist};
pub(crate) use fleet::{Draft, Top};
pub use fleet::{decode, with_ellipsis};
pub use form::{OF_GUEST, is_of_nixos};
use reported::Reported;
pub(crate) use synonyms::SYNONYMS;
pub(crate) use text::{FromText, Malformed, decode_from_text, from_text, string_literal};
pub(crate) use unknown::{nearest, same_but_form};
use users::Users;

use crate::option::OptionInfo;
use crate::{Node, Shape};

/// What decoding needs to know of the world.
pub struct Context<'a> {
    /// Where files are looked for.
    pub sources: &'a dyn Sources,
    /// The deployment file's directory, absolute: relative strings start here.
    pub base_directory: PathBuf,
    /// What `~` stands for.
    pub home: Option<PathBuf>,
    /// Whether decoding may end where something is found, or a machine has XML of its own, since it is done again with better
    /// places then.
    pub ends_early: bool,
}

/// A value to decode, with the values that it hides.
#[derive(Clone, Debug)]
pub(crate) struct Input<N> {
    /// The value.
    pub node: N,
    /// Values of the same option with less precedence: a machine's set lies over the fleet's defaults.
    pub beneath: Vec<N>,
    /// Where its name was written; for an element of a list, the element's own place.
    pub key: Span,
    /// What messages call it: `initialDisks.games.size`.
    pub path: Cow<'static, str>,
    /// The option whose value it is.
    pub option: Option<&'static OptionInfo>,
}

impl<N: Node> Input<N> {
    /// A value that hides no other.
    pub fn new(node: N, key: Span, path: impl Into<Cow<'static, str>>) -> Self {
        Self { node, beneath: Vec::new(), key, path: path.into(), option: None }
    }
}

/// Collects the mistakes of a run, each once.
pub(crate) struct Decoder<'c> {
    pub(crate) context: &'c Context<'c>,
    /// What the set that is decoded belongs to: "machine `web`".
    pub(crate) owner: String,
    /// Whether required options may be absent, since this is a layer that lies under others.
    pub(crate) partial: bool,
    /// Whether the machine's options must have a `name`, which a fleet's attribute gives otherwise.
    pub(crate) needs_name: bool,
    /// Whether the fleet's defaults are mistaken, so that nobody knows what they would give a machine.
    pub(crate) defaults_unknown: bool,
    /// The key of the machine whose options are decoded.
    pub(crate) machine: Option<Span>,
    /// Options that stand where they do not belong, and are not missing: of the machine that is decoded, once there is one.
    pub(crate) misplaced: Vec<String>,
    /// Options of machines that stand at the top of the file, or in `defaults` beside `deployment`.
    pub(crate) misplaced_for_all: Vec<String>,
    /// What sets were found to lack, and where that was told.
    pub(crate) lacking: HashMap<(Span, String), Span>,
    /// Paths of named things that could not be decoded: they are there, but nothing is known of them.
    pub(crate) undecoded: HashSet<String>,
    /// Where the things of a list that should be a set say their names, which are no options of them.
    pub(crate) names_of_listed: HashSet<Span>,
    /// Places of values that were taken from the fleet's defaults.
    pub(crate) inherited: HashSet<Span>,
    /// How many errors there were, counting those that were reported before.
    pub(crate) mistakes: usize,
    /// Parts of strings that machines give, and the strings that a function makes of them; numbers likewise. To find them
    /// takes time that only mistakes are worth: `None` where nobody asks.
    pub(crate) given: Option<Vec<(Span, Span)>>,
    /// Of each such part the only expression that makes something of it.
    made: HashMap<Span, Option<Span>>,
    /// Expressions that compute a value for each machine.
    computing: HashSet<Span>,
    /// Places where few of the values that are made for machines are those of two of them.
    pub(crate) counted_twice: HashSet<Span>,
    /// Gateways that most of those which share them cannot reach; known where [`given`](Self::given) is.
    pub(crate) far_gateways: HashSet<Span>,
    /// Which places several machines share; known where [`given`](Self::given) is.
    pub(crate) users: Users,
    /// Of values that machines give in several parts, the last one: of an address that is the one that tells hosts apart.
    hosts: HashMap<Span, Span>,
    /// Machines that are given as a pair of a name and a value.
    pub(crate) pairs: Vec<pairs::Pair>,
    /// Where options are set to `null`, by the place of their set and their name; known where [`given`](Self::given) is.
    nulls: HashMap<(Span, &'static str), Span>,
    /// Where options are set to an empty list, likewise.
    empties: HashMap<(Span, &'static str), Span>,
    /// Where machines set their options; known where [`given`](Self::given) is.
    pub(crate) settings: settings::Settings,
    diagnostics: Vec<Diagnostic>,
    reported: HashMap<(Code, Option<Span>, String), Reported>,
}

impl<'c> Decoder<'c> {
    pub(crate) fn new(context: &'c Context<'c>) -> Self {
        Self {
            context,
            owner: String::new(),
            partial: false,
            needs_name: false,
            defaults_unknown: false,
            machine: None,
            misplaced: Vec::new(),
            misplaced_for_all: Vec::new(),
            lacking: HashMap::new(),
            undecoded: HashSet::new(),
            names_of_listed: HashSet::new(),
            inherited: HashSet::new(),
            mistakes: 0,
            given: None,
            made: HashMap::new(),
            computing: HashSet::new(),
            counted_twice: HashSet::new(),
            far_gateways: HashSet::new(),
            users: Users::default(),
            hosts: HashMap::new(),
            pairs: Vec::new(),
            nulls: HashMap::new(),
            empties: HashMap::new(),
            settings: settings::Settings::default(),
            diagnostics: Vec::new(),
            reported: HashMap::new(),
        }
    }

    /// Whether enough is known: something was found, and that is all that is asked.
    pub(crate) fn may_end(&self) -> bool {
        self.context.ends_early && (self.mistakes > 0 || !self.diagnostics.is_empty())
    }

    /// What messages call something: `exact`, but `rough` where nobody will read them.
    #[inline]
    pub(crate) fn path(&self, rough: &'static str, exact: impl FnOnce() -> String) -> Cow<'static, str> {
        if self.context.ends_early { Cow::Borrowed(rough) } else { Cow::Owned(exact()) }
    }

    /// Says that messages are about a machine of a fleet; where it is the file's only one, that needs no name.
    pub(crate) fn at_attribute(&mut self, name: Option<&str>) {
        self.owner.clear();
        if name.is_some() {
            self.at_machine(name);
        }
    }

    /// Says which machine messages are about, where its name is known.
    pub(crate) fn at_machine(&mut self, name: Option<&str>) {
        self.owner.clear();
        match name {
            Some(name) => {
                for part in ["machine `", name, "`"] {
                    self.owner.push_str(part);
                }
            }
            None => self.owner.push_str("the machine"),
        }
    }

    /// What messages are about, or what they are about where no machine is.
    pub(crate) fn owner_or<'o>(&'o self, other: &'o str) -> &'o str {
        if self.owner.is_empty() { other } else { &self.owner }
    }

    /// Reports a mistake, unless it was reported before: a value that several machines share has its mistakes once.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let topic = match diagnostic.code {
            // An expression that fails for several values fails in one way.
            // A function is not called where it is used.
            Code::Evaluation if diagnostic.message.contains("but found a function") => {
                format!("a function is not called: {:?}", diagnostic.labels.first().map(|label| label.span))
            }
            Code::Evaluation => kind_of_failure(&diagnostic.message).to_owned(),
            _ => diagnostic.message.clone(),
        };
        self.push_about(topic, diagnostic);
    }

    /// Like [`push`](Self::push) for a message that names the machine: the topic is what it says apart from that.
    /// Returns whether it is new.
    pub(crate) fn push_about(&mut self, topic: String, diagnostic: Diagnostic) -> bool {
        self.mistakes += usize::from(diagnostic.is_error());
        let owner = self.owner.strip_prefix("machine ").map(str::to_owned);
        let place = (diagnostic.code, diagnostic.primary, topic);
        match self.reported.entry(place) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.add(owner, &self.diagnostics[known.index], &diagnostic);
                false
            }
            Entry::Vacant(new) => {
                new.insert(Reported::new(self.diagnostics.len(), owner));
                self.diagnostics.push(diagnostic);
                true
            }
        }
    }

    /// Says that what was reported of another machine, which is made at the same place, is so of this one.
    pub(crate) fn concerns_this_too(&mut self, code: Code, primary: Span, topic: &str) {
        let owner = self.owner.strip_prefix("machine ").map(str::to_owned);
        if let Some(known) = self.reported.get_mut(&(code, Some(primary), topic.to_owned())) {
            known.add_owner(owner, None);
        }
    }

    /// Where a value is to be changed for this machine alone, or for this option of a fleet: of a string that a function makes for each of many that is the
    /// part which the machine gives.
    pub(crate) fn place<N: Node>(&mut self, input: &Input<N>) -> Span {
        let (node, owner) = (&input.node, self.machine.unwrap_or(input.key));
        let made = node.span();
        if self.given.is_none() {
            return made;
        }
        if self.users.is_collecting() {
            if self.machine.is_some() {
                node.parts().into_iter().chain([made]).for_each(|place| self.users.note(place));
            }
            return made;
        }
        if let Some(computed) = node.computed_at() {
            self.computing.insert(computed);
            self.give(made, computed);
            return made;
        }
        if node.is_put_together() {
            self.computing.insert(made);
        }
        let users = &self.users;
        let is_its_own = |span: &Span| {
            span.source == owner.source && span.start >= owner.start && !users.are_several(*span)
        };
        if is_its_own(&made) {
            return made;
        }
        // Of several parts it is all of them, where they stand together: the arguments of one call.
        let parts = node.parts();
        let mut own: Vec<_> = parts.iter().copied().filter(is_its_own).collect();
        if own.is_empty() && users.are_several(made) {
            own = parts.iter().copied().filter(|span| !users.are_several(*span)).collect();
            // Else the end of it, which tells the hosts of a network apart, where that is of a part of the fleet.
            let tells_apart = |&(span, counts): &(Span, bool)| {
                parts.contains(&span) && (counts || users.count(span) < users.count(made))
            };
            let last = node.last_part().filter(|_| own.is_empty()).filter(tells_apart);
            own.extend(last.map(|(span, _)| span));
        }
        let last = own.last().copied();
        own.sort_unstable();
        let Some(&first) = own.first() else { return made };
        let all = own.into_iter().skip(1).try_fold(first, |all, part| {
            let is_next =
                part.source == all.source && part.start >= all.end && part.start - all.end <= TOGETHER;
            is_next.then(|| all.to(part))
        });
        match all {
            Some(all) => {
                self.give(all, made);
                self.hosts.extend(last.filter(|last| *last != all).map(|last| (all, last)));
                all
            }
            None => made,
        }
    }

    /// Where the address at a place is to be changed for it to be another one of the same network.
    pub(crate) fn host_at(&self, address: Span) -> Span {
        self.hosts.get(&address).copied().unwrap_or(address)
    }

    /// The function's expression that makes a value of what a machine gives at a place; `None` where several do.
    pub(crate) fn made_at(&self, given: Span) -> Option<Span> {
        self.made.get(&given).copied().flatten()
    }

    /// Where an option is set whose value has a place: what makes the value of what a machine gives is where.
    pub(crate) fn set_at(&self, value: Span) -> Span {
        self.made_at(value).unwrap_or(value)
    }

    fn give(&mut self, place: Span, made: Span) {
        if let Some(given) = &mut self.given {
            given.push((place, made));
            let known = self.made.entry(place).or_insert(Some(made));
            if *known != Some(made) {
                *known = None;
            }
        }
    }

    /// Takes note of an option that is set to `null`, and so is not set.
    pub(crate) fn note_null<N: Node>(&mut self, sets: [Span; 2], option: &'static str, null: &N) {
        if self.given.is_some() {
            let null = null.span();
            self.nulls.extend(sets.map(|set| ((set, option), null)));
        }
    }

    /// Takes note of an option that is set to an empty list.
    pub(crate) fn note_empty<N: Node>(&mut self, sets: [Span; 2], option: &'static str, value: &N) {
        if self.given.is_some() && matches!(value.shape(), Ok(Shape::List(elements)) if elements.is_empty()) {
            let list = value.span();
            self.empties.extend(sets.map(|set| ((set, option), list)));
        }
    }

    /// The empty list that an option of the set at a place is; the set where nothing is known of it.
    pub(crate) fn empty_list(&self, set: Span, option: &'static str) -> Span {
        self.empties.get(&(set, option)).copied().unwrap_or(set)
    }

    /// A diagnostic of what the set at a place lacks, with the places where that is set to `null`.
    pub(crate) fn with_null(
        &self,
        mut diagnostic: Diagnostic,
        set: Span,
        options: &[&'static str],
    ) -> Diagnostic {
        for &option in options {
            if let Some(&null) = self.nulls.get(&(set, option)) {
                diagnostic =
                    diagnostic.with_label(null, format!("`{option}` is null, as if it were not set"));
            }
        }
        diagnostic
    }

    /// Adds a place to a diagnostic that was reported before.
    pub(crate) fn add_label(&mut self, code: Code, primary: Span, label: Span, message: String) {
        /// More places than this say nothing new.
        const ENOUGH: usize = 5;
        let same = |known: &&mut Diagnostic| known.code == code && known.primary == Some(primary);
        if let Some(known) = self.diagnostics.iter_mut().find(same)
            && known.labels.len() < ENOUGH
            && label != primary
            && !known.labels.iter().any(|known| known.span == label)
        {
            *known = known.clone().with_label(label, message);
        }
    }

    /// The value's shape; a failed evaluation is reported.
    pub(crate) fn shape<N: Node>(&mut self, node: &N) -> Option<Shape<N>> {
        match node.shape() {
            Ok(shape) => Some(shape),
            Err(diagnostic) => {
                let diagnostic = self.needed(*diagnostic);
                self.push(diagnostic);
                None
            }
        }
    }

    /// Reports what fails in a value that is not decoded, since its option has another name. What fails at its `key` is
    /// that name, where it is inherited.
    fn failures_in<N: Node>(&mut self, node: &N, key: Span, level: usize) {
        /// No option is deeper.
        const DEEPEST: usize = 4;
        /// More things than this nobody writes in one.
        const MOST: usize = 64;
        match node.shape() {
            Err(failure) if failure.primary == Some(key) => {}
            Err(failure) => {
                let failure = self.needed(*failure);
                self.push(failure);
            }
            _ if level == DEEPEST => {}
            Ok(Shape::List(elements)) => {
                elements.iter().take(MOST).for_each(|element| self.failures_in(element, key, level + 1));
            }
            Ok(Shape::Attrs(fields)) => {
                fields.take(MOST).for_each(|field| self.failures_in(&field.value, key, level + 1));
            }
            Ok(_) => {}
        }
    }

    /// A failure of evaluation, with the machine for which it was evaluated where no place that it names leads there.
    fn needed(&self, diagnostic: Diagnostic) -> Diagnostic {
        let (Some(machine), Some(primary)) = (self.machine, diagnostic.primary) else { return diagnostic };
        let leads_there = |place: Span| place.source == machine.source && place.end > machine.start;
        let places = diagnostic.labels.iter().map(|label| label.span).chain([primary]);
        if self.owner.is_empty() || diagnostic.message.is_empty() || places.into_iter().any(leads_there) {
            return diagnostic;
        }
        let label = format!("{} needs it", self.owner);
        diagnostic.with_label(machine, label).about(About::NeededAt(machine))
    }

    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        pairs::report(&mut self);
        for Reported { index, owners } in self.reported.into_values() {
            if owners.len() > 1 {
                let owners: Vec<_> = owners.into_iter().map(|owner| owner.name).collect();
                let diagnostic = &mut self.diagnostics[index];
                if let Some(About::NeededAt(machine)) = diagnostic.about {
                    diagnostic.labels.retain(|label| label.span != machine);
                }
                diagnostic.notes.push(format!("this concerns machines {}", some_of(&owners)));
            }
        }
        // Where a value is wrong, that is what there is to say of it.
        let wrong: HashSet<_> =
            self.diagnostics.iter().filter(|one| one.is_error()).filter_map(|one| one.primary).collect();
        let is_idle = |one: &Diagnostic| one.code == Code::NoEffect && !one.is_error();
        let settings = &self.settings;
        self.diagnostics.retain(|one| {
            !is_idle(one)
                || one.primary.is_none_or(|span| !wrong.contains(&span) && !settings.has_effect(span))
        });
        let hosts = self.hosts.into_iter().map(|(all, host)| (host, all)).collect();
        place_at_function(&mut self.diagnostics, self.given.as_deref().unwrap_or_default(), &hosts);
        let numbers = self.computing.intersection(&self.counted_twice).copied().collect();
        let each = alike_at_one_place(of_one_name(without_wrong_addresses(of_one_unit(self.diagnostics))));
        of_one_count(of_one_number(of_one_value(of_one_literal(of_one_part(each))), &numbers))
    }
}

/// How much is between two arguments of one call.
const TOGETHER: u32 = 8;

/// What a failure of evaluation says apart from the values that it is about.
fn kind_of_failure(message: &str) -> &str {
    let end = [": ", "; values are "].iter().filter_map(|before| message.find(before)).min();
    &message[..end.unwrap_or(message.len())]
}

/// The first few names of many, and how many more there are.
fn some_of(names: &[String]) -> String {
    /// More names than this say nothing new.
    const ENOUGH: usize = 4;
    match names.len().saturating_sub(ENOUGH) {
        0 | 1 => enumerate(names, "and"),
        more => format!("{} and {more} more", names[..ENOUGH].join(", ")),
    }
}

/// Adds the places that a value passed before it became the value of the option at `key`.
pub(crate) fn traced<N: Node>(mut diagnostic: Diagnostic, node: &N, key: Span) -> Diagnostic {
    let route = node.route();
    if route.is_empty() {
        let written = node.span();
        let elsewhere = written.source != key.source || written.start < key.start;
        if elsewhere && Some(key) != diagnostic.primary {
            diagnostic = diagnostic.with_label(key, "which is the value of this option");
        }
    }
    for (span, message) in route {
        if diagnostic.primary != Some(span) && !diagnostic.labels.iter().any(|label| label.span == span) {
            diagnostic = diagnostic.with_label(span, message);
        }
    }
    diagnostic
}
