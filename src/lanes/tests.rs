//! Every operation at every level of this machine, against the standard library in f64.

use super::*;
use half::f16;
use std::f32::consts::{PI, TAU};

/// A test that runs a function of any instructions at every level.
macro_rules! at_every_level {
    ($name:ident, $check:ident) => {
        #[test]
        fn $name() {
            struct Check;
            impl Body for Check {
                type Output = ();
                #[inline(always)]
                fn run<S: Instructions>(self, simd: S) {
                    $check(simd)
                }
            }
            for level in levels() {
                println!("{}", level.name());
                level.run(Check);
            }
        }
    };
}

/// Numbers of a list at most: Miri, which `tools/miri` runs, is a thousand times as slow.
const MOST: usize = if cfg!(miri) { 100 } else { 1 << 20 };

/// One rounding of a 24-bit significand.
pub(super) const ROUNDING: f64 = 1.0 / 16_777_216.0;

/// What a function makes of each number.
fn map<S: Instructions>(
    simd: S,
    numbers: &[f32],
    function: impl Fn(Lanes<S>) -> Lanes<S>,
) -> Vec<f32> {
    let mut found = vec![f32::NAN; numbers.len()];
    let chunks = numbers.chunks(Lanes::<S>::COUNT);
    for (numbers, found) in chunks.zip(found.chunks_mut(Lanes::<S>::COUNT)) {
        function(Lanes::load(simd, numbers)).store(found);
    }
    found
}

/// Checks results to so many roundings of `size`.
fn compare(
    numbers: &[f32],
    found: &[f32],
    roundings: f64,
    want: impl Fn(f64) -> f64,
    size: impl Fn(f64) -> f64,
) {
    for (&x, &y) in numbers.iter().zip(found) {
        let (want, size) = (want(x.into()), size(x.into()));
        let error = (f64::from(y) - want).abs() / (size.abs() * ROUNDING);
        assert!(error <= roundings, "{y} of {x}, want {want}: {error}");
    }
}

/// Numbers from `low` to `high`, near enough to each other to meet all significands of a few binades.
fn between(low: f32, high: f32, count: usize) -> Vec<f32> {
    let count = count.min(MOST);
    let step = (f64::from(high) - f64::from(low)) / (count - 1) as f64;
    let number = |k: usize| (f64::from(low) + step * k as f64) as f32;
    (0..count).map(number).collect()
}

/// Numbers of all binades from 2^low to 2^high.
fn of_binades(low: i32, high: i32) -> Vec<f32> {
    let significands = between(1.0, 2.0, 999);
    let of = |k: i32| significands[1..].iter().map(move |m| m * 2f32.powi(k));
    (low..high).flat_map(of).collect()
}

fn reciprocals<S: Instructions>(simd: S) {
    let mut numbers = of_binades(-125, 125);
    numbers.extend(between(1.0, 4.0, 200_001));
    let found = map(simd, &numbers, Real::inverse_sqrt);
    compare(
        &numbers,
        &found,
        2.0,
        |x| 1.0 / x.sqrt(),
        |x| 1.0 / x.sqrt(),
    );
    let found = map(simd, &numbers, Real::inverse);
    compare(&numbers, &found, 2.0, |x| 1.0 / x, |x| 1.0 / x);
    let negative: Vec<f32> = numbers.iter().map(|x| -x).collect();
    let found = map(simd, &negative, Real::inverse);
    compare(&negative, &found, 2.0, |x| 1.0 / x, |x| 1.0 / x);
}
at_every_level!(reciprocals_are_right_to_two_roundings, reciprocals);

fn powers<S: Instructions>(simd: S) {
    let mut numbers = between(-125.0, 127.0, 300_001);
    numbers.extend(between(-2.0, 2.0, 100_001));
    let found = map(simd, &numbers, Real::exp2);
    compare(&numbers, &found, 2.0, f64::exp2, f64::exp2);
    let far = map(
        simd,
        &[-125.5, -126.0, -127.0, -200.0, -1000.0, -1e30],
        Real::exp2,
    );
    let least = f32::from_bits(2 << 23); // 2^-125, exactly.
    assert!(far.iter().all(|&y| (0.0..=least).contains(&y)), "{far:?}");
}
at_every_level!(powers_of_two_are_right_to_two_roundings, powers);

fn angles<S: Instructions>(simd: S) {
    let mut numbers = between(-TAU, TAU, 400_001);
    numbers.extend(between(-300.0 * TAU, 300.0 * TAU, 100_001));
    numbers.extend((-400..400).map(|k| k as f32 * PI / 4.0));
    let found = map(simd, &numbers, |x| x.sine_cosine().0);
    compare(&numbers, &found, 2.0, f64::sin, |_| 1.0);
    let found = map(simd, &numbers, |x| x.sine_cosine().1);
    compare(&numbers, &found, 2.0, f64::cos, |_| 1.0);
}
at_every_level!(sine_and_cosine_are_right_to_two_roundings, angles);

fn whole<S: Instructions>(simd: S) {
    let mut numbers = between(-1e4, 1e4, 100_001);
    numbers.extend((-20..20).map(|k| k as f32 + 0.5));
    numbers.extend([0.0, 8_388_607.5, -4_194_304.5, 8_388_609.0, 1e30, -1e30]);
    let found = map(simd, &numbers, Real::round);
    let want: Vec<f32> = numbers.iter().map(|x| x.round_ties_even()).collect();
    assert_eq!(found, want);
}
at_every_level!(rounding_goes_to_the_nearest_even_number, whole);

/// One number with the next ones of a list, by an operation of lanes and by the one of f32.
fn same<S: Instructions>(
    simd: S,
    lanes: impl Fn(Lanes<S>, Lanes<S>) -> Lanes<S>,
    number: impl Fn(f32, f32) -> f32,
) {
    let numbers = [-3.5, -1.0, -1e-9, 0.25, 1.0, 1.5, 2.75, 1e9, -7.0, 16.0];
    for other in numbers {
        let found = map(simd, &numbers, |x| lanes(x, x.like(other)));
        let want: Vec<f32> = numbers.iter().map(|x| number(*x, other)).collect();
        assert_eq!(found, want, "with {other}");
    }
}

fn arithmetic<S: Instructions>(simd: S) {
    same(simd, |x, y| x + y, |x, y| x + y);
    same(simd, |x, y| x - y, |x, y| x - y);
    same(simd, |x, y| x * y, |x, y| x * y);
    same(simd, |x, y| x / y, |x, y| x / y);
    same(simd, |x, _| -x, |x, _| -x);
    same(simd, |x, _| x + 3.0, |x, _| x + 3.0);
    same(simd, |x, _| x - 3.0, |x, _| x - 3.0);
    same(simd, |x, _| x * 3.0, |x, _| x * 3.0);
    same(simd, |x, y| x.min(y), f32::min);
    same(simd, |x, y| x.max(y), f32::max);
    same(simd, |x, _| x.abs(), |x, _| x.abs());
    same(simd, |x, _| x.abs().sqrt(), |x, _| x.abs().sqrt());
    same(
        simd,
        |x, y| x.clamp(x.like(-2.0), y.abs()),
        |x, y| x.max(-2.0).min(y.abs()),
    );
    same(
        simd,
        |x, y| {
            let mut z = x;
            z += y;
            z -= x * 0.5;
            z
        },
        |x, y| (x + y) - x * 0.5,
    );
    // Rounded once or twice: exact where nothing is lost.
    same(simd, |x, _| x.mul_add(x.like(2.0), x), |x, _| x * 3.0);
}
at_every_level!(arithmetic_is_that_of_single_numbers, arithmetic);

fn conditions<S: Instructions>(simd: S) {
    let pick = |yes| if yes { 1.0 } else { 2.0 };
    let chosen = |mask, x: Lanes<S>| Lanes::select(mask, x.like(1.0), x.like(2.0));
    same(simd, |x, y| chosen(x.less(y), x), |x, y| pick(x < y));
    same(simd, |x, y| chosen(!x.less(y), x), |x, y| pick(x >= y));
    let zero = |x: Lanes<S>| x.like(0.0);
    same(
        simd,
        |x, y| chosen(x.less(y) & x.less(zero(x)), x),
        |x, y| pick(x < y && x < 0.0),
    );
    same(
        simd,
        |x, y| chosen(x.less(y) | x.less(zero(x)), x),
        |x, y| pick(x < y || x < 0.0),
    );
    for set in 0..Lanes::<S>::COUNT {
        let lanes = Lanes::from_fn(simd, |lane| if lane == set { -1.0 } else { 1.0 });
        let mask = lanes.less(zero(lanes));
        assert!(mask.any() && !lanes.less(lanes).any());
        assert!((0..100).all(|lane| mask.is_set(lane) == (lane == set)));
    }
}
at_every_level!(conditions_choose_lane_by_lane, conditions);

fn memory<S: Instructions>(simd: S) {
    let numbers: Vec<f32> = (0..40).map(|k| k as f32).collect();
    let count = Lanes::<S>::COUNT;
    assert_eq!(
        Lanes::load(simd, &numbers[3..]).as_slice(),
        &numbers[3..3 + count]
    );
    let short = Lanes::load(simd, &numbers[5..7]);
    assert_eq!(short.as_slice()[..2], [5.0, 6.0]);
    assert!(short.as_slice()[2..].iter().all(|&x| x == 0.0));
    let mut room = [7.0; 3];
    Lanes::splat(simd, 2.0).store(&mut room[1..]);
    assert_eq!(room, [7.0, 2.0, 2.0]);
}
at_every_level!(loads_and_stores_keep_to_their_slices, memory);

fn reads<S: Instructions>(simd: S) {
    let words: Vec<u32> = (0..1000).map(|k| k * 7 + 1).collect();
    let places = [0, 5, 999, 998, 1000, 4242, u32::MAX, 1 << 31, 17];
    for first in 0..places.len() {
        let at = |lane: usize| places[(first + lane) % places.len()];
        let found = Indices::from_fn(simd, at).gather(&words);
        for (lane, &word) in found.as_slice().iter().enumerate() {
            assert_eq!(word, words[(at(lane) as usize).min(999)]);
        }
    }
    let found = Indices::splat(simd, 3).gather(&[]);
    assert!(found.as_slice().iter().all(|&word| word == 0));
}
at_every_level!(reads_end_at_the_last_word, reads);

fn places<S: Instructions>(simd: S) {
    let count = Lanes::<S>::COUNT;
    let reals = Lanes::from_fn(simd, |lane| lane as f32 * 1000.75);
    let cells = reals.to_indices();
    let want: Vec<u32> = (0..count)
        .map(|lane| (lane as f32 * 1000.75) as u32)
        .collect();
    assert_eq!(cells.as_slice(), want);
    assert!(
        cells
            .to_reals()
            .as_slice()
            .iter()
            .zip(&want)
            .all(|(&x, &k)| x == k as f32)
    );
    let moved = cells * 3 + 5 + Indices::splat(simd, 2);
    assert!(
        moved
            .as_slice()
            .iter()
            .zip(&want)
            .all(|(&x, &k)| x == 3 * k + 7)
    );
}
at_every_level!(places_are_whole_numbers, places);

fn half_precision<S: Instructions>(simd: S) {
    let all = (0..=u16::MAX).step_by(65_536_usize.div_ceil(MOST));
    let finite = all.filter(|&bits| f16::from_bits(bits).is_finite());
    let finite: Vec<u16> = finite.collect();
    assert!(cfg!(miri) || finite.len() == 63_488);
    let count = Lanes::<S>::COUNT;
    for at in (0..finite.len()).step_by(count) {
        let low = |lane: usize| finite[(at + lane) % finite.len()];
        let high = |lane: usize| finite[(at + lane + 31_337) % finite.len()];
        let word = |lane: usize| u32::from(low(lane)) | u32::from(high(lane)) << 16;
        let (found_low, found_high) = Indices::from_fn(simd, word).halves();
        for lane in 0..count {
            let bits = |x: Lanes<S>| x.as_slice()[lane].to_bits();
            assert_eq!(
                bits(found_low),
                f16::from_bits(low(lane)).to_f32().to_bits()
            );
            assert_eq!(
                bits(found_high),
                f16::from_bits(high(lane)).to_f32().to_bits()
            );
        }
    }
}
at_every_level!(halves_are_exact, half_precision);

#[test]
fn levels_are_named_best_first() {
    let names: Vec<_> = levels().iter().map(|level| level.name()).collect();
    let order = ["avx512", "avx2", "sse2", "neon", "scalar"];
    let place = |name: &&str| order.iter().position(|n| n == name).unwrap();
    assert!(!names.is_empty() && names.is_sorted_by_key(place));
}
