//! Each rule of the torsion tree on a small molecule.

use super::{Options, RigidPattern, prepare};
use crate::molecule::from_smiles_tests::molecule;
use crate::molecule::perception::Perception;
use glam::DVec3;

fn torsions(text: &str) -> usize {
    prepare(&molecule(text), &Options::default())
        .unwrap()
        .torsions
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
    let graph = molecule("OCCCCCCO");
    let perception = Perception::of(&graph).unwrap();
    let tree = super::model(&graph, &perception, &Options::default())
        .unwrap()
        .torsions
        .tree;
    let root = &tree.groups[tree.root].atoms;
    assert_eq!(root.len(), 1);
    assert!(root[0] == 3 || root[0] == 4);
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
fn bonds_of_a_pattern_can_be_kept_from_turning() {
    let rigid = |smarts: &str, bond| Options {
        rigid_patterns: vec![RigidPattern {
            pattern: smarts.parse().unwrap(),
            bond,
        }],
        ..Options::default()
    };
    let graph = molecule("OCCCc1ccccc1");
    let torsions = |options| prepare(&graph, &options).map(|prepared| prepared.torsions);
    assert_eq!(torsions(Options::default()), Ok(4));
    assert_eq!(torsions(rigid("cC", [0, 1])), Ok(3));
    assert_eq!(torsions(rigid("C-C", [0, 1])), Ok(2));
    assert_eq!(torsions(rigid("N-C", [0, 1])), Ok(4));
    let refused = torsions(rigid("C-C", [0, 2])).unwrap_err();
    assert!(refused.to_string().contains("atoms 1 and 3"), "{refused}");
}

#[test]
fn large_rings_are_broken_between_two_carbons_where_it_is_asked_for() {
    let broken = |text: &str| {
        let options = Options {
            break_macrocycles: true,
            ..Options::default()
        };
        prepare(&molecule(text), &options).unwrap()
    };
    let ring = broken("C1CCCCCCCCCCC1");
    assert_eq!((ring.atoms, ring.torsions), (14, 0));
    assert_eq!(ring.text.matches(" CG0\n").count(), 2);
    assert_eq!(ring.text.matches(" G0\n").count(), 2);
    for text in ["C1CCCCC1", "O1SOSOSOSO1", "O=c1cccccc1"] {
        assert!(!broken(text).text.contains(" G0\n"), "{text}");
    }
    // A side chain on a ring of nine: what turns outside of the ring counts.
    assert_eq!(broken("OCCC1CCCCCCCC1").torsions, 3);
    // Two rings that share no bond are both broken.
    assert!(broken("C1CCCCCCC1CC1CCCCCCC1").text.contains(" G1\n"));
}
