//! Plans with the same operations as arrays for the engine's kernels, the rest by the host's threads.

use super::plan::{Plan, joined};
use super::{Question, State, Trouble};
use crate::bigint::{Engine, Operation, Route, scalar};
use crate::integers::{Array, View};
use dashu_int::IBig;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Answers all questions that are planned only.
pub fn answer_plans(questions: &mut [Question], engine: &Engine) {
    if engine.route() == Route::Device || engine.device().is_some() {
        for (operations, places) in groups(questions) {
            answer_group(&operations, &places, questions, engine);
        }
    }
    questions.par_iter_mut().for_each(|question| {
        if let State::Planned(plan) = &question.state {
            question.state = State::Answered(plan.answer().map_err(Trouble::Failure));
        }
    });
}

/// Places of plans with the same operations, but for those whose numbers no kernel takes.
fn groups(questions: &[Question]) -> BTreeMap<Vec<Operation>, Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        match &question.state {
            State::Planned(plan) if is_plain(plan) => {
                groups.entry(plan.operations.clone()).or_default().push(at)
            }
            _ => {}
        }
    }
    groups
}

/// Whether no divisor is zero and no exponent negative: with those an array as a whole would have no result.
fn is_plain(plan: &Plan) -> bool {
    let divided = plan
        .operations
        .iter()
        .any(|operation| scalar::divides(*operation));
    let zero = plan.operands.last().is_some_and(IBig::is_zero);
    let inverted = plan.operations == [Operation::ModPow] && plan.operands[1] < IBig::ZERO;
    !(divided && zero || inverted)
}

/// Answers a group as arrays; where an element has no result all are left to be answered one by one.
fn answer_group(
    operations: &[Operation],
    places: &[usize],
    questions: &mut [Question],
    engine: &Engine,
) {
    let mut columns = vec![Array::new(); operations[0].operands()];
    for at in places {
        if let State::Planned(plan) = &questions[*at].state {
            columns
                .iter_mut()
                .zip(&plan.operands)
                .for_each(|(column, number)| column.push_value(number));
        }
    }
    let views: Vec<View> = columns.iter().map(Array::view).collect();
    let results = operations
        .iter()
        .map(|operation| engine.apply(*operation, &views));
    let Ok(results) = results.collect::<Result<Vec<Array>, _>>() else {
        return;
    };
    for (element, at) in places.iter().enumerate() {
        let values = results
            .iter()
            .map(|result| super::answer::hexadecimal(result.get(element)));
        questions[*at].state = State::Answered(Ok(joined(values.collect::<Vec<Value>>())));
    }
}
