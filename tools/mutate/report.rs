//! What is known of mutants: verdicts of earlier runs, and the report.

use crate::equivalents::Equivalents;
use crate::jury::{Files, Verdict};
use crate::mutants::Mutant;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// A mutant with its verdict: a line of the journal.
#[derive(Serialize, Deserialize)]
pub struct Judged {
    pub mutant: Mutant,
    /// The changed line, before and after.
    pub lines: [String; 2],
    pub verdict: Verdict,
}

/// Verdicts as they come, a line each, so that a stopped run can be taken up again.
pub struct Journal {
    file: File,
    killed: Vec<Judged>,
}

impl Journal {
    /// Begins anew, or after what is there.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(path: &Path, resume: bool) -> Result<Self> {
        let known = std::fs::read_to_string(path).unwrap_or_default();
        let known = known
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        // A survivor is tried again: samples may have become harder.
        let killed = known.filter(|judged: &Judged| matches!(judged.verdict, Verdict::Killed(_)));
        let killed = if resume { killed.collect() } else { Vec::new() };
        let mut options = OpenOptions::new();
        options
            .create(true)
            .write(true)
            .append(resume)
            .truncate(!resume);
        let file = options
            .open(path)
            .with_context(|| path.display().to_string())?;
        Ok(Self { file, killed })
    }

    /// How an earlier run killed this mutant.
    pub fn killed(&self, mutant: &Mutant, lines: &[String; 2]) -> Option<Verdict> {
        let same = |known: &&Judged| known.mutant == *mutant && known.lines == *lines;
        self.killed
            .iter()
            .find(same)
            .map(|known| known.verdict.clone())
    }

    /// Adds a verdict.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, judged: &Judged) -> Result<()> {
        Ok(writeln!(self.file, "{}", serde_json::to_string(judged)?)?)
    }
}

/// One survivor of the report.
#[derive(Serialize)]
struct Survivor {
    file: String,
    line: usize,
    before: String,
    after: String,
    /// Why it computes the same; none where nobody has said so.
    reason: Option<String>,
}

/// What a run showed.
#[derive(Serialize)]
pub struct Report {
    mutants: usize,
    killed: usize,
    unexplained: usize,
    survivors: Vec<Survivor>,
}

impl Report {
    /// Sorts survivors into explained ones and others.
    pub fn new(judged: &[Judged], files: &Files, equivalents: &Equivalents) -> Self {
        let survivors = judged.iter().filter(|j| j.verdict == Verdict::Survived);
        let survivors: Vec<_> = survivors.map(|j| survivor(j, files, equivalents)).collect();
        let unexplained = survivors.iter().filter(|s| s.reason.is_none()).count();
        Self {
            mutants: judged.len(),
            killed: judged.len() - survivors.len(),
            unexplained,
            survivors,
        }
    }

    /// Whether every survivor is explained.
    pub fn is_clean(&self) -> bool {
        self.unexplained == 0
    }

    /// The report for readers.
    pub fn print(&self) {
        for survivor in &self.survivors {
            println!("{}:{}", survivor.file, survivor.line);
            println!("  - {}\n  + {}", survivor.before, survivor.after);
            println!(
                "  {}",
                survivor.reason.as_deref().unwrap_or("NOT EXPLAINED")
            );
        }
        let explained = self.survivors.len() - self.unexplained;
        let (mutants, killed, unexplained) = (self.mutants, self.killed, self.unexplained);
        println!(
            "{mutants} mutants: {killed} killed, {explained} compute the same, {unexplained} survive"
        );
    }
}

fn survivor(judged: &Judged, files: &Files, equivalents: &Equivalents) -> Survivor {
    let [before, after] = judged.lines.clone();
    let file = judged.mutant.file.clone();
    let reason = equivalents.reason(&file, &judged.lines).map(str::to_string);
    Survivor {
        line: judged.mutant.line(files[&file]),
        reason,
        file,
        before,
        after,
    }
}
