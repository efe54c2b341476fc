"""Reads a docking log (first argument) with Meeko's and Ringtail's parsers and prints as JSON what they found."""

import json
import sys

from meeko import PDBQTMolecule, RDKitMolCreate
from ringtail.parsers import parse_single_dlg

log = sys.argv[1]

docked = PDBQTMolecule.from_file(log, is_dlg=True)
data = docked._pose_data
molecule = RDKitMolCreate.from_pdbqt_mol(docked)[0]

ringtail = parse_single_dlg(log)
wanted = (
    "ligname receptor grid_center grid_dim sorted_runs scores intermolecular_energy vdw_hb_desolv electrostatics"
    " internal_energy torsional_energy ref_rmsds clusters ligand_smile_string ligand_atomtypes"
).split()
found = {key: ringtail[key] for key in wanted}
found["ligand_smile_string"] = found["ligand_smile_string"].strip()

print(
    json.dumps(
        {
            "meeko": {
                "free_energies": data["free_energies"],
                "inter": data["intermolecular_energies"],
                "clusters": [int(cluster) for cluster in data["cluster_id"]],
                "first_atom": [[round(float(x), 3) for x in pose.positions()[0]] for pose in docked],
                "rdkit_atoms": molecule.GetNumAtoms(),
                "rdkit_conformers": molecule.GetNumConformers(),
            },
            "ringtail": found,
        }
    )
)
