//! Where the bytes of new volumes come from: found, downloaded, built and examined before anything is changed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use launchnix_schema::manifest::{Content, Volume};
use sha2::{Digest as _, Sha256};

use super::{Listener, Options};
use crate::adapt::Driver;
use crate::build::Site;
use crate::compare::readable_size;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::plan::{Kind, SitePlan, Step};

/// The content of a volume that is to be made, ready to be used.
#[derive(Clone, Debug)]
pub(crate) enum Prepared {
    /// Nothing.
    Blank,
    /// What another volume has.
    Overlay {
        /// That volume's name.
        backing: String,
    },
    /// The bytes of a file here.
    Image(Image),
}

/// A disk image here.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    /// Where it is.
    pub path: PathBuf,
    /// How long the file is.
    pub length: u64,
    /// The size that a guest would see.
    pub capacity: u64,
    /// `qcow2` or `raw`.
    pub format: &'static str,
}

/// Makes the contents of all volumes that the plan makes ready, but for those that are.
pub(super) fn prepare(
    host: &Host,
    site: &Site<'_>,
    plan: &SitePlan,
    options: &Options,
    listener: &dyn Listener,
    prepared: &mut BTreeMap<(String, String), Prepared>,
) -> Result<()> {
    for action in plan.actions.iter().filter(|action| action.kind == Kind::Volume) {
        if !action.steps.iter().any(|step| matches!(step, Step::Create | Step::Remake)) {
            continue;
        }
        let pool = action.pool.as_deref().unwrap_or_default();
        let Some(volume) = site.build.volume(pool, &action.name) else { continue };
        if prepared.contains_key(&(volume.pool.clone(), volume.name.clone())) {
            continue;
        }
        let title = action.title();
        let content = one(host, site, volume, &title, options, listener)?;
        if let Prepared::Image(image) = &content {
            fits(volume, image, &title)?;
        }
        prepared.insert((volume.pool.clone(), volume.name.clone()), content);
    }
    Ok(())
}

fn one(
    host: &Host,
    site: &Site<'_>,
    volume: &Volume,
    title: &str,
    options: &Options,
    listener: &dyn Listener,
) -> Result<Prepared> {
    let blank = |what: &str| {
        listener.warn(title, &format!("libvirt's test driver keeps no bytes: made blank, {what}"));
        Ok(Prepared::Blank)
    };
    let path = match &volume.content {
        Content::Blank => return Ok(Prepared::Blank),
        Content::Overlay { backing } => return Ok(Prepared::Overlay { backing: backing.clone() }),
        Content::File { path, sha256 } => {
            let found = find(site, path, title)?;
            if let Some(expected) = sha256 {
                verify(&found, expected, title)?;
            }
            if host.driver == Driver::Test {
                return blank(&format!("not filled from `{path}`"));
            }
            found
        }
        Content::Fetch { url, .. } if host.driver == Driver::Test => {
            return blank(&format!("{url} not downloaded"));
        }
        Content::Fetch { url, sha256 } => fetch(url, sha256.as_deref(), title, options, listener)?,
        Content::Seed { files } => {
            let path = seed_image(site, files, options)?;
            if host.driver == Driver::Test {
                return blank("the CD for cloud-init not filled");
            }
            path
        }
        Content::NixosImage { .. } if host.driver == Driver::Test => return blank("NixOS image not built"),
        Content::NixosImage { recipe } => nixos_image(site, recipe, title, listener)?,
    };
    examine(&path).map(Prepared::Image)
}

/// Makes the CD that cloud-init reads, in the cache.
fn seed_image(site: &Site<'_>, files: &BTreeMap<String, String>, options: &Options) -> Result<PathBuf> {
    let mut contents = Vec::new();
    for (name, file) in files {
        let path = site.build.directory.join(file);
        let content = fs::read(&path).map_err(|error| Error::file("read", &path, &error))?;
        contents.push((name.clone(), content));
    }
    let image = super::seed::image(&contents);
    fs::create_dir_all(&options.cache).map_err(|error| Error::file("make", &options.cache, &error))?;
    let path = options.cache.join(format!("seed-{}", crate::build::digest(&image)));
    let partial = options.cache.join(format!("partial-seed-{}", std::process::id()));
    fs::write(&partial, &image).map_err(|error| Error::file("write", &partial, &error))?;
    fs::rename(&partial, &path).map_err(|error| Error::file("rename", &partial, &error))?;
    Ok(path)
}

/// Finds a file that the user named: relative to the deployment file, `~` being the home directory.
fn find(site: &Site<'_>, named: &str, title: &str) -> Result<PathBuf> {
    let path = if let Some(rest) = named.strip_prefix("~/") {
        let home = std::env::var_os("HOME").ok_or_else(|| {
            Error::new(format!("{title}: `{named}` is in the home directory, and HOME is not set"))
        })?;
        Path::new(&home).join(rest)
    } else {
        // An absolute path replaces what it is joined to.
        let deployment = site.build.directory.join(&site.build.manifest.deployment);
        deployment.parent().unwrap_or(&site.build.directory).join(named)
    };
    if path.is_file() {
        return Ok(path);
    }
    let looked = format!("looked for `{}`", path.display());
    Err(Error::new(format!("{title} is to be filled from `{named}`, and there is no such file")).help(format!(
        "{looked}; put it there, or compile the deployment again if it has moved or the build directory has"
    )))
}

fn hash(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(|error| Error::file("open", path, &error))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).map_err(|error| Error::file("read", path, &error))? {
            0 => return Ok(data_encoding::HEXLOWER.encode(&hasher.finalize())),
            length => hasher.update(&buffer[..length]),
        }
    }
}

fn verify(path: &Path, expected: &str, title: &str) -> Result<()> {
    let actual = hash(path)?;
    if actual.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Error::new(format!(
        "{title}: `{}` has SHA-256 {actual}, and not {expected} as when the deployment was compiled",
        path.display()
    ))
    .help("compile the deployment again if the file was meant to change"))
}

/// Looks at the head of an image for its format and size.
fn examine(path: &Path) -> Result<Image> {
    let mut file = File::open(path).map_err(|error| Error::file("open", path, &error))?;
    let length = file.metadata().map_err(|error| Error::file("examine", path, &error))?.len();
    let mut head = [0; 32];
    let filled = read_up_to(&mut file, &mut head).map_err(|error| Error::file("read", path, &error))?;
    // The header of qcow2: magic, version, backing file's offset and length, cluster bits, and the size at byte 24.
    if filled == head.len() && head.starts_with(b"QFI\xfb") {
        let size = u64::from_be_bytes(head[24..32].try_into().expect("eight bytes"));
        return Ok(Image { path: path.to_owned(), length, capacity: size, format: "qcow2" });
    }
    Ok(Image { path: path.to_owned(), length, capacity: length, format: "raw" })
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            length => filled += length,
        }
    }
    Ok(filled)
}

fn fits(volume: &Volume, image: &Image, title: &str) -> Result<()> {
    if image.format != volume.format {
        return Err(Error::new(format!(
            "{title} is to be {}, and `{}` is {}",
            volume.format,
            image.path.display(),
            image.format
        ))
        .help(format!(
            "set `format = \"{}\"` for the disk; or convert the image: `qemu-img convert -O {} OLD NEW`",
            image.format, volume.format
        )));
    }
    match volume.capacity {
        Some(capacity) if capacity < image.capacity => Err(Error::new(format!(
            "{title} is to have {}, and the image `{}` needs {}",
            readable_size(capacity),
            image.path.display(),
            readable_size(image.capacity)
        ))
        .help("set a size that is at least that; without a size it is the image's")),
        _ => Ok(()),
    }
}

/// Downloads into the cache, once. A download that is not complete never has the name of one that is.
fn fetch(
    url: &str,
    sha256: Option<&str>,
    title: &str,
    options: &Options,
    listener: &dyn Listener,
) -> Result<PathBuf> {
    let key = sha256.map_or_else(|| format!("url-{}", crate::build::digest(url.as_bytes())), str::to_owned);
    let path = options.cache.join(key);
    if path.is_file() {
        match sha256 {
            None => return Ok(path),
            Some(expected) if hash(&path)?.eq_ignore_ascii_case(expected) => return Ok(path),
            Some(_) => {}
        }
    }
    fs::create_dir_all(&options.cache).map_err(|error| Error::file("make", &options.cache, &error))?;
    let partial = options.cache.join(format!("partial-{}", std::process::id()));
    let result = download(url, &partial, title, listener).and_then(|()| match sha256 {
        Some(expected) => verify_download(url, &partial, expected),
        None => Ok(()),
    });
    if let Err(error) = result {
        let _ = fs::remove_file(&partial);
        return Err(error);
    }
    fs::rename(&partial, &path).map_err(|error| Error::file("rename", &partial, &error))?;
    listener.done(title, &format!("downloaded {url}"));
    Ok(path)
}

fn verify_download(url: &str, path: &Path, expected: &str) -> Result<()> {
    let actual = hash(path)?;
    if actual.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Error::new(format!("{url} has SHA-256 {actual}, and not {expected} as the deployment says"))
        .help("if the file there was meant to change, put the new hash into the deployment"))
}

fn download(url: &str, path: &Path, title: &str, listener: &dyn Listener) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::new(format!("{title}: cannot download {url}: {error}"))
            .help("nothing was changed; try again later")
    };
    if let Some(local) = url.strip_prefix("file://") {
        return fs::copy(local, path).map(|_| ()).map_err(|error| failed(&error));
    }
    let response = ureq::get(url).call().map_err(|error| failed(&error))?;
    let total =
        response.headers().get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
    let mut body = response.into_body().into_reader();
    let mut file = File::create(path).map_err(|error| Error::file("make", path, &error))?;
    let mut buffer = vec![0; 1 << 18];
    let mut done = 0;
    loop {
        let length = body.read(&mut buffer).map_err(|error| failed(&error))?;
        if length == 0 {
            break;
        }
        file.write_all(&buffer[..length]).map_err(|error| Error::file("write", path, &error))?;
        done += length as u64;
        listener.progress(title, "downloading", done, total);
    }
    if total.is_some_and(|total| total != done) {
        return Err(failed(&"it ended too early"));
    }
    file.sync_all().map_err(|error| Error::file("write", path, &error))
}

/// Builds a NixOS image with the Nix that is installed here.
fn nixos_image(site: &Site<'_>, recipe: &str, title: &str, listener: &dyn Listener) -> Result<PathBuf> {
    let recipe = site.build.directory.join(recipe);
    listener.done(title, "building the NixOS image with nix-build");
    let output = Command::new("nix-build").arg("--no-out-link").arg(&recipe).output().map_err(|error| {
        match error.kind() {
            std::io::ErrorKind::NotFound => Error::new(format!("{title} holds NixOS, and there is no `nix-build` here to make it"))
                .help("install Nix where you run `apply`; or give the boot disk an image: `initialDisks.boot.fromImage`"),
            _ => Error::new(format!("cannot run `nix-build`: {error}")),
        }
    })?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let tail: Vec<&str> = words.lines().rev().take(15).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        return Err(Error::new(format!(
            "{title}: `nix-build {}` failed:\n{}",
            recipe.display(),
            tail.join("\n")
        ))
        .help("nothing was changed; mend the guest's configuration, compile and apply again"));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    let result = PathBuf::from(printed.lines().last().unwrap_or_default().trim());
    if result.is_file() {
        return Ok(result);
    }
    let entries = fs::read_dir(&result).map_err(|error| Error::file("list", &result, &error))?;
    let mut images: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "qcow2" || kind == "img" || kind == "raw"))
        .collect();
    images.sort();
    images.into_iter().next().ok_or_else(|| {
        Error::new(format!("{title}: `{}` was built, and holds no disk image", result.display()))
    })
}
