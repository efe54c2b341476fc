//! Affinity maps from files, ours or AutoGrid's.

use super::field::{self, Field};
use super::header::{GridReader, parse_error};
use super::number::{parse_value, plain_line};
use super::{AffinityMaps, Grid};
use crate::molecule::AtomType;
use crate::{Error, Result};
use rayon::prelude::*;
use std::path::Path;

/// Lines before the values of a `.map`.
const HEADER_LINES: usize = 6;
/// Shortest text of a value: a digit and a newline.
const LEAST_BYTES: usize = 2;

/// Reads a `.maps.fld` and the maps that it lists, which lie beside it.
///
/// # Errors
/// [`Error::File`] where a file cannot be read; [`Error::Parse`] with file and line where the grid is not the
/// same everywhere, a value is no number, there are too few or too many, or a map is missing.
pub fn read(fld: &Path) -> Result<AffinityMaps> {
    let file = fld.display().to_string();
    let bytes = std::fs::read(fld).map_err(Error::at(fld))?;
    let field = field::parse(&String::from_utf8_lossy(&bytes), &file)?;
    let folder = fld.parent().unwrap_or(Path::new(""));
    let wanted = wanted_maps(&field);
    let mut values = wanted
        .par_iter()
        .map(|&(_, name)| read_map(&folder.join(name), &field.grid))
        .collect::<Result<Vec<_>>>()?;
    let mut take = |kind: MapKind| {
        wanted
            .iter()
            .position(|map| map.0 == kind)
            .map(|at| std::mem::take(&mut values[at]))
    };
    let missing = |label: &str| parse_error(&file, 0, format!("no map with the label {label}"));
    let electrostatic = take(MapKind::Electrostatic).ok_or_else(|| missing("Electrostatics"))?;
    let desolvation = take(MapKind::Desolvation).ok_or_else(|| missing("Desolvation"))?;
    let types = wanted.iter().filter_map(|map| match map.0 {
        MapKind::Affinity(kind) => Some(kind),
        _ => None,
    });
    let (types, affinity) = types
        .filter_map(|kind| Some((kind, take(MapKind::Affinity(kind))?)))
        .unzip();
    Ok(AffinityMaps {
        grid: field.grid,
        receptor: field.receptor,
        types,
        affinity,
        electrostatic,
        desolvation,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum MapKind {
    Affinity(AtomType),
    Electrostatic,
    Desolvation,
}

/// Kind and file of the maps that docking can use. Labels of types outside the AD4.1 table (such as `W` of hydrated
/// docking) are passed over: no ligand that we can read has such atoms.
fn wanted_maps(field: &Field) -> Vec<(MapKind, &str)> {
    let kind_of = |label: &str| match label {
        "Electrostatics" => Some(MapKind::Electrostatic),
        "Desolvation" => Some(MapKind::Desolvation),
        _ => AtomType::from_name(label.strip_suffix("-affinity")?).map(MapKind::Affinity),
    };
    let mut wanted: Vec<(MapKind, &str)> = Vec::new();
    for (label, file) in &field.maps {
        match kind_of(label) {
            Some(kind) if !wanted.iter().any(|map| map.0 == kind) => wanted.push((kind, file)),
            _ => {}
        }
    }
    wanted
}

fn read_map(path: &Path, grid: &Grid) -> Result<Vec<f32>> {
    let bytes = std::fs::read(path).map_err(Error::at(path))?;
    parse_map(&bytes, grid, &path.display().to_string())
}

/// Values of a `.map` file on `grid`; `file` names it in errors.
fn parse_map(bytes: &[u8], grid: &Grid, file: &str) -> Result<Vec<f32>> {
    let mut header = GridReader::default();
    let mut rest = bytes;
    for number in 1..=HEADER_LINES {
        let (line, after) = split_line(rest);
        header.line(file, number, &String::from_utf8_lossy(line))?;
        rest = after;
    }
    header.finish(file)?;
    if let Some((line, difference)) = header.difference(grid) {
        let what =
            format!("the map has {difference} by its .maps.fld: make all maps again in one go");
        return Err(parse_error(file, line, what));
    }
    parse_values(rest, grid.len(), file)
}

fn parse_values(bytes: &[u8], points: usize, file: &str) -> Result<Vec<f32>> {
    let count_error = |found: usize| {
        let what = format!(
            "{found} values for {points} grid points: is the file cut off or of another grid?"
        );
        parse_error(file, HEADER_LINES + found, what)
    };
    // Before room is made for as many values as the header claims.
    if bytes.len() + 1 < LEAST_BYTES * points {
        return Err(count_error(
            bytes
                .split(|&b| b == b'\n')
                .filter(|line| !line.is_empty())
                .count(),
        ));
    }
    let mut values = Vec::with_capacity(points);
    let mut rest = bytes;
    let mut line_number = HEADER_LINES;
    while !rest.is_empty() {
        line_number += 1;
        if let Some((value, length)) = plain_line(rest).filter(|_| values.len() < points) {
            values.push(value);
            rest = &rest[length..];
            continue;
        }
        let (line, after) = split_line(rest);
        rest = after;
        let field = line.trim_ascii();
        match parse_value(field) {
            Some(_) if values.len() == points => return Err(count_error(points + 1)),
            Some(value) => values.push(value),
            None if field.is_empty() => {}
            None => {
                let what = format!(
                    "`{}` is not a finite number",
                    String::from_utf8_lossy(field)
                );
                return Err(parse_error(file, line_number, what));
            }
        }
    }
    if values.len() == points {
        Ok(values)
    } else {
        Err(count_error(values.len()))
    }
}

/// The first line without its end, and what follows it.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
