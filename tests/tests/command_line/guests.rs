//! `launchnix check --guests`, with the stand-in for nixpkgs: what is wrong inside of guests, where, and that the
//! derivations are those that Nix gives.

use std::process::Command;

use launchnix_tests::{Deployment, Mark, Outcome, repository, run};

/// What the deployments here have beside the machine's module.
pub(super) const OPTIONS: &str = "deployment = { cpus = 1; ram = 512; };";

/// Both generations of messages.
const WORDINGS: &[&str] = &["2017", "2026"];

/// A deployment with a nixpkgs beside it that has this wording.
pub(super) fn deployment(text: &str, wording: &str) -> Deployment {
    let deployment = Deployment::new(text);
    let stand_in = repository().join("tests/stand-in-nixpkgs");
    run(Command::new("cp").arg("-r").arg(stand_in).arg(deployment.path().join("nixpkgs"))).expect_status(0);
    deployment.write("nixpkgs/lib/wording.nix", &format!("\"{wording}\"\n"));
    deployment
}

pub(super) fn check(deployment: &Deployment) -> Outcome {
    deployment.launchnix(&["check", "--guests", "-I", "nixpkgs=nixpkgs", "--format", "json"])
}

/// Checks a deployment with marks at the primary places of all mistakes in guests, in order.
#[track_caller]
pub(super) fn expect(marked: &str, codes: &[&str]) {
    let (text, marks) = Mark::take(marked);
    for wording in WORDINGS {
        let outcome = check(&deployment(&text, wording)).expect_status(1);
        let found: Vec<_> = outcome
            .json_lines()
            .iter()
            .filter(|line| line["severity"] == "error")
            .map(|line| (line["code"].as_str().unwrap_or_default().to_owned(), Mark::of(&line["range"])))
            .collect();
        let expected: Vec<_> = codes.iter().map(|&code| code.to_owned()).zip(marks.iter().copied()).collect();
        assert_eq!(marks.len(), codes.len(), "each place has a code");
        assert_eq!(found, expected, "{wording}: {text}");
    }
}

/// A one-machine deployment around a module.
pub(super) fn one(module: &str) -> String {
    format!("{{ deployment = {{ name = \"web\"; cpus = 1; ram = 512; }};\n  machine = {module};\n}}\n")
}

#[test]
fn mistakes_have_the_users_places() {
    for (module, codes) in [
        ("{ services.«ngnix».enable = true; }", &["LNX0802"][..]),
        (
            "{ pkgs, lib, ... }: lib.mkIf true { services.«ngnix».enable = true; «sevices».x = 1; }",
            &["LNX0802", "LNX0802"],
        ),
        ("{ users.users.root.«uidd» = 1; }", &["LNX0802"]),
        ("{ services.nginx.enable = «\"yes\"»; }", &["LNX0803"]),
        ("let on = «\"yes\"»; in { lib, ... }: { services.nginx.enable = lib.mkForce on; }", &["LNX0803"]),
        ("{ networking.firewall.allowedTCPPorts = [ 80 «\"443\"» ]; }", &["LNX0803"]),
        (
            "{ lib, ... }: lib.mkMerge [ { time.timeZone = «\"UTC\"»; } { time.timeZone = \"CET\"; } ]",
            &["LNX0804"],
        ),
        ("{ system.nixos.release = «\"1\"»; }", &["LNX0804"]),
        ("{ services.«postgresql».enable = true; }", &["LNX0805"]),
        ("{ services.nginx.virtualHosts.x.«forceSSL» = true; }", &["LNX0806"]),
        ("{ config, ... }: { networking.hostName = «config.networking.hostName + \"x\"»; }", &["LNX0807"]),
        ("{ pkgs, ... }: { environment.systemPackages = with pkgs; [ hello «unrar» ]; }", &["LNX0808"]),
        ("{ pkgs, «inputs», ... }: { environment.systemPackages = [ inputs.x ]; }", &["LNX0809"]),
        ("{ config = { }; «services».nginx.enable = true; }", &["LNX0809"]),
        ("{ services.nginx = «true»; }", &["LNX0803"]),
        (
            "{ lib, ... }: lib.mkMerge [ { networking.firewall.allowedTCPPorts = [ 80 ]; } \
             { networking.firewall.allowedTCPPorts = [ «\"443\"» ]; } ]",
            &["LNX0803"],
        ),
        (
            "{ pkgs, lib, ... }: { environment.systemPackages = lib.mkMerge [ (lib.mkIf false [ pkgs.x ]) \
             [ pkgs.«helo» «pkgs.rotten» ] ]; }",
            &["LNX0810", "LNX0808"],
        ),
        ("{ lib, ... }: { services.nginx.enable = lib.mkIf «\"yes\"» true; }", &["LNX0809"]),
        ("{ imports = [ «./missing.nix» ]; }", &["LNX0809"]),
        ("{ imports = «{ }»; }", &["LNX0809"]),
        ("{ imports = [ «\"web.nix\"» ]; }", &["LNX0809"]),
        ("{ imports = [ «[ ]» ]; }", &["LNX0809"]),
        ("{ lib, ... }: lib.mkIf true { «imports» = [ ]; }", &["LNX0809"]),
        ("{ config, ... }: { imports = if «config».services.nginx.enable then [ ] else [ ]; }", &["LNX0807"]),
        ("{ assertions = [ { assertion = false; message = «\"choose a web server\"»; } ]; }", &["LNX0806"]),
        ("{ networking.firewall.allowedTCPPorts = builtins.attrNames { «a» = 1; }; }", &["LNX0803"]),
        (
            "{ lib, config, ... }: { services.nginx.enable = lib.mkIf «config.networking.hostName» true; \
             time.timeZone = lib.mkIf («config.networking.nameservers ++ [ ]») \"UTC\"; }",
            &["LNX0809", "LNX0809"],
        ),
        (
            "{ lib, config, ... }: { services.nginx = «lib.mkIf config.services.openssh.enable»; }",
            &["LNX0803"],
        ),
        ("{ lib, ... }: lib.mkMerge «{ services.«ngnix».enable = true; }»", &["LNX0809", "LNX0802"]),
        ("{ lib, ... }: { time.timeZone = lib.mkOverride «\"high\"» \"UTC\"; }", &["LNX0809"]),
        (
            "{ lib, ... }: { options.a.b = lib.mkOption { type = «\"string\"»; default = \"x\"; }; config.time.timeZone = «3»; }",
            &["LNX0809", "LNX0803"],
        ),
        ("{ imports = [ «import» { } ]; }", &["LNX0809"]),
        ("{ imports = [ («name: { pkgs, ... }: { }») ]; }", &["LNX0809"]),
        (
            "let make = { domain, root ? 1 }: { ... }: { }; in { imports = [ (make { domain = 1; «rot» = 2; }) ]; }",
            &["LNX0810"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn a_fleet_tells_each_mistake_once_and_hides_none() {
    let text = format!(
        "{{\n  defaults.machine = {{ services.«ngnix».enable = true; }};\n  machines.a = {{ {OPTIONS} }};\n  \
         machines.b = {{ {OPTIONS} machine = {{ services.nginx.enable = «1»; }}; }};\n  machines.c = {{ {OPTIONS} }};\n}}\n"
    );
    expect(&text, &["LNX0802", "LNX0803"]);
}

#[test]
fn modules_may_be_files_that_import_others() {
    let deployment = deployment(&one("./web.nix"), "2026");
    deployment.write("web.nix", "{ imports = [ ./nginx.nix ]; }\n");
    deployment.write("nginx.nix", "{ ... }: { services.nginx.enabel = true; }\n");
    let found = check(&deployment).expect_status(1).json_lines();
    let error = found.iter().find(|line| line["severity"] == "error").expect("there is a mistake");
    assert_eq!((&error["code"], &error["file"]), (&"LNX0802".into(), &"nginx.nix".into()));
    assert_eq!(error["help"], "did you mean `services.nginx.enable`?");
}

#[test]
fn the_derivation_is_that_of_nix() {
    let deployment =
        deployment(&one("{ pkgs, ... }: { environment.systemPackages = [ pkgs.hello ]; }"), "2026");
    let outcome = deployment.launchnix(&["check", "--guests", "-I", "nixpkgs=nixpkgs"]).expect_status(0);
    deployment.launchnix(&["compile", "-I", "nixpkgs=nixpkgs", "--out", "build"]).expect_status(0);
    let system = "(import ./nixpkgs/nixos/lib/eval-config.nix { modules = [ ./build/guests/web.nix ]; \
                  specialArgs = { name = \"web\"; nodes = { }; }; }).config.system.build.toplevel.drvPath";
    let nix = run(Command::new("nix-instantiate")
        .args(["--eval", "--expr", system])
        .env("NIX_REMOTE", "dummy://")
        .current_dir(deployment.path()))
    .expect_status(0);
    let path = nix.stdout.trim().trim_matches('"').to_owned();
    assert!(path.starts_with("/nix/store/") && path.strip_suffix(".drv").is_some(), "{path}");
    outcome.expect_text(&path);
}

#[test]
fn without_nixpkgs_it_is_said_what_to_do() {
    let deployment = Deployment::new(&one("{ }"));
    deployment
        .launchnix(&["check", "--guests"])
        .expect_status(3)
        .expect_text("LNX0801")
        .expect_text("-I nixpkgs=DIRECTORY");
}

/// What a check of guests says, as JSON.
pub(super) fn errors(deployment: &Deployment) -> Vec<serde_json::Value> {
    let lines = check(deployment).json_lines();
    lines.into_iter().filter(|line| line["severity"] == "error").collect()
}

#[test]
fn no_mistake_hides_another() {
    for (module, codes) in [
        (
            "{ services.nginx.enable = «1»; services.nginx.virtualHosts.x.«forceSSL» = true; }",
            &["LNX0803", "LNX0806"][..],
        ),
        ("{ networking.hostName = «throw \"a\"»; time.timeZone = «throw \"b\"»; }", &["LNX0810", "LNX0810"]),
        (
            "{ config, ... }: { networking.hostName = «config.networking.hostName + \"x\"»; \
             time.timeZone = «config.time.timeZone + \"x\"»; services.nginx.enable = «1»; }",
            &["LNX0807", "LNX0807", "LNX0803"],
        ),
        ("{ users.users.al = { uid = «\"1\"»; «grup» = \"x\"; }; }", &["LNX0803", "LNX0802"]),
        (
            "{ pkgs, ... }: { environment.systemPackages = with pkgs; [ «gti» «\"x\"» hello «3» ]; }",
            &["LNX0810", "LNX0803", "LNX0803"],
        ),
        (
            "{ imports = [ «./missing.nix» { services.«ngnix».enable = true; } ]; time.timeZone = «3»; }",
            &["LNX0809", "LNX0802", "LNX0803"],
        ),
        (
            "{ environment.etc.a.source = «./a.conf»; environment.etc.b.source = «./b.conf»; time.timeZone = «3»; }",
            &["LNX0810", "LNX0810", "LNX0803"],
        ),
        (
            "{ imports = [ { config = { services.«ngnix».enable = true; }; «time».timeZone = \"UTC\"; «networking».domain = \"x\"; } ]; \
             networking.hostName = «3»; }",
            &["LNX0802", "LNX0809", "LNX0809", "LNX0803"],
        ),
        (
            "{ imports = [ («{ pkgs }»: { time.timeZone = «3»; }) («throw \"no\"») ]; services.«ngnix».enable = true; }",
            &["LNX0809", "LNX0803", "LNX0810", "LNX0802"],
        ),
        (
            "{ services.«postgresql».enable = true; assertions = [ { assertion = false; message = «\"no\"»; } ]; }",
            &["LNX0805", "LNX0806"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn what_follows_from_another_mistake_is_not_told() {
    for (module, codes) in [
        ("{ services.nginx.virtualHosts.x = { forceSSL = true; «enableAcme» = true; }; }", &["LNX0802"][..]),
        ("{ services.postgresql = { enable = true; «dataDirr» = \"/x\"; }; }", &["LNX0802"]),
        ("{ lib, ... }: { networking.nameservers = lib.mkMerge «{ a = 1; }»; }", &["LNX0809"]),
        (
            "{ services.nginx.virtualHosts.x = { «forceSSL» = true; «foo» = true; }; }",
            &["LNX0806", "LNX0802"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn modules_that_import_each_other_are_named() {
    let deployment = deployment(&one("./a.nix"), "2026");
    deployment.write("a.nix", "{ imports = [ ./b.nix ]; services.ngnix.enable = true; }\n");
    deployment.write("b.nix", "{ imports = [ ./a.nix ]; time.timeZone = 3; }\n");
    let found = errors(&deployment);
    let mut codes: Vec<_> = found.iter().map(|line| line["code"].as_str().unwrap_or_default()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["LNX0802", "LNX0803", "LNX0809"], "{found:?}");
}

#[test]
fn mistakes_do_not_hide_warnings() {
    let module = "{ services.httpd.port = 80; warnings = [ \"mind the gap\" ]; time.timeZone = 3; }";
    let found = check(&deployment(&one(module), "2026")).expect_status(1).json_lines();
    let warnings: Vec<_> = found.iter().filter(|line| line["code"] == "LNX0811").collect();
    assert_eq!(warnings.len(), 2, "{found:?}");
}

#[test]
fn a_value_in_the_words_of_shared_code_is_one_mistake() {
    let text = format!(
        "{{ defaults.machine = {{ config, ... }}: {{ assertions = [ {{ assertion = false; \
         message = «\"no id for ${{config.networking.hostName}}\"»; }} ]; }};\n  \
         machines.a = {{ {OPTIONS} }};\n  machines.b = {{ {OPTIONS} }};\n  machines.c = {{ {OPTIONS} }};\n}}\n"
    );
    expect(&text, &["LNX0806"]);
}

#[test]
fn fixes_reach_the_modules_of_guests() {
    let deployment = deployment(&one("./web.nix"), "2026");
    deployment.write("web.nix", "{ ... }: { imports = [ ./more.nix ]; time.timeZone = 3; }\n");
    deployment.write("more.nix", "{ pkgs }: { services.nginx.enable = True; }\n");
    let arguments = ["check", "--guests", "-I", "nixpkgs=nixpkgs", "--fix"];
    let shown = deployment.launchnix(&[&arguments[..], &["--diff"]].concat()).expect_status(1);
    shown.expect_text("{ pkgs, ... }").expect_text("= true;").expect_text("1 error, 1 warning would remain");
    deployment.launchnix(&arguments).expect_status(1).expect_text("fixed 2 mistakes in more.nix");
    let fixed = std::fs::read_to_string(deployment.path().join("more.nix")).expect("it is there");
    assert_eq!(fixed, "{ pkgs, ... }: { services.nginx.enable = true; }\n");
}

#[test]
fn values_that_stand_for_themselves_end() {
    for module in [
        "let a = «a»; in { networking.hostName = a; }",
        "let a = «b»; b = a; in { networking.hostName = a; }",
    ] {
        expect(&one(module), &["LNX0807"]);
    }
}

#[test]
fn what_is_no_valid_nix_stops_only_its_own_guest() {
    let text = format!(
        "{{ machines.a = {{ {OPTIONS} machine = {{ services.nginx.enable = «tru»; }}; }};\n  \
         machines.b = {{ {OPTIONS} machine = {{ services.«ngnix».enable = true; time.timeZone = «3»; }}; }}; }}\n"
    );
    expect(&text, &["LNX0103", "LNX0802", "LNX0803"]);
    let text = "{ deployment = { name = \"web\"; cpus = «\"1\"»; ram = 512; };\n  \
                machine = { services.nginx.enable = «1»; };\n}\n";
    expect(text, &["LNX0301", "LNX0803"]);
}

#[test]
fn every_mistake_in_the_syntax_of_a_module_is_told() {
    let deployment = deployment(&one("{ imports = [ ./web.nix ]; services.ngnix.enable = true; }"), "2026");
    deployment.write("web.nix", "{\n  time.timeZone = ;\n  networking.hostName = ;\n}\n");
    let found = errors(&deployment);
    let codes: Vec<_> = found.iter().map(|line| line["code"].as_str().unwrap_or_default()).collect();
    assert_eq!(codes, ["LNX0802", "LNX0101", "LNX0101"]);
}

#[test]
fn one_place_is_one_mistake() {
    for module in [
        "{ lib, ... }: { users.users = builtins.mapAttrs (_: _: { «uidd» = 1; }) { a = 1; b = 2; }; }",
        "let on = «\"yes\"»; in { services.nginx.enable = on; networking.firewall.enable = on; }",
    ] {
        let code = if module.contains("uidd") { "LNX0802" } else { "LNX0803" };
        expect(&one(module), &[code]);
    }
}

#[test]
fn a_guest_with_a_module_that_is_none_counts_as_none() {
    let text = format!("{{ machines.a = {{ {OPTIONS} machine = [ ]; }}; }}\n");
    check(&deployment(&text, "2026")).expect_status(1);
    let deployment = deployment(&text, "2026");
    let outcome = deployment.launchnix(&["check", "--guests", "-I", "nixpkgs=nixpkgs"]).expect_status(1);
    outcome.expect_text("0 of 1 guests evaluated");
}

#[test]
fn warnings_of_guests_are_silenced_with_or_without_guests() {
    let text = format!("# launchnix: allow(LNX0811)\n{}", one("{ warnings = [ \"old\" ]; }"));
    let deployment = deployment(&text, "2026");
    let plain = deployment.launchnix(&["check", "--format", "json"]).expect_status(0);
    for outcome in [check(&deployment).expect_status(0), plain] {
        let found = outcome.json_lines();
        let is_about = |line: &serde_json::Value| line["code"] == "LNX0811" || line["code"] == "LNX0710";
        assert!(!found.iter().any(is_about), "{found:?}");
    }
}

#[test]
fn a_broken_nixpkgs_is_not_the_users_mistake() {
    for (file, text) in [
        ("nixpkgs/nixos/modules/system.nix", "{ a = ; }\n"),
        ("nixpkgs/nixos/modules/system.nix", "{ services.foobar = 1; }\n"),
        ("nixpkgs/nixos/lib/eval-config.nix", "{ ... }: { config = { }; options = { }; }\n"),
    ] {
        let deployment = deployment(&one("{ services.ngnix.enable = true; }"), "2026");
        deployment.write(file, text);
        let outcome = check(&deployment).expect_status(3);
        let found = outcome.json_lines();
        let errors: Vec<_> = found.iter().filter(|line| line["severity"] == "error").collect();
        let [error] = errors.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(error["code"], "LNX0801");
        assert!(error["message"].as_str().is_some_and(|message| message.contains("broken")), "{error}");
    }
}

#[test]
fn values_are_found_where_they_were_written() {
    for (module, codes) in [
        ("{ lib, ... }: { networking.hostName = lib.mkMerge [ «\"a\"» \"b\" ]; }", &["LNX0804"][..]),
        ("{ lib, ... }: { services.nginx.enable = «lib.mkDefault»; }", &["LNX0803"]),
        ("{ networking.hostName = { abc = 1; }.«abd»; }", &["LNX0810"]),
        ("{ networking.hostName = builtins.readFile «./no.conf»; }", &["LNX0810"]),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn a_call_without_parentheses_is_one_mistake() {
    for (module, codes) in [
        ("{ networking.nameservers = [ «toString» 1 «2» \"9.9.9.9\" ]; }", &["LNX0803", "LNX0803"][..]),
        ("{ networking.nameservers = [ «builtins.map» (x: x) [ ] ]; }", &["LNX0803"]),
        (
            "let make = a: b: { ... }: { time.timeZone = a + b; }; in \
             { imports = [ «make» \"a\" \"b\" { time.timeZone = «3»; } ]; }",
            &["LNX0809", "LNX0803"],
        ),
        ("{ lib, ... }: { imports = [ «lib.mkIf» true { services.nginx.enable = true; } ]; }", &["LNX0809"]),
    ] {
        expect(&one(module), codes);
    }
    let found = errors(&deployment(&one("{ networking.nameservers = [ toString 1 ]; }"), "2026"));
    assert_eq!(found[0]["fix"]["replacement"], "(toString 1)", "{found:?}");
    let deployment = deployment(&one("{ imports = [ import ./web.nix { zone = \"UTC\"; } ]; }"), "2026");
    deployment.write("web.nix", "{ zone }: { ... }: { time.timeZone = zone; }\n");
    let found = errors(&deployment);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["help"], "write `(import ./web.nix { zone = \"UTC\"; })`");
}

#[test]
fn parts_of_modules_with_another_name_hide_nothing() {
    for (module, codes) in [
        (
            "{ lib, ... }: { «import» = [ { options.a.b = lib.mkOption { type = lib.types.int; }; } ]; a.b = «\"x\"»; }",
            &["LNX0802", "LNX0803"][..],
        ),
        (
            "{ lib, ... }: { «option».a.b = lib.mkOption { type = lib.types.int; }; config.a.b = «\"x\"»; }",
            &["LNX0809", "LNX0803"],
        ),
        (
            "{ lib, ... }: { options.a.b = lib.mkOption { type = lib.types.int; }; «confg».a.b = «\"x\"»; }",
            &["LNX0809", "LNX0803"],
        ),
        (
            "{ lib, ... }: { options.a.b = «lib.types.str»; options.a.c = «8080»; config.a.b = \"x\"; \
             config.time.timeZone = «3»; }",
            &["LNX0809", "LNX0809", "LNX0803"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn a_missing_value_is_told_beside_an_option_that_does_not_exist() {
    let module = "{ lib, config, ... }: { options.a = { to = lib.mkOption { type = lib.types.str; default = \"\"; }; \
                  jobs = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { options.path = \
                  lib.mkOption { type = lib.types.str; }; }); }; }; config.a.jobs.«home» = { }; config.a.«too» = \"x\"; \
                  config.environment.etc.a.text = builtins.toJSON config.a.jobs; }";
    expect(&one(module), &["LNX0805", "LNX0802"]);
}

#[test]
fn a_function_for_a_set_lacks_an_argument() {
    let module = "let host = name: port: { serverName = \"${name}:${toString port}\"; }; in \
                  { services.nginx.enable = true; services.nginx.virtualHosts.x = «host \"x\"»; }";
    expect(&one(module), &["LNX0803"]);
}

#[test]
fn a_condition_is_what_stands_there() {
    for module in [
        "let stage = \"live\"; in { lib, ... }: { services.nginx.enable = lib.mkIf «stage» true; }",
        "let on = «\"yes\"»; in { lib, ... }: { services.nginx.enable = lib.mkIf on true; }",
    ] {
        expect(&one(module), &["LNX0809"]);
    }
}

#[test]
fn an_option_that_takes_the_value_is_meant() {
    let found = errors(&deployment(&one("{ users.users.al.groups = [ \"wheel\" ]; }"), "2026"));
    assert_eq!(found[0]["help"], "did you mean `users.users.al.extraGroups`?");
}

#[test]
fn names_of_nixpkgs_are_explained_in_modules() {
    let deployment = deployment(&one("{ ... }: { imports = [ ./web.nix ]; }"), "2026");
    deployment.write(
        "web.nix",
        "{ ... }: { time.timeZone = lib.mkDefault \"UTC\"; users.users.root.shell = zsh; }\n",
    );
    let help: Vec<_> =
        errors(&deployment).iter().map(|line| line["help"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        help,
        [
            "take `lib` as an argument of the module: `{ lib, ... }:`",
            "write `pkgs.zsh`, and take `pkgs` as an argument of the module: `{ pkgs, ... }:`"
        ]
    );
}

#[test]
fn imports_that_cannot_be_known_hide_nothing() {
    for (module, codes) in [
        ("{ «inputs», ... }: { imports = [ inputs.x ]; time.timeZone = «3»; }", &["LNX0809", "LNX0803"][..]),
        (
            "{ pkgs, ... }: { imports = if «pkgs».x then [ ] else [ ]; time.timeZone = «1»; }",
            &["LNX0807", "LNX0803"],
        ),
        (
            "{ config, ... }: { imports = if «config».x.y then [ ] else [ ]; time.timeZone = «1»; }",
            &["LNX0807", "LNX0803"],
        ),
        (
            "{ modulesPath, ... }: { imports = [ («modulesPath + \"/none.nix\"») ]; time.timeZone = «1»; }",
            &["LNX0809", "LNX0803"],
        ),
        (
            "{ config, lib, ... }: { options.a = { b = lib.mkOption { type = lib.types.str; default = config.a.c; }; \
             c = lib.mkOption { type = lib.types.str; default = «config.a.b»; }; }; config.time.timeZone = config.a.b; }",
            &["LNX0807"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn what_names_no_option_is_about_those_of_its_module() {
    for (module, codes) in [
        ("{ services.swarm = { enable = true; «role» = \"member\"; }; }", &["LNX0806"][..]),
        ("{ services.swarm = { enable = true; role = \"member\"; leader = «5»; }; }", &["LNX0803"]),
        ("{ services.swarm = { enable = true; «encrypted» = true; }; }", &["LNX0806"]),
        ("{ services.nginx.enable = true; services.archive.enable = «true»; }", &["LNX0808"]),
        (
            "{ services.swarm.enable = true; services.archive.enable = «true»; \
             nixpkgs.config.allowUnfree = true; time.timeZone = «3»; }",
            &["LNX0804", "LNX0803"],
        ),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn missing_values_of_several_sets_are_all_told() {
    let module = "{ lib, config, ... }: { options.jobs = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { \
                  options.path = lib.mkOption { type = lib.types.str; }; }); }; config.jobs.«home» = { }; \
                  config.jobs.«homes» = { }; config.environment.etc.a.text = builtins.toJSON config.jobs; }";
    expect(&one(module), &["LNX0805", "LNX0805"]);
}

#[test]
fn what_a_missing_module_may_declare_is_not_told() {
    for (module, codes) in [
        ("{ imports = [ «./missing.nix» ]; home-manager.users = { }; }", &["LNX0809"][..]),
        ("{ nixpkgs.«allowUnfree» = true; services.archive.enable = true; }", &["LNX0802"]),
        ("{ pkgs, ... }: { imports = [ (import («pkgs».hello + \"/module.nix\")) ]; }", &["LNX0807"]),
    ] {
        expect(&one(module), codes);
    }
}

#[test]
fn help_says_what_to_write() {
    for (module, help) in [
        ("{ networking.firewall.allowedTCPPorts = \"22\"; }", "write `[ 22 ]`"),
        ("{ networking.firewall.allowedTCPPorts = \"80, 443\"; }", "write `[ 80 443 ]`"),
        ("{ services.openssh.ports = 22; }", "write `[ 22 ]`"),
        ("{ users.users.al.extraGroups = \"wheel\"; }", "write `[ \"wheel\" ]`"),
        ("{ system.stateVersion = 26.05; }", "write `\"26.05\"`"),
        ("{ services.nginx = true; }", "did you mean `services.nginx.enable`?"),
        ("{ nixpkgs.allowUnfree = true; }", "did you mean `nixpkgs.config.allowUnfree`?"),
    ] {
        let found = errors(&deployment(&one(module), "2026"));
        assert_eq!(found[0]["help"], help, "{module}: {found:?}");
    }
    let module = "{ pkgs, ... }: { environment.systemPackages = with pkgs; [ nonexistent ]; }";
    let found = errors(&deployment(&one(module), "2026"));
    assert_eq!(found[0]["message"], "there is no package `nonexistent` in `pkgs`");
}

#[test]
fn a_nixpkgs_that_is_none_is_told_once() {
    for (nixpkgs, code) in [
        ("«./none»", "LNX0901"),
        ("\"«./nixpkgs»\"", "LNX0403"),
        ("{ url = «\"github:NixOS/nixpkgs\"»; }", "LNX0301"),
        ("«<nixpkg>»", "LNX0801"),
    ] {
        let (text, marks) = Mark::take(&format!(
            "{{ nixpkgs = {nixpkgs};\n  machines.a = {{ {OPTIONS} machine = {{ services.ngnix.enable = true; }}; }}; }}\n"
        ));
        let found = errors(&deployment(&text, "2026"));
        let places: Vec<_> = found
            .iter()
            .map(|line| (line["code"].as_str().unwrap_or_default(), Mark::of(&line["range"])))
            .collect();
        assert_eq!(places, [(code, marks[0])], "{nixpkgs}: {found:?}");
    }
}
