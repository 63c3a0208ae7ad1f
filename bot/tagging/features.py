"""Features: what the tagger's network is given of a question, the figures and the lines.

Figures and lines are set against each word piece of the question: the highest cosine with a piece
of the clause, of the rest of the sentence, of what stands above, of the sentence before and of the
figure itself, by the vectors of two layers of the embedding model (late interaction, as in ColBERT
by Khattab and Zaharia, 2020). Beside these stands what the rules of `bot.linking` and `bot.pages`
say of each.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bot import linking
from bot.linking import Card, Link, Linker
from bot.pages import Found
from bot.questions import Query
from bot.tagging.windows import Window

Floats = np.ndarray[Any, np.dtype[np.float32]]
# A line's match with the question, and its share of all lines'.
Match = tuple[float, float]
Matches = Mapping[tuple[str, int], Match]
NO_MATCH: Match = (0.0, 0.0)
Indexes = np.ndarray[Any, np.dtype[np.intp]]

# Word pieces on either side of a figure that make its clause.
CLAUSE = 10
N_REGIONS, N_LINE_REGIONS = 5, 3
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
N_QUESTION = len(OPERATIONS) + len(FORMS) + 7 + len(UNIT_CLASSES)
N_FIGURE = 7 + 3 * len(ROLES) + len(UNIT_CLASSES) + len(KINDS) + 16
N_LINE = 5
# Where among the facts of a line its match stands.
MATCH = 3


@dataclass(frozen=True, eq=False)
class Sheet:
    """A window with the vectors of its pieces, those of the context first (pieces, 2 dim)."""

    window: Window
    pieces: Floats

    @cached_property
    def at(self) -> int:
        """Place of the first piece of the lines."""
        return 1 + len(self.window.context)

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Places of each line's pieces, first and last + 1; (0, 0) for a line without any."""
        return tuple(self.places(a, b) or (0, 0) for a, b in self.window.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return [a for a, _ in self.window.spans]

    def places(self, start: int, end: int) -> tuple[int, int] | None:
        """The pieces that cover a span of the article."""
        spans = self.window.spans
        last = bisect.bisect_left(self._starts, end)
        first = bisect.bisect_right(self._starts, start) - 1
        first = max(0, first)
        while first < last and spans[first][1] <= start:
            first += 1
        return (self.at + first, self.at + last) if first < last else None

    def regions(self, start: int, end: int) -> list[list[range]]:
        """Around the pieces of a figure: clause, rest of the line, context, line before, itself."""
        i = next((i for i, (a, b) in enumerate(self.lines) if a <= start < b), None)
        first, last = self.lines[i] if i is not None else (start, start + 1)
        near, far = max(first, start - CLAUSE), min(last, end + CLAUSE)
        return [
            [range(near, start), range(end, far)],
            [range(first, near), range(far, last)],
            [range(1, self.at)],
            [range(*self.lines[i - 1])] if i else [],
            [range(start, end)],
        ]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network reads: `figures` and `lines` say which article and start a row is of.

    question (pieces, dim); asked_now (pieces,): 0 for pieces of the turn before; about: of the
    question as a whole; figure_edges (figures, pieces, 10), figure_facts (figures, N_FIGURE),
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
) -> Inputs:
    """The arrays of a question.

    question: vectors of its pieces, `n_before` of the turn before first
    matches: of each line its match with the question, and its share of all
    """
    figures, lines = [], []
    places = _card_places(facts.cards)
    for sheet in sheets:
        cosines = _cosines(question, sheet.pieces)
        inside = _inside(facts.cards, places, sheet)
        edges = _edges(cosines, [sheet.regions(*part) for _, part in inside], N_REGIONS)
        for own, (i, _) in zip(edges, inside, strict=True):
            key = (sheet.window.article_id, facts.cards[i].figure.start)
            figures.append((key, own, _figure_facts(facts, i, places, matches)))
        starts = [start for start, _ in sheet.window.lines]
        around = [_around(sheet, n) for n in range(len(starts))]
        for own, start in zip(_edges(cosines, around, N_LINE_REGIONS), starts, strict=True):
            key = (sheet.window.article_id, start)
            lines.append((key, own, _line_facts(facts, key, matches)))
    asked_now = np.ones(len(question), dtype=np.int64)
    asked_now[:n_before] = 0
    return Inputs(
        question,
        asked_now,
        np.array(_about(facts.query, has_history), dtype=np.float32),
        *_stacked(figures, (len(question), 2 * N_REGIONS), N_FIGURE),
        *_stacked(lines, (len(question), 2 * N_LINE_REGIONS), N_LINE),
        tuple(key for key, _, _ in figures),
        tuple(key for key, _, _ in lines),
    )


def _stacked(
    rows: Sequence[tuple[Any, Floats, list[float]]], edges: tuple[int, int], n_facts: int
) -> tuple[Floats, Floats]:
    """Edges and facts as arrays, of two rows at least: those of zeros stand for none."""
    n = max(2, len(rows))
    held, told = np.zeros((n, *edges), np.float32), np.zeros((n, n_facts), np.float32)
    for i, (_, each, own) in enumerate(rows):
        held[i], told[i] = each, own
    return held, told


def _cosines(question: Floats, pieces: Floats) -> Floats:
    """(question pieces, window pieces, 2): by each of the two layers."""
    half = question.shape[1] // 2
    by_layer = [
        question[:, part] @ pieces[:, part].T for part in (slice(0, half), slice(half, None))
    ]
    return np.stack(by_layer, axis=-1)


def _edges(cosines: Floats, items: Sequence[Sequence[Sequence[range]]], n_regions: int) -> Floats:
    """The highest cosine in each region of each item, 0 where it is empty.

    items: for each its regions, each of two ranges of pieces at most
    Gives (items, question pieces, 2 regions).
    """
    n_asked, n_pieces, _ = cosines.shape
    runs = np.zeros((len(items), n_regions, 2, 2), dtype=np.intp)
    for i, regions in enumerate(items):
        for n, parts in enumerate(regions):
            for m, part in enumerate(parts):
                runs[i, n, m] = part.start, max(part.start, part.stop)
    by_piece = cosines.transpose(1, 0, 2).reshape(n_pieces, -1)
    best = _highest(by_piece, runs[..., 0].ravel(), runs[..., 1].ravel())
    best = best.reshape(len(items), n_regions, 2, n_asked, 2).max(axis=2)
    best[np.isneginf(best)] = 0.0
    found: Floats = best.transpose(0, 2, 1, 3).reshape(len(items), n_asked, 2 * n_regions)
    return found


def _highest(rows: Floats, starts: Indexes, stops: Indexes) -> Floats:
    """The highest of each run of rows, column by column; -inf for an empty run.

    By the highest of each run of 1, 2, 4 ... rows: two of these, overlapping, make up any run.
    """
    lengths = stops - starts
    levels = [rows]
    while 2 ** len(levels) <= lengths.max(initial=0):
        last, step = levels[-1], 2 ** (len(levels) - 1)
        levels.append(last.copy())
        levels[-1][:-step] = np.maximum(last[:-step], last[step:])
    powers = np.log2(np.maximum(lengths, 1)).astype(np.intp)
    table, ends = np.stack(levels), np.maximum(0, stops - 2**powers)
    firsts = np.minimum(starts, len(rows) - 1)
    best: Floats = np.maximum(table[powers, firsts], table[powers, ends])
    best[lengths <= 0] = -np.inf
    return best


def _around(sheet: Sheet, n: int) -> list[list[range]]:
    """The regions of a line: itself, what stands above, the line before."""
    own = [range(*sheet.lines[n])]
    return [own, [range(1, sheet.at)], [range(*sheet.lines[n - 1])] if n else []]


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
