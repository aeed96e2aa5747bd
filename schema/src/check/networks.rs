//! Declared networks and pools.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Code, Diagnostic};

use super::no_effect;
use crate::Spanned;
use crate::decode::Decoder;
use crate::options::{Network, NetworkMode, Pool};
use crate::values::{NetworkName, PoolName};

pub(crate) fn networks(
    networks: &BTreeMap<NetworkName, Spanned<Network>>,
    pools: &BTreeMap<PoolName, Spanned<Pool>>,
    decoder: &mut Decoder<'_>,
) {
    for (name, network) in networks {
        if !network.flaws.is_unknown("mode") {
            mode(name, network, decoder);
        }
    }
    let named: Vec<_> = networks.iter().collect();
    for (index, (name, network)) in named.iter().enumerate() {
        for (other_name, other) in &named[..index] {
            overlap((name, network), (other_name, other), decoder);
        }
    }
    let pools: Vec<_> = pools.iter().filter(|(_, pool)| !pool.flaws.is_unknown("path")).collect();
    for (index, (name, pool)) in pools.iter().enumerate() {
        if let Some((other, first)) =
            pools[..index].iter().find(|(_, first)| first.path.value == pool.path.value)
        {
            decoder.push(
                Diagnostic::new(
                    Code::FleetConflict,
                    pool.path.span,
                    format!("pools `{other}` and `{name}` have one directory"),
                )
                .labelled("used again here")
                .with_label(first.path.span, "first used here")
                .with_help("give each pool a directory of its own"),
            );
        }
    }
}

/// What a network's mode asks of its other options.
fn mode(name: &NetworkName, network: &Spanned<Network>, decoder: &mut Decoder<'_>) {
    let missing = |option: &str, why: &str, stub: &str| {
        Diagnostic::new(
            Code::MissingOption,
            network.span,
            format!("option `{option}` is missing in network `{name}`"),
        )
        .labelled(format!("`{option}` must be set here"))
        .with_note(why.to_owned())
        .with_help(format!("add, for example, `{stub}`"))
    };
    if network.mode.value == NetworkMode::Bridge {
        if network.bridge.is_none() && !network.flaws.is_unknown("bridge") {
            let why = "in mode \"bridge\" guests are attached to a bridge that exists on the hypervisor";
            decoder.push(missing("bridge", why, "bridge = \"br0\";"));
        }
        let label = "a network in mode \"bridge\" has the addresses of what it is bridged to";
        let help = "remove it, or choose another mode";
        if let Some(subnet) = &network.subnet {
            no_effect("subnet", subnet.span, label, help, decoder);
        }
        if let Some(domain) = &network.domain {
            no_effect("domain", domain.span, label, help, decoder);
        }
    } else if network.subnet.is_none() && !network.flaws.is_unknown("subnet") {
        let why = "the hypervisor and the guests need addresses";
        decoder.push(missing("subnet", why, "subnet = \"10.20.0.0/24\";"));
    }
}

fn overlap(
    (name, network): (&NetworkName, &Spanned<Network>),
    (other_name, other): (&NetworkName, &Spanned<Network>),
    decoder: &mut Decoder<'_>,
) {
    if let (Some(a), Some(b)) = (&other.subnet, &network.subnet) {
        let (first, second) = (a.net(), b.net());
        if first.contains(&second.network()) || second.contains(&first.network()) {
            decoder.push(
                Diagnostic::new(
                    Code::FleetConflict,
                    b.span,
                    format!("networks `{other_name}` and `{name}` share addresses"),
                )
                .labelled(format!("{second} overlaps"))
                .with_label(a.span, format!("with {first}"))
                .with_help("give each network addresses of its own"),
            );
        }
    }
    let made = |network: &Network| network.mode.value != NetworkMode::Bridge;
    if let (Some(a), Some(b)) = (&other.bridge, &network.bridge)
        && a.value == b.value
        && (made(network) || made(other))
    {
        decoder.push(
            Diagnostic::new(
                Code::FleetConflict,
                b.span,
                format!("networks `{other_name}` and `{name}` have one bridge"),
            )
            .labelled("used again here")
            .with_label(a.span, "first used here")
            .with_help("give each network a bridge of its own, or leave `bridge` to libvirt"),
        );
    }
}
