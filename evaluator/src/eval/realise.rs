//! What an evaluation needs of a real store: content that only a build makes, and what was put into the store.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use launchnix_diagnostics::Sources;

use super::{Evaluator, Result, lossy};
use crate::error::{Error, ErrorKind, Failure};
use crate::path::as_path;
use crate::store::derivation::{Derivations, is_derivation};
use crate::store::memory::Known;
use crate::store::nar;
use crate::value::Context;

/// A path that an evaluation has put into the store, as far as it knows: nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreObject {
    /// Its path.
    pub path: String,
    /// Its content in Nix's archive format.
    pub archive: Vec<u8>,
    /// The store paths that it refers to, sorted.
    pub references: Vec<String>,
}

/// An output that has to be built before evaluation can go on.
#[derive(Clone, Debug)]
pub struct Realisation {
    /// The path of the `.drv` file.
    pub drv_path: String,
    /// The output's name.
    pub output: String,
    /// What the build needs and the evaluation has made, each after what it refers to.
    pub objects: Vec<StoreObject>,
}

impl<'a> Evaluator<'a> {
    /// Sees to it that a path which is in the output of a derivation is there, building it where that is possible.
    pub(crate) fn realise(&self, context: &[Context<'a>], path: &[u8]) -> Result<()> {
        if context.is_empty() || self.sources().exists(as_path(path)) {
            return Ok(());
        }
        for element in context {
            let &Context::Output { derivation, output } = element else { continue };
            let (drv_path, output) = (lossy(derivation).into_owned(), lossy(output).into_owned());
            let Some(build) = self.settings.realise else {
                return Err(cannot_build(&drv_path, &output, "nothing is built while checking"));
            };
            let objects = self.objects_for(&drv_path).map_err(Failure::other)?;
            build(&Realisation { drv_path: drv_path.clone(), output: output.clone(), objects })
                .map_err(|reason| cannot_build(&drv_path, &output, &reason))?;
        }
        Ok(())
    }

    fn objects_for(&self, drv_path: &str) -> Result<Vec<StoreObject>, String> {
        let mut objects = Vec::new();
        let mut seen = BTreeSet::new();
        // Each path is looked at twice: to put what it refers to before it, then to take it.
        let mut todo: Vec<(Rc<str>, bool)> = vec![(drv_path.into(), false)];
        while let Some((path, is_ready)) = todo.pop() {
            if is_ready {
                objects.extend(self.store_object(&path)?);
            } else if seen.insert(Rc::clone(&path)) {
                let references = self.references(&path)?;
                todo.push((path, true));
                todo.extend(references.into_iter().map(|reference| (reference, false)));
            }
        }
        Ok(objects)
    }

    fn references(&self, path: &str) -> Result<Vec<Rc<str>>, String> {
        let mut memory = self.memory.borrow_mut();
        if is_derivation(path) && !memory.has_made(path) {
            return Ok(Vec::new());
        }
        Known { memory: &mut memory, sources: self.settings.sources }.references(path)
    }

    fn store_object(&self, path: &str) -> Result<Option<StoreObject>, String> {
        if !self.memory.borrow().has_made(path) {
            return Ok(None);
        }
        let mut archive = Vec::new();
        nar::dump(&self.sources(), Path::new(path), &mut |_, _| Ok::<_, Error>(true), &mut archive)
            .map_err(|error| error.file_message().unwrap_or_default())?;
        let references = self.references(path)?.iter().map(ToString::to_string).collect();
        Ok(Some(StoreObject { path: path.to_owned(), archive, references }))
    }

    /// The store paths that this evaluation has made, sorted. [`store_sources`](Self::store_sources) has their content.
    pub fn store_paths(&self) -> Vec<String> {
        self.memory.borrow().made()
    }

    /// All files, with those that this evaluation has put into the store.
    pub fn store_sources(&self) -> impl Sources {
        self.sources()
    }
}

#[cold]
fn cannot_build(drv_path: &str, output: &str, reason: &str) -> Error {
    Failure::new(
        ErrorKind::File,
        format!("cannot build '{drv_path}^{output}', which is needed here: {reason}"),
    )
    .with_help("build it with Nix first, or take the content from a file")
}
