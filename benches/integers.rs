//! Nanoseconds a number of the big-integer kernels, from memory: `cargo bench --bench integers -- [DEVICE] [KERNEL]`.
//!
//! Each line is the median of several runs of a batch, with sizes and counts as GMP is measured at.

use std::time::Instant;
use trimaran::gpu::{Batch, Buffer, Gpu};
use trimaran::kernels::bigint::operands::{Numbers, Pairs};
use trimaran::kernels::bigint::samples::Draws;
use trimaran::kernels::bigint::{add, montgomery, multiply};

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
    signs: Buffer<u32>,
    results: Buffer<u32>,
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
        Ok(Data {
            count,
            words,
            left,
            right,
            modulus: gpu.storage(&modulus)?,
            signs: gpu.storage(&vec![0; count])?,
            results: gpu.storage(&vec![0; 2 * words * count])?,
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
                let nanoseconds = seconds(gpu, &data, record)? / data.count as f64 * 1e9;
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
        line("multiply", &|batch| {
            multiply::record(gpu, batch, pairs, &data.results)
        })?;
        line("montgomery", &|batch| {
            montgomery::record(gpu, batch, pairs, moduli, &data.results)
        })?;
    }
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
    run(&gpu, word(1))
}
