//! Commits of Mercurial repositories.

use super::fetch::{check_uri, fetch_now, has_scheme, tree};
use super::fetch_input::Input;
use super::fetch_tree::{check_commit, check_hash, hash_of, refuse_dirty, refuse_unlocked};
use super::flake_ref::{Attribute, decoded, is_reference, is_revision};
use super::{Builtin, computes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Coercion, Evaluator, Result, lossy};
use crate::fetch::{CommitInfo, Fetched, MercurialCommit, Request, Wanted};
use crate::store::hash::Format;
use crate::value::Value;

pub(super) static ALL: &[Builtin] = &[computes("fetchMercurial", 1, |e, a| fetch_mercurial(e, a[0]))];

/// Without a revision, or where no file of a working tree was changed.
const DEFAULT_BRANCH: &str = "default";

fn fetch_mercurial<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let (url, version, name) = arguments(e, argument)?;
    let is_hash = version.as_deref().is_some_and(is_revision);
    check_uri(e, &url)?;
    if e.settings.pure && !is_hash {
        return Err(Failure::other(
            "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision",
        ));
    }
    let url = if url.contains("://") { url } else { format!("file://{url}") };
    let mut input = Input::of("hg", url, "fetchMercurial");
    if let Some(version) = version {
        let kind = if is_hash { "rev" } else { "ref" };
        input.attributes.insert(kind.to_owned(), Attribute::Text(version));
    }
    let (fetched, info) = fetch(e, &input)?;
    let rev = info.rev.unwrap_or_else(|| "0".repeat(40));
    let short: String = rev.chars().take(12).collect();
    let branch = info.head.unwrap_or_else(|| DEFAULT_BRANCH.to_owned());
    let mut attributes = vec![
        ("outPath", tree(e, &fetched, name.as_bytes())?),
        ("branch", e.string(branch)),
        ("rev", e.string(rev)),
        ("shortRev", e.string(short)),
    ];
    if let Some(count) = info.rev_count.and_then(|count| i64::try_from(count).ok()) {
        attributes.push(("revCount", Value::Int(count)));
    }
    Ok(e.attrs(&attributes))
}

/// The repository, the branch, tag or commit, and the name for the store.
fn arguments<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<(String, Option<String>, String)> {
    let text = |value| -> Result<String> {
        match e.force(value)? {
            Value::Path(path) => Ok(lossy(path.text).into_owned()),
            other => Ok(e.coerce(other, Coercion::PATH)?.lossy().into_owned()),
        }
    };
    let (mut url, mut version, mut name) = (String::new(), None, "source".to_owned());
    let Value::Attrs(attrs) = e.force(argument)? else { return Ok((text(argument)?, None, name)) };
    for (key, attr) in e.attributes(attrs) {
        let plain = || -> Result<String> { Ok(lossy(e.expect_plain_string(attr.value)?).into_owned()) };
        match key {
            b"url" => url = text(attr.value)?,
            b"rev" => version = Some(plain()?),
            b"name" => name = plain()?,
            other => {
                let message = format!("unsupported argument '{}' to 'fetchMercurial'", lossy(other));
                return Err(Failure::other(message));
            }
        }
    }
    if url.is_empty() {
        return Err(Failure::other("'url' argument required"));
    }
    Ok((url, version, name))
}

/// What `fetchTree` gives for a Mercurial repository.
pub(super) fn fetch_tree<'a>(e: &Evaluator<'a>, input: &Input) -> Result<Value<'a>> {
    let shown = source(input)?.1;
    refuse_unlocked(e, input, &shown, input.attributes.contains_key("rev"))?;
    check_uri(e, &shown)?;
    let (fetched, info) = fetch(e, input)?;
    let mut attributes = vec![
        ("narHash", e.string(hash_of(&fetched)?.write(Format::Sri))),
        ("outPath", tree(e, &fetched, b"source")?),
    ];
    if let Some(rev) = info.rev {
        attributes.push(("shortRev", e.string(rev.chars().take(7).collect::<String>())));
        attributes.push(("rev", e.string(rev)));
    }
    let count = info.rev_count.and_then(|count| i64::try_from(count).ok());
    if let Some(count) = count.or(input.int("revCount")?) {
        attributes.push(("revCount", Value::Int(count)));
    }
    Ok(e.attrs(&attributes))
}

/// The commit that is meant, and how messages show it.
fn source(input: &Input) -> Result<(MercurialCommit, String)> {
    input.check(&["url", "ref", "rev", "name"])?;
    if input.attributes.contains_key("lastModified") {
        return Err(Failure::other("input attribute 'lastModified' not supported by scheme 'hg'"));
    }
    let commit = MercurialCommit {
        url: repository(&input.required("url")?)?,
        reference: input.text("ref")?,
        rev: input.rev()?,
    };
    match commit.reference.as_deref().filter(|name| !is_reference(name)) {
        Some(name) => Err(Failure::other(format!("invalid Mercurial branch/tag name '{name}'"))),
        None => Ok((commit, input.url()?)),
    }
}

fn fetch(e: &Evaluator<'_>, input: &Input) -> Result<(Fetched, CommitInfo)> {
    let (commit, shown) = source(input)?;
    let url = commit.url.clone();
    let mut fetched = fetch_now(e, &Request { wanted: Wanted::Mercurial(commit), sha256: None })?;
    let Some(info) = fetched.commit.take() else {
        return Err(Failure::other("the repository says nothing of the commit that was fetched"));
    };
    if info.rev.is_none() {
        refuse_dirty(e, &format!("Mercurial tree '\"{url}\"' is unclean"))?;
    }
    check_hash(e, input, &fetched, &shown)?;
    check_commit(input, &info, false, Input::url)?;
    Ok((fetched, info))
}

/// Where a repository is: a URL, or an absolute path.
fn repository(url: &str) -> Result<String> {
    if url.contains(' ') {
        return Err(Failure::other(format!("'{url}' is not a valid URL: leftover")));
    }
    if !has_scheme(url.as_bytes()) {
        return Err(Failure::new(ErrorKind::File, format!("'{url}' doesn't have a scheme")));
    }
    let Some(path) = url.strip_prefix("file://") else { return Ok(url.to_owned()) };
    // A directory is found by its path alone.
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.split(['/', ':']).next().unwrap_or_default() {
        "" => Ok(decoded(path)),
        host => Err(Failure::other(format!("file:// URL '{url}' has unexpected authority '{host}'"))
            .with_help("give the absolute path of the repository, or a Nix path such as `./repository`")),
    }
}
