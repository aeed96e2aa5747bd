//! What options mean together: within one machine, across the fleet, and in the world of files.

mod access;
mod addresses;
mod disks;
mod fleet;
mod machine;
mod networks;

use std::collections::BTreeMap;

use launchnix_diagnostics::{Code, Diagnostic, Span};

pub(crate) use fleet::fleet;
pub(crate) use machine::machine;
pub(crate) use networks::networks;

use crate::Spanned;
use crate::decode::{Decoder, enumerate, nearest};
use crate::options::{Network, Pool};
use crate::values::{ConnectionUri, NetworkName, PoolName};

/// What the machines of a deployment can refer to.
pub(crate) struct Surroundings<'d> {
    /// Declared pools; `None` where nothing is known of them.
    pub(crate) pools: Option<&'d BTreeMap<PoolName, Spanned<Pool>>>,
    /// Declared networks; `None` where nothing is known of them.
    pub(crate) networks: Option<&'d BTreeMap<NetworkName, Spanned<Network>>>,
    /// libvirt of the machines that name none of their own.
    pub(crate) connection: Option<&'d Spanned<ConnectionUri>>,
}

/// Two options that exclude each other: the later one in the file is what to change.
fn conflict(first: (&str, Span), second: (&str, Span), why: &str, decoder: &mut Decoder<'_>) {
    let (first, second) = if second.1 < first.1 { (second, first) } else { (first, second) };
    decoder.push(
        Diagnostic::new(
            Code::Conflict,
            second.1,
            format!("`{}` and `{}` exclude each other", first.0, second.0),
        )
        .labelled(format!("`{}` is set here", second.0))
        .with_label(first.1, format!("`{}` is set here", first.0))
        .with_note(why.to_owned())
        .with_help("remove one of the two"),
    );
}

/// An option without effect. What a machine inherits from the fleet's defaults is not its doing.
fn no_effect(option: &str, span: Span, label: &str, help: &str, decoder: &mut Decoder<'_>) {
    if decoder.inherited.contains(&span) {
        return;
    }
    decoder.push(
        Diagnostic::new(Code::NoEffect, span, format!("`{option}` has no effect here"))
            .labelled(label.to_owned())
            .with_help(help.to_owned()),
    );
}

/// A reference to something that does not exist.
fn dangling(what: &str, name: &str, span: Span, known: &[String], declare: &str, decoder: &mut Decoder<'_>) {
    let diagnostic = Diagnostic::new(Code::DanglingReference, span, format!("there is no {what} `{name}`"));
    let quoted: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    let mut diagnostic = match nearest(name, known) {
        Some(near) => diagnostic.labelled(format!("did you mean `{near}`?")),
        None => diagnostic.labelled(format!("no such {what}")),
    };
    if !quoted.is_empty() {
        diagnostic = diagnostic.with_note(format!("there is {}", enumerate(&quoted, "and")));
    }
    decoder.push(diagnostic.with_help(declare.to_owned()));
}
