//! Every operation that has a kernel, on every sort of device, beside the host's threads: lengths around the borders of
//! kernels, chunks of any size, threads.

use libtest_mimic::{Failed, Trial};
use trimaran::bigint::device::Device;
use trimaran::bigint::reduction::{Reduction, reduce};
use trimaran::bigint::{Array, Engine, Operation, Route, View};
use trimaran::gpu::{Adapter, AdapterKind, Gpu, adapters};
use trimaran::kernels::bigint::samples::Draws;

/// Words of operands: none, and around those of the kernels.
const WORDS: [usize; 14] = [0, 1, 7, 8, 9, 15, 16, 17, 32, 33, 63, 64, 65, 70];

/// Numbers of an array, those of its chunks, and threads. None is all at once.
const ARRAYS: [(usize, Option<usize>, usize); 4] = [
    (20, Some(1), 1),
    (100, Some(7), 3),
    (1500, Some(1000), 3),
    (1500, None, 1),
];

/// Every instruction set of the processor, and an adapter of every interface to software devices: (label, selector).
pub fn devices() -> Vec<(String, String)> {
    let label = |adapter: &Adapter| match adapter.kind {
        AdapterKind::Native => Some(adapter.name.clone()),
        AdapterKind::Software => Some(format!("software {}", adapter.backend)),
        _ => None,
    };
    let all = adapters().into_iter();
    let labelled = all.filter_map(|adapter| Some((label(&adapter)?, adapter.number.to_string())));
    let mut devices: Vec<(String, String)> = labelled.collect();
    devices.dedup_by(|next, first| next.0 == first.0);
    devices
}

/// An engine that takes this device wherever it can.
pub fn engine(selector: &str, most: Option<usize>) -> Result<Engine, Failed> {
    let device = Device::new(Gpu::open(selector)?, most);
    Ok(Engine::new(Route::Device, Some(Box::new(device))))
}

/// Two trials for each device.
pub fn trials() -> Vec<Trial> {
    let trial = |(label, selector): (String, String)| {
        let (operations, reductions) = (selector.clone(), selector);
        let small = label.starts_with("software");
        [
            Trial::test(format!("operations on {label}"), move || {
                each_operation(&operations, small)
            }),
            Trial::test(format!("reductions on {label}"), move || {
                each_reduction(&reductions)
            }),
        ]
    };
    devices().into_iter().flat_map(trial).collect()
}

/// Operations with kernels, and why the host may do some of their elements nevertheless.
const OPERATIONS: [(Operation, &[&str]); 18] = {
    use Operation::*;
    [
        (Add, &[]),
        (Sub, &[]),
        (Mul, &[]),
        (Sqr, &[]),
        (Cmp, &[]),
        (Min, &[]),
        (Max, &[]),
        (FloorDiv, &[]),
        (FloorMod, &[]),
        (TruncDiv, &[]),
        (TruncRem, &[]),
        (EuclidDiv, &[]),
        (EuclidRem, &[]),
        (ModAdd, &[]),
        (ModSub, &[]),
        (ModMul, &[]),
        (
            ModPow,
            &["even modulus", "modulus of one", "too long for the kernel"],
        ),
        (Gcd, &[]),
    ]
};

fn each_operation(selector: &str, small: bool) -> Result<(), Failed> {
    for (count, most, threads) in ARRAYS {
        let count = if small { count.min(40) } else { count };
        for (seed, (operation, reasons)) in OPERATIONS.iter().enumerate() {
            // Repeated in turn: none, the last operand, the first one.
            for repeated in 0..3 {
                let operands = operands(*operation, count, seed as u64, repeated);
                let views: Vec<View> = operands.iter().map(Array::view).collect();
                let engine = engine(selector, most)?;
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()?;
                let found = pool.install(|| engine.apply(*operation, &views));
                let found = found.map_err(trimaran::Error::from)?;
                let host = Engine::new(Route::Cpu, None).apply(*operation, &views);
                let host = host.map_err(trimaran::Error::from)?;
                let differ = (0..host.len()).find(|at| found.get(*at) != host.get(*at));
                if let Some(at) = differ.or((found != host).then_some(usize::MAX)) {
                    return Err(format!("{operation}, {count} numbers, chunks of {most:?}, repeated {repeated}: element {at}").into());
                }
                done_by_device(&engine, *operation, reasons)?;
            }
        }
    }
    Ok(())
}

/// The device did the operation, but for what it says it does not.
fn done_by_device(engine: &Engine, operation: Operation, reasons: &[&str]) -> Result<(), Failed> {
    let statistics = engine.statistics();
    let rows = || {
        statistics
            .iter()
            .filter(|row| row.operation == operation.name())
    };
    let device = rows().any(|row| row.by == "device" && row.elements > 0);
    let other = rows().find(|row| row.reason.is_some_and(|reason| !reasons.contains(&reason)));
    match (device, other) {
        (true, None) => Ok(()),
        _ => Err(format!("{operation} was not done by the device: {statistics:?}").into()),
    }
}

/// Operands of an operation; the last one, which may be a divisor, is not zero.
fn operands(operation: Operation, count: usize, seed: u64, repeated: usize) -> Vec<Array> {
    let draws = &mut Draws::new(seed, count as u32);
    let last = operation.operands() - 1;
    let array = |place: usize| {
        let is_repeated = repeated == 1 && place == last || repeated == 2 && place == 0 && last > 0;
        let mut array = Array::new();
        for at in 0..if is_repeated { 1 } else { count } {
            let pick = draws.word() as usize;
            // A modulus for all is odd and long enough for residues to be less than it now and then.
            let words = if is_repeated {
                33
            } else {
                WORDS[pick % WORDS.len()]
            };
            let exponent = operation == Operation::ModPow && place == 1;
            let mut number = draws.number(if exponent { words.min(2) } else { words }, at);
            if place == last && number.iter().all(|word| *word == 0) {
                number = vec![5];
            }
            if place == last && (is_repeated || !pick.is_multiple_of(3)) {
                number[0] |= 1;
            }
            array.push(draws.word() % 2 == 1 && !exponent, &number);
        }
        array
    };
    (0..=last).map(array).collect()
}

fn each_reduction(selector: &str) -> Result<(), Failed> {
    use Reduction::{Gcd, Max, Min, Product, Sum};
    for (reduction, words) in [
        (Sum, 9),
        (Sum, 1),
        (Product, 2),
        (Gcd, 8),
        (Min, 8),
        (Max, 33),
    ] {
        for (count, most) in [
            (1000, Some(7)),
            (1000, Some(64)),
            (257, None),
            (64, Some(1)),
        ] {
            let draws = &mut Draws::new(words as u64, count);
            let mut array = Array::new();
            for kind in 0..count as usize {
                // Kind 0 is zero, which would make every product zero.
                let number = draws.number(words, kind % 7 + 1);
                array.push(draws.word() % 2 == 1, &number);
            }
            let engine = engine(selector, most)?;
            let found = reduce(reduction, array.view(), &engine).map_err(trimaran::Error::from)?;
            let host = reduce(reduction, array.view(), &Engine::new(Route::Cpu, None));
            let host = host.map_err(trimaran::Error::from)?;
            if found != host {
                return Err(format!("{reduction:?} of {count} in chunks of {most:?}").into());
            }
            let reasons = ["too long for the kernel"];
            done_by_device(&engine, reduction.operation(), &reasons)?;
        }
    }
    Ok(())
}
