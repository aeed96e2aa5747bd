//! Sessions with a client in memory, over a checker that finds the words `BAD` and `SYNTAX`, follows `import ./x`, and
//! sleeps or panics when told to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use launchnix_compiler::{Checked, Request};
use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, MemorySources, SourceMap, Sources, Span};
use lsp_server::{Connection, Message, Notification};
use serde_json::{Value, json};

use crate::server::serve_with;
use crate::{Ended, Environment};

const PATIENCE: Duration = Duration::from_secs(10);

fn span(source: launchnix_diagnostics::SourceId, at: usize, text: &str) -> Span {
    Span::new(source, u32::try_from(at).unwrap(), u32::try_from(at + text.len()).unwrap())
}

/// Finds mistakes by their names.
fn check(files: &(dyn Sources + Sync), request: &Request) -> Checked {
    let mut sources = SourceMap::new();
    let mut diagnostics = Vec::new();
    let text = String::from_utf8(files.read(&request.file).unwrap_or_default()).unwrap();
    let root = sources.add(request.display.clone(), text.clone());
    for (at, word) in text.match_indices("SYNTAX") {
        diagnostics.push(Diagnostic::new(Code::Syntax, span(root, at, word), "a syntax error"));
    }
    assert!(!text.contains("PANIC"), "told to");
    let is_interrupted = || request.interrupt.as_ref().is_some_and(|interrupt| interrupt());
    while text.contains("SLOW") && !is_interrupted() {
        thread::sleep(Duration::from_millis(2));
    }
    if is_interrupted() {
        diagnostics.push(Diagnostic::new(Code::Limit, None, "interrupted"));
        return checked(sources, diagnostics);
    }
    for (at, word) in text.match_indices("BAD") {
        let diagnostic = Diagnostic::new(Code::WrongType, span(root, at, word), "a bad word")
            .labelled("this one")
            .with_help("say it nicely")
            .with_note("there are children");
        let fix = Fix {
            span: span(root, at, word),
            replacement: "good".into(),
            applicability: Applicability::Safe,
        };
        diagnostics.push(diagnostic.with_fix(fix));
    }
    for (at, _) in text.match_indices("import ./") {
        let name = text[at + 9..].split([' ', ';', '\n']).next().unwrap_or_default();
        let path = request.file.parent().unwrap().join(name);
        let Ok(imported) = files.read(&path) else {
            diagnostics.push(Diagnostic::new(Code::MissingFile, span(root, at, "import"), "no such file"));
            continue;
        };
        let imported = String::from_utf8(imported).unwrap();
        let source = sources.add(path.to_string_lossy().into_owned(), imported.clone());
        for (bad, word) in imported.match_indices("BAD") {
            let diagnostic = Diagnostic::new(Code::WrongType, span(source, bad, word), "a bad word inside")
                .with_label(span(root, at, "import"), "imported here");
            diagnostics.push(diagnostic);
        }
    }
    for (at, word) in text.match_indices("REQUIRED") {
        let message = "function 'x' called without required argument 'config'";
        diagnostics.push(Diagnostic::new(Code::Evaluation, span(root, at, word), message));
    }
    if !text.contains("deployment") {
        diagnostics.push(Diagnostic::new(Code::NotADeployment, span(root, 0, ""), "not a deployment"));
    }
    checked(sources, diagnostics)
}

fn checked(sources: SourceMap, diagnostics: Vec<Diagnostic>) -> Checked {
    let mut checked = Checked::default();
    checked.sources = sources;
    checked.diagnostics = diagnostics;
    checked
}

struct Client {
    connection: Connection,
    server: JoinHandle<Ended>,
    next_id: i32,
}

impl Client {
    fn start(disk: impl Sources + Send + Sync + 'static, capabilities: &Value) -> Self {
        let (server, client) = Connection::memory();
        let environment = Environment {
            disk: Arc::new(disk),
            search_path: Vec::new(),
            home: None,
            debounce: Duration::from_millis(20),
        };
        let server = thread::spawn(move || serve_with(&server, environment, check));
        let mut client = Self { connection: client, server, next_id: 1 };
        let answer = client.request("initialize", json!({ "capabilities": capabilities }));
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 2, "{answer}");
        client.notify("initialized", json!({}));
        client
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.next_id;
        self.next_id += 1;
        let request = lsp_server::Request::new(id.into(), method.to_owned(), params);
        self.connection.sender.send(request.into()).unwrap();
        self.until(|message| message["id"] == id && message.get("method").is_none())
    }

    fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.connection.receiver.recv_timeout(PATIENCE).expect("an answer in time");
            let message = match message {
                Message::Request(request) => serde_json::to_value(request),
                Message::Response(response) => serde_json::to_value(response),
                Message::Notification(notification) => serde_json::to_value(notification),
            };
            let message = message.unwrap();
            if wanted(&message) {
                return message;
            }
        }
    }

    fn open(&self, path: &str, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "nix", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&self, path: &str, version: i32, changes: &Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn close(&self, path: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
    }

    /// The next diagnostics that are published for a file.
    fn diagnostics(&self, path: &str) -> Vec<Value> {
        self.published(path)["diagnostics"].as_array().unwrap().clone()
    }

    fn published(&self, path: &str) -> Value {
        let uri = uri(path);
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        };
        self.until(is_it)["params"].clone()
    }

    /// Asserts that nothing is published until the server answers a request.
    fn expect_silence(&mut self) {
        thread::sleep(Duration::from_millis(150));
        let id = self.next_id;
        let request = lsp_server::Request::new(id.into(), "no/such/method".to_owned(), Value::Null);
        self.next_id += 1;
        self.connection.sender.send(request.into()).unwrap();
        let message = self.until(|_| true);
        assert_eq!(message["error"]["code"], -32601, "{message}");
    }

    fn end(mut self) {
        assert_eq!(self.request("shutdown", Value::Null)["result"], Value::Null);
        assert_eq!(self.request("shutdown", Value::Null)["error"]["code"], -32600);
        self.notify("exit", Value::Null);
        assert_eq!(self.server.join().unwrap(), Ended::Properly);
    }
}

fn uri(path: &str) -> String {
    crate::uri::from_path(Path::new(path))
}

fn start(files: &[(&str, &str)]) -> Client {
    let disk = files.iter().fold(MemorySources::new(), |disk, (path, text)| disk.with(*path, *text));
    let related = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    Client::start(disk, &related)
}

#[test]
fn a_mistake_comes_and_goes() {
    let client = start(&[]);
    client.open("/d/deployment.nix", "{ deployment = 😀 BAD; }\n");
    let published = client.published("/d/deployment.nix");
    assert_eq!(published["version"], 1);
    let found = &published["diagnostics"][0];
    let expected = json!({ "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 21 } });
    assert_eq!(found["range"], expected, "an emoji is two UTF-16 units");
    assert_eq!(
        (&found["severity"], &found["code"], &found["source"]),
        (&json!(1), &json!("LNX0301"), &json!("launchnix"))
    );
    assert_eq!(found["message"], "a bad word\nthis one\nhelp: say it nicely\nnote: there are children");

    let range = found["range"].clone();
    client.change("/d/deployment.nix", 2, &json!([{ "range": range, "text": "good" }]));
    let published = client.published("/d/deployment.nix");
    assert_eq!((&published["version"], &published["diagnostics"]), (&json!(2), &json!([])));

    client.change("/d/deployment.nix", 3, &json!([{ "text": "{ deployment = BAD BAD; }" }]));
    assert_eq!(client.diagnostics("/d/deployment.nix").len(), 2);
    client.close("/d/deployment.nix");
    assert!(client.diagnostics("/d/deployment.nix").is_empty(), "cleared with the buffer");
    client.end();
}

#[test]
fn fixes_are_offered_where_their_mistakes_are() {
    let mut client = start(&[]);
    let path = "/d/deployment.nix";
    client.open(path, "{ deployment = 😀 BAD;\n BAD }\n");
    client.published(path);
    let ask = |client: &mut Client, line: u32, character: u32| {
        let at = json!({ "line": line, "character": character });
        let params = json!({
            "textDocument": { "uri": uri(path) },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [] },
        });
        client.request("textDocument/codeAction", params)["result"].clone()
    };
    assert_eq!(ask(&mut client, 0, 3), json!([]));
    let actions = ask(&mut client, 0, 19);
    assert_eq!(actions.as_array().map(Vec::len), Some(1));
    let action = &actions[0];
    assert_eq!(
        (&action["title"], &action["kind"], &action["isPreferred"]),
        (&json!("Replace `BAD` with `good`"), &json!("quickfix"), &json!(true))
    );
    let range = json!({ "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 21 } });
    assert_eq!(action["edit"]["changes"][uri(path)], json!([{ "range": range, "newText": "good" }]));

    // What is being checked again may have moved.
    client.change(path, 2, &json!([{ "text": "{ deployment = SLOW BAD; }" }]));
    thread::sleep(Duration::from_millis(100));
    assert_eq!(ask(&mut client, 0, 19), json!([]));
    client.change(path, 3, &json!([{ "text": "{ deployment = 1; }" }]));
    client.published(path);
    client.end();
}

#[test]
fn columns_count_what_was_agreed_on() {
    for (encoding, column) in [("utf-8", 20), ("utf-32", 17), ("utf-16", 18)] {
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let client = Client::start(MemorySources::new(), &capabilities);
        client.open("/d/deployment.nix", "{ deployment = 😀 BAD; }");
        let found = client.diagnostics("/d/deployment.nix");
        assert_eq!(found[0]["range"]["start"]["character"], column, "{encoding}");
        client.end();
    }
}

#[test]
fn unsaved_buffers_take_the_place_of_imported_files() {
    let client = start(&[("/d/web.nix", "1")]);
    client.open("/d/deployment.nix", "{ deployment = import ./web.nix; }");
    assert!(client.diagnostics("/d/deployment.nix").is_empty());
    client.open("/d/web.nix", "BAD");
    let found = client.diagnostics("/d/web.nix");
    let related = json!([{
        "location": {
            "uri": "file:///d/deployment.nix",
            "range": { "start": { "line": 0, "character": 15 }, "end": { "line": 0, "character": 21 } },
        },
        "message": "imported here",
    }]);
    assert_eq!(found[0]["relatedInformation"], related);
    client.change("/d/web.nix", 2, &json!([{ "text": "2" }]));
    assert!(client.diagnostics("/d/web.nix").is_empty());
    client.change("/d/web.nix", 3, &json!([{ "text": "BAD" }]));
    assert_eq!(client.diagnostics("/d/web.nix").len(), 1);
    client.close("/d/web.nix");
    assert!(client.diagnostics("/d/web.nix").is_empty(), "the file on disk is fine");
    client.end();
}

#[test]
fn a_mistake_in_a_file_that_is_not_open() {
    let client = start(&[("/d/web.nix", "BAD")]);
    client.open("/d/deployment.nix", "{ deployment = import ./web.nix; }");
    assert_eq!(client.diagnostics("/d/web.nix").len(), 1);
    client.change("/d/deployment.nix", 2, &json!([{ "text": "{ deployment = 1; }" }]));
    assert!(client.diagnostics("/d/web.nix").is_empty());
    client.end();
}

#[test]
fn labels_are_in_the_message_where_the_client_shows_no_related_places() {
    let disk = MemorySources::new().with("/d/web.nix", "BAD");
    let client = Client::start(disk, &json!({}));
    client.open("/d/deployment.nix", "{ deployment = import ./web.nix; }");
    let found = client.diagnostics("/d/web.nix");
    assert_eq!(found[0]["message"], "a bad word inside\ndeployment.nix:1: imported here");
    assert_eq!(found[0].get("relatedInformation"), None);
    client.end();
}

#[test]
fn an_imported_file_finds_its_deployment() {
    let client =
        start(&[("/d/deployment.nix", "{ deployment = import ./sub/web.nix; }"), ("/d/sub/web.nix", "1")]);
    client.open("/d/sub/web.nix", "BAD");
    // It is checked as part of the deployment above, and as a file by itself, of which only the syntax counts.
    while client.diagnostics("/d/sub/web.nix").is_empty() {}
    client.close("/d/sub/web.nix");
    while !client.diagnostics("/d/sub/web.nix").is_empty() {}
    client.end();
}

#[test]
fn of_other_nix_files_only_the_syntax_counts() {
    let mut client = start(&[("/d/deployment.nix", "{ deployment = BAD; }")]);
    client.open("/d/module.nix", "{ config, ... }: { services.x = BAD; }");
    assert!(client.diagnostics("/d/module.nix").is_empty());
    client.change("/d/module.nix", 2, &json!([{ "text": "{ SYNTAX BAD" }]));
    let found = client.diagnostics("/d/module.nix");
    assert_eq!((found.len(), &found[0]["code"]), (1, &json!("LNX0101")), "{found:?}");
    client.close("/d/module.nix");
    assert!(client.diagnostics("/d/module.nix").is_empty());
    client.expect_silence();
    client.end();
}

#[test]
fn a_deployment_by_another_name() {
    let client = start(&[]);
    client.open("/d/fleet.nix", "{ machines.web = BAD; }");
    let found = client.diagnostics("/d/fleet.nix");
    assert_eq!(found.len(), 1, "not that it is no deployment: {found:?}");
    client.open("/d/module.nix", "{ config, ... }: { deployment.keys = REQUIRED; }");
    assert!(client.diagnostics("/d/module.nix").is_empty());
    client.end();
}

#[test]
fn a_stale_check_is_cancelled() {
    let client = start(&[]);
    client.open("/d/deployment.nix", "{ deployment = SLOW; }");
    thread::sleep(Duration::from_millis(50));
    client.change("/d/deployment.nix", 2, &json!([{ "text": "{ deployment = BAD; }" }]));
    let published = client.published("/d/deployment.nix");
    assert_eq!((&published["version"], &published["diagnostics"][0]["code"]), (&json!(2), &json!("LNX0301")));
    client.open("/d/slow/deployment.nix", "{ deployment = SLOW; }");
    thread::sleep(Duration::from_millis(50));
    client.end();
}

#[test]
fn a_panic_is_logged_and_survived() {
    let client = start(&[]);
    client.open("/d/deployment.nix", "{ deployment = PANIC; }");
    let logged = client.until(|message| message["method"] == "window/logMessage");
    let text = logged["params"]["message"].as_str().unwrap();
    assert!(text.contains("told to") && text.contains("bug of Launchnix"), "{text}");
    client.change("/d/deployment.nix", 2, &json!([{ "text": "{ deployment = BAD; }" }]));
    assert_eq!(client.diagnostics("/d/deployment.nix").len(), 1);
    client.end();
}

#[test]
fn nonsense_is_answered_or_ignored() {
    let mut client = start(&[]);
    assert_eq!(client.request("textDocument/hover", json!({ "x": 1 }))["error"]["code"], -32601);
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("textDocument/didChange", json!({ "textDocument": 5 }));
    client.until(|message| message["method"] == "window/logMessage");
    client.change("/never/opened.nix", 1, &json!([{ "text": "" }]));
    client.until(|message| message["method"] == "window/logMessage");
    client.notify("launchnix/malformedMessage", json!("x"));
    client.until(|message| message["method"] == "window/logMessage");
    let untitled = json!({ "uri": "untitled:1", "languageId": "nix", "version": 1, "text": "BAD" });
    client.notify("textDocument/didOpen", json!({ "textDocument": untitled }));
    client.close("/never/opened.nix");
    client.expect_silence();
    client.end();
}

#[test]
fn leaving_without_a_word_is_noticed() {
    let client = start(&[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.server.join().unwrap(), Ended::Abruptly);

    let Client { connection, server, .. } = start(&[]);
    drop(connection);
    assert_eq!(server.join().unwrap(), Ended::Abruptly);

    let (server, client) = Connection::memory();
    drop(client);
    let environment = Environment {
        disk: Arc::new(MemorySources::new()),
        search_path: Vec::new(),
        home: None,
        debounce: Duration::ZERO,
    };
    assert_eq!(serve_with(&server, environment, check), Ended::Abruptly);
}

#[test]
fn files_on_disk_are_watched_where_the_client_can() {
    let capabilities = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let client = Client::start(MemorySources::new(), &capabilities);
    let request = client.until(|message| message["method"] == "client/registerCapability");
    assert_eq!(request["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.end();
}

/// The real disk, which is all that knows symbolic links.
struct Disk;

#[expect(clippy::disallowed_methods, reason = "a test of the real disk")]
impl Sources for Disk {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }
    fn kind(&self, path: &Path) -> std::io::Result<launchnix_diagnostics::FileKind> {
        use launchnix_diagnostics::FileKind;
        let kind = std::fs::symlink_metadata(path)?.file_type();
        Ok(if kind.is_symlink() { FileKind::Symlink } else { FileKind::Regular })
    }
    fn read_dir(&self, _: &Path) -> std::io::Result<Vec<(Vec<u8>, launchnix_diagnostics::FileKind)>> {
        Ok(Vec::new())
    }
    fn read_link(&self, path: &Path) -> std::io::Result<PathBuf> {
        std::fs::read_link(path)
    }
    fn is_executable(&self, _: &Path) -> std::io::Result<bool> {
        Ok(false)
    }
}

#[test]
fn a_buffer_that_is_open_under_a_link_is_the_same_file() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap().join("m ü");
    std::fs::create_dir_all(root.join("real")).unwrap();
    std::fs::write(root.join("real/web.nix"), "1").unwrap();
    std::fs::write(root.join("real/deployment.nix"), "{ deployment = import ./web.nix; }").unwrap();
    std::os::unix::fs::symlink("real", root.join("link")).unwrap();
    let client = Client::start(Disk, &json!({}));
    let at = |name: &str| root.join(name).to_str().unwrap().to_owned();
    client.open(&at("real/deployment.nix"), "{ deployment = import ./web.nix; }");
    assert!(client.diagnostics(&at("real/deployment.nix")).is_empty());
    client.open(&at("link/web.nix"), "BAD");
    while client.diagnostics(&at("link/web.nix")).is_empty() {}
    client.end();
}
