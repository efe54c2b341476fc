//! `trimaran bigint convert`: integers from one file format to another, in memory for one chunk.

use super::inputs::source;
use super::output::Output;
use crate::cli::{Global, device};
use crate::formats::integers::{CHUNK_LIMBS, CHUNK_NUMBERS};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write integers in another format: decimal or hexadecimal lines, .tbi, .npy of unsigned limbs
#[derive(clap::Args)]
pub struct Convert {
    /// Lines of decimal or 0x-hexadecimal integers, .tbi or .npy; `-` for lines on standard input
    input: PathBuf,
    #[command(flatten)]
    output: Output,
}

impl Convert {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        device::untimed(global, "bigint convert")?;
        let file = super::named_file(&self.output, global)?;
        let mut source = source(&self.input)?;
        let mut count = 0;
        self.output.write(|sink| {
            loop {
                let chunk = source.next(CHUNK_NUMBERS, CHUNK_LIMBS)?;
                if chunk.is_empty() {
                    return Ok(());
                }
                count += chunk.len();
                sink.push(chunk.view())?;
            }
        })?;
        if global.json {
            writeln!(
                std::io::stdout(),
                "{:#}",
                json!({ "output": file, "numbers": count })
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
