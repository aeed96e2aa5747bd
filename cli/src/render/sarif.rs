//! The `sarif` format: one document of SARIF 2.1.0 for a whole run, as code scanning services read it.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Each code is a rule, each diagnostic a result.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use data_encoding::HEXLOWER;
use launchnix_diagnostics::{Applicability, Code, Diagnostic, Edit, SourceMap, Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{is_known, severity_name};

/// The name of the directory that relative URIs are relative to.
const ROOT: &str = "SRCROOT";

/// A whole run. Names of sources are relative to `current`; `outside` says that the run failed for reasons that are
/// none of the deployment's.
pub(crate) fn document(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    current: &Path,
    outside: bool,
) -> Value {
    let mut seen = BTreeMap::new();
    let writer = Writer { sources, current };
    let results: Vec<_> = diagnostics.iter().map(|diagnostic| writer.result(diagnostic, &mut seen)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "launchnix",
                "fullName": "Launchnix: virtual machines on libvirt, declared in Nix",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|&code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: {
                "uri": format!("file://{}", percent_encoded(&directory(current))),
                "description": { "text": "the directory that launchnix was run in" },
            } },
            "invocations": [{ "executionSuccessful": !outside }],
            "results": results,
        }],
    })
}

/// What is known of a code before anything is checked.
fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    let page = code.page();
    let first = page.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    json!({
        "id": explanation.code,
        "name": format!("{code:?}"),
        "shortDescription": { "text": explanation.title },
        "fullDescription": { "text": first },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": severity_name(code.severity()) },
    })
}

struct Writer<'a> {
    sources: &'a SourceMap,
    current: &'a Path,
}

impl Writer<'_> {
    fn result(&self, diagnostic: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> Value {
        let mut result = json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
            "level": severity_name(diagnostic.severity),
            "message": { "text": super::plain_text(diagnostic, self.sources) },
            "partialFingerprints": { "codeMessageLine/v1": self.fingerprint(diagnostic, seen) },
        });
        let place = diagnostic.primary.and_then(|span| self.physical(span));
        if let Some(place) = place {
            result["locations"] = json!([{ "physicalLocation": place }]);
        }
        let related: Vec<_> = diagnostic
            .labels
            .iter()
            .filter_map(|label| Some((self.physical(label.span)?, &label.message)))
            .enumerate()
            .map(|(id, (place, message))| {
                json!({ "id": id, "physicalLocation": place, "message": { "text": message } })
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let Some(fix) = self.fix(diagnostic) {
            result["fixes"] = json!([fix]);
        }
        result
    }

    /// The same for a mistake that stays while lines come and go above it: its code, its words and the text of its
    /// line. Where that is the same for several, they are counted. However the file was named, it is the same file.
    fn fingerprint(&self, diagnostic: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> String {
        let place = diagnostic.primary.filter(|&span| is_known(self.sources, span)).map(|span| {
            let file = self.sources.get(span.source);
            let name = self.artifact(span).map_or_else(|| file.name().to_owned(), |it| it["uri"].to_string());
            (name, file.line_text(file.line_index(span.start)).trim())
        });
        let (file, line) = place.unwrap_or_default();
        let known = [diagnostic.code.as_str(), &diagnostic.message, &file, line].join("\0");
        let ordinal = seen.entry(known.clone()).or_default();
        *ordinal += 1;
        HEXLOWER.encode(&Sha256::digest(format!("{known}\0{ordinal}"))[..16])
    }

    fn fix(&self, diagnostic: &Diagnostic) -> Option<Value> {
        let fix = diagnostic.fix.as_ref()?;
        let edits = diagnostic.edits();
        let mut changes: BTreeMap<String, (Value, Vec<Value>)> = BTreeMap::new();
        for Edit { span, replacement } in &edits {
            let artifact = self.artifact(*span)?;
            let (_, replacements) =
                changes.entry(artifact.to_string()).or_insert_with(|| (artifact, Vec::new()));
            replacements.push(json!({
                "deletedRegion": self.region(*span),
                "insertedContent": { "text": replacement },
            }));
        }
        let changes: Vec<_> = changes
            .into_values()
            .map(|(artifact, replacements)| {
                json!({ "artifactLocation": artifact, "replacements": replacements })
            })
            .collect();
        let description = format!(
            "{} ({})",
            self.change(&edits[0]),
            match fix.applicability {
                Applicability::Safe => "made by `launchnix check --fix`",
                Applicability::Unsafe => "a guess",
            }
        );
        Some(json!({ "description": { "text": description }, "artifactChanges": changes }))
    }

    /// What an edit does, in words.
    fn change(&self, Edit { span, replacement }: &Edit) -> String {
        let text = self.sources.get(span.source).text();
        let old = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let quoted = |text: &str| format!("`{}`", text.split_whitespace().collect::<Vec<_>>().join(" "));
        match (old.trim(), replacement.trim()) {
            (_, "") => format!("remove {}", quoted(old)),
            ("", _) => format!("insert {}", quoted(replacement)),
            _ => format!("replace {} with {}", quoted(old), quoted(replacement)),
        }
    }

    fn physical(&self, span: Span) -> Option<Value> {
        Some(json!({ "artifactLocation": self.artifact(span)?, "region": self.region(span) }))
    }

    fn region(&self, span: Span) -> Value {
        let file = self.sources.get(span.source);
        let (start, end) = (file.line_column(span.start), file.line_column(span.end));
        json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        })
    }

    /// The file of a span, relative where it is below the current directory; none for text that is in no file, such as
    /// an `--arg`.
    fn artifact(&self, span: Span) -> Option<Value> {
        if !is_known(self.sources, span) {
            return None;
        }
        let name = Path::new(self.sources.get(span.source).name());
        let is_text = name.components().any(|part| part.as_os_str().to_string_lossy().contains(['«', '»']))
            || name.to_string_lossy().starts_with("--");
        if is_text {
            return None;
        }
        let path = normal(&self.current.join(name));
        Some(match path.strip_prefix(self.current) {
            Ok(relative) => json!({ "uri": relative_uri(relative), "uriBaseId": ROOT }),
            Err(_) => json!({ "uri": format!("file://{}", percent_encoded(&path.to_string_lossy())) }),
        })
    }
}

/// A relative reference must not look as if it had a scheme, which percent-encoding of `:` sees to.
fn relative_uri(path: &Path) -> String {
    percent_encoded(&path.to_string_lossy())
}

/// A directory's path ends in a slash, or else the last part of it would be replaced by what is relative to it.
fn directory(path: &Path) -> String {
    let path = path.to_string_lossy();
    if path.ends_with('/') { path.into_owned() } else { format!("{path}/") }
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    normal
}

/// RFC 3986: all but unreserved characters and the slashes between segments.
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                encoded.push('%');
                encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
            }
        }
    }
    encoded
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
