//! Fetching by whoever is there to do it, and looking at what came.

use std::path::Path;

use launchnix_diagnostics::Sources;

use super::hash::{Algorithm, Format, Hash};
use super::nar;
use crate::fetch::{Fetched, Fetcher, Request, Wanted};

/// Why there is nothing, and what can be done.
#[derive(Debug)]
pub struct Miss {
    /// What went wrong.
    pub message: String,
    /// A way out, where there is one.
    pub help: Option<&'static str>,
    /// What came in place of what was expected.
    pub found: Option<Hash>,
}

/// Fetches, and compares with the hash that is wanted.
pub fn fetch(
    fetcher: Option<Fetcher<'_>>,
    sources: &dyn Sources,
    request: &Request,
) -> Result<Fetched, Miss> {
    let Some(fetcher) = fetcher else {
        let url = request.wanted.url();
        return Err(Miss {
            message: format!("the content of '{url}' is needed, but nothing is fetched here"),
            help: Some("download it, and name it by its path"),
            found: None,
        });
    };
    let fetched = (fetcher.fetch)(request, &|path| identify(sources, &request.wanted, path))
        .map_err(|message| Miss { message, help: None, found: None })?;
    let hash = |text: &String| {
        Hash::parse(text.as_bytes(), Some(Algorithm::Sha256)).map_err(|message| Miss {
            message,
            help: None,
            found: None,
        })
    };
    match &request.sha256 {
        Some(wanted) if *wanted != fetched.sha256 => {
            let found = hash(&fetched.sha256)?;
            Err(Miss {
                message: mismatch(request.wanted.url(), &hash(wanted)?, &found),
                help: Some(OTHER),
                found: Some(found),
            })
        }
        _ => Ok(fetched),
    }
}

/// What to do where something else came than was expected.
pub const OTHER: &str = "if that is the content you want, give the hash that it has";

fn identify(sources: &dyn Sources, wanted: &Wanted, path: &Path) -> Result<String, String> {
    let hash = match wanted {
        Wanted::File { .. } => {
            let content = sources.read(path).map_err(|error| error.to_string())?;
            Hash::of(Algorithm::Sha256, &content)
        }
        Wanted::Tarball { .. } | Wanted::Git(_) | Wanted::Mercurial(_) => {
            let mut all = |_: &Path, _| Ok::<_, String>(true);
            let hash = nar::hash_path(sources, path, &mut all);
            Hash::sha256(hash.map_err(|error| error.file_message().unwrap_or_default())?)
        }
    };
    Ok(hash.write(Format::Base16))
}

/// What Nix says where something else came than was expected.
pub fn mismatch(url: &str, wanted: &Hash, found: &Hash) -> String {
    format!(
        "hash mismatch in file downloaded from '{url}':\n  specified: sha256:{}\n  got:       sha256:{}",
        wanted.write(Format::Nix32),
        found.write(Format::Nix32)
    )
}
