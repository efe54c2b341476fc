#!/usr/bin/env python3
"""Redocks the reference complexes at default settings and says how often the known minimum is found, and how soon.

Use: benches/redock.py [--local-search adadelta solis-wets] [--seed 1] [--runs 20] [--evals auto] [1hnn 1t46 ...]
Needs the reference data (TRIMARAN_SHARED, default ../shared). Prints a Markdown table per local search.

A run succeeds when its best score (inter + intra) comes within 1.0 kcal/mol of the probable global minimum of
Santos-Martins et al. (J. Chem. Theory Comput. 2021, 17, 1060). E50 is their measure: the evaluations after which half
of the runs have succeeded, here the median over the runs with failed ones at infinity. Where fewer than half succeed,
`~` marks ln 2 times the mean evaluations spent per success, as if success came at a constant rate.
"""

import argparse
import math
import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import REDOCK, TRIMARAN, box, print_table, properties, require, trimaran_json

WITHIN = 1.0  # kcal/mol
NEAR = 2.0  # Angstrom
# Their published minima belong to other electrostatic maps than those of the receptor files at hand.
OTHER_MAPS = {"5wlo", "2brt"}


def half_succeeded(runs: list[dict]) -> tuple[float, bool]:
    """E50 and whether it is an estimate."""
    reached = [run["evaluations_to_target"] for run in runs]
    successes = [evaluations for evaluations in reached if evaluations is not None]
    if 2 * len(successes) > len(runs):
        return statistics.median(math.inf if e is None else e for e in reached), False
    if not successes:
        return math.inf, True
    spent = sum(run["evaluations"] if e is None else e for run, e in zip(runs, reached))
    return math.log(2) * spent / len(successes), True


def atoms(pdbqt: Path) -> list[tuple[tuple[float, ...], str]]:
    """Positions and types of a file's first model."""
    model = pdbqt.read_text().split("ENDMDL")[0].splitlines()
    return [(tuple(float(line[at:at + 8]) for at in (30, 38, 46)), line[77:79].strip()) for line in model if line.startswith(("ATOM", "HETATM"))]


def nearest_rmsd(pose: Path, reference: Path) -> float:
    """The RMSD of the published table: every atom of the pose to the nearest reference atom of its type, not one to one.

    It is what AutoDock calls symmetry and never larger than the RMSD of a true matching, which `trimaran` gives.
    """
    wanted = atoms(reference)
    squares = [min(math.dist(x, y) ** 2 for y, other in wanted if other == kind) for x, kind in atoms(pose)]
    return math.sqrt(statistics.mean(squares))


class Redocking:
    """What one complex gave beside what is known of it."""

    def __init__(self, pdb: str, known: dict[str, float], document: dict, nearest: float, wall: float):
        best, runs = document["poses"][0], document["runs"]
        self.pdb, self.known, self.wall = pdb, known, wall
        self.minimum = known["score_of_probable_global_minimum"]
        self.score, self.rmsd, self.nearest = best["score"], best["rmsd_reference"], nearest
        self.evaluations = document["evaluations"] / len(runs)
        self.found = self.score <= self.minimum + WITHIN
        self.share = sum(run["score"] <= self.minimum + WITHIN for run in runs) / len(runs)
        self.e50, self.estimated = half_succeeded(runs)

    @property
    def has_minimum(self) -> bool:
        return not math.isnan(self.minimum)

    @property
    def minimum_is_near(self) -> bool:
        return self.known["RMSD_of_probable_global_minimum"] <= NEAR

    def row(self) -> list[str]:
        shown = [self.pdb, f"{self.known['n_tors']:.0f}", f"{self.minimum:.2f}" if self.has_minimum else f"({self.known['best_score_so_far']:.2f})",
                 f"{self.score:.2f}", f"{self.rmsd:.2f}", f"{self.nearest:.2f}", f"{self.known['RMSD_of_probable_global_minimum']:.2f}" if self.has_minimum else "-"]
        if not self.has_minimum:
            return shown + ["-", "-", "-", f"{self.evaluations:,.0f}", f"{self.wall:.0f}"]
        e50 = "never" if math.isinf(self.e50) else f"{'~' if self.estimated else ''}{self.e50:,.0f}"
        return shown + ["yes" if self.found else "no", f"{self.share:.0%}", e50, f"{self.evaluations:,.0f}", f"{self.wall:.0f}"]


def redock(pdb: str, known: dict[str, float], search: str, given: argparse.Namespace) -> Redocking:
    """Docks one complex from its random start conformation."""
    folder = REDOCK / pdb
    minimum = known["score_of_probable_global_minimum"]
    target = (known["best_score_so_far"] if math.isnan(minimum) else minimum) + WITHIN
    with tempfile.TemporaryDirectory() as out:
        document, wall = trimaran_json("dock", folder / "protein.pdbqt", folder / "rand-0.pdbqt", *box(folder), "--reference", folder / "flex-xray.pdbqt",
                                       "--runs", given.runs, "--evals", given.evals, "--local-search", search, "--seed", given.seed,
                                       f"--target={target}", "-o", out)
        nearest = nearest_rmsd(Path(out) / "poses.pdbqt", folder / "flex-xray.pdbqt")
    return Redocking(pdb, known, document, nearest, wall)


def share(of: list[bool]) -> str:
    return f"{sum(of)} of {len(of)} ({sum(of) / max(len(of), 1):.0%})"


def summarise(all_: list[Redocking]) -> None:
    """The lines that a reader wants without the table."""
    counted = [r for r in all_ if r.has_minimum and r.pdb not in OTHER_MAPS]
    near = [r for r in all_ if r.has_minimum and r.minimum_is_near]
    finite = [r.e50 for r in counted if math.isfinite(r.e50)]
    print(f"\n- best score within {WITHIN} kcal/mol of the minimum: {share([r.found for r in counted])} (without {', '.join(sorted(OTHER_MAPS))})")
    print(f"- best pose within {NEAR} A of the crystal where the minimum is, by the table's RMSD: {share([r.nearest <= NEAR for r in near])};"
          f" by a one-to-one matching: {share([r.rmsd <= NEAR for r in near])}")
    print(f"- single runs that succeed, mean over the complexes: {statistics.mean(r.share for r in counted) if counted else math.nan:.0%}")
    mean = statistics.geometric_mean(finite) if finite else math.nan
    print(f"- E50, geometric mean over the {len(finite)} of {len(counted)} complexes that have one: {mean:,.0f} evaluations")
    print(f"- wall time of all dockings: {sum(r.wall for r in all_) / 60:.1f} min\n", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("complexes", nargs="*")
    options.add_argument("--local-search", nargs="+", default=["adadelta", "solis-wets"], choices=["adadelta", "solis-wets"])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--evals", default="auto")
    options.add_argument("--jobs", type=int, default=1, help="dockings at a time; more than 1 spoils the wall times")
    given = options.parse_args()
    require(TRIMARAN, REDOCK)
    known = properties()
    chosen = sorted(given.complexes or known, key=lambda pdb: known[pdb]["n_tors"])
    for search in given.local_search:
        print(f"\n### {search}: {given.runs} runs, evaluations {given.evals}, seed {given.seed}\n")
        with ThreadPoolExecutor(given.jobs) as pool:
            results = list(pool.map(lambda pdb: redock(pdb, known[pdb], search, given), chosen))
        print_table(["complex", "torsions", "minimum", "best score", "RMSD (A)", "nearest-type RMSD", "minimum's RMSD", "found", "runs that succeed", "E50", "evaluations per run", "seconds"],
                    [r.row() for r in results])
        summarise(results)


if __name__ == "__main__":
    main()
