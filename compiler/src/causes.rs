//! Which option, written where, caused something.

use launchnix_diagnostics::{SourceMap, Span};
use launchnix_schema::manifest::Cause;
use launchnix_schema::{Deployment, Form};

/// Turns places in sources into causes of the manifest.
pub(crate) struct Causes<'c> {
    pub(crate) sources: &'c SourceMap,
    /// The names of the sources as paths: what diagnostics call `web/deployment.nix` is `deployment.nix` here.
    pub(crate) names: &'c [String],
}

impl Causes<'_> {
    pub(crate) fn at(&self, option: impl Into<String>, span: Span) -> Cause {
        let place = self.sources.get(span.source).line_column(span.start);
        let file = match self.names.get(span.source.index()) {
            Some(name) => name.clone(),
            None => self.sources.get(span.source).name().to_owned(),
        };
        Cause { option: option.into(), file, line: place.line, column: place.column }
    }
}

/// The path of a machine's option: `machines.web.deployment.ram`, in the one-machine form `deployment.ram`.
pub(crate) fn machine_option(deployment: &Deployment, attribute: &str, option: &str) -> String {
    match deployment.form {
        Form::Machine => format!("deployment.{option}"),
        Form::Fleet => format!("machines.{}.deployment.{option}", quoted(attribute)),
    }
}

/// The path of the machine itself.
pub(crate) fn machine_path(deployment: &Deployment, attribute: &str) -> String {
    match deployment.form {
        Form::Machine => "deployment".to_owned(),
        Form::Fleet => format!("machines.{}", quoted(attribute)),
    }
}

/// An attribute's name as it stands in a path of Nix.
pub(crate) fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''));
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}
