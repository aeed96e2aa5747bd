//! Files that a deployment names.

use std::path::{Path, PathBuf};

use crate::Fetch;
use crate::decode::{FromText, Malformed, decode_from_text};

/// How the user wrote a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenAs {
    /// A Nix path: `./key.pub`.
    Path,
    /// A string: `"~/key.pub"`.
    String,
}

/// A file on the machine that runs Launchnix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFile {
    /// What stands in the deployment; a Nix path is absolute here already, as the evaluator makes it.
    pub written: String,
    /// Whether it was a Nix path or a string.
    pub form: WrittenAs,
    /// The absolute path: relative strings start at the deployment file's directory, `~` is the home directory.
    /// `None` only for `~` where no home directory is known.
    pub absolute: Option<PathBuf>,
}

/// Where the content of a file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSource {
    /// A file on the machine that runs Launchnix.
    File(UserFile),
    /// A download, which stays a promise until `apply`.
    Fetch(Fetch),
}

/// An absolute path on the hypervisor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPath(String);

impl HostPath {
    /// The path.
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A block device on the hypervisor: `/dev/disk/by-id/…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DevicePath(String);

impl DevicePath {
    /// The block device that a text names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_text(text).ok()
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The disk that this is a partition of, as far as its name tells.
    pub fn whole_disk(&self) -> Option<Self> {
        let stem = self.0.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if stem.len() == self.0.len() {
            return None;
        }
        let whole = if let Some(whole) = stem.strip_suffix("-part") {
            whole
        } else if let Some(whole) =
            stem.strip_suffix('p').filter(|whole| whole.ends_with(|c: char| c.is_ascii_digit()))
        {
            // Disks whose names end with a digit: `nvme0n1p1`, `mmcblk0p1`, `nbd0p1`.
            whole
        } else {
            let name = stem.strip_prefix("/dev/")?;
            let lettered = ["sd", "vd", "hd", "xvd"].iter().find_map(|kind| name.strip_prefix(kind))?;
            let letters = !lettered.is_empty() && lettered.bytes().all(|byte| byte.is_ascii_lowercase());
            letters.then_some(stem)?
        };
        Some(Self(whole.to_owned()))
    }
}

impl HostPath {
    /// The path that an absolute path in UTF-8 without control characters is.
    pub(crate) fn from_path(path: &Path) -> Option<Self> {
        Self::from_text(path.to_str()?).ok()
    }
}

/// What is wrong with a path that has space around it, which is never seen and never meant.
fn spaced(text: &str) -> Option<Malformed> {
    let plain = text.trim();
    let start = text.len() - text.trim_start().len();
    let range = match (start, start + plain.len()) {
        _ if plain.is_empty() => return None,
        (0, end) if end == text.len() => return None,
        (0, end) => end..text.len(),
        (start, _) => 0..start,
    };
    let malformed = Malformed::new(range, "a path has no space around it");
    Some(if plain.contains(char::is_control) { malformed } else { malformed.rewritten(plain, true) })
}

/// Whether a text is a plain absolute path.
fn absolute(text: &str, example: &str) -> Result<(), Malformed> {
    if let Some(malformed) = spaced(text) {
        return Err(malformed);
    }
    if !text.starts_with('/') {
        return Err(Malformed::new(0..text.len(), "a path on the hypervisor starts with `/`").with_help(
            if text.starts_with('~') {
                format!("`~` means nothing there: write the whole path, for example `\"{example}\"`")
            } else {
                format!("for example `\"{example}\"`")
            },
        ));
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
    Ok(())
}

/// An absolute path in its usual spelling, without slashes that say nothing.
fn plain(text: &str) -> String {
    let parts: Vec<_> = text.split('/').filter(|part| !part.is_empty()).collect();
    format!("/{}", parts.join("/"))
}

impl FromText for HostPath {
    const FORM: &'static str = "an absolute path on the hypervisor";
    const PATTERN: &'static str = "^/";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        absolute(text, "/var/lib/libvirt/images")?;
        Ok(Self(plain(text)))
    }
}

impl FromText for DevicePath {
    const FORM: &'static str = "a block device of the hypervisor";
    const PATTERN: &'static str = "^/dev/";

    fn from_text(text: &str) -> Result<Self, Malformed> {
        let example = "/dev/disk/by-id/ata-Samsung_SSD_870_S5Y1";
        absolute(text, example)?;
        if text.strip_prefix("/dev/").is_none_or(|rest| rest.trim_matches('/').is_empty()) {
            return Err(Malformed::new(0..text.len(), "a block device lives in `/dev`").with_help(format!(
                "for example `\"{example}\"`; for an image file use `fromImage` or `fromBackup`"
            )));
        }
        Ok(Self(plain(text)))
    }
}

impl std::fmt::Display for HostPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for DevicePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

decode_from_text!(DevicePath);
