//! Batches submitted by tasks of rayon's: a thread that waits for parts of one takes up another.

use super::kernels::{Outcome, says};
use rayon::ThreadPoolBuilder;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use trimaran::gpu::{Call, Gpu, Kernel};

/// Two groups for two threads; the second one does not end before another batch was submitted.
const MEET: Kernel = Kernel {
    name: "test/meet",
    sources: &["
@group(0) @binding(0) var<storage, read_write> groups: array<u32>;
@compute @workgroup_size(1)
fn meet(@builtin(workgroup_id) id: vec3<u32>) { groups[id.x] = 1u; }"],
    capacities: &[],
    native: Some(meet_native),
};

static BEGUN: AtomicBool = AtomicBool::new(false);
static SUBMITTED: AtomicBool = AtomicBool::new(false);

fn meet_native(call: &Call) -> trimaran::Result<()> {
    let groups = call.cells("groups")?;
    call.for_each_group(|[group, ..]| {
        groups.store(group as usize, 1u32);
        match group {
            0 => wait_for(&BEGUN),
            _ => {
                BEGUN.store(true, Ordering::Relaxed);
                wait_for(&SUBMITTED);
            }
        }
    });
    Ok(())
}

/// Waits until it is set, or for some seconds.
fn wait_for(flag: &AtomicBool) {
    let begun = Instant::now();
    while !flag.load(Ordering::Relaxed) && begun.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn meet(gpu: &Gpu) -> trimaran::Result<Vec<u32>> {
    let groups = gpu.zeroed::<u32>(2)?;
    let args = gpu.pipeline(&MEET, &[])?.args().with("groups", &groups)?;
    let mut batch = gpu.batch();
    batch.dispatch(args, [2, 1, 1])?;
    let groups = batch.download(&groups)?;
    batch.submit()?.read(groups)
}

/// The thread of the first task has nothing to do but the second one while its other group runs elsewhere: were that to
/// wait for its turn, neither would end.
pub fn a_task_does_not_wait_for_the_one_below_it(gpu: &Gpu) -> Outcome {
    let gpu = Arc::new(Gpu::open(&gpu.adapter().number.to_string())?);
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let (send, ends) = mpsc::channel();
    let task = |flag: Option<&'static AtomicBool>| {
        let (gpu, send) = (gpu.clone(), send.clone());
        move || {
            let end = meet(&gpu);
            flag.into_iter()
                .for_each(|flag| flag.store(true, Ordering::Relaxed));
            let _ = send.send(end);
        }
    };
    pool.spawn(task(None));
    wait_for(&BEGUN);
    pool.spawn(task(Some(&SUBMITTED)));
    let next = || ends.recv_timeout(Duration::from_secs(20));
    says(next()?, &["another batch", "std::thread"])?;
    assert_eq!(next()??, [1, 1]);
    assert_eq!(pool.install(|| meet(&gpu))?, [1, 1]);
    Ok(())
}
