//! `.tbi`, trimaran's file of big integers. All fields are little-endian and every section begins at a multiple of 8
//! bytes, so that a mapped file can be read in place:
//!
//! ```text
//! header   64 bytes
//!    0  magic 89 'T' 'B' 'I' 0d 0a 1a 0a
//!    8  u32 version, 1            12  u32 bits of a limb, 32
//!   16  u64 numbers               24  u64 limbs
//!   32  u64 blocks                40  u64 position of the index
//!   48  u64 checksum of the index 56  u64 checksum of bytes 0..56
//! blocks   one behind the other from byte 64, each with n numbers of m limbs in all
//!   offsets  u64 x (n + 1): number i has limbs offsets[i]..offsets[i + 1] of this block; the first is 0
//!   signs    u64 x ceil(n / 64): bit i % 64 of word i / 64 is 1 where number i is negative; spare bits are 0
//!   limbs    u32 x m, the lowest of a number first, and 4 bytes of zeros where m is odd
//! index    48 bytes for each block: u64 position, numbers n, limbs m, and the checksums of its three sections
//! ```
//!
//! A file ends with its index. Checksums are XXH3 with 64 bits and seed 0. Numbers are canonical: their last limb is
//! not zero and zero is not negative. A block is what is read at a time; [`Writer`] closes one with 65,536 numbers or
//! 16 MiB of limbs. So a file is written and read in memory for one block, and any slice of it is checked by its
//! blocks' checksums alone.

mod blocks;
mod chunks;
mod read;
mod write;

pub use chunks::Chunks;
pub use read::Reader;
pub use write::Writer;

use twox_hash::XxHash3_64;

/// First bytes of a file. Those behind the name are changed by transfers that take it for text.
pub const MAGIC: &[u8; 8] = b"\x89TBI\r\n\x1a\n";

/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;

/// Bytes of the header.
const HEADER: u64 = 64;

/// Bytes of a block's entry in the index.
const ENTRY: u64 = 48;

fn checksum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// The header's fields behind magic, version and limb size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Header {
    numbers: u64,
    limbs: u64,
    blocks: u64,
    index: u64,
    index_checksum: u64,
}

impl Header {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(u32::BITS.to_le_bytes());
        for field in [
            self.numbers,
            self.limbs,
            self.blocks,
            self.index,
            self.index_checksum,
        ] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Reads the 64 bytes of a header.
    fn read(bytes: &[u8]) -> Result<Header, String> {
        if !bytes.starts_with(MAGIC) {
            return Err("not a .tbi file: its first bytes are others".into());
        }
        let fields = words(&bytes[16..]);
        match words::<u32>(&bytes[8..16])[..] {
            [VERSION, u32::BITS] => {}
            [VERSION, bits] => return Err(format!("limbs of {bits} bits; 32 are read")),
            [version, _] => {
                return Err(format!(
                    "version {version} of .tbi; version {VERSION} is read"
                ));
            }
            _ => return Err("the header is cut short".into()),
        }
        match fields[..] {
            [numbers, limbs, blocks, index, index_checksum, own]
                if own == checksum(&bytes[..56]) =>
            {
                Ok(Header {
                    numbers,
                    limbs,
                    blocks,
                    index,
                    index_checksum,
                })
            }
            _ => Err("the header is damaged: its checksum is another".into()),
        }
    }
}

/// Little-endian words of a section.
fn words<T: Word>(bytes: &[u8]) -> Vec<T> {
    bytes.chunks_exact(size_of::<T>()).map(T::of).collect()
}

/// A word of 4 or 8 bytes.
trait Word {
    fn of(bytes: &[u8]) -> Self;
}

impl Word for u32 {
    fn of(bytes: &[u8]) -> u32 {
        bytes
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u32::from(*byte))
    }
}

impl Word for u64 {
    fn of(bytes: &[u8]) -> u64 {
        bytes
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte))
    }
}
