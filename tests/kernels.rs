//! Every kernel against its f64 twin, at every sample size, on every software adapter of the machine.

use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::{Arc, OnceLock};
use trimaran::gpu::{AdapterKind, Gpu, adapters};
use trimaran::twin::{Twin, compare};

/// An adapter, opened by the first test that needs it.
struct Device {
    number: usize,
    gpu: OnceLock<Result<Gpu, String>>,
}

impl Device {
    fn gpu(&self) -> Result<&Gpu, Failed> {
        let open = || Gpu::open(&self.number.to_string()).map_err(|e| e.to_string());
        self.gpu.get_or_init(open).as_ref().map_err(Failed::from)
    }
}

fn agrees<T: Twin>(device: &Device, size: usize) -> Result<(), Failed> {
    let found = compare::<T>(device.gpu()?, size, 1)?;
    if found.outside == 0 {
        return Ok(());
    }
    let (allowed, [twin, kernel]) = (T::TOLERANCE.roundings, found.pair);
    Err(format!(
        "{} of {} values beyond {allowed} roundings; worst {:.1} at {}: twin {twin}, kernel {kernel}",
        found.outside, found.values, found.worst, found.at
    )
    .into())
}

fn main() {
    let mut arguments = Arguments::from_args();
    // A software device uses all cores by itself.
    arguments.test_threads = Some(1);
    let mut trials = Vec::new();
    let software = adapters()
        .into_iter()
        .filter(|adapter| adapter.kind == AdapterKind::Software);
    let devices: Vec<_> = software
        .map(|adapter| {
            let (number, gpu) = (adapter.number, OnceLock::new());
            (adapter.backend, Arc::new(Device { number, gpu }))
        })
        .collect();
    macro_rules! add {
        ($twin:ty) => {
            let name = format!("{}::{}", <$twin>::KERNEL.name, <$twin>::VARIANT);
            for (backend, device) in &devices {
                for size in <$twin>::sizes().iter().copied() {
                    let device = device.clone();
                    let agree = move || agrees::<$twin>(&device, size);
                    trials.push(Trial::test(format!("{name}::{backend}::{size}"), agree));
                }
            }
            if devices.is_empty() {
                let reason = format!("{name}: no software adapter (package mesa-vulkan-drivers)");
                trials.push(Trial::test(reason, || Ok(())).with_ignored_flag(true));
            }
        };
    }
    trimaran::for_each_kernel!(add);
    libtest_mimic::run(&arguments, trials).exit();
}
