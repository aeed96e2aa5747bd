//! `--format`, colours and widths.

use serde_json::Value;

use crate::{FIXABLE, GOOD, Project};

#[test]
fn github_gets_workflow_commands() {
    let project = Project::new(FIXABLE);
    let (stdout, stderr) = project.check(&["--format", "github", "--color", "always"], 1);
    assert_eq!(stderr, "");
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{stdout}");
    assert!(
        lines[1].starts_with(
            "::error file=deployment.nix,line=1,endLine=1,col=50,endColumn=57,title=LNX0301 wrong type::`ram` is"
        ),
        "{stdout}"
    );
}

#[test]
fn sarif_is_one_document_whatever_happens() {
    let project = Project::new(FIXABLE);
    for (arguments, status, results, successful) in [
        (&["--format", "sarif"][..], 1, 2, true),
        (&["--format", "sarif", "--fix"], 0, 0, true),
        (&["--format", "sarif", "no.nix"], 3, 1, false),
    ] {
        let (stdout, _) = project.check(arguments, status);
        let document: Value = serde_json::from_str(&stdout).expect("JSON");
        let run = &document["runs"][0];
        assert_eq!(run["results"].as_array().map(Vec::len), Some(results), "{arguments:?}");
        assert_eq!(run["invocations"][0]["executionSuccessful"], successful, "{arguments:?}");
    }
}

#[test]
fn compile_speaks_all_formats() {
    let project = Project::new(FIXABLE);
    for (format, first) in [("sarif", "{\n"), ("github", "::error "), ("json", "{\"code\":\"LNX0301\"")] {
        let mut other = std::process::Command::new(project.command(&[]).get_program());
        other.args(["compile", "--format", format]).current_dir(project.path("")).env_clear();
        let (stdout, stderr) = Project::run(&mut other, 1);
        assert!(stdout.starts_with(first) && stderr.is_empty(), "{stdout}{stderr}");
    }
}

#[test]
fn the_environment_decides_on_colours_and_widths() {
    let project = Project::new(FIXABLE);
    let with = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = project.command(arguments);
        Project::run(command.envs(variables.iter().copied()), 1).1
    };
    let is_colored = |text: &str| text.contains('\u{1b}');
    assert!(!is_colored(&with(&[], &[])));
    assert!(is_colored(&with(&[("CLICOLOR_FORCE", "1")], &[])));
    assert!(!is_colored(&with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[])));
    assert!(is_colored(&with(&[("NO_COLOR", "1")], &["--color", "always"])));
    assert!(!is_colored(&with(&[("CLICOLOR_FORCE", "1")], &["--color", "never"])));
    for (variables, arguments, width) in [
        (&[("COLUMNS", "40")][..], &[][..], 40),
        (&[("COLUMNS", "40")], &["--width", "60"], 60),
        (&[("COLUMNS", "7")], &[], 40),
        (&[], &["--width", "100000"], 200),
    ] {
        let shown = with(variables, arguments);
        let excerpts = shown.lines().filter(|line| line.contains('│') || line.contains('·'));
        let widest = excerpts.map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= width && widest > width.min(80) * 3 / 4, "{widest} of {width}: {shown}");
    }
}

#[test]
fn hostile_names_and_texts_stay_on_their_lines() {
    let project = Project::new(GOOD);
    let name = "e\u{1b}[31m\n::error::%0A,\u{202e}.nix";
    project.write(
        name,
        "{ deployment = { name = \"w\u{1b}]0;\n::error::x\u{7}\"; cpus = 1; ram = 512; nixos = false; }; }",
    );
    let harmless = |text: &str| {
        let is_bad = |character: char| character.is_control() && character != '\n' || character == '\u{202e}';
        assert!(!text.chars().any(is_bad), "{text:?}");
    };
    for arguments in [&["--format", "full", name][..], &["--ascii", name]] {
        harmless(&project.check(arguments, 1).1);
    }
    let (_, short) = project.check(&["--format", "short", name], 1);
    harmless(&short);
    assert_eq!(short.lines().count(), 2, "{short}");
    let (github, _) = project.check(&["--format", "github", name], 1);
    harmless(&github);
    assert_eq!(github.lines().count(), 1, "{github}");
    assert!(
        github.starts_with("::error file=e\\u{1b}[31m%0A%3A%3Aerror%3A%3A%250A%2C\\u{202e}.nix,"),
        "{github}"
    );
    let (json, _) = project.check(&["--format", "json", name], 1);
    let object: Value = serde_json::from_str(json.trim_end()).expect("one line of JSON");
    assert_eq!(object["file"], name, "programs get the name as it is");
}

#[test]
fn a_file_that_is_not_text_has_its_first_bad_byte_shown() {
    let project = Project::new(GOOD);
    project.write("bad.nix", b"{ deployment = {\n  name = \"w\xff\"; }; }\n");
    let (stdout, _) = project.check(&["--format", "json", "bad.nix"], 1);
    let object: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((&object["code"], &object["file"]), (&"LNX0902".into(), &"bad.nix".into()));
    assert_eq!(object["range"]["start"], serde_json::json!({ "line": 2, "column": 12 }));
}

#[test]
fn a_trace_shows_every_step() {
    let calls = |depth: usize| {
        let one = |at: usize| format!("f{} = n: f{} n + {at};", at + 1, at);
        let steps: String = (0..depth).map(|at| one(at) + "\n").collect();
        format!(
            "let\nf0 = n: throw \"no\";\n{steps}in {{ deployment = {{ name = \"a\"; cpus = f{depth} 1; ram = 512; nixos = false; }}; }}\n"
        )
    };
    let project = Project::new(&calls(12));
    let labels = |arguments: &[&str]| {
        let (stdout, _) = project.check(arguments, 1);
        let object: Value = serde_json::from_str(&stdout).expect("JSON");
        object["labels"].as_array().map(Vec::len)
    };
    assert_eq!(labels(&["--format", "json"]), Some(3));
    assert_eq!(labels(&["--format", "json", "--show-trace"]), Some(13));
}
