//! The docking engine on devices that are lost: opened again, the results are those of a device that was not.

use super::program::DEVICE;
use super::real_site::{ligands, source};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use trimaran::Error;
use trimaran::dock::Settings;
use trimaran::dock::docking::{Docking, Evaluations};
use trimaran::dock::engine::SiteEngine;
use trimaran::dock::screening::Engine;
use trimaran::gpu::Gpu;

/// An engine whose first `lost` devices are lost as soon as they are open, and how often it opened one.
fn engine(lost: usize) -> (SiteEngine, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = opened.clone();
    let open = move || {
        let gpu = Gpu::open(DEVICE)?;
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
