//! Every option by itself, driven by the declarations: that it is documented, that its example is valid and changes
//! the output where it says, and what is said of a wrong value.
//!
//! The snapshots hold, for each option, the lines of the output that its example adds (`+`) and takes away (`-`), and
//! the diagnostics for a value of the wrong type. An option without an effect fails, and so does one that is not
//! there: nothing is listed by hand but what options need beside them ([`BESIDE`]).

#![expect(clippy::format_push_string, reason = "what a test shows may cost an allocation")]

#[expect(dead_code, reason = "the repository's examples are for other tests")]
mod fixture;

use std::collections::BTreeMap;

use fixture::{Fixture, snapshots};
use launchnix_compiler::compile;
use launchnix_schema::manual;
use launchnix_schema::{Kind, OptionInfo};

/// What an option needs beside it to be of use: the beginning of its path, and other settings.
///
/// An empty setting takes one away. A setting of the option itself is what its example is compared with: an option that
/// must be set cannot be left out.
const BESIDE: &[(&str, &[(&str, &str)])] = &[
    ("nixpkgs", NIXOS),
    ("pools.<name>.path", &[("pools.one.path", "\"/var/lib/other\"")]),
    ("networks.<name>.", &[("networks.one.subnet", "\"10.20.0.0/24\"")]),
    ("networks.<name>.subnet", &[("networks.one.subnet", "\"10.30.0.0/24\"")]),
    (
        "networks.<name>.bridge",
        &[
            ("networks.one.subnet", ""),
            ("networks.one.mode", "\"bridge\""),
            ("networks.one.bridge", "\"br1\""),
        ],
    ),
    (
        "machines.<name>.machine",
        &[
            ("machines.one.deployment", "{ cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; }"),
            ("machines.one.machine", "{ }"),
        ],
    ),
    (
        "machines.one.deployment.nixos",
        &[
            ("machines.one.deployment.cpus", "1"),
            ("machines.one.deployment.ram", "512"),
            ("machines.two.deployment", "{ cpus = 1; ram = 512; }"),
            ("defaults", "{ deployment.sshPubKeyPath = ./key.pub; machine = { }; }"),
        ],
    ),
    ("deployment.cpus.count", &[("deployment.cpus.count", "3")]),
    ("deployment.hugepages", &[("deployment.ram", "2048")]),
    ("deployment.bootOrder", &[("deployment.diskSize", "4096")]),
    (
        "deployment.storagePoolName",
        &[("deployment.diskSize", "4096"), ("pools.fast.path", "\"/var/lib/fast\"")],
    ),
    ("deployment.initialDisks.<name>.", &[("deployment.initialDisks.one.size", "4096")]),
    ("deployment.initialDisks.<name>.pool", &[("pools.fast.path", "\"/var/lib/fast\"")]),
    (
        "deployment.initialDisks.<name>.physicalDisk",
        &[
            ("deployment.initialDisks.one.size", ""),
            ("deployment.initialDisks.one.physicalDisk", "\"/dev/disk/by-id/other\""),
        ],
    ),
    ("deployment.sshPubKeyPath", NIXOS),
    ("deployment.staticIPs.*.ips", &[("deployment.staticIPs.*.ips", "[ \"10.20.0.11\" ]")]),
    ("defaults", &[("defaults", "{ deployment.ram = 256; }"), ("machines.other.deployment.ram", "")]),
    (
        "deployment.interfaces",
        &[("networks.lan.subnet", "\"10.20.0.0/24\""), ("networks.wan.subnet", "\"10.30.0.0/24\"")],
    ),
    ("deployment.interfaces.*.network", &[("deployment.interfaces.*.network", "\"wan\"")]),
    ("deployment.serial.listen", &[("deployment.serial.port", "4555")]),
    ("deployment.tpm.enable", &[("deployment.tpm.enable", "true")]),
    ("deployment.watchdog.enable", &[("deployment.watchdog.enable", "true")]),
    ("deployment.interfaces.*.ip", LAN),
    ("deployment.interfaces.*.mac", LAN),
    ("deployment.interfaces.*.model", LAN),
    ("deployment.pciDevices.*.id", &[("deployment.pciDevices.*.id", "\"0a:00.0\"")]),
    ("deployment.usbDevices.*.id", &[("deployment.usbDevices.*.id", "\"1d6b:0002\"")]),
    ("deployment.sharedFolders.<name>.path", &[("deployment.sharedFolders.one.path", "\"/srv/other\"")]),
    ("deployment.secrets.<name>.source", &[("deployment.secrets.one.source", "./secrets/other")]),
    (
        "deployment.secrets.<name>.destination",
        &[("deployment.secrets.one.destination", "\"/var/secrets/other\"")],
    ),
    ("deployment.healthChecks", NIXOS),
    ("deployment.secrets", NIXOS),
    ("deployment.substituteOnDestination", NIXOS),
    ("deployment.staticIPs", NIXOS),
    ("deployment.sharedFolders.<name>.mountPoint", NIXOS),
    ("deployment.sharedFolders", NIXOS),
    ("deployment.preDeployChecks", NIXOS),
    ("deployment.healthChecks.cmd.*.cmd", &[("deployment.healthChecks.cmd.*.cmd", "[ \"true\" ]")]),
    ("deployment.healthChecks.http.*.port", &[("deployment.healthChecks.http.*.port", "8080")]),
    ("deployment.preDeployChecks.cmd.*.cmd", &[("deployment.preDeployChecks.cmd.*.cmd", "[ \"true\" ]")]),
    ("deployment.preDeployChecks.http.*.port", &[("deployment.preDeployChecks.http.*.port", "8080")]),
    ("machine", NIXOS),
];

const NIXOS: &[(&str, &str)] =
    &[("deployment.nixos", "true"), ("deployment.sshPubKeyPath", "./key.pub"), ("machine", "{ }")];
const LAN: &[(&str, &str)] = &[("deployment.interfaces.*.network", "\"lan\"")];

/// Where an option is set if not where the manual has it: what is no NixOS guest is worth saying only of a machine that
/// would be one by the fleet's defaults.
const PLACES: &[(&str, &str)] = &[("deployment.nixos", "machines.one.deployment.nixos")];

/// Options whose value the output does not repeat: it takes them from the deployment file itself, where it says so.
const REFERENCES: &[(&str, &str)] = &[
    (
        "nixpkgs",
        "nix/nixpkgs.nix: source = if builtins.hasAttr \"nixpkgs\" deployment then deployment.nixpkgs",
    ),
    ("machine", "guests/it.nix: (import ../nix/deployment.nix).machine"),
    ("machines.<name>.machine", "guests/one.nix: (import ../nix/deployment.nix).machines.one.machine"),
];

/// Where an option is, as the manual writes it: `deployment.pciDevices.*.id`.
type Path = Vec<String>;

/// A set of settings, by name; or one value in Nix.
enum Written {
    Set(BTreeMap<String, Self>),
    List(Box<Self>),
    Value(String),
}

impl Written {
    fn set(&mut self, path: &[String], value: &str) {
        let Some((name, rest)) = path.split_first() else {
            *self = Self::Value(value.to_owned());
            return;
        };
        if name == "*" {
            if !matches!(self, Self::List(_)) {
                *self = Self::List(Box::new(Self::Set(BTreeMap::new())));
            }
            if let Self::List(element) = self {
                element.set(rest, value);
            }
            return;
        }
        if !matches!(self, Self::Set(_)) {
            *self = Self::Set(BTreeMap::new());
        }
        if let Self::Set(settings) = self {
            settings.entry(name.clone()).or_insert_with(|| Self::Set(BTreeMap::new())).set(rest, value);
        }
    }

    fn nix(&self) -> String {
        match self {
            Self::Set(settings) => {
                let settings = settings
                    .iter()
                    .filter(|(_, value)| !matches!(value, Self::Value(text) if text.is_empty()));
                let settings: Vec<_> =
                    settings.map(|(name, value)| format!("{name} = {}; ", value.nix())).collect();
                format!("{{ {}}}", settings.concat())
            }
            Self::List(element) => format!("[ {} ]", element.nix()),
            Self::Value(value) => value.clone(),
        }
    }
}

fn split(path: &str) -> Path {
    path.split('.').map(|name| if name == "<name>" { "one" } else { name }.to_owned()).collect()
}

fn place(path: &str) -> &str {
    PLACES.iter().find(|(option, _)| *option == path).map_or(path, |(_, place)| place)
}

/// A deployment in which an option can be set, without it unless it must be.
fn around(path: &str) -> Written {
    let mut written = Written::Set(BTreeMap::new());
    let fleet = ["machines", "defaults", "name"].iter().any(|top| path.split('.').next() == Some(top));
    let machine = if fleet { "machines.other.deployment" } else { "deployment" };
    for (name, value) in [("name", "\"it\""), ("cpus.count", "3"), ("ram", "512"), ("nixos", "false")] {
        let is_name = name == "name";
        if !(fleet && is_name) {
            written.set(&split(&format!("{machine}.{name}")), value);
        }
    }
    // What the sets around the option must have.
    let parts: Vec<&str> = path.split('.').collect();
    for depth in 1..parts.len() {
        let holder = parts[..depth].join(".");
        let inside = format!("{holder}.");
        for (sibling, option) in manual::all() {
            let is_sibling = sibling.strip_prefix(&inside).is_some_and(|rest| !rest.contains('.'));
            if is_sibling && option.required && !matches!(option.name, "cpus" | "ram") {
                written.set(&split(&sibling), option.example);
            }
        }
    }
    for (_, settings) in BESIDE.iter().filter(|(beginning, _)| is_below(path, beginning)) {
        for (path, value) in *settings {
            written.set(&split(path), value);
        }
    }
    written
}

fn is_below(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning)
        .is_some_and(|rest| beginning.ends_with('.') || rest.is_empty() || rest.starts_with('.'))
}

/// A value of a type that the option does not have.
fn wrong(option: &OptionInfo) -> &'static str {
    match (option.kind)() {
        Kind::Text(_) | Kind::Xml | Kind::File | Kind::FileOrFetch | Kind::Nixpkgs => "7",
        Kind::Choice(_) => "\"no such value\"",
        Kind::Bool => "\"yes\"",
        Kind::Integer => "\"many\"",
        _ => "1.5",
    }
}

/// The lines of all files but for what only says where things stand in the deployment file.
fn lines(fixture: &Fixture) -> Vec<String> {
    let artifacts = compile(&fixture.checked).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut lines = Vec::new();
    for (name, content) in &artifacts.files {
        let mut text = String::from_utf8_lossy(content).into_owned();
        if name == "manifest.json" {
            let mut manifest = serde_json::from_str(&text).expect("the manifest is JSON");
            without_places(&mut manifest);
            text = serde_json::to_string_pretty(&manifest).expect("it was JSON");
        }
        lines.extend(text.lines().map(|line| format!("{name}: {}", line.trim())));
    }
    lines
}

fn without_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(object) => {
            let is_place =
                |name: &str| matches!(name, "causes" | "inputs" | "file" | "line" | "column" | "option");
            let is_digest = |value: &serde_json::Value| value.as_str().is_some_and(|text| text.len() == 64);
            object.retain(|name, value| !is_place(name) && !is_digest(value));
            object.values_mut().for_each(without_places);
            // Where the parts of a domain were written.
            object.retain(|_, value| !value.as_object().is_some_and(serde_json::Map::is_empty));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// The lines of `these` that `those` have not, or not as often.
fn only<'l>(these: &'l [String], those: &[String]) -> Vec<&'l str> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in those {
        *left.entry(line).or_default() += 1;
    }
    let mut new = Vec::new();
    for line in these {
        match left.get_mut(line.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(line.as_str()),
        }
    }
    new
}

/// Where the output of an option's example differs from that without it.
fn effect(path: &str, option: &OptionInfo, problems: &mut Vec<String>) -> String {
    /// More lines than this say nothing new.
    const ENOUGH: usize = 12;
    let path = place(path);
    let mut written = around(path);
    let without = Fixture::new(&written.nix());
    written.set(&split(path), option.example);
    let with = Fixture::new(&written.nix());
    for (what, fixture) in [("without it", &without), ("with its example", &with)] {
        let found = &fixture.checked.diagnostics;
        if !found.is_empty() {
            let found: Vec<_> = found.iter().map(|one| fixture.show(one)).collect();
            problems.push(format!("`{path}` {what}: {}", found.join("\n")));
            return String::new();
        }
    }
    let (without, with) = (lines(&without), lines(&with));
    let (gone, new) = (only(&without, &with), only(&with, &without));
    if let Some((_, reference)) = REFERENCES.iter().find(|(option, _)| *option == path) {
        if !with.iter().any(|line| line.contains(reference)) {
            problems.push(format!(
                "`{path}` is not taken from the deployment file: no `{reference}` in {with:?}"
            ));
        }
        return format!("  = {reference}\n");
    }
    if gone.is_empty() && new.is_empty() {
        problems.push(format!("`{path} = {}` changes nothing", option.example));
    }
    let gone = gone.into_iter().map(|line| format!("  - {line}\n"));
    let changes: Vec<_> = gone.chain(new.into_iter().map(|line| format!("  + {line}\n"))).collect();
    let mut shown = changes.iter().take(ENOUGH).map(String::as_str).collect::<String>();
    if changes.len() > ENOUGH {
        shown += &format!("  and {} lines more\n", changes.len() - ENOUGH);
    }
    shown
}

fn mistake(path: &str, option: &OptionInfo, problems: &mut Vec<String>) -> String {
    let path = place(path);
    let mut written = around(path);
    written.set(&split(path), wrong(option));
    let fixture = Fixture::new(&written.nix());
    let errors: Vec<_> = fixture.checked.diagnostics.iter().filter(|one| one.is_error()).collect();
    if errors.len() != 1 {
        problems.push(format!("`{path} = {}` has {} errors", wrong(option), errors.len()));
    }
    let show = |one: &&launchnix_diagnostics::Diagnostic| {
        let place = one.primary.map(|span| fixture.checked.sources.slice(span).to_owned());
        format!("  ! {} `{}` {}: {}\n", one.code, place.unwrap_or_default(), one.message, one.primary_label)
    };
    errors.iter().map(show).collect()
}

#[test]
fn each_option_has_documentation_an_example_an_error_and_an_effect() {
    let mut problems = Vec::new();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for (path, option) in manual::all() {
        if option.gist().len() < 10 || !option.doc.trim_end().ends_with(['.', '`', ')', ':']) {
            problems.push(format!("`{path}` is not documented in sentences: {:?}", option.doc));
        }
        let mut parts = path.split('.');
        let page = match (parts.next(), parts.next()) {
            (Some("deployment"), Some(name)) => format!(
                "machine-{}",
                if option.nested().is_empty() && parts.next().is_none() { "plain" } else { name }
            ),
            (Some(top), _) => top.to_owned(),
            _ => continue,
        };
        let effect = effect(&path, option, &mut problems);
        let mistake = mistake(&path, option, &mut problems);
        let entry = format!("{path} = {}\n{effect}{mistake}\n", option.example);
        *pages.entry(page).or_default() += &entry;
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    let mut all = String::new();
    for (page, text) in pages {
        all += &format!("# {page}\n\n{text}");
    }
    snapshots().bind(|| insta::assert_snapshot!("options", all));
}
