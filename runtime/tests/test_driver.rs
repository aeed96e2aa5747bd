//! The whole life of a fleet on libvirt's in-process test driver.

mod fixture;

use fixture::{Fleet, applied, plan_of};
use launchnix_runtime::host::Host;
use launchnix_runtime::plan::Wishes;
use launchnix_runtime::render;

/// A host of its own per test: the state of `test:///default` is shared within the process.
fn fresh_host(directory: &std::path::Path) -> Host {
    let file = directory.join("host.xml");
    std::fs::write(&file, "<node><cpu><mhz>1000</mhz><model>i686</model><active>4</active><nodes>1</nodes><sockets>1</sockets><cores>4</cores><threads>1</threads></cpu><memory>8192000</memory></node>").expect("writable");
    Host::connect(&format!("test://{}", file.display())).expect("the test driver is always there")
}

fn text(plan: &launchnix_runtime::plan::SitePlan) -> String {
    let text = render::plan("blog", plan);
    text.lines().skip(1).map(|line| format!("{line}\n")).collect()
}

#[test]
fn one_apply_makes_everything_and_the_second_nothing() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let build = Fleet { machines: vec!["db", "web"], ..Fleet::new() }.write(&directory.path().join("build"));
    let wishes = Wishes::default();
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    + pool `fast`: create, start (/var/lib/fast)  deployment.nix:3:3
    + network `lan`: create, start (nat, 10.20.0.1/255.255.255.0)  deployment.nix:4:3
    + volume `db-boot.qcow2` in pool `fast`, disk `db/boot`: create (2048 MiB, blank)  deployment.nix:6:5
    + volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: create (2048 MiB, blank)  deployment.nix:6:5
    + machine `db`: define, start (1 cpu, 1024 MiB)  deployment.nix:5:3
    + machine `web`: define, start (1 cpu, 1024 MiB)  deployment.nix:5:3
    6 to create
    ");
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `db`: defined
    machine `db`: started
    machine `web`: defined
    machine `web`: started
    network `lan`: made
    pool `fast`: made
    volume `db-boot.qcow2` in pool `fast`: made
    volume `web-boot.qcow2` in pool `fast`: made
    ");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"nothing to do: everything is as the deployment says");
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!((outcome.failures, lines), (vec![], vec![]));
}

#[test]
fn more_memory_is_a_restart() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let wishes = Wishes::default();
    applied(&Fleet::new().write(&directory.path().join("build")), &host, &wishes);
    let build = Fleet { ram: 2048, ..Fleet::new() }.write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ machine `web`: change the definition, restart
        ram: 1024 → 2048 MiB  [your change]  deployment.nix:5:12
    1 to change with a restart
    ");

    // Without a restart the definition changes, and the next plan remembers what the guest lacks.
    let later = Wishes { no_restart: true, ..Wishes::default() };
    let (outcome, lines) = applied(&build, &host, &later);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"machine `web`: definition changed");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ machine `web`: restart
        ram: 1024 → 2048 MiB  [defined before, not running yet]  deployment.nix:5:12
    1 to change with a restart
    ");

    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `web`: shut down
    machine `web`: started
    ");
    assert!(plan_of(&build, &host, &wishes).is_empty());
}
