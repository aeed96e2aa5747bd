//! The nixpkgs that guests are evaluated with, and what is said where it is none or does not work.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Code, Diagnostic, Sources, Span};
use launchnix_evaluator::syntax::{SyntaxKind, parse_plainly};
use launchnix_evaluator::{Evaluator, Failure, Value};
use launchnix_schema::Deployment;

use super::build::Build;
use super::report::Report;
use super::suggestion;

/// The file of nixpkgs that evaluates a system.
const EVALUATION: &str = "nixos/lib/eval-config.nix";

/// Why no guest can be evaluated.
pub(super) enum Unusable {
    /// The option `nixpkgs` is no directory, which the check has told.
    Told,
    /// There is none; this is the reason.
    Missing(String),
    /// It is not in this directory.
    Elsewhere(PathBuf),
    /// Not even a guest without modules of the user can be evaluated with it.
    Broken { directory: PathBuf, reason: String, at: Option<String> },
}

/// The nixpkgs of the deployment: as a value, and where it is.
pub(super) fn nixpkgs<'a>(
    evaluator: &Evaluator<'a>,
    build: &Build<'_>,
) -> Result<(Value<'a>, PathBuf), Unusable> {
    let missing = |error: Box<Failure>| Unusable::Missing(error.message);
    let value = evaluator.file(&build.directory.join(crate::guest::NIXPKGS)).map_err(missing)?;
    let path = match value {
        Value::Path(path) => path.text,
        Value::String(string) => string.text,
        _ => return Err(Unusable::Told),
    };
    let path = PathBuf::from(OsStr::from_bytes(path));
    let exists = format!("nixpkgs: builtins.pathExists (nixpkgs + \"/{EVALUATION}\")");
    let exists = evaluator.expression(exists, "«nixpkgs»", &build.directory).map_err(missing)?;
    if evaluator.call(exists, value).and_then(|exists| evaluator.expect_bool(exists)).map_err(missing)? {
        // Guests that want the same packages share them. A nixpkgs that is broken is told of where it is needed.
        let _ = evaluator.share_calls(&path);
        return Ok((value, path));
    }
    // A tree that could not be fetched is not there, and neither is what is not in it.
    let look = evaluator.expression("builtins.readDir", "«nixpkgs»", &build.directory).map_err(missing)?;
    evaluator.call(look, value).and_then(|names| evaluator.force(names)).map_err(missing)?;
    Err(Unusable::Elsewhere(path))
}

/// What is wrong with nixpkgs, going by what a guest fails with that has no modules of the user; or by what is no
/// valid Nix in it.
pub(super) fn broken(
    evaluator: &Evaluator<'_>,
    directory: &Path,
    failure: Option<&Failure>,
) -> Option<Unusable> {
    let map = evaluator.source_map();
    let name = |span: Span| Path::new(map.get(span.source).name());
    let is_inside = |span: &Span| name(*span).starts_with(directory);
    let syntax = evaluator
        .syntax_errors()
        .into_iter()
        .find(|error| error.is_error() && error.primary.is_some_and(|span| is_inside(&span)));
    let (reason, span) = match (syntax, failure) {
        (Some(error), _) => (error.message, error.primary),
        (None, Some(failure)) => {
            let frames = failure.frames.iter().filter_map(|frame| frame.span);
            let span = failure.span.into_iter().chain(frames).find(is_inside);
            (failure.message.trim().lines().next().unwrap_or_default().to_owned(), span)
        }
        (None, None) => return None,
    };
    let at = span.map(|span| {
        let start = map.get(span.source).line_column(span.start);
        format!("{}:{}", name(span).display(), start.line)
    });
    Some(Unusable::Broken { directory: directory.to_owned(), reason, at })
}

/// Whether the check has told what is wrong with the option `nixpkgs`.
pub(super) fn is_told(report: &Report<'_>, told: &[Diagnostic]) -> bool {
    let places = told.iter().filter_map(|known| known.primary);
    places.into_iter().any(|place| binding(report.text(place), place).is_some())
}

/// What the option `nixpkgs` around a place is bound to.
fn binding(text: &str, place: Span) -> Option<Span> {
    let parsed = parse_plainly(text);
    let mut tree = Some(parsed.root());
    let mut found = None;
    while let Some(inner) = tree {
        let nodes: Vec<_> = inner.nodes().collect();
        if let (SyntaxKind::NODE_ATTRPATH_VALUE, [path, value, ..]) = (inner.kind(), nodes.as_slice())
            && path.text() == "nixpkgs"
        {
            found = Some(Span::new(place.source, value.start(), value.end()));
        }
        tree = nodes.into_iter().find(|node| node.start() <= place.start && place.end <= node.end());
    }
    found
}

/// Without nixpkgs no guest can be evaluated.
pub(super) fn diagnostic(
    deployment: &Deployment,
    build: &Build<'_>,
    report: &Report<'_>,
    unusable: Unusable,
) -> Option<Diagnostic> {
    let first = build.guests.first()?;
    let named = deployment.nixpkgs.as_ref().map(|nixpkgs| nixpkgs.span);
    let place = named.map_or(first.span, |place| binding(report.text(place), place).unwrap_or(place));
    let label = match named {
        Some(_) => "this is what guests are built from".to_owned(),
        None => format!("`{}` runs NixOS", first.name),
    };
    let diagnostic = match unusable {
        Unusable::Told => return None,
        Unusable::Missing(reason) => missing(deployment, build, report, &reason, place),
        Unusable::Elsewhere(directory) => {
            let reason = format!("there is no `{EVALUATION}` in `{}`", directory.display());
            let diagnostic = missing(deployment, build, report, &reason, place);
            match beside(build, &directory) {
                Some(meant) => diagnostic.with_help(format!("did you mean `{}`?", meant.display())),
                None => diagnostic,
            }
        }
        Unusable::Broken { directory, reason, at } => {
            let message = format!("the nixpkgs at `{}` is broken: {reason}", directory.display());
            let diagnostic = Diagnostic::new(Code::NixpkgsMissing, place, message).with_help(
                "mend it there, or name another revision: `-I nixpkgs=DIRECTORY`, or the deployment's option `nixpkgs`",
            );
            let diagnostic = match at {
                Some(at) => diagnostic.with_note(format!("at {at}")),
                None => diagnostic,
            };
            diagnostic.with_note("a guest without any module of yours fails with it as well")
        }
    };
    Some(if diagnostic.primary_label.is_empty() { diagnostic.labelled(label) } else { diagnostic })
}

/// The directory with nixpkgs that the wrong one is in, or that is in it.
fn beside(build: &Build<'_>, directory: &Path) -> Option<PathBuf> {
    let above = directory.ancestors().skip(1).map(Path::to_owned);
    above.chain([directory.join("nixpkgs")]).find(|meant| build.exists(&meant.join(EVALUATION)))
}

fn missing(
    deployment: &Deployment,
    build: &Build<'_>,
    report: &Report<'_>,
    reason: &str,
    place: Span,
) -> Diagnostic {
    if let Some(diagnostic) = other_hash(report, reason, place) {
        return diagnostic;
    }
    let named = report.request.search_path.iter().find(|(name, _)| name == "nixpkgs");
    let reason = match named.filter(|(_, path)| deployment.nixpkgs.is_none() && !build.exists(path)) {
        Some((_, path)) => format!("`<nixpkgs>` is `{}`, which does not exist", path.display()),
        None => reason.to_owned(),
    };
    let written = report.slice(place).strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    // Channels are called so, too.
    let is_misspelt = |name: &&str| {
        let is_near = suggestion::closest(name, std::iter::once("nixpkgs".to_owned())).is_some();
        *name != "nixpkgs" && (is_near || named.is_some() && !name.contains('/'))
    };
    let help = match written.filter(is_misspelt) {
        Some(_) => "did you mean `<nixpkgs>`?",
        None => {
            "name a directory that holds nixpkgs: `-I nixpkgs=DIRECTORY`, the variable `NIX_PATH`, or the \
             deployment's option `nixpkgs`; without `--guests`, none is needed"
        }
    };
    Diagnostic::new(Code::NixpkgsMissing, place, "there is no nixpkgs to evaluate the guests with")
        .with_help(help)
        .with_note(reason)
}

/// What was fetched is something else than its hash says.
fn other_hash(report: &Report<'_>, reason: &str, place: Span) -> Option<Diagnostic> {
    let line = |name: &str| reason.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let (specified, got) = (line("specified:")?, line("got:")?);
    let written = report.slice(place);
    let bare = specified.rsplit_once(':').map_or(specified, |(_, hash)| hash);
    let (at, literal) = [specified, bare].into_iter().find_map(|hash| Some((written.find(hash)?, hash)))?;
    let start = place.start + u32::try_from(at).ok()?;
    let span = Span::new(place.source, start, start + u32::try_from(literal.len()).ok()?);
    let diagnostic =
        Diagnostic::new(Code::NixpkgsMissing, span, "the nixpkgs that was fetched has another hash")
            .labelled("this is not its hash")
            .with_help(format!("see whether the address is the right one; if so, write `{got}`"));
    Some(diagnostic)
}
