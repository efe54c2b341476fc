//! Buffers that were given back, kept by size class for the next who asks.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Idle bytes kept at most; beyond that a dropped buffer is freed at once.
const IDLE_BYTES: u64 = 256 << 20;
/// Smallest class; also the alignment that some interfaces ask of uniform buffers.
const SMALLEST: u64 = 256;

/// What a buffer is for: kernels, or carrying results to the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Use {
    Kernel,
    Readback,
}

/// The free lists of one device.
#[derive(Default)]
pub(super) struct Pool {
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    free: HashMap<(Use, u64), Vec<wgpu::Buffer>>,
    bytes: u64,
}

impl Pool {
    /// An idle buffer of exactly this class.
    pub(super) fn take(&self, purpose: Use, class: u64) -> Option<wgpu::Buffer> {
        let mut idle = self.lock();
        let buffer = idle.free.get_mut(&(purpose, class))?.pop()?;
        idle.bytes -= class;
        Some(buffer)
    }

    /// Keeps a buffer, or frees it where enough lie idle.
    pub(super) fn give(&self, purpose: Use, buffer: wgpu::Buffer) {
        let (mut idle, class) = (self.lock(), buffer.size());
        if idle.bytes + class <= IDLE_BYTES {
            idle.bytes += class;
            idle.free.entry((purpose, class)).or_default().push(buffer);
        }
    }

    /// Frees all that lies idle: the step before giving up for want of memory.
    pub(super) fn clear(&self) {
        *self.lock() = Idle::default();
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The size class that holds `bytes`: steps of a quarter of the power of two below,
/// so that at most a fifth of a large buffer is unused.
pub(super) fn class(bytes: u64) -> u64 {
    let bytes = bytes.max(SMALLEST);
    let step = (1 << bytes.ilog2()) / 4;
    bytes.next_multiple_of(SMALLEST.max(step))
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn classes_are_close_and_aligned() {
        assert_eq!([0, 1, 256, 257].map(class), [256, 256, 256, 512]);
        assert_eq!([4096, 4097, 5121].map(class), [4096, 5120, 6144]);
        for bytes in (0..1_000_000u64).step_by(997) {
            let held = class(bytes);
            assert!(held >= bytes && held.is_multiple_of(256) && class(held) == held);
            assert!(
                bytes < 2048 || (held - bytes) * 4 <= bytes,
                "{bytes} {held}"
            );
        }
    }
}
