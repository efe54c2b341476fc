//! Drawn molecules in, drawn poses out.

use super::program::{RECEPTOR, message, rows, save, trimaran};
use std::io::Read;
use std::path::Path;
use trimaran::formats::sdf;
use trimaran::molecule::graph::Graph;

const SETTING: [&str; 12] = [
    "--center",
    "9.5,16.3,8.5",
    "--size",
    "20,20,20",
    "--runs",
    "2",
    "--evals",
    "3000",
    "--population",
    "20",
    "--poses",
    "sdf",
];

/// The record of amprenavir among the drugs, all hydrogens listed.
fn amprenavir() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.sdf.gz");
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    let mut records = text.split_inclusive("$$$$\n");
    records
        .find(|record| record.starts_with("amprenavir\n"))
        .unwrap()
        .to_string()
}

fn poses(path: &Path) -> Vec<Graph> {
    let text = std::fs::read_to_string(path).unwrap();
    text.split_inclusive("$$$$\n")
        .map(|record| sdf::read(record, "poses.sdf").unwrap())
        .collect()
}

/// A pose has the molecule's formula and bonds, none of them torn.
fn is_whole(pose: &Graph, molecule: &Graph) {
    let mut elements: Vec<_> = pose.atoms.iter().map(|atom| atom.element).collect();
    let mut wanted: Vec<_> = molecule.atoms.iter().map(|atom| atom.element).collect();
    elements.sort();
    wanted.sort();
    assert_eq!(elements, wanted);
    assert_eq!(pose.bonds.len(), molecule.bonds.len());
    for bond in &pose.bonds {
        let length = pose.atoms[bond.a]
            .position
            .distance(pose.atoms[bond.b].position);
        assert!((0.9..1.9).contains(&length), "{bond:?}: {length}");
    }
}

pub fn molecules_in_and_poses_out() {
    let t = tempfile::tempdir().unwrap();
    let text = amprenavir();
    let molecule = sdf::read(&text, "amprenavir.sdf").unwrap();
    save(t.path(), "ligand.sdf", &text);
    let run = |command: &str, output: &str| {
        let arguments = [
            &[command, RECEPTOR, "ligand.sdf"][..],
            &SETTING,
            &["-o", output],
        ]
        .concat();
        let ended = trimaran(t.path(), &arguments).output().unwrap();
        assert!(ended.status.success(), "{}", message(&ended));
        t.path().join(output)
    };
    let docked = poses(&run("dock", "docked").join("poses.sdf"));
    assert_eq!(docked.len(), 2);
    docked.iter().for_each(|pose| is_whole(pose, &molecule));
    let names: Vec<&str> = docked[0]
        .properties
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names[..3], ["rank", "energy", "score"]);

    let screened = run("screen", "screened");
    let top = poses(&screened.join("top.sdf"));
    assert_eq!((top.len(), top[0].name.as_str()), (1, "amprenavir"));
    is_whole(&top[0], &molecule);
    let energy = &top[0].properties[1];
    assert_eq!(
        (energy.0.as_str(), energy.1.as_str()),
        ("energy", &rows(&screened)[0][5])
    );
}

/// Ethanol in space, without hydrogens.
const BARE: &str = "bare\n\n\n  3  2  0  0  0  0  0  0  0  0999 V2000
    9.5000   16.3000    8.5000 C   0  0
   10.9000   16.8000    8.6000 C   0  0
   11.8000   15.7000    8.9000 O   0  0
  1  2  1  0
  2  3  1  0
M  END
";

pub fn what_was_done_is_in_the_table() {
    let t = tempfile::tempdir().unwrap();
    save(t.path(), "bare.sdf", BARE);
    let arguments = [
        &["screen", RECEPTOR, "bare.sdf"][..],
        &SETTING,
        &["-o", "out"],
    ]
    .concat();
    let ended = trimaran(t.path(), &arguments).output().unwrap();
    assert!(ended.status.success(), "{}", message(&ended));
    let row = &rows(&t.path().join("out"))[0];
    assert_eq!((&row[1], &row[3]), ("bare", "ok"));
    assert!(row[4].contains("6 hydrogens added"), "{row:?}");
}
