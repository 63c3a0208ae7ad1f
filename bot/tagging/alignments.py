"""Alignments: the word pieces of a question against those of windows of articles.

Figures and lines are set against each word piece of the question: the highest cosine with a piece
of each region around them, by the vectors of two layers of the embedding model (late interaction,
as in ColBERT by Khattab and Zaharia, 2020). A figure's regions are its clause, the rest of its
sentence, what stands above, the sentence before, the figure itself, and the words that tell its
measure, its owner and its period, wherever they stand. The other way round, how well a question
holds the words of a region tells what it says that was not asked for.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bot.tagging.windows import Window
from ingest import Figure, Origin
from ingest.figures.figure import Slot

Floats = np.ndarray[Any, np.dtype[np.float32]]
Indexes = np.ndarray[Any, np.dtype[np.intp]]
Region = Sequence[range]

# Word pieces on either side of a figure that make its clause.
CLAUSE = 10
# What the reading of a figure found of it: its words, by their places in the article.
SLOTS: tuple[Slot, ...] = ("measure", "entity", "period")
N_REGIONS, N_LINE_REGIONS = 5 + len(SLOTS), 3
# Regions of a figure whose own words are held against the question too: those that tell of it.
TOLD = (0, 1, 5, 6, 7)
# How many numbers tell how well a region is met.
N_MET = 5
# Marks of beginning and end among the pieces of a question.
N_MARKS = 2


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

    def regions(self, start: int, end: int) -> list[Region]:
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


@dataclass(frozen=True, eq=False)
class Alignments:
    """The pieces of all windows, one after another, against those of the question.

    cosines: (question pieces, pieces, 2), the last by each of the two layers
    highest: of each piece the highest of these (pieces, 2)
    starts: place of each window's first piece
    """

    sheets: Sequence[Sheet]
    cosines: Floats
    highest: Floats
    starts: Sequence[int]

    @classmethod
    def of(cls, question: Floats, sheets: Sequence[Sheet]) -> Alignments:
        none = np.zeros((1, question.shape[1]), np.float32)
        pieces = np.concatenate([sheet.pieces for sheet in sheets] or [none])
        cosines = _cosines(question, pieces)
        own = cosines[1:-1] if len(cosines) > N_MARKS else cosines
        starts = np.cumsum([0, *(len(sheet.pieces) for sheet in sheets)])
        return cls(sheets, cosines, own.max(axis=0), [int(start) for start in starts])

    def figure(self, n: int, figure: Figure, pieces: tuple[int, int]) -> list[Region]:
        """The regions of a figure whose pieces have these places in the nth window."""
        origins = {origin.slot: origin for origin in figure.origins}
        slots = [self._slot(figure.article_id, origins.get(slot), n) for slot in SLOTS]
        around = (self._moved(n, region) for region in self.sheets[n].regions(*pieces))
        return [*around, *slots]

    def line(self, n: int, at: int) -> list[Region]:
        """The regions of a line of the nth window: itself, what stands above, the line before."""
        return [self._moved(n, region) for region in _around(self.sheets[n], at)]

    def edges(self, items: Sequence[Sequence[Region]], n_regions: int) -> Floats:
        """The highest cosines of the question's pieces with each item's regions
        (items, question pieces, 2 regions)."""
        return _edges(self.cosines, items, n_regions)

    def _moved(self, n: int, region: Region) -> Region:
        """A region of the nth window as places among all pieces."""
        by = self.starts[n]
        return [range(part.start + by, part.stop + by) for part in region]

    def _slot(self, article_id: str, origin: Origin | None, n: int) -> Region:
        if origin is None:
            return []
        if origin.start == origin.end:
            return self._moved(n, [range(1, self.sheets[n].at)])
        near = (n, *(m for m in range(len(self.sheets)) if m != n))
        for m in near:
            window = self.sheets[m].window
            if window.article_id == article_id and window.start <= origin.start < window.end:
                part = self.sheets[m].places(origin.start, origin.end)
                return self._moved(m, [range(*part)]) if part else []
        return []

    def met(self, region: Region) -> list[float]:
        """How well the question holds the words of a region: whether it has any, then by each
        layer the mean of its pieces' highest cosines and the lowest of them."""
        rows = [self.highest[part.start : part.stop] for part in region if part]
        if not rows:
            return [0.0] * N_MET
        every = np.concatenate(rows)
        return [1.0, *every.mean(axis=0).tolist(), *every.min(axis=0).tolist()]


def _cosines(question: Floats, pieces: Floats) -> Floats:
    """(question pieces, window pieces, 2): by each of the two layers."""
    half = question.shape[1] // 2
    by_layer = [
        question[:, part] @ pieces[:, part].T for part in (slice(0, half), slice(half, None))
    ]
    return np.stack(by_layer, axis=-1)


def _edges(cosines: Floats, items: Sequence[Sequence[Region]], n_regions: int) -> Floats:
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


def _around(sheet: Sheet, n: int) -> list[Region]:
    """The regions of a line: itself, what stands above, the line before."""
    own = [range(*sheet.lines[n])]
    return [own, [range(1, sheet.at)], [range(*sheet.lines[n - 1])] if n else []]
