//! Greatest common divisors of magnitudes, in as many dispatches as a budget of turns asks for.
//!
//! D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and modular inversion", TCHES 2019 (3) 340.

use super::divide::WIDE_WORDS;
use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Operands, Pairs, fits, groups};
use super::sample_pairs::Plain;
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Steps of a pass.
const STEPS: usize = 30;

/// Words of the state that [`record`] works in.
pub fn state_words(words: usize, count: usize) -> usize {
    (2 * words + 4) * count
}

/// Records greatest common divisors into a buffer of `[words, count]`; that with 0 is the other number. Works in a state
/// of [`state_words`], in dispatches of at most so many turns ([`TURNS`](super::power::TURNS)). At most
/// [`MOST_WORDS`](super::operands::MOST_WORDS) words.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    [state, divisors]: [&Buffer<u32>; 2],
    turns: usize,
) -> Result<()> {
    fits(state, state_words(pairs.words, pairs.count))?;
    fits(divisors, pairs.words * pairs.count)?;
    let pipeline = gpu.pipeline(&Gcd::KERNEL, &CONSTANTS)?;
    let groups = groups(pairs.count, gpu.limits().workgroups_per_dimension);
    let at_once = (turns / (STEPS + pairs.words + 2)).max(1);
    let passes = passes(pairs.words);
    for begin in (0..passes).step_by(at_once) {
        let operands = Operands {
            begin: begin as u32,
            end: (begin + at_once).min(passes) as u32,
            ..pairs.operands()
        };
        let args = pairs.bind(gpu, pipeline.args(), operands)?;
        let args = args.with("state", state)?.with("divisors", divisors)?;
        batch.dispatch(args, groups)?;
    }
    Ok(())
}

/// Passes after which g is 0: the paper's theorem 11.2 counts the steps.
fn passes(words: usize) -> usize {
    let bits = 32 * words;
    let steps = (49 * bits + if bits < 46 { 80 } else { 57 }) / 17;
    steps.div_ceil(STEPS)
}

/// The kernel `bigint/gcd`.
pub struct Gcd;

impl Twin for Gcd {
    const KERNEL: Kernel = Kernel {
        name: "bigint/gcd",
        sources: &[
            OPERANDS,
            WIDE_WORDS,
            include_str!("../../../shaders/bigint/gcd.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::gcd::gcd),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Plain;

    fn sizes() -> &'static [usize] {
        &[0, 1, 2, 63, 64, 65, 500]
    }

    fn sample(size: usize, seed: u64) -> Plain {
        let draws = &mut Draws::new(seed, size as u32);
        let words = match size {
            1 => 1,
            2 => 33,
            63 => 3,
            64 => 8,
            _ => 4,
        };
        let mut sample = Plain::new(draws, words, size);
        // A common factor in every third pair: of half the words, as are the others.
        let pairs = sample.left.iter_mut().zip(&mut sample.right);
        for (kind, (a, b)) in pairs.enumerate().filter(|(i, _)| i % 3 == 2) {
            let factor = draws.number(words / 2, kind);
            for number in [a, b] {
                let other = draws.number(words - words / 2, kind / 3);
                *number = schoolbook::multiply(&factor, &other);
            }
        }
        sample
    }

    fn twin(pairs: &Plain) -> Vec<Value> {
        let both = pairs.left.iter().zip(&pairs.right);
        let divisors: Vec<_> = both.map(|(a, b)| schoolbook::gcd(a, b)).collect();
        let words = limb_major(&divisors, pairs.words).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(pairs: &Plain) -> Option<Launch> {
        let (count, words) = (pairs.count, pairs.words);
        let operands = Operands {
            end: passes(words) as u32,
            ..pairs.operands()
        };
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(count, 40));
        let launch = pairs
            .bound_with(launch, operands)
            .output::<u32>("state", state_words(words, count))
            .output::<u32>("divisors", words * count)
            .values([Values::first("divisors", Format::U32, words * count)]);
        // One sample goes by way of several dispatches.
        (count != 65).then_some(launch)
    }

    fn run(gpu: &Gpu, pairs: &Plain) -> Result<Vec<f64>> {
        let (count, words) = (pairs.count, pairs.words);
        pairs.on_device(gpu, words * count, |batch, pairs, divisors| {
            let state = gpu.filled(state_words(words, count), u32::MAX)?;
            record(gpu, batch, pairs, [&state, divisors], 100)
        })
    }
}
