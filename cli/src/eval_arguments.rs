//! The command line of `launchnix eval`, which is that of `nix-instantiate`.
//!
//! It is not clap's: options may stand anywhere, single letters may be joined, some options take two words, and
//! what `nix-instantiate` takes for building is accepted and means nothing here.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;

use launchnix_evaluator::Features;

use crate::nix_settings::{self, Form};

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Output {
    /// As a Nix expression.
    #[default]
    Nix,
    /// `--json`
    Json,
    /// `--xml`
    Xml,
    /// `--raw`
    Raw,
}

/// What is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `--eval`
    #[default]
    Eval,
    /// `--parse`
    Parse,
    /// `--instantiate`
    Instantiate,
    /// `--find-file`
    FindFile,
    /// `--help`
    Help,
}

/// An argument for functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// `--arg`
    Expression(String),
    /// `--argstr`
    String(String),
    /// `--arg-from-file`
    File(OsString),
    /// `--arg-from-stdin`
    Stdin,
}

/// The command line.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct EvalArguments {
    pub(crate) mode: Mode,
    pub(crate) output: Output,
    pub(crate) strict: bool,
    /// Whether `operands` are expressions.
    pub(crate) expressions: bool,
    /// Whether `-` was given.
    pub(crate) stdin: bool,
    pub(crate) no_location: bool,
    pub(crate) operands: Vec<OsString>,
    pub(crate) attributes: Vec<String>,
    pub(crate) arguments: Vec<(String, Given)>,
    pub(crate) include: Vec<OsString>,
    /// `--option NAME VALUE`, and the options that are short for one.
    pub(crate) options: Vec<(String, String)>,
    /// What is wrong with options that are then ignored.
    pub(crate) warnings: Vec<String>,
    /// How many of the options are not of the command line, but of `NIX_CONFIG`.
    pub(crate) configured: usize,
}

/// Switches that mean nothing here.
const IGNORED: &[&str] = &[
    "--read-write-mode",
    "--readonly-mode",
    "--dry-run",
    "--indirect",
    "--quiet",
    "--verbose",
    "--debug",
    "--no-build-output",
    "--repair",
    "--no-gc-warning",
];

/// Formats of a log, of which none is made.
const LOG_FORMATS: &[&str] =
    &["raw", "raw-with-logs", "internal-json", "bar", "bar-with-logs", "multiline", "multiline-with-logs"];

/// Reads the words after `launchnix eval`; the error is for people.
pub(crate) fn parse(words: &[OsString]) -> Result<EvalArguments, String> {
    let mut arguments = EvalArguments::default();
    let mut words: VecDeque<OsString> = words.iter().cloned().collect();
    let mut only_operands = false;
    while let Some(word) = words.pop_front() {
        match word.to_str() {
            Some("-") => arguments.stdin = true,
            Some(option) if only_operands && option.starts_with('-') => arguments.alone(option)?,
            Some("--") => only_operands = true,
            Some(option) if option.starts_with("--") => arguments.long(option, &mut words)?,
            Some(option) if option.starts_with('-') => arguments.short(option, &mut words)?,
            _ => arguments.operands.push(word),
        }
    }
    Ok(arguments)
}

/// Options of `nix-instantiate` itself, rather than of all programs of Nix.
const OWN: &[&str] = &[
    "--help",
    "--attr",
    "--add-root",
    "--find-file",
    "--eval",
    "--eval-only",
    "--parse",
    "--parse-only",
    "--instantiate",
    "--read-write-mode",
    "--raw",
    "--json",
    "--xml",
    "--strict",
    "--repair",
    "--dry-run",
    "--no-location",
    "--indirect",
    "--expr",
];

/// The letters of one word apart: `-EA` is `-E` and `-A`; what is no letter is the word behind the last of them.
fn letters_apart(option: &str) -> Vec<OsString> {
    let letters = option[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, rest) = option[1..].split_at(letters);
    let letters = letters.chars().map(|letter| format!("-{letter}"));
    letters.chain((!rest.is_empty()).then(|| rest.to_owned())).map(OsString::from).collect()
}

fn value(option: &str, count: usize, words: &mut VecDeque<OsString>) -> Result<Vec<OsString>, String> {
    if words.len() < count {
        return Err(format!(
            "flag '{option}' requires {count} argument(s), but only {} were given",
            words.len()
        ));
    }
    Ok(words.drain(..count).collect())
}

fn requires_an_argument(option: &str) -> String {
    format!("'{option}' requires an argument")
}

fn texts<const N: usize>(option: &str, words: &mut VecDeque<OsString>) -> Result<[String; N], String> {
    let values = value(option, N, words)?;
    let texts: Option<Vec<String>> = values.into_iter().map(|value| value.into_string().ok()).collect();
    texts
        .and_then(|texts| texts.try_into().ok())
        .ok_or_else(|| format!("the value of '{option}' is not valid UTF-8"))
}

impl EvalArguments {
    fn long(&mut self, option: &str, words: &mut VecDeque<OsString>) -> Result<(), String> {
        match option {
            "--help" => self.choose(Mode::Help),
            "--eval" | "--eval-only" => self.choose(Mode::Eval),
            "--parse" | "--parse-only" => self.choose(Mode::Parse),
            "--instantiate" => self.choose(Mode::Instantiate),
            "--find-file" => self.choose(Mode::FindFile),
            "--strict" => self.strict = true,
            "--json" => self.output = Output::Json,
            "--xml" => self.output = Output::Xml,
            "--raw" => self.output = Output::Raw,
            "--no-location" => self.no_location = true,
            "--expr" => self.expressions = true,
            "--attr" => self.attribute(option, words)?,
            "--arg" => {
                let [name, text] = texts(option, words)?;
                self.give(name, Given::Expression(text));
            }
            "--argstr" => {
                let [name, text] = texts(option, words)?;
                self.give(name, Given::String(text));
            }
            "--arg-from-file" => {
                let [name, file] = texts(option, words)?;
                self.give(name, Given::File(file.into()));
            }
            "--arg-from-stdin" => {
                let [name] = texts(option, words)?;
                self.give(name, Given::Stdin);
            }
            "--include" => self.include.extend(value(option, 1, words)?),
            "--option" => {
                let [name, value] = texts(option, words)?;
                match nix_settings::check(&name, &value) {
                    Ok(()) => self.set(&name, value),
                    Err(warning) => self.warnings.push(warning),
                }
            }
            "--impure" => self.options.push(("pure-eval".to_owned(), "false".to_owned())),
            _ if IGNORED.contains(&option) => {}
            "--add-root" => {
                words.pop_front().ok_or_else(|| requires_an_argument(option))?;
            }
            "--log-format" => {
                let [format] = texts(option, words)?;
                if !LOG_FORMATS.contains(&format.as_str()) {
                    return Err(format!("option 'log-format' has an invalid value '{format}'"));
                }
            }
            "--cores" | "--max-silent-time" | "--timeout" => {
                let [text] = texts(option, words)?;
                let number = nix_settings::number_with_unit(&text)?.to_string();
                let name = option.trim_start_matches('-');
                nix_settings::check(name, &number)?;
                self.set(name, number);
            }
            _ => match nix_settings::of_option(option) {
                Some(Form::Switch(name, value)) => self.options.push((name.to_owned(), value.to_owned())),
                Some(Form::Value(name)) => {
                    let [value] = texts(option, words)?;
                    nix_settings::check(name, &value)?;
                    self.set(name, value);
                }
                None => return Err(format!("unrecognised flag '{option}'")),
            },
        }
        Ok(())
    }

    /// A letter, or several in one word.
    fn short(&mut self, option: &str, words: &mut VecDeque<OsString>) -> Result<(), String> {
        // The path may follow at once: `-I/some/where`.
        if let Some(path) = option.strip_prefix("-I").filter(|path| !path.is_empty()) {
            self.include.push(path.into());
            return Ok(());
        }
        if option.len() > 2 && option.as_bytes()[1].is_ascii_alphabetic() {
            for word in letters_apart(option).into_iter().rev() {
                words.push_front(word);
            }
            return Ok(());
        }
        match option {
            "-E" => self.expressions = true,
            "-A" => self.attribute(option, words)?,
            "-I" => self.include.extend(value(option, 1, words)?),
            "-j" => {
                let [jobs] = texts(option, words)?;
                nix_settings::check("max-jobs", &jobs)?;
            }
            "-v" | "-Q" | "-k" | "-K" => {}
            _ => return Err(format!("unrecognised flag '{option}'")),
        }
        Ok(())
    }

    /// An option behind `--`: those of `nix-instantiate` itself are options there as well, but get no arguments.
    fn alone(&mut self, option: &str) -> Result<(), String> {
        let nothing = &mut VecDeque::new();
        match option {
            "-E" | "-A" => self.short(option, nothing),
            _ if OWN.contains(&option) => self.long(option, nothing),
            _ => Err(format!("unexpected argument '{option}'")),
        }
    }

    fn attribute(&mut self, option: &str, words: &mut VecDeque<OsString>) -> Result<(), String> {
        if words.is_empty() {
            return Err(requires_an_argument(option));
        }
        self.attributes.extend(texts::<1>(option, words)?);
        Ok(())
    }

    /// Looking for files goes before all else that is asked for, and parsing before evaluating.
    fn choose(&mut self, mode: Mode) {
        let rank = |mode| match mode {
            Mode::Eval | Mode::Instantiate => 0,
            Mode::Parse => 1,
            Mode::FindFile => 2,
            Mode::Help => 3,
        };
        if rank(mode) >= rank(self.mode) {
            self.mode = mode;
        }
    }

    fn set(&mut self, setting: &str, value: String) {
        self.options.push((nix_settings::current_name(setting).to_owned(), value));
    }

    /// The last argument of a name counts.
    fn give(&mut self, name: String, given: Given) {
        self.arguments.retain(|(other, _)| *other != name);
        self.arguments.push((name, given));
    }

    /// Takes settings from Nix's configuration, which count where the command line says nothing.
    pub(crate) fn add_configuration(&mut self, configured: Vec<(String, String)>) {
        self.configured = configured.len();
        self.options.splice(0..0, configured);
    }

    /// The settings of Nix's configuration, and those of the command line.
    pub(crate) fn settings(&self) -> [impl Iterator<Item = (&str, &str)>; 2] {
        let (configured, given) = self.options.split_at(self.configured);
        [configured, given].map(|options| options.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The last value of an option.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Whether an option that is a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        matches!(self.option(name), Some("true" | "yes" | "1"))
    }

    /// Settings that Nix has never heard of.
    pub(crate) fn unknown_settings(&self) -> BTreeSet<&str> {
        let names = self.options.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !nix_settings::is_known(name)).collect()
    }

    /// Experimental features that Nix has never heard of, in the order in which they are asked for.
    pub(crate) fn unknown_features(&self) -> impl Iterator<Item = &str> {
        let lists = self.options.iter().filter(|(name, _)| {
            matches!(name.as_str(), "experimental-features" | "extra-experimental-features")
        });
        lists.flat_map(|(_, list)| nix_settings::unknown_features(list))
    }

    /// The experimental features that are on: the last list counts, with all that is added after it.
    pub(crate) fn features(&self) -> Features {
        let mut features = Features::default();
        for (name, list) in &self.options {
            if name == "experimental-features" {
                features = Features::new([]);
            }
            if matches!(name.as_str(), "experimental-features" | "extra-experimental-features") {
                for feature in list.split_ascii_whitespace() {
                    features.add(feature.to_owned());
                }
            }
        }
        features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<EvalArguments, String> {
        parse(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn options_stand_anywhere() {
        let arguments = read(&[
            "1",
            "-EA",
            "a.b",
            "-QA\"c\"",
            "--strict",
            "2",
            "--argstr",
            "x",
            "-y",
            "-Ip=/q",
            "--timeout",
            "3",
            "-",
            "--",
            "z",
            "--json",
        ])
        .expect("a valid line");
        assert_eq!(arguments.operands, ["1", "2", "z"]);
        assert_eq!(arguments.attributes, ["a.b", "\"c\""]);
        assert_eq!(arguments.output, Output::Json);
        assert_eq!(arguments.arguments, [("x".to_owned(), Given::String("-y".to_owned()))]);
        assert_eq!(arguments.include, ["p=/q"]);
        assert!(arguments.expressions && arguments.strict && arguments.stdin);
    }

    #[test]
    fn the_last_value_counts() {
        let arguments = read(&["--arg", "a", "1", "--pure-eval", "--impure", "--arg", "a", "2"]);
        let arguments = arguments.expect("a valid line");
        assert_eq!(arguments.arguments, [("a".to_owned(), Given::Expression("2".to_owned()))]);
        assert_eq!(arguments.option("pure-eval"), Some("false"));
    }

    #[test]
    fn what_is_done_does_not_hang_on_the_order() {
        let mode = |words: &[&str]| read(words).expect("a valid line").mode;
        assert_eq!(mode(&["--parse", "--eval"]), Mode::Parse);
        assert_eq!(mode(&["--find-file", "--parse"]), Mode::FindFile);
        assert_eq!(mode(&["--eval", "--instantiate"]), Mode::Instantiate);
    }

    #[test]
    fn features_are_added_to_the_last_list() {
        let has = |words: &[&str], feature| read(words).expect("a valid line").features().has(feature);
        assert!(has(&[], "pipe-operators"));
        assert!(!has(&["--option", "experimental-features", ""], "pipe-operators"));
        let added = ["--experimental-features", "flakes", "--extra-experimental-features", "pipe-operators"];
        assert!(has(&added, "pipe-operators") && has(&added, "flakes"));
        assert!(has(&["--extra-experimental-features", "flakes"], "pipe-operators"));
    }

    #[test]
    fn mistakes_are_worded_as_nix_does() {
        let mistake = |words: &[&str]| read(words).expect_err("a mistake");
        assert_eq!(mistake(&["--foo"]), "unrecognised flag '--foo'");
        assert_eq!(mistake(&["-Ex"]), "unrecognised flag '-x'");
        assert_eq!(mistake(&["-A"]), "'-A' requires an argument");
        assert_eq!(mistake(&["--", "--foo"]), "unexpected argument '--foo'");
        assert_eq!(mistake(&["--arg", "x"]), "flag '--arg' requires 2 argument(s), but only 1 were given");
    }
}
