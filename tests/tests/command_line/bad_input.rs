//! Mistakes in a deployment: each has its code, its place and a way out, and changes nothing.

use launchnix_tests::{Deployment, Mark, files_below};
use serde_json::Value;

/// What the mistake is, its code, and a deployment in which `«…»` marks the primary place.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("syntax error", "LNX0101", "{ deployment = { name = \"a\"; cpus = 1; ram = 512 «}»; }\n"),
    (
        "unknown variable",
        "LNX0103",
        "{ deployment = { name = \"a\"; cpus = «cores»; ram = 512; nixos = false; }; }\n",
    ),
    (
        "wrong type",
        "LNX0301",
        "{ deployment = { name = \"a\"; cpus = «\"eight\"»; ram = 512; nixos = false; }; }\n",
    ),
    ("missing option", "LNX0303", "{ «deployment» = { name = \"a\"; ram = 512; nixos = false; }; }\n"),
    (
        "unknown option",
        "LNX0302",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; «disksize» = 9000; }; }\n",
    ),
    (
        "duplicate attribute",
        "LNX0102",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; «cpus» = 2; }; }\n",
    ),
    (
        "infinite recursion",
        "LNX0202",
        "let ram = «ram * 2»; in { deployment = { inherit ram; name = \"a\"; cpus = 1; nixos = false; }; }\n",
    ),
    (
        "throw",
        "LNX0204",
        "{ deployment = { name = \"a\"; cpus = «throw \"no cores left\"»; ram = 512; nixos = false; }; }\n",
    ),
    (
        "broken XML",
        "LNX0601",
        "{
  deployment = {
    name = \"a\"; cpus = 1; ram = 512; nixos = false;
    extraConfig = ''
      <devices>
        «<watchdog» model='i6300esb'>
      </devices>
    '';
  };
}
",
    ),
    (
        "value from a function",
        "LNX0301",
        "let
  mk = name: size: { deployment = { nixos = false; cpus = 1; } // size; };
in
{
  machines = {
    a = mk \"a\" { ram = 512; };
    b = mk \"b\" { ram = «\"1 GiB\"»; };
  };
}
",
    ),
    (
        "missing public key",
        "LNX0901",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; sshPubKeyPath = «./id.pub»; }; }\n",
    ),
    (
        "missing import",
        "LNX0901",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; } // import «./sizes.nix»; }\n",
    ),
    (
        "boot order that names no disk",
        "LNX0503",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; diskSize = 999; bootOrder = [ «\"games\"» \"boot\" ]; }; }\n",
    ),
    (
        "malformed address",
        "LNX0403",
        "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = true;
    staticIPs = [ { ips = [ \"192.168.122.«300»\" ]; } ]; }; machine = { }; }\n",
    ),
];

const GOOD: &str = "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; }; }\n";

#[test]
fn each_has_its_code_and_place() {
    let mut wrong = Vec::new();
    for &(what, code, marked) in MISTAKES {
        let (text, marks) = Mark::take(marked);
        let outcome = Deployment::new(&text).launchnix(&["check", "--format", "json"]);
        let found: Vec<_> = outcome
            .stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|diagnostic| diagnostic["severity"] == "error")
            .collect();
        let places: Vec<_> = found
            .iter()
            .map(|one| format!("{}@{}", one["code"].as_str().unwrap_or(""), Mark::of(&one["range"])))
            .collect();
        let expected: Vec<_> = marks.iter().map(|mark| format!("{code}@{mark}")).collect();
        if outcome.status != Some(1) || places != expected {
            wrong.push(format!("{what}: expected {expected:?} and status 1, found {places:?}\n{outcome}"));
            continue;
        }
        for diagnostic in &found {
            let way_out = diagnostic["help"].is_string()
                || diagnostic["fix"].is_object()
                || diagnostic["notes"].as_array().is_some_and(|notes| !notes.is_empty())
                || diagnostic["labels"].as_array().is_some_and(|labels| !labels.is_empty())
                // What is said at the primary place itself is part of the rendering only.
                || diagnostic["rendered"].as_str().is_some_and(|text| text.contains("╰──"));
            // What `throw` says is the deployment's own, its way out included.
            if !(way_out || what == "throw") || diagnostic["file"] != "deployment.nix" {
                wrong.push(format!("{what}: no way out, or the wrong file: {diagnostic}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), MISTAKES.len(), wrong.join("\n\n"));
}

#[test]
fn none_changes_what_was_compiled_before() {
    let deployment = Deployment::new(GOOD);
    for &(what, _, marked) in MISTAKES {
        deployment.write("deployment.nix", &Mark::take(marked).0);
        deployment.launchnix(&["compile", "--out", "fresh"]).expect_status(1);
        assert!(!deployment.path().join("fresh").exists(), "{what} left a build directory");
    }
    deployment.write("deployment.nix", GOOD);
    deployment.compile();
    let before = files_below(&deployment.build());
    for &(what, _, marked) in MISTAKES {
        deployment.write("deployment.nix", &Mark::take(marked).0);
        deployment.launchnix(&["compile", "--out", "build"]).expect_status(1);
        assert_eq!(files_below(&deployment.build()), before, "{what} changed the build directory");
    }
}

#[test]
fn renderings_show_the_line_and_the_code() {
    for &(what, code, marked) in MISTAKES {
        let (text, marks) = Mark::take(marked);
        let deployment = Deployment::new(&text);
        for arguments in [&["check"][..], &["check", "--format", "full"], &["check", "--format", "short"]] {
            let outcome = deployment.launchnix(arguments).expect_status(1).expect_text(code);
            let (line, column) = marks[0].start;
            let place = format!("deployment.nix:{line}:{column}");
            assert!(format!("{outcome}").contains(&place), "{what}: no {place} in {outcome}");
        }
    }
}

#[test]
fn hostile_files_end_in_diagnostics() {
    let chain = format!("{}1", "1+".repeat(200_000));
    let lists = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let deep = "let f = n: 1 + f (n + 1); in { deployment = { name = \"a\"; cpus = f 0; ram = 512; }; }";
    for (what, text) in [
        ("a chain of operators", chain.as_str()),
        ("nested lists", &lists),
        ("endless recursion", deep),
        ("nothing", ""),
        ("a number", "1"),
        ("a NUL", "{ a = \"\0\"; }"),
        ("a lone brace", "}"),
        ("a file that imports itself", "import ./deployment.nix"),
    ] {
        let outcome = Deployment::new(text).launchnix(&["check", "--format", "json"]);
        assert_eq!(outcome.status, Some(1), "{what}: {}", outcome.stderr);
        assert!(!outcome.json_lines().is_empty(), "{what} needs a diagnostic");
    }
}

#[test]
fn a_file_that_is_not_utf8_is_a_diagnostic() {
    let deployment = Deployment::new("");
    std::fs::write(deployment.path().join("deployment.nix"), b"{ a = \"\xff\xfe\"; }")
        .expect("it can be written");
    let outcome = deployment.launchnix(&["check"]);
    assert!(matches!(outcome.status, Some(1 | 3)), "{outcome}");
}

/// To find a mistake, what fails is evaluated once more; what it prints is shown once.
#[test]
fn what_a_deployment_prints_is_shown_once() {
    let deployment = Deployment::new(
        "let say = builtins.trace \"eight \u{1b}[2J\" (builtins.warn \"too many\" \"eight\"); in
         { deployment = { name = \"a\"; cpus = say; ram = throw \"none\"; nixos = false; }; }\n",
    );
    let outcome = deployment.launchnix(&["check", "--format", "json"]);
    let printed: Vec<_> = outcome.stderr.lines().collect();
    assert_eq!(printed[..2], ["trace: eight ", "evaluation warning: too many"]);
    assert!(!outcome.stdout.contains("trace:"));
}
