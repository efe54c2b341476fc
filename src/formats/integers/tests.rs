//! Tests of files of integers: what is written is read again, in any chunks, and what is damaged is named.

use super::*;
use crate::integers::push_text;
use proptest::prelude::*;
use std::io::Cursor;

fn array(texts: &[&str]) -> Array {
    let mut array = Array::new();
    for text in texts {
        push_text(&mut array, text).unwrap();
    }
    array
}

/// Reads a source to its end, so many numbers and limbs at a time.
fn read(mut source: impl Source, numbers: usize, limbs: usize) -> Result<Array> {
    let mut all = Array::new();
    loop {
        let chunk = source.next(numbers, limbs)?;
        if chunk.is_empty() {
            return Ok(all);
        }
        assert!(chunk.len() <= numbers);
        all.extend(chunk.view());
    }
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        (**self).next(numbers, limbs)
    }
}

fn lines(text: &str) -> Result<Array> {
    read(
        LineReader::new(Cursor::new(text.to_owned()), "numbers.txt"),
        3,
        10,
    )
}

fn save(folder: &Path, name: &str, numbers: &Array) -> std::path::PathBuf {
    let path = folder.join(name);
    let fill = |sink: &mut dyn Sink| sink.push(numbers.view()).map_err(Error::at(name));
    write(&path, Format::of(&path), fill).unwrap();
    path
}

#[test]
fn lines_are_read_whatever_stands_between_them() {
    let text = "# squares\n1\r\n\n  -4 \n0x9\n+16\n-0X19\n\t36";
    assert_eq!(
        lines(text).unwrap(),
        array(&["1", "-4", "9", "16", "-25", "36"])
    );
    assert_eq!(lines("\n# nothing\n").unwrap(), Array::new());
}

#[test]
fn a_wrong_line_is_named_in_whatever_chunk_it_stands() {
    for at in [1, 2, 3, 4, 7, 20] {
        let mut texts = vec!["123456789012345678901234567890"; 20];
        texts[at - 1] = "12o";
        let message = lines(&texts.join("\n")).unwrap_err().to_string();
        assert_eq!(
            message,
            format!("numbers.txt, line {at}: `12o` is no decimal or 0x-hexadecimal integer")
        );
    }
    let bytes = LineReader::new(Cursor::new(vec![b'1', b'\n', 0xff, b'\n']), "numbers.txt");
    let message = read(bytes, 9, 9).unwrap_err().to_string();
    assert!(message.contains("line 2"), "{message}");
}

fn numbers() -> impl Strategy<Value = Array> {
    let limb = prop_oneof![Just(0), Just(u32::MAX), Just(1), any::<u32>()];
    let number = (any::<bool>(), proptest::collection::vec(limb, 0..20));
    proptest::collection::vec(number, 0..150).prop_map(|numbers| {
        let mut array = Array::new();
        for (negative, limbs) in &numbers {
            array.push(*negative, limbs);
        }
        array
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_gives_back_what_it_was_given(numbers in numbers(), at_a_time in 1_usize..200, limbs in 1_usize..500) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.hex", "a.tbi", "a.npy"] {
            let unsigned = || numbers.iter().map(|number| (false, number.limbs));
            let signed = || numbers.iter().map(|number| (number.negative, number.limbs));
            let mut expected = Array::new();
            let parts: Vec<_> = if name == "a.npy" { unsigned().collect() } else { signed().collect() };
            parts.into_iter().for_each(|(negative, limbs)| expected.push(negative, limbs));
            let path = save(folder.path(), name, &expected);
            prop_assert_eq!(&read(open(&path).unwrap(), at_a_time, limbs).unwrap(), &expected, "{}", name);
        }
    }

    #[test]
    fn a_slice_of_a_file_is_that_of_its_array(numbers in numbers(), bounds in any::<[prop::sample::Index; 2]>()) {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = tbi::Reader::open(&save(folder.path(), "a.tbi", &numbers)).unwrap();
        let mut ends = bounds.map(|bound| bound.index(numbers.len() + 1));
        ends.sort_unstable();
        let slice = reader.slice(ends[0] as u64..ends[1] as u64).unwrap();
        prop_assert_eq!(slice, numbers.slice(ends[0]..ends[1]).to_array());
    }
}

proptest! {
    /// Damage that checksums cannot find, since there are none: whatever comes of it, it is no panic.
    #[test]
    fn a_damaged_npy_is_read_or_refused(numbers in numbers(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let folder = tempfile::tempdir().unwrap();
        let mut unsigned = Array::new();
        numbers.iter().for_each(|number| unsigned.push(false, number.limbs));
        let path = save(folder.path(), "a.npy", &unsigned);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len().min(200));
        bytes[at] = byte;
        std::fs::write(&path, bytes).unwrap();
        let _ = open(&path).and_then(|source| read(source, 100, 100));
    }
}

/// Numbers of more than one block, by their count and by their limbs.
#[test]
fn blocks_depend_on_the_numbers_and_not_on_their_chunks() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Array::new();
    (0..70_000_u32).for_each(|k| numbers.push(k % 3 == 0, &[k, k % 2]));
    numbers.push(true, &vec![7; CHUNK_LIMBS + 1]);
    numbers.push(false, &[1]);
    let whole = save(folder.path(), "whole.tbi", &numbers);
    let path = folder.path().join("parts.tbi");
    let parts = |sink: &mut dyn Sink| {
        let parts = (0..numbers.len())
            .step_by(999)
            .map(|at| numbers.slice(at..numbers.len().min(at + 999)));
        parts
            .into_iter()
            .try_for_each(|part| sink.push(part).map_err(Error::at("parts")))
    };
    write(&path, Format::Tbi, parts).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(whole).unwrap());
    let mut reader = tbi::Reader::open(&path).unwrap();
    assert_eq!((reader.numbers(), reader.blocks()), (70_002, 4));
    assert_eq!(
        reader.slice(65_535..65_537).unwrap(),
        numbers.slice(65_535..65_537).to_array()
    );
    assert!(
        reader
            .slice(70_000..70_003)
            .unwrap_err()
            .to_string()
            .contains("70002 numbers")
    );
    assert_eq!(
        read(reader.into_source(), 1000, usize::MAX).unwrap(),
        numbers
    );
}

#[test]
fn every_damaged_byte_of_a_tbi_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = save(
        folder.path(),
        "a.tbi",
        &array(&["1", "-0x123456789abcdef01", "0", "-5"]),
    );
    let whole = std::fs::read(&path).unwrap();
    let message = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let opened = open(&path).and_then(|source| read(source, 9, 9));
        opened.unwrap_err().to_string()
    };
    for at in 0..whole.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            let message = message(&bytes);
            let part = match at {
                0..64 => "a.tbi",
                64..104 => "the offsets of block 0",
                104..112 => "the signs of block 0",
                112..136 => "the limbs of block 0",
                _ => "the index is damaged",
            };
            assert!(message.contains(part), "byte {at}: {message}");
        }
    }
    for length in 0..whole.len() {
        let message = message(&whole[..length]);
        assert!(
            length < 8 || message.contains("bytes"),
            "{length} bytes: {message}"
        );
    }
    let longer = [&whole[..], b"x"].concat();
    assert!(message(&longer).contains("1 bytes behind the index"));
}

#[test]
fn npy_files_of_other_kinds_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.npy");
    let read = |dictionary: &str, data: &[u8]| {
        let mut bytes = [
            npy::MAGIC,
            &[1, 0],
            &(dictionary.len() as u16).to_le_bytes(),
        ]
        .concat();
        bytes.extend(dictionary.as_bytes());
        bytes.extend(data);
        std::fs::write(&path, bytes).unwrap();
        open(&path).and_then(|source| read(source, 2, 9))
    };
    let header = |descr: &str, shape: &str| {
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}")
    };
    assert_eq!(
        read(&header("|u1", "(3,)"), &[7, 0, 255]).unwrap(),
        array(&["7", "0", "255"])
    );
    assert_eq!(
        read(&header("<u2", "(1, 3)"), &[1, 0, 2, 0, 3, 0]).unwrap(),
        array(&["0x300020001"])
    );
    assert_eq!(read(&header("<u8", "(0, 3)"), &[]).unwrap(), Array::new());
    for (dictionary, words) in [
        (header(">u4", "(1,)"), "`>u4`"),
        (header("<i8", "(1,)"), "`<i8`"),
        (header("<u4", "(1, 1, 1)"), "3 dimensions"),
        (header("<u4", "(2,)"), "the file has"),
        (
            header("<u8", "(9223372036854775807, 9223372036854775807)"),
            "beyond counting",
        ),
        (header("<u4", "(-1,)"), "`-1`"),
        (header("<u4", "(9, 0)"), "without limbs"),
        (header("<u4", "1"), "tuple"),
        ("{'shape': (1,)}".into(), "fortran_order"),
        (
            "{'descr': '<u4', 'fortran_order': True, 'shape': (2, 2), }".into(),
            "Fortran",
        ),
    ] {
        let message = read(&dictionary, &[1, 0, 0, 0]).unwrap_err().to_string();
        assert!(
            message.contains("a.npy") && message.contains(words),
            "{message}"
        );
    }
}

#[test]
fn npy_has_no_place_for_signs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.npy");
    let numbers = array(&["1", "-1"]);
    let fill = |sink: &mut dyn Sink| sink.push(numbers.view()).map_err(Error::at(&path));
    let message = write(&path, Format::Npy, fill).unwrap_err().to_string();
    assert!(
        message.contains("number 1 is negative") && !path.exists(),
        "{message}"
    );
}
