"""Reads the PDBQT files of a folder (first argument) with Meeko and compares the molecules that come back with the
records of an SDF file (second argument) of the same names. Prints as JSON how many came back, and what differs."""

import gzip
import json
import pathlib
import sys

from meeko import PDBQTMolecule, RDKitMolCreate
from rdkit import Chem

# Half a digit of the record's coordinates more than the last of PDBQT's, Angstrom.
ROUNDING = 0.0011


def smiles(molecule):
    Chem.AssignStereochemistryFrom3D(molecule)
    return Chem.MolToSmiles(Chem.RemoveHs(molecule))


def shift(molecule, record):
    """How far the farthest heavy atom is from its place in the record, in the best of all assignments."""
    molecule, record = Chem.RemoveHs(molecule), Chem.RemoveHs(record)
    here, there = molecule.GetConformer().GetPositions(), record.GetConformer().GetPositions()
    matches = record.GetSubstructMatches(molecule, uniquify=False, maxMatches=100_000)
    return min(abs(here - there[list(match)]).max() for match in matches)


def difference(molecule, record):
    if molecule.GetNumAtoms() != record.GetNumAtoms():
        return f"{molecule.GetNumAtoms()} atoms where {record.GetNumAtoms()} are"
    if smiles(molecule) != smiles(record):
        return f"{smiles(molecule)} where {smiles(record)} is"
    far = shift(molecule, record)
    return f"an atom is {far} Angstrom away" if far > ROUNDING else None


records = Chem.ForwardSDMolSupplier(gzip.open(sys.argv[2]), removeHs=False)
records = {record.GetProp("_Name"): record for record in records}
found = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pdbqt")):
    docked = PDBQTMolecule(path.read_text(), skip_typing=True)
    found[path.stem] = difference(RDKitMolCreate.from_pdbqt_mol(docked)[0], records[path.stem])
differing = {name: what for name, what in found.items() if what}
print(json.dumps({"read": len(found), "differing": differing}))
