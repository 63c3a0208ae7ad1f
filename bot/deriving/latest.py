"""Latest: the time that is meant where a question names none and figures are told of several.

"How many times as much power does wind give as solar?" of a table of three years asks for the last
of them. Each year is as likely as the others, so none is likely enough until one is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.tagging.tags import Tags
from ingest import periods
from ingest.figures import Figure

# So many of the likeliest figures are looked at; these are no facts.
N_LIKELIEST = 8
NO_FACT = frozenset(["forecast", "target", "hypothetical", "negated"])


def period(figures: Sequence[Figure], tags: Tags) -> str | None:
    """The last time of the figures likeliest asked for; None where they are told of but one.

    Times of one kind are compared (years with years), that of the likeliest figure.
    """
    told = [f for f in figures if f.period and f.claim not in NO_FACT and not _is_range(f.period)]
    likeliest = sorted(told, key=lambda f: -tags.of(f).any)[:N_LIKELIEST]
    if not likeliest:
        return None
    shape = _shape(likeliest[0])
    found = {f.period for f in likeliest if f.period and _shape(f) == shape}
    return max(found) if len(found) > 1 else None


def asked(question: str, period: str) -> str:
    """The question of that time.

    >>> asked("How much did rents rise?", "2024-Q3")
    'How much did rents rise in the third quarter of 2024?'
    """
    return f"{question.rstrip(' ?.!')} in {periods.describe(period)}?"


def _is_range(period: str) -> bool:
    return "/" in period


def _shape(figure: Figure) -> str:
    """The kind of time: its form with the digits left out, quarters and halves apart."""
    return "".join("0" if char.isdigit() else char for char in figure.period or "")
