//! A binding site: affinity maps on the host for reports, and on the device for the search.

use crate::Result;
use crate::formats::maps::AffinityMaps;
use crate::gpu::Gpu;
use crate::kernels::dock::affinity_grid::DeviceMaps;
use crate::kernels::dock::pose_energy::Maps;

/// Affinity maps in both places.
pub struct Site {
    /// The maps as they were made or read.
    pub maps: AffinityMaps,
    pub(super) device: DeviceMaps,
}

/// The host's view of maps that the f64 reference reads.
pub fn reference_maps(maps: &AffinityMaps) -> Maps<'_> {
    Maps {
        origin: maps.grid.origin(),
        spacing: maps.grid.spacing,
        points: maps.grid.points,
        affinity: maps.affinity.iter().map(Vec::as_slice).collect(),
        electrostatic: &maps.electrostatic,
        desolvation: &maps.desolvation,
    }
}

impl Site {
    /// Uploads the maps.
    ///
    /// # Errors
    /// Out of device memory.
    pub fn new(gpu: &Gpu, maps: AffinityMaps) -> Result<Self> {
        let device = DeviceMaps::upload(gpu, &reference_maps(&maps))?;
        Ok(Site { maps, device })
    }
}
