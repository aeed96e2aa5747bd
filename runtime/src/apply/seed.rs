//! The CD that cloud-init reads: an ISO 9660 image labelled `cidata`, with Joliet names.
//!
//! ISO 9660 (ECMA-119) knows upper-case names of eight letters only; `user-data` is found through the second tree of
//! names, which Joliet adds in UCS-2. The image depends on nothing but the files: the same ones give the same bytes.

/// What is addressed on a CD.
const SECTOR: usize = 2048;
/// What the `NoCloud` data source looks for.
const LABEL: &str = "cidata";
/// Where things are, in sectors: the two descriptors, their end, four path tables, two root directories, the files.
const PATH_TABLES: u32 = 19;
const PRIMARY_ROOT: u32 = 23;
const JOLIET_ROOT: u32 = 24;
const FILES: u32 = 25;

/// The image of a CD that holds these files, which are sorted by their names.
pub(super) fn image(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut places = Vec::new();
    let mut next = FILES;
    for (_, content) in files {
        places.push(next);
        next += sectors(content.len());
    }
    let mut image = vec![0; 16 * SECTOR];
    image.extend(descriptor(1, next));
    image.extend(descriptor(2, next));
    image.extend(padded([&[255][..], b"CD001\x01"].concat()));
    for (root, big_endian) in
        [(PRIMARY_ROOT, false), (PRIMARY_ROOT, true), (JOLIET_ROOT, false), (JOLIET_ROOT, true)]
    {
        image.extend(padded(path_table(root, big_endian)));
    }
    for (root, joliet) in [(PRIMARY_ROOT, false), (JOLIET_ROOT, true)] {
        let mut directory = record(root, SECTOR, true, &[0]);
        directory.extend(record(root, SECTOR, true, &[1]));
        for (index, ((name, content), place)) in files.iter().zip(&places).enumerate() {
            let name = if joliet { wide(name) } else { format!("FILE{index}.;1").into_bytes() };
            directory.extend(record(*place, content.len(), false, &name));
        }
        image.extend(padded(directory));
    }
    for (_, content) in files {
        image.extend(padded(content.clone()));
    }
    image
}

fn sectors(length: usize) -> u32 {
    u32::try_from(length.div_ceil(SECTOR)).unwrap_or(u32::MAX)
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(SECTOR), 0);
    bytes
}

/// A name in UCS-2, most significant byte first.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// A number in both orders of bytes (ECMA-119, 7.3.3).
fn both(value: u32) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&value.to_le_bytes());
    bytes[4..].copy_from_slice(&value.to_be_bytes());
    bytes
}

/// A volume descriptor: the primary one (1), or that of Joliet (2).
fn descriptor(kind: u8, size: u32) -> Vec<u8> {
    let joliet = kind == 2;
    let mut sector = vec![0; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| sector[at..at + bytes.len()].copy_from_slice(bytes);
    // A text of a given length in the descriptor's letters, filled with spaces.
    let text = |text: &str, length: usize| -> Vec<u8> {
        let mut bytes = if joliet { wide(text) } else { text.as_bytes().to_vec() };
        while bytes.len() < length {
            bytes.extend(if joliet { &b"\0 "[..] } else { &b" "[..] });
        }
        bytes.truncate(length);
        bytes
    };
    put(0, &[kind]);
    put(1, b"CD001\x01");
    put(8, &text("", 32));
    put(40, &text(LABEL, 32));
    put(80, &both(size));
    if joliet {
        // Level 3 of UCS-2.
        put(88, b"%/E");
    }
    let word = |value: u16| [value.to_le_bytes(), value.to_be_bytes()].concat();
    put(120, &word(1));
    put(124, &word(1));
    put(128, &word(2048));
    put(132, &both(10));
    let tables = PATH_TABLES + if joliet { 2 } else { 0 };
    put(140, &tables.to_le_bytes());
    put(148, &(tables + 1).to_be_bytes());
    put(156, &record(if joliet { JOLIET_ROOT } else { PRIMARY_ROOT }, SECTOR, true, &[0]));
    put(190, &text("", 623));
    // Four dates of which none is given.
    for date in 0..4 {
        put(813 + date * 17, b"0000000000000000\0");
    }
    put(881, &[1]);
    sector
}

/// The path table of a CD that has only its root directory.
fn path_table(root: u32, big_endian: bool) -> Vec<u8> {
    let mut table = vec![1, 0];
    if big_endian {
        table.extend(root.to_be_bytes());
        table.extend([0, 1]);
    } else {
        table.extend(root.to_le_bytes());
        table.extend([1, 0]);
    }
    table.extend([0, 0]);
    table
}

/// A directory record (ECMA-119, 9.1).
fn record(place: u32, length: usize, directory: bool, name: &[u8]) -> Vec<u8> {
    let mut record = vec![0, 0];
    record.extend(both(place));
    record.extend(both(u32::try_from(length).unwrap_or(u32::MAX)));
    // The date: the first day that a CD can have, since the same files shall give the same bytes.
    record.extend([70, 1, 1, 0, 0, 0, 0]);
    record.extend([if directory { 2 } else { 0 }, 0, 0, 1, 0, 0, 1]);
    record.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
    record.extend(name);
    if record.len() % 2 == 1 {
        record.push(0);
    }
    record[0] = u8::try_from(record.len()).unwrap_or(u8::MAX);
    record
}

#[cfg(test)]
mod tests {
    use super::image;

    #[test]
    fn the_cd_has_its_label_and_its_files() {
        let files = [
            ("meta-data".to_owned(), b"instance-id: 1\n".to_vec()),
            ("user-data".to_owned(), vec![b'x'; 3000]),
        ];
        let image = image(&files);
        assert_eq!(image.len(), (25 + 1 + 2) * 2048);
        assert_eq!(&image[16 * 2048 + 1..16 * 2048 + 6], b"CD001");
        assert_eq!(&image[16 * 2048 + 40..16 * 2048 + 47], b"cidata ");
        assert_eq!(&image[17 * 2048 + 88..17 * 2048 + 91], b"%/E");
        assert_eq!(&image[25 * 2048..25 * 2048 + 15], b"instance-id: 1\n");
        let wide: Vec<u8> = "user-data".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(image[24 * 2048..25 * 2048].windows(wide.len()).any(|part| part == wide));
    }
}
