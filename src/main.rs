//! Parses the command line, runs the subcommand, prints an error chain once, and exits with its code.

use clap::Parser;
use std::process::ExitCode;
use trimaran::cli::Cli;

fn main() -> ExitCode {
    quiet_drivers();
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let place = if is_output(&error) {
                "standard output: "
            } else {
                ""
            };
            eprintln!("trimaran: {place}{error:#}");
            ExitCode::from(
                error
                    .downcast_ref::<trimaran::Error>()
                    .map_or(2, trimaran::Error::exit_code),
            )
        }
    }
}

/// Keeps drivers from complaining on stderr where no desktop session runs: Mesa's device-select layer, whose work of
/// reordering adapters `trimaran::gpu` does itself, and whoever looks for a display's sockets.
fn quiet_drivers() {
    let sockets =
        std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_else(|| std::env::temp_dir().into());
    #[expect(
        unsafe_code,
        reason = "unsafe only where other threads read the environment"
    )]
    // SAFETY: no other thread exists yet.
    unsafe {
        std::env::set_var("NODEVICE_SELECT", "1");
        std::env::set_var("XDG_RUNTIME_DIR", sockets);
    }
}

/// All files are named by [`trimaran::Error`]; a bare I/O error is that of the standard output.
fn is_output(error: &anyhow::Error) -> bool {
    error.is::<std::io::Error>()
}

/// A reader that left (`trimaran devices | head -1`) is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
