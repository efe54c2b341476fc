//! Times every dispatch on the device and every batch on the host, where asked to.

use super::Driver;
use crate::gpu::profile::{Profile, Span};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::time::Instant;

/// Dispatches that share a query set: two timestamps each, of the 4,096 that WebGPU allows.
const DISPATCHES_PER_SET: usize = 2048;

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

/// The dispatches of a batch that is being recorded.
#[derive(Default)]
pub(super) struct Recorder {
    kernels: Vec<&'static str>,
    sets: Vec<wgpu::QuerySet>,
}

/// A submitted batch whose times are not known yet.
struct Waiting {
    kernels: Vec<&'static str>,
    submitted: Instant,
    done: Arc<OnceLock<Instant>>,
    ticks: Option<Ticks>,
}

/// Timestamps on their way to the host.
pub(super) struct Ticks {
    staging: wgpu::Buffer,
    mapped: mpsc::Receiver<bool>,
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

    /// Notes a batch that was just submitted.
    pub(super) fn submitted(
        &self,
        recorder: Recorder,
        ticks: Option<Ticks>,
        submitted: Instant,
        done: Arc<OnceLock<Instant>>,
    ) {
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

impl Recorder {
    /// Where the next dispatch's pass writes its two timestamps; `None` where the device cannot.
    pub(super) fn next(
        &mut self,
        device: &wgpu::Device,
        kernel: &'static str,
    ) -> Option<wgpu::ComputePassTimestampWrites<'_>> {
        let place = self.kernels.len() % DISPATCHES_PER_SET;
        self.kernels.push(kernel);
        if !device.features().contains(wgpu::Features::TIMESTAMP_QUERY) {
            return None;
        }
        if place == 0 {
            self.sets
                .push(device.create_query_set(&wgpu::QuerySetDescriptor {
                    label: Some("timing"),
                    ty: wgpu::QueryType::Timestamp,
                    count: 2 * DISPATCHES_PER_SET as u32,
                }));
        }
        Some(wgpu::ComputePassTimestampWrites {
            query_set: self.sets.last()?,
            beginning_of_pass_write_index: Some(2 * place as u32),
            end_of_pass_write_index: Some(2 * place as u32 + 1),
        })
    }

    /// Records the way of the timestamps to the host.
    pub(super) fn resolve(
        &self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Option<Ticks> {
        use wgpu::BufferUsages as U;
        if self.sets.is_empty() {
            return None;
        }
        let size = 16 * self.kernels.len() as u64;
        let buffer = |usage| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("timing"),
                size,
                usage,
                mapped_at_creation: false,
            })
        };
        let resolved = buffer(U::QUERY_RESOLVE | U::COPY_SRC);
        let staging = buffer(U::MAP_READ | U::COPY_DST);
        let kernels = self.kernels.chunks(DISPATCHES_PER_SET);
        for ((at, set), kernels) in self.sets.iter().enumerate().zip(kernels) {
            let offset = (at * DISPATCHES_PER_SET * 16) as u64;
            encoder.resolve_query_set(set, 0..2 * kernels.len() as u32, &resolved, offset);
        }
        encoder.copy_buffer_to_buffer(&resolved, 0, &staging, 0, size);
        let (send, mapped) = mpsc::channel();
        encoder.map_buffer_on_submit(&staging, wgpu::MapMode::Read, .., move |result| {
            let _ = send.send(result.is_ok());
        });
        Some(Ticks { staging, mapped })
    }
}

impl Ticks {
    /// Begin and end of each dispatch, in ticks.
    fn read(&self) -> Option<Vec<u64>> {
        self.mapped.try_recv().ok().filter(|mapped| *mapped)?;
        let view = self.staging.get_mapped_range(..).ok()?;
        Some(bytemuck::pod_collect_to_vec(&view))
    }
}
