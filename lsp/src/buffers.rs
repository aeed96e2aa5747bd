//! The editor's open buffers, and files as the compiler sees them: a buffer takes the place of its file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::TextDocumentContentChangeEvent as Change;
use launchnix_diagnostics::{FileKind, SourceFile, Sources};

use crate::position::Encoding;

/// An open buffer.
#[derive(Clone, Debug)]
pub(crate) struct Buffer {
    /// The URI as the client writes it, to be used towards the client.
    pub(crate) uri: String,
    pub(crate) version: i32,
    pub(crate) text: Arc<str>,
}

impl Buffer {
    /// Applies changes in order; a position counts on the text as the changes before left it.
    pub(crate) fn apply(&mut self, changes: &[Change], encoding: Encoding) {
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => {
                    self.text = whole.text.as_str().into();
                }
                Change::TextDocumentContentChangePartial(partial) => {
                    let file = SourceFile::new("", Arc::clone(&self.text));
                    let start = encoding.offset(&file, partial.range.start);
                    let end = encoding.offset(&file, partial.range.end).max(start);
                    let (before, after) = (&self.text[..start], &self.text[end..]);
                    self.text = [before, &partial.text, after].concat().into();
                }
            }
        }
    }
}

/// Open buffers by path.
pub(crate) type Buffers = BTreeMap<PathBuf, Buffer>;

/// The disk, with open buffers in place of their files.
pub(crate) struct Overlay {
    disk: Arc<dyn Sources + Send + Sync>,
    /// Texts by path, and again by the path without symbolic links: an evaluation may come to a file by another way
    /// than the editor.
    texts: BTreeMap<PathBuf, Arc<str>>,
}

impl Overlay {
    pub(crate) fn new(disk: Arc<dyn Sources + Send + Sync>, buffers: &Buffers) -> Self {
        let mut texts = BTreeMap::new();
        for (path, buffer) in buffers {
            texts.insert(real_path(&*disk, path), Arc::clone(&buffer.text));
        }
        // The editor's own name for a file wins over another buffer's link to it.
        texts.extend(buffers.iter().map(|(path, buffer)| (path.clone(), Arc::clone(&buffer.text))));
        Self { disk, texts }
    }

    fn text(&self, path: &Path) -> Option<&Arc<str>> {
        if self.texts.is_empty() {
            return None;
        }
        self.texts.get(path).or_else(|| self.texts.get(&real_path(&*self.disk, path)))
    }
}

impl Sources for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.text(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.disk.read(path),
        }
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        self.disk.read_start(path, length)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        // A buffer that was never saved is a file as well.
        self.disk
            .kind(path)
            .or_else(|error| if self.texts.contains_key(path) { Ok(FileKind::Regular) } else { Err(error) })
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        let mut entries = self.disk.read_dir(path)?;
        for buffer in self.texts.keys().filter(|buffer| buffer.parent() == Some(path)) {
            let name = buffer.file_name().unwrap_or_default().as_encoded_bytes();
            if entries.iter().all(|(other, _)| other != name) {
                entries.push((name.to_vec(), FileKind::Regular));
            }
        }
        Ok(entries)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.disk.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.disk
            .is_executable(path)
            .or_else(|error| if self.texts.contains_key(path) { Ok(false) } else { Err(error) })
    }
}

/// The path without symbolic links, as far as it exists.
pub(crate) fn real_path(disk: &dyn Sources, path: &Path) -> PathBuf {
    let mut left: Vec<_> = path.components().map(|part| part.as_os_str().to_owned()).rev().collect();
    let mut real = PathBuf::new();
    // Linux gives up after 40 links as well.
    let mut links = 40;
    while let Some(part) = left.pop() {
        if part == ".." {
            real.pop();
            continue;
        }
        if part == "." {
            continue;
        }
        let next = real.join(&part);
        match disk.read_link(&next) {
            Ok(target) if links > 0 => {
                links -= 1;
                left.extend(target.components().map(|part| part.as_os_str().to_owned()).rev());
                if target.is_absolute() {
                    real = PathBuf::new();
                }
            }
            _ => real = next,
        }
    }
    real
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{
        Position, Range, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument,
    };
    use launchnix_diagnostics::MemorySources;

    use super::*;

    fn partial(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        let position = |(line, character)| Position { line, character };
        #[expect(deprecated, reason = "the struct cannot be made without its deprecated field")]
        Change::TextDocumentContentChangePartial(TextDocumentContentChangePartial {
            range: Range { start: position(start), end: position(end) },
            range_length: None,
            text: text.into(),
        })
    }

    #[test]
    fn changes_build_on_each_other() {
        let mut buffer = Buffer { uri: String::new(), version: 1, text: "a 😀 b\nc\n".into() };
        buffer.apply(&[partial((0, 5), (0, 6), "B"), partial((0, 2), (0, 4), "")], Encoding::Utf16);
        assert_eq!(&*buffer.text, "a  B\nc\n");
        buffer.apply(&[partial((1, 0), (9, 9), "end"), partial((0, 0), (0, 0), "# ")], Encoding::Utf16);
        assert_eq!(&*buffer.text, "# a  B\nend");
        buffer.apply(&[partial((1, 3), (0, 0), "!")], Encoding::Utf16);
        assert_eq!(&*buffer.text, "# a  B\nend!", "a reversed range inserts");
        let whole = TextDocumentContentChangeWholeDocument { text: "new".into() };
        buffer.apply(&[Change::TextDocumentContentChangeWholeDocument(whole)], Encoding::Utf16);
        assert_eq!(&*buffer.text, "new");
    }

    #[test]
    fn a_buffer_hides_its_file_and_may_have_none() {
        let disk = MemorySources::new().with("/d/a.nix", "disk").with("/d/b.nix", "other");
        let buffer = |text: &str| Buffer { uri: String::new(), version: 1, text: text.into() };
        let buffers =
            Buffers::from([("/d/a.nix".into(), buffer("buffer")), ("/d/new.nix".into(), buffer("unsaved"))]);
        let overlay = Overlay::new(Arc::new(disk), &buffers);
        assert_eq!(overlay.read(Path::new("/d/a.nix")).unwrap(), b"buffer");
        assert_eq!(overlay.read(Path::new("/d/b.nix")).unwrap(), b"other");
        assert_eq!(overlay.read(Path::new("/d/new.nix")).unwrap(), b"unsaved");
        assert_eq!(overlay.kind(Path::new("/d/new.nix")).unwrap(), FileKind::Regular);
        assert!(overlay.exists(Path::new("/d/new.nix")) && !overlay.exists(Path::new("/d/no.nix")));
        assert_eq!(overlay.read_dir(Path::new("/d")).unwrap().len(), 3);
        assert!(overlay.read(Path::new("/d/no.nix")).is_err());
    }
}
