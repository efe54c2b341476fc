//! Where numbers go: a file of any format, or lines on standard output.

use crate::Error;
use crate::formats::integers::{Format, LineWriter, Sink, write};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

/// Where numbers go.
#[derive(Args)]
pub struct Output {
    /// Output file; without it, lines on standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the output (default: by the ending .tbi, .npy or .hex, else decimal lines)
    #[arg(long, value_enum)]
    format: Option<FormatName>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Decimal,
    Hex,
    Tbi,
    Npy,
}

impl Output {
    /// The file, where there is one.
    pub fn file(&self) -> Option<&PathBuf> {
        self.output.as_ref()
    }

    /// Has `fill` write the numbers; a file appears whole or not at all.
    pub fn write(
        &self,
        fill: impl FnOnce(&mut dyn Sink) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let by_name = self
            .output
            .as_ref()
            .map_or(Format::Decimal, |path| Format::of(path));
        let format = self.format.map_or(by_name, |name| match name {
            FormatName::Decimal => Format::Decimal,
            FormatName::Hex => Format::Hexadecimal,
            FormatName::Tbi => Format::Tbi,
            FormatName::Npy => Format::Npy,
        });
        match &self.output {
            Some(path) => write(path, format, |sink| {
                fill(sink).map_err(|error| in_file(error, path))
            }),
            None if matches!(format, Format::Tbi | Format::Npy) => {
                anyhow::bail!("a binary format needs a file: add -o FILE")
            }
            None => {
                let mut sink = LineWriter::new(io::BufWriter::new(io::stdout().lock()), format);
                fill(&mut sink)?;
                Ok(sink.finish()?)
            }
        }
    }
}

/// A sink's errors know no file; others have said where they come from.
fn in_file(error: anyhow::Error, path: &Path) -> anyhow::Error {
    match error.downcast::<io::Error>() {
        Ok(cause) => Error::at(path)(cause).into(),
        Err(other) => other,
    }
}
