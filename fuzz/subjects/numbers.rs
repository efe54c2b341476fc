//! Readers of files of integers.

use super::with_file;
use std::path::Path;
use trimaran::formats::integers::{self, LineReader, Source};
use trimaran::integers::Array;
use twox_hash::XxHash3_64;

/// Integers as lines of text; what was read is written and read again.
pub fn integer_lines(bytes: &[u8]) {
    let Some(numbers) = drain(&mut LineReader::new(bytes, "x")) else {
        return;
    };
    for name in ["again.dec", "again.hex", "again.tbi"] {
        with_file(name, b"", |path| same(path, &numbers));
    }
}

/// NumPy's array of limbs.
pub fn npy(bytes: &[u8]) {
    with_file(".npy", bytes, |path| {
        drain_file(path);
    });
}

/// The file of big integers, as it is and with the checksums that would otherwise keep most damage out.
pub fn tbi(bytes: &[u8]) {
    for bytes in [bytes.to_vec(), with_checksums(bytes.to_vec())] {
        with_file(".tbi", &bytes, |path| {
            drain_file(path);
        });
    }
}

fn same(path: &Path, numbers: &Array) {
    let format = integers::Format::of(path);
    integers::write(path, format, |sink| {
        sink.push(numbers.view()).map_err(trimaran::Error::at(path))
    })
    .expect("integers are written");
    let mut again = integers::open(path).expect("what was written is opened");
    assert_eq!(drain(&mut *again).as_ref(), Some(numbers));
}

fn drain_file(path: &Path) -> Option<Array> {
    drain(&mut *integers::open(path).ok()?)
}

/// All numbers in chunks of few; none where one of them is refused.
fn drain(source: &mut dyn Source) -> Option<Array> {
    let mut all = Array::new();
    loop {
        let chunk = source.next(7, 64).ok()?;
        if chunk.is_empty() {
            return Some(all);
        }
        all.extend(chunk.view());
    }
}

/// Sets every checksum that has its place in the file.
fn with_checksums(mut bytes: Vec<u8>) -> Vec<u8> {
    const HEADER: usize = 64;
    const ENTRY: usize = 48;
    if bytes.len() < HEADER {
        return bytes;
    }
    let word = |bytes: &[u8], at: usize| {
        let word = bytes.get(at..at + 8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(word)).ok()
    };
    let index = word(&bytes, 40).unwrap_or(0).min(bytes.len());
    for entry in (index..bytes.len().saturating_sub(ENTRY - 1)).step_by(ENTRY) {
        let _ = block_checksums(&mut bytes, entry, word);
    }
    let hash = XxHash3_64::oneshot(&bytes[index..]).to_le_bytes();
    bytes[48..56].copy_from_slice(&hash);
    let hash = XxHash3_64::oneshot(&bytes[..56]).to_le_bytes();
    bytes[56..64].copy_from_slice(&hash);
    bytes
}

/// Sets those of the block that the index entry at this byte describes, as far as its sections are there.
fn block_checksums(
    bytes: &mut [u8],
    entry: usize,
    word: impl Fn(&[u8], usize) -> Option<usize>,
) -> Option<()> {
    let mut from = word(bytes, entry)?;
    let (numbers, limbs) = (word(bytes, entry + 8)?, word(bytes, entry + 16)?);
    let sections = [
        numbers.checked_add(1)?.checked_mul(8)?,
        numbers.div_ceil(64) * 8,
        limbs.checked_mul(4)?.checked_next_multiple_of(8)?,
    ];
    for (number, section) in sections.into_iter().enumerate() {
        let to = from.checked_add(section)?;
        let hash = XxHash3_64::oneshot(bytes.get(from..to)?).to_le_bytes();
        let place = entry + 24 + 8 * number;
        bytes.get_mut(place..place + 8)?.copy_from_slice(&hash);
        from = to;
    }
    Some(())
}
