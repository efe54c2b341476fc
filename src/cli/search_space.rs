//! Options that say where to search: a box, a ligand to search around, or ready maps.

use glam::DVec3;
use std::path::PathBuf;

/// AutoGrid's distance between grid points, Angstrom.
pub const SPACING: f64 = 0.375;

/// The search space; `dock`, `score` and `screen` share it.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Search space")]
pub struct SearchSpace {
    /// Centre of the box, Angstrom
    #[arg(long, value_name = "X,Y,Z", value_parser = position, allow_hyphen_values = true)]
    pub center: Option<DVec3>,
    /// Edge lengths of the box, Angstrom
    #[arg(long, value_name = "X,Y,Z", value_parser = lengths, allow_hyphen_values = true, requires = "center")]
    pub size: Option<DVec3>,
    /// Box around the atoms of this ligand (PDBQT)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["center", "size"])]
    pub around: Option<PathBuf>,
    /// Room on each side of the ligand of --around, Angstrom
    #[arg(long, default_value = "8", value_parser = length, requires = "around")]
    pub margin: f64,
    /// Distance between grid points, Angstrom [default: 0.375, or that of --maps]
    #[arg(long, value_parser = length)]
    pub spacing: Option<f64>,
    /// Affinity maps made earlier, instead of computing them
    #[arg(long, value_name = "FLD")]
    pub maps: Option<PathBuf>,
}

/// `X,Y,Z` as finite numbers.
pub fn position(text: &str) -> Result<DVec3, String> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| finite(number.trim()))
        .collect::<Result<_, _>>()?;
    let three: [f64; 3] = numbers.try_into().map_err(|numbers: Vec<f64>| {
        format!(
            "{} numbers where X,Y,Z asks for three, such as 10,-4.5,22",
            numbers.len()
        )
    })?;
    Ok(DVec3::from_array(three))
}

/// Three positive edge lengths.
pub fn lengths(text: &str) -> Result<DVec3, String> {
    let size = position(text)?;
    match size.min_element() > 0.0 {
        true => Ok(size),
        false => Err("every edge of the box must be longer than 0 Angstrom".into()),
    }
}

/// One positive length.
pub fn length(text: &str) -> Result<f64, String> {
    match finite(text)? {
        value if value > 0.0 => Ok(value),
        _ => Err("must be longer than 0 Angstrom".into()),
    }
}

fn finite(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(format!("`{text}` is not a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_have_three_finite_numbers() {
        assert_eq!(
            position("-36.0, 25.5,67"),
            Ok(DVec3::new(-36.0, 25.5, 67.0))
        );
        for wrong in ["1,2", "1,2,3,4", "1,2,x", "1,2,nan", ""] {
            assert!(position(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_box_has_an_inside() {
        assert!(lengths("20,20,20").is_ok());
        assert!(lengths("20,0,20").is_err() && lengths("20,-1,20").is_err());
        assert!(length("0").is_err() && length("0.375") == Ok(0.375));
    }
}
