//! `launchnix check -`: a deployment that no file holds (yet), as an editor or another program hands it over.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};

use crate::arguments::CheckArguments;
use crate::deployment_file::{self, DeploymentFile};
use crate::disk_sources::DiskSources;
use crate::failure::Failure;

/// What stands for standard input on the command line. A file of that name is `./-`.
const NAME: &str = "-";

/// What standard input is called where the command line gives it no name.
const DISPLAY: &str = "<stdin>";

/// The most bytes that are read: as many as of a file.
const LIMIT: u64 = 1 << 30;

/// The disk, with standard input as one of its files.
pub(crate) struct StandardInput {
    pub(crate) file: DeploymentFile,
    content: Vec<u8>,
}

impl StandardInput {
    /// Reads the deployment where the command line says that it comes this way.
    pub(crate) fn read(arguments: &CheckArguments, current: &Path) -> Result<Option<Self>, Failure> {
        let is_named = arguments.deployment.file.as_deref() == Some(Path::new(NAME));
        match &arguments.deployment.file {
            Some(file) if !is_named && arguments.stdin_filename.is_some() => {
                return Err(Failure::StandardInputAndFile(file.clone()));
            }
            None if arguments.stdin_filename.is_none() => return Ok(None),
            Some(_) if !is_named => return Ok(None),
            _ => {}
        }
        if arguments.watch {
            return Err(Failure::StandardInputWatched);
        }
        let format = arguments.output.format;
        if arguments.fix && format.is_for_programs() {
            return Err(Failure::StandardInputFixed);
        }
        let mut content = Vec::new();
        let read = io::stdin().lock().take(LIMIT + 1).read_to_end(&mut content);
        read.map_err(Failure::StandardInput)?;
        if content.len() as u64 > LIMIT {
            let error = io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 GiB");
            return Err(Failure::StandardInput(error));
        }
        Ok(Some(Self { file: file(arguments.stdin_filename.as_deref(), current), content }))
    }

    /// What was read.
    pub(crate) fn content(&self) -> &[u8] {
        &self.content
    }

    fn is(&self, path: &Path) -> bool {
        path == self.file.path
    }
}

/// The file that standard input is taken for. It need not exist, but what it imports is found from there.
fn file(name: Option<&Path>, current: &Path) -> DeploymentFile {
    let path = deployment_file::normal(&current.join(name.unwrap_or(Path::new(DISPLAY))));
    DeploymentFile { path, display: name.map_or(DISPLAY.to_owned(), |name| name.display().to_string()) }
}

impl Sources for StandardInput {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.is(path) { Ok(self.content.clone()) } else { DiskSources.read(path) }
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        if !self.is(path) {
            return DiskSources.read_start(path, length);
        }
        Ok(self.content[..length.min(self.content.len())].to_vec())
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if self.is(path) { Ok(FileKind::Regular) } else { DiskSources.kind(path) }
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        DiskSources.read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        DiskSources.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        if self.is(path) { Ok(false) } else { DiskSources.is_executable(path) }
    }

    fn exists(&self, path: &Path) -> bool {
        self.is(path) || DiskSources.exists(path)
    }

    fn modified(&self, path: &Path) -> Option<i64> {
        DiskSources.modified(path)
    }
}
