//! Ranks, as threads and under `mpirun`: the same bytes as one process, whatever is killed on the way.

mod program;

#[path = "screen/fixture.rs"]
mod fixture;
#[path = "cluster/interruption.rs"]
mod interruption;
#[path = "cluster/kills.rs"]
mod kills;
#[path = "cluster/messages.rs"]
mod messages;
#[path = "cluster/ranks.rs"]
mod ranks;
#[path = "cluster/sameness.rs"]
mod sameness;

use libtest_mimic::Arguments;

fn main() {
    if ranks::run_as_child() {
        return;
    }
    let mut trials = program::trials(&[
        ("screen_by_threads", sameness::screen_by_threads),
        ("prepare_by_threads", sameness::prepare_by_threads),
        ("named_twice_by_threads", sameness::named_twice_by_threads),
        ("packs_by_threads", sameness::packs_by_threads),
        ("a_part_that_fails_twice", sameness::a_part_that_fails_twice),
        ("threads_killed", kills::threads),
        ("a_second_run_is_refused", interruption::second_run),
        ("a_request_to_end", interruption::request_to_end),
    ]);
    let under_mpi: [(&str, fn()); 5] = [
        ("messages_by_mpi", messages::by_mpi),
        ("screen_by_mpi", sameness::screen_by_mpi),
        ("prepare_by_mpi", sameness::prepare_by_mpi),
        ("bad_start_by_mpi", sameness::bad_start_by_mpi),
        ("mpi_killed", kills::mpi),
    ];
    trials.extend(match ranks::mpi_is_missing() {
        None => program::trials(&under_mpi),
        Some(reason) => program::ignored(&under_mpi, reason),
    });
    // By hand: `cargo test --features mpi --test cluster -- --ignored large`.
    let large: (&str, fn()) = ("large_messages_by_mpi", messages::large_by_mpi);
    let large = program::trials(&[large]).into_iter();
    trials.extend(large.map(|trial| trial.with_kind("10 GB of memory").with_ignored_flag(true)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
