//! The files that guests are evaluated from: those of a build directory, laid over what is on disk.

use std::io;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, MemorySources, Sources, Span};
use launchnix_schema::{Deployment, Form};

use crate::check::Checked;
use crate::machine::MachineDraft;
use crate::{guest, image, nix};

/// A directory beside the deployment file that nobody has.
const DIRECTORY: &str = ".launchnix-guests";

/// A guest to evaluate.
pub(super) struct BuiltGuest {
    /// The machine's name.
    pub(super) name: String,
    /// The place of the machine, in the sources of the check.
    pub(super) span: Span,
    /// Where its own `machine` is in the deployment: attribute by attribute.
    pub(super) modules: Vec<Vec<String>>,
    /// The place of `machine`: its own before the fleet's.
    pub(super) module_span: Option<Span>,
}

/// The files of a build directory that does not exist.
pub(super) struct Build<'s> {
    disk: &'s (dyn Sources + Sync),
    files: MemorySources,
    /// The directory of these files.
    pub(super) directory: PathBuf,
    /// What it is about.
    pub(super) guests: Vec<BuiltGuest>,
}

impl<'s> Build<'s> {
    pub(super) fn new(disk: &'s (dyn Sources + Sync), deployment: &Deployment, checked: &Checked) -> Self {
        let directory = checked.base.directory.join(DIRECTORY);
        let mut files = MemorySources::new();
        let mut add = |name: &str, text: String| files.insert(directory.join(name), text);
        let from_build = checked.clone().placed(&directory).from_build;
        let (path, text) = guest::MODULE;
        add(path, text.to_owned());
        add(guest::DEPLOYMENT, nix::write(&guest::deployment_loader(&from_build, &checked.arguments)));
        add(guest::NIXPKGS, nix::write(&guest::nixpkgs()));
        let mut guests = Vec::new();
        for draft in checked.drafts(deployment).iter().filter(|draft| draft.machine.nixos.value) {
            add(&guest::file(draft.name()), nix::write(&guest::module(deployment, draft)));
            add(&system_file(draft.name()), nix::write(&image::system(draft.name())));
            guests.push(built_guest(deployment, draft));
        }
        Self { disk, files, directory, guests }
    }

    /// The file of an expression that evaluates a guest.
    pub(super) fn system(&self, guest: &BuiltGuest) -> PathBuf {
        self.directory.join(system_file(&guest.name))
    }

    fn is_ours(&self, path: &Path) -> bool {
        path.starts_with(&self.directory)
    }

    fn behind(&self, path: &Path) -> &dyn Sources {
        if self.is_ours(path) { &self.files } else { self.disk }
    }
}

fn system_file(machine: &str) -> String {
    format!("systems/{machine}.nix")
}

fn built_guest(deployment: &Deployment, draft: &MachineDraft<'_>) -> BuiltGuest {
    let path = |parts: &[&str]| parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>();
    let config = &draft.machine.guest;
    let own = config.own.as_ref().map(|_| match deployment.form {
        Form::Machine => path(&["machine"]),
        Form::Fleet => path(&["machines", draft.attribute, "machine"]),
    });
    let defaults = config.defaults.as_ref().map(|_| path(&["defaults", "machine"]));
    BuiltGuest {
        name: draft.name().to_owned(),
        span: draft.machine.span,
        modules: own.into_iter().chain(defaults).collect(),
        module_span: config.own.as_ref().or(config.defaults.as_ref()).map(|module| module.span),
    }
}

impl Sources for Build<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.behind(path).read(path)
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        self.behind(path).read_start(path, length)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.behind(path).kind(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        self.behind(path).read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.behind(path).read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.behind(path).is_executable(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.behind(path).exists(path)
    }
}
