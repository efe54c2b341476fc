#!/usr/bin/env python3
"""Screens part of a real library at a quick setting: ligands per second and peak memory; then inputs that are wrong.

Use: benches/screen_rate.py [--ligands 300] [--runs 4] [--evals 20000]
Needs the reference data (TRIMARAN_SHARED, default ../shared). A third of the library is screened first: peak memory
of both shows whether it grows with the library. The wrong inputs are those of tests/data/bad, and a ligand that is
larger than its box: each must have a row with its reason, the good ones among them a score, the exit code must be 1.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from common import ROOT, SCREEN, TRIMARAN, print_table, require

DATA = ROOT / "tests/data"


def part_of_library(number: int, folder: Path) -> Path:
    """An archive of the library's first ligands."""
    path = folder / f"{number}.tar.gz"
    with tarfile.open(SCREEN / "ligands.tar.gz") as library, tarfile.open(path, "w:gz") as part:
        for member in library:
            if not member.isfile():
                continue
            part.addfile(member, io.BytesIO(library.extractfile(member).read()))
            number -= 1
            if number == 0:
                break
    return path


def screen(*arguments: object) -> tuple[int, float, float]:
    """Exit code, wall seconds and peak resident memory in MiB of one `trimaran screen`."""
    start = time.monotonic()
    process = subprocess.Popen([TRIMARAN, "screen", *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.monotonic() - start, usage.ru_maxrss / 1024


def rows(output: Path) -> list[dict[str, str]]:
    with (output / "results.csv").open() as file:
        return list(csv.DictReader(file))


def measure(given: argparse.Namespace, folder: Path) -> None:
    """Rate and memory on a real library."""
    box = json.loads((SCREEN / "box.json").read_text())
    three = lambda name: ",".join(str(box[f"{name}_{axis}"]) for axis in "xyz")
    table = []
    for number in (given.ligands // 3, given.ligands):
        output = folder / f"screen{number}"
        code, seconds, memory = screen(SCREEN / "receptor.pdbqt", part_of_library(number, folder), f"--center={three('center')}", f"--size={three('size')}",
                                       "--runs", given.runs, "--evals", given.evals, "-o", output)
        done = rows(output)
        good = sum(row["status"] == "ok" for row in done)
        evaluations = sum(int(row["evaluations"] or 0) for row in done)
        table.append([number, good, code, f"{seconds:.1f}", f"{len(done) / seconds:.2f}", f"{evaluations / seconds:,.0f}", f"{memory:.0f}"])
    print_table(["ligands", "docked", "exit code", "seconds", "ligands/s", "evaluations/s", "peak memory (MiB)"], table)


def wrong_inputs(folder: Path) -> None:
    """What becomes of inputs that are wrong, beside good ones."""
    bad = sorted(path for path in (DATA / "bad").iterdir() if not path.name.startswith("receptor"))
    # Atazanavir and its like are longer than this box.
    output = folder / "bad"
    code, _, _ = screen(DATA / "1hpv_protein.pdbqt", *bad, DATA / "amprenavir.pdbqt", "--center", "9.5,16.3,8.5", "--size", "9,9,9",
                        "--runs", 1, "--evals", 2000, "-o", output)
    print(f"\nWrong inputs: exit code {code}\n")
    print_table(["archive", "ligand", "status", "reason"], [[row[name] for name in ("archive", "ligand", "status", "reason")] for row in rows(output)])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ligands", type=int, default=300)
    options.add_argument("--runs", type=int, default=4)
    options.add_argument("--evals", type=int, default=20000)
    given = options.parse_args()
    require(TRIMARAN, SCREEN)
    with tempfile.TemporaryDirectory() as folder:
        measure(given, Path(folder))
        wrong_inputs(Path(folder))


if __name__ == "__main__":
    main()
