"""Families: figures that are told alike of several owners or times, as the rows of a table are.

"Which region has the most?" is asked of a family: one measure in one unit, each figure of another
owner (or of another time, when the question asks which year), all of one article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import terms
from bot.linking import Link
from ingest import Figure, units
from ingest.figures import Origin

MAX_MEMBERS = 40
# A question that names this many of a family is asked of those alone.
N_NAMED = 2
_ASKS_TIME = re.compile(
    r"\b(?:which|what|whose)(?: [a-z]+)? (?:years?|months?|quarters?|seasons?|weeks?|days?)\b"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one measure, each of another owner or time; score: how well they fit."""

    members: tuple[Figure, ...]
    score: float


def find(links: Sequence[Link], figures: Sequence[Figure], question: str) -> Iterator[Family]:
    """The families of the figures that fit best, those with the surest first, none twice."""
    slot = "period" if _ASKS_TIME.search(question.lower()) else "entity"
    seen: set[tuple[Figure, ...]] = set()
    for link in links:
        members = _named(_kin(link.card.figure, figures, slot), question)
        if len(members) >= N_NAMED and members not in seen:
            seen.add(members)
            yield Family(members, link.score)


def _kin(seed: Figure, figures: Sequence[Figure], slot: str) -> tuple[Figure, ...]:
    """The first figure of each owner (or time) that is told like the seed, in order."""
    found: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (f != seed, f.start)):
        name = getattr(figure, slot)
        if name and _is_like(figure, seed) and _is_beside(figure, seed, slot):
            if slot == "period" or not _is_whole(name):
                found.setdefault(name, figure)
    kept = sorted(found.values(), key=lambda f: f.start)[:MAX_MEMBERS]
    return tuple(kept) if seed in kept else ()


def _is_like(figure: Figure, seed: Figure) -> bool:
    """One article, kind, claim and unit."""
    is_alike = (figure.article_id, figure.kind, figure.claim) == (
        seed.article_id,
        seed.kind,
        seed.claim,
    )
    are_counts = all(units.is_count(f.unit) or f.unit == "1" for f in (figure, seed))
    return is_alike and (figure.unit == seed.unit or are_counts)


def _is_beside(figure: Figure, seed: Figure, slot: str) -> bool:
    """In one column of a table; else of one measure, and of one time (or owner)."""
    other = "entity" if slot == "period" else "period"
    if slot == "entity" and (column := _column(seed)):
        return _column(figure) == column
    is_one = getattr(figure, other) == getattr(seed, other)
    return is_one and figure.measure == seed.measure


def _column(figure: Figure) -> frozenset[int]:
    """The header cells that a figure stands under."""
    return frozenset(
        o.start for o in figure.origins if o.how == "header" and not _is_in_row(o, figure)
    )


def _is_in_row(origin: Origin, figure: Figure) -> bool:
    return figure.sentence.start <= origin.start < figure.sentence.end


def _is_whole(name: str) -> bool:
    """ "Total", "All regions": a sum or mean of the others, no member."""
    return bool(set(terms.table("phrasing")["wholes"].split()) & set(name.lower().split()))


def _named(members: tuple[Figure, ...], question: str) -> tuple[Figure, ...]:
    """Those that the question names, where it names several."""
    asked = set(terms.stems(question))
    named = tuple(f for f in members if is_named(f, asked))
    return named if len(named) >= N_NAMED and len(named) < len(members) else members


def is_named(figure: Figure, asked: set[str]) -> bool:
    own = set(terms.stems(figure.entity or ""))
    return bool(own) and own <= asked


def asked_member(members: Sequence[Figure], phrase: str) -> Figure | None:
    """The one member whose owner a phrase names best; None where none or several do."""
    asked = set(terms.stems(phrase))
    scored = [(len(asked & set(terms.stems(f.entity or ""))), f) for f in members]
    best = max((n for n, _ in scored), default=0)
    found = [f for n, f in scored if n == best]
    return found[0] if best and len(found) == 1 else None
