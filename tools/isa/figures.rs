//! What a compiler says of a kernel, as rows of a table.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures of one kernel on one family of GPUs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Vector registers of an invocation, scalar registers of a subgroup.
    pub vgprs: u64,
    pub sgprs: u64,
    /// Registers that went to memory.
    pub spilled_vgprs: u64,
    pub spilled_sgprs: u64,
    /// Bytes of a subgroup in scratch memory: spilled registers and private arrays.
    pub scratch_bytes: u64,
    /// Bytes of a workgroup.
    pub lds_bytes: u64,
    pub subgroup_size: u64,
    /// How many subgroups a SIMD unit holds at once: what hides the latency of memory.
    pub subgroups_per_simd: u64,
    pub instructions: u64,
    /// Cycles from start to end, and between two subgroups where all units are busy; loops counted as the compiler guesses.
    pub latency: u64,
    pub inverse_throughput: u64,
}

impl Figures {
    /// From the driver's own names.
    ///
    /// # Errors
    /// A figure is missing.
    pub fn new(named: &BTreeMap<String, u64>) -> Result<Self> {
        let get = |name: &str| {
            let value = named.get(name).copied();
            value.with_context(|| format!("the driver does not tell {name}"))
        };
        Ok(Self {
            vgprs: get("VGPRs")?,
            sgprs: get("SGPRs")?,
            spilled_vgprs: get("Spilled VGPRs")?,
            spilled_sgprs: get("Spilled SGPRs")?,
            scratch_bytes: get("Scratch size")?,
            lds_bytes: get("LDS size")?,
            subgroup_size: get("Subgroup size")?,
            subgroups_per_simd: get("Subgroups per SIMD")?,
            instructions: get("Instructions")?,
            latency: get("Latency")?,
            inverse_throughput: get("Inverse Throughput")?,
        })
    }

    /// Whether registers or arrays lie in memory.
    pub fn leaves_registers(&self) -> bool {
        self.spilled_vgprs + self.spilled_sgprs + self.scratch_bytes > 0
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub kernel: String,
    /// Which of the kernels of that name.
    pub variant: String,
    /// What is set in it, such as `ATOMS=32 FRAGMENTS=8`.
    pub constants: String,
    /// Name of the family as Mesa says it, such as NAVI21.
    pub family: String,
    #[serde(flatten)]
    pub figures: Figures,
}

/// Prints rows for readers.
pub fn print(rows: &[Row]) {
    println!(
        "{:26} {:9} {:34} {:7} {:>5} {:>5} {:>9} {:>8} {:>6} {:>9} {:>7} {:>9}",
        "kernel",
        "variant",
        "constants",
        "family",
        "VGPRs",
        "SGPRs",
        "spilled",
        "scratch",
        "LDS",
        "subgroups",
        "instr.",
        "inv.thr."
    );
    for Row {
        kernel,
        variant,
        constants,
        family,
        figures: f,
    } in rows
    {
        let spilled = format!("{}+{}", f.spilled_vgprs, f.spilled_sgprs);
        let subgroups = format!("{}x{}", f.subgroups_per_simd, f.subgroup_size);
        println!(
            "{kernel:26} {variant:9} {constants:34} {family:7} {:>5} {:>5} {spilled:>9} {:>8} {:>6} {subgroups:>9} {:>7} {:>9}",
            f.vgprs, f.sgprs, f.scratch_bytes, f.lds_bytes, f.instructions, f.inverse_throughput
        );
    }
}
