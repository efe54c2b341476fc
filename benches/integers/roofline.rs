//! What a device does at most: products in registers, and bytes copied from memory to memory.

use super::{Outcome, seconds};
use std::hint::black_box;
use trimaran::gpu::{AdapterKind, Call, Gpu, Kernel};
use trimaran::kernels::bigint::operands::groups;
use trimaran::lanes::{Body, Instructions, Limbs};

/// Products one after another in each chain, less than a software device's limit of turns.
const TURNS: usize = 20_000;
/// Work for every core, and for a GPU's many.
const GROUPS: usize = 1024;
/// As large as a binding may be by WebGPU's default limits.
const COPIED_BYTES: usize = 1 << 27;
/// Words that a thread copies at a time.
const STRIP: usize = 1 << 14;
/// Chains that do not wait for one another; the compiler is not to see that they are alike.
const CHAINS: usize = 12;

/// The instruction that a kernel's products are made with.
#[derive(Clone, Copy, PartialEq)]
pub enum Instruction {
    /// Of limbs in lanes.
    Limbs,
    /// Of two numbers of 64 bits on the processor; elsewhere the same as of limbs.
    Digits,
}

/// The most of a device.
pub struct Roofline {
    /// Bits of the limbs that its kernels multiply.
    pub limb_bits: usize,
    /// Products of limbs a second, or of their halves.
    pub limb_products: f64,
    /// Products of digits a second.
    pub digit_products: f64,
    /// Bytes a second, read and written.
    pub bytes: f64,
}

/// Products in registers, by limbs.
const LIMBS: Kernel = Kernel {
    name: "bench/products",
    sources: &[include_str!("products.wgsl")],
    capacities: &[],
    native: Some(limb_products),
};

/// The same by digits of 64 bits on the processor. A device knows kernels by their names.
const DIGITS: Kernel = Kernel {
    name: "digits/products",
    native: Some(digit_products),
    ..LIMBS
};

/// A copy.
const COPY: Kernel = Kernel {
    name: "bench/copied",
    sources: &[include_str!("copied.wgsl")],
    capacities: &[],
    native: Some(copy),
};

impl Roofline {
    /// Measures it.
    pub fn of(gpu: &Gpu) -> Outcome<Self> {
        let (limb_products, limb_bits) = rate(gpu, &LIMBS)?;
        let (digit_products, _) = rate(gpu, &DIGITS)?;
        let from = gpu.filled(COPIED_BYTES / 4, 1_u32)?;
        let to = gpu.zeroed::<u32>(COPIED_BYTES / 4)?;
        let pipeline = gpu.pipeline(&COPY, &[])?;
        let groups = groups(COPIED_BYTES / 4, gpu.limits().workgroups_per_dimension);
        let copied = seconds(gpu, &to, |batch| {
            let args = pipeline.args().with("words", &from)?.with("copies", &to)?;
            batch.dispatch(args, groups).map(|_| ())
        })?;
        Ok(Roofline {
            limb_bits,
            limb_products,
            digit_products,
            bytes: 2.0 * COPIED_BYTES as f64 / copied,
        })
    }

    /// Seconds that so many products and bytes take at least, and whether products decide.
    pub fn seconds(&self, instruction: Instruction, products: f64, bytes: f64) -> (f64, bool) {
        let rate = match instruction {
            Instruction::Limbs => self.limb_products,
            Instruction::Digits => self.digit_products,
        };
        let (computing, moving) = (products / rate, bytes / self.bytes);
        (computing.max(moving), computing > moving)
    }
}

/// Products a second, and the bits of limbs.
fn rate(gpu: &Gpu, kernel: &Kernel) -> Outcome<(f64, usize)> {
    let native = gpu.adapter().kind == AdapterKind::Native;
    // A processor's group is one thread's, a GPU's that of 64 invocations.
    let groups = if native { GROUPS / 16 } else { GROUPS };
    let sums = gpu.zeroed::<u32>(64 * groups)?;
    let counts = gpu.zeroed::<u32>(2 * groups)?;
    let pipeline = gpu.pipeline(kernel, &[("TURNS", TURNS as f64)])?;
    let best = seconds(gpu, &sums, |batch| {
        let args = pipeline.args().with("sums", &sums)?;
        batch.dispatch(args.with("counts", &counts)?, [groups as u32, 1, 1])?;
        Ok(())
    })?;
    let mut batch = gpu.batch();
    let counts = batch.download(&counts)?;
    let counts = batch.submit()?.read(counts)?;
    let a_turn: f64 = counts
        .iter()
        .step_by(2)
        .map(|count| f64::from(*count))
        .sum();
    Ok((a_turn * TURNS as f64 / best, counts[1] as usize))
}

fn copy(call: &Call) -> Outcome<()> {
    let words = call.read::<u32>("words")?;
    call.for_each_strip(
        ["copies"],
        [words.len(), STRIP],
        |first, count, [mut copies]| {
            let row = copies.row(0);
            row.copy_from_slice(&words[first..first + count]);
        },
    )
}

fn limb_products(call: &Call) -> Outcome<()> {
    let counts = call.cells("counts")?;
    call.for_each_group(|[group, ..]| {
        let [products, bits] = call.level().run(LimbChains);
        counts.store(2 * group as usize, products);
        counts.store(2 * group as usize + 1, bits);
    });
    Ok(())
}

/// Chains of products of limbs; how many products a turn has, and the bits of a limb.
struct LimbChains;

impl Body for LimbChains {
    type Output = [u32; 2];

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) -> [u32; 2] {
        let factor = Limbs::<S>::splat(simd, black_box(0x000a_bcde_f123_4567) & Limbs::<S>::MASK);
        let mut chains = black_box([factor; CHAINS]);
        for _ in 0..TURNS {
            for chain in &mut chains {
                *chain = factor.add_low(*chain, factor);
            }
        }
        black_box(chains);
        [(CHAINS * Limbs::<S>::COUNT) as u32, Limbs::<S>::BITS]
    }
}

fn digit_products(call: &Call) -> Outcome<()> {
    let counts = call.cells("counts")?;
    call.for_each_group(|[group, ..]| {
        let factor = black_box(0x0123_4567_89ab_cdef_u64);
        let mut chains = black_box([factor; CHAINS]);
        for _ in 0..TURNS {
            for chain in &mut chains {
                let product = u128::from(*chain) * u128::from(factor);
                *chain = product as u64 ^ (product >> 64) as u64;
            }
        }
        black_box(chains);
        counts.store(2 * group as usize, CHAINS as u32);
        counts.store(2 * group as usize + 1, 64_u32);
    });
    Ok(())
}
