//! The runner under WebGPU and its page; ignored where node, its packages or Chromium are absent.

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use trimaran::check::document::Document;
use trimaran::kernels::dock::random::{PHILOX, philox, uniform01};

const RANDOM: &str = include_str!("../shaders/dock/random.wgsl");

/// Counters drawn from: more than a workgroup has invocations.
const COUNTERS: u32 = 65;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn main() {
    let node = missing_node();
    let browser = node.clone().or_else(missing_browser);
    let trials = vec![
        trial("values_are_compared_as_by_twin", &node, own_tests),
        trial("the_page_is_one_file", &node, the_page_is_one_file),
        trial("dawn_and_chromium_agree", &browser, both_agree),
        trial("every_sample_agrees", &browser, every_sample_agrees),
        trial("a_wrong_value_is_found", &browser, a_wrong_value_is_found),
        trial("a_refused_kernel_is_found", &browser, a_refusal_is_found),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(name: &str, missing: &Option<String>, run: fn() -> Result<(), Failed>) -> Trial {
    let reason = missing.as_ref().map(|what| format!(" ({what})"));
    let name = format!("web::{name}{}", reason.unwrap_or_default());
    Trial::test(name, run).with_ignored_flag(missing.is_some())
}

fn missing_node() -> Option<String> {
    let Ok(output) = Command::new("node").arg("--version").output() else {
        return Some("no Node.js".into());
    };
    let version = String::from_utf8_lossy(&output.stdout);
    let major = version.trim_start_matches('v').split('.').next();
    let is_new = major.and_then(|text| text.parse::<u32>().ok()) >= Some(20);
    (!is_new).then(|| "Node.js is older than 20".into())
}

fn missing_browser() -> Option<String> {
    if !root().join("tools/web/node_modules/webgpu").exists() {
        return Some("npm ci --ignore-scripts --prefix tools/web has not been run".into());
    }
    let browser = std::env::var_os("TRIMARAN_CHROMIUM").map(PathBuf::from);
    let browser = browser.unwrap_or_else(|| "/usr/bin/chromium".into());
    (!browser.exists()).then(|| format!("no {}", browser.display()))
}

fn own_tests() -> Result<(), Failed> {
    let mut node = Command::new("node");
    let output = node
        .args(["--test", "values.test.js"])
        .current_dir(root().join("tools/web"));
    expect(0, &output.output()?)
}

fn check_web(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    let mut tool = Command::new(root().join("tools/check-web"));
    tool.arg("--export").arg(folder).args(arguments);
    Ok(tool.output()?)
}

fn expect(code: i32, output: &Output) -> Result<(), Failed> {
    if output.status.code() == Some(code) {
        return Ok(());
    }
    let said = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    Err(format!("{}, not {code}: {}{}", output.status, said[0], said[1]).into())
}

/// Writes an export of `dock/random` in the format of `trimaran check --export`; gives its manifest.
fn export(folder: &Path) -> Result<Value, Failed> {
    let params = [7u32, 3, 0xdead_beef, 0x1234_5678];
    let words: Vec<u32> = (0..COUNTERS)
        .flat_map(|k| philox([params[0] + k, 0, params[1], 0], [params[2], params[3]]))
        .collect();
    let numbers = words.iter().map(|word| uniform01(*word));
    let values = words.iter().map(|word| f64::from(*word)).chain(numbers);
    let expected: Vec<f64> = values.flat_map(|value| [value, value]).collect();
    fs::write(folder.join("random.wgsl"), [PHILOX, RANDOM].concat())?;
    fs::write(folder.join("params"), bytemuck::cast_slice(&params))?;
    fs::write(folder.join("filled"), vec![0xa5u8; words.len() * 4])?;
    fs::write(folder.join("expected"), bytemuck::cast_slice(&expected))?;
    let output = |name, binding| json!({"name": name, "group": 0, "binding": binding, "kind": "storage", "file": "filled"});
    let values = |name, format| json!({"binding": name, "offset": 0, "stride": 4, "count": words.len(), "format": format, "sorted": false});
    let manifest = json!({"format": 1, "trimaran": env!("CARGO_PKG_VERSION"), "samples": [{
        "kernel": "dock/random", "variant": "base", "sample": COUNTERS.to_string(),
        "wgsl": "random.wgsl", "entry": "random", "constants": {"WORKGROUP": 64},
        "groups": [COUNTERS.div_ceil(64), 1, 1],
        "bindings": [
            {"name": "params", "group": 0, "binding": 0, "kind": "uniform", "file": "params"},
            output("words", 1), output("numbers", 2),
        ],
        "values": [values("words", "u32"), values("numbers", "f32")],
        "expected": "expected", "roundings": 0,
    }]});
    fs::write(folder.join("manifest.json"), manifest.to_string())?;
    Ok(manifest)
}

/// Both implementations' rows.
fn rows(folder: &Path, code: i32) -> Result<Vec<Value>, Failed> {
    let output = check_web(folder, &["--test", "--json"])?;
    expect(code, &output)?;
    let document: Value = serde_json::from_slice(&output.stdout)?;
    let rows = document["results"].as_array().cloned().unwrap_or_default();
    let drivers = ["Dawn", "Chrome"].map(|name| {
        let of = |row: &&Value| row["driver"].as_str().is_some_and(|own| own.contains(name));
        rows.iter().filter(of).count()
    });
    assert_eq!(drivers, [1, 1], "{document:#}");
    Ok(rows)
}

fn the_page_is_one_file() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    export(folder.path())?;
    let path = folder.path().join("page.html");
    let arguments = path.to_string_lossy();
    expect(0, &check_web(folder.path(), &[&arguments])?)?;
    let page = fs::read_to_string(path)?;
    for loose in [
        "src=",
        "http:",
        "https:",
        "import ",
        "/*SAMPLES*/",
        "/*SCRIPT*/",
    ] {
        assert!(!page.contains(loose), "the page has `{loose}`");
    }
    Ok(())
}

fn both_agree() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    export(folder.path())?;
    for row in rows(folder.path(), 0)? {
        assert_eq!([&row["ok"], &row["roundings"]], [&json!(true), &json!(0)]);
    }
    Ok(())
}

/// What `trimaran check --export` writes, all of it; the result has the form of `check --json`.
fn every_sample_agrees() -> Result<(), Failed> {
    let program = env!("CARGO_BIN_EXE_trimaran");
    let mut tool = Command::new(root().join("tools/check-web"));
    let tool = tool.args(["--test", "--json"]).env("TRIMARAN", program);
    let output = tool.output()?;
    expect(0, &output)?;
    let document: Document = serde_json::from_slice(&output.stdout)?;
    assert!(document.adapters.len() == 2 && document.agrees());
    Ok(())
}

fn a_wrong_value_is_found() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    export(folder.path())?;
    let path = folder.path().join("expected");
    let mut expected = fs::read(&path)?;
    // The lowest bit of the significand of the last number that is expected.
    let last = expected.len() - 16;
    expected[last] ^= 1;
    fs::write(path, expected)?;
    for row in rows(folder.path(), 1)? {
        assert_eq!(row["ok"], json!(false));
        assert!(row["roundings"].as_f64() > Some(0.0), "{row:#}");
    }
    Ok(())
}

fn a_refusal_is_found() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let mut manifest = export(folder.path())?;
    manifest["samples"][0]["entry"] = json!("absent");
    fs::write(folder.path().join("manifest.json"), manifest.to_string())?;
    for row in rows(folder.path(), 1)? {
        let reason = row["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("absent"), "{row:#}");
    }
    Ok(())
}
