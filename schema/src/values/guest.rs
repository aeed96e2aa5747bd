//! Values that concern the inside of a guest, and what morph does with it.

use std::borrow::Cow;

use launchnix_diagnostics::{Code, Span};

use super::UserFile;
use super::name::name;
use crate::decode::{Malformed, string_literal};
use crate::option::Placeholder;

name! {
    /// A word that machines are chosen by.
    Tag, "a tag", r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$", tag
}
name! {
    /// The name that a guest knows a shared folder by.
    FolderTag, "a shared folder's name", r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,35}$", folder
}
name! {
    /// An absolute path inside of a guest.
    GuestPath, "an absolute path in the guest", r"^/", guest_path
}
name! {
    /// Who may do what with a file, as octal digits: `0440`.
    Permissions, "the permissions of a file in octal digits", r"^[0-7]{3,4}$", permissions
}
name! {
    /// A host: its name or its address.
    HostName, "a host's name or address", r"^[A-Za-z0-9._:-]+$", host
}
name! {
    /// The path of a URL: `/healthz`.
    UrlPath, "the path of a URL", r"^/\S*$", url_path
}
name! {
    /// The name of an HTTP header.
    HeaderName, "a header's name", r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", header
}
name! {
    /// The name of a secret.
    SecretName, "a secret's name", r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$", secret
}

/// A text that a deployment holds: in place, or in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The text itself.
    Text(String),
    /// A file with the text, and what it held when the deployment was checked.
    File {
        /// The file.
        file: UserFile,
        /// Its content.
        text: String,
    },
}

impl Content {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::File { text, .. } => text,
        }
    }
}

impl Permissions {
    /// For the owner to read, and for nobody else.
    pub fn private() -> Self {
        Self::new("0400").expect("four octal digits")
    }
}

impl GuestPath {
    /// The path without slashes that say nothing: what two spellings of one place have in common.
    pub(crate) fn plain(&self) -> Cow<'_, str> {
        if !self.as_str().contains("//") {
            return Cow::Borrowed(self.as_str().trim_end_matches('/'));
        }
        let parts = self.as_str().split('/').filter(|part| !part.is_empty());
        Cow::Owned(parts.flat_map(|part| ["/", part]).collect())
    }
}

impl UrlPath {
    /// The path of a whole host.
    pub fn root() -> Self {
        Self::new("/").expect("a path begins with a slash")
    }
}

impl Placeholder for GuestPath {
    fn placeholder(_key: Span) -> Self {
        Self::new("/placeholder").expect("an absolute path")
    }
}

fn tag(text: &str) -> Result<(), Malformed> {
    word(text, 63, "a tag")
}

fn secret(text: &str) -> Result<(), Malformed> {
    word(text, 255, "the name of a secret")
}

/// A word that no shell, file system or URL gives a meaning of its own.
fn word(text: &str, longest: usize, what: &str) -> Result<(), Malformed> {
    let invalid =
        |start, end, reason: String| Err(Malformed::new(start..end, reason).coded(Code::InvalidName));
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        let reason = format!("only letters, digits, `-`, `_` and `.` can stand in {what}");
        return invalid(at, at + letter.len_utf8(), reason);
    }
    if text.is_empty() {
        return invalid(0, 0, format!("{what} is not empty"));
    }
    if text.len() > longest {
        return invalid(longest, text.len(), format!("{what} has at most {longest} characters"));
    }
    if text.starts_with(['-', '.']) {
        return invalid(0, 1, format!("{what} does not start with `-` or `.`"));
    }
    Ok(())
}

fn folder(text: &str) -> Result<(), Malformed> {
    // A virtio file system's tag has 36 bytes (virtio 1.2, 5.11.4).
    word(text, 36, "the name of a shared folder")
}

fn guest_path(text: &str) -> Result<(), Malformed> {
    if !text.starts_with('/') {
        return Err(Malformed::new(0..text.len(), "a path in the guest starts with `/`")
            .with_help(format!("write `\"/{}\"`", text.trim_start_matches(['~', '/', '.']))));
    }
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| letter.is_control()) {
        return Err(Malformed::new(at..at + letter.len_utf8(), "a control character"));
    }
    let mut start = 0;
    for part in text.split('/') {
        if part == ".." || part == "." {
            return Err(Malformed::new(start..start + part.len(), "write the path without `.` and `..`"));
        }
        start += part.len() + 1;
    }
    if text.trim_end_matches('/').is_empty() {
        return Err(Malformed::new(0..text.len(), "the root directory is taken"));
    }
    Ok(())
}

fn permissions(text: &str) -> Result<(), Malformed> {
    let example = "`\"0400\"` lets the owner read, `\"0440\"` the group too";
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !('0'..='7').contains(letter)) {
        return Err(Malformed::new(at..at + letter.len_utf8(), "an octal digit is 0 to 7").with_help(example));
    }
    if !(3..=4).contains(&text.len()) {
        return Err(Malformed::new(0..text.len(), "three or four octal digits are needed").with_help(example));
    }
    Ok(())
}

fn host(text: &str) -> Result<(), Malformed> {
    if text.is_empty() {
        return Err(Malformed::new(0..0, "a host's name is not empty"));
    }
    if let Some(at) = text.find("://") {
        return Err(Malformed::new(0..at + 3, "the protocol has an option of its own")
            .with_help(format!("write `scheme = \"{}\";`", &text[..at])));
    }
    if let Some(at) = text.find('/') {
        return Err(Malformed::new(at..text.len(), "the path has an option of its own")
            .with_help(format!("write `path = \"{}\";`", &text[at..])));
    }
    if text.parse::<std::net::IpAddr>().is_ok() {
        return Ok(());
    }
    if let Some(at) = text.find(':') {
        return Err(Malformed::new(at..text.len(), "the port has an option of its own")
            .with_help(format!("write `port = {};`", &text[at + 1..])));
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    match text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        Some((at, letter)) => Err(Malformed::new(
            at..at + letter.len_utf8(),
            "only letters, digits, `-` and `.` can stand in a host's name",
        )),
        None => Ok(()),
    }
}

fn url_path(text: &str) -> Result<(), Malformed> {
    if let Some(scheme) = text.find("://") {
        let end = text[scheme + 3..].find('/').map_or(text.len(), |at| scheme + 3 + at);
        let path = if end < text.len() { &text[end..] } else { "/" };
        let help = format!("write `{}`; `scheme`, `host` and `port` say the rest", string_literal(path));
        return Err(Malformed::new(0..end, "the host has an option of its own")
            .with_help(help)
            .rewritten(path, false));
    }
    if !text.starts_with('/') {
        return Err(Malformed::new(0..text.len(), "the path of a URL starts with `/`")
            .with_help(format!("write `\"/{text}\"`")));
    }
    match text.char_indices().find(|(_, letter)| letter.is_whitespace() || letter.is_control()) {
        Some((at, letter)) => Err(Malformed::new(at..at + letter.len_utf8(), "a URL has no space in it")
            .with_help("write `%20` for a space")),
        None => Ok(()),
    }
}

fn header(text: &str) -> Result<(), Malformed> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    match text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        Some((at, letter)) => Err(Malformed::new(
            at..at + letter.len_utf8(),
            "only letters, digits and `-` can stand in a header's name",
        )),
        None if text.is_empty() => Err(Malformed::new(0..0, "a header's name is not empty")),
        None => Ok(()),
    }
}

/// What is spelt as a path: one line that begins like one.
pub(crate) fn looks_like_a_path(text: &str) -> bool {
    !text.contains('\n') && ["/", "./", "../", "~/"].iter().any(|start| text.starts_with(start))
}
