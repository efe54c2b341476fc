//! Lists of steps, drawn at random, that `bigint/polynomial` is compared on, and their values digit by digit.

use super::polynomial::{Place, Run, SLOTS};
use super::samples::Draws;
use super::schoolbook;
use super::steps::{Action, Source, Step};
use crate::twin::Launch;

/// Steps of a list at least: so many that every slot is written and read again.
const STEPS: u32 = 40;

/// Steps, and the numbers that they are done with.
pub struct Sample {
    /// Elements.
    pub count: usize,
    words: usize,
    steps: Vec<Step>,
    constants: Vec<Vec<u32>>,
    places: [Place; 3],
    numbers: Vec<Vec<u32>>,
    signs: Vec<u32>,
}

impl Sample {
    /// So many elements: operands are two arrays of residues, of which the second takes each other number, and an array of
    /// any magnitudes with signs, which comes to residues by the first two steps.
    pub fn new(words: usize, count: usize, seed: u64) -> Sample {
        let draws = &mut Draws::new(seed, count as u32);
        let n = modulus(draws, words, count);
        let mut numbers: Vec<_> = (0..3 * count + 1)
            .map(|at| schoolbook::divide(&draws.number(words, at), &n).1)
            .collect();
        let place = |first: usize, step: u32| Place {
            first: first as u32,
            step,
        };
        let places = [place(0, 1), place(count, 2), place(3 * count, 1)];
        numbers.truncate(3 * count);
        numbers.extend((0..count.max(1)).map(|at| draws.number(words, at)));
        let constant = |at| schoolbook::divide(&draws.number(words, at), &n).1;
        let constants = [vec![n.clone()], (1..4).map(constant).collect()].concat();
        let signs = draws.random(numbers.len().div_ceil(32));
        Sample {
            count,
            words,
            steps: steps(draws),
            constants,
            places,
            numbers,
            signs,
        }
    }

    /// Binds all that the kernel reads.
    pub fn bound(&self, launch: Launch) -> Launch {
        let run = Run {
            count: self.count as u32,
            words: self.words as u32,
            steps: self.steps.len() as u32,
        };
        let codes: Vec<_> = self.steps.iter().map(Step::code).collect();
        let places = self.places.map(|place| [place.first, place.step]);
        launch
            .with("run", &[run])
            .with("steps", &codes)
            .with("constants", &self.constants.concat())
            .with("places", &places)
            .with("numbers", &self.numbers.concat())
            .with("signs", &self.signs)
    }

    /// The last step's value for an element.
    pub fn value(&self, element: usize) -> Vec<u32> {
        let mut slots = vec![vec![0; self.words]; SLOTS];
        let mut last = 0;
        for step in &self.steps {
            last = step.slot as usize;
            slots[last] = self.step(step, &slots, element);
        }
        slots.swap_remove(last)
    }

    fn number(&self, operand: u32, element: usize) -> usize {
        let place = self.places[operand as usize];
        place.first as usize + element * place.step as usize
    }

    fn step(&self, step: &Step, slots: &[Vec<u32>], element: usize) -> Vec<u32> {
        let value = |source| match source {
            Source::Slot(at) => &slots[at as usize],
            Source::Constant(at) => &self.constants[at as usize],
            Source::Operand(at) => &self.numbers[self.number(at, element)],
        };
        let n = &self.constants[0];
        let rest = |number: &[u32]| schoolbook::divide(number, n).1;
        let less = |a: &[u32], b: &[u32]| rest(&schoolbook::subtract(&schoolbook::add(a, n), b));
        let (left, right) = (value(step.left), value(step.right));
        match (step.action, step.right) {
            (Action::Sum, _) => rest(&schoolbook::add(left, right)),
            (Action::Difference, _) => less(left, right),
            (Action::Product, _) => {
                let product = schoolbook::multiply(left, right);
                schoolbook::halved(rest(&product), n, 32 * self.words)
            }
            (Action::Signed, Source::Operand(at)) if self.is_negative(at, element) => {
                less(&vec![0; self.words], left)
            }
            (Action::Signed, _) => left.clone(),
        }
    }

    fn is_negative(&self, operand: u32, element: usize) -> bool {
        let number = self.number(operand, element);
        self.signs[number / 32] >> (number % 32) & 1 == 1
    }
}

/// An odd number of at least 3; for a single element the largest one, for few a short one.
fn modulus(draws: &mut Draws, words: usize, count: usize) -> Vec<u32> {
    let mut n = match count {
        1 => vec![u32::MAX; words],
        63 => draws.number(words, 5),
        _ => draws.random(words),
    };
    n[0] |= 3;
    n
}

/// A list that writes every slot and reads what it wrote.
fn steps(draws: &mut Draws) -> Vec<Step> {
    let step = |action, slot, left, right| Step {
        action,
        slot,
        left,
        right,
    };
    let mut steps = vec![
        step(Action::Product, 0, Source::Operand(2), Source::Constant(1)),
        step(Action::Signed, 0, Source::Slot(0), Source::Operand(2)),
    ];
    for at in 1..STEPS {
        let written = at.min(SLOTS as u32);
        let mut source = || match draws.word() % 4 {
            0 => Source::Operand(draws.word() % 2),
            1 => Source::Constant(1 + draws.word() % 3),
            _ => Source::Slot(draws.word() % written),
        };
        let (left, right) = (source(), source());
        let action = [Action::Sum, Action::Difference, Action::Product][draws.word() as usize % 3];
        steps.push(step(action, at % SLOTS as u32, left, right));
    }
    steps
}
