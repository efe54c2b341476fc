//! An opened adapter: what buffers, pipelines and batches are made by.

use super::adapter::{Adapter, AdapterKind, Handle, Limits};
use super::driver::Driver;
use super::native::Processor;
use super::pipeline::Pipelines;
use super::profile::Profile;
use super::selection;
use crate::{Error, Result};

/// An opened device. Shared between threads by reference.
pub struct Gpu {
    pub(super) executor: Executor,
    pub(super) pipelines: Pipelines,
    pub(super) checks: Checks,
    adapter: Adapter,
}

/// Who does the work.
pub(super) enum Executor {
    /// A device behind a graphics driver.
    Driver(Box<Driver>),
    /// The host's processor, with kernels' native bodies.
    Native(Box<Processor>),
}

/// What keeps a shader's mistakes from doing harm while it runs. Native bodies are checked as Rust is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checks {
    /// Bounds checks, no bounding of loops: how kernels are shipped.
    #[default]
    Shipped,
    /// All that WebGPU asks for, as browsers have it.
    All,
}

impl std::fmt::Display for Checks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Checks::Shipped => "shipped",
            Checks::All => "checked",
        })
    }
}

impl Gpu {
    /// Opens the device that `selector` names: `auto`, a number, or a part of a name in any case.
    /// Where several fit, the best one that opens.
    ///
    /// # Errors
    /// [`Error::NoDevice`] where none fits or none opens.
    pub fn open(selector: &str) -> Result<Self> {
        Self::open_in_turn(selector, 0)
    }

    /// As [`Gpu::open`], for one of several processes that share this machine: where several GPUs of the best kind
    /// fit, the one whose turn it is.
    ///
    /// # Errors
    /// Those of [`Gpu::open`].
    pub fn open_in_turn(selector: &str, turn: usize) -> Result<Self> {
        let mut refused = String::new();
        for (adapter, handle) in selection::candidates_in_turn(selector, turn)? {
            let executor = match handle {
                Handle::Native(processor) => Ok(Executor::Native(Box::new(processor))),
                Handle::Driver(raw) => {
                    Driver::open(&raw).map(|driver| Executor::Driver(Box::new(driver)))
                }
            };
            match executor {
                Ok(executor) => return Ok(Self::new(adapter, executor)),
                Err(why) => refused += &format!("; {}: {why}", adapter.name),
            }
        }
        Err(Error::NoDevice(format!("no device opens{refused}")))
    }

    fn new(adapter: Adapter, executor: Executor) -> Self {
        Self {
            executor,
            pipelines: Pipelines::default(),
            checks: Checks::default(),
            adapter,
        }
    }

    /// The same device, its shaders compiled with these checks from now on.
    pub fn with_checks(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    /// What was opened.
    pub fn adapter(&self) -> &Adapter {
        &self.adapter
    }

    /// The limits of the device.
    pub fn limits(&self) -> &Limits {
        &self.adapter.limits
    }

    /// Whether the host's processor does the work: one invocation per item and no barriers pay there.
    pub fn is_software(&self) -> bool {
        matches!(
            self.adapter.kind,
            AdapterKind::Native | AdapterKind::Software
        )
    }

    /// Begins to time all batches from now on.
    pub fn enable_profile(&self) {
        match &self.executor {
            Executor::Driver(driver) => driver.enable_profile(),
            Executor::Native(processor) => processor.enable_profile(),
        }
    }

    /// What was timed up to now; waits for the device.
    pub fn profile(&self) -> Profile {
        match &self.executor {
            Executor::Driver(driver) => driver.profile(),
            Executor::Native(processor) => processor.profile(),
        }
    }

    /// Gives the device up as if it had been lost: everything after is [`Error::DeviceLost`].
    /// For tests of how callers recover.
    pub fn lose(&self) {
        match &self.executor {
            Executor::Driver(driver) => driver.lose(),
            Executor::Native(processor) => processor.lose(),
        }
    }
}
