//! Sums and differences of signed numbers.

use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Pairs, fits, groups};
use super::sample_pairs::Signed;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Launch, Tolerance, Twin, Value, exact};

/// Numbers with signs, 0 for plus and 1 for minus; never a minus before 0.
#[derive(Clone, Copy)]
pub struct Sums<'a> {
    /// Magnitudes, limb-major: one word more than the operands have.
    pub words: &'a Buffer<u32>,
    /// A sign of each.
    pub signs: &'a Buffer<u32>,
}

/// Records sums of numbers, or with `subtract` differences, into buffers of `[words + 1, count]` and `[count]`. Signs of
/// operands stand where their numbers do: that of number i at [first + i x step]. At most
/// [`MOST_WORDS`](super::operands::MOST_WORDS) words.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    signs: [&Buffer<u32>; 2],
    subtract: bool,
    sums: Sums,
) -> Result<()> {
    fits(sums.words, (pairs.words + 1) * pairs.count)?;
    fits(sums.signs, pairs.count)?;
    let pipeline = gpu.pipeline(&Add::KERNEL, &constants(subtract))?;
    let args = pairs.bind_signed(gpu, pipeline.args(), signs)?;
    let args = args.with("sums", sums.words)?.with("signs", sums.signs)?;
    pairs.dispatch(gpu, batch, args)
}

/// What is not set is as the text has it.
fn constants(subtract: bool) -> Vec<(&'static str, f64)> {
    let set = subtract.then_some(("SUBTRACT", 1.0));
    CONSTANTS.into_iter().chain(set).collect()
}

/// The kernel `bigint/add`.
pub struct Add;

/// Signed numbers, and whether they are subtracted.
pub struct Input {
    pairs: Signed,
    subtract: bool,
}

impl Twin for Add {
    const KERNEL: Kernel = Kernel {
        name: "bigint/add",
        sources: &[OPERANDS, include_str!("../../../shaders/bigint/add.wgsl")],
        capacities: &[],
        native: Some(super::native::add::add),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 5000]
    }

    fn sample(size: usize, seed: u64) -> Input {
        Input {
            pairs: Signed::sample(size, seed, 8),
            subtract: size % 2 == 1,
        }
    }

    fn twin(Input { pairs, subtract }: &Input) -> Vec<Value> {
        let (mut sums, mut signs) = (Vec::new(), Vec::new());
        for [(a, minus), (b, other)] in pairs.each() {
            let (sum, sign) = match minus ^ other ^ u32::from(*subtract) {
                0 => (schoolbook::add(a, b), minus),
                _ if schoolbook::compare(a, b).is_ge() => (schoolbook::subtract(a, b), minus),
                _ => (schoolbook::subtract(b, a), minus ^ 1),
            };
            let none = schoolbook::trimmed(&sum).is_empty();
            signs.push(if none { 0 } else { sign });
            sums.push(sum);
        }
        let words = limb_major(&sums, pairs.words + 1);
        let values = words.into_iter().chain(signs);
        exact(values.map(f64::from)).collect()
    }

    fn launch(Input { pairs, subtract }: &Input) -> Option<Launch> {
        let count = pairs.count;
        let sums = (pairs.words + 1) * count;
        let groups = groups(count, 40);
        let launch = Launch::new(Self::KERNEL, &constants(*subtract), groups);
        Some(pairs.launched(launch, ["sums", "signs"], sums))
    }
}
