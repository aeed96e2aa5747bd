//! What a diagnostic is about, for whoever has to know which ones tell of one mistake.

use std::net::IpAddr;

use crate::{Span, ValueType};

/// What a diagnostic is about, as far as it decides what else is said. No format shows it: that is what the words are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The value of an option, which cannot be what it is.
    Value {
        /// The option as messages call it: `initialDisks.games.size`.
        option: String,
        /// What it needs.
        needed: Needed,
        /// The type of the value.
        found: ValueType,
    },
    /// A string or a name that is not of a form.
    Form {
        /// What the form is called: "a MAC address".
        form: &'static str,
        /// The string that has what is wrong as a part, where that stands elsewhere.
        string: Option<Span>,
    },
    /// An address that a network has no room for.
    Address {
        /// The address.
        address: IpAddr,
        /// The network.
        network: String,
    },
    /// Options that a set lacks.
    Missing(Vec<&'static str>),
    /// What machines have in common and cannot share.
    Clash {
        /// Their names, and where each claims it, in the order of these places.
        machines: Vec<(String, Span)>,
        /// What they have: "have the MAC address".
        have: &'static str,
        /// Which one.
        which: String,
        /// Whether one place gives it to all of them.
        at_once: bool,
    },
    /// An option without effect.
    Idle {
        /// The place that stands for the machine.
        machine: Span,
        /// The option's value, which may be that of others as well.
        value: Span,
    },
    /// What is evaluated for the machine at a place, which nothing else that is said leads to.
    NeededAt(Span),
    /// The XML of the option at a place, in another file.
    XmlOf(Span),
}

/// What the value of an option has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Needed {
    /// `true` or `false`.
    Bool,
    /// An integer.
    Integer,
    /// A string of whatever form.
    Text,
    /// A file: a path, a string or a fetch.
    File,
    /// A list.
    List,
    /// A set.
    Set,
    /// A NixOS module.
    Module,
    /// Nixpkgs.
    Nixpkgs,
    /// One of several, as the text says.
    OneOf(&'static str),
    /// A number of the option's range.
    InRange,
}
