//! `trimaran bigint map`: an expression, element by element.

use super::inputs::Inputs;
use super::output::Output;
use super::{Constants, RouteOption};
use crate::bigint::Engine;
use crate::bigint::expression::{Expression, Names};
use crate::cli::Global;
use crate::formats::integers::Sink;
use crate::integers::{Array, View};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::sync_channel;

/// Evaluate an expression for every element of files
///
/// In it the files are a, b, c and so on, in their order; one with a single number is repeated. Operators are those of
/// Python: `+ - * // % ** << >> & | ^ ~`. Functions are gcd, lcm, min, max, abs, sqr, isqrt, iroot(a, k),
/// powmod(a, e, m), mulmod(a, b, m), addmod, submod, invmod(a, m), tdiv, trem, ediv, erem, jacobi, is_prime, is_square,
/// popcount, bitlen, sign and cmp.
#[derive(clap::Args)]
pub struct Map {
    /// Expression, such as "(a * b + 1) % m"
    #[arg(allow_hyphen_values = true)]
    expression: String,
    /// Lines of decimal or 0x-hexadecimal integers, .tbi or .npy; `-` for lines on standard input
    #[arg(required = true, num_args = 1..=26)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    constants: Constants,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    route: RouteOption,
}

impl Map {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let file = super::named_file(&self.output, global)?;
        let computer = self.route.open(global)?;
        let engine = &computer.engine;
        let letters = ('a'..='z').take(self.files.len()).map(String::from);
        let names = self.constants.add_to(Names::new(letters), engine)?;
        let expression = Expression::parse(&self.expression, &names)?;
        let mut inputs = Inputs::open(&self.files)?;
        let evaluate = |chunk: &[Array], base| values(&expression, chunk, base, engine);
        self.output
            .write(|sink| written(&mut inputs, evaluate, sink))?;
        if global.json {
            let statistics = engine.statistics();
            let document =
                json!({ "output": file, "numbers": inputs.count(), "statistics": statistics });
            writeln!(std::io::stdout(), "{document:#}")?;
        }
        computer.finish(global)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes the values of all chunks; the next one is evaluated while one is written.
fn written(
    inputs: &mut Inputs,
    evaluate: impl Fn(&[Array], u64) -> crate::Result<Array> + Send,
    sink: &mut dyn Sink,
) -> anyhow::Result<()> {
    let mut next = move || {
        let base = inputs.count();
        let chunk = inputs.next()?;
        chunk.map(|chunk| evaluate(&chunk, base)).transpose()
    };
    std::thread::scope(|scope| {
        let (sender, values) = sync_channel(1);
        scope.spawn(move || {
            while let Some(values) = next().transpose() {
                let failed = values.is_err();
                if sender.send(values).is_err() || failed {
                    return;
                }
            }
        });
        for values in values {
            sink.push(values?.view())?;
        }
        Ok(())
    })
}

/// The values for a chunk that begins at element `base`.
fn values(
    expression: &Expression,
    chunk: &[Array],
    base: u64,
    engine: &Engine,
) -> crate::Result<Array> {
    let views: Vec<View> = chunk.iter().map(Array::view).collect();
    Ok(expression
        .evaluate(&views, engine)
        .map_err(|refusal| refusal.shifted(base))?)
}
