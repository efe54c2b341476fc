//! Products of magnitudes of 256 to 2048 bits, each size a kernel of its own with its limbs in registers.

use super::limb_text::LimbText;
use super::numbers::limb_major;
use super::operands::{CONSTANTS, OPERANDS, Pairs, fits, groups};
use super::sample_pairs::Plain;
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{AdapterKind, Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Text of limbs of 12 bits.
pub const LIMB_ROWS: &str = include_str!("../../../shaders/lib/limb_rows.wgsl");
/// Counts of words that there is a kernel for; others take the next one, or `columns` and `carry`.
pub const SIZES: [usize; 4] = [8, 16, 32, 64];

/// The kernel of a family for so many words. The processor's body is the same for all.
macro_rules! of_size {
    ($family:ident, $gpu:expr, $words:expr) => {
        match $words {
            _ if $gpu.adapter().kind == crate::gpu::AdapterKind::Native => Ok($family::<8>::KERNEL),
            8 => Ok($family::<8>::KERNEL),
            16 => Ok($family::<16>::KERNEL),
            32 => Ok($family::<32>::KERNEL),
            64 => Ok($family::<64>::KERNEL),
            words => Err($crate::kernels::bigint::multiply::no_size(words)),
        }
    };
}
pub(super) use of_size;

/// Records products into a buffer of `[2 x words, count]`. The words are one of [`SIZES`], on the processor any. Signs are the host's: minus
/// where one operand is, and the product is not 0.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for another count of words and for buffers that are too short.
pub fn record(gpu: &Gpu, batch: &mut Batch, pairs: Pairs, products: &Buffer<u32>) -> Result<()> {
    fits(products, 2 * pairs.words * pairs.count)?;
    let pipeline = gpu.pipeline(&of_size!(Multiply, gpu, pairs.words)?, &CONSTANTS)?;
    let args = pairs.bind(gpu, pipeline.args(), pairs.operands())?;
    let args = args.with("products", products)?;
    pairs.dispatch(gpu, batch, args)
}

/// How many words numbers of so many words are filled up to on this device: to one of [`SIZES`], on the processor not.
pub fn size(gpu: &Gpu, words: usize) -> usize {
    if gpu.adapter().kind == AdapterKind::Native {
        return words.max(1);
    }
    let size = SIZES.into_iter().find(|size| *size >= words);
    size.unwrap_or(words)
}

/// There is no kernel for so many words.
pub(super) fn no_size(words: usize) -> crate::Error {
    crate::Error::Usage(format!(
        "no kernel for numbers of {words} words: fill them up to one of {SIZES:?}"
    ))
}

/// Which of the kernels of a name is that for so many words.
pub(super) const fn variant(words: usize) -> &'static str {
    match words {
        8 => "base",
        16 => "512 bits",
        32 => "1024 bits",
        _ => "2048 bits",
    }
}

/// The kernel `bigint/multiply` for numbers of so many words.
pub struct Multiply<const WORDS: usize>;

impl<const WORDS: usize> Twin for Multiply<WORDS> {
    const KERNEL: Kernel = Kernel {
        name: "bigint/multiply",
        sources: &[
            OPERANDS,
            LIMB_ROWS,
            LimbText::<WORDS>::TEXT,
            include_str!("../../../shaders/bigint/multiply.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::multiply::multiply),
    };
    const VARIANT: &'static str = variant(WORDS);
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Plain;

    fn sizes() -> &'static [usize] {
        match WORDS {
            8 => &[0, 1, 63, 64, 65, 500],
            _ => &[1, 63, 64, 65],
        }
    }

    fn sample(size: usize, seed: u64) -> Plain {
        let mut sample = Plain::new(&mut Draws::new(seed, size as u32), WORDS, size);
        if size == 1 {
            // The largest sums and carries that there are.
            (sample.left, sample.right) =
                (vec![vec![u32::MAX; WORDS]], vec![vec![u32::MAX; WORDS]]);
        }
        sample
    }

    fn twin(pairs: &Plain) -> Vec<Value> {
        let both = pairs.left.iter().zip(&pairs.right);
        let products: Vec<_> = both.map(|(a, b)| schoolbook::multiply(a, b)).collect();
        let words = limb_major(&products, 2 * WORDS).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(pairs: &Plain) -> Option<Launch> {
        let words = 2 * WORDS * pairs.count;
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(pairs.count, 40));
        let launch = pairs
            .bound(launch)
            .output::<u32>("products", words)
            .values([Values::first("products", Format::U32, words)]);
        Some(launch)
    }
}
