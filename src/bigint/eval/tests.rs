//! Tests of the stream of cases: every line is answered by itself, in order, as soon as it has come.

use super::*;
use crate::bigint::{Answer, Kernels, Operation, Part, Route};
use crate::integers::View;
use dashu_int::IBig;
use std::sync::mpsc;

fn answers(text: &[u8]) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = stream(text, &mut output, &Engine::new(Route::Cpu, None)).unwrap();
    let lines = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    (
        lines
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect(),
        summary,
    )
}

#[test]
fn a_wrong_line_fails_alone() {
    let lines: [(&[u8], &str); 14] = [
        (
            br#"{"op":"add","a":"0x1f","b":-32,"id":1}"#,
            r#"{"id":1,"result":"-0x1"}"#,
        ),
        (
            br#"{"op":"fdivrem","a":7,"b":0,"id":"x"}"#,
            r#"{"error":"division by zero","id":"x"}"#,
        ),
        (
            br#"{"op":"det","a":[[1]],"id":[2]}"#,
            r#"{"id":[2],"unsupported":true}"#,
        ),
        (b"nonsense", "line 4: no JSON object"),
        (br#"[1]"#, "line 5: no JSON object"),
        (br#"{"op":"add","a":"1"}"#, "line 6: no `b`"),
        (
            br#"{"op":"frob","a":"1","id":9}"#,
            "line 7: no operation `frob`",
        ),
        (br#"{"op":7}"#, "line 8: `op` is not a string"),
        (br#"{"a":7}"#, "line 9: no `op`"),
        (
            br#"{"op":"add","a":"12z","b":"1"}"#,
            "line 10: `a`: `12z` is no",
        ),
        (
            br#"{"op":"sum","a":["1",2.5]}"#,
            "line 11: `a`, element 1: 2.5",
        ),
        (br#"{"op":"sum","a":"1"}"#, "line 12: `a` is not a list"),
        (b"{\"op\":\"\xff\"}", "line 13: no JSON object"),
        (
            br#"{"op":"vadd","a":[1,2,3],"b":[1,2]}"#,
            "line 14: arrays of 3 and 2",
        ),
    ];
    let text = lines.map(|(line, _)| line).join(&b'\n');
    let (answers, summary) = answers(&text);
    assert_eq!(
        summary,
        Summary {
            answered: 3,
            wrong: 11
        }
    );
    for (answer, (_, expected)) in answers.iter().zip(lines) {
        assert!(answer.to_string().contains(expected), "{answer} {expected}");
    }
}

#[test]
fn numbers_and_lists_of_numbers_come_back() {
    for (case, result) in [
        (
            r#"{"op":"xgcd","a":240,"b":-46}"#,
            r#"["0x2","-0x9","-0x2f"]"#,
        ),
        (
            r#"{"op":"vmul","a":[1,-2],"b":["0x10"]}"#,
            r#"["0x10","-0x20"]"#,
        ),
        (r#"{"op":"dot","a":[1,2,3],"b":[4,5,6]}"#, r#""0x20""#),
        (r#"{"op":"pow","a":-3,"k":3}"#, r#""-0x1b""#),
        (r#"{"op":"pow","a":-3,"b":"3"}"#, r#""-0x1b""#),
        (r#"{"op":"to_dec","a":"-0xff"}"#, r#""-255""#),
        (r#"{"op":"lcm_reduce","a":[]}"#, r#""0x1""#),
        (
            r#"{"op":"gfq_mul","a":[1,1],"b":[1,1],"m":2,"f":[1,1,1]}"#,
            r#"["0x0","0x1"]"#,
        ),
        (r#"{"op":"custom_reduce","a":[1,2,3],"m":100}"#, r#""0x17""#),
    ] {
        let (answers, _) = answers(case.as_bytes());
        assert_eq!(answers[0]["result"].to_string(), result, "{case}");
    }
}

#[test]
fn empty_lines_and_long_ones_are_lines() {
    let digits = "7".repeat(3 << 20);
    let text = format!(
        "\n  \n{{\"op\":\"sub\",\"a\":\"0x{digits}\",\"b\":\"0x{digits}\",\"id\":0}}\r\n\nx"
    );
    let (answers, summary) = answers(text.as_bytes());
    assert_eq!(answers[0]["result"], "0x0");
    assert!(
        answers[1]["error"]
            .as_str()
            .unwrap()
            .starts_with("line 5: ")
    );
    assert_eq!(
        summary,
        Summary {
            answered: 1,
            wrong: 1
        }
    );
}

/// A stream that stays open: bytes come through a channel.
struct Pipe(mpsc::Receiver<Vec<u8>>);

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.recv().unwrap_or_default();
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

struct Sender(mpsc::Sender<Vec<u8>>, Vec<u8>);

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.send(std::mem::take(&mut self.1));
        Ok(())
    }
}

#[test]
fn answers_come_although_the_input_stays_open() {
    let (lines, input) = mpsc::channel();
    let (output, answers) = mpsc::channel();
    let worker = std::thread::spawn(move || {
        stream(Pipe(input), Sender(output, Vec::new()), &Engine::default())
    });
    for round in 0..3 {
        lines
            .send(format!("{{\"op\":\"neg\",\"a\":{round},").into_bytes())
            .unwrap();
        lines
            .send(format!("\"id\":{round}}}\n{{\"op\":").into_bytes())
            .unwrap();
        let answer = String::from_utf8(answers.recv().unwrap()).unwrap();
        assert!(
            answer.contains(&format!("\"id\":{round}")) && answer.lines().count() == 1,
            "{answer}"
        );
        lines.send(b"\"neg\",\"a\":1}\n".to_vec()).unwrap();
        assert_eq!(
            answers.recv().unwrap(),
            b"{\"id\":null,\"result\":\"-0x1\"}\n"
        );
    }
    drop(lines);
    assert_eq!(
        worker.join().unwrap().unwrap(),
        Summary {
            answered: 6,
            wrong: 0
        }
    );
}

/// Products by a device of its own mind, so that answers show who gave them.
struct Sevens;

impl Kernels for Sevens {
    fn device(&self) -> String {
        "sevens".into()
    }

    fn apply(&self, operation: Operation, _: &[View], length: usize) -> crate::Result<Answer> {
        let elements: Vec<u32> = (0..length as u32).collect();
        if ![Operation::FloorDiv, Operation::FloorMod].contains(&operation) {
            return Ok(Answer {
                left: [("no kernel", elements)].into(),
                ..Answer::default()
            });
        }
        let results = vec![IBig::from(7); length].iter().collect();
        Ok(Answer {
            parts: vec![Part { elements, results }],
            ..Answer::default()
        })
    }
}

#[test]
fn equal_operations_go_to_kernels_together() {
    let text = [
        r#"{"op":"fdivrem","a":9,"b":2,"id":0}"#,
        r#"{"op":"add","a":9,"b":2,"id":1}"#,
        r#"{"op":"fdivrem","a":9,"b":0,"id":2}"#,
        r#"{"op":"fdivrem","a":-9,"b":2,"id":3}"#,
        r#"{"op":"modpow","a":2,"b":-1,"m":4,"id":4}"#,
        r#"{"op":"modpow","a":2,"b":5,"m":7,"id":5}"#,
    ];
    let engine = Engine::new(Route::Device, Some(Box::new(Sevens)));
    let mut output = Vec::new();
    stream(text.join("\n").as_bytes(), &mut output, &engine).unwrap();
    let expected = [
        r#"{"id":0,"result":["0x7","0x7"]}"#,
        r#"{"id":1,"result":"0xb"}"#,
        r#"{"error":"division by zero","id":2}"#,
        r#"{"id":3,"result":["0x7","0x7"]}"#,
        r#"{"error":"not invertible","id":4}"#,
        r#"{"id":5,"result":"0x4"}"#,
    ];
    assert_eq!(
        String::from_utf8(output)
            .unwrap()
            .lines()
            .collect::<Vec<_>>(),
        expected
    );
    let by: Vec<_> = engine
        .statistics()
        .into_iter()
        .map(|row| (row.operation, row.by, row.elements))
        .collect();
    let expected = [
        ("add", "cpu", 1),
        ("floordiv", "device", 2),
        ("floormod", "device", 2),
        ("modpow", "cpu", 1),
    ];
    assert_eq!(by, expected);
}
