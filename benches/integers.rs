//! Nanoseconds a number of the big-integer kernels, from memory: `cargo bench --bench integers -- [DEVICE] [KERNEL]`.
//!
//! Each line is the median of several runs of a batch, with sizes and counts as GMP is measured at.

use std::time::Instant;
use trimaran::gpu::{Batch, Buffer, Gpu};
use trimaran::kernels::bigint::operands::{Numbers, Pairs};
use trimaran::kernels::bigint::samples::Draws;
use trimaran::kernels::bigint::{add, divide, gcd, montgomery, multiply, power};

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

/// Seconds of one batch, waited for by reading a word of its results.
fn seconds(gpu: &Gpu, data: &Data, record: impl Fn(&mut Batch) -> Outcome<()>) -> Outcome<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let mut batch = gpu.batch();
        record(&mut batch)?;
        let word = batch.download_range(&data.results, 0..1)?;
        let begun = Instant::now();
        batch.submit()?.read(word)?;
        times.push(begun.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[RUNS / 2])
}

fn run(gpu: &Gpu, wanted: &str) -> Outcome<()> {
    for size in SIZES {
        let data = Data::new(gpu, size)?;
        let line = |kernel: &str, record: &dyn Fn(&mut Batch) -> Outcome<()>| -> Outcome<()> {
            if kernel.contains(wanted) {
                // Dividends take two operands each.
                let count = data.count / if kernel == "divide" { 2 } else { 1 };
                let nanoseconds = seconds(gpu, &data, record)? / count as f64 * 1e9;
                println!(
                    "{kernel:12} {:6} bits {nanoseconds:12.2} ns a number",
                    32 * data.words
                );
            }
            Ok(())
        };
        let pairs = data.pairs();
        let moduli = Numbers::one(&data.modulus);
        line("add", &|batch| {
            let sums = add::Sums {
                words: &data.results,
                signs: &data.signs,
            };
            let signs = gpu.zeroed(data.count)?;
            add::record(gpu, batch, pairs, [&signs, &signs], false, sums)
        })?;
        line("divide", &|batch| {
            // Two operands in a row are a dividend twice as long.
            let pairs = Pairs {
                count: data.count / 2,
                left: Numbers::all(&data.left, data.count / 2),
                words: 2 * data.words,
                ..pairs
            };
            let results = divide::Quotients {
                quotients: &data.results,
                rests: &data.rests,
            };
            divide::record(gpu, batch, pairs, data.words, results, power::TURNS)
        })?;
        line("gcd", &|batch| {
            let buffers = [&data.rests, &data.results];
            gcd::record(gpu, batch, pairs, buffers, power::TURNS)
        })?;
        line("multiply", &|batch| {
            multiply::record(gpu, batch, pairs, &data.results)
        })?;
        line("montgomery", &|batch| {
            montgomery::record(gpu, batch, pairs, moduli, &data.results)
        })?;
    }
    Ok(())
}

/// Powers with exponents as long as the modulus.
fn powers(gpu: &Gpu, (words, count): (usize, usize)) -> Outcome<()> {
    let data = Data::new(gpu, (words, count))?;
    let powers = power::Powers {
        count,
        words,
        exponent_words: words,
        bases: Numbers::all(&data.left, count),
        exponents: Numbers::all(&data.right, count),
        moduli: Numbers::one(&data.modulus),
        ones: &data.one,
    };
    let state = gpu.storage(&vec![0; powers.state_words()])?;
    let record = |batch: &mut Batch| powers.record(gpu, batch, &state, power::TURNS);
    let nanoseconds = seconds(gpu, &data, record)? / count as f64 * 1e9;
    println!(
        "{:12} {:6} bits {nanoseconds:12.2} ns a number",
        "power",
        32 * words
    );
    Ok(())
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let gpu = Gpu::open(if word(0).is_empty() { "cpu" } else { word(0) })?;
    println!("{}", gpu.adapter().label());
    run(&gpu, word(1))?;
    if "power".contains(word(1)) {
        for size in [(8, 20_000), (32, 1000), (64, 320)] {
            powers(&gpu, size)?;
        }
    }
    Ok(())
}
