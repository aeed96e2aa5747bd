//! Unpacking archives.

use std::fs::{self, File};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use liblzma::read::XzDecoder;

/// Unpacks a tape archive, compressed or not; its one top-level directory becomes `target`.
pub(super) fn tarball(url: &str, archive: &Path, target: &Path) -> Result<(), String> {
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
    archive.unpack(&unpacked).map_err(failed)?;
    let mut entries = fs::read_dir(&unpacked).map_err(failed)?;
    let only = match (entries.next(), entries.next()) {
        (Some(entry), None) => entry.map_err(failed)?.path(),
        _ => return Err(format!("tarball '{url}' contains an unexpected number of top-level files")),
    };
    fs::rename(only, target).map_err(failed)
}
