//! Readers of files that hold others: archives of ligands, and affinity maps beside their `.maps.fld`.

use super::with_file;
use std::ops::ControlFlow;
use trimaran::archive::Library;
use trimaran::formats;

/// A library file of any kind; the first byte says what its name promises.
pub fn archive(bytes: &[u8]) {
    const ENDINGS: [&str; 8] = [
        ".tar", ".tar.gz", ".tar.zst", ".sdf", ".mol2", ".smi", ".pdbqt", "",
    ];
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    with_file(
        ENDINGS[usize::from(*first) % ENDINGS.len()],
        bytes,
        |path| {
            let Ok(library) = Library::open(&[path.to_path_buf()]) else {
                return;
            };
            let mut items = 0;
            let _ = library.read(&mut |item| {
                items += 1;
                assert!(item.record > 0 && !item.name.contains('\n'));
                ControlFlow::Continue(())
            });
            assert!(items > 0, "a file that disappears without a word");
        },
    );
}

/// A `.maps.fld`, a line of three dashes, and the text that every map beside it has.
pub fn maps(bytes: &[u8]) {
    const CUT: &[u8] = b"---\n";
    let cut = bytes.windows(CUT.len()).position(|window| window == CUT);
    let (field, map) = match cut {
        Some(at) => (&bytes[..at], &bytes[at + CUT.len()..]),
        None => (bytes, &b""[..]),
    };
    with_file(".maps.fld", field, |path| {
        std::fs::write(path.with_file_name("x.map"), map).expect("room for a temporary file");
        let Ok(maps) = formats::maps::read(path) else {
            return;
        };
        for values in maps
            .affinity
            .iter()
            .chain([&maps.electrostatic, &maps.desolvation])
        {
            assert_eq!(values.len(), maps.grid.len());
        }
        formats::maps::write(&path.with_file_name("again"), &maps).expect("maps are written");
        let again = formats::maps::read(&path.with_file_name("again.maps.fld"));
        assert_eq!(again.expect("what was written is read").types, maps.types);
    });
}
