//! Readers of molecules meet damaged text: whatever comes, they return, and what they return is sound.

use proptest::prelude::*;
use std::io::Read;
use std::sync::LazyLock;
use trimaran::archive::{Format, Text};
use trimaran::formats::{mol2, sdf, smiles};
use trimaran::molecule::graph::{Graph, add_hydrogens};
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

const MOL2: &str = "@<TRIPOS>MOLECULE
pyridinium acetate
 13 13 0 0 0
SMALL
USER_CHARGES

@<TRIPOS>ATOM
      1 N1     0.0000  1.3900  0.0000 N.ar  1 LIG 0.1
      2 C1     1.2000  0.7000  0.0000 C.ar  1 LIG 0.1
      3 C2     1.2000 -0.7000  0.0000 C.ar  1 LIG 0.1
      4 C3     0.0000 -1.3900  0.0000 C.ar  1 LIG 0.1
      5 C4    -1.2000 -0.7000  0.0000 C.ar  1 LIG 0.1
      6 C5    -1.2000  0.7000  0.0000 C.ar  1 LIG 0.1
      7 H1     0.0000  2.4000  0.0000 H     1 LIG 0.1
      8 H2     2.1500  1.2500  0.0000 H     1 LIG 0.1
      9 C6     2.4000 -1.4000  0.0000 C.2   1 LIG 0.1
     10 H3     0.0000 -2.4800  0.0000 H     1 LIG 0.1
     11 H4    -2.1500 -1.2500  0.0000 H     1 LIG 0.1
     12 O1     3.4000 -0.7000  0.0000 O.co2 1 LIG 0.1
     13 O2     2.4000 -2.7000  0.0000 O.co2 1 LIG 0.1
@<TRIPOS>UNITY_ATOM_ATTR
7 1
charge 0
@<TRIPOS>BOND
     1 1 2 ar
     2 2 3 ar
     3 3 4 ar
     4 4 5 ar
     5 5 6 ar
     6 6 1 ar
     7 1 7 1
     8 2 8 1
     9 3 9 1
    10 4 10 1
    11 5 11 1
    12 9 12 ar
    13 9 13 ar
";

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
