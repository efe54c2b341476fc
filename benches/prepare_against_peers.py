#!/usr/bin/env python3
"""Ligands per CPU-second of `trimaran prepare`, Open Babel and Meeko on the same archives, in turns; and where trimaran's time goes.

Use: benches/prepare_against_peers.py [--archives 4] [--repeats 3] [--copies 20] [--python python3]
Needs the reference data (TRIMARAN_SHARED, default ../shared), and a Python (--python) that has openbabel, rdkit, meeko and
joblib. Peers' time counts from the first byte read to the last archive closed, imports left out; trimaran's is that of
the whole process. Archives hold 250 ligands; trimaran is measured on `copies` of each as well, as it starts and ends within
milliseconds. The last lines are a process that only undoes the compression of the inputs and compresses the outputs, by
zlib at gzip's level: what any preparation with zlib takes at least. trimaran compresses by libdeflate.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from common import SHARED, TRIMARAN, print_table, require

ARCHIVES = SHARED / "data/ligands/archives"
PEERS = SHARED / "peers/peer_prep.py"
GZIP_LEVEL = 6


def peer(python: str, tool: str, archives: list[Path], folder: Path) -> float:
    """Ligands per CPU-second of a peer, with as many processes as cores."""
    command = [python, PEERS, "--tool", tool, "-j", str(os.cpu_count()), "--level", str(GZIP_LEVEL), "--out", folder / tool, *archives]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{tool}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)["mol_per_cpu_s"]


def prepare(archives: list[Path], output: Path) -> tuple[float, dict]:
    """Ligands per CPU-second of trimaran, and what it says of itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([TRIMARAN, "prepare", *archives, "-o", output, "--json"], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.strip())
    document = json.loads(done.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (document["ligands"] - document["failed"]) / cpu, document


def copies(archives: list[Path], number: int, folder: Path) -> list[Path]:
    """Links to each archive under so many names."""
    folder.mkdir()
    links = [folder / f"{copy:03}_{archive.name}" for copy in range(number) for archive in archives]
    for copy, link in enumerate(links):
        link.symlink_to(archives[copy % len(archives)])
    return links


def rewrite(archives: list[Path], outputs: list[Path]) -> tuple[float, int]:
    """CPU seconds to decompress these archives and to compress those, and the bytes that the latter become."""
    plain = [decompressed(path.read_bytes()) for path in outputs]
    start = time.process_time()
    for path in archives:
        decompressed(path.read_bytes())
    size = sum(len(zlib.compress(tar, GZIP_LEVEL)) for tar in plain)
    return time.process_time() - start, size


def decompressed(packed: bytes) -> bytes:
    """All gzip streams of a file."""
    plain = []
    while packed:
        stream = zlib.decompressobj(wbits=31)
        plain.append(stream.decompress(packed))
        packed = stream.unused_data
    return b"".join(plain)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--archives", type=int, default=4)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--copies", type=int, default=20)
    options.add_argument("--python", default=sys.executable)
    given = options.parse_args()
    require(TRIMARAN, ARCHIVES, PEERS)
    archives = sorted(ARCHIVES.glob("sdf3d_*.tar.gz"))[: given.archives]
    rates = {name: [] for name in ("Open Babel", "Meeko", "trimaran", f"trimaran, {given.copies} copies")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = copies(archives, given.copies, folder / "many")
        for turn in range(given.repeats):
            few, output = folder / f"few{turn}", folder / f"out{turn}"
            measured = [peer(given.python, "ob", archives, folder), peer(given.python, "meeko", archives, folder), prepare(archives, few)[0]]
            rate, document = prepare(many, output)
            for rates_of_tool, rate in zip(rates.values(), [*measured, rate]):
                rates_of_tool.append(rate)
        medians = {name: statistics.median(of_tool) for name, of_tool in rates.items()}
        rows = [[name, f"{rate:,.0f}", f"{rate / medians['Open Babel']:.1f}", f"{rate / medians['Meeko']:.1f}"] for name, rate in medians.items()]
        print_table(["program", "ligands per CPU-second", "times Open Babel", "times Meeko"], rows)
        stages = sorted(document["seconds_by_stage"].items(), key=lambda stage: -stage[1])
        whole = sum(seconds for _, seconds in stages)
        print()
        print_table(["stage", "thread-seconds", "share"], [[stage, f"{seconds:.3f}", f"{seconds / whole:.1%}"] for stage, seconds in stages])
        outputs = [Path(path) for path in document["archives"]]
        seconds, size = rewrite(many, outputs)
        ours = sum(path.stat().st_size for path in outputs)
    alone = document["ligands"] / seconds
    print(f"\ndecompression and compression alone: {alone:,.0f} ligands per CPU-second; trimaran's whole way takes {alone / medians[f'trimaran, {given.copies} copies']:.2f} times as long")
    print(f"archives of {document['ligands']:,} ligands: {ours:,} bytes; by zlib at level {GZIP_LEVEL} {size:,}")


if __name__ == "__main__":
    main()
