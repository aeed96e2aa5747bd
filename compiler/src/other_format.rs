//! Files in JSON, YAML or TOML where Nix is expected: one mistake each, whatever a parser of Nix finds in them.

use std::path::Path;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap, Span};

/// A format that a file may be in instead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
    Toml,
}

/// Says once for each file in another format what it holds.
pub(crate) fn data_instead(mistakes: Vec<Diagnostic>, map: &SourceMap) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut known: Vec<(SourceId, Option<Format>)> = Vec::new();
    for mistake in mistakes {
        let Some(primary) = mistake.primary.filter(|_| mistake.code == Code::Syntax) else {
            kept.push(mistake);
            continue;
        };
        if let Some((_, format)) = known.iter().rev().find(|(source, _)| *source == primary.source) {
            if format.is_none() {
                kept.push(mistake);
            }
            continue;
        }
        let format = format_of(map.get(primary.source).text());
        known.push((primary.source, format));
        kept.push(match format {
            Some(format) => told(format, primary, map),
            None => mistake,
        });
    }
    kept
}

fn told(format: Format, primary: Span, map: &SourceMap) -> Diagnostic {
    let name = match format {
        Format::Json => "JSON",
        Format::Yaml => "YAML",
        Format::Toml => "TOML",
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
        Format::Yaml => {
            "Nix does not read YAML: write `{ name = value; … }`, or have it converted to JSON".to_owned()
        }
    };
    let said = match import {
        Some(import) => Diagnostic::new(Code::Syntax, import, format!("`{file}` holds {name}, not Nix"))
            .labelled("imported here as Nix"),
        None => Diagnostic::new(Code::Syntax, primary, format!("the file holds {name}, not Nix")).labelled(
            match format {
                Format::Toml => "this is no Nix",
                Format::Json | Format::Yaml => "Nix has no `:` here",
            },
        ),
    };
    said.with_help(help)
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
    let is_json = text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if is_json {
        return Some(Format::Json);
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let ends_as_nix = |line: &str| line.ends_with([';', '{', '(']) || matches!(line, "}" | "in" | "let");
    if lines().any(ends_as_nix) {
        return None;
    }
    let is_yaml = lines()
        .all(|line| is_yaml_key(line) || line.starts_with("- ") || matches!(line, "-" | "---" | "..."));
    if is_yaml && lines().any(|line| is_yaml_key(line.trim_start_matches("- "))) {
        return Some(Format::Yaml);
    }
    let is_section = |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains('=');
    let is_pair = |line: &str| line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()));
    let is_toml = lines().all(|line| is_section(line) || is_pair(line)) && lines().any(is_pair);
    is_toml.then_some(Format::Toml)
}

/// `key:` or `key: value`
fn is_yaml_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| is_key(key) && (rest.is_empty() || rest.starts_with(' ')))
}

fn is_key(key: &str) -> bool {
    let belongs = |letter: char| letter.is_alphanumeric() || "._-\"'".contains(letter);
    !key.is_empty() && key.chars().all(belongs)
}
