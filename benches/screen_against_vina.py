#!/usr/bin/env python3
"""Ligands per minute of `trimaran screen` beside Vina --scoring ad4 at exhaustiveness 8, at equal success.

Use: benches/screen_against_vina.py [--ligands 100] [--compared 8] [--settings 2x10000 4x20000 8x60000]
Needs the package autodock-vina and the reference data (TRIMARAN_SHARED, default ../shared).

Every setting (runs x evaluations of a run) screens the same ligands in one process. Vina docks some of them, spread over
the library, one process a ligand, on the maps that trimaran writes. All of Vina's poses are scored by `trimaran score`,
the best one counts. A ligand's reference is the best score that any setting or Vina found; a success is within 0.5
kcal/mol of it. Rates are by wall seconds, and by processor seconds for a machine with two cores that has other work too.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import statistics
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from common import SCREEN, TRIMARAN, print_table, require, trimaran_json
from screen_rate import part_of_library

CORES = 2
NEAR = 0.5  # kcal/mol above the reference
HALOGENS = {"CL": "Cl", "BR": "Br"}


def timed(*command: object) -> tuple[float, float]:
    """Wall and processor seconds of a program that must succeed."""
    usage = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    wall, processor = time.monotonic(), usage()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return time.monotonic() - wall, usage() - processor


def box() -> list[str]:
    given = json.loads((SCREEN / "box.json").read_text())
    return [f"--{name}={','.join(str(given[f'{name}_{axis}']) for axis in 'xyz')}" for name in ("center", "size")]


def screen(library: Path, setting: str, folder: Path) -> tuple[dict[str, float], list[float]]:
    """Score of each ligand, kcal/mol, and the seconds."""
    runs, evals = setting.split("x")
    seconds = timed(TRIMARAN, "screen", SCREEN / "receptor.pdbqt", library, *box(), "--runs", runs, "--evals", evals, "-o", folder / setting, "-q")
    with (folder / setting / "results.csv").open() as file:
        return {row["ligand"]: float(row["score"]) for row in csv.DictReader(file) if row["status"] == "ok"}, list(seconds)


def texts(library: Path) -> dict[str, str]:
    with tarfile.open(library) as archive:
        return {Path(member.name).stem: archive.extractfile(member).read().decode() for member in archive if member.isfile()}


def types(ligands: list[str]) -> str:
    atoms = (line for text in ligands for line in text.splitlines() if line.startswith(("ATOM", "HETATM")))
    return ",".join(sorted({HALOGENS.get(kind, kind) for kind in (line[77:].strip() for line in atoms)}))


def vina(text: str, maps: Path, folder: Path) -> tuple[float, list[float]]:
    """Best score of a ligand's poses, kcal/mol, and the seconds."""
    ligand, poses = folder / "ligand.pdbqt", folder / "poses.pdbqt"
    ligand.write_text(text)
    seconds = timed("vina", "--scoring", "ad4", "--maps", maps, "--ligand", ligand, "--cpu", CORES, "--exhaustiveness", 8, "--seed", 1,
                    "--num_modes", 9, "--out", poses)
    document, _ = trimaran_json("score", SCREEN / "receptor.pdbqt", poses, *box())
    return min(pose["inter"] + pose["intra"] for pose in document["poses"]), list(seconds)


def row(name: str, count: int, seconds: list[float], scores: dict[str, float], references: dict[str, float]) -> list[str]:
    wall, processor = (60 * count / spent for spent in (seconds[0], seconds[1] / CORES))
    beyond = [scores[ligand] - reference for ligand, reference in references.items()]
    success = sum(difference <= NEAR for difference in beyond)
    return [name, count, f"{wall:,.1f}", f"{processor:,.1f}", f"{success} of {len(references)}", f"{statistics.mean(beyond):.2f}"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ligands", type=int, default=100)
    options.add_argument("--compared", type=int, default=8)
    options.add_argument("--settings", nargs="+", default=["2x10000", "4x20000", "8x60000"])
    given = options.parse_args()
    require(TRIMARAN, SCREEN)
    if shutil.which("vina") is None:
        raise SystemExit("vina is missing: apt-get install autodock-vina")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        library = part_of_library(given.ligands, folder)
        ours = {setting: screen(library, setting, folder) for setting in given.settings}
        ligands = texts(library)
        chosen = sorted(ligands)[:: max(1, len(ligands) // given.compared)][: given.compared]
        timed(TRIMARAN, "maps", SCREEN / "receptor.pdbqt", *box(), "--types", types(list(ligands.values())), "-o", folder / "maps", "-q")
        theirs = {ligand: vina(ligands[ligand], folder / "maps", folder) for ligand in chosen}
    best = lambda ligand: min([theirs[ligand][0], *(scores[ligand] for scores, _ in ours.values())])
    references = {ligand: best(ligand) for ligand in chosen}
    seconds = [sum(column) for column in zip(*(spent for _, spent in theirs.values()))]
    table = [row("vina", len(chosen), seconds, {ligand: score for ligand, (score, _) in theirs.items()}, references)]
    table += [row(setting, given.ligands, spent, scores, references) for setting, (scores, spent) in ours.items()]
    print_table(["program", "ligands", "ligands/min", "by processor time", "success", "mean above best (kcal/mol)"], table)


if __name__ == "__main__":
    main()
