//! Energy and gradient of poses, one a lane: builds coordinates from the genes, scores them, and pulls the gradient back
//! onto the genes.

use super::ad4_pairs::pair_energy;
use super::affinity_grid::atom_affinity;
use super::ligand::UnpackedLigand;
use super::quaternion::Quaternion;
use super::vector::Vector;
use crate::kernels::dock::affinity_grid::Grid;
use crate::lanes::{Instructions, Lanes, Reads};

/// What a pose's energy is worked out in, for one ligand after the other; a thread makes it once.
pub struct Workspace<R> {
    /// Gradient by translation (kcal/mol/A), rotation vector and torsions (kcal/mol/radian).
    pub gradient: Vec<R>,
    atoms: Vec<AtomState<R>>,
    fragments: Vec<FragmentState<R>>,
    zero: R,
}

/// An atom's place and the energy's slope there.
#[derive(Clone, Copy)]
struct AtomState<R> {
    position: Vector<R>,
    slope: Vector<R>,
}

/// A fragment's frame, and what pulls at it.
#[derive(Clone, Copy)]
struct FragmentState<R> {
    turn: Quaternion<R>,
    origin: Vector<R>,
    axis: Vector<R>,
    force: Vector<R>,
    torque: Vector<R>,
}

impl<R: Reads> Workspace<R> {
    /// Room for no ligand yet; it grows to the largest one it meets. `zero` is 0 as the kind of number to work with.
    pub fn new(zero: R) -> Self {
        Workspace {
            gradient: Vec::new(),
            atoms: Vec::new(),
            fragments: Vec::new(),
            zero,
        }
    }

    /// Sizes for this ligand.
    fn fit(&mut self, ligand: &UnpackedLigand) {
        let zero = Vector::new([self.zero; 3]);
        let atom = AtomState {
            position: zero,
            slope: zero,
        };
        let fragment = FragmentState {
            turn: Quaternion {
                v: zero,
                w: self.zero,
            },
            origin: zero,
            axis: zero,
            force: zero,
            torque: zero,
        };
        self.atoms.resize(ligand.atoms.len(), atom);
        self.fragments.resize(ligand.fragments.len(), fragment);
        self.gradient.resize(ligand.genes() - 1, self.zero);
    }

    /// The frame of fragment n, from its parent's.
    #[inline(always)]
    fn place_fragment(&mut self, ligand: &UnpackedLigand, genes: &[R], n: usize) {
        let zero = Vector::new([self.zero; 3]);
        let fragment = &ligand.fragments[n];
        let mut state = self.fragments[fragment.parent];
        if n == 0 {
            let turn = Quaternion {
                v: Vector::new([genes[3], genes[4], genes[5]]),
                w: genes[6],
            };
            state.turn = turn.normalize();
            state.origin = Vector::new([genes[0], genes[1], genes[2]]);
        } else {
            let constant = |v: [f32; 3]| Vector::like(self.zero, v);
            state.axis = state.turn.rotate(constant(fragment.axis));
            state.origin += state.turn.rotate(constant(fragment.origin));
            // A length that is not quite 1 would grow from fragment to fragment, and lengthen the bonds.
            let turn = Quaternion::about_axis(state.axis, genes[6 + n]);
            state.turn = turn.compose(state.turn).normalize();
        }
        (state.force, state.torque) = (zero, zero);
        self.fragments[n] = state;
    }

    /// Positions, map energies and their slopes, fragment by fragment (parents come first).
    #[inline(always)]
    fn intermolecular(
        &mut self,
        ligand: &UnpackedLigand,
        grid: &Grid,
        maps: &[u32],
        genes: &[R],
    ) -> R {
        let mut energy = self.zero;
        for (n, fragment) in ligand.fragments.iter().enumerate() {
            self.place_fragment(ligand, genes, n);
            let FragmentState { turn, origin, .. } = self.fragments[n];
            let states = &mut self.atoms[fragment.atoms.clone()];
            for (atom, state) in ligand.atoms[fragment.atoms.clone()].iter().zip(states) {
                let position = origin + turn.rotate(Vector::like(energy, atom.local));
                let (value, slope) = atom_affinity(grid, maps, position, atom.charge, atom.map);
                *state = AtomState { position, slope };
                energy += value;
            }
        }
        energy
    }

    /// All pairs; the first atom stays in registers while the second one changes.
    #[inline(always)]
    fn intramolecular<const GRADIENT: bool>(&mut self, ligand: &UnpackedLigand) -> R {
        let mut energy = self.zero;
        let atoms = &mut self.atoms[..];
        for row in ligand.pairs.chunk_by(|a, b| a.atoms[0] == b.atoms[0]) {
            let i = row[0].atoms[0];
            let AtomState {
                position,
                mut slope,
            } = atoms[i];
            for pair in row {
                let other = &mut atoms[pair.atoms[1]];
                let d = position - other.position;
                let (value, by) = pair_energy(d.dot(d), &pair.coefficients);
                energy += value;
                if GRADIENT {
                    slope = d.mul_add(by, slope);
                    other.slope = d.mul_add(-by, other.slope);
                }
            }
            atoms[i].slope = slope;
        }
        energy
    }

    /// Slopes on atoms -> gradient of the genotype, children before parents: force and torque move up the tree.
    #[inline(always)]
    fn pull_back(&mut self, ligand: &UnpackedLigand) {
        for (n, fragment) in ligand.fragments.iter().enumerate().rev() {
            let FragmentState {
                origin,
                axis,
                mut force,
                mut torque,
                ..
            } = self.fragments[n];
            for atom in &self.atoms[fragment.atoms.clone()] {
                force += atom.slope;
                torque += (atom.position - origin).cross(atom.slope);
            }
            if n == 0 {
                self.gradient[..3].copy_from_slice(&force.to_array());
                self.gradient[3..6].copy_from_slice(&torque.to_array());
            } else {
                self.gradient[5 + n] = torque.dot(axis);
                let parent = &mut self.fragments[fragment.parent];
                parent.force += force;
                parent.torque += torque + (origin - parent.origin).cross(force);
            }
        }
    }

    /// (inter, intra) of the pose with these genes, kcal/mol; leaves its gradient behind where asked for.
    #[inline(always)]
    pub fn energy<const GRADIENT: bool>(
        &mut self,
        ligand: &UnpackedLigand,
        grid: &Grid,
        maps: &[u32],
        genes: &[R],
    ) -> (R, R) {
        self.fit(ligand);
        let inter = self.intermolecular(ligand, grid, maps, genes);
        let intra = self.intramolecular::<GRADIENT>(ligand);
        if GRADIENT {
            self.pull_back(ligand);
        }
        (inter, intra)
    }
}

/// (inter, intra) of the poses with these genes, kcal/mol; leaves their gradient in `work` where asked for.
///
/// `genes` holds translation 3, quaternion 4 and an angle per torsion. It is compiled once for each instruction set, and
/// callers call it.
#[inline(never)]
pub fn pose_energy<S: Instructions, const GRADIENT: bool>(
    simd: S,
    ligand: &UnpackedLigand,
    grid: &Grid,
    maps: &[u32],
    genes: &[Lanes<S>],
    work: &mut Workspace<Lanes<S>>,
) -> (Lanes<S>, Lanes<S>) {
    simd.vectorize(
        #[inline(always)]
        || work.energy::<GRADIENT>(ligand, grid, maps, genes),
    )
}

#[cfg(test)]
#[path = "pose_energy_tests.rs"]
mod tests;
