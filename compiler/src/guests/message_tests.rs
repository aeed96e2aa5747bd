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

#[test]
fn packages_are_refused_in_todays_words() {
    for (words, reason) in [
        ("it has an unfree license (‘unfree’)", Refusal::Unfree),
        ("it has problems:\n- broken: This package is broken.\n", Refusal::Broken),
        ("it is marked as insecure\n\nKnown issues:\n - old\n", Refusal::Insecure),
        (
            "it is not available on the requested hostPlatform:\n  hostPlatform.system = \"x\"",
            Refusal::Unsupported,
        ),
    ] {
        let text = format!("Refusing to evaluate package 'unrar-7.0' in /nixpkgs/un.nix:12 because {words}");
        assert_eq!(Message::read(&text), Message::Package { package: "unrar-7.0".into(), reason }, "{text}");
    }
}

#[test]
fn options_that_came_and_went() {
    for (text, expected) in [
        (
            "The option definition `a.b' in `/a.nix' no longer has any effect; please remove it.\nUse `a.c'\ninstead.\n",
            Message::Removed { option: "a.b".into(), instead: "Use `a.c' instead.".into() },
        ),
        (
            "The option `a.b' can no longer be used since it's been removed. Use `a.c'.",
            Message::Removed { option: "a.b".into(), instead: "Use `a.c'.".into() },
        ),
        (
            "The option `a.b' defined in `/a.nix' has been renamed to `a.c'.",
            Message::Renamed { option: "a.b".into(), new: "a.c".into(), has_new_type: false },
        ),
        (
            "The option `a.b' defined in `/a.nix' has been changed to `a.c' that has a different type. Please read `a.c' documentation and update your configuration accordingly.",
            Message::Renamed { option: "a.b".into(), new: "a.c".into(), has_new_type: true },
        ),
    ] {
        assert_eq!(Message::read(text), expected, "{text}");
    }
}

#[test]
fn declarations_that_are_not_possible() {
    for (text, clash) in [
        ("The option `a.b' in `/a.nix' is already declared in `/b.nix'.", Clash::Twice),
        ("The option `a.b' in `/a.nix' is a prefix of options in `/b.nix'.", Clash::Nested),
        (
            "The option `a.b' in module `/a.nix' would be a parent of the following options, but its type `boolean' does not support nested options.\n- option(s) with prefix `a.b.c' in module `/b.nix'",
            Clash::Nested,
        ),
        (
            "In module /a.nix: expected an option declaration at option path `a.b` but got an attribute set with type option-type",
            Clash::NotAnOption,
        ),
    ] {
        assert_eq!(Message::read(text), Message::Declaration { option: "a.b".into(), clash }, "{text}");
    }
}

#[test]
fn values_that_are_no_sets() {
    let text = "In module `/a.nix', you're trying to define a value of type `bool'\nrather than an attribute set for the option\n`a.b'!\n\nThis usually happens if `a.b' has option\ndefinitions inside that are not matched.";
    let expected = Message::WrongType {
        option: "a.b".into(),
        wanted: SET_OF_OPTIONS.into(),
        files: strings(&["/a.nix"]),
    };
    assert_eq!(Message::read(text), expected);
}

#[test]
fn values_that_cannot_be_merged() {
    for text in [
        "The option `a.b` is defined both null and not null, in `/a.nix' and `/b.nix'.",
        "The option `a.b` is defined both as `x` and `y`, in `/a.nix' and `/b.nix'.",
        "The option `a.b' has conflicting option types in `/a.nix' and `/b.nix'",
        "Cannot merge definitions of `a.b'. Definition values:\n- In `/a.nix': 1\n- In `/b.nix': [ ]",
        "Cannot merge definitions of `a.b' given in `/a.nix' and `/b.nix'.",
        "The definitions for systemd unit options should be either all lists, representing repeatable options, or all non-lists, but for the option a.b, the definitions are a mix of list and non-list",
    ] {
        let option = match Message::read(text) {
            Message::Conflict { option, .. } => option,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(option, "a.b", "{text}");
    }
}

#[test]
fn names_are_shown_as_people_write_them() {
    for (name, expected) in [
        ("a.\"b.c\".d", "a.\"b.c\".d"),
        ("a.\"[definition 1-entry 2]\".b", "a[1].b"),
        ("a.[definition 1-entry 2].[definition 1-entry 1]", "a[1][0]"),
        ("a.<name>.b-c", "a.<name>.b-c"),
    ] {
        assert_eq!(shown(&option_path(name)), expected);
    }
}
