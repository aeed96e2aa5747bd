//! The deployment that a file gives: its value, or what that gives for the arguments of the command line where it is a
//! function.

use launchnix_diagnostics::{Code, Diagnostic, SourceMap, Span, enumerate};
use launchnix_evaluator::{Error, Evaluator, Value};
use launchnix_schema::{OF_GUEST, is_of_nixos};

use crate::check::{Argument, Request};
use crate::nix::{self, Nix};
use crate::paths::Base;

/// The deployment: the value of the file, called with the arguments where it is a function. `None` where it lacks some,
/// which is told.
pub(crate) fn root<'a>(
    evaluator: &Evaluator<'a>,
    request: &Request,
    base: &Base,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Value<'a>>, Error> {
    let value = evaluator.file_named(&request.file, Some(&request.display))?;
    if !value.is_function() {
        return Ok(Some(value));
    }
    let mut arguments = Vec::new();
    let lacking = Lacking::find(evaluator, value, request, base)?;
    // The rest of the file is checked without them.
    for (name, place) in &lacking.arguments {
        arguments.push((name.as_str(), evaluator.unknown(*place)));
    }
    for (name, argument) in &request.arguments {
        let value = match argument {
            Argument::Expr(text) => {
                evaluator.delayed_expression(text, &format!("--arg {name}"), &base.directory)?
            }
            Argument::Str(text) => {
                let literal = nix::write(&Nix::string(text.as_str()));
                evaluator.delayed_expression(&literal, &format!("--argstr {name}"), &base.directory)?
            }
        };
        arguments.push((name.as_str(), value));
    }
    let arguments = evaluator.attrs(&arguments);
    let wanted = evaluator.expression(
        "function: arguments: builtins.intersectAttrs (builtins.functionArgs function) arguments",
        "«arguments»",
        &base.directory,
    )?;
    let wanted = evaluator.call(evaluator.call(wanted, value)?, arguments)?;
    let root = evaluator.call(value, wanted);
    if lacking.arguments.is_empty() {
        return root.map(Some);
    }
    let has =
        |is_meant: fn(&str) -> bool| root.as_ref().is_ok_and(|root| has_name(evaluator, *root, is_meant));
    let is_module = lacking.is_of_nixos() && !has(is_of_deployment);
    let of_nixos = |name: &str| name == "services" || is_of_nixos(name);
    if is_module && has(of_nixos) {
        let place = lacking.arguments[0].1;
        diagnostics.push(
            Diagnostic::new(
                Code::NotADeployment,
                place,
                "the file holds a NixOS configuration, not a deployment",
            )
            .labelled("an argument of a NixOS module")
            .with_help(OF_GUEST),
        );
        return Ok(None);
    }
    diagnostics.push(lacking.diagnostic(is_module));
    if is_module { Ok(None) } else { root.map(Some) }
}

/// Whether a value is a set with an attribute of a name that is meant.
fn has_name<'a>(evaluator: &Evaluator<'a>, value: Value<'a>, is_meant: fn(&str) -> bool) -> bool {
    let Ok(Value::Attrs(attributes)) = evaluator.force(value) else { return false };
    evaluator.sorted(attributes).iter().any(|(name, _)| std::str::from_utf8(name).is_ok_and(is_meant))
}

/// Whether the top of a deployment file has what the guest's module has not.
fn is_of_deployment(name: &str) -> bool {
    matches!(name, "deployment" | "machine" | "machines" | "defaults")
}

/// What is said of an argument that was not given.
pub(crate) const LACKS: &str = "no value is given";

/// Arguments of a deployment file that were not given.
struct Lacking {
    /// Their names, each with its place.
    arguments: Vec<(String, Span)>,
    /// Arguments that were given and that it does not take.
    unknown: Vec<String>,
}

impl Lacking {
    fn find<'a>(
        evaluator: &Evaluator<'a>,
        function: Value<'a>,
        request: &Request,
        base: &Base,
    ) -> Result<Self, Error> {
        let mut lacking = Self { arguments: Vec::new(), unknown: Vec::new() };
        let formals = evaluator.expression("builtins.functionArgs", "«arguments»", &base.directory)?;
        let Value::Attrs(formals) = evaluator.force(evaluator.call(formals, function)?)? else {
            return Ok(lacking);
        };
        let whole = whole_file(&evaluator.source_map(), request);
        let is_given = |name: &str| request.arguments.iter().any(|(argument, _)| argument == name);
        for (name, formal) in evaluator.sorted(formals) {
            let name = String::from_utf8_lossy(name).into_owned();
            let is_needed =
                matches!(evaluator.force(formal.value)?, Value::Bool(optional) if !optional.get());
            if is_needed && !is_given(&name) {
                lacking.arguments.push((name, evaluator.key_span(formal.position).unwrap_or(whole)));
            }
        }
        lacking.arguments.sort_by_key(|(_, place)| *place);
        let known = evaluator.sorted(formals);
        let given = request.arguments.iter().map(|(given, _)| given);
        lacking.unknown =
            given.filter(|given| !known.iter().any(|(name, _)| *name == given.as_bytes())).cloned().collect();
        Ok(lacking)
    }

    /// A module of NixOS is a function as well, and so is a flake's output.
    fn is_of_nixos(&self) -> bool {
        self.arguments.iter().any(|(name, _)| is_given_to_modules(name))
    }

    /// Says what is lacking, of a module of NixOS or of a deployment.
    fn diagnostic(&self, is_module: bool) -> Diagnostic {
        let (first, place) = &self.arguments[0];
        let names: Vec<_> = self.arguments.iter().map(|(name, _)| format!("`{name}`")).collect();
        let arguments = if names.len() == 1 { "argument" } else { "arguments" };
        let message =
            format!("the deployment is a function that lacks its {arguments} {}", enumerate(&names, "and"));
        let help = match first.as_str() {
            _ if is_module => {
                "a NixOS module belongs to a machine: `{ deployment = { … }; machine = { pkgs, ... }: { … }; }`"
                    .to_owned()
            }
            "lib" => "write a default: `lib ? import <nixpkgs/lib>`".to_owned(),
            "pkgs" => "write a default: `pkgs ? import <nixpkgs> { }`".to_owned(),
            "config" => "only the guests' modules are given `config`: `machine = { config, ... }: { … };`".to_owned(),
            _ => format!(
                "give it with `--arg {first} EXPRESSION` or `--argstr {first} TEXT`, or write a default: `{first} ? …`"
            ),
        };
        let mut diagnostic =
            Diagnostic::new(Code::NotADeployment, *place, message).labelled(LACKS).with_help(help);
        for given in &self.unknown {
            let note = format!("`{given}` is given on the command line, and is no argument of it");
            diagnostic.notes.push(note);
        }
        for (_, place) in &self.arguments[1..] {
            diagnostic = diagnostic.with_label(*place, "nor for this");
        }
        diagnostic
    }
}

/// Whether NixOS gives every module an argument of this name.
fn is_given_to_modules(name: &str) -> bool {
    matches!(name, "pkgs" | "config" | "lib")
}

/// The place of the whole deployment file.
pub(crate) fn whole_file(map: &SourceMap, request: &Request) -> Span {
    let found = map.iter().find(|(_, file)| file.name() == request.display);
    let first = map.iter().next();
    match found.or(first) {
        Some((id, file)) => {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let text = file.text().trim_end();
            Span::new(id, offset(text.len() - from_first_expression(text).len()), offset(text.len()))
        }
        None => unreachable!("a file was evaluated"),
    }
}

/// A text from its first expression on.
fn from_first_expression(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let comment = if rest.starts_with('#') {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else {
            return rest;
        };
        let Some(end) = comment else { return text };
        rest = rest[end..].trim_start();
    }
}
