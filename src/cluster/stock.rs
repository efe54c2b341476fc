//! Parts not dealt yet, by the file they lie in: a rank stays with its file, and begins one that nobody reads.

use super::task::Task;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// The parts, and which rank reads which file.
#[derive(Default)]
pub struct Stock {
    files: BTreeMap<usize, VecDeque<Task>>,
    untouched: BTreeSet<usize>,
    touched: HashSet<usize>,
    reads: HashMap<usize, usize>,
}

impl Stock {
    /// One more, behind those of its file.
    pub fn add(&mut self, task: Task) {
        if !self.touched.contains(&task.file) {
            self.untouched.insert(task.file);
        }
        self.files.entry(task.file).or_default().push_back(task);
    }

    /// The best one for this rank: of the file it reads, else of the first that nobody reads, else of the one with
    /// the most parts left.
    pub fn take(&mut self, rank: usize) -> Option<Task> {
        let own = self.reads.get(&rank).copied();
        let file = own
            .filter(|file| self.files.contains_key(file))
            .or_else(|| self.untouched.first().copied())
            .or_else(|| self.longest())?;
        self.untouched.remove(&file);
        self.touched.insert(file);
        self.reads.insert(rank, file);
        let tasks = self.files.get_mut(&file)?;
        let task = tasks.pop_front();
        if tasks.is_empty() {
            self.files.remove(&file);
        }
        task
    }

    fn longest(&self) -> Option<usize> {
        let longest = self.files.iter().max_by_key(|(_, tasks)| tasks.len());
        longest.map(|(file, _)| *file)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.files.clear();
        self.untouched.clear();
    }
}
