//! Where a long run over a library stands.

/// Records done, and how many there are.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Records with a row by now, those of an earlier run included.
    pub finished: u64,
    /// Those of this run alone.
    pub fresh: u64,
    /// Records of the whole library: counted once it is read to its end, estimated by bytes before.
    pub total: u64,
}

impl Progress {
    /// `count` is the number of records once it is known, 0 before; `consumed` of `bytes` have been read.
    pub fn new(resumed: u64, fresh: u64, count: u64, consumed: u64, bytes: u64) -> Progress {
        let finished = resumed + fresh;
        let total = match count {
            0 => (finished as f64 * bytes as f64 / consumed.max(1) as f64) as u64,
            counted => counted,
        };
        Progress {
            finished,
            fresh,
            total: total.max(finished),
        }
    }

    /// `total` records are known of by now.
    pub fn of_total(resumed: u64, fresh: u64, total: u64) -> Progress {
        let finished = resumed + fresh;
        Progress {
            finished,
            fresh,
            total: total.max(finished),
        }
    }
}
