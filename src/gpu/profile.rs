//! What the device's time went into, by kernel: the times of batches and dispatches, and a table of them.

mod trace;

use std::collections::BTreeMap;
use std::fmt;

/// Dispatches kept one by one for the trace; those beyond count in the table only.
const TRACED: usize = 500_000;

/// The times of many batches.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    totals: BTreeMap<&'static str, (u64, f64)>,
    spans: Vec<Span>,
    batches: Vec<[f64; 2]>,
    /// The device has no timestamps, and batches' host times were shared out instead.
    estimated: bool,
}

/// One dispatch, in seconds since the device was opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) kernel: &'static str,
    pub(super) start: f64,
    pub(super) seconds: f64,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ProfileRow {
    /// Name of the kernel.
    pub kernel: String,
    /// How often it was dispatched.
    pub dispatches: u64,
    /// Seconds on the device.
    pub seconds: f64,
    /// Its part of all device seconds, from 0 to 1.
    pub share: f64,
}

impl Profile {
    pub(super) fn add(&mut self, span: Span) {
        let total = self.totals.entry(span.kernel).or_default();
        total.0 += 1;
        total.1 += span.seconds;
        if self.spans.len() < TRACED {
            self.spans.push(span);
        }
    }

    pub(super) fn add_batch(&mut self, interval: [f64; 2]) {
        if self.batches.len() < TRACED {
            self.batches.push(interval);
        }
    }

    /// Without timestamps: the batch's time from submission to done, in equal parts.
    pub(super) fn share_out(&mut self, kernels: &[&'static str], [start, end]: [f64; 2]) {
        self.estimated |= !kernels.is_empty();
        let seconds = (end - start) / kernels.len().max(1) as f64;
        for (place, kernel) in kernels.iter().enumerate() {
            let start = start + place as f64 * seconds;
            self.add(Span {
                kernel,
                start,
                seconds,
            });
        }
    }

    /// The kernels, the dearest first.
    pub fn rows(&self) -> Vec<ProfileRow> {
        let all = self.device_seconds();
        let rows = self
            .totals
            .iter()
            .map(|(kernel, (dispatches, seconds))| ProfileRow {
                kernel: (*kernel).into(),
                dispatches: *dispatches,
                seconds: *seconds,
                share: if all > 0.0 { seconds / all } else { 0.0 },
            });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        rows
    }

    /// Seconds of all dispatches on the device.
    pub fn device_seconds(&self) -> f64 {
        self.totals.values().map(|(_, seconds)| seconds).sum()
    }

    /// Seconds in which at least one batch was submitted and not done, as the host saw it.
    pub fn host_seconds(&self) -> f64 {
        let mut batches = self.batches.clone();
        batches.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let (mut seconds, mut covered) = (0.0, f64::NEG_INFINITY);
        for [start, end] in batches {
            seconds += (end - start.max(covered)).max(0.0);
            covered = covered.max(end);
        }
        seconds
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<28} {:>10} {:>10} {:>7}",
            "kernel", "dispatches", "seconds", "share"
        )?;
        for row in self.rows() {
            let (kernel, percent) = (row.kernel, 100.0 * row.share);
            let (dispatches, seconds) = (row.dispatches, row.seconds);
            writeln!(
                f,
                "{kernel:<28} {dispatches:>10} {seconds:>10.4} {percent:>6.1}%"
            )?;
        }
        let (device, host) = (self.device_seconds(), self.host_seconds());
        let how = if self.estimated {
            " (estimated: no timestamps)"
        } else {
            ""
        };
        write!(
            f,
            "device {device:.4} s{how}, host {host:.4} s in {} batches",
            self.batches.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_shares_add_up() {
        let mut profile = Profile::default();
        profile.share_out(&["a", "b", "b", "b"], [1.0, 2.0]);
        let rows = profile.rows();
        assert_eq!(
            (&*rows[0].kernel, rows[0].dispatches, rows[0].share),
            ("b", 3, 0.75)
        );
        assert_eq!(rows[1].seconds, 0.25);
        assert!(profile.estimated);
    }

    #[test]
    fn overlapping_batches_count_once() {
        let mut profile = Profile::default();
        for interval in [[0.0, 2.0], [1.0, 3.0], [5.0, 6.0]] {
            profile.add_batch(interval);
        }
        assert_eq!(profile.host_seconds(), 4.0);
    }
}
