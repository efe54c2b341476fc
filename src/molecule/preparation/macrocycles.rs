//! Where large rings may be broken, so that docking can turn the bonds in them, by Meeko's rules.
//!
//! S. Forli, M. Botta, J. Chem. Inf. Model. 47 (2007) 1481: a bond between two carbons is left out; each of them gets
//! a pseudo atom at the place of the other, and a potential between the two closes the ring again.

use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use std::collections::BTreeSet;

/// Rings of these sizes may be broken; smaller ones are rigid, larger ones are left alone.
const SIZES: std::ops::RangeInclusive<usize> = 7..=33;
/// More bonds than these are not broken: AutoDock has so many pairs of pseudo atoms.
const MOST_BREAKS: usize = 4;
/// Of more choices than these of so many bonds the rest are not tried.
const MOST_CHOICES: usize = 4096;

/// The large rings of a molecule that may be broken, and their bonds.
pub(super) struct Macrocycles<'a> {
    graph: &'a Graph,
    /// Bonds of each ring.
    rings: Vec<&'a [u32]>,
    /// For each bond of the molecule whether it lies in a ring of another size.
    pub(super) rigid: Vec<bool>,
}

impl<'a> Macrocycles<'a> {
    pub(super) fn of(graph: &'a Graph, perception: &'a Perception) -> Self {
        let mut found = Macrocycles {
            graph,
            rings: Vec::new(),
            rigid: vec![false; graph.bonds.len()],
        };
        for ring in &perception.rings.rings {
            if SIZES.contains(&ring.bonds.len()) {
                found.rings.push(&ring.bonds);
            } else {
                for &bond in &ring.bonds {
                    found.rigid[bond as usize] = true;
                }
            }
        }
        found
    }

    /// All choices of as many bonds as can be broken; none where nothing can.
    ///
    /// A bond can be broken where it may turn and joins two atoms of type C, in a ring that no other broken bond is in.
    /// No atom has two broken bonds.
    pub(super) fn choices(&self, turning: &[bool], types: &[Option<&str>]) -> Vec<Vec<u32>> {
        let breakable = |bond: u32| {
            let ends = &self.graph.bonds[bond as usize];
            turning[bond as usize]
                && !self.rigid[bond as usize]
                && types[ends.a] == Some("C")
                && types[ends.b] == Some("C")
        };
        let mut most = BTreeSet::from([Vec::new()]);
        for _ in 0..MOST_BREAKS {
            let mut more = BTreeSet::new();
            for choice in &most {
                for ring in self.unbroken(choice) {
                    for &bond in ring {
                        if breakable(bond)
                            && !self.touches(bond, choice)
                            && more.len() < MOST_CHOICES
                        {
                            let mut longer = choice.clone();
                            longer.push(bond);
                            longer.sort_unstable();
                            more.insert(longer);
                        }
                    }
                }
            }
            if more.is_empty() {
                break;
            }
            most = more;
        }
        most.retain(|choice: &Vec<u32>| !choice.is_empty());
        most.into_iter().collect()
    }

    /// The rings that none of these bonds is in.
    pub(super) fn unbroken(&self, choice: &[u32]) -> impl Iterator<Item = &'a [u32]> {
        let rings = self.rings.iter().copied();
        rings.filter(move |ring| !choice.iter().any(|bond| ring.contains(bond)))
    }

    /// Whether the bond shares an atom with one of the choice.
    fn touches(&self, bond: u32, choice: &[u32]) -> bool {
        let this = &self.graph.bonds[bond as usize];
        choice.iter().any(|&other| {
            let other = &self.graph.bonds[other as usize];
            [other.a, other.b]
                .iter()
                .any(|&end| end == this.a || end == this.b)
        })
    }
}
