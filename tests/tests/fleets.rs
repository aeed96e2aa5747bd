//! The large examples: fleets of 30 machines and more check without a warning, compile to XML that libvirt's schemas
//! accept, and apply to the in-process driver.
#![expect(clippy::disallowed_methods, reason = "tests write files and read them back")]

use launchnix_tests::{Deployment, launchnix, run};

/// Compiles and applies an example of at least 30 machines.
fn holds(name: &str, arguments: &[&str]) {
    let example = Deployment::example(name);
    let checked = example.launchnix(&[&["check"], arguments].concat()).expect_status(0);
    assert_eq!(checked.stdout, "", "an example is free of warnings: {checked}");
    assert!(checked.stderr.contains("no mistakes"), "{checked}");
    example.launchnix(&[&["compile", "--out", "build"], arguments].concat()).expect_status(0);
    example.validate();
    let manifest = example.manifest();
    let machines = manifest["machines"].as_array().expect("a list");
    assert!(machines.len() >= 30, "{name} has {} machines", machines.len());
    let mut applied = example.launchnix(&["apply", "build", "--connect", "test:///default"]).expect_status(0);
    for machine in machines {
        let name = machine["name"].as_str().expect("a machine has a name");
        applied = applied.expect_text(&format!("machine `{name}`: started"));
    }
}

#[test]
fn a_web_shop_in_tiers() {
    holds("web-shop", &[]);
}

#[test]
fn a_tier_of_the_web_shop_grows() {
    let example = Deployment::example("web-shop");
    let checked = example.launchnix(&["check", "--arg", "storefronts", "20"]).expect_status(0);
    assert!(checked.stderr.contains("43 machines, no mistakes"), "{checked}");
}

#[test]
fn a_cluster_over_several_networks() {
    holds("cluster", &[]);
}

#[test]
fn a_classroom_with_devices_media_and_backups() {
    let media = tempfile::tempdir().expect("a directory can be made");
    std::fs::create_dir(media.path().join("backups")).expect("a directory can be made");
    for file in ["debian-edu-12.iso", "backups/library.img", "backups/timetable.img", "backups/accounts.img"]
    {
        std::fs::write(media.path().join(file), [0; 4096]).expect("a file can be written");
    }
    holds("classroom", &["--argstr", "media", &media.path().to_string_lossy()]);
}

/// What people break first in a large fleet is told once, however many machines come from one function.
#[test]
fn one_mistake_in_a_large_fleet_is_one_diagnostic() {
    let example = Deployment::example("cluster");
    let roles = example.path().join("roles/workers.nix");
    let text = std::fs::read_to_string(&roles).expect("the example has workers");
    for (right, wrong, code, line) in [
        ("cpus = 8;", "cpus = \"8\";", "LNX0301", 16),
        ("storagePoolName = \"workers\";", "storagePool = \"workers\";", "LNX0302", 40),
    ] {
        assert!(text.contains(right));
        example.write("roles/workers.nix", &text.replace(right, wrong));
        let checked =
            run(launchnix(&["check", "--format", "json"]).current_dir(example.path())).expect_status(1);
        let found: Vec<_> = checked
            .json_lines()
            .iter()
            .map(|one| (one["code"].clone(), one["file"].clone(), one["range"]["start"]["line"].clone()))
            .collect();
        assert_eq!(found, [(code.into(), "roles/workers.nix".into(), line.into())], "{checked}");
    }
}
