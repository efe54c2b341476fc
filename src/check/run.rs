//! Runs the samples of kernels on adapters, each sample and its twin made once.

use super::document::Row;
use super::{Sizes, sizes_of};
use crate::Result;
use crate::gpu::{Adapter, Checks, Gpu};
use crate::twin::{Case, Comparison, KnownFailure, Listed};
use std::time::Instant;

/// What to check.
pub struct Plan {
    /// Kernels.
    pub kernels: Vec<Listed>,
    /// Adapters.
    pub adapters: Vec<Adapter>,
    /// Samples of each kernel.
    pub sizes: Sizes,
    /// Seed of the samples.
    pub seed: u64,
}

/// An adapter in one mode, opened when needed, and again after an error: the device may be lost.
struct Station<'a> {
    adapter: &'a Adapter,
    mode: Checks,
    gpu: Option<Gpu>,
}

/// One in each mode of the adapter.
fn stations(adapter: &Adapter) -> impl Iterator<Item = Station<'_>> {
    adapter.modes().iter().map(move |mode| Station {
        adapter,
        mode: *mode,
        gpu: None,
    })
}

impl Plan {
    /// Rows that [`Plan::run`] will give.
    pub fn rows(&self) -> usize {
        let of_kernel = |kernel: &Listed| {
            let adapters = self.adapters.iter().filter(|a| kernel.runs_on(a));
            let modes: usize = adapters.map(|adapter| adapter.modes().len()).sum();
            modes * sizes_of(kernel, self.sizes).count()
        };
        self.kernels.iter().map(of_kernel).sum()
    }

    /// Runs all of it and tells of every row as it comes. What fails is a row that says why.
    pub fn run(&self, mut told: impl FnMut(&Row)) -> Vec<Row> {
        let mut stations: Vec<Station> = self.adapters.iter().flat_map(stations).collect();
        let mut rows = Vec::new();
        for kernel in &self.kernels {
            for size in sizes_of(kernel, self.sizes) {
                let case = kernel.case(size, self.seed);
                let able = |station: &&mut Station| kernel.runs_on(station.adapter);
                for station in stations.iter_mut().filter(able) {
                    let row = station.row(kernel, size, &case);
                    told(&row);
                    rows.push(row);
                }
            }
        }
        rows
    }
}

impl Station<'_> {
    fn row(&mut self, kernel: &Listed, size: usize, case: &Case) -> Row {
        let begun = Instant::now();
        let found = self.compare(case);
        let seconds = begun.elapsed().as_secs_f64();
        let (ok, roundings, what) = match found {
            Ok(found) => {
                let ok = found.outside == 0;
                // JSON has no infinity.
                let worst = found.worst.is_finite().then_some(found.worst);
                (ok, worst, (!ok).then(|| found.to_string()))
            }
            Err(error) => {
                self.gpu = None;
                (false, None, Some(error.to_string()))
            }
        };
        let known = KnownFailure::on(kernel.known_failures, self.adapter);
        let reason = what.map(|what| match known {
            Some(known) => format!("{what} (known: {})", known.reason),
            None => what,
        });
        Row {
            kernel: kernel.name.into(),
            variant: kernel.variant.into(),
            adapter: self.adapter.label(),
            driver: self.adapter.driver_label(),
            mode: self.mode.to_string(),
            sample: size.to_string(),
            roundings,
            allowed: kernel.tolerance.roundings,
            seconds: (seconds * 1e4).round() / 1e4,
            ok,
            reason,
        }
    }

    fn compare(&mut self, case: &Case) -> Result<Comparison> {
        let gpu = match &mut self.gpu {
            Some(gpu) => gpu,
            closed => {
                let gpu = Gpu::open(&self.adapter.selector())?;
                closed.insert(gpu.with_checks(self.mode))
            }
        };
        case.compare(gpu)
    }
}
