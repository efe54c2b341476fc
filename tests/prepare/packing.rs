//! Names, order and packing of what comes out; inputs of all kinds; reasons of what does not.

use super::fixture::{acetate, files, manifest, members, methanol, prepare};
use super::program::{gzip, save, tar, trimaran};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// An archive with two formats, several records in a member, and what is no ligand.
fn mixed(folder: &Path) {
    let two = format!("{}$$$$\n{}", methanol("first"), methanol(""));
    let members = [
        ("a/x.sdf", methanol("methanol").into_bytes()),
        ("README", b"hello".to_vec()),
        ("a/x.mol2", acetate("acetate").into_bytes()),
        ("b/two.sdf.gz", gzip(two.as_bytes())),
        (
            "b/latin.sdf",
            [b"\xe4thanol".as_slice(), &methanol("").into_bytes()].concat(),
        ),
    ];
    let members = members
        .each_ref()
        .map(|(name, text)| (*name, text.as_slice()));
    save(folder, "in/mixed.tar.gz", gzip(&tar(&members)));
}

pub fn names_and_order() {
    let t = tempfile::tempdir().unwrap();
    mixed(t.path());
    save(
        t.path(),
        "in/sub/lone.mol",
        methanol("").replace('\n', "\r\n"),
    );
    prepare(t.path(), &["in/mixed.tar.gz", "in/sub", "-o", "out"], 0);
    let output = t.path().join("out");
    let paths = |archive: &str| -> Vec<String> {
        members(&output.join(archive))
            .into_iter()
            .map(|(path, _)| path)
            .collect()
    };
    let want = [
        "a/x.pdbqt",
        "a/x-2.pdbqt",
        "b/two_1.pdbqt",
        "b/two_2.pdbqt",
        "b/latin.pdbqt",
    ];
    assert_eq!(paths("mixed.tar.gz"), want);
    assert_eq!(paths("sub.tar.gz"), ["lone.pdbqt"]);
    assert_eq!(
        files(&output),
        [
            "manifest.csv",
            "mixed.tar.gz",
            "parameters.json",
            "sub.tar.gz"
        ]
    );
    let rows = manifest(&output);
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str()).collect();
    assert_eq!(
        names,
        ["methanol", "acetate", "first", "two_2", "äthanol", "lone"]
    );
    let row = &rows[3];
    assert_eq!(
        (row["member"].as_str(), row["record"].as_str()),
        ("b/two.sdf.gz", "2")
    );
    assert_eq!(row["output"], "mixed.tar.gz:b/two_2.pdbqt");
    assert_eq!(
        (row["atoms"].as_str(), row["torsions"].as_str()),
        ("3", "0")
    );
}

pub fn packs() {
    let t = tempfile::tempdir().unwrap();
    mixed(t.path());
    let arguments = [
        "prepare",
        "in/mixed.tar.gz",
        "--pack",
        "2",
        "--json",
        "-o",
        "out",
    ];
    let ended = trimaran(t.path(), &arguments).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!(
        (&document["ligands"], &document["failed"]),
        (&5.into(), &0.into())
    );
    assert_eq!(document["archives"][2], "out/ligands-0000000004-1.tar.gz");
    let output = t.path().join("out");
    let archives = [
        "ligands-0000000000-2.tar.gz",
        "ligands-0000000002-2.tar.gz",
        "ligands-0000000004-1.tar.gz",
    ];
    let counts = archives.map(|archive| members(&output.join(archive)).len());
    assert_eq!(counts, [2, 2, 1]);
    assert_eq!(
        manifest(&output)[2]["output"],
        "ligands-0000000002-2.tar.gz:b/two_1.pdbqt"
    );
}

pub fn standard_input() {
    let t = tempfile::tempdir().unwrap();
    mixed(t.path());
    let archive = std::fs::read(t.path().join("in/mixed.tar.gz")).unwrap();
    let inputs = [
        archive,
        methanol("alone").into_bytes(),
        gzip(acetate("zipped").as_bytes()),
    ];
    for (number, (input, ligands)) in inputs.iter().zip([5, 1, 1]).enumerate() {
        let output = format!("out{number}");
        let mut command = trimaran(t.path(), &["prepare", "-", "-o", &output]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        assert!(child.wait().unwrap().success());
        let output = t.path().join(output);
        assert_eq!(members(&output.join("stdin.tar.gz")).len(), ligands);
        assert_eq!(manifest(&output).len(), ligands);
    }
}

pub fn inputs_are_safe() {
    let t = tempfile::tempdir().unwrap();
    mixed(t.path());
    let before = std::fs::read(t.path().join("in/mixed.tar.gz")).unwrap();
    let message = prepare(t.path(), &["in/mixed.tar.gz", "-o", "in"], 2);
    assert!(message.contains("lies in the output folder"), "{message}");
    assert_eq!(
        std::fs::read(t.path().join("in/mixed.tar.gz")).unwrap(),
        before
    );
}

pub fn refusals() {
    let t = tempfile::tempdir().unwrap();
    let salt = methanol("salt").replace("  6  5", "  7  5").replace(
        "  1  2  1  0\n",
        "    9.0000    9.0000    9.0000 Cl  0  5\n  1  2  1  0\n",
    );
    let two = format!(
        "{}$$$$\n{}",
        methanol("good"),
        methanol("bad").replace("1.0300", "   nan")
    );
    save(t.path(), "in/salt.sdf", &salt);
    save(t.path(), "in/two.sdf", two);
    save(t.path(), "in/flat.smi", "CCO ethanol\nC1CC ring\n");
    save(t.path(), "in/nothing.sdf", "");
    let message = prepare(t.path(), &["in", "-o", "out"], 1);
    assert!(message.contains("5 of 6 ligands failed"), "{message}");
    let rows = manifest(&t.path().join("out"));
    let reason =
        |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["reason"].clone();
    for (name, words) in [
        (
            "salt",
            "2 separate molecules, as in a salt or hydrate: `--largest-fragment`",
        ),
        ("two_2", "line 24: y coordinate `nan`"),
        ("flat_1", "no coordinates"),
        ("flat_2", "line 2: column 2: ring closure 1 is opened"),
        ("nothing", "the file is empty"),
    ] {
        assert!(reason(name).contains(words), "{name}: {}", reason(name));
    }
    prepare(
        t.path(),
        &["in/salt.sdf", "--largest-fragment", "-o", "kept"],
        0,
    );
    let message = prepare(t.path(), &["in/two.sdf", "--rigid", "[C", "-o", "none"], 2);
    assert!(message.contains("--rigid"), "{message}");
    let kept = &manifest(&t.path().join("kept"))[0];
    assert!(
        kept["atoms"] == "3" && kept["reason"].contains("left out"),
        "{kept:?}"
    );
}
