//! Batches one after the other, from several threads, and timed.

use super::kernels::{Outcome, says, scale};
use trimaran::gpu::Gpu;

pub fn the_next_batch_need_not_wait(gpu: &Gpu) -> Outcome {
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
    assert_eq!(first.read(one)?, [2; 64]);
    let mut third = gpu.batch();
    let foreign = third.download(&values)?;
    says(first.read(foreign), &["another batch"])
}

pub fn threads_share_a_device(gpu: &Gpu) -> Outcome {
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

pub fn dispatches_are_timed(gpu: &Gpu) -> Outcome {
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
