//! The GPU room on the processor and every software adapter: buffers, pool, arguments, batches, errors, timing, cache.

#[path = "gpu/arguments.rs"]
mod arguments;
#[path = "gpu/batches.rs"]
mod batches;
#[path = "gpu/devices.rs"]
mod devices;
#[path = "gpu/kernels.rs"]
mod kernels;
#[path = "gpu/memory.rs"]
mod memory;
#[path = "gpu/tasks.rs"]
mod tasks;

use kernels::Outcome;
use libtest_mimic::{Arguments, Trial};
use trimaran::gpu::{Adapter, AdapterKind, Gpu, adapters};

type Case = fn(&Gpu) -> Outcome;

/// For every device.
const CASES: &[(&str, Case)] = &[
    (
        "buffers_hold_what_was_written",
        memory::buffers_hold_what_was_written,
    ),
    (
        "reused_memory_is_zero_and_keeps_its_length",
        memory::reused_memory_is_zero_and_keeps_its_length,
    ),
    (
        "a_buffer_in_a_batch_is_not_reused_before_it_ran",
        memory::a_buffer_in_a_batch_is_not_reused_before_it_ran,
    ),
    (
        "too_large_is_out_of_memory",
        memory::too_large_is_out_of_memory,
    ),
    (
        "constants_are_set_by_name",
        arguments::constants_are_set_by_name,
    ),
    (
        "wrong_arguments_are_named",
        arguments::wrong_arguments_are_named,
    ),
    (
        "a_buffer_read_and_written_is_refused_once",
        arguments::a_buffer_read_and_written_is_refused_once,
    ),
    (
        "the_next_batch_need_not_wait",
        batches::the_next_batch_need_not_wait,
    ),
    ("threads_share_a_device", batches::threads_share_a_device),
    ("dispatches_are_timed", batches::dispatches_are_timed),
    (
        "a_lost_device_says_so_everywhere",
        devices::a_lost_device_says_so_everywhere,
    ),
];

/// For the processor alone.
const NATIVE_CASES: &[(&str, Case)] = &[
    (
        "a_kernel_without_a_native_body_says_what_to_do",
        arguments::a_kernel_without_a_native_body_says_what_to_do,
    ),
    (
        "a_buffer_of_another_device_is_refused",
        arguments::a_buffer_of_another_device_is_refused,
    ),
    (
        "a_task_does_not_wait_for_the_one_below_it",
        tasks::a_task_does_not_wait_for_the_one_below_it,
    ),
];

/// The processor, once since its instruction sets share all that is tested here, and the software adapters.
fn on_the_processor() -> (Option<Adapter>, Vec<Adapter>) {
    let of_kind = |kind| adapters().into_iter().filter(move |a| a.kind == kind);
    (
        of_kind(AdapterKind::Native).next(),
        of_kind(AdapterKind::Software).collect(),
    )
}

fn trial(adapter: &Adapter, name: &str, case: Case) -> Trial {
    let number = adapter.number.to_string();
    let run = move || case(&Gpu::open(&number)?);
    Trial::test(format!("{}::{name}", adapter.backend), run)
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let cache = tempfile::tempdir().unwrap();
    // The tests must not touch the user's own cache.
    #[expect(
        unsafe_code,
        reason = "unsafe only where other threads read the environment"
    )]
    // SAFETY: no other thread exists yet.
    unsafe {
        std::env::set_var("XDG_CACHE_HOME", cache.path())
    };
    let (native, software) = on_the_processor();
    let mut trials = Vec::new();
    if let Some(adapter) = &native {
        for &(name, case) in CASES.iter().chain(NATIVE_CASES) {
            trials.push(trial(adapter, name, case));
        }
    }
    for adapter in &software {
        let number = adapter.number.to_string();
        for &(name, case) in CASES {
            trials.push(trial(adapter, name, case));
        }
        let folder = cache.path().to_owned();
        let name = format!("{}::a_broken_cache_is_no_error", adapter.backend);
        trials.push(Trial::test(name, move || {
            devices::a_broken_cache_is_no_error(&number, &folder)
        }));
    }
    if software.is_empty() {
        let reason = "gpu: no software adapter (package mesa-vulkan-drivers)";
        trials.push(Trial::test(reason, || Ok(())).with_ignored_flag(true));
    }
    libtest_mimic::run(&arguments, trials).exit();
}
