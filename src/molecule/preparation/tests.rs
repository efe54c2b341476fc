//! Each rule of types, charges and torsions on a small molecule, refusals, and graphs that are no molecules.

use super::{Model, Options, model, prepare};
use crate::formats::pdbqt;
use crate::molecule::AtomType;
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::graph::{Atom, Bond, Coordinates, Element, Graph, Order};
use crate::molecule::perception::Perception;
use crate::molecule::refusal::Refusal;
use glam::DVec3;
use proptest::prelude::*;

fn decided(text: &str) -> Model {
    let graph = molecule(text);
    model(
        &graph,
        &Perception::of(&graph).unwrap(),
        &Options::default(),
    )
    .unwrap()
}

/// Types of the atoms that the SMILES names.
fn types(text: &str) -> String {
    let named = crate::formats::smiles::read(text, "test")
        .unwrap()
        .atoms
        .len();
    let types: Vec<&str> = decided(text).types[..named]
        .iter()
        .flatten()
        .copied()
        .collect();
    types.join(" ")
}

fn torsions(text: &str) -> usize {
    decided(text).torsions.torsdof
}

#[test]
fn sulphur_accepts_with_two_single_bonds_outside_of_aromatic_rings() {
    assert_eq!(types("c1ccsc1"), "A A A S A");
    assert_eq!(types("CSC"), "C SA C");
    assert_eq!(types("CC(=S)N"), "C C S N");
    assert_eq!(types("CS(C)=O"), "C S C OA");
}

#[test]
fn nitrogen_accepts_unless_it_shares_its_lone_pair() {
    for (text, expected) in [
        ("c1ccncc1", "A A A NA A A"),
        ("c1cc[nH]c1", "A A A N A"),
        ("Nc1ccccc1", "N A A A A A A"),
        ("CN(C)C", "C NA C C"),
        ("C[NH+](C)C", "C N C C"),
        ("CC(=O)N", "C C OA N"),
        ("NC(=N)C", "N C NA C"),
        ("CS(=O)(=O)N", "C S OA OA NA"),
        ("CC#N", "C C NA"),
        ("CN(C)N=NC", "C N C NA NA C"),
        ("O=[N+]([O-])C", "OA N OA C"),
    ] {
        assert_eq!(types(text), expected, "{text}");
    }
}

#[test]
fn other_elements_keep_their_symbols() {
    assert_eq!(types("OB(O)C(F)(Cl)Br"), "OA B OA C F Cl Br");
    assert_eq!(types("C[Si](C)(C)I"), "C Si C C I");
    assert_eq!(types("CP(C)C"), "C P C C");
}

#[test]
fn hydrogens_of_carbon_are_merged_and_polar_ones_are_not() {
    let thiol = decided("CS");
    let hydrogens: Vec<_> = thiol.types[2..].to_vec();
    assert_eq!(hydrogens, [None, None, None, Some("HD")]);
    assert_eq!(thiol.charges[2..5], [0.0; 3]);
    assert!(thiol.charges.iter().sum::<f64>().abs() < 1e-12);
}

#[test]
fn every_type_is_in_the_parameter_table() {
    for text in [
        "OB(O)C(F)(Cl)Br",
        "C[Si](C)(C)I",
        "CP(C)C",
        "c1ccsc1",
        "CSC",
        "Nc1ccncc1",
    ] {
        for kind in decided(text).types.into_iter().flatten() {
            assert!(AtomType::from_name(kind).is_some(), "{kind}");
        }
    }
}

#[test]
fn charge_is_shared_where_it_is_conjugated_and_kept_in_all() {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let carboxylate = decided("CC(=O)[O-]").charges;
    assert!(close(carboxylate[2], carboxylate[3]));
    assert!(close(carboxylate.iter().sum(), -1.0));
    let amidinium = decided("CC(=[NH2+])N").charges;
    assert!(close(amidinium[2], amidinium[3]));
    assert!(close(amidinium.iter().sum(), 1.0));
    let nitro = decided("C[N+](=O)[O-]").charges;
    assert!(close(nitro[2], nitro[3]));
}

#[test]
fn amides_turn_only_where_their_nitrogen_has_two_different_groups() {
    assert_eq!(torsions("CC(=O)NC"), 0);
    assert_eq!(torsions("CC(=O)N(C)C"), 0);
    assert_eq!(torsions("CC(=O)N(C)CC"), 2);
    assert_eq!(torsions("CC(=S)NCC"), 1);
    let graph = molecule("CC(=O)NC");
    let options = Options {
        flexible_amides: true,
        ..Options::default()
    };
    assert_eq!(prepare(&graph, &options).unwrap().torsions, 1);
}

#[test]
fn mirror_images_on_a_nitrogen_are_different_groups() {
    // The places of the atoms decide which of these the molecule is; here one side is the mirror image of the other.
    let mut graph = molecule("CC(=O)N(C(C)(F)Cl)C(C)(F)Cl");
    let places = [(4, [0.0, 0.0, 0.0]), (8, [9.0, 0.0, 0.0])];
    for (center, place) in places {
        let side = if center == 4 { 1.0 } else { -1.0 };
        graph.atoms[center].position = DVec3::from_array(place);
        for (other, at) in [
            (center + 1, [0.0, 1.0, 1.0]),
            (center + 2, [0.0, -1.0, 1.0]),
            (center + 3, [1.0, 0.0, -1.0]),
        ] {
            let at = DVec3::new(side * at[0] * 0.5 + side, at[1], at[2]);
            graph.atoms[other].position = graph.atoms[center].position + at;
        }
    }
    graph.atoms[3].position = DVec3::new(4.5, 0.0, 0.0);
    let mirrored = prepare(&graph, &Options::default()).unwrap().torsions;
    let (a, b) = (graph.atoms[9].position, graph.atoms[10].position);
    (graph.atoms[9].position, graph.atoms[10].position) = (b, a);
    let same_hand = prepare(&graph, &Options::default()).unwrap().torsions;
    assert_eq!((mirrored, same_hand), (3, 2));
}

#[test]
fn triple_bonds_stand_for_the_bonds_beside_them() {
    assert_eq!(torsions("CC#CC"), 1);
    assert_eq!(torsions("CC#N"), 0);
    assert_eq!(torsions("CCCC#N"), 1);
    assert_eq!(torsions("CCCC#C"), 1);
}

#[test]
fn ends_of_one_atom_do_not_turn_and_polar_hydrogens_do() {
    for (text, expected) in [
        ("C", 0),
        ("CC", 0),
        ("CCO", 1),
        ("CCCl", 0),
        ("CCN", 1),
        ("CCS", 1),
        ("c1ccccc1-c1ccccc1", 1),
        ("C1CCCCCCCCCCC1", 0),
        ("OB(O)c1ccc(F)cc1", 3),
        ("O=[N+]([O-])c1ccccc1", 1),
        ("C[C@H](N)C(=O)N[C@@H](CO)C(=O)N[C@@H](Cc1ccccc1)C(=O)O", 11),
    ] {
        assert_eq!(torsions(text), expected, "{text}");
    }
}

#[test]
fn the_middle_of_the_tree_is_its_root() {
    let tree = decided("OCCCCCCO").torsions.tree;
    let root = &tree.groups[tree.root].atoms;
    assert_eq!(root.len(), 1);
    assert!(root[0] == 3 || root[0] == 4);
}

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
fn bonds_can_be_kept_from_turning() {
    let rigid = |rigid_bonds| Options {
        rigid_bonds,
        ..Options::default()
    };
    let graph = molecule("OCCO");
    assert_eq!(prepare(&graph, &rigid(vec![[2, 1]])).unwrap().torsions, 2);
    let refused = prepare(&graph, &rigid(vec![[0, 3]])).unwrap_err();
    assert!(refused.to_string().contains("atoms 1 and 4"), "{refused}");
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
