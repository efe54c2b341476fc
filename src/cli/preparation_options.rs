//! Options of how drawn molecules become ligands.

use crate::cluster::Parameters;
use crate::molecule::preparation::{Options as MoleculeOptions, RigidPattern};
use crate::preparation::{Hydrogens, Options};
use clap::ValueEnum;

/// How molecules that are drawn (SDF, MOL2) are prepared.
#[derive(clap::Args)]
pub struct PreparationOptions {
    /// Add the hydrogens that valences ask for, with idealised geometry: where a record lists none at all, wherever some are missing, or nowhere
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Missing)]
    add_hydrogens: When,
    /// Take the largest molecule of a salt or hydrate instead of refusing it
    #[arg(long)]
    largest_fragment: bool,
    /// Let amide bonds turn
    #[arg(long)]
    flexible_amides: bool,
    /// Keep a bond from turning wherever this pattern occurs: SMARTS, and the numbers of two of its atoms where these are not the first two
    #[arg(long, value_name = "SMARTS [I J]", value_parser = RigidBond::parse)]
    rigid: Vec<RigidBond>,
}

/// A bond that shall not turn, and how it was asked for.
#[derive(Clone)]
struct RigidBond {
    text: String,
    pattern: RigidPattern,
}

impl RigidBond {
    fn parse(text: &str) -> Result<RigidBond, String> {
        Ok(RigidBond {
            text: text.to_string(),
            pattern: text.parse()?,
        })
    }
}

/// When hydrogens are added.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    /// Where a record lists no hydrogen at all
    Missing,
    /// Wherever some are missing
    Always,
    /// Nowhere: such a record is refused
    Never,
}

impl PreparationOptions {
    /// As the preparation takes them.
    pub fn options(&self) -> Options {
        Options {
            hydrogens: match self.add_hydrogens {
                When::Missing => Hydrogens::Missing,
                When::Always => Hydrogens::Always,
                When::Never => Hydrogens::Never,
            },
            molecule: MoleculeOptions {
                largest_fragment: self.largest_fragment,
                flexible_amides: self.flexible_amides,
                rigid_patterns: self.rigid.iter().map(|bond| bond.pattern.clone()).collect(),
                ..MoleculeOptions::default()
            },
        }
    }

    /// Adds them to what a run's results depend on.
    pub fn describe(&self, parameters: &mut Parameters) {
        parameters.set("hydrogens added", format!("{:?}", self.add_hydrogens));
        parameters.set("largest fragment", self.largest_fragment);
        parameters.set("flexible amides", self.flexible_amides);
        let rigid: Vec<&str> = self.rigid.iter().map(|bond| bond.text.as_str()).collect();
        parameters.set("rigid bonds", rigid.join("; "));
    }
}
