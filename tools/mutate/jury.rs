//! Kernels and their twins as judges of a changed text: does any of them notice?

use crate::mutants::Mutant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;
use trimaran::gpu::Gpu;
use trimaran::kernels::list;
use trimaran::twin::{Case, Comparison, Listed};
use trimaran::{Error, Result};

/// Files of `shaders` by path, with their texts as the kernels hold them.
pub type Files = BTreeMap<String, &'static str>;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// By whom, and why.
    Killed(String),
    Survived,
    /// A kernel disagrees with its twin as it is: nothing can be said.
    Broken(String),
}

/// A kernel at one size of its sample.
struct Judge {
    listed: Listed,
    size: usize,
    case: Option<Case>,
    /// Of one comparison, compiling included.
    seconds: f64,
    /// Mutants of this file seen and killed.
    seen: u32,
    killed: u32,
}

impl Judge {
    fn new(listed: Listed, size: usize) -> Self {
        Judge {
            listed,
            size,
            case: None,
            seconds: 0.0,
            seen: 0,
            killed: 0,
        }
    }

    fn concerns(&self, original: &str) -> bool {
        self.listed.kernel.sources.contains(&original)
    }

    fn name(&self) -> String {
        let (name, variant, size) = (self.listed.name, self.listed.variant, self.size);
        format!("{name} ({variant}) at size {size}")
    }

    /// Makes the sample, and sees to it that kernel and twin agree on it.
    fn get_ready(&mut self, gpu: &Gpu) -> std::result::Result<(), String> {
        let case = self.listed.case(self.size, 1);
        let start = Instant::now();
        match case.compare(gpu) {
            Ok(found) if found.outside == 0 => {}
            Ok(found) => return Err(format!("{}: {found}", self.name())),
            Err(error) => return Err(format!("{}: {error}", self.name())),
        }
        self.seconds = start.elapsed().as_secs_f64();
        self.case = Some(case);
        Ok(())
    }

    /// Kills to be expected in a second.
    fn worth(&self) -> f64 {
        f64::from(self.killed + 1) / f64::from(self.seen + 2) / self.seconds.max(1e-3)
    }
}

/// Every kernel at every size.
pub struct Jury {
    device: String,
    gpu: Gpu,
    judges: Vec<Judge>,
    file: String,
}

impl Jury {
    /// Opens the device.
    ///
    /// # Errors
    /// As [`Gpu::open`].
    pub fn new(device: &str) -> Result<Self> {
        let of = |listed: Listed| {
            let sizes = listed.sizes.iter();
            sizes.map(move |size| Judge::new(listed, *size))
        };
        let judges = list().into_iter().flat_map(of).collect();
        let (device, file) = (device.to_string(), String::new());
        let gpu = Gpu::open(&device)?;
        Ok(Self {
            device,
            gpu,
            judges,
            file,
        })
    }

    /// The texts of all kernels that stand under `shaders`, by path.
    pub fn files(shaders: &Path) -> Files {
        let mut files = Files::new();
        let sources: Vec<_> = list().iter().flat_map(|l| l.kernel.sources).collect();
        for folder in ["lib", "dock", "md", "bigint"] {
            let entries = std::fs::read_dir(shaders.join(folder));
            for entry in entries.into_iter().flatten().flatten() {
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if let Some(source) = sources.iter().find(|source| ***source == text) {
                    files.insert(path, **source);
                }
            }
        }
        files
    }

    /// Makes ready all judges of a file, and sees to it that they agree with the kernels as they are.
    ///
    /// # Errors
    /// The kernel that does not agree.
    pub fn seat(&mut self, file: &str, original: &'static str) -> std::result::Result<(), String> {
        if self.file == file {
            return Ok(());
        }
        self.gpu.substitute(original, original);
        for judge in &mut self.judges {
            (judge.seen, judge.killed) = (0, 0);
            if judge.concerns(original) && judge.case.is_none() {
                judge.get_ready(&self.gpu)?;
            }
        }
        self.file = file.into();
        Ok(())
    }

    /// Asks one judge after the other, the most promising first, until one notices the change.
    pub fn judge(&mut self, mutant: &Mutant, original: &'static str) -> Verdict {
        if let Err(broken) = self.seat(&mutant.file, original) {
            return Verdict::Broken(broken);
        }
        self.gpu.substitute(original, &mutant.apply(original));
        let judges = self.judges.iter_mut();
        let mut judges: Vec<_> = judges.filter(|j| j.concerns(original)).collect();
        judges.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
        for judge in judges {
            judge.seen += 1;
            let Some(case) = &judge.case else {
                continue;
            };
            // What a wrong kernel leaves behind may be beyond what its launch can read.
            let outcome = catch_unwind(AssertUnwindSafe(|| case.compare(&self.gpu)));
            if let Some(why) = complaint(&outcome) {
                judge.killed += 1;
                let by = format!("{}: {why}", judge.name());
                self.reopen(matches!(outcome, Ok(Err(Error::DeviceLost(_))) | Err(_)));
                return Verdict::Killed(by);
            }
        }
        Verdict::Survived
    }

    fn reopen(&mut self, broken: bool) {
        if broken && let Ok(gpu) = Gpu::open(&self.device) {
            self.gpu = gpu;
        }
    }
}

fn complaint(outcome: &std::thread::Result<Result<Comparison>>) -> Option<String> {
    match outcome {
        Ok(Ok(found)) if found.outside == 0 => None,
        Ok(Ok(found)) => Some(format!("{} of {} values", found.outside, found.values)),
        Ok(Err(Error::Kernel { .. })) => Some("does not compile".into()),
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("its results cannot be read".into()),
    }
}
