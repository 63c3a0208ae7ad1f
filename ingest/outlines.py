"""Outlines: what a search needs of a passage without its article, in some hundred bytes.

A question is held against every sentence of many passages. What can be known of those beforehand
(where they stand, the stems of their words) is made when an article is ingested.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest import lexical, records
from ingest.articles import Span
from ingest.passages import Passage
from ingest.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]

VERSION = 1
_HEAD = struct.Struct("<4I")


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A passage's place and heading, and its sentences' places and stems.

    spans: (n, 2), into the article's text
    words: the numbers of the stems (`lexical.number`) of its sentences, one after another
    ends: (n,), where in `words` each sentence's end
    """

    start: int
    end: int
    heading: str
    spans: Numbers
    words: Numbers
    ends: Numbers

    def passage(self, article_id: str) -> Passage:
        """The passage, of the article of that id."""
        return Passage(article_id, self.start, self.end, self.heading)

    def sentences(self) -> list[Span]:
        """Its sentences; of one longer than the passage, the part that lies in it."""
        return [Span(start, end) for start, end in self.spans.tolist()]

    def said(self) -> list[bytes]:
        """The words of each sentence as one value, to be compared."""
        data, ends = self.words.tobytes(), [4 * end for end in self.ends.tolist()]
        return [data[a:b] for a, b in zip([0, *ends], ends, strict=False)]


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
        np.asarray([number for numbers in words for number in numbers], dtype=np.uint32),
        np.cumsum([len(numbers) for numbers in words], dtype=np.uint32),
    )


def pack(outline: Outline) -> bytes:
    """The outline as bytes; `unpack` gives it back."""
    counts = len(outline.ends), len(outline.words)
    arrays = (outline.spans, outline.ends, outline.words)
    data = b"".join(array.astype("<u4").tobytes() for array in arrays)
    heading = outline.heading.encode("utf-8", "surrogatepass")
    return _HEAD.pack(outline.start, outline.end, *counts) + data + heading


def unpack(data: bytes) -> Outline:
    """The outline that `pack` was given."""
    start, end, n, n_words = _HEAD.unpack_from(data)
    numbers = np.frombuffer(data, "<u4", 3 * n + n_words, _HEAD.size)
    heading = data[_HEAD.size + numbers.nbytes :].decode("utf-8", "surrogatepass")
    spans = numbers[: 2 * n].reshape(n, 2)
    return Outline(start, end, heading, spans, numbers[3 * n :], numbers[2 * n : 3 * n])
