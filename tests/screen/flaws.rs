//! Bad items, bad archives, failing devices and disks: a row or a sentence for each, and the rest complete.

use super::fixture::*;
use std::path::Path;
use std::process::Command;

/// The reason of the row with this ligand name.
fn reason(output: &Path, ligand: &str) -> String {
    let rows = rows(output);
    let row = rows
        .iter()
        .find(|row| &row[1] == ligand)
        .unwrap_or_else(|| panic!("no row {ligand}"));
    assert_eq!(&row[3], "failed");
    row[4].to_string()
}

pub fn bad_items_have_rows() {
    let t = tempfile::tempdir().unwrap();
    let good = ligand();
    let broken = good.replace("   2.400", "   abcde");
    let unknown = good.replace(" OA\n", " Qq\n");
    let models = format!("MODEL 1\n{good}ENDMDL\nMODEL 2\n{broken}ENDMDL\n");
    let members: [(&str, &[u8]); 6] = [
        ("s/good.pdbqt", good.as_bytes()),
        ("s/broken.pdbqt", broken.as_bytes()),
        ("s/unknown.pdbqt", unknown.as_bytes()),
        ("s/large.pdbqt", good.as_bytes()),
        ("s/nothing.pdbqt", b""),
        ("s/two.pdbqt", models.as_bytes()),
    ];
    let library = [
        save(t.path(), "x.tar.gz", gzip(&tar(&members))),
        save(t.path(), "empty.tar.gz", ""),
        save(t.path(), "no.tar", tar(&[("README", b"hello")])),
        save(t.path(), "noise.tar.gz", "this is no gzip"),
    ];
    let output = t.path().join("out");
    let summary = run(&FAST, &library, &output, Some(4)).unwrap();
    assert_eq!((summary.ligands, summary.failed), (10, 8));
    assert!(reason(&output, "broken").starts_with("s/broken.pdbqt, line 4: "));
    assert!(reason(&output, "unknown").starts_with("s/unknown.pdbqt, line 4: "));
    // MODEL 1, its 7 lines and ENDMDL stand before; MODEL 2 is line 10.
    assert!(
        reason(&output, "two_model2").starts_with("s/two.pdbqt, line 14: "),
        "{}",
        reason(&output, "two_model2")
    );
    assert_eq!(
        reason(&output, "large"),
        "s/large.pdbqt: larger than the box"
    );
    assert_eq!(
        reason(&output, "nothing"),
        "s/nothing.pdbqt: the file is empty"
    );
    assert_eq!(reason(&output, "empty"), "empty.tar.gz: the file is empty");
    assert_eq!(
        reason(&output, "no"),
        "no.tar: the archive holds no ligand file (.pdbqt, .sdf, .sd, .mol, .mol2, .smi, .smiles, .ism)"
    );
    assert!(
        reason(&output, "noise").contains("archive damaged"),
        "{}",
        reason(&output, "noise")
    );
}

/// Molecules that are drawn are prepared on the way; those that cannot be have their reason.
pub fn drawn_molecules() {
    let t = tempfile::tempdir().unwrap();
    let library = [concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.sdf.gz").into()];
    let output = t.path().join("out");
    let summary = run(&FAST, &library, &output, Some(30)).unwrap();
    assert_eq!((summary.ligands, summary.failed), (81, 0));
    assert!(rows(&output).iter().any(|row| &row[1] == "amprenavir"));
    let poses = std::fs::read_to_string(output.join("top.pdbqt")).unwrap();
    assert!(poses.contains("REMARK SMILES IDX"));
    let records = std::fs::read_to_string(output.join("top.sdf")).unwrap();
    assert_eq!(records.matches("$$$$").count(), 5);
    for record in records.split_inclusive("$$$$\n") {
        let pose = trimaran::formats::sdf::read(record, "top.sdf").unwrap();
        assert!(pose.atoms.iter().all(|atom| atom.implicit_hydrogens == 0));
        assert_eq!(pose.properties[1].0, "energy");
    }

    let lone = save(t.path(), "x.smi", "C1CC lone\nCCO ethanol\n");
    let output = t.path().join("lone");
    let summary = run(&FAST, &[lone], &output, None).unwrap();
    assert_eq!((summary.ligands, summary.failed), (2, 2));
    let ring = reason(&output, "x_1");
    assert!(
        ring.starts_with("x.smi, line 1: column 2: ring closure"),
        "{ring}"
    );
    assert!(reason(&output, "x_2").starts_with("x.smi: the record has no coordinates"));
}

pub fn truncated_archives() {
    let t = tempfile::tempdir().unwrap();
    let text = ligand();
    let whole = tar(&[("a.pdbqt", text.as_bytes()), ("b.pdbqt", text.as_bytes())]);
    // Each member is a header of 512 bytes and one block of content; cut inside the second one's text.
    let cut = &whole[..512 + 1024 + 512 - 300];
    let library = [
        save(t.path(), "t.tar", &whole[..cut.len()]),
        save(t.path(), "z.tar.gz", gzip(cut)),
        save(t.path(), "c.tar.gz", &gzip(&whole)[..60]),
        save(
            t.path(),
            "tail.tar.gz",
            gzip(&whole).split_last_chunk::<4>().unwrap().0,
        ),
    ];
    let output = t.path().join("out");
    let summary = run(&FAST, &library, &output, None).unwrap();
    let good = rows(&output).iter().filter(|row| &row[3] == "ok").count();
    let table: Vec<String> = rows(&output)
        .iter()
        .map(|r| r.iter().collect::<Vec<_>>().join("|"))
        .collect();
    assert!(good >= 4, "{table:#?}");
    for archive in ["t", "z", "c", "tail"] {
        assert!(reason(&output, archive).contains("truncated"), "{table:#?}");
    }
    assert_eq!(summary.failed as usize, rows(&output).len() - good);
}

pub fn engine_failure_keeps_parts() {
    let t = tempfile::tempdir().unwrap();
    let library = [archive_of(t.path(), "x.tar.gz", 0..30)];
    let output = t.path().join("out");
    let tired = Fake {
        gives_up_at: Some("x20"),
        ..FAST
    };
    let error = run(&tired, &library, &output, Some(4)).unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(!output.join("results.csv").exists());
    let summary = run(&FAST, &library, &output, Some(9)).unwrap();
    assert_eq!((summary.ligands, summary.resumed), (30, 20));
}

/// A limit on the size of files stands in for a full disk: every write beyond it fails.
pub fn full_disk() {
    let t = tempfile::tempdir().unwrap();
    let library = archive_of(t.path(), "x.tar.gz", 0..40);
    let (output, whole) = (t.path().join("out"), t.path().join("whole"));
    // Blocks of 512 or 1024 bytes: parts of three ligands fit, the final table does not.
    let refused = child(&library, &output, "trap '' XFSZ; ulimit -f 1;")
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(
        message.contains(output.to_str().unwrap()) && message.contains("arge"),
        "{message}"
    );
    assert!(!output.join("results.csv").exists());
    assert!(std::fs::read_dir(&output).unwrap().all(|e| {
        !e.unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".partial")
    }));
    run(&FAST, std::slice::from_ref(&library), &output, None).unwrap();
    run(&FAST, &[library], &whole, None).unwrap();
    assert!(finals(&output) == finals(&whole));
}

pub fn damaged_part() {
    let t = tempfile::tempdir().unwrap();
    let library = [archive_of(t.path(), "x.tar.gz", 0..6)];
    let output = t.path().join("out");
    run(&FAST, &library, &output, Some(3)).unwrap();
    let part = output.join("parts/part-0000000003-3.csv");
    let text = std::fs::read_to_string(&part).unwrap();
    std::fs::write(&part, text.lines().take(2).collect::<Vec<_>>().join("\n")).unwrap();
    let error = run(&FAST, &library, &output, None).unwrap_err().to_string();
    assert!(
        error.contains("part-0000000003-3.csv") && error.contains("delete it"),
        "{error}"
    );
    std::fs::remove_file(&part).unwrap();
    assert_eq!(run(&FAST, &library, &output, None).unwrap().resumed, 3);
}

/// Through the program itself: what is wrong is said before any work starts.
pub fn usage_errors() {
    let t = tempfile::tempdir().unwrap();
    let good = archive_of(t.path(), "x.tar.gz", 0..1);
    let odd = save(t.path(), "x.txt", "x");
    let folder = t.path().join("bare");
    std::fs::create_dir(&folder).unwrap();
    let screen = |library: &Path, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trimaran"));
        command
            .arg("screen")
            .arg("receptor.pdbqt")
            .arg(library)
            .arg("-o")
            .arg(t.path().join("out"));
        let output = command.args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(!t.path().join("out").exists());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(screen(&t.path().join("missing.tar.gz"), &[]).contains("missing.tar.gz: No such file"));
    assert!(screen(&odd, &[]).contains("x.txt: not a library file"));
    assert!(screen(&folder, &[]).contains("holds no ligand file"));
    assert!(screen(&good, &[]).contains("receptor.pdbqt: No such file"));
    assert!(screen(&good, &["--center", "1,2"]).contains("X,Y,Z"));
    assert!(screen(&good, &["--center", "1,2,3", "--size", "20,0,20"]).contains("longer than 0"));
    assert!(screen(&good, &["--runs", "0"]).contains("--runs"));
}
