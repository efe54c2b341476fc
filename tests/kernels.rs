//! Every kernel against its f64 twin, at every sample size, on every software adapter of the machine.

use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::{Arc, OnceLock};
use trimaran::gpu::{AdapterKind, Gpu, adapters};
use trimaran::kernels::list;
use trimaran::twin::Listed;

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

fn agrees(kernel: Listed, device: &Device, size: usize) -> Result<(), Failed> {
    let found = kernel.case(size, 1).compare(device.gpu()?)?;
    match found.outside {
        0 => Ok(()),
        _ => Err(found.to_string().into()),
    }
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
    for kernel in list() {
        let name = kernel.kernel.name;
        for (backend, device) in &devices {
            for size in kernel.sizes.iter().copied() {
                let device = device.clone();
                let agree = move || agrees(kernel, &device, size);
                trials.push(Trial::test(format!("{name}::{backend}::{size}"), agree));
            }
        }
        if devices.is_empty() {
            let reason = format!("{name}: no software adapter (package mesa-vulkan-drivers)");
            trials.push(Trial::test(reason, || Ok(())).with_ignored_flag(true));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
