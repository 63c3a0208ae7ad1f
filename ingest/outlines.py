"""Outlines: what a search needs of a passage without its article, in some hundred bytes.

A question is held against every sentence of many passages. What can be known of those beforehand
(where they stand, the stems of their words) is made when an article is ingested.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ingest import lexical, records
from ingest.articles import Span
from ingest.passages import Passage
from ingest.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]
    Places = NDArray[np.int64]

VERSION = 2
_HEAD = struct.Struct("<4I")


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A passage's place and heading, and its sentences' places and stems.

    spans: (n, 2), into the article's text
    counts: (n,), how many words each sentence has
    words: the numbers of their stems (`lexical.number`), one after another
    """

    start: int
    end: int
    heading: str
    spans: Numbers
    counts: Numbers
    words: Numbers

    def passage(self, article_id: str) -> Passage:
        """The passage, of the article of that id."""
        return Passage(article_id, self.start, self.end, self.heading)

    def sentences(self) -> list[Span]:
        """Its sentences; of one longer than the passage, the part that lies in it."""
        return [Span(start, end) for start, end in self.spans.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of several passages, one after another.

    owned: for each passage how many of them are its own
    words: the numbers of the stems of all; ends: where in `words` each sentence's end
    """

    owned: Places
    words: Numbers
    ends: Places

    def said(self, low: int, high: int) -> list[bytes]:
        """The words of each sentence between these as one value, to be compared."""
        cuts = [int(self.ends[low - 1]) if low else 0, *self.ends[low:high].tolist()]
        return [self.words[a:b].tobytes() for a, b in pairwise(cuts)]


def sentences(packed: Sequence[bytes]) -> Sentences:
    """The sentences of the passages that have these outlines, with no array for each."""
    owned, counts, words = [], [], []
    for data in packed:
        _, _, n, n_words = _HEAD.unpack_from(data)
        middle = _HEAD.size + 12 * n
        owned.append(n)
        counts.append(data[middle - 4 * n : middle])
        words.append(data[middle : middle + 4 * n_words])
    ends = np.cumsum(np.frombuffer(b"".join(counts), "<u4"), dtype=np.int64)
    return Sentences(np.asarray(owned), np.frombuffer(b"".join(words), "<u4"), ends)


def find(record: Record) -> list[Outline]:
    """The outlines of an article's passages, in order."""
    known: dict[Span, list[int]] = {}
    return [_outline(record, passage, known) for passage in record.passages]


def _outline(record: Record, passage: Passage, known: dict[Span, list[int]]) -> Outline:
    spans = records.sentences_of(record, passage)
    for span in spans:
        if span not in known:
            stems = lexical.stems(record.article.text[span.start : span.end])
            known[span] = [lexical.number(stem) for stem in stems]
    words = [known[span] for span in spans]
    return Outline(
        passage.start,
        passage.end,
        passage.heading,
        np.asarray([(s.start, s.end) for s in spans], dtype=np.uint32).reshape(-1, 2),
        np.asarray([len(numbers) for numbers in words], dtype=np.uint32),
        np.asarray([number for numbers in words for number in numbers], dtype=np.uint32),
    )


def pack(outline: Outline) -> bytes:
    """The outline as bytes; `unpack` gives it back."""
    counts = len(outline.counts), len(outline.words)
    arrays = (outline.spans, outline.counts, outline.words)
    data = b"".join(array.astype("<u4").tobytes() for array in arrays)
    heading = outline.heading.encode("utf-8", "surrogatepass")
    return _HEAD.pack(outline.start, outline.end, *counts) + data + heading


def unpack(data: bytes) -> Outline:
    """The outline that `pack` was given."""
    start, end, n, n_words = _HEAD.unpack_from(data)
    numbers = np.frombuffer(data, "<u4", 3 * n + n_words, _HEAD.size)
    heading = data[_HEAD.size + numbers.nbytes :].decode("utf-8", "surrogatepass")
    spans = numbers[: 2 * n].reshape(n, 2)
    return Outline(start, end, heading, spans, numbers[2 * n : 3 * n], numbers[3 * n :])
