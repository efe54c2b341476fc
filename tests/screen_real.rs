//! The real engine in trouble: bad items among good ones, a full disk, maps that do not fit, a device that is lost.

mod program;

#[path = "screen_real/bad_items.rs"]
mod bad_items;
#[path = "screen_real/drawn.rs"]
mod drawn;
#[path = "screen_real/families.rs"]
mod families;
#[path = "screen_real/files.rs"]
mod files;
#[path = "screen_real/lost_device.rs"]
mod lost_device;
#[path = "screen_real/real_site.rs"]
mod real_site;

use libtest_mimic::Arguments;

fn main() {
    let mut arguments = Arguments::from_args();
    // A software device uses all cores by itself.
    arguments.test_threads = Some(1);
    let mut trials = program::trials(&[
        ("bad_items_have_rows", bad_items::bad_items_have_rows),
        (
            "dock_refuses_what_cannot_fit",
            bad_items::dock_refuses_what_cannot_fit,
        ),
        (
            "molecules_in_and_poses_out",
            drawn::molecules_in_and_poses_out,
        ),
        (
            "what_was_done_is_in_the_table",
            drawn::what_was_done_is_in_the_table,
        ),
        ("other_maps_than_asked", files::other_maps_than_asked),
        ("maps_on_a_full_disk", files::maps_on_a_full_disk),
        ("dock_on_a_full_disk", files::dock_on_a_full_disk),
        ("results_to_a_full_device", files::results_to_a_full_device),
        ("a_reader_that_left", files::a_reader_that_left),
        (
            "a_lost_device_is_opened_again",
            lost_device::is_opened_again,
        ),
        (
            "a_device_lost_for_good_is_told",
            lost_device::for_good_is_told,
        ),
    ]);
    trials.extend(program::on_software(&[(
        "processor_and_both_families_find_the_same",
        families::find_the_same,
    )]));
    libtest_mimic::run(&arguments, trials).exit();
}
