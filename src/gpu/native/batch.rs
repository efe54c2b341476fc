//! Work recorded for the host's processor, and done when submitted.

use super::Processor;
use super::command::{Command, Copied};
use crate::Result;
use crate::gpu::args::{Args, Bound};
use crate::gpu::buffer::Block;
use crate::gpu::profile::Span;
use crate::gpu::reflection::{Binding, Space};
use std::sync::Arc;
use std::time::Instant;

/// Dispatches, copies and downloads in the order they are to happen.
pub(in crate::gpu) struct Recording<'gpu> {
    processor: &'gpu Processor,
    commands: Vec<Command>,
}

impl<'gpu> Recording<'gpu> {
    pub(in crate::gpu) fn new(processor: &'gpu Processor) -> Self {
        Recording {
            processor,
            commands: Vec::new(),
        }
    }

    /// # Errors
    /// [`crate::Error::Kernel`] where an argument is missing, or a buffer is bound to be read and to be written;
    /// [`crate::Error::Usage`] for another device's buffer.
    pub(in crate::gpu) fn dispatch(&mut self, args: &Args, groups: [u32; 3]) -> Result<()> {
        let bound = args.bound()?;
        for (_, bound) in &bound {
            self.processor.own(&bound.block)?;
        }
        refuse_shared(args, &bound)?;
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
    /// [`crate::Error::Usage`] for another device's block.
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
    /// [`crate::Error::Usage`] for another device's block.
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
    /// As [`Processor::turn`], and what the bodies report.
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

/// # Errors
/// [`crate::Error::Kernel`] where a buffer that the kernel writes is bound a second time.
fn refuse_shared(args: &Args, bound: &[(&Binding, &Bound)]) -> Result<()> {
    let written = bound
        .iter()
        .filter(|(binding, _)| binding.space == Space::ReadWrite);
    for (binding, mine) in written {
        let mut others = bound.iter().filter(|(other, _)| other.slot != binding.slot);
        if others.any(|(_, other)| Arc::ptr_eq(&other.block, &mine.block)) {
            let name = &binding.name;
            let what = format!("the buffer of {name}, which it writes, is bound twice");
            return Err(args.pipeline.kernel.error(what));
        }
    }
    Ok(())
}
