"""Pages: the sentences of the evidence's articles, scored against a question.

The score is the mean cosine of the question with the sentence alone, with its title and with its
neighbours, plus the share of the question's words that the sentence and what surrounds it hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from bot.evidence import linking
from bot.language import terms
from ingest import Article, Span, sentences

Vectors = np.ndarray[Any, np.dtype[np.float32]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
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


Places = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Page:
    """The lines of one article, and for each the mean of three vectors of unit length.

    The three are of the line alone, with its title and with its neighbours: a cosine with their
    mean is the mean of the cosines.
    """

    lines: tuple[Line, ...]
    vectors: Vectors | None

    @cached_property
    def held(self) -> Places:
        """The lines that hold each stem."""
        return _places(line.stems for line in self.lines)

    @cached_property
    def around(self) -> Places:
        """The lines around which each stem stands."""
        return _places(line.around for line in self.lines)


def _places(stems: Iterable[frozenset[str]]) -> Places:
    found: dict[str, list[int]] = {}
    for i, own in enumerate(stems):
        for stem in own:
            found.setdefault(stem, []).append(i)
    return found


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
        self._kept: dict[tuple[str, str], Page] = {}
        self._vectors: dict[str, Vectors] = {}
        self._max_kept = max_kept

    def page(self, article: Article) -> Page:
        key = (article.id, article.sha256)
        if key not in self._kept:
            if len(self._kept) >= self._max_kept:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._read(article)
        return self._kept[key]

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
        coverages = _coverages(terms.stems(linking.spoken(text)), pages)
        found = [
            Found(line, cosine + COVERAGE_WEIGHT * coverage, cosine, coverage)
            for line, cosine, coverage in zip(lines, cosines, coverages.tolist(), strict=True)
        ]
        return sorted(found, key=lambda f: -f.score)

    def rarity(self, text: str, articles: Mapping[str, Article]) -> dict[str, float]:
        """How rare each stem of a text is among the articles' lines."""
        pages = [self.page(article) for article in articles.values()]
        n = sum(len(page.lines) for page in pages)
        return {stem: _weight(stem, pages, n) for stem in dict.fromkeys(terms.stems(text))}

    def shares(self, text: str, articles: Mapping[str, Article]) -> dict[str, float]:
        """Of a text's words, rare ones counting more, how much each article holds, title too."""
        pages = {id: self.page(article) for id, article in articles.items()}
        every = list(pages.values())
        n = sum(len(page.lines) for page in every)
        weights = {stem: _weight(stem, every, n) for stem in terms.stems(linking.spoken(text))}
        whole = sum(weights.values()) or 1.0
        return {
            id: sum(w for stem, w in weights.items() if stem in page.held or stem in page.around)
            / whole
            for id, page in pages.items()
        }

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
        means = [page.vectors @ vector for page in pages if page.vectors is not None]
        return [float(x) for x in np.concatenate(means)]


def _mixed(own: Vectors, title: Vectors) -> Vectors:
    """Of each line the mean of itself, it with the title, and it with its neighbours."""
    around = np.zeros_like(own)
    around[1:] += own[:-1]
    around[:-1] += own[1:]
    vectors = own + _unit(own + _TITLE_SHARE * title) + _unit(own + _NEIGHBOUR_SHARE * around)
    means: Vectors = (vectors / 3).astype(np.float32)
    return means


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


def _coverages(asked: Sequence[str], pages: Sequence[Page]) -> Floats:
    """The weighted share of the asked stems that each line holds, itself or around it."""
    n = sum(len(page.lines) for page in pages)
    weights = {stem: _weight(stem, pages, n) for stem in dict.fromkeys(asked)}
    found = np.zeros(n)
    for stem, weight in weights.items():
        found += weight * _held(_likes(stem, pages), pages, n)
    return found / (sum(weights.values()) or 1.0)


def _weight(stem: str, pages: Sequence[Page], n: int) -> float:
    """How rare a stem is among n lines."""
    count = sum(len(page.held.get(stem, ())) for page in pages)
    return math.log(1 + (n - count + 0.5) / (count + 0.5))


def _likes(stem: str, pages: Sequence[Page]) -> dict[str, float]:
    """Stems of the articles that may stand for a stem of the question, and how well."""
    if any(stem in page.held for page in pages):
        near = [o for o in linking.synonyms(stem) if any(o in page.held for page in pages)]
        return {stem: 1.0} | dict.fromkeys(near, linking.SYNONYM * 0.8)
    found = [linking.likes(stem, page.held) for page in pages]
    return {o: likeness * 0.9 for liked in found for o, likeness in liked.items()}


def _held(likes: Mapping[str, float], pages: Sequence[Page], n: int) -> Floats:
    """How well each of n lines holds one of some stems, or has it around it."""
    own, around = np.zeros(n), np.zeros(n)
    starts = accumulate((len(page.lines) for page in pages), initial=0)
    for start, page in zip(starts, pages, strict=False):
        for stem, likeness in likes.items():
            for found, places in ((own, page.held), (around, page.around)):
                if stem in places:
                    at = np.add(places[stem], start)
                    found[at] = np.maximum(found[at], likeness)
    return np.maximum(own, CONTEXT_SHARE * around)
