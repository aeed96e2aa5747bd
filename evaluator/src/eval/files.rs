//! Reading files: each is parsed and evaluated once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use launchnix_diagnostics::{Diagnostic, Fault, FileFault, FileKind, SourceId, Sources as _, Span};
use rustc_hash::FxHashMap;

use super::{Evaluator, Result, lossy};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::{Expr, ExprKind};
use crate::lower::{Closeness, Environment, found_before, lower};
use crate::path::{as_bytes, as_path, canonical, directory};
use crate::settings::Lints;
use crate::store::fetch::Miss;
use crate::store::memory::Refusal;
use crate::symbol::Symbol;
use crate::syntax::Parsed;
use crate::text::raw;
use crate::value::{Attrs, Env, Position, Value};

impl<'a> Evaluator<'a> {
    /// The value of a file; a directory means its `default.nix`. Relative paths are refused.
    pub fn file(&self, path: &Path) -> Result<Value<'a>> {
        self.file_named(path, None)
    }

    /// As [`file`](Self::file), with the name that messages use for it.
    pub fn file_named(&self, path: &Path, name: Option<&str>) -> Result<Value<'a>> {
        let path = self.resolve_file(path)?;
        if let Some(&value) = self.files.borrow().get(&path) {
            return self.force(value);
        }
        let expr = self.parse_file(&path, name, &[])?;
        let value = self.delay_always(expr, self.root_env());
        self.files.borrow_mut().insert(path, value);
        self.force(value)
    }

    /// Evaluates an expression that stands in no file; relative paths start from `directory`.
    pub fn expression(&self, text: impl AsRef<[u8]>, name: &str, directory: &Path) -> Result<Value<'a>> {
        let expr = self.parse_bytes(text.as_ref(), name, as_bytes(directory), &[])?;
        self.eval(expr, self.root_env())
    }

    /// As [`expression`](Self::expression), evaluated when it is needed.
    pub fn delayed_expression(
        &self,
        text: impl AsRef<[u8]>,
        name: &str,
        directory: &Path,
    ) -> Result<Value<'a>> {
        let expr = self.parse_bytes(text.as_ref(), name, as_bytes(directory), &[])?;
        Ok(self.delay_always(expr, self.root_env()))
    }

    /// A value of which nothing is known, for a reason that was told: whatever needs it fails with an error that has been
    /// reported.
    pub fn unknown(&self, place: Span) -> Value<'a> {
        let expr = self.arena.alloc(Expr { kind: ExprKind::Broken, span: place });
        self.delay_always(expr, self.root_env())
    }

    /// An expression as `nix-instantiate --parse` prints it.
    pub fn parsed_expression(&self, text: impl AsRef<[u8]>, name: &str, directory: &Path) -> Result<Vec<u8>> {
        let expr = self.parse_bytes(text.as_ref(), name, as_bytes(directory), &[])?;
        Ok(self.shown(expr, as_bytes(directory)))
    }

    /// The expression in a file as `nix-instantiate --parse` prints it.
    pub fn parsed_file(&self, path: &Path) -> Result<Vec<u8>> {
        let path = self.resolve_file(path)?;
        let expr = self.parse_file(&path, None, &[])?;
        Ok(self.shown(expr, directory(as_bytes(&path))))
    }

    /// An expression in the form that Nix gives it in messages.
    pub(super) fn shown(&self, expr: &Expr<'a>, directory: &[u8]) -> Vec<u8> {
        let sources_of_bytes = self.sources_of_bytes.borrow();
        let encoded = sources_of_bytes.get(&expr.span.source);
        let text = match encoded {
            Some(text) => text[expr.span.start as usize..expr.span.end as usize].to_owned(),
            None => self.source_map.borrow().slice(expr.span).to_owned(),
        };
        let mut parsed = crate::syntax::parse_plainly(&text);
        parsed.holds_bytes = encoded.is_some();
        let globals = self.globals.borrow();
        let environment = Environment {
            arena: self.arena,
            symbols: self.symbols,
            globals: &globals as &FxHashMap<_, _>,
            outer_names: &[],
            position: &|_, _| Position::NONE,
            current_position: &|_| Value::Null,
            directory,
            home: self.settings.home.as_deref().map(as_bytes).filter(|_| !self.settings.pure),
            pure: self.settings.pure,
            source: expr.span.source,
            lints: Lints::default(),
            warn: &|_, _| (),
            stack_floor: self.stack_floor,
            closeness: Closeness::Exact,
            recovers: self.recovers_syntax(),
            has_nul: false,
        };
        match crate::lower::show(parsed.root(), &environment) {
            Some(shown) if parsed.is_valid() => shown,
            _ => text.into_bytes(),
        }
    }

    /// A file evaluated with other built-in names on top, as `scopedImport` does.
    pub(crate) fn scoped_file(&self, path: &Path, scope: &'a Attrs<'a>) -> Result<Value<'a>> {
        let path = self.resolve_file(path)?;
        let entries = scope.entries(self.arena);
        let names: Vec<Symbol> = entries.iter().map(|attr| attr.name).collect();
        if names.is_empty() {
            return self.file(&path);
        }
        let expr = self.parse_file(&path, None, &names)?;
        let env = Env::outermost(self.arena, entries.len(), |at| entries[at].value);
        self.eval(expr, env)
    }

    pub(super) fn root_env(&self) -> Env<'a> {
        Env::outermost(self.arena, 0, |_| Value::Blackhole)
    }

    /// Follows symbolic links and finds a directory's `default.nix`.
    pub(super) fn resolve_file(&self, asked: &Path) -> Result<PathBuf> {
        let mut path = asked.to_path_buf();
        for _ in 0..40 {
            match self.sources().kind(&path) {
                Ok(FileKind::Directory) => path.push("default.nix"),
                Ok(FileKind::Symlink) => {
                    let target =
                        self.sources().read_link(&path).map_err(|error| unreadable(&path, &error))?;
                    let joined = path.parent().unwrap_or(Path::new("/")).join(target);
                    path = as_path(&canonical(as_bytes(&joined))).to_path_buf();
                }
                Ok(_) => return Ok(path),
                Err(error) => return Err(unreadable(&path, &error)),
            }
        }
        let message =
            format!("too many symbolic links encountered while traversing the path '{}'", asked.display());
        Err(Failure::new(ErrorKind::File, message))
    }

    /// The content of a file.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>> {
        self.sources().read(path).map_err(|error| unreadable(path, &error))
    }

    fn parse_file(&self, path: &Path, name: Option<&str>, outer: &[Symbol]) -> Result<&'a Expr<'a>> {
        let bytes = self.read(path)?;
        let shown = path.to_string_lossy();
        let name = name.unwrap_or(&shown);
        let directory = directory(as_bytes(path));
        match String::from_utf8(bytes) {
            Ok(text) => self.parse_text(text, name, directory, outer, false),
            Err(error) if self.recovers_syntax() => Err(self.not_text(name, path, error.as_bytes())),
            Err(error) => self.parse_bytes(error.as_bytes(), name, directory, outer),
        }
    }

    /// Parses what may not be text, as Nix does.
    fn parse_bytes(
        &self,
        bytes: &[u8],
        name: &str,
        directory: &[u8],
        outer: &[Symbol],
    ) -> Result<&'a Expr<'a>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.parse_text(text, name, directory, outer, false),
            Err(_) => self.parse_text(raw::encode(bytes), name, directory, outer, true),
        }
    }

    /// A file that cannot be read as text, with the place of the first byte that is none.
    fn not_text(&self, name: &str, path: &Path, bytes: &[u8]) -> Error {
        let failure = Failure::new(ErrorKind::File, format!("file '{}' is not valid UTF-8", path.display()))
            .of(Fault::File(FileFault::NotText));
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let Ok(start) = u32::try_from(valid) else { return failure };
        // As it is shown, each such byte is U+FFFD; all before the first is at the same place as in the file.
        let source = self.source_map.borrow_mut().add(name, String::from_utf8_lossy(bytes));
        let width = u32::try_from(char::REPLACEMENT_CHARACTER.len_utf8()).unwrap_or(0);
        failure.at(Span::new(source, start, start + width))
    }

    fn parse_text(
        &self,
        text: impl Into<Arc<str>>,
        name: &str,
        directory: &[u8],
        outer: &[Symbol],
        holds_bytes: bool,
    ) -> Result<&'a Expr<'a>> {
        // The one copy is that of the source map.
        let text: Arc<str> = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(Failure::new(ErrorKind::Limit, format!("'{name}' is larger than 4 GiB")));
        }
        let seen = if holds_bytes { Arc::from(raw::visible(&text)) } else { Arc::clone(&text) };
        let source = self.source_map.borrow_mut().add(name, seen);
        let recovers = self.recovers_syntax();
        let mut parsed =
            if recovers { crate::syntax::parse(&text) } else { crate::syntax::parse_plainly(&text) };
        if holds_bytes {
            parsed.holds_bytes = true;
            self.sources_of_bytes.borrow_mut().insert(source, Arc::clone(&text));
        }
        for (start, call) in parsed.or_names() {
            self.warn_of_or(Span::new(source, start, start), call);
        }
        let mut mistake = None;
        if !recovers {
            self.observe(source, name, &parsed);
            mistake = parsed.first_diagnostic(source, self.settings.features.has("pipe-operators"));
        }
        let is_first = !self.has_parsed.replace(true);
        if is_first && self.settings.exact_if_written && parsed.root().is_written_container() {
            self.eager.set(false);
        }
        let globals = self.globals.borrow();
        let environment = Environment {
            arena: self.arena,
            symbols: self.symbols,
            globals: &globals as &FxHashMap<_, _>,
            outer_names: outer,
            position: &|key, path| self.position(key, path),
            current_position: &|span| self.position_value(self.line_column(span)),
            directory,
            home: self.settings.home.as_deref().map(as_bytes).filter(|_| !self.settings.pure),
            pure: self.settings.pure,
            source,
            lints: self.settings.lints,
            warn: &|span, message| self.warn_of(span, message),
            stack_floor: self.stack_floor,
            // A set that is made once keeps no places.
            closeness: match self.eager.get() {
                _ if self.settings.tracing => Closeness::Placed,
                true => Closeness::Folded,
                false => Closeness::Exact,
            },
            recovers,
            has_nul: text.contains('\0'),
        };
        if let Some(mistake) = mistake {
            let at = parsed.first_mistake();
            let earlier = at.and_then(|at| found_before(&text, at, parsed.root(), &environment));
            return Err(syntax_failure(vec![earlier.unwrap_or(mistake)]));
        }
        let (mut expr, mut diagnostics) = lower(parsed.root(), &environment);
        if recovers {
            if !diagnostics.is_empty()
                && parsed.is_valid()
                && let Some(mut other) = crate::syntax::parse_otherwise(&parsed)
            {
                other.holds_bytes = holds_bytes;
                let (meant, left) = lower(other.root(), &environment);
                if left.len() < diagnostics.len() {
                    (parsed, expr, diagnostics) = (other, meant, left);
                }
            }
            self.observe(source, name, &parsed);
            let mut mistakes = self.syntax_errors.borrow_mut();
            mistakes.extend(parsed.diagnostics(source));
            mistakes.extend(diagnostics);
        } else if !diagnostics.is_empty() {
            return Err(syntax_failure(diagnostics));
        }
        Ok(expr)
    }

    /// Shows a tree to whoever wants to see all of them.
    fn observe(&self, source: SourceId, name: &str, parsed: &Parsed<'_>) {
        if let Some(observe) = self.settings.observe {
            observe(source, name, parsed);
        }
    }

    fn recovers_syntax(&self) -> bool {
        self.settings.recover || self.settings.recover_syntax
    }

    /// With [`Settings::recover`](crate::Settings::recover): what is wrong with the files that were
    /// parsed so far, in the order in which they were.
    pub fn syntax_errors(&self) -> Vec<Diagnostic> {
        self.syntax_errors.borrow().clone()
    }

    /// Whether exactly that is delayed which Nix delays.
    pub fn is_exact(&self) -> bool {
        !self.eager.get()
    }

    /// Says something of a place.
    fn warn_of(&self, span: Span, message: &str) {
        let (file, line, column) = self.line_column(span);
        (self.settings.message)(&format!("warning: {message}\n         at {file}:{line}:{column}"));
    }

    /// What a URL or a channel in place of a file means: its archive, unpacked. `None` for all else.
    pub fn archive(&self, word: &[u8]) -> Option<Result<PathBuf>> {
        let path = crate::builtins::archive(self, word)?;
        Some(path.map(|path| as_path(&path).to_path_buf()))
    }

    /// A path as the user may write it outside of files: a relative one starts from the current directory.
    pub(crate) fn absolute(&self, path: &[u8]) -> Vec<u8> {
        canonical(as_bytes(&self.settings.directory.join(as_path(path))))
    }

    /// Says once that an entry of the lookup path is not there; a URL could not be fetched.
    #[cold]
    pub(crate) fn warn_of_missing_entry(&self, entry: &[u8], is_url: bool) {
        if !self.settings.pure && self.missing_entries.borrow_mut().insert(entry.to_vec()) {
            let entry = lossy(entry);
            let warn = |what: &str| {
                (self.settings.message)(&format!(
                    "warning: Nix search path entry '{entry}' {what}, ignoring"
                ));
            };
            if is_url {
                warn("cannot be downloaded");
            }
            warn("does not exist");
        }
    }

    /// Says that `or` is used as an identifier, in Nix's words.
    #[cold]
    fn warn_of_or(&self, span: Span, call: &str) {
        let (file, line, column) = self.line_column(span);
        (self.settings.message)(&format!(
            "warning: at {file}:{line}:{column}: This expression uses `or` as an identifier in a way that will change \
             in a future Nix release.\nWrap this entire expression in parentheses to preserve its current meaning:\n    \
             ({call})\nGive feedback at https://github.com/NixOS/nix/pull/11121"
        ));
    }

    /// The file, the line and the column of a place.
    pub(crate) fn line_column(&self, span: Span) -> (String, u32, u32) {
        let source_map = self.source_map.borrow();
        let file = source_map.get(span.source);
        let at = file.line_byte(span.start);
        (file.name().to_owned(), at.line, at.column)
    }

    /// `{ file; line; column; }` of a place, as `unsafeGetAttrPos` gives it.
    /// Text that stands in no file has no places.
    pub(crate) fn position_value(&self, (file, line, column): (String, u32, u32)) -> Value<'a> {
        if file.starts_with('«') {
            return Value::Null;
        }
        self.attrs(&[
            ("file", self.string(file)),
            ("line", Value::Int(i64::from(line))),
            ("column", Value::Int(i64::from(column))),
        ])
    }
}

fn syntax_failure(diagnostics: Vec<Diagnostic>) -> Error {
    let message = diagnostics.first().map_or_else(String::new, |first| first.message.clone());
    let mut failure = Failure::new(ErrorKind::Syntax, message);
    failure.span = diagnostics.first().and_then(|first| first.primary);
    failure.diagnostics = diagnostics;
    failure
}

/// Linux's `ELOOP`.
const TOO_MANY_LINKS: i32 = 40;

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    if let Some(refusal) = Refusal::of(error) {
        let kind = match refusal {
            Refusal::NotFetched(Miss { found: Some(_), .. }) => ErrorKind::Mismatch,
            _ => ErrorKind::File,
        };
        let failure = Failure::new(kind, refusal.to_string());
        return match refusal {
            Refusal::NotFetched(Miss { help: Some(help), .. }) => failure.with_help(*help),
            Refusal::NotFetched(_) | Refusal::Forbidden(_) | Refusal::Restricted(_) => failure,
        };
    }
    let shown = lossy(as_bytes(path)).into_owned();
    match error.kind() {
        _ if error.raw_os_error() == Some(TOO_MANY_LINKS) => {
            Failure::new(ErrorKind::File, format!("infinite symlink recursion in path '{shown}'"))
        }
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            Failure::new(ErrorKind::File, format!("path '{shown}' does not exist"))
                .of(Fault::File(FileFault::Missing(shown)))
        }
        _ => Failure::new(ErrorKind::File, format!("reading file '{shown}': {error}")),
    }
}
