"""What the measurements share: the binary, the data beside the project, box options, tables. Python 3.9+, standard library only."""

import csv
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRIMARAN = Path(os.environ.get("TRIMARAN", ROOT / "target/release/trimaran")).resolve()
SHARED = Path(os.environ.get("TRIMARAN_SHARED", ROOT.parent / "shared")).resolve()
REDOCK = SHARED / "data/docking/redock"
SCREEN = REDOCK.parent / "screen/def"
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())


def require(*paths: Path) -> None:
    """Ends the measurement with a sentence where something it needs is not there."""
    for path in paths:
        if not path.exists():
            hint = "build it with `cargo build --release`" if path == TRIMARAN else "set TRIMARAN_SHARED to the folder of the reference data"
            raise SystemExit(f"{path} is missing: {hint}")


def grid(complex_: Path) -> dict[str, list[str]]:
    """The keywords of a complex's grid parameter file, such as npts, gridcenter and spacing."""
    lines = (line.split() for line in (complex_ / "protein.gpf").read_text().splitlines())
    return {words[0]: words[1:] for words in lines if words}


def box(complex_: Path) -> list[str]:
    """The options --center and --size of a complex."""
    keywords = grid(complex_)
    spacing = float(keywords["spacing"][0])
    return [f"--center={','.join(keywords['gridcenter'])}", f"--size={','.join(str(int(n) * spacing) for n in keywords['npts'])}"]


def trimaran_json(*arguments: object) -> tuple[dict, float]:
    """Runs a subcommand with --json; its document and the wall seconds."""
    start = time.monotonic()
    done = subprocess.run([TRIMARAN, *map(str, arguments), "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"trimaran {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout), time.monotonic() - start


def properties() -> dict[str, dict[str, float]]:
    """Of each complex: atoms, torsions, score of the probable global minimum and its distance from the crystal; nan where unknown."""
    with (REDOCK / "ligand_properties.csv").open() as file:
        return {row.pop("pdb"): {name: float(value or "nan") for name, value in row.items()} for row in csv.DictReader(file)}


def print_table(header: list[str], rows: list[list[str]]) -> None:
    """A Markdown table, columns aligned, that reads well in a terminal too."""
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |", flush=True)
