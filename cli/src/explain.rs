//! `launchnix explain`: the page on a code or an option.

use launchnix_compiler::manual;
use launchnix_diagnostics::Code;

use crate::failure::{Failure, Outcome};
use crate::terminal;

/// The word for a list of all options, in the place of one.
const OPTIONS: &str = "options";

/// Prints the page on a code or an option, or the list of all codes.
pub(crate) fn run(wanted: Option<&str>) -> Result<Outcome, Failure> {
    let text = match wanted {
        None => list(),
        Some(OPTIONS) => lines(&manual::all()),
        Some(text) => match find(text) {
            Ok(code) => page(code),
            Err(failure) => page_on_option(text.trim()).ok_or(failure)?,
        },
    };
    terminal::print(&text)?;
    Ok(Outcome::Fine)
}

/// An option with its path.
type Named = (String, &'static manual::OptionInfo);

/// The page on an option, with those inside of it; a list where several are called so, `None` where none is.
fn page_on_option(called: &str) -> Option<String> {
    match manual::find(called).as_slice() {
        [] => None,
        [(path, option)] => {
            let prefix = format!("{path}.");
            let inside: Vec<_> =
                manual::all().into_iter().filter(|(inner, _)| inner.starts_with(&prefix)).collect();
            let inside = if inside.is_empty() { String::new() } else { format!("\n{}", lines(&inside)) };
            Some(format!("{path}\n\n{}{inside}", manual::section(option)))
        }
        several => Some(lines(several)),
    }
}

/// One line per option.
fn lines(options: &[Named]) -> String {
    let width = options.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
    let line = |(path, option): &Named| format!("{path:width$}  {}\n", option.gist());
    options.iter().map(line).collect()
}

/// One line per code.
fn list() -> String {
    let line = |code: &Code| format!("{code}  {:7}  {}\n", severity(*code), code.explanation().title);
    Code::ALL.iter().map(line).collect()
}

fn severity(code: Code) -> &'static str {
    if code.severity() == launchnix_diagnostics::Severity::Error { "error" } else { "warning" }
}

/// Finds a code as people write it: `LNX0301`, `lnx0301`, `error[LNX0301]`, `301`.
fn find(text: &str) -> Result<Code, Failure> {
    let trimmed = text.trim();
    let inner = trimmed.split_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).unwrap_or(trimmed);
    let by_number = || inner.parse::<u16>().ok().and_then(|number| Code::parse(&format!("LNX{number:04}")));
    Code::parse(inner)
        .or_else(by_number)
        .ok_or_else(|| Failure::UnknownCode { code: text.to_owned(), similar: similar(inner) })
}

/// The code that is most like a mistyped one, or whose title is meant, or the name of an option.
fn similar(text: &str) -> Option<&'static str> {
    let wanted = text.to_lowercase();
    let distance = |code: &&Code| {
        let explanation = code.explanation();
        let by_code = strsim::damerau_levenshtein(&wanted, &explanation.code.to_lowercase());
        by_code.min(strsim::damerau_levenshtein(&wanted, explanation.title))
    };
    let best = Code::ALL.iter().min_by_key(distance)?;
    let of_option = |name: &&str| strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
    let option = manual::all().iter().map(|(_, option)| option.name).min_by_key(of_option)?;
    let length = wanted.chars().count();
    // The digits of a code say less than the letters of an option.
    let code = (distance(&best) <= 2.max(length / 4) && distance(&best) < length).then(|| best.as_str());
    let option = (of_option(&option) <= length / 4).then_some(option);
    code.or(option)
}

/// The page with its heading.
fn page(code: Code) -> String {
    let explanation = code.explanation();
    format!("{} ({}): {}\n\n{}\n", explanation.code, severity(code), explanation.title, code.page())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_people_write_them() {
        for text in ["LNX0301", "lnx0301", " error[LNX0301] ", "301", "0301"] {
            assert_eq!(find(text).unwrap(), Code::WrongType, "{text}");
        }
    }

    #[test]
    fn a_mistyped_code_gets_a_suggestion() {
        for (text, expected) in [
            ("LNX0310", Some("LNX0301")),
            ("LXN0301", Some("LNX0301")),
            ("unknown options", Some("LNX0302")),
            ("sshPorts", Some("sshPort")),
            ("E0308x!", None),
            ("", None),
        ] {
            let Err(Failure::UnknownCode { similar, .. }) = find(text) else { panic!("{text} was found") };
            assert_eq!(similar, expected, "{text}");
        }
    }

    #[test]
    fn options_are_found_by_any_part_of_their_path() {
        for called in ["deployment.sshPort", "machines.web.deployment.sshPort", "sshPort"] {
            let page = page_on_option(called).unwrap();
            assert!(page.starts_with("deployment.sshPort\n\n"), "{called}: {page}");
            assert!(page.contains("- Default: `22`\n"), "{called}: {page}");
        }
        assert_eq!(page_on_option("initialDisks.games"), page_on_option("initialDisks"));
        assert_eq!(page_on_option("initialDisks.games.bus"), page_on_option("bus"));
        let page = page_on_option("staticIPs").unwrap();
        assert!(page.contains("\ndeployment.staticIPs.*.prefix "), "{page}");
        assert_eq!(page_on_option("interfaces.0.mac"), page_on_option("deployment.interfaces.*.mac"));
        let several = page_on_option("port").unwrap();
        assert_eq!(several.lines().count(), 4, "{several}");
        assert_eq!(page_on_option("nothing"), None);
        assert_eq!(page_on_option(""), None);
    }

    #[test]
    fn a_page_has_heading_and_body() {
        let page = page(Code::WrongType);
        assert!(
            page.starts_with(
                "LNX0301 (error): wrong type\n\nAn option has a value of another type than it takes"
            ),
            "{page}"
        );
        assert!(page.contains("\nWrong:\n\n```nix\n{\n  deployment"), "{page}");
    }
}
