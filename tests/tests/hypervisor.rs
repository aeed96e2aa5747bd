//! The real thing: a libvirtd of its own, a guest that boots, and Launchnix between them.
//!
//! These need root and the packages that `make test` installs, so a plain `cargo test` leaves them out.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use launchnix_tests::{Deployment, Guest, Hypervisor, Outcome, launchnix, run, wait_for};

const BOOT: Duration = Duration::from_mins(2);
const MACHINE: &str = "web";

/// A machine from the guest's image on a network and in a pool of its own, with this much memory.
fn deployment(guest: &Guest, ram: u32) -> String {
    format!(
        r#"{{
  name = "e2e";
  pools.vm.path = "/var/lib/libvirt/vm";
  networks.lan = {{ mode = "nat"; subnet = "10.77.0.0/24"; }};
  machines.{MACHINE}.deployment = {{
    nixos = false;
    virtualisation = "qemu";
    cpus = 1;
    ram = {ram};
    storagePoolName = "vm";
    initialDisks = {{
      boot = {{ fromImage = {disk}; size = 128; }};
      data.size = 16;
    }};
    sshPrivKeyPath = "{private}";
    sshUser = "root";
  }};
}}
"#,
        disk = guest.disk().display(),
        private = guest.private_key().display(),
    )
}

/// A guest of a fleet on a hypervisor, and the ways to look at it.
struct Site {
    hypervisor: Hypervisor,
    deployment: Deployment,
    key: PathBuf,
}

impl Site {
    fn launchnix(&self, arguments: &[&str]) -> Outcome {
        let mut command = launchnix(&[arguments, &["--connect", &self.hypervisor.uri]].concat());
        command.current_dir(self.deployment.path());
        run(&mut self.hypervisor.in_network(&command))
    }

    fn address(&self) -> String {
        wait_for("a DHCP lease", BOOT, || {
            let lease = self.hypervisor.virsh(&["domifaddr", MACHINE, "--source", "lease"]);
            let field = lease.stdout.split_whitespace().find(|field| field.starts_with("10.77.0."))?;
            field.split('/').next().map(str::to_owned)
        })
    }

    /// Runs a command in the guest; waits for the guest to answer.
    fn ssh(&self, command: &str) -> String {
        let address = self.address();
        wait_for("an answer over ssh", BOOT, || {
            let outcome = self.hypervisor.ssh(&address, &self.key, command);
            (outcome.status == Some(0)).then(|| outcome.stdout.trim().to_owned())
        })
    }

    /// Memory that the guest's kernel has, in MiB: somewhat less than the machine's.
    fn memory(&self) -> u32 {
        let kibibytes = self.ssh("sed -n 's/^MemTotal: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo");
        kibibytes.parse::<u32>().expect("a number") / 1024
    }

    /// Changes with each start of the domain.
    fn boot_id(&self) -> String {
        self.ssh("cat /proc/sys/kernel/random/boot_id")
    }

    fn state(&self) -> String {
        self.hypervisor.ask(&["domstate", MACHINE])
    }
}

fn private_key(manifest: &serde_json::Value) -> PathBuf {
    let file = manifest["machines"][0]["ssh"]["identityFile"].as_str().expect("the machine has a key");
    Path::new(file).to_path_buf()
}

#[test]
#[ignore = "needs root, libvirtd and QEMU; `make test` runs it"]
fn a_guest_from_source_to_ssh_and_back() {
    let guest = Guest::make();
    let deployment = Deployment::new(&deployment(&guest, 256));
    deployment.launchnix(&["check"]).expect_status(0);
    deployment.compile();
    deployment.validate();
    let key = private_key(&deployment.manifest());
    let site = Site { hypervisor: Hypervisor::start(), deployment, key };

    // First: there is everything to do, and planning does none of it.
    site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(2).expect_text(MACHINE);
    assert_eq!(site.hypervisor.ask(&["list", "--all", "--name"]), "");
    assert_eq!(site.hypervisor.ask(&["pool-list", "--all", "--name"]), "");
    site.launchnix(&["apply", "build"]).expect_status(0).expect_text("answers ssh at 10.77.0.");
    assert_eq!(site.state(), "running");

    // The guest is there, and is what was asked for.
    assert_eq!(site.ssh("hostname"), "guest");
    let (small, boot) = (site.memory(), site.boot_id());
    assert!((150..=256).contains(&small), "{small} MiB of 256");
    assert_eq!(site.ssh("cat /sys/block/vda/size"), (128 * 2048).to_string());
    assert_eq!(site.ssh("cat /sys/block/vdb/size"), (16 * 2048).to_string());
    site.ssh("echo kept | dd of=/dev/vdb bs=512 seek=100 conv=fsync");
    let address = site.address();
    let uuid = site.hypervisor.ask(&["domuuid", MACHINE]);

    // Again: nothing to do, and it says so.
    site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(0);
    let again = site.launchnix(&["apply", "build"]).expect_status(0);
    assert!(format!("{again}").to_lowercase().contains("nothing"), "{again}");
    assert_eq!(site.boot_id(), boot, "a second apply restarted the guest");

    // More memory: the plan names the option and its line; apply shuts the guest down, and starts it again.
    site.deployment.write("deployment.nix", &self::deployment(&guest, 384));
    site.deployment.compile();
    let line =
        self::deployment(&guest, 384).lines().position(|line| line.contains("ram =")).expect("it is there")
            + 1;
    let plan = site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(2);
    let plan = plan.expect_text("ram").expect_text(&format!("deployment.nix:{line}")).expect_text("restart");
    assert!(!plan.stdout.to_lowercase().contains("destroy"), "{plan}");
    assert_eq!(site.boot_id(), boot, "a plan restarted the guest");
    site.launchnix(&["apply", "build"]).expect_status(0);
    assert_eq!(site.state(), "running");
    let large = site.memory();
    assert!(large > small + 64, "{large} MiB after {small} MiB");
    assert_ne!(site.boot_id(), boot);
    assert_eq!(site.ssh("dd if=/dev/vdb bs=512 skip=100 count=1 2>/dev/null | head -n 1"), "kept");
    assert_eq!(site.hypervisor.ask(&["domuuid", MACHINE]), uuid, "a redefine keeps the UUID");
    assert_eq!(site.address(), address, "a redefine keeps the MAC address, and so the lease");
    site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(0);

    // The guest obeys the power button.
    site.hypervisor.virsh(&["shutdown", MACHINE]).expect_status(0);
    wait_for("the shutdown", Duration::from_mins(1), || (site.state() == "shut off").then_some(()));

    // Everything is removed, but no disk without leave.
    site.launchnix(&["destroy", "build"]).expect_status(3).expect_text("--allow");
    let allow = format!("destroy:{MACHINE}/boot");
    let also = format!("destroy:{MACHINE}/data");
    site.launchnix(&["destroy", "build", "--allow", &allow, "--allow", &also]).expect_status(0);
    for list in [
        &["list", "--all", "--name"][..],
        &["net-list", "--all", "--name"],
        &["pool-list", "--all", "--name"],
    ] {
        assert_eq!(site.hypervisor.ask(list), "");
    }
}

#[test]
#[ignore = "needs root and libvirtd; `make test` runs it"]
fn what_is_not_ours_is_left_alone() {
    let hypervisor = Hypervisor::start();
    let deployment = Deployment::new(
        "{ deployment = { name = \"web\"; cpus = 1; ram = 64; nixos = false; virtualisation = \"qemu\"; diskSize = 8; }; }\n",
    );
    deployment.compile();
    deployment.write(
        "theirs.xml",
        "<domain type='qemu'><name>web</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>",
    );
    let file = deployment.path().join("theirs.xml");
    hypervisor.virsh(&["define", &file.to_string_lossy()]).expect_status(0);
    let before = hypervisor.ask(&["dumpxml", "web"]);

    let outcome = deployment.launchnix(&["apply", "build", "--connect", &hypervisor.uri]);
    assert!(matches!(outcome.status, Some(1 | 3)), "{outcome}");
    assert!(outcome.stderr.contains("web"), "{outcome}");
    assert_eq!(hypervisor.ask(&["dumpxml", "web"]), before);
    assert_eq!(hypervisor.ask(&["pool-list", "--all", "--name"]), "", "refused before anything was made");
}

#[test]
#[ignore = "needs root and libvirtd; `make test` runs it"]
fn a_killed_apply_is_resumed() {
    let guest = Guest::make();
    let deployment = Deployment::new(&deployment(&guest, 256));
    deployment.compile();
    let site = Site { key: guest.private_key(), hypervisor: Hypervisor::start(), deployment };
    for milliseconds in [10, 20, 40, 60, 80, 120, 200, 350, 600] {
        let mut child = launchnix(&["apply", "build", "--connect", &site.hypervisor.uri])
            .current_dir(site.deployment.path())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(milliseconds));
        // The program may be done already.
        let _ = child.kill();
        child.wait().expect("it was started");
    }
    site.launchnix(&["apply", "build"]).expect_status(0);
    assert_eq!(site.ssh("hostname"), "guest");
    site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(0);
}

#[test]
#[ignore = "needs root and libvirtd; `make test` runs it"]
fn an_apply_that_is_killed_after_any_step_is_resumed() {
    let guest = Guest::make();
    let deployment = Deployment::new(&deployment(&guest, 64));
    deployment.compile();
    let site = Site { key: guest.private_key(), hypervisor: Hypervisor::start(), deployment };
    let apply = ["apply", "build", "--no-wait"];
    let mut steps = 0;
    loop {
        let mut child = launchnix(&[&apply[..], &["--connect", &site.hypervisor.uri]].concat())
            .current_dir(site.deployment.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let told = BufReader::new(child.stdout.take().expect("it is piped"));
        // It goes on for as long as it takes to be killed: within the call to libvirt that comes next.
        let ended = told.lines().map_while(Result::ok).take(steps).count() < steps;
        let _ = child.kill();
        child.wait().expect("it was started");
        site.launchnix(&apply).expect_status(0);
        site.launchnix(&["plan", "build", "--detailed-exitcode"]).expect_status(0);
        if ended {
            break;
        }
        steps += 1;
        let allow = ["boot", "data"].map(|disk| format!("destroy:{MACHINE}/{disk}"));
        let allow = ["--allow", &allow[0], "--allow", &allow[1], "--allow", "poweroff:web"];
        site.launchnix(&[&["destroy", "build", "--shutdown-timeout", "0"], &allow[..]].concat())
            .expect_status(0);
    }
    assert!(steps > 5, "{steps} steps");
}
