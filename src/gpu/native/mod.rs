//! The host's processor as a device: kernels' native bodies over its threads, in the widest vectors it has.

mod batch;
mod call;
mod cells;
mod claims;
mod command;
mod memory;
mod program;
mod strips;

pub(super) use batch::Recording;
pub use call::Call;
pub use cells::Cells;
pub(super) use command::Copied;
pub(super) use memory::Memory;
pub(super) use program::Program;
pub use strips::Strip;

use super::adapter::{Adapter, AdapterKind, Limits};
use super::buffer::{Block, foreign};
use super::profile::{Profile, Span};
use crate::lanes::{Level, levels};
use crate::{Error, Result};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Instant;

/// As other devices have them; memory is bound by what the system gives.
const LIMITS: Limits = Limits {
    storage_binding_bytes: 1 << 32,
    uniform_binding_bytes: 1 << 16,
    buffer_bytes: 1 << 32,
    storage_buffers: 16,
    workgroups_per_dimension: 65_535,
    invocations_per_workgroup: 1024,
    workgroup_memory_bytes: 16 << 10,
};

/// The processor with one of its instruction sets.
pub(super) struct Processor {
    number: u64,
    level: Level,
    /// Held while a batch runs or memory is written: one after the other, as a queue does it.
    queue: Mutex<()>,
    lost: AtomicBool,
    begun: Instant,
    /// Present where timing is on.
    profile: Mutex<Option<Profile>>,
}

/// The processor, once for each instruction set that kernels have bodies for, best first.
pub(super) fn listed() -> Vec<(Adapter, Processor)> {
    let listed = levels().into_iter();
    listed
        .map(|level| (describe(level), Processor::new(level)))
        .collect()
}

fn describe(level: Level) -> Adapter {
    Adapter {
        number: 0,
        name: format!("cpu {}", level.name()),
        kind: AdapterKind::Native,
        backend: "native".into(),
        driver: env!("CARGO_PKG_NAME").into(),
        driver_info: env!("CARGO_PKG_VERSION").into(),
        features: Vec::new(),
        limits: LIMITS,
    }
}

impl Processor {
    fn new(level: Level) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Processor {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            level,
            queue: Mutex::default(),
            lost: AtomicBool::new(false),
            begun: Instant::now(),
            profile: Mutex::default(),
        }
    }

    /// # Errors
    /// [`Error::DeviceLost`].
    pub(super) fn check(&self) -> Result<()> {
        if self.lost.load(Ordering::Relaxed) {
            return Err(Error::DeviceLost("given up".into()));
        }
        Ok(())
    }

    /// The turn of one batch or upload.
    ///
    /// # Errors
    /// [`Error::DeviceLost`]; [`Error::Usage`] in a task of rayon's where it is another's turn: while that one waits for
    /// its parts, its thread may have taken up this task, and neither would end.
    fn turn(&self) -> Result<MutexGuard<'_, ()>> {
        self.check()?;
        if rayon::current_thread_index().is_none() {
            return Ok(self.queue.lock().unwrap_or_else(PoisonError::into_inner));
        }
        match self.queue.try_lock() {
            Ok(turn) => Ok(turn),
            Err(TryLockError::Poisoned(turn)) => Ok(turn.into_inner()),
            Err(TryLockError::WouldBlock) => Err(Error::Usage(
                "a rayon task cannot wait for another batch on the processor: submit from a thread of your own (std::thread)"
                    .into(),
            )),
        }
    }

    /// Memory of zero bits.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] with what `what` says, [`Error::DeviceLost`].
    pub(super) fn memory(&self, bytes: u64, what: &dyn Fn() -> String) -> Result<Memory> {
        self.check()?;
        Memory::zeroed(self.number, bytes).ok_or_else(|| Error::OutOfMemory {
            what: what(),
            bytes,
        })
    }

    /// The memory of this block: no other processor's, whose queue would not keep it from being written while it is read.
    ///
    /// # Errors
    /// [`Error::Usage`] for another device's block.
    fn own<'b>(&self, block: &'b Block) -> Result<&'b Memory> {
        let memory = block.of_native()?;
        if memory.owner != self.number {
            return Err(foreign());
        }
        Ok(memory)
    }

    /// Overwrites bytes from the byte `at`, whole words.
    ///
    /// # Errors
    /// As [`Processor::turn`]; [`Error::Usage`] for another device's block.
    pub(super) fn write(&self, block: &Block, at: usize, bytes: &[u8]) -> Result<()> {
        let memory = self.own(block)?;
        let _turn = self.turn()?;
        memory.write(at / 4, bytes);
        Ok(())
    }

    pub(super) fn enable_profile(&self) {
        self.timed().get_or_insert_default();
    }

    pub(super) fn profile(&self) -> Profile {
        self.timed().clone().unwrap_or_default()
    }

    fn timed(&self) -> MutexGuard<'_, Option<Profile>> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what was timed of a batch that began then.
    fn note(&self, begun: Instant, spans: Vec<Span>) {
        if let Some(profile) = &mut *self.timed() {
            let since = |at: Instant| at.saturating_duration_since(self.begun).as_secs_f64();
            profile.add_batch([since(begun), since(Instant::now())]);
            spans.into_iter().for_each(|span| profile.add(span));
        }
    }

    pub(super) fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }
}
