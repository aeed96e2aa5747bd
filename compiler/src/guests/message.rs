//! What the messages of nixpkgs' module system say, of 2017's and of today's wording.
//!
//! A message is all that comes out of a failed evaluation, so that its first words have to tell what went wrong. They
//! are what people search for, and change seldom.

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
    /// What modules assert, one message each.
    Assertions(Vec<String>),
    /// A package that is not to be evaluated.
    Package { package: String, reason: Refusal },
    /// An attribute that cannot stand beside `config` or `options`.
    StrayAttribute { attribute: String },
    /// Something else where a module belongs.
    NoModule,
    /// A value that needs itself.
    Recursion,
    /// None of these.
    Other,
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
        if text.starts_with("Expected a module, but found") {
            return Self::NoModule;
        }
        option_message(text)
            .or_else(|| package(text))
            .or_else(|| stray_attribute(text))
            .unwrap_or(Self::Other)
    }
}

/// `The option `x' …`, `A definition for option `x' …` and their like.
fn option_message(text: &str) -> Option<Message> {
    let starts = ["The option value ", "The unique option ", "A definition for option ", "The option "];
    let rest = starts.iter().find_map(|start| text.strip_prefix(start))?;
    let (option, rest) = quoted(rest)?;
    // Newer releases may say the same once more of the option's submodule: `… of type …'`.
    let option = option.to_owned();
    let files = || files(rest);
    let first_line = rest.lines().next().unwrap_or("");
    if first_line.contains("does not exist") {
        return Some(Message::UnknownOption { option, files: files() });
    }
    if let Some(wanted) = wanted(rest) {
        return Some(Message::WrongType { option, wanted, files: files() });
    }
    if first_line.contains("read-only") {
        return Some(Message::ReadOnly { option, files: files() });
    }
    if first_line.contains("conflicting definition") || first_line.contains("defined multiple times") {
        return Some(Message::Conflict { option, files: files() });
    }
    if first_line.contains("has no value defined") || first_line.contains("used but not defined") {
        return Some(Message::NoValue { option });
    }
    None
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

/// A name in `` `quotes' ``, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('`').or_else(|| text.strip_prefix('‘'))?;
    let end = inside.find(['\'', '’'])?;
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

/// `Package ‘unrar-7’ in /…/default.nix:12 has an unfree license (‘unfree’), refusing to evaluate.`
fn package(text: &str) -> Option<Message> {
    let rest = text.strip_prefix("Package ")?;
    let (package, rest) = quoted(rest)?;
    let reason = [
        ("unfree license", Refusal::Unfree),
        ("marked as broken", Refusal::Broken),
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
    for character in option.chars() {
        match character {
            '"' => in_quotes = !in_quotes,
            '[' if !in_quotes => {
                depth += 1;
                part.push(character);
            }
            ']' if !in_quotes => {
                depth = depth.saturating_sub(1);
                part.push(character);
            }
            '.' if !in_quotes && depth == 0 => parts.push(std::mem::take(&mut part)),
            other => part.push(other),
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
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
