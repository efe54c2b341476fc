//! Both families of kernels do the same search: the device's own, and the one that real GPUs take.

use super::program::software_device;
use super::real_site::{ligands, source};
use trimaran::dock::Settings;
use trimaran::dock::docking::{Evaluations, LocalSearch};
use trimaran::dock::engine::SiteEngine;
use trimaran::dock::screening::Engine;
use trimaran::gpu::Gpu;
use trimaran::kernels::dock::family::Family;

/// Best score and evaluations of one small, rigid ligand.
fn best(family: Family, local_search: LocalSearch) -> (f64, u64) {
    let number = software_device().unwrap();
    let settings = Settings {
        runs: 4,
        evaluations: Evaluations::Fixed(6000),
        population: 20,
        local_search,
        family: Some(family),
        ..Settings::default()
    };
    let engine = SiteEngine::new(Box::new(move || Gpu::open(&number)), source(), settings).unwrap();
    let docking = engine
        .dock(&ligands(&["caffeine"]))
        .unwrap()
        .remove(0)
        .unwrap();
    (docking.poses[0].energies.score(), docking.evaluations)
}

/// Roundings differ, so that searches part; where they end must not.
pub fn find_the_same() {
    for local_search in [LocalSearch::Adadelta, LocalSearch::SolisWets] {
        let [one, many] = [Family::Invocation, Family::Workgroup].map(|f| best(f, local_search));
        assert!((one.0 - many.0).abs() < 0.1, "{one:?} {many:?}");
        let [least, most] = [one.1.min(many.1), one.1.max(many.1)];
        assert!(most < 2 * least, "{one:?} {many:?}");
    }
}
