//! Evaluation itself: order, errors, messages.

use launchnix_diagnostics::Fault;

use super::{Builtin, Wanted, computes, passes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Coercion, Evaluator, Result, lossy};
use crate::value::Value;

pub(super) static ALL: &[Builtin] = &[
    passes("seq", 2, |e, a| {
        e.force(a[0])?;
        e.force(a[1])
    })
    .forcing(&[(0, Wanted::Any)]),
    passes("deepSeq", 2, |e, a| {
        e.force_deep(a[0])?;
        e.force(a[1])
    }),
    computes("throw", 1, |e, a| {
        let message = e.coerce(a[0], Coercion::STRICT)?;
        Err(e.thrown(Failure::new(ErrorKind::Thrown, message.lossy()), a[0]))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("abort", 1, |e, a| {
        let message = e.coerce(a[0], Coercion::STRICT)?;
        let failure = Failure::new(
            ErrorKind::Aborted,
            format!("evaluation aborted with the following error message: '{}'", message.lossy()),
        )
        .of(Fault::Aborted(message.lossy().into_owned()));
        Err(e.thrown(failure, a[0]))
    })
    .forcing(&[(0, Wanted::Any)]),
    computes("tryEval", 1, |e, a| match e.trying(|| e.force(a[0])) {
        Ok(value) => Ok(e.attrs(&[("success", Value::bool(true)), ("value", value)])),
        Err(error) if error.catchable => {
            Ok(e.attrs(&[("success", Value::bool(false)), ("value", Value::bool(false))]))
        }
        Err(error) => Err(error),
    }),
    passes("addErrorContext", 2, |e, a| {
        e.force(a[1]).map_err(|error| match e.coerce(a[0], Coercion::PATH) {
            Ok(context) => error.frame(None, context.lossy().into_owned()),
            // What is said of an error is itself evaluated, and fails first.
            Err(wrong) => wrong,
        })
    }),
    passes("trace", 2, trace).forcing(&[(0, Wanted::Any)]),
    passes("traceVerbose", 2, |e, a| if e.settings.trace_verbose { trace(e, a) } else { e.force(a[1]) }),
    passes("warn", 2, |e, a| {
        let message = e.expect_string(a[0])?;
        (e.settings.message)(&warning(&message.lossy()));
        if e.settings.abort_on_warn {
            return Err(Failure::other("aborting to reveal stack trace of warning, as abort-on-warn is set"));
        }
        e.force(a[1])
    }),
    passes("break", 1, |e, a| e.force(a[0])),
    computes("getEnv", 1, |e, a| {
        let name = e.expect_plain_string(a[0])?;
        let value = if e.settings.pure || e.settings.restricted {
            None
        } else {
            (e.settings.environment)(&lossy(name))
        };
        Ok(e.string(value.unwrap_or_default()))
    }),
    computes("genericClosure", 1, |e, a| super::sets::generic_closure(e, a[0])),
];

/// A warning as Nix shows it: further lines are indented, and blanks at the ends of lines are left out.
fn warning(message: &str) -> String {
    const TITLE: &str = "evaluation warning: ";
    let message = message.trim_end();
    if message.is_empty() {
        return String::new();
    }
    let lines = message.lines().enumerate().map(|(at, line)| {
        let before = if at == 0 { TITLE.to_owned() } else { " ".repeat(TITLE.len()) };
        (before + line).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn trace<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let shown = match e.force(a[0])? {
        Value::String(string) => string.lossy().into_owned(),
        Value::List(_) | Value::Attrs(_) if e.settings.refuse_inexact && !e.is_exact() => {
            return Err(Failure::new(ErrorKind::Inexact, "a trace shows what is delayed"));
        }
        other => e.trace_value(other),
    };
    (e.settings.message)(&format!("trace: {shown}"));
    e.force(a[1])
}
