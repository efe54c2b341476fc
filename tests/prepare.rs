//! `trimaran prepare` from archives to archives: what comes out, what is said of the rest, and going on after a kill.

mod program;

#[path = "prepare/drugs.rs"]
mod drugs;
#[path = "prepare/fixture.rs"]
mod fixture;
#[path = "prepare/odd.rs"]
mod odd;
#[path = "prepare/other_programs.rs"]
mod other_programs;
#[path = "prepare/packing.rs"]
mod packing;
#[path = "prepare/resume.rs"]
mod resume;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let mut trials = program::trials(&[
        ("drugs_are_prepared_as_by_meeko", drugs::as_by_meeko),
        ("options_change_torsions", drugs::options_change_torsions),
        ("hydrogens_come_back", drugs::hydrogens_come_back),
        ("archives_keep_names_and_order", packing::names_and_order),
        ("packs_hold_so_many_records", packing::packs),
        ("standard_input_is_a_library", packing::standard_input),
        ("inputs_are_not_overwritten", packing::inputs_are_safe),
        ("refusals_have_reasons", packing::refusals),
        ("a_killed_run_goes_on", resume::goes_on),
        ("other_settings_are_refused", resume::other_settings),
    ]);
    let reason = match odd::folder().is_dir() {
        true => "",
        false => " (no TRIMARAN_SHARED data)",
    };
    let odd = odd::CASES.iter().map(|(name, case)| {
        let case = *case;
        let run = move || {
            case();
            Ok(())
        };
        Trial::test(format!("odd::{name}{reason}"), run).with_ignored_flag(!reason.is_empty())
    });
    trials.extend(odd);
    trials.extend(other_programs::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
