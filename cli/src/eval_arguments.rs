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
            Some("--") if !only_operands => only_operands = true,
            Some("-") if !only_operands => arguments.stdin = true,
            Some(option) if !only_operands && option.starts_with("--") => {
                arguments.long(option, &mut words)?;
            }
            Some(option) if !only_operands && option.starts_with('-') => {
                arguments.short(option, &mut words)?;
            }
            _ => arguments.operands.push(word),
        }
    }
    Ok(arguments)
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
            "--help" => self.mode = Mode::Help,
            "--eval" | "--eval-only" => self.mode = Mode::Eval,
            "--parse" | "--parse-only" => self.mode = Mode::Parse,
            "--instantiate" => self.mode = Mode::Instantiate,
            "--find-file" => self.mode = Mode::FindFile,
            "--strict" => self.strict = true,
            "--json" => self.output = Output::Json,
            "--xml" => self.output = Output::Xml,
            "--raw" => self.output = Output::Raw,
            "--no-location" => self.no_location = true,
            "--expr" => self.expressions = true,
            "--attr" => self.attributes.extend(texts::<1>(option, words)?),
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
                    Ok(()) => self.options.push((name, value)),
                    Err(warning) => self.warnings.push(warning),
                }
            }
            "--impure" => self.options.push(("pure-eval".to_owned(), "false".to_owned())),
            _ if IGNORED.contains(&option) => {}
            "--add-root" => {
                value(option, 1, words)?;
            }
            "--log-format" => {
                let [format] = texts(option, words)?;
                if !LOG_FORMATS.contains(&format.as_str()) {
                    return Err(format!("option 'log-format' has an invalid value '{format}'"));
                }
            }
            "--cores" | "--max-silent-time" | "--timeout" => {
                let [text] = texts(option, words)?;
                let number = nix_settings::number_with_unit(&text)?;
                self.options.push((option.trim_start_matches('-').to_owned(), number.to_string()));
            }
            _ => match nix_settings::of_option(option) {
                Some(Form::Switch(name, value)) => self.options.push((name.to_owned(), value.to_owned())),
                Some(Form::Value(name)) => {
                    let [value] = texts(option, words)?;
                    nix_settings::check(name, &value)?;
                    self.options.push((name.to_owned(), value));
                }
                None => return Err(format!("unrecognised flag '{option}'")),
            },
        }
        Ok(())
    }

    /// `-A`, and several letters in one word.
    fn short(&mut self, option: &str, words: &mut VecDeque<OsString>) -> Result<(), String> {
        for letter in option.chars().skip(1) {
            let long = match letter {
                'E' => "--expr",
                'A' => "--attr",
                'I' => {
                    // The path may follow at once: `-I/some/where`.
                    if let Some(path) = option.strip_prefix("-I").filter(|path| !path.is_empty()) {
                        self.include.push(path.into());
                        return Ok(());
                    }
                    "--include"
                }
                'j' if words.is_empty() => value(option, 1, words).map(|_| "")?,
                'j' => "--max-jobs",
                'v' | 'Q' | 'k' | 'K' => continue,
                _ => return Err(format!("unrecognised flag '{option}'")),
            };
            self.long(long, words)?;
        }
        Ok(())
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
            "-z",
        ])
        .expect("a valid line");
        assert_eq!(arguments.operands, ["1", "2", "-z"]);
        assert_eq!(arguments.attributes, ["a.b"]);
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
        assert_eq!(mistake(&["--arg", "x"]), "flag '--arg' requires 2 argument(s), but only 1 were given");
    }
}
