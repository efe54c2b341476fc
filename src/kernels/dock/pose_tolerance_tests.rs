//! Tracked poses beside the plain reference, and their bounds beside what every instruction set computes.

use super::TrackedPoses;
use crate::gpu::{AdapterKind, Gpu, adapters};
use crate::kernels::dock::score_poses::ScorePoses;
use crate::twin::{Twin, compare_values};

/// Samples of all sizes but the large one, for several seeds: clashing atoms and walls among them.
#[test]
fn bounds_cover_what_every_instruction_set_computes() {
    let natives = adapters().into_iter();
    let natives = natives.filter(|adapter| adapter.kind == AdapterKind::Native);
    let numbers = natives.map(|adapter| adapter.number.to_string());
    let devices: Vec<Gpu> = numbers.map(|number| Gpu::open(&number).unwrap()).collect();
    assert!(!devices.is_empty());
    for seed in 1..=8 {
        for size in [1, 63, 64, 65] {
            let input = ScorePoses::sample(size, seed);
            let want = ScorePoses::twin(&input);
            let launch = ScorePoses::launch(&input).unwrap();
            for gpu in &devices {
                let found =
                    compare_values(&want, &launch.result(gpu).unwrap(), ScorePoses::TOLERANCE);
                println!("seed {seed}, size {size}: {found}");
                assert_eq!(found.outside, 0, "seed {seed}, size {size}: {found}");
                // Of so many values some come near enough to say that the bound is one of these numbers.
                assert!(
                    size == 1 || found.worst > 0.05,
                    "seed {seed}, size {size}: {found}"
                );
            }
        }
    }
}
