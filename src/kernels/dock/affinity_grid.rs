//! Affinity maps on the device: pairs of neighbouring values along x as two halves in one word.

use super::pose_energy::{Maps, last_index};
use crate::Result;
use crate::gpu::{Buffer, Gpu};
use half::f16;
use half::slice::HalfFloatSliceExt;

crate::host_struct!(
/// Geometry of the grid that all maps share; Angstrom, and `last` a little below the last point's index.
Grid {
    origin: [f32; 3],
    inverse_spacing: f32,
    last: [f32; 3],
    maps: u32,
    points: [u32; 3],
    padding: u32,
});

/// Largest magnitude kept: halves end at 65,504, and AutoGrid's own ceiling of 100,000 means no more than "occupied".
const CEILING: f32 = 65_000.0;

/// The maps of one receptor on the device: affinity maps in order, then electrostatics, then desolvation.
pub struct DeviceMaps {
    /// Geometry of the grid, for the kernels' uniform of the same name.
    pub grid: Buffer<Grid>,
    /// One word per grid point and map: the values at x and x + 1.
    pub maps: Buffer<u32>,
}

/// One map as words of two halves; the last word of a row repeats its value.
pub fn pack(map: &[f32], row: usize) -> Vec<u32> {
    let mut halves = vec![f16::ZERO; map.len()];
    let clamped: Vec<f32> = map.iter().map(|v| v.clamp(-CEILING, CEILING)).collect();
    halves.convert_from_f32_slice(&clamped);
    let bits = |i: usize| u32::from(halves[i].to_bits());
    (0..map.len())
        .map(|i| bits(i) | bits(if (i + 1) % row == 0 { i } else { i + 1 }) << 16)
        .collect()
}

/// What the device's halves stand for, as the twin must see them.
pub fn rounded(map: &[f32]) -> Vec<f32> {
    map.iter()
        .map(|v| f16::from_f32(v.clamp(-CEILING, CEILING)).to_f32())
        .collect()
}

/// Geometry and words of all maps of a receptor: what [`DeviceMaps`] hold.
pub fn pack_all(maps: &Maps) -> (Grid, Vec<u32>) {
    let all = maps
        .affinity
        .iter()
        .copied()
        .chain([maps.electrostatic, maps.desolvation]);
    let words = all.flat_map(|map| pack(map, maps.points[0])).collect();
    (geometry(maps), words)
}

fn geometry(maps: &Maps) -> Grid {
    Grid {
        origin: maps.origin.as_vec3().to_array(),
        inverse_spacing: (1.0 / maps.spacing) as f32,
        last: maps.points.map(|n| last_index(n) as f32),
        maps: maps.affinity.len() as u32,
        points: maps.points.map(|n| n as u32),
        padding: 0,
    }
}

impl DeviceMaps {
    /// Uploads the maps of a receptor.
    ///
    /// # Errors
    /// Out of device memory, where the maps exceed what one binding may hold.
    pub fn upload(gpu: &Gpu, maps: &Maps) -> Result<Self> {
        let (grid, words) = pack_all(maps);
        Ok(DeviceMaps {
            grid: gpu.uniform(grid)?,
            maps: gpu.storage(&words)?,
        })
    }
}
