//! Synthetic ligands that the docking kernels and their twins are compared on, and the random numbers behind all samples.

use super::random::{philox, uniform01};
use super::topology::{Atom, Fragment, Pair, Topology};
use glam::DVec3;

/// A stream of random numbers.
pub struct Draws {
    seed: u64,
    purpose: u32,
    count: u32,
}

impl Draws {
    /// The stream of a seed and a purpose.
    pub fn new(seed: u64, purpose: u32) -> Self {
        Draws {
            seed,
            purpose,
            count: 0,
        }
    }

    /// Uniform in (0, 1).
    pub fn unit(&mut self) -> f64 {
        self.count += 1;
        let counter = [self.count, self.purpose, 0, 0];
        uniform01(philox(counter, [self.seed as u32, (self.seed >> 32) as u32])[0])
    }

    /// Uniform between two numbers, and one that f32 holds.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        f64::from((low + (high - low) * self.unit()) as f32)
    }

    /// Uniform below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }

    /// Uniform on the unit sphere.
    pub fn direction(&mut self) -> DVec3 {
        let z = self.between(-1.0, 1.0);
        let turn = self.between(0.0, std::f64::consts::TAU);
        let flat = (1.0 - z * z).sqrt();
        DVec3::new(flat * turn.cos(), flat * turn.sin(), z)
    }

    /// Uniform in the box from `-half` to `half`.
    pub fn within(&mut self, half: DVec3) -> DVec3 {
        DVec3::from_array(half.to_array().map(|h| self.between(-h, h)))
    }
}

/// Rounded to what f32 holds.
pub fn single(v: DVec3) -> DVec3 {
    v.as_vec3().as_dvec3()
}

/// What a synthetic ligand is made of.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Atoms; at least one per fragment.
    pub atoms: usize,
    /// Fragments: torsions plus one.
    pub fragments: usize,
    /// Part of the pairs of atoms in different fragments that count.
    pub pairs: f64,
    /// Whether the last atom lies upon the first where all torsions are 0.
    pub clash: bool,
}

/// Affinity maps that atoms of a synthetic ligand use.
pub const AFFINITY_MAPS: usize = 3;
/// Bond length, and how near atoms come to each other as built, Angstrom.
const BOND: f64 = 1.5;
const NEAREST: f64 = 1.3;

impl Recipe {
    /// A ligand: a branched chain that mostly avoids itself, cut into fragments.
    pub fn ligand(self, draws: &mut Draws) -> Topology {
        let mut places: Vec<DVec3> = vec![DVec3::ZERO];
        let mut topology = Topology::default();
        let mut origins: Vec<DVec3> = Vec::new();
        for n in 0..self.fragments {
            let parent = parent_of_next(&topology.fragments, draws);
            let first = n * self.atoms / self.fragments;
            let atoms = first..(n + 1) * self.atoms / self.fragments;
            let mut from = topology
                .fragments
                .get(parent)
                .map_or(0, |parent: &Fragment| parent.atoms.end - 1);
            let bonded_to = places[from];
            for a in atoms.clone().skip(usize::from(n == 0)) {
                let clashing = self.clash && a + 1 == self.atoms;
                places.push(match clashing {
                    true => places[0] + DVec3::new(0.03, -0.02, 0.04),
                    false => next_place(&places, from, draws),
                });
                from = a;
            }
            origins.push(places[first]);
            let axis = (places[first] - bonded_to).normalize_or(DVec3::X);
            topology.fragments.push(Fragment {
                parent,
                origin: single(places[first] - origins[parent]).to_array(),
                axis: single(axis).to_array(),
                atoms: atoms.clone(),
            });
            topology.atoms.extend(atoms.map(|a| Atom {
                local: single(places[a] - places[first]).to_array(),
                charge: draws.between(-0.6, 0.6),
                map: (a % AFFINITY_MAPS) as u32,
            }));
        }
        self.join(&mut topology, draws);
        topology
    }

    fn join(self, topology: &mut Topology, draws: &mut Draws) {
        let fragment = |a: usize| topology.fragments.iter().position(|f| f.atoms.contains(&a));
        for j in 0..self.atoms {
            for i in 0..j {
                let clashing = self.clash && (i, j) == (0, self.atoms - 1);
                if fragment(i) != fragment(j) && (clashing || draws.unit() < self.pairs) {
                    topology.pairs.push(pair([i, j], draws));
                }
            }
        }
    }
}

/// The last fragment or one of its ancestors: descendants stand behind their fragment.
fn parent_of_next(fragments: &[Fragment], draws: &mut Draws) -> usize {
    let last = fragments.len().saturating_sub(1);
    let up = draws.below(4);
    let parent = |n: usize| fragments.get(n).map_or(0, |fragment| fragment.parent);
    (0..up).fold(last, |n, _| parent(n))
}

/// A place bonded to atom `from`, not too near to the others where one is found.
fn next_place(places: &[DVec3], from: usize, draws: &mut Draws) -> DVec3 {
    let mut place = DVec3::ZERO;
    for _ in 0..40 {
        place = places[from] + BOND * draws.direction();
        if places.iter().all(|p| p.distance(place) > NEAREST) {
            break;
        }
    }
    place
}

/// A pair with a well of AutoDock4's depths and distances; one in four a hydrogen bond.
fn pair(atoms: [usize; 2], draws: &mut Draws) -> Pair {
    let hydrogen_bond = draws.unit() < 0.25;
    let (optimum, depth) = match hydrogen_bond {
        true => (draws.between(1.9, 2.5), draws.between(0.1, 0.6)),
        false => (draws.between(2.0, 4.5), draws.between(0.002, 0.1)),
    };
    let (repulsion, attraction, power) = match hydrogen_bond {
        true => (5.0, 6.0, 10),
        false => (1.0, 2.0, 6),
    };
    let rounded = |v: f64| f64::from(v as f32);
    Pair {
        atoms,
        repulsion: rounded(depth * repulsion * optimum.powi(12)),
        attraction: rounded(depth * attraction * optimum.powi(power)),
        optimum,
        hydrogen_bond,
        charges: draws.between(-8.0, 8.0),
        desolvation: draws.between(-0.2, 0.2),
    }
}
