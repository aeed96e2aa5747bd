use super::*;

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn options_that_do_not_exist() {
    let expected =
        |files: &[&str]| Message::UnknownOption { option: "services.ngnix".into(), files: strings(files) };
    for (text, files) in [
        ("The option `services.ngnix' defined in `/etc/web.nix' does not exist.", &["/etc/web.nix"][..]),
        (
            "The option `services.ngnix' does not exist. Definition values:\n- In `/a.nix': { ... }",
            &["/a.nix"],
        ),
        (
            "The option `services.ngnix' does not exist. Definition values:\n- In `/a.nix':\n    {\n      enable = true;\n    }\n- In `/b.nix': 1\n\nDid you mean `services.nginx'?",
            &["/a.nix", "/b.nix"],
        ),
        ("The option `services.ngnix' does not exist.", &[]),
    ] {
        assert_eq!(Message::read(text), expected(files), "{text}");
    }
}

#[test]
fn values_of_another_type() {
    let read = |text: &str| match Message::read(text) {
        Message::WrongType { option, wanted, files } => (option, wanted, files),
        other => panic!("{text}: {other:?}"),
    };
    let expected = |wanted: &str| ("a.b".to_owned(), wanted.to_owned(), strings(&["/a.nix"]));
    for (text, wanted) in [
        (
            "A definition for option `a.b' is not of type `boolean'. Definition values:\n- In `/a.nix': \"yes\"",
            "boolean",
        ),
        (
            "A definition for option `a.b' is not of type `null or string'. Definition values:\n- In `/a.nix': 1",
            "null or string",
        ),
        (
            "A definition for option `a.b' is not of type `strings concatenated with \"\\n\"'. Definition values:\n- In `/a.nix': 1",
            "strings concatenated with \"\\n\"",
        ),
        (
            "A definition for option `a.b' is not of type `one of \"it's\", \"b\"'. Definition values:\n- In `/a.nix': 1",
            "one of \"it's\", \"b\"",
        ),
        ("The option value `a.b' in `/a.nix' is not of type `boolean'.", "boolean"),
        ("The option value `a.b' in `/a.nix' is not a Boolean.", "Boolean"),
        ("The option value `a.b' in `/a.nix' is not an integer.", "integer"),
    ] {
        assert_eq!(read(text), expected(wanted), "{text}");
    }
}

#[test]
fn definitions_that_do_not_fit_together() {
    let expected = Message::Conflict { option: "a.b".into(), files: strings(&["/a.nix", "/b.nix"]) };
    for text in [
        "The option `a.b' has conflicting definitions, in `/a.nix' and `/b.nix'.",
        "The unique option `a.b' is defined multiple times, in `/a.nix' and `/b.nix'.",
        "The option `a.b' has conflicting definition values:\n- In `/a.nix': 1\n- In `/b.nix': 2\nUse `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.",
        "The option `a.b' is defined multiple times while it's expected to be unique.\nDefinition values:\n- In `/a.nix': 1\n- In `/b.nix': 2",
    ] {
        assert_eq!(Message::read(text), expected, "{text}");
    }
    assert_eq!(
        Message::read(
            "The option `a.b' is read-only, but it's set multiple times. Definition values:\n- In `/a.nix': 1"
        ),
        Message::ReadOnly { option: "a.b".into(), files: strings(&["/a.nix"]) }
    );
}

#[test]
fn options_without_a_value() {
    for text in [
        "The option `a.b' was accessed but has no value defined. Try setting the option.",
        "The option `a.b' is used but not defined.",
    ] {
        assert_eq!(Message::read(text), Message::NoValue { option: "a.b".into() });
    }
}

#[test]
fn assertions_one_by_one() {
    let text = "\nFailed assertions:\n- The ‘fileSystems’ option\n  has no root.\n- Two\n\nmore\n";
    let expected = strings(&["The ‘fileSystems’ option\n  has no root.", "Two\n\nmore"]);
    assert_eq!(Message::read(text), Message::Assertions(expected));
}

#[test]
fn packages_that_are_refused() {
    for (words, reason) in [
        ("has an unfree license (‘unfree’), refusing to evaluate.", Refusal::Unfree),
        ("is marked as broken, refusing to evaluate.", Refusal::Broken),
        ("is marked as insecure, refusing to evaluate.", Refusal::Insecure),
        (
            "is not available on the requested hostPlatform:\n  x\n, refusing to evaluate.",
            Refusal::Unsupported,
        ),
        ("is not supported on ‘x86_64-linux’, refusing to evaluate.", Refusal::Unsupported),
    ] {
        let text = format!("Package ‘unrar-7.0’ in /nixpkgs/un.nix:12 {words}");
        assert_eq!(Message::read(&text), Message::Package { package: "unrar-7.0".into(), reason }, "{text}");
    }
}

#[test]
fn the_rest() {
    let stray = "Module `/a.nix' has an unsupported attribute `services'. This is caused by …";
    assert_eq!(Message::read(stray), Message::StrayAttribute { attribute: "services".into() });
    assert_eq!(
        Message::read("Expected a module, but found a value of type \"string\": \"x\""),
        Message::NoModule
    );
    assert_eq!(Message::read("infinite recursion encountered"), Message::Recursion);
    for other in [
        "",
        "The option",
        "The option `a",
        "attribute 'x' missing",
        "Package ‘",
        "Failed",
        "The option `a' is",
    ] {
        assert_eq!(Message::read(other), Message::Other, "{other}");
    }
}

#[test]
fn names_of_options() {
    let parts = |name: &str| option_path(name).join(" | ");
    assert_eq!(
        parts("services.nginx.virtualHosts.\"a.b\".root"),
        "services | nginx | virtualHosts | a.b | root"
    );
    assert_eq!(parts("ports.[definition 1-entry 2]"), "ports | [definition 1-entry 2]");
    assert_eq!(list_entry("[definition 1-entry 2]"), Some(1));
    assert_eq!(list_entry("[definition 1-entry 0]"), None);
    assert_eq!(list_entry("a"), None);
}
