//! A polynomial's terms as steps of its kernel: which slot holds a value, and what power of Montgomery's radix is on it.
//!
//! A product of values with R^i and R^j on them has R^(i + j - 1). Sums want equal powers; a product by a power of R
//! changes one, so that the fewer are needed the longer values keep what they have.

use crate::bigint::polynomial::{Polynomial, Term};
use crate::bigint::{Operation, scalar};
use crate::integers::{Array, LIMB_BITS};
use crate::kernels::bigint::polynomial::SLOTS;
use crate::kernels::bigint::steps::{Action, Source, Step};
use dashu_int::IBig;

/// What is known of all numbers of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In 0..modulus.
    Residues,
    /// None is below zero.
    Magnitudes,
    /// Some are.
    Signed,
}

/// Steps, and the constants they name.
pub struct Schedule {
    /// In order; the last one's value is the polynomial's.
    pub steps: Vec<Step>,
    /// Residues and the power of R on each; the modulus, which is the first constant, is not among them.
    constants: Vec<(IBig, i64)>,
}

impl Schedule {
    /// The modulus and all constants for numbers of so many words: R = 2^(32 words). None where one has no value, which
    /// for an odd modulus none has.
    pub fn constants(&self, modulus: &IBig, words: usize) -> Option<Array> {
        let radix = IBig::ONE << (words * LIMB_BITS as usize);
        let value = |(residue, power): &(IBig, i64)| {
            let power = IBig::from(*power);
            let on = scalar::apply(Operation::ModPow, &[&radix, &power, modulus]).ok()?;
            scalar::apply(Operation::ModMul, &[residue, &on, modulus]).ok()
        };
        let values: Vec<IBig> = self.constants.iter().map(value).collect::<Option<_>>()?;
        Some(std::iter::once(modulus).chain(&values).collect())
    }
}

/// The steps for operands of these kinds; none where they need more slots than there are.
pub fn schedule(polynomial: &Polynomial, kinds: &[Kind]) -> Option<Schedule> {
    let terms = polynomial.terms();
    let mut uses = vec![0; terms.len()];
    for term in terms {
        if let Term::Sum(both) | Term::Difference(both) | Term::Product(both) = term {
            both.iter().for_each(|at| uses[*at] += 1);
        }
    }
    let mut scheduler = Scheduler {
        schedule: Schedule {
            steps: Vec::new(),
            constants: Vec::new(),
        },
        free: (0..SLOTS as u32).rev().collect(),
        values: Vec::with_capacity(terms.len()),
        uses,
    };
    for term in terms {
        let value = scheduler.value(term, kinds)?;
        scheduler.values.push(value);
    }
    scheduler.finish()
}

/// A term's value.
#[derive(Clone)]
enum Value {
    /// Known; with any power of R.
    Constant(IBig),
    /// Where it stands, and the power of R on it.
    At(Source, i64),
}

struct Scheduler {
    schedule: Schedule,
    free: Vec<u32>,
    values: Vec<Value>,
    /// How often each term's value is still to be taken.
    uses: Vec<usize>,
}

impl Scheduler {
    fn value(&mut self, term: &Term, kinds: &[Kind]) -> Option<Value> {
        match term {
            Term::Constant(residue) => Some(Value::Constant(residue.clone())),
            Term::Operand(at) => self.operand(*at as u32, *kinds.get(*at)?),
            Term::Sum(both) => self.linear(Action::Sum, *both),
            Term::Difference(both) => self.linear(Action::Difference, *both),
            Term::Product(both) => self.product(*both),
        }
    }

    /// Numbers that are no residues become some: a product by R leaves a number's residue.
    fn operand(&mut self, at: u32, kind: Kind) -> Option<Value> {
        let operand = Source::Operand(at);
        if kind == Kind::Residues {
            return Some(Value::At(operand, 0));
        }
        let radix = self.constant(IBig::ONE, 1);
        let mut residue = self.step(Action::Product, operand, radix)?;
        if kind == Kind::Signed {
            self.release(residue);
            residue = self.step(Action::Signed, residue, operand)?;
        }
        Some(Value::At(residue, 0))
    }

    fn linear(&mut self, action: Action, [left, right]: [usize; 2]) -> Option<Value> {
        let power = match (&self.values[left], &self.values[right]) {
            (Value::At(_, i), Value::At(_, j)) => {
                if i.abs() <= j.abs() {
                    *i
                } else {
                    *j
                }
            }
            (Value::At(_, i), _) | (_, Value::At(_, i)) => *i,
            _ => 0,
        };
        self.raise(left, power)?;
        self.raise(right, power)?;
        let sources = [left, right].map(|at| self.source(at, power));
        self.take([left, right]);
        let [left, right] = sources;
        Some(Value::At(self.step(action, left, right)?, power))
    }

    fn product(&mut self, both: [usize; 2]) -> Option<Value> {
        let power = |at: usize| match self.values[at] {
            // Its R goes with the product.
            Value::Constant(_) => 1,
            Value::At(_, power) => power,
        };
        let [i, j] = both.map(power);
        let [left, right] = [self.source(both[0], i), self.source(both[1], j)];
        self.take(both);
        Some(Value::At(
            self.step(Action::Product, left, right)?,
            i + j - 1,
        ))
    }

    /// Gives a value this power of R.
    fn raise(&mut self, at: usize, power: i64) -> Option<()> {
        let Value::At(source, has) = self.values[at] else {
            return Some(());
        };
        if has != power {
            let factor = self.constant(IBig::ONE, 1 + power - has);
            self.release(source);
            let raised = self.step(Action::Product, source, factor)?;
            self.values[at] = Value::At(raised, power);
        }
        Some(())
    }

    fn source(&mut self, at: usize, power: i64) -> Source {
        match self.values[at].clone() {
            Value::Constant(residue) => self.constant(residue, power),
            Value::At(source, _) => source,
        }
    }

    /// Two terms' values are taken once more; a slot whose value nothing takes any more is free.
    fn take(&mut self, both: [usize; 2]) {
        for at in both {
            self.uses[at] -= 1;
            if let (0, Value::At(source, _)) = (self.uses[at], &self.values[at]) {
                self.release(*source);
            }
        }
    }

    fn release(&mut self, source: Source) {
        if let Source::Slot(slot) = source {
            self.free.push(slot);
        }
    }

    /// A step into a free slot, which may be one of those it reads: it is written when all is read.
    fn step(&mut self, action: Action, left: Source, right: Source) -> Option<Source> {
        let slot = self.free.pop()?;
        let step = Step {
            action,
            slot,
            left,
            right,
        };
        self.schedule.steps.push(step);
        Some(Source::Slot(slot))
    }

    fn constant(&mut self, residue: IBig, power: i64) -> Source {
        let constants = &mut self.schedule.constants;
        let constant = (residue, power);
        let known = constants.iter().position(|known| *known == constant);
        let at = known.unwrap_or_else(|| {
            constants.push(constant);
            constants.len() - 1
        });
        Source::Constant(1 + at as u32)
    }

    /// The last value, by a step and without a power of R.
    fn finish(mut self) -> Option<Schedule> {
        let Value::At(source, power) = *self.values.last()? else {
            return None;
        };
        let stepped = matches!(source, Source::Slot(_));
        if power != 0 || !stepped {
            let factor = self.constant(IBig::ONE, 1 - power);
            self.release(source);
            self.step(Action::Product, source, factor)?;
        }
        Some(self.schedule)
    }
}
