//! Kernels small enough to foresee, their bodies for the processor, and what is done with them again and again.

use libtest_mimic::Failed;
use trimaran::gpu::{Args, Buffer, Call, Gpu, Kernel};

pub type Outcome = Result<(), Failed>;

/// values[i] = values[i] * FACTOR + step, and how many there are.
pub const SCALE: Kernel = Kernel {
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
pub const MOVE: Kernel = Kernel {
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
pub const SHADER_ONLY: Kernel = Kernel {
    name: "test/shader_only/move_all",
    native: None,
    ..MOVE
};

pub fn scale(gpu: &Gpu, values: &Buffer<u32>, step: u32) -> trimaran::Result<Args> {
    let params = gpu.uniform(step)?;
    let counts = gpu.zeroed::<u32>(2)?;
    let pipeline = gpu.pipeline(&SCALE, &[])?;
    pipeline
        .args()
        .with("params", &params)?
        .with("values", values)?
        .with("counts", &counts)
}

pub fn download(gpu: &Gpu, buffer: &Buffer<u32>) -> trimaran::Result<Vec<u32>> {
    let mut batch = gpu.batch();
    let values = batch.download(buffer)?;
    batch.submit()?.read(values)
}

/// Fails with the message unless `error` is there and holds all of `parts`.
pub fn says<T>(result: trimaran::Result<T>, parts: &[&str]) -> Outcome {
    let message = match result {
        Ok(_) => return Err("no error".into()),
        Err(error) => error.to_string(),
    };
    match parts.iter().all(|part| message.contains(part)) {
        true => Ok(()),
        false => Err(format!("{parts:?} not in: {message}").into()),
    }
}
