//! Tests of routes: who computes, and what statistics say of it.

use super::*;
use dashu_int::IBig;

fn single(value: &IBig) -> Array {
    [value].into_iter().collect()
}

/// Kernels that double everything, so that their results are known, and have none for long numbers.
struct Doubling;

impl Kernels for Doubling {
    fn device(&self) -> String {
        "doubling".into()
    }

    fn apply(
        &self,
        operation: Operation,
        operands: &[View],
        length: usize,
    ) -> crate::Result<Answer> {
        let elements: Vec<u32> = (0..length as u32).collect();
        let short = operands.iter().all(|operand| operand.longest() <= 1);
        if operation != Operation::Mul || !short {
            let left = [("too long", elements)].into();
            return Ok(Answer {
                parts: Vec::new(),
                left,
            });
        }
        let results = vec![IBig::from(2); length].iter().collect();
        Ok(Answer {
            parts: vec![Part { elements, results }],
            ..Answer::default()
        })
    }
}

#[test]
fn the_route_decides_who_computes_and_statistics_say_who_did() {
    let [few, long, zero] = [
        single(&IBig::from(5)),
        single(&(IBig::ONE << 40)),
        single(&IBig::ZERO),
    ];
    let product = |engine: &Engine, a: &Array, b: &Array| {
        engine
            .apply(Operation::Mul, &[a.view(), b.view()])
            .unwrap()
            .get(0)
            .value()
    };
    let device = Engine::new(Route::Device, Some(Box::new(Doubling)));
    assert_eq!(product(&device, &few, &few), IBig::from(2));
    assert_eq!(product(&device, &few, &long), IBig::from(5) << 40);
    let refused = device.apply(Operation::FloorDiv, &[few.view(), zero.view()]);
    assert!(
        matches!(refused, Err(Refusal::Element(blame)) if blame.failure == Failure::DivisionByZero)
    );
    let rows = serde_json::to_string(&device.statistics()).unwrap();
    let expected = r#"[{"operation":"mul","by":"cpu","reason":"too long","elements":1},{"operation":"mul","by":"device","elements":1},{"operation":"floordiv","by":"cpu","reason":"division by zero","elements":1}]"#;
    assert_eq!(rows, expected);
    for route in [Route::Cpu, Route::Auto] {
        let engine = Engine::new(route, Some(Box::new(Doubling)));
        assert_eq!(product(&engine, &few, &few), IBig::from(25), "{route:?}");
    }
    let many: Array = (0..1 << 16)
        .map(IBig::from)
        .collect::<Vec<_>>()
        .iter()
        .collect();
    let auto = Engine::new(Route::Auto, Some(Box::new(Doubling)));
    assert_eq!(product(&auto, &many, &few), IBig::from(2));
}
