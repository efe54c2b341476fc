//! Nanoseconds an element of operations on arrays in memory, by the host's threads and by a device's kernels: what the
//! thresholds of `src/bigint/route.rs` are taken from. `cargo bench --bench bigint_routes -- [DEVICE] [OPERATION]`
//!
//! Routes take turns; each figure is that of the quickest of several runs, from arrays on the host to an array on the host.

use std::time::{Duration, Instant};
use trimaran::bigint::device::Device;
use trimaran::bigint::expression::{Expression, Joined, Names};
use trimaran::bigint::reduction::Tree;
use trimaran::bigint::{Array, Engine, Route, View};
use trimaran::gpu::Gpu;
use trimaran::integers::write_decimal;
use trimaran::kernels::bigint::samples::Draws;

type Outcome<T> = trimaran::Result<T>;

/// Words of the numbers, and how many numbers: few, around where kernels begin to pay, many.
const SIZES: [(usize, usize); 14] = [
    (2, 1 << 8),
    (2, 1 << 10),
    (2, 1 << 12),
    (2, 1 << 16),
    (8, 1 << 8),
    (8, 1 << 10),
    (8, 1 << 12),
    (8, 1 << 16),
    (8, 1_000_000),
    (32, 1 << 10),
    (32, 100_000),
    (64, 1 << 8),
    (64, 1 << 10),
    (64, 100_000),
];

/// Expressions in a and b, residues of an odd m; the last one is a reduction of a.
const EXPRESSIONS: [&str; 14] = [
    "a + b",
    "min(a, b)",
    "a * b",
    "sqr(a)",
    "a // b",
    "a % b",
    "gcd(a, b)",
    "(a + b) % m",
    "a * b % m",
    "powmod(a, b, m)",
    "(a * b + a) % m",
    "(a**5 - 3 * b**2 + 7) % m",
    "a * a + b",
    "(x * y + x + y) % m",
];

/// No more time than this for the runs of one figure, but for the first.
const PATIENCE: Duration = Duration::from_millis(400);

/// Runs at most, of either route.
const RUNS: usize = 20;

/// Powers cost so much more than all else that they are taken of fewer numbers.
const FEWER: usize = 64;

struct Data {
    operands: [Array; 2],
    modulus: String,
}

impl Data {
    fn new((words, count): (usize, usize)) -> Data {
        let draws = &mut Draws::new(1, words as u32);
        let mut modulus = Array::new();
        let mut top = draws.random(words);
        (top[0], top[words - 1]) = (top[0] | 1, top[words - 1] | 1 << 31);
        modulus.push(false, &top);
        // Shorter by a bit, so that all are residues.
        let mut operand = || {
            let mut array = Array::with_capacity(count, words * count);
            for _ in 0..count {
                let mut number = draws.random(words);
                number[words - 1] = number[words - 1] >> 1 | 1;
                array.push(false, &number);
            }
            array
        };
        let operands = [operand(), operand()];
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write_decimal(modulus.get(0), &mut text);
        Data {
            operands,
            modulus: text,
        }
    }

    /// Seconds of one evaluation.
    fn seconds(&self, text: &str, engine: &Engine, count: usize) -> Outcome<f64> {
        let reduction = text.contains('x');
        let mut names = Names::new(if reduction { ["x", "y"] } else { ["a", "b"] });
        names.define(&format!("m={}", self.modulus), engine)?;
        let expression = &Expression::parse(text, &names)?;
        let views: Vec<View> = self.operands.iter().map(|a| a.slice(0..count)).collect();
        let start = Instant::now();
        if reduction {
            let joined = Joined { engine, expression };
            let mut tree = Tree::new();
            tree.push(views[0], &joined)?;
            std::hint::black_box(tree.finish(&joined)?);
        } else {
            std::hint::black_box(expression.evaluate(&views, engine)?);
        }
        Ok(start.elapsed().as_secs_f64())
    }
}

fn main() -> Outcome<()> {
    // `cargo bench` adds an option of its own.
    let mut arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let selector = arguments.next().unwrap_or_else(|| "cpu".into());
    let wanted = arguments.next().unwrap_or_default();
    let device = Device::new(Gpu::open(&selector)?, None);
    let engines = [
        Engine::new(Route::Cpu, None),
        Engine::new(Route::Device, Some(Box::new(device))),
    ];
    println!("| expression | bits | elements | threads, ns | kernels, ns | times |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for size in SIZES {
        let data = Data::new(size);
        for text in EXPRESSIONS.iter().filter(|text| text.contains(&wanted)) {
            let fewer = if text.starts_with("powmod") { FEWER } else { 1 };
            let count = (size.1 / fewer).max(1);
            let mut best = [f64::INFINITY; 2];
            let begin = Instant::now();
            for run in 0..RUNS {
                for (engine, best) in engines.iter().zip(&mut best) {
                    *best = best.min(data.seconds(text, engine, count)?);
                }
                if run > 0 && begin.elapsed() > PATIENCE {
                    break;
                }
            }
            let [threads, kernels] = best.map(|seconds| seconds / count as f64 * 1e9);
            let (bits, times) = (32 * size.0, threads / kernels);
            println!("| `{text}` | {bits} | {count} | {threads:.0} | {kernels:.0} | {times:.2} |");
        }
    }
    Ok(())
}
