//! The attributes of a call that name a tree to fetch.

use super::flake_ref::{Attribute, Attributes, encoded, json, show};
use crate::error::Failure;
use crate::eval::{Evaluator, Result, lossy};
use crate::store::hash::{Algorithm, Format, Hash};
use crate::symbol::well_known;
use crate::value::{Attrs, Value};

/// The attributes that name a tree, by Nix's rules for them.
pub(super) struct Input {
    pub(super) attributes: Attributes,
    pub(super) scheme: String,
    /// The function that was called.
    pub(super) function: &'static str,
}

impl Input {
    /// A URL of a scheme.
    pub(super) fn of(scheme: &str, url: String, function: &'static str) -> Self {
        let attributes = [("type", scheme.to_owned()), ("url", url)]
            .map(|(name, value)| (name.to_owned(), Attribute::Text(value)));
        Self { attributes: attributes.into(), scheme: scheme.to_owned(), function }
    }

    /// Reads the attributes of a call; `scheme` is that of the function, if it has one.
    pub(super) fn read<'a>(
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
    pub(super) fn check(&self, known: &[&str]) -> Result<()> {
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

    pub(super) fn text(&self, name: &str) -> Result<Option<String>> {
        match self.attributes.get(name) {
            None => Ok(None),
            Some(Attribute::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Failure::other(format!(
                "input attribute '{name}' is not a string {}",
                json(&self.attributes)
            ))),
        }
    }

    pub(super) fn required(&self, name: &str) -> Result<String> {
        self.text(name)?.ok_or_else(|| Failure::other(format!("input attribute '{name}' is missing")))
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        match self.attributes.get(name) {
            None => Ok(false),
            Some(Attribute::Bool(value)) => Ok(*value),
            Some(_) => Err(Failure::other(format!("input attribute '{name}' is not a Boolean"))),
        }
    }

    /// The hash of the tree's archive.
    pub(super) fn nar_hash(&self, e: &Evaluator<'_>) -> Result<Option<Hash>> {
        let Some(text) = self.text("narHash")? else { return Ok(None) };
        if !text.contains('-') {
            return Err(Failure::other(format!("hash '{text}' is not SRI")));
        }
        Ok(Some(e.hash(text.as_bytes(), Some(Algorithm::Sha256))?))
    }

    /// The input as a URL, as Nix shows one of a Git repository.
    pub(super) fn git_url(&self, url: &str) -> String {
        let shown = ["exportIgnore", "lfs", "ref", "rev", "shallow", "submodules"];
        let query = shown.iter().filter_map(|&name| match self.attributes.get(name)? {
            Attribute::Text(text) => Some(format!("{name}={}", encoded(text))),
            Attribute::Bool(true) => Some(format!("{name}=1")),
            Attribute::Bool(false) | Attribute::Int(_) => None,
        });
        let query: Vec<String> = query.collect();
        let scheme = match url {
            _ if url.starts_with('/') => "git+file://",
            _ if url.starts_with("git:") => "",
            _ => "git+",
        };
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{scheme}{url}{mark}{}", query.join("&"))
    }

    /// The input as a URL.
    pub(super) fn url(&self) -> Result<String> {
        show(&self.attributes).map_err(Failure::other)
    }

    pub(super) fn int(&self, name: &str) -> Result<Option<i64>> {
        match self.attributes.get(name) {
            None => Ok(None),
            Some(Attribute::Int(int)) => Ok(Some(*int)),
            Some(_) => Err(Failure::other(format!(
                "input attribute '{name}' is not an integer {}",
                json(&self.attributes)
            ))),
        }
    }

    /// The commit's hash, where one is given.
    pub(super) fn rev(&self) -> Result<Option<String>> {
        let Some(rev) = self.text("rev")? else { return Ok(None) };
        let algorithm = if rev.len() == 64 { Algorithm::Sha256 } else { Algorithm::Sha1 };
        let hash = Hash::parse(rev.as_bytes(), Some(algorithm)).map_err(Failure::other)?;
        Ok(Some(hash.write(Format::Base16)))
    }
}
