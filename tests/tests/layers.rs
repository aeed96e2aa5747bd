//! Holds the directions of the dependencies between the crates.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

/// Which of the workspace's crates each one may use, directly.
const LAYERS: &[(&str, &[&str])] = &[
    ("launchnix-diagnostics", &[]),
    ("launchnix-evaluator", &["launchnix-diagnostics"]),
    ("launchnix-schema-derive", &[]),
    ("launchnix-schema", &["launchnix-diagnostics", "launchnix-schema-derive"]),
    ("launchnix-compiler", &["launchnix-diagnostics", "launchnix-evaluator", "launchnix-schema"]),
    (
        "launchnix-lsp",
        &["launchnix-diagnostics", "launchnix-evaluator", "launchnix-schema", "launchnix-compiler"],
    ),
    (
        "launchnix",
        &[
            "launchnix-diagnostics",
            "launchnix-evaluator",
            "launchnix-schema",
            "launchnix-compiler",
            "launchnix-lsp",
        ],
    ),
    ("launchnix-runtime", &["launchnix-diagnostics", "launchnix-schema"]),
    (
        "launchnix-fuzz-targets",
        &[
            "launchnix-diagnostics",
            "launchnix-evaluator",
            "launchnix-schema",
            "launchnix-compiler",
            "launchnix-lsp",
        ],
    ),
    ("launchnix-tests", &["launchnix-compiler", "launchnix-diagnostics"]),
];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path("../Cargo.toml").exec().expect("cargo metadata runs")
}

/// Names of everything that a crate is built from or for its tests, by the wanted kinds of dependency.
fn direct<'m>(metadata: &'m Metadata, name: &str, wanted: fn(DependencyKind) -> bool) -> BTreeSet<&'m str> {
    let package = metadata.workspace_packages().into_iter().find(|package| package.name == name);
    let package = package.unwrap_or_else(|| panic!("{name} is in the workspace"));
    package.dependencies.iter().filter(|use_| wanted(use_.kind)).map(|use_| use_.name.as_str()).collect()
}

/// Names of everything that ends up in a crate, however far away.
fn all<'m>(metadata: &'m Metadata, name: &str) -> BTreeSet<&'m str> {
    let graph = metadata.resolve.as_ref().expect("cargo metadata resolves");
    let uses: BTreeMap<&PackageId, Vec<&PackageId>> = graph
        .nodes
        .iter()
        .map(|node| {
            let linked = |kind| matches!(kind, DependencyKind::Normal | DependencyKind::Build);
            let linked = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|info| linked(info.kind)));
            (&node.id, linked.map(|dep| &dep.pkg).collect())
        })
        .collect();
    let root = metadata.workspace_packages().into_iter().find(|package| package.name == name);
    let mut pending = vec![&root.expect("it is in the workspace").id];
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if seen.insert(id) {
            pending.extend(&uses[id]);
        }
    }
    seen.into_iter().map(|id| metadata[id].name.as_str()).collect()
}

#[test]
fn every_crate_has_its_layer() {
    let metadata = metadata();
    let found: BTreeSet<_> =
        metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let known: BTreeSet<_> = LAYERS.iter().map(|&(name, _)| name.to_owned()).collect();
    assert_eq!(found, known, "a new crate needs its place in this test and in docs/architecture.md");
}

#[test]
fn dependencies_point_one_way() {
    let metadata = metadata();
    for &(name, allowed) in LAYERS {
        let internal: BTreeSet<_> = direct(&metadata, name, |_| true)
            .into_iter()
            .filter(|used| used.starts_with("launchnix"))
            .collect();
        let allowed: BTreeSet<_> = allowed.iter().copied().collect();
        let excess: Vec<_> = internal.difference(&allowed).collect();
        assert!(excess.is_empty(), "{name} must not know {excess:?}");
    }
}

#[test]
fn evaluator_and_schema_do_not_know_each_other() {
    let metadata = metadata();
    assert!(!all(&metadata, "launchnix-evaluator").contains("launchnix-schema"));
    assert!(!all(&metadata, "launchnix-schema").contains("launchnix-evaluator"));
    assert!(!all(&metadata, "launchnix-runtime").contains("launchnix-evaluator"));
}

#[test]
fn only_the_runtime_links_libvirt() {
    let metadata = metadata();
    for &(name, _) in LAYERS {
        let links = all(&metadata, name).contains("virt-sys");
        assert_eq!(links, name == "launchnix-runtime", "{name} links libvirt");
    }
}

#[test]
fn only_the_language_server_knows_the_protocol() {
    let metadata = metadata();
    for &(name, _) in LAYERS {
        let used = direct(&metadata, name, |kind| kind != DependencyKind::Development);
        assert_eq!(used.contains("gen-lsp-types"), name == "launchnix-lsp", "{name} names LSP types");
    }
}

#[test]
fn the_pure_crates_know_neither_network_nor_terminal() {
    let metadata = metadata();
    for name in ["launchnix-diagnostics", "launchnix-schema", "launchnix-evaluator", "launchnix-compiler"] {
        let used = all(&metadata, name);
        for banned in ["virt", "tokio", "ureq", "reqwest", "clap", "miette", "indicatif", "lsp-server"] {
            assert!(!used.contains(banned), "{name} must not use {banned}");
        }
    }
}
