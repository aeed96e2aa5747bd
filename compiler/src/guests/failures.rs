//! What keeps a guest from being evaluated at all: how its modules are built, values that need themselves, packages
//! that nixpkgs refuses.

use launchnix_diagnostics::{Code, Diagnostic, Span};
use launchnix_evaluator::syntax::{SyntaxKind, parse_plainly};
use launchnix_evaluator::{Attrs, Value};

use super::definitions::Definition;
use super::kinds;
use super::message::{Clash, Message, Refusal, one_line, option_path, quoted_path, shown};
use super::mistakes::{Mistake, is_missing, under_way};
use super::place::{MAX_PLACES, Placer};
use super::plain::plain;
use super::suggestion;

/// Where `config` decides which options are set.
const DELAY: &str =
    "where `config` decides what is set, write `lib.mkIf config.… { … }` instead of `if … then … else`";
/// What a module asserts is looked at once all is known.
const ASSERTION: &str = "`assert` decides whether there is a module: write `assertions = [ { assertion = …; message = \"…\"; } ];`";
/// What morph tells of other machines is not known here.
const NO_NODES: &str = "a guest is evaluated by itself, and its image built so: `nodes` is empty; bind what both need with `let`";
/// What makes `pkgs` cannot be made of it.
const OF_NIXPKGS: &str = "`pkgs` follows from what `nixpkgs` is set to, which cannot depend on it";
/// What all packages are called: in modules, and in overlays.
const PACKAGES: &[&str] = &["pkgs", "final", "prev", "self", "super"];
/// Arguments that each module may ask for.
const ARGUMENTS: &[&str] = &["config", "lib", "options", "pkgs", "modulesPath", "name", "nodes", "utils"];

impl<'a> Placer<'_, '_, 'a, '_> {
    pub(super) fn package(&mut self, mistake: &Mistake, package: &str, reason: Refusal) -> Diagnostic {
        let place = self
            .asked_by(mistake)
            .or_else(|| mistake.places.first().copied())
            .or_else(|| self.blamed(mistake))
            .unwrap_or_else(|| self.whole());
        let (why, help) = match reason {
            Refusal::Unfree => (
                "its licence is not free",
                "allow it in the guest's configuration: `nixpkgs.config.allowUnfree = true;`".to_owned(),
            ),
            Refusal::Broken => (
                "it is marked as broken",
                "choose another package; `nixpkgs.config.allowBroken = true;` builds it all the same"
                    .to_owned(),
            ),
            Refusal::Insecure => (
                "it is known to be insecure",
                format!(
                    "choose another package, or accept the risk: \
                     `nixpkgs.config.permittedInsecurePackages = [ \"{package}\" ];`"
                ),
            ),
            Refusal::Unsupported => {
                ("it is not there for the guest's platform", "choose another package".to_owned())
            }
        };
        Diagnostic::new(Code::GuestPackage, place, format!("nixpkgs refuses the package `{package}`: {why}"))
            .labelled("it is asked for here")
            .with_help(help)
    }

    /// The user's definition that fails by itself with what the guest fails with.
    fn asked_by(&mut self, mistake: &Mistake) -> Option<Span> {
        let found = self.exactly(mistake.asked_by.as_ref()?);
        let fails = |definition: &&Definition<'a>| {
            self.scene.failure(definition.value).is_some_and(|error| error.message == mistake.text)
        };
        let definition = *found.iter().find(fails).or(found.first())?;
        let written = self.scene.evaluator.written(definition.value);
        written.and_then(|span| self.users(span)).or_else(|| self.value(definition))
    }

    /// The user's definition without which the guest does not fail.
    fn blamed(&mut self, mistake: &Mistake) -> Option<Span> {
        let blamed = mistake.blamed.as_ref()?;
        let found = self.exactly(&blamed.path);
        found.into_iter().find_map(|definition| {
            let key = self.key(definition).filter(|_| blamed.is_key);
            let written = self.scene.evaluator.written(self.content(definition.value));
            key.or_else(|| self.value(definition)).or_else(|| written.and_then(|span| self.users(span)))
        })
    }

    pub(super) fn stray(&mut self, attribute: &str) -> Diagnostic {
        let e = self.scene.evaluator;
        let is_explicit = |set: &&'a Attrs<'a>| {
            set.get(e.intern("config")).is_some() || set.get(e.intern("options")).is_some()
        };
        let sets = self.modules.map(|modules| modules.sets.clone()).unwrap_or_default();
        let keys: Vec<_> = sets
            .into_iter()
            .filter(is_explicit)
            .filter_map(|set| e.key_span(set.get(e.intern(attribute))?.position))
            .collect();
        let place = keys.into_iter().find_map(|key| self.users(key)).unwrap_or_else(|| self.whole());
        Diagnostic::new(
            Code::GuestModule,
            place,
            format!("`{attribute}` cannot stand beside `config` and `options` in a module"),
        )
        .labelled("this is no part of a module")
        .with_help(format!("write `config.{attribute}`, or move it into the set `config`"))
    }

    pub(super) fn declaration(&mut self, option: &str, clash: Clash) -> Diagnostic {
        let path = option_path(option);
        let name = shown(&path);
        let key = (1..=path.len())
            .rev()
            .find_map(|length| self.modules.and_then(|modules| modules.declared(&path[..length])));
        let place = key.and_then(|key| self.users(key)).unwrap_or_else(|| self.whole());
        let (message, help) = match clash {
            Clash::Twice => (
                format!("the option `{name}` is declared a second time"),
                "set it in `config`, or give an option of your own another name",
            ),
            Clash::Nested => (
                format!("the option `{name}` holds other options, or lies inside of another option"),
                "give an option of your own another name",
            ),
            Clash::NotAnOption => (
                format!("`{name}` in `options` is no declaration of an option"),
                "write `lib.mkOption { type = lib.types.…; }`",
            ),
        };
        Diagnostic::new(Code::GuestModule, place, message).with_help(help)
    }

    pub(super) fn recursion(&mut self, mistake: &Mistake) -> Diagnostic {
        if let Some(diagnostic) = self.recursion_of_imports(mistake) {
            return diagnostic;
        }
        if let Some(diagnostic) = self.recursion_of_overlay(&mistake.places) {
            return diagnostic;
        }
        let mut options: Vec<String> = Vec::new();
        for step in &mistake.trail {
            let option =
                step.strip_prefix("while evaluating the option `").and_then(|rest| rest.split_once('\''));
            if let Some((option, _)) = option
                && !options.iter().any(|known| known == option)
            {
                options.push(option.to_owned());
            }
        }
        // It is the value of the option within which the recursion was met; one further out only needs that.
        let innermost = self.innermost(mistake, &options);
        let defined = options.iter().find_map(|option| {
            let found = self.exactly(&option_path(option));
            if found.is_empty()
                && let Some(default) = self.default_written(&option_path(option))
            {
                return Some((option.clone(), default));
            }
            let place = found.into_iter().find_map(|definition| {
                let written = self.scene.evaluator.written(definition.value);
                let place = written.and_then(|span| self.users(span)).or_else(|| self.key(definition))?;
                let key = self.key(definition);
                innermost.is_none_or(|inner| place.contains(inner) || key == Some(inner)).then_some(place)
            });
            Some((option.clone(), place?))
        });
        // Names that depend on a value are delayed by `mkIf`; a value that depends on itself is not.
        let is_decided = match &defined {
            Some((_, place)) => self.slice(*place).starts_with("if "),
            None => mistake.places.iter().any(|&place| self.slice(place).contains("config")),
        };
        let (message, place) = match defined {
            Some((option, place)) => (
                format!(
                    "infinite recursion: the NixOS option `{}` needs its own value",
                    shown(&option_path(&option))
                ),
                place,
            ),
            None => (
                "infinite recursion in the NixOS configuration".to_owned(),
                innermost
                    .or_else(|| self.asked_by(mistake))
                    .or_else(|| self.blamed(mistake))
                    .unwrap_or_else(|| self.whole()),
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::GuestRecursion, place, message);
        if mistake.cause().is_some_and(|path| path.first().is_some_and(|name| name == "nixpkgs")) {
            diagnostic = diagnostic.with_help(OF_NIXPKGS);
        }
        if self.report.before(place).trim_end().ends_with("assert") {
            diagnostic = diagnostic.with_help(ASSERTION);
        } else if is_decided {
            diagnostic = diagnostic.with_help(DELAY);
        }
        for &other in mistake.places.iter().filter(|&&other| other != place).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(other, "on the way");
        }
        if options.len() > 1 {
            options.truncate(6);
            diagnostic =
                diagnostic.with_note(format!("evaluated on the way: `{}`", options.join("`, needed by `")));
        }
        diagnostic
    }

    /// The innermost place of a mistake that is not where one of these options is declared: whatever needs the option
    /// comes by there.
    fn innermost(&mut self, mistake: &Mistake, options: &[String]) -> Option<Span> {
        let modules = self.modules;
        let declared = |option: &String| modules.and_then(|modules| modules.declared(&option_path(option)));
        let declared: Vec<_> = options.iter().filter_map(declared).collect();
        let declared: Vec<_> = declared.into_iter().filter_map(|key| self.users(key)).collect();
        mistake.places.iter().copied().find(|place| !declared.contains(place))
    }

    /// Where the user wrote the default of an option of the user's.
    fn default_written(&mut self, path: &[String]) -> Option<Span> {
        let default = self.modules?.declared_default(path)?;
        let written = self.scene.evaluator.written(default)?;
        self.users(written)
    }

    /// The name in the binding of `imports` that a place is in.
    fn imports_around(&self, place: Span) -> Option<Span> {
        let parsed = parse_plainly(self.report.text(place));
        let mut tree = Some(parsed.root());
        let mut found = None;
        while let Some(inner) = tree {
            let nodes: Vec<_> = inner.nodes().collect();
            if let (SyntaxKind::NODE_ATTRPATH_VALUE, Some(path)) = (inner.kind(), nodes.first())
                && path.text() == "imports"
            {
                found = Some(Span::new(place.source, path.start(), path.end()));
            }
            tree = nodes.into_iter().find(|node| node.start() <= place.start && place.end <= node.end());
        }
        found
    }

    /// `config` and `pkgs` depend on all that is imported, so that `imports` cannot depend on them; nor can it on an
    /// argument that may be one of those that modules give.
    fn recursion_of_imports(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let places = &mistake.places;
        let named = |names: &[&str]| places.iter().copied().find(|&place| names.contains(&self.slice(place)));
        if let Some(place) = named(&["config", "pkgs"]) {
            let imports = named(&["imports"]).or_else(|| self.imports_around(place))?;
            let name = self.slice(place).to_owned();
            let message = format!("infinite recursion: `imports` depends on `{name}`");
            return Some(
                Diagnostic::new(Code::GuestRecursion, place, message)
                    .labelled("this depends on all that is imported")
                    .with_label(imports, "for these imports")
                    .with_help(
                        "import the module always, and let what it sets depend on `config`: \
                         `lib.mkIf config.… { … }`",
                    ),
            );
        }
        let used = places.first().map(|&place| self.slice(place).to_owned())?;
        let modules = self.modules?;
        let is_given = modules.at(&["_module".to_owned(), "args".to_owned(), used.clone()]).1 == 3;
        if ARGUMENTS.contains(&used.as_str()) || is_given {
            return None;
        }
        self.argument_of_nobody(&used)
    }

    pub(super) fn other(&mut self, code: Code, mistake: &Mistake) -> Diagnostic {
        if let Some(diagnostic) = self.missing_argument(mistake) {
            return diagnostic;
        }
        if let Some(diagnostic) = self.unexpected_argument(mistake) {
            return diagnostic;
        }
        if let Some(diagnostic) = self.uncalled_submodule(mistake).or_else(|| self.no_submodule(mistake)) {
            return diagnostic;
        }
        let plain = self.traced(mistake).or_else(|| mistake.plain.clone());
        if let Some(plain) = plain {
            let mut diagnostic = Diagnostic { code, ..plain };
            if let Some(package) = diagnostic.primary.and_then(|place| self.missing_package(mistake, place)) {
                diagnostic.message = format!("there is no package `{package}` in `pkgs`");
            }
            let meant = mistake.help.as_ref().filter(|help| help.starts_with("did you mean"));
            diagnostic.help = diagnostic.help.or_else(|| meant.cloned());
            if diagnostic.primary.is_some_and(|place| self.report.before(place).ends_with("nodes.")) {
                diagnostic.help = Some(NO_NODES.to_owned());
                diagnostic.fix = None;
            }
            return diagnostic;
        }
        let place = mistake
            .places
            .first()
            .copied()
            .or_else(|| self.asked_by(mistake))
            .or_else(|| self.blamed(mistake))
            .unwrap_or_else(|| self.whole());
        let message = mistake.text.trim().lines().next().unwrap_or_default().trim();
        let mut diagnostic = Diagnostic::new(code, place, without_store_paths(without_internals(message)));
        if let Some(path) =
            message.strip_prefix("path '").and_then(|rest| rest.strip_suffix("' does not exist"))
        {
            diagnostic.message = format!("path '{}' does not exist", self.report.shown(path));
            return diagnostic.with_help("create the file, or name one that exists");
        }
        for &other in mistake.places.iter().filter(|&&other| other != place).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(other, "on the way");
        }
        diagnostic.help = mistake.help.as_ref().map(|help| match help.strip_prefix("Did you mean ") {
            Some(meant) if !meant.contains(' ') => format!("did you mean `{}`?", meant.trim_end_matches('?')),
            _ => help.clone(),
        });
        if let Some(package) = self.missing_package(mistake, place) {
            diagnostic.message = format!("there is no package `{package}` in `pkgs`");
        }
        let option = under_way(mistake.trail.iter().map(String::as_str)).into_iter().next();
        if let Some(option) = option.filter(|_| mistake.places.is_empty()) {
            diagnostic = diagnostic.with_note(format!("needed for the NixOS option `{}`", shown(&option)));
        }
        let rest = without_store_paths(&mistake.text.trim().lines().skip(1).collect::<Vec<_>>().join(" "));
        let rest = one_line(&rest);
        if !rest.is_empty() {
            diagnostic = diagnostic.with_note(rest);
        }
        diagnostic
    }

    /// A path or a string where a set is wanted is taken for the file of a module.
    fn no_submodule(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let message = mistake.text.trim();
        let path = mistake.cause()?.to_vec();
        let e = self.scene.evaluator;
        let is_meant = |definition: Definition<'a>| match e.force(self.content(definition.value)) {
            Ok(Value::Path(file)) => is_missing(message, file.text),
            Ok(Value::String(file)) => is_missing(message, file.text),
            _ => false,
        };
        let is_taken = self.exactly(&path).into_iter().any(is_meant)
            && self.options.is_some_and(|options| kinds::is_submodule(e, options, &path));
        let wrong = Mistake::new(mistake.text.clone(), Message::Other);
        is_taken.then(|| self.wrong_type(&wrong, &quoted_path(&path), "set of options", &[]))
    }

    /// What fails inside of a function that stands for a set: it was given what a submodule is given, and not what it
    /// takes first.
    fn uncalled_submodule(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let innermost = mistake.places.first().copied()?;
        let modules = self.modules?;
        let options = self.options?;
        let mut found = Vec::new();
        modules.walk(&mut |path, value| {
            found.extend(self.scene.evaluator.plain_function(value).map(|span| (path.to_vec(), value, span)));
            true
        });
        // Elsewhere a function is what is wanted: an overlay.
        found.retain(|(path, ..)| kinds::is_submodule(self.scene.evaluator, options, path));
        found.into_iter().find_map(|(path, value, function)| {
            let body = self.users(function)?;
            let place = self.scene.evaluator.written(value).and_then(|written| self.users(written))?;
            let name = shown(&path);
            (body.contains(innermost) && !body.contains(place)).then(|| {
                Diagnostic::new(
                    Code::GuestWrongType,
                    place,
                    format!("the NixOS option `{name}` is given a function that takes another argument"),
                )
                .labelled("this is a function: an argument is missing")
            })
        })
    }

    /// What a plain check says of the definition that fails, now that it is known where values come from.
    fn traced(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let found = self.exactly(mistake.asked_by.as_ref()?);
        let failure = found.into_iter().find_map(|definition| {
            self.scene.failure(definition.value).filter(|failure| failure.message == mistake.text)
        })?;
        plain(self.scene, self.report, &failure)
    }

    /// A function is called with what it does not take: by the module system, or by the user.
    fn unexpected_argument(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let (start, argument) = mistake.text.split_once(" called with unexpected argument '")?;
        let argument = argument.split('\'').next()?;
        let place = mistake.places.first().copied()?;
        let function = start.strip_prefix("function '").and_then(|name| name.strip_suffix('\''));
        let is_written = self.slice(place).trim_start_matches('"').starts_with(argument);
        if let Some(function) = function.filter(|function| is_written && *function != "anonymous lambda") {
            let message = format!("`{function}` takes no `{argument}`");
            let diagnostic = Diagnostic::new(Code::GuestEvaluation, place, message);
            let meant = mistake.help.as_ref().and_then(|help| help.strip_prefix("Did you mean "));
            return Some(match meant {
                Some(meant) => {
                    diagnostic.with_help(format!("did you mean `{}`?", meant.trim_end_matches('?')))
                }
                None => diagnostic.with_help("leave it out"),
            });
        }
        // A call of the user's is told as a plain check tells it.
        if is_written || mistake.plain.is_some() {
            return None;
        }
        Some(
            Diagnostic::new(
                Code::GuestModule,
                place,
                "the module does not take all arguments that modules get",
            )
            .with_help("end the module's arguments with `...`: `{ config, pkgs, ... }:`"),
        )
    }

    /// The name in `pkgs.name`, or in `with pkgs; name`, that is no package.
    fn missing_package<'m>(&self, mistake: &'m Mistake, place: Span) -> Option<&'m str> {
        let undefined = mistake.text.strip_prefix("undefined variable '");
        let is_package = |help: &String| help.contains("of `pkgs`");
        if let Some(name) = undefined
            && (mistake.help.as_ref().is_some_and(is_package) || self.is_with_packages(place))
        {
            return name.strip_suffix('\'');
        }
        let name = mistake.text.strip_prefix("attribute '")?.strip_suffix("' missing")?;
        let before = self.report.before(place);
        let is_of_packages = |text: &str| {
            let set = text.strip_suffix('.').map(|text| text.rsplit(|c: char| !c.is_alphanumeric()).next());
            set.flatten().is_some_and(|set| PACKAGES.contains(&set))
        };
        let is_package = self
            .slice(place)
            .strip_suffix(name)
            .is_some_and(|set| PACKAGES.contains(&set.trim_end_matches('.')))
            || self.slice(place) == name && is_of_packages(before);
        is_package.then_some(name)
    }

    /// Whether the innermost `with` around a place is that of `pkgs`.
    fn is_with_packages(&self, place: Span) -> bool {
        set_of_with(self.report.text(place), place).is_some_and(|set| set == "pkgs")
    }

    /// An argument of a module that nobody gives fails far from the module.
    fn missing_argument(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let name = mistake.text.strip_prefix("attribute '")?.strip_suffix("' missing")?;
        let asked = format!("while evaluating the module argument `{name}'");
        mistake.trail.iter().find(|step| step.starts_with(&asked))?;
        self.argument_of_nobody(name)
    }

    /// A module asks for this, and nobody gives it.
    fn argument_of_nobody(&mut self, name: &str) -> Option<Diagnostic> {
        let e = self.scene.evaluator;
        let arguments =
            e.expression("builtins.functionArgs", "«arguments»", &self.scene.run.build.directory).ok()?;
        let functions = self.modules.map(|modules| modules.functions.clone()).unwrap_or_default();
        let keys: Vec<_> = functions
            .into_iter()
            .filter_map(|function| {
                let formals = e.call(arguments, e.force(function).ok()?).ok()?;
                e.key_span(e.expect_attrs(formals).ok()?.get(e.intern(name))?.position)
            })
            .collect();
        let place = keys.into_iter().find_map(|key| self.users(key))?;
        let diagnostic = Diagnostic::new(
            Code::GuestModule,
            place,
            format!("the module asks for an argument `{name}` that nobody gives"),
        );
        let meant = suggestion::closest(name, ARGUMENTS.iter().map(|&known| known.to_owned()));
        Some(match meant {
            Some(meant) => diagnostic.with_help(format!("did you mean `{meant}`?")),
            None => diagnostic.with_help(
                "modules get `config`, `lib`, `options`, `pkgs` and `modulesPath`, and what `_module.args` holds",
            ),
        })
    }
}

/// The set of the innermost `with` around a place.
pub(super) fn set_of_with(text: &str, place: Span) -> Option<String> {
    let parsed = parse_plainly(text);
    let mut tree = Some(parsed.root());
    let mut set = None;
    while let Some(inner) = tree {
        let mut nodes = inner.nodes();
        if inner.kind() == SyntaxKind::NODE_WITH {
            set = nodes.next();
        }
        tree = nodes.find(|node| node.start() <= place.start && place.end <= node.end());
    }
    set.map(|set| set.text().to_owned())
}

/// A message without the inner workings of values: `cannot coerce a function to a string: «lambda @ …»`.
pub(super) fn without_internals(message: &str) -> &str {
    let inner = message.find('«').or_else(|| message.find("{ ")).unwrap_or(message.len());
    message[..inner].rfind(": ").filter(|_| inner < message.len()).map_or(message, |end| &message[..end])
}

/// A text with the names of packages for their paths: `htop-3` for `/nix/store/…-htop-3`.
fn without_store_paths(text: &str) -> String {
    /// The length of the part of a path's name that tells builds apart.
    const HASH: usize = 32;
    let mut short = String::with_capacity(text.len());
    let mut pieces = text.split("/nix/store/");
    short.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_hash =
            |hash: &str| hash.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        match piece.split_at_checked(HASH).and_then(|(hash, rest)| Some((hash, rest.strip_prefix('-')?))) {
            Some((hash, name)) if is_hash(hash) => short.push_str(name),
            _ => short.extend(["/nix/store/", piece]),
        }
    }
    short
}
