//! The nixpkgs that guests are evaluated with, and what is said where it is none or does not work.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Code, Diagnostic, Sources, Span};
use launchnix_evaluator::{Evaluator, Failure, Value};
use launchnix_schema::Deployment;

use super::build::Build;
use crate::check::Request;

/// Why no guest can be evaluated.
pub(super) enum Unusable {
    /// The option `nixpkgs` is no directory, which the check has told.
    Told,
    /// There is none; this is the reason.
    Missing(String),
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
    let exists = "nixpkgs: builtins.pathExists (nixpkgs + \"/nixos/lib/eval-config.nix\")";
    let exists = evaluator.expression(exists, "«nixpkgs»", &build.directory).map_err(missing)?;
    if evaluator.call(exists, value).and_then(|exists| evaluator.expect_bool(exists)).map_err(missing)? {
        return Ok((value, path));
    }
    // A tree that could not be fetched is not there, and neither is what is not in it.
    let look = evaluator.expression("builtins.readDir", "«nixpkgs»", &build.directory).map_err(missing)?;
    evaluator.call(look, value).and_then(|names| evaluator.force(names)).map_err(missing)?;
    Err(Unusable::Missing(format!("there is no `nixos/lib/eval-config.nix` in `{}`", path.display())))
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

/// Without nixpkgs no guest can be evaluated.
pub(super) fn diagnostic(
    deployment: &Deployment,
    build: &Build<'_>,
    request: &Request,
    unusable: Unusable,
) -> Option<Diagnostic> {
    let first = build.guests.first()?;
    let place = deployment.nixpkgs.as_ref().map_or(first.span, |nixpkgs| nixpkgs.span);
    let label = if deployment.nixpkgs.is_some() {
        "this is what guests are built from".to_owned()
    } else {
        format!("`{}` runs NixOS", first.name)
    };
    match unusable {
        Unusable::Told => None,
        Unusable::Missing(reason) => {
            let named = request.search_path.iter().find(|(name, _)| name == "nixpkgs");
            let reason = match named.filter(|(_, path)| deployment.nixpkgs.is_none() && !build.exists(path)) {
                Some((_, path)) => format!("`<nixpkgs>` is `{}`, which does not exist", path.display()),
                None => reason,
            };
            let diagnostic = Diagnostic::new(
                Code::NixpkgsMissing,
                place,
                "there is no nixpkgs to evaluate the guests with",
            )
            .labelled(label)
            .with_help(
                "name a directory that holds nixpkgs: `-I nixpkgs=DIRECTORY`, the variable `NIX_PATH`, or the \
                 deployment's option `nixpkgs`; without `--guests`, none is needed",
            )
            .with_note(reason);
            Some(diagnostic)
        }
        Unusable::Broken { directory, reason, at } => {
            let message = format!("the nixpkgs at `{}` is broken: {reason}", directory.display());
            let diagnostic = Diagnostic::new(Code::NixpkgsMissing, place, message).labelled(label).with_help(
                "mend it there, or name another revision: `-I nixpkgs=DIRECTORY`, or the deployment's option `nixpkgs`",
            );
            let diagnostic = match at {
                Some(at) => diagnostic.with_note(format!("at {at}")),
                None => diagnostic,
            };
            Some(diagnostic.with_note("a guest without any module of yours fails with it as well"))
        }
    }
}
