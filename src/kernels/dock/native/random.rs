//! Random words and numbers on the host's processor: shaders/dock/random.wgsl.

use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::random::{Params, philox, uniform01_single};

/// The body of `dock/random`.
///
/// # Errors
/// What the bindings report.
pub fn random(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as u32;
    let params: Params = call.uniform("params")?;
    let (words, numbers) = (call.cells("words")?, call.cells("numbers")?);
    let count = words.count::<[u32; 4]>() as u32;
    let key = [params.key_low, params.key_high];
    call.for_each_group(|[group, ..]| {
        for at in group * workgroup..((group + 1) * workgroup).min(count) {
            let drawn = philox([params.first.wrapping_add(at), 0, params.stream, 0], key);
            words.store(at as usize, drawn);
            // Exact in f32.
            numbers.store(at as usize, drawn.map(uniform01_single));
        }
    });
    Ok(())
}
