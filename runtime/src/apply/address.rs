//! Finding out where a guest is: its static address, the guest agent, a fresh lease, ARP; then whether ssh answers.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use launchnix_schema::manifest::Machine;
use serde::Serialize;
use virt::domain::Domain;
use virt::sys;

use super::Run;
use super::machine::{self, Expectation};
use crate::adapt::Driver;
use crate::error::{Error, Result};
use crate::stream::{Lease, leases};

/// Where a guest answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reached {
    /// Its address.
    pub address: IpAddr,
    /// How that is known.
    pub source: Source,
    /// Whether ssh answers there, as seen from here.
    pub ssh: bool,
}

/// How an address is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// The deployment says it, and it answers.
    Static,
    /// The guest agent says it.
    Agent,
    /// The network's DHCP server gave it after the start.
    Lease,
    /// The host's neighbour table has it.
    Arp,
    /// libvirt's test driver pretends it.
    Pretended,
}

impl Source {
    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Agent => "from the guest agent",
            Self::Lease => "leased",
            Self::Arp => "from ARP",
            Self::Pretended => "pretended by the test driver",
        }
    }
}

/// The leases from before a start: a stale one proves nothing about the guest that starts.
#[derive(Clone, Debug, Default)]
pub(super) struct Before(BTreeSet<Lease>);

pub(super) fn before(run: &Run<'_>, machine: &Machine) -> Before {
    Before(current_leases(run, machine).into_iter().collect())
}

fn current_leases(run: &Run<'_>, machine: &Machine) -> Vec<Lease> {
    // The test driver has no leases, and says so with an error; a network elsewhere has none to show.
    let networks = machine.networks.iter().filter_map(|name| run.host.network(name).ok());
    let all = networks.flat_map(|network| leases(&network).unwrap_or_default());
    all.filter(|lease| machine.macs.iter().any(|mac| mac.eq_ignore_ascii_case(&lease.mac))).collect()
}

/// How long ssh may take after the address is known, before that is left to the user.
const SSH_GRACE: Duration = Duration::from_mins(1);
/// The same where nothing at that address can be reached from here at all.
const ELSEWHERE_GRACE: Duration = Duration::from_secs(10);

/// How long to wait for a guest that may have no system at all.
const PERHAPS: Duration = Duration::from_mins(1);

/// Waits until the guest is found, for as long as the options allow.
pub(super) fn wait(run: &Run<'_>, machine: &Machine, before: &Before) -> Result<Option<Reached>> {
    let title = format!("machine `{}`", machine.name);
    let Ok(domain) = run.host.domain(&machine.name) else { return Ok(None) };
    if run.host.driver == Driver::Test {
        let address = interface_addresses(&domain, sys::VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, machine)
            .into_iter()
            .next();
        return Ok(address.map(|address| Reached { address, source: Source::Pretended, ssh: false }));
    }
    if machine.macs.is_empty() {
        return Ok(None);
    }
    let expectation = machine::expectation(run, machine);
    if expectation == Expectation::Nothing {
        run.listener.done(&title, "not waited for: there is no system on its disk yet");
        return Ok(None);
    }
    let patience = match expectation {
        Expectation::System => run.options.address_timeout,
        _ => run.options.address_timeout.min(PERHAPS),
    };
    let began = Instant::now();
    let mut known: Option<(IpAddr, Source, Instant)> = None;
    loop {
        match candidates(run, machine, &domain, before).into_iter().next() {
            Some((address, source)) if known.is_none_or(|(was, _, _)| was != address) => {
                known = Some((address, source, Instant::now()));
            }
            _ => {}
        }
        let mut elsewhere = false;
        let addresses: Vec<(IpAddr, Source)> = static_addresses(machine)
            .map(|address| (address, Source::Static))
            .chain(known.map(|(address, source, _)| (address, source)))
            .collect();
        for (address, source) in addresses {
            match knock(address, machine.ssh.port) {
                Knock::Open => return Ok(Some(found(run, machine, address, source, true))),
                Knock::Unreachable => elsewhere = true,
                Knock::Silent | Knock::Refused => {}
            }
        }
        if let Some((address, source, since)) = known {
            let grace = if elsewhere || is_remote(&run.host.uri) { ELSEWHERE_GRACE } else { SSH_GRACE };
            if since.elapsed() >= grace || began.elapsed() >= patience {
                return Ok(Some(found(run, machine, address, source, false)));
            }
        } else if began.elapsed() >= patience {
            if expectation == Expectation::Perhaps {
                run.listener.warn(&title, "has no address yet: there may be no system on its disk");
                return Ok(None);
            }
            return Err(silent(run, machine, &title));
        }
        if !domain.is_active().unwrap_or(true) {
            return Err(Error::new(format!("{title} was started, and has stopped again"))
                .help(format!("`virsh -c '{}' start --console {}` shows why", run.host.uri, machine.name)));
        }
        run.listener.progress(&title, "waiting for its address", began.elapsed().as_secs(), None);
        std::thread::sleep(Duration::from_millis(500));
    }
}

fn found(run: &Run<'_>, machine: &Machine, address: IpAddr, source: Source, ssh: bool) -> Reached {
    let title = format!("machine `{}`", machine.name);
    if ssh {
        run.listener.done(&title, &format!("answers ssh at {address} ({})", source.words()));
    } else {
        run.listener.done(
            &title,
            &format!(
                "has address {address} ({}); port {} does not answer from here",
                source.words(),
                machine.ssh.port
            ),
        );
    }
    Reached { address, source, ssh }
}

fn silent(run: &Run<'_>, machine: &Machine, title: &str) -> Error {
    let waited = run.options.address_timeout.as_secs();
    let statics: Vec<String> = static_addresses(machine).map(|address| address.to_string()).collect();
    let message = if statics.is_empty() {
        format!("{title} runs, and has had no address for {waited} s")
    } else {
        format!("{title} runs, and {} has not answered for {waited} s", statics.join(", "))
    };
    Error::new(message).help(format!(
        "it keeps running: look at it with `virsh -c '{}' console {}`; a slow guest may need `--timeout SECONDS`, \
         and `--no-wait` does not wait at all",
        run.host.uri, machine.name
    ))
}

fn static_addresses(machine: &Machine) -> impl Iterator<Item = IpAddr> {
    machine.addresses.iter().filter_map(|address| address.parse().ok())
}

/// Addresses that are known to be the running guest's, the surest first.
fn candidates(run: &Run<'_>, machine: &Machine, domain: &Domain, before: &Before) -> Vec<(IpAddr, Source)> {
    let agent = interface_addresses(domain, sys::VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, machine);
    let mut found: Vec<(IpAddr, Source)> =
        agent.into_iter().map(|address| (address, Source::Agent)).collect();
    let fresh = current_leases(run, machine).into_iter().filter(|lease| !before.0.contains(lease));
    found.extend(fresh.filter_map(|lease| Some((lease.address.parse().ok()?, Source::Lease))));
    // The neighbour table outlives guests too, so it counts only where there was no other way to learn the address.
    if found.is_empty() && before.0.is_empty() {
        let arp = interface_addresses(domain, sys::VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, machine);
        found.extend(arp.into_iter().map(|address| (address, Source::Arp)));
    }
    found
}

fn interface_addresses(domain: &Domain, source: u32, machine: &Machine) -> Vec<IpAddr> {
    let interfaces = domain.interface_addresses(source, 0).unwrap_or_default();
    let ours = interfaces.into_iter().filter(|interface| {
        let mac = interface.hwaddr.as_deref().unwrap_or_default();
        machine.macs.iter().any(|own| own.eq_ignore_ascii_case(mac))
    });
    let addresses = ours.flat_map(|interface| interface.addrs);
    let mut parsed: Vec<IpAddr> = addresses.filter_map(|address| address.addr.parse().ok()).collect();
    parsed.retain(|address| match address {
        IpAddr::V4(address) => !address.is_loopback() && !address.is_link_local(),
        IpAddr::V6(address) => !address.is_loopback() && !address.is_unicast_link_local(),
    });
    // IPv4 first: where both are there, it is the one that people type.
    parsed.sort_by_key(IpAddr::is_ipv6);
    parsed
}

enum Knock {
    Open,
    Refused,
    Silent,
    Unreachable,
}

fn knock(address: IpAddr, port: u16) -> Knock {
    match TcpStream::connect_timeout(&SocketAddr::new(address, port), Duration::from_secs(1)) {
        // Something may accept every connection, as transparent proxies do: that is not the guest's ssh.
        Ok(stream) if greets(&stream) => Knock::Open,
        Ok(_) => Knock::Silent,
        Err(error) => match error.kind() {
            ErrorKind::ConnectionRefused => Knock::Refused,
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => Knock::Unreachable,
            _ => Knock::Silent,
        },
    }
}

/// Whether the other side introduces itself as RFC 4253 (4.2) has it; a server may write other lines before.
fn greets(mut stream: &TcpStream) -> bool {
    let began = Instant::now();
    let mut heard = Vec::new();
    let mut buffer = [0; 256];
    while heard.len() < 4096 && began.elapsed() < Duration::from_secs(3) {
        if stream.set_read_timeout(Some(Duration::from_secs(2))).is_err() {
            return false;
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return false,
            Ok(length) => heard.extend_from_slice(&buffer[..length]),
        }
        if heard.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"SSH-")) {
            return true;
        }
    }
    false
}

/// Whether the guest's networks are on another machine: their addresses need not lead there from here.
fn is_remote(uri: &str) -> bool {
    let scheme = uri.split(':').next().unwrap_or_default();
    scheme.contains('+') || uri.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'))
}
