"""Alone: what a question is answered with in the articles of one thing, where it speaks of "it".

There every sentence is of that thing, so a figure that is clearly ahead of all others there is
believed with less than it takes among the figures of many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.language import terms
from bot.nodes import Node
from bot.yesno.decisions import Again
from ingest import Figure

# A way is believed with this chance where it is so many times likelier than any other, or with the
# lower one where it is as many times more so.
TOLD, CLEARER = 0.2, 1.3
FAINT, CLEAREST = 0.1, 3.0
_TO_COME = frozenset(["forecast", "target", "negated", "hypothetical"])


def best(nodes: Sequence[Node], is_same: Callable[[Node, Node], bool]) -> Node | None:
    """The likeliest of some ways, if it is clearly so.

    is_same: whether two say the same
    """
    ranked = sorted(nodes, key=lambda n: -n.score)
    if not ranked:
        return None
    first = ranked[0]
    rival = max((n.score for n in ranked[1:] if not is_same(n, first)), default=0.0)
    is_clear = first.score >= TOLD and first.score >= CLEARER * rival
    is_clear |= first.score >= FAINT and first.score >= CLEAREST * rival
    return first if is_clear else None


def figure_of(question: str, name: str, own: frozenset[str], again: Again) -> Figure | None:
    """The amount that a question of "it" is answered with in the articles of one thing; those that
    have no other owner go first.

    own: the ids of the articles
    """
    levels = [n for n in again(question, own).answers() if n.figure and _is_level(n.figure)]
    stems = terms.stems_of(name)
    plain = [n for n in levels if n.figure and _may_be_of(n.figure, stems)]
    told = best(plain or levels, _are_even)
    return told.figure if told else None


def _are_even(one: Node, other: Node) -> bool:
    return bool(one.figure and other.figure and one.figure.value == other.figure.value)


def _may_be_of(figure: Figure, stems: frozenset[str]) -> bool:
    """Whether a figure has no owner, or the one that is asked about."""
    return not figure.entity or bool(terms.stems_of(figure.entity) & stems)


def _is_level(figure: Figure) -> bool:
    """Whether a figure is an amount that is so."""
    is_told = figure.value is not None and figure.claim not in _TO_COME
    return is_told and figure.kind not in {"change", "share"}
