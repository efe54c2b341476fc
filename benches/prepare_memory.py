#!/usr/bin/env python3
"""Prepares a million ligands, the archives of the reference data again and again: peak memory; then once more with a kill in the middle.

Use: benches/prepare_memory.py [--ligands 1000000] [--at 0.4] [--folder DIR]
Needs the reference data (TRIMARAN_SHARED, default ../shared) and about 2 GB of room in the folder. The killed run goes on by
the same command; its manifest and its archives' members must be those of the run that nobody disturbed.
"""

import argparse
import csv
import hashlib
import os
import signal
import subprocess
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path

from common import SHARED, TRIMARAN, print_table, require

ARCHIVES = SHARED / "data/ligands/archives"


def library(ligands: int, folder: Path) -> int:
    """Links to the archives under so many names that they hold at least these ligands; returns how many they hold."""
    folder.mkdir()
    archives = sorted(ARCHIVES.glob("sdf3d_*.tar.gz"))
    sizes = [sum(member.isfile() for member in tarfile.open(path)) for path in archives]
    held = 0
    for number in range(ligands):
        if held >= ligands:
            break
        (folder / f"{number:06}.tar.gz").symlink_to(archives[number % len(archives)])
        held += sizes[number % len(archives)]
    return held


def run(folder: Path, output: str, kill_at: int | None = None) -> tuple[int, float, float]:
    """Exit code, wall seconds and peak resident memory in MiB; killed once this many parts are there."""
    start = time.monotonic()
    process = subprocess.Popen([TRIMARAN, "prepare", "library", "-o", output, "-q"], cwd=folder, stderr=subprocess.DEVNULL)
    while kill_at is not None and process.poll() is None:
        if len(list((folder / output / "parts").glob("*.csv"))) >= kill_at:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.2)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.monotonic() - start, usage.ru_maxrss / 1024


def results(output: Path) -> tuple[Counter, str]:
    """Statuses in the manifest, and a hash of it and of every member's name and text, in order."""
    digest = hashlib.sha256((output / "manifest.csv").read_bytes())
    with (output / "manifest.csv").open() as file:
        statuses = Counter(row["status"] for row in csv.DictReader(file))
    for archive in sorted(output.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                digest.update(member.name.encode() + tar.extractfile(member).read())
                statuses["members"] += 1
    return statuses, digest.hexdigest()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ligands", type=int, default=1_000_000)
    options.add_argument("--at", type=float, default=0.4)
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    require(TRIMARAN, ARCHIVES)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        ligands = library(given.ligands, folder / "library")
        parts = len(list((folder / "library").iterdir()))
        rows = [["whole", *run(folder, "whole")], ["killed", *run(folder, "killed", int(given.at * parts))]]
        left = len(list((folder / "killed/parts").glob("*.csv")))
        rows.append(["gone on", *run(folder, "killed")])
        print_table(["run", "exit code", "seconds", "peak memory (MiB)"], [[name, code, f"{seconds:.0f}", f"{memory:.0f}"] for name, code, seconds, memory in rows])
        (statuses, whole), (_, resumed) = results(folder / "whole"), results(folder / "killed")
    print(f"\n{ligands:,} ligands: {statuses['ok']:,} prepared, {statuses['failed']:,} failed, {statuses['members']:,} members in archives")
    print(f"killed with {left} of {parts} parts done; what came of it in the end is {'the same' if whole == resumed else 'DIFFERENT'}")
    if whole != resumed or statuses["ok"] + statuses["failed"] != ligands or statuses["members"] != statuses["ok"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
