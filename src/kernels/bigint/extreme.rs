//! The lesser or the greater of two signed numbers: a level of a tree that finds the least or the greatest of an array.

use super::add::Sums;
use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Pairs, fits, groups};
use super::sample_pairs::Signed;
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Records which numbers are the lesser ones, or with `greater` the greater, into buffers of `[words, count]` and `[count]`.
/// Signs of operands stand where their numbers do, and none is minus before 0. A number may be in several pairs: an odd
/// array is halved with the middle one in both halves. At most [`MOST_WORDS`](super::operands::MOST_WORDS) words.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    [left_signs, right_signs]: [&Buffer<u32>; 2],
    greater: bool,
    results: Sums,
) -> Result<()> {
    fits(results.words, pairs.words * pairs.count)?;
    fits(results.signs, pairs.count)?;
    let pipeline = gpu.pipeline(&Extreme::KERNEL, &constants(greater))?;
    let args = pairs.bind(gpu, pipeline.args(), pairs.operands())?;
    let args = args
        .with("left_signs", left_signs)?
        .with("right_signs", right_signs)?
        .with("results", results.words)?
        .with("signs", results.signs)?;
    let widest = gpu.limits().workgroups_per_dimension;
    batch.dispatch(args, groups(pairs.count, widest))?;
    Ok(())
}

/// What is not set is as the text has it.
fn constants(greater: bool) -> Vec<(&'static str, f64)> {
    let set = greater.then_some(("GREATER", 1.0));
    CONSTANTS.into_iter().chain(set).collect()
}

/// The kernel `bigint/extreme`.
pub struct Extreme;

/// Signed numbers, and whether the greater ones are asked for.
pub struct Input {
    pairs: Signed,
    greater: bool,
}

impl Twin for Extreme {
    const KERNEL: Kernel = Kernel {
        name: "bigint/extreme",
        sources: &[
            OPERANDS,
            include_str!("../../../shaders/bigint/extreme.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::extreme::extreme),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 5000]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let words = match size {
            1 => 1,
            63 => 5,
            64 => 33,
            _ => 2,
        };
        Input {
            pairs: Signed::new(draws, words, size),
            greater: size % 2 == 1,
        }
    }

    fn twin(Input { pairs, greater }: &Input) -> Vec<Value> {
        let chosen = pairs.each().map(|[left, right]| {
            let order = schoolbook::compare_signed(left, right);
            if order.is_lt() == *greater {
                right
            } else {
                left
            }
        });
        let (numbers, signs): (Vec<_>, Vec<_>) =
            chosen.map(|(number, sign)| (number.to_vec(), sign)).unzip();
        let words = limb_major(&numbers, pairs.words);
        exact(words.into_iter().chain(signs).map(f64::from)).collect()
    }

    fn launch(Input { pairs, greater }: &Input) -> Option<Launch> {
        let (count, words) = (pairs.count, pairs.words * pairs.count);
        let launch = Launch::new(Self::KERNEL, &constants(*greater), groups(count, 40));
        let launch = pairs
            .bound(launch)
            .output::<u32>("results", words)
            .output::<u32>("signs", count)
            .values([
                Values::first("results", Format::U32, words),
                Values::first("signs", Format::U32, count),
            ]);
        Some(launch)
    }
}
