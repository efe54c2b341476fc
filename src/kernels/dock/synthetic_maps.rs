//! Synthetic affinity maps, and poses in them, that the docking kernels and their twins are compared on.

use super::affinity_grid::rounded;
use super::pose_energy::{Genotype, Maps};
use super::synthetic::{AFFINITY_MAPS, Draws, single};
use super::topology::Topology;
use glam::{DQuat, DVec3};

/// Maps of their own values, as the device holds them.
#[derive(Clone, Debug)]
pub struct OwnedMaps {
    /// Position of point (0, 0, 0), Angstrom.
    pub origin: DVec3,
    /// Points along x, y, z.
    pub points: [usize; 3],
    /// Affinity maps, electrostatics, desolvation.
    pub values: Vec<Vec<f32>>,
}

/// Angstrom between points.
pub const SPACING: f64 = 0.375;

/// Points of the maps that many samples share.
pub const SHARED_POINTS: [usize; 3] = [41, 36, 45];

impl OwnedMaps {
    /// The same smooth maps for every sample of a seed, so that all of them together stay small where they are stored.
    pub fn shared(seed: u64) -> Self {
        Self::sample(SHARED_POINTS, false, &mut Draws::new(seed, 0))
    }

    /// Smooth random maps; with `walls`, affinities rise to 100,000 kcal/mol in some places, as inside a receptor.
    pub fn sample(points: [usize; 3], walls: bool, draws: &mut Draws) -> Self {
        let scales = [2.0, 1.0, 0.5, 8.0, 0.3];
        let values = scales.iter().enumerate().map(|(map, scale)| {
            let steep = walls && map < AFFINITY_MAPS;
            smooth_map(points, *scale, if steep { 12 } else { 0 }, draws)
        });
        OwnedMaps {
            origin: DVec3::new(-3.5, 11.25, 20.0),
            points,
            values: values.collect(),
        }
    }

    /// The maps for what takes borrowed ones.
    pub fn maps(&self) -> Maps<'_> {
        Maps {
            origin: self.origin,
            spacing: SPACING,
            points: self.points,
            affinity: self.values[..AFFINITY_MAPS]
                .iter()
                .map(|map| &**map)
                .collect(),
            electrostatic: &self.values[AFFINITY_MAPS],
            desolvation: &self.values[AFFINITY_MAPS + 1],
        }
    }

    /// The same maps in the precision of the device.
    pub fn rounded(&self) -> Self {
        OwnedMaps {
            values: self.values.iter().map(|map| rounded(map)).collect(),
            ..*self
        }
    }

    fn half_extent(&self) -> DVec3 {
        DVec3::from_array(self.points.map(|n| (n - 1) as f64)) * (0.5 * SPACING)
    }

    /// A pose of a ligand: `far` times half the box from its middle at most.
    pub fn pose(&self, topology: &Topology, far: f64, draws: &mut Draws) -> Genotype {
        let half = self.half_extent();
        let turn = DQuat::from_scaled_axis(draws.direction() * draws.between(0.0, 3.1));
        let turn = turn.to_array().map(|c| f64::from(c as f32));
        Genotype {
            place: single(self.origin + half + draws.within(far * half)),
            orientation: DQuat::from_array(turn),
            angles: (0..topology.fragments.len())
                .map(|n| {
                    if n == 0 {
                        0.0
                    } else {
                        draws.between(-3.2, 3.2)
                    }
                })
                .collect(),
        }
    }
}

/// A sum of waves, and walls of this number of spheres.
fn smooth_map(points: [usize; 3], scale: f64, spheres: usize, draws: &mut Draws) -> Vec<f32> {
    let extent = DVec3::from_array(points.map(|n| n as f64));
    let waves: Vec<_> = (0..4)
        .map(|_| {
            (
                draws.direction() * draws.between(0.1, 0.5),
                draws.between(0.0, 6.0),
            )
        })
        .collect();
    let spheres: Vec<_> = (0..spheres)
        .map(|_| {
            (
                extent * 0.5 + draws.within(extent * 0.5),
                draws.between(1.0, 4.0),
            )
        })
        .collect();
    let [nx, ny, _] = points;
    let value = |i: usize| {
        let at = DVec3::new(
            (i % nx) as f64,
            (i / nx % ny) as f64,
            (i / (nx * ny)) as f64,
        );
        let waves = waves
            .iter()
            .map(|(k, phase)| (k.dot(at) + phase).cos())
            .sum::<f64>();
        // Two grid steps from nothing to the ceiling of AutoGrid, beyond what halves hold.
        let wall = |(middle, radius): &(DVec3, f64)| (radius + 2.0 - at.distance(*middle)) / 2.0;
        let walls = spheres
            .iter()
            .map(|s| wall(s).clamp(0.0, 1.0) * 1e5)
            .fold(0.0, f64::max);
        // Devices may flush halves below the smallest normal one, 6.1e-5.
        let value = (scale * waves + walls).min(1e5);
        if value.abs() < 1e-4 {
            0.0
        } else {
            value as f32
        }
    };
    (0..points.iter().product()).map(value).collect()
}
