//! A library cut into parts for ranks: where each begins, and where to read from for it.

use super::Packing;
use super::queue::{Origins, part_size};
use crate::Result;
use crate::archive::{Item, Library};
use crate::cluster::{Cutter, Part, Place, Task};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Finds the parts that none of `done` covers; returns the number of records in the library.
pub fn find(
    library: &Library,
    done: &[Part],
    packing: Packing,
    deal: &mut dyn FnMut(Task) -> bool,
) -> Result<u64> {
    let mut cutter = Cutter::new(done, part_size(packing));
    let mut places = Places {
        packing,
        origins: Origins::default(),
        archives: HashMap::new(),
        file: (usize::MAX, 0),
    };
    let mut give = |task: Option<Task>| match task.is_none_or(&mut *deal) {
        true => ControlFlow::Continue(()),
        // Nobody takes parts any more: an error elsewhere ends the run.
        false => ControlFlow::Break(()),
    };
    let end = library.read_from(0, &mut |file, item| {
        give(cutter.item(places.of(cutter.number(), file, &item)))
    });
    if end.is_continue() {
        let _ = give(cutter.finish());
    }
    Ok(cutter.number())
}

/// Where a rank must begin to read for a part: names in an archive depend on all its records before.
struct Places {
    packing: Packing,
    origins: Origins,
    /// First file of each archive and folder, and number of its first record.
    archives: HashMap<Arc<str>, (usize, u64)>,
    file: (usize, u64),
}

impl Places {
    fn of(&mut self, number: u64, file: usize, item: &Item) -> Place {
        let origin = self.origins.of(number, item, self.packing);
        if file != self.file.0 {
            self.file = (file, number);
        }
        let (file, file_first) = match self.packing {
            Packing::Packs(_) => self.file,
            Packing::AsRead => match self.archives.get(&item.archive) {
                Some(place) => *place,
                None => *(self.archives.entry(item.archive.clone())).or_insert(self.file),
            },
        };
        Place {
            file,
            file_first,
            origin,
        }
    }
}
