//! Which files are checked, and what was found in them.
//!
//! A *root* is a file that is checked by itself. When a buffer changes, the roots that read it are checked again; a
//! buffer that no root reads becomes one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::Diagnostic;
use launchnix_diagnostics::Sources;

use crate::outline::looks_like_deployment;

/// The name by which a file is a deployment whatever it holds.
const DEPLOYMENT: &str = "deployment.nix";
/// How many directories above a file are searched for the deployment that imports it.
const LEVELS: usize = 8;

/// What a root is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A deployment: everything that is found counts.
    Deployment,
    /// Perhaps the deployment that imports an open file; else not wanted.
    Candidate,
    /// Some Nix file: only its syntax counts.
    Standalone,
}

/// A file that is checked by itself.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) kind: Kind,
    /// Every path that the last check looked at; the root itself before the first.
    pub(crate) inputs: BTreeSet<PathBuf>,
    /// What the last check found, by file.
    pub(crate) found: BTreeMap<PathBuf, Vec<Diagnostic>>,
}

/// All roots, by path.
#[derive(Debug, Default)]
pub(crate) struct Roots(pub(crate) BTreeMap<PathBuf, Root>);

impl Roots {
    /// The roots to check when a file changed, made where there are none yet. With `files`, the deployment that
    /// imports the file is looked for in the directories above.
    pub(crate) fn of(&mut self, path: &Path, text: &str, files: Option<&dyn Sources>) -> Vec<PathBuf> {
        let is_deployment =
            path.file_name().is_some_and(|name| name == DEPLOYMENT) || looks_like_deployment(text);
        if is_deployment {
            self.add(path, Kind::Deployment);
        } else if let Some(root) = self.0.get_mut(path)
            && root.kind == Kind::Deployment
        {
            // Someone is in the middle of rewriting it.
            root.kind = Kind::Standalone;
        }
        let is_imported = self.readers(path).iter().any(|root| root != path);
        if !is_deployment && !is_imported {
            self.add(path, Kind::Standalone);
            if let Some(candidate) = files.and_then(|files| above(path, files)) {
                self.add(&candidate, Kind::Candidate);
                let mut roots = self.readers(path);
                roots.push(candidate);
                return roots;
            }
        }
        self.readers(path)
    }

    /// The roots that read a file.
    pub(crate) fn readers(&self, path: &Path) -> Vec<PathBuf> {
        self.0.iter().filter(|(_, root)| root.inputs.contains(path)).map(|(path, _)| path.clone()).collect()
    }

    /// Forgets the files that were checked by themselves for want of a deployment that reads them.
    pub(crate) fn drop_covered(&mut self, by: &Path) {
        let inputs = self.0.get(by).map(|root| root.inputs.clone()).unwrap_or_default();
        self.0.retain(|path, root| path == by || root.kind != Kind::Standalone || !inputs.contains(path));
    }

    fn add(&mut self, path: &Path, kind: Kind) {
        let root = self.0.entry(path.to_owned()).or_insert_with(|| Root {
            kind,
            inputs: BTreeSet::from([path.to_owned()]),
            found: BTreeMap::new(),
        });
        // What is known to be a deployment stays one; a guess gives way to knowledge.
        if kind == Kind::Deployment || root.kind == Kind::Standalone {
            root.kind = kind;
        }
    }

    /// Everything that is known of a file, each diagnostic once.
    pub(crate) fn diagnostics(&self, path: &Path) -> Vec<Diagnostic> {
        let is_covered = self.0.iter().any(|(root, state)| {
            state.kind == Kind::Deployment && root != path && state.inputs.contains(path)
        });
        let mut all: Vec<Diagnostic> = Vec::new();
        for (root, state) in &self.0 {
            let counts = match state.kind {
                Kind::Deployment => true,
                Kind::Candidate => false,
                Kind::Standalone => root == path && !is_covered,
            };
            for diagnostic in state.found.get(path).into_iter().flatten().filter(|_| counts) {
                if !all.contains(diagnostic) {
                    all.push(diagnostic.clone());
                }
            }
        }
        all
    }
}

/// The nearest deployment in the directories above a file.
fn above(path: &Path, files: &dyn Sources) -> Option<PathBuf> {
    let directories = path.ancestors().skip(1).take(LEVELS);
    directories
        .map(|directory| directory.join(DEPLOYMENT))
        .find(|candidate| candidate != path && files.exists(candidate))
}
