//! The same bytes whoever does the work: alone, in blocks of any size, killed and resumed, in any archive.

use super::fixture::*;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use std::time::Duration;

pub fn alone_is_as_in_a_library() {
    let t = tempfile::tempdir().unwrap();
    let many = archive_of(t.path(), "many.tar.gz", 0..20);
    let one = archive_of(t.path(), "one.tar.gz", 13..14);
    run(&FAST, &[many], &t.path().join("a"), None).unwrap();
    run(&FAST, &[one], &t.path().join("b"), None).unwrap();
    let alone = &rows(&t.path().join("b"))[0];
    let all = rows(&t.path().join("a"));
    let inside = all.iter().find(|row| row[1] == alone[1]).unwrap();
    // All but rank and archive.
    assert!(alone.iter().skip(3).eq(inside.iter().skip(3)));
}

pub fn any_block_size() {
    let t = tempfile::tempdir().unwrap();
    let library = [archive_of(t.path(), "x.tar.gz", 0..50)];
    let of_block = |block: Option<usize>| {
        let output = t.path().join(format!("{block:?}"));
        let summary = run(&FAST, &library, &output, block).unwrap();
        assert_eq!((summary.ligands, summary.failed), (50, 0));
        finals(&output)
    };
    let whole = of_block(None);
    for block in [1, 7, 50, 1000] {
        assert!(of_block(Some(block)) == whole, "block of {block}");
    }
}

pub fn killed_and_resumed() {
    let t = tempfile::tempdir().unwrap();
    let library = archive_of(t.path(), "x.tar.gz", 0..60);
    let (whole, broken) = (t.path().join("whole"), t.path().join("broken"));
    run(&FAST, std::slice::from_ref(&library), &whole, None).unwrap();
    let mut kills = 0;
    loop {
        let mut process = child(&library, &broken, "").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(300 + 37 * kills));
        if process.try_wait().unwrap().is_some() {
            break;
        }
        process.kill().unwrap();
        process.wait().unwrap();
        kills += 1;
        assert!(kills < 30, "no progress between kills");
        if kills == 1 {
            assert!(!broken.join("results.csv").exists());
        }
    }
    assert!(kills > 0, "nothing was killed");
    let summary = run(&FAST, &[library], &broken, Some(11)).unwrap();
    assert_eq!(summary.resumed, 60);
    assert!(finals(&whole) == finals(&broken));
}

pub fn every_kind_of_library() {
    let t = tempfile::tempdir().unwrap();
    let text = ligand();
    let models = format!("MODEL 1\n{text}ENDMDL\nMODEL 2\n{text}ENDMDL\n");
    let bytes = text.as_bytes();
    let inner = gzip(bytes);
    let library = [
        save(
            t.path(),
            "a.tar",
            tar(&[
                ("a1.pdbqt", bytes),
                ("README.txt", b"hello"),
                (".hid.pdbqt", b"x"),
            ]),
        ),
        save(
            t.path(),
            "b.tgz",
            gzip(&tar(&[("b/b1.pdbqt", bytes), ("b2.pdbqt.gz", &inner)])),
        ),
        save(
            t.path(),
            "c.tar.zst",
            zstd::encode_all(&tar(&[("c1.PDBQT", bytes)])[..], 1).unwrap(),
        ),
        save(t.path(), "d.pdbqt", &models),
        save(t.path(), "e.pdbqt.gz", gzip(bytes)),
        save(t.path(), "folder/deep/f1.pdbqt", bytes)
            .parent()
            .unwrap()
            .parent()
            .unwrap()
            .to_path_buf(),
    ];
    save(t.path(), "folder/.hidden.pdbqt", "x");
    save(t.path(), "folder/notes.txt", "x");
    save(
        t.path(),
        "folder/g.tar.gz",
        gzip(&tar(&[("g1.pdbqt", bytes)])),
    );
    let output = t.path().join("out");
    let summary = run(&FAST, &library, &output, Some(2)).unwrap();
    assert_eq!(summary.failed, 0);
    let mut names: Vec<String> = rows(&output).iter().map(|row| row[1].to_string()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "a1", "b1", "b2", "c1", "d_model1", "d_model2", "e", "f1", "g1"
        ]
    );
}

pub fn same_names_keep_their_rows() {
    let t = tempfile::tempdir().unwrap();
    let library = ["x.tar.gz", "y.tar.gz"].map(|name| archive_of(t.path(), name, 4..6));
    let output = t.path().join("out");
    run(&FAST, &library, &output, None).unwrap();
    let rows = rows(&output);
    assert_eq!(rows.len(), 4);
    assert!(rows[0][1] == rows[1][1] && rows[0][2] != rows[1][2]);
    let top = std::fs::read_to_string(output.join("top.pdbqt")).unwrap();
    assert_eq!(top.matches("ENDMDL").count(), 4);
    assert!(top.starts_with("MODEL        1\nREMARK Ligand = "), "{top}");
}

pub fn parquet_holds_the_csv() {
    let t = tempfile::tempdir().unwrap();
    let library = [
        archive_of(t.path(), "x.tar.gz", 0..9),
        save(t.path(), "bad.pdbqt", ""),
    ];
    let output = t.path().join("out");
    run(&FAST, &library, &output, None).unwrap();
    let file = std::fs::File::open(output.join("results.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let table: Vec<_> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let rows = rows(&output);
    assert_eq!(table.len(), rows.len());
    for (parquet, csv) in table.iter().zip(&rows) {
        assert_eq!(parquet.get_string(1).unwrap(), &csv[1]);
        let energy = parquet
            .get_double(5)
            .map_or(String::new(), |x| format!("{x:.3}"));
        assert_eq!(energy, csv[5]);
    }
    assert_eq!(&rows[9][3], "failed");
    assert!(rows[9].iter().skip(5).all(str::is_empty) && rows[9][0].is_empty());
}

/// 5,798 ligands of one archive.
pub fn real_library_is_read_whole() {
    let t = tempfile::tempdir().unwrap();
    let library = [shared("data/docking/screen/def/ligands.tar.gz")];
    let summary = run(&FAST, &library, t.path(), None).unwrap();
    assert_eq!((summary.ligands, summary.failed), (5798, 0));
}
