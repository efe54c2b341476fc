//! What kernels are given: constants and buffers by name, and errors that name what is wrong.

use super::kernels::{MOVE, Outcome, SCALE, SHADER_ONLY, download, says, scale};
use trimaran::Error;
use trimaran::gpu::{Buffer, Gpu};

pub fn constants_are_set_by_name(gpu: &Gpu) -> Outcome {
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

pub fn wrong_arguments_are_named(gpu: &Gpu) -> Outcome {
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

pub fn a_buffer_read_and_written_is_refused_once(gpu: &Gpu) -> Outcome {
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

pub fn a_kernel_without_a_native_body_says_what_to_do(gpu: &Gpu) -> Outcome {
    let refused = gpu.pipeline(&SHADER_ONLY, &[]);
    assert!(matches!(&refused, Err(Error::Kernel { .. })));
    let name = SHADER_ONLY.name;
    says(refused, &[name, "native body", "trimaran devices"])
}

/// Another processor's queue would not keep it from being written while this one reads it.
pub fn a_buffer_of_another_device_is_refused(gpu: &Gpu) -> Outcome {
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
