//! The NixOS configuration of a guest: `guests/<machine>.nix`, which the image and morph both take.

use launchnix_schema::options::{DiskBus, Firmware};
use launchnix_schema::{Deployment, Form, GuestConfig, LeftOut};

use crate::disk::BOOT;
use crate::machine::MachineDraft;
use crate::nix::{Formal, Nix};

/// The module that every guest has.
pub(crate) const MODULE: (&str, &str) = ("nix/guest.nix", include_str!("../../nix/guest.nix"));

/// Where the deployment file is loaded.
pub(crate) const DEPLOYMENT: &str = "nix/deployment.nix";

/// Which nixpkgs guests are built from.
pub(crate) const NIXPKGS: &str = "nix/nixpkgs.nix";

/// The file of a guest's configuration.
pub(crate) fn file(machine: &str) -> String {
    format!("guests/{machine}.nix")
}

/// What a guest is made of.
pub(crate) struct Guest {
    /// The machine's name.
    pub(crate) name: String,
    /// Where the user's modules are in the deployment, attribute by attribute: the fleet's, then its own.
    pub(crate) modules: Vec<Vec<String>>,
    /// What Launchnix's own module is told.
    settings: Vec<(&'static str, Nix)>,
}

impl Guest {
    pub(crate) fn new(deployment: &Deployment, draft: &MachineDraft<'_>) -> Self {
        Self {
            name: draft.name().to_owned(),
            modules: modules(deployment.form, draft.attribute, &draft.machine.guest),
            settings: settings(draft),
        }
    }

    /// The guest of a machine that has mistakes: of the machine it knows the name.
    pub(crate) fn of_left_out(deployment: &Deployment, machine: &LeftOut) -> Self {
        Self {
            name: machine.name.clone(),
            modules: modules(deployment.form, &machine.attribute, &machine.guest),
            settings: vec![("name", Nix::string(&machine.name))],
        }
    }

    /// The configuration, with something around each of the user's modules.
    pub(crate) fn configuration(&self, around: impl Fn(&[String], Nix) -> Nix) -> Nix {
        let mut imports = vec![Nix::Relative("../nix/guest.nix".into())];
        imports.extend(self.modules.iter().map(|path| written_module(path, &around)));
        let settings = Nix::set(self.settings.clone());
        let body = Nix::set([("imports", Nix::List(imports)), ("launchnix", settings)]);
        Nix::Function(Vec::new(), true, Box::new(body))
    }
}

/// The configuration of a guest.
pub(crate) fn module(deployment: &Deployment, draft: &MachineDraft<'_>) -> Nix {
    Guest::new(deployment, draft).configuration(|_, module| module).commented(format!(
        "The NixOS configuration of `{}`: what the deployment file says, and what Launchnix adds.",
        draft.name()
    ))
}

fn modules(form: Form, attribute: &str, guest: &GuestConfig) -> Vec<Vec<String>> {
    let path = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>();
    let defaults = guest.defaults.as_ref().map(|_| path(&["defaults", "machine"]));
    let own = guest.own.as_ref().map(|_| match form {
        Form::Machine => path(&["machine"]),
        Form::Fleet => path(&["machines", attribute, "machine"]),
    });
    defaults.into_iter().chain(own).collect()
}

fn settings(draft: &MachineDraft<'_>) -> Vec<(&'static str, Nix)> {
    let machine = draft.machine;
    let uefi = machine.options.firmware.value != Firmware::Bios;
    let static_addresses = draft.addresses.iter().filter(|addresses| !addresses.leased);
    let mut settings = vec![
        ("name", Nix::string(draft.name())),
        ("user", Nix::string(machine.options.ssh_user.value.to_string())),
        ("sshPort", Nix::Int(machine.options.ssh_port.value.0.into())),
        ("authorizedKeys", Nix::strings(machine.public_keys.iter().map(|key| key.trim()))),
        ("uefi", Nix::Bool(uefi)),
        ("bootDevice", Nix::string(boot_device(draft))),
        (
            "addresses",
            Nix::List(static_addresses.map(|addresses| self::addresses(draft, addresses)).collect()),
        ),
    ];
    // What is as in every guest is not said, so that the file stays short.
    let options = &machine.options;
    if options.serial.as_ref().is_some_and(|serial| !serial.enable.value) {
        settings.push(("serial", Nix::Bool(false)));
    }
    if options.watchdog.as_ref().is_some_and(|watchdog| watchdog.enable.value) {
        settings.push(("watchdog", Nix::Bool(true)));
    }
    let mounts: Vec<_> = options
        .shared_folders
        .iter()
        .filter_map(|(tag, folder)| {
            let mount_point = folder.mount_point.as_ref()?;
            Some((mount_point.value.to_string(), Nix::string(tag.as_str())))
        })
        .collect();
    if !mounts.is_empty() {
        settings.push(("sharedFolders", Nix::Set(mounts)));
    }
    settings
}

/// A module of the deployment file. Naming the file makes messages of the module system say where an option was set.
fn written_module(path: &[String], around: impl Fn(&[String], Nix) -> Nix) -> Nix {
    let names: Vec<_> = path.iter().map(String::as_str).collect();
    let module = Nix::Relative("../nix/deployment.nix".into()).imported().select(&names);
    Nix::set([
        ("_file", Nix::string(format!("{} of the deployment file", names.join(".")))),
        ("imports", Nix::List(vec![around(path, module)])),
    ])
}

fn addresses(draft: &MachineDraft<'_>, addresses: &crate::addresses::Addresses) -> Nix {
    let list = |want_v6: bool| {
        let wanted = addresses.ips.iter().filter(|(ip, _)| ip.is_ipv6() == want_v6);
        Nix::List(
            wanted
                .map(|(ip, prefix)| {
                    Nix::set([
                        ("address", Nix::string(ip.to_string())),
                        ("prefixLength", Nix::Int((*prefix).into())),
                    ])
                })
                .collect(),
        )
    };
    let mut fields = vec![("interface", Nix::string(addresses.interface.as_str()))];
    if let Some(nic) = addresses.nic {
        fields.push(("mac", Nix::string(draft.nics[nic].mac.as_str())));
    }
    fields.push(("ipv4", list(false)));
    fields.push(("ipv6", list(true)));
    if let Some(gateway) = addresses.gateway {
        fields
            .push((if gateway.is_ipv6() { "gateway6" } else { "gateway" }, Nix::string(gateway.to_string())));
    }
    fields.push(("dns", Nix::strings(addresses.dns.iter().map(ToString::to_string))));
    Nix::set(fields)
}

/// What the boot loader is installed on.
fn boot_device(draft: &MachineDraft<'_>) -> String {
    let boot = draft.disks.iter().find(|disk| disk.name == BOOT);
    match boot {
        Some(disk) if disk.bus != DiskBus::Virtio => format!("/dev/{}", disk.target),
        _ => "/dev/vda".to_owned(),
    }
}

/// `nix/deployment.nix`: the deployment file, called with the arguments that it was compiled with.
pub(crate) fn deployment_loader(from_build: &str, arguments: &[(String, Nix)]) -> Nix {
    let file = Nix::variable("file");
    let call = file.clone().apply(
        Nix::variable("builtins")
            .select(&["intersectAttrs"])
            .apply(Nix::variable("builtins").select(&["functionArgs"]).apply(file.clone()))
            .apply(Nix::variable("arguments")),
    );
    Nix::Let(
        vec![
            // This file is one directory deeper than the build directory, from where the path is meant.
            ("file".into(), Nix::Relative(format!("../{from_build}")).imported()),
            ("arguments".into(), Nix::Set(arguments.to_vec())),
        ],
        Box::new(Nix::If(
            Box::new(Nix::variable("builtins").select(&["isFunction"]).apply(file.clone())),
            Box::new(call),
            Box::new(file),
        )),
    )
    .commented(
        "The deployment file that this directory was compiled from, with the arguments that it was given.",
    )
}

/// `nix/nixpkgs.nix`: the path of the nixpkgs that guests are built from.
pub(crate) fn nixpkgs() -> Nix {
    let source = Nix::variable("source");
    let has_path =
        Nix::variable("builtins").select(&["hasAttr"]).apply(Nix::string("path")).apply(source.clone());
    let is_set = Nix::variable("builtins").select(&["isAttrs"]).apply(source.clone());
    Nix::Let(
        vec![
            ("deployment".into(), Nix::Relative("./deployment.nix".into()).imported()),
            (
                "source".into(),
                Nix::If(
                    Box::new(
                        Nix::variable("builtins")
                            .select(&["hasAttr"])
                            .apply(Nix::string("nixpkgs"))
                            .apply(Nix::variable("deployment")),
                    ),
                    Box::new(Nix::variable("deployment").select(&["nixpkgs"])),
                    Box::new(Nix::Lookup("nixpkgs".into())),
                ),
            ),
        ],
        Box::new(Nix::If(
            Box::new(is_set),
            // An imported package set knows where it came from; a fetched tree is its own path.
            Box::new(Nix::If(
                Box::new(has_path),
                Box::new(source.clone().select(&["path"])),
                Box::new(source.clone()),
            )),
            Box::new(source),
        )),
    )
    .commented("The nixpkgs that guests are built from.")
}

/// A function's argument without a default.
pub(crate) fn formal(name: &str) -> Formal {
    Formal { name: name.to_owned(), default: None }
}
