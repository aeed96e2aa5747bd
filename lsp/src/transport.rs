//! Messages over a pair of byte streams.
//!
//! `lsp-server` has this too, but ends the connection at the first message that is not JSON. One broken message
//! should cost no more than itself.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use lsp_server::{Connection, Message, Notification};

/// The notification that stands for a message that could not be read; it never comes from a client.
pub(crate) const MALFORMED: &str = "launchnix/malformedMessage";

/// No editor sends a file of this size, and no memory should be reserved for one that claims to.
const SIZE_LIMIT: usize = 256 << 20;

/// The thread that writes what the server sends.
#[derive(Debug)]
pub struct Writer(JoinHandle<io::Result<()>>);

impl Writer {
    /// Waits until everything is written; to be called after the connection was dropped.
    pub fn finish(self) -> io::Result<()> {
        self.0.join().unwrap_or_else(|_| Err(io::Error::other("the writing thread panicked")))
    }
}

/// Makes a connection of a client's output and input.
pub fn connect(
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
) -> (Connection, Writer) {
    // Reading waits for the server, so that a client that floods it is slowed down; the server never waits for the
    // client, or the two could wait for each other.
    let (to_server, receiver) = bounded(64);
    let (sender, to_client) = unbounded();
    thread::spawn(move || read_all(input, &to_server));
    let writer = thread::spawn(move || write_all(output, &to_client));
    (Connection { sender, receiver }, Writer(writer))
}

fn write_all(mut output: impl Write, messages: &Receiver<Message>) -> io::Result<()> {
    messages.iter().try_for_each(|message| message.write(&mut output))
}

fn read_all(mut input: impl BufRead, server: &Sender<Message>) {
    loop {
        let message = match read_body(&mut input) {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(problem))) => Message::Notification(Notification::new(MALFORMED.to_owned(), problem)),
            Ok(None) | Err(_) => return,
        };
        let is_exit =
            matches!(&message, Message::Notification(notification) if notification.method == "exit");
        if server.send(message).is_err() || is_exit {
            return;
        }
    }
}

/// The next message, or what is wrong with it; `None` at the end of the input.
fn read_body(input: &mut impl BufRead) -> io::Result<Option<Result<Message, String>>> {
    let Some(header) = read_header(input)? else { return Ok(None) };
    let length = match header {
        Ok(length) => length,
        Err(problem) => return Ok(Some(Err(problem))),
    };
    if length > SIZE_LIMIT {
        io::copy(&mut input.by_ref().take(length as u64), &mut io::sink())?;
        return Ok(Some(Err(format!("a message of {length} bytes"))));
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Some(serde_json::from_slice(&body).map_err(|error| error.to_string())))
}

/// The length that a header gives. After a line that is no header, the next header is looked for.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Result<usize, String>>> {
    let mut length = None;
    let mut garbage = None;
    loop {
        let mut line = Vec::new();
        // A line without end must not fill the memory.
        if input.by_ref().take(4096).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match line.split_once(':') {
            None if line.is_empty() => match (length, garbage.take()) {
                (Some(length), _) => return Ok(Some(Ok(length))),
                (None, Some(problem)) => return Ok(Some(Err(problem))),
                (None, None) => {}
            },
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                match value.trim().parse() {
                    Ok(value) => length = Some(value),
                    Err(_) => garbage = Some(format!("the length `{}`", value.trim())),
                }
            }
            Some((name, _)) if name.eq_ignore_ascii_case("content-type") => {}
            _ => garbage = Some(format!("the header `{line}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn methods(input: String) -> Vec<String> {
        let (connection, writer) = connect(io::Cursor::new(input.into_bytes()), io::sink());
        let methods = connection
            .receiver
            .iter()
            .map(|message| match message {
                Message::Request(request) => request.method,
                Message::Notification(notification) => notification.method,
                Message::Response(_) => "response".to_owned(),
            })
            .collect();
        drop(connection);
        writer.finish().unwrap();
        methods
    }

    #[test]
    fn broken_messages_cost_only_themselves() {
        let good = frame(r#"{"jsonrpc":"2.0","method":"a"}"#);
        let input = [
            good.as_str(),
            &frame("{ not json"),
            &frame("[1, 2]"),
            &frame(""),
            "Content-Length: many\r\n\r\n",
            "nonsense\r\n\r\n",
            "\r\n",
            &good.replace("Content-Length", "content-type: x\r\ncontent-length"),
            "Content-Length: 99\r\n\r\n{",
        ]
        .concat();
        let broken = MALFORMED;
        assert_eq!(methods(input), ["a", broken, broken, broken, broken, broken, "a"]);
    }

    #[test]
    fn reading_ends_with_exit() {
        let input =
            frame(r#"{"jsonrpc":"2.0","method":"exit"}"#) + &frame(r#"{"jsonrpc":"2.0","method":"a"}"#);
        assert_eq!(methods(input), ["exit"]);
    }
}
