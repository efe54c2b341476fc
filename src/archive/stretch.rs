//! Stretches of a library, read in the order in which they are asked for: onward where it can be, else from a file's start.

use super::{Item, Library};
use std::ops::{ControlFlow, Range};

/// Records that follow one another, and where to begin reading to come to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Number of a file that is not behind them.
    pub file: usize,
    /// Number of that file's first record in the library.
    pub file_first: u64,
    /// Numbers of the records.
    pub records: Range<u64>,
}

/// Asks for stretches and takes their records.
pub trait Follower {
    /// The next stretch; may wait for it.
    fn next(&mut self) -> Option<Stretch>;

    /// A file is read from its start: what was passed before is forgotten.
    fn restarted(&mut self) {}

    /// A record in front of the stretch, and the number of its file.
    fn passed(&mut self, _number: u64, _file: usize, _item: &Item) {}

    /// A record of the stretch, and the number of its file. Breaks off where nobody wants any more.
    fn record(&mut self, number: u64, file: usize, item: Item) -> ControlFlow<()>;

    /// The stretch is over; not `whole` where the library ended before it did.
    fn ended(&mut self, whole: bool) -> ControlFlow<()>;
}

impl Library {
    /// Reads what is asked for until nothing is.
    pub fn follow(&self, follower: &mut dyn Follower) {
        let mut next = follower.next();
        while let Some(stretch) = next.take() {
            follower.restarted();
            let mut reading = Reading {
                began: stretch.file,
                number: stretch.file_first,
                stretch: Some(stretch),
                follower,
            };
            let end = self.read_from(reading.began, &mut |file, item| reading.item(file, item));
            let stretch = reading.stretch.take();
            next = match (end, stretch) {
                (ControlFlow::Break(()), stretch) => stretch,
                (ControlFlow::Continue(()), None) => None,
                (ControlFlow::Continue(()), Some(_)) => match follower.ended(false) {
                    ControlFlow::Continue(()) => follower.next(),
                    ControlFlow::Break(()) => None,
                },
            };
        }
    }
}

/// One reading, from the start of a file on.
struct Reading<'a> {
    began: usize,
    number: u64,
    /// What is wanted; where a reading breaks off, what another one must begin with.
    stretch: Option<Stretch>,
    follower: &'a mut dyn Follower,
}

impl Reading<'_> {
    fn item(&mut self, file: usize, item: Item) -> ControlFlow<()> {
        let Some(stretch) = self.stretch.take() else {
            return ControlFlow::Break(());
        };
        let this = self.number;
        self.number += 1;
        if this < stretch.records.start {
            self.follower.passed(this, file, &item);
            self.stretch = Some(stretch);
            return ControlFlow::Continue(());
        }
        self.follower.record(this, file, item)?;
        if self.number < stretch.records.end {
            self.stretch = Some(stretch);
            return ControlFlow::Continue(());
        }
        self.follower.ended(true)?;
        self.stretch = self.follower.next();
        let onward = |next: &Stretch| {
            (self.began..=file).contains(&next.file) && next.records.start >= self.number
        };
        match self.stretch.as_ref().is_some_and(onward) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// Stretches of files of three records each, and what was seen of them.
    struct Asked {
        stretches: Vec<Stretch>,
        read: Vec<(u64, String)>,
        restarts: usize,
        cut_short: usize,
    }

    impl Follower for Asked {
        fn next(&mut self) -> Option<Stretch> {
            (!self.stretches.is_empty()).then(|| self.stretches.remove(0))
        }

        fn restarted(&mut self) {
            self.restarts += 1;
        }

        fn record(&mut self, number: u64, file: usize, item: Item) -> ControlFlow<()> {
            assert_eq!(file as u64, number / 3);
            self.read.push((number, item.name));
            ControlFlow::Continue(())
        }

        fn ended(&mut self, whole: bool) -> ControlFlow<()> {
            self.cut_short += usize::from(!whole);
            ControlFlow::Continue(())
        }
    }

    fn follow(stretches: &[(usize, Range<u64>)]) -> Asked {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = (0..3)
            .map(|file| {
                let path = folder.path().join(format!("f{file}.smi"));
                std::fs::write(&path, "C\nCC\nCCC\n").unwrap();
                path
            })
            .collect();
        let stretch = |(file, records): &(usize, Range<u64>)| Stretch {
            file: *file,
            file_first: 3 * *file as u64,
            records: records.clone(),
        };
        let mut asked = Asked {
            stretches: stretches.iter().map(stretch).collect(),
            read: Vec::new(),
            restarts: 0,
            cut_short: 0,
        };
        Library::open(&files).unwrap().follow(&mut asked);
        asked
    }

    #[test]
    fn any_order_gives_the_records_asked_for() {
        let asked = follow(&[(0, 0..2), (0, 2..4), (2, 8..9), (1, 3..5), (1, 5..6)]);
        let numbers: Vec<u64> = asked.read.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 8, 3, 4, 5]);
        for (number, name) in asked.read {
            assert_eq!(name, format!("f{}_{}", number / 3, number % 3 + 1));
        }
        assert_eq!((asked.restarts, asked.cut_short), (3, 0));
    }

    #[test]
    fn a_library_that_is_too_short_is_told() {
        let asked = follow(&[(2, 8..12), (0, 0..1)]);
        assert_eq!((asked.read.len(), asked.cut_short), (2, 1));
    }
}
