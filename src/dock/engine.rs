//! A docking engine that survives: it makes maps as ligands need them and opens a lost device again.

use super::docking::{Docking, Settings};
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
        let State { gpu, site } = &mut *self.state();
        let types = types_of(ligands);
        let missing = site
            .as_ref()
            .map_or(types.clone(), |site| site.missing(&types));
        if site.is_none()
            || (!missing.is_empty() && matches!(self.source, MapSource::Computed { .. }))
        {
            let mut wanted = site.take().map_or(Vec::new(), |site| site.maps.types);
            wanted.extend(missing);
            *site = Some(Site::new(gpu, &self.source, &wanted)?);
        }
        match site {
            Some(site) => Searcher::new(gpu, site, &self.settings).dock(ligands),
            None => Ok(Vec::new()),
        }
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
