//! Parses the command line, runs the subcommand, prints an error chain once, and exits with its code.

use clap::Parser;
use std::process::ExitCode;
use trimaran::cli::Cli;

fn main() -> ExitCode {
    // Mesa's device-select layer complains on stderr wherever no desktop session runs, and what it
    // does, reordering adapters, `trimaran::gpu` does itself.
    #[expect(
        unsafe_code,
        reason = "unsafe only where other threads read the environment"
    )]
    // SAFETY: no other thread exists yet.
    unsafe {
        std::env::set_var("NODEVICE_SELECT", "1")
    };
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("trimaran: {error:#}");
            ExitCode::from(
                error
                    .downcast_ref::<trimaran::Error>()
                    .map_or(2, trimaran::Error::exit_code),
            )
        }
    }
}

/// A reader that left (`trimaran devices | head -1`) is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
