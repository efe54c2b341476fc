//! Names for records in the order in which they are read, as the packing asks.

use super::Packing;
use super::names::{ArchiveNames, MemberNames};
use crate::archive::{Item, Library};
use std::sync::Arc;

/// The archive that a record goes into, where it has a name yet, and the path there.
pub type Names = (Option<Arc<str>>, String);

/// Names depend on those given before: of an archive, to all records of it in turn from its first.
pub struct Naming {
    packing: Packing,
    archives: ArchiveNames,
    members: MemberNames,
}

impl Naming {
    /// Archives get their names here, in the order of the library, so that reading may begin with any of them.
    pub fn new(library: &Library, packing: Packing) -> Naming {
        let mut archives = ArchiveNames::default();
        for archive in library.archives() {
            archives.of(archive);
        }
        Naming {
            packing,
            archives,
            members: MemberNames::default(),
        }
    }

    /// Reading begins anew, with the first record of an archive or a pack.
    pub fn restart(&mut self) {
        self.members = MemberNames::default();
    }

    /// The names of the record with this number.
    pub fn names(&mut self, number: u64, item: &Item) -> Names {
        let (archive, label) = match self.packing {
            Packing::AsRead => (Some(self.archives.of(&item.archive)), item.archive.clone()),
            // Named as what it becomes, an archive of its own.
            Packing::Packs(records) => (None, format!("{}.tar", number / records as u64).into()),
        };
        let record = item.several.then_some(item.record);
        (archive, self.members.of(&label, &item.member, record))
    }
}
