"""Lines of the table of benchmarks, and where the public sets are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure.

    work: what was done on which set ("XQuAD, 1,190 questions"); figure: what is counted
    ours, plain: as shown ("81.2%"); plain_is: what the plain figure comes from
    """

    work: str
    figure: str
    ours: str
    plain: str = ""
    plain_is: str = ""
    note: str = ""


class Missing(Exception):
    """What a benchmark needs is not on this machine; it is skipped, and said so."""


def public(name: str) -> Path:
    """A file or folder of the public sets; raises Missing."""
    path = DATA / name
    if not path.exists():
        raise Missing(f"{name} is not in ../shared/data")
    return path
