//! What the map kernels share: the grid and the receptor's atoms on a lattice of 0.001 Angstrom.

use std::ops::Range;

/// WGSL that the map kernels share.
pub const MAP_POINTS: &str = include_str!("../../../shaders/lib/map_points.wgsl");

/// Beyond this van der Waals, hydrogen bonds and desolvation are nought, in 0.001 Angstrom.
pub const CUTOFF: i32 = 8000;
/// Points along x, y, z of the block that shares one list of near atoms.
pub const BLOCK: [u32; 3] = [8, 4, 4];

crate::host_struct!(
    /// The grid, or a slab of it: its first layer of points is `first_z`.
    Grid { points: [u32; 3], spacing: i32, first_z: u32, pad_a: u32, pad_b: u32, pad_c: u32 }
);

impl Grid {
    /// A whole grid; `spacing` in 0.001 Angstrom.
    pub fn new(points: [u32; 3], spacing: i32) -> Self {
        Grid {
            points,
            spacing,
            first_z: 0,
            pad_a: 0,
            pad_b: 0,
            pad_c: 0,
        }
    }

    /// The slab that begins with this layer of blocks.
    pub fn slab(self, first_layer: u32) -> Self {
        let first_z = first_layer * BLOCK[2];
        Grid { first_z, ..self }
    }

    /// Blocks along x, y, z.
    pub fn blocks(&self) -> [u32; 3] {
        std::array::from_fn(|axis| self.points[axis].div_ceil(BLOCK[axis]))
    }

    /// Points of these layers of blocks.
    pub fn points_of(&self, layers: &Range<u32>) -> usize {
        let last = (layers.end * BLOCK[2]).min(self.points[2]);
        let depth = last - layers.start * BLOCK[2];
        self.points[0] as usize * self.points[1] as usize * depth as usize
    }

    /// Workgroups for these layers of blocks.
    pub fn groups(&self, layers: &Range<u32>) -> [u32; 3] {
        let [x, y, _] = self.blocks();
        [x, y, layers.end - layers.start]
    }

    /// Positions of the points of these layers in 0.001 Angstrom, x fastest.
    pub fn positions(&self, layers: &Range<u32>) -> impl Iterator<Item = [i32; 3]> + use<> {
        let ([nx, ny, nz], spacing) = (self.points, self.spacing);
        let z = layers.start * BLOCK[2]..(layers.end * BLOCK[2]).min(nz);
        z.flat_map(move |z| {
            (0..ny).flat_map(move |y| {
                (0..nx).map(move |x| [x, y, z].map(|index| index as i32 * spacing))
            })
        })
    }
}

/// How an atom of the receptor binds hydrogen. Axes are unit vectors, or nought where the atom has no bond.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Bonding {
    /// Not at all.
    None,
    /// Donor hydrogen of no direction (HS).
    SphericalDonor,
    /// Donor hydrogen (HD): axis from its heavy atom; the cosine's power is 2 on nitrogen, 4 on oxygen and sulphur.
    Donor { axis: [f32; 3], power: u32 },
    /// Acceptor of no direction (NS, OS).
    SphericalAcceptor,
    /// Acceptor with one lone pair (NA) along the axis.
    OneLobe { axis: [f32; 3] },
    /// Acceptor with two lone pairs (OA, SA): axis between them, normal of their plane, at right angles. Where the
    /// receptor does not show the plane, the normal is nought; where it shows no bond, the axis too.
    TwoLobes { axis: [f32; 3], normal: [f32; 3] },
}

impl Bonding {
    /// Whether this is a donor hydrogen.
    pub fn is_donor(self) -> bool {
        matches!(self, Bonding::SphericalDonor | Bonding::Donor { .. })
    }

    /// Whether this is an acceptor.
    pub fn is_acceptor(self) -> bool {
        !self.is_donor() && self != Bonding::None
    }

    /// Acceptors, others, donors: the order in which the kernels read them.
    pub(super) fn rank(self) -> u32 {
        match self {
            Bonding::None => 1,
            donor if donor.is_donor() => 2,
            _ => 0,
        }
    }
}

/// One atom of the receptor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// 0.001 Angstrom from the grid's first point.
    pub position: [i32; 3],
    /// Elementary charges.
    pub charge: f32,
    /// Number of its atom type among the receptor's types.
    pub kind: u32,
    /// Its part in hydrogen bonds.
    pub bonding: Bonding,
}

/// Sizes of the map kernels' samples: points along x.
pub(super) const SAMPLE_SIZES: &[usize] = &[1, 7, 8, 10, 17];

/// A sample's grid: y and z come from x, so that blocks are full, short by one and just begun, and differ in number;
/// one size is spaced so that points lie just beside the nodes of the coarse lattice.
pub(super) fn sample_grid(size: usize) -> Grid {
    let n = size as u32;
    let z = if size > 16 { n - 2 } else { n + 2 };
    let spacing = if size == 10 { 1501 } else { 375 };
    Grid::new([n, (n / 2).max(1), z], spacing)
}

/// The layers of blocks to compare: in the largest sample not from the first on.
pub(super) fn sample_layers(grid: &Grid) -> Range<u32> {
    let all = grid.blocks()[2];
    all / 4..all
}

/// Cube of sites and a small grid for the kernels' samples: all roles, several kinds, some sites on grid points.
pub(super) fn sample_sites(count: usize, kinds: u32, seed: u64) -> Vec<Site> {
    let number = |i: usize, k: u32| {
        let word = super::random::philox([i as u32, k, 0, 0], [seed as u32, 7])[0];
        super::random::uniform01(word)
    };
    let vector = |i: usize, k: u32| {
        let v: [f64; 3] = std::array::from_fn(|axis| number(i, k + axis as u32) - 0.5);
        let length = v.iter().map(|c| c * c).sum::<f64>().sqrt();
        match i {
            // Along an axis of the grid.
            3 | 15 => [0.0, 0.0, 1.0],
            _ => v.map(|c| (c / length) as f32),
        }
    };
    (0..count)
        .map(|i| Site {
            // Every seventh stands on a grid point of the samples.
            position: std::array::from_fn(|axis| match (i, axis) {
                // At the cut-off from the first point, and one step of the lattice beyond.
                (1 | 5 | 6, 0) => CUTOFF,
                (1 | 5 | 6, _) => i32::from((i, axis) == (6, 1)),
                // So is the first acceptor, nearer than any donor to a block that is not the last one.
                (2, _) => [CUTOFF / 5 * 4, 0, CUTOFF / 5 * 3][axis],
                // Two donors at the same distance from some points, and one that points across to others.
                (8 | 15 | 22, 0) => [1000, 1500, -1000][i / 7 - 1],
                (8 | 22, _) => [400, 2900][axis - 1],
                (15, _) => [375, 3000][axis - 1],
                _ => {
                    let at = (number(i, axis as u32) * 16_000.0) as i32 - 4000;
                    if i % 7 == 3 { at / 375 * 375 } else { at }
                }
            }),
            charge: (number(i, 3) - 0.5) as f32,
            kind: i as u32 % kinds,
            bonding: match i as u32 % kinds {
                0 => Bonding::SphericalDonor,
                1 => Bonding::Donor {
                    axis: vector(i, 4),
                    power: 2 + 2 * (i as u32 / kinds % 2),
                },
                2 => Bonding::SphericalAcceptor,
                3 => Bonding::OneLobe { axis: vector(i, 4) },
                // A plane, none, and no bond either.
                4 => match i as u32 / kinds % 3 {
                    0 => two_lobes(vector(i, 4), vector(i, 8)),
                    1 => two_lobes(vector(i, 4), [0.0; 3]),
                    _ => two_lobes([0.0; 3], [0.0; 3]),
                },
                _ => Bonding::None,
            },
        })
        .collect()
}

fn two_lobes(axis: [f32; 3], other: [f32; 3]) -> Bonding {
    let normal = glam::Vec3::from(axis)
        .cross(other.into())
        .normalize_or_zero();
    let normal = normal.to_array();
    Bonding::TwoLobes { axis, normal }
}

/// Whole bins of 0.01 Angstrom in the distance between two positions, where it is not beyond the cut-off.
pub fn near_bin(site: [i32; 3], point: [i32; 3]) -> Option<u32> {
    let squared = squared(site, point);
    (squared <= i64::from(CUTOFF).pow(2)).then(|| squared.isqrt() as u32 / 10)
}

/// Whether the distance is exactly a whole number of bins: where AutoGrid's rounding in f64 decides which.
pub fn is_on_edge(site: [i32; 3], point: [i32; 3]) -> bool {
    let squared = squared(site, point);
    let root = squared.isqrt();
    root * root == squared && root % 10 == 0
}

/// Squared distance, 0.000001 square Angstrom.
pub fn squared(site: [i32; 3], point: [i32; 3]) -> i64 {
    let square = |axis: usize| i64::from(site[axis] - point[axis]).pow(2);
    square(0) + square(1) + square(2)
}
