//! Affinity maps against AutoGrid 4.2.6: golden maps of the shared data, and the program itself where it is installed.
//! What is absent is reported as ignored, with the reason.

use flate2::read::GzDecoder;
use glam::DVec3;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use trimaran::dock::maps::{compute, grid_from_box};
use trimaran::formats::maps::AffinityMaps;
use trimaran::formats::pdbqt::read_receptor;
use trimaran::gpu::{AdapterKind, Gpu, adapters};
use trimaran::kernels::dock::random::{philox, uniform01};
use trimaran::molecule::{AtomType, Receptor};

/// A device that tests are tried on: opened by the first, kept for the others.
#[derive(Clone)]
struct Device {
    /// What the names of its tests begin with.
    name: &'static str,
    selector: String,
    /// Why there is none.
    missing: Option<&'static str>,
    gpu: Arc<OnceLock<Result<Gpu, String>>>,
}

fn main() {
    let mut arguments = Arguments::from_args();
    // A software device uses all cores by itself.
    arguments.test_threads = Some(1);
    let tests = devices().into_iter().flat_map(|device| tests(&device));
    let trials = [box_errors()].into_iter().chain(tests).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// The processor, and the software Vulkan device where there is one.
fn devices() -> [Device; 2] {
    let software = adapters()
        .into_iter()
        .find(|adapter| adapter.kind == AdapterKind::Software && adapter.backend == "vulkan");
    let no_software = software.is_none().then_some("no software Vulkan device");
    let number = software.map_or(0, |adapter| adapter.number);
    let device = |name, selector, missing| Device {
        name,
        selector,
        missing,
        gpu: Arc::default(),
    };
    [
        device("cpu", "cpu".to_string(), None),
        device("vulkan", number.to_string(), no_software),
    ]
}

fn tests(device: &Device) -> Vec<Trial> {
    let shared =
        std::env::var_os("TRIMARAN_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    let docking = shared.join("data/docking");
    let mut trials = vec![
        device.trial("slabs_are_one_map", None, slabs),
        device.trial("a_map_is_the_same_beside_others", None, beside_others),
    ];
    let no_data = (!docking.is_dir()).then_some("no TRIMARAN_SHARED data");
    for size in ["small17", "full"] {
        let folder = docking.join("golden_maps").join(size);
        let test = move |gpu: &Gpu| golden(gpu, &folder);
        trials.push(device.trial(&format!("golden::{size}"), no_data, test));
    }
    let autogrid = Command::new("autogrid4")
        .arg("-h")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let no_autogrid = autogrid.is_err().then_some("autogrid4 is not installed");
    for seed in 0..4 {
        let name = format!("autogrid::random_receptor_{seed}");
        let test = move |gpu: &Gpu| beside_autogrid(gpu, seed);
        trials.push(device.trial(&name, no_autogrid, test));
    }
    trials
}

impl Device {
    fn trial(
        &self,
        name: &str,
        missing: Option<&str>,
        test: impl FnOnce(&Gpu) -> Result<(), Failed> + Send + 'static,
    ) -> Trial {
        let device = self.clone();
        let run = move || {
            let open = || Gpu::open(&device.selector).map_err(|error| error.to_string());
            test(
                device
                    .gpu
                    .get_or_init(open)
                    .as_ref()
                    .map_err(Failed::from)?,
            )
        };
        let missing = self.missing.or(missing);
        let reason = missing.map_or(String::new(), |why| format!(" ({why})"));
        Trial::test(format!("{}::{name}{reason}", self.name), run)
            .with_ignored_flag(missing.is_some())
    }
}

/// Values of an AutoGrid map.
fn values(text: &str) -> Result<Vec<f64>, Failed> {
    Ok(text
        .lines()
        .skip(6)
        .map(str::parse)
        .collect::<Result<_, _>>()?)
}

/// The bar: 0.005 kcal/mol or 0.1 % where the golden value is negative; what is repulsive there is repulsive here.
fn same(name: &str, golden: &[f64], made: &[f32]) -> Result<(), Failed> {
    if golden.len() != made.len() {
        return Err(format!("{name}: {} values, golden {}", made.len(), golden.len()).into());
    }
    let field = name.ends_with(" e") || name.ends_with(" d");
    let wrong = |(golden, made): &(&f64, &f32)| {
        let made = f64::from(**made);
        let off = (*golden - made).abs() > (0.001 * golden.abs()).max(0.005);
        (**golden < 0.0 && off) || (**golden > 1.0 && !field && made <= 0.0)
    };
    let bad: Vec<_> = golden
        .iter()
        .zip(made)
        .enumerate()
        .filter(|(_, pair)| wrong(pair))
        .collect();
    match bad.first() {
        None => Ok(()),
        Some((at, (golden, made))) => Err(format!(
            "{name}: {} points are off; the first, {at}, is {made}, golden {golden}",
            bad.len()
        )
        .into()),
    }
}

/// One keyword's words in a grid parameter file.
fn words<'a>(parameters: &'a str, keyword: &str) -> Vec<&'a str> {
    let line = parameters
        .lines()
        .find(|line| line.split_whitespace().next() == Some(keyword));
    let words = line.unwrap_or_default().split_whitespace().skip(1);
    words.take_while(|word| !word.starts_with('#')).collect()
}

fn numbers(words: &[&str]) -> Result<DVec3, Failed> {
    let numbers: Vec<f64> = words
        .iter()
        .map(|word| word.parse())
        .collect::<Result<_, _>>()?;
    Ok(DVec3::from_slice(&numbers))
}

/// Makes the maps that a grid parameter file asks for.
fn made(gpu: &Gpu, parameters: &str, receptor: &Receptor) -> Result<AffinityMaps, Failed> {
    let spacing: f64 = words(parameters, "spacing")[0].parse()?;
    let size = numbers(&words(parameters, "npts"))? * spacing;
    let center = numbers(&words(parameters, "gridcenter"))?;
    let types = words(parameters, "ligand_types");
    let types: Option<Vec<AtomType>> = types.iter().map(|name| AtomType::from_name(name)).collect();
    let grid = grid_from_box(center, size, spacing, receptor)?;
    Ok(compute(gpu, receptor, grid, &types.ok_or("unknown type")?)?)
}

/// Compares all maps with what `golden` reads for a map's name.
fn compare(
    name: &str,
    maps: &AffinityMaps,
    golden: impl Fn(&str) -> Result<String, Failed>,
) -> Result<(), Failed> {
    for (kind, made) in maps.types.iter().zip(&maps.affinity) {
        same(
            &format!("{name} {}", kind.name()),
            &values(&golden(kind.name())?)?,
            made,
        )?;
    }
    same(
        &format!("{name} e"),
        &values(&golden("e")?)?,
        &maps.electrostatic,
    )?;
    same(
        &format!("{name} d"),
        &values(&golden("d")?)?,
        &maps.desolvation,
    )
}

fn golden(gpu: &Gpu, folder: &Path) -> Result<(), Failed> {
    for folder in std::fs::read_dir(folder)? {
        let folder = folder?.path();
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let own = folder.join("protein.pdbqt");
        let redock = folder
            .join("../../../redock")
            .join(&name)
            .join("protein.pdbqt");
        let receptor = if own.exists() { own } else { redock };
        let receptor = read_receptor(&std::fs::read_to_string(receptor)?, "protein.pdbqt")?;
        let parameters = std::fs::read_to_string(folder.join("protein.gpf"))?;
        let maps = made(gpu, &parameters, &receptor)?;
        compare(&name, &maps, |kind| {
            let file = std::fs::File::open(folder.join(format!("protein.{kind}.map.gz")))?;
            let mut text = String::new();
            GzDecoder::new(file).read_to_string(&mut text)?;
            Ok(text)
        })?;
    }
    Ok(())
}

/// AutoGrid takes 14 receptor types and 14 maps at most.
const TYPES: [&str; 21] = [
    "H", "HD", "HS", "C", "A", "N", "NA", "NS", "OA", "OS", "F", "Mg", "P", "SA", "S", "Cl", "Ca",
    "Mn", "Fe", "Zn", "Br",
];

/// A receptor that no chemist has seen: every type, bonds of all lengths, atoms without bonds and with too many.
fn random_receptor(seed: u32, types: &[&str]) -> String {
    let number = |i: u32, k: u32| uniform01(philox([i, k, 0, 0], [seed, 1])[0]);
    let mut positions: Vec<DVec3> = Vec::new();
    let mut text = String::new();
    for i in 0..60 {
        let free = DVec3::new(number(i, 0), number(i, 1), number(i, 2)) - 0.5;
        let bonded = i > 0 && number(i, 3) < 0.6;
        let length = [1.0, 1.35, 1.5, 1.8][(number(i, 4) * 4.0) as usize];
        let back = 1 + (number(i, 5) * f64::from(i.min(8))) as usize;
        let at = match bonded {
            true => {
                positions[positions.len() - back.min(positions.len())] + free.normalize() * length
            }
            false => 10.0 * free,
        };
        positions.push(at);
        let (x, y, z, charge) = (at.x, at.y, at.z, 1.2 * number(i, 6) - 0.6);
        let kind = types[(number(i, 7) * types.len() as f64) as usize];
        let _ = writeln!(
            text,
            "ATOM  {i:5}  X   XXX A{i:4}    {x:8.3}{y:8.3}{z:8.3}  1.00  0.00    {charge:6.3} {kind:<2}"
        );
    }
    text
}

fn beside_autogrid(gpu: &Gpu, seed: u32) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let from = 7 * seed as usize;
    let pick =
        |from: usize| -> Vec<&str> { TYPES.iter().cycle().skip(from).take(14).copied().collect() };
    let (kinds, probes) = (pick(from), pick(from + 10));
    let text = random_receptor(seed, &kinds);
    let mut parameters = format!(
        "npts 22 24 26\ngridfld r.maps.fld\nspacing 0.375\nreceptor_types {}\nligand_types {}\nreceptor r.pdbqt\n\
         gridcenter 0.1 0.2 0.3\nsmooth 0.5\n",
        kinds.join(" "),
        probes.join(" ")
    );
    probes
        .iter()
        .for_each(|kind| parameters += &format!("map r.{kind}.map\n"));
    parameters += "elecmap r.e.map\ndsolvmap r.d.map\ndielectric -0.1465\n";
    std::fs::write(folder.path().join("r.pdbqt"), &text)?;
    std::fs::write(folder.path().join("r.gpf"), &parameters)?;
    Command::new("autogrid4")
        .args(["-p", "r.gpf", "-l", "r.glg"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status()?;
    let maps = made(gpu, &parameters, &read_receptor(&text, "r.pdbqt")?)?;
    compare(&format!("seed {seed}"), &maps, |kind| {
        Ok(std::fs::read_to_string(
            folder.path().join(format!("r.{kind}.map")),
        )?)
    })
}

fn carbon_and_hydrogen() -> Receptor {
    let text = "ATOM      1  N   GLY A   1       0.000   0.000   0.000  1.00  0.00    -0.300 N \n\
                ATOM      2  HN  GLY A   1       1.000   0.100   0.000  1.00  0.00     0.300 HD\n";
    read_receptor(text, "two.pdbqt").expect("two atoms")
}

/// A type's map to the last bit, whichever types are made with it: a screen makes them as ligands bring them.
fn beside_others(gpu: &Gpu) -> Result<(), Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/1hpv_protein.pdbqt");
    let receptor = read_receptor(&std::fs::read_to_string(path)?, "1hpv")?;
    let grid = grid_from_box(
        DVec3::new(9.5, 16.3, 8.5),
        DVec3::splat(9.0),
        0.375,
        &receptor,
    )?;
    let types: Vec<AtomType> = AtomType::all().collect();
    let all = compute(gpu, &receptor, grid, &types)?;
    for (kind, map) in types.iter().zip(&all.affinity) {
        let alone = compute(gpu, &receptor, grid, &[*kind])?;
        if alone.affinity[0] != *map || alone.desolvation != all.desolvation {
            return Err(format!("{} alone differs", kind.name()).into());
        }
    }
    Ok(())
}

/// A grid of more than 128 MiB of fields takes several slabs; its values are those of a small grid.
fn slabs(gpu: &Gpu) -> Result<(), Failed> {
    let receptor = carbon_and_hydrogen();
    let oxygen = [AtomType::from_name("OA").ok_or("OA")?];
    let (center, spacing) = (DVec3::ZERO, 0.2);
    let small = grid_from_box(center, DVec3::splat(4.0), spacing, &receptor)?;
    let large = grid_from_box(center, DVec3::new(4.0, 4.0, 4000.0), spacing, &receptor)?;
    let small_maps = compute(gpu, &receptor, small, &oxygen)?;
    let large_maps = compute(gpu, &receptor, large, &oxygen)?;
    let layer = small.points[0] * small.points[1];
    let first = (large.points[2] - small.points[2]) / 2 * layer;
    let part = first..first + small.len();
    if large.len() * 16 <= 128 << 20 {
        return Err("the grid fits one slab".into());
    }
    let near = |a: &[f32], b: &[f32]| {
        a.iter()
            .zip(b)
            .all(|(a, b)| (a - b).abs() <= 1e-3 * (1.0 + a.abs()))
    };
    if !near(
        &small_maps.affinity[0],
        &large_maps.affinity[0][part.clone()],
    ) || !near(&small_maps.electrostatic, &large_maps.electrostatic[part])
    {
        return Err("the slabs differ from the small grid".into());
    }
    Ok(())
}

/// Boxes that make no sense are refused in words.
fn box_errors() -> Trial {
    Trial::test("box_errors", || {
        let receptor = carbon_and_hydrogen();
        let ten = DVec3::splat(10.0);
        for (center, size, spacing, word) in [
            (DVec3::ZERO, DVec3::new(10.0, 0.0, 10.0), 0.375, "size"),
            (DVec3::ZERO, -ten, 0.375, "size"),
            (DVec3::ZERO, DVec3::new(f64::NAN, 1.0, 1.0), 0.375, "size"),
            (DVec3::NAN, ten, 0.375, "centre"),
            (DVec3::ZERO, ten, 0.0, "spacing"),
            (DVec3::ZERO, ten, f64::NAN, "spacing"),
            (DVec3::splat(100.0), ten, 0.375, "away"),
            (DVec3::ZERO, 1000.0 * ten, 0.375, "points"),
        ] {
            let error = grid_from_box(center, size, spacing, &receptor).err();
            let text = error.map_or(String::new(), |error| error.to_string());
            if !text.contains(word) {
                return Err(format!("{center} {size} {spacing}: `{text}`").into());
            }
        }
        let grid = grid_from_box(DVec3::splat(0.12345), ten, 0.375, &receptor)?;
        // 10 / 0.375 is 26.7 intervals: 26 or 28, whichever is nearer.
        assert_eq!((grid.points, grid.center), ([27; 3], DVec3::splat(0.123)));
        Ok(())
    })
}
