//! `trimaran check`: what it prints, what it writes for others, what it makes of kernels that are wrong, and the README's
//! table of devices.

mod program;

#[path = "check/kernels.rs"]
mod kernels;

use kernels::{
    forgotten_values_are_not_those_of_the_run_before, wrong_kernels_are_rows_that_say_why,
};
use libtest_mimic::Arguments;
use program::{message, on_software, software_device, trials, trimaran};
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use trimaran::check::{Document, summary};

fn json_is_one_document_in_the_promised_form() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["check", "--kernel", "dock/random", "--json"];
    let mut check = trimaran(folder.path(), &arguments);
    check.env("TRIMARAN_DEVICE", software_device().unwrap());
    let ended = check.output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", message(&ended));
    let document: Json = serde_json::from_slice(&ended.stdout).unwrap();
    let rows = document["results"].as_array().unwrap();
    // Six samples in two modes.
    assert_eq!(rows.len(), 12);
    for row in rows {
        assert_eq!(row["kernel"], "dock/random");
        assert_eq!(row["variant"], "base");
        assert_eq!(row["adapter"], document["adapters"][0]["name"]);
        assert_eq!(
            (&row["roundings"], &row["allowed"]),
            (&0.0.into(), &0.0.into())
        );
        assert!(row["ok"] == true && row["seconds"].is_f64() && row["driver"].is_string());
    }
    for (key, values) in [("mode", ["shipped", "checked"]), ("sample", ["0", "5000"])] {
        for value in values {
            assert!(rows.iter().any(|row| row[key] == value), "{key} {value}");
        }
    }
    assert!(document["version"].is_string() && document["os"].is_string());
}

fn a_kernel_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ended = trimaran(folder.path(), &["check", "--kernel", "nowhere"])
        .output()
        .unwrap();
    let message = message(&ended);
    assert_eq!(ended.status.code(), Some(2), "{message}");
    assert!(message.contains("`nowhere`") && message.contains("dock/random"));
    assert_eq!(message.lines().count(), 1, "{message}");
}

fn read(folder: &Path, name: &Json) -> Vec<u8> {
    fs::read(folder.join(name.as_str().unwrap())).unwrap()
}

/// Needs no device.
fn exported_samples_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments = ["check", "--export", "out", "--kernel", "dock/s"];
    let ended = trimaran(folder.path(), &arguments).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", message(&ended));
    let manifest: Json =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["format"], 1);
    let samples = manifest["samples"].as_array().unwrap();
    for kernel in ["dock/score_poses", "dock/solis_wets"] {
        for variant in ["base", "workgroup"] {
            let mut all = samples.iter();
            assert!(all.any(|sample| sample["kernel"] == kernel && sample["variant"] == variant));
        }
    }
    for sample in samples {
        let wgsl = String::from_utf8(read(&out, &sample["wgsl"])).unwrap();
        let entry = sample["entry"].as_str().unwrap();
        assert!(wgsl.contains(&format!("fn {entry}(")), "{entry}");
        let works_together = wgsl.contains("workgroupBarrier");
        assert_eq!(works_together, sample["variant"] == "workgroup", "{entry}");
        for constant in sample["constants"].as_object().unwrap().keys() {
            assert!(wgsl.contains(&format!("override {constant}")), "{constant}");
        }
        let bindings = sample["bindings"].as_array().unwrap();
        for value in sample["values"].as_array().unwrap() {
            let binding = bindings.iter().find(|b| b["name"] == value["binding"]);
            let binding = binding.unwrap();
            assert_eq!(binding["kind"], "storage");
            let number = |key: &str| value[key].as_u64().unwrap() as usize;
            // Numbers of four bytes, the last one `stride` behind the one before it.
            let Some(steps) = number("count").checked_sub(1) else {
                continue;
            };
            let end = number("offset") + number("stride") * steps + 4;
            assert!(end <= read(&out, &binding["file"]).len(), "{value}");
        }
        let numbers = sample["values"].as_array().unwrap().iter();
        let numbers: u64 = numbers.map(|value| value["count"].as_u64().unwrap()).sum();
        assert_eq!(read(&out, &sample["expected"]).len() as u64, 16 * numbers);
    }
}

const MARKS: [&str; 2] = ["<!-- support -->\n", "<!-- /support -->"];

/// Needs no device.
fn the_readme_s_table_is_what_the_files_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = fs::read_dir(root.join("tests/data/adapters"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let document = |file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let documents: Vec<Document> = files.iter().map(document).collect();
    assert!(!documents.is_empty());
    let table = summary::markdown(&documents);
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, rest) = readme.split_once(MARKS[0]).unwrap();
    let (shown, _) = rest.split_once(MARKS[1]).unwrap();
    assert!(
        shown == table,
        "between the README's marks must stand:\n{table}"
    );
}

fn main() {
    let arguments = Arguments::from_args();
    let mut all = trials(&[
        ("exported_samples_are_whole", exported_samples_are_whole),
        (
            "a_kernel_that_is_not_there_is_named",
            a_kernel_that_is_not_there_is_named,
        ),
        (
            "the_readme_s_table_is_what_the_files_give",
            the_readme_s_table_is_what_the_files_give,
        ),
    ]);
    all.extend(on_software(&[
        (
            "wrong_kernels_are_rows_that_say_why",
            wrong_kernels_are_rows_that_say_why,
        ),
        (
            "forgotten_values_are_not_those_of_the_run_before",
            forgotten_values_are_not_those_of_the_run_before,
        ),
        (
            "json_is_one_document_in_the_promised_form",
            json_is_one_document_in_the_promised_form,
        ),
    ]));
    libtest_mimic::run(&arguments, all).exit();
}
