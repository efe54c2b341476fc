//! The docking engine on devices that are lost: opened again, the results are those of a device that was not.

use super::program::{BOUND_LIGAND, RECEPTOR, drugs, software_device};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use trimaran::Error;
use trimaran::dock::Settings;
use trimaran::dock::docking::{Docking, Evaluations};
use trimaran::dock::engine::SiteEngine;
use trimaran::dock::maps::grid_from_box;
use trimaran::dock::screening::Engine;
use trimaran::dock::site::MapSource;
use trimaran::formats::pdbqt::{read_ligands, read_receptor};
use trimaran::gpu::Gpu;
use trimaran::molecule::Ligand;

fn text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn source() -> MapSource {
    let receptor = read_receptor(&text(RECEPTOR), "receptor").unwrap();
    let bound = read_ligands(&text(BOUND_LIGAND), "ligand")
        .unwrap()
        .remove(0);
    let atoms = bound.atoms.iter().map(|atom| atom.position);
    let center = atoms.sum::<glam::DVec3>() / bound.atoms.len() as f64;
    let grid = grid_from_box(center, glam::DVec3::splat(20.0), 0.375, &receptor).unwrap();
    MapSource::Computed { receptor, grid }
}

fn ligands(names: &[&str]) -> Vec<Ligand> {
    let all = drugs().into_iter();
    let wanted = all.filter(|(name, _)| names.contains(&name.as_str()));
    let read = |(name, text): (String, Vec<u8>)| {
        let text = String::from_utf8(text).unwrap();
        read_ligands(&text, &name).unwrap().remove(0)
    };
    wanted.map(read).collect()
}

/// An engine whose first `lost` devices are lost as soon as they are open, and how often it opened one.
fn engine(lost: usize) -> (SiteEngine, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = opened.clone();
    let number = software_device().unwrap();
    let open = move || {
        let gpu = Gpu::open(&number)?;
        if count.fetch_add(1, Ordering::SeqCst) < lost {
            gpu.lose();
        }
        Ok(gpu)
    };
    let settings = Settings {
        runs: 2,
        evaluations: Evaluations::Fixed(1000),
        population: 10,
        ..Settings::default()
    };
    (
        SiteEngine::new(Box::new(open), source(), settings).unwrap(),
        opened,
    )
}

/// Everything of a docking, to the last bit.
fn bits(results: Vec<trimaran::Result<Docking>>) -> Vec<String> {
    results
        .into_iter()
        .map(|result| format!("{:?}", result.unwrap()))
        .collect()
}

pub fn is_opened_again() {
    let (first, second) = (ligands(&["aspirin", "imatinib"]), ligands(&["caffeine"]));
    let (whole, opened) = engine(0);
    let wanted = [
        bits(whole.dock(&first).unwrap()),
        bits(whole.dock(&second).unwrap()),
    ];
    assert_eq!(opened.load(Ordering::SeqCst), 1);

    // Lost before the first block, and once more between the two.
    let (broken, opened) = engine(1);
    let before = bits(broken.dock(&first).unwrap());
    broken.inspect(|gpu, _| gpu.lose());
    let after = bits(broken.dock(&second).unwrap());
    assert_eq!([before, after], wanted);
    assert_eq!(opened.load(Ordering::SeqCst), 3);
}

pub fn for_good_is_told() {
    let (engine, opened) = engine(usize::MAX);
    match engine.dock(&ligands(&["caffeine"])) {
        Err(error @ Error::DeviceLost(_)) => assert_eq!(error.exit_code(), 3),
        other => panic!("{:?}", other.map(|results| results.len())),
    }
    assert_eq!(opened.load(Ordering::SeqCst), 3);
}
