//! Readers of molecules meet damaged text: whatever comes, they return, and what they return is sound.

use proptest::prelude::*;
use std::io::Read;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use trimaran::archive::{Format, Text};
use trimaran::formats::{mol2, sdf, smiles};
use trimaran::molecule::graph::{Coordinates, Graph, add_hydrogens};
use trimaran::molecule::preparation;
use trimaran::preparation::{Options, prepare_record};

/// One record of each format.
static RECORDS: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.sdf.gz");
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    let records = text.split_inclusive("$$$$\n").take(8);
    let mut all: Vec<(Format, String)> = records
        .map(|text| (Format::Sdf, text.to_string()))
        .collect();
    let drugs = include_str!("data/drugs.csv").lines().skip(1);
    all.extend(drugs.map(|line| {
        (
            Format::Smiles,
            line.split(',').nth(2).unwrap_or("").to_string(),
        )
    }));
    all.extend((0..40).map(|_| (Format::Mol2, MOL2.to_string())));
    all
});

const MOL2: &str = include_str!("data/pyridinium_acetate.mol2");

/// What may happen to a text.
#[derive(Clone, Debug)]
enum Damage {
    /// A byte becomes another.
    Byte(prop::sample::Index, u8),
    /// It ends early.
    Cut(prop::sample::Index),
    /// A stretch is lost.
    Loss(prop::sample::Index, usize),
    /// A stretch comes twice.
    Echo(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling =
        prop::sample::select(b"0123456789-+.()[]{}=#@%:*\n\r\t $>MVHCNOS\xe4\x00".to_vec());
    let place = any::<prop::sample::Index>;
    prop_oneof![
        6 => (place(), telling).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => place().prop_map(Damage::Cut),
        1 => (place(), 1_usize..90).prop_map(|(at, length)| Damage::Loss(at, length)),
        1 => (place(), 1_usize..90).prop_map(|(at, length)| Damage::Echo(at, length)),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match damage {
            Damage::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Loss(at, length) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Damage::Echo(at, length) => {
                let at = at.index(bytes.len());
                let stretch = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, stretch);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every bond joins two atoms that are there, and no number is out of bounds.
fn is_sound(graph: &Graph) -> bool {
    let atoms = graph.atoms.len();
    let bonds = graph
        .bonds
        .iter()
        .all(|bond| bond.a < atoms && bond.b < atoms && bond.a != bond.b);
    bonds && atoms > 0 && graph.atoms.iter().all(|atom| atom.position.is_finite())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_records_are_read_or_refused(
        record in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 0..6),
    ) {
        let (format, text) = record.get(&RECORDS);
        let content = damaged(text, &damages);
        let read = match format {
            Format::Sdf => sdf::read(&content, "x"),
            Format::Mol2 => mol2::read(&content, "x"),
            _ => smiles::read(&content, "x"),
        };
        if let Ok(mut graph) = read {
            prop_assert!(is_sound(&graph), "{content}");
            add_hydrogens(&mut graph);
            prop_assert!(is_sound(&graph), "{content}");
        }
        // Whatever the outcome: no panic, and a reason in words.
        let text = Text { format: *format, content, first_line: 1 };
        if let Err(refused) = prepare_record(&text, &Options::default()) {
            prop_assert!(!refused.what.is_empty());
        }
    }
}

/// What no ligand is: long, branched, with one atom in the middle of all others, or beyond any limit.
fn monsters() -> Vec<(&'static str, String)> {
    let tree = |depth: usize| (0..depth).fold("N".to_owned(), |tree, _| format!("C({tree}){tree}"));
    let rail = |rungs: &mut dyn Iterator<Item = usize>| -> String {
        rungs.map(|rung| format!("C%({rung})")).collect()
    };
    vec![
        ("chain", "C".repeat(3000)),
        ("polyamide", "NC(=O)C".repeat(750)),
        ("tree", tree(10)),
        ("star", format!("[Fe]{}", "(C)".repeat(3000))),
        ("macrocycles", "C1CCCCCCCCCCC1".repeat(100)),
        ("aromatic rings", "c1ccccc1".repeat(500)),
        (
            "ladder",
            rail(&mut (0..200)) + "." + &rail(&mut (0..200).rev()),
        ),
        (
            "long ladder",
            rail(&mut (0..1500)) + "." + &rail(&mut (0..1500).rev()),
        ),
        ("many aromatic rings", "c1ccccc1".repeat(40_000)),
        ("many small rings", "C1CC1".repeat(200_000)),
        ("many brackets", "[13CH2]".repeat(200_000)),
    ]
}

/// Reads a SMILES, spreads its atoms out and prepares it with all that can be asked for.
fn prepare_spread_out(smiles: &str) {
    let Ok(mut graph) = smiles::read(smiles, "x") else {
        return;
    };
    for (number, atom) in graph.atoms.iter_mut().enumerate() {
        let place = [number % 64, number / 64, number % 3];
        atom.position = place.map(|steps| 1.3 * steps as f64).into();
    }
    graph.coordinates = Coordinates::Space;
    add_hydrogens(&mut graph);
    let options = preparation::Options {
        break_macrocycles: true,
        ..preparation::Options::default()
    };
    let _ = preparation::prepare(&graph, &options);
}

#[test]
fn no_molecule_takes_long() {
    for (name, smiles) in monsters() {
        let start = Instant::now();
        prepare_spread_out(&smiles);
        let took = start.elapsed();
        eprintln!("{name}: {took:?}");
        assert!(took < Duration::from_secs(60), "{name}: {took:?}");
    }
}
