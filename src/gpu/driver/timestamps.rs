//! The device's own clock: when each dispatch of a batch began and ended, asked for with the batch and read after it.

use std::sync::mpsc;

/// Dispatches that share a query set: two timestamps each, of the 4,096 that WebGPU allows.
const DISPATCHES_PER_SET: usize = 2048;

/// The dispatches of a batch that is being recorded.
#[derive(Default)]
pub(super) struct Recorder {
    /// Names of their kernels.
    pub(super) kernels: Vec<&'static str>,
    sets: Vec<wgpu::QuerySet>,
}

/// Timestamps on their way to the host.
pub(super) struct Ticks {
    staging: wgpu::Buffer,
    mapped: mpsc::Receiver<bool>,
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
    pub(super) fn read(&self) -> Option<Vec<u64>> {
        self.mapped.try_recv().ok().filter(|mapped| *mapped)?;
        let view = self.staging.get_mapped_range(..).ok()?;
        Some(bytemuck::pod_collect_to_vec(&view))
    }
}
