//! The `.maps.fld` file: which map is where. It is an AVS field description whose comments carry the grid.

use super::header::{GridReader, length, parse_error};
use super::{AffinityMaps, Grid};
use crate::Result;
use std::fmt::Write;

/// What a `.maps.fld` says.
pub(super) struct Field {
    pub(super) grid: Grid,
    /// Receptor file name without its extension; empty where it is not given.
    pub(super) receptor: String,
    /// Label and file of each map, such as `("OA-affinity", "protein.OA.map")`.
    pub(super) maps: Vec<(String, String)>,
}

/// Reads the text of a `.maps.fld`; `file` names it in errors.
pub(super) fn parse(text: &str, file: &str) -> Result<Field> {
    let mut grid = GridReader::default();
    let mut receptor = String::new();
    let (mut labels, mut files) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            grid.line(file, index + 1, comment)?;
            if let Some(name) = comment.trim().strip_prefix("MACROMOLECULE") {
                receptor = stem(name.trim());
            }
        } else if let Some(label) = line.strip_prefix("label=") {
            labels.extend(label.split_whitespace().next().map(str::to_string));
        } else if line.starts_with("variable") {
            files.push(file_of(line).ok_or_else(|| {
                parse_error(file, index + 1, "a `variable` line needs `file=NAME`")
            })?);
        }
    }
    if labels.len() != files.len() {
        let what = format!(
            "{} `label=` lines but {} `variable` lines",
            labels.len(),
            files.len()
        );
        return Err(parse_error(file, 0, what));
    }
    Ok(Field {
        grid: grid.finish(file)?,
        receptor,
        maps: labels.into_iter().zip(files).collect(),
    })
}

/// The name in `file=NAME`, which may hold spaces.
fn file_of(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("file=")?;
    let name = rest.split_once(" filetype=").map_or(rest, |(name, _)| name);
    Some(name.trim().to_string()).filter(|name| !name.is_empty())
}

fn stem(name: &str) -> String {
    name.rsplit(['/', '\\'])
        .next()
        .map(|file| file.rsplit_once('.').map_or(file, |(stem, _)| stem))
        .unwrap_or_default()
        .to_string()
}

/// The text of a `.maps.fld` for maps named `PREFIX.TYPE.map`.
pub(super) fn text(prefix: &str, maps: &AffinityMaps) -> String {
    let mut text = String::from(
        "# AVS field file\n#\n# AutoDock Atomic Affinity and Electrostatic Grids\n#\n",
    );
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!(
        "# Created by trimaran {}.\n#",
        env!("CARGO_PKG_VERSION")
    ));
    let [x, y, z] = maps.grid.points.map(|points| points - 1);
    let center = maps.grid.center.to_array().map(length).join(" ");
    line(format!("#SPACING {}", length(maps.grid.spacing)));
    line(format!("#NELEMENTS {x} {y} {z}"));
    line(format!("#CENTER {center}"));
    line(format!("#MACROMOLECULE {}.pdbqt", maps.receptor));
    line(format!("#GRID_PARAMETER_FILE {prefix}.gpf\n#"));
    line("ndim=3\t\t\t# number of dimensions in the field".into());
    for (axis, points) in ["x", "y", "z"].iter().zip(maps.grid.points).enumerate() {
        line(format!(
            "dim{}={}\t\t\t# number of {}-elements",
            axis + 1,
            points.1,
            points.0
        ));
    }
    line("nspace=3\t\t# number of physical coordinates per point".into());
    line(format!(
        "veclen={}\t\t# number of affinity values at each point",
        maps.types.len() + 2
    ));
    line("data=float\t\t# data type (byte, integer, float, double)".into());
    line("field=uniform\t\t# field type (uniform, rectilinear, irregular)".into());
    for axis in 0..3 {
        line(format!(
            "coord {} file={prefix}.maps.xyz filetype=ascii offset={}",
            axis + 1,
            2 * axis
        ));
    }
    text.push_str(&variables(prefix, maps));
    text
}

/// The `label=` and `variable` lines.
fn variables(prefix: &str, maps: &AffinityMaps) -> String {
    let (mut labels, mut files) = (String::new(), String::new());
    let types = maps
        .types
        .iter()
        .map(|kind| (format!("{}-affinity", kind.name()), kind.name()));
    let others = [("Electrostatics", "e"), ("Desolvation", "d")]
        .map(|(label, name)| (label.to_string(), name));
    for (index, (label, name)) in types.chain(others).enumerate() {
        let number = index + 1;
        // Writing to a String cannot fail.
        let _ = writeln!(
            labels,
            "label={label}\t# component label for variable {number}"
        );
        let _ = writeln!(
            files,
            "variable {number} file={prefix}.{name}.map filetype=ascii skip=6"
        );
    }
    format!("{labels}#\n# location of affinity grid files and how to read them\n#\n{files}")
}
