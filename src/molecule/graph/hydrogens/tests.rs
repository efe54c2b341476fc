//! Geometry of added hydrogens on small molecules.

use super::super::tests::molecule;
use super::*;

/// A molecule with these positions and implied hydrogens, its hydrogens added.
fn filled(
    elements: &str,
    bonds: &[(usize, usize, u8)],
    places: &[[f64; 3]],
    implied: &[u8],
) -> Graph {
    let mut graph = molecule(elements, bonds);
    for (atom, (place, implied)) in graph.atoms.iter_mut().zip(places.iter().zip(implied)) {
        atom.position = DVec3::from_array(*place);
        atom.implicit_hydrogens = *implied;
    }
    let added = add_hydrogens(&mut graph);
    assert_eq!(
        added,
        implied.iter().map(|n| usize::from(*n)).sum::<usize>()
    );
    graph
}

fn angle(graph: &Graph, a: usize, center: usize, b: usize) -> f64 {
    let from = |end: usize| graph.atoms[end].position - graph.atoms[center].position;
    from(a).angle_between(from(b)).to_degrees()
}

/// All angles at `center` between the atoms bonded to it.
fn angles(graph: &Graph, center: usize) -> Vec<f64> {
    let ends: Vec<usize> = graph.neighbours()[center]
        .iter()
        .map(|(end, _)| *end)
        .collect();
    let pairs = ends
        .iter()
        .enumerate()
        .flat_map(|(at, a)| ends[at + 1..].iter().map(move |b| (*a, *b)));
    pairs.map(|(a, b)| angle(graph, a, center, b)).collect()
}

fn all_near(values: &[f64], wanted: f64, off: f64) {
    assert!(
        values.iter().all(|value| (value - wanted).abs() < off),
        "{values:?}"
    );
}

#[test]
fn single_atoms_become_regular() {
    let methane = filled("C", &[], &[[1.0, 2.0, 3.0]], &[4]);
    all_near(&angles(&methane, 0), 109.47, 0.01);
    assert!(
        (methane.atoms[1]
            .position
            .distance(methane.atoms[0].position)
            - 1.09)
            .abs()
            < 1e-9
    );
    let water = filled("O", &[], &[[0.0; 3]], &[2]);
    all_near(&angles(&water, 0), 109.47, 0.01);
}

#[test]
fn ethane_is_staggered() {
    let ethane = filled("CC", &[(0, 1, 1)], &[[0.0; 3], [1.53, 0.0, 0.0]], &[3, 3]);
    all_near(&angles(&ethane, 0), 109.47, 0.01);
    all_near(&angles(&ethane, 1), 109.47, 0.01);
    let propane_like = filled(
        "CCC",
        &[(0, 1, 1), (1, 2, 1)],
        &[[0.0; 3], [1.53, 0.0, 0.0], [2.04, 1.44, 0.0]],
        &[3, 2, 3],
    );
    let closest = |a: usize| {
        let hydrogens = (3..propane_like.atoms.len()).filter(|h| *h != a);
        let place = propane_like.atoms[a].position;
        hydrogens
            .map(|h| place.distance(propane_like.atoms[h].position))
            .fold(f64::MAX, f64::min)
    };
    assert!((3..propane_like.atoms.len()).all(|h| closest(h) > 1.6));
}

#[test]
fn ethene_is_flat_and_ethyne_straight() {
    let ethene = filled("CC", &[(0, 1, 2)], &[[0.0; 3], [1.33, 0.0, 0.0]], &[2, 2]);
    all_near(&angles(&ethene, 0), 120.0, 0.01);
    let ethyne = filled("CC", &[(0, 1, 3)], &[[0.0; 3], [1.2, 0.0, 0.0]], &[1, 1]);
    all_near(&angles(&ethyne, 0), 180.0, 0.01);
}

#[test]
fn an_acid_hydrogen_lies_beside_the_other_oxygen() {
    let acid = filled(
        "COO",
        &[(0, 1, 2), (0, 2, 1)],
        &[[0.0; 3], [1.05, 0.6, 0.0], [-1.15, 0.65, 0.0]],
        &[1, 0, 1],
    );
    assert!(acid.atoms.iter().all(|atom| atom.position.z.abs() < 1e-9));
    assert!(acid.atoms[4].position.distance(acid.atoms[1].position) < 2.5);
    all_near(&angles(&acid, 0), 120.0, 3.0);
}

#[test]
fn an_amide_is_flat_and_an_amine_is_not() {
    let places = [[0.0; 3], [0.7, 1.0, 0.0], [-1.33, 0.0, 0.0]];
    let amide = filled("CON", &[(0, 1, 2), (0, 2, 1)], &places, &[1, 0, 2]);
    assert!(amide.atoms.iter().all(|atom| atom.position.z.abs() < 1e-9));
    let amine = filled("CN", &[(0, 1, 1)], &[[0.0; 3], [1.47, 0.0, 0.0]], &[3, 2]);
    all_near(&angles(&amine, 1), 109.47, 0.01);
}

#[test]
fn rings_and_crowded_atoms() {
    let s = 0.5 * 1.4 * 3.0_f64.sqrt();
    let places = [
        [1.4, 0.0, 0.0],
        [0.7, s, 0.0],
        [-0.7, s, 0.0],
        [-1.4, 0.0, 0.0],
        [-0.7, -s, 0.0],
        [0.7, -s, 0.0],
    ];
    let bonds = [
        (0, 1, 2),
        (1, 2, 1),
        (2, 3, 2),
        (3, 4, 1),
        (4, 5, 2),
        (5, 0, 1),
    ];
    let benzene = filled("CCCCCC", &bonds, &places, &[1; 6]);
    for (carbon, hydrogen) in (0..6).zip(6..) {
        let (c, h) = (
            benzene.atoms[carbon].position,
            benzene.atoms[hydrogen].position,
        );
        assert!((h.length() - c.length() - 1.09).abs() < 1e-9);
    }
    // Three neighbours in one plane with the atom, a straight chain, atoms at one place: all give something finite.
    let flat = filled(
        "CFFF",
        &[(0, 1, 1), (0, 2, 1), (0, 3, 1)],
        &[
            [0.0; 3],
            [1.0, 0.0, 0.0],
            [-0.5, 0.9, 0.0],
            [-0.5, -0.9, 0.0],
        ],
        &[1, 0, 0, 0],
    );
    let straight = filled(
        "CCC",
        &[(0, 1, 1), (1, 2, 1)],
        &[[0.0; 3], [1.5, 0.0, 0.0], [3.0, 0.0, 0.0]],
        &[3, 2, 3],
    );
    let same = filled("CC", &[(0, 1, 1)], &[[0.0; 3]; 2], &[3, 3]);
    for graph in [flat, straight, same] {
        assert!(graph.atoms.iter().all(|atom| atom.position.is_finite()));
        let hydrogens = graph
            .bonds
            .iter()
            .filter(|bond| graph.atoms[bond.b].element == Element::H);
        for bond in hydrogens {
            let length = graph.atoms[bond.a]
                .position
                .distance(graph.atoms[bond.b].position);
            assert!((length - 1.09).abs() < 1e-9);
        }
    }
}

#[test]
fn hydrogens_without_a_place_stay_implied() {
    let mut graph = molecule("S", &[]);
    graph.atoms[0].implicit_hydrogens = 6;
    assert_eq!(add_hydrogens(&mut graph), 4);
    assert_eq!(graph.atoms[0].implicit_hydrogens, 2);
}
