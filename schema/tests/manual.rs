//! The manual is fresh, and every option has what the manual needs.
#![expect(clippy::disallowed_methods, reason = "tests read the committed manual")]

use std::path::Path;

use launchnix_schema::manual;

#[test]
fn the_manual_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/options.md");
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&file, manual::markdown()).expect("the manual can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == manual::markdown(), "run UPDATE_DOCS=1 cargo test -p launchnix-schema");
}

#[test]
fn every_option_has_documentation_and_an_example() {
    let all = manual::all();
    assert!(all.len() > 60, "{} options", all.len());
    for (path, option) in all {
        assert!(option.summary().len() > 10, "{path} needs a summary");
        assert!(!option.example.is_empty(), "{path} needs an example");
        assert!(!option.summary().contains('\n'), "{path}");
    }
}

#[test]
fn options_are_found_by_path() {
    let ram = manual::option_at(&["machines", "web", "deployment", "ram"]).expect("ram is an option");
    assert_eq!(ram.unit, Some("MiB"));
    assert!(manual::option_at(&["deployment", "initialDisks", "games", "size"]).is_some());
    assert!(manual::option_at(&["deployment", "pciDevices", "romFile"]).is_some());
    assert!(manual::option_at(&["deployment", "nothing"]).is_none());
    assert!(manual::options_at(&["machines"]).is_empty());
}

#[test]
fn the_json_schema_describes_the_options() {
    let schema = launchnix_schema::json_schema();
    let machine = &schema["properties"]["deployment"]["properties"];
    assert_eq!(machine["cpus"]["anyOf"][0]["maximum"], 512);
    assert_eq!(machine["sshPort"]["default"], 22);
    assert_eq!(machine["firmware"]["enum"], serde_json::json!(["bios", "uefi", "uefi-secure", null]));
    assert_eq!(machine["ram"]["type"], "integer", "it must be set");
    assert_eq!(machine["sshPort"]["type"], serde_json::json!(["integer", "null"]), "it may be left out");
    assert!(
        machine["graphics"]["anyOf"]
            .as_array()
            .is_some_and(|all| all.contains(&serde_json::json!({ "type": "null" })))
    );
    let disk = &machine["initialDisks"]["additionalProperties"];
    assert_eq!(
        disk["type"],
        serde_json::json!(["object", "null"]),
        "a machine may do without one of the defaults"
    );
    let one = &schema["oneOf"][1]["properties"]["deployment"];
    assert_eq!(one["required"], serde_json::json!(["name", "cpus", "ram"]));
}
