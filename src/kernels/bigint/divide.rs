//! Quotients and remainders of magnitudes, in as many dispatches as a budget of turns asks for.
//!
//! D. E. Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D; N. Moeller and T. Granlund, "Improved division by
//! invariant integers", IEEE Trans. Computers 60 (2011) 165.

use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Operands, Pairs, fits, groups};
use super::sample_pairs::Plain;
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Text of products of words with all their bits.
pub const WIDE_WORDS: &str = include_str!("../../../shaders/lib/wide_words.wgsl");

/// Where results go.
#[derive(Clone, Copy)]
pub struct Quotients<'a> {
    /// Quotients, `[words, count]`.
    pub quotients: &'a Buffer<u32>,
    /// Remainders in the first rows, as many as a divisor has words, of `[words + 1, count]`.
    pub rests: &'a Buffer<u32>,
}

/// Records quotients of the left numbers by the right ones, which have `divisor_words` words, and remainders, in
/// dispatches of at most so many turns ([`TURNS`](super::power::TURNS)). Where a divisor is 0 the quotient is 0 and what
/// stands for the remainder is the dividend. At most [`MOST_WORDS`](super::operands::MOST_WORDS) words.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    divisor_words: usize,
    results: Quotients,
    turns: usize,
) -> Result<()> {
    let Pairs { count, words, .. } = pairs;
    fits(results.quotients, words * count)?;
    fits(results.rests, (words + 1) * count)?;
    pairs.left.check(count, words)?;
    pairs.right.check(count, divisor_words)?;
    let pipeline = gpu.pipeline(&Divide::KERNEL, &CONSTANTS)?;
    let groups = groups(count, gpu.limits().workgroups_per_dimension);
    // A step goes over the divisor once, or twice where the quotient was too large.
    let at_once = (turns / (2 * divisor_words + 2)).max(1);
    for begin in (0..words).step_by(at_once) {
        let operands = Operands {
            right_words: divisor_words as u32,
            begin: begin as u32,
            end: (begin + at_once).min(words) as u32,
            ..pairs.operands()
        };
        let args = pipeline
            .args()
            .with("operands", &gpu.uniform(operands)?)?
            .with("left", pairs.left.words)?
            .with("right", pairs.right.words)?
            .with("quotients", results.quotients)?
            .with("rests", results.rests)?;
        batch.dispatch(args, groups)?;
    }
    Ok(())
}

/// The kernel `bigint/divide`.
pub struct Divide;

/// Divisors that are shorter than the dividends.
pub struct Input {
    pairs: Plain,
    divisor_words: usize,
}

/// Makes the quotient of the upper words of a pair one too large, or its estimate the largest there is.
fn hurt(draws: &mut Draws, dividend: &mut [u32], divisor: &mut [u32], kind: usize) {
    let (words, len) = (dividend.len(), divisor.len());
    if len < 3 || words < len + 2 {
        return;
    }
    divisor[len - 1] |= 1 << 31;
    let upper = divisor[len - 2..].to_vec();
    dividend.fill(0);
    match kind % 2 {
        // A multiple of the divisor's upper words, and its lower words as large as they can be.
        0 => {
            divisor[..len - 2].fill(u32::MAX);
            let multiple = schoolbook::multiply(&upper, &[draws.word() | 1]);
            dividend[words - 4..words - 1].copy_from_slice(&multiple);
        }
        // The divisor's upper words above lower ones that are less.
        _ => {
            divisor[len - 3] |= 1;
            dividend[words - 2..].copy_from_slice(&upper);
        }
    }
}

impl Twin for Divide {
    const KERNEL: Kernel = Kernel {
        name: "bigint/divide",
        sources: &[
            OPERANDS,
            WIDE_WORDS,
            include_str!("../../../shaders/bigint/divide.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::divide::divide),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 2, 63, 64, 65, 1000]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let (words, divisor_words) = match size {
            1 => (1, 1),
            2 => (40, 17),
            63 => (6, 3),
            64 => (5, 1),
            65 => (9, 4),
            _ => (8, 4),
        };
        let mut pairs = Plain::new(draws, words, size);
        pairs.right = draws.others(divisor_words, size);
        for (i, divisor) in pairs.right.iter_mut().enumerate() {
            if i % 9 < 3 {
                hurt(draws, &mut pairs.left[i], divisor, i % 9);
            }
        }
        Input {
            pairs,
            divisor_words,
        }
    }

    fn twin(input: &Input) -> Vec<Value> {
        let (mut quotients, mut rests) = (Vec::new(), Vec::new());
        for (a, b) in input.pairs.left.iter().zip(&input.pairs.right) {
            let (quotient, rest) = schoolbook::divide(a, b);
            quotients.push(quotient);
            rests.push(rest);
        }
        let quotients = limb_major(&quotients, input.pairs.words);
        let rests = limb_major(&rests, input.divisor_words);
        exact(quotients.into_iter().chain(rests).map(f64::from)).collect()
    }

    fn launch(
        Input {
            pairs,
            divisor_words,
        }: &Input,
    ) -> Option<Launch> {
        let (count, words) = (pairs.count, pairs.words);
        let operands = Operands {
            right_words: *divisor_words as u32,
            end: words as u32,
            ..pairs.operands()
        };
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(count, 40))
            .with("operands", &[operands])
            .with("left", &pairs.placed_left())
            .with("right", &pairs.placed_right(*divisor_words))
            .output::<u32>("quotients", words * count)
            .output::<u32>("rests", (words + 1) * count)
            .values([
                Values::first("quotients", Format::U32, words * count),
                Values::first("rests", Format::U32, divisor_words * count),
            ]);
        // One sample goes by way of several dispatches.
        (count != 65).then_some(launch)
    }

    fn run(
        gpu: &Gpu,
        Input {
            pairs,
            divisor_words,
        }: &Input,
    ) -> Result<Vec<f64>> {
        let (count, words) = (pairs.count, pairs.words);
        let quotients = gpu.filled(words * count, u32::MAX)?;
        let mut values = pairs.on_device(gpu, (words + 1) * count, |batch, pairs, rests| {
            let results = Quotients {
                quotients: &quotients,
                rests,
            };
            record(gpu, batch, pairs, *divisor_words, results, 20)
        })?;
        values.truncate(divisor_words * count);
        let mut batch = gpu.batch();
        let words = batch.download(&quotients)?;
        let words = batch.submit()?.read(words)?.into_iter().map(f64::from);
        Ok(words.chain(values).collect())
    }
}
