//! Products of residues in Montgomery's form: a b / 2^(32 words) mod n.
//!
//! P. L. Montgomery, "Modular multiplication without trial division", Math. Comp. 44 (1985) 519.

use super::limb_text::LimbText;
use super::multiply::{LIMB_ROWS, of_size, variant};
use super::numbers::limb_major;
use super::operands::{CONSTANTS, Numbers, OPERANDS, Operands, Pairs, fits, groups};
use super::sample_pairs::{Plain, Residues};
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Text of the product.
pub const MONTGOMERY: &str = include_str!("../../../shaders/lib/montgomery.wgsl");

/// Records products a b / 2^(32 words) mod n into a buffer of `[words, count]`. The moduli are odd, a and b less than theirs; one modulus may serve for all
/// ([`Numbers::one`]). The words are one of [`SIZES`](super::multiply::SIZES), on the processor any. With R = 2^(32 words), a product by R^2 mod n
/// brings a residue to Montgomery's form, one by 1 brings it back.
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for another count of words and for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    pairs: Pairs,
    moduli: Numbers,
    products: &Buffer<u32>,
) -> Result<()> {
    fits(products, pairs.words * pairs.count)?;
    moduli.check(pairs.count, pairs.words)?;
    let pipeline = gpu.pipeline(&of_size!(Montgomery, gpu, pairs.words)?, &CONSTANTS)?;
    let args = pairs.bind(gpu, pipeline.args(), with_moduli(pairs.operands(), moduli))?;
    let args = args
        .with("moduli", moduli.words)?
        .with("products", products)?;
    pairs.dispatch(gpu, batch, args)
}

/// The parameters of a kernel with moduli, which begin with their buffer.
pub(super) fn with_moduli(operands: Operands, moduli: Numbers) -> Operands {
    Operands {
        modulus_stride: moduli.stride as u32,
        modulus_step: moduli.step as u32,
        ..operands
    }
}

/// The kernel `bigint/montgomery` for numbers of so many words.
pub struct Montgomery<const WORDS: usize>;

impl<const WORDS: usize> Twin for Montgomery<WORDS> {
    const KERNEL: Kernel = Kernel {
        name: "bigint/montgomery",
        sources: &[
            OPERANDS,
            LIMB_ROWS,
            LimbText::<WORDS>::TEXT,
            MONTGOMERY,
            include_str!("../../../shaders/bigint/montgomery.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::montgomery::montgomery),
    };
    const VARIANT: &'static str = variant(WORDS);
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Residues;

    fn sizes() -> &'static [usize] {
        match WORDS {
            8 => &[0, 1, 63, 64, 65, 300],
            _ => &[1, 63, 64, 65],
        }
    }

    fn sample(size: usize, seed: u64) -> Residues {
        let draws = &mut Draws::new(seed, size as u32);
        let mut sample = Residues::new(draws, WORDS, size);
        if size == 1 {
            // The largest modulus and the largest residues: the most that sums and carries come to.
            let largest = vec![u32::MAX; WORDS];
            let below = schoolbook::subtract(&largest, &[1]);
            sample.moduli = vec![largest];
            (sample.pairs.left, sample.pairs.right) = (vec![below.clone()], vec![below]);
        }
        sample
    }

    /// Euclid's way: x 2^(32 words) = a b mod n, by as many halvings mod n as that power has.
    fn twin(Residues { pairs, moduli, .. }: &Residues) -> Vec<Value> {
        let product = |i: usize| {
            let n = &moduli[i % moduli.len()];
            let product = schoolbook::multiply(&pairs.left[i], &pairs.right[i]);
            let residue = schoolbook::divide(&product, n).1;
            schoolbook::halved(residue, n, 32 * WORDS)
        };
        let products: Vec<_> = (0..pairs.count).map(product).collect();
        let words = limb_major(&products, WORDS).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(sample: &Residues) -> Option<Launch> {
        let Plain { count, .. } = sample.pairs;
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(count, 40));
        let launch = sample
            .bound(launch)
            .output::<u32>("products", WORDS * count)
            .values([Values::first("products", Format::U32, WORDS * count)]);
        Some(launch)
    }
}
