//! What `launchnix eval` does with a real store: building what an expression imports, and `--store`.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use launchnix_diagnostics::{FileKind, Sources};
use launchnix_evaluator::{Evaluator, Realisation, StoreObject};

/// The program that builds.
const BUILDER: &str = "nix-store";

/// Builds an output with Nix: what it needs is imported into the store, then it is realised.
pub(crate) fn realise(realisation: &Realisation) -> Result<(), String> {
    let mut import = Command::new(BUILDER)
        .arg("--import")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| not_started(&error))?;
    let fed = match import.stdin.take() {
        Some(mut stdin) => export(&mut stdin, &realisation.objects),
        None => Ok(()),
    };
    let ended =
        import.wait().map_err(|error| format!("`{BUILDER} --import` cannot be waited for: {error}"))?;
    if !ended.success() {
        return Err(format!("`{BUILDER} --import` failed"));
    }
    fed.map_err(|error| format!("`{BUILDER} --import` did not read all: {error}"))?;
    let ended = Command::new(BUILDER)
        .arg("--realise")
        .arg(format!("{}!{}", realisation.drv_path, realisation.output))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| not_started(&error))?;
    if ended.success() { Ok(()) } else { Err(format!("`{BUILDER} --realise` failed")) }
}

fn not_started(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        format!("`{BUILDER}` is not installed")
    } else {
        format!("`{BUILDER}` cannot be run: {error}")
    }
}

/// The format that `nix-store --export` writes (the manual's page on it): archives, each with its path and references.
fn export(out: &mut dyn Write, objects: &[StoreObject]) -> io::Result<()> {
    for object in objects {
        number(out, 1)?;
        out.write_all(&object.archive)?;
        number(out, 0x4558_494e)?;
        string(out, &object.path)?;
        number(out, object.references.len() as u64)?;
        for reference in &object.references {
            string(out, reference)?;
        }
        // No derivation made it, and nobody signed it.
        string(out, "")?;
        number(out, 0)?;
    }
    number(out, 0)?;
    out.flush()
}

fn number(out: &mut dyn Write, number: u64) -> io::Result<()> {
    out.write_all(&number.to_le_bytes())
}

fn string(out: &mut dyn Write, text: &str) -> io::Result<()> {
    number(out, text.len() as u64)?;
    out.write_all(text.as_bytes())?;
    out.write_all(&[0; 8][..text.len().wrapping_neg() % 8])
}

/// Schemes of the stores that Nix 2.34 can open.
const SCHEMES: &[&str] = &[
    "dummy",
    "file",
    "http",
    "https",
    "local",
    "local-overlay",
    "mounted-ssh-ng",
    "s3",
    "ssh",
    "ssh-ng",
    "unix",
];

/// Whether a store is one that Nix can open; the error is Nix's.
pub(crate) fn check(store: &str) -> Result<(), String> {
    let (name, _) = store.split_once('?').unwrap_or((store, ""));
    if matches!(name, "" | "auto" | "daemon" | "local") || name.starts_with('/') || name.starts_with("./") {
        return Ok(());
    }
    match name.split_once(':') {
        Some((scheme, _)) if SCHEMES.contains(&scheme) => Ok(()),
        Some((scheme, _)) => Err(format!("don't know how to open Nix store with scheme '{scheme}'")),
        None => Err(format!("Cannot parse Nix store '{store}'")),
    }
}

/// The directory that `--store` names; `None` where nothing is to be written.
pub(crate) fn directory(store: &str, current: &Path) -> Result<Option<PathBuf>, String> {
    check(store)?;
    let path = store.strip_prefix("local?root=").or_else(|| store.strip_prefix("file://")).unwrap_or(store);
    if path.starts_with('/') {
        return Ok(Some(PathBuf::from(path)));
    }
    if let Some(path) = path.strip_prefix("./") {
        return Ok(Some(current.join(path)));
    }
    let (name, _) = store.split_once('?').unwrap_or((store, ""));
    match name.split_once(':') {
        None | Some(("dummy" | "local" | "unix", _)) => Ok(None),
        Some(_) => Err(format!(
            "`--store {store}` names no directory: give its absolute path, and it gets a `nix/store`"
        )),
    }
}

/// Writes what an evaluation has made below a directory, as far as it is not there yet.
pub(crate) fn write(evaluator: &Evaluator<'_>, root: &Path) -> Result<(), String> {
    let sources = evaluator.store_sources();
    for path in evaluator.store_paths() {
        let target = root.join(path.trim_start_matches('/'));
        let written = write_object(&sources, Path::new(&path), &target);
        written.map_err(|error| format!("`{}` could not be written: {error}", target.display()))?;
    }
    Ok(())
}

/// Written beside its place first, so that what is there is whole.
fn write_object(sources: &dyn Sources, path: &Path, target: &Path) -> io::Result<()> {
    if fs::symlink_metadata(target).is_ok() {
        return Ok(());
    }
    let directory = target.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(directory)?;
    let name = target.file_name().unwrap_or(OsStr::new("object"));
    let temporary = directory.join(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = copy(sources, path, &temporary).and_then(|()| fs::rename(&temporary, target));
    if written.is_err() {
        let _ = fs::remove_dir_all(&temporary).or_else(|_| fs::remove_file(&temporary));
    }
    written
}

fn copy(sources: &dyn Sources, path: &Path, target: &Path) -> io::Result<()> {
    match sources.kind(path)? {
        FileKind::Regular => {
            fs::write(target, sources.read(path)?)?;
            let mode = if sources.is_executable(path)? { 0o555 } else { 0o444 };
            fs::set_permissions(target, fs::Permissions::from_mode(mode))
        }
        FileKind::Symlink => symlink(sources.read_link(path)?, target),
        FileKind::Directory => {
            fs::create_dir(target)?;
            for (name, _) in sources.read_dir(path)? {
                use std::os::unix::ffi::OsStrExt;
                let name = OsStr::from_bytes(&name);
                copy(sources, &path.join(name), &target.join(name))?;
            }
            Ok(())
        }
        FileKind::Unknown => Err(io::Error::new(io::ErrorKind::InvalidInput, "it has an unsupported type")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_directories() {
        let directory = |store| directory(store, Path::new("/here"));
        assert_eq!(directory("/a"), Ok(Some(PathBuf::from("/a"))));
        assert_eq!(directory("./a"), Ok(Some(PathBuf::from("/here/a"))));
        assert_eq!(directory("local?root=/a"), Ok(Some(PathBuf::from("/a"))));
        for nowhere in ["", "auto", "daemon", "local", "local://", "unix:///a", "dummy://?read-only=false"] {
            assert_eq!(directory(nowhere), Ok(None), "{nowhere}");
        }
        assert!(directory("ssh://host").is_err());
        assert_eq!(directory("a"), Err("Cannot parse Nix store 'a'".to_owned()));
        assert_eq!(directory("a://b"), Err("don't know how to open Nix store with scheme 'a'".to_owned()));
    }

    #[test]
    fn exports_have_the_format_of_nix() {
        let object = StoreObject {
            path: "/nix/store/x".to_owned(),
            archive: vec![7; 8],
            references: vec!["/nix/store/y-longer".to_owned()],
        };
        let mut out = Vec::new();
        export(&mut out, &[object]).expect("memory takes everything");
        assert_eq!(out.len() % 8, 0);
        assert_eq!(&out[..16], &[1, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7]);
        assert_eq!(&out[16..24], b"NIXE\0\0\0\0");
        assert_eq!(&out[out.len() - 8..], &[0; 8]);
    }
}
