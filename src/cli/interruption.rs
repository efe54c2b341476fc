//! A request to end, by SIGTERM or Ctrl-C: answered at once, with how to go on. What is under its final name stays whole.

use crate::Result;
use std::path::Path;

/// From now on such a request ends the process and says on stderr that the run in this folder can be gone on with.
///
/// # Errors
/// [`crate::Error::Usage`] where the system refuses.
pub fn end_in_words(folder: &Path) -> Result<()> {
    let folder = folder.display().to_string();
    watch(move |name| {
        eprintln!(
            "trimaran: stopped by {name}: what is finished stays in {folder}, the parts in work are dropped; \
             run the same command again to go on"
        );
    })
}

/// The same without words: another rank has them.
///
/// # Errors
/// As [`end_in_words`].
pub fn end_in_silence() -> Result<()> {
    watch(|_| ())
}

#[cfg(unix)]
fn watch(tell: impl Fn(&str) + Send + 'static) -> Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, signal_name};
    let refused = |error| crate::Error::Usage(format!("signals cannot be watched: {error}"));
    let mut signals = Signals::new([SIGTERM, SIGINT]).map_err(refused)?;
    std::thread::spawn(move || {
        for signal in &mut signals {
            tell(signal_name(signal).unwrap_or("a signal"));
            // Ends this process as the signal would have, so that launchers and shells see what happened.
            let _ = emulate_default_handler(signal);
        }
    });
    end_without_launcher();
    Ok(())
}

#[cfg(not(unix))]
fn watch(_: impl Fn(&str) + Send + 'static) -> Result<()> {
    Ok(())
}

/// Ends a rank whose launcher was killed: alone it would wait for the others, and rank 0 would keep the folder locked.
#[cfg(unix)]
fn end_without_launcher() {
    use std::os::unix::process::parent_id;
    if !crate::cluster::launched() {
        return;
    }
    let launcher = parent_id();
    std::thread::spawn(move || {
        while parent_id() == launcher {
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTERM);
    });
}
