//! Names for records in the order in which they are read, as the packing asks.

use super::Packing;
use super::names::{ArchiveNames, MemberNames};
use crate::archive::{Item, Library, archive_ending};
use std::sync::Arc;

/// The archive that a record goes into, where it has a name yet, and the path there.
pub type Names = (Option<Arc<str>>, String);

/// Names depend on those given before: of an archive, to all records of it in turn from its first.
pub struct Naming {
    packing: Packing,
    /// For each file of the library the archive that it goes into, and by what this one's members are kept apart.
    files: Vec<(Arc<str>, Arc<str>)>,
    members: MemberNames,
}

/// The archive that each file of the library goes into, in the order of the library, whichever of them hold ligands.
pub fn archive_names(library: &Library) -> Vec<Arc<str>> {
    let mut names = ArchiveNames::default();
    library.archives().map(|label| names.of(label)).collect()
}

impl Naming {
    /// Archives get their names here, in the order of the library, so that reading may begin with any of them.
    pub fn new(library: &Library, packing: Packing) -> Naming {
        let file = |(label, name): (&Arc<str>, Arc<str>)| match archive_ending(label) {
            // An archive that comes a second time is another one.
            Some(_) => (name.clone(), name),
            None => (name, label.clone()),
        };
        let names = archive_names(library).into_iter();
        Naming {
            packing,
            files: library.archives().zip(names).map(file).collect(),
            members: MemberNames::default(),
        }
    }

    /// Reading begins anew, with the first record of an archive or a pack.
    pub fn restart(&mut self) {
        self.members = MemberNames::default();
    }

    /// The names of the record with this number, of the file with that one.
    pub fn names(&mut self, number: u64, file: usize, item: &Item) -> Names {
        let (archive, label) = match self.packing {
            Packing::AsRead => {
                let (archive, label) = &self.files[file];
                (Some(archive.clone()), label.clone())
            }
            // Named as what it becomes, an archive of its own.
            Packing::Packs(records) => (None, format!("{}.tar", number / records as u64).into()),
        };
        let record = item.several.then_some(item.record);
        (archive, self.members.of(&label, &item.member, record))
    }
}
