//! What is fetched for its content, from a server of the test's own, and from a repository.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use launchnix_tests::{Deployment, Outcome, launchnix, run};
use tempfile::TempDir;

/// Files that are served, and how often they were asked for. The thread ends with the test's process.
struct Server {
    address: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    fn start(directory: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                counter.fetch_add(1, Ordering::SeqCst);
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                lines.find(String::is_empty);
                let name = first.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
                let answer = match fs::read(directory.join(name)) {
                    Ok(body) => {
                        let head = format!(
                            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                            body.len()
                        );
                        [head.into_bytes(), body].concat()
                    }
                    Err(_) => {
                        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
                    }
                };
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, requests }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// A directory with a small tree and its archive; `cache` in it is the user's cache.
fn world() -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let tree = directory.path().join("tree-1.0");
    fs::create_dir_all(tree.join("lib")).expect("it can be made");
    fs::write(tree.join("default.nix"), "{ ram = 512 + import ./lib; }\n").expect("it can be written");
    fs::write(tree.join("lib/default.nix"), "512\n").expect("it can be written");
    let made = Command::new("tar")
        .current_dir(directory.path())
        .args(["czf", "tree.tar.gz", "tree-1.0"])
        .status()
        .expect("`tar` runs");
    assert!(made.success());
    directory
}

fn eval(world: &Path, words: &[&str]) -> Outcome {
    let mut command = launchnix(&["eval"]);
    run(command.args(words).env("XDG_CACHE_HOME", world.join("cache")))
}

#[test]
fn an_archive_is_fetched_once() {
    let world = world();
    let server = Server::start(world.path().to_owned());
    let expression = format!("(import (fetchTarball \"{}/tree.tar.gz\")).ram", server.address);
    let outcome = eval(world.path(), &["--offline", "-E", &expression]).expect_status(1);
    assert!(outcome.stderr.contains("not in the cache"), "{outcome}");
    assert_eq!(server.requests(), 0, "nothing is fetched offline");
    for words in [&["-E"][..], &["-E"], &["--offline", "-E"]] {
        let outcome = eval(world.path(), &[words, &[&expression]].concat()).expect_status(0);
        assert_eq!(outcome.stdout, "1024\n");
    }
    assert_eq!(server.requests(), 1);
}

#[test]
fn what_has_a_hash_is_fetched_only_for_its_content() {
    let world = world();
    let server = Server::start(world.path().to_owned());
    let of = |hash: &str| {
        format!("fetchTarball {{ url = \"{}/tree.tar.gz\"; sha256 = \"{hash}\"; }}", server.address)
    };
    let zeros = "0000000000000000000000000000000000000000000000000000";
    eval(world.path(), &["-E", &of(zeros)]).expect_status(0).expect_text("-source");
    assert_eq!(server.requests(), 0);
    // The status that Nix has for a wrong hash.
    let outcome = eval(world.path(), &["-E", &format!("import ({})", of(zeros))]).expect_status(102);
    let (_, found) = outcome.stderr.split_once("got:       sha256:").unwrap_or_else(|| panic!("{outcome}"));
    let found = &found[..52];
    let outcome = eval(world.path(), &["-E", &format!("(import ({})).ram", of(found))]).expect_status(0);
    assert_eq!(outcome.stdout, "1024\n");
    let requests = server.requests();
    eval(world.path(), &["-E", &format!("(import ({})).ram", of(found))]).expect_status(0);
    assert_eq!(server.requests(), requests, "what has the right hash is in the cache");
}

#[test]
fn what_is_not_there_is_said_at_its_place() {
    let world = world();
    let server = Server::start(world.path().to_owned());
    let text = format!(
        "let shared = import (fetchTarball \"{}/none.tar.gz\"); in\n\
         {{ deployment = {{ name = \"a\"; cpus = 1; ram = shared.ram; nixos = false; }}; }}\n",
        server.address
    );
    let deployment = Deployment::new(&text);
    let outcome = deployment.launchnix(&["check", "--format", "short"]).expect_status(1);
    assert!(outcome.stderr.contains("deployment.nix:1:"), "{outcome}");
    assert!(outcome.stderr.contains("HTTP error 404"), "{outcome}");
}

#[test]
fn a_deployment_may_import_what_it_fetches() {
    let world = world();
    let server = Server::start(world.path().to_owned());
    let text = format!(
        "let shared = import (fetchTarball \"{}/tree.tar.gz\"); in\n\
         {{ deployment = {{ name = \"a\"; cpus = 1; ram = shared.ram; nixos = false; }}; }}\n",
        server.address
    );
    let deployment = Deployment::new(&text);
    let mut command = launchnix(&["compile"]);
    command.current_dir(deployment.path()).env("XDG_CACHE_HOME", world.path().join("cache"));
    run(&mut command).expect_status(0);
    let manifest = fs::read_to_string(deployment.path().join("build/manifest.json")).expect("it is written");
    let cache = world.path().join("cache").display().to_string();
    assert!(!manifest.contains(&cache), "where the cache is has nothing to do with the build: {manifest}");
}

/// The inputs of a lock file have a hash, so that nothing is fetched before it is looked into.
#[test]
fn a_locked_tree_is_fetched_only_for_its_content() {
    let locked = |content: &str| {
        let text = format!(
            "let locked = (builtins.fromJSON (builtins.readFile ./flake.lock)).nodes.nixpkgs.locked; in\n\
             {{ nixpkgs = builtins.fetchTree locked; deployment = {{ name = \"a\"; cpus = 1; ram = {content}; nixos = false; }}; }}\n"
        );
        let deployment = Deployment::new(&text);
        let lock = "{ \"nodes\": { \"nixpkgs\": { \"locked\": { \"type\": \"tarball\", \"lastModified\": 1700000000, \
             \"url\": \"http://127.0.0.1:1/nixpkgs.tar.gz\", \
             \"narHash\": \"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\" } } } }";
        fs::write(deployment.path().join("flake.lock"), lock).expect("it can be written");
        deployment.launchnix(&["check", "--format", "short"])
    };
    locked("512").expect_status(0);
    let outcome = locked("(import (builtins.fetchTree locked)).ram").expect_status(1);
    assert!(outcome.stderr.contains("unable to download"), "{outcome}");
}

#[test]
fn a_commit_of_a_repository() {
    let world = world();
    let repository = world.path().join("tree-1.0");
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command
            .current_dir(&repository)
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(words);
        let output = command.output().expect("`git` runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message=one"]);
    let first = git(&["rev-parse", "HEAD"]);
    fs::write(repository.join("lib/default.nix"), "1\n").expect("it can be written");
    let url = format!("file://{}", repository.display());
    let ram = |arguments: &str| {
        let expression = format!("(import (builtins.fetchGit {arguments})).ram");
        eval(world.path(), &["-E", &expression]).expect_status(0).stdout
    };
    assert_eq!(
        ram(&format!("\"{}\"", repository.display())),
        "513\n",
        "a working tree with changes is taken as it is"
    );
    git(&["commit", "--quiet", "--all", "--message=two"]);
    assert_eq!(ram(&format!("{{ url = \"{url}\"; ref = \"main\"; }}")), "513\n");
    assert_eq!(ram(&format!("{{ url = \"{url}\"; rev = \"{first}\"; }}")), "1024\n");
    let expression = format!("let it = builtins.fetchGit \"{url}\"; in [ it.revCount it.shortRev ]");
    let outcome = eval(world.path(), &["--strict", "-E", &expression]).expect_status(0);
    let second = git(&["rev-parse", "HEAD"]);
    assert_eq!(outcome.stdout, format!("[ 2 \"{}\" ]\n", &second[..7]));
    // What the URL of a directory asks for is no part of it.
    assert_eq!(ram(&format!("{{ url = \"{url}?rev={first}\"; }}")), "513\n");
    assert_eq!(ram(&format!("{{ url = \"{url}\"; rev = \"{first}\"; revCount = 1; }}")), "1024\n");
    for (given, difference) in [("revCount = 7", "expected 7"), ("lastModified = 1", "expected 1, got ")] {
        let expression = format!("builtins.fetchGit {{ url = \"{url}\"; {given}; }}");
        let outcome = eval(world.path(), &["-E", &expression]).expect_status(1);
        let name = given.split(' ').next().unwrap_or_default();
        let expected = format!(
            "error: '{name}' attribute mismatch in input \
             'git+{url}?exportIgnore=1&ref=refs/heads/main&rev={second}', {difference}"
        );
        assert!(outcome.stderr.contains(&expected), "{}", outcome.stderr);
    }
}

#[test]
fn a_commit_of_a_mercurial_repository() {
    let world = world();
    let repository = world.path().join("tree-1.0");
    let hg = |words: &[&str]| {
        let mut command = Command::new("hg");
        command.current_dir(&repository).env("HGPLAIN", "").args(["--config", "ui.username=a"]).args(words);
        let output = command.output().expect("`hg` runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    hg(&["init"]);
    hg(&["commit", "--addremove", "--message=one"]);
    let first = hg(&["log", "--rev=.", "--template={node}"]);
    let url = format!("file://{}", repository.display());
    let shown = |expression: &str| {
        eval(world.path(), &["--strict", "--json", "-E", expression]).expect_status(0).stdout
    };
    // The path in the store is that of the files, whoever keeps them.
    let expression = format!(
        "let it = builtins.fetchMercurial \"{url}\";
         own = builtins.path {{ path = {}; name = \"source\"; filter = path: _: baseNameOf path != \".hg\"; }}; in
         [ it.branch it.rev it.shortRev it.revCount (import it).ram (it.outPath == own) ]",
        repository.display()
    );
    let expected = format!("[\"default\",\"{first}\",\"{}\",0,1024,true]\n", &first[..12]);
    assert_eq!(shown(&expression), expected);
    let tree = format!("fetchTree {{ type = \"hg\"; url = \"{url}\"; rev = \"{first}\"; }}");
    let expected = format!("[\"{}\",0]\n", &first[..7]);
    assert_eq!(shown(&format!("let it = builtins.{tree}; in [ it.shortRev it.revCount ]")), expected);

    fs::write(repository.join("lib/default.nix"), "1\n").expect("it can be written");
    let changed = ["-E", &format!("(import (builtins.fetchMercurial {})).ram", repository.display())];
    let outcome = eval(world.path(), &changed).expect_status(0);
    assert_eq!(outcome.stdout, "513\n", "a working tree with changes is taken as it is");
    assert!(outcome.stderr.contains("is unclean"), "{}", outcome.stderr);
    let refused = eval(world.path(), &[&["--option", "allow-dirty", "false"], &changed[..]].concat());
    assert!(refused.expect_status(1).stderr.contains("is unclean"));
}
