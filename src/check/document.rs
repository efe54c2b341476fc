//! What a check found, as the document of `--json` and of tests/data/adapters.

use crate::gpu::Adapter;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// All that one check found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Version of trimaran.
    pub version: String,
    /// Operating system and processor.
    pub os: String,
    /// What was checked, under the names that `results` has.
    pub adapters: Vec<Adapter>,
    /// One row for each kernel, adapter, mode and sample.
    pub results: Vec<Row>,
}

/// One sample of one kernel on one adapter in one mode.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Name of the kernel.
    pub kernel: String,
    /// Which of the kernels of that name.
    pub variant: String,
    /// Name of the adapter, and interface.
    pub adapter: String,
    /// Name and version of its driver.
    pub driver: String,
    /// Checks while it runs: `shipped` or `checked`.
    pub mode: String,
    /// Name of the sample.
    pub sample: String,
    /// Worst difference in roundings; none where a value is no number or the kernel did not run.
    pub roundings: Option<f64>,
    /// Roundings allowed.
    pub allowed: f64,
    /// Time of the kernel with compilation, upload and read-back.
    pub seconds: f64,
    /// Whether all values agree.
    pub ok: bool,
    /// Where they do not, what is wrong.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

impl Document {
    /// What was found on these adapters by this program.
    pub fn new(adapters: &[Adapter], results: Vec<Row>) -> Self {
        let named = |adapter: &Adapter| Adapter {
            name: adapter.label(),
            ..adapter.clone()
        };
        Document {
            version: env!("CARGO_PKG_VERSION").into(),
            os: [std::env::consts::OS, std::env::consts::ARCH].join(" "),
            adapters: adapters.iter().map(named).collect(),
            results,
        }
    }

    /// The document as JSON, a row a line.
    ///
    /// # Errors
    /// None that these fields can cause.
    pub fn json(&self) -> serde_json::Result<String> {
        let (version, os) = (json!(self.version), json!(self.os));
        let (adapters, results) = (lines(&self.adapters)?, lines(&self.results)?);
        Ok(format!(
            "{{\n\"version\": {version},\n\"os\": {os},\n\"adapters\": [\n{adapters}\n],\n\"results\": [\n{results}\n]\n}}"
        ))
    }

    /// Whether everything agrees.
    pub fn agrees(&self) -> bool {
        self.results.iter().all(|row| row.ok)
    }
}

fn lines<T: Serialize>(items: &[T]) -> serde_json::Result<String> {
    let lines: serde_json::Result<Vec<_>> = items.iter().map(serde_json::to_string).collect();
    Ok(lines?.join(",\n"))
}
