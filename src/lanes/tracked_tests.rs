//! Bounds beside the errors that every level makes: each operation, and random chains of them.

use super::*;
use crate::lanes::tests::ROUNDING;
use crate::lanes::{Body, Instructions, Lanes, Reads, Real, levels};

/// Numbers of f32 spread over some binades, of both signs; the same for the same seed.
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    fn number(&mut self) -> f32 {
        let unit = self.next() as f32 / 2f32.powi(31) - 0.5;
        unit * 2f32.powi((self.next() % 6) as i32)
    }

    pub(crate) fn numbers(&mut self) -> Vec<f32> {
        (0..INPUTS).map(|_| self.number()).collect()
    }
}

const INPUTS: usize = 12;

/// What takes numbers of any kind to one.
pub(crate) trait Formula: Copy {
    fn of<R: Real>(self, numbers: &[R]) -> R;
}

/// The formula by the first lane of every level, for each row of numbers.
struct Lane<'a, F>(F, &'a [Vec<f32>]);

impl<F: Formula> Body for Lane<'_, F> {
    type Output = Vec<f32>;
    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) -> Vec<f32> {
        let of = |row: &Vec<f32>| {
            let row: Vec<_> = row.iter().map(|&x| Lanes::splat(simd, x)).collect();
            self.0.of(&row).as_slice()[0]
        };
        self.1.iter().map(of).collect()
    }
}

/// How far the same computation in f32 may be off.
fn bound(result: Tracked) -> f64 {
    result.tape.bounds(&[result])[0] * ROUNDING
}

/// Errors of all levels in bounds, the least first.
pub(crate) fn in_bounds(formula: impl Formula, rows: &[Vec<f32>]) -> Vec<f64> {
    let want: Vec<[f64; 2]> = rows
        .iter()
        .map(|row| {
            let tape = Tape::default();
            let row: Vec<_> = row.iter().map(|&x| tape.exact(x.into())).collect();
            let found = formula.of(&row);
            [found.value(), bound(found)]
        })
        .collect();
    let mut ratios = Vec::new();
    for level in levels() {
        let got = level.run(Lane(formula, rows));
        for (&[want, bound], got) in want.iter().zip(got) {
            let error = (f64::from(got) - want).abs();
            ratios.push(error / (bound + f64::from(f32::MIN_POSITIVE)));
        }
    }
    ratios.sort_by(f64::total_cmp);
    ratios
}

/// One operation of two numbers, by its number.
#[derive(Clone, Copy)]
struct Operation(u32);

const OPERATIONS: u32 = 18;

fn operate<R: Real>(operation: u32, x: R, y: R) -> R {
    match operation {
        0 => x + y,
        1 => x - y,
        2 => x * y,
        3 => x / (y.abs() + 0.5),
        4 => -x,
        5 => x.mul_add(y, y),
        6 => x.min(y),
        7 => x.max(y),
        8 => (x.abs() + 0.25).sqrt(),
        9 => (x.abs() + 0.25).inverse(),
        10 => (x.abs() + 0.25).inverse_sqrt(),
        11 => x.clamp(y.like(-6.0), y.like(6.0)).exp2(),
        12 => x.sine_cosine().0,
        13 => x.sine_cosine().1,
        14 => R::select(x.less(y), x * 0.7, y - 0.1),
        15 => x + 0.3,
        16 => x.clamp(x.like(-1.5), x.like(1.5)),
        _ => x.like(1.7) - x,
    }
}

impl Formula for Operation {
    #[inline(always)]
    fn of<R: Real>(self, numbers: &[R]) -> R {
        operate(self.0, numbers[0], numbers[1])
    }
}

#[test]
fn bounds_of_single_operations_hold_and_are_met() {
    let mut draws = Draws(1);
    let rows: Vec<_> = (0..2000).map(|_| draws.numbers()).collect();
    for operation in 0..OPERATIONS {
        let ratios = in_bounds(Operation(operation), &rows);
        let worst = ratios[ratios.len() - 1];
        println!("operation {operation}: worst {worst:.2}");
        assert!(worst <= 1.0, "operation {operation}: {worst}");
        let is_exact = [4, 6, 7, 16].contains(&operation);
        assert!(is_exact || worst > 0.2, "operation {operation}: {worst}");
    }
}

/// Twelve operations, each of two of the numbers that there are by then.
#[derive(Clone, Copy)]
struct Chain(u64);

impl Formula for Chain {
    #[inline(always)]
    fn of<R: Real>(self, numbers: &[R]) -> R {
        let mut draws = Draws(self.0);
        let mut numbers = numbers.to_vec();
        for _ in 0..12 {
            let mut pick = || numbers[draws.next() as usize % numbers.len()];
            let (x, y) = (pick(), pick());
            let found = operate(draws.next() % OPERATIONS, x, y);
            // Sine and cosine are promised for some hundred turns.
            let limit = found.like(200.0);
            numbers.push(found.clamp(-limit, limit));
        }
        numbers[numbers.len() - 1]
    }
}

#[test]
fn bounds_of_random_formulas_hold_and_are_not_far() {
    let mut all = Vec::new();
    for seed in 0..1500 {
        let mut draws = Draws(seed);
        let rows: Vec<_> = (0..4).map(|_| draws.numbers()).collect();
        let ratios = in_bounds(Chain(seed), &rows);
        let worst = ratios[ratios.len() - 1];
        assert!(worst <= 1.0, "formula {seed}: {worst}");
        all.extend(ratios.into_iter().filter(|&ratio| ratio > 0.0));
    }
    all.sort_by(f64::total_cmp);
    let middle = all[all.len() / 2];
    println!("middle {middle:.3} of {}", all.len());
    assert!(middle > 0.05, "{middle}");
}

#[test]
fn what_cancels_does_not_count() {
    let tape = Tape::default();
    let x = tape.rounded(1.1);
    let y = tape.exact(0.75);
    assert_eq!(bound(x), 1.1 * ROUNDING);
    assert_eq!(bound(x - x), 0.0);
    let sum = x + y;
    assert!((bound(sum - x) - (1.85 + 0.75) * ROUNDING).abs() < 1e-20);
    assert_eq!(tape.bounds(&[x, y, sum]), [1.1, 0.0, 1.1 + 1.85]);
    // As many results as are not worked out at once.
    let many = [sum; 19];
    assert_eq!(tape.bounds(&many), [1.1 + 1.85; 19]);
}

#[test]
fn memory_is_read_like_lanes_do() {
    let tape = Tape::default();
    let at = tape.exact(1.75);
    let words = [0x3c00_0000, 0xc000_3800];
    let read = |at| {
        let (low, high) = tape.exact(0.0).halves(&words, at);
        [low.value(), high.value()]
    };
    assert_eq!(read(at.to_indices()), [0.5, -2.0]);
    assert_eq!(read(0), [0.0, 1.0]);
    assert_eq!(read(7), [0.5, -2.0]);
    assert_eq!(at.whole(3).value(), 3.0);
    let (low, high) = at.halves(&[], 0);
    assert_eq!([low.value(), high.value()], [0.0; 2]);
}
