//! Unpacking archives.

use std::fs::{self, File};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use liblzma::read::XzDecoder;

/// Unpacks a tape archive, compressed or not: into `target`, which becomes its one top-level directory where there is
/// nothing beside it. When the newest file was changed is what comes back.
pub(super) fn tarball(url: &str, archive: &Path, target: &Path) -> Result<Option<i64>, String> {
    let failed = |error: std::io::Error| format!("'{url}' cannot be unpacked: {error}");
    let mut file = File::open(archive).map_err(failed)?;
    let mut start = [0; 6];
    let length = file.read(&mut start).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let file = BufReader::new(file);
    let reader: Box<dyn Read> = match &start[..length] {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(file)),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => Box::new(XzDecoder::new_multi_decoder(file)),
        [b'B', b'Z', b'h', ..] => Box::new(MultiBzDecoder::new(file)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(
            ruzstd::decoding::StreamingDecoder::new(file)
                .map_err(|error| format!("'{url}' cannot be unpacked: {error}"))?,
        ),
        [b'P', b'K', 3, 4, ..] => {
            return Err(format!("'{url}' is a ZIP archive: take the `.tar.gz` of the same release"));
        }
        _ => Box::new(file),
    };
    let unpacked = target.with_extension("unpacked");
    let mut archive = tar::Archive::new(reader);
    archive.set_preserve_mtime(false);
    fs::create_dir(&unpacked).map_err(failed)?;
    let (mut newest, mut directories) = (None, Vec::new());
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            continue;
        }
        newest = newest.max(entry.header().mtime().ok().and_then(|time| i64::try_from(time).ok()));
        if kind.is_dir() {
            directories.push(entry);
        } else {
            entry.unpack_in(&unpacked).map_err(failed)?;
        }
    }
    // Those that may not be written to are made when nothing more is written.
    directories.sort_by(|a, b| b.path_bytes().cmp(&a.path_bytes()));
    for mut directory in directories {
        directory.unpack_in(&unpacked).map_err(failed)?;
    }
    let mut entries = fs::read_dir(&unpacked).map_err(failed)?;
    let root = match (entries.next(), entries.next()) {
        (None, _) => return Err(format!("tarball '{url}' contains an unexpected number of top-level files")),
        (Some(entry), None) => {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_dir() { entry.path() } else { unpacked }
        }
        (Some(_), Some(_)) => unpacked,
    };
    fs::rename(root, target).map_err(failed)?;
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of an archive of these files: the names at the top, and when the newest was changed.
    fn unpacked(files: &[&str]) -> (Vec<String>, Option<i64>) {
        let directory = tempfile::tempdir().unwrap();
        let (archive, target) = (directory.path().join("archive"), directory.path().join("content"));
        let mut builder = tar::Builder::new(File::create(&archive).unwrap());
        for (name, time) in files.iter().zip(5..) {
            let mut header = tar::Header::new_gnu();
            header.set_mtime(time);
            header.set_mode(0o644);
            header.set_size(0);
            builder.append_data(&mut header, name, std::io::empty()).unwrap();
        }
        builder.into_inner().unwrap();
        let newest = tarball("file:///archive", &archive, &target).unwrap();
        let names = fs::read_dir(&target).unwrap();
        let mut names: Vec<_> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        (names, newest)
    }

    #[test]
    fn only_a_single_directory_is_left_away() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(unpacked(&["one/a", "one/b/c"]), (names(&["a", "b"]), Some(6)));
        assert_eq!(unpacked(&["a"]), (names(&["a"]), Some(5)));
        assert_eq!(unpacked(&["a", "b/c", "./d"]), (names(&["a", "b", "d"]), Some(7)));
    }
}
