//! Devices that come and go, and the cache they leave behind.

use super::kernels::{MOVE, Outcome, download, scale};
use std::path::Path;
use trimaran::Error;
use trimaran::gpu::Gpu;

pub fn a_lost_device_says_so_everywhere(gpu: &Gpu) -> Outcome {
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

/// A broken cache file, and a cache folder that cannot be, change nothing.
pub fn a_broken_cache_is_no_error(number: &str, cache: &Path) -> Outcome {
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
