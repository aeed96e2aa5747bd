//! `launchnix check --guests` of modules that several others import, that have to be called, and that define overlays;
//! and what is suggested for values in them.

use super::guests::{OPTIONS, check, deployment, errors, expect, one};

#[test]
fn what_is_imported_twice_is_told_once() {
    let text = format!(
        "{{ defaults.machine = ./base.nix;\n  \
         machines.a = {{ {OPTIONS} machine = {{ imports = [ ./base.nix ./web.nix ]; }}; }}; }}\n"
    );
    let deployment = deployment(&text, "2026");
    deployment.write("base.nix", "{ pkgs, ... }: { services.ngnix.enable = true; time.timeZone = 3; }\n");
    deployment.write("web.nix", "{ imports = [ ./base.nix ]; }\n");
    let found = errors(&deployment);
    assert_eq!(found.len(), 2, "{found:?}");
    for error in &found {
        assert_eq!(error["labels"], serde_json::json!([]), "{error}");
        assert!(error["fix"].is_object(), "{error}");
    }
}

#[test]
fn modules_that_import_each_other_are_one_mistake() {
    for roots in [["[ ./a.nix ./b.nix ]", "[ ]"], ["[ ./a.nix ]", "[ ./b.nix ]"]] {
        let [first, second] = roots;
        let text = format!(
            "{{ machines.a = {{ {OPTIONS} machine = {{ imports = {first}; }}; }};\n  \
             machines.b = {{ {OPTIONS} machine = {{ imports = {second}; }}; }}; }}\n"
        );
        let deployment = deployment(&text, "2026");
        deployment.write("a.nix", "{ imports = [ ./b.nix ]; }\n");
        deployment.write("b.nix", "{ imports = [ ./a.nix ]; time.timeZone = 3; }\n");
        let found = errors(&deployment);
        let codes: Vec<_> = found.iter().map(|line| line["code"].as_str().unwrap_or_default()).collect();
        assert_eq!(codes, ["LNX0809", "LNX0803"], "{found:?}");
        assert_eq!(found[0]["file"], "b.nix");
    }
}

#[test]
fn overlays_are_functions() {
    for (module, codes) in [
        (
            "{ pkgs, ... }: { nixpkgs.overlays = [ (final: prev: { tool = prev.«helo»; }) ]; \
             environment.systemPackages = [ pkgs.tool ]; }",
            &["LNX0810"][..],
        ),
        (
            "{ pkgs, ... }: { nixpkgs.overlays = [ (final: prev: { hello = «final.hello»; }) ]; \
             environment.systemPackages = [ pkgs.hello ]; }",
            &["LNX0807"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn an_option_of_the_users_recurs_where_it_is_set() {
    let module = "{ config, lib, ... }: { options.a = { b = lib.mkOption { type = lib.types.str; }; \
                  c = lib.mkOption { type = lib.types.str; }; }; config.a.b = config.a.c; \
                  config.a.c = «config.a.b»; config.time.timeZone = config.a.b; }";
    expect(&one(module), &["LNX0807"]);
}

#[test]
fn definitions_are_no_values() {
    for (module, help) in [
        (
            "{ lib, ... }: { networking.nameservers = «lib.mkForce [ \"a\" ]» ++ [ \"b\" ]; }",
            "write `lib.mkForce ([ \"a\" ] ++ [ \"b\" ])`",
        ),
        (
            "{ lib, ... }: { networking.nameservers = [ \"a\" ] ++ «lib.mkIf true [ \"b\" ]»; }",
            "`lib.optionals` gives a value, and an empty one where the condition does not hold",
        ),
        (
            "{ lib, ... }: { time.timeZone = «lib.mkDefault \"Europe/\"» + \"Berlin\"; }",
            "write `lib.mkDefault (\"Europe/\" + \"Berlin\")`",
        ),
    ] {
        expect(&one(module), &["LNX0810"]);
        let plain = one(&module.replace(['«', '»'], ""));
        assert_eq!(errors(&deployment(&plain, "2026"))[0]["help"], help);
    }
}

#[test]
fn a_module_that_has_to_be_called_is_told_with_and_without_guests() {
    let text = format!(
        "let role = {{ web = {{ domain }}: {{ ... }}: {{ networking.domain = domain; }}; }}; in\n\
         {{ machines.a = {{ {OPTIONS} machine = role.web; }}; }}\n"
    );
    let deployment = deployment(&text, "2026");
    let plain = deployment.launchnix(&["check", "--format", "json"]).expect_status(1);
    for outcome in [plain, check(&deployment).expect_status(1)] {
        let found = outcome.json_lines();
        let errors: Vec<_> = found.iter().filter(|line| line["severity"] == "error").collect();
        let [error] = errors.as_slice() else { panic!("{found:?}") };
        assert_eq!(error["message"], "this function has to be called to give a NixOS module");
        assert_eq!(error["range"]["start"], serde_json::json!({ "line": 2, "column": 67 }), "{error}");
    }
}

#[test]
fn packages_and_names_are_suggested() {
    for (module, replacement) in [
        ("{ pkgs, ... }: { environment.systemPackages = pkgs.hello; }", "[ pkgs.hello ]"),
        ("{ environment.systemPackages = [ \"hello\" ]; }", "pkgs.hello"),
        ("{ users.al.isNormalUser = true; }", "users.al"),
    ] {
        let found = errors(&deployment(&one(module), "2026"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["fix"]["replacement"], replacement, "{found:?}");
    }
}

#[test]
fn a_renamed_option_is_renamed_where_its_names_differ() {
    let found = check(&deployment(&one("{ services.sshd.enable = true; }"), "2026")).json_lines();
    let warning = found.iter().find(|line| line["code"] == "LNX0811").expect("there is a warning");
    let fix = &warning["fix"];
    assert_eq!((&fix["replacement"], &fix["range"]), (&"openssh".into(), &warning["range"]), "{warning}");
}

#[test]
fn a_value_that_is_right_where_it_stands_is_changed_where_it_is_used() {
    let option = "options.site = { dns = lib.mkOption { type = lib.types.str; }; \
                  port = lib.mkOption { type = lib.types.int; default = 80; }; }";
    for (module, codes) in [
        (
            "let name = \"a\"; in { networking.hostName = name; networking.nameservers = «name»; }".to_owned(),
            &["LNX0803"][..],
        ),
        (
            format!(
                "{{ config, lib, ... }}: {{ {option}; config.site.dns = \"9.9.9.9\"; \
                 config.networking.nameservers = «config.site.dns»; config.time.timeZone = «config.site.port»; }}"
            ),
            &["LNX0803", "LNX0803"],
        ),
        (
            "{ imports = [ (({ names ? «\"a\"» }: { networking.nameservers = names; time.timeZone = names; }) { }) ]; }"
                .to_owned(),
            &["LNX0803"],
        ),
    ] {
        expect(&one(&module), codes);
    }
}

#[test]
fn a_set_with_another_name_hides_nothing() {
    for (module, codes) in [
        (
            "{ services.«ngnix» = { enable = «\"yes\"»; virtualHosts.x.«forceSsl» = true; }; }",
            &["LNX0802", "LNX0803", "LNX0802"][..],
        ),
        ("{ users.«usrs».al = { isNormalUser = true; uid = «\"1\"»; }; }", &["LNX0802", "LNX0803"]),
        ("{ services.«ngnix» = { enabled = true; root = 3; port = 4; }; }", &["LNX0802"]),
    ] {
        expect(&one(module), codes);
    }
}
