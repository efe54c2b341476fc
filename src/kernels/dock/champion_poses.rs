//! The best poses of chosen individuals, collected for the host.

use super::search_state::{Capacity, Search, WORKGROUP};
use super::synthetic::Draws;
use crate::Result;
use crate::gpu::{Gpu, Kernel};
use crate::twin::{Tolerance, Twin, Value};

/// The kernel `dock/champion_poses`.
pub struct ChampionPoses;

/// Rows of numbers, and who is chosen.
pub struct Input {
    search: Search,
    capacity: Capacity,
    state: Vec<f32>,
    champions: Vec<u32>,
}

impl Twin for ChampionPoses {
    const KERNEL: Kernel = Kernel {
        name: "dock/champion_poses",
        sources: &[
            include_str!("../../../shaders/lib/pose_layout.wgsl"),
            include_str!("../../../shaders/lib/search_layout.wgsl"),
            include_str!("../../../shaders/dock/champion_poses.wgsl"),
        ],
        capacities: &[("FRAGMENTS", 16)],
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        // Numbers written: 9 x 7, 8 x 8, 13 x 5, 22 x 100.
        &[0, 7, 63, 64, 65, 2200]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let (fragments, champions) = match size {
            0 | 7 => (1, size / 7),
            63 => (3, 7),
            64 => (2, 8),
            65 => (7, 5),
            _ => (16, size / 22),
        };
        let capacity = Capacity {
            atoms: 4,
            fragments,
        };
        let search = Search {
            ligands: 2,
            runs: 3,
            population: 5,
            ..bytemuck::Zeroable::zeroed()
        };
        let individuals = 30;
        let cells = individuals * capacity.row() as usize;
        Input {
            search,
            capacity,
            state: (0..cells)
                .map(|_| draws.between(-9.0, 9.0) as f32)
                .collect(),
            champions: (0..champions)
                .map(|_| draws.below(individuals) as u32)
                .collect(),
        }
    }

    fn twin(input: &Input) -> Vec<Value> {
        let pose = input.capacity.pose() as usize;
        let row = input.capacity.row() as usize;
        let mut values = Vec::new();
        for champion in &input.champions {
            for number in 0..pose {
                // The best pose stands behind the current one.
                let at = row * *champion as usize + pose + number;
                let value = f64::from(input.state[at]);
                values.push([value, 0.0]);
            }
        }
        values
    }

    fn gpu(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        let pose = input.capacity.pose() as usize;
        let poses = gpu.filled(input.champions.len() * pose, f32::NAN)?;
        let args = gpu
            .pipeline(&Self::KERNEL, &[input.capacity.constants()[1]])?
            .args()
            .with("search", &gpu.uniform(input.search)?)?
            .with("state", &gpu.storage(&input.state)?)?
            .with("champions", &gpu.storage(&input.champions)?)?
            .with("poses", &poses)?;
        let mut batch = gpu.batch();
        batch.dispatch(args, [(poses.len() as u32).div_ceil(WORKGROUP), 1, 1])?;
        let poses = batch.download(&poses)?;
        let values = batch.submit()?.read(poses)?;
        Ok(values.into_iter().map(f64::from).collect())
    }
}
