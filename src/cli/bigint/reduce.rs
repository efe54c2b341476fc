//! `trimaran bigint reduce`: all numbers of a file to one.

use super::inputs::Inputs;
use super::{Constants, RouteOption};
use crate::bigint::expression::{Expression, Joined, Names};
use crate::bigint::reduction::{By, Combine, Reduction, Tree};
use crate::bigint::{Engine, Failure, Operation};
use crate::cli::Global;
use crate::integers::{Array, write_decimal, write_hexadecimal};
use crate::{Error, Result};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reduce all integers of a file to one
///
/// Neighbours are joined in pairs, their results again, and so on, an odd one at the end being carried up: the result is
/// the same on any number of threads and any device, for expressions that are not associative too.
#[derive(clap::Args)]
pub struct Reduce {
    /// sum, product, gcd, lcm, min, max, dot (of two files), or an expression in x and y such as "(x * y + x + y) % m"
    #[arg(allow_hyphen_values = true)]
    reduction: String,
    /// Lines of decimal or 0x-hexadecimal integers, .tbi or .npy; `-` for lines on standard input
    #[arg(required = true, num_args = 1..=2)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    constants: Constants,
    /// Print the result in hexadecimal
    #[arg(long)]
    hex: bool,
    #[command(flatten)]
    route: RouteOption,
}

/// What joins two neighbours.
enum Join {
    Named(Reduction),
    Expression(Expression),
}

impl Reduce {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let computer = self.route.open(global)?;
        let engine = &computer.engine;
        let dot = self.reduction == "dot";
        let wanted = if dot { 2 } else { 1 };
        if self.files.len() != wanted {
            let message = format!(
                "{} takes {wanted} files, not {}",
                self.reduction,
                self.files.len()
            );
            return Err(Error::Usage(message).into());
        }
        let join = self.join(dot, engine)?;
        let mut inputs = Inputs::open(&self.files)?;
        let result = total(&mut inputs, &join, engine)?;
        let text = self.text(&result);
        let mut stdout = std::io::stdout().lock();
        if global.json {
            let statistics = engine.statistics();
            let document =
                json!({ "result": text, "numbers": inputs.count(), "statistics": statistics });
            writeln!(stdout, "{document:#}")?;
        } else {
            writeln!(stdout, "{text}")?;
        }
        computer.finish(global)?;
        Ok(ExitCode::SUCCESS)
    }

    fn join(&self, dot: bool, engine: &Engine) -> Result<Join> {
        let named = if dot {
            Some(Reduction::Sum)
        } else {
            Reduction::named(&self.reduction)
        };
        if let Some(reduction) = named {
            return Ok(Join::Named(reduction));
        }
        let names = self.constants.add_to(Names::new(["x", "y"]), engine)?;
        Expression::parse(&self.reduction, &names).map(Join::Expression)
    }

    fn text(&self, result: &Array) -> String {
        let mut text = String::new();
        let write = if self.hex {
            write_hexadecimal
        } else {
            write_decimal
        };
        // Writing to a String cannot fail.
        let _ = write(result.get(0), &mut text);
        text
    }
}

/// Reads all chunks into the tree; those of two files are multiplied first.
fn total(inputs: &mut Inputs, join: &Join, engine: &Engine) -> Result<Array> {
    let joined;
    let by;
    let combine: &dyn Combine = match join {
        Join::Named(reduction) => {
            let operation = reduction.operation();
            by = By { engine, operation };
            &by
        }
        Join::Expression(expression) => {
            joined = Joined { engine, expression };
            &joined
        }
    };
    let mut tree = Tree::new();
    loop {
        let base = inputs.count();
        let Some(chunk) = inputs.next()? else {
            break;
        };
        match &chunk[..] {
            [a, b] => {
                let products = engine.apply(Operation::Mul, &[a.view(), b.view()]);
                tree.push(
                    products.map_err(|refusal| refusal.shifted(base))?.view(),
                    combine,
                )?;
            }
            _ => tree.push(chunk[0].view(), combine)?,
        }
    }
    let result = tree.finish(combine)?;
    match join {
        Join::Named(reduction) => Ok([&reduction.conclude(result)?].into_iter().collect()),
        Join::Expression(_) => result.ok_or_else(|| Error::Item(Failure::Empty.to_string())),
    }
}
