#!/usr/bin/env python3
"""Energy evaluations per wall second of `trimaran dock` by instruction set of the processor, beside software Vulkan, in turns.

Use: benches/instruction_sets.py [--repeats 3] [--evals 100000] [--devices avx512 avx2 sse2 llvmpipe] [1hnn 1t46 7cpa]
Needs the reference data (TRIMARAN_SHARED, default ../shared). Whole processes that read maps, dock with 20 runs and write
results; medians over the repeats. In brackets the ratio to the last device. The first table is the time of the smallest
useful process on each device: it starts, opens the device, dispatches one kernel and compares what it did.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from common import REDOCK, TRIMARAN, box, grid, print_table, require, trimaran_json

RUNS = 20
STARTS = 20


def start(device: str) -> float:
    """Milliseconds of a process that dispatches one small kernel."""
    begin = time.monotonic()
    subprocess.run([TRIMARAN, "check", "--device", device, "--kernel", "dock/random", "--sizes", "small"], check=True, capture_output=True)
    return 1000 * (time.monotonic() - begin)


def starts(devices: list[str]) -> None:
    # The first of each may compile its kernel, and is left out.
    times = [{device: start(device) for device in devices} for _ in range(STARTS + 1)][1:]
    rows = [[device, f"{statistics.median(turn[device] for turn in times):.0f}", f"{max(turn[device] for turn in times):.0f}"] for device in devices]
    print_table(["device", "start ms", "worst ms"], rows)


def rate(pdb: str, device: str, evals: int, folder: Path) -> float:
    source = REDOCK / pdb
    document, seconds = trimaran_json("dock", source / "protein.pdbqt", source / "rand-0.pdbqt", "--maps", folder / pdb / "protein.maps.fld", *box(source),
                                      "--runs", RUNS, "--evals", evals, "--device", device, "-o", folder / "poses")
    return document["evaluations"] / seconds


def rates(pdb: str, given: argparse.Namespace, folder: Path) -> list[str]:
    source = REDOCK / pdb
    require(source)
    types = ",".join(grid(source)["ligand_types"])
    subprocess.run([TRIMARAN, "maps", source / "protein.pdbqt", *box(source), "--types", types, "-o", folder / pdb / "protein", "-q"], check=True)
    turns = [{device: rate(pdb, device, given.evals, folder) for device in given.devices} for _ in range(given.repeats)]
    medians = [statistics.median(turn[device] for turn in turns) for device in given.devices]
    return [pdb, *(f"{median:,.0f} ({median / medians[-1]:.1f})" for median in medians)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--evals", type=int, default=100000, help="of each of the 20 runs")
    options.add_argument("--devices", nargs="+", default=["avx512", "avx2", "sse2", "llvmpipe"])
    options.add_argument("complexes", nargs="*", default=["1hnn", "1t46", "7cpa"])
    given = options.parse_args()
    require(TRIMARAN)
    starts(given.devices)
    print()
    with tempfile.TemporaryDirectory() as folder:
        rows = [rates(pdb, given, Path(folder)) for pdb in given.complexes]
    print_table(["complex", *given.devices], rows)


if __name__ == "__main__":
    main()
