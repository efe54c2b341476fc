//! A run that ended early goes on where it stopped, and what comes of it is the same.

use super::fixture::{files, manifest, members, methanol, prepare};
use super::program::{gzip, save, tar};
use std::fs;
use std::path::Path;

/// An archive of so many methanols.
fn archive(folder: &Path, name: &str, ligands: usize) {
    let members: Vec<(String, String)> = (0..ligands)
        .map(|n| (format!("{n}.sdf"), methanol(&format!("m{n}"))))
        .collect();
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    save(folder, name, gzip(&tar(&members)));
}

/// The bytes of all results: the members of archives, for the pieces they are made of may differ, and the manifest.
fn results(output: &Path) -> (Vec<Vec<(String, String)>>, String) {
    let archives = files(output)
        .into_iter()
        .filter(|name| name.ends_with(".tar.gz"));
    let archives = archives.map(|name| members(&output.join(name))).collect();
    (
        archives,
        fs::read_to_string(output.join("manifest.csv")).unwrap(),
    )
}

pub fn goes_on() {
    let t = tempfile::tempdir().unwrap();
    archive(t.path(), "x.tar.gz", 1500);
    archive(t.path(), "y.tar.gz", 10);
    let library = ["x.tar.gz", "y.tar.gz"];
    prepare(t.path(), &[&library[..], &["-o", "whole"]].concat(), 0);
    let whole = results(&t.path().join("whole"));
    assert_eq!(whole.0.iter().map(Vec::len).collect::<Vec<_>>(), [1500, 10]);
    assert_eq!(manifest(&t.path().join("whole")).len(), 1510);

    // A folder where the manifest belongs ends the run with all parts done; then a part is lost, another half written.
    let output = t.path().join("out");
    fs::create_dir_all(output.join("manifest.csv")).unwrap();
    let message = prepare(t.path(), &[&library[..], &["-o", "out"]].concat(), 2);
    assert!(message.contains("manifest.csv"), "{message}");
    fs::remove_dir(output.join("manifest.csv")).unwrap();
    let lost = output.join("parts/part-0000001000-500.csv");
    fs::rename(&lost, lost.with_extension("csv.partial")).unwrap();
    let message = prepare(t.path(), &[&library[..], &["-v", "-o", "out"]].concat(), 0);
    assert!(message.contains("1010 taken over"), "{message}");
    assert!(results(&output) == whole);

    // Nothing is left to do: archives stay as they are.
    let message = prepare(t.path(), &[&library[..], &["-v", "-o", "out"]].concat(), 0);
    assert!(message.contains("1510 taken over"), "{message}");
    assert!(results(&output) == whole);

    fs::remove_file(output.join("x.tar.gz")).unwrap();
    let message = prepare(t.path(), &[&library[..], &["-o", "out"]].concat(), 2);
    assert!(message.contains("remove the folder of parts"), "{message}");
}

pub fn other_settings() {
    let t = tempfile::tempdir().unwrap();
    archive(t.path(), "x.tar.gz", 2);
    prepare(t.path(), &["x.tar.gz", "-o", "out"], 0);
    let message = prepare(t.path(), &["x.tar.gz", "--flexible-amides", "-o", "out"], 2);
    assert!(
        message.contains("flexible amides: false there, true now"),
        "{message}"
    );
}
