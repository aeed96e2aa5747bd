//! What is wrong with how the user's modules are built, beside what else fails.

use std::path::PathBuf;

use launchnix_evaluator::ErrorKind;

use super::message::{Message, shown};
use super::mistakes::{Mistake, Mistakes, same_files};
use super::modules::{Modules, Problem, ProblemKind};

impl<'a> Mistakes<'_, '_, 'a, '_> {
    /// What is wrong with how the user's modules are built. Says whether there is something to leave out that is told
    /// already.
    pub(super) fn structure(&mut self, modules: &Modules<'_, 'a>) -> bool {
        let mut grows = false;
        let start = self.found.len();
        for problem in &modules.problems {
            if matches!(problem.kind, ProblemKind::Circle(_)) && !self.overflows {
                continue;
            }
            if self.is_known_circle(problem) {
                grows |= self.mend.leave_out_module(&problem.module);
                continue;
            }
            let message = Message::Structure { module: problem.module.clone(), kind: problem.kind.clone() };
            if self.found.iter().all(|known| known.message != message) {
                let mistake = Mistake::new(self.problem(&problem.kind), message);
                // What it is shows once it does not need itself any more.
                let is_of_module = |known: &&mut Mistake| known.module.as_ref() == Some(&problem.module);
                match self.found.iter_mut().find(is_of_module) {
                    Some(known) => *known = mistake,
                    None => self.found.push(mistake),
                }
            }
        }
        for argument in &modules.arguments {
            self.mend.leave_out_module(argument);
        }
        for strange in modules.strange() {
            let message = Message::Property { path: strange.path, property: strange.property };
            if self.found.iter().all(|known| known.message != message) {
                self.found.push(Mistake::new(String::new(), message));
            }
        }
        for (path, error) in &modules.failed_types {
            // What a type is made of may need what fails elsewhere.
            let is_own = Message::read(&error.message) == Message::Other && !self.places(error).is_empty();
            if is_own && self.mend.untype(path.clone()) {
                grows = true;
                self.add(error, None);
            }
        }
        // What is found now is left out before it is asked what fails without it: the modules that can be read need all others.
        let failed = if self.found.len() > start { &[] } else { modules.failed.as_slice() };
        for (module, error) in failed {
            // A module that needs what depends on all modules fails in another way here.
            let is_certain = !matches!(error.kind, ErrorKind::InfiniteRecursion | ErrorKind::Limit);
            if is_certain && self.mend.leave_out_module(module) {
                grows = true;
                self.add(error, None);
            }
        }
        grows
    }

    /// Whether these modules were found to import each other from another of them on.
    fn is_known_circle(&self, problem: &Problem<'a>) -> bool {
        let ProblemKind::Circle(files) = &problem.kind else { return false };
        self.found.iter().any(|known| match &known.message {
            Message::Structure { module, kind: ProblemKind::Circle(others) } => {
                *module != problem.module && same_files(files) == same_files(others)
            }
            _ => false,
        })
    }

    /// Says what is wrong with how a module is built.
    fn problem(&self, kind: &ProblemKind) -> String {
        let names = |files: &[PathBuf]| {
            let shown = files.iter().map(|file| format!("`{}`", self.report.shown(&file.to_string_lossy())));
            shown.collect::<Vec<_>>().join(", which imports ")
        };
        match kind {
            ProblemKind::MissingFile(path) => format!("there is no file `{}`", self.report.shown(path)),
            ProblemKind::ImportsNoList(what) => {
                format!("`imports` is {what}, but must be a list of modules")
            }
            ProblemKind::OtherValue(what) => {
                format!("this is {what}, but must be a NixOS module: a path, a set or a function")
            }
            ProblemKind::StringForPath(text) => format!("{text:?} is a string, but must be a path"),
            ProblemKind::NoSet(what, of) => format!("this is {what}, but must be a set of {of}"),
            ProblemKind::Closed => "the module does not take all arguments that modules get".to_owned(),
            ProblemKind::Uncalled(_) => "this function has to be called to give a NixOS module".to_owned(),
            ProblemKind::Stray(attribute) => {
                format!("`{attribute}` cannot stand beside `config` and `options` in a module")
            }
            ProblemKind::Misnamed(attribute, _) => format!("the NixOS option `{attribute}` does not exist"),
            ProblemKind::NoDeclaration(option) => {
                format!("`{}` in `options` is no declaration of an option", shown(option))
            }
            ProblemKind::NoType(option, what) => {
                format!(
                    "the type of the option `{}` is {what}, but must be one of `lib.types`",
                    shown(option)
                )
            }
            ProblemKind::Circle(files) => match files.as_slice() {
                [one] => format!("{} imports itself", names(std::slice::from_ref(one))),
                [first, ..] => {
                    format!(
                        "modules import each other: {}, which imports {}",
                        names(files),
                        names(std::slice::from_ref(first))
                    )
                }
                [] => String::new(),
            },
        }
    }
}
