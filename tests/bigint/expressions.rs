//! Expressions drawn at random, on every sort of device, beside the host's threads: those that one kernel does in one pass
//! and others, chunks of any size, threads.

use super::devices::{devices, engine};
use libtest_mimic::{Failed, Trial};
use trimaran::bigint::expression::{Expression, Joined, Names};
use trimaran::bigint::reduction::Tree;
use trimaran::bigint::{Array, Engine, Refusal, Route, View};
use trimaran::integers::push_text;
use trimaran::kernels::bigint::samples::Draws;

/// Moduli: of one word, around the borders of kernels, without a kernel, even, negative.
const MODULI: [&str; 11] = [
    "3",
    "2**31 - 1",
    "2**61 - 1",
    "2**256 - 189",
    "2**255 + 95",
    "2**512 - 569",
    "2**521 - 1",
    "2**1024 - 105",
    "2**2047 - 2**999 + 1",
    "2**64",
    "-(2**127 - 1)",
];

/// Elements, those of a chunk, and threads. None is all at once.
const ARRAYS: [(usize, Option<usize>, usize); 3] =
    [(37, Some(1), 1), (300, Some(64), 3), (2000, None, 2)];

/// Two trials for each device.
pub fn trials() -> Vec<Trial> {
    let trial = |(label, selector): (String, String)| {
        let (maps, reductions) = (selector.clone(), selector);
        let rounds = if label.starts_with("software") { 4 } else { 60 };
        [
            Trial::test(format!("expressions on {label}"), move || {
                (0..rounds).try_for_each(|seed| map(&maps, seed))
            }),
            Trial::test(format!("reductions by expression on {label}"), move || {
                (0..rounds / 2).try_for_each(|seed| reduction(&reductions, seed))
            }),
        ]
    };
    devices().into_iter().flat_map(trial).collect()
}

/// A sum, difference, product or power of parts, now and then something else, not too deep.
fn text(draws: &mut Draws, names: &[&str], depth: u32) -> String {
    if depth == 0 || draws.word().is_multiple_of(7) {
        return match draws.word() % 4 {
            0 => format!("{}", i64::from(draws.word()) - (1 << 31)),
            _ => names[draws.word() as usize % names.len()].to_owned(),
        };
    }
    let mut part = || text(draws, names, depth - 1);
    let (a, b) = (part(), part());
    match draws.word() % 16 {
        0 => format!("(-{a})"),
        1 => format!("({a})**{}", draws.word() % 6),
        2 => format!("max({a}, {b})"),
        3..7 => format!("({a} + {b})"),
        7..10 => format!("({a} - {b})"),
        _ => format!("({a} * {b})"),
    }
}

/// Numbers of either sign or none below zero, of some words, or a single one.
fn array(draws: &mut Draws, count: usize) -> Array {
    let words = [1, 2, 8, 9, 16, 17, 32, 64][draws.word() as usize % 8];
    let signed = draws.word().is_multiple_of(2);
    let count = if draws.word().is_multiple_of(8) {
        1
    } else {
        count
    };
    let mut array = Array::new();
    for at in 0..count {
        let number = draws.number(words, at);
        array.push(signed && draws.word().is_multiple_of(2), &number);
    }
    array
}

fn map(selector: &str, seed: u64) -> Result<(), Failed> {
    let draws = &mut Draws::new(seed, 1);
    let (count, most, threads) = ARRAYS[seed as usize % ARRAYS.len()];
    let names = ["a", "b", "c"];
    let modulus = MODULI[draws.word() as usize % MODULI.len()];
    let text = format!("{} % ({modulus})", text(draws, &names, 4));
    let arrays = names.map(|_| array(draws, count));
    let views: Vec<View> = arrays.iter().map(Array::view).collect();
    let evaluated = |engine: &Engine| -> Result<Array, Failed> {
        let expression = Expression::parse(&text, &Names::new(names))?;
        let values = expression.evaluate(&views, engine);
        Ok(values.map_err(trimaran::Error::from)?)
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    let engine = engine(selector, most)?;
    let found = pool.install(|| evaluated(&engine))?;
    if found != evaluated(&Engine::new(Route::Cpu, None))? {
        return Err(format!("{text}: {count} elements in chunks of {most:?}").into());
    }
    Ok(())
}

/// A reduction that is not associative, as a rule, in chunks that are none of a tree's.
fn reduction(selector: &str, seed: u64) -> Result<(), Failed> {
    let draws = &mut Draws::new(seed, 2);
    let (count, most, _) = ARRAYS[seed as usize % ARRAYS.len()];
    let modulus = MODULI[draws.word() as usize % MODULI.len()];
    let text = format!("{} % ({modulus})", text(draws, &["x", "y"], 3));
    let mut numbers = array(draws, count);
    numbers.extend(array(draws, count).view());
    let expression = Expression::parse(&text, &Names::new(["x", "y"]))?;
    let total = |engine: &Engine, chunk: usize| -> Result<Option<Array>, Refusal> {
        let joined = Joined {
            engine,
            expression: &expression,
        };
        let mut tree = Tree::new();
        for start in (0..numbers.len()).step_by(chunk) {
            let end = numbers.len().min(start + chunk);
            tree.push(numbers.slice(start..end), &joined)?;
        }
        tree.finish(&joined)
    };
    let found = total(&engine(selector, most)?, 91).map_err(trimaran::Error::from)?;
    let host = Engine::new(Route::Cpu, None);
    if found != total(&host, numbers.len()).map_err(trimaran::Error::from)? {
        return Err(format!("{text}: {} numbers in chunks of {most:?}", numbers.len()).into());
    }
    Ok(())
}

/// The kernel did it, and each operation is counted.
pub fn one_pass_is_counted() -> Result<(), Failed> {
    let mut numbers = Array::new();
    for text in ["7", "-9", "0x123456789abcdef0123456789abcdef"] {
        push_text(&mut numbers, text)?;
    }
    let expression = Expression::parse("(a * a + a) % 1000003", &Names::new(["a"]))?;
    let engine = engine("cpu", None)?;
    let values = expression.evaluate(&[numbers.view()], &engine);
    assert_eq!(values.map_err(trimaran::Error::from)?.len(), 3);
    let counted = engine.statistics().into_iter();
    let counted: Vec<_> = counted
        .map(|row| (row.operation, row.by, row.elements))
        .collect();
    assert_eq!(counted, [("mul", "device", 3), ("modadd", "device", 3)]);
    Ok(())
}
