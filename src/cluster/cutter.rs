//! Cuts a stream of items into parts: by the items' own numbers, never by who does them.

use super::Part;
use super::task::Task;

/// Gives the parts of what no finished part covers.
pub struct Cutter<'a> {
    done: &'a [Part],
    size: u64,
    number: u64,
    open: Option<(Task, u64)>,
}

/// Where an item of the stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// File to read from for a part that begins here.
    pub file: usize,
    /// Number of that file's first item.
    pub file_first: u64,
    /// Number of the item from which parts are counted: none goes across such a bound.
    pub origin: u64,
}

impl<'a> Cutter<'a> {
    /// Parts of `size` items (at least 1); `done` is sorted.
    pub fn new(done: &'a [Part], size: u64) -> Self {
        Cutter {
            done,
            size: size.max(1),
            number: 0,
            open: None,
        }
    }

    /// Items so far.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next item; returns the part that ended before it.
    pub fn item(&mut self, place: Place) -> Option<Task> {
        let this = self.number;
        self.number += 1;
        while self.done.first().is_some_and(|part| part.end() <= this) {
            self.done = &self.done[1..];
        }
        if self.done.first().is_some_and(|part| part.first <= this) {
            return self.finish();
        }
        let bound = (this - place.origin).is_multiple_of(self.size);
        let goes_on = |(_, origin): &(Task, u64)| *origin == place.origin && !bound;
        let ended = match self.open.as_ref().is_some_and(goes_on) {
            true => None,
            false => self.finish(),
        };
        let begun = Task {
            part: Part {
                first: this,
                count: 0,
            },
            file: place.file,
            file_first: place.file_first,
        };
        let (open, _) = self.open.get_or_insert((begun, place.origin));
        open.part.count += 1;
        ended
    }

    /// The last part, after the last item.
    pub fn finish(&mut self) -> Option<Task> {
        self.open.take().map(|(task, _)| task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(done: &[Part], size: u64, origins: &[u64]) -> Vec<(u64, u64)> {
        let mut cutter = Cutter::new(done, size);
        let mut tasks: Vec<Task> = Vec::new();
        for origin in origins {
            tasks.extend(cutter.item(Place {
                file: 0,
                file_first: 0,
                origin: *origin,
            }));
        }
        tasks.extend(cutter.finish());
        let parts = tasks.iter().map(|task| (task.part.first, task.part.count));
        parts.collect()
    }

    #[test]
    fn parts_are_counted_from_their_origin() {
        assert_eq!(cut(&[], 4, &[0; 10]), [(0, 4), (4, 4), (8, 2)]);
        let origins = [0, 0, 0, 3, 3, 3, 3, 3];
        assert_eq!(cut(&[], 4, &origins), [(0, 3), (3, 4), (7, 1)]);
        assert_eq!(cut(&[], 1, &[0; 2]), [(0, 1), (1, 1)]);
        assert_eq!(cut(&[], 4, &[]), []);
    }

    #[test]
    fn what_is_done_is_left_out_and_moves_no_bound() {
        let done = [Part { first: 0, count: 2 }, Part { first: 5, count: 1 }];
        assert_eq!(cut(&done, 4, &[0; 10]), [(2, 2), (4, 1), (6, 2), (8, 2)]);
        assert_eq!(cut(&[Part { first: 0, count: 3 }], 2, &[0; 3]), []);
    }
}
