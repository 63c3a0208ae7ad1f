"""The plain pipeline of the tutorials: recursive splitting 1000/200, embedding, the 4 nearest.

The neighbours are found exactly instead of by Chroma's graph, which can only help it. Its answer
is the sentence of the nearest chunk that is nearest to the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest import Article, sentences
from tests.benchmarks.worlds import Cited, embedding

SEPARATORS = ("\n\n", "\n", " ", "")
SIZE, OVERLAP, TOP = 1000, 200, 4


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """A sentence, where it stands, and how near its chunk is to the question."""

    text: str
    cited: Cited
    score: float


class Tutorial:
    """The pipeline over some articles."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._chunks = [
            Cited(name, start, end)
            for name, article in articles.items()
            for start, end in chunks(article.text)
        ]
        self._spans = {name: sentences.find(article) for name, article in articles.items()}
        self._vectors = embedding().embed_many([self._text(chunk) for chunk in self._chunks])

    def search(self, question: str, article: str | None = None) -> list[tuple[Cited, float]]:
        """The nearest chunks, best first."""
        scores = self._vectors @ embedding().embed_many([question])[0]
        order = (int(i) for i in np.argsort(-scores))
        kept = (i for i in order if article in (None, self._chunks[i].article_id))
        return [(self._chunks[i], float(scores[i])) for _, i in zip(range(TOP), kept, strict=False)]

    def answer(self, question: str, article: str | None = None) -> PlainAnswer:
        """The nearest sentence of the nearest chunk."""
        chunk, score = self.search(question, article)[0]
        found = [
            Cited(chunk.article_id, span.start, span.end)
            for span in self._spans[chunk.article_id]
            if min(span.end, chunk.end) - max(span.start, chunk.start) > 0
        ]
        vectors = embedding().embed_many([question, *(self._text(each) for each in found)])
        best = found[int(np.argmax(vectors[1:] @ vectors[0]))] if found else chunk
        return PlainAnswer(self._text(best), best, score)

    def _text(self, cited: Cited) -> str:
        return self._articles[cited.article_id].text[cited.start : cited.end]


def chunks(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of at most SIZE characters, merged from the coarsest cut, OVERLAP of them shared."""
    pieces = list(_pieces(text, 0, len(text), SEPARATORS))
    first = 0
    while first < len(pieces):
        start, last = pieces[first][0], first
        while last + 1 < len(pieces) and pieces[last + 1][1] - start <= SIZE:
            last += 1
        yield start, pieces[last][1]
        if last + 1 >= len(pieces):
            return
        first = _overlapping(pieces, first, last)


def _overlapping(pieces: Sequence[tuple[int, int]], first: int, last: int) -> int:
    """The first piece of the next chunk: the last OVERLAP characters once more, but always on."""
    end, following = pieces[last][1], last + 1
    while following - 1 > first and end - pieces[following - 1][0] <= OVERLAP:
        following -= 1
    return following


def _pieces(
    text: str, start: int, end: int, separators: Sequence[str]
) -> Iterator[tuple[int, int]]:
    if end - start <= SIZE and separators is not SEPARATORS:
        yield start, end
        return
    separator, *finer = separators
    for low, high in _cut(text, start, end, separator):
        if high - low > SIZE and finer:
            yield from _pieces(text, low, high, finer)
        else:
            yield low, high


def _cut(text: str, start: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
    step = SIZE - OVERLAP
    if not separator:
        yield from ((at, min(at + step, end)) for at in range(start, end, step))
        return
    while start < end:
        at = text.find(separator, start, end)
        stop = end if at < 0 else at + len(separator)
        yield start, stop
        start = stop
