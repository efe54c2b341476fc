"""Arrays of integers beside Python's: `trimaran bigint map` and `reduce` on files, NumPy object arrays, gmpy2, python-flint, Dask.

usage: python benches/bigint_against_python.py [--quick] [--device DEVICE ...]
Each figure is nanoseconds an element of wall time. trimaran's are end to end, from .tbi files to .tbi files with the start of
the program; the peers' are those of the operation alone, with the objects in memory. What cannot be imported is left out.
Python 3.9+, standard library only."""

import argparse
import functools
import importlib
import random
import tempfile
import time
from pathlib import Path

from common import TRIMARAN, print_table, require, trimaran_json

# Bits and numbers of an array.
SIZES = [(256, 1_000_000), (1024, 100_000), (2048, 100_000)]
POWERS = 1000


def optional(name):
    """A module, or None where there is none."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def seconds(work):
    """Wall seconds of the faster of two runs."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def peers():
    """Name and conversion of the number types that there are."""
    kinds = [("int", int)]
    gmpy2, flint = optional("gmpy2"), optional("flint")
    if gmpy2:
        kinds.append(("gmpy2", gmpy2.mpz))
    if flint:
        kinds.append(("flint", flint.fmpz))
    return kinds


def python_figures(a, b, m, powers):
    """Seconds by operation and peer."""
    numpy = optional("numpy")
    found = {}
    for name, kind in peers():
        x, y, n = [kind(v) for v in a], [kind(v) for v in b], kind(m)
        if numpy:
            label = f"numpy object, {name}"
            p, q = numpy.array(x, dtype=object), numpy.array(y, dtype=object)
            found["add", label] = seconds(lambda: p + q)
            found["mul", label] = seconds(lambda: p * q)
            found["mulmod", label] = seconds(lambda: p * q % n)
            found["map", label] = seconds(lambda: (p * q + p) % n)
        else:
            label = name
            found["add", label] = seconds(lambda: [u + v for u, v in zip(x, y)])
            found["mul", label] = seconds(lambda: [u * v for u, v in zip(x, y)])
            found["mulmod", label] = seconds(lambda: [u * v % n for u, v in zip(x, y)])
            found["map", label] = seconds(lambda: [(u * v + u) % n for u, v in zip(x, y)])
        join = lambda u, v: (u * v + u + v) % n
        found["reduce", label] = seconds(lambda: functools.reduce(join, x))
        found["sum", label] = seconds(lambda: functools.reduce(lambda u, v: u + v, x))
        power = powmod(name)
        found["powmod", label] = seconds(lambda: [power(u, v, n) for u, v in zip(x[:powers], y[:powers])])
    return found


def dask_figures(a, b, m):
    """Seconds of the map and the reduction by Dask's processes, two of them, with eight chunks; none without Dask."""
    delayed = optional("dask")
    if not delayed:
        return {}
    step = -(-len(a) // 8)
    pieces = [(a[at : at + step], b[at : at + step], m) for at in range(0, len(a), step)]
    workers = {"scheduler": "processes", "num_workers": 2}
    maps = [delayed.delayed(map_piece)(*piece) for piece in pieces]
    joined = [delayed.delayed(join_piece)(u, n) for u, _, n in pieces]
    return {
        ("map", "dask, 2 processes"): seconds(lambda: delayed.compute(*maps, **workers)),
        ("reduce", "dask, 2 processes"): seconds(lambda: join_piece(delayed.compute(*joined, **workers), m)),
    }


def map_piece(a, b, m):
    """(a b + a) mod m of each pair."""
    return [(u * v + u) % m for u, v in zip(a, b)]


def join_piece(numbers, m):
    """Numbers joined by (x y + x + y) mod m."""
    return functools.reduce(lambda u, v: (u * v + u + v) % m, numbers)


def powmod(name):
    """The quickest power modulo n of a kind of numbers."""
    return optional("gmpy2").powmod if name == "gmpy2" else pow


def save(folder, name, numbers):
    """A .tbi file of these numbers."""
    text, path = folder / f"{name}.txt", folder / f"{name}.tbi"
    text.write_text("".join(f"{number:#x}\n" for number in numbers))
    trimaran_json("bigint", "convert", text, "-o", path)
    return path


def trimaran_figures(folder, a, b, m, powers, way):
    """Seconds by operation, and who did it."""
    paths = [save(folder, "a", a), save(folder, "b", b)]
    few = [save(folder, "c", a[:powers]), save(folder, "d", b[:powers])]
    let = ["--let", f"m={m}"]
    maps = {"add": ("a + b", paths), "mul": ("a * b", paths), "mulmod": ("mulmod(a, b, m)", paths), "map": ("(a * b + a) % m", paths), "powmod": ("powmod(a, b, m)", few)}
    found = {}

    def run(*arguments):
        document, _ = trimaran_json("bigint", *arguments, *way)
        found["by"] = found.get("by", set()) | {row["by"] for row in document["statistics"]}

    for name, (expression, files) in maps.items():
        found[name] = seconds(lambda: run("map", expression, *files, *let, "-o", folder / "out.tbi"))
    found["reduce"] = seconds(lambda: run("reduce", "(x * y + x + y) % m", paths[0], *let))
    found["sum"] = seconds(lambda: run("reduce", "sum", paths[0]))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fiftieth of the numbers")
    parser.add_argument("--device", nargs="*", default=["cpu"], help="devices of trimaran's route device")
    options = parser.parse_args()
    require(TRIMARAN)
    draws = random.Random(1)
    ways = [("cpu route", ["--route", "cpu"])] + [(f"device {name}", ["--route", "device", "--device", name]) for name in options.device]
    for bits, count in SIZES:
        count = count // 50 if options.quick else count
        powers = POWERS // 50 if options.quick else POWERS
        m = draws.getrandbits(bits) | 1 << (bits - 1) | 1
        a, b = ([draws.getrandbits(bits) % m for _ in range(count)] for _ in range(2))
        columns = {}
        figures = python_figures(a, b, m, powers) | dask_figures(a, b, m)
        for (operation, label), taken in figures.items():
            columns.setdefault(label, {})[operation] = taken
        with tempfile.TemporaryDirectory() as folder:
            for label, way in ways:
                found = trimaran_figures(Path(folder), a, b, m, powers, way)
                columns[f"trimaran, {label} ({'+'.join(sorted(found.pop('by')))})"] = found
        print(f"\n{count} integers of {bits} bits, {powers} powers: ns an element\n")
        rows = []
        for operation in ["add", "mul", "mulmod", "powmod", "map", "reduce", "sum"]:
            of = powers if operation == "powmod" else count
            taken = [columns[label].get(operation) for label in columns]
            rows.append([operation] + [f"{each / of * 1e9:.0f}" if each else "" for each in taken])
        print_table(["operation", *columns], rows)


if __name__ == "__main__":
    main()
