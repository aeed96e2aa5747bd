//! How files are named in a build directory: the same on every machine, and never by an absolute path that the
//! user did not write.

use std::path::{Component, Path, PathBuf};

use launchnix_diagnostics::{SourceMap, Span};
use launchnix_schema::values::{FileSource, UserFile, WrittenAs};
use sha2::{Digest as _, Sha256};

/// What paths are named relative to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    /// The deployment file's directory, absolute.
    pub(crate) directory: PathBuf,
    /// The user's home directory.
    pub(crate) home: Option<PathBuf>,
}

impl Base {
    /// The name of a file that was read: relative to the deployment file's directory, or to the home directory.
    pub(crate) fn name(&self, path: &Path) -> String {
        let relative = relative(&self.directory, path);
        if !relative.starts_with("..") {
            return relative.display().to_string();
        }
        if let Some(home) = &self.home
            && let Ok(below) = path.strip_prefix(home)
            && !self.directory.starts_with(home)
        {
            return Path::new("~").join(below).display().to_string();
        }
        relative.display().to_string()
    }

    /// A file as the manifest names it. `span` is the place of the option's value: it tells `/srv/a.iso`, which the
    /// user wrote, from `./a.iso`, which Nix made absolute.
    pub(crate) fn portable(&self, file: &UserFile, span: Span, sources: &SourceMap) -> String {
        if file.form == WrittenAs::String {
            return file.written.clone();
        }
        let source = sources.slice(span).trim_start();
        if source.starts_with('/') {
            return file.written.clone();
        }
        if source.starts_with("~/")
            && self.home.as_ref().is_some_and(|home| Path::new(&file.written).starts_with(home))
        {
            return source.to_owned();
        }
        relative(&self.directory, Path::new(&file.written)).display().to_string()
    }
}

/// `path` as seen from `directory`; both absolute and without `.` and `..`.
pub(crate) fn relative(directory: &Path, path: &Path) -> PathBuf {
    let mut here = directory.components().peekable();
    let mut there = path.components().peekable();
    while let (Some(one), Some(other)) = (here.peek(), there.peek()) {
        if one != other {
            break;
        }
        here.next();
        there.next();
    }
    let up = here.filter(|part| matches!(part, Component::Normal(_))).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(there).collect();
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

/// The name of a volume that holds a copy of a file: it says what it is, and differs for files that differ in where
/// they come from. `named` is the file's name in the manifest.
pub(crate) fn volume_name(kind: &str, source: &FileSource, named: &str) -> String {
    let (file_name, digest) = match source {
        FileSource::File(_) => (named.rsplit('/').next().unwrap_or(named), hash(named)),
        FileSource::Fetch(fetch) => {
            (fetch.name.as_str(), fetch.sha256.clone().unwrap_or_else(|| hash(&fetch.url)))
        }
    };
    let safe: String = file_name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+') { c } else { '-' })
        .take(100)
        .collect();
    let digest: String = digest.chars().take(8).collect();
    format!("{kind}-{digest}-{}", safe.trim_start_matches('.'))
}

/// SHA-256 as lower-case base 16.
pub(crate) fn hash(content: impl AsRef<[u8]>) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_seen_from_the_deployment() {
        let base = Base { directory: "/srv/fleet".into(), home: Some("/home/u".into()) };
        let name = |path: &str| base.name(Path::new(path));
        assert_eq!(name("/srv/fleet/web.nix"), "web.nix");
        assert_eq!(name("/srv/fleet/a/b.nix"), "a/b.nix");
        assert_eq!(name("/srv/keys/id.pub"), "../keys/id.pub");
        assert_eq!(name("/home/u/.ssh/id.pub"), "~/.ssh/id.pub");
        let inside = Base { directory: "/home/u/fleet".into(), home: Some("/home/u".into()) };
        assert_eq!(inside.name(Path::new("/home/u/keys/id.pub")), "../keys/id.pub");
    }
}
