//! One step of a batch on the host's processor, done: a dispatch, a copy, a download.

use super::call::Call;
use super::claims::Claims;
use super::{Memory, Processor};
use crate::gpu::args::Bound;
use crate::gpu::buffer::Block;
use crate::gpu::pipeline::{Executable, Pipeline};
use crate::{Error, Result};
use bytemuck::Pod;
use std::sync::{Arc, OnceLock};

/// One step of a batch. The blocks are this processor's own, and large enough.
pub(super) enum Command {
    Dispatch {
        pipeline: Arc<Pipeline>,
        bound: Vec<Bound>,
        groups: [u32; 3],
    },
    Copy {
        from: Arc<Block>,
        to: Arc<Block>,
        words: usize,
    },
    Download {
        from: Arc<Block>,
        start: usize,
        words: usize,
        to: Copied,
    },
}

/// Where a download arrives.
#[derive(Clone, Default)]
pub(in crate::gpu) struct Copied(Arc<OnceLock<Vec<u32>>>);

impl Copied {
    /// What arrived; as elements of this type.
    ///
    /// # Errors
    /// [`Error::Usage`] where its batch did not run.
    pub(in crate::gpu) fn take<T: Pod>(self) -> Result<Vec<T>> {
        let words = Arc::into_inner(self.0).and_then(OnceLock::into_inner);
        let words =
            words.ok_or_else(|| Error::Usage("a download whose batch did not run".into()))?;
        // Elements of words need no second copy.
        bytemuck::allocation::try_cast_vec(words)
            .or_else(|(_, words)| Ok(bytemuck::pod_collect_to_vec(&words)))
    }
}

impl Command {
    /// Does it; the kernel's name where it is a dispatch.
    ///
    /// # Errors
    /// What the body of a dispatch reports.
    pub(super) fn run(self, processor: &Processor) -> Result<Option<&'static str>> {
        match self {
            Command::Dispatch {
                pipeline,
                bound,
                groups,
            } => {
                call(processor, &pipeline, &bound, groups)?;
                return Ok(Some(pipeline.name()));
            }
            Command::Copy { from, to, words } => {
                let copied = from.of_native()?.copied(0, words);
                let target: &Memory = to.of_native()?;
                target.write(0, bytemuck::cast_slice(&copied));
            }
            Command::Download {
                from,
                start,
                words,
                to,
            } => {
                let _ = to.0.set(from.of_native()?.copied(start, words));
            }
        }
        Ok(None)
    }
}

fn call(
    processor: &Processor,
    pipeline: &Pipeline,
    bound: &[Bound],
    groups: [u32; 3],
) -> Result<()> {
    let Executable::Native(program) = &pipeline.executable else {
        return Ok(());
    };
    (program.body)(&Call {
        kernel: &pipeline.kernel,
        program,
        bound: pipeline.bindings.iter().zip(bound).collect(),
        groups,
        level: processor.level,
        claims: Claims::default(),
    })
}
