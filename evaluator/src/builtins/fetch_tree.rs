//! Fetching trees that are known by more than a URL: commits of repositories, and what `fetchTree` names.

use super::fetch::{check_uri, fetch_now, tree};
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
    computes("fetchTree", 1, |e, a| fetch_tree(e, a[0])),
];

/// The attributes that name a tree, each taken once; what is left is not supported.
struct Input<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    attrs: &'a Attrs<'a>,
    known: Vec<&'static str>,
}

impl<'e, 'a> Input<'e, 'a> {
    fn new(evaluator: &'e Evaluator<'a>, attrs: &'a Attrs<'a>) -> Self {
        Self { evaluator, attrs, known: vec!["type", "name", "narHash", "lastModified", "revCount"] }
    }

    fn value(&mut self, name: &'static str) -> Result<Option<Value<'a>>> {
        self.known.push(name);
        let attr = self.attrs.get(self.evaluator.intern(name));
        attr.map(|attr| self.evaluator.force(attr.value)).transpose()
    }

    fn text(&mut self, name: &'static str) -> Result<Option<String>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        Ok(Some(self.evaluator.expect_plain_string(value).map(|text| lossy(text).into_owned())?))
    }

    /// A string, or a path as one.
    fn location(&mut self, name: &'static str) -> Result<Option<String>> {
        match self.value(name)? {
            Some(Value::Path(path)) => Ok(Some(lossy(path.text).into_owned())),
            Some(other) => Ok(Some(lossy(self.evaluator.expect_plain_string(other)?).into_owned())),
            None => Ok(None),
        }
    }

    fn flag(&mut self, name: &'static str) -> Result<bool> {
        match self.value(name)? {
            Some(value) => self.evaluator.expect_bool(value),
            None => Ok(false),
        }
    }

    /// The hash of the tree's archive.
    fn nar_hash(&mut self) -> Result<Option<String>> {
        let Some(text) = self.text("narHash")? else { return Ok(None) };
        let hash = Hash::parse(text.as_bytes(), Some(Algorithm::Sha256)).map_err(Failure::other)?;
        Ok(Some(hash.write(Format::Base16)))
    }

    fn missing(name: &str) -> Error {
        Failure::other(format!("input attribute '{name}' is missing"))
    }

    /// All that is asked for has been taken.
    fn finish(&self, scheme: &str) -> Result<()> {
        for (name, _) in self.evaluator.sorted(self.attrs) {
            if !self.known.iter().any(|known| known.as_bytes() == name) {
                let name = lossy(name);
                let message = format!("input attribute '{name}' not supported by scheme '{scheme}'");
                return Err(Failure::other(message));
            }
        }
        Ok(())
    }
}

fn fetch_git<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let (commit, name, sha256) = match e.force(argument)? {
        Value::Attrs(attrs) => {
            for (name, attr) in e.sorted(attrs) {
                let value = e.force(attr.value)?;
                if !matches!(value, Value::String(_) | Value::Path(_) | Value::Bool(_) | Value::Int(_)) {
                    let (name, kind) = (lossy(name), value.describe());
                    return Err(Failure::other(format!(
                        "argument '{name}' to 'fetchGit' is {kind} while a string, Boolean or integer is expected"
                    )));
                }
            }
            let mut input = Input::new(e, attrs);
            let name = input.text("name")?.unwrap_or_else(|| "source".to_owned());
            let sha256 = input.nar_hash()?;
            (git_commit(&mut input)?, name, sha256)
        }
        Value::Path(path) => (head(lossy(path.text).into_owned()), "source".to_owned(), None),
        other => {
            let url = e.coerce(other, crate::eval::Coercion::PATH)?.lossy().into_owned();
            (head(url), "source".to_owned(), None)
        }
    };
    git(e, commit, &name, sha256)
}

fn head(url: String) -> GitCommit {
    GitCommit { url, reference: None, rev: None, submodules: false, all_refs: false }
}

fn git_commit(input: &mut Input<'_, '_>) -> Result<GitCommit> {
    let Some(url) = input.location("url")? else { return Err(Input::missing("url")) };
    let (reference, rev) = (input.text("ref")?, input.text("rev")?);
    let (submodules, all_refs) = (input.flag("submodules")?, input.flag("allRefs")?);
    // How much of the history is fetched makes no difference to the tree.
    input.flag("shallow")?;
    if input.flag("lfs")? || input.flag("exportIgnore")? || input.flag("verifyCommit")? {
        return Err(Failure::other(
            "'fetchGit' knows neither `lfs` nor `exportIgnore` nor `verifyCommit` here",
        ));
    }
    input.finish("git")?;
    if let Some(rev) = &rev
        && !(matches!(rev.len(), 40 | 64) && rev.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        let algorithm = if rev.len() == 64 { "sha256" } else { "sha1" };
        return Err(Failure::other(format!(
            "hash '{rev}' has wrong length for hash algorithm '{algorithm}'"
        )));
    }
    Ok(GitCommit { url, reference, rev, submodules, all_refs })
}

fn git<'a>(e: &Evaluator<'a>, commit: GitCommit, name: &str, sha256: Option<String>) -> Result<Value<'a>> {
    if e.settings.pure && commit.rev.is_none() {
        let message =
            format!("in pure evaluation mode, 'fetchTree' will not fetch unlocked input '{}'", commit.url);
        return Err(Failure::other(message));
    }
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

fn fetch_mercurial<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let url = match e.force(argument)? {
        Value::Attrs(attrs) => match Input::new(e, attrs).location("url")? {
            Some(url) => url,
            None => return Err(Failure::other("'url' argument required")),
        },
        Value::Path(path) => lossy(path.text).into_owned(),
        other => e.coerce(other, crate::eval::Coercion::PATH)?.lossy().into_owned(),
    };
    Err(Failure::new(ErrorKind::File, format!("Mercurial repositories such as '{url}' cannot be fetched"))
        .with_help("check it out, and name the directory by its path"))
}

fn fetch_tree<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    let attrs = match e.force(argument)? {
        Value::Attrs(attrs) => attrs,
        other => {
            let url = e.expect_plain_string(other)?;
            return match url.strip_prefix(b"path:") {
                Some(path) if path.starts_with(b"/") => local_tree(e, path),
                _ => Err(Failure::other(format!("input '{}' is not supported", lossy(url)))),
            };
        }
    };
    let mut input = Input::new(e, attrs);
    let Some(scheme) = input.text("type")? else { return Err(Input::missing("type")) };
    let sha256 = input.nar_hash()?;
    match scheme.as_str() {
        "path" => match attrs.get(well_known::PATH) {
            Some(attr) => {
                let path = e.expect_path(attr.value)?;
                local_tree(e, &path)
            }
            None => Err(Input::missing("path")),
        },
        "git" => {
            let commit = git_commit(&mut input)?;
            git(e, commit, "source", sha256)
        }
        "tarball" | "file" => {
            let Some(url) = input.location("url")? else { return Err(Input::missing("url")) };
            input.finish(&scheme)?;
            archive(e, if scheme == "file" { Wanted::File { url } } else { Wanted::Tarball { url } }, sha256)
        }
        "github" => {
            let Some(owner) = input.text("owner")? else { return Err(Input::missing("owner")) };
            let Some(repository) = input.text("repo")? else { return Err(Input::missing("repo")) };
            let (rev, reference) = (input.text("rev")?, input.text("ref")?);
            input.finish("github")?;
            let commit = rev.or(reference).unwrap_or_else(|| "HEAD".to_owned());
            let url = format!("https://github.com/{owner}/{repository}/archive/{commit}.tar.gz");
            archive(e, Wanted::Tarball { url }, sha256)
        }
        _ => Err(Failure::other(format!("input type '{scheme}' is not supported"))),
    }
}

fn archive<'a>(e: &Evaluator<'a>, wanted: Wanted, sha256: Option<String>) -> Result<Value<'a>> {
    if e.settings.pure && sha256.is_none() {
        let url = wanted.url();
        let message = format!("in pure evaluation mode, 'fetchTree' will not fetch unlocked input '{url}'");
        return Err(Failure::other(message));
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
