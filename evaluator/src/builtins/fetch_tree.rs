//! Fetching trees that are known by more than a URL: commits of repositories, and what `fetchTree` names.

use std::path::Path;

use launchnix_diagnostics::{FileKind, Sources};

use super::fetch::{check_uri, fetch_now, not_fetched, promised_tree, tree};
use super::fetch_input::Input;
use super::flake_ref::{Attribute, encoded, from_url, json};
use super::{Builtin, computes};
use crate::error::{Error, ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::fetch::{CommitInfo, Fetched, GitCommit, Request, Wanted};
use crate::path::canonical;
use crate::store;
use crate::store::fetch::{Miss, OTHER};
use crate::store::hash::{Algorithm, Format, Hash};
use crate::store::path::Method;
use crate::value::Value;

pub(super) static ALL: &[Builtin] = &[computes("fetchGit", 1, |e, a| fetch_git(e, a[0]))];

/// What is there where `fetch-tree` or `flakes` is on.
pub(super) static EXPERIMENTAL: &[Builtin] = &[computes("fetchTree", 1, |e, a| fetch_tree(e, a[0]))];

/// Something else came than was expected.
fn mismatch(url: &str, expected: &Hash, got: &Hash) -> Error {
    let (expected, got) = (expected.write(Format::Sri), got.write(Format::Sri));
    let message = format!("NAR hash mismatch in input '{url}', expected '{expected}' but got '{got}'");
    Failure::new(ErrorKind::Mismatch, message).with_help(OTHER)
}

fn fetch_git<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let mut input = match e.force(argument)? {
        Value::Attrs(attrs) => Input::read(e, attrs, Some("git"), "fetchGit")?,
        other => {
            let url = match other {
                Value::Path(path) => lossy(path.text).into_owned(),
                other => e.coerce(other, crate::eval::Coercion::PATH)?.lossy().into_owned(),
            };
            Input::of("git", url, "fetchGit")
        }
    };
    let name = match input.attributes.get("name") {
        Some(Attribute::Text(name)) => name.clone(),
        _ => "source".to_owned(),
    };
    let submodules = matches!(input.attributes.get("submodules"), Some(Attribute::Bool(true)));
    if !submodules {
        input.attributes.entry("exportIgnore".to_owned()).or_insert(Attribute::Bool(true));
    }
    git(e, &input, &name, true)
}

/// The commit that is meant.
fn git_commit(e: &Evaluator<'_>, input: &Input) -> Result<GitCommit> {
    input.check(&[
        "allRefs",
        "dirtyRev",
        "dirtyShortRev",
        "exportIgnore",
        "keytype",
        "lfs",
        "name",
        "publicKey",
        "publicKeys",
        "ref",
        "rev",
        "shallow",
        "submodules",
        "url",
        "verifyCommit",
    ])?;
    if ["keytype", "publicKey", "publicKeys", "verifyCommit"]
        .iter()
        .any(|name| input.attributes.contains_key(*name))
    {
        e.settings.features.require("verified-fetches").map_err(Failure::other)?;
        return Err(Failure::other("signatures of commits cannot be verified here"));
    }
    let reference = input.text("ref")?;
    if let Some(name) = reference.as_deref().filter(|name| !is_legal_reference(name)) {
        return Err(Failure::other(format!("invalid Git branch/tag name '{name}'")));
    }
    Ok(GitCommit {
        url: git_source(e, input.required("url")?)?,
        reference,
        rev: input.rev()?,
        submodules: input.flag("submodules")?,
        all_refs: input.flag("allRefs")?,
        shallow: input.flag("shallow")?,
        export_ignore: input.flag("exportIgnore")?,
        lfs: input.flag("lfs")?,
    })
}

/// Where a repository is: a URL, or an absolute path.
fn git_source(e: &Evaluator<'_>, url: String) -> Result<String> {
    if url.starts_with('/') {
        return Ok(url);
    }
    if super::fetch::has_scheme(url.as_bytes()) && url.contains(':') {
        if let Some(fault) = super::fetch::url_fault(&url) {
            return Err(Failure::other(format!("'{url}' is not a valid URL: {fault}")));
        }
        let (scheme, rest) = url.split_once(':').unwrap_or_default();
        if !rest.starts_with('/') {
            return Err(Failure::other(format!(
                "SCP-like URL '{url}' is not supported; use SSH URL syntax instead (ssh://...)"
            )));
        }
        let inner = scheme.strip_prefix("git+").unwrap_or(scheme);
        // A directory is found by its path: what its URL asks for is left out, as Nix does it.
        let rest = if inner == "file" { rest.split(['?', '#']).next().unwrap_or(rest) } else { rest };
        return Ok(format!("{inner}:{rest}"));
    }
    // `user@host:path` is left to Git.
    if url.is_empty() || url.split('/').next().is_some_and(|first| first.contains(':')) {
        return Ok(url);
    }
    (e.settings.message)(&format!(
        "warning: Fetching Git repository 'file:{}', which uses a path relative to the current directory. This is not \
         supported and will stop working in a future release. See https://github.com/NixOS/nix/issues/12281 for details.",
        encoded(&url)
    ));
    Ok(lossy(&e.absolute(url.as_bytes())).into_owned())
}

/// The rules of `git check-ref-format`, as far as Nix has them.
fn is_legal_reference(name: &str) -> bool {
    let holds_bad = |bad: &str| name.contains(bad);
    !name.is_empty()
        && name != "@"
        && !name.starts_with(['.', '/', '-'])
        && !name.ends_with(['.', '/'])
        && name.strip_suffix(".lock").is_none()
        && !["..", "//", "/.", "@{", ".lock/"].into_iter().any(holds_bad)
        && !name.contains(|character: char| {
            character.is_ascii_control() || [' ', '~', '^', ':', '?', '*', '[', '\\'].contains(&character)
        })
}

/// The commit of a repository; `whole` asks for all attributes, those that are not known being zeros.
fn git<'a>(e: &Evaluator<'a>, input: &Input, name: &str, whole: bool) -> Result<Value<'a>> {
    let commit = git_commit(e, input)?;
    let shown = input.git_url(&commit.url);
    refuse_unlocked(e, input, &shown, commit.rev.is_some())?;
    check_uri(e, &shown)?;
    let (submodules, shallow) = (commit.submodules, commit.shallow);
    let url = commit.url.clone();
    let fetched = fetch_now(e, &Request { wanted: Wanted::Git(commit), sha256: None })?;
    let Some(info) = &fetched.commit else {
        return Err(Failure::other("the repository says nothing of the commit that was fetched"));
    };
    if info.rev.is_none() {
        let path = url.strip_prefix("file://").unwrap_or(&url);
        refuse_dirty(e, &format!("Git tree '{path}' is dirty"))?;
    }
    check_hash(e, input, &fetched, &shown)?;
    check_commit(input, info, shallow, |found| Ok(found.git_url(&url)))?;
    let short = |rev: &str| rev.chars().take(7).collect::<String>();
    let mut attributes = vec![
        ("lastModified", Value::Int(info.last_modified)),
        ("lastModifiedDate", e.string(date(info.last_modified))),
        ("narHash", nar_hash_of(e, &fetched)?),
        ("outPath", tree(e, &fetched, name.as_bytes())?),
        ("submodules", Value::bool(submodules)),
    ];
    if let Some(rev) = &info.dirty_rev {
        attributes.push(("dirtyRev", e.string(format!("{rev}-dirty"))));
        attributes.push(("dirtyShortRev", e.string(format!("{}-dirty", short(rev)))));
    }
    let rev = info.rev.clone().or_else(|| whole.then(|| "0".repeat(40)));
    if let Some(rev) = rev {
        attributes.push(("shortRev", e.string(short(&rev))));
        attributes.push(("rev", e.string(rev)));
    }
    let counted = info.rev_count.filter(|_| !shallow).and_then(|count| i64::try_from(count).ok());
    let count = counted.or(input.int("revCount")?).or_else(|| whole.then_some(0));
    if let Some(count) = count {
        attributes.push(("revCount", Value::Int(count)));
    }
    Ok(e.attrs(&attributes))
}

/// Says that a working tree has changes, or refuses it.
pub(super) fn refuse_dirty(e: &Evaluator<'_>, message: &str) -> Result<()> {
    if !e.settings.allow_dirty {
        return Err(Failure::new(ErrorKind::File, message.to_owned())
            .with_help("commit the changes, or name the commit that you want with `rev`"));
    }
    if e.settings.warn_dirty {
        (e.settings.message)(&format!("warning: {message}"));
    }
    Ok(())
}

/// Pure evaluation takes only what cannot change; what has a hash can at least not be another than is expected.
pub(super) fn refuse_unlocked(e: &Evaluator<'_>, input: &Input, shown: &str, is_locked: bool) -> Result<()> {
    if !e.settings.pure || is_locked {
        return Ok(());
    }
    if !input.attributes.contains_key("narHash") {
        return Err(unlocked(input.function, shown));
    }
    (e.settings.message)(&format!(
        "warning: Input '{shown}' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. This is not \
         reproducible and will break after garbage collection or when shared."
    ));
    Ok(())
}

/// The hash of what came must be that which is expected.
pub(super) fn check_hash(e: &Evaluator<'_>, input: &Input, fetched: &Fetched, shown: &str) -> Result<()> {
    let Some(expected) = input.nar_hash(e)? else { return Ok(()) };
    let found = hash_of(fetched)?;
    if found == expected { Ok(()) } else { Err(mismatch(shown, &found, &expected)) }
}

/// What is said of a commit must be so.
pub(super) fn check_commit(
    input: &Input,
    info: &CommitInfo,
    shallow: bool,
    show: impl Fn(&Input) -> Result<String>,
) -> Result<()> {
    let (wanted, got) = (input.int("lastModified")?, info.last_modified);
    let wanted_count = input.int("revCount")?;
    let count = info.rev_count.filter(|_| !shallow).and_then(|count| i64::try_from(count).ok());
    let (name, difference) = if let Some(wanted) = wanted.filter(|&wanted| wanted != got) {
        ("lastModified", format!("expected {wanted}, got {got}"))
    } else if let (Some(wanted), Some(count)) = (wanted_count, count)
        && wanted != count
    {
        ("revCount", format!("expected {wanted}"))
    } else {
        return Ok(());
    };
    // Nix shows the commit that it found.
    let mut found = Input { attributes: input.attributes.clone(), scheme: input.scheme.clone(), ..*input };
    for (name, value) in [("ref", &info.head), ("rev", &info.rev)] {
        if let Some(value) = value {
            found.attributes.entry(name.to_owned()).or_insert(Attribute::Text(value.clone()));
        }
    }
    let shown = show(&found)?;
    Err(Failure::other(format!("'{name}' attribute mismatch in input '{shown}', {difference}")))
}

pub(super) fn hash_of(fetched: &Fetched) -> Result<Hash> {
    Hash::parse(fetched.sha256.as_bytes(), Some(Algorithm::Sha256)).map_err(Failure::other)
}

fn nar_hash_of<'a>(e: &Evaluator<'a>, fetched: &Fetched) -> Result<Value<'a>> {
    Ok(e.string(hash_of(fetched)?.write(Format::Sri)))
}

/// A time as fourteen digits from the year to the second, in UTC.
///
/// The calendar is computed as in Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms": years start in
/// March, and 400 of them have 146097 days.
fn date(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

fn unlocked(function: &str, url: &str) -> Error {
    Failure::other(format!("in pure evaluation mode, '{function}' doesn't fetch unlocked input '{url}'"))
}

fn fetch_tree<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let input = match e.force(argument)? {
        Value::Attrs(attrs) => {
            let mut input = Input::read(e, attrs, None, "fetchTree")?;
            if input.scheme == "git" {
                input.attributes.entry("shallow".to_owned()).or_insert(Attribute::Bool(true));
            }
            if input.attributes.contains_key("name") {
                return Err(Failure::other("argument 'name' isn’t supported in call to 'fetchTree'"));
            }
            input
        }
        other => {
            let url = lossy(e.coerce(other, crate::eval::Coercion::PATH)?.text);
            if !e.settings.features.has("flakes") {
                return Err(Failure::other(
                    "passing a string argument to 'fetchTree' requires the 'flakes' experimental feature",
                ));
            }
            let attributes = from_url(&url).map_err(Failure::other)?;
            let scheme = match attributes.get("type") {
                Some(Attribute::Text(scheme)) => scheme.clone(),
                _ => String::new(),
            };
            Input { attributes, scheme, function: "fetchTree" }
        }
    };
    match input.scheme.as_str() {
        "path" | "github" | "gitlab" | "sourcehut" | "indirect" => {
            e.settings.features.require("flakes").map_err(Failure::other)?;
        }
        _ => {}
    }
    match input.scheme.as_str() {
        "path" => local_tree(e, &input),
        "git" => git(e, &input, "source", false),
        "tarball" | "file" => {
            input.check(&["url", "name", "unpack", "rev"])?;
            let url = input.required("url")?;
            if !super::fetch::has_scheme(url.as_bytes()) {
                return Err(Failure::new(ErrorKind::File, format!("'{url}' doesn't have a scheme")));
            }
            let wanted = if input.scheme == "file" { Wanted::File { url } } else { Wanted::Tarball { url } };
            archive(e, &input, wanted)
        }
        "github" => {
            input.check(&["owner", "repo", "ref", "rev", "host", "treeHash"])?;
            let (owner, repository) = (input.required("owner")?, input.required("repo")?);
            let commit = match input.text("rev")? {
                Some(rev) => rev,
                None => input.text("ref")?.unwrap_or_else(|| "HEAD".to_owned()),
            };
            let url = format!("https://github.com/{owner}/{repository}/archive/{commit}.tar.gz");
            archive(e, &input, Wanted::Tarball { url })
        }
        "hg" => super::mercurial::fetch_tree(e, &input),
        "gitlab" | "sourcehut" | "indirect" => {
            Err(Failure::other(format!("input type '{}' is not supported", input.scheme)))
        }
        _ => Err(Failure::other(format!("cannot show unsupported input '{}'", json(&input.attributes)))),
    }
}

/// An archive, or a file as it is.
fn archive<'a>(e: &Evaluator<'a>, input: &Input, wanted: Wanted) -> Result<Value<'a>> {
    let expected = input.nar_hash(e)?;
    let shown = input.url()?;
    if e.settings.pure && expected.is_none() {
        return Err(unlocked("fetchTree", &shown));
    }
    check_uri(e, wanted.url())?;
    let is_file = matches!(wanted, Wanted::File { .. });
    // The hash of a file is another one than that of its archive.
    let sha256 = expected.as_ref().filter(|_| !is_file).map(|hash| hash.write(Format::Base16));
    let request = Request { wanted, sha256 };
    if let Some(hash) = expected.as_ref().filter(|_| request.sha256.is_some())
        && input.attributes.contains_key("lastModified")
        && !e.settings.fetcher.is_some_and(|fetcher| fetcher.eager)
    {
        // A lock file says all that is known of a tree before it is fetched.
        return described(e, input, hash, promised_tree(e, b"source", hash, request)?, None);
    }
    let fetched = store::fetch::fetch(e.settings.fetcher, e.settings.sources, &request);
    let fetched = match (fetched, &expected) {
        (Err(Miss { found: Some(found), .. }), Some(expected)) => {
            return Err(mismatch(&shown, expected, &found));
        }
        (fetched, _) => fetched.map_err(not_fetched)?,
    };
    let (hash, path) = if is_file {
        let path = crate::path::as_bytes(&fetched.path);
        (e.nar_hash(path)?, e.add_fetched(path, b"source", Method::Recursive)?)
    } else {
        (hash_of(&fetched)?, tree(e, &fetched, b"source")?)
    };
    if let Some(expected) = expected.filter(|expected| *expected != hash) {
        return Err(mismatch(&shown, &expected, &hash));
    }
    described(e, input, &hash, path, fetched.last_modified)
}

/// A file or directory of this machine.
fn local_tree<'a>(e: &Evaluator<'a>, input: &Input) -> Result<Value<'a>> {
    input.check(&["path", "rev"])?;
    let path = input.required("path")?;
    let (expected, shown) = (input.nar_hash(e)?, input.url()?);
    if e.settings.pure && expected.is_none() {
        return Err(unlocked("fetchTree", &shown));
    }
    check_uri(e, &shown)?;
    if !path.starts_with('/') {
        let message = format!("cannot fetch input '{shown}' because it uses a relative path");
        return Err(Failure::new(ErrorKind::File, message));
    }
    let path = canonical(path.as_bytes());
    let hash = e.nar_hash(&path)?;
    if let Some(expected) = expected.filter(|expected| *expected != hash) {
        return Err(mismatch(&shown, &hash, &expected));
    }
    let tree = e.add_fetched(&path, b"source", Method::Recursive)?;
    let newest = newest(&e.all_sources(), crate::path::as_path(&path));
    described(e, input, &hash, tree, newest)
}

/// When the newest file of a tree was changed.
fn newest(sources: &dyn Sources, path: &Path) -> Option<i64> {
    let own = sources.modified(path)?;
    let mut newest = own;
    if matches!(sources.kind(path), Ok(FileKind::Directory)) {
        for (name, _) in sources.read_dir(path).ok()? {
            let below = self::newest(sources, &path.join(crate::path::as_path(&name)));
            newest = newest.max(below.unwrap_or(own));
        }
    }
    Some(newest)
}

/// What is known of a tree: what was found out, and what the input says.
fn described<'a>(
    e: &Evaluator<'a>,
    input: &Input,
    hash: &Hash,
    path: Value<'a>,
    last_modified: Option<i64>,
) -> Result<Value<'a>> {
    let mut attributes = vec![("narHash", e.string(hash.write(Format::Sri))), ("outPath", path)];
    if let Some(time) = input.int("lastModified")?.or(last_modified) {
        attributes.push(("lastModified", Value::Int(time)));
        attributes.push(("lastModifiedDate", e.string(date(time))));
    }
    if let Some(rev) = input.rev()? {
        attributes.push(("shortRev", e.string(&rev[..7])));
        attributes.push(("rev", e.string(rev)));
    }
    if let Some(count) = input.int("revCount")? {
        attributes.push(("revCount", Value::Int(count)));
    }
    Ok(e.attrs(&attributes))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let dates = [
            (0, "19700101000000"),
            (951_782_400, "20000229000000"),
            (1_700_000_000, "20231114221320"),
            (-1, "19691231235959"),
        ];
        for (seconds, expected) in dates {
            assert_eq!(date(seconds), expected);
        }
    }
}
