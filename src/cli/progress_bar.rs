//! The progress bar of a screen: on stderr, on a terminal only.

use super::Global;
use crate::dock::screening::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

/// Shows ligands done, ligands per second and the time left.
pub struct Bar {
    bar: ProgressBar,
    start: Instant,
}

impl Bar {
    /// A bar that stays silent with `--quiet`, with `--json`, and where stderr is no terminal.
    pub fn new(global: &Global) -> Bar {
        let bar = match global.quiet || global.json {
            true => ProgressBar::hidden(),
            false => ProgressBar::new(0),
        };
        let template = "{elapsed_precise} [{bar:30}] {pos}/{len} ligands{msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar()),
        );
        bar.enable_steady_tick(Duration::from_secs(1));
        Bar {
            bar,
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
