//! The members of a tar stream, each handed on while it is being read.

use super::stream::{Exact, explain};
use std::io::{self, Read};
use std::ops::ControlFlow;
use tar::{Archive, Entries, Entry};

/// What a walk through an archive meets.
pub enum Met<'a> {
    /// A regular file: its path inside the archive and its bytes.
    Member(String, &'a mut dyn Read),
    /// The archive ends here for this reason; whatever followed is lost.
    Broken(String),
}

/// Calls `visit` for each regular file, in archive order, and for damage.
pub fn walk(reader: impl Read, visit: &mut dyn FnMut(Met) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut archive = Archive::new(reader);
    // Archives one behind the other (`cat a.tar.gz b.tar.gz`) are read to the last.
    archive.set_ignore_zeros(true);
    let damage = match archive.entries() {
        Ok(entries) => members(entries, visit)?,
        Err(error) => Some(error),
    };
    if let Some(error) = damage {
        let what = explain(&error);
        return visit(Met::Broken(format!(
            "archive damaged, all that follows in it is lost: {what}"
        )));
    }
    // The checksum and length of a compressed stream stand behind the archive's own end.
    match io::copy(&mut archive.into_inner(), &mut io::sink()) {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => {
            let what = explain(&error);
            visit(Met::Broken(format!(
                "archive damaged at its end, other rows of it may be wrong: {what}"
            )))
        }
    }
}

/// Hands the members on; returns the damage that ended the walk early.
fn members<R: Read>(
    entries: Entries<'_, R>,
    visit: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<(), Option<io::Error>> {
    for entry in entries {
        match entry {
            Ok(entry) if entry.header().entry_type().is_file() => member(entry, visit)?,
            Ok(_) => {}
            Err(error) => return ControlFlow::Continue(Some(error)),
        }
    }
    ControlFlow::Continue(None)
}

fn member<R: Read>(
    entry: Entry<'_, R>,
    visit: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let left = entry.size();
    visit(Met::Member(name, &mut Exact { inner: entry, left }))
}
