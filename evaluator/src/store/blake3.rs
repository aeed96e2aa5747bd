//! BLAKE3, plainly: no more of the [paper](https://github.com/BLAKE3-team/BLAKE3-specs) than hashing a text takes.

const CHUNK: usize = 1024;
const BLOCK: usize = 64;

const IV: [u32; 8] =
    [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];
const PERMUTATION: [usize; 16] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const PARENT: u32 = 4;
const ROOT: u32 = 8;

/// The hash of some bytes.
pub fn digest(data: &[u8]) -> [u8; 32] {
    let words = subtree(data, 0).compress(ROOT);
    let mut hash = [0; 32];
    for (bytes, word) in hash.chunks_exact_mut(4).zip(words) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    hash
}

/// What is left to compress of a chunk or of a parent: whether it is the root is known only from outside.
struct Last {
    chaining: [u32; 8],
    block: [u32; 16],
    counter: u64,
    length: u32,
    flags: u32,
}

impl Last {
    fn compress(&self, more: u32) -> [u32; 8] {
        compress(&self.chaining, &self.block, self.counter, self.length, self.flags | more)
    }
}

/// The tree over some chunks, of which the first has a number.
fn subtree(data: &[u8], first: u64) -> Last {
    if data.len() <= CHUNK {
        return chunk(data, first);
    }
    // The left side is the largest full tree that leaves something to the right.
    let chunks = (data.len() - 1) / CHUNK;
    let left_chunks = 1 << chunks.ilog2();
    let (left, right) = data.split_at(left_chunks * CHUNK);
    let mut block = [0; 16];
    block[..8].copy_from_slice(&subtree(left, first).compress(0));
    block[8..].copy_from_slice(&subtree(right, first + left_chunks as u64).compress(0));
    Last { chaining: IV, block, counter: 0, length: 64, flags: PARENT }
}

fn chunk(data: &[u8], number: u64) -> Last {
    let mut chaining = IV;
    let mut start = CHUNK_START;
    let mut rest = data;
    while rest.len() > BLOCK {
        let (block, after) = rest.split_at(BLOCK);
        chaining = compress(&chaining, &words(block), number, 64, start);
        (start, rest) = (0, after);
    }
    let length = u32::try_from(rest.len()).unwrap_or(64);
    Last { chaining, block: words(rest), counter: number, length, flags: start | CHUNK_END }
}

/// A block as words, with zeros behind it.
fn words(block: &[u8]) -> [u32; 16] {
    let mut words = [0; 16];
    for (at, &byte) in block.iter().enumerate() {
        words[at / 4] |= u32::from(byte) << (at % 4 * 8);
    }
    words
}

fn compress(chaining: &[u32; 8], block: &[u32; 16], counter: u64, length: u32, flags: u32) -> [u32; 8] {
    #[expect(clippy::cast_possible_truncation, reason = "the counter is two words")]
    let counter = [counter as u32, (counter >> 32) as u32];
    let mut state = [0; 16];
    state[..8].copy_from_slice(chaining);
    state[8..12].copy_from_slice(&IV[..4]);
    state[12..].copy_from_slice(&[counter[0], counter[1], length, flags]);
    let mut block = *block;
    for round in 0..7 {
        if round > 0 {
            block = PERMUTATION.map(|from| block[from]);
        }
        for (column, pair) in block[..8].chunks_exact(2).enumerate() {
            mix(&mut state, [column, column + 4, column + 8, column + 12], pair);
        }
        for (diagonal, pair) in block[8..].chunks_exact(2).enumerate() {
            let at = |row: usize| row * 4 + (diagonal + row) % 4;
            mix(&mut state, [at(0), at(1), at(2), at(3)], pair);
        }
    }
    std::array::from_fn(|at| state[at] ^ state[at + 8])
}

/// The quarter round.
fn mix(state: &mut [u32; 16], [a, b, c, d]: [usize; 4], message: &[u32]) {
    for (word, [first, second]) in message.iter().zip([[16, 12], [8, 7]]) {
        state[a] = state[a].wrapping_add(state[b]).wrapping_add(*word);
        state[d] = (state[d] ^ state[a]).rotate_right(first);
        state[c] = state[c].wrapping_add(state[d]);
        state[b] = (state[b] ^ state[c]).rotate_right(second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inputs and results of the official test vectors: bytes that count up to 250.
    #[test]
    fn hashes_are_those_of_the_specification() {
        for (length, expected) in [
            (0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
            (1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
            (1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
            (1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
            (3072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2"),
        ] {
            let data: Vec<u8> = (0..=250).cycle().take(length).collect();
            let hash = super::super::encoding::base16(&digest(&data));
            assert_eq!(hash, expected, "{length} bytes");
        }
    }
}
