//! What is run in a guest, or asked of it.

use launchnix_diagnostics::{Code, Diagnostic, Span};

use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::Checks;

pub(super) fn check(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    let all = [("healthChecks", &options.health_checks), ("preDeployChecks", &options.pre_deploy_checks)];
    for (option, checks) in all {
        if let Some(checks) = checks {
            one_kind(option, checks, decoder);
        }
    }
    for (name, secret) in &options.secrets {
        // Without an action there is none.
        if !secret.action.is_empty() {
            let option = format!("secrets.{}.action", name.as_str());
            program(&option, secret.span, &secret.action, decoder);
        }
    }
}

fn one_kind(option: &str, checks: &Checks, decoder: &mut Decoder<'_>) {
    for check in checks.cmd.iter().filter(|check| !check.flaws.is_mistaken("cmd")) {
        program(&format!("{option}.cmd"), decoder.empty_list(check.span, "cmd"), &check.cmd, decoder);
    }
    for (name, value) in checks.http.iter().flat_map(|check| &check.headers) {
        if value.value.contains(char::is_control) {
            let message = format!("the header `{}` has a control character in it", name.as_str());
            decoder.push(
                Diagnostic::new(Code::Malformed, value.span, message)
                    .labelled("a header is one line")
                    .with_help("write it without line breaks"),
            );
        }
    }
}

/// A command begins with the program that is run.
fn program(option: &str, place: Span, command: &[Spanned<String>], decoder: &mut Decoder<'_>) {
    let (span, label) = match command.first() {
        None => (place, "no program is named here"),
        Some(first) if first.value.trim().is_empty() => (first.span, "the program has no name"),
        Some(_) => return,
    };
    decoder.push(
        Diagnostic::new(Code::OutOfRange, span, format!("a command of `{option}` is empty"))
            .labelled(label)
            .with_help(
                "name the program and its arguments, for example `[ \"systemctl\" \"is-active\" \"nginx\" ]`",
            ),
    );
}
