//! Checking a deployment file: evaluate, decode, and look into what only the compiler understands.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use launchnix_diagnostics::{Code, Diagnostic, Fault, Role, SourceId, SourceMap, Sources, Span};
use launchnix_evaluator::fetch::{self, Fetcher};
use launchnix_evaluator::syntax::Parsed;
use launchnix_evaluator::{Error, Evaluator, Features, Observe, Settings};
use launchnix_schema::options::Nixpkgs;
use launchnix_schema::{Context, Deployment, Machine, decode, manual};

use crate::claims;
use crate::data_words;
use crate::deployment_function::{root, whole_file};
use crate::findings::{
    SyntaxMistakes, add_left_out, blame_unknown_name, explain_adjacent, explain_argument,
    explain_missing_file, keep_fix_of_names, keep_fix_of_programs, mend_interpolation, name_file,
    once_for_each_cycle, once_for_each_variable, tidy, without_lints_of_arguments, without_moot,
};
use crate::json_words;
use crate::lint;
use crate::machine::MachineDraft;
use crate::meant;
use crate::messages::Messages;
use crate::nix::Nix;
use crate::other_format::data_instead;
use crate::partial_domain;
use crate::paths::{Base, relative};
use crate::prose::once_for_each_text;
use crate::recorded::Recorded;
use crate::short_lists;
use crate::unbound;
use crate::value::ValueNode;
use crate::volume::{Formats, formats};
use crate::written_xml;

/// Says whether an evaluation shall end.
pub type Interrupt = Arc<dyn Fn() -> bool + Send + Sync>;

/// Fetches what is needed for its content.
pub type Fetch =
    Arc<dyn Fn(&fetch::Request, &fetch::Identify<'_>) -> Result<fetch::Fetched, String> + Send + Sync>;

/// What to check.
#[derive(Clone)]
pub struct Request {
    /// The deployment file: absolute, without `.` and `..`.
    pub file: PathBuf,
    /// The file as the user names it.
    pub display: String,
    /// Arguments for a deployment file that is a function.
    pub arguments: Vec<(String, Argument)>,
    /// Where `<name>` is looked up.
    pub search_path: Vec<(String, PathBuf)>,
    /// What `~` stands for.
    pub home: Option<PathBuf>,
    /// Asked now and then during evaluation.
    pub interrupt: Option<Interrupt>,
    /// Whether diagnostics show every step on the way to a failed evaluation.
    pub show_trace: bool,
    /// Who fetches; without it, whatever needs the content of a URL is a mistake.
    pub fetch: Option<Fetch>,
    /// Whether only mistakes are asked for. Where there is none, [`Checked::deployment`] has rough places then, which
    /// saves a fifth of the time.
    pub only_mistakes: bool,
}

/// An argument for a deployment file that is a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A Nix expression: `--arg`.
    Expr(String),
    /// A string: `--argstr`.
    Str(String),
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The files that spans point into, named as the user would name them.
    pub sources: SourceMap,
    /// Mistakes and warnings: by place, each once.
    pub diagnostics: Vec<Diagnostic>,
    /// What could be decoded; `None` where the file is no deployment at all.
    pub deployment: Option<Deployment>,
    /// What the deployment printed with `builtins.trace` and `builtins.warn`, each message once.
    pub messages: Vec<String>,
    /// The files that were read, apart from those of the search path.
    pub inputs: Vec<Input>,
    /// The user's files that only guests were found to read.
    pub guest_files: Vec<PathBuf>,
    pub(crate) file: PathBuf,
    pub(crate) base: Base,
    /// Names of the sources in the manifest.
    pub(crate) names: Vec<String>,
    pub(crate) arguments: Vec<(String, Nix)>,
    pub(crate) formats: Formats,
    pub(crate) from_build: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its absolute path.
    pub path: PathBuf,
    /// SHA-256 as lower-case base 16.
    pub sha256: String,
}

impl Checked {
    /// Says where the build directory will be, absolute and without `.` and `..`: the Nix expressions in it name the
    /// deployment file relative to themselves. Without this it is taken to be beside the deployment file.
    #[must_use]
    pub fn placed(mut self, build: &Path) -> Self {
        self.from_build = relative(build, &self.file).display().to_string();
        self
    }

    /// The machines of the deployment with what follows from their options.
    pub(crate) fn drafts<'c>(&'c self, deployment: &'c Deployment) -> Vec<MachineDraft<'c>> {
        let mut drafts: Vec<_> = deployment
            .machines
            .iter()
            .map(|(attribute, machine)| MachineDraft::new(deployment, attribute, machine, self))
            .collect();
        drafts.sort_by(|one, other| one.name().cmp(other.name()));
        drafts
    }
}

/// Whether a file belongs to a nixpkgs, wherever that is: it is not the user's to change.
fn is_of_nixpkgs(path: &Path, sources: &dyn Sources) -> bool {
    path.is_absolute()
        && path
            .ancestors()
            .skip(1)
            .any(|directory| sources.exists(&directory.join("nixos/lib/eval-config.nix")))
}

/// Checks a deployment file. Mistakes are in the result; nothing fails.
pub fn check(sources: &(dyn Sources + Sync), request: &Request) -> Checked {
    let directory = request.file.parent().unwrap_or(Path::new("/")).to_owned();
    let base = Base { directory, home: request.home.clone() };
    let recorded = Recorded::new(sources);
    let fetched = Mutex::new(Vec::new());
    let from_search_path = |path: &Path| request.search_path.iter().any(|(_, entry)| path.starts_with(entry));
    // What a lookup path or a store brings is not the user's to change.
    let is_users = |name: &str| {
        let path = Path::new(name);
        let was_fetched =
            || fetched.lock().is_ok_and(|fetched| fetched.iter().any(|root| path.starts_with(root)));
        name == request.display
            || (path.is_absolute()
                && !from_search_path(path)
                && !path.starts_with("/nix/store")
                && !was_fetched())
    };
    let read = Mutex::new(Vec::new());
    let observe = |source: SourceId, name: &str, parsed: &Parsed<'_>| {
        if is_users(name)
            && let Ok(mut read) = read.lock()
        {
            read.push(lint::read(source, parsed));
        }
    };
    let messages = Messages::default();
    let evaluated = evaluate(&recorded, request, &base, &fetched, &read, &observe, &messages);
    let (from_evaluator, mut diagnostics, deployment, allows) = match evaluated {
        Ok(evaluated) => evaluated,
        Err(error) => (SourceMap::new(), error.into_diagnostics(), None, Vec::new()),
    };
    let has_rough_places = request.only_mistakes && diagnostics.is_empty();
    // Where evaluation broke off, there is no text for what was read to be shown in.
    let mut read = if from_evaluator.iter().next().is_none() {
        Vec::new()
    } else {
        read.into_inner().unwrap_or_default()
    };
    let nixpkgs = deployment.as_ref().and_then(|deployment| deployment.nixpkgs.as_ref());
    if let Some(Nixpkgs::Path(nixpkgs)) = nixpkgs.map(|nixpkgs| &nixpkgs.value) {
        read.retain(|read| !Path::new(from_evaluator.get(read.source()).name()).starts_with(nixpkgs));
    }
    if read.len() > 1 {
        read.retain(|read| {
            let path = Path::new(from_evaluator.get(read.source()).name());
            path == request.file || !is_of_nixpkgs(path, sources)
        });
    }
    let (shown, names) = renamed(&from_evaluator, request, &base);
    let formats = deployment.as_ref().map(|deployment| formats(deployment, &recorded)).unwrap_or_default();
    // What is fetched by its hash is no input of its own.
    let fetched = fetched.into_inner().unwrap_or_default();
    let was_fetched = |path: &Path| fetched.iter().any(|root: &PathBuf| path.starts_with(root));
    let inputs = recorded
        .into_digests()
        .into_iter()
        .filter(|(path, _)| path == &request.file || !(from_search_path(path) || was_fetched(path)))
        .map(|(path, sha256)| Input { path, sha256 })
        .collect();
    let arguments = request
        .arguments
        .iter()
        .map(|(name, argument)| match argument {
            Argument::Expr(text) => (name.clone(), Nix::Written(text.clone())),
            Argument::Str(text) => (name.clone(), Nix::string(text.as_str())),
        })
        .collect::<BTreeMap<_, _>>();
    let file_name = request.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut checked = Checked {
        sources: shown,
        deployment,
        messages: messages.into_said(),
        inputs,
        guest_files: Vec::new(),
        file: request.file.clone(),
        base,
        names,
        arguments: arguments.into_iter().collect(),
        from_build: format!("../{file_name}"),
        formats,
        diagnostics: Vec::new(),
    };
    let syntax: Vec<_> = diagnostics.iter().filter(|one| one.code == Code::Syntax).cloned().collect();
    let of_machines = machine_mistakes(&checked).into_iter();
    let syntax = SyntaxMistakes::new(&syntax);
    diagnostics.extend(of_machines.filter(|diagnostic| !syntax.explain(diagnostic)));
    let files = lint::Files {
        sources,
        path_of: &|source| match from_evaluator.iter().find(|(known, _)| *known == source) {
            Some((_, file)) if file.name() != request.display => PathBuf::from(file.name()),
            Some(_) => request.file.clone(),
            None => PathBuf::new(),
        },
        name_of: &|path| shown_and_named(&path.to_string_lossy(), request, &checked.base).0,
    };
    let deployment = checked.deployment.as_ref();
    let has_lints = lint::apply(read, allows, deployment, &files, &mut checked.sources, &mut diagnostics);
    if has_lints && has_rough_places {
        return check(sources, &Request { only_mistakes: false, ..request.clone() });
    }
    without_lints_of_arguments(&mut diagnostics);
    checked.diagnostics = tidy(diagnostics);
    checked
}

/// Sources, mistakes, what could be decoded, and the comments in XML that silence.
type Evaluated = (SourceMap, Vec<Diagnostic>, Option<Deployment>, Vec<lint::Allow>);

fn evaluate(
    sources: &Recorded<'_>,
    request: &Request,
    base: &Base,
    fetched: &Mutex<Vec<PathBuf>>,
    read: &Mutex<Vec<lint::Read>>,
    observe: &Observe<'_>,
    messages: &Messages,
) -> Result<Evaluated, Error> {
    let fetch = request.fetch.as_ref().map(|fetch| {
        move |wanted: &fetch::Request, identify: &fetch::Identify<'_>| {
            let result = fetch(wanted, identify)?;
            if let Ok(mut fetched) = fetched.lock() {
                fetched.push(result.path.clone());
            }
            Ok(result)
        }
    });
    let never = || false;
    let interrupt = request.interrupt.clone();
    let ask = move || interrupt.as_ref().map_or_else(never, |interrupt| interrupt());
    let say = |message: &str| messages.say(message);
    let settings = Settings {
        search_path: request
            .search_path
            .iter()
            .map(|(name, path)| (name.clone(), path.to_string_lossy().into_owned()))
            .collect(),
        home: request.home.clone(),
        interrupt: Some(&ask),
        message: &say,
        observe: Some(observe),
        fetcher: fetch.as_ref().map(|fetch| Fetcher { fetch, eager: false }),
        tracing: true,
        full_trace: request.show_trace,
        recover: true,
        synonyms: manual::synonyms(),
        features: Features::default(),
        ..Settings::new(sources)
    };
    let look = |evaluator: &Evaluator<'_>| first_look(evaluator, sources, request, base);
    let work = |evaluator: &Evaluator<'_>| evaluated(evaluator, sources, request, base);
    if request.only_mistakes {
        launchnix_evaluator::evaluate_untraced_first(&settings, look, |evaluator| {
            // What was parsed for the first look may be parsed again.
            let map = evaluator.source_map();
            if let Ok(mut read) = read.lock() {
                read.retain(|read| map.iter().any(|(known, _)| known == read.source()));
            }
            work(evaluator)
        })
    } else {
        launchnix_evaluator::evaluate(&settings, work)
    }
}

/// What there is where nothing is wrong, found without a look at where values come from; `None` where something may be.
fn first_look(
    evaluator: &Evaluator<'_>,
    sources: &Recorded<'_>,
    request: &Request,
    base: &Base,
) -> Option<Evaluated> {
    let mut diagnostics = Vec::new();
    let value = root(evaluator, request, base, &mut diagnostics).ok()??;
    let more = RefCell::new(Vec::new());
    let whole = whole_file(&evaluator.source_map(), request);
    let node = ValueNode::new(evaluator, value, whole, &more);
    let deployment = decode(&node, &context(sources, base, true), &mut diagnostics)?;
    let is_fine = diagnostics.is_empty()
        && more.take().is_empty()
        && evaluator.left_out().is_empty()
        && evaluator.syntax_errors().is_empty()
        && deployment
            .machines
            .values()
            .all(|machine| !machine.has_own_xml() && lint::foreign_address(&deployment, machine).is_none());
    is_fine.then(|| (evaluator.source_map(), Vec::new(), Some(deployment), Vec::new()))
}

fn context<'c>(sources: &'c Recorded<'_>, base: &Base, ends_early: bool) -> Context<'c> {
    Context { sources, base_directory: base.directory.clone(), home: base.home.clone(), ends_early }
}

/// All that is wrong, with its places.
fn evaluated(evaluator: &Evaluator<'_>, sources: &Recorded<'_>, request: &Request, base: &Base) -> Evaluated {
    let (mut diagnostics, mut allows) = (Vec::new(), Vec::new());
    let deployment = match root(evaluator, request, base, &mut diagnostics) {
        Ok(None) => None,
        Ok(Some(value)) => {
            let more = RefCell::new(Vec::new());
            let whole = whole_file(&evaluator.source_map(), request);
            let node = ValueNode::new(evaluator, value, whole, &more);
            let context = context(sources, base, false);
            let mut deployment = decode(&node, &context, &mut diagnostics);
            if has_more_to_tell(evaluator, diagnostics.iter().chain(more.borrow().iter())) {
                diagnostics.clear();
                more.borrow_mut().clear();
                deployment = decode(&node, &context, &mut diagnostics);
            }
            // A machine with a mistake is left out of the deployment, and may have XML with more of them.
            let is_known = deployment.is_some() && !diagnostics.iter().any(Diagnostic::is_error);
            let has_xml = |deployment: &Deployment| deployment.machines.values().any(Machine::has_own_xml);
            if !is_known || deployment.as_ref().is_some_and(has_xml) {
                let found = written_xml::look_into(&node);
                diagnostics.extend(found.diagnostics);
                allows = found.allows;
                claims::clashes(&node, deployment.as_ref(), &mut diagnostics);
                diagnostics.extend(partial_domain::contradictions(&node, deployment.as_ref()));
            }
            diagnostics.extend(more.take());
            deployment
        }
        Err(error) => {
            diagnostics.extend(evaluator.diagnose(error));
            None
        }
    };
    add_left_out(evaluator.left_out(), &mut diagnostics);
    let syntax = data_instead(evaluator.syntax_errors(), &evaluator.source_map());
    let known = SyntaxMistakes::new(&syntax);
    diagnostics.retain(|diagnostic| !known.explain(diagnostic));
    let map = evaluator.source_map();
    let syntax = once_for_each_variable(once_for_each_text(syntax, &map));
    diagnostics.extend(unbound::explained(syntax, &map));
    for diagnostic in &mut diagnostics {
        explain_missing_file(diagnostic, request);
        explain_adjacent(diagnostic, &map);
        blame_unknown_name(diagnostic, &map);
        mend_interpolation(diagnostic, &map);
        meant::explain(diagnostic, &map, sources);
        json_words::explain(diagnostic, &map);
        name_file(diagnostic, &map, request, base);
        explain_argument(diagnostic, &map);
        keep_fix_of_names(diagnostic, &map);
        keep_fix_of_programs(diagnostic, &map, request);
        data_words::speak(diagnostic, &map);
    }
    let is_users = |source| !evaluator.is_library(Span::new(source, 0, 0));
    lint::shared::drop_fixes(&mut diagnostics, &map, is_users);
    once_for_each_cycle(&mut diagnostics);
    short_lists::blame(&mut diagnostics, &map);
    without_moot(&mut diagnostics, &map);
    (map, diagnostics, deployment, allows)
}

/// Whether the evaluator knows now what it did not when it failed: what a set lacks is the set's own mistake where others
/// have it, and a number in a string is to change where others give a string for it.
fn has_more_to_tell<'d>(
    evaluator: &Evaluator<'_>,
    mut failures: impl Iterator<Item = &'d Diagnostic> + Clone,
) -> bool {
    let has = |one: &Diagnostic, role| one.place_of(role).is_some();
    let joins_number =
        |one: &Diagnostic| matches!(one.fault, Some(Fault::NoText(_))) && has(one, Role::Value);
    let is_joined = failures.clone().any(joins_number);
    if is_joined {
        evaluator.note_joined();
    }
    is_joined || failures.any(|one| has(one, Role::Lacking))
}

/// The evaluator calls files by their absolute paths. Diagnostics call them as the user would; the manifest by names
/// that are the same on every machine.
fn renamed(map: &SourceMap, request: &Request, base: &Base) -> (SourceMap, Vec<String>) {
    let (mut sources, mut names) = (SourceMap::new(), Vec::new());
    for (_, file) in map.iter() {
        let (shown, name) = shown_and_named(file.name(), request, base);
        let _: SourceId = sources.add(shown, file.shared_text());
        names.push(name);
    }
    (sources, names)
}

/// What diagnostics and what the manifest call a file that the evaluator calls by its path.
pub(crate) fn shown_and_named(evaluated: &str, request: &Request, base: &Base) -> (String, String) {
    let path = Path::new(evaluated);
    if evaluated == request.display || path == request.file {
        return (request.display.clone(), base.name(&request.file));
    }
    if !path.is_absolute() {
        return (evaluated.to_owned(), evaluated.to_owned());
    }
    let shown_directory = Path::new(&request.display).parent().unwrap_or(Path::new(""));
    let below = relative(&base.directory, path);
    let shown = if below.starts_with("..") { path.to_owned() } else { shown_directory.join(below) };
    (shown.display().to_string(), base.name(path))
}

/// What the schema does not look into: the XML of options, and what machines leave to chance.
fn machine_mistakes(checked: &Checked) -> Vec<Diagnostic> {
    let Some(deployment) = &checked.deployment else { return Vec::new() };
    let mut diagnostics: Vec<_> = deployment
        .known_machines()
        .filter_map(|machine| lint::foreign_address(deployment, machine))
        .collect();
    // The rest can only come from XML that the user wrote, which few machines have; of those, all names are known.
    if !deployment.machines.values().any(Machine::has_own_xml) {
        return diagnostics;
    }
    for draft in checked.drafts(deployment) {
        if draft.machine.has_own_xml() {
            let (domain, found) = draft.domain(deployment);
            diagnostics.extend(found);
            diagnostics.extend(lint::domain_lints(&draft, &domain));
        }
    }
    diagnostics
}
