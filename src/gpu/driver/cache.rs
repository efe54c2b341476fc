//! Compiled pipelines kept between runs under the user's cache folder. Never an error: without it
//! the driver compiles again.

use etcetera::BaseStrategy;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file that outgrew this is begun anew: drivers add to a cache and never take away.
const LARGEST_BYTES: usize = 64 << 20;

/// The driver's cache of one device, written back when dropped.
pub(super) struct DiskCache {
    pub(super) raw: wgpu::PipelineCache,
    file: PathBuf,
    changed: AtomicBool,
}

impl DiskCache {
    /// The cache of this device with what earlier runs left; `None` where the driver keeps its own
    /// or there is no place for it.
    pub(super) fn open(device: &wgpu::Device, info: &wgpu::AdapterInfo) -> Option<Self> {
        if !device.features().contains(wgpu::Features::PIPELINE_CACHE) {
            return None;
        }
        let folder = etcetera::choose_base_strategy().ok()?.cache_dir();
        let key = wgpu::util::pipeline_cache_key(info)?;
        let driver = checksum(format!("{} {}", info.driver, info.driver_info).as_bytes());
        let file = folder
            .join("trimaran/pipelines")
            .join(format!("{key}_{driver:016x}"));
        let data = std::fs::read(&file).ok().and_then(unsealed);
        #[expect(
            unsafe_code,
            reason = "wgpu has no safe way to hand back what it cached"
        )]
        // SAFETY: the data is whole (checksum) and was written below for the same driver;
        // `fallback` lets the driver refuse what it does not like.
        let raw = unsafe {
            device.create_pipeline_cache(&wgpu::PipelineCacheDescriptor {
                label: Some("trimaran"),
                data: data.as_deref(),
                fallback: true,
            })
        };
        let changed = AtomicBool::new(false);
        Some(Self { raw, file, changed })
    }

    /// A pipeline was added.
    pub(super) fn mark(&self) {
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Writes the file under a temporary name and renames it, so that readers see it whole.
    fn save(&self) -> Option<()> {
        let data = self.raw.get_data()?;
        if data.len() > LARGEST_BYTES {
            return std::fs::remove_file(&self.file).ok();
        }
        let folder = self.file.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let mut temporary = tempfile::NamedTempFile::new_in(folder).ok()?;
        temporary.write_all(&sealed(&data)).ok()?;
        temporary.persist(&self.file).ok()?;
        Some(())
    }
}

impl Drop for DiskCache {
    fn drop(&mut self) {
        if self.changed.load(Ordering::Relaxed) {
            let _ = self.save();
        }
    }
}

/// The data behind its checksum: wgpu checks the header alone, and drivers trust the rest.
fn sealed(data: &[u8]) -> Vec<u8> {
    [&checksum(data).to_le_bytes(), data].concat()
}

fn unsealed(file: Vec<u8>) -> Option<Vec<u8>> {
    let (sum, data) = file.split_first_chunk()?;
    (u64::from_le_bytes(*sum) == checksum(data)).then(|| data.to_vec())
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same in every build, unlike the standard library's hasher.
fn checksum(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_not_used() {
        let file = sealed(b"pipelines");
        assert_eq!(unsealed(file.clone()).as_deref(), Some(&b"pipelines"[..]));
        let mut flipped = file.clone();
        flipped[10] ^= 1;
        assert_eq!(unsealed(flipped), None);
        assert_eq!(unsealed(file[..9].to_vec()), None);
        assert_eq!(unsealed(Vec::new()), None);
    }

    #[test]
    fn checksum_is_the_published_one() {
        assert_eq!(checksum(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
