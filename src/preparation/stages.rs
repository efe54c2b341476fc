//! Where the time of a preparation goes: seconds of each stage of a ligand's way, added up over all threads.

use crate::archive::Library;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A stage of the way from archive to archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are read and their compression is undone.
    Decompression,
    /// Archives are cut into members, members into records.
    Cutting,
    /// Text becomes a molecule.
    Parsing,
    /// Hydrogens, rings, aromaticity, hybridisation.
    Perception,
    /// Types, charges and torsions.
    Typing,
    /// The molecule becomes PDBQT.
    Writing,
    /// Texts become pieces of archives.
    Compression,
    /// Parts are written and joined.
    Storing,
}

impl Stage {
    /// All of them, in a ligand's order.
    pub const ALL: [Stage; 8] = [
        Stage::Decompression,
        Stage::Cutting,
        Stage::Parsing,
        Stage::Perception,
        Stage::Typing,
        Stage::Writing,
        Stage::Compression,
        Stage::Storing,
    ];

    /// In one word, such as `parsing`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Decompression => "decompression",
            Stage::Cutting => "cutting",
            Stage::Parsing => "parsing",
            Stage::Perception => "perception",
            Stage::Typing => "typing",
            Stage::Writing => "writing",
            Stage::Compression => "compression",
            Stage::Storing => "storing",
        }
    }
}

/// Time spent in each stage so far.
#[derive(Debug, Default)]
pub struct Stages([AtomicU64; Stage::ALL.len()]);

impl Stages {
    /// Adds to a stage.
    pub fn add(&self, stage: Stage, time: Duration) {
        self.0[stage as usize].fetch_add(time.as_nanos() as u64, Ordering::Relaxed);
    }

    /// Adds the time that a reader of the library was busy.
    pub fn add_reading(&self, busy: Duration, library: &Library) {
        let decoding = library.decoding();
        self.add(Stage::Decompression, decoding);
        self.add(Stage::Cutting, busy.saturating_sub(decoding));
    }

    /// Does some work of a stage.
    pub fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.add(stage, start.elapsed());
        done
    }

    /// A watch over work that goes through several stages.
    pub fn watch(&self) -> Watch<'_> {
        Watch {
            stages: self,
            last: Instant::now(),
        }
    }

    /// Seconds in a stage, waiting for disks and other programs included.
    pub fn seconds(&self, stage: Stage) -> f64 {
        self.0[stage as usize].load(Ordering::Relaxed) as f64 * 1e-9
    }
}

/// Says how long ago the stage before ended.
pub struct Watch<'a> {
    stages: &'a Stages,
    last: Instant,
}

impl Watch<'_> {
    /// This stage ends now.
    pub fn ends(&mut self, stage: Stage) {
        let now = Instant::now();
        self.stages.add(stage, now - self.last);
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_add_up() {
        let stages = Stages::default();
        for _ in 0..3 {
            stages.add(Stage::Parsing, Duration::from_millis(250));
        }
        let pause = Duration::from_millis(20);
        let mut watch = stages.watch();
        std::thread::sleep(pause);
        watch.ends(Stage::Writing);
        watch.ends(Stage::Storing);
        assert_eq!(stages.seconds(Stage::Parsing), 0.75);
        assert!(stages.seconds(Stage::Writing) >= pause.as_secs_f64());
        assert!(stages.seconds(Stage::Storing) < stages.seconds(Stage::Writing));
        assert_eq!(stages.seconds(Stage::Cutting), 0.0);
    }

    #[test]
    fn all_stands_in_the_order_of_the_numbers() {
        for (number, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, number, "{}", stage.name());
        }
    }
}
