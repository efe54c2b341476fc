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
    match archive.entries() {
        Ok(entries) => members(entries, visit)?,
        Err(error) => return visit(Met::Broken(damage(&error))),
    }
    // The checksum and length of a compressed stream stand behind the archive's own end.
    match io::copy(&mut archive.into_inner(), &mut io::sink()) {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => visit(Met::Broken(damage(&error))),
    }
}

fn members<R: Read>(
    entries: Entries<'_, R>,
    visit: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for entry in entries {
        match entry {
            Ok(entry) if entry.header().entry_type().is_file() => member(entry, visit)?,
            Ok(_) => {}
            Err(error) => {
                visit(Met::Broken(damage(&error)))?;
                break;
            }
        }
    }
    ControlFlow::Continue(())
}

fn member<R: Read>(
    entry: Entry<'_, R>,
    visit: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let left = entry.size();
    visit(Met::Member(name, &mut Exact { inner: entry, left }))
}

fn damage(error: &io::Error) -> String {
    format!(
        "archive damaged, all that follows in it is lost: {}",
        explain(error)
    )
}
