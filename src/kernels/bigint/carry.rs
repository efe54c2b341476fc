//! Sums of columns made words: what `columns` left of products of any length.

use super::divide::WIDE_WORDS;
use super::numbers::{limb_major, one_by_one};
use super::operands::{CONSTANTS, fits, groups};
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

crate::host_struct!(
    /// Parameters of the kernel.
    Columns { count: u32, begin: u32, end: u32 }
);

/// Records products into a buffer of [columns, count], from sums of [3 x columns, count], in dispatches of at most so many
/// turns ([`TURNS`](super::power::TURNS)).
///
/// # Errors
/// What the device reports; [`crate::Error::Usage`] for buffers that are too short.
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    [columns, count]: [usize; 2],
    [sums, products]: [&Buffer<u32>; 2],
    turns: usize,
) -> Result<()> {
    fits(sums, 3 * columns * count)?;
    fits(products, columns * count)?;
    let pipeline = gpu.pipeline(&Carry::KERNEL, &CONSTANTS)?;
    let carries = gpu.zeroed::<u32>(count)?;
    let groups = groups(count, gpu.limits().workgroups_per_dimension);
    for begin in (0..columns).step_by(turns.max(1)) {
        let columns = Columns {
            count: count as u32,
            begin: begin as u32,
            end: (begin + turns).min(columns) as u32,
        };
        let args = pipeline
            .args()
            .with("columns", &gpu.uniform(columns)?)?
            .with("sums", sums)?
            .with("products", products)?
            .with("carries", &carries)?;
        batch.dispatch(args, groups)?;
    }
    Ok(())
}

/// The kernel `bigint/carry`.
pub struct Carry;

/// Sums of columns, three words each.
pub struct Input {
    count: usize,
    columns: usize,
    sums: Vec<u32>,
}

impl Twin for Carry {
    const KERNEL: Kernel = Kernel {
        name: "bigint/carry",
        sources: &[
            WIDE_WORDS,
            include_str!("../../../shaders/bigint/carry.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::carry::carry),
    };
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[0, 1, 63, 64, 65, 1000]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let columns = match size {
            1 => 1,
            63 => 40,
            _ => 7,
        };
        let numbers = draws.numbers(3 * columns, size);
        Input {
            count: size,
            columns,
            sums: limb_major(&numbers, 3 * columns),
        }
    }

    /// Lower, middle and upper words are numbers of their own, a word apart.
    fn twin(input: &Input) -> Vec<Value> {
        let number = |sums: Vec<u32>| {
            let part = |below: usize| {
                let zeros = vec![0; below];
                let words = sums.iter().skip(below).step_by(3).copied();
                zeros.into_iter().chain(words).collect::<Vec<u32>>()
            };
            let sum = schoolbook::add(&schoolbook::add(&part(0), &part(1)), &part(2));
            schoolbook::sized(&sum, input.columns)
        };
        let numbers = one_by_one(&input.sums, 3 * input.columns).into_iter();
        let products: Vec<_> = numbers.map(number).collect();
        let words = limb_major(&products, input.columns).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(input: &Input) -> Option<Launch> {
        let count = input.count;
        let columns = Columns {
            count: count as u32,
            begin: 0,
            end: input.columns as u32,
        };
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(count, 40))
            .with("columns", &[columns])
            .with("sums", &input.sums)
            .output::<u32>("products", input.columns * count)
            .output::<u32>("carries", count)
            .values([Values::first(
                "products",
                Format::U32,
                input.columns * count,
            )]);
        // One sample goes by way of several dispatches.
        (count != 65).then_some(launch)
    }

    fn run(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        let sums = gpu.storage(&input.sums)?;
        let products = gpu.filled(input.columns * input.count, u32::MAX)?;
        let mut batch = gpu.batch();
        let shape = [input.columns, input.count];
        record(gpu, &mut batch, shape, [&sums, &products], 1)?;
        let words = batch.download(&products)?;
        let words = batch.submit()?.read(words)?;
        Ok(words.into_iter().map(f64::from).collect())
    }
}
