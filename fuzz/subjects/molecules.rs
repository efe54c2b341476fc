//! Readers of molecules and what comes behind them: perception, hydrogens, preparation, writing, reading back.

use trimaran::archive::{Format, Text};
use trimaran::formats;
use trimaran::formats::pdbqt::{drawn_pose, read_ligands, read_receptor, write_pose};
use trimaran::molecule::Ligand;
use trimaran::molecule::graph::{Coordinates, Graph, add_hydrogens};
use trimaran::molecule::pattern::Pattern;
use trimaran::molecule::perception::{Perception, symmetry_classes};
use trimaran::molecule::preparation::{self, RigidPattern};
use trimaran::preparation::{Hydrogens, Options, prepare_record};

/// A record of SDF or MOL.
pub fn sdf(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    drawn(formats::sdf::read(&text, "x").ok());
    record(Format::Sdf, &text);
}

/// A record of MOL2.
pub fn mol2(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    drawn(formats::mol2::read(&text, "x").ok());
    record(Format::Mol2, &text);
}

/// A line of SMILES. What is read has no coordinates: it is spread out, so that it is prepared all the same.
pub fn smiles(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    drawn(formats::smiles::read(&text, "x").ok().map(spread_out));
    record(Format::Smiles, &text);
}

fn spread_out(mut graph: Graph) -> Graph {
    for (number, atom) in graph.atoms.iter_mut().enumerate() {
        let place = [number % 32, number / 32, number % 3];
        atom.position = place.map(|steps| 1.3 * steps as f64).into();
    }
    graph.coordinates = Coordinates::Space;
    graph
}

/// Ligands in PDBQT.
pub fn pdbqt(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for ligand in read_ligands(&text, "x").unwrap_or_default() {
        let written = write_pose(&ligand, &places(&ligand));
        let again = read_ligands(&written, "x").expect("what was written is read");
        assert_eq!(again[0].atoms.len(), ligand.atoms.len());
        if let Ok(graph) = drawn_pose(&ligand, &places(&ligand)) {
            is_sound(&graph);
        }
    }
    record(Format::Pdbqt, &text);
}

/// A receptor in PDBQT.
pub fn receptor(bytes: &[u8]) {
    let _ = read_receptor(&String::from_utf8_lossy(bytes), "x");
}

/// A pattern in SMARTS, looked for in a molecule of many rings and groups.
pub fn smarts(bytes: &[u8]) {
    const MOLECULE: &str = "C[C@@H](O)C(=O)Nc1ccc2[nH]c(SC3CC4CCC3C4)nc2c1.C[N+](C)(C)CC#N";
    let text = String::from_utf8_lossy(bytes);
    let _ = text.parse::<RigidPattern>();
    if let Ok(pattern) = text.parse::<Pattern>() {
        let graph = formats::smiles::read(MOLECULE, "x").expect("a good SMILES");
        let perception = Perception::of(&graph).expect("a good molecule");
        for atoms in pattern.occurrences(&graph, &perception).unwrap_or_default() {
            assert_eq!(atoms.len(), pattern.len());
        }
    }
}

/// Everything that may be asked of a molecule that was read.
fn drawn(graph: Option<Graph>) {
    let Some(mut graph) = graph else {
        return;
    };
    is_sound(&graph);
    if let Ok(perception) = Perception::of(&graph) {
        symmetry_classes(&graph, &perception);
    }
    add_hydrogens(&mut graph);
    is_sound(&graph);
    if let Some(text) = formats::sdf::write(&graph) {
        let again = formats::sdf::read(&text, "x");
        if let Ok(again) = again {
            assert_eq!(again.atoms.len(), graph.atoms.len());
        }
    }
    for breaks in [false, true] {
        let options = preparation::Options {
            break_macrocycles: breaks,
            largest_fragment: true,
            flexible_amides: breaks,
            ..preparation::Options::default()
        };
        if let Ok(prepared) = preparation::prepare(&graph, &options) {
            let mut ligands = read_ligands(&prepared.text, "x").expect("what is prepared is read");
            let ligand = ligands.pop().expect("one ligand");
            assert_eq!(ligand.atoms.len(), prepared.atoms);
            if let Ok(pose) = drawn_pose(&ligand, &places(&ligand)) {
                is_sound(&pose);
            }
        }
    }
}

/// The whole way from a record to a ligand; a refusal has words.
fn record(format: Format, text: &str) {
    let text = Text {
        format,
        content: text.to_owned(),
        first_line: 1,
    };
    let options = Options {
        hydrogens: Hydrogens::Always,
        ..Options::default()
    };
    match prepare_record(&text, &options) {
        Ok(ligand) => assert!(ligand.name.lines().count() <= 1),
        Err(refused) => assert!(!refused.what.is_empty()),
    }
}

/// Every bond joins two atoms that are there, and every coordinate is a number.
fn is_sound(graph: &Graph) {
    let atoms = graph.atoms.len();
    assert!(atoms > 0);
    for bond in &graph.bonds {
        assert!(bond.a < atoms && bond.b < atoms && bond.a != bond.b);
    }
    assert!(graph.atoms.iter().all(|atom| atom.position.is_finite()));
}

fn places(ligand: &Ligand) -> Vec<glam::DVec3> {
    ligand.atoms.iter().map(|atom| atom.position).collect()
}
