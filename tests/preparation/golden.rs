//! The golden molecules: what RDKit and Meeko made of them, and the molecules as this crate reads them.

use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use trimaran::formats::{mol2, sdf};
use trimaran::molecule::graph::Graph;

/// One molecule and what is known of it. Indices are those of its record.
#[derive(Deserialize)]
pub struct Golden {
    pub id: String,
    archive: String,
    member: String,
    pub smiles: String,
    pub gasteiger_rdkit: Vec<f64>,
    #[serde(rename = "meeko_rigid_macrocycle")]
    pub meeko: Meeko,
    #[serde(rename = "perceived_rdkit")]
    pub perceived: Perceived,
    /// The molecule, or why it could not be read.
    #[serde(skip, default = "unread")]
    pub graph: Result<Graph, String>,
    /// The torsion tree that Meeko wrote with macrocycles broken: the same where there are none.
    #[serde(skip)]
    pub text: String,
}

/// What Meeko made of it with rigid macrocycles.
#[derive(Deserialize)]
pub struct Meeko {
    pub types: Vec<Option<String>>,
    pub q: Vec<Option<f64>>,
    pub torsdof: usize,
    pub rot: Vec<[usize; 2]>,
    pub root: Vec<usize>,
}

/// What RDKit perceived.
#[derive(Deserialize)]
pub struct Perceived {
    pub bonds: Vec<(usize, usize, f64)>,
    pub conj: Vec<usize>,
    pub aromatic: Vec<usize>,
    pub hyb: Vec<u8>,
    pub rings: Vec<Vec<u32>>,
    pub canon_rank_ties: Vec<usize>,
    /// Formal charges by atom.
    pub fc: HashMap<usize, i8>,
}

fn unread() -> Result<Graph, String> {
    Err("its member is not in its archive".to_owned())
}

impl Golden {
    /// Reads all molecules of the data set.
    pub fn read_all(folder: &Path) -> Result<Vec<Golden>, Box<dyn Error>> {
        let lines = GzDecoder::new(File::open(folder.join("golden.jsonl.gz"))?);
        let mut molecules = Vec::new();
        for line in BufReader::new(lines).lines() {
            molecules.push(serde_json::from_str::<Golden>(&line?)?);
        }
        let records = members(&folder.join("in"))?;
        let texts = members(&folder.join("pdbqt_meeko"))?;
        for molecule in &mut molecules {
            let place = (molecule.archive.clone(), stem(&molecule.member));
            if let Some((name, record)) = records.get(&place) {
                let read = match name.ends_with(".mol2") {
                    true => mol2::read(record, name),
                    false => sdf::read(record, name),
                };
                molecule.graph = read.map_err(|error| error.to_string());
            }
            molecule.text = texts
                .get(&place)
                .map(|(_, text)| text.clone())
                .unwrap_or_default();
        }
        Ok(molecules)
    }
}

/// Archive, and member without its ending.
type Place = (String, String);

fn stem(member: &str) -> String {
    member
        .rsplit_once('.')
        .map_or(member, |(stem, _)| stem)
        .to_owned()
}

/// Name and text of every member of every archive in a folder.
fn members(folder: &Path) -> Result<HashMap<Place, (String, String)>, Box<dyn Error>> {
    let mut found = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let archive = entry.file_name().to_string_lossy().into_owned();
        for member in tar::Archive::new(GzDecoder::new(File::open(entry.path())?)).entries()? {
            let mut member = member?;
            let name = member.path()?.to_string_lossy().into_owned();
            let mut text = String::new();
            member.read_to_string(&mut text)?;
            found.insert((archive.clone(), stem(&name)), (name, text));
        }
    }
    Ok(found)
}
