//! Philox4x32-10 on host and device: the source of all randomness, keyed by seed, item, run and purpose.
//!
//! Formula: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11,
//! doi:10.1145/2063384.2063405.

use crate::gpu::Kernel;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};

/// Text of the generator, for the kernels that draw numbers.
pub const PHILOX: &str = include_str!("../../../shaders/lib/philox.wgsl");

/// Four random words that depend on nothing but the counter and the key.
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    (0..10).fold(counter, |[a, b, c, d], round: u32| {
        let even = 0xd251_1f53 * u64::from(a);
        let odd = 0xcd9e_8d57 * u64::from(c);
        let [high, low] = key;
        let high = high.wrapping_add(round.wrapping_mul(0x9e37_79b9));
        let low = low.wrapping_add(round.wrapping_mul(0xbb67_ae85));
        [
            (odd >> 32) as u32 ^ b ^ high,
            odd as u32,
            (even >> 32) as u32 ^ d ^ low,
            even as u32,
        ]
    })
}

/// A number strictly between 0 and 1 from the upper 23 bits of a word; exact in f32.
pub fn uniform01(word: u32) -> f64 {
    (f64::from(word >> 9) + 0.5) / 8_388_608.0
}

/// The same in f32.
pub fn uniform01_single(word: u32) -> f32 {
    uniform01(word) as f32
}

/// What the random numbers of an individual are for, in the last word of Philox's counter: to begin anywhere,
pub const FOR_START: u32 = 0;
/// to choose its parents and what it has of each,
pub const FOR_PARENTS: u32 = 1;
/// to mutate,
pub const FOR_MUTATION: u32 = 2;
/// or to step in a local search.
pub const FOR_STEP: u32 = 3;

crate::host_struct!(
    /// Parameters of the kernel.
    Params { first: u32, stream: u32, key_low: u32, key_high: u32 }
);

/// How many counters to draw from where.
pub struct Input {
    params: Params,
    len: usize,
}

/// The kernel `dock/random`: four words and four numbers for each counter.
pub struct Random;

impl Twin for Random {
    const KERNEL: Kernel = Kernel {
        name: "dock/random",
        sources: &[PHILOX, include_str!("../../../shaders/dock/random.wgsl")],
        capacities: &[],
        native: Some(super::native::random::random),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 5000]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let [first, stream, key_low, key_high] = philox([seed as u32, 0, 0, 0], [0, 0]);
        // All ones make every partial product as large as it gets.
        let params = match size {
            1 => Params {
                first: u32::MAX,
                stream: u32::MAX,
                key_low: u32::MAX,
                key_high: u32::MAX,
            },
            // The lowest bit of this counter carries all the way into the high word of its product.
            63 => Params {
                first: 0x0049_2c91,
                stream,
                key_low,
                key_high,
            },
            _ => Params {
                first,
                stream,
                key_low,
                key_high,
            },
        };
        Input { params, len: size }
    }

    fn twin(Input { params, len }: &Input) -> Vec<Value> {
        let drawn: Vec<u32> = (0..*len as u32)
            .map(|i| [params.first.wrapping_add(i), 0, params.stream, 0])
            .flat_map(|counter| philox(counter, [params.key_low, params.key_high]))
            .collect();
        let words = drawn.iter().map(|word| f64::from(*word));
        let numbers = drawn.iter().map(|word| uniform01(*word));
        words.chain(numbers).map(|value| [value, value]).collect()
    }

    fn launch(Input { params, len }: &Input) -> Option<Launch> {
        let groups = [len.div_ceil(64).max(1) as u32, 1, 1];
        let launch = Launch::new(Self::KERNEL, &[("WORKGROUP", 64.0)], groups)
            .with("params", &[*params])
            .output::<[u32; 4]>("words", *len)
            .output::<[f32; 4]>("numbers", *len)
            .values([
                Values::first("words", Format::U32, 4 * len),
                Values::first("numbers", Format::F32, 4 * len),
            ]);
        Some(launch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers that the authors publish with their Random123 library.
    #[test]
    fn known_answers() {
        let zero = [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8];
        assert_eq!(philox([0; 4], [0; 2]), zero);
        let ones = [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd];
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), ones);
    }

    #[test]
    fn numbers_are_inside_the_interval_and_exact_in_f32() {
        for word in [0, 1, 511, 512, u32::MAX / 2, u32::MAX] {
            let number = uniform01(word);
            assert!(number > 0.0 && number < 1.0);
            assert_eq!(f64::from(number as f32), number);
        }
    }
}
