//! `launchnix explain`: the page on a code.

use launchnix_diagnostics::Code;

use crate::failure::{Failure, Outcome};
use crate::terminal;

/// Prints the page on `code`, or the list of all codes.
pub(crate) fn run(code: Option<&str>) -> Result<Outcome, Failure> {
    let text = match code {
        Some(text) => page(find(text)?),
        None => list(),
    };
    terminal::print(&text)?;
    Ok(Outcome::Fine)
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

/// The code that is most like a mistyped one, or whose title is meant.
fn similar(text: &str) -> Option<&'static str> {
    let wanted = text.to_lowercase();
    let distance = |code: &&Code| {
        let explanation = code.explanation();
        let by_code = strsim::damerau_levenshtein(&wanted, &explanation.code.to_lowercase());
        by_code.min(strsim::damerau_levenshtein(&wanted, explanation.title))
    };
    let best = Code::ALL.iter().min_by_key(distance)?;
    (distance(&best) <= 2.max(wanted.chars().count() / 4)).then(|| best.as_str())
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
            ("E0308x!", None),
            ("", None),
        ] {
            let Err(Failure::UnknownCode { similar, .. }) = find(text) else { panic!("{text} was found") };
            assert_eq!(similar, expected, "{text}");
        }
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
