//! The whole life of a fleet on libvirt's in-process test driver.

mod fixture;

use fixture::{Fleet, applied, plan_of};
use launchnix_runtime::apply;
use launchnix_runtime::host::Host;
use launchnix_runtime::plan::{Wishes, plan_destroy};
use launchnix_runtime::render;

/// A host of its own per test: the state of `test:///default` is shared within the process.
fn fresh_host(directory: &std::path::Path) -> Host {
    load_schema();
    let file = directory.join("host.xml");
    std::fs::write(&file, "<node><cpu><mhz>1000</mhz><model>i686</model><active>4</active><nodes>1</nodes><sockets>1</sockets><cores>4</cores><threads>1</threads></cpu><memory>8192000</memory></node>").expect("writable");
    Host::connect(&format!("test://{}", file.display())).expect("the test driver is always there")
}

/// Has libvirt read its schema of domains once, before the tests go on in threads: libxml2 registers the types of schemas
/// when it reads the first, and a thread that reads one meanwhile finds none of them.
fn load_schema() {
    static LOADED: std::sync::Once = std::sync::Once::new();
    LOADED.call_once(|| {
        let connection = virt::connect::Connect::open(Some("test:///default")).expect("it is always there");
        let refused = connection.define_domain_xml_flags("<domain/>", virt::sys::VIR_DOMAIN_DEFINE_VALIDATE);
        assert!(refused.is_err(), "a domain has a type and a name");
    });
}

fn text(plan: &launchnix_runtime::plan::SitePlan) -> String {
    let text = render::plan("blog", plan);
    text.split_once('\n').expect("a plan has a title").1.to_owned()
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

#[test]
fn what_others_changed_is_drift() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let wishes = Wishes::default();
    let fleet = Fleet { hosts: vec![("web", "10.20.0.11")], ..Fleet::new() };
    let build = fleet.write(&directory.path().join("build"));
    applied(&build, &host, &wishes);

    // By hand: more memory, and another disk; the record in the metadata stays as it was.
    let domain = host.domain("web").expect("applied");
    let source = domain.xml_desc(virt::sys::VIR_DOMAIN_XML_INACTIVE).expect("readable");
    let edited = source.replacen("<memory unit='KiB'>1048576", "<memory unit='KiB'>3145728", 1).replacen(
        "<controller",
        "<disk type='file' device='disk'><source file='/tmp/extra.img'/><target dev='vdz' bus='virtio'/></disk><controller",
        1,
    );
    assert_ne!(source, edited);
    host.connection.define_domain_xml(&edited).expect("valid");
    let network = host.network("lan").expect("applied");
    let mac = launchnix_schema::identity::mac_address("blog", "web", 0);
    network
        .update(
            virt::sys::VIR_NETWORK_UPDATE_COMMAND_DELETE,
            virt::sys::VIR_NETWORK_SECTION_IP_DHCP_HOST,
            -1,
            &format!("<host mac='{mac}'/>"),
            virt::sys::VIR_NETWORK_UPDATE_AFFECT_LIVE,
        )
        .expect("there");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ network `lan`: change while it runs
        ip[10.20.0.1]/dhcp/host[52:54:00:cf:83:8b]: + ip=10.20.0.11 mac=52:54:00:cf:83:8b name=web  [drift: changed outside of Launchnix]  deployment.nix:4:3
    ~ machine `web`: change the definition
        ram: 3072 → 1024 MiB  [drift: changed outside of Launchnix]  deployment.nix:5:12
        devices/disk[vdz]: - /tmp/extra.img  [drift: changed outside of Launchnix]  deployment.nix:5:3
    2 to change without a restart
    ");

    // A change of the user's own, on top of the drift.
    let build = Fleet { ram: 4096, ..fleet }.write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ network `lan`: change while it runs
        ip[10.20.0.1]/dhcp/host[52:54:00:cf:83:8b]: + ip=10.20.0.11 mac=52:54:00:cf:83:8b name=web  [drift: changed outside of Launchnix]  deployment.nix:4:3
    ~ machine `web`: change the definition, restart
        ram: 3072 → 4096 MiB  [your change]  deployment.nix:5:12
        devices/disk[vdz]: - /tmp/extra.img  [drift: changed outside of Launchnix]  deployment.nix:5:3
    1 to change without a restart, 1 to change with a restart
    ");
    let (outcome, _) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"nothing to do: everything is as the deployment says");
}

#[test]
fn words_and_addresses_change_while_guests_run() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let wishes = Wishes::default();
    applied(&Fleet::new().write(&directory.path().join("build")), &host, &wishes);
    let build = Fleet {
        description: Some("serves the blog"),
        hosts: vec![("web", "10.20.0.11")],
        autostart: true,
        ..Fleet::new()
    }
    .write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ network `lan`: change while it runs
        ip[10.20.0.1]/dhcp/host[52:54:00:cf:83:8b]: + ip=10.20.0.11 mac=52:54:00:cf:83:8b name=web  [your change]  deployment.nix:4:3
    ~ machine `web`: change the definition, start with the host
        description: + serves the blog  [your change]  deployment.nix:5:3
    2 to change without a restart
    ");
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `web`: definition changed
    machine `web`: starts with the host from now on
    network `lan`: changed while it runs
    ");
    assert!(plan_of(&build, &host, &wishes).is_empty());
}

#[test]
fn another_kind_of_network_restarts_the_machines_on_it() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let wishes = Wishes::default();
    applied(&Fleet::new().write(&directory.path().join("build")), &host, &wishes);
    let build = Fleet { network_mode: "open", ..Fleet::new() }.write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    ~ network `lan`: change the definition, restart
        forward@mode: nat → open  [your change]  deployment.nix:4:3
    ~ machine `web`: restart (network `lan` restarts)  deployment.nix:5:3
    2 to change with a restart
    ");
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `web`: shut down
    machine `web`: started
    network `lan`: definition changed, restarted
    ");
    assert!(plan_of(&build, &host, &wishes).is_empty());
}

#[test]
fn what_launchnix_did_not_make_is_left_alone() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let foreign = [
        "<domain type='test'><name>web</name><memory>1024</memory><os><type>hvm</type></os></domain>",
        "<network><name>lan</name><ip address='10.9.9.1' netmask='255.255.255.0'/></network>",
    ];
    host.connection.define_domain_xml(foreign[0]).expect("valid");
    host.connection.define_network_xml(foreign[1]).expect("valid");
    let pool = "<pool type='dir'><name>fast</name><target><path>/elsewhere</path></target></pool>";
    host.connection.define_storage_pool_xml(pool, 0).expect("valid");
    let build = Fleet::new().write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @r#"
    ! pool `fast`: cannot be done  deployment.nix:3:3
        a pool of that name exists that this deployment did not make
        help: give `pools.fast` another name; or remove that line and use the pool as it is, with `storagePoolName = "fast"`
    ! network `lan`: cannot be done  deployment.nix:4:3
        a network of that name exists that this deployment did not make
        help: give `networks.lan` another name; or remove that line and use the network as it is
    + volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: create (2048 MiB, blank)  deployment.nix:6:5
    ! machine `web`: cannot be done  deployment.nix:5:3
        a domain of that name exists that Launchnix did not make
        help: give this machine another name; or remove the domain yourself: `virsh undefine web`
    1 to create, 3 that cannot be done
    "#);
}

#[test]
fn a_volume_of_unknown_origin_needs_consent() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let fleet = Fleet::new();
    let build = fleet.write(&directory.path().join("build"));
    let pool = host
        .connection
        .define_storage_pool_xml(&build.document("pools/fast.xml").to_xml(), 0)
        .expect("valid");
    pool.create(0).expect("startable");
    let xml = "<volume><name>web-boot.qcow2</name><capacity unit='MiB'>2048</capacity></volume>";
    virt::storage_vol::StorageVol::create_xml(&pool, xml, 0).expect("valid");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"
    ~ pool `fast`: start with the host  deployment.nix:3:3
    + network `lan`: create, start (nat, 10.20.0.1/255.255.255.0)  deployment.nix:4:3
    ! volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: cannot be done (2048 MiB, blank)  deployment.nix:6:5
        a volume of that name exists that no machine of Launchnix is known to own
        help: use it as it is with `--allow adopt:web/boot`; or move it away; or give the disk another name
    + machine `web`: define, start (1 cpu, 1024 MiB)  deployment.nix:5:3
    2 to create, 1 to change without a restart, 1 that cannot be done
    ");
    let consent = ["adopt:web/boot".parse().expect("valid")].into_iter().collect();
    let wishes = Wishes { consent, ..Wishes::default() };
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `web`: defined
    machine `web`: started
    network `lan`: made
    pool `fast`: starts with the host from now on
    volume `web-boot.qcow2` in pool `fast`: taken as it is
    ");
    assert!(plan_of(&build, &host, &Wishes::default()).is_empty());

    let build = Fleet { disk: 1024, ..fleet }.write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"
    ! volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: cannot be done (1024 MiB, blank)  deployment.nix:6:5
        it has 2048 MiB, and the deployment says 1024 MiB; a disk cannot shrink without losing what is on it
        help: set the old size again; or start over with an empty disk: `--allow destroy:web/boot`
    1 that cannot be done
    ");
}

#[test]
fn a_run_that_ended_while_a_disk_was_made_is_taken_up_again() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let image = directory.path().join("image.raw");
    std::fs::write(&image, [1; 4096]).expect("writable");
    let fleet =
        Fleet { image: Some(image.display().to_string()), machines: vec!["db", "web"], ..Fleet::new() };
    let build = fleet.write(&directory.path().join("build"));
    applied(&build, &host, &Wishes::default());
    // As the kill of a run leaves it: the volume is there, and recorded as pending.
    for machine in ["db", "web"] {
        let domain = host.domain(machine).expect("applied");
        domain.destroy().expect("running");
        let source = domain.xml_desc(virt::sys::VIR_DOMAIN_XML_INACTIVE).expect("readable");
        let complete = "state=\"complete\"";
        assert!(source.contains(complete));
        host.connection.define_domain_xml(&source.replace(complete, "state=\"pending\"")).expect("valid");
    }
    let planned = text(&plan_of(&build, &host, &Wishes::default()));
    insta::assert_snapshot!(planned.replace(&image.display().to_string(), "image.raw"), @"
    + volume `image.qcow2` in pool `fast`: create again (it was not finished) (copy of `image.raw`)  deployment.nix:6:5
    + volume `db-boot.qcow2` in pool `fast`, disk `db/boot`: create again (it was not finished) (2048 MiB, overlay of `image.qcow2`)  deployment.nix:6:5
    + volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: create again (it was not finished) (2048 MiB, overlay of `image.qcow2`)  deployment.nix:6:5
    ~ machine `db`: start  deployment.nix:5:3
    ~ machine `web`: start  deployment.nix:5:3
    3 to create, 2 to change without a restart
    ");
    let (outcome, lines) = applied(&build, &host, &Wishes::default());
    assert_eq!(outcome.failures, []);
    let lines = lines.join("\n").replace(&image.display().to_string(), "image.raw");
    insta::assert_snapshot!(lines, @"
    machine `db`: started
    machine `web`: started
    volume `db-boot.qcow2` in pool `fast`: made, an overlay of `image.qcow2`
    volume `image.qcow2` in pool `fast`: made
    volume `image.qcow2` in pool `fast`: warning: libvirt's test driver keeps no bytes: made blank, not filled from `image.raw`
    volume `web-boot.qcow2` in pool `fast`: made, an overlay of `image.qcow2`
    ");
    assert!(plan_of(&build, &host, &Wishes::default()).is_empty());
}

#[test]
fn a_machine_that_left_the_deployment_is_kept_until_allowed() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let both = Fleet { machines: vec!["db", "web"], ..Fleet::new() };
    applied(&both.write(&directory.path().join("build")), &host, &Wishes::default());
    let build = Fleet::new().write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"
      note: machine `db` is no longer in the deployment; it is kept (`--allow destroy:db` removes it, but not its disks)
    nothing to do: everything is as the deployment says
    ");
    let consent = ["destroy:db".parse().expect("valid")].into_iter().collect();
    let wishes = Wishes { consent, ..Wishes::default() };
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"
    machine `db`: removed
    machine `db`: shut down
    ");
}

#[test]
fn a_disk_that_left_the_deployment_is_kept_until_allowed() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let more = Fleet { data_disk: true, ..Fleet::new() };
    applied(&more.write(&directory.path().join("build")), &host, &Wishes::default());
    let build = Fleet::new().write(&directory.path().join("build"));
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"
    ~ machine `web`: change the definition, restart
        devices/disk[vdb]: - fast web-data.qcow2  [your change]  deployment.nix:5:3
      note: disk `data` of machine `web` is no longer in the deployment; its volume `web-data.qcow2` in pool `fast` is kept (`--allow destroy:web/data` removes it)
    1 to change with a restart
    ");
    applied(&build, &host, &Wishes::default());
    let consent = ["destroy:web/data".parse().expect("valid")].into_iter().collect();
    let wishes = Wishes { consent, ..Wishes::default() };
    insta::assert_snapshot!(text(&plan_of(&build, &host, &wishes)), @"
    - volume `web-data.qcow2` in pool `fast`, disk `web/data`: remove (no longer in the deployment)
    1 to remove
    ");
    let (outcome, lines) = applied(&build, &host, &wishes);
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"volume `web-data.qcow2` in pool `fast`: removed");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"nothing to do: everything is as the deployment says");
}

#[test]
fn destroying_a_fleet_leaves_nothing_and_takes_consent() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let build = Fleet { data_disk: true, ..Fleet::new() }.write(&directory.path().join("build"));
    applied(&build, &host, &Wishes::default());
    let site = build.site(&host.uri, Some(&host.uri));
    let planned = |permissions: &[&str], keep| {
        let consent = permissions.iter().map(|text| text.parse().expect("valid")).collect();
        plan_destroy(&host.uri, &site, &host.observe(&site).expect("observable"), &consent, keep)
    };
    insta::assert_snapshot!(text(&planned(&["destroy:web/boot"], false)), @"
    - volume `web-boot.qcow2` in pool `fast`, disk `web/boot`: remove
    ! volume `web-data.qcow2` in pool `fast`, disk `web/data`: cannot be done
        everything on this disk would be lost
        help: allow it with `--allow destroy:web/data`, or keep all disks with `--keep-disks`
    - machine `web`: remove
    - network `lan`: remove
    - pool `fast`: remove
    4 to remove, 1 that cannot be done
    ");
    insta::assert_snapshot!(text(&planned(&[], true)), @"
    - machine `web`: remove
    - network `lan`: remove
      note: disk `boot` of machine `web` is kept: volume `web-boot.qcow2` in pool `fast` (`apply --allow adopt:web/boot` takes it up again)
      note: disk `data` of machine `web` is kept: volume `web-data.qcow2` in pool `fast` (`apply --allow adopt:web/data` takes it up again)
      note: pool `fast` is kept: there are volumes in it
    2 to remove
    ");
    let plan = planned(&["destroy:web/boot", "destroy:web/data"], false);
    let log = fixture::Log::default();
    let observed = host.observe(&site).expect("observable");
    let outcome = apply::destroy(&host, &site, &observed, &plan, &fixture::options(Wishes::default()), &log);
    assert_eq!(outcome.expect("not blocked").failures, []);
    insta::assert_snapshot!(log.lines().join("\n"), @"
    machine `web`: removed
    machine `web`: shut down
    network `lan`: removed
    pool `fast`: removed
    volume `web-boot.qcow2` in pool `fast`: removed
    volume `web-data.qcow2` in pool `fast`: removed
    ");
    let observed = host.observe(&site).expect("observable");
    assert!(observed.domains.is_empty() && observed.networks.is_empty() && observed.pools.is_empty());
}

#[test]
fn disks_in_a_pool_that_was_stopped_are_not_made_again() {
    let directory = tempfile::tempdir().expect("writable");
    let host = fresh_host(directory.path());
    let build = Fleet::new().write(&directory.path().join("build"));
    applied(&build, &host, &Wishes::default());
    host.pool("fast").expect("applied").destroy().expect("running");
    insta::assert_snapshot!(text(&plan_of(&build, &host, &Wishes::default())), @"
    ~ pool `fast`: start  deployment.nix:3:3
    1 to change without a restart
    ");
    let (outcome, lines) = applied(&build, &host, &Wishes::default());
    assert_eq!(outcome.failures, []);
    insta::assert_snapshot!(lines.join("\n"), @"pool `fast`: started");
}
