//! Getting a URL.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Writes what a URL has into a file.
pub(super) fn to_file(url: &str, target: &Path) -> Result<(), String> {
    let failed = |reason: &str| format!("unable to download '{url}': {reason}");
    if let Some(path) = super::local_path(url) {
        fs::copy(path, target).map_err(|_| {
            failed(&format!("Could not read a file:// file (37) Could not open file {}", path.display()))
        })?;
        return Ok(());
    }
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        return Err(failed("only `https:`, `http:` and `file:` are known"));
    }
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .user_agent(concat!("launchnix/", env!("CARGO_PKG_VERSION")))
            .build(),
    );
    let response = agent.get(url).call().map_err(|error| match error {
        ureq::Error::StatusCode(status) => failed(&format!("HTTP error {status}")),
        other if other.to_string().contains("failed to lookup address") => {
            failed(&format!("Could not resolve hostname (6) Could not resolve host: {}", host(url)))
        }
        other => failed(&other.to_string()),
    })?;
    let mut file = File::create(target).map_err(|error| failed(&error.to_string()))?;
    io::copy(&mut response.into_body().into_reader(), &mut file)
        .map_err(|error| failed(&error.to_string()))?;
    Ok(())
}

/// The name of the machine in a URL.
fn host(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let name = authority.rsplit('@').next().unwrap_or_default();
    name.split(':').next().unwrap_or_default()
}
