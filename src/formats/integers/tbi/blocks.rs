//! A block of a `.tbi` file: its sections, and its entry in the index.

use super::{ENTRY, checksum, words};
use crate::integers::{Array, View};

/// Names of a block's sections, as messages have them.
const SECTIONS: [&str; 3] = ["offsets", "signs", "limbs"];

/// Where a block stands, what it holds, and the checksums of its sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub position: u64,
    pub numbers: u64,
    pub limbs: u64,
    pub checksums: [u64; 3],
}

impl Entry {
    /// Bytes of the three sections; none where they are beyond counting.
    pub fn sections(&self) -> Option<[u64; 3]> {
        let offsets = self.numbers.checked_add(1)?.checked_mul(8)?;
        let limbs = self.limbs.checked_mul(4)?.checked_next_multiple_of(8)?;
        Some([offsets, self.numbers.div_ceil(64) * 8, limbs])
    }

    /// Bytes of the block.
    pub fn bytes(&self) -> Option<u64> {
        let [offsets, signs, limbs] = self.sections()?;
        offsets.checked_add(signs)?.checked_add(limbs)
    }

    /// The entry as it stands in the index.
    pub fn to_bytes(self) -> Vec<u8> {
        let fields = [[self.position, self.numbers, self.limbs], self.checksums];
        fields
            .into_iter()
            .flatten()
            .flat_map(u64::to_le_bytes)
            .collect()
    }

    /// All entries of an index.
    pub fn read_all(index: &[u8]) -> Vec<Entry> {
        let entry = |bytes| match words::<u64>(bytes)[..] {
            [position, numbers, limbs, a, b, c] => Some(Entry {
                position,
                numbers,
                limbs,
                checksums: [a, b, c],
            }),
            _ => None,
        };
        index
            .chunks_exact(ENTRY as usize)
            .filter_map(entry)
            .collect()
    }
}

/// A block's bytes, and its entry when it begins at `position`.
pub fn encode(numbers: View, position: u64) -> (Vec<u8>, Entry) {
    let base = numbers.offsets()[0];
    let mut signs = vec![0_u64; numbers.len().div_ceil(64)];
    for (at, number) in numbers.iter().enumerate() {
        signs[at / 64] |= u64::from(number.negative) << (at % 64);
    }
    let mut bytes: Vec<u8> = numbers
        .offsets()
        .iter()
        .flat_map(|offset| (offset - base).to_le_bytes())
        .collect();
    let first = bytes.len();
    bytes.extend(signs.into_iter().flat_map(u64::to_le_bytes));
    let second = bytes.len();
    bytes.extend(numbers.limbs().iter().flat_map(|limb| limb.to_le_bytes()));
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    let sections = [&bytes[..first], &bytes[first..second], &bytes[second..]];
    let entry = Entry {
        position,
        numbers: numbers.len() as u64,
        limbs: numbers.limbs().len() as u64,
        checksums: sections.map(checksum),
    };
    (bytes, entry)
}

/// The numbers of block `at`.
///
/// # Errors
/// Which section of it is damaged.
pub fn decode(bytes: &[u8], entry: &Entry, at: usize) -> Result<Array, String> {
    let sections = entry
        .sections()
        .unwrap_or_default()
        .map(|bytes| bytes as usize);
    let mut rest = bytes;
    let sections = sections.map(|bytes| rest.split_off(..bytes).unwrap_or_default());
    for ((name, section), expected) in SECTIONS.iter().zip(sections).zip(entry.checksums) {
        if checksum(section) != expected {
            return Err(format!(
                "the {name} of block {at} are damaged: their checksum is another"
            ));
        }
    }
    let [offsets, signs, limbs] = sections;
    let mut limbs = words(limbs);
    // Zeros that fill up the section are not a limb.
    if limbs.len() as u64 != entry.limbs && limbs.pop() != Some(0) {
        return Err(format!("the limbs of block {at} are not followed by zeros"));
    }
    Array::from_parts(limbs, words(offsets), words(signs))
        .map_err(|error| format!("block {at}: {error}"))
}
