//! Screens with a fake engine: sameness whatever the blocks or kills, and a row for everything bad.

mod program;

#[path = "screen/fixture.rs"]
mod fixture;
#[path = "screen/flaws.rs"]
mod flaws;
#[path = "screen/sameness.rs"]
mod sameness;

use libtest_mimic::Arguments;

fn main() {
    if fixture::run_as_child() {
        return;
    }
    let mut trials = program::trials(&[
        (
            "alone_is_as_in_a_library",
            sameness::alone_is_as_in_a_library,
        ),
        ("any_block_size", sameness::any_block_size),
        ("killed_and_resumed", sameness::killed_and_resumed),
        ("every_kind_of_library", sameness::every_kind_of_library),
        (
            "same_names_keep_their_rows",
            sameness::same_names_keep_their_rows,
        ),
        ("parquet_holds_the_csv", sameness::parquet_holds_the_csv),
        ("bad_items_have_rows", flaws::bad_items_have_rows),
        ("drawn_molecules", flaws::drawn_molecules),
        ("truncated_archives", flaws::truncated_archives),
        (
            "engine_failure_keeps_parts",
            flaws::engine_failure_keeps_parts,
        ),
        ("full_disk", flaws::full_disk),
        ("damaged_part", flaws::damaged_part),
        ("usage_errors", flaws::usage_errors),
    ]);
    let shared = fixture::shared("data/docking/screen/def/ligands.tar.gz");
    let real: (&str, fn()) = (
        "real_library_is_read_whole",
        sameness::real_library_is_read_whole,
    );
    trials.extend(match shared.exists() {
        true => program::trials(&[real]),
        false => program::ignored(&[real], "no shared data here"),
    });
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
