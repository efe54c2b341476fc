//! `trimaran bigint eval`: cases as JSON lines on standard input, answers on standard output.

use super::RouteOption;
use crate::Error;
use crate::bigint::eval;
use crate::cli::Global;
use serde_json::json;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Answer cases, one JSON object a line, from standard input
///
/// {"op": "modpow", "a": "3", "b": "0x100", "m": "17", "id": 1} is answered by {"id": 1, "result": "0x1"}. A wrong line
/// gets an error of its own and the exit code is 1. With --json a last line holds statistics.
#[derive(clap::Args)]
pub struct Eval {
    #[command(flatten)]
    route: RouteOption,
}

impl Eval {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let computer = self.route.open(global)?;
        let engine = &computer.engine;
        let mut stdout = io::stdout().lock();
        let answered = eval::stream(io::stdin().lock(), &mut stdout, engine);
        let summary = answered.map_err(|error| match error.kind() {
            ErrorKind::InvalidData => Error::Usage(error.to_string()).into(),
            _ => anyhow::Error::from(error),
        })?;
        if global.json {
            let statistics =
                json!({ "statistics": engine.statistics(), "wrong_lines": summary.wrong });
            writeln!(stdout, "{statistics}")?;
        }
        computer.finish(global)?;
        Ok(ExitCode::from(u8::from(summary.wrong > 0)))
    }
}
