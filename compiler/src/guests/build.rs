//! The files that guests are evaluated from: those of a build directory, laid over what is on disk.

use std::io;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, MemorySources, Sources, Span};
use launchnix_schema::{Deployment, GuestConfig};

use crate::check::Checked;
use crate::{guest, image, nix};

/// A directory beside the deployment file that nobody has.
const DIRECTORY: &str = ".launchnix-guests";

/// A guest to evaluate.
pub(super) struct BuiltGuest {
    /// The machine's name.
    pub(super) name: String,
    number: usize,
    /// The place of the machine, in the sources of the check.
    pub(super) span: Span,
    /// Where its own `machine` is in the deployment: attribute by attribute.
    pub(super) modules: Vec<Vec<String>>,
    /// The place of `machine`: its own before the fleet's.
    pub(super) module_span: Option<Span>,
    /// Whether the machine has mistakes of its own, or a module that is none: then this is not the whole guest.
    pub(super) is_incomplete: bool,
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
            let guest = guest::Guest::new(deployment, draft);
            let number = guests.len();
            add(&guest::file(draft.name()), nix::write(&guest::module(deployment, draft)));
            add(&system_file(number), nix::write(&image::system(draft.name())));
            add(&mended_file(number), nix::write(&image::mended_system(&guest)));
            guests.push(BuiltGuest::new(number, guest, draft.machine.span, &draft.machine.guest));
        }
        for machine in &deployment.left_out {
            let guest = guest::Guest::of_left_out(deployment, machine);
            let number = guests.len();
            add(&system_file(number), nix::write(&image::system_of(&guest)));
            add(&mended_file(number), nix::write(&image::mended_system(&guest)));
            guests.push(BuiltGuest {
                is_incomplete: true,
                ..BuiltGuest::new(number, guest, machine.span, &machine.guest)
            });
        }
        Self { disk, files, directory, guests }
    }

    /// The file of an expression that evaluates a guest.
    pub(super) fn system(&self, guest: &BuiltGuest) -> PathBuf {
        self.directory.join(system_file(guest.number))
    }

    /// The file of one that evaluates it with its modules mended.
    pub(super) fn mended_system(&self, guest: &BuiltGuest) -> PathBuf {
        self.directory.join(mended_file(guest.number))
    }

    fn is_ours(&self, path: &Path) -> bool {
        path.starts_with(&self.directory)
    }

    fn behind(&self, path: &Path) -> &dyn Sources {
        if self.is_ours(path) { &self.files } else { self.disk }
    }
}

fn system_file(number: usize) -> String {
    format!("systems/{number}.nix")
}

fn mended_file(number: usize) -> String {
    format!("mended/{number}.nix")
}

impl BuiltGuest {
    fn new(number: usize, guest: guest::Guest, span: Span, config: &GuestConfig) -> Self {
        Self {
            name: guest.name,
            number,
            span,
            // Its own come first where places are looked for.
            modules: guest.modules.into_iter().rev().collect(),
            module_span: config.own.as_ref().or(config.defaults.as_ref()).map(|module| module.span),
            is_incomplete: config.is_incomplete,
        }
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
