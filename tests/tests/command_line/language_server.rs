//! `launchnix lsp` over stdio, as an editor talks to it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use launchnix_tests::{Deployment, launchnix};
use serde_json::{Value, json};

struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    root: String,
}

impl Editor {
    fn open(deployment: &Deployment) -> Self {
        let mut server = launchnix(&["lsp"])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(server.stdout.take().expect("it is piped"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let root = format!("file://{}", deployment.path().display());
        let input = server.stdin.take();
        let mut editor = Self { server, input, messages, root };
        editor.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": { "processId": null, "rootUri": editor.root, "capabilities": {} } }));
        let answer = editor.until(|message| message["id"] == 1);
        assert!(answer["result"]["capabilities"].is_object(), "{answer}");
        editor.notify("initialized", &json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.input.as_mut().expect("the server is running");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn notify(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    fn uri(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    fn did_open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "nix", "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    fn did_change(&mut self, name: &str, version: u32, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        let changes = json!([{ "text": text }]);
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    fn until(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message =
                self.messages.recv_timeout(Duration::from_secs(20)).expect("the server answers in time");
            if wanted(&message) {
                return message;
            }
        }
    }

    /// The next diagnostics that are pushed for a file and satisfy a condition.
    fn diagnostics(&self, name: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(name);
        let is_wanted = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri.as_str()
                && message["params"]["diagnostics"].as_array().is_some_and(|list| wanted(list))
        };
        self.until(is_wanted)["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
    }

    fn close(mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
        self.until(|message| message["id"] == 2);
        self.notify("exit", &Value::Null);
        drop(self.input.take());
        assert_eq!(self.server.wait().expect("it was started").code(), Some(0));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // Fails where it has ended by itself, which is as well.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn machine(cpus: &str) -> String {
    format!("# é 😀\n{{ deployment = {{ name = \"a\"; cpus = {cpus}; ram = 512; nixos = false; }}; }}\n")
}

#[test]
fn a_mistake_is_underlined_and_the_line_goes_when_it_is_mended() {
    let deployment = Deployment::new(&machine("1"));
    let mut editor = Editor::open(&deployment);
    editor.did_open("deployment.nix", &machine("\"eight\""));
    let found = editor.diagnostics("deployment.nix", |list| !list.is_empty());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "LNX0301");
    assert_eq!(found[0]["severity"], 1);
    let column = machine("").lines().nth(1).expect("two lines").find("cpus = ").expect("it is there") + 7;
    let expected =
        json!({ "start": { "line": 1, "character": column }, "end": { "line": 1, "character": column + 7 } });
    assert_eq!(found[0]["range"], expected);

    // The unsaved buffer counts, not the file.
    editor.did_change("deployment.nix", 2, &machine("2"));
    editor.diagnostics("deployment.nix", <[Value]>::is_empty);
    editor.did_change("deployment.nix", 3, &machine("2 +"));
    let found = editor.diagnostics("deployment.nix", |list| !list.is_empty());
    assert_eq!(found[0]["code"], "LNX0101", "{found:?}");
    editor.close();
}

#[test]
fn columns_are_utf16() {
    let deployment = Deployment::new("");
    let mut editor = Editor::open(&deployment);
    let text = "{ deployment = { name = \"a\"; /* 😀 */ cpus = \"x\"; ram = 512; nixos = false; }; }\n";
    editor.did_open("deployment.nix", text);
    let found = editor.diagnostics("deployment.nix", |list| !list.is_empty());
    let before = text.split("\"x\"").next().expect("it is there");
    assert_eq!(found[0]["range"]["start"]["character"], before.encode_utf16().count(), "{found:?}");
    editor.close();
}

#[test]
fn a_buffer_takes_the_place_of_an_imported_file() {
    let text = "{ deployment = { name = \"a\"; nixos = false; } // import ./size.nix; }\n";
    let deployment = Deployment::new(text);
    deployment.write("size.nix", "{ cpus = 1; ram = 512; }\n");
    let mut editor = Editor::open(&deployment);
    editor.did_open("deployment.nix", text);
    editor.diagnostics("deployment.nix", <[Value]>::is_empty);
    editor.did_open("size.nix", "{ cpus = 1; ram = \"lots\"; }\n");
    let found = editor.diagnostics("size.nix", |list| !list.is_empty());
    assert_eq!(found[0]["code"], "LNX0301", "{found:?}");
    editor.close();
}
