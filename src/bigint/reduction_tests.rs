//! Tests of reductions: the tree over any chunks, nothing, one number.

use super::reduction::{Reduction, Tree, reduce};
use super::*;
use dashu_int::IBig;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_tree_does_not_depend_on_chunks(numbers in proptest::collection::vec(any::<i64>(), 0..300), chunk in 1_usize..90) {
        let array: Array = numbers.iter().map(|n| IBig::from(*n)).collect::<Vec<_>>().iter().collect();
        let engine = Engine::new(Route::Cpu, None);
        let difference = |a: View, b: View| engine.apply(Operation::Sub, &[a, b]);
        let mut tree = Tree::new();
        for start in (0..numbers.len()).step_by(chunk) {
            tree.push(array.slice(start..numbers.len().min(start + chunk)), &difference).unwrap();
        }
        let mut level: Vec<i128> = numbers.iter().map(|n| i128::from(*n)).collect();
        while level.len() > 1 {
            level = level.chunks(2).map(|pair| pair.iter().copied().reduce(|a, b| a - b).unwrap()).collect();
        }
        let result = tree.finish(&difference).unwrap().map(|array| array.get(0).value());
        prop_assert_eq!(result, level.first().map(|n| IBig::from(*n)));
        let sum: i128 = numbers.iter().map(|n| i128::from(*n)).sum();
        prop_assert_eq!(reduce(Reduction::Sum, array.view(), &engine).unwrap(), IBig::from(sum));
    }
}

#[test]
fn reductions_of_nothing_and_of_one_number() {
    let engine = Engine::new(Route::Cpu, None);
    let of = |reduction, array: &Array| reduce(reduction, array.view(), &engine);
    let [nothing, one]: [Array; 2] = [Array::new(), [&IBig::from(-6)].into_iter().collect()];
    for (reduction, of_nothing, of_one) in [
        (Reduction::Sum, 0, -6),
        (Reduction::Product, 1, -6),
        (Reduction::Gcd, 0, 6),
        (Reduction::Lcm, 1, 6),
    ] {
        assert_eq!(of(reduction, &nothing).unwrap(), IBig::from(of_nothing));
        assert_eq!(of(reduction, &one).unwrap(), IBig::from(of_one));
    }
    for reduction in [Reduction::Min, Reduction::Max] {
        assert!(
            matches!(of(reduction, &nothing), Err(Refusal::Element(blame)) if blame.failure == Failure::Empty)
        );
        assert_eq!(of(reduction, &one).unwrap(), IBig::from(-6));
    }
}
