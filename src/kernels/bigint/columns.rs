//! Products of magnitudes of any length by columns, before carries: `carry` makes words of them.

use super::divide::WIDE_WORDS;
use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Operands, Pairs, fits, groups};
use super::sample_pairs::Plain;
use super::samples::Draws;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Words of the sums that [`record`] writes.
pub fn sum_words(pairs: &Pairs, right_words: usize) -> usize {
    3 * (pairs.words + right_words) * pairs.count
}

/// Records sums of columns of the products of the left numbers and the right ones, which have `right_words` words, into
/// a buffer of [`sum_words`], in dispatches of at most so many turns ([`TURNS`](super::power::TURNS)).
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    right_words: usize,
    sums: &Buffer<u32>,
    turns: usize,
) -> Result<()> {
    fits(sums, sum_words(&pairs, right_words))?;
    pairs.left.check(pairs.count, pairs.words)?;
    pairs.right.check(pairs.count, right_words)?;
    let pipeline = gpu.pipeline(&Columns::KERNEL, &CONSTANTS)?;
    let invocations = (pairs.words + right_words) * pairs.count;
    let groups = groups(invocations, gpu.limits().workgroups_per_dimension);
    for begin in (0..pairs.words).step_by(turns.max(1)) {
        let operands = Operands {
            right_words: right_words as u32,
            begin: begin as u32,
            end: (begin + turns).min(pairs.words) as u32,
            ..pairs.operands()
        };
        let args = pipeline
            .args()
            .with("operands", &gpu.uniform(operands)?)?
            .with("left", pairs.left.words)?
            .with("right", pairs.right.words)?
            .with("sums", sums)?;
        batch.dispatch(args, groups)?;
    }
    Ok(())
}

/// The kernel `bigint/columns`.
pub struct Columns;

/// Factors of different lengths.
pub struct Input {
    pairs: Plain,
    right_words: usize,
}

/// Sums of products of words, three words each, column by column.
fn columns(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut sums = vec![0_u128; a.len() + b.len()];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            sums[i + j] += u128::from(*x) * u128::from(*y);
        }
    }
    let words = |sum: u128| [sum as u32, (sum >> 32) as u32, (sum >> 64) as u32];
    sums.into_iter().flat_map(words).collect()
}

impl Twin for Columns {
    const KERNEL: Kernel = Kernel {
        name: "bigint/columns",
        sources: &[
            OPERANDS,
            WIDE_WORDS,
            include_str!("../../../shaders/bigint/columns.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::columns::columns),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 2, 3, 63, 64, 65, 300]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let (words, right_words) = match size {
            1 => (1, 1),
            2 => (200, 130),
            3 => (40, 100),
            64 => (3, 7),
            65 => (9, 4),
            _ => (5, 5),
        };
        let mut pairs = Plain::new(draws, words, size);
        pairs.right = draws.others(right_words, size);
        if size == 2 {
            // The largest sums there are.
            pairs.left[0].fill(u32::MAX);
            pairs.right[0].fill(u32::MAX);
        }
        Input { pairs, right_words }
    }

    fn twin(Input { pairs, right_words }: &Input) -> Vec<Value> {
        let both = pairs.left.iter().zip(&pairs.right);
        let sums: Vec<_> = both.map(|(a, b)| columns(a, b)).collect();
        let words = limb_major(&sums, 3 * (pairs.words + right_words)).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(Input { pairs, right_words }: &Input) -> Option<Launch> {
        let (count, words) = (pairs.count, pairs.words);
        let operands = Operands {
            right_words: *right_words as u32,
            end: words as u32,
            ..pairs.operands()
        };
        let columns = (words + right_words) * count;
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(columns, 40))
            .with("operands", &[operands])
            .with("left", &pairs.placed_left())
            .with("right", &pairs.placed_right(*right_words))
            .output::<u32>("sums", 3 * columns)
            .values([Values::first("sums", Format::U32, 3 * columns)]);
        // One sample goes by way of several dispatches.
        (count != 3).then_some(launch)
    }

    fn run(gpu: &Gpu, Input { pairs, right_words }: &Input) -> Result<Vec<f64>> {
        let words = 3 * (pairs.words + right_words) * pairs.count;
        pairs.on_device(gpu, words, |batch, pairs, sums| {
            record(gpu, batch, pairs, *right_words, sums, 1)
        })
    }
}
