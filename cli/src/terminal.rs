//! What the terminal can show, and writing to it.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::arguments::{Color, OutputArguments};
use crate::failure::Failure;
use crate::render::{self, Charset, Look};

/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;

/// Whether a reader of ours went away.
static READER_GONE: AtomicBool = AtomicBool::new(false);
/// Whether what is reported next replaces what the screen shows.
static REPLACES: AtomicBool = AtomicBool::new(false);
/// Goes to the first line and clears the screen, not what was scrolled away.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J";

/// How to render on standard error.
pub(crate) fn look(arguments: &OutputArguments) -> Look {
    look_of(arguments, &io::stderr(), terminal_size::terminal_size_of(io::stderr()))
}

/// How to render on standard output.
pub(crate) fn look_of_output(arguments: &OutputArguments) -> Look {
    look_of(arguments, &io::stdout(), terminal_size::terminal_size_of(io::stdout()))
}

fn look_of(
    arguments: &OutputArguments,
    stream: &dyn IsTerminalStream,
    size: Option<(terminal_size::Width, terminal_size::Height)>,
) -> Look {
    let variable = |name: &str| std::env::var(name).ok();
    Look {
        charset: if arguments.ascii { Charset::Ascii } else { charset_of_locale() },
        color: color(arguments.color, stream.shows_colors(), &variable),
        width: width(arguments.width, &variable, size.map(|(width, _)| width.0)),
    }
}

/// What can be asked of either stream.
trait IsTerminalStream {
    fn shows_colors(&self) -> bool;
}

impl<S: IsTerminal> IsTerminalStream for S {
    fn shows_colors(&self) -> bool {
        self.is_terminal()
    }
}

/// The characters that may be used where nothing else is asked for.
pub(crate) fn charset_of_locale() -> Charset {
    charset(&|name| std::env::var(name).ok())
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
/// <https://bixense.com/clicolors>: `CLICOLOR_FORCE` turns them on where there is no terminal, `CLICOLOR=0` off.
fn color(when: Color, is_terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    match when {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        Color::Auto if is_set("CLICOLOR_FORCE") => true,
        Color::Auto => {
            let is_dumb = variable("TERM").is_some_and(|term| term == "dumb");
            is_terminal && !is_dumb && variable("CLICOLOR").is_none_or(|value| value != "0")
        }
    }
}

/// Below 40 columns nothing can be drawn, and above 200 nobody follows a line to its end.
fn width(asked: Option<usize>, variable: &dyn Fn(&str) -> Option<String>, terminal: Option<u16>) -> usize {
    let columns =
        || variable("COLUMNS").and_then(|columns| columns.trim().parse().ok()).filter(|&columns| columns > 0);
    asked.or_else(columns).or(terminal.map(usize::from)).unwrap_or(DEFAULT_WIDTH).clamp(40, 200)
}

/// Whether somebody sits before standard error.
pub(crate) fn is_interactive() -> bool {
    io::stderr().is_terminal()
}

/// Whether standard output is a screen.
pub(crate) fn output_is_screen() -> bool {
    io::stdout().is_terminal()
}

/// Whether a reader of ours went away, so that there is nobody left to write for.
pub(crate) fn reader_is_gone() -> bool {
    READER_GONE.load(Ordering::Relaxed)
}

/// Writes to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Writes to standard output what need not be text.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    write(&mut io::stdout().lock(), bytes).map_err(|error| Failure::Write { what: "standard output", error })
}

/// Writes to standard error. There is nowhere left to report a failure to.
pub(crate) fn report(text: &str) {
    let mut stream = io::stderr().lock();
    let _ = if !text.is_empty() && REPLACES.swap(false, Ordering::Relaxed) {
        // In one piece: a screen that is empty for a moment flickers.
        write(&mut stream, format!("{CLEAR}{text}").as_bytes())
    } else {
        write(&mut stream, text.as_bytes())
    };
}

/// Has what is reported next replace what the screen shows, which stays until then.
pub(crate) fn replace_screen() {
    REPLACES.store(true, Ordering::Relaxed);
}

/// Says on standard error why a command could not do its work, and the way out.
pub(crate) fn report_failure(failure: &Failure) {
    report_error(&failure.to_string(), failure.help().as_deref());
}

/// Says on standard error what went wrong. Either text may have names in it that a terminal would obey.
pub(crate) fn report_error(message: &str, help: Option<&str>) {
    let safe = |text: &str| render::safe_text(text, charset_of_locale());
    let help = help.map(|help| format!("  help: {}\n", safe(help))).unwrap_or_default();
    report(&format!("error: {}\n{help}", safe(message)));
}

/// A reader that went away (`launchnix … | head`) has read what it wanted.
fn write(stream: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            READER_GONE.store(true, Ordering::Relaxed);
            Ok(())
        }
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
        assert!(color(Color::Auto, false, &environment(&[("CLICOLOR_FORCE", "1")])));
        assert!(!color(Color::Auto, false, &environment(&[("CLICOLOR_FORCE", "0")])));
        assert!(!color(Color::Auto, true, &environment(&[("CLICOLOR", "0")])));
        assert!(!color(Color::Auto, true, &environment(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])));
        assert!(color(Color::Always, false, &environment(&[("NO_COLOR", "1")])));
        assert!(!color(Color::Never, true, &environment(&[])));
    }

    #[test]
    fn the_width_is_within_reason() {
        assert_eq!(width(None, &environment(&[]), None), 80);
        assert_eq!(width(None, &environment(&[]), Some(120)), 120);
        assert_eq!(width(None, &environment(&[("COLUMNS", "7")]), Some(120)), 40);
        assert_eq!(width(None, &environment(&[("COLUMNS", "9999")]), None), 200);
        assert_eq!(width(None, &environment(&[("COLUMNS", "many")]), None), 80);
        assert_eq!(width(None, &environment(&[("COLUMNS", "0")]), Some(60)), 60);
        assert_eq!(width(Some(100), &environment(&[("COLUMNS", "70")]), Some(60)), 100);
        assert_eq!(width(Some(3), &environment(&[]), None), 40);
    }
}
