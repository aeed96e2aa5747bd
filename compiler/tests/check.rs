//! What a check finds beyond the schema: broken XML with its place in the string, files, functions.

#![expect(clippy::format_push_string, reason = "what a test shows may cost an allocation")]

mod fixture;

use fixture::{Fixture, snapshots};
use launchnix_compiler::{Argument, Request, check};
use launchnix_diagnostics::{Code, MemorySources};

/// Deployments in which the primary place of each mistake is marked with `«…»`.
const PLACES: &[(&str, &str)] = &[
    ("a string", r#"extraConfig = "<a>«</b>»";"#),
    ("escapes before it", r#"extraConfig = "<!-- \" \n \${x} é --><devices>«</x>»";"#),
    ("an indented string", "extraConfig = ''\n      <devices>\n        «<disk»>\n      </devices>\n    '';"),
    ("indented escapes", "extraConfig = ''\n    <!-- ''${x} ''' ''\\n -->\n      <memory>«</vcpu>»\n    '';"),
    ("tabs and CRLF", "extraConfig = ''\r\n\t\t<devices>\r\n\t\t«</disk>»\r\n\t'';"),
    (
        "an interpolated part",
        "extraConfig = ''<devices>${\"<disk>\"}${let part = \"«</x>»\"; in part}</devices>'';",
    ),
    ("a part from elsewhere", "extraConfig = ''<devices>${«broken»}</devices>'';"),
    ("a concatenation", r#"extraConfig = "<devices>" + "«<disk»>" + "</devices>";"#),
    ("an unknown element", "extraConfig = ''\n  <«memroy»>1</memroy>\n'';"),
    ("a device outside of devices", "extraConfig = \"<«disk» type='file'></disk>\";"),
    ("an unknown attribute", "extraConfig = ''<clock ${\"«offest»='utc'\"}/>'';"),
    ("another document", "extraConfig = \"«<network>»<name>x</name></network>\";"),
    ("a machine's name", "extraConfig = \"<name>«other»</name>\";"),
    ("no UUID", "extraConfig = \"<uuid>«x»</uuid>\";"),
    ("an entity", "extraConfig = \"<description>«&nbsp;»</description>\";"),
    ("XML of a disk", "initialDisks.games = { size = 1; extraXML = \"<driver>«</x>»\"; };"),
    ("XML of a device", "pciDevices = [ { id = \"09:00.0\"; extraXML = \"«<rom» bar='on'>\"; } ];"),
];

#[test]
fn faults_in_xml_are_placed_inside_of_the_string() {
    let mut shown = String::new();
    for (what, marked) in PLACES {
        let text = format!(
            "let broken = \"</disk>\"; in {{ deployment = {{ name = \"a\"; cpus = 1; ram = 64; nixos = false; {marked} }}; }}"
        );
        let start = text.find('«').expect("a mark");
        let end = text.find('»').expect("a mark") - '«'.len_utf8();
        let text = text.replace(['«', '»'], "");
        let mut fixture = Fixture::new(&text);
        // Only one of the texts uses the name that all of them bind.
        fixture.checked.diagnostics.retain(|one| one.code != Code::UnusedBinding);
        let places: Vec<_> = fixture
            .checked
            .diagnostics
            .iter()
            .map(|one| one.primary.map(|span| (span.start as usize, span.end as usize)))
            .collect();
        for diagnostic in &fixture.checked.diagnostics {
            shown += &format!(
                "{what}: {}\n",
                fixture.show(diagnostic).escape_debug().to_string().replace("\\n", "\n")
            );
        }
        if *what != "a part from elsewhere" {
            assert_eq!(places, [Some((start, end))], "{what}: {shown}");
        }
    }
    snapshots().bind(|| insta::assert_snapshot!("xml-places", shown));
}

#[test]
fn a_machine_with_other_mistakes_has_its_xml_checked_once() {
    let fixture = Fixture::new(
        "{ machines.a.deployment = { cpus = \"x\"; ram = 64; nixos = false; extraConfig = \"<a>\"; };
           machines.b.deployment = { cpus = 1; ram = 64; nixos = false; extraConfig = \"<b>\"; }; }",
    );
    let codes: Vec<_> = fixture.checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["LNX0301", "LNX0601", "LNX0601"]);
}

#[test]
fn a_missing_file_has_a_way_out() {
    let request = Request {
        file: "/srv/deployment.nix".into(),
        display: "deployment.nix".into(),
        arguments: Vec::new(),
        search_path: Vec::new(),
        home: None,
        interrupt: None,
        show_trace: false,
        fetch: None,
        only_mistakes: false,
    };
    let checked = check(&MemorySources::new(), &request);
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics[0].code.as_str(), "LNX0901");
    assert!(checked.diagnostics[0].help.is_some());
    assert!(checked.deployment.is_none());
}

#[test]
fn a_function_is_called_with_its_arguments() {
    let text =
        "{ size ? 64, name }: { deployment = { inherit name; cpus = 1; ram = size; nixos = false; }; }";
    let argument = |name| (name, Argument::Str("web".into()));
    assert_eq!(Fixture::with(text, &[argument("name"), argument("other")]).checked.diagnostics, []);
    let missing = Fixture::new(text);
    assert_eq!(missing.checked.diagnostics.len(), 1);
    assert!(missing.checked.diagnostics[0].help.as_ref().is_some_and(|help| help.contains("--arg")));
    let broken = Fixture::with(text, &[("name", Argument::Expr("1 +".into()))]);
    assert_eq!(broken.checked.diagnostics[0].code.as_str(), "LNX0101");
}

#[test]
fn hostile_files_end_in_diagnostics() {
    for text in
        ["", "1", "}", "{ }", "x: x", "let x = x; in x", "import ./deployment.nix", "{ machines = 1; }"]
    {
        let fixture = Fixture::new(text);
        assert!(
            fixture.checked.diagnostics.iter().any(launchnix_diagnostics::Diagnostic::is_error),
            "{text}"
        );
    }
}

#[test]
fn the_mistakes_of_the_example_are_found_together() {
    let fixture = Fixture::example("mistake");
    let codes: Vec<_> = fixture.checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["LNX0301", "LNX0302", "LNX0403", "LNX0601"]);
}
