//! The best poses of chosen individuals, collected for the host.

use super::search_state::{Capacity, Search, WORKGROUP};
use super::synthetic::Draws;
use crate::gpu::Kernel;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};

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
        native: Some(super::native::champion_poses::champion_poses),
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

    fn launch(input: &Input) -> Option<Launch> {
        let numbers = input.champions.len() * input.capacity.pose() as usize;
        let groups = [(numbers as u32).div_ceil(WORKGROUP).max(1), 1, 1];
        let launch = Launch::new(Self::KERNEL, &input.capacity.constants()[1..], groups)
            .with("search", &[input.search])
            .with("state", &input.state)
            .with("champions", &input.champions)
            .output::<f32>("poses", numbers)
            .values([Values::first("poses", Format::F32, numbers)]);
        Some(launch)
    }
}
