//! `launchnix check --guests`, with the stand-in for nixpkgs: what is wrong inside of guests, where, and that the
//! derivations are those that Nix gives.

use std::process::Command;

use launchnix_tests::{Deployment, Mark, Outcome, repository, run};

/// What the deployments here have beside the machine's module.
const OPTIONS: &str = "deployment = { cpus = 1; ram = 512; };";

/// Both generations of messages.
const WORDINGS: &[&str] = &["2017", "2026"];

/// A deployment with a nixpkgs beside it that has this wording.
fn deployment(text: &str, wording: &str) -> Deployment {
    let deployment = Deployment::new(text);
    let stand_in = repository().join("tests/stand-in-nixpkgs");
    run(Command::new("cp").arg("-r").arg(stand_in).arg(deployment.path().join("nixpkgs"))).expect_status(0);
    deployment.write("nixpkgs/lib/wording.nix", &format!("\"{wording}\"\n"));
    deployment
}

fn check(deployment: &Deployment) -> Outcome {
    deployment.launchnix(&["check", "--guests", "-I", "nixpkgs=nixpkgs", "--format", "json"])
}

/// Checks a deployment with marks at the primary places of all mistakes in guests, in order.
#[track_caller]
fn expect(marked: &str, codes: &[&str]) {
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
fn one(module: &str) -> String {
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
             [ «pkgs.helo» «pkgs.rotten» ] ]; }",
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
