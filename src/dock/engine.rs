//! A docking engine that survives: it makes maps as ligands need them and opens a lost device again.

use super::docking::{Docking, Settings};
use super::fit;
use super::screening::Engine;
use super::search::Searcher;
use super::site::{MapSource, Site, types_of};
use crate::formats::maps::AffinityMaps;
use crate::gpu::Gpu;
use crate::molecule::Ligand;
use crate::{Error, Result};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often a lost device is opened again for one block before giving up.
const REOPENINGS: usize = 2;

/// Opens a device; called again when it is lost.
pub type OpenDevice = Box<dyn Fn() -> Result<Gpu> + Send + Sync>;

/// A site on a device, ready to dock block after block.
pub struct SiteEngine {
    open: OpenDevice,
    source: MapSource,
    settings: Settings,
    state: Mutex<State>,
}

struct State {
    gpu: Gpu,
    site: Option<Site>,
}

impl State {
    /// The site with maps of all atom types of these ligands, as far as the source has or can make them.
    fn site_for(&mut self, source: &MapSource, ligands: &[Ligand]) -> Result<(&Gpu, &Site)> {
        let types = types_of(ligands);
        let site = match self.site.take() {
            Some(site) => {
                let missing = site.missing(&types);
                if missing.is_empty() || matches!(source, MapSource::Ready(_)) {
                    site
                } else {
                    let wanted = [site.maps.types, missing].concat();
                    Site::new(&self.gpu, source, &wanted)?
                }
            }
            None => Site::new(&self.gpu, source, &types)?,
        };
        Ok((&self.gpu, self.site.insert(site)))
    }
}

impl SiteEngine {
    /// Opens the device; maps are made with the first block.
    ///
    /// # Errors
    /// [`Error::NoDevice`].
    pub fn new(open: OpenDevice, source: MapSource, settings: Settings) -> Result<Self> {
        let state = Mutex::new(State {
            gpu: open()?,
            site: None,
        });
        Ok(SiteEngine {
            open,
            source,
            settings,
            state,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the device and, once something was docked, the maps.
    pub fn inspect<T>(&self, look: impl FnOnce(&Gpu, Option<&AffinityMaps>) -> T) -> T {
        let state = self.state();
        look(&state.gpu, state.site.as_ref().map(|site| &site.maps))
    }

    fn try_dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>> {
        let mut state = self.state();
        let (gpu, site) = state.site_for(&self.source, ligands)?;
        let grid = &site.maps.grid;
        let fits: Vec<Result<()>> = ligands
            .iter()
            .map(|ligand| fit::before_search(ligand, grid))
            .collect();
        let fitting = ligands.iter().zip(&fits).filter(|(_, fits)| fits.is_ok());
        let fitting: Vec<Ligand> = fitting.map(|(ligand, _)| ligand.clone()).collect();
        let mut docked = Searcher::new(gpu, site, &self.settings)
            .dock(&fitting)?
            .into_iter();
        let results = fits.into_iter().filter_map(|fits| match fits {
            Ok(()) => docked.next(),
            Err(flaw) => Some(Err(flaw)),
        });
        Ok(results.collect())
    }

    fn reopen(&self) -> Result<()> {
        let mut state = self.state();
        state.site = None;
        state.gpu = (self.open)()?;
        Ok(())
    }
}

impl Engine for SiteEngine {
    fn dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>> {
        for _ in 0..REOPENINGS {
            match self.try_dock(ligands) {
                Err(Error::DeviceLost(_)) => self.reopen()?,
                result => return result,
            }
        }
        self.try_dock(ligands)
    }
}
