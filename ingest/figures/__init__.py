"""Figures: every quantity in an article, with what it measures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest.figures.figure import (
    Claim,
    Comparator,
    Direction,
    Figure,
    How,
    Kind,
    Origin,
    Slot,
)

if TYPE_CHECKING:
    from ingest.figures.clauses import names_measure as names_measure
    from ingest.figures.links import between as between
    from ingest.figures.reading import VERSION as VERSION
    from ingest.figures.reading import find as find

_HOMES = {"VERSION": "reading", "between": "links", "find": "reading", "names_measure": "clauses"}

__all__ = [
    "VERSION",
    "Claim",
    "Comparator",
    "Direction",
    "Figure",
    "How",
    "Kind",
    "Origin",
    "Slot",
    "between",
    "find",
    "names_measure",
]


def __getattr__(name: str) -> Any:
    """What reads figures, when it is first used: an answer over an index reads none."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
