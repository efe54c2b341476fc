//! The figures that were accepted, and what has become worse since.

use crate::figures::Row;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Share of inverse throughput that may be lost unnoticed.
const LOSS: f64 = 0.1;

/// Why a kernel may leave the registers.
#[derive(Clone, Serialize, Deserialize)]
pub struct Accepted {
    pub kernel: String,
    pub variant: String,
    pub reason: String,
}

/// What was accepted, with the driver that said so.
#[derive(Serialize, Deserialize)]
pub struct Baseline {
    pub driver: String,
    pub accepted: Vec<Accepted>,
    pub rows: Vec<Row>,
}

impl Baseline {
    /// # Errors
    /// The file cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        let at = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(at)?;
        serde_json::from_str(&text).with_context(at)
    }

    /// What is worse than accepted, in words.
    pub fn complaints(&self, rows: &[Row]) -> Vec<String> {
        rows.iter()
            .flat_map(|row| self.complaints_about(row))
            .collect()
    }

    fn complaints_about(&self, row: &Row) -> Vec<String> {
        let parts = |r: &Row| [&r.kernel, &r.variant, &r.constants, &r.family].map(String::clone);
        let name = parts(row).join(" ");
        let same = |r: &&Row| parts(r) == parts(row);
        let Some(before) = self.rows.iter().find(same) else {
            return vec![format!("{name}: not in the baseline")];
        };
        let (before, now) = (&before.figures, &row.figures);
        let mut found = Vec::new();
        let gains = [
            ("spilled VGPRs", before.spilled_vgprs, now.spilled_vgprs),
            ("spilled SGPRs", before.spilled_sgprs, now.spilled_sgprs),
            ("bytes of scratch", before.scratch_bytes, now.scratch_bytes),
        ];
        for (what, before, now) in gains.into_iter().filter(|(_, before, now)| now > before) {
            found.push(format!("{name}: {now} {what}, {before} before"));
        }
        let (was, is) = (before.inverse_throughput, now.inverse_throughput);
        if is as f64 > (1.0 + LOSS) * was as f64 {
            found.push(format!(
                "{name}: inverse throughput {is} cycles, {was} before"
            ));
        }
        let is_accepted = self
            .accepted
            .iter()
            .any(|known| [&known.kernel, &known.variant] == [&row.kernel, &row.variant]);
        if now.leaves_registers() && !is_accepted {
            found.push(format!(
                "{name}: spills or scratch without a reason in the baseline"
            ));
        }
        found
    }
}
