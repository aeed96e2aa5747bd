//! A connection to one libvirt, and what is seen through it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use launchnix_schema::identity;
use virt::connect::Connect;
use virt::domain::Domain;
use virt::network::Network;
use virt::storage_pool::StoragePool;
use virt::storage_vol::StorageVol;
use virt::sys;

use crate::adapt::{Driver, Facts, HOST_ARCHITECTURE, architecture};
use crate::build::Site;
use crate::compare::size_in_bytes;
use crate::error::{Doing as _, Error, Result};
use crate::mark::Mark;
use crate::xml::Element;

/// A connection to one libvirt.
#[derive(Debug)]
pub struct Host {
    /// As the user names it.
    pub uri: String,
    /// The connection; it is safe to share between threads.
    pub connection: Connect,
    /// What answers at the other end.
    pub driver: Driver,
    /// Whether it has read its schema of domains once.
    has_schema: Mutex<bool>,
}

/// All that a plan needs to know of a host.
#[derive(Clone, Debug)]
pub struct Observed {
    /// What the host can do.
    pub facts: Facts,
    /// Pools by name.
    pub pools: BTreeMap<String, ObservedPool>,
    /// Networks by name.
    pub networks: BTreeMap<String, ObservedNetwork>,
    /// Volumes of the pools that the deployment uses, by pool and name.
    pub volumes: BTreeMap<(String, String), ObservedVolume>,
    /// Domains by name.
    pub domains: BTreeMap<String, ObservedDomain>,
}

/// A pool as libvirt has it.
#[derive(Clone, Debug)]
pub struct ObservedPool {
    /// Its UUID: the mark of ownership.
    pub uuid: String,
    /// Its persistent definition.
    pub document: Element,
    /// Whether it is started.
    pub active: bool,
    /// Whether it starts with the host.
    pub autostart: bool,
}

/// A network as libvirt has it.
#[derive(Clone, Debug)]
pub struct ObservedNetwork {
    /// Its UUID: the mark of ownership.
    pub uuid: String,
    /// Its persistent definition.
    pub document: Element,
    /// Whether it is started.
    pub active: bool,
    /// Whether it starts with the host.
    pub autostart: bool,
}

/// A volume as libvirt has it.
#[derive(Clone, Debug)]
pub struct ObservedVolume {
    /// Its path on the hypervisor.
    pub path: String,
    /// The size that the guest sees, in bytes.
    pub capacity: u64,
    /// The path of what it is an overlay of.
    pub backing: Option<String>,
}

/// A domain as libvirt has it.
#[derive(Clone, Debug)]
pub struct ObservedDomain {
    /// Its UUID.
    pub uuid: String,
    /// Its persistent definition.
    pub document: Element,
    /// The mark in the persistent definition.
    pub mark: Option<Mark>,
    /// The mark of the guest that runs: it is what was applied when that guest was started.
    pub live_mark: Option<Mark>,
    /// Whether it runs.
    pub active: bool,
    /// Whether it starts with the host.
    pub autostart: bool,
    /// Whether its memory was saved to disk, from which it would continue.
    pub saved: bool,
    /// The networks that it is on, running or not.
    pub networks: BTreeSet<String>,
}

impl Host {
    /// Connects to a libvirt.
    pub fn connect(uri: &str) -> Result<Self> {
        // Without this libvirt prints each error on standard error by itself.
        virt::error::clear_error_callback();
        if uri.contains('\0') {
            return Err(Error::new("the libvirt URI holds a NUL character"));
        }
        let connection = Connect::open(Some(uri)).map_err(|error| unreachable(uri, &error))?;
        let kind = connection.driver_type().doing(|| format!("ask `{uri}` for its driver"))?;
        let driver = match kind.to_ascii_lowercase().as_str() {
            "test" => Driver::Test,
            "qemu" => Driver::Qemu,
            _ => Driver::Other,
        };
        Ok(Self { uri: uri.to_owned(), connection, driver, has_schema: Mutex::new(false) })
    }

    /// Looks at everything that concerns a site.
    pub fn observe(&self, site: &Site<'_>) -> Result<Observed> {
        let mut architectures: BTreeSet<&str> = BTreeSet::new();
        for machine in &site.machines {
            let document = site.build.document(&machine.file);
            if document.attribute("type") == Some("kvm") {
                architectures.insert(architecture(document));
            }
        }
        let mut pools = BTreeMap::new();
        let mut volumes = BTreeMap::new();
        let listed = self
            .connection
            .list_all_storage_pools(0)
            .doing(|| format!("list the pools of `{}`", self.uri))?;
        for pool in listed {
            let Ok((name, observed)) = observe_pool(&pool) else { continue };
            let ours = identity::pool_uuid(&site.build.manifest.fleet, &name).to_string() == observed.uuid;
            if observed.active && (ours || site.pools.iter().any(|wanted| wanted.name == name)) {
                observe_volumes(&pool, &name, &mut volumes)?;
            }
            pools.insert(name, observed);
        }
        let mut networks = BTreeMap::new();
        let listed =
            self.connection.list_all_networks(0).doing(|| format!("list the networks of `{}`", self.uri))?;
        for network in listed {
            // An object that vanishes while it is looked at was not ours: ours are under our lock.
            let Ok((name, observed)) = observe_network(&network) else { continue };
            networks.insert(name, observed);
        }
        let mut domains = BTreeMap::new();
        let listed =
            self.connection.list_all_domains(0).doing(|| format!("list the domains of `{}`", self.uri))?;
        for domain in listed {
            let Ok((name, observed)) = observe_domain(&domain) else { continue };
            domains.insert(name, observed);
        }
        Ok(Observed { facts: self.facts(&architectures), pools, networks, volumes, domains })
    }

    fn facts(&self, architectures: &BTreeSet<&str>) -> Facts {
        let mut kvm = BTreeMap::new();
        if self.driver == Driver::Qemu {
            for &architecture in architectures {
                let asked = (architecture != HOST_ARCHITECTURE).then_some(architecture);
                let answer = self.connection.domain_capabilities(None, asked, None, Some("kvm"), 0);
                kvm.insert(architecture.to_owned(), answer.is_ok());
            }
        }
        Facts { driver: self.driver, kvm }
    }

    /// Defines a domain that libvirt's schema allows.
    ///
    /// What libvirt validates with (libxml2) makes its table of types when it reads its first schema, and no others may
    /// read one at that time: they fail with "type is not exported". So the first domain is defined alone.
    pub fn define_domain(&self, document: &str) -> Result<Domain, virt::error::Error> {
        let define = || self.connection.define_domain_xml_flags(document, sys::VIR_DOMAIN_DEFINE_VALIDATE);
        let mut has_schema = self.has_schema.lock().unwrap_or_else(PoisonError::into_inner);
        if *has_schema {
            drop(has_schema);
            return define();
        }
        let first = define();
        *has_schema = true;
        first
    }

    /// Finds a domain that a plan has seen.
    pub fn domain(&self, name: &str) -> Result<Domain> {
        self.connection
            .lookup_domain_by_name(name)
            .doing(|| format!("find machine `{name}` on `{}`", self.uri))
    }

    /// Finds a pool that a plan has seen.
    pub fn pool(&self, name: &str) -> Result<StoragePool> {
        self.connection
            .lookup_storage_pool_by_name(name)
            .doing(|| format!("find pool `{name}` on `{}`", self.uri))
    }

    /// Finds a network that a plan has seen.
    pub fn network(&self, name: &str) -> Result<Network> {
        self.connection
            .lookup_network_by_name(name)
            .doing(|| format!("find network `{name}` on `{}`", self.uri))
    }

    /// Finds a volume that a plan has seen.
    pub fn volume(&self, pool: &str, name: &str) -> Result<StorageVol> {
        self.pool(pool)?
            .lookup_storage_vol_by_name(name)
            .doing(|| format!("find volume `{name}` in pool `{pool}` on `{}`", self.uri))
    }
}

fn unreachable(uri: &str, error: &virt::error::Error) -> Error {
    let transport = uri.split([':', '/']).next().unwrap_or_default();
    let remedy = if transport.contains("+ssh") {
        "try the same with `virsh -c URI list`: the host must be reachable by ssh without a password, \
         and your user there may use libvirt"
    } else if transport.starts_with("qemu") {
        "is libvirtd running (`systemctl start libvirtd`), and may you use it (group `libvirt`)? \
         Name another one with `--connect URI`; `test:///default` needs nothing"
    } else {
        "name another libvirt with `--connect URI`; `test:///default` needs nothing"
    };
    Error::new(format!("cannot connect to libvirt at `{uri}`: {}", error.message())).help(remedy)
}

fn parse(source: &str, what: &str) -> Result<Element> {
    Element::parse(source)
        .map_err(|error| Error::new(format!("libvirt's XML of {what} is not well-formed: {error}")))
}

fn observe_pool(pool: &StoragePool) -> Result<(String, ObservedPool)> {
    let name = pool.name().doing(|| "read a pool's name".into())?;
    let doing = || format!("look at pool `{name}`");
    // A transient pool has no persistent definition.
    let source = pool.xml_desc(sys::VIR_STORAGE_XML_INACTIVE).or_else(|_| pool.xml_desc(0)).doing(doing)?;
    let observed = ObservedPool {
        uuid: pool.uuid_string().doing(doing)?,
        document: parse(&source, &format!("pool `{name}`"))?,
        active: pool.is_active().doing(doing)?,
        autostart: pool.autostart().unwrap_or(false),
    };
    Ok((name, observed))
}

fn observe_volumes(
    pool: &StoragePool,
    pool_name: &str,
    volumes: &mut BTreeMap<(String, String), ObservedVolume>,
) -> Result<()> {
    // Files that came or went without libvirt are seen only after a refresh. A pool that cannot be refreshed now
    // (something is being written to it) still shows what it knew.
    let _ = pool.refresh(0);
    let listed = pool.list_all_volumes(0).doing(|| format!("list the volumes of pool `{pool_name}`"))?;
    for volume in listed {
        let (Ok(name), Ok(source)) = (volume.name(), volume.xml_desc(0)) else { continue };
        let document = parse(&source, &format!("volume `{name}`"))?;
        let text = |path: &[&str]| document.at(path).map(|element| element.text.clone());
        let observed = ObservedVolume {
            path: text(&["target", "path"]).unwrap_or_default(),
            capacity: document.child("capacity").and_then(size_in_bytes).unwrap_or_default(),
            backing: text(&["backingStore", "path"]),
        };
        volumes.insert((pool_name.to_owned(), name), observed);
    }
    Ok(())
}

fn observe_network(network: &Network) -> Result<(String, ObservedNetwork)> {
    let name = network.name().doing(|| "read a network's name".into())?;
    let doing = || format!("look at network `{name}`");
    // The test driver does not know the flag.
    let source =
        network.xml_desc(sys::VIR_NETWORK_XML_INACTIVE).or_else(|_| network.xml_desc(0)).doing(doing)?;
    let observed = ObservedNetwork {
        uuid: network.uuid_string().doing(doing)?,
        document: parse(&source, &format!("network `{name}`"))?,
        active: network.is_active().doing(doing)?,
        autostart: network.autostart().unwrap_or(false),
    };
    Ok((name, observed))
}

fn observe_domain(domain: &Domain) -> Result<(String, ObservedDomain)> {
    let name = domain.name().doing(|| "read a domain's name".into())?;
    let doing = || format!("look at machine `{name}`");
    let what = format!("machine `{name}`");
    let active = domain.is_active().doing(doing)?;
    let source = domain.xml_desc(sys::VIR_DOMAIN_XML_INACTIVE).doing(doing)?;
    let document = parse(&source, &what)?;
    let mark = Mark::of_domain(&document);
    let live = if active { Some(parse(&domain.xml_desc(0).doing(doing)?, &what)?) } else { None };
    let mut networks = BTreeSet::new();
    for document in [Some(&document), live.as_ref()].into_iter().flatten() {
        let devices =
            document.child("devices").into_iter().flat_map(|devices| devices.children_named("interface"));
        networks.extend(
            devices
                .filter_map(|interface| interface.child("source")?.attribute("network").map(str::to_owned)),
        );
    }
    let observed = ObservedDomain {
        uuid: domain.uuid_string().doing(doing)?,
        live_mark: live.as_ref().and_then(Mark::of_domain),
        mark,
        document,
        active,
        autostart: domain.autostart().unwrap_or(false),
        saved: domain.has_managed_save(0).unwrap_or(false),
        networks,
    };
    Ok((name, observed))
}
