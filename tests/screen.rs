//! Screens with a fake engine: sameness whatever the blocks or kills, and a row for everything bad.

mod program;

#[path = "screen/fixture.rs"]
mod fixture;
#[path = "screen/flaws.rs"]
mod flaws;
#[path = "screen/sameness.rs"]
mod sameness;

use libtest_mimic::{Arguments, Trial};

fn main() {
    if fixture::run_as_child() {
        return;
    }
    let trial = |name: &str, test: fn()| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    let mut trials = vec![
        trial(
            "alone_is_as_in_a_library",
            sameness::alone_is_as_in_a_library,
        ),
        trial("any_block_size", sameness::any_block_size),
        trial("killed_and_resumed", sameness::killed_and_resumed),
        trial("every_kind_of_library", sameness::every_kind_of_library),
        trial(
            "same_names_keep_their_rows",
            sameness::same_names_keep_their_rows,
        ),
        trial("parquet_holds_the_csv", sameness::parquet_holds_the_csv),
        trial("bad_items_have_rows", flaws::bad_items_have_rows),
        trial("truncated_archives", flaws::truncated_archives),
        trial(
            "engine_failure_keeps_parts",
            flaws::engine_failure_keeps_parts,
        ),
        trial("full_disk", flaws::full_disk),
        trial("damaged_part", flaws::damaged_part),
        trial("usage_errors", flaws::usage_errors),
    ];
    let shared = fixture::shared("data/docking/screen/def/ligands.tar.gz");
    trials.push(match shared.exists() {
        true => trial(
            "real_library_is_read_whole",
            sameness::real_library_is_read_whole,
        ),
        false => {
            trial("real_library_is_read_whole (no shared data here)", || ()).with_ignored_flag(true)
        }
    });
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
