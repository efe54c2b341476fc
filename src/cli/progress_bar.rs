//! Progress bars: on stderr, on a terminal only.

use super::Global;
use crate::cluster::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

/// A bar that stays silent with `--quiet`, with `--json`, and where stderr is no terminal.
fn bar(global: &Global, len: u64, template: &str) -> ProgressBar {
    let bar = match global.quiet || global.json {
        true => ProgressBar::hidden(),
        false => ProgressBar::new(len),
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

/// Shows steps done, of how many, and what is being done.
pub struct Steps(ProgressBar);

impl Steps {
    /// A bar of so many steps.
    pub fn new(global: &Global, len: u64) -> Self {
        let template = "{elapsed_precise} [{bar:30}] {pos}/{len} {msg}";
        Steps(bar(global, len, template))
    }

    /// One step further.
    pub fn advance(&self, what: &str) {
        self.0.inc(1);
        self.0.set_message(what.to_owned());
    }

    /// Takes it off the screen.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Shows ligands done, ligands per second and the time left.
pub struct Bar {
    bar: ProgressBar,
    start: Instant,
}

impl Bar {
    /// A bar of no ligands yet.
    pub fn new(global: &Global) -> Bar {
        let template = "{elapsed_precise} [{bar:30}] {pos}/{len} ligands{msg}";
        Bar {
            bar: bar(global, 0, template),
            start: Instant::now(),
        }
    }

    /// Moves it. Rates count this run's ligands, not those of an earlier one.
    pub fn update(&self, progress: Progress) {
        let rate = progress.fresh as f64 / self.start.elapsed().as_secs_f64().max(1e-3);
        let left = (progress.total - progress.finished) as f64 / rate.max(1e-9);
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.finished);
        self.bar
            .set_message(format!(", {rate:.2}/s, {} left", clock(left)));
    }

    /// Takes it off the screen.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Seconds as `h:mm:ss`.
fn clock(seconds: f64) -> String {
    let s = seconds as u64;
    format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn time_left_reads_as_a_clock() {
        assert_eq!(super::clock(3725.9), "1:02:05");
    }
}
