//! Reductions over a tree that the index alone decides, so that threads, chunks and devices do not change the result.
//!
//! Neighbours are paired, (0, 1), (2, 3), and so on, and an odd one at the end is carried up; then their results, until
//! one is left. A reduction that is not associative is defined by this tree.

use super::{Engine, Failure, Operation, Refusal};
use crate::integers::{Array, Integer, View};
use dashu_int::IBig;

/// How two arrays of neighbours become one of their results.
pub trait Combine: Sync {
    /// Joins each left number with its right neighbour.
    ///
    /// # Errors
    /// An element without a result, a device that failed.
    fn pairs(&self, left: View, right: View) -> Result<Array, Refusal>;

    /// Does some of the lower levels of a tree at once, where that can be done: a smaller power of two of numbers is left.
    ///
    /// # Errors
    /// A device that failed.
    fn levels(&self, _numbers: View) -> Result<Option<Array>, Refusal> {
        Ok(None)
    }
}

impl<F: Fn(View, View) -> Result<Array, Refusal> + Sync> Combine for F {
    fn pairs(&self, left: View, right: View) -> Result<Array, Refusal> {
        self(left, right)
    }
}

/// Neighbours are joined by an operation.
#[derive(Debug)]
pub struct By<'a> {
    /// Who does it.
    pub engine: &'a Engine,
    /// What is done.
    pub operation: Operation,
}

impl Combine for By<'_> {
    fn pairs(&self, left: View, right: View) -> Result<Array, Refusal> {
        let result = self.engine.apply(self.operation, &[left, right]);
        result.map_err(Refusal::joined)
    }

    fn levels(&self, numbers: View) -> Result<Option<Array>, Refusal> {
        Ok(self.engine.fold(self.operation, numbers)?)
    }
}

/// A reduction with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// The sum; 0 of nothing.
    Sum,
    /// The product; 1 of nothing.
    Product,
    /// The greatest common divisor; 0 of nothing.
    Gcd,
    /// The least common multiple; 1 of nothing.
    Lcm,
    /// The smallest number.
    Min,
    /// The largest number.
    Max,
}

impl Reduction {
    /// The reduction of this name.
    pub fn named(name: &str) -> Option<Reduction> {
        Some(match name {
            "sum" => Reduction::Sum,
            "product" => Reduction::Product,
            "gcd" => Reduction::Gcd,
            "lcm" => Reduction::Lcm,
            "min" => Reduction::Min,
            "max" => Reduction::Max,
            _ => return None,
        })
    }

    /// What two neighbours are joined by.
    pub fn operation(self) -> Operation {
        match self {
            Reduction::Sum => Operation::Add,
            Reduction::Product => Operation::Mul,
            Reduction::Gcd => Operation::Gcd,
            Reduction::Lcm => Operation::Lcm,
            Reduction::Min => Operation::Min,
            Reduction::Max => Operation::Max,
        }
    }

    /// The result for no numbers.
    ///
    /// # Errors
    /// [`Failure::Empty`] where there is none.
    fn of_nothing(self) -> Result<IBig, Failure> {
        match self {
            Reduction::Sum | Reduction::Gcd => Ok(IBig::ZERO),
            Reduction::Product | Reduction::Lcm => Ok(IBig::ONE),
            Reduction::Min | Reduction::Max => Err(Failure::Empty),
        }
    }

    /// The result of a tree over [`Reduction::operation`].
    ///
    /// # Errors
    /// [`Failure::Empty`] where there were no numbers and the result is not defined then.
    pub fn conclude(self, result: Option<Array>) -> Result<IBig, Refusal> {
        let empty = |failure| Refusal::element(0, self.operation(), failure).joined();
        match result {
            Some(array) => Ok(self.of_one(array.get(0))),
            None => self.of_nothing().map_err(empty),
        }
    }

    /// The result for one number, which stands for itself but for divisors and multiples: they are not negative.
    fn of_one(self, number: Integer) -> IBig {
        let value = number.value();
        let magnitude = matches!(self, Reduction::Gcd | Reduction::Lcm);
        if magnitude && number.negative {
            -value
        } else {
            value
        }
    }
}

/// Reduces an array that is at hand as a whole.
///
/// # Errors
/// [`Failure::Empty`], and what the operation refuses.
pub fn reduce(reduction: Reduction, numbers: View, engine: &Engine) -> Result<IBig, Refusal> {
    let operation = reduction.operation();
    let mut tree = Tree::new();
    let combine = By { engine, operation };
    tree.push(numbers, &combine)?;
    let result = tree.finish(&combine)?;
    reduction.conclude(result)
}

/// A tree that grows by chunks of any length: for every level at most one result that waits for its right neighbour.
#[derive(Debug, Default)]
pub struct Tree {
    /// Numbers so far.
    count: u64,
    /// (level, result), the highest level first.
    waiting: Vec<(u32, Array)>,
}

impl Tree {
    /// A tree without numbers.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Numbers so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Takes the next numbers.
    ///
    /// # Errors
    /// Those of `combine`.
    pub fn push(&mut self, numbers: View, combine: &dyn Combine) -> Result<(), Refusal> {
        let mut at = 0;
        while at < numbers.len() {
            // The largest whole subtree that may begin at this index.
            let left = (numbers.len() - at).ilog2();
            let level = self.count.trailing_zeros().min(left);
            let result = whole(numbers.slice(at..at + (1 << level)), combine)?;
            self.carry(level, result, combine)?;
            self.count += 1 << level;
            at += 1 << level;
        }
        Ok(())
    }

    /// Adds a subtree's result and joins it with neighbours of its level.
    fn carry(
        &mut self,
        mut level: u32,
        mut result: Array,
        combine: &dyn Combine,
    ) -> Result<(), Refusal> {
        while let Some((_, left)) = self.waiting.pop_if(|(waiting, _)| *waiting == level) {
            result = combine.pairs(left.view(), result.view())?;
            level += 1;
        }
        self.waiting.push((level, result));
        Ok(())
    }

    /// The result as an array of one number; none where there were no numbers.
    ///
    /// # Errors
    /// Those of `combine`.
    pub fn finish(mut self, combine: &dyn Combine) -> Result<Option<Array>, Refusal> {
        let Some((_, mut result)) = self.waiting.pop() else {
            return Ok(None);
        };
        while let Some((_, left)) = self.waiting.pop() {
            result = combine.pairs(left.view(), result.view())?;
        }
        Ok(Some(result))
    }
}

/// The tree over numbers whose count is a power of two.
fn whole(numbers: View, combine: &dyn Combine) -> Result<Array, Refusal> {
    let mut level = numbers.to_array();
    while level.len() > 1 {
        if let Some(upper) = combine.levels(level.view())? {
            level = upper;
            continue;
        }
        let (evens, odds) = halves(&level);
        level = combine.pairs(evens.view(), odds.view())?;
    }
    Ok(level)
}

/// The numbers at even places, and those at odd ones.
fn halves(numbers: &Array) -> (Array, Array) {
    let mut halves = (Array::new(), Array::new());
    for (at, number) in numbers.iter().enumerate() {
        let half = if at % 2 == 0 {
            &mut halves.0
        } else {
            &mut halves.1
        };
        half.push(number.negative, number.limbs);
    }
    halves
}
