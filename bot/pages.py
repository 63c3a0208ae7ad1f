"""Pages: the sentences of the evidence's articles, scored against a question.

The score is the mean cosine of the question with the sentence alone, with its title and with its
neighbours, plus the share of the question's words that the sentence and what surrounds it hold.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot import linking, terms
from ingest import Article, Span, sentences

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Embed = Callable[[list[str]], Vectors]

COVERAGE_WEIGHT = 0.5
CONTEXT_SHARE = 0.4
MAX_VECTORS = 2_000
_TITLE_SHARE, _NEIGHBOUR_SHARE = 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, table row, list item or heading: text[start:end] of its article."""

    article_id: str
    start: int
    end: int
    text: str
    kind: str
    stems: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one article, and three vectors a line (alone, with title, with neighbours)."""

    lines: tuple[Line, ...]
    vectors: tuple[Vectors, Vectors, Vectors] | None


@dataclass(frozen=True, slots=True)
class Found:
    """A line and its score; `coverage` is the share of the question's words that it holds."""

    line: Line
    score: float
    cosine: float
    coverage: float


class Pages:
    """Reads articles into pages, each article once (by its hash), and scores their lines."""

    def __init__(self, embed: Embed | None = None, max_kept: int = 400) -> None:
        self._embed = embed
        self._kept: dict[str, Page] = {}
        self._vectors: dict[str, Vectors] = {}
        self._max_kept = max_kept

    def page(self, article: Article) -> Page:
        if article.sha256 not in self._kept:
            if len(self._kept) >= self._max_kept:
                self._kept.pop(next(iter(self._kept)))
            self._kept[article.sha256] = self._read(article)
        return self._kept[article.sha256]

    def _read(self, article: Article) -> Page:
        lines = _lines(article, sentences.find(article))
        if self._embed is None or not lines:
            return Page(lines, None)
        title = article.title or article.id
        own = np.asarray(self._embed([title, *(line.text for line in lines)]))
        return Page(lines, _mixed(own[1:], own[0]))

    def after(self, line: Line, articles: Mapping[str, Article]) -> Line | None:
        """The line that follows, headings passed over."""
        lines = self.page(articles[line.article_id]).lines
        later = (other for other in lines if other.start > line.start and other.kind != "heading")
        return next(later, None)

    def rank(self, text: str, articles: Mapping[str, Article]) -> list[Found]:
        """Every line of the articles, the best first."""
        pages = [self.page(a) for a in articles.values()]
        lines = [line for page in pages for line in page.lines]
        cosines = self.cosines(text, articles)
        coverages = _coverages(terms.stems(linking.spoken(text)), lines)
        found = [
            Found(line, cosine + COVERAGE_WEIGHT * coverage, cosine, coverage)
            for line, cosine, coverage in zip(lines, cosines, coverages, strict=True)
        ]
        return sorted(found, key=lambda f: -f.score)

    def _vector(self, text: str) -> Vectors:
        """The vector of a question or a phrase; the names of identities come again and again."""
        assert self._embed is not None
        if text not in self._vectors:
            if len(self._vectors) >= MAX_VECTORS:
                self._vectors.pop(next(iter(self._vectors)))
            self._vectors[text] = np.asarray(self._embed([text]))[0]
        return self._vectors[text]

    def cosines(self, text: str, articles: Mapping[str, Article]) -> list[float]:
        """The mean cosine of a text with each line, in the order of the articles."""
        pages = [self.page(a) for a in articles.values()]
        n = sum(len(page.lines) for page in pages)
        if self._embed is None or n == 0:
            return [0.4] * n
        vector = self._vector(text)
        means = [
            sum(v @ vector for v in page.vectors) / 3 for page in pages if page.vectors is not None
        ]
        return [float(x) for x in np.concatenate(means)]


def _mixed(own: Vectors, title: Vectors) -> tuple[Vectors, Vectors, Vectors]:
    around = np.zeros_like(own)
    around[1:] += own[:-1]
    around[:-1] += own[1:]
    return own, _unit(own + _TITLE_SHARE * title), _unit(own + _NEIGHBOUR_SHARE * around)


def _unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def _lines(article: Article, spans: Sequence[Span]) -> tuple[Line, ...]:
    texts = [article.text[s.start : s.end] for s in spans]
    title = frozenset(terms.stems(article.title or ""))
    found, heading, i = [], frozenset[str](), 0
    for n, (span, text) in enumerate(zip(spans, texts, strict=True)):
        while i + 1 < len(article.blocks) and article.blocks[i].end <= span.start:
            i += 1
        kind = article.blocks[i].kind if article.blocks else "paragraph"
        if kind == "heading":
            heading = frozenset(terms.stems(text))
        near = terms.stem_set([*texts[max(0, n - 1) : n], *texts[n + 1 : n + 2]])
        stems = frozenset(terms.stems(text))
        found.append(
            Line(article.id, span.start, span.end, text, kind, stems, near | title | heading)
        )
    return tuple(found)


def _coverages(asked: Sequence[str], lines: Sequence[Line]) -> list[float]:
    """The weighted share of the asked stems that each line holds, itself or around it."""
    counts = Counter(s for line in lines for s in line.stems)
    n = len(lines)
    weight = {s: math.log(1 + (n - counts[s] + 0.5) / (counts[s] + 0.5)) for s in set(asked)}
    total = sum(weight.values()) or 1.0
    likes = {s: _likes(s, counts) for s in weight}
    return [sum(w * _held(likes[s], line) for s, w in weight.items()) / total for line in lines]


def _likes(stem: str, vocabulary: Mapping[str, int]) -> dict[str, float]:
    """Stems of the articles that may stand for a stem of the question, and how well."""
    if stem in vocabulary:
        return {stem: 1.0} | {
            other: linking.SYNONYM * 0.8 for other in linking.synonyms(stem) if other in vocabulary
        }
    found = {other: linking.same(stem, other) for other in vocabulary}
    return {other: likeness * 0.9 for other, likeness in found.items() if likeness}


def _held(likes: Mapping[str, float], line: Line) -> float:
    own = max((v for s, v in likes.items() if s in line.stems), default=0.0)
    if own == 1.0:
        return own
    return max(
        own, CONTEXT_SHARE * max((v for s, v in likes.items() if s in line.around), default=0)
    )
