//! The one error type: every message says what failed, where, and what to do.

use std::path::{Path, PathBuf};

/// Result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong. `exit_code` sorts the variants into the codes that the command line promises.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be opened, read, created or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file or folder that was wanted.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// Text that is not what its format asks for. `line` counts from 1; 0 means the file as a whole.
    #[error("{file}{}: {what}", at_line(*line))]
    Parse {
        /// File, or archive and member, that holds the text.
        file: String,
        /// Line number, from 1; 0 where no single line is to blame.
        line: usize,
        /// What is wrong, and what was expected.
        what: String,
    },
    /// Options or inputs that contradict each other or ask for the impossible.
    #[error("{0}")]
    Usage(String),
    /// One item of many that cannot be worked on: its row gets this reason, the others go on.
    #[error("{0}")]
    Item(String),
    /// No adapter, or none that fits the request.
    #[error("{0}")]
    NoDevice(String),
    /// A kernel's shader or pipeline was refused.
    #[error("kernel {kernel}: {what}")]
    Kernel {
        /// Name of the kernel, such as `dock/local_search`.
        kernel: String,
        /// The compiler's or driver's message, or the binding at fault.
        what: String,
    },
    /// The device has no room: the caller halves its batch and tries again.
    #[error("out of device memory for {what} ({bytes} bytes)")]
    OutOfMemory {
        /// Kernel or buffer that did not fit.
        what: String,
        /// Bytes asked for.
        bytes: u64,
    },
    /// The device went away: the caller opens it again and repeats the batch.
    #[error("device lost: {0}")]
    DeviceLost(String),
}

fn at_line(line: usize) -> String {
    if line == 0 {
        String::new()
    } else {
        format!(", line {line}")
    }
}

impl Error {
    /// Wraps an I/O error with the path it happened at: `.map_err(Error::at(path))`.
    pub fn at(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.as_ref().to_path_buf();
        move |cause| Error::File { path, cause }
    }

    /// The process exit code: 1 some items failed, 2 usage or unreadable input, 3 device.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Item(_) => 1,
            Error::File { .. } | Error::Parse { .. } | Error::Usage(_) => 2,
            Error::NoDevice(_)
            | Error::Kernel { .. }
            | Error::OutOfMemory { .. }
            | Error::DeviceLost(_) => 3,
        }
    }
}
