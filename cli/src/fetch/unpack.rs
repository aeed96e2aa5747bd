//! Unpacking archives.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use liblzma::read::XzDecoder;
use zip::extra_fields::ExtraField;
use zip::read::ZipArchive;

/// Unpacks a tape archive, compressed or not, or a ZIP archive: into `target`, which becomes its one top-level directory
/// where there is nothing beside it. When the newest file was changed is what comes back.
pub(super) fn archive(url: &str, archive: &Path, target: &Path) -> Result<Option<i64>, String> {
    let failed = |error: io::Error| format!("'{url}' cannot be unpacked: {error}");
    let unpacked = target.with_extension("unpacked");
    fs::create_dir(&unpacked).map_err(failed)?;
    let newest = into(archive, &unpacked).map_err(failed)?;
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

/// Unpacks by what the archive begins with, whatever its name says.
fn into(archive: &Path, directory: &Path) -> io::Result<Option<i64>> {
    let mut file = File::open(archive)?;
    let mut start = [0; 6];
    let length = file.read(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    let file = BufReader::new(file);
    match &start[..length] {
        [0x1f, 0x8b, ..] => tape(MultiGzDecoder::new(file), directory),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => tape(XzDecoder::new_multi_decoder(file), directory),
        [b'B', b'Z', b'h', ..] => tape(MultiBzDecoder::new(file), directory),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            tape(ruzstd::decoding::StreamingDecoder::new(file).map_err(io::Error::other)?, directory)
        }
        // An empty one has nothing but its end.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip(file, directory),
        _ => tape(file, directory),
    }
}

fn tape(reader: impl Read, directory: &Path) -> io::Result<Option<i64>> {
    let mut archive = tar::Archive::new(reader);
    archive.set_preserve_mtime(false);
    let (mut newest, mut directories) = (None, Vec::new());
    for entry in archive.entries()? {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if kind.is_pax_global_extensions() {
            continue;
        }
        newest = newest.max(entry.header().mtime().ok().and_then(|time| i64::try_from(time).ok()));
        if kind.is_dir() {
            directories.push(entry);
        } else {
            entry.unpack_in(directory)?;
        }
    }
    // Those that may not be written to are made when nothing more is written.
    directories.sort_by(|a, b| b.path_bytes().cmp(&a.path_bytes()));
    for mut inner in directories {
        inner.unpack_in(directory)?;
    }
    Ok(newest)
}

fn zip(reader: impl Read + Seek, directory: &Path) -> io::Result<Option<i64>> {
    let mut archive = ZipArchive::new(reader)?;
    let mut newest = None;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at)?;
        let exact = entry.extra_data_fields().find_map(|field| match field {
            ExtraField::ExtendedTimestamp(times) => times.mod_time().map(i64::from),
            _ => None,
        });
        newest = newest.max(exact.or_else(|| entry.last_modified().map(seconds)));
    }
    archive.extract(directory)?;
    Ok(newest)
}

/// The seconds from the start of 1970 to a date and time of a ZIP archive, which has no time zone: UTC is taken.
fn seconds(time: zip::DateTime) -> i64 {
    // Years that begin in March end with the day that not all of them have.
    let (month, year) = (i64::from(time.month()), i64::from(time.year()));
    let (month, year) = if month < 3 { (month + 9, year - 1) } else { (month - 3, year) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + i64::from(time.day()) - 1 - 719_468;
    days * 86_400 + i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
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
            builder.append_data(&mut header, name, io::empty()).unwrap();
        }
        builder.into_inner().unwrap();
        let newest = super::archive("file:///archive", &archive, &target).unwrap();
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

    #[test]
    fn zip_archives_keep_links_modes_and_times() {
        use std::os::unix::fs::PermissionsExt as _;

        let directory = tempfile::tempdir().unwrap();
        let (archive, target) = (directory.path().join("archive"), directory.path().join("content"));
        let mut writer = zip::ZipWriter::new(File::create(&archive).unwrap());
        let time = zip::DateTime::from_date_and_time(2024, 2, 29, 12, 30, 8).unwrap();
        let options = zip::write::SimpleFileOptions::default().last_modified_time(time);
        writer.add_directory("one", options).unwrap();
        writer.start_file("one/script", options.unix_permissions(0o755)).unwrap();
        io::Write::write_all(&mut writer, b"#!/bin/sh\n").unwrap();
        writer.start_file("one/text", options.unix_permissions(0o644)).unwrap();
        writer.add_symlink("one/link", "text", options).unwrap();
        writer.finish().unwrap();
        let newest = super::archive("file:///archive", &archive, &target).unwrap();
        assert_eq!(newest, Some(1_709_209_808));
        assert_eq!(fs::read(target.join("script")).unwrap(), b"#!/bin/sh\n");
        let is_executable =
            |name: &str| fs::metadata(target.join(name)).unwrap().permissions().mode() & 0o111 != 0;
        assert!(is_executable("script") && !is_executable("text"));
        assert_eq!(fs::read_link(target.join("link")).unwrap(), Path::new("text"));
    }
}
