//! The language server.

use std::io::{self, Cursor};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use launchnix_diagnostics::MemorySources;
use launchnix_lsp::{Environment, connect, serve};

/// A session: a message on each line, framed as the protocol wants it; a line that starts with `!` is sent as it is.
pub(crate) fn messages(input: &[u8]) {
    let mut session = Vec::new();
    for line in input.split(|&byte| byte == b'\n') {
        match line.strip_prefix(b"!") {
            Some(raw) => session.extend_from_slice(raw),
            None => {
                session.extend_from_slice(format!("Content-Length: {}\r\n\r\n", line.len()).as_bytes());
                session.extend_from_slice(line);
            }
        }
    }
    let (connection, writer) = connect(Cursor::new(session), io::sink());
    let environment = Environment {
        disk: Arc::new(MemorySources::new().with("/d/deployment.nix", "{ name = \"one\"; }")),
        search_path: Vec::new(),
        home: Some(PathBuf::from("/home/fuzz")),
        debounce: Duration::ZERO,
    };
    let _ = serve(&connection, environment);
    drop(connection);
    writer.finish().expect("nothing stands in the way of writing to nowhere");
}
