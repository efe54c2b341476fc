#!/usr/bin/env python3
"""Wall seconds of `trimaran maps` beside autogrid4 on the 81 x 81 x 81 grid of 1t46 with its six ligand types, in turns, whole processes.

Use: benches/maps_against_autogrid.py [--repeats 3] [1t46 ...]
Needs the package autogrid and the reference data (TRIMARAN_SHARED, default ../shared). The first run of trimaran, which may
compile its kernels, is shown apart. autogrid4 uses one core. Medians over the repeats.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import REDOCK, TRIMARAN, box, grid, print_table, require


def seconds(command: list, folder: Path) -> float:
    start = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.monotonic() - start


def measure(pdb: str, repeats: int, folder: Path) -> list[str]:
    source, folder = REDOCK / pdb, folder / pdb
    require(source, TRIMARAN)
    shutil.copytree(source, folder)
    autogrid = ["autogrid4", "-p", "protein.gpf", "-l", "protein.glg"]
    types = ",".join(grid(source)["ligand_types"])
    trimaran = [TRIMARAN, "maps", folder / "protein.pdbqt", *box(source), "--types", types, "-o", folder / "made", "-q"]
    first = seconds(trimaran, folder)
    times = [(seconds(autogrid, folder), seconds(trimaran, folder)) for _ in range(repeats)]
    peer, ours = (statistics.median(column) for column in zip(*times))
    return [pdb, types, f"{peer:.2f}", f"{ours:.2f}", f"{first:.2f}", f"{peer / ours:.1f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("complexes", nargs="*", default=["1t46"])
    given = parser.parse_args()
    if shutil.which("autogrid4") is None:
        raise SystemExit("autogrid4 is missing: apt-get install autogrid")
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(pdb, given.repeats, Path(folder)) for pdb in given.complexes]
    print_table(["complex", "types", "autogrid4 s", "trimaran s", "first run s", "times as fast"], rows)


if __name__ == "__main__":
    main()
