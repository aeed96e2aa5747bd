//! From deployment files to build directories: what is written, that libvirt's schemas accept it, and that it is the
//! same each time.

mod fixture;

use std::path::Path;
use std::process::Command;

use fixture::{Fixture, snapshots};

#[test]
fn trial() {
    for name in ["old", "fleet", "guest", "mistake"] {
        let fixture = Fixture::example(name);
        for diagnostic in &fixture.checked.diagnostics {
            println!("{name}: {}", fixture.show(diagnostic));
        }
        let Ok(artifacts) = launchnix_compiler::compile(&fixture.checked) else { continue };
        for (path, content) in artifacts.files {
            println!("--- {name}: {path}\n{}", String::from_utf8_lossy(&content));
        }
    }
}
