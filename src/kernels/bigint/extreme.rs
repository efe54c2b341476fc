//! The lesser or the greater of two signed numbers: a level of a tree that finds the least or the greatest of an array.

use super::add::Sums;
use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Pairs, fits, groups};
use super::sample_pairs::Signed;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Launch, Tolerance, Twin, Value, exact};

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
    signs: [&Buffer<u32>; 2],
    greater: bool,
    results: Sums,
) -> Result<()> {
    fits(results.words, pairs.words * pairs.count)?;
    fits(results.signs, pairs.count)?;
    let pipeline = gpu.pipeline(&Extreme::KERNEL, &constants(greater))?;
    let args = pairs.bind_signed(gpu, pipeline.args(), signs)?;
    let args = args
        .with("results", results.words)?
        .with("signs", results.signs)?;
    pairs.dispatch(gpu, batch, args)
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
        Input {
            pairs: Signed::sample(size, seed, 2),
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
        Some(pairs.launched(launch, ["results", "signs"], words))
    }
}
