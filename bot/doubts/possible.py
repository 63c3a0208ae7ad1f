"""Possible: what a question may ask for, by the times that its evidence tells of.

What was before a change of 2024 is of 2023: where a question names 2024 and no change of a later
time is told, it cannot ask for what was before one, however much its wording looks like it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.questions import Query
from bot.tagging import Tags
from ingest import Figure, periods

# What stood before a change that is told.
_BEFORE = ("before_growth", "before_change")


def kept(tags: Tags, query: Query, figures: Iterable[Figure]) -> Tags:
    """The tags with the chances of classes that no figure may answer shared out among the others.

    figures: of the evidence
    """
    lost = sum(tags.classes.get(kind, 0.0) for kind in _BEFORE)
    if not lost or lost >= 1 or not query.periods or _changes_later(query, figures):
        return tags
    left = {kind: 0.0 if kind in _BEFORE else chance for kind, chance in tags.classes.items()}
    whole = sum(left.values())
    return replace(tags, classes={kind: chance / whole for kind, chance in left.items()})


def _changes_later(query: Query, figures: Iterable[Figure]) -> bool:
    """Whether a change is told of a later time than one that a question names, or of none."""
    first = min(periods.bounds(period)[1] for period in query.periods)
    changes = (figure for figure in figures if figure.kind == "change")
    return any(not f.period or periods.bounds(f.period)[1] > first for f in changes)
