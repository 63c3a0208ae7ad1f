"""Figures: every quantity in an article, with what it measures."""

from ingest.figures.clauses import names_measure
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
from ingest.figures.links import between
from ingest.figures.reading import VERSION, find

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
