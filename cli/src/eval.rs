//! `launchnix eval`: what `nix-instantiate --eval` does, with its flags and its output.

use std::borrow::Cow;
use std::cell::Cell;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use launchnix_diagnostics::Code;
use launchnix_evaluator::fetch::{Fetcher, Identify, Request};
use launchnix_evaluator::{Error, ErrorKind, Evaluator, Lint, Lints, Settings, Symbol, Value, evaluate};

use crate::arguments::{Color, OutputArguments};
use crate::disk_sources::DiskSources;
use crate::eval_arguments::{self, EvalArguments, Given, Mode, Output};
use crate::failure::{Failure, Outcome};
use crate::fetch::Fetching;
use crate::plain::plain;
use crate::render::{self, Format};
use crate::{deployment_file, eval_store, lookup_path, nix_conf, nix_settings, terminal};

const HELP: &str = "\
Evaluate Nix as `nix-instantiate --eval` does

Usage: launchnix eval [OPTIONS] [FILE]...
       launchnix eval [OPTIONS] --expr EXPR...
       launchnix eval [OPTIONS] -

What is printed:
      --eval              The value [default]
      --strict            Evaluate attributes and list elements too
      --json, --xml       In another language; `--no-location` leaves places out of XML
      --raw               A string without quotes
      --instantiate       The paths of derivations; no store is written to
      --parse             The expression as it is understood
      --find-file         Where a file of the lookup path is

What is evaluated:
  -E, --expr              The words that follow are expressions, not files
  -A, --attr PATH         A part of it, such as `a.b.0`
      --arg NAME EXPR     Pass an argument to functions
      --argstr NAME TEXT  Pass a string to functions
  -I, --include [NAME=]PATH
                          Where `<NAME>` is looked up, before NIX_PATH
      --option NAME VALUE A setting of Nix, such as `pure-eval true`; `--pure-eval` and `--no-pure-eval` do as well
      --store DIRECTORY   Write what is made below this directory, which gets a `nix/store`
      --show-trace        Show all that led to an error

Exit status, as nix-instantiate has it: 0 fine, 1 errors in the expression or wrong usage, 102 something fetched has
another hash; 3 the outside world.
";

/// Evaluates what the words ask for.
pub(crate) fn run(words: &[std::ffi::OsString]) -> Result<Outcome, Failure> {
    let mut arguments = match eval_arguments::parse(words) {
        Ok(arguments) => arguments,
        Err(message) => {
            terminal::report(&format!(
                "error: {message}\n  help: `launchnix eval --help` lists the options\n"
            ));
            return Ok(Outcome::Mistakes);
        }
    };
    if arguments.mode == Mode::Help {
        terminal::print(HELP)?;
        return Ok(Outcome::Fine);
    }
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    // Where `HOME` is not set, the database of users knows.
    let home = std::env::var_os("HOME").map(PathBuf::from).or_else(std::env::home_dir);
    let environment =
        nix_conf::Environment { variable: &|name| std::env::var_os(name), home: home.as_deref() };
    match nix_conf::settings(&environment) {
        Ok(configured) => arguments.add_configuration(configured),
        Err(message) => {
            terminal::report(&format!("error: {message}\n"));
            return Ok(Outcome::Mistakes);
        }
    }
    let mut settings = Settings::new(&DiskSources);
    let [configured, given] = arguments.settings();
    settings.search_path = lookup_path::from_settings(&arguments.include, configured, given, home.as_deref());
    settings.directory.clone_from(&current);
    let environment = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    settings.environment = &environment;
    settings.home = home;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    settings.current_time = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    warn(&arguments);
    if let Err(message) = configure(&mut settings, &arguments).and_then(|()| set_store(&mut settings)) {
        terminal::report(&format!("error: {message}\n"));
        return Ok(Outcome::Mistakes);
    }
    let input = if arguments.stdin || arguments.arguments.iter().any(|(_, given)| *given == Given::Stdin) {
        stdin()
    } else {
        Vec::new()
    };
    let mut command =
        Command { arguments: &arguments, current: &current, stdin: &input, skip: 0, store: None };
    let said = AtomicUsize::new(0);
    if arguments.option("allow-import-from-derivation") != Some("false") {
        settings.realise = Some(&eval_store::realise);
    }
    let fetching = Fetching::new(arguments.is_on("offline"));
    let fetch = |request: &Request, identify: &Identify<'_>| fetching.fetch(request, identify);
    settings.fetcher = Some(Fetcher { fetch: &fetch, eager: true });
    let evaluated = arguments.option("eval-store").map_or(Ok(()), eval_store::check);
    let store = arguments.option("store").map_or(Ok(None), |store| eval_store::directory(store, &current));
    let store = match evaluated.and(store) {
        Ok(store) => store,
        Err(message) => {
            terminal::report(&format!("error: {message}\n"));
            return Ok(Outcome::Mistakes);
        }
    };
    command.store = store.as_deref();
    let message = |text: &str| {
        said.fetch_add(1, Ordering::Relaxed);
        terminal::report(&format!("{}\n", for_a_log(text)));
    };
    settings.message = &message;
    settings.refuse_inexact = true;
    // A file that is a set is evaluated exactly at once, since it would be parsed again for that.
    settings.exact_if_written = !arguments.strict
        && arguments.output != Output::Raw
        && arguments.mode != Mode::Instantiate
        && arguments.attributes.is_empty();
    let outcome = match attempt(&settings, &command)? {
        Attempt::Done(outcome) => return Ok(outcome),
        Attempt::Again { printed } => printed,
    };
    // What is printed shows what was delayed. Most values do not, and are computed faster with less delay.
    command = Command { skip: outcome, ..command };
    let before = said.load(Ordering::Relaxed);
    let said_again = AtomicUsize::new(0);
    let message = |text: &str| {
        if said_again.fetch_add(1, Ordering::Relaxed) >= before {
            terminal::report(&format!("{}\n", for_a_log(text)));
        }
    };
    settings.message = &message;
    settings.exact_laziness = true;
    match attempt(&settings, &command)? {
        Attempt::Done(outcome) => Ok(outcome),
        Attempt::Again { .. } => Ok(Outcome::Fine),
    }
}

/// Says what is odd about the words and the settings.
fn warn(arguments: &EvalArguments) {
    for warning in &arguments.warnings {
        terminal::report(&format!("warning: {warning}\n"));
    }
    if arguments.features().has("no-url-literals") {
        terminal::report(
            "warning: experimental feature 'no-url-literals' has been stabilized and renamed; use 'lint-url-literals = \
             fatal' setting instead\n",
        );
    }
    for feature in arguments.unknown_features() {
        terminal::report(&format!("warning: unknown experimental feature '{feature}'\n"));
    }
    for name in arguments.unknown_settings() {
        terminal::report(&format!("warning: unknown setting '{name}'\n"));
    }
}

/// Does what Nix's settings say of evaluation.
fn configure(settings: &mut Settings<'_>, arguments: &EvalArguments) -> Result<(), String> {
    let system = arguments.option("eval-system").filter(|system| !system.is_empty());
    settings.current_system = system
        .or(arguments.option("system"))
        .map_or_else(|| format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS), str::to_owned);
    settings.pure = arguments.is_on("pure-eval");
    settings.restricted = arguments.is_on("restrict-eval");
    let uris = arguments.option("allowed-uris").unwrap_or_default();
    settings.allowed_uris = uris.split_ascii_whitespace().map(str::to_owned).collect();
    settings.features = arguments.features();
    settings.trace_verbose = arguments.is_on("trace-verbose");
    let from_environment =
        || matches!(std::env::var("NIX_ABORT_ON_WARN").as_deref(), Ok("1" | "true" | "yes"));
    settings.abort_on_warn = arguments.is_on("abort-on-warn") || from_environment();
    let is_left_on = |setting| arguments.option(setting).is_none() || arguments.is_on(setting);
    settings.allow_dirty = is_left_on("allow-dirty");
    settings.warn_dirty = is_left_on("warn-dirty");
    settings.lints = lints(arguments)?;
    if settings.pure {
        settings.search_path.clear();
    }
    if let Some(depth) = arguments.option("max-call-depth") {
        let depth = nix_settings::number_with_unit(depth)?;
        settings.limits.call_depth = depth.try_into().unwrap_or(settings.limits.call_depth);
    }
    Ok(())
}

/// The directory of the store, which all store paths depend on.
fn set_store(settings: &mut Settings<'_>) -> Result<(), String> {
    let named = ["NIX_STORE_DIR", "NIX_STORE"].into_iter().filter_map(std::env::var_os);
    let Some(directory) = named.map(PathBuf::from).find(|name| !name.as_os_str().is_empty()) else {
        return Ok(());
    };
    if !directory.is_absolute() {
        return Err(format!("not an absolute path: \"{}\"", directory.display()));
    }
    settings.store_directory = deployment_file::normal(&directory).to_string_lossy().into_owned();
    Ok(())
}

/// What the settings say of literals that are discouraged.
fn lints(arguments: &EvalArguments) -> Result<Lints, String> {
    let lint = |name: &str| nix_settings::lint(name, arguments.option(name));
    let mut lints = Lints {
        urls: lint("lint-url-literals")?,
        short_paths: lint("lint-short-path-literals")?,
        absolute_paths: lint("lint-absolute-path-literals")?,
    };
    // The older name of one of them, which counts where that is not given.
    for (name, value) in &arguments.options {
        if name == "warn-short-path-literals" {
            let level = if matches!(value.as_str(), "true" | "yes" | "1") { "warn" } else { "ignore" };
            terminal::report(&format!(
                "warning: 'warn-short-path-literals' is deprecated, use 'lint-short-path-literals = {level}' instead\n"
            ));
        }
    }
    if arguments.option("lint-short-path-literals").is_none() && arguments.is_on("warn-short-path-literals") {
        lints.short_paths = Lint::Warn;
    }
    Ok(lints)
}

/// How an evaluation ended.
enum Attempt {
    Done(Outcome),
    /// After so many results there is one that has to be evaluated exactly as lazily as Nix does.
    Again {
        printed: usize,
    },
}

fn attempt(settings: &Settings<'_>, command: &Command<'_>) -> Result<Attempt, Failure> {
    let ended = evaluate(settings, |evaluator| match command.run(evaluator) {
        Ok(()) => match command.store.map_or(Ok(()), |store| eval_store::write(evaluator, store)) {
            Ok(()) => Ok(Attempt::Done(Outcome::Fine)),
            Err(message) => {
                terminal::report(&format!("error: {message}\n"));
                Ok(Attempt::Done(Outcome::Outside))
            }
        },
        Err(Stop::Error(error)) => {
            let outcome = match error.kind {
                ErrorKind::Mismatch => Outcome::Mismatch,
                _ => Outcome::Mistakes,
            };
            report(evaluator, *error, command.arguments.is_on("show-trace"));
            Ok(Attempt::Done(outcome))
        }
        Err(Stop::Output(error)) => match error.kind() {
            io::ErrorKind::BrokenPipe => Ok(Attempt::Done(Outcome::Fine)),
            _ => Err(Failure::Write { what: "standard output", error }),
        },
        Err(Stop::Again { printed }) => Ok(Attempt::Again { printed }),
    });
    ended.unwrap_or_else(|error| {
        terminal::report(&format!("error: {error}\n"));
        Ok(Attempt::Done(Outcome::Outside))
    })
}

/// Why nothing more is evaluated.
enum Stop {
    Error(Error),
    /// The output cannot be written.
    Output(io::Error),
    /// What was delayed shows in the next result.
    Again {
        printed: usize,
    },
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

struct Command<'c> {
    arguments: &'c EvalArguments,
    current: &'c Path,
    /// What standard input holds, where it is asked for.
    stdin: &'c [u8],
    /// Results that were printed before.
    skip: usize,
    /// Below which what was made is written.
    store: Option<&'c Path>,
}

impl Command<'_> {
    fn run(&self, e: &Evaluator<'_>) -> Result<(), Stop> {
        let printed = Cell::new(0);
        self.results(e, &printed).map_err(|stop| match stop {
            Stop::Error(error) if shows_laziness(e, &error) => Stop::Again { printed: printed.get() },
            other => other,
        })
    }

    fn results(&self, e: &Evaluator<'_>, printed: &Cell<usize>) -> Result<(), Stop> {
        let arguments = self.arguments;
        let mut given: Vec<(Symbol, Value<'_>)> = Vec::new();
        for (name, value) in &arguments.arguments {
            given.push((e.intern(name), self.given(e, value)?));
        }
        if arguments.stdin {
            let text = self.stdin;
            self.process(e, &given, printed, || e.expression(text, "«stdin»", self.current), &|| {
                e.parsed_expression(text, "«stdin»", self.current)
            })?;
        }
        let default = [std::ffi::OsString::from("./default.nix")];
        let needs_one = !arguments.stdin && !arguments.expressions && arguments.mode != Mode::FindFile;
        let operands =
            if arguments.operands.is_empty() && needs_one { &default[..] } else { &arguments.operands };
        for operand in operands {
            let text = operand.to_string_lossy();
            if arguments.mode == Mode::FindFile {
                let found = e.expression(
                    format!("__findFile __nixPath {}", quoted(&text)),
                    "«string»",
                    self.current,
                )?;
                let found = e.print(found);
                if found.starts_with(b"<") {
                    let found = String::from_utf8_lossy(&found);
                    let message = format!("'{found}' has no physical path");
                    return Err(launchnix_evaluator::Failure::other(message).into());
                }
                print(&[&found, b"\n"])?;
            } else if arguments.expressions {
                self.process(
                    e,
                    &given,
                    printed,
                    || e.expression(operand.as_bytes(), "«string»", self.current),
                    &|| e.parsed_expression(operand.as_bytes(), "«string»", self.current),
                )?;
            } else {
                let file = self.file(e, operand)?;
                self.process(e, &given, printed, || e.file(&file), &|| e.parsed_file(&file))?;
            }
        }
        Ok(())
    }

    fn given<'a>(&self, e: &Evaluator<'a>, given: &Given) -> Result<Value<'a>, Error> {
        match given {
            Given::Expression(text) => e.delayed_expression(text, "«string»", self.current),
            Given::String(text) => Ok(e.string(text)),
            Given::File(file) => {
                let path = deployment_file::normal(&self.current.join(file));
                if !path.exists() {
                    let file = file.to_string_lossy();
                    let message = format!("opening file \"{file}\": No such file or directory");
                    return Err(launchnix_evaluator::Failure::other(message));
                }
                let text = format!("__readFile {}", quoted(&path.to_string_lossy()));
                e.expression(&text, "«string»", self.current)
            }
            Given::Stdin => Ok(e.string(self.stdin)),
        }
    }

    /// A file as the command line names it: `<nixpkgs>` is looked up.
    fn file(&self, e: &Evaluator<'_>, operand: &OsStr) -> Result<PathBuf, Error> {
        let text = operand.to_string_lossy();
        if text.starts_with('<') && text.ends_with('>') && text.len() > 2 {
            let found = e.expression(&*text, "«string»", self.current)?;
            return Ok(PathBuf::from(String::from_utf8_lossy(&e.print(found)).into_owned()));
        }
        let archive = e.archive(operand.as_bytes());
        archive.unwrap_or_else(|| Ok(deployment_file::normal(&self.current.join(operand))))
    }

    fn process<'a>(
        &self,
        e: &Evaluator<'a>,
        given: &[(Symbol, Value<'a>)],
        printed: &Cell<usize>,
        root: impl FnOnce() -> Result<Value<'a>, Error>,
        parsed: &dyn Fn() -> Result<Vec<u8>, Error>,
    ) -> Result<(), Stop> {
        let arguments = self.arguments;
        if arguments.mode == Mode::Parse {
            return print(&[&parsed()?, b"\n"]);
        }
        let root = root()?;
        let whole = [String::new()];
        let paths = if arguments.attributes.is_empty() { &whole[..] } else { &arguments.attributes };
        for path in paths {
            let value = e.select_path(root, path, given)?;
            if arguments.mode == Mode::Instantiate {
                let mut printed = Ok(());
                let found = e.derivations(value, given, &mut |derivation| {
                    let output = match &*derivation.output {
                        "out" => String::new(),
                        other => format!("!{other}"),
                    };
                    if printed.is_ok() {
                        printed = print(&[derivation.drv_path.as_bytes(), output.as_bytes(), b"\n"]);
                    }
                });
                printed?;
                found?;
                continue;
            }
            let value = if given.is_empty() { value } else { e.auto_call(value, given)? };
            if printed.get() < self.skip {
                printed.set(printed.get() + 1);
                continue;
            }
            let holds = match value {
                Value::Attrs(attrs) => !attrs.is_empty(),
                Value::List(list) => !list.items.is_empty(),
                _ => false,
            };
            if holds && !arguments.strict && !e.is_exact() && arguments.output != Output::Raw {
                return Err(Stop::Again { printed: printed.get() });
            }
            match arguments.output {
                Output::Raw => print(&[e.raw(value)?])?,
                Output::Xml => {
                    let (text, written) = e.xml_with(value, arguments.strict, !arguments.no_location);
                    if !written.as_ref().is_err_and(|error| shows_laziness(e, error)) {
                        print(&[&text])?;
                    }
                    written?;
                }
                Output::Json => print(&[&e.json_with(value, arguments.strict)?.0, b"\n"])?,
                Output::Nix => {
                    let value = if arguments.strict { e.force_deep(value)? } else { value };
                    let shown = e.print(value);
                    // What is one list, and what are several that have the same elements, shows in nothing else.
                    if !e.is_exact() && holds && String::from_utf8_lossy(&shown).contains("«repeated»") {
                        return Err(Stop::Again { printed: printed.get() });
                    }
                    print(&[&shown, b"\n"])?;
                }
            }
            printed.set(printed.get() + 1);
        }
        Ok(())
    }
}

/// Whether a message shows a set or a list, and thus perhaps what is not evaluated yet.
fn shows_laziness(e: &Evaluator<'_>, error: &Error) -> bool {
    let shows = error.message.contains("{ ") || error.message.contains("[ ");
    error.kind == ErrorKind::Inexact || !e.is_exact() && shows
}

/// A Nix string.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$");
    format!("\"{escaped}\"")
}

fn stdin() -> Vec<u8> {
    let mut text = Vec::new();
    // What could be read is evaluated; a broken pipe is not worth more words.
    let _ = io::stdin().lock().read_to_end(&mut text);
    text
}

fn print(parts: &[&[u8]]) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    parts.iter().try_for_each(|part| out.write_all(part)).and_then(|()| out.flush()).map_err(Stop::Output)
}

/// What a program said, as standard error takes it.
fn for_a_log(text: &str) -> Cow<'_, str> {
    if io::stderr().is_terminal() { Cow::Borrowed(text) } else { Cow::Owned(plain(text)) }
}

/// Mistakes of a file that are shown: a variable that is missing may be used in very many places.
const SHOWN: usize = 20;

/// Shows an error: Nix's words first, then our places.
fn report(e: &Evaluator<'_>, error: launchnix_evaluator::Failure, show_trace: bool) {
    let mut look = terminal::look(&OutputArguments {
        format: Format::Full,
        color: Color::Auto,
        ascii: false,
        width: None,
    });
    if !io::stderr().is_terminal() {
        // Programs read whole lines.
        look.width = 200;
    }
    let sources = e.source_map();
    let frames = error.frames.clone();
    let excerpt = error.excerpt.clone();
    let diagnostics = error.into_diagnostics();
    let left_out = diagnostics.len().saturating_sub(SHOWN);
    for (index, diagnostic) in diagnostics.into_iter().take(SHOWN).enumerate() {
        // The last error of what Nix prints is the one that counts, and it ends at the first mistake.
        let word = if index == 0 { "error" } else { "also" };
        let mut text = format!("{word}: {}", for_a_log(&diagnostic.message));
        if diagnostic.code == Code::DuplicateAttribute
            && let Some(first) = diagnostic.labels.first()
        {
            // Nix names the first of the two in its message.
            let file = sources.get(first.span.source);
            let at = file.line_byte(first.span.start);
            let _ = write!(text, " at {}:{}:{}", file.name(), at.line, at.column);
        }
        if let Some(excerpt) = excerpt.as_deref().filter(|_| index == 0) {
            text.push_str(excerpt);
        }
        text.push('\n');
        text.push_str(&render::places(&diagnostic, &sources, &look));
        terminal::report(&text);
    }
    if left_out > 0 {
        terminal::report(&format!("… and {left_out} more like these\n"));
    }
    // What the program itself says about the error is always shown, for people look for it.
    for frame in frames {
        if !show_trace && frame.span.is_some() {
            continue;
        }
        let place = frame.span.map(|span| {
            let file = sources.get(span.source);
            let at = file.line_column(span.start);
            format!(" (at {}:{}:{})", file.name(), at.line, at.column)
        });
        terminal::report(&format!("  … {}{}\n", frame.message, place.unwrap_or_default()));
    }
}
