//! Real services: a libvirtd and a guest of our own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::deployment::repository;
use crate::program::{Outcome, run};

/// A libvirtd in namespaces of its own, which end with this value, and with the test however that ends.
#[derive(Debug)]
pub struct Hypervisor {
    // Before the directory: fields are dropped in order, and the daemon writes there.
    service: Service,
    /// The libvirt URI.
    pub uri: String,
    directory: TempDir,
}

impl Drop for Hypervisor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log =
                std::fs::read_to_string(self.directory.path().join("log/libvirtd.log")).unwrap_or_default();
            let lines: Vec<_> = log.lines().collect();
            // The test harness shows this with the failure.
            let last = lines[lines.len().saturating_sub(40)..].join("\n");
            let _ = writeln!(std::io::stderr(), "--- the end of libvirtd's log\n{last}\n---");
        }
    }
}

#[derive(Debug)]
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        // It lives until its standard input ends.
        drop(self.0.stdin.take());
        for _ in 0..100 {
            if matches!(self.0.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // `unshare --kill-child` takes the rest along. Both fail only where it has ended meanwhile.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Hypervisor {
    /// Starts one.
    #[track_caller]
    pub fn start() -> Self {
        let directory = TempDir::with_prefix("lnx-").expect("a temporary directory can be made");
        let mut child = Command::new(script("libvirtd.sh"))
            .arg(directory.path())
            .arg(fixtures().join("libvirt-cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script can be run");
        let output = child.stdout.take().expect("it is piped");
        let service = Service(child);
        let mut line = String::new();
        // The script itself bounds the time.
        BufReader::new(output).read_line(&mut line).expect("a script prints text");
        let Some(uri) = line.trim_end().strip_prefix("ready ") else {
            panic!("libvirtd did not come up; these tests need root, and what `make test` installs");
        };
        Self { service, uri: uri.to_owned(), directory }
    }

    /// Runs `virsh` on it.
    #[track_caller]
    pub fn virsh(&self, arguments: &[&str]) -> Outcome {
        run(Command::new("virsh").args(["--quiet", "--connect", &self.uri]).args(arguments))
    }

    /// What `virsh` prints, without the surrounding white space; it must succeed.
    #[track_caller]
    pub fn ask(&self, arguments: &[&str]) -> String {
        self.virsh(arguments).expect_status(0).stdout.trim().to_owned()
    }

    /// The same command within the daemon's network, where its guests can be reached.
    pub fn in_network(&self, command: &Command) -> Command {
        let mut within = Command::new("nsenter");
        within.args(["--net", "--target", &self.service.0.id().to_string(), "--"]);
        within.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => within.env(name, value),
                None => within.env_remove(name),
            };
        }
        if let Some(directory) = command.get_current_dir() {
            within.current_dir(directory);
        }
        within
    }

    /// Runs a command in a guest over ssh.
    pub fn ssh(&self, address: &str, key: &Path, command: &str) -> Outcome {
        let options = [
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "ConnectTimeout=3",
            // Each guest of the tests is new and gone after them: there is nothing to remember its key for.
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
        ];
        let mut ssh = Command::new("ssh");
        ssh.args(options).arg("-i").arg(key).arg(format!("root@{address}")).arg(command);
        run(&mut self.in_network(&ssh))
    }
}

/// A small Linux guest, made once from Debian packages and kept in the target directory.
#[derive(Debug)]
pub struct Guest {
    directory: PathBuf,
}

impl Guest {
    /// Makes it where it does not exist yet.
    #[track_caller]
    pub fn make() -> Self {
        // The directory changes with the recipe, and the recipe is its script.
        let recipe = std::fs::read(script("make-guest.sh")).expect("the script exists");
        let digest = recipe.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let directory = fixtures().join(format!("guest-{digest:016x}"));
        run(Command::new(script("make-guest.sh")).arg(&directory)).expect_status(0);
        Self { directory }
    }

    /// Its disk, a qcow2 image that boots by BIOS.
    pub fn disk(&self) -> PathBuf {
        self.directory.join("guest.qcow2")
    }

    /// The private key that root accepts in it.
    pub fn private_key(&self) -> PathBuf {
        self.directory.join("id_ed25519")
    }
}

/// Asks until there is an answer, and fails the test when there is none in time.
#[track_caller]
pub fn wait_for<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(started.elapsed() < limit, "{what}: not within {} s", limit.as_secs());
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn script(name: &str) -> PathBuf {
    repository().join("tests/services").join(name)
}

/// What is made once and kept between runs: `target/fixtures`.
fn fixtures() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let target = test.ancestors().nth(3).expect("tests are in target/<profile>/deps");
    target.join("fixtures")
}
