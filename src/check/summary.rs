//! The worst of all samples of a kernel on an adapter, as tables.

use super::document::{Document, Row};
use crate::report::{Column, Table, Values};

/// All rows of one kernel on one adapter.
struct Group<'a> {
    rows: Vec<&'a Row>,
}

/// The rows by kernel, variant, adapter and driver, in the order in which they first come.
fn groups<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let same = groups.iter_mut().find(|group| group.key() == key(row));
        match same {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { rows: vec![row] }),
        }
    }
    groups
}

fn key(row: &Row) -> [&str; 4] {
    [&row.kernel, &row.variant, &row.adapter, &row.driver]
}

impl Group<'_> {
    fn key(&self) -> [&str; 4] {
        key(self.rows[0])
    }

    fn agrees(&self) -> bool {
        self.rows.iter().all(|row| row.ok)
    }

    /// `None` where a row has none.
    fn worst(&self) -> Option<f64> {
        let worst = self.rows.iter().map(|row| row.roundings);
        worst.reduce(|a, b| Some(a?.max(b?))).flatten()
    }

    /// The worst roundings, or what is wrong.
    fn cell(&self) -> String {
        match (self.agrees(), self.worst()) {
            (true, Some(worst)) => rounded(worst),
            (false, Some(worst)) => format!("**wrong: {}**", rounded(worst)),
            _ => "**wrong**".into(),
        }
    }
}

/// Shown upwards, so that a tolerance made from it holds.
fn rounded(roundings: f64) -> String {
    match (roundings * 10.0).ceil() / 10.0 {
        whole if whole.fract() == 0.0 => format!("{whole}"),
        tenths => format!("{tenths:.1}"),
    }
}

/// One line for each kernel and adapter, for a terminal.
pub fn table(document: &Document) -> Table {
    let groups = groups(document.results.iter());
    let text = |name, of: fn(&Group) -> String| Column {
        name,
        values: Values::Text(groups.iter().map(of).collect()),
    };
    let real = |name, decimals, of: fn(&Group) -> Option<f64>| Column {
        name,
        values: Values::Real(groups.iter().map(of).collect(), decimals),
    };
    let runs = groups.iter().map(|group| Some(group.rows.len() as i64));
    Table {
        columns: vec![
            text("kernel", |group| name(group.rows[0])),
            text("adapter", |group| group.rows[0].adapter.clone()),
            Column {
                name: "runs",
                values: Values::Integer(runs.collect()),
            },
            real("roundings", 1, |group| group.worst()),
            real("allowed", 0, |group| Some(group.rows[0].allowed)),
            real("seconds", 2, |group| {
                Some(group.rows.iter().map(|row| row.seconds).sum())
            }),
            text("verdict", |group| {
                let verdict = if group.agrees() { "agrees" } else { "WRONG" };
                verdict.into()
            }),
        ],
    }
}

/// Kernel, and variant where it is not the base one.
fn name(row: &Row) -> String {
    match &*row.variant {
        "base" => row.kernel.clone(),
        variant => format!("{} ({variant})", row.kernel),
    }
}

/// Markdown: kernels down, adapters across, worst roundings where they cross.
pub fn markdown(documents: &[Document]) -> String {
    let groups = groups(documents.iter().flat_map(|document| &document.results));
    let mut kernels: Vec<(String, f64)> = Vec::new();
    let mut adapters: Vec<[&str; 2]> = Vec::new();
    for group in &groups {
        let kernel = (name(group.rows[0]), group.rows[0].allowed);
        let [_, _, adapter, driver] = group.key();
        if !kernels.contains(&kernel) {
            kernels.push(kernel);
        }
        if !adapters.contains(&[adapter, driver]) {
            adapters.push([adapter, driver]);
        }
    }
    let across = |of: usize| adapters.iter().map(move |adapter| adapter[of].to_owned());
    let mut text = line("kernel", "allowed", across(0));
    text += &line("---", "---:", adapters.iter().map(|_| "---:".into()));
    text += &line("driver", "", across(1));
    for (kernel, allowed) in &kernels {
        let cell = |[adapter, driver]: &[&str; 2]| {
            let mut here = groups.iter().filter(|group| {
                let [.., on, by] = group.key();
                name(group.rows[0]) == *kernel && on == *adapter && by == *driver
            });
            here.next().map_or("-".into(), Group::cell)
        };
        let cells = adapters.iter().map(cell);
        text += &line(&format!("`{kernel}`"), &format!("{allowed}"), cells);
    }
    text
}

fn line(first: &str, second: &str, rest: impl Iterator<Item = String>) -> String {
    let cells = [first.to_owned(), second.to_owned()]
        .into_iter()
        .chain(rest);
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}
