//! Names of archives and of their members in the results: those of the inputs, as far as they are safe and different.

use crate::archive::{archive_ending, without_ending};
use crate::cluster::hash64;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Ending of an archive whose input was none.
const DEFAULT_ENDING: &str = ".tar.gz";

/// Gives each archive that is read a name in the folder of the results.
#[derive(Default)]
pub struct ArchiveNames {
    /// Names of folders and files that are no archives: their records may come in several goes.
    given: HashMap<Arc<str>, Arc<str>>,
    taken: HashSet<String>,
    /// The label before, and its name.
    last: Option<(Arc<str>, Arc<str>)>,
}

impl ArchiveNames {
    /// The name for what the column `archive` calls `label`. It depends on the labels that came before: an archive that
    /// comes a second time is another one.
    pub fn of(&mut self, label: &Arc<str>) -> Arc<str> {
        if let Some((last, name)) = &self.last
            && last == label
        {
            return name.clone();
        }
        let name = match self.given.get(label) {
            Some(name) => name.clone(),
            None => self.give(label),
        };
        if archive_ending(label).is_none() {
            self.given.insert(label.clone(), name.clone());
        }
        self.last = Some((label.clone(), name.clone()));
        name
    }

    fn give(&mut self, label: &str) -> Arc<str> {
        // The manifest parts archive and member by a colon.
        let label_without = label.replace(':', "_");
        let (stem, ending) = split(&label_without);
        let mut name = format!("{stem}{ending}");
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{stem}-{number}{ending}");
            number += 1;
        }
        name.into()
    }
}

/// The last piece of a label, cut before the ending of an archive.
fn split(label: &str) -> (&str, &str) {
    let pieces = label.rsplit(['/', '\\']);
    let file = pieces
        .into_iter()
        .find(|piece| !matches!(*piece, "" | "." | ".."))
        .unwrap_or("library");
    match archive_ending(file).filter(|length| *length < file.len()) {
        Some(length) => file.split_at(file.len() - length),
        None => (without_ending(file), DEFAULT_ENDING),
    }
}

/// Gives each record a path in its archive.
#[derive(Default)]
pub struct MemberNames {
    /// Hashes of the paths given, a few bytes a ligand, for each archive that more may be put into.
    taken: HashMap<Arc<str>, HashSet<u64>>,
    last: Option<Arc<str>>,
}

impl MemberNames {
    /// The path for a record of `member`; `number` where the member holds several. `label` is an archive's name or what
    /// the column `archive` says of a folder: members of an archive follow one another, those of a folder may not.
    pub fn of(&mut self, label: &Arc<str>, member: &str, number: Option<usize>) -> String {
        let left = self
            .last
            .replace(label.clone())
            .filter(|last| last != label);
        if let Some(archive) = left.filter(|last| archive_ending(last).is_some()) {
            self.taken.remove(&archive);
        }
        let taken = self.taken.entry(label.clone()).or_default();
        let stem = safe(without_ending(member));
        let stem = number.map_or(stem.clone(), |number| format!("{stem}_{number}"));
        let mut path = format!("{stem}.pdbqt");
        let mut next = 2;
        while !taken.insert(hash64(path.bytes())) {
            path = format!("{stem}-{next}.pdbqt");
            next += 1;
        }
        path
    }
}

/// A path that stays inside the folder it is unpacked in.
fn safe(path: &str) -> String {
    let pieces = path
        .split('/')
        .filter(|piece| !matches!(*piece, "" | "." | ".."));
    let pieces: Vec<&str> = pieces.collect();
    match pieces.is_empty() {
        true => "ligand".into(),
        false => pieces.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_keep_their_names_and_differ() {
        let mut names = ArchiveNames::default();
        let mut name = |label: &str| names.of(&label.into()).to_string();
        assert_eq!(name("a/x.tar.gz"), "x.tar.gz");
        assert_eq!(name("b/x.tar.gz"), "x-2.tar.gz");
        assert_eq!(name("a/x.tar.gz"), "x-3.tar.gz");
        assert_eq!(name("a/x.tar.gz"), "x-3.tar.gz");
        assert_eq!(name("c/y.TAR.zst"), "y.TAR.zst");
        assert_eq!(name("library/"), "library.tar.gz");
        assert_eq!(name("z.sdf"), "z.tar.gz");
        assert_eq!(name("."), "library-2.tar.gz");
        assert_eq!(name("library/"), "library.tar.gz");
        assert_eq!(name("a:b.tar"), "a_b.tar");
    }

    #[test]
    fn members_keep_their_paths_and_differ() {
        let mut names = MemberNames::default();
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        assert_eq!(names.of(&a, "x/l.sdf", None), "x/l.pdbqt");
        assert_eq!(names.of(&a, "x/l.mol2", None), "x/l-2.pdbqt");
        assert_eq!(names.of(&a, "x/l.sdf.gz", Some(3)), "x/l_3.pdbqt");
        assert_eq!(names.of(&a, "/../etc/passwd", None), "etc/passwd.pdbqt");
        assert_eq!(names.of(&b, "x/l.sdf", None), "x/l.pdbqt");
        assert_eq!(names.of(&a, "x/l.smi", None), "x/l-3.pdbqt");
    }
}
