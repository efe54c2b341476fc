//! What a pose's energy is worked out from and into: maps, genotypes, terms, gradients.

use glam::{DQuat, DVec3};

/// Affinity maps of one receptor: x runs fastest; kcal/mol, electrostatics per elementary charge.
#[derive(Clone, Debug)]
pub struct Maps<'a> {
    /// Position of point (0, 0, 0), Angstrom.
    pub origin: DVec3,
    /// Distance between points, Angstrom.
    pub spacing: f64,
    /// Points along x, y, z.
    pub points: [usize; 3],
    /// One map per atom type, in the order of `Atom::map`.
    pub affinity: Vec<&'a [f32]>,
    /// Electrostatic potential.
    pub electrostatic: &'a [f32],
    /// Desolvation per |charge|.
    pub desolvation: &'a [f32],
}

/// Translation (Angstrom), orientation and torsion angles (radian, from the input; `angles[0]` belongs to the root and
/// is not used).
#[derive(Clone, Debug, PartialEq)]
pub struct Genotype {
    /// Position of the ligand's centre.
    pub place: DVec3,
    /// Rotation from the input's orientation.
    pub orientation: DQuat,
    /// One angle per fragment.
    pub angles: Vec<f64>,
}

/// Energy by terms, kcal/mol.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// Van der Waals, hydrogen bonds and desolvation, from the maps.
    pub vdw_hb_desolv: f64,
    /// Electrostatics, from the map.
    pub elec: f64,
    /// Penalty of atoms outside the box.
    pub penalty: f64,
    /// Intramolecular.
    pub intra: f64,
    /// Sum of the magnitudes of all terms that were added.
    pub magnitude: f64,
    /// The same of the intramolecular ones alone.
    pub intra_magnitude: f64,
    /// Atoms outside the box.
    pub outside: usize,
}

impl Terms {
    /// Intermolecular energy.
    pub fn inter(&self) -> f64 {
        self.vdw_hb_desolv + self.elec + self.penalty
    }
}

/// Gradient of inter + intra by the genotype.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// kcal/mol/A.
    pub place: DVec3,
    /// By a rotation vector about the ligand's centre, kcal/mol/radian.
    pub turn: DVec3,
    /// kcal/mol/radian; `[0]` is 0.
    pub angles: Vec<f64>,
}

impl Gradient {
    /// Translation, rotation and torsions in a row.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        let rigid = self
            .place
            .to_array()
            .into_iter()
            .chain(self.turn.to_array());
        rigid.chain(self.angles[1..].iter().copied())
    }
}

/// Slope of the energy by an atom's position, kcal/mol/A, and the sum of the magnitudes added to make it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slope {
    /// The slope.
    pub sum: DVec3,
    /// Of each component, what was added without its sign.
    pub magnitude: DVec3,
}

impl Slope {
    pub(super) fn add(&mut self, slope: DVec3, magnitude: DVec3) {
        self.sum += slope;
        self.magnitude += magnitude;
    }
}
