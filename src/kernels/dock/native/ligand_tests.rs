//! What is packed and unpacked is the same ligand.

use super::*;
use crate::kernels::dock::family::Family;
use crate::kernels::dock::synthetic::{Draws, Recipe};
use crate::kernels::dock::topology::pack;

const RECIPE: Recipe = Recipe {
    atoms: 29,
    fragments: 6,
    pairs: 0.6,
    clash: false,
};

#[test]
fn what_was_packed_comes_out_again() {
    let topology = RECIPE.ligand(&mut Draws::new(4, 0));
    let mut words = vec![[7; 4]; 3];
    let header = pack(&topology, Family::Invocation, &mut words);
    let found = UnpackedLigand::new(&header, &words);
    assert_eq!(found.genes(), topology.genes());
    assert_eq!(found.atoms.len(), topology.atoms.len());
    for (a, b) in found.atoms.iter().zip(&topology.atoms) {
        assert_eq!(a.local.map(f64::from), b.local);
        assert_eq!((f64::from(a.charge), a.map), (b.charge, b.map));
    }
    for (a, b) in found.fragments.iter().zip(&topology.fragments) {
        assert_eq!((a.parent, &a.atoms), (b.parent, &b.atoms));
        assert_eq!(
            [a.origin, a.axis].map(|v| v.map(f64::from)),
            [b.origin, b.axis]
        );
    }
    let mut pairs = topology.pairs.clone();
    pairs.sort_by_key(|pair| pair.atoms);
    assert_eq!(found.pairs.len(), pairs.len());
    for (a, b) in found.pairs.iter().zip(&pairs) {
        let k = &a.coefficients;
        let attraction = [k.attraction_6, k.attraction_10].map(f64::from);
        let want = [f64::from(!b.hydrogen_bond), f64::from(b.hydrogen_bond)];
        assert_eq!(attraction, want.map(|is| is * b.attraction));
        assert_eq!(a.atoms, b.atoms);
        let others = [k.repulsion, k.optimum, k.charges, k.desolvation];
        let want = [b.repulsion, b.optimum, b.charges, b.desolvation];
        assert_eq!(others.map(f64::from), want);
    }
}

#[test]
fn what_is_cut_off_is_left_out() {
    let topology = RECIPE.ligand(&mut Draws::new(4, 0));
    let mut words = Vec::new();
    let header = pack(&topology, Family::Invocation, &mut words);
    for len in 0..words.len() {
        let found = UnpackedLigand::new(&header, &words[..len]);
        let inside = |pair: &Pair| pair.atoms.iter().all(|&a| a < found.atoms.len());
        assert!(found.pairs.iter().all(inside) && found.pairs.len() <= topology.pairs.len());
    }
}
