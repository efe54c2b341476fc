//! Tests of expressions: Python's meaning, modular operations behind `%`, and messages that point at the place.

use super::*;
use crate::bigint::Route;
use crate::integers::{push_text, write_decimal};
use proptest::prelude::*;

fn array(numbers: &[i64]) -> Array {
    numbers
        .iter()
        .map(|number| IBig::from(*number))
        .collect::<Vec<_>>()
        .iter()
        .collect()
}

fn engine() -> Engine {
    Engine::new(Route::Cpu, None)
}

fn value(text: &str, operands: &[View]) -> Result<String> {
    let names = Names::new(["a", "b", "c"].into_iter().take(operands.len()));
    let values = Expression::parse(text, &names)?.evaluate(operands, &engine())?;
    let mut shown = String::new();
    values.iter().for_each(|number| {
        shown.push_str(if shown.is_empty() { "" } else { " " });
        write_decimal(number, &mut shown).unwrap();
    });
    Ok(shown)
}

/// Values that CPython gives for the same text.
#[test]
fn operators_mean_what_they_mean_in_python() {
    for (text, expected) in [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("2 ** 3 ** 2", "512"),
        ("-2 ** 2", "-4"),
        ("(-2) ** 2", "4"),
        ("- - +3", "3"),
        ("~5 ** 2", "-26"),
        ("7 // -2 * 2", "-8"),
        ("-7 % 5 - -7 % -5", "5"),
        ("10 - 4 - 3", "3"),
        ("100 // 7 % 4", "2"),
        ("1 << 3 + 1", "16"),
        ("-9 >> 1", "-5"),
        ("6 & 3 | 8 ^ 1", "11"),
        ("0xFF_ff * 1_000", "65535000"),
        ("2 ** 100", "1267650600228229401496703205376"),
        ("powmod(3, -1, 7)", "5"),
        (
            "gcd(12, 18, 27) + lcm(4, 6) + min(3, 1, 2) + max(1, 4)",
            "20",
        ),
        (
            "isqrt(99) + iroot(80, 4) + jacobi(2, 7) + abs(-3) + sqr(-3)",
            "24",
        ),
        ("tdiv(-7, 2) * 100 + trem(-7, 2) * 10 + erem(-7, 2)", "-309"),
    ] {
        assert_eq!(value(text, &[]).unwrap(), expected, "{text}");
    }
}

#[test]
fn arrays_go_element_by_element_and_single_numbers_are_repeated() {
    let [a, b, c] = [array(&[1, -2, 3]), array(&[10, 20, 30]), array(&[7])];
    let operands = [a.view(), b.view(), c.view()];
    assert_eq!(value("a * b + c", &operands).unwrap(), "17 -33 97");
    assert_eq!(value("c + 1", &operands).unwrap(), "8 8 8");
    assert_eq!(value("(b - a) % c", &operands).unwrap(), "2 1 6");
    let short = array(&[1, 2]);
    let message = value("a + b", &[a.view(), short.view()])
        .unwrap_err()
        .to_string();
    assert!(message.contains("3 and 2"), "{message}");
}

#[test]
fn an_element_without_a_result_is_named_with_its_column() {
    let [a, b] = [array(&[1, 2, 3]), array(&[1, 1, 0])];
    let message = |text| value(text, &[a.view(), b.view()]).unwrap_err().to_string();
    assert_eq!(
        message("1 + a // b"),
        "element 2: division by zero (floordiv, column 7 of the expression)"
    );
    assert_eq!(
        message("a + invmod(a * 2, 4)"),
        "element 0: not invertible (modinv, column 5 of the expression)"
    );
    assert_eq!(
        message("a ** -b % 5"),
        "element 0: negative exponent; powmod(a, e, m) takes the inverse (pow, column 9 of the expression)"
    );
}

#[test]
fn results_beyond_all_memory_are_refused_at_once() {
    let a = array(&[3; 5]);
    for (text, words) in [
        (
            "2 ** (2 ** 60)",
            ["pow would have 1152921504606846977 bits", "17179869184"],
        ),
        ("1 << 2 ** 70", ["shl would have", "17179869184"]),
        (
            "a ** (2 ** 34)",
            [
                "5 results of pow would have 85899345920 bits in all",
                "68719476736",
            ],
        ),
        ("a << (2 ** 34 - 9)", ["5 results of shl", "68719476736"]),
    ] {
        let message = value(text, &[a.view()]).unwrap_err().to_string();
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    }
    assert_eq!(
        value("(-1) ** (2 ** 90 + 1) + 0 << 2 ** 70", &[])
            .unwrap_err()
            .exit_code(),
        1
    );
    assert_eq!(
        value("2 ** (2 ** 60) % 1000007", &[]).unwrap(),
        value("powmod(2, 2 ** 60, 1000007)", &[]).unwrap()
    );
}

#[test]
fn what_is_no_expression_is_shown_with_a_caret() {
    for (text, column, what) in [
        ("", 1, "not the end"),
        ("1 +", 4, "not the end"),
        ("a + z", 5, "`z`; names are a"),
        ("a + foo(1)", 5, "no function `foo`"),
        ("gcd(a)", 1, "`gcd` takes 2 numbers, not 1"),
        ("powmod(a, 2)", 1, "takes 3"),
        ("isqrt(a, a)", 1, "takes 1 numbers, not 2"),
        ("(a + 1", 7, "`(` of column 1"),
        ("gcd(a, 2", 9, "`(` of column 4"),
        ("a + 1)", 6, "not `)`"),
        ("a a", 3, "not `a`"),
        ("a / 2", 3, "`//`"),
        ("a $ 2", 3, "`$`"),
        ("1 + 12x4", 5, "`12x4`"),
        ("a * * a", 5, "not `*`"),
    ] {
        let names = Names::new(["a"]);
        let message = Expression::parse(text, &names).unwrap_err().to_string();
        let lines: Vec<&str> = message.lines().collect();
        assert!(
            lines[0].starts_with(&format!("expression, column {column}: ")),
            "{message}"
        );
        assert!(lines[0].contains(what), "{message}");
        assert_eq!(lines[2].find('^'), Some(column + 1), "{message}");
    }
}

#[test]
fn deep_expressions_end_in_an_error() {
    for text in [
        "(".repeat(100_000),
        "-".repeat(100_000),
        format!("1{}", " + 1".repeat(100_000)),
        "2**".repeat(9999),
    ] {
        assert!(
            value(&text, &[])
                .unwrap_err()
                .to_string()
                .contains("more than 200")
        );
    }
    let numbers = vec!["1"; 300].join(", ");
    assert!(
        value(&format!("max({numbers})"), &[])
            .unwrap_err()
            .to_string()
            .contains("at most")
    );
    assert_eq!(
        value(&format!("1{}", " + 1".repeat(200)), &[]).unwrap(),
        "201"
    );
}

#[test]
fn constants_may_be_expressions() {
    let mut names = Names::new(["a"]);
    for constant in ["m = 2**61-1", "half=m // 2"] {
        names.define(constant, &engine()).unwrap();
    }
    let a = array(&[5]);
    let value = Expression::parse("a * half % m", &names)
        .unwrap()
        .evaluate(&[a.view()], &engine())
        .unwrap();
    let mut expected = Array::new();
    push_text(&mut expected, "1152921504606846973").unwrap();
    assert_eq!(value, expected);
    for wrong in ["m", "m=3", "a=3", "gcd=3", "2m=3", "n=", "n=a", "n=1//0"] {
        assert!(names.define(wrong, &engine()).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn a_residue_behind_an_operation_is_that_of_its_result(a in any::<i64>(), b in any::<i64>(), m in any::<i64>()) {
        prop_assume!(m != 0);
        let [a, b, c] = [array(&[a]), array(&[b]), array(&[m])];
        let operands = [a.view(), b.view(), c.view()];
        for operation in ["a * b", "a + b", "a - b", "a ** abs(b % 9)"] {
            let fused = value(&format!("({operation}) % c"), &operands).unwrap();
            let plain = value(&format!("0 + ({operation}) - ({operation}) // c * c"), &operands).unwrap();
            prop_assert_eq!(fused, plain, "{}", operation);
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused(text in "([abmx0-9 ]|[-+*/%&|^~(),<>]|\\*\\*|//|gcd\\(|powmod\\(|[^\\x00]){0,40}") {
        let _ = Expression::parse(&text, &Names::new(["a", "b"]));
    }
}
