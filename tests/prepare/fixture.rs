//! What the tests of `prepare` share: running it, its manifest, members of archives, small records.

use super::program::{message, trimaran};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// A row of the manifest by the names of its columns.
pub type Row = BTreeMap<String, String>;

/// Runs `prepare` in `folder` with these arguments; it must end with `code`. Returns what it said on standard error.
pub fn prepare(folder: &Path, arguments: &[&str], code: i32) -> String {
    let arguments = [&["prepare"], arguments].concat();
    let ended = trimaran(folder, &arguments).output().unwrap();
    let message = message(&ended);
    assert_eq!(ended.status.code(), Some(code), "{message}");
    message
}

/// Rows of `manifest.csv`.
pub fn manifest(output: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(output.join("manifest.csv")).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Paths and texts of the members of a compressed archive, in its order.
pub fn members(archive: &Path) -> Vec<(String, String)> {
    let file = std::fs::File::open(archive).unwrap();
    let mut members = Vec::new();
    let mut tar = tar::Archive::new(flate2::read::MultiGzDecoder::new(file));
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().display().to_string();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        members.push((path, text));
    }
    members
}

/// Names of the files of a folder, sorted.
pub fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files
        .map(|file| file.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Methanol in space with all hydrogens, as an SDF record without `$$$$`.
pub fn methanol(title: &str) -> String {
    format!(
        "{title}\n  program 01010101013D\n\n  6  5  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0
    1.4000    0.0000    0.0000 O   0  0
   -0.3600    1.0300    0.0000 H   0  0
   -0.3600   -0.5100    0.8900 H   0  0
   -0.3600   -0.5100   -0.8900 H   0  0
    1.7200   -0.9000    0.0000 H   0  0
  1  2  1  0
  1  3  1  0
  1  4  1  0
  1  5  1  0
  2  6  1  0
M  END
"
    )
}

/// An acetate ion in space, as a MOL2 record.
pub fn acetate(title: &str) -> String {
    format!(
        "@<TRIPOS>MOLECULE\n{title}\n7 6 0 0 0\nSMALL\nUSER_CHARGES\n\n@<TRIPOS>ATOM
      1 C1   0.0000  0.0000  0.0000 C.3   1 LIG 0.0
      2 C2   1.5200  0.0000  0.0000 C.2   1 LIG 0.0
      3 O1   2.1000  1.1000  0.0000 O.co2 1 LIG 0.0
      4 O2   2.1000 -1.1000  0.0000 O.co2 1 LIG 0.0
      5 H1  -0.3600  1.0300  0.0000 H     1 LIG 0.0
      6 H2  -0.3600 -0.5100  0.8900 H     1 LIG 0.0
      7 H3  -0.3600 -0.5100 -0.8900 H     1 LIG 0.0
@<TRIPOS>BOND
     1 1 2 1
     2 2 3 ar
     3 2 4 ar
     4 1 5 1
     5 1 6 1
     6 1 7 1
"
    )
}
