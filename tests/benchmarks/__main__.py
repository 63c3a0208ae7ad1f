"""`python -m tests.benchmarks [PART ...] [--sample N]`: one markdown table of all that is measured.

A part is a module of this package that offers `measure(sample) -> Iterable[Line]`. What a part
needs and does not find (a public set, a model) is skipped, and the table says so.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from tests.benchmarks.lines import Line, Missing

HEADER = """| Work | Figure | Quotient | Plain | Plain is | Note |
| --- | --- | ---: | ---: | --- | --- |"""


def parts() -> dict[str, ModuleType]:
    """The modules of this package that measure something, by name."""
    found = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("__"):
            loaded = importlib.import_module(f"tests.benchmarks.{module.name}")
            if hasattr(loaded, "measure"):
                found[module.name] = loaded
    return found


def table(lines: Iterable[Line]) -> str:
    """The lines as a markdown table."""
    return "\n".join([HEADER, *map(row, lines)])


def row(line: Line) -> str:
    """One row of the table."""
    cells = (line.work, line.figure, line.ours, line.plain, line.plain_is, line.note)
    return "| " + " | ".join(map(_cell, cells)) + " |"


def measured(name: str, module: ModuleType, sample: int | None) -> Iterator[Line]:
    """A part's lines, or one that says why it was skipped."""
    started = time.perf_counter()
    try:
        yield from module.measure(sample)
    except Missing as missing:
        yield Line(work=name, figure="skipped", ours="", note=str(missing))
    sys.stderr.write(f"{name}: {time.perf_counter() - started:.1f} s\n")


def main(arguments: Sequence[str] | None = None) -> None:
    known = parts()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(known)}")
    parser.add_argument("--sample", type=int, help="take about so many items of each set")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.parts if name not in known]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(known)}")
    sys.stdout.write(HEADER + "\n")
    for name in given.parts or known:
        for line in measured(name, known[name], given.sample):
            sys.stdout.write(row(line) + "\n")
            sys.stdout.flush()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
