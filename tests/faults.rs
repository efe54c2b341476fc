//! What goes beyond a device ends in the right error or in more pieces, on the processor and every software adapter: nothing
//! panics, and no value is wrong.

use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::Arc;
use trimaran::Error;
use trimaran::gpu::{AdapterKind, Gpu, adapters};
use trimaran::kernels::dock::adadelta::Adadelta;
use trimaran::kernels::dock::affinity_grid::{DeviceMaps, Grid};
use trimaran::kernels::dock::family::Family;
use trimaran::kernels::dock::local_search_twin::LocalSearch;
use trimaran::kernels::dock::long_range_potential::{Lattice, NODE_SPACING, far_potential};
use trimaran::kernels::dock::map_points::{Bonding, Site};
use trimaran::kernels::dock::search_state::{Capacity, Search, SearchState};
use trimaran::kernels::list;

type Outcome = Result<(), Failed>;
type Case = fn(&Gpu) -> Outcome;

fn is_out_of_memory<T>(result: trimaran::Result<T>, least: u64) -> Outcome {
    match result {
        Err(Error::OutOfMemory { bytes, .. }) if bytes >= least => Ok(()),
        Err(other) => Err(format!("another error: {other}").into()),
        Ok(_) => Err("no error".into()),
    }
}

/// Nodes for 65,536 workgroups, one more than a dimension takes; they fill a binding of 128 MiB to its end.
fn lattice(layers: u32) -> Lattice {
    Lattice {
        nodes: [512, 256, layers],
        coulomb: 46.68,
    }
}

const SITE: Site = Site {
    position: [12_345, 6_789, -2_468],
    charge: 0.5,
    kind: 0,
    bonding: Bonding::None,
};

/// A dispatch of more than 65,535 groups goes on in a second row of them.
fn many_workgroups_take_a_second_row(gpu: &Gpu) -> Outcome {
    let lattice = lattice(256);
    let mut batch = gpu.batch();
    let potential = lattice.record(gpu, &mut batch, &[SITE])?;
    let potential = batch.download(&potential)?;
    let potential = batch.submit()?.read(potential)?;
    let [nx, ny, nz] = lattice.nodes.map(|n| n as usize);
    let mut wrong = Vec::new();
    for [x, y, z] in [[60, 9, 9], [511, 255, 254], [0, 255, 255], [511, 255, 255]] {
        let index = x + nx * (y + ny * z);
        let got = f64::from(potential[index / 4][index % 4]);
        let square = |axis: usize, node: usize| {
            let at = (node as f64 - 2.0) * NODE_SPACING;
            (f64::from(SITE.position[axis]) * 0.001 - at).powi(2)
        };
        let distance = (square(0, x) + square(1, y) + square(2, z)).sqrt();
        let want = 0.5 * far_potential(distance, lattice.coulomb);
        if (got - want).abs() > 1e-5 * want {
            wrong.push(format!("node {x} {y} {z} of {nz}: {got}, not {want}"));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; ").into())
    }
}

/// What exceeds a binding says how much was asked for.
fn a_binding_over_its_limit_is_out_of_memory(gpu: &Gpu) -> Outcome {
    let limit = gpu.limits().storage_binding_bytes;
    let layer = 512 * 256 * 4;
    let recorded = lattice((limit / layer) as u32 + 1).record(gpu, &mut gpu.batch(), &[SITE]);
    is_out_of_memory(recorded, limit + 1)
}

/// Lengths whose bytes no 64-bit number holds.
fn absurd_lengths_are_out_of_memory(gpu: &Gpu) -> Outcome {
    is_out_of_memory(gpu.zeroed::<u32>(usize::MAX), u64::MAX)?;
    is_out_of_memory(gpu.zeroed::<[f32; 4]>(usize::MAX / 8), u64::MAX)
}

/// Runs and individuals whose product overflows, or whose state is too large for a binding.
fn too_large_a_search_is_out_of_memory(gpu: &Gpu) -> Outcome {
    let maps = DeviceMaps {
        grid: gpu.uniform::<Grid>(bytemuck::Zeroable::zeroed())?,
        maps: gpu.zeroed(1)?,
    };
    let capacity = Capacity {
        atoms: 32,
        fragments: 8,
    };
    let search = |runs: u32, population: u32| {
        let search = Search {
            ligands: 1,
            runs,
            population,
            ..bytemuck::Zeroable::zeroed()
        };
        let kernel = Adadelta::kernel(Family::Invocation);
        SearchState::new(gpu, &maps, kernel, search, capacity, &[], &[])
    };
    let limit = gpu.limits().storage_binding_bytes;
    // The last one has a number more than a binding holds.
    let row = u64::from(capacity.row());
    let most = (limit / 4 / row) as u32;
    for (runs, population) in [(1 << 16, 1 << 16), (u32::MAX, u32::MAX), (1, most + 1)] {
        is_out_of_memory(search(runs, population), limit)?;
    }
    let all = SearchState::bytes_per_ligand(capacity, u32::MAX, u32::MAX);
    assert_eq!(all, u64::MAX);
    Ok(())
}

/// Every kernel on a device that has gone away.
fn every_kernel_says_that_its_device_is_lost(gpu: &Gpu) -> Outcome {
    gpu.lose();
    for kernel in list() {
        match kernel.case(kernel.sizes[1], 1).compare(gpu) {
            Err(Error::DeviceLost(_)) => {}
            other => return Err(format!("{}: {other:?}", kernel.name).into()),
        }
    }
    Ok(())
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let cases: [(&str, Case); 5] = [
        (
            "many_workgroups_take_a_second_row",
            many_workgroups_take_a_second_row,
        ),
        (
            "a_binding_over_its_limit_is_out_of_memory",
            a_binding_over_its_limit_is_out_of_memory,
        ),
        (
            "absurd_lengths_are_out_of_memory",
            absurd_lengths_are_out_of_memory,
        ),
        (
            "too_large_a_search_is_out_of_memory",
            too_large_a_search_is_out_of_memory,
        ),
        (
            "every_kernel_says_that_its_device_is_lost",
            every_kernel_says_that_its_device_is_lost,
        ),
    ];
    let software = adapters()
        .into_iter()
        .filter(|adapter| adapter.kind == AdapterKind::Software);
    // Its instruction sets share all that is tested here.
    let native = adapters()
        .into_iter()
        .find(|adapter| adapter.kind == AdapterKind::Native);
    let mut trials = Vec::new();
    for adapter in software.chain(native) {
        let number = Arc::new(adapter.number.to_string());
        for (name, case) in cases {
            let number = number.clone();
            let run = move || case(&Gpu::open(&number)?);
            let trial = Trial::test(format!("{}::{name}", adapter.backend), run);
            trials.push(trial);
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
