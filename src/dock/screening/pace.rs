//! How many records a block takes: enough to fill a device, few enough that a kill costs little.

use crate::Result;
use std::time::{Duration, Instant};

/// Time that a block should take.
const AIM: Duration = Duration::from_secs(25);
/// The first block: small, for on a slow device one ligand at full settings takes minutes.
const FIRST: usize = 8;
/// Bounds the memory of the largest block.
const LARGEST: usize = 2048;

/// Parts that a library is cut into for ranks, as long as that makes them neither too small nor too large.
const PARTS: u64 = 8192;
/// Bytes that a ligand takes in a compressed archive.
const LIGAND_BYTES: u64 = 512;

/// Records of a part that ranks are dealt: from the size of the library alone, so that it is the same for any number
/// of ranks, fast or slow.
pub fn part_size(library_bytes: u64) -> u64 {
    let wanted = library_bytes / LIGAND_BYTES / PARTS;
    wanted
        .clamp(FIRST as u64, LARGEST as u64)
        .next_power_of_two()
}

/// The block size, fixed or found from the time that blocks take. Results do not depend on it.
pub struct Pace {
    size: usize,
    fixed: bool,
}

impl Pace {
    /// A fixed size, or one that adapts.
    pub fn new(fixed: Option<usize>) -> Pace {
        Pace {
            size: fixed.unwrap_or(FIRST).max(1),
            fixed: fixed.is_some(),
        }
    }

    /// Records that the next block should have.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Runs one block's work and learns from its time.
    pub fn time<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let result = work()?;
        self.learn(start.elapsed());
        Ok(result)
    }

    /// At most four times as many or as few: the first block also compiles pipelines.
    fn learn(&mut self, took: Duration) {
        if !self.fixed {
            let factor = AIM.as_secs_f64() / took.as_secs_f64().max(1e-3);
            let size = (self.size as f64 * factor.clamp(0.25, 4.0)).round() as usize;
            self.size = size.clamp(1, LARGEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_shrinks_towards_the_aim() {
        let mut pace = Pace::new(None);
        pace.learn(Duration::from_millis(10));
        assert_eq!(pace.size(), 4 * FIRST);
        pace.learn(AIM * 2);
        assert_eq!(pace.size(), 2 * FIRST);
        (0..20).for_each(|_| pace.learn(AIM * 100));
        assert_eq!(pace.size(), 1);
        (0..20).for_each(|_| pace.learn(Duration::ZERO));
        assert_eq!(pace.size(), LARGEST);
    }

    #[test]
    fn parts_grow_with_the_library() {
        let sizes = [0, 1 << 25, 1 << 30, 1 << 50].map(part_size);
        assert_eq!(sizes, [8, 8, 256, 2048]);
    }

    #[test]
    fn a_fixed_size_stays() {
        let mut pace = Pace::new(Some(7));
        pace.learn(Duration::ZERO);
        assert_eq!(pace.size(), 7);
    }
}
