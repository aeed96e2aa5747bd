//! One `apply` at a time per fleet and libvirt, by a lock that dies with its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;

use crate::build::digest;
use crate::error::{Error, Result};

/// Held while a fleet is changed.
#[derive(Debug)]
pub struct Lock {
    /// Closing the file lets go of the lock, also when the process is killed.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub fn take(uri: &str, fleet: &str) -> Result<Self> {
        // The test driver's state lives in this process: nobody else can change it.
        if uri.starts_with("test:///") {
            return Ok(Self { _file: None });
        }
        let name = format!("launchnix-{}.lock", &digest(format!("{uri}\n{fleet}").as_bytes())[..16]);
        let mut failure = None;
        for directory in directories() {
            let path = directory.join(&name);
            let file = match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
                Ok(file) => file,
                Err(error) => {
                    failure = Some(Error::file("open the lock", &path, &error));
                    continue;
                }
            };
            return match file.try_lock() {
                Ok(()) => Ok(Self { _file: Some(file) }),
                Err(TryLockError::WouldBlock) => Err(Error::new(format!(
                    "another `launchnix apply` or `destroy` of fleet `{fleet}` is at work on `{uri}`"
                ))
                .help("wait until it has ended, then run this again; nothing was changed")),
                Err(TryLockError::Error(error)) => Err(Error::file("lock", &path, &error)),
            };
        }
        Err(failure.unwrap_or_else(|| Error::new("there is no directory for a lock file")))
    }
}

fn directories() -> impl Iterator<Item = PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    runtime.into_iter().chain([PathBuf::from("/run/lock"), std::env::temp_dir()])
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn the_second_has_to_wait() {
        let uri = format!("qemu+unix:///system?socket=/nowhere/{}", std::process::id());
        let first = Lock::take(&uri, "blog").expect("free");
        assert!(Lock::take(&uri, "blog").is_err());
        assert!(Lock::take(&uri, "shop").is_ok());
        drop(first);
        assert!(Lock::take(&uri, "blog").is_ok());
    }
}
