//! Polynomials in several operands modulo an odd n: sums, differences and products one after the other in one pass, so
//! that nothing but the operands and the result goes through memory.
//!
//! Numbers stand one after another here, `words` of each: most arrays lie so already, and an invocation reads whole ones.

use super::limb_text::LimbText;
use super::multiply::{LIMB_ROWS, no_size, variant};
use super::operands::{CONSTANTS, fits, groups};
use super::polynomial_samples::Sample;
use super::steps::{Source, Step};
use crate::gpu::{AdapterKind, Batch, Buffer, Gpu, Kernel};
use crate::kernels::bigint::montgomery::MONTGOMERY;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};
use crate::{Error, Result};

/// Values that a list of steps may keep at a time.
pub const SLOTS: usize = 8;

/// Words of numbers that there is a kernel for.
pub const SIZES: [usize; 2] = [8, 16];

/// Words that the processor takes at most: it needs no registers for all limbs of a number.
const MOST_WORDS: usize = 64;

crate::host_struct!(
    /// Elements, words of a number, and steps.
    Run { count: u32, words: u32, steps: u32 }
);

/// Where an operand's numbers stand: the first one, and how many numbers further that of the next element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first number.
    pub first: u32,
    /// 0 where one number serves for all elements.
    pub step: u32,
}

/// The numbers that steps are done with.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// Elements of the result.
    pub count: usize,
    /// Words of every number.
    pub words: usize,
    /// n and the others.
    pub constants: &'a Buffer<u32>,
    /// The operands' places among the numbers.
    pub places: &'a [Place],
    /// The operands' numbers.
    pub numbers: &'a Buffer<u32>,
    /// A bit for each, 1 where it is below zero; read by the action `Signed` alone.
    pub signs: &'a Buffer<u32>,
}

/// How many words numbers of so many words are filled up to on this device; none where it has no kernel for them.
pub fn size(gpu: &Gpu, words: usize) -> Option<usize> {
    if gpu.adapter().kind == AdapterKind::Native {
        return (words <= MOST_WORDS).then_some(words.max(1));
    }
    SIZES.into_iter().find(|size| *size >= words)
}

/// Records the last step's values into a buffer of `words` for each element.
///
/// # Errors
/// What the device reports; [`Error::Usage`] for a count of words without a kernel, for slots beyond [`SLOTS`] and for
/// buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    steps: &[Step],
    inputs: Inputs,
    results: &Buffer<u32>,
) -> Result<()> {
    inputs.check(steps, results)?;
    let run = Run {
        count: inputs.count as u32,
        words: inputs.words as u32,
        steps: steps.len() as u32,
    };
    let codes: Vec<_> = steps.iter().map(Step::code).collect();
    let places = inputs.places.iter().map(|place| [place.first, place.step]);
    let pipeline = gpu.pipeline(&kernel(gpu, inputs.words)?, &CONSTANTS)?;
    let args = pipeline
        .args()
        .with("run", &gpu.uniform(run)?)?
        .with("steps", &gpu.storage(&codes)?)?
        .with("constants", inputs.constants)?
        .with("places", &gpu.storage(&places.collect::<Vec<_>>())?)?
        .with("numbers", inputs.numbers)?
        .with("signs", inputs.signs)?
        .with("results", results)?;
    let widest = gpu.limits().workgroups_per_dimension;
    batch.dispatch(args, groups(inputs.count, widest))?;
    Ok(())
}

impl Inputs<'_> {
    fn check(&self, steps: &[Step], results: &Buffer<u32>) -> Result<()> {
        let beyond = |source: &Source| match *source {
            Source::Slot(at) => at as usize >= SLOTS,
            Source::Constant(at) => (at as usize + 1) * self.words > self.constants.len(),
            Source::Operand(at) => at as usize >= self.places.len(),
        };
        let wrong = |step: &Step| {
            [step.left, step.right, Source::Slot(step.slot)]
                .iter()
                .any(beyond)
        };
        if steps.iter().any(wrong) {
            return Err(Error::Usage(
                "a step names a value that is not there".into(),
            ));
        }
        for place in self.places {
            let last = self.count.saturating_sub(1) * place.step as usize;
            fits(self.numbers, (place.first as usize + last + 1) * self.words)?;
        }
        fits(results, self.count * self.words)
    }
}

fn kernel(gpu: &Gpu, words: usize) -> Result<Kernel> {
    // The processor's body is the same for all counts of words.
    let native = gpu.adapter().kind == AdapterKind::Native;
    Ok(match words {
        _ if native => Polynomial::<8>::KERNEL,
        8 => Polynomial::<8>::KERNEL,
        16 => Polynomial::<16>::KERNEL,
        _ => return Err(no_size(words)),
    })
}

/// The kernel `bigint/polynomial` for numbers of so many words.
pub struct Polynomial<const WORDS: usize>;

impl<const WORDS: usize> Twin for Polynomial<WORDS> {
    const KERNEL: Kernel = Kernel {
        name: "bigint/polynomial",
        sources: &[
            LIMB_ROWS,
            LimbText::<WORDS>::TEXT,
            MONTGOMERY,
            include_str!("../../../shaders/bigint/polynomial.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::polynomial::polynomial),
    };
    const VARIANT: &'static str = variant(WORDS);
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Sample;

    fn sizes() -> &'static [usize] {
        match WORDS {
            8 => &[0, 1, 63, 64, 65, 300],
            _ => &[1, 63, 64, 65],
        }
    }

    fn sample(size: usize, seed: u64) -> Sample {
        Sample::new(WORDS, size, seed)
    }

    fn twin(sample: &Sample) -> Vec<Value> {
        let words = (0..sample.count).flat_map(|element| sample.value(element));
        exact(words.map(f64::from)).collect()
    }

    fn launch(sample: &Sample) -> Option<Launch> {
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(sample.count, 40));
        let words = WORDS * sample.count;
        let launch = sample
            .bound(launch)
            .output::<u32>("results", words)
            .values([Values::first("results", Format::U32, words)]);
        Some(launch)
    }
}
