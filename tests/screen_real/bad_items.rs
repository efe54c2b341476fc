//! Items that cannot be docked, each with its row and reason, while the good ones around them are complete.

use super::program::{RECEPTOR, drugs, gzip, message, rows, save, tar, trimaran};
use std::path::Path;

const SETTING: [&str; 10] = [
    "--center",
    "9.5,16.3,8.5",
    "--size",
    "15,15,15",
    "--runs",
    "2",
    "--evals",
    "3000",
    "--population",
    "20",
];

/// A rigid ligand of carbon atoms at these places.
fn rigid(places: &[[f64; 3]]) -> String {
    let atom = |(n, [x, y, z]): (usize, &[f64; 3])| {
        let serial = n + 1;
        format!(
            "ATOM  {serial:5}  C   LIG     1    {x:8.3}{y:8.3}{z:8.3}  1.00  0.00     0.000 C \n"
        )
    };
    let atoms: String = places.iter().enumerate().map(atom).collect();
    format!("ROOT\n{atoms}ENDROOT\nTORSDOF 0\n")
}

/// Longer than any way through the box.
fn rod() -> String {
    let places: Vec<_> = (0..25).map(|n| [1.5 * f64::from(n), 0.0, 0.0]).collect();
    rigid(&places)
}

/// Three bars of 21 Angstrom: each fits the box along its diagonal of 26, all three together do not.
fn cross() -> String {
    let along = |axis: usize| {
        (-7..=7)
            .map(move |n| std::array::from_fn(|k| if k == axis { 1.5 * f64::from(n) } else { 0.0 }))
    };
    let middle = std::iter::once([0.0; 3]);
    let arms = (0..3)
        .flat_map(along)
        .filter(|place: &[f64; 3]| *place != [0.0; 3]);
    rigid(&middle.chain(arms).collect::<Vec<_>>())
}

fn bad(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bad");
    std::fs::read(folder.join(name)).unwrap()
}

/// The reason in the row of this ligand or archive.
fn reason(rows: &[csv::StringRecord], name: &str) -> String {
    let failed = |row: &&csv::StringRecord| &row[1] == name && &row[3] == "failed";
    let row = rows.iter().find(failed);
    row.unwrap_or_else(|| panic!("no failed row {name} in {rows:#?}"))[4].to_owned()
}

pub fn bad_items_have_rows() {
    let t = tempfile::tempdir().unwrap();
    let good = drugs();
    let text = |name: &str| good.iter().find(|drug| drug.0 == name).unwrap().1.clone();
    let members = [
        ("a/aspirin.pdbqt", text("aspirin")),
        ("a/rod.pdbqt", rod().into_bytes()),
        ("a/empty.pdbqt", Vec::new()),
        ("a/unknown.pdbqt", bad("unknown_type.pdbqt")),
        ("a/nan.pdbqt", bad("nan.pdbqt")),
        ("a/cross.pdbqt", cross().into_bytes()),
        ("a/caffeine.pdbqt", text("caffeine")),
    ];
    let members = members.each_ref().map(|(name, text)| (*name, &**text));
    save(t.path(), "mixed.tar.gz", gzip(&tar(&members)));
    save(t.path(), "naproxen.pdbqt", text("naproxen"));
    let archives = [
        "broken_ligand.tar.gz",
        "truncated.tar.gz",
        "not_an_archive.tar.gz",
        "empty.pdbqt",
    ];
    archives
        .iter()
        .for_each(|name| drop(save(t.path(), name, bad(name))));

    let library = [&["mixed.tar.gz", "naproxen.pdbqt"][..], &archives].concat();
    let arguments = [
        &["screen", RECEPTOR][..],
        &library,
        &SETTING,
        &["-o", "out"],
    ]
    .concat();
    let ended = trimaran(t.path(), &arguments).output().unwrap();
    assert_eq!(ended.status.code(), Some(1), "{}", message(&ended));
    let rows = rows(&t.path().join("out"));
    for (name, words) in [
        (
            "rod",
            "a/rod.pdbqt: larger than the box: a rigid fragment is 36.0 Angstrom long",
        ),
        ("cross", "a/cross.pdbqt: does not fit the box"),
        ("empty", "empty"),
        ("unknown", "a/unknown.pdbqt, line"),
        ("nan", "a/nan.pdbqt, line"),
        ("truncated", "truncated"),
        ("not_an_archive", "archive damaged"),
    ] {
        let reason = reason(&rows, name);
        assert!(reason.contains(words), "{name}: {reason}");
    }
    let docked: Vec<&str> = rows
        .iter()
        .filter(|row| &row[3] == "ok")
        .map(|row| &row[1])
        .collect();
    for name in ["aspirin", "caffeine", "naproxen"] {
        assert!(docked.contains(&name), "{docked:?}");
    }
    let failed = rows.len() - docked.len();
    let told = format!("{failed} of {} ligands failed", rows.len());
    assert!(message(&ended).contains(&told), "{}", message(&ended));
}

pub fn dock_refuses_what_cannot_fit() {
    let t = tempfile::tempdir().unwrap();
    for (name, text) in [("rod.pdbqt", rod()), ("cross.pdbqt", cross())] {
        save(t.path(), name, text);
        let arguments = [&["dock", RECEPTOR, name][..], &SETTING, &["-o", "out"]].concat();
        let ended = trimaran(t.path(), &arguments).output().unwrap();
        let message = message(&ended);
        assert_eq!(ended.status.code(), Some(1), "{message}");
        assert!(
            message.contains("the box") && message.lines().count() == 1,
            "{message}"
        );
        assert_eq!(std::fs::read_dir(t.path().join("out")).unwrap().count(), 0);
    }
}
