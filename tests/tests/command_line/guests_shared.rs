//! `launchnix check --guests` of what several guests have in common: packages, and options of the user's own.

use super::guests::{OPTIONS, check, deployment, errors, expect, one};

/// A fleet of these machines.
fn fleet(machines: &[(&str, &str)]) -> String {
    let machine =
        |(name, module): &(&str, &str)| format!("  machines.{name} = {{ {OPTIONS} machine = {module}; }};\n");
    format!("{{\n{}}}\n", machines.iter().map(machine).collect::<String>())
}

#[test]
fn guests_share_packages_only_where_they_are_the_same() {
    let unfree =
        "{ pkgs, ... }: { nixpkgs.config.allowUnfree = true; environment.systemPackages = [ pkgs.unrar ]; }";
    let free = "{ pkgs, ... }: { environment.systemPackages = [ «pkgs.unrar» ]; }";
    expect(&fleet(&[("a", unfree), ("b", free), ("c", unfree)]), &["LNX0808"]);
    let tool = "{ pkgs, ... }: { nixpkgs.overlays = [ (final: prev: { tool = prev.hello; }) ]; \
                environment.systemPackages = [ pkgs.tool ]; }";
    let none = "{ pkgs, ... }: { environment.systemPackages = [ pkgs.«tool» ]; }";
    expect(&fleet(&[("a", tool), ("b", none)]), &["LNX0810"]);
}

#[test]
fn a_guest_is_evaluated_alike_alone_and_in_a_fleet() {
    let modules = [
        "{ pkgs, ... }: { environment.systemPackages = [ pkgs.hello ]; }",
        "{ pkgs, ... }: { environment.systemPackages = [ pkgs.hello pkgs.git ]; }",
        "{ pkgs, ... }: { nixpkgs.overlays = [ (final: prev: { hello = prev.git; }) ]; environment.systemPackages = [ pkgs.hello ]; }",
        "{ pkgs, ... }: { nixpkgs.hostPlatform = \"aarch64-linux\"; environment.systemPackages = [ pkgs.hello ]; }",
    ];
    let derivations = |machines: &[(&str, &str)]| -> Vec<String> {
        let deployment = deployment(&fleet(machines), "2026");
        let outcome = deployment.launchnix(&["check", "--guests", "-I", "nixpkgs=nixpkgs"]).expect_status(0);
        let words = outcome.stderr.split_whitespace().map(str::to_owned);
        words.filter(|word| word.starts_with("/nix/store/")).collect()
    };
    let names = ["a", "b", "c", "d"];
    let machines: Vec<_> = names.into_iter().zip(modules).collect();
    let alone: Vec<_> = machines.iter().flat_map(|&machine| derivations(&[machine])).collect();
    assert_eq!(derivations(&machines), alone);
    assert_eq!(alone.len(), modules.len(), "{alone:?}");
}

#[test]
fn a_declaration_that_is_misspelt_is_one_mistake() {
    let module = |declared: &str, set: &str| {
        format!(
            "{{ config, lib, ... }}: {{ options.my.app = {{ enable = lib.mkEnableOption \"app\"; {declared} = \
             lib.mkOption {{ type = lib.types.int; default = 80; }}; }}; config = lib.mkMerge [ {{ my.app.{set} = 1; }} \
             (lib.mkIf (config.my.app.port > 0) {{ networking.firewall.allowedTCPPorts = [ config.my.app.port ]; }}) ]; }}"
        )
    };
    expect(&one(&module("«prot»", "port")), &["LNX0802"]);
    expect(&one(&module("port", "«prot»")), &["LNX0802"]);
    let shared = fleet(&[
        ("a", "{ imports = [ ./app.nix ]; my.port = 1; }"),
        ("b", "{ imports = [ ./app.nix ]; my.port = 2; }"),
    ]);
    let deployment = deployment(&shared, "2026");
    deployment
        .write("app.nix", "{ lib, ... }: { options.my.prot = lib.mkOption { type = lib.types.int; }; }\n");
    let found = errors(&deployment);
    let [error] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (&error["file"], &error["fix"]["replacement"]),
        (&"app.nix".into(), &"port".into()),
        "{error}"
    );
    assert_eq!(error["labels"].as_array().map(Vec::len), Some(2), "{error}");
}

#[test]
fn types_of_the_users_options_are_looked_at() {
    let options = "lib.mkOption { type = with lib.types; listOf «strr»; default = [ ]; }";
    let module = format!("{{ lib, ... }}: {{ options.my.list = {options}; config.time.timeZone = «3»; }}");
    expect(&one(&module), &["LNX0810", "LNX0803"]);
}

#[test]
fn a_switch_of_another_type_hides_nothing() {
    for (module, codes) in [
        (
            "{ config, lib, pkgs, ... }: { options.my.enable = lib.mkEnableOption \"x\"; config = lib.mkMerge [ \
             { my.enable = «\"yes\"»; } (lib.mkIf config.my.enable { environment.systemPackages = [ pkgs.«helo» ]; }) ]; }",
            &["LNX0803", "LNX0810"][..],
        ),
        (
            "{ lib, ... }: lib.mkMerge [ { services.nginx = «true»; } { services.nginx.enable = «3»; } ]",
            &["LNX0803", "LNX0803"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn what_is_no_module_is_told_where_it_stands() {
    for (module, codes) in [
        ("{ pkgs, ... }: «[ { time.timeZone = \"UTC\"; } ]»", &["LNX0809"][..]),
        ("{ pkgs, ... }: let none = «null»; in none", &["LNX0809"]),
        ("{ lib, ... }: lib.mkIf true «[ { time.timeZone = \"UTC\"; } ]»", &["LNX0809"]),
        ("{ config = «[ { time.timeZone = 3; } ]»; }", &["LNX0809"]),
        ("{ options = «[ ]»; config.time.timeZone = «3»; }", &["LNX0809", "LNX0803"]),
        ("{ lib, ... }: lib.mkMerge [ { time.timeZone = «3»; } «./web.nix» ]", &["LNX0803", "LNX0809"]),
    ] {
        expect(&one(module), codes);
    }
    let deployment = deployment(&one("{ imports = [ ./a.nix ./b.nix ]; time.timeZone = 3; }"), "2026");
    deployment.write("a.nix", "{ pkgs, ... }: [ pkgs.hello ]\n");
    deployment.write("b.nix", "{ pkgs, ... }: pkgs.hello\n");
    let found = check(&deployment).expect_status(1).json_lines();
    let found: Vec<_> = found.iter().filter(|line| line["severity"] == "error").collect();
    let mut places: Vec<_> = found
        .iter()
        .map(|error| (error["file"].as_str().unwrap_or_default(), error["range"]["start"]["column"].clone()))
        .collect();
    places.sort_by_key(|(file, _)| *file);
    let expected = [("a.nix", 16), ("b.nix", 16)];
    assert_eq!(places.len(), expected.len() + 1, "{found:?}");
    for ((file, column), (name, at)) in places.iter().zip(expected) {
        assert_eq!((*file, column), (name, &serde_json::json!(at)), "{found:?}");
    }
}

#[test]
fn what_the_user_asserts_is_about_what_is_set() {
    let module = "{ config, lib, ... }: { options.my.tls = lib.mkOption { type = lib.types.bool; default = false; }; config = { \
                  my.«tls» = true; assertions = [ { assertion = !config.my.tls; message = \"my.tls needs my.cert\"; } \
                  { assertion = false; message = «\"nothing is set here of my.cert\"»; } ]; }; }";
    expect(&one(module), &["LNX0806", "LNX0806"]);
}
