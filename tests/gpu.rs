//! The GPU room on the processor and every software adapter: buffers, pool, arguments, batches, errors, timing, cache.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use trimaran::Error;
use trimaran::gpu::{Adapter, AdapterKind, Args, Buffer, Call, Gpu, Kernel, adapters};

type Outcome = Result<(), Failed>;
type Case = fn(&Gpu) -> Outcome;

/// values[i] = values[i] * FACTOR + step, and how many there are.
const SCALE: Kernel = Kernel {
    name: "test/scale",
    sources: &["
override FACTOR: u32 = 2;
struct Params { step: u32 }
var<private> scratch: array<u32, ROOM>;
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> values: array<u32>;
@group(0) @binding(2) var<storage, read_write> counts: array<u32>;
@compute @workgroup_size(64)
fn scale(@builtin(global_invocation_id) id: vec3<u32>) {
    scratch[0] = ROOM;
    if id.x == 0u { counts[0] = arrayLength(&values); counts[1] = scratch[0]; }
    if id.x < arrayLength(&values) { values[id.x] = values[id.x] * FACTOR + params.step; }
}"],
    capacities: &[("ROOM", 4)],
    native: Some(scale_native),
};

fn scale_native(call: &Call) -> trimaran::Result<()> {
    let [factor, room] = [call.constant("FACTOR")?, call.constant("ROOM")?].map(|c| c as u32);
    let step: u32 = call.uniform("params")?;
    let (values, counts) = (call.cells("values")?, call.cells("counts")?);
    let count = values.count::<u32>();
    call.for_each_group(|[group, ..]| {
        if group == 0 {
            counts.store(0, [count as u32, room]);
        }
        let first = 64 * group as usize;
        for at in first..(first + 64).min(count) {
            let scaled = values.load::<u32>(at).wrapping_mul(factor);
            values.store(at, scaled.wrapping_add(step));
        }
    });
    Ok(())
}

/// Copies one buffer to another.
const MOVE: Kernel = Kernel {
    name: "test/move_all",
    sources: &["
@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> result: array<u32>;
@compute @workgroup_size(64)
fn move_all(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < arrayLength(&source) { result[id.x] = source[id.x]; }
}"],
    capacities: &[],
    native: Some(move_native),
};

fn move_native(call: &Call) -> trimaran::Result<()> {
    let source: &[u32] = call.read("source")?;
    let result = call.cells("result")?;
    call.for_each_group(|[group, ..]| {
        let chunk = source.iter().enumerate().skip(64 * group as usize);
        for (at, value) in chunk.take(64) {
            result.store(at, *value);
        }
    });
    Ok(())
}

/// The same where nobody has written a native body.
const SHADER_ONLY: Kernel = Kernel {
    name: "test/shader_only/move_all",
    native: None,
    ..MOVE
};

fn scale(gpu: &Gpu, values: &Buffer<u32>, step: u32) -> trimaran::Result<Args> {
    let params = gpu.uniform(step)?;
    let counts = gpu.zeroed::<u32>(2)?;
    let pipeline = gpu.pipeline(&SCALE, &[])?;
    pipeline
        .args()
        .with("params", &params)?
        .with("values", values)?
        .with("counts", &counts)
}

fn download(gpu: &Gpu, buffer: &Buffer<u32>) -> trimaran::Result<Vec<u32>> {
    let mut batch = gpu.batch();
    let values = batch.download(buffer)?;
    batch.submit()?.read(values)
}

/// Fails with the message unless `error` is there and holds all of `parts`.
fn says<T>(result: trimaran::Result<T>, parts: &[&str]) -> Outcome {
    let message = match result {
        Ok(_) => return Err("no error".into()),
        Err(error) => error.to_string(),
    };
    match parts.iter().all(|part| message.contains(part)) {
        true => Ok(()),
        false => Err(format!("{parts:?} not in: {message}").into()),
    }
}

fn buffers_hold_what_was_written(gpu: &Gpu) -> Outcome {
    for len in [0usize, 1, 63, 64, 65, 100_000] {
        let values: Vec<u32> = (0..len as u32).collect();
        assert_eq!(download(gpu, &gpu.storage(&values)?)?, values);
    }
    let buffer = gpu.filled(6, 9u32)?;
    gpu.write(&buffer, 2, &[1, 2])?;
    let other = gpu.zeroed::<u32>(8)?;
    let mut batch = gpu.batch();
    batch.copy(&buffer, &other)?;
    let part = batch.download_range(&other, 1..7)?;
    assert_eq!(batch.submit()?.read(part)?, [9, 1, 2, 9, 9, 0]);
    says(
        gpu.write(&buffer, 5, &[1, 2]),
        &["2 elements from 5", "of 6"],
    )?;
    says(gpu.batch().download_range(&buffer, 3..7), &["3..7 of 6"])
}

fn reused_memory_is_zero_and_keeps_its_length(gpu: &Gpu) -> Outcome {
    for round in 0..3 {
        drop(gpu.filled(1000, u32::MAX)?);
        let zeroed = gpu.zeroed::<u32>(1000)?;
        assert_eq!(download(gpu, &zeroed)?, [0; 1000], "round {round}");
    }
    drop(gpu.filled(1000, u32::MAX)?);
    let zeroed = gpu.zeroed::<u32>(1000)?;
    gpu.write(&zeroed, 3, &[7])?;
    assert_eq!(download(gpu, &zeroed)?[2..5], [0, 7, 0]);
    let counts = gpu.zeroed::<u32>(2)?;
    let args = scale(gpu, &gpu.zeroed(777)?, 0)?.with("counts", &counts)?;
    let mut batch = gpu.batch();
    batch.dispatch(args, [1, 1, 1])?;
    batch.submit()?.wait()?;
    assert_eq!(download(gpu, &counts)?, [777, 4]);
    Ok(())
}

fn a_buffer_in_a_batch_is_not_reused_before_it_ran(gpu: &Gpu) -> Outcome {
    let result = gpu.zeroed::<u32>(500)?;
    let mut batch = gpu.batch();
    {
        let from = gpu.filled(500, 5u32)?;
        let args = gpu.pipeline(&MOVE, &[])?.args();
        batch.dispatch(
            args.with("source", &from)?.with("result", &result)?,
            [8, 1, 1],
        )?;
    }
    let _usurper = gpu.filled(500, 6u32)?;
    let values = batch.download(&result)?;
    assert_eq!(batch.submit()?.read(values)?, [5; 500]);
    Ok(())
}

fn constants_are_set_by_name(gpu: &Gpu) -> Outcome {
    let values = gpu.storage(&[1u32, 2, 3])?;
    let counts = gpu.zeroed::<u32>(2)?;
    let params = gpu.uniform(1u32)?;
    let args = gpu
        .pipeline(&SCALE, &[("FACTOR", 10.0), ("ROOM", 48.0)])?
        .args()
        .with("params", &params)?
        .with("values", &values)?
        .with("counts", &counts)?;
    let mut batch = gpu.batch();
    batch
        .dispatch(&args, [1, 1, 1])?
        .dispatch(&args, [1, 1, 1])?;
    batch.submit()?.wait()?;
    assert_eq!(download(gpu, &values)?, [111, 211, 311]);
    assert_eq!(download(gpu, &counts)?, [3, 48]);
    let unknown = gpu.pipeline(&SCALE, &[("FACTR", 1.0)]);
    says(unknown, &["test/scale", "FACTR", "ROOM", "FACTOR"])
}

fn wrong_arguments_are_named(gpu: &Gpu) -> Outcome {
    let args = || gpu.pipeline(&SCALE, &[]).map(|pipeline| pipeline.args());
    let words = gpu.zeroed::<u32>(4)?;
    let pairs = gpu.zeroed::<[u32; 2]>(4)?;
    says(
        args()?.with("valves", &words),
        &["valves", "params, values, counts"],
    )?;
    says(
        args()?.with("values", &pairs),
        &["values", "4 bytes", "is 8"],
    )?;
    let missing = args()?.with("values", &words)?;
    says(
        gpu.batch().dispatch(missing, [1, 1, 1]).map(|_| ()),
        &["params was not given"],
    )?;
    let whole = scale(gpu, &words, 1)?;
    says(
        gpu.batch().dispatch(whole, [1, 1 << 30, 1]).map(|_| ()),
        &["test/scale", "workgroups"],
    )?;
    scale(gpu, &words, 1).map(|args| gpu.batch().dispatch(args, [0, 1, 1]).map(|_| ()))??;
    Ok(())
}

fn what_the_driver_refuses_is_an_error_once(gpu: &Gpu) -> Outcome {
    let same = gpu.zeroed::<u32>(64)?;
    let args = gpu
        .pipeline(&MOVE, &[])?
        .args()
        .with("source", &same)?
        .with("result", &same)?;
    let mut batch = gpu.batch();
    let recorded = batch.dispatch(args, [1, 1, 1]).map(|_| ());
    says(recorded.and_then(|()| batch.submit()), &["test/move_all"])?;
    assert_eq!(download(gpu, &same)?, [0; 64]);
    Ok(())
}

fn a_kernel_without_a_native_body_says_what_to_do(gpu: &Gpu) -> Outcome {
    let refused = gpu.pipeline(&SHADER_ONLY, &[]);
    assert!(matches!(&refused, Err(Error::Kernel { .. })));
    let name = SHADER_ONLY.name;
    says(refused, &[name, "native body", "trimaran devices"])
}

/// Another processor's queue would not keep it from being written while this one reads it.
fn a_buffer_of_another_device_is_refused(gpu: &Gpu) -> Outcome {
    let other = Gpu::open(&gpu.adapter().number.to_string())?;
    let [mine, theirs] = [gpu.filled(64, 1u32)?, other.filled(64, 2u32)?];
    let args = |source: &Buffer<u32>, result: &Buffer<u32>| {
        let args = gpu.pipeline(&MOVE, &[])?.args();
        args.with("source", source)?.with("result", result)
    };
    let foreign = &["a buffer of one device was given to another"];
    let batch = &mut gpu.batch();
    for args in [args(&mine, &theirs)?, args(&theirs, &mine)?] {
        says(batch.dispatch(args, [1, 1, 1]).map(|_| ()), foreign)?;
    }
    says(batch.copy(&mine, &theirs).map(|_| ()), foreign)?;
    says(batch.copy(&theirs, &mine).map(|_| ()), foreign)?;
    says(batch.download(&theirs), foreign)?;
    says(gpu.write(&theirs, 0, &[3]), foreign)?;
    assert_eq!(download(gpu, &mine)?, [1; 64]);
    assert_eq!(download(&other, &theirs)?, [2; 64]);
    Ok(())
}

fn the_next_batch_need_not_wait(gpu: &Gpu) -> Outcome {
    let values = gpu.storage(&[1u32; 64])?;
    let mut first = gpu.batch();
    first.dispatch(scale(gpu, &values, 0)?, [1, 1, 1])?;
    let one = first.download(&values)?;
    let first = first.submit()?;
    gpu.write(&values, 0, &[10])?;
    let mut second = gpu.batch();
    second.dispatch(scale(gpu, &values, 0)?, [1, 1, 1])?;
    let two = second.download_range(&values, 0..2)?;
    let second = second.submit()?;
    assert_eq!(second.read(two)?, [20, 4]);
    assert!(first.is_done()?);
    assert_eq!(first.read(one)?, [2; 64]);
    let mut third = gpu.batch();
    let foreign = third.download(&values)?;
    says(first.read(foreign), &["another batch"])
}

fn threads_share_a_device(gpu: &Gpu) -> Outcome {
    let work = |thread: u32| -> trimaran::Result<()> {
        for round in 0..20 {
            drop(gpu.filled(300, u32::MAX)?);
            let values = gpu.zeroed::<u32>(300)?;
            let step = 1000 * thread + round;
            let mut batch = gpu.batch();
            batch.dispatch(scale(gpu, &values, step)?, [5, 1, 1])?;
            let read = batch.download(&values)?;
            assert_eq!(batch.submit()?.read(read)?, [step; 300]);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|i| scope.spawn(move || work(i))).collect();
        let ends = threads.into_iter().map(|thread| thread.join().unwrap());
        ends.collect::<trimaran::Result<Vec<()>>>()
    })?;
    Ok(())
}

fn too_large_is_out_of_memory(gpu: &Gpu) -> Outcome {
    let beyond = gpu.limits().storage_binding_bytes as usize / 4 + 1;
    match gpu.zeroed::<u32>(beyond) {
        Err(Error::OutOfMemory { what, bytes }) => {
            assert!(what.contains(&beyond.to_string()) && bytes == 4 * beyond as u64);
            Ok(())
        }
        Err(other) => Err(format!("{other}").into()),
        Ok(_) => Err("no error".into()),
    }
}

fn a_lost_device_says_so_everywhere(gpu: &Gpu) -> Outcome {
    let values = gpu.storage(&[1u32; 64])?;
    let mut batch = gpu.batch();
    batch.dispatch(scale(gpu, &values, 0)?, [1, 1, 1])?;
    let read = batch.download(&values)?;
    gpu.lose();
    let all = [
        batch
            .submit()
            .and_then(|submitted| submitted.read(read))
            .err(),
        gpu.storage(&[1u32]).err(),
        gpu.write(&values, 0, &[1]).err(),
        gpu.pipeline(&MOVE, &[]).err(),
    ];
    for error in all {
        match error {
            Some(Error::DeviceLost(_)) => {}
            other => return Err(format!("{other:?}").into()),
        }
    }
    Ok(())
}

fn dispatches_are_timed(gpu: &Gpu) -> Outcome {
    gpu.enable_profile();
    let values = gpu.zeroed::<u32>(100_000)?;
    let args = scale(gpu, &values, 1)?;
    for _ in 0..2 {
        let mut batch = gpu.batch();
        // More than one query set holds.
        for _ in 0..2500 {
            batch.dispatch(&args, [2, 1, 1])?;
        }
        batch.submit()?.wait()?;
    }
    let profile = gpu.profile();
    let rows = profile.rows();
    assert_eq!(
        (&*rows[0].kernel, rows[0].dispatches, rows.len()),
        ("test/scale", 5000, 1)
    );
    let (device, host) = (profile.device_seconds(), profile.host_seconds());
    assert!(
        device > 0.0 && device <= 1.05 * host,
        "device {device} s, host {host} s"
    );
    Ok(())
}

/// A broken cache file, and a cache folder that cannot be, change nothing.
fn a_broken_cache_is_no_error(number: &str, cache: &Path) -> Outcome {
    let compile = || -> trimaran::Result<()> {
        let gpu = Gpu::open(number)?;
        download(&gpu, &gpu.zeroed(4)?)?;
        gpu.pipeline(&MOVE, &[]).map(|_| ())
    };
    let folder = cache.join("trimaran/pipelines");
    compile()?;
    for file in std::fs::read_dir(&folder).into_iter().flatten() {
        std::fs::write(file?.path(), b"not a cache at all")?;
    }
    compile()?;
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::write(&folder, b"a file where the folder should be")?;
    compile()?;
    Ok(std::fs::remove_file(&folder)?)
}

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
    let cases: [(&str, Case); 11] = [
        (
            "buffers_hold_what_was_written",
            buffers_hold_what_was_written,
        ),
        (
            "reused_memory_is_zero_and_keeps_its_length",
            reused_memory_is_zero_and_keeps_its_length,
        ),
        (
            "a_buffer_in_a_batch_is_not_reused_before_it_ran",
            a_buffer_in_a_batch_is_not_reused_before_it_ran,
        ),
        ("constants_are_set_by_name", constants_are_set_by_name),
        ("wrong_arguments_are_named", wrong_arguments_are_named),
        (
            "what_the_driver_refuses_is_an_error_once",
            what_the_driver_refuses_is_an_error_once,
        ),
        ("the_next_batch_need_not_wait", the_next_batch_need_not_wait),
        ("threads_share_a_device", threads_share_a_device),
        ("too_large_is_out_of_memory", too_large_is_out_of_memory),
        (
            "a_lost_device_says_so_everywhere",
            a_lost_device_says_so_everywhere,
        ),
        ("dispatches_are_timed", dispatches_are_timed),
    ];
    let native_cases: [(&str, Case); 2] = [
        (
            "a_kernel_without_a_native_body_says_what_to_do",
            a_kernel_without_a_native_body_says_what_to_do,
        ),
        (
            "a_buffer_of_another_device_is_refused",
            a_buffer_of_another_device_is_refused,
        ),
    ];
    let (native, software) = on_the_processor();
    let mut trials = Vec::new();
    if let Some(adapter) = &native {
        for (name, case) in cases.into_iter().chain(native_cases) {
            trials.push(trial(adapter, name, case));
        }
    }
    for adapter in &software {
        let number = adapter.number.to_string();
        for (name, case) in cases {
            trials.push(trial(adapter, name, case));
        }
        let folder = cache.path().to_owned();
        let name = format!("{}::a_broken_cache_is_no_error", adapter.backend);
        trials.push(Trial::test(name, move || {
            a_broken_cache_is_no_error(&number, &folder)
        }));
    }
    if software.is_empty() {
        let reason = "gpu: no software adapter (package mesa-vulkan-drivers)";
        trials.push(Trial::test(reason, || Ok(())).with_ignored_flag(true));
    }
    libtest_mimic::run(&arguments, trials).exit();
}
