//! `trimaran bigint info`: what a file of integers holds; every checksum of it is verified on the way.

use super::inputs::source;
use crate::cli::{Global, device};
use crate::formats::integers::{CHUNK_LIMBS, CHUNK_NUMBERS, Format};
use crate::integers::Array;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say how many integers a file holds and how long they are
#[derive(clap::Args)]
pub struct Info {
    /// Lines of decimal or 0x-hexadecimal integers, .tbi or .npy; `-` for lines on standard input
    file: PathBuf,
}

/// What a file holds.
#[derive(Default, Serialize)]
struct Summary {
    numbers: u64,
    negative: u64,
    zero: u64,
    limbs: u64,
    bits: Option<Bits>,
    /// For files that have checksums; a wrong one is an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    checksums: Option<&'static str>,
}

/// Bit lengths; the median of an even count is the lower of the two.
#[derive(Serialize)]
struct Bits {
    min: u64,
    median: u64,
    max: u64,
}

impl Info {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        device::untimed(global, "bigint info")?;
        let mut source = source(&self.file)?;
        let mut summary = Summary::default();
        let mut lengths = BTreeMap::new();
        loop {
            let chunk = source.next(CHUNK_NUMBERS, CHUNK_LIMBS)?;
            if chunk.is_empty() {
                break;
            }
            summary.add(&chunk, &mut lengths);
        }
        summary.bits = bits(&lengths, summary.numbers);
        summary.checksums = (Format::of(&self.file) == Format::Tbi).then_some("ok");
        let mut stdout = std::io::stdout().lock();
        match global.json {
            true => writeln!(stdout, "{}", serde_json::to_string_pretty(&summary)?)?,
            false => writeln!(stdout, "{}", summary.text())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Summary {
    fn add(&mut self, chunk: &Array, lengths: &mut BTreeMap<u64, u64>) {
        self.numbers += chunk.len() as u64;
        self.limbs += chunk.limbs().len() as u64;
        for number in chunk.iter() {
            self.negative += u64::from(number.negative);
            self.zero += u64::from(number.is_zero());
            *lengths.entry(number.bits()).or_default() += 1;
        }
    }

    fn text(&self) -> String {
        let Summary {
            numbers,
            negative,
            zero,
            ..
        } = self;
        let bits = self
            .bits
            .as_ref()
            .map_or(String::new(), |Bits { min, median, max }| {
                format!("\nbits: {min} to {max}, median {median}")
            });
        let checksums = self
            .checksums
            .map_or(String::new(), |state| format!("\nchecksums: {state}"));
        format!("{numbers} numbers, {negative} of them negative, {zero} zero{bits}{checksums}")
    }
}

/// Smallest, middle and largest of lengths that are counted.
fn bits(lengths: &BTreeMap<u64, u64>, numbers: u64) -> Option<Bits> {
    let mut below = 0;
    let median = lengths.iter().find(|(_, count)| {
        below += *count;
        below * 2 >= numbers
    });
    Some(Bits {
        min: *lengths.first_key_value()?.0,
        median: *median?.0,
        max: *lengths.last_key_value()?.0,
    })
}
