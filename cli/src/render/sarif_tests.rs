//! What SARIF 2.1.0 asks of a document, as far as ours has it.

use launchnix_diagnostics::Fix;

use super::*;

const TEXT: &str = "{\n  ram = \"é 4\";\n  cpus = \"x\";\n}\n";

fn diagnostics(text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let main = sources.add("a dir/deployment.nix", text);
    let other = sources.add("/etc/machine.nix", "{ }\n");
    let argument = sources.add("--arg x", "1\n");
    let at = |needle: &str| {
        let start = u32::try_from(text.find(needle).unwrap()).unwrap();
        Span::new(main, start, start + u32::try_from(needle.len()).unwrap())
    };
    let ram = Diagnostic::new(Code::WrongType, at("\"é 4\""), "`ram` is a string")
        .labelled("a string")
        .with_label(Span::new(other, 0, 3), "asked for here")
        .with_label(Span::new(argument, 0, 1), "in an argument")
        .with_help("write `4`")
        .with_fix(Fix { span: at("\"é 4\""), replacement: "4".into(), applicability: Applicability::Safe });
    let cpus = Diagnostic::new(Code::WrongType, at("\"x\""), "`cpus` is a string");
    let nowhere = Diagnostic::new(Code::NoEffect, None, "no place");
    (sources, vec![ram, cpus.clone(), cpus, nowhere])
}

fn fingerprints(document: &Value) -> Vec<String> {
    let results = document["runs"][0]["results"].as_array().unwrap();
    results.iter().map(|result| result["partialFingerprints"]["codeMessageLine/v1"].to_string()).collect()
}

fn index(result: &Value) -> usize {
    usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()
}

#[test]
fn a_result_has_its_places_and_its_fix() {
    let (sources, diagnostics) = diagnostics(TEXT);
    let document = document(&diagnostics, &sources, Path::new("/srv/my fleet"), false);
    let run = &document["runs"][0];
    assert_eq!(run["originalUriBaseIds"]["SRCROOT"]["uri"], "file:///srv/my%20fleet/");
    let result = &run["results"][0];
    assert_eq!(run["tool"]["driver"]["rules"][index(result)]["id"], "LNX0301");
    let region = json!({ "startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 14 });
    let artifact = json!({ "uri": "a%20dir/deployment.nix", "uriBaseId": "SRCROOT" });
    assert_eq!(
        result["locations"],
        json!([{ "physicalLocation": { "artifactLocation": artifact, "region": region } }])
    );
    assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 1, "an argument is in no file");
    assert_eq!(
        result["relatedLocations"][0]["physicalLocation"]["artifactLocation"],
        json!({ "uri": "file:///etc/machine.nix" })
    );
    assert_eq!(
        result["fixes"],
        json!([{ "description": { "text": "replace `\"é 4\"` with `4` (made by `launchnix check --fix`)" }, "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "4" } }],
        }] }])
    );
    assert_eq!(run["results"][3]["locations"], Value::Null);
    assert_eq!(run["results"][3]["level"], "warning");
}

#[test]
fn fingerprints_stay_when_lines_are_inserted_above() {
    let of = |text: &str| {
        let (sources, diagnostics) = diagnostics(text);
        fingerprints(&document(&diagnostics, &sources, Path::new("/srv"), false))
    };
    let before = of(TEXT);
    assert_eq!(before, of(&format!("# a comment\n\n{TEXT}")));
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len(), "each has its own");
    assert_ne!(before[0], of(&TEXT.replace("ram =", "ram  ="))[0]);
}

#[test]
fn fingerprints_do_not_depend_on_how_a_file_is_named() {
    let of = |name: &str| {
        let mut sources = SourceMap::new();
        let file = sources.add(name, "{ }\n");
        let diagnostic = Diagnostic::new(Code::WrongType, Span::new(file, 0, 3), "wrong");
        fingerprints(&document(&[diagnostic], &sources, Path::new("/srv/fleet"), false))
    };
    for name in ["./web/deployment.nix", "../fleet/web/deployment.nix", "/srv/fleet/web/deployment.nix"] {
        assert_eq!(of("web/deployment.nix"), of(name), "{name}");
    }
    assert_ne!(of("web/deployment.nix"), of("db/deployment.nix"));
}

/// Every object has what the standard requires, and nothing that it does not know.
#[test]
fn the_document_has_the_structure_of_the_standard() {
    let (sources, diagnostics) = diagnostics(TEXT);
    let document = document(&diagnostics, &sources, Path::new("/srv"), true);
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Code::ALL.len());
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
    }
    for result in run["results"].as_array().unwrap() {
        let keys: Vec<_> = result.as_object().unwrap().keys().map(String::as_str).collect();
        let known = [
            "fixes",
            "level",
            "locations",
            "message",
            "partialFingerprints",
            "relatedLocations",
            "ruleId",
            "ruleIndex",
        ];
        assert!(keys.iter().all(|key| known.contains(key)), "{keys:?}");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(rules[index(result)]["id"], result["ruleId"]);
    }
}

#[test]
fn uris_are_encoded() {
    assert_eq!(percent_encoded("/a b/é:%?#[x]"), "/a%20b/%C3%A9%3A%25%3F%23%5Bx%5D");
    assert_eq!(directory(Path::new("/")), "/");
}
