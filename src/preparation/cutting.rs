//! A library cut into parts for ranks: where each begins, and where to read from for it.

use super::Packing;
use super::naming::archive_names;
use super::queue::{Origins, part_size};
use super::stages::Stages;
use crate::Result;
use crate::archive::Library;
use crate::cluster::{Cutter, Part, Place, Task};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Finds the parts that none of `done` covers; returns the number of records in the library.
pub fn find(
    library: &Library,
    done: &[Part],
    packing: Packing,
    stages: &Stages,
    deal: &mut dyn FnMut(Task) -> bool,
) -> Result<u64> {
    let start = Instant::now();
    let mut waited = Duration::ZERO;
    let mut cutter = Cutter::new(done, part_size(packing));
    let mut places = Places {
        archives: match packing {
            Packing::AsRead => archive_names(library),
            Packing::Packs(_) => Vec::new(),
        },
        origins: Origins::default(),
        first_files: HashMap::new(),
        file: (usize::MAX, 0),
    };
    let mut give = |task: Option<Task>| {
        let Some(task) = task else {
            return ControlFlow::Continue(());
        };
        let start = Instant::now();
        let taken = deal(task);
        waited += start.elapsed();
        match taken {
            true => ControlFlow::Continue(()),
            // Nobody takes parts any more: an error elsewhere ends the run.
            false => ControlFlow::Break(()),
        }
    };
    let end = library.read_from(0, &mut |file, _| {
        give(cutter.item(places.of(cutter.number(), file)))
    });
    if end.is_continue() {
        let _ = give(cutter.finish());
    }
    stages.add_reading(start.elapsed() - waited, library);
    Ok(cutter.number())
}

/// Where a rank must begin to read for a part: names in an archive depend on all its records before.
struct Places {
    /// The archive that each file goes into; none where packs are made.
    archives: Vec<Arc<str>>,
    origins: Origins,
    /// First file of each of these, and number of its first record.
    first_files: HashMap<Arc<str>, (usize, u64)>,
    file: (usize, u64),
}

impl Places {
    fn of(&mut self, number: u64, file: usize) -> Place {
        let archive = self.archives.get(file);
        let origin = self.origins.of(number, archive);
        if file != self.file.0 {
            self.file = (file, number);
        }
        let (file, file_first) = match archive {
            None => self.file,
            Some(archive) => *(self.first_files.entry(archive.clone())).or_insert(self.file),
        };
        Place {
            file,
            file_first,
            origin,
        }
    }
}
