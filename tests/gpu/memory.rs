//! Buffers and the pool behind them: what is written arrives, and what is reused is new.

use super::kernels::{MOVE, Outcome, download, says, scale};
use trimaran::Error;
use trimaran::gpu::Gpu;

pub fn buffers_hold_what_was_written(gpu: &Gpu) -> Outcome {
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

pub fn reused_memory_is_zero_and_keeps_its_length(gpu: &Gpu) -> Outcome {
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

pub fn a_buffer_in_a_batch_is_not_reused_before_it_ran(gpu: &Gpu) -> Outcome {
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

pub fn too_large_is_out_of_memory(gpu: &Gpu) -> Outcome {
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
