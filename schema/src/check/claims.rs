//! Things of which there is one, and the machines that claim them.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hash};

use launchnix_diagnostics::{About, Code, Diagnostic, Span, enumerate};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::decode::{Decoder, Draft};

/// Who claims what, and where.
pub(super) type Claimed<K> = FxHashMap<K, Vec<(usize, Span)>>;

pub(super) struct Claims<'d> {
    /// The machines.
    pub(super) drafts: &'d [Draft],
    /// Positions of those that clash with others.
    pub(super) clashing: BTreeSet<usize>,
}

impl<'d> Claims<'d> {
    /// Collects the claims of each machine; within one machine the first one counts.
    pub(super) fn each<K: Hash + Eq, C>(&self, claims: impl Fn(&'d Draft) -> C) -> Claimed<K>
    where
        C: IntoIterator<Item = (K, Span)>,
    {
        self.those(claims, |_| true)
    }

    /// As [`each`](Self::each), of things that may be claimed more than once: mostly none are.
    pub(super) fn repeated<K: Hash + Eq, C>(&self, claims: impl Fn(&'d Draft) -> C) -> Claimed<K>
    where
        C: IntoIterator<Item = (K, Span)>,
    {
        // Hashes that differ are enough to know that things do.
        let hash = |key: &K| FxBuildHasher.hash_one(key);
        let mut hashes = Vec::with_capacity(self.drafts.len());
        for draft in self.drafts {
            hashes.extend(claims(draft).into_iter().map(|(key, _)| hash(&key)));
        }
        hashes.sort_unstable();
        let mut repeated: Vec<_> =
            hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        if repeated.is_empty() {
            return Claimed::default();
        }
        repeated.dedup();
        self.those(claims, |key| repeated.binary_search(&hash(key)).is_ok())
    }

    fn those<K: Hash + Eq, C>(
        &self,
        claims: impl Fn(&'d Draft) -> C,
        is_meant: impl Fn(&K) -> bool,
    ) -> Claimed<K>
    where
        C: IntoIterator<Item = (K, Span)>,
    {
        let mut claimed: Claimed<K> = Claimed::default();
        for (at, draft) in self.drafts.iter().enumerate() {
            for (key, span) in claims(draft).into_iter().filter(|(key, _)| is_meant(key)) {
                let claimants = claimed.entry(key).or_default();
                if claimants.iter().all(|(other, _)| *other != at) {
                    claimants.push((at, span));
                }
            }
        }
        claimed
    }

    /// One diagnostic for each thing that several machines claim.
    pub(super) fn report<K>(
        &mut self,
        claimed: Claimed<K>,
        what: impl Fn(&K) -> (&'static str, String),
        help: &str,
        decoder: &mut Decoder<'_>,
    ) {
        let mut found = Vec::new();
        // What several machines have as their place for several things is where counting starts: the expression that counts
        // is to change.
        let mut places: FxHashMap<Span, usize> = FxHashMap::default();
        for (_, span) in claimed.values().filter(|claimants| claimants.len() > 1).flatten() {
            if decoder.users.are_several(*span) {
                *places.entry(*span).or_default() += 1;
            }
        }
        // Of two places that counting starts at one is to change.
        let are_apart = claimed.values().filter(|claimants| claimants.len() > 1).all(|claimants| {
            let places: BTreeSet<_> = claimants.iter().map(|(_, span)| span).collect();
            places.len() == claimants.len()
        });
        for (key, mut claimants) in claimed {
            if claimants.len() < 2 {
                continue;
            }
            let here = |place: Span| claimants.iter().filter(|(_, span)| *span == place).count();
            if !are_apart
                && claimants.iter().any(|(_, span)| places.get(span).is_some_and(|&all| all > here(*span)))
            {
                for (_, span) in &mut claimants {
                    *span = decoder.set_at(*span);
                }
            }
            self.clashing.extend(claimants.iter().map(|(at, _)| *at));
            // Of files the order is that in which they are read: the machines' own says who comes later.
            let source = claimants[0].1.source;
            let is_one_file = claimants.iter().all(|(_, span)| span.source == source);
            let order = |at: usize| if is_one_file { None } else { Some(self.drafts[at].machine.span) };
            claimants.sort_by_key(|(at, span)| (order(*at), *span, *at));
            let first = claimants[0].1;
            let claimants: Vec<_> = claimants
                .iter()
                .map(|&(at, place)| {
                    let draft = &self.drafts[at];
                    Claimant { machine: &draft.attribute, key: draft.machine.span, place }
                })
                .collect();
            let (have, which) = what(&key);
            found.push((clash(&claimants, have, which, help), first));
        }
        found.sort_by(|(a, _), (b, _)| a.primary.cmp(&b.primary).then_with(|| a.message.cmp(&b.message)));
        // An expression that gives several machines the same gives it to others as well.
        let mut kept: Vec<(Diagnostic, Span, usize)> = Vec::new();
        for (diagnostic, first) in found {
            match kept.last_mut() {
                Some((known, begin, more)) if known.primary == diagnostic.primary && *begin == first => {
                    *more += 1;
                }
                _ => kept.push((diagnostic, first, 0)),
            }
        }
        for (mut diagnostic, _, more) in kept {
            // Of what a function makes little clashes for the numbers that it is given; else the function is wrong.
            if let Some(place) = diagnostic.primary
                && (more + 1) * 4 <= decoder.users.count(place)
            {
                decoder.counted_twice.insert(place);
            }
            match more {
                0 => {}
                1 => diagnostic.notes.push("another conflict like this one is made here".to_owned()),
                more => diagnostic.notes.push(format!("{more} more conflicts like this one are made here")),
            }
            decoder.push(diagnostic);
        }
    }
}

/// What machines do that have one address.
pub(crate) const HAVE_ADDRESS: &str = "have the address";

/// A machine that claims something, and where.
#[derive(Clone, Copy, Debug)]
pub struct Claimant<'c> {
    /// The machine's attribute.
    pub machine: &'c str,
    /// The place that stands for the machine.
    pub key: Span,
    /// Where it claims.
    pub place: Span,
}

/// What is said of a thing that several machines claim, who are in the order of their places. `have` and `which` go on
/// where "machines `a` and `b` both" ends: "have the MAC address", "52:54:00:00:00:01".
///
/// # Panics
///
/// Panics where nobody claims it.
pub fn clash(claimants: &[Claimant<'_>], have: &'static str, which: String, help: &str) -> Diagnostic {
    /// More places than this say nothing new.
    const ENOUGH: usize = 5;
    let title = |claimant: &Claimant<'_>| format!("`{}`", claimant.machine);
    let (last, earlier) = claimants.split_last().expect("somebody claims it");
    // The last one is what to change. Where all share one place, as in defaults, that is it.
    let (first, primary) = (&claimants[0], last.place);
    let message = match earlier {
        [only] => format!("machines {} and {} both {have} {which}", title(only), title(last)),
        _ => format!("{} machines {have} {which}", claimants.len()),
    };
    let mut diagnostic = Diagnostic::new(Code::FleetConflict, primary, message).with_help(help.to_owned());
    let machines = claimants.iter().map(|claimant| (claimant.machine.to_owned(), claimant.place)).collect();
    diagnostic.about = Some(About::Clash { machines, have, which, at_once: first.place == primary });
    let is_labelled =
        |diagnostic: &Diagnostic, span: Span| diagnostic.labels.iter().any(|label| label.span == span);
    if first.place == primary {
        let names: Vec<_> = claimants.iter().take(ENOUGH).map(title).collect();
        let shared = format!("this is shared by the machines {}", enumerate(&names, "and"));
        diagnostic = diagnostic.labelled(shared);
        for claimant in claimants.iter().take(ENOUGH) {
            if claimant.key != primary && !is_labelled(&diagnostic, claimant.key) {
                diagnostic = diagnostic.with_label(claimant.key, format!("machine {}", title(claimant)));
            }
        }
        return diagnostic;
    }
    diagnostic = diagnostic.labelled(format!("used again here, by {}", title(last)));
    for claimant in earlier.iter().take(ENOUGH) {
        let word = if claimant.place == first.place { "first used" } else { "used" };
        if claimant.place != primary && !is_labelled(&diagnostic, claimant.place) {
            diagnostic =
                diagnostic.with_label(claimant.place, format!("{word} here, by {}", title(claimant)));
        }
    }
    diagnostic
}
