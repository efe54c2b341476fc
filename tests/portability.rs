//! Every kernel against its f64 twin at every sample size, on the processor with each of its instruction sets and on every
//! software adapter of the machine, in every mode of runtime checks; where a kernel is declared to fail, it must.

use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::{Arc, OnceLock};
use trimaran::gpu::{Adapter, AdapterKind, Checks, Gpu, adapters};
use trimaran::kernels::list;
use trimaran::twin::{Case, KnownFailure, Listed};

/// An adapter in one mode, opened by the first test that needs it.
struct Device {
    adapter: Adapter,
    mode: Checks,
    gpu: OnceLock<Result<Gpu, String>>,
}

impl Device {
    fn gpu(&self) -> Result<&Gpu, String> {
        let open = || match Gpu::open(&self.adapter.selector()) {
            Ok(gpu) => Ok(gpu.with_checks(self.mode)),
            Err(error) => Err(error.to_string()),
        };
        self.gpu.get_or_init(open).as_ref().map_err(String::clone)
    }
}

impl Device {
    /// The interface, and for the processor the instruction set.
    fn short_name(&self) -> String {
        match self.adapter.backend.as_str() {
            "native" => self.adapter.name.replace(' ', "-"),
            interface => interface.to_owned(),
        }
    }
}

/// All that the processor does, in every mode that it has.
fn devices() -> Vec<Arc<Device>> {
    let software = adapters()
        .into_iter()
        .filter(|adapter| !adapter.kind.is_hardware());
    let device = |(adapter, mode)| {
        Arc::new(Device {
            adapter,
            mode,
            gpu: OnceLock::new(),
        })
    };
    software
        .flat_map(|adapter| {
            let modes = adapter.modes().iter();
            modes.map(move |mode| (adapter.clone(), *mode))
        })
        .map(device)
        .collect()
}

fn agrees(device: &Device, case: &Case) -> Result<(), String> {
    let found = case.compare(device.gpu()?).map_err(|e| e.to_string())?;
    match found.outside {
        0 => Ok(()),
        _ => Err(found.to_string()),
    }
}

/// One trial a device; the sample and its twin are made by the first.
fn trials_of(kernel: Listed, size: usize, devices: &[Arc<Device>]) -> Vec<Trial> {
    let case = Arc::new(OnceLock::new());
    let trial = |device: &Arc<Device>| {
        let (device, case) = (device.clone(), case.clone());
        let (name, variant, mode) = (kernel.name, kernel.variant, device.mode);
        let name = format!("{name}::{variant}::{}::{mode}::{size}", device.short_name());
        Trial::test(name, move || {
            let known = KnownFailure::on(kernel.known_failures, &device.adapter);
            let outcome = agrees(&device, case.get_or_init(|| kernel.case(size, 1)));
            KnownFailure::judge(known, outcome).map_err(Failed::from)
        })
    };
    let able = devices
        .iter()
        .filter(|device| kernel.runs_on(&device.adapter));
    able.map(trial).collect()
}

fn main() {
    let mut arguments = Arguments::from_args();
    // A software device uses all cores by itself.
    arguments.test_threads = Some(1);
    let devices = devices();
    let is_native = |device: &Arc<Device>| device.adapter.kind == AdapterKind::Native;
    let no_shaders_run = devices.iter().all(is_native);
    let mut trials = Vec::new();
    for kernel in list() {
        for size in kernel.sizes {
            trials.extend(trials_of(kernel, *size, &devices));
        }
        if no_shaders_run {
            let name = kernel.name;
            let reason = format!("{name}: no software adapter (package mesa-vulkan-drivers)");
            trials.push(Trial::test(reason, || Ok(())).with_ignored_flag(true));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
