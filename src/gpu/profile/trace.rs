//! The times of batches and dispatches as a trace that browsers show.

use super::Profile;
use crate::Result;
use crate::whole_file::write_whole;
use serde_json::json;
use std::path::Path;

impl Profile {
    /// Writes the trace that `chrome://tracing` and Perfetto read, whole or not at all.
    ///
    /// # Errors
    /// [`crate::Error::File`].
    pub fn write_chrome_trace(&self, path: &Path) -> Result<()> {
        let events = json!({ "traceEvents": self.events(), "displayTimeUnit": "ms" });
        write_whole(path, |out| Ok(serde_json::to_writer(out, &events)?))
    }

    /// Two rows: batches as the host saw them, dispatches as the device did. Times in microseconds.
    fn events(&self) -> Vec<serde_json::Value> {
        let row = |number: u32, name: &str| json!({ "ph": "M", "name": "thread_name", "pid": 1, "tid": number, "args": { "name": name } });
        let span = |row: u32, name: &str, start: f64, seconds: f64| json!({ "ph": "X", "name": name, "pid": 1, "tid": row, "ts": start * 1e6, "dur": seconds * 1e6 });
        let names = [row(1, "host: submitted to done"), row(2, "device")];
        let batches = self.batches.iter();
        let batches = batches.map(|[start, end]| span(1, "batch", *start, end - start));
        let spans = self.spans.iter();
        let spans = spans.map(|s| span(2, s.kernel, s.start, s.seconds));
        names.into_iter().chain(batches).chain(spans).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_is_json_and_an_unwritable_path_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.json");
        let mut profile = Profile::default();
        profile.share_out(&["dock/score"], [0.0, 1.0]);
        profile.write_chrome_trace(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let trace: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(trace["traceEvents"][2]["name"], "dock/score");
        assert!(
            profile
                .write_chrome_trace(&folder.path().join("no/trace.json"))
                .is_err()
        );
    }
}
