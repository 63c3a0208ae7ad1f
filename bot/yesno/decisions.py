"""Decisions: yes or no with what decides it, and what every way to one needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from bot.derivation import Search
from bot.evidence.pages import Found
from bot.language import terms
from bot.nodes import Derivation
from bot.questions import Assumed, Query
from bot.tagging import Tags
from bot.yesno import holding, moves, telling
from bot.yesno.holding import Range
from bot.yesno.telling import Holds
from ingest import Article, Figure, units

# Two values are surely compared when each fits its phrase this well.
SURELY_COMPARED = 0.65
# So many of the likeliest lines are compared, are sure, may deny.
N_COMPARED, N_SURE, N_DENYING = 4, 2, 3
# A line is of the question with this share of its words; a figure is what is asked about with this
# chance, a line surely is with this.
ABOUT, ASKED, SURELY = 0.15, 0.3, 0.95


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and the derivations or the sentence that decide.

    saying: one sentence over all derivations, "{0}" the first, where one says why
    is_called: whether the figures are called by the very names that the question uses, or stand
        in the articles of what it names
    is_open: whether the figures, as they are rounded, leave it open, so that neither is said
    """

    holds: Holds
    derivations: tuple[Derivation, ...] = ()
    found: Found | None = None
    saying: str = ""
    is_called: bool = False
    is_open: bool = False


def data() -> dict[str, Any]:
    """The words that decide."""
    return terms.table("deciding")


class Again(Protocol):
    """How another question is looked for in the same evidence, or in some of its articles."""

    def __call__(self, text: str, within: frozenset[str] | None = None) -> Search: ...


def signed(made: Derivation) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a way, of a fall below zero."""
    return span(made.figures[made.result]) if made.is_stated else holding.bounds(made)


def span(figure: Figure) -> Range:
    """The bounds of a figure, of a fall below zero."""
    low, high = figure.low, figure.high
    is_fall = figure.kind == "change" and figure.direction == "down"
    if is_fall and low is not None and low > 0:
        return (None if high is None else -high, -low)
    return low, high


def turned(decision: Decision) -> Decision:
    """The same, of what is supposed the other way round."""
    return replace(decision, holds="no" if decision.holds == "yes" else "yes")


def held_above(one: Range, other: Range) -> Holds | None:
    """Whether one is surely more than the other, or surely less; 0.9 and 1.0 only touch."""
    if _is_above(one, other):
        return "yes"
    return "no" if _is_above(other, one) else None


def _is_above(one: Range, other: Range) -> bool:
    (low, high), (floor, ceiling) = one, other
    if low is None or ceiling is None:
        return False
    is_one_point = high == floor and low == ceiling
    return low >= ceiling and not is_one_point


def held_against(flat: str, held: Assumed, value: Decimal, told: Range) -> Holds | None:
    """What a range says of the asker's number, also of "all" and "most"."""
    low, high = told
    if held.text.lower() == "all":
        slack = value * holding.EXACT
        return "yes" if low and low >= value - slack else "no" if high and high < value else None
    if held.text.lower() == "most" or held.text.lower().endswith("majority"):
        return holding.above(value, low, high)
    if not holding.is_worth_asking(value, low, high):
        return None
    return holding.compare(flat, held, value, low, high)


def may_be_priced(query: Query, figure: Figure) -> bool:
    """Whether a figure is a price, or prices are not compared."""
    is_priced = terms.has(query.text.lower(), data()["sides"]["of_price"].split(", "))
    return not is_priced or units.is_money(figure.unit) or "/" in figure.unit


def chance(tags: Tags | None) -> Callable[[Figure], float]:
    """How likely a figure is asked about."""
    return (lambda figure: tags.of(figure).any) if tags else (lambda figure: 1.0)


def line_chance(tags: Tags | None, near: Found) -> float:
    """How likely a line is to be cited."""
    return tags.line(near.line.article_id, near.line.start) if tags else 0.0


def is_of_question(query: Query, near: Found, articles: dict[str, Article]) -> bool:
    """Whether a line tells of what a question is about, and its article of what is named there."""
    line = near.line
    if telling.is_question(line.text) or near.coverage < ABOUT:
        return False
    return moves.is_of_article(query, articles[line.article_id])


def is_surely_of_question(
    query: Query, near: Found, tags: Tags | None, articles: dict[str, Article]
) -> bool:
    """The same, of a line that shares few words with the question and is surely cited."""
    if line_chance(tags, near) < SURELY or telling.is_question(near.line.text):
        return is_of_question(query, near, articles)
    return moves.is_of_article(query, articles[near.line.article_id])


def figures_of(lines: Sequence[Found], search: Search) -> dict[tuple[str, int], tuple[Figure, ...]]:
    """The figures that stand in each of some lines, by article and start."""
    found: dict[tuple[str, int], tuple[Figure, ...]] = {}
    wanted = {(near.line.article_id, near.line.start) for near in lines}
    for card in search.linker.cards:
        key = card.figure.sentence_place
        if key in wanted:
            found[key] = (*found.get(key, ()), card.figure)
    return found
