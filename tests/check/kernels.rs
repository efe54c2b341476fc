//! Kernels that are right, nearly right, forgetful and broken: what a check makes of each.

use crate::program::software_device;
use trimaran::check::{Document, Plan, Sizes, summary};
use trimaran::gpu::{Gpu, Kernel, selected};
use trimaran::twin::{Format, Launch, Listed, Tolerance, Twin, Value, Values};

/// A kernel that is to write two ones.
macro_rules! two_ones {
    ($name:ident, $statement:literal) => {
        struct $name;

        impl Twin for $name {
            const KERNEL: Kernel = Kernel {
                name: concat!("test/", stringify!($name)),
                sources: &[concat!(
                    "@group(0) @binding(0) var<storage, read_write> numbers: array<f32>;\n",
                    "@compute @workgroup_size(1) fn ",
                    stringify!($name),
                    "() { if arrayLength(&numbers) == 2 { ",
                    $statement,
                    " } }"
                )],
                capacities: &[],
                native: None,
            };
            const TOLERANCE: Tolerance = Tolerance { roundings: 2.0 };
            type Input = ();

            fn sizes() -> &'static [usize] {
                &[2]
            }

            fn sample(_: usize, _: u64) {}

            fn twin(_: &()) -> Vec<Value> {
                vec![[1.0, 1.0]; 2]
            }

            fn launch(_: &()) -> Option<Launch> {
                let launch = Launch::new(Self::KERNEL, &[], [1, 1, 1])
                    .output::<f32>("numbers", 2)
                    .values([Values::first("numbers", Format::F32, 2)]);
                Some(launch)
            }
        }
    };
}

two_ones!(Right, "numbers[0] = 1.0; numbers[1] = 1.0;");
two_ones!(NearlyRight, "numbers[0] = 1.0; numbers[1] = 1.0 + 1e-6;");
two_ones!(Forgetful, "numbers[0] = 1.0;");
two_ones!(Broken, "numbers[0] = ;");

pub fn wrong_kernels_are_rows_that_say_why() {
    let number = software_device().unwrap();
    let plan = Plan {
        kernels: vec![
            Listed::of::<Right>(),
            Listed::of::<NearlyRight>(),
            Listed::of::<Forgetful>(),
            Listed::of::<Broken>(),
        ],
        adapters: selected(&number).unwrap(),
        sizes: Sizes::All,
        seed: 1,
    };
    let mut told = 0;
    let rows = plan.run(|_| told += 1);
    assert_eq!((rows.len(), told), (plan.rows(), plan.rows()));
    for row in rows.iter().filter(|row| row.mode == "shipped") {
        let reason = row.reason.as_deref().unwrap_or_default();
        let (roundings, words): (_, &[&str]) = match &*row.kernel {
            "test/Right" => (Some(0.0), &[]),
            "test/NearlyRight" => (Some(16.0), &["1 of 2", "worst 16.0", "twin 1,"]),
            "test/Forgetful" => (None, &["1 of 2", "kernel NaN"]),
            _ => (None, &["numbers[0] = ;"]),
        };
        assert_eq!(row.roundings.map(f64::ceil), roundings, "{row:?}");
        assert!(words.iter().all(|word| reason.contains(word)), "{row:?}");
        assert_eq!(row.ok, row.kernel == "test/Right", "{row:?}");
    }
    let document = Document::new(&plan.adapters, rows);
    assert!(!document.agrees());
    let table = summary::markdown(&[document]);
    for cell in ["`test/Right` | 2 | 0 |", "**wrong: 16**", "**wrong** |"] {
        assert!(table.contains(cell), "no {cell} in {table}");
    }
}

pub fn forgotten_values_are_not_those_of_the_run_before() {
    let gpu = Gpu::open(&software_device().unwrap()).unwrap();
    let right = Right::launch(&()).unwrap().result(&gpu).unwrap();
    assert_eq!(right, [1.0, 1.0]);
    let forgetful = Forgetful::launch(&()).unwrap().result(&gpu).unwrap();
    assert!(
        forgetful[0] == 1.0 && forgetful[1].is_nan(),
        "{forgetful:?}"
    );
}
