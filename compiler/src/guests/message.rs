//! What the messages of nixpkgs' module system say, of 2017's and of today's wording.
//!
//! A message is all that comes out of a failed evaluation, so that its first words have to tell what went wrong. They
//! are what people search for, and change seldom.

use super::misdeclared::Declared;
use super::modules::ProblemKind;
use super::properties::Property;

/// What stands where a set of options belongs is said to be of another type than this.
pub(super) const SET_OF_OPTIONS: &str = "a set of options";

/// Where nixpkgs says that its own configuration is.
const NIXPKGS_CONFIG: &str = "nixpkgs.config";

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// An option that no module declares.
    UnknownOption { option: String, files: Vec<String> },
    /// A value that the option's type refuses.
    WrongType { option: String, wanted: String, files: Vec<String> },
    /// Different values for an option that takes one.
    Conflict { option: String, files: Vec<String> },
    /// An option that has its value already.
    ReadOnly { option: String, files: Vec<String> },
    /// An option that is needed and that nothing sets.
    NoValue { option: String },
    /// An option that is gone, and what to do instead.
    Removed { option: String, instead: String },
    /// An option that has another name now, and perhaps another type.
    Renamed { option: String, new: String, has_new_type: bool },
    /// A declaration of an option that is not possible.
    Declaration { option: String, clash: Clash },
    /// What modules assert, one message each.
    Assertions(Vec<String>),
    /// A package that is not to be evaluated.
    Package { package: String, reason: Refusal },
    /// An attribute that cannot stand beside `config` or `options`.
    StrayAttribute { attribute: String },
    /// Something else where a module belongs.
    NoModule,
    /// Something about how a module of the user is built.
    Structure { module: String, kind: ProblemKind },
    /// Properties of a definition that are none.
    Property { path: Vec<String>, property: Property },
    /// An option of the user's that is declared by another name than it is used by.
    Misdeclared(Declared),
    /// A value that needs itself.
    Recursion,
    /// None of these.
    Other,
}

/// Why an option cannot be declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// It is declared elsewhere.
    Twice,
    /// It would lie inside of another option, or hold others.
    Nested,
    /// What stands there is no declaration.
    NotAnOption,
}

/// Why nixpkgs refuses a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Unfree,
    Broken,
    Insecure,
    Unsupported,
}

impl Message {
    /// Reads a message.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim_start();
        if let Some(rest) = text.strip_prefix("Failed assertions:") {
            return Self::Assertions(items(rest));
        }
        if text.starts_with("infinite recursion encountered") {
            return Self::Recursion;
        }
        let no_module = [
            "Expected a module, but found",
            "Could not load a value as a module",
            "Module imports can't be nested lists",
        ];
        if no_module.iter().any(|start| text.starts_with(start))
            || text.starts_with("module ") && text.contains("does not look like a module")
        {
            return Self::NoModule;
        }
        option_message(text)
            .map(Self::of_nixpkgs_config)
            .or_else(|| no_set(text))
            .or_else(|| declaration(text))
            .or_else(|| package(text))
            .or_else(|| stray_attribute(text))
            .unwrap_or(Self::Other)
    }
}

impl Message {
    /// What nixpkgs says of its own configuration names the options of that.
    fn of_nixpkgs_config(mut self) -> Self {
        let is_meant = match &self {
            Self::UnknownOption { files, .. }
            | Self::WrongType { files, .. }
            | Self::Conflict { files, .. } => files.first().is_some_and(|file| file == NIXPKGS_CONFIG),
            _ => false,
        };
        if is_meant && let Some(option) = self.option_mut() {
            *option = format!("{NIXPKGS_CONFIG}.{option}");
        }
        self
    }

    /// The option that it is about.
    pub(super) fn option_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::UnknownOption { option, .. }
            | Self::WrongType { option, .. }
            | Self::Conflict { option, .. }
            | Self::ReadOnly { option, .. }
            | Self::NoValue { option }
            | Self::Declaration { option, .. } => Some(option),
            _ => None,
        }
    }
}

/// `The option `x' …`, `A definition for option `x' …` and their like.
fn option_message(text: &str) -> Option<Message> {
    if let Some(option) = mixed_lists(text) {
        return Some(Message::Conflict { option, files: Vec::new() });
    }
    let starts = [
        "The option value ",
        "The unique option ",
        "The option definition ",
        "A definition for option ",
        "Cannot merge definitions of ",
        "The option ",
    ];
    let start = starts.iter().find(|start| text.starts_with(**start))?;
    let (option, rest) = quoted(&text[start.len()..])?;
    // Newer releases may say the same once more of the option's submodule: `… of type …'`.
    let option = option.to_owned();
    let files = || files(rest);
    let first_line = rest.lines().next().unwrap_or("");
    if first_line.contains("does not exist") {
        return Some(Message::UnknownOption { option, files: files() });
    }
    if start.starts_with("Cannot merge") {
        return Some(Message::Conflict { option, files: files() });
    }
    if let Some(renamed) = renamed(&option, first_line) {
        return Some(renamed);
    }
    let gone =
        ["no longer has any effect; please remove it.", "can no longer be used since it's been removed."];
    if let Some((_, instead)) = gone.iter().find_map(|words| rest.split_once(words)) {
        return Some(Message::Removed { option, instead: one_line(instead) });
    }
    if first_line.contains("is already declared in") {
        return Some(Message::Declaration { option, clash: Clash::Twice });
    }
    if first_line.contains("would be a parent of") || first_line.contains("is a prefix of options in") {
        return Some(Message::Declaration { option, clash: Clash::Nested });
    }
    if let Some(wanted) = wanted(rest) {
        return Some(Message::WrongType { option, wanted, files: files() });
    }
    if first_line.contains("read-only") {
        return Some(Message::ReadOnly { option, files: files() });
    }
    let conflicts =
        ["conflicting definition", "conflicting option types", "defined multiple times", "defined both "];
    if conflicts.iter().any(|words| first_line.contains(words)) {
        return Some(Message::Conflict { option, files: files() });
    }
    if first_line.contains("has no value defined") || first_line.contains("used but not defined") {
        return Some(Message::NoValue { option });
    }
    None
}

/// "… has been renamed to `y'.", "… has been changed to `y' that has a different type."
fn renamed(option: &str, line: &str) -> Option<Message> {
    let words = [("has been renamed to ", false), ("has been changed to ", true)];
    let (rest, has_new_type) =
        words.iter().find_map(|(words, new)| Some((line.split_once(words)?.1, *new)))?;
    let (new, _) = quoted(rest)?;
    Some(Message::Renamed { option: option.to_owned(), new: new.to_owned(), has_new_type })
}

/// "The definitions for systemd unit options should be either all lists, …, but for the option x, …"
fn mixed_lists(text: &str) -> Option<String> {
    let rest = text.strip_prefix("The definitions for systemd unit options should be either all lists")?;
    let (_, rest) = rest.split_once("for the option ")?;
    Some(rest.split_once(',')?.0.trim_matches(['`', '\'']).to_owned())
}

/// "In module 'FILE', you're trying to define a value of type 'bool' rather than an attribute set for the option 'x'!"
fn no_set(text: &str) -> Option<Message> {
    let (file, rest) = quoted(text.strip_prefix("In module ")?)?;
    let (_, rest) = rest.split_once("rather than an attribute set for the option")?;
    let (option, _) = quoted(rest.trim_start())?;
    Some(Message::WrongType {
        option: option.to_owned(),
        wanted: SET_OF_OPTIONS.to_owned(),
        files: vec![file.to_owned()],
    })
}

/// "In module FILE: expected an option declaration at option path `x` but got …", "An option declaration for `x' has
/// type `y' rather than an attribute set."
fn declaration(text: &str) -> Option<Message> {
    let rest = match text.split_once("expected an option declaration at option path ") {
        Some((start, rest)) if start.starts_with("In module ") => rest,
        _ => text.strip_prefix("An option declaration for ")?,
    };
    let (option, _) = quoted(rest)?;
    Some(Message::Declaration { option: option.to_owned(), clash: Clash::NotAnOption })
}

/// The lines of a text in one.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The type in "is not of type 'boolean'" and in "is not a boolean".
fn wanted(rest: &str) -> Option<String> {
    if let Some(at) = rest.find("is not of type ") {
        let after = &rest[at + "is not of type ".len()..];
        // A type's description may hold quotes of its own.
        let inside = after.strip_prefix(['`', '‘', '\''])?;
        let end = ["'. Definition", "’. Definition", "'.\n", "'. ", "'."]
            .iter()
            .filter_map(|end| inside.find(end))
            .min()
            .or_else(|| inside.rfind(['\'', '’']))?;
        return Some(inside[..end].to_owned());
    }
    let at = rest.find("is not a")?;
    let sentence = rest[at + "is not ".len()..].lines().next().unwrap_or("");
    let wanted = sentence.trim_end_matches('.');
    let (article, noun) = wanted.split_once(' ')?;
    matches!(article, "a" | "an").then(|| noun.to_owned())
}

/// A name in `` `quotes' ``, and what follows it. Some messages close them with the character that opens them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(['`', '‘', '\''])?;
    let end = inside.find(['\'', '’', '`'])?;
    let after = &inside[end..];
    Some((&inside[..end], &after[after.chars().next().map_or(0, char::len_utf8)..]))
}

/// The files that a message names: "- In 'FILE': …", "in 'FILE'", "and 'FILE'".
fn files(text: &str) -> Vec<String> {
    let mut files = Vec::new();
    let listed = text.lines().filter_map(|line| line.strip_prefix("- In ")).filter_map(quoted);
    files.extend(listed.map(|(file, _)| file.to_owned()));
    if files.is_empty() {
        let mut rest = text.lines().next().unwrap_or("");
        while let Some((_, after)) = rest.split_once('`') {
            let Some((file, after)) = after.split_once('\'') else { break };
            if file.contains('/') || file.contains(' ') || file.starts_with('<') {
                files.push(file.to_owned());
            }
            rest = after;
        }
    }
    files.dedup();
    files
}

/// The points of a list: each begins with `- ` at the start of a line and goes on to the next.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.trim().to_owned()),
            (None, Some(last)) => {
                last.push('\n');
                last.push_str(line.trim_end());
            }
            (None, None) => {}
        }
    }
    items.iter().map(|item| item.trim().to_owned()).collect()
}

/// `Package ‘unrar-7’ in /…/default.nix:12 has an unfree license (‘unfree’), refusing to evaluate.`,
/// `Refusing to evaluate package 'unrar-7' in /…/default.nix:12 because it has an unfree license (‘unfree’)`
fn package(text: &str) -> Option<Message> {
    let starts = ["Package ", "Refusing to evaluate package "];
    let rest = starts.iter().find_map(|start| text.strip_prefix(start))?;
    let (package, rest) = quoted(rest)?;
    let reason = [
        ("unfree license", Refusal::Unfree),
        ("marked as broken", Refusal::Broken),
        ("\n- broken:", Refusal::Broken),
        ("marked as insecure", Refusal::Insecure),
        ("not available on the requested hostPlatform", Refusal::Unsupported),
        ("not supported on", Refusal::Unsupported),
    ];
    let (_, reason) = reason.into_iter().find(|(words, _)| rest.contains(words))?;
    Some(Message::Package { package: package.to_owned(), reason })
}

/// ``Module `FILE' has an unsupported attribute `x'. …``
fn stray_attribute(text: &str) -> Option<Message> {
    let rest = text.strip_prefix("Module ")?;
    let (_, rest) = quoted(rest)?;
    let (attribute, _) = quoted(rest.strip_prefix(" has an unsupported attribute ")?)?;
    Some(Message::StrayAttribute { attribute: attribute.to_owned() })
}

/// The parts of an option's name. Today's messages quote what is no identifier, `a."b.c".d`; those of 2017 do not.
pub(super) fn option_path(option: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth, mut in_quotes) = (Vec::new(), String::new(), 0_u32, false);
    // A name may be empty: `services.redis.servers."".enable`.
    let mut is_quoted = false;
    let mut end = |part: &mut String, is_quoted: &mut bool| {
        let part = std::mem::take(part);
        if std::mem::take(is_quoted) || !part.is_empty() {
            parts.push(part);
        }
    };
    for character in option.chars() {
        match character {
            '"' => {
                in_quotes = !in_quotes;
                is_quoted = true;
            }
            '[' if !in_quotes => {
                depth += 1;
                part.push(character);
            }
            ']' if !in_quotes => {
                depth = depth.saturating_sub(1);
                part.push(character);
            }
            '.' if !in_quotes && depth == 0 => end(&mut part, &mut is_quoted),
            other => part.push(other),
        }
    }
    end(&mut part, &mut is_quoted);
    parts
}

/// A name that [`option_path`] takes apart again.
pub(super) fn quoted_path(path: &[String]) -> String {
    let part = |part: &String| {
        if list_entry(part).is_none() && (part.is_empty() || part.contains(['.', '[', ']'])) {
            format!("\"{part}\"")
        } else {
            part.clone()
        }
    };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}

/// The name of an option as it is shown: the manual's, with entries of lists as `[0]`.
pub(super) fn shown(path: &[String]) -> String {
    let mut text = String::new();
    for part in path {
        if let Some(entry) = list_entry(part) {
            text.extend(["[", &entry.to_string(), "]"]);
            continue;
        }
        if !text.is_empty() {
            text.push('.');
        }
        let mut characters = part.chars();
        let is_plain = characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
            && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''));
        if is_plain || part == "*" || part.starts_with('<') && part.ends_with('>') {
            text.push_str(part);
        } else {
            text.extend(["\"", &part.replace('"', "\\\""), "\""]);
        }
    }
    text
}

/// The entry in `[definition 1-entry 2]`, counted from zero.
pub(super) fn list_entry(part: &str) -> Option<usize> {
    let inside = part.strip_prefix('[')?.strip_suffix(']')?;
    let number = inside.rsplit_once("entry ").map_or(inside, |(_, number)| number);
    number.trim().parse::<usize>().ok()?.checked_sub(1)
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
