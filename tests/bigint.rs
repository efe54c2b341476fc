//! `trimaran bigint` as a program: what its subcommands print (`tests/bigint/*.trycmd`, `*.toml`), pipes, and the golden
//! cases of the shared data set, which are ignored where it is absent.

mod program;

#[path = "bigint/devices.rs"]
mod devices;
#[path = "bigint/expressions.rs"]
mod expressions;

use flate2::read::GzDecoder;
use libtest_mimic::{Arguments, Failed, Trial};
use program::trimaran;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use trimaran::bigint::Engine;
use trimaran::integers::parse;

fn main() {
    let shared =
        std::env::var_os("TRIMARAN_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    let golden = shared.join("data/bigint/golden.jsonl.gz");
    let there = golden.is_file();
    let name = if there {
        "golden"
    } else {
        "golden (no TRIMARAN_SHARED data)"
    };
    let mut trials = vec![
        Trial::test("command_line", || {
            trycmd::TestCases::new()
                .case("tests/bigint/*.trycmd")
                .case("tests/bigint/*.toml")
                .run();
            Ok(())
        }),
        Trial::test(
            "answers_come_while_the_input_is_open",
            answers_come_while_the_input_is_open,
        ),
        Trial::test("a_closed_pipe_is_no_error", a_closed_pipe_is_no_error),
        Trial::test(
            "threads_do_not_change_results",
            threads_do_not_change_results,
        ),
        Trial::test(
            "an expression in one pass is counted by operation",
            expressions::one_pass_is_counted,
        ),
        {
            let golden = golden.clone();
            Trial::test(name, move || golden_cases(&golden, &Engine::default()))
                .with_ignored_flag(!there)
        },
    ];
    trials.extend(devices::trials());
    trials.extend(expressions::trials());
    for (label, selector) in devices::devices() {
        let golden = golden.clone();
        let on_device = move || golden_cases(&golden, &devices::engine(&selector, None)?);
        let trial = Trial::test(format!("{name} on {label}"), on_device);
        trials.push(trial.with_ignored_flag(!there));
    }
    let mut arguments = Arguments::from_args();
    // A device uses all cores by itself.
    arguments.test_threads = Some(1);
    libtest_mimic::run(&arguments, trials).exit();
}

fn answers_come_while_the_input_is_open() -> Result<(), Failed> {
    let mut command = trimaran(Path::new("."), &["bigint", "eval"]);
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().ok_or("no input")?;
    let mut answers = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    for id in 0..3 {
        writeln!(input, r#"{{"op":"mul","a":{id},"b":3,"id":{id}}}"#)?;
        let answer: Value = serde_json::from_str(&answers.next().ok_or("no answer")??)?;
        assert_eq!(
            answer,
            serde_json::json!({ "id": id, "result": format!("{:#x}", 3 * id) })
        );
    }
    drop(input);
    assert!(child.wait()?.success());
    Ok(())
}

fn a_closed_pipe_is_no_error() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("a.txt"), "7\n".repeat(200_000))?;
    let mut child = trimaran(folder.path(), &["bigint", "map", "a ** 50", "a.txt"]).spawn()?;
    let mut head = [0; 10];
    let mut output = child.stdout.take().ok_or("no output")?;
    output.read_exact(&mut head)?;
    drop(output);
    let ended = child.wait_with_output()?;
    assert!(
        ended.status.success() && ended.stderr.is_empty(),
        "{}",
        program::message(&ended)
    );
    Ok(())
}

/// A reduction that is not associative, and a map, over more than one chunk.
fn threads_do_not_change_results() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let numbers: String = (0..150_000_u64)
        .map(|k| format!("{}\n", k * k % 1_000_003))
        .collect();
    std::fs::write(folder.path().join("a.txt"), numbers)?;
    let run = |threads: &str, arguments: &[&str]| {
        let arguments = [&["bigint", "--threads", threads], arguments].concat();
        let ended = trimaran(folder.path(), &arguments).output().unwrap();
        assert!(ended.status.success(), "{}", program::message(&ended));
        ended.stdout
    };
    for arguments in [
        &["reduce", "x - 3 * y", "a.txt"][..],
        &["map", "a * a % 1009", "a.txt"],
    ] {
        let alone = run("1", arguments);
        assert!(!alone.is_empty());
        assert_eq!(run("3", arguments), alone, "{arguments:?}");
    }
    Ok(())
}

/// Every golden case has its result or an error; only operations on matrices and polynomials may be missing.
fn golden_cases(path: &Path, engine: &Engine) -> Result<(), Failed> {
    let mut text = String::new();
    GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    let mut cases = HashMap::new();
    let mut input = String::new();
    for line in text.lines() {
        let case: Map<String, Value> = serde_json::from_str(line)?;
        let mut question = case.clone();
        ["result", "error", "tag"]
            .into_iter()
            .for_each(|field| drop(question.remove(field)));
        input.push_str(&format!("{}\n", Value::Object(question)));
        cases.insert(case["id"].to_string(), case);
    }
    let mut answers = Vec::new();
    trimaran::bigint::eval::stream(input.as_bytes(), &mut answers, engine)?;
    for answer in String::from_utf8(answers)?.lines() {
        let answer: Value = serde_json::from_str(answer)?;
        let case = cases
            .remove(&answer["id"].to_string())
            .ok_or("an answer to no case")?;
        if !is_right(&case, &answer) {
            return Err(format!("{case:?}: {answer}").into());
        }
    }
    assert!(cases.is_empty(), "{} cases without an answer", cases.len());
    Ok(())
}

fn is_right(case: &Map<String, Value>, answer: &Value) -> bool {
    let operation = case["op"].as_str().unwrap_or_default();
    if answer.get("unsupported").is_some() {
        let matrix = [
            "mat", "det", "rank", "solve", "charpoly", "snf", "hnf", "inv_mod", "poly",
        ];
        return matrix.iter().any(|name| operation.starts_with(name));
    }
    if case.contains_key("error") || answer.get("error").is_some() {
        return case.contains_key("error") && answer.get("error").is_some();
    }
    if operation != "xgcd" {
        return case["result"] == answer["result"];
    }
    // Only the divisor is unique: the factors are judged by what they give.
    let number = |value: &Value| parse(value.as_str().unwrap_or_default()).unwrap_or_default();
    let [g, s, t] = [0, 1, 2].map(|at| number(&answer["result"][at]));
    g == number(&case["result"][0]) && s * number(&case["a"]) + t * number(&case["b"]) == g
}
