//! From deployment files to build directories: what is written, that libvirt's schemas accept it, and that it is the
//! same each time.

#![expect(clippy::format_collect, reason = "what a test shows may cost an allocation")]

mod fixture;

use std::path::Path;
use std::process::Command;

use fixture::{Fixture, snapshots};
use launchnix_compiler::{Argument, Artifacts, compile};
use launchnix_schema::manifest::{Content, Manifest, Ownership};

/// Machines of many kinds, each with the options that make it one.
const MACHINES: &[(&str, &str)] = &[
    ("plain", "nixos = false;"),
    ("described", "nixos = false; description = \"a <b> & \\\"c\\\" é\"; autostart = true; connection = \"qemu:///session\";"),
    ("emulated", "nixos = false; virtualisation = \"qemu\"; diskSize = 4096;"),
    ("uefi", "nixos = false; firmware = \"uefi\"; diskSize = 4096;"),
    ("installed", "installationMedia = ./medium.iso; diskSize = 4096;"),
    ("fetched", "installationMedia = builtins.fetchurl { url = \"https://example.org/a%20b.iso\"; name = \"a-20b.iso\"; }; diskSize = 4096; bootOrder = [ \"cdrom\" \"boot\" ];"),
    ("elsewhere", "installationMedia = \"/srv/isos/medium.iso\"; diskSize = 8;"),
    ("network-boot", "bootOrder = [ \"PXE\" ]; nixos = false;"),
    (
        "disks",
        "nixos = false;
         initialDisks = {
           boot = { fromImage = ./image.qcow2; size = 8192; };
           backup = { fromBackup = ./backup.img; bus = \"sata\"; };
           raw = { size = 16; format = \"raw\"; bus = \"scsi\"; cache = \"writeback\"; };
           stick = { size = 16; bus = \"usb\"; readOnly = true; serial = \"stick-1\"; };
           device.physicalDisk = \"/dev/disk/by-id/ata-disk\";
           \"odd_name\" = { size = 1; extraXML = \"<driver discard='ignore'/><iotune><read_iops_sec>10</read_iops_sec></iotune>\"; };
         };
         bootOrder = [ \"PXE\" \"device\" \"boot\" ];",
    ),
    (
        "networked",
        "nixos = false;
         interfaces = [
           { network = \"lan\"; }
           { bridge = \"br0\"; model = \"e1000e\"; mac = \"52:54:00:AA:BB:CC\"; }
           { network = \"default\"; model = \"rtl8139\"; }
         ];
         staticIPs = [ { ips = [ \"10.20.0.7\" ]; } ];",
    ),
    (
        "passed-through",
        "nixos = false;
         pciDevices = [
           { id = \"09:00.0\"; gpu = true; romFile = ./vbios.rom; }
           { id = \"0000:0a:1f.7\"; extraXML = \"<hostdev><address type='pci' bus='0x05'/></hostdev>\"; }
         ];",
    ),
    ("shared-gpu", "nixos = false; vGPUType = \"nvidia-288\";"),
    (
        "extra",
        "nixos = false;
         extraConfig = ''
           <domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
             <memory unit='GiB'>2</memory>
             <cpu mode='host-passthrough'/>
             <devices><video><model type='virtio'/></video><memballoon model='none'/></devices>
             <qemu:commandline><qemu:arg value='-s'/></qemu:commandline>
           </domain>
         '';",
    ),
    (
        "everything",
        "nixos = false; sshPubKeyPath = ./key.pub; tags = [ \"web\" ]; protect = true;
         cpus = { count = 4; cores = 2; mode = \"custom\"; model = \"Skylake-Server\"; pin = { \"0\" = \"2-3\"; \"1\" = 4; }; };
         hugepages = 2; machineType = \"pc-q35-7.2\"; firmware = \"uefi-secure\"; tpm = true;
         diskSize = 1024; initialDisks.data = { size = 16; discard = \"ignore\"; io = \"io_uring\"; protect = true; };
         cloudInit = { };
         interfaces = [ { network = \"lan\"; ip = \"10.20.0.9\"; } { direct = \"enp3s0\"; ip = \"192.0.2.9\"; } ];
         usbDevices = [ \"046d:c52b\" { id = \"1.4\"; } ]; sharedFolders.media = \"/srv/media\";
         graphics = { type = \"spice\"; port = 5910; }; serial = { port = 4555; logFile = \"/var/log/web.log\"; };
         watchdog = { action = \"poweroff\"; }; rng = { rate = 4096; source = \"/dev/hwrng\"; }; vsock = 42;",
    ),
    ("nixos", "tags = [ \"web\" ]; watchdog = true; serial = false; substituteOnDestination = true;
              sharedFolders.media = { path = \"/srv/media\"; mountPoint = \"/media\"; };
              secrets.db = { source = ./key.pub; destination = \"/var/secrets/db\"; owner.user = \"postgres\"; };
              healthChecks.http = [ { port = 80; path = \"/healthz\"; } ];
              preDeployChecks.cmd = [ { cmd = [ \"true\" ]; timeout = 3; } ];
              sshPubKeyPath = ./key.pub; sshPrivKeyPath = \"~/.ssh/id\"; sshUser = \"deploy\"; sshPort = 2222;
              staticIPs = [ { ips = [ \"10.20.0.8\" \"fd00::8\" ]; interface = \"lan0\"; dns = [ \"9.9.9.9\" ]; } ];"),
];

fn deployment() -> String {
    let machines: String = MACHINES
        .iter()
        .map(|(name, options)| {
            let cpus = if options.contains("cpus =") { "" } else { "cpus = 2;" };
            let machine = if *name == "nixos" { "machine = { pkgs, ... }: { };" } else { "" };
            format!("    {name} = {{ deployment = {{ {cpus} ram = 1024; {options} }}; {machine} }};\n")
        })
        .collect();
    format!(
        "{{
  name = \"kinds\";
  description = \"machines of many kinds\";
  pools.fast.path = \"/var/lib/fast\";
  networks.lan = {{ mode = \"nat\"; subnet = \"10.20.0.0/24\"; domain = \"lan.example\"; }};
  networks.routed-with-a-long-name = {{ mode = \"routed\"; subnet = \"10.21.0.0/24\"; dhcp = false; }};
  networks.alone = {{ mode = \"isolated\"; subnet = \"10.22.0.0/30\"; autostart = false; }};
  networks.outside = {{ mode = \"bridge\"; bridge = \"br0\"; }};
  machines = {{
{machines}  }};
}}
"
    )
}

fn compiled(fixture: &Fixture) -> Artifacts {
    let errors: Vec<_> = fixture.checked.diagnostics.iter().filter(|one| one.is_error()).collect();
    assert!(errors.is_empty(), "{}", errors.iter().map(|one| fixture.show(one) + "\n").collect::<String>());
    compile(&fixture.checked).expect("there are no errors")
}

fn text<'a>(artifacts: &'a Artifacts, path: &str) -> &'a str {
    let content = artifacts.files.get(path);
    let content = content.unwrap_or_else(|| panic!("no {path} in {:?}", artifacts.files.keys()));
    std::str::from_utf8(content).expect("UTF-8")
}

fn manifest(artifacts: &Artifacts) -> Manifest {
    serde_json::from_str(text(artifacts, "manifest.json")).expect("a manifest")
}

fn written(artifacts: &Artifacts) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for (path, content) in &artifacts.files {
        let path = directory.path().join("build").join(path);
        std::fs::create_dir_all(path.parent().expect("it is below the directory")).expect("it can be made");
        std::fs::write(path, content).expect("it can be written");
    }
    directory
}

/// Asks libvirt's own schemas about every document.
fn validate(artifacts: &Artifacts) {
    let directory = written(artifacts);
    let schemas = option_env!("LAUNCHNIX_SCHEMAS").unwrap_or("/usr/share/libvirt/schemas");
    for (kind, schema) in [
        ("domains/", "domain"),
        ("networks/", "network"),
        ("pools/", "storagepool"),
        ("volumes/", "storagevol"),
    ] {
        let files: Vec<_> = artifacts.files.keys().filter(|path| path.starts_with(kind)).collect();
        if files.is_empty() {
            continue;
        }
        let output = Command::new("xmllint")
            .args(["--noout", "--relaxng", &format!("{schemas}/{schema}.rng")])
            .args(&files)
            .current_dir(directory.path().join("build"))
            .output()
            .expect("xmllint runs; on Debian: apt-get install libxml2-utils libvirt0");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn every_kind_of_machine_is_written_as_reviewed_and_accepted_by_libvirt() {
    let fixture = Fixture::new(&deployment());
    let artifacts = compiled(&fixture);
    validate(&artifacts);
    snapshots().bind(|| {
        for (name, _) in MACHINES {
            let path = format!("domains/{name}.xml");
            insta::assert_snapshot!(format!("domain-{name}"), text(&artifacts, &path));
        }
        let others = |prefix: &str| {
            let files = artifacts.files.iter().filter(|(path, _)| path.starts_with(prefix));
            files
                .map(|(path, content)| format!("{path}\n{}", String::from_utf8_lossy(content)))
                .collect::<String>()
        };
        insta::assert_snapshot!("networks", others("networks/"));
        insta::assert_snapshot!("pools", others("pools/"));
        insta::assert_snapshot!("volumes", others("volumes/"));
        insta::assert_snapshot!("ssh-config", text(&artifacts, "morph/ssh_config"));
        insta::assert_snapshot!("morph-network", text(&artifacts, "morph/network.nix"));
        insta::assert_snapshot!("guest", text(&artifacts, "guests/nixos.nix"));
        insta::assert_snapshot!("image", text(&artifacts, "images/nixos.nix"));
        insta::assert_snapshot!("manifest", text(&artifacts, "manifest.json"));
    });
}

#[test]
fn the_same_deployment_gives_the_same_bytes() {
    let first = compiled(&Fixture::new(&deployment()));
    let second = compiled(&Fixture::new(&deployment()));
    assert_eq!(first, second);
    for (path, content) in &first.files {
        let content = String::from_utf8_lossy(content);
        assert!(!content.contains("/srv/fleet"), "{path} holds a path that nobody wrote");
    }
}

#[test]
fn the_manifest_lists_every_file_and_every_cause_is_a_source() {
    let artifacts = compiled(&Fixture::new(&deployment()));
    let manifest = manifest(&artifacts);
    let mut files: Vec<_> = artifacts.files.keys().collect();
    files.retain(|file| *file != "manifest.json");
    assert_eq!(manifest.files.keys().collect::<Vec<_>>(), files);
    let machines = manifest.machines.iter();
    let causes = machines.flat_map(|machine| machine.parts.values().chain(&machine.causes));
    let causes = causes.chain(manifest.volumes.iter().flat_map(|volume| &volume.causes));
    for cause in causes {
        assert!(manifest.sources.contains_key(&cause.file), "{cause:?}");
    }
    let ownership =
        |name: &str| manifest.networks.iter().find(|network| network.name == name).map(|one| one.ownership);
    assert_eq!(ownership("lan"), Some(Ownership::Owned));
    assert_eq!(ownership("default"), Some(Ownership::Shared));
    for volume in &manifest.volumes {
        if let Content::Overlay { backing } = &volume.content {
            let at = |name: &str| manifest.volumes.iter().position(|volume| volume.name == name);
            assert!(at(backing) < at(&volume.name), "{backing} comes first");
        }
    }
}

#[test]
fn parts_point_at_what_was_written() {
    let text = "{\n  deployment = {\n    name = \"web\"; nixos = false; cpus = 1;\n    ram = 512;\n    extraConfig = ''\n      \
                <devices>\n        <memballoon model='none'/>\n      </devices>\n    '';\n  };\n}\n";
    let manifest = manifest(&compiled(&Fixture::new(text)));
    let at =
        |part: &str| manifest.machines[0].parts.get(part).map(|cause| (cause.option.as_str(), cause.line));
    assert_eq!(at("memory"), Some(("deployment.ram", 4)));
    assert_eq!(at("devices/memballoon"), Some(("deployment.extraConfig", 7)));
}

#[test]
fn identities_survive_a_change_of_everything_else() {
    let one = "{ deployment = { name = \"web\"; cpus = 1; ram = 512; nixos = false; }; }";
    let other = "{ deployment = { ram = 4096; cpus = 8; name = \"web\"; nixos = false; diskSize = 99; }; }";
    let [one, other] = [one, other].map(|text| manifest(&compiled(&Fixture::new(text))).machines.remove(0));
    assert_eq!((one.uuid, one.macs), (other.uuid, other.macs));
}

#[test]
fn a_uuid_of_the_users_own_is_kept_and_may_not_be_anothers() {
    let uuid = "8f0b0ac0-9d8f-4b7d-9c4b-5f0e4b6b1a11";
    let machine = format!(
        "deployment = {{ cpus = 1; ram = 64; nixos = false; extraConfig = \"<uuid>{uuid}</uuid>\"; }};"
    );
    let fixture = Fixture::new(&format!("{{ machines.a = {{ {machine} }}; }}"));
    assert_eq!(manifest(&compiled(&fixture)).machines[0].uuid, uuid);
    let fixture = Fixture::new(&format!("{{ machines.a = {{ {machine} }}; machines.b = {{ {machine} }}; }}"));
    let codes: Vec<_> = fixture.checked.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["LNX0502"]);
}

#[test]
fn the_nix_expressions_are_nix_and_mean_what_they_should() {
    let text = "{ domain, tld ? \"example\", ... }: {
      name = \"${domain}.${tld}\";
      defaults.deployment = { cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; };
      defaults.machine = { marker = \"defaults\"; };
      machines.web = { deployment = { }; machine = { ... }: { marker = \"own\"; }; };
    }";
    let arguments = [
        ("domain", Argument::Str("a \"${b}\" \\ ''$".into())),
        ("tld", Argument::Expr("builtins.concatStringsSep \"-\" [ \"x\" \"y\" ] # a comment".into())),
    ];
    let fixture = Fixture::with(text, &arguments);
    // The name is no name of a fleet, which is not what this is about.
    let _ = &fixture;
    let text = text.replace("name = \"${domain}.${tld}\";", "description = \"${domain}.${tld}\";");
    let artifacts = compiled(&Fixture::with(&text, &arguments));
    let directory = written(&artifacts);
    std::fs::write(directory.path().join("deployment.nix"), text).expect("it can be written");
    let evaluate = |arguments: &[&str]| {
        let output = Command::new("nix-instantiate")
            .args(arguments)
            .env("NIX_REMOTE", "dummy://")
            .current_dir(directory.path().join("build"))
            .output()
            .expect("nix-instantiate runs; on Debian: apt-get install nix-bin");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    for path in
        artifacts.files.keys().filter(|path| Path::new(path).extension().is_some_and(|end| end == "nix"))
    {
        evaluate(&["--parse", path]);
    }
    let value = |expression: &str| evaluate(&["--eval", "--strict", "-E", expression]);
    assert_eq!(value("(import ./nix/deployment.nix).description"), r#""a \"\${b}\" \\ ''$.x-y""#);
    assert_eq!(
        value("(import ./morph/network.nix).web { } // { imports = 0; }"),
        "{ deployment = { targetHost = \"web\"; }; imports = 0; }"
    );
    let module = "(builtins.elemAt (import ./guests/web.nix { }).imports";
    assert_eq!(value(&format!("{module} 1).imports")), "[ { marker = \"defaults\"; } ]");
    assert_eq!(value(&format!("map (m: (m {{ }}).marker) {module} 2).imports")), "[ \"own\" ]");
    assert_eq!(value("(import ./guests/web.nix { }).launchnix.name"), "\"web\"");
    assert_eq!(
        value("builtins.attrNames (builtins.functionArgs (import ./images/web.nix))"),
        "[ \"nixpkgs\" ]"
    );
}

#[test]
fn the_build_directory_may_be_anywhere() {
    let fixture = Fixture::new(
        "{ deployment = { name = \"web\"; cpus = 1; ram = 512; sshPubKeyPath = ./key.pub; }; machine = { }; }",
    );
    let placed = fixture.checked.clone().placed(Path::new("/srv/builds/a b/out"));
    let artifacts = compile(&placed).expect("no errors");
    assert_eq!(manifest(&artifacts).deployment, "../../../fleet/deployment.nix");
    assert!(text(&artifacts, "nix/deployment.nix").contains("import ../../../../fleet/deployment.nix"));
}

#[test]
fn the_examples_compile() {
    for name in ["old", "fleet", "guest"] {
        let fixture = Fixture::example(name);
        assert!(fixture.checked.diagnostics.is_empty(), "an example is free of warnings");
        validate(&compiled(&fixture));
    }
    assert!(compile(&Fixture::example("mistake").checked).is_err());
}

#[test]
fn the_format_of_an_image_is_what_its_bytes_say() {
    let text = "{ deployment = { name = \"web\"; cpus = 1; ram = 64; nixos = false; initialDisks = {
      boot.fromImage = ./cloud.img; copy.fromBackup = ./cloud.img; other.fromBackup = ./backup.img;
      far.fromImage = builtins.fetchurl \"https://example.org/noble.img\"; }; }; }";
    let manifest = manifest(&compiled(&Fixture::new(text)));
    let formats: Vec<_> =
        manifest.volumes.iter().map(|volume| (volume.name.as_str(), volume.format.as_str())).collect();
    assert_eq!(
        formats,
        [
            ("image-6a7eaae2-noble.img", "qcow2"),
            ("image-b821f4e7-cloud.img", "qcow2"),
            ("web-boot.qcow2", "qcow2"),
            ("web-copy.qcow2", "qcow2"),
            ("web-far.qcow2", "qcow2"),
            ("web-other.raw", "raw"),
        ]
    );
}
