//! The end of a screen: rows of all parts ranked into the final files.

use super::row::{self, Row, Status};
use super::{Options, Output, poses, top_records};
use crate::cluster::{Part, TABLE, read_rows};
use crate::report::{self, Table, Values};
use crate::whole_file::write_whole;
use crate::{Error, Result};
use std::cmp::Ordering;
use std::io::Write;

/// Ranks the rows of all parts and writes `top.pdbqt`, `top.sdf` where asked for, `results.parquet` and `results.csv`.
/// Returns the table, and how many of the best poses are not in `top.sdf` for want of bonds.
///
/// # Errors
/// `Error::File` for outputs, `Error::Usage` where the parts do not cover the `total` records of the library.
pub fn finish(output: &Output, total: u64, options: &Options) -> Result<(Table, u64)> {
    let mut rows = Vec::new();
    for part in output.parts.finished()? {
        let of_part: Vec<Row> = read_rows(&output.parts.file(part, TABLE))?;
        check(output, part, rows.len() as u64, &of_part)?;
        rows.extend(of_part);
    }
    if rows.len() as u64 != total {
        return Err(Error::Usage(format!(
            "{}: parts hold {} rows of {total} ligands; choose another folder",
            output.folder.display(),
            rows.len()
        )));
    }
    rows.sort_by(rank_order);
    let without_bonds = write_top(output, &rows, options)?;
    let table = row::table(rows);
    write_whole(&output.file("results.parquet"), |writer| {
        report::parquet::write(&table, writer)
    })?;
    write_whole(&output.file("results.csv"), |writer| {
        report::csv::write(&table, writer)
    })?;
    Ok((table, without_bonds))
}

/// Rows that failed.
pub fn failed(table: &Table) -> u64 {
    let rank = table.columns.first().map(|column| &column.values);
    match rank {
        Some(Values::Integer(ranks)) => ranks.iter().filter(|rank| rank.is_none()).count() as u64,
        _ => 0,
    }
}

/// Docked ones by energy, equal ones by name; failed ones behind, by name; last by place in the library.
fn rank_order(a: &Row, b: &Row) -> Ordering {
    let energy = |row: &Row| row.energy.unwrap_or(f64::INFINITY);
    (a.status.cmp(&b.status))
        .then(energy(a).total_cmp(&energy(b)))
        .then_with(|| a.ligand.cmp(&b.ligand))
        .then(a.item.cmp(&b.item))
}

/// A part's rows must be the items that its name says, right behind those of the part before.
fn check(output: &Output, part: Part, before: u64, rows: &[Row]) -> Result<()> {
    let items = rows.iter().map(|row| row.item);
    if part.first == before && items.eq(part.first..part.end()) {
        return Ok(());
    }
    Err(Error::Parse {
        file: output.parts.file(part, TABLE).display().to_string(),
        line: 0,
        what: format!(
            "holds {} rows where items {} to {} were expected; delete it and run the same command again",
            rows.len(),
            part.first,
            part.end() - 1
        ),
    })
}

/// Writes the best poses; returns how many of them could not be written with bonds, where that was asked for.
fn write_top(output: &Output, rows: &[Row], options: &Options) -> Result<u64> {
    let docked = rows.iter().take_while(|row| row.status == Status::Ok);
    let best: Vec<&Row> = docked.take(options.top).collect();
    let items = best.iter().map(|row| row.item).collect();
    let poses = poses::collect(&output.parts, &items)?;
    write_whole(&output.file("top.pdbqt"), |writer| {
        for (rank, row) in (1..).zip(&best) {
            let text = poses.get(&row.item).map_or("", String::as_str);
            writer.write_all(poses::model(rank, text).as_bytes())?;
        }
        Ok(())
    })?;
    match options.records {
        true => top_records::write(output, &best, &poses),
        false => Ok(0),
    }
}
