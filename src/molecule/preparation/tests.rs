//! The text as a whole, refusals, and graphs that are no molecules.

use super::{Options, prepare};
use crate::formats::pdbqt;
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::graph::{Atom, Bond, Coordinates, Element, Graph, Order};
use crate::molecule::refusal::Refusal;
use proptest::prelude::*;

#[test]
fn the_text_is_a_ligand_that_docking_reads() {
    for text in ["CC(=O)Nc1ccc(O)cc1", "C[C@H](N)C(=O)NCc1ccncc1", "C", "O"] {
        let prepared = prepare(&molecule(text), &Options::default()).unwrap();
        let ligands = pdbqt::read_ligands(&prepared.text, "test").unwrap();
        assert_eq!(ligands[0].atoms.len(), prepared.atoms, "{text}");
        assert_eq!(ligands[0].torsions.torsions(), prepared.torsions, "{text}");
        assert_eq!(ligands[0].torsdof, prepared.torsions as f64);
    }
}

#[test]
fn salts_are_refused_or_stripped() {
    let salt = molecule("[Cl-].C[NH3+]");
    assert_eq!(
        prepare(&salt, &Options::default()),
        Err(Refusal::Fragments(2))
    );
    let options = Options {
        largest_fragment: true,
        ..Options::default()
    };
    let prepared = prepare(&salt, &options).unwrap();
    assert_eq!(prepared.atoms, 5);
    assert_eq!(prepared.notes.len(), 1);
    let refused = prepare(&molecule("Cl.CC[SeH]"), &options).unwrap_err();
    assert!(refused.to_string().starts_with("atom 4 (Se)"), "{refused}");
}

#[test]
fn refusals_name_the_atom() {
    let refused = |graph: &Graph| prepare(graph, &Options::default()).unwrap_err().to_string();
    let mut graph = molecule("CCO");
    graph.atoms[1].element = Element::from_symbol("Se").unwrap();
    graph.atoms[1].charge = -2;
    assert!(
        refused(&graph).starts_with("atom 2 (Se) "),
        "{}",
        refused(&graph)
    );
    let mut graph = molecule("CCO");
    graph.bonds[0].order = Order::Double;
    assert!(
        refused(&graph).starts_with("atom 1 (C) has 5 bonds"),
        "{}",
        refused(&graph)
    );
    let mut graph = molecule("CCO");
    graph.atoms.truncate(8);
    graph.bonds.truncate(7);
    assert!(
        refused(&graph).starts_with("atom 3 (O) lacks 1 "),
        "{}",
        refused(&graph)
    );
    let mut graph = molecule("CCO");
    graph.atoms[0].position.x = f64::NAN;
    assert!(
        refused(&graph).starts_with("atom 1 (C) is at a place"),
        "{}",
        refused(&graph)
    );
    graph.coordinates = Coordinates::Absent;
    assert!(
        refused(&graph).starts_with("no coordinates"),
        "{}",
        refused(&graph)
    );
    let mut graph = molecule("CCO");
    graph.bonds.push(Bond {
        a: 1,
        b: 0,
        order: Order::Single,
    });
    assert!(
        refused(&graph).contains("repeats an earlier bond"),
        "{}",
        refused(&graph)
    );
    graph.bonds[8].b = 77;
    assert!(refused(&graph).contains("not there"), "{}", refused(&graph));
    assert!(refused(&molecule("[H][H]")).contains("hydrogen"));
    assert!(refused(&Graph::default()).contains("no atoms"));
}

proptest! {
    #[test]
    fn no_graph_makes_it_panic(
        elements in prop::collection::vec((0u8..60, -2i8..3, 0u8..2), 0..14),
        bonds in prop::collection::vec((0usize..15, 0usize..15, 0u8..5), 0..24),
    ) {
        let orders = [Order::Single, Order::Double, Order::Triple, Order::Aromatic, Order::Dative];
        let mut graph = Graph { coordinates: Coordinates::Space, ..Graph::default() };
        for (number, charge, radicals) in elements {
            let element = Element::from_number(number).unwrap_or(Element::C);
            graph.atoms.push(Atom { element, charge, radicals, ..Atom::default() });
        }
        for (a, b, order) in bonds {
            graph.bonds.push(Bond { a, b, order: orders[usize::from(order)] });
        }
        let options = Options { largest_fragment: true, ..Options::default() };
        let _ = prepare(&graph, &options);
    }

    /// Carbon and nitrogen with single bonds pass all checks often, so that everything behind them is met too.
    #[test]
    fn any_saturated_skeleton_is_prepared(
        bonds in prop::collection::vec((0usize..12, 0usize..12), 0..26),
    ) {
        let graph = skeleton(&bonds);
        let options = Options { largest_fragment: true, ..Options::default() };
        let prepared = prepare(&graph, &options).unwrap();
        let read = pdbqt::read_ligands(&prepared.text, "test").unwrap();
        prop_assert_eq!(read[0].torsions.torsions(), prepared.torsions);
    }
}

/// Twelve carbons with these bonds, as far as four a carbon allow, and hydrogens.
fn skeleton(bonds: &[(usize, usize)]) -> Graph {
    let mut graph = molecule("C.C.C.C.C.C.C.C.C.C.C.C");
    graph.atoms.truncate(12);
    graph.bonds.clear();
    let mut degrees = [0; 12];
    for &(a, b) in bonds {
        let known = graph
            .bonds
            .iter()
            .any(|bond| bond.a == a.min(b) && bond.b == a.max(b));
        if a != b && !known && degrees[a] < 4 && degrees[b] < 4 {
            degrees[a] += 1;
            degrees[b] += 1;
            graph.bonds.push(Bond {
                a: a.min(b),
                b: a.max(b),
                order: Order::Single,
            });
        }
    }
    for (a, degree) in degrees.into_iter().enumerate() {
        for _ in degree..4 {
            let (b, order) = (graph.atoms.len(), Order::Single);
            graph.bonds.push(Bond { a, b, order });
            graph.atoms.push(Atom {
                element: Element::H,
                ..Atom::default()
            });
        }
    }
    graph
}

#[test]
fn a_long_chain_is_prepared_and_a_dense_graph_is_refused() {
    let chain = prepare(&molecule(&"C".repeat(2000)), &Options::default()).unwrap();
    assert_eq!(chain.torsions, 1997);
    let mut dense = molecule("C");
    dense.atoms = vec![
        Atom {
            element: Element::from_symbol("Fe").unwrap(),
            ..Atom::default()
        };
        60
    ];
    dense.bonds.clear();
    for a in 0..30 {
        for b in 30..60 {
            let order = Order::Single;
            dense.bonds.push(Bond { a, b, order });
        }
    }
    assert_eq!(
        prepare(&dense, &Options::default()),
        Err(Refusal::Rings(841))
    );
}
