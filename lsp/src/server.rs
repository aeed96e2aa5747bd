//! The life of a session.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select_biased};
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, InitializeResult, LogMessageParams, MessageType, PublishDiagnosticsParams,
    Save, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSync, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use launchnix_diagnostics::{Code, Diagnostic, Sources};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::buffers::{Buffer, Buffers, Overlay, real_path};
use crate::position::Encoding;
use crate::publish::{self, Client};
use crate::roots::{Kind, Roots};
use crate::worker::{self, Check, Finished, Job};
use crate::{Environment, fixes, transport, uri};

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said `shutdown`, then `exit`.
    Properly,
    /// The client went away, or said `exit` without `shutdown`: the protocol wants exit status 1.
    Abruptly,
}

/// Serves one client until it leaves.
#[must_use]
pub fn serve(connection: &Connection, environment: Environment) -> Ended {
    serve_with(connection, environment, launchnix_compiler::check)
}

/// [`serve`] with another way of checking.
pub(crate) fn serve_with(connection: &Connection, environment: Environment, check: Check) -> Ended {
    let Ok((id, initialize)) = connection.initialize_start() else { return Ended::Abruptly };
    let encoding = Encoding::negotiate(&initialize);
    let result = InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                will_save: None,
                will_save_wait_until: None,
                save: Some(Save::SaveOptions(SaveOptions { include_text: Some(false) })),
            })),
            code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                ..CodeActionOptions::default()
            })),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: "launchnix".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    let (jobs, results) = worker::start(check);
    let has = |pointer: &str| initialize.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
    let mut session = Session {
        client: connection.sender.clone(),
        environment,
        encoding,
        has_related: has("/capabilities/textDocument/publishDiagnostics/relatedInformation"),
        can_watch: has("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        buffers: Buffers::new(),
        roots: Roots::default(),
        due: BTreeMap::new(),
        running: None,
        published: BTreeSet::new(),
        jobs,
        is_shut_down: false,
    };
    session.send(Response::new_ok(id, result));
    session.run(&connection.receiver, &results)
}

struct Session {
    client: Sender<Message>,
    environment: Environment,
    encoding: Encoding,
    has_related: bool,
    can_watch: bool,
    buffers: Buffers,
    roots: Roots,
    /// Roots to be checked, and from when on.
    due: BTreeMap<PathBuf, Instant>,
    running: Option<Running>,
    /// Files that the client shows diagnostics for.
    published: BTreeSet<PathBuf>,
    jobs: Sender<Job>,
    is_shut_down: bool,
}

/// The check that is under way.
struct Running {
    root: PathBuf,
    cancelled: Arc<AtomicBool>,
}

impl Session {
    fn run(&mut self, messages: &Receiver<Message>, results: &Receiver<Finished>) -> Ended {
        loop {
            let wait = self.start_due();
            select_biased! {
                recv(messages) -> message => match message {
                    Ok(Message::Request(request)) => self.request(request),
                    Ok(Message::Notification(notification)) if notification.method == "exit" => {
                        self.cancel_running(|_| true);
                        return if self.is_shut_down { Ended::Properly } else { Ended::Abruptly };
                    }
                    Ok(Message::Notification(notification)) => self.notification(notification),
                    // The answer to the registration of a watcher, the only request that is ever made.
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ended::Abruptly,
                },
                recv(results) -> finished => match finished {
                    Ok(finished) => self.finished(finished),
                    Err(_) => return Ended::Abruptly,
                },
                default(wait) => {}
            }
        }
    }

    fn request(&mut self, request: Request) {
        let response = if self.is_shut_down {
            Response::new_err(
                request.id,
                ErrorCode::InvalidRequest as i32,
                "the server is shut down".to_owned(),
            )
        } else if request.method == "shutdown" {
            self.is_shut_down = true;
            self.due.clear();
            self.cancel_running(|_| true);
            Response::new_ok(request.id, Value::Null)
        } else if request.method == "textDocument/codeAction" {
            match serde_json::from_value::<CodeActionParams>(request.params) {
                Ok(params) => Response::new_ok(request.id, self.code_actions(&params)),
                Err(error) => {
                    Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string())
                }
            }
        } else {
            let message = format!("there is no method `{}`", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        };
        self.send(response);
    }

    /// The fixes of the diagnostics in a range; none while what is shown may be out of date.
    fn code_actions(&self, params: &CodeActionParams) -> Vec<Value> {
        let Some(path) = uri::to_path(&params.text_document.uri.0) else { return Vec::new() };
        let is_open_question = |root: &PathBuf| {
            self.due.contains_key(root) || self.running.as_ref().is_some_and(|running| running.root == *root)
        };
        if self.readers(&path).iter().any(is_open_question) {
            return Vec::new();
        }
        fixes::actions(&self.roots.diagnostics(&path), params.range)
    }

    fn notification(&mut self, notification: Notification) {
        if self.is_shut_down {
            return;
        }
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.watch_files(),
            "textDocument/didOpen" => self.with(&method, params, Self::did_open),
            "textDocument/didChange" => self.with(&method, params, Self::did_change),
            "textDocument/didSave" => self.with(&method, params, Self::did_save),
            "textDocument/didClose" => self.with(&method, params, Self::did_close),
            "workspace/didChangeWatchedFiles" => self.with(&method, params, Self::did_change_files),
            transport::MALFORMED => {
                self.log(MessageType::Warning, &format!("a message could not be read: {params}"));
            }
            // Whatever else a client tells: settings, workspace folders, `$/` messages that may be ignored.
            _ => {}
        }
    }

    /// Calls a handler with a notification's parameters, if they are what the protocol says.
    fn with<P: DeserializeOwned>(&mut self, method: &str, params: Value, handle: fn(&mut Self, &P)) {
        match serde_json::from_value(params) {
            Ok(params) => handle(self, &params),
            Err(error) => self.log(MessageType::Warning, &format!("`{method}` could not be read: {error}")),
        }
    }

    fn did_open(&mut self, params: &DidOpenTextDocumentParams) {
        let document = &params.text_document;
        let Some(path) = uri::to_path(&document.uri.0) else { return };
        let buffer = Buffer {
            uri: document.uri.0.clone(),
            version: document.version,
            text: document.text.as_str().into(),
        };
        self.buffers.insert(path.clone(), buffer);
        self.touch(&path, Duration::ZERO);
    }

    fn did_change(&mut self, params: &DidChangeTextDocumentParams) {
        let uri = &params.text_document.text_document_identifier.uri;
        let Some(path) = uri::to_path(&uri.0) else { return };
        let Some(buffer) = self.buffers.get_mut(&path) else {
            self.log(MessageType::Warning, &format!("a change of `{}`, which is not open", uri.0));
            return;
        };
        buffer.apply(&params.content_changes, self.encoding);
        buffer.version = params.text_document.version;
        self.touch(&path, self.environment.debounce);
    }

    fn did_save(&mut self, params: &DidSaveTextDocumentParams) {
        if let Some(path) = uri::to_path(&params.text_document.uri.0) {
            self.touch(&path, Duration::ZERO);
        }
    }

    fn did_close(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(path) = uri::to_path(&params.text_document.uri.0) else { return };
        if self.buffers.remove(&path).is_none() {
            return;
        }
        // From now on the file counts, for those that still read it.
        for root in self.readers(&path) {
            self.schedule(root, Duration::ZERO);
        }
        self.forget_unread();
    }

    fn did_change_files(&mut self, params: &DidChangeWatchedFilesParams) {
        for change in &params.changes {
            let Some(path) = uri::to_path(&change.uri.0) else { continue };
            for root in self.readers(&path) {
                self.schedule(root, self.environment.debounce);
            }
        }
    }

    /// Asks the client to tell when a file changes that is not open: an imported module, a key.
    fn watch_files(&mut self) {
        if !self.can_watch {
            return;
        }
        let watchers = json!([{ "globPattern": "**/*.nix" }, { "globPattern": "**/*.pub" }]);
        let registration = json!({
            "id": "launchnix-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let id = "launchnix-watch".to_owned().into();
        let params = json!({ "registrations": [registration] });
        self.send(Request::new(id, "client/registerCapability".to_owned(), params));
    }

    /// A buffer changed: whatever depends on it is to be checked.
    fn touch(&mut self, path: &Path, delay: Duration) {
        let Some(buffer) = self.buffers.get(path) else { return };
        let text = Arc::clone(&buffer.text);
        // Not at every keystroke: a deployment above that does not import the file is evaluated for nothing.
        let files = delay.is_zero().then(|| self.files());
        let files = files.as_ref().map(|files| files as &dyn Sources);
        let mut roots = self.roots.of(path, &text, files);
        roots.extend(self.readers(path));
        for root in roots {
            self.schedule(root, delay);
        }
    }

    fn files(&self) -> Overlay {
        Overlay::new(Arc::clone(&self.environment.disk), &self.buffers)
    }

    /// The roots that read a file, under this name or the one without symbolic links.
    fn readers(&self, path: &Path) -> Vec<PathBuf> {
        let mut readers = self.roots.readers(path);
        readers.extend(self.roots.readers(&real_path(&*self.environment.disk, path)));
        readers
    }

    fn schedule(&mut self, root: PathBuf, delay: Duration) {
        self.cancel_running(|running| running == root);
        self.due.insert(root, Instant::now() + delay);
    }

    fn cancel_running(&self, which: impl Fn(&Path) -> bool) {
        if let Some(running) = &self.running
            && which(&running.root)
        {
            running.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Starts the check that is due, if none is under way; says how long to wait for the next.
    fn start_due(&mut self) -> Duration {
        const LONG: Duration = Duration::from_hours(1);
        if self.running.is_some() {
            return LONG;
        }
        let Some((root, &when)) = self.due.iter().min_by_key(|(_, when)| **when) else { return LONG };
        let wait = when.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            return wait;
        }
        let root = root.clone();
        self.due.remove(&root);
        let Some(state) = self.roots.0.get(&root) else { return Duration::ZERO };
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = Job {
            kind: state.kind,
            files: self.files(),
            disk: Arc::clone(&self.environment.disk),
            search_path: self.environment.search_path.clone(),
            home: self.environment.home.clone(),
            versions: self.buffers.iter().map(|(path, buffer)| (path.clone(), buffer.version)).collect(),
            cancelled: Arc::clone(&cancelled),
            root: root.clone(),
        };
        self.running = Some(Running { root, cancelled });
        // The worker takes one job at a time and has none, so that this does not wait.
        if self.jobs.send(job).is_err() {
            self.running = None;
        }
        LONG
    }

    fn finished(&mut self, finished: Finished) {
        self.running = None;
        let Finished { root, versions, cancelled, mut inputs, checked } = finished;
        let Some(state) = self.roots.0.get(&root) else { return };
        let kind = state.kind;
        let mut checked = match checked {
            _ if cancelled.load(Ordering::Relaxed) => return,
            Ok(checked) => checked,
            Err(panic) => {
                let message =
                    format!("checking `{}` failed, which is a bug of Launchnix: {panic}", root.display());
                self.log(MessageType::Error, &message);
                return;
            }
        };
        inputs.insert(root.clone());
        if kind == Kind::Candidate && !self.buffers.keys().any(|path| self.is_among(&inputs, path)) {
            self.roots.0.remove(&root);
            return;
        }
        checked.diagnostics.retain(|diagnostic| counts(diagnostic, kind, &root));
        let client =
            Client { encoding: self.encoding, has_related: self.has_related, uri: &|path| self.uri(path) };
        let found = publish::by_file(&checked, &root, &self.files(), &client);
        let found: BTreeMap<PathBuf, _> =
            found.into_iter().map(|(path, list)| (self.known(path), list)).collect();

        // Open files get their diagnostics even where there are none, so that the editor knows that all is well.
        let mut affected: BTreeSet<PathBuf> =
            self.buffers.keys().filter(|path| self.is_among(&inputs, path)).cloned().collect();
        affected.extend(found.keys().cloned());
        if let Some(state) = self.roots.0.get_mut(&root) {
            affected.extend(state.found.keys().cloned());
            state.found = found;
            state.inputs = inputs;
            if state.kind == Kind::Candidate {
                state.kind = Kind::Deployment;
            }
            if state.kind == Kind::Deployment {
                self.roots.drop_covered(&root);
            }
        }
        self.publish(affected, &versions);
    }

    fn is_among(&self, inputs: &BTreeSet<PathBuf>, path: &Path) -> bool {
        inputs.contains(path) || inputs.contains(&real_path(&*self.environment.disk, path))
    }

    /// The path under which a file is open, where it is open under another name.
    fn known(&self, path: PathBuf) -> PathBuf {
        if self.buffers.contains_key(&path) {
            return path;
        }
        let disk = &*self.environment.disk;
        let real = real_path(disk, &path);
        self.buffers.keys().find(|open| real_path(disk, open) == real).cloned().unwrap_or(path)
    }

    fn uri(&self, path: &Path) -> String {
        let path = self.known(path.to_owned());
        self.buffers.get(&path).map_or_else(|| uri::from_path(&path), |buffer| buffer.uri.clone())
    }

    fn publish(&mut self, paths: BTreeSet<PathBuf>, versions: &BTreeMap<PathBuf, i32>) {
        for path in paths {
            let diagnostics = self.roots.diagnostics(&path);
            let is_open = self.buffers.contains_key(&path);
            if diagnostics.is_empty() && !is_open && !self.published.contains(&path) {
                continue;
            }
            if diagnostics.is_empty() {
                self.published.remove(&path);
            } else {
                self.published.insert(path.clone());
            }
            let version = versions.get(&path).copied().filter(|_| is_open);
            let params = PublishDiagnosticsParams { uri: self.uri(&path).into(), version, diagnostics };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }

    /// Drops the roots that no open buffer has to do with, and their diagnostics.
    fn forget_unread(&mut self) {
        let unread: Vec<PathBuf> = self
            .roots
            .0
            .iter()
            .filter(|(_, root)| root.kind != Kind::Candidate || self.buffers.is_empty())
            .filter(|(_, root)| !self.buffers.keys().any(|path| self.is_among(&root.inputs, path)))
            .map(|(path, _)| path.clone())
            .collect();
        let mut affected = BTreeSet::new();
        for path in unread {
            self.due.remove(&path);
            self.cancel_running(|running| running == path);
            if let Some(root) = self.roots.0.remove(&path) {
                affected.extend(root.found.into_keys());
            }
        }
        self.publish(affected, &BTreeMap::new());
    }

    fn log(&self, kind: MessageType, message: &str) {
        let params = LogMessageParams { kind, message: message.to_owned() };
        self.send(Notification::new("window/logMessage".to_owned(), params));
    }

    fn send(&self, message: impl Into<Message>) {
        // A client that is gone is noticed when it is listened to.
        let _ = self.client.send(message.into());
    }
}

/// Whether a diagnostic says something about this file to someone who edits it.
fn counts(diagnostic: &Diagnostic, kind: Kind, root: &Path) -> bool {
    let is_syntax = diagnostic.code.as_str().starts_with("LNX01");
    let is_deployment_by_name = root.file_name().is_some_and(|name| name == "deployment.nix");
    // What only looks like a deployment may be something else: a set with other keys, or a NixOS module, which is a
    // function that nobody calls here.
    let is_something_else = match diagnostic.code {
        Code::NotADeployment => true,
        Code::Evaluation => diagnostic.message.contains("called without required argument"),
        _ => false,
    };
    match kind {
        Kind::Standalone => is_syntax,
        Kind::Deployment | Kind::Candidate => is_deployment_by_name || !is_something_else,
    }
}
