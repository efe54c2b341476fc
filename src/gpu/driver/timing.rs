//! Times every dispatch on the device and every batch on the host, where asked to.

use super::Driver;
use super::timestamps::{Recorder, Ticks};
use crate::gpu::profile::{Profile, Span};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// The stop watch of one device.
pub(super) struct Timing {
    on: AtomicBool,
    /// Seconds per tick of the device's clock; `None` where it has no timestamps.
    tick: Option<f64>,
    begun: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    /// Seconds that the device's clock is behind `begun`, set by the first batch.
    offset: Option<f64>,
    profile: Profile,
}

/// A submitted batch whose times are not known yet.
struct Waiting {
    kernels: Vec<&'static str>,
    submitted: Instant,
    done: Arc<OnceLock<Instant>>,
    ticks: Option<Ticks>,
}

impl Driver {
    /// Begins to time all batches from now on. Each dispatch then is a pass of its own.
    pub(in crate::gpu) fn enable_profile(&self) {
        self.timing.on.store(true, Ordering::Relaxed);
    }

    /// What was timed up to now; waits for the device.
    pub(in crate::gpu) fn profile(&self) -> Profile {
        // What was timed before a loss is still worth knowing.
        let wait = wgpu::PollType::wait_indefinitely();
        let _ = self.faults.poll(&self.device, wait);
        self.timing.collect();
        self.timing.lock().profile.clone()
    }
}

impl Timing {
    pub(super) fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Arc<Self> {
        let timestamps = device.features().contains(wgpu::Features::TIMESTAMP_QUERY);
        Arc::new(Self {
            on: AtomicBool::new(false),
            tick: timestamps.then(|| f64::from(queue.get_timestamp_period()) * 1e-9),
            begun: Instant::now(),
            state: Mutex::default(),
        })
    }

    /// A recorder for a new batch, where timing is on.
    pub(super) fn recorder(&self) -> Option<Recorder> {
        self.on.load(Ordering::Relaxed).then(Recorder::default)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the batch that was submitted last.
    pub(super) fn submitted(
        &self,
        queue: &wgpu::Queue,
        recorder: Recorder,
        ticks: Option<Ticks>,
        submitted: Instant,
    ) {
        let done = Arc::new(OnceLock::new());
        let ended = done.clone();
        queue.on_submitted_work_done(move || {
            let _ = ended.set(Instant::now());
        });
        self.lock().waiting.push(Waiting {
            kernels: recorder.kernels,
            submitted,
            done,
            ticks,
        });
    }

    /// Takes over the times of the batches that are done.
    pub(super) fn collect(&self) {
        if !self.on.load(Ordering::Relaxed) {
            return;
        }
        let state = &mut *self.lock();
        let waiting = std::mem::take(&mut state.waiting);
        for batch in waiting {
            match batch.done.get() {
                Some(done) => self.finish(state, &batch, *done),
                None => state.waiting.push(batch),
            }
        }
    }

    fn finish(&self, state: &mut State, batch: &Waiting, done: Instant) {
        let [start, end] = [batch.submitted, done]
            .map(|at| at.saturating_duration_since(self.begun).as_secs_f64());
        state.profile.add_batch([start, end]);
        let ticks = batch.ticks.as_ref().and_then(Ticks::read);
        let Some((ticks, tick)) = ticks.zip(self.tick) else {
            return state.profile.share_out(&batch.kernels, [start, end]);
        };
        let first = ticks.first().map_or(0.0, |tick_of| *tick_of as f64 * tick);
        let offset = *state.offset.get_or_insert(start - first);
        for (kernel, pair) in batch.kernels.iter().copied().zip(ticks.chunks_exact(2)) {
            let start = pair[0] as f64 * tick + offset;
            let seconds = pair[1].saturating_sub(pair[0]) as f64 * tick;
            state.profile.add(Span {
                kernel,
                start,
                seconds,
            });
        }
    }
}
