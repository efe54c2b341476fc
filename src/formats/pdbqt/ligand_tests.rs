//! Tests of reading and writing ligands.

use super::super::write_pose;
use super::*;
use crate::molecule::Line;
use glam::DVec3;

/// Four atoms in three fragments; the root's atom 4 comes after a branch, so atoms must be reordered.
const BRANCHED: &str = "\
REMARK  Name = hand made
ROOT
ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00    +0.100 C 
ENDROOT
BRANCH   1   2
ATOM      3  H   LIG     1       1.500   1.000   0.000  1.00  0.00    +0.100 HD
ATOM      2  O   LIG     1       1.500   0.000   0.000  1.00  0.00    -0.300 OA
BRANCH   2   5
ATOM      5  C   LIG     1       2.500   0.000   0.000  1.00  0.00     0.100 C
ENDBRANCH   2   5
ATOM      4  H   LIG     1       1.500  -1.000   0.000  1.00  0.00     0.100 HD
ENDBRANCH   1   2
TORSDOF 2
";

fn read_one(text: &str) -> Ligand {
    let mut ligands = read_ligands(text, "folder/x.pdbqt").unwrap();
    assert_eq!(ligands.len(), 1);
    ligands.remove(0)
}

#[test]
fn fragments_are_contiguous_and_led_by_their_axis_atom() {
    let ligand = read_one(BRANCHED);
    assert_eq!(ligand.name, "hand made");
    let serials: Vec<u32> = ligand.atoms.iter().map(|atom| atom.serial).collect();
    assert_eq!(serials, [1, 2, 3, 4, 5]);
    let fragments = &ligand.torsions.fragments;
    assert_eq!(
        fragments
            .iter()
            .map(|f| f.atoms.clone())
            .collect::<Vec<_>>(),
        [0..1, 1..4, 4..5]
    );
    assert_eq!(
        fragments.iter().map(|f| f.axis).collect::<Vec<_>>(),
        [[0, 0], [0, 1], [1, 4]]
    );
    assert_eq!(
        fragments.iter().map(|f| f.parent).collect::<Vec<_>>(),
        [0, 0, 1]
    );
    assert_eq!(ligand.torsdof, 2.0);
}

#[test]
fn a_pose_keeps_the_order_and_the_other_columns() {
    let ligand = read_one(BRANCHED);
    let here: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
    let trimmed = |text: &str| {
        text.lines()
            .map(|l| l.trim_end().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(trimmed(&write_pose(&ligand, &here)), trimmed(BRANCHED));
    let moved: Vec<DVec3> = here
        .iter()
        .map(|p| *p + DVec3::new(-100.0, 0.0, 0.0005))
        .collect();
    let again = read_one(&write_pose(&ligand, &moved));
    assert_eq!(again.atoms.len(), moved.len());
    for (atom, position) in again.atoms.iter().zip(&moved) {
        assert!((atom.position - position).abs().max_element() <= 0.00051);
    }
}

#[test]
fn endings_and_missing_records_are_tolerated() {
    let windows = BRANCHED.replace('\n', "\r\n");
    assert_eq!(read_one(windows.trim_end()).atoms, read_one(BRANCHED).atoms);
    let lower = BRANCHED
        .replace("ROOT", "root")
        .replace("BRANCH", "branch")
        .replace("ATOM  ", "atom  ");
    assert_eq!(read_one(&lower).torsions, read_one(BRANCHED).torsions);
    assert_eq!(read_one(&BRANCHED.replace("TORSDOF 2\n", "")).torsdof, 2.0);
    let unnamed = read_one(&BRANCHED.replace("hand made", "LIGAND"));
    assert_eq!(unnamed.name, "x");
}

#[test]
fn no_torsion_tree_is_a_rigid_ligand() {
    let atoms: String = BRANCHED
        .lines()
        .filter(|l| l.starts_with("ATOM"))
        .map(|l| format!("{l}\n"))
        .collect();
    let ligand = read_one(&atoms.replace("ATOM  ", "HETATM"));
    assert_eq!((ligand.torsions.torsions(), ligand.torsdof), (0, 0.0));
    assert_eq!(ligand.torsions.fragments[0].atoms, 0..5);
}

#[test]
fn every_model_is_a_ligand() {
    let text = format!(
        "MODEL 1\n{BRANCHED}ENDMDL\nMODEL 2\n{}ENDMDL\nEND\n",
        BRANCHED.replace(" 2.500", " 2.600")
    );
    let ligands = read_ligands(&text, "x.pdbqt").unwrap();
    assert_eq!(ligands.len(), 2);
    assert_eq!(ligands[1].atoms[4].position.x, 2.6);
    assert!(
        !ligands[0]
            .lines
            .contains(&Line::Other("MODEL 1".to_string()))
    );
}

#[test]
fn broken_trees_name_line_and_cause() {
    for (from, to, words) in [
        (
            "ENDBRANCH   1   2\n",
            "",
            "line 5: BRANCH without its ENDBRANCH",
        ),
        ("TORSDOF 2", "ENDBRANCH 1 2", "line 13: ENDBRANCH without"),
        ("TORSDOF 2", "TORSDOF many", "line 13: TORSDOF `many`"),
        (
            "BRANCH   2   5\nATOM",
            "BRANCH   2   9\nATOM",
            "line 8: BRANCH names atom 9",
        ),
        (
            "BRANCH   2   5\nATOM",
            "BRANCH   1   5\nATOM",
            "line 8: BRANCH names atom 1",
        ),
        (
            "BRANCH   1   2\nATOM",
            "BRANCH   1\nATOM",
            "line 5: BRANCH needs",
        ),
        ("ROOT\nATOM", "ATOM", "without"),
        ("TORSDOF 2", "ROOT", "line 13: a second ROOT"),
        (
            "REMARK",
            "BEGIN_RES ALA A 1\nREMARK",
            "line 1: flexible residues",
        ),
        (
            "   1.500   0.000   0.000",
            "   0.000   0.000   0.000",
            "at one place",
        ),
        ("    -0.300 OA", "    -0.300 Xx", "line 7: atom type `Xx`"),
        (
            "    -0.300 OA",
            "       nan OA",
            "line 7: partial charge `nan`",
        ),
    ] {
        let text = BRANCHED.replacen(from, to, 1);
        assert_ne!(text, BRANCHED, "{from}");
        let message = read_ligands(&text, "x.pdbqt").unwrap_err().to_string();
        assert!(
            message.starts_with("x.pdbqt") && message.contains(words),
            "{words}: {message}"
        );
    }
    for text in [
        "",
        "hello\nworld",
        "MODEL 1\nENDMDL\n",
        "ROOT\nENDROOT\nTORSDOF 0\n",
    ] {
        let message = read_ligands(text, "x.pdbqt").unwrap_err().to_string();
        assert!(message.contains("no ATOM"), "{message}");
    }
}

proptest::proptest! {
    /// Any bytes changed, dropped or cut: a ligand or an error, never a panic; what is read can be written and read.
    #[test]
    fn mutated_files_never_panic(
        edits in proptest::collection::vec((0usize..700, proptest::prelude::any::<char>()), 0..12),
        cut in 0usize..800,
    ) {
        let mut characters: Vec<char> = BRANCHED.chars().take(cut).collect();
        for (at, character) in edits {
            if let Some(place) = characters.get_mut(at) {
                *place = character;
            }
        }
        let text: String = characters.into_iter().collect();
        let _ = crate::formats::pdbqt::read_receptor(&text, "x.pdbqt");
        if let Ok(ligands) = read_ligands(&text, "x.pdbqt") {
            for ligand in ligands {
                let positions: Vec<DVec3> = ligand.atoms.iter().map(|atom| atom.position).collect();
                let again = read_ligands(&write_pose(&ligand, &positions), "x.pdbqt");
                proptest::prop_assert_eq!(again.unwrap()[0].atoms.len(), ligand.atoms.len());
            }
        }
    }
}
