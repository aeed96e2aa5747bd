//! The binary: what it prints where, and its exit status.

mod fixture;

use std::path::Path;
use std::process::Command;

use fixture::Fleet;

struct Ran {
    status: Option<i32>,
    output: String,
    errors: String,
}

fn run(directory: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_launchnix-runtime"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("the program was built");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran { status: output.status.code(), output: text(output.stdout), errors: text(output.stderr) }
}

fn deployed() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("writable");
    Fleet::new().write(&directory.path().join("build"));
    directory
}

#[test]
fn plan_shows_what_apply_does() {
    let directory = deployed();
    let ran = run(directory.path(), &["plan", "build", "--connect", "test:///default"]);
    assert_eq!((ran.status, ran.errors.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.output, @"
    fleet `blog` on test:///default
    + pool `fast`: create, start (/var/lib/fast)  deployment.nix:3:3
    + network `lan`: create, start (nat, 10.20.0.1/255.255.255.0)  deployment.nix:4:3
    + volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: create (2048 MiB, blank)  deployment.nix:6:5
    + machine `web`: define, start (1 cpu, 1024 MiB)  deployment.nix:5:3
    4 to create
    ");
    let ran =
        run(directory.path(), &["plan", "build", "--connect", "test:///default", "--detailed-exitcode"]);
    assert_eq!(ran.status, Some(2));
    let ran = run(directory.path(), &["apply", "build", "--connect", "test:///default"]);
    assert_eq!((ran.status, ran.errors.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ran.output, @"
    pool `fast`: made
    network `lan`: made
    volume `web-boot.qcow2` in pool `fast`: made
    machine `web`: defined
    machine `web`: started
    done: 4 changes
    note: this was libvirt's test driver: no guest boots there, and it forgets everything when this ends
    ");
}

#[test]
fn json_is_one_document() {
    let directory = deployed();
    let ran = run(directory.path(), &["plan", "build", "--connect", "test:///default", "--format", "json"]);
    assert_eq!(ran.status, Some(0));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/runtime");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("plan.json", ran.output));
    let ran = run(directory.path(), &["apply", "build", "--connect", "test:///default", "--format", "json"]);
    assert_eq!(ran.status, Some(0));
    let report: serde_json::Value = serde_json::from_str(&ran.output).expect("JSON");
    assert_eq!(report["sites"][0]["failures"], serde_json::json!({}));
    assert!(ran.errors.contains("machine `web`: started"), "{}", ran.errors);
}

#[test]
fn an_unreachable_libvirt_is_named() {
    let directory = deployed();
    let uri = "qemu+unix:///system?socket=/nowhere/libvirt-sock";
    for verb in ["plan", "apply", "destroy", "status"] {
        let ran = run(directory.path(), &[verb, "build", "--connect", uri]);
        assert_eq!((ran.status, ran.output.as_str()), (Some(3), ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.errors, @"
            error: cannot connect to libvirt at `qemu+unix:///system?socket=/nowhere/libvirt-sock`: Failed to connect socket to '/nowhere/libvirt-sock': No such file or directory
              help: is libvirtd running (`systemctl start libvirtd`), and may you use it (group `libvirt`)? Name another one with `--connect URI`; `test:///default` needs nothing
            ");
        }
    }
}

#[test]
fn a_broken_build_directory_is_status_3() {
    let directory = deployed();
    std::fs::write(directory.path().join("build/domains/web.xml"), "<domain/>").expect("writable");
    let ran = run(directory.path(), &["apply", "build", "--connect", "test:///default"]);
    assert_eq!((ran.status, ran.output.as_str()), (Some(3), ""));
    insta::assert_snapshot!(ran.errors, @"
    error: `build/domains/web.xml` was edited after it was compiled
      help: change the deployment file instead (`extraConfig` takes any XML), then compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn wrong_usage_is_status_2() {
    let directory = deployed();
    for arguments in [
        &["apply"][..],
        &["fly", "build"],
        &["apply", "build", "--allow", "everything"],
        &["apply", "build", "--timeout", "soon"],
    ] {
        assert_eq!(run(directory.path(), arguments).status, Some(2), "{arguments:?}");
    }
}

#[test]
fn destroy_of_nothing_is_nothing() {
    let directory = deployed();
    let ran = run(directory.path(), &["destroy", "build", "--connect", "test:///default"]);
    assert_eq!(ran.status, Some(0));
    insta::assert_snapshot!(ran.output, @"nothing to do: everything is as the deployment says");
}

#[test]
fn what_is_forbidden_is_said_on_standard_error() {
    let directory = deployed();
    let host = directory.path().join("host.xml");
    let node =
        "<node><network><name>lan</name><ip address='10.9.9.1' netmask='255.255.255.0'/></network></node>";
    std::fs::write(&host, node).expect("writable");
    let uri = format!("test://{}", host.display());
    let ran = run(directory.path(), &["apply", "build", "--connect", &uri]);
    assert_eq!((ran.status, ran.output.as_str()), (Some(3), ""));
    insta::assert_snapshot!(ran.errors, @"
    error: network `lan`: a network of that name exists that this deployment did not make
      help: give `networks.lan` another name; or remove that line and use the network as it is
    error: nothing was changed
    ");
}

#[test]
fn status_names_each_machine() {
    let directory = deployed();
    let ran = run(directory.path(), &["status", "build", "--connect", "test:///default"]);
    assert_eq!(ran.status, Some(0));
    insta::assert_snapshot!(ran.output, @"
    fleet `blog` on test:///default
      web  not there yet
    ");
    let ran = run(directory.path(), &["status", "build", "--connect", "test:///default", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.output).expect("JSON");
    assert_eq!(report["sites"][0]["machines"][0]["state"], "undefined");
}
