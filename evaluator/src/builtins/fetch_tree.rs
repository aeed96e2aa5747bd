//! Fetching trees that are known by more than a URL: commits of repositories, and what `fetchTree` names.

use super::fetch::{check_uri, fetch_now, tree};
use super::flake_ref::{Attribute, Attributes, json};
use super::{Builtin, computes};
use crate::error::{Error, ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::fetch::{Fetched, GitCommit, Request, Wanted};
use crate::path::canonical;
use crate::store::hash::{Algorithm, Format, Hash};
use crate::store::path::Method;
use crate::symbol::well_known;
use crate::value::{Attrs, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("fetchGit", 1, |e, a| fetch_git(e, a[0])),
    computes("fetchMercurial", 1, |e, a| fetch_mercurial(e, a[0])),
];

/// What is there where `fetch-tree` or `flakes` is on.
pub(super) static EXPERIMENTAL: &[Builtin] = &[computes("fetchTree", 1, |e, a| fetch_tree(e, a[0]))];

/// The attributes that name a tree, by Nix's rules for them.
struct Input {
    attributes: Attributes,
    scheme: String,
    /// The function that was called.
    function: &'static str,
}

impl Input {
    /// Reads the attributes of a call; `scheme` is that of the function, if it has one.
    fn read<'a>(
        e: &Evaluator<'a>,
        attrs: &'a Attrs<'a>,
        scheme: Option<&str>,
        function: &'static str,
    ) -> Result<Self> {
        let scheme = match (attrs.get(well_known::TYPE), scheme) {
            (Some(_), Some(_)) => return Err(Failure::other("unexpected argument 'type'")),
            (Some(attr), None) => lossy(e.expect_plain_string(attr.value)?).into_owned(),
            (None, Some(scheme)) => scheme.to_owned(),
            (None, None) => {
                return Err(Failure::other(format!("argument 'type' is missing in call to '{function}'")));
            }
        };
        let mut attributes = Attributes::new();
        attributes.insert("type".to_owned(), Attribute::Text(scheme.clone()));
        for (name, attr) in e.attributes(attrs).filter(|(_, attr)| attr.name != well_known::TYPE) {
            let name = lossy(name).into_owned();
            let attribute = match e.force(attr.value)? {
                Value::Path(path) => Attribute::Text(lossy(path.text).into_owned()),
                Value::String(string) => Attribute::Text(string.lossy().into_owned()),
                Value::Bool(value) => Attribute::Bool(value.get()),
                Value::Int(int) if int < 0 => {
                    let message = format!("negative value given for '{function}' argument '{name}': {int}");
                    return Err(Failure::other(message));
                }
                Value::Int(int) => Attribute::Int(int),
                other => {
                    return Err(Failure::other(format!(
                        "argument '{name}' to '{function}' is {} while a string, Boolean or integer is expected",
                        other.describe()
                    )));
                }
            };
            attributes.insert(name, attribute);
        }
        Ok(Self { attributes, scheme, function })
    }

    /// What is left to say is not supported.
    fn check(&self, known: &[&str]) -> Result<()> {
        let is_known = |name: &str| {
            known.contains(&name) || matches!(name, "type" | "narHash" | "lastModified" | "revCount")
        };
        match self.attributes.keys().find(|name| !is_known(name)) {
            Some(name) => {
                let scheme = &self.scheme;
                let message = format!("input attribute '{name}' not supported by scheme '{scheme}'");
                Err(Failure::other(message))
            }
            None => Ok(()),
        }
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        match self.attributes.get(name) {
            None => Ok(None),
            Some(Attribute::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Failure::other(format!(
                "input attribute '{name}' is not a string {}",
                json(&self.attributes)
            ))),
        }
    }

    fn required(&self, name: &str) -> Result<String> {
        self.text(name)?.ok_or_else(|| Failure::other(format!("input attribute '{name}' is missing")))
    }

    fn flag(&self, name: &str) -> Result<bool> {
        match self.attributes.get(name) {
            None => Ok(false),
            Some(Attribute::Bool(value)) => Ok(*value),
            Some(_) => Err(Failure::other(format!("input attribute '{name}' is not a Boolean"))),
        }
    }

    /// The hash of the tree's archive.
    fn nar_hash(&self, e: &Evaluator<'_>) -> Result<Option<String>> {
        let Some(text) = self.text("narHash")? else { return Ok(None) };
        let hash = e.hash(text.as_bytes(), Some(Algorithm::Sha256))?;
        Ok(Some(hash.write(Format::Base16)))
    }

    /// The input as a URL, as Nix shows one of a Git repository.
    fn git_url(&self, url: &str) -> String {
        let shown = ["exportIgnore", "lfs", "ref", "rev", "shallow", "submodules"];
        let query = shown.iter().filter_map(|&name| match self.attributes.get(name)? {
            Attribute::Text(text) => Some(format!("{name}={text}")),
            Attribute::Bool(true) => Some(format!("{name}=1")),
            Attribute::Bool(false) | Attribute::Int(_) => None,
        });
        let query: Vec<String> = query.collect();
        let scheme = if url.starts_with('/') { "file://" } else { "" };
        let mark = if query.is_empty() { "" } else { "?" };
        format!("git+{scheme}{url}{mark}{}", query.join("&"))
    }
}

fn fetch_git<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let mut input = match e.force(argument)? {
        Value::Attrs(attrs) => Input::read(e, attrs, Some("git"), "fetchGit")?,
        other => {
            let url = match other {
                Value::Path(path) => lossy(path.text).into_owned(),
                other => e.coerce(other, crate::eval::Coercion::PATH)?.lossy().into_owned(),
            };
            let attributes = [("type", "git"), ("url", &url)]
                .map(|(name, value)| (name.to_owned(), Attribute::Text(value.to_owned())));
            Input { attributes: attributes.into(), scheme: "git".to_owned(), function: "fetchGit" }
        }
    };
    let name = match input.attributes.get("name") {
        Some(Attribute::Text(name)) => name.clone(),
        _ => "source".to_owned(),
    };
    let asks = input.flag("exportIgnore").unwrap_or(false);
    let submodules = matches!(input.attributes.get("submodules"), Some(Attribute::Bool(true)));
    if !submodules {
        input.attributes.entry("exportIgnore".to_owned()).or_insert(Attribute::Bool(true));
    }
    git(e, &input, &name, asks)
}

/// The commit that is meant; `asks` says whether more is wanted of it than is known here.
fn git_commit(input: &Input, asks: bool) -> Result<GitCommit> {
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
    // How much of the history is fetched makes no difference to the tree.
    let mut asks = asks;
    for name in ["shallow", "exportIgnore", "allRefs"] {
        input.flag(name)?;
    }
    for name in ["lfs", "verifyCommit"] {
        asks |= input.flag(name)?;
    }
    let submodules = input.flag("submodules")?;
    let reference = input.text("ref")?;
    if let Some(name) = reference.as_deref().filter(|name| !is_legal_reference(name)) {
        return Err(Failure::other(format!("invalid Git branch/tag name '{name}'")));
    }
    let (url, rev) = (input.required("url")?, input.text("rev")?);
    if asks {
        return Err(Failure::other(
            "'fetchGit' knows neither `lfs` nor `exportIgnore` nor `verifyCommit` here",
        ));
    }
    if let Some(rev) = &rev
        && !(matches!(rev.len(), 40 | 64) && rev.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        let algorithm = if rev.len() == 64 { "sha256" } else { "sha1" };
        return Err(Failure::other(format!(
            "hash '{rev}' has wrong length for hash algorithm '{algorithm}'"
        )));
    }
    Ok(GitCommit { url, reference, rev, submodules, all_refs: input.flag("allRefs")? })
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

fn git<'a>(e: &Evaluator<'a>, input: &Input, name: &str, asks: bool) -> Result<Value<'a>> {
    let commit = git_commit(input, asks)?;
    if e.settings.pure && commit.rev.is_none() {
        return Err(unlocked(input.function, &input.git_url(&commit.url)));
    }
    let sha256 = input.nar_hash(e)?;
    check_uri(e, &format!("git+{}", commit.url))?;
    let submodules = commit.submodules;
    let fetched = fetch_now(e, &Request { wanted: Wanted::Git(commit), sha256 })?;
    let Some(info) = &fetched.commit else {
        return Err(Failure::other("the repository says nothing of the commit that was fetched"));
    };
    let short: String = info.rev.chars().take(7).collect();
    let count = info.rev_count.and_then(|count| i64::try_from(count).ok()).unwrap_or(0);
    Ok(e.attrs(&[
        ("lastModified", Value::Int(info.last_modified)),
        ("lastModifiedDate", e.string(date(info.last_modified))),
        ("narHash", nar_hash_of(e, &fetched)?),
        ("outPath", tree(e, &fetched, name.as_bytes())?),
        ("rev", e.string(info.rev.clone())),
        ("revCount", Value::Int(count)),
        ("shortRev", e.string(short)),
        ("submodules", Value::bool(submodules)),
    ]))
}

fn nar_hash_of<'a>(e: &Evaluator<'a>, fetched: &Fetched) -> Result<Value<'a>> {
    let hash = Hash::parse(fetched.sha256.as_bytes(), Some(Algorithm::Sha256)).map_err(Failure::other)?;
    Ok(e.string(hash.write(Format::Sri)))
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

fn fetch_mercurial<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let text = |value| -> Result<String> {
        match e.force(value)? {
            Value::Path(path) => Ok(lossy(path.text).into_owned()),
            other => Ok(e.coerce(other, crate::eval::Coercion::PATH)?.lossy().into_owned()),
        }
    };
    let (mut url, mut is_fixed) = (None, false);
    match e.force(argument)? {
        Value::Attrs(attrs) => {
            for (name, attr) in e.attributes(attrs) {
                match name {
                    b"url" => url = Some(text(attr.value)?),
                    b"rev" => {
                        let rev = e.expect_plain_string(attr.value)?;
                        is_fixed = rev.len() == 40 && rev.iter().all(u8::is_ascii_hexdigit);
                    }
                    b"name" => drop(e.expect_plain_string(attr.value)?),
                    other => {
                        let other = lossy(other);
                        let message = format!("unsupported argument '{other}' to 'fetchMercurial'");
                        return Err(Failure::other(message));
                    }
                }
            }
        }
        other => url = Some(text(other)?),
    }
    let Some(url) = url.filter(|url| !url.is_empty() || !matches!(argument, Value::Attrs(_))) else {
        return Err(Failure::other("'url' argument required"));
    };
    if e.settings.pure && !is_fixed {
        return Err(Failure::other(
            "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision",
        ));
    }
    Err(Failure::new(ErrorKind::File, format!("Mercurial repositories such as '{url}' cannot be fetched"))
        .with_help("check it out, and name the directory by its path"))
}

fn fetch_tree<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let attrs = match e.force(argument)? {
        Value::Attrs(attrs) => attrs,
        other => {
            let url = e.coerce(other, crate::eval::Coercion::PATH)?.text;
            if !e.settings.features.has("flakes") {
                return Err(Failure::other(
                    "passing a string argument to 'fetchTree' requires the 'flakes' experimental feature",
                ));
            }
            return match url.strip_prefix(b"path:") {
                Some(path) if path.starts_with(b"/") => local_tree(e, path),
                _ => Err(Failure::other(format!("input '{}' is not supported", lossy(url)))),
            };
        }
    };
    let mut input = Input::read(e, attrs, None, "fetchTree")?;
    let scheme = input.scheme.clone();
    if scheme == "git" {
        input.attributes.entry("shallow".to_owned()).or_insert(Attribute::Bool(true));
    }
    if input.attributes.contains_key("name") {
        return Err(Failure::other("argument 'name' isn’t supported in call to 'fetchTree'"));
    }
    match scheme.as_str() {
        "path" | "github" | "gitlab" | "sourcehut" | "indirect" => {
            e.settings.features.require("flakes").map_err(Failure::other)?;
        }
        _ => {}
    }
    match scheme.as_str() {
        "path" => {
            input.check(&["path", "rev"])?;
            local_tree(e, input.required("path")?.as_bytes())
        }
        "git" => git(e, &input, "source", false),
        "tarball" | "file" => {
            input.check(&["url", "name", "unpack", "rev"])?;
            let url = input.required("url")?;
            if !super::fetch::has_scheme(url.as_bytes()) {
                return Err(Failure::new(ErrorKind::File, format!("'{url}' doesn't have a scheme")));
            }
            let wanted = if scheme == "file" { Wanted::File { url } } else { Wanted::Tarball { url } };
            archive(e, wanted, input.nar_hash(e)?)
        }
        "github" => {
            input.check(&["owner", "repo", "ref", "rev", "host", "treeHash"])?;
            let (owner, repository) = (input.required("owner")?, input.required("repo")?);
            let commit = match input.text("rev")? {
                Some(rev) => rev,
                None => input.text("ref")?.unwrap_or_else(|| "HEAD".to_owned()),
            };
            let url = format!("https://github.com/{owner}/{repository}/archive/{commit}.tar.gz");
            archive(e, Wanted::Tarball { url }, input.nar_hash(e)?)
        }
        "gitlab" | "sourcehut" | "indirect" => {
            Err(Failure::other(format!("input type '{scheme}' is not supported")))
        }
        _ => Err(Failure::other(format!("cannot show unsupported input '{}'", json(&input.attributes)))),
    }
}

fn archive<'a>(e: &Evaluator<'a>, wanted: Wanted, sha256: Option<String>) -> Result<Value<'a>> {
    if e.settings.pure && sha256.is_none() {
        return Err(unlocked("fetchTree", wanted.url()));
    }
    check_uri(e, wanted.url())?;
    let request = Request { wanted, sha256 };
    let fetched = fetch_now(e, &request)?;
    if let Wanted::File { .. } = request.wanted {
        let path = crate::path::as_bytes(&fetched.path).to_vec();
        let hash = e.nar_hash(&path)?.write(Format::Sri);
        let path = e.add_path(&path, b"source", None, Method::Recursive, None)?;
        return Ok(e.attrs(&[("narHash", e.string(hash)), ("outPath", path)]));
    }
    Ok(e.attrs(&[("narHash", nar_hash_of(e, &fetched)?), ("outPath", tree(e, &fetched, b"source")?)]))
}

fn local_tree<'a>(e: &Evaluator<'a>, path: &[u8]) -> Result<Value<'a>> {
    let path = canonical(path);
    let tree = e.add_path(&path, b"source", None, Method::Recursive, None)?;
    let hash = e.nar_hash(&path)?.write(Format::Sri);
    Ok(e.attrs(&[("outPath", tree), ("narHash", e.string(hash))]))
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
