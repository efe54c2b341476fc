//! Work recorded for the host's processor, and done when submitted.

use super::call::Call;
use super::claims::Claims;
use super::{Memory, Processor};
use crate::gpu::args::{Args, Bound};
use crate::gpu::buffer::Block;
use crate::gpu::pipeline::{Executable, Pipeline};
use crate::gpu::profile::Span;
use crate::gpu::reflection::Space;
use crate::{Error, Result};
use bytemuck::Pod;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// Dispatches, copies and downloads in the order they are to happen.
pub(in crate::gpu) struct Recording<'gpu> {
    processor: &'gpu Processor,
    commands: Vec<Command>,
}

enum Command {
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

impl<'gpu> Recording<'gpu> {
    pub(in crate::gpu) fn new(processor: &'gpu Processor) -> Self {
        Recording {
            processor,
            commands: Vec::new(),
        }
    }

    /// # Errors
    /// [`Error::Kernel`] where an argument is missing, or a buffer is bound to be read and to be written;
    /// [`Error::Usage`] for another device's buffer.
    pub(in crate::gpu) fn dispatch(&mut self, args: &Args, groups: [u32; 3]) -> Result<()> {
        let bound = args.bound()?;
        for (_, bound) in &bound {
            self.processor.own(&bound.block)?;
        }
        let written = bound
            .iter()
            .filter(|(binding, _)| binding.space == Space::ReadWrite);
        for (binding, mine) in written {
            let mut others = bound.iter().filter(|(other, _)| other.slot != binding.slot);
            if others.any(|(_, other)| Arc::ptr_eq(&other.block, &mine.block)) {
                let what = format!(
                    "the buffer of {}, which it writes, is bound twice",
                    binding.name
                );
                return Err(args.pipeline.kernel.error(what));
            }
        }
        if !groups.contains(&0) {
            self.commands.push(Command::Dispatch {
                pipeline: args.pipeline.clone(),
                bound: bound.into_iter().map(|(_, bound)| bound.clone()).collect(),
                groups,
            });
        }
        Ok(())
    }

    /// # Errors
    /// [`Error::Usage`] for another device's block.
    pub(in crate::gpu) fn copy(
        &mut self,
        from: &Arc<Block>,
        to: &Arc<Block>,
        bytes: u64,
    ) -> Result<()> {
        for block in [from, to] {
            self.processor.own(block)?;
        }
        self.commands.push(Command::Copy {
            from: from.clone(),
            to: to.clone(),
            words: bytes as usize / 4,
        });
        Ok(())
    }

    /// # Errors
    /// [`Error::Usage`] for another device's block.
    pub(in crate::gpu) fn download(
        &mut self,
        from: &Arc<Block>,
        [start, bytes]: [u64; 2],
    ) -> Result<Copied> {
        self.processor.own(from)?;
        let to = Copied::default();
        self.commands.push(Command::Download {
            from: from.clone(),
            start: start as usize / 4,
            words: bytes as usize / 4,
            to: to.clone(),
        });
        Ok(to)
    }

    /// Does all of it.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], and what the bodies report.
    pub(in crate::gpu) fn run(self) -> Result<()> {
        let _turn = self.processor.turn()?;
        let begun = Instant::now();
        let mut spans = Vec::new();
        for command in self.commands {
            let start = self.processor.begun.elapsed().as_secs_f64();
            if let Some(kernel) = command.run(self.processor)? {
                let end = self.processor.begun.elapsed().as_secs_f64();
                let seconds = end - start;
                spans.push(Span {
                    kernel,
                    start,
                    seconds,
                });
            }
        }
        self.processor.note(begun, spans);
        Ok(())
    }
}

impl Command {
    /// Does it; the kernel's name where it is a dispatch.
    fn run(self, processor: &Processor) -> Result<Option<&'static str>> {
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
