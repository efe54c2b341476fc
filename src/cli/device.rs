//! Opens the device that the global options name, and reports its times at the end.

use super::Global;
use crate::Result;
use crate::gpu::Gpu;

/// The device of `--device`, timed where `--profile` or `-v` asks for it.
///
/// # Errors
/// [`crate::Error::NoDevice`].
pub fn open(global: &Global) -> Result<Gpu> {
    let gpu = Gpu::open(&global.device)?;
    if global.profile.is_some() || global.verbose {
        gpu.enable_profile();
    }
    Ok(gpu)
}

/// Writes the trace of `--profile` and, with `-v`, the table of kernels on stderr.
///
/// # Errors
/// [`crate::Error::File`] where the trace cannot be written.
pub fn finish(gpu: &Gpu, global: &Global) -> Result<()> {
    if global.profile.is_none() && !global.verbose {
        return Ok(());
    }
    let profile = gpu.profile();
    if global.verbose {
        eprintln!("{}\n{profile}", gpu.adapter().name);
    }
    match &global.profile {
        Some(path) => profile.write_chrome_trace(path),
        None => Ok(()),
    }
}
