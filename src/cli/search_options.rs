//! Options that say how to search.

use crate::dock::Settings;
use crate::dock::docking::{Evaluations, LocalSearch};

/// The search; `dock` and `screen` share it. Defaults are those of AutoDock-GPU.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Search")]
pub struct SearchOptions {
    /// Independent runs per ligand
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// Energy evaluations of a run: `auto` (from the number of torsions) or a number
    #[arg(long, value_name = "auto|N", default_value = "auto", value_parser = evaluations)]
    pub evals: Evaluations,
    /// Local search
    #[arg(long, value_name = "adadelta|solis-wets", default_value = "adadelta", value_parser = local_search)]
    pub local_search: LocalSearch,
    /// Individuals of a run's population
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u32).range(2..))]
    pub population: u32,
}

impl SearchOptions {
    /// The settings of a search with this seed.
    pub fn settings(&self, seed: u64) -> Settings {
        Settings {
            runs: self.runs,
            evaluations: self.evals,
            local_search: self.local_search,
            population: self.population,
            seed,
            ..Settings::default()
        }
    }
}

fn evaluations(text: &str) -> Result<Evaluations, String> {
    match (text, text.parse()) {
        ("auto", _) => Ok(Evaluations::Auto),
        (_, Ok(number)) if number > 0 => Ok(Evaluations::Fixed(number)),
        _ => Err("neither `auto` nor a number of evaluations, such as 2500000".into()),
    }
}

fn local_search(text: &str) -> Result<LocalSearch, String> {
    match text {
        "adadelta" | "ad" => Ok(LocalSearch::Adadelta),
        "solis-wets" | "sw" => Ok(LocalSearch::SolisWets),
        _ => Err("known are `adadelta` and `solis-wets`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_and_searches_by_name() {
        assert_eq!(evaluations("auto"), Ok(Evaluations::Auto));
        assert_eq!(evaluations("20000"), Ok(Evaluations::Fixed(20_000)));
        assert!(evaluations("0").is_err() && evaluations("many").is_err());
        assert_eq!(local_search("solis-wets"), Ok(LocalSearch::SolisWets));
        assert!(local_search("lbfgs").is_err());
    }
}
