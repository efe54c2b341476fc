#!/usr/bin/env python3
"""Energy evaluations per wall second of `trimaran dock`, two AutoDock4 processes and Vina --scoring ad4, in one run, in turns.

Use: benches/against_peers.py [--repeats 3] [--evals 2000000] [1hnn 1t46 7cpa]
Needs the packages autogrid, autodock and autodock-vina, and the reference data (TRIMARAN_SHARED, default ../shared).

Each program docks with a short and a long budget. `long` is evaluations per second of the whole long run, start-up
included; `slope` is additional evaluations per additional second, which leaves start-up out. Medians over the repeats.
trimaran and Vina compute the gradient with each evaluation, AutoDock4 does not. AutoDock4 uses one core, so two
processes with half of the runs each stand for two cores. Vina's budget is an upper bound that its runs reach.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import REDOCK, TRIMARAN, box, print_table, require, trimaran_json

PACKAGES = {"autogrid4": "autogrid", "autodock4": "autodock", "vina": "autodock-vina"}
RUNS = 20  # of trimaran; the peers' runs are cut from the same total of evaluations


def docking_parameters(ligand: Path, maps: Path, evaluations: int, runs: int, seed: int) -> str:
    """An AutoDock 4.2 docking parameter file: Lamarckian genetic algorithm at that program's defaults."""
    atoms = [line for line in ligand.read_text().splitlines() if line.startswith(("ATOM", "HETATM"))]
    types = list(dict.fromkeys(line[77:79].strip() for line in atoms))
    centre = [statistics.mean(float(line[i : i + 8]) for line in atoms) for i in (30, 38, 46)]
    lines = ["autodock_parameter_version 4.2", "outlev 1", "intelec", f"seed {seed + 100} {seed + 200}", f"ligand_types {' '.join(types)}",
             f"fld {maps}/protein.maps.fld", *(f"map {maps}/protein.{kind}.map" for kind in types),
             f"elecmap {maps}/protein.e.map", f"desolvmap {maps}/protein.d.map", f"move {ligand}",
             "about " + " ".join(f"{value:.4f}" for value in centre), "tran0 random", "quaternion0 random", "dihe0 random",
             "ga_pop_size 150", f"ga_num_evals {evaluations}", "ga_num_generations 27000", "ga_elitism 1", "ga_mutation_rate 0.02",
             "ga_crossover_rate 0.8", "set_ga", "sw_max_its 300", "sw_max_succ 4", "sw_max_fail 4", "sw_rho 1.0", "sw_lb_rho 0.01",
             "ls_search_freq 0.06", "set_psw1", "unbound_model bound", f"ga_run {runs}", "analysis"]
    return "\n".join(lines) + "\n"


class Complex:
    """One receptor and ligand with autogrid4's maps, which all programs read."""

    def __init__(self, pdb: str, folder: Path):
        self.source, self.maps = REDOCK / pdb, folder / pdb
        require(self.source)
        shutil.copytree(self.source, self.maps)
        subprocess.run(["autogrid4", "-p", "protein.gpf", "-l", "protein.glg"], cwd=self.maps, check=True, capture_output=True)
        self.ligand = self.maps / "rand-0.pdbqt"

    def trimaran(self, evaluations: int, seed: int) -> float:
        document, _ = trimaran_json("dock", self.source / "protein.pdbqt", self.ligand, "--maps", self.maps / "protein.maps.fld", *box(self.source),
                                    "--runs", RUNS, "--evals", evaluations // RUNS, "--seed", seed, "-o", self.maps / "trimaran")
        return document["evaluations"]

    def autodock4(self, evaluations: int, seed: int) -> float:
        each = []
        for process in range(2):
            parameters = self.maps / f"{process}.dpf"
            parameters.write_text(docking_parameters(self.ligand, self.maps, evaluations // 4, 2, seed + 10 * process))
            each.append(subprocess.Popen(["autodock4", "-p", parameters, "-l", parameters.with_suffix(".dlg")],
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        if any([process.wait() for process in each]):
            raise SystemExit(f"autodock4 failed on {self.source.name}: see its log by running it in a copy of {self.source}")
        return evaluations

    def vina(self, evaluations: int, seed: int) -> float:
        subprocess.run(["vina", "--scoring", "ad4", "--maps", self.maps / "protein", "--ligand", self.ligand, "--cpu", "2", "--exhaustiveness", "8",
                        "--max_evals", str(evaluations // 8), "--seed", str(seed), "--out", self.maps / "vina.pdbqt"], check=True, capture_output=True)
        return evaluations


def rates(dock, evaluations: int, repeats: int, turn) -> None:
    """Appends (long, slope) of one turn of one program."""
    measured = []
    for budget in (evaluations // 4, evaluations):
        start = time.monotonic()
        done = dock(budget, repeats)
        measured.append((done, time.monotonic() - start))
    (few, short), (many, long) = measured
    turn.append((many / long, (many - few) / (long - short) if long > short else float("nan")))


def measure(pdb: str, folder: Path, evaluations: int, repeats: int) -> list[str]:
    """One row of the table: programs take turns, so that a busy moment of the machine hits all of them."""
    complex_ = Complex(pdb, folder)
    programs = {"trimaran": complex_.trimaran, "autodock4": complex_.autodock4, "vina": complex_.vina}
    turns = {name: [] for name in programs}
    for seed in range(1, repeats + 1):
        for name, dock in programs.items():
            rates(dock, evaluations, seed, turns[name])
    median = {name: [statistics.median(column) for column in zip(*values)] for name, values in turns.items()}
    row = [pdb] + [f"{median[name][kind]:,.0f}" for kind in (0, 1) for name in programs]
    return row + [f"{median['trimaran'][kind] / median[peer][kind]:.2f}" for kind in (0, 1) for peer in ("vina", "autodock4")]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("complexes", nargs="*", default=["1hnn", "1t46", "7cpa"])
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--evals", type=int, default=2_000_000, help="evaluations of the long run, all of its searches together")
    given = options.parse_args()
    for program, package in PACKAGES.items():
        if not shutil.which(program):
            raise SystemExit(f"{program} is not installed: apt-get install {package}")
    require(TRIMARAN, REDOCK)
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(pdb, Path(folder), given.evals, given.repeats) for pdb in given.complexes]
    print(f"Evaluations per second, median of {given.repeats}, load average {os.getloadavg()[0]:.1f}")
    names = ["trimaran", "two AutoDock4", "Vina"]
    print_table(["complex", *(f"{name}, {kind}" for kind in ("long", "slope") for name in names),
                 *(f"{kind}, ratio to {peer}" for kind in ("long", "slope") for peer in ("Vina", "AutoDock4"))], rows)


if __name__ == "__main__":
    main()
