//! Prepared ligands beside Meeko's on a thousand molecules of the shared data set; ignored where it is absent.

#[path = "preparation/agreement.rs"]
mod agreement;
#[path = "preparation/golden.rs"]
mod golden;
#[path = "preparation/records.rs"]
mod records;

use golden::Golden;
use libtest_mimic::{Arguments, Trial};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

fn main() {
    let shared =
        std::env::var_os("TRIMARAN_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    let folder = shared.join("data/ligands/golden");
    let reason = match folder.join("golden.jsonl.gz").is_file() {
        true => "",
        false => " (no TRIMARAN_SHARED data)",
    };
    let read = move || Golden::read_all(&folder).map_err(|error| error.to_string());
    let molecules = Arc::new(LazyLock::new(read));
    let trials = agreement::SUBJECTS.iter().map(|subject| {
        let molecules = molecules.clone();
        Trial::test(format!("golden::{}{reason}", subject.name), move || {
            let molecules = LazyLock::force(&molecules).as_ref()?;
            agreement::compare(molecules, subject)
        })
        .with_ignored_flag(!reason.is_empty())
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
