//! AutoGrid maps: `.maps.fld` with its `.map` files, read and written as AutoGrid 4.2 lays them out.

mod field;
mod header;
mod number;
mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::molecule::AtomType;
use glam::DVec3;

/// A regular grid of points around a centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Centre in Angstrom; a grid point lies on it.
    pub center: DVec3,
    /// Distance between points, Angstrom.
    pub spacing: f64,
    /// Points along x, y, z: odd, AutoGrid's `npts` (NELEMENTS) plus one.
    pub points: [usize; 3],
}

impl Grid {
    /// Position of point (0, 0, 0) in Angstrom.
    pub fn origin(&self) -> DVec3 {
        let half = DVec3::from_array(self.points.map(|n| (n - 1) as f64 / 2.0));
        self.center - half * self.spacing
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.points.iter().product()
    }

    /// Whether the grid has no points; it never has, but a `len` wants its companion.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Affinity maps of one receptor, kcal/mol (electrostatics per elementary charge); x runs fastest.
#[derive(Clone, Debug)]
pub struct AffinityMaps {
    /// The grid that all maps share.
    pub grid: Grid,
    /// Receptor file name without its folder and extension.
    pub receptor: String,
    /// Atom type of each map in `affinity`.
    pub types: Vec<AtomType>,
    /// One map of `grid.len()` values per type: vdW + hydrogen bonds + desolvation of the atom's own kind.
    pub affinity: Vec<Vec<f32>>,
    /// Electrostatic potential.
    pub electrostatic: Vec<f32>,
    /// Desolvation per unit of |charge|.
    pub desolvation: Vec<f32>,
}
