//! The same search by native bodies and by both families of shaders: the one for software devices, and the one that real
//! GPUs take.

use super::program::{DEVICE, software_device};
use super::real_site::{ligands, source};
use trimaran::dock::Settings;
use trimaran::dock::docking::{Evaluations, LocalSearch};
use trimaran::dock::engine::SiteEngine;
use trimaran::dock::screening::Engine;
use trimaran::gpu::Gpu;
use trimaran::kernels::dock::family::Family;

/// Best score and evaluations of one small, rigid ligand.
fn best(device: &str, family: Family, local_search: LocalSearch) -> (f64, u64) {
    let device = device.to_owned();
    let settings = Settings {
        runs: 8,
        evaluations: Evaluations::Fixed(15_000),
        population: 20,
        local_search,
        family: Some(family),
        ..Settings::default()
    };
    let engine = SiteEngine::new(Box::new(move || Gpu::open(&device)), source(), settings).unwrap();
    let docking = engine
        .dock(&ligands(&["caffeine"]))
        .unwrap()
        .remove(0)
        .unwrap();
    (docking.poses[0].energies.score(), docking.evaluations)
}

/// Roundings differ, so that searches part; where they end must not.
pub fn find_the_same() {
    let shaders = software_device().unwrap();
    let ways = [
        (DEVICE, Family::Invocation),
        (&*shaders, Family::Invocation),
        (&*shaders, Family::Workgroup),
    ];
    for local_search in [LocalSearch::Adadelta, LocalSearch::SolisWets] {
        let found = ways.map(|(device, family)| best(device, family, local_search));
        for other in &found[1..] {
            assert!((found[0].0 - other.0).abs() < 0.1, "{found:?}");
            let [least, most] = [found[0].1.min(other.1), found[0].1.max(other.1)];
            assert!(most < 2 * least, "{found:?}");
        }
    }
}
