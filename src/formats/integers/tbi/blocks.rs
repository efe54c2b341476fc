//! A block of a `.tbi` file: its sections, and its entry in the index.

use super::{ENTRY, checksum};
use crate::integers::{Array, View};
use bytemuck::{Pod, cast_slice, cast_slice_mut};
use std::borrow::Cow;
use std::io::{self, Read, Write};

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
        let entry = |bytes| match super::words::<u64>(bytes)[..] {
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

/// Words of a section: of the order of bytes in the file, seen as numbers only when they have been put into the host's.
trait Word: Pod + Default {
    fn swapped(self) -> Self;
}

impl Word for u32 {
    fn swapped(self) -> u32 {
        u32::from_le(self)
    }
}

impl Word for u64 {
    fn swapped(self) -> u64 {
        u64::from_le(self)
    }
}

/// The words in the file's order of bytes; on most hosts they are so.
fn in_file_order<T: Word>(words: &[T]) -> Cow<'_, [T]> {
    match cfg!(target_endian = "little") {
        true => Cow::Borrowed(words),
        false => Cow::Owned(words.iter().map(|word| word.swapped()).collect()),
    }
}

/// Writes a block; returns its entry when it begins at `position`.
///
/// # Errors
/// Those of writing.
pub fn write(numbers: View, position: u64, output: &mut impl Write) -> io::Result<Entry> {
    let base = numbers.offsets()[0];
    let offsets: Vec<u64> = numbers.offsets().iter().map(|end| end - base).collect();
    let starts = (0..numbers.len()).step_by(64);
    let signs: Vec<u64> = starts.map(|at| numbers.sign_word(at)).collect();
    let (offsets, signs) = (in_file_order(&offsets), in_file_order(&signs));
    let mut limbs = in_file_order(numbers.limbs());
    if limbs.len() % 2 == 1 {
        limbs.to_mut().push(0);
    }
    let sections: [&[u8]; 3] = [cast_slice(&offsets), cast_slice(&signs), cast_slice(&limbs)];
    for section in sections {
        output.write_all(section)?;
    }
    Ok(Entry {
        position,
        numbers: numbers.len() as u64,
        limbs: numbers.limbs().len() as u64,
        checksums: sections.map(checksum),
    })
}

/// The sections of a block as they stand in the file.
pub struct Sections {
    offsets: Vec<u64>,
    signs: Vec<u64>,
    limbs: Vec<u32>,
}

impl Sections {
    /// Reads them from where `input` stands.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(entry: &Entry, input: &mut impl Read) -> io::Result<Sections> {
        let [offsets, signs, limbs] = entry.sections().unwrap_or_default();
        Ok(Sections {
            offsets: words(offsets, input)?,
            signs: words(signs, input)?,
            limbs: words(limbs, input)?,
        })
    }

    /// The numbers of block `at`.
    ///
    /// # Errors
    /// Which section of it is damaged.
    pub fn array(mut self, entry: &Entry, at: usize) -> Result<Array, String> {
        let sections = [
            cast_slice(&self.offsets),
            cast_slice(&self.signs),
            cast_slice(&self.limbs),
        ];
        for ((name, section), expected) in SECTIONS.iter().zip(sections).zip(entry.checksums) {
            if checksum(section) != expected {
                return Err(format!(
                    "the {name} of block {at} are damaged: their checksum is another"
                ));
            }
        }
        // Zeros that fill up the section are not a limb.
        if self.limbs.len() as u64 != entry.limbs && self.limbs.pop() != Some(0) {
            return Err(format!("the limbs of block {at} are not followed by zeros"));
        }
        put_in_order(&mut self.offsets);
        put_in_order(&mut self.signs);
        put_in_order(&mut self.limbs);
        Array::from_parts(self.limbs, self.offsets, self.signs)
            .map_err(|error| format!("block {at}: {error}"))
    }
}

/// Turns the bytes of words where the host's order is another than the file's.
fn put_in_order<T: Word>(words: &mut [T]) {
    words.iter_mut().for_each(|word| *word = word.swapped());
}

/// The words of so many bytes, as they stand in the file.
fn words<T: Word>(bytes: u64, input: &mut impl Read) -> io::Result<Vec<T>> {
    let mut words = vec![T::default(); bytes as usize / size_of::<T>()];
    input.read_exact(cast_slice_mut(&mut words))?;
    Ok(words)
}
