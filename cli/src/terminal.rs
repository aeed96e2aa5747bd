//! What the terminal can show, and writing to it.

use std::io::{self, IsTerminal, Write};

use crate::arguments::{Color, OutputArguments};
use crate::failure::Failure;
use crate::render::{Charset, Look};

/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;

/// How to render on standard error.
pub(crate) fn look(arguments: &OutputArguments) -> Look {
    let variable = |name: &str| std::env::var(name).ok();
    Look {
        charset: if arguments.ascii { Charset::Ascii } else { charset(&variable) },
        color: color(arguments.color, io::stderr().is_terminal(), &variable),
        width: width(&variable, terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0)),
    }
}

/// ASCII where the locale names another encoding than UTF-8. Where it names none, as in many containers, nothing
/// is known about the terminal, and nearly all of them show UTF-8.
fn charset(variable: &dyn Fn(&str) -> Option<String>) -> Charset {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name).filter(|it| !it.is_empty()));
    match locale.map(|locale| locale.to_ascii_lowercase()) {
        Some(locale) if !locale.contains("utf-8") && !locale.contains("utf8") => Charset::Ascii,
        _ => Charset::Unicode,
    }
}

/// <https://no-color.org>: a non-empty `NO_COLOR` turns colours off unless the command line asks for them.
fn color(when: Color, is_terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    match when {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_dumb = variable("TERM").is_some_and(|term| term == "dumb");
            is_terminal && !is_dumb && variable("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// Below 40 columns nothing can be drawn, and above 200 nobody follows a line to its end.
fn width(variable: &dyn Fn(&str) -> Option<String>, terminal: Option<u16>) -> usize {
    let columns =
        variable("COLUMNS").and_then(|columns| columns.trim().parse().ok()).filter(|&columns| columns > 0);
    columns.or(terminal.map(usize::from)).unwrap_or(DEFAULT_WIDTH).clamp(40, 200)
}

/// Writes to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    write(&mut io::stdout().lock(), text).map_err(|error| Failure::Write { what: "standard output", error })
}

/// Writes to standard error. There is nowhere left to report a failure to.
pub(crate) fn report(text: &str) {
    let _ = write(&mut io::stderr().lock(), text);
}

/// A reader that went away (`launchnix … | head`) has read what it wanted.
fn write(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned())
    }

    #[test]
    fn the_locale_decides_on_characters() {
        for (pairs, expected) in [
            (&[][..], Charset::Unicode),
            (&[("LANG", "C")], Charset::Ascii),
            (&[("LANG", "C.UTF-8")], Charset::Unicode),
            (&[("LANG", "de_DE.utf8"), ("LC_ALL", "POSIX")], Charset::Ascii),
            (&[("LANG", "de_DE.ISO-8859-1"), ("LC_ALL", "")], Charset::Ascii),
        ] {
            assert_eq!(charset(&environment(pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn colours_need_a_terminal_or_a_wish() {
        assert!(color(Color::Auto, true, &environment(&[("NO_COLOR", "")])));
        assert!(!color(Color::Auto, true, &environment(&[("NO_COLOR", "1")])));
        assert!(!color(Color::Auto, true, &environment(&[("TERM", "dumb")])));
        assert!(!color(Color::Auto, false, &environment(&[])));
        assert!(color(Color::Always, false, &environment(&[("NO_COLOR", "1")])));
        assert!(!color(Color::Never, true, &environment(&[])));
    }

    #[test]
    fn the_width_is_within_reason() {
        assert_eq!(width(&environment(&[]), None), 80);
        assert_eq!(width(&environment(&[]), Some(120)), 120);
        assert_eq!(width(&environment(&[("COLUMNS", "7")]), Some(120)), 40);
        assert_eq!(width(&environment(&[("COLUMNS", "9999")]), None), 200);
        assert_eq!(width(&environment(&[("COLUMNS", "many")]), None), 80);
        assert_eq!(width(&environment(&[("COLUMNS", "0")]), Some(60)), 60);
    }
}
