//! What identifies a library among the parameters of a run.

use crate::archive::Library;
use crate::cluster::{Parameters, fingerprint};

/// Adds each name the user gave, with the number, the bytes and the listing of its files.
pub fn library_parameters(parameters: &mut Parameters, library: &Library) {
    for (number, (name, files)) in library.inventory().enumerate() {
        let bytes: u64 = files.iter().map(|(_, bytes)| bytes).sum();
        let listing: String = files
            .iter()
            .map(|(path, bytes)| format!("{} {bytes}\n", path.display()))
            .collect();
        let print = fingerprint(listing.into_bytes());
        let value = format!(
            "{name} (files: {}, bytes: {bytes}, listing {print})",
            files.len()
        );
        parameters.set(format!("library {}", number + 1), value);
    }
}
