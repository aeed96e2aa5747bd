//! Deployments: XML in strings, whole files, and manifests of build directories.

use std::path::PathBuf;

use launchnix_compiler::{Request, check as check_file, compile, xml};
use launchnix_diagnostics::MemorySources;
use launchnix_schema::manifest::Manifest;

/// Elements that were read, written and read again are the same.
pub(crate) fn xml(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    match xml::read(&text) {
        Err(faults) => assert!(!faults.is_empty(), "a mistake is said"),
        Ok(elements) => {
            for element in &elements {
                let written = String::from_utf8(xml::write(element)).expect("XML is text");
                let again = xml::read(&written);
                assert!(matches!(again.as_deref(), Ok([_])), "{written} is one element");
                let _ = xml::unknown_names(element, "domain", &[]);
            }
            let _ = xml::Fragment::of_domain(elements.clone());
            let _ = xml::Fragment::of_device(elements, "disk");
        }
    }
}

/// Checks a file and, where it has no mistakes, compiles it.
pub(crate) fn check(input: &[u8]) {
    let sources = MemorySources::new().with("/d/deployment.nix", input).with(
        "/d/id.pub",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me",
    );
    let request = Request {
        file: PathBuf::from("/d/deployment.nix"),
        display: "deployment.nix".to_owned(),
        arguments: Vec::new(),
        search_path: Vec::new(),
        home: Some(PathBuf::from("/home/fuzz")),
        interrupt: Some(soon()),
        show_trace: false,
        fetch: None,
        // With a first look, and again where something is wrong.
        only_mistakes: true,
    };
    let checked = check_file(&sources, &request);
    for span in checked.diagnostics.iter().filter_map(|diagnostic| diagnostic.primary) {
        let text = checked.sources.get(span.source).text();
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is a place");
    }
    let _ = compile(&checked);
}

/// Ends an evaluation that takes longer than any that is meant.
fn soon() -> launchnix_compiler::Interrupt {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    std::sync::Arc::new(move || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 200)
}

/// A manifest that was read, written and read again is the same.
pub(crate) fn manifest(input: &[u8]) {
    let Ok(manifest) = serde_json::from_slice::<Manifest>(input) else { return };
    let written = serde_json::to_vec(&manifest).expect("a manifest can be written");
    let again: Manifest = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(again, manifest);
}
