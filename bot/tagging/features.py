"""Features: what the tagger's network is given of a question, the figures and the lines.

Beside the alignments of figures and lines with the word pieces of the question
(`bot.tagging.alignments`) stands what the rules of `bot.evidence.linking` and `bot.evidence.pages`
say of each, and what the wording of the question says of what it asks for.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.evidence import linking
from bot.evidence.linking import Card, Link, Linker
from bot.evidence.pages import Found
from bot.questions import Query
from bot.tagging.alignments import N_LINE_REGIONS, N_MET, N_REGIONS, TOLD, Alignments, Floats, Sheet
from bot.tagging.tags import CLASSES

# A line's match with the question, and its share of all lines'.
Match = tuple[float, float]
Matches = Mapping[tuple[str, int], Match]
NO_MATCH: Match = (0.0, 0.0)

OPERATIONS = (
    None, "difference", "sum", "residual", "share", "ratio", "growth", "point_change",
    "before_growth", "absolute_growth", "projection", "average", "per_unit", "exchange_rate",
    "conversion", "contribution", "extremum", "rank", "count", "consistency", "multiple",
)  # fmt: skip
KINDS = ("level", "change", "share", "rate", "ratio", "count", "duration", "rank", "score")
UNIT_CLASSES = (
    "money", "percent", "ratio", "rank", "score", "duration", "length", "mass", "temperature",
    "area", "speed", "measure", "count",
)  # fmt: skip
FORMS = ("figure", "text", "yesno", "list", "summary", "declined")
# Roles whose phrases are goals of their own, the first operand's and the second's.
ROLES = (("A", "P"), ("B", "W"))
N_QUESTION = len(OPERATIONS) + len(FORMS) + 7 + len(UNIT_CLASSES) + len(CLASSES)
N_FIGURE = 7 + 3 * len(ROLES) + len(UNIT_CLASSES) + len(KINDS) + 16 + N_MET * len(TOLD)
N_LINE = 5 + N_MET
# Where among the facts of a line its match stands.
MATCH = 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network reads: `figures` and `lines` say which article and start a row is of.

    worded: the chance of each of `CLASSES` by the question's wording alone
    question (pieces, dim); asked_now (pieces,): 0 for pieces of the turn before; about: of the
    question as a whole; figure_edges (figures, pieces, 16), figure_facts (figures, N_FIGURE),
    line_edges (lines, pieces, 6), line_facts (lines, N_LINE)
    """

    question: Floats
    asked_now: np.ndarray[Any, np.dtype[np.int64]]
    about: Floats
    figure_edges: Floats
    figure_facts: Floats
    line_edges: Floats
    line_facts: Floats
    figures: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, int], ...]
    worded: Mapping[str, float]


@dataclass(frozen=True)
class Facts:
    """What the rules say: of each card how it fits the question and its roles, of each line."""

    query: Query
    cards: Sequence[Card]
    links: Mapping[int, Link]
    roles: Sequence[Mapping[int, Link]]
    found: Mapping[tuple[str, int], Found]

    @classmethod
    def of(
        cls, query: Query, linker: Linker, goals: Sequence[Any], found: Sequence[Found]
    ) -> Facts:
        """goals: the question's own, then those of its roles or None."""
        by_card = [
            {id(link.card): link for link in linker.links(goal)} if goal else {} for goal in goals
        ]
        lines = {(f.line.article_id, f.line.start): f for f in found}
        return cls(query, linker.cards, by_card[0], by_card[1:], lines)


def inputs(
    facts: Facts,
    question: Floats,
    n_before: int,
    sheets: Sequence[Sheet],
    matches: Matches,
    has_history: bool,
    worded: Mapping[str, float],
) -> Inputs:
    """The arrays of a question.

    question: vectors of its pieces, `n_before` of the turn before first
    matches: of each line its match with the question, and its share of all
    worded: the chance of each of `CLASSES` by the question's wording
    """
    places = _card_places(facts.cards)
    read = Alignments.of(question, sheets)
    figures, figure_regions, lines, line_regions = [], [], [], []
    for n, sheet in enumerate(sheets):
        for i, part in _inside(facts.cards, places, sheet):
            figure = facts.cards[i].figure
            figures.append((figure, i))
            figure_regions.append(read.figure(n, figure, part))
        for at, (start, _) in enumerate(sheet.window.lines):
            lines.append((sheet.window.article_id, start))
            line_regions.append(read.line(n, at))
    figure_rows = [
        [*_figure_facts(facts, i, places, matches), *(x for t in TOLD for x in read.met(own[t]))]
        for (_, i), own in zip(figures, figure_regions, strict=True)
    ]
    line_rows = [
        [*_line_facts(facts, key, matches), *read.met(own[0])]
        for key, own in zip(lines, line_regions, strict=True)
    ]
    asked_now = np.ones(len(question), dtype=np.int64)
    asked_now[:n_before] = 0
    return Inputs(
        question,
        asked_now,
        np.array([*_about(facts.query, has_history), *worded.values()], dtype=np.float32),
        *_stacked(read.edges(figure_regions, N_REGIONS), figure_rows, N_FIGURE),
        *_stacked(read.edges(line_regions, N_LINE_REGIONS), line_rows, N_LINE),
        tuple((figure.article_id, figure.start) for figure, _ in figures),
        tuple(lines),
        worded,
    )


def _stacked(edges: Floats, rows: Sequence[list[float]], n_facts: int) -> tuple[Floats, Floats]:
    """Edges and facts as arrays, of two rows at least: those of zeros stand for none."""
    n = max(2, len(rows))
    held, told = np.zeros((n, *edges.shape[1:]), np.float32), np.zeros((n, n_facts), np.float32)
    held[: len(rows)] = edges
    for i, own in enumerate(rows):
        told[i] = own
    return held, told


# -- what the rules say ---------------------------------------------------------------------------

Places = Mapping[str, tuple[list[int], list[int]]]


def _card_places(cards: Sequence[Card]) -> Places:
    """Of each article the starts of its figures, in order, and the places of their cards."""
    found: dict[str, list[tuple[int, int]]] = {}
    for i, card in enumerate(cards):
        found.setdefault(card.figure.article_id, []).append((card.figure.start, i))
    return {
        id: ([s for s, _ in sorted(rows)], [i for _, i in sorted(rows)])
        for id, rows in found.items()
    }


def _inside(
    cards: Sequence[Card], places: Places, sheet: Sheet
) -> list[tuple[int, tuple[int, int]]]:
    """The cards whose figures stand in a window, with the figures' pieces."""
    starts, order = places.get(sheet.window.article_id, ([], []))
    first = bisect.bisect_left(starts, sheet.window.start)
    last = bisect.bisect_left(starts, sheet.window.end)
    found = []
    for i in order[first:last]:
        if part := sheet.places(cards[i].figure.start, cards[i].figure.end):
            found.append((i, part))
    return found


def _figure_facts(facts: Facts, i: int, places: Places, matches: Matches) -> list[float]:
    card, query = facts.cards[i], facts.query
    figure, link = card.figure, facts.links[id(card)]
    key = figure.article_id, figure.sentence.start
    line = facts.found.get(key)
    starts, _ = places[figure.article_id]
    own = [link.score, link.coverage, link.extra, link.period, link.name, link.kind]
    wants = float(linking.is_of(card.unit_class, query.wants)) if query.wants else 0.5
    return [
        *own,
        line.score if line else 0.0,
        *(x for links in facts.roles for x in _role_facts(links.get(id(card)))),
        *_one_hot(card.unit_class, UNIT_CLASSES),
        *_one_hot(figure.kind, KINDS),
        figure.direction == "up",
        figure.direction == "down",
        figure.claim is not None and figure.claim != "reported",
        figure.comparator is not None,
        figure.value is None,
        wants,
        bool(query.wants),
        float(query.unit == figure.unit) if query.unit else 0.5,
        figure.period is None,
        card.is_heading,
        card.is_captioned,
        bisect.bisect_left(starts, figure.start) / max(1, len(starts)),
        figure.measure is None,
        figure.entity is None,
        *matches.get(key, NO_MATCH),
    ]


def _role_facts(link: Link | None) -> tuple[float, float, float]:
    return (link.score, link.coverage, 1.0) if link else (0.0, 0.0, 0.0)


def _line_facts(facts: Facts, key: tuple[str, int], matches: Matches) -> list[float]:
    found, match = facts.found.get(key), matches.get(key, NO_MATCH)
    if found is None:
        return [0.0, 0.0, 0.0, *match]
    return [found.score, found.cosine, found.coverage, *match]


def _about(query: Query, has_history: bool) -> list[float]:
    return [
        *_one_hot(query.operation, OPERATIONS),
        *_one_hot(query.form, FORMS),
        float(query.operation is None),
        float(has_history),
        float(query.is_sure),
        float(bool(query.periods)),
        float(bool(query.entities)),
        float(bool(query.subquestions)),
        float(query.extreme is not None),
        *(float(name in query.wants) for name in UNIT_CLASSES),
    ]


def _one_hot(value: object, names: Sequence[object]) -> list[float]:
    return [float(value == name) for name in names]
