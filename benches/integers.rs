//! The big-integer kernels from memory, beside what the device does at most: `cargo bench --bench integers -- [DEVICE] [KERNEL]`.
//!
//! Each line is the best of several runs of a batch, with sizes and counts as GMP is measured at: nanoseconds a number,
//! millions a second, nanoseconds at the device's roofline (products in registers or bytes copied, whichever takes longer),
//! and what part of that rate is reached.

#[path = "integers/roofline.rs"]
mod roofline;
#[path = "integers/work.rs"]
mod work;

use roofline::Roofline;
use std::time::Instant;
use trimaran::gpu::{Batch, Buffer, Gpu};
use trimaran::kernels::bigint::operands::{Numbers, Pairs};
use trimaran::kernels::bigint::samples::Draws;
use trimaran::kernels::bigint::{
    add, carry, columns, compare, divide, extreme, gcd, montgomery, multiply, power,
};

type Outcome<T> = trimaran::Result<T>;

const RUNS: usize = 7;

/// Words of the numbers, and how many numbers.
const SIZES: [(usize, usize); 4] = [(8, 1_000_000), (16, 500_000), (32, 300_000), (64, 100_000)];

/// Operands on the device.
struct Data {
    count: usize,
    words: usize,
    left: Buffer<u32>,
    right: Buffer<u32>,
    modulus: Buffer<u32>,
    /// 2^(32 words) modulo that.
    one: Buffer<u32>,
    signs: Buffer<u32>,
    results: Buffer<u32>,
    rests: Buffer<u32>,
}

impl Data {
    fn new(gpu: &Gpu, (words, count): (usize, usize)) -> Outcome<Self> {
        let draws = &mut Draws::new(1, words as u32);
        // The top words are less than the modulus', so that all are residues.
        let mut operand = || {
            let mut limbs = draws.random(words * count);
            limbs[(words - 1) * count..]
                .iter_mut()
                .for_each(|word| *word >>= 1);
            limbs
        };
        let (left, right) = (gpu.storage(&operand())?, gpu.storage(&operand())?);
        let mut modulus = draws.random(words);
        modulus[0] |= 1;
        modulus[words - 1] |= 1 << 31;
        // Its complement, since its highest bit is set.
        let mut one: Vec<u32> = modulus.iter().map(|word| !word).collect();
        one[0] += 1;
        Ok(Data {
            count,
            words,
            left,
            right,
            modulus: gpu.storage(&modulus)?,
            one: gpu.storage(&one)?,
            signs: gpu.storage(&vec![0; count])?,
            results: gpu.storage(&vec![0; 2 * words * count])?,
            rests: gpu.storage(&vec![0; (2 * words + 4) * count])?,
        })
    }

    fn pairs(&self) -> Pairs<'_> {
        Pairs {
            count: self.count,
            words: self.words,
            left: Numbers::all(&self.left, self.count),
            right: Numbers::all(&self.right, self.count),
        }
    }
}

/// Seconds of one batch at best, waited for by reading a word of its results.
fn seconds(
    gpu: &Gpu,
    results: &Buffer<u32>,
    record: impl Fn(&mut Batch) -> Outcome<()>,
) -> Outcome<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let mut batch = gpu.batch();
        record(&mut batch)?;
        let word = batch.download_range(results, 0..1)?;
        let begun = Instant::now();
        batch.submit()?.read(word)?;
        best = best.min(begun.elapsed().as_secs_f64());
    }
    Ok(best)
}

/// The table, a line at a time.
struct Table<'a> {
    gpu: &'a Gpu,
    roofline: Roofline,
    wanted: &'a str,
}

impl Table<'_> {
    fn head(&self) {
        let Roofline {
            limb_bits,
            limb_products,
            digit_products,
            bytes,
        } = &self.roofline;
        let billions = [limb_products, digit_products, bytes].map(|rate| rate / 1e9);
        let [limbs, digits, bytes] = billions;
        println!("{}", self.gpu.adapter().label());
        println!(
            "at most {limbs:.2} billion products of limbs of {limb_bits} bits a second, {digits:.2} of digits, {bytes:.2} GB"
        );
        println!(
            "{:12} {:>6} {:>12} {:>12} {:>12} {:>9} {:>6}",
            "kernel", "bits", "ns", "million/s", "roofline ns", "by", "part"
        );
    }

    /// Measures `count` numbers of so many words, whose kernel writes these results.
    fn line(
        &self,
        kernel: &str,
        [words, count]: [usize; 2],
        results: &Buffer<u32>,
        record: impl Fn(&mut Batch) -> Outcome<()>,
    ) -> Outcome<()> {
        if !kernel.contains(self.wanted) {
            return Ok(());
        }
        let one = seconds(self.gpu, results, record)? / count as f64;
        let work = work::work(kernel, words, self.roofline.limb_bits);
        let (least, computing) = self
            .roofline
            .seconds(work.instruction, work.products, work.bytes);
        println!(
            "{kernel:12} {:6} {:12.2} {:12.3} {:12.2} {:>9} {:6.2}",
            32 * words,
            one * 1e9,
            1e-6 / one,
            least * 1e9,
            if computing { "products" } else { "bytes" },
            least / one
        );
        Ok(())
    }

    fn kernels(&self, size: (usize, usize)) -> Outcome<()> {
        let (gpu, data) = (self.gpu, Data::new(self.gpu, size)?);
        let (shape, pairs) = ([data.words, data.count], data.pairs());
        let moduli = Numbers::one(&data.modulus);
        let sums = add::Sums {
            words: &data.results,
            signs: &data.signs,
        };
        let signs = gpu.zeroed(data.count)?;
        let signs = [&signs, &signs];
        self.line("add", shape, &data.results, |batch| {
            add::record(gpu, batch, pairs, signs, false, sums)
        })?;
        self.line("extreme", shape, &data.results, |batch| {
            extreme::record(gpu, batch, pairs, signs, true, sums)
        })?;
        let orders = gpu.zeroed::<i32>(data.count)?;
        self.line("compare", shape, &data.results, |batch| {
            compare::record(gpu, batch, pairs, signs, &orders)
        })?;
        self.line("multiply", shape, &data.results, |batch| {
            multiply::record(gpu, batch, pairs, &data.results)
        })?;
        self.line("montgomery", shape, &data.results, |batch| {
            montgomery::record(gpu, batch, pairs, moduli, &data.results)
        })?;
        self.line("gcd", shape, &data.results, |batch| {
            let buffers = [&data.rests, &data.results];
            gcd::record(gpu, batch, pairs, buffers, power::TURNS)
        })?;
        self.divide(&data)?;
        self.by_columns(&data)
    }

    /// Two operands in a row are a dividend twice as long.
    fn divide(&self, data: &Data) -> Outcome<()> {
        let count = data.count / 2;
        let pairs = Pairs {
            count,
            left: Numbers::all(&data.left, count),
            words: 2 * data.words,
            ..data.pairs()
        };
        let results = divide::Quotients {
            quotients: &data.results,
            rests: &data.rests,
        };
        let gpu = self.gpu;
        self.line("divide", [data.words, count], &data.results, |batch| {
            divide::record(gpu, batch, pairs, data.words, results, power::TURNS)
        })
    }

    /// Products of any length, of a quarter of the numbers: their sums are long.
    fn by_columns(&self, data: &Data) -> Outcome<()> {
        let (gpu, words, count) = (self.gpu, data.words, data.count / 4);
        let pairs = Pairs {
            count,
            ..data.pairs()
        };
        let sums = gpu.zeroed(columns::sum_words(&pairs, words))?;
        self.line("columns", [words, count], &sums, |batch| {
            columns::record(gpu, batch, pairs, words, &sums, power::TURNS)
        })?;
        let buffers = [&sums, &data.results];
        self.line("carry", [words, count], &data.results, |batch| {
            carry::record(gpu, batch, [2 * words, count], buffers, power::TURNS)
        })
    }

    /// Powers with exponents as long as the modulus.
    fn powers(&self, (words, count): (usize, usize)) -> Outcome<()> {
        let (gpu, data) = (self.gpu, Data::new(self.gpu, (words, count))?);
        let powers = power::Powers {
            count,
            words,
            exponent_words: words,
            bases: Numbers::all(&data.left, count),
            exponents: Numbers::all(&data.right, count),
            moduli: Numbers::one(&data.modulus),
            ones: &data.one,
        };
        let state = gpu.zeroed(powers.state_words())?;
        self.line("power", [words, count], &state, |batch| {
            powers.record(gpu, batch, &state, power::TURNS)
        })
    }
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let gpu = Gpu::open(if word(0).is_empty() { "cpu" } else { word(0) })?;
    let table = Table {
        gpu: &gpu,
        roofline: Roofline::of(&gpu)?,
        wanted: word(1),
    };
    table.head();
    SIZES.into_iter().try_for_each(|size| table.kernels(size))?;
    let powers = [(8, 20_000), (16, 5000), (32, 1000), (64, 320)];
    powers.into_iter().try_for_each(|size| table.powers(size))
}
