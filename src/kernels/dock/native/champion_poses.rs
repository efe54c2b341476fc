//! The best poses of chosen individuals on the host's processor: shaders/dock/champion_poses.wgsl.

use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::search_state::Capacity;

/// The body of `dock/champion_poses`.
///
/// # Errors
/// What the bindings report.
pub fn champion_poses(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as usize;
    let capacity = Capacity {
        atoms: 0,
        fragments: call.constant("FRAGMENTS")? as u32,
    };
    let [pose, row] = [capacity.pose(), capacity.row()].map(|numbers| numbers as usize);
    let champions: &[u32] = call.read("champions")?;
    let state: &[f32] = call.read("state")?;
    let poses = call.cells("poses")?;
    let count = poses.count::<f32>();
    call.for_each_group(|[group, ..]| {
        let first = group as usize * workgroup;
        for at in first..(first + workgroup).min(count) {
            let champion = champions[at / pose] as usize;
            poses.store(at, state[row * champion + pose + at % pose]);
        }
    });
    Ok(())
}
