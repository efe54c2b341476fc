//! Which of two signed numbers is the greater one.

use super::operands::{CONSTANTS, OPERANDS, Pairs, fits, groups};
use super::sample_pairs::Signed;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Records comparisons into a buffer of `[count]`: -1 where the left number is less, 0 where they are equal, 1 where it is greater. Signs stand
/// where their numbers do, and none is minus before 0. At most [`MOST_WORDS`](super::operands::MOST_WORDS) words.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    signs: [&Buffer<u32>; 2],
    orders: &Buffer<i32>,
) -> Result<()> {
    fits(orders, pairs.count)?;
    let pipeline = gpu.pipeline(&Compare::KERNEL, &CONSTANTS)?;
    let args = pairs.bind_signed(gpu, pipeline.args(), signs)?;
    let args = args.with("orders", orders)?;
    pairs.dispatch(gpu, batch, args)
}

/// The kernel `bigint/compare`.
pub struct Compare;

impl Twin for Compare {
    const KERNEL: Kernel = Kernel {
        name: "bigint/compare",
        sources: &[
            OPERANDS,
            include_str!("../../../shaders/bigint/compare.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::compare::compare),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Signed;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 5000]
    }

    fn sample(size: usize, seed: u64) -> Signed {
        Signed::sample(size, seed, 2)
    }

    fn twin(pairs: &Signed) -> Vec<Value> {
        let orders = pairs
            .each()
            .map(|[left, right]| schoolbook::compare_signed(left, right));
        exact(orders.map(|order| f64::from(order as i32))).collect()
    }

    fn launch(pairs: &Signed) -> Option<Launch> {
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(pairs.count, 40));
        let launch = pairs
            .bound(launch)
            .output::<i32>("orders", pairs.count)
            .values([Values::first("orders", Format::I32, pairs.count)]);
        Some(launch)
    }
}
