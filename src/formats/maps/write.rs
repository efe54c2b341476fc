//! Affinity maps to files that AutoDock4, AutoDock-GPU and Vina read.

use super::header::length;
use super::number::{LONGEST, put_value};
use super::{AffinityMaps, field};
use crate::whole_file::write_whole;
use crate::{Error, Result};
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

/// Values of a page of text.
const PAGE: usize = 4096;

/// Writes `PREFIX.TYPE.map` for each type, `PREFIX.e.map`, `PREFIX.d.map`, `PREFIX.maps.xyz` and, last,
/// `PREFIX.maps.fld`. Values have three decimals, as AutoGrid writes them.
///
/// # Errors
/// [`Error::File`] where a file cannot be written, [`Error::Usage`] where a map has another size than the grid or
/// holds a value that is not finite. Every file appears whole or not at all; the `.fld` only after all others.
pub fn write(prefix: &Path, maps: &AffinityMaps) -> Result<()> {
    let name = prefix
        .file_name()
        .ok_or_else(|| {
            Error::Usage(format!(
                "`{}` names no map files: give FOLDER/NAME",
                prefix.display()
            ))
        })?
        .to_string_lossy();
    let affinities = maps
        .types
        .iter()
        .map(|kind| kind.name())
        .zip(&maps.affinity);
    let others = [("e", &maps.electrostatic), ("d", &maps.desolvation)];
    let all: Vec<(&str, &Vec<f32>)> = affinities.chain(others).collect();
    if all.len() != maps.affinity.len() + 2 {
        return Err(Error::Usage(
            "as many affinity maps as atom types are needed".to_string(),
        ));
    }
    for (map, values) in &all {
        check(map, values, maps)?;
    }
    // A thread for each map, which waits for its disk while others make text, as many at a time as there are cores.
    let turns: Vec<Mutex<()>> = (0..rayon::current_num_threads())
        .map(|_| Mutex::default())
        .collect();
    thread::scope(|scope| {
        let writers: Vec<_> = all
            .iter()
            .zip(turns.iter().cycle())
            .map(|((map, values), turn)| {
                scope.spawn(|| save_map(prefix, &name, (map, values), maps, turn))
            })
            .collect();
        let mut writers = writers.into_iter();
        writers.try_for_each(|writer| writer.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    save(prefix, "maps.xyz", corners(maps).as_bytes())?;
    save(prefix, "maps.fld", field::text(&name, maps).as_bytes())
}

fn save_map(
    prefix: &Path,
    name: &str,
    (map, values): (&str, &[f32]),
    maps: &AffinityMaps,
    turn: &Mutex<()>,
) -> Result<()> {
    write_whole(&with_ending(prefix, &format!("{map}.map")), |out| {
        let _turn = turn.lock();
        out.write_all(map_header(name, maps).as_bytes())?;
        write_values(out, values)
    })
}

fn save(prefix: &Path, ending: &str, bytes: &[u8]) -> Result<()> {
    write_whole(&with_ending(prefix, ending), |out| out.write_all(bytes))
}

/// `PREFIX.ENDING`; a point in the prefix stays.
fn with_ending(prefix: &Path, ending: &str) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    PathBuf::from(path)
}

fn check(map: &str, values: &[f32], maps: &AffinityMaps) -> Result<()> {
    let points = maps.grid.len();
    if values.len() != points {
        return Err(Error::Usage(format!(
            "map {map} has {} values for {points} grid points",
            values.len()
        )));
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(Error::Usage(format!(
            "map {map} holds {} at point {at}",
            values[at]
        ))),
        None => Ok(()),
    }
}

/// A value a line, by pages that stay in the processor's cache.
fn write_values(out: &mut impl Write, values: &[f32]) -> io::Result<()> {
    let mut page = vec![0; PAGE * LONGEST];
    for values in values.chunks(PAGE) {
        let mut end = 0;
        for &value in values {
            end += put_value(&mut page[end..end + LONGEST], value);
        }
        out.write_all(&page[..end])?;
    }
    Ok(())
}

fn map_header(name: &str, maps: &AffinityMaps) -> String {
    let [x, y, z] = maps.grid.points.map(|points| points - 1);
    format!(
        "GRID_PARAMETER_FILE {name}.gpf\nGRID_DATA_FILE {name}.maps.fld\nMACROMOLECULE {}.pdbqt\n\
         SPACING {}\nNELEMENTS {x} {y} {z}\nCENTER {}\n",
        maps.receptor,
        length(maps.grid.spacing),
        maps.grid.center.to_array().map(length).join(" "),
    )
}

/// Lower and upper end of the grid along x, y, z.
fn corners(maps: &AffinityMaps) -> String {
    let low = maps.grid.origin();
    let high = 2.0 * maps.grid.center - low;
    let ends = low.to_array().into_iter().zip(high.to_array());
    ends.map(|(low, high)| format!("{low:.3} {high:.3}\n"))
        .collect()
}
