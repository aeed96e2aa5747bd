//! Files in JSON, YAML, TOML, XML or the language of another tool where Nix is expected: one mistake each, whatever a parser of
//! Nix finds in them.

use std::path::Path;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Span};

/// A format that a file may be in instead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    /// With comments, or with commas in front of closing brackets.
    LaxJson,
    Yaml,
    Toml,
    Xml,
    Hcl,
    /// A Vagrantfile.
    Ruby,
    Python,
    Shell,
}

/// Says once for each file in another format what it holds.
pub(crate) fn data_instead(mistakes: Vec<Diagnostic>, map: &SourceMap) -> Vec<Diagnostic> {
    let mut formats: Vec<(SourceId, Format)> = Vec::new();
    let mut known: Vec<SourceId> = Vec::new();
    for primary in mistakes.iter().filter(|one| one.code == Code::Syntax).filter_map(|one| one.primary) {
        if known.last() == Some(&primary.source) || known.contains(&primary.source) {
            continue;
        }
        known.push(primary.source);
        let format = format_of(map.get(primary.source).text());
        formats.extend(format.map(|format| (primary.source, format)));
    }
    if formats.is_empty() {
        return mistakes;
    }
    let mut told_of: Vec<SourceId> = Vec::new();
    let mut kept = Vec::new();
    for mistake in mistakes {
        let format = mistake.primary.and_then(|primary| {
            formats.iter().find(|(source, _)| *source == primary.source).map(|(_, format)| (primary, *format))
        });
        let Some((primary, format)) = format else {
            kept.push(mistake);
            continue;
        };
        // What is wrong with such a file beside its syntax is no mistake of its own.
        if mistake.code == Code::Syntax && !told_of.contains(&primary.source) {
            told_of.push(primary.source);
            let is_data = matches!(format, Format::Json | Format::LaxJson | Format::Yaml | Format::Toml);
            let first = (!is_data).then(|| first_line(primary.source, map));
            kept.push(told(format, first.unwrap_or(primary), map));
        }
    }
    kept
}

fn told(format: Format, primary: Span, map: &SourceMap) -> Diagnostic {
    let name = match format {
        Format::Json | Format::LaxJson => "JSON",
        Format::Yaml => "YAML",
        Format::Toml => "TOML",
        Format::Xml => "XML",
        Format::Hcl => "Terraform's language",
        Format::Ruby => "Ruby",
        Format::Python => "Python",
        Format::Shell => "a shell script",
    };
    let import = import_of(primary.source, map);
    let file = import.map_or("./deployment.json", |import| map.slice(import));
    let help = match format {
        Format::Json => {
            format!("have it read by a file in Nix: `builtins.fromJSON (builtins.readFile {file})`")
        }
        Format::Toml => {
            let file = if import.is_some() { file } else { "./deployment.toml" };
            format!("have it read by a file in Nix: `builtins.fromTOML (builtins.readFile {file})`")
        }
        Format::LaxJson => {
            "write `{ name = value; … }`: Nix reads JSON only without comments and commas at the end"
                .to_owned()
        }
        Format::Xml => {
            "describe the machine in Nix: what that cannot say is XML in its option `extraConfig`".to_owned()
        }
        Format::Hcl => "write `{ name = value; … }`, also for what stands in blocks".to_owned(),
        Format::Ruby | Format::Python | Format::Shell => {
            "describe the machines in Nix: `{ machines.web.deployment = { cpus = 2; ram = 2048; }; }`"
                .to_owned()
        }
        Format::Yaml => {
            "Nix does not read YAML: write `{ name = value; … }`, or have it converted to JSON".to_owned()
        }
    };
    let said = match import {
        Some(import) => Diagnostic::new(Code::Syntax, import, format!("`{file}` holds {name}, not Nix"))
            .labelled("imported here as Nix"),
        None => Diagnostic::new(Code::Syntax, primary, format!("the file holds {name}, not Nix")).labelled(
            match format {
                Format::Json | Format::LaxJson | Format::Yaml if map.slice(primary) == ":" => {
                    "Nix has no `:` here"
                }
                _ => "this is no Nix",
            },
        ),
    };
    said.with_help(help)
}

/// The first line of a file with more than a comment on it.
fn first_line(source: SourceId, map: &SourceMap) -> Span {
    let mut at = 0;
    for line in map.get(source).text().split_inclusive('\n') {
        let written = line.trim();
        let is_comment = written.starts_with('#') || written.starts_with("//");
        if !written.is_empty() && !is_comment {
            let start = at + (line.len() - line.trim_start().len());
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            return Span::new(source, offset(start), offset(start + written.len()));
        }
        at += line.len();
    }
    Span::new(source, 0, 0)
}

/// Where another file imports one by a path that is written out.
fn import_of(source: SourceId, map: &SourceMap) -> Option<Span> {
    let name = Path::new(map.get(source).name()).file_name()?.to_str()?;
    let is_path = |letter: char| letter.is_alphanumeric() || "./_-+~".contains(letter);
    map.iter().filter(|(other, file)| *other != source && !file.is_data()).find_map(|(other, file)| {
        let text = file.text();
        text.match_indices(name).find_map(|(at, _)| {
            let before = text[..at].trim_end_matches(is_path);
            let end = at + name.len();
            let is_import = before.trim_end().ends_with("import") && text[before.len()..at].ends_with('/');
            let offset = |at: usize| u32::try_from(at).ok();
            (is_import && !text[end..].starts_with(is_path))
                .then(|| Some(Span::new(other, offset(before.len())?, offset(end)?)))?
        })
    })
}

fn format_of(text: &str) -> Option<Format> {
    if is_json(text) {
        return Some(Format::Json);
    }
    if is_json(&without_comments(text)) {
        return Some(Format::LaxJson);
    }
    if is_xml(text) {
        return Some(Format::Xml);
    }
    if is_hcl(text) {
        return Some(Format::Hcl);
    }
    if let Some(program) = program(text) {
        return Some(program);
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let ends_as_nix = |line: &str| line.ends_with([';', '{', '(']) || matches!(line, "}" | "in" | "let");
    if lines().any(ends_as_nix) {
        return None;
    }
    let is_of_yaml =
        |line: &&str| is_yaml_key(line) || line.starts_with("- ") || matches!(*line, "-" | "---" | "...");
    // Text of several lines may hold anything.
    let (yaml, all) = (lines().filter(is_of_yaml).count(), lines().count());
    let is_yaml = lines().next().is_some_and(|first| is_of_yaml(&first)) && 3 * yaml >= 2 * all;
    if is_yaml && lines().any(|line| is_yaml_key(line.trim_start_matches("- "))) {
        return Some(Format::Yaml);
    }
    let is_section = |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains('=');
    let is_pair = |line: &str| line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()));
    let is_toml = lines().all(|line| is_section(line) || is_pair(line)) && lines().any(is_pair);
    is_toml.then_some(Format::Toml)
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A text without what JSON does not have and people write: comments, and commas in front of closing brackets.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let length = end_of_string(rest);
                kept.push_str(&rest[..length]);
                length
            }
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => {
                if matches!(first, '}' | ']') && kept.trim_end().ends_with(',') {
                    kept.truncate(kept.trim_end().len() - 1);
                }
                kept.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    kept
}

/// The length of a string of JSON that a text starts with.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_xml(text: &str) -> bool {
    let text = text.trim();
    let starts = text.starts_with("<?xml")
        || text.starts_with("<!--")
        || text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|first: char| first.is_alphabetic()));
    starts && text.ends_with('>') && text.contains("</")
}

/// `resource "type" "name" {`, and no semicolon at the end of any line.
fn is_hcl(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_comment = |line: &&str| line.starts_with('#') || line.starts_with("//");
    let starts = lines.clone().find(|line| !is_comment(line)).is_some_and(|line| {
        let Some(labels) = line.strip_suffix('{') else { return false };
        let mut words = labels.split_whitespace();
        let name = words.next().is_some_and(is_key);
        let is_label = |word: &str| word.len() > 2 && word.starts_with('"') && word.ends_with('"');
        name && words.all(is_label) && !labels.starts_with("let")
    });
    starts && !lines.any(|line| line.ends_with(';'))
}

/// The language of a program, going by its first line with more than a comment, or what a shell reads it with.
fn program(text: &str) -> Option<Format> {
    if let Some(interpreter) = text.strip_prefix("#!").and_then(|rest| rest.lines().next()) {
        return match interpreter {
            line if line.contains("python") => Some(Format::Python),
            line if line.contains("ruby") => Some(Format::Ruby),
            line if line.ends_with("sh") => Some(Format::Shell),
            _ => None,
        };
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let command = first.strip_prefix("sudo ").unwrap_or(first).split(' ').next().unwrap_or(first);
    let is_import = first
        .strip_prefix("import ")
        .is_some_and(|module| module.chars().all(|c| c.is_alphanumeric() || "_., ".contains(c)));
    match command {
        _ if first.starts_with("Vagrant.configure") => Some(Format::Ruby),
        "require" | "Vagrant.require_version" => Some(Format::Ruby),
        "from" if first.contains(" import ") => Some(Format::Python),
        "def" if first.ends_with(':') => Some(Format::Python),
        _ if is_import => Some(Format::Python),
        "virt-install" | "virsh" | "qm" | "qemu-img" | "qemu-system-x86_64" => Some(Format::Shell),
        "set" if first.starts_with("set -") => Some(Format::Shell),
        _ => None,
    }
}

/// `key:` or `key: value`
fn is_yaml_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| is_key(key) && (rest.is_empty() || rest.starts_with(' ')))
}

fn is_key(key: &str) -> bool {
    let belongs = |letter: char| letter.is_alphanumeric() || "._-\"'".contains(letter);
    !key.is_empty() && key.chars().all(belongs)
}
