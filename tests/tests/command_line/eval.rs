//! `launchnix eval` beside `nix-instantiate`: `eval.jsonl` holds what Nix 2.34 prints for each command line.

use launchnix_tests::{launchnix, run};
use serde_json::Value;

#[test]
fn prints_what_nix_prints() {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let cache = tempfile::tempdir().expect("a temporary directory can be made");
    for (name, text) in [("b", "ho\n"), ("x.nix", "1+1\n"), ("y.nix", "# c\n{\n  f = x: x;\n  c = 1;\n}\n")] {
        std::fs::write(directory.path().join(name), text).expect("a file can be written");
    }
    let configurations = [
        ("nix.conf", "system = of-system\nmax-call-depth = 50\n"),
        ("one.conf", "include two.conf\nextra-nix-path = one=/one\n"),
        ("two.conf", "system = of-two\nextra-nix-path = two=/two\n!include none.conf\n"),
        ("bad.conf", "# c\nsystem\n"),
    ];
    std::fs::create_dir(directory.path().join("conf")).expect("a directory can be made");
    for (name, text) in configurations {
        std::fs::write(directory.path().join("conf").join(name), text).expect("a file can be written");
    }
    for (link, target) in [("link", "real"), ("real/y.nix", "sub/f.nix")] {
        std::fs::create_dir_all(directory.path().join("real/sub")).expect("a directory can be made");
        std::os::unix::fs::symlink(target, directory.path().join(link)).expect("a link can be made");
    }
    std::fs::write(directory.path().join("real/sub/f.nix"), "./.").expect("a file can be written");
    let here = directory.path().canonicalize().expect("it exists");
    let here = here.to_str().expect("a name in UTF-8");
    let mut wrong = Vec::new();
    for line in include_str!("eval.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| case[key].as_str().unwrap_or_default().replace("@DIR@", here);
        let arguments: Vec<String> = case["arguments"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|word| word.as_str().expect("a word").replace("@DIR@", here))
            .collect();
        let words: Vec<&str> = std::iter::once("eval").chain(arguments.iter().map(String::as_str)).collect();
        let mut command = launchnix(&words);
        command.current_dir(here).env("HOME", "/home/somebody").env("XDG_CACHE_HOME", cache.path());
        // Whoever runs this may have a configuration.
        command.env("NIX_CONF_DIR", "/no/where").env("NIX_USER_CONF_FILES", "");
        for (name, value) in case["environment"].as_object().into_iter().flatten() {
            command.env(name, value.as_str().expect("a text").replace("@DIR@", here));
        }
        let outcome = run(&mut command);
        // What is said on the way stands at the start of a line.
        let is_said = |line: &Value| {
            let line = line.as_str().expect("a line").replace("@DIR@", here);
            outcome.stderr.lines().any(|said| said == line)
        };
        let is_right = outcome.status
            == case["status"].as_i64().and_then(|status| i32::try_from(status).ok())
            && outcome.stdout == text("stdout")
            && case["said"].as_array().into_iter().flatten().all(is_said)
            && (outcome.status == Some(0) || outcome.stderr.contains(&format!("error: {}", text("error"))));
        if !is_right {
            wrong.push(format!("expected {line}\n{outcome}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
