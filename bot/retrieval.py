"""Retrieval: the passages that may hold the answer, with their figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from bot.language import terms
from bot.questions import Query
from ingest import Article, Figure, Passage, Span

if TYPE_CHECKING:
    from ingest.index import Index, Ranked

DEFAULT_K = 8
MAX_SEARCHES = 6
# Sentences that tell in what words the articles speak of what is asked.
MAX_SAID = 60
PERIOD_BONUS = 0.03
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and its score; higher is better, 1.0 is about the best there can be."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence or table row of a hit's passage, scored against the question."""

    article_id: str
    span: Span
    score: float


@dataclass(frozen=True)
class Evidence:
    """What retrieval found for one query, best first.

    articles: every article that a hit comes from, by id
    sentences: the sentences of the hits' passages, best first, no sentence twice
    figures: the figures of those articles (not only of the passages), in article order
    copies: for each of those articles that has near-duplicates, their ids
    """

    hits: tuple[Hit, ...]
    articles: Mapping[str, Article] = field(default_factory=dict)
    sentences: tuple[ScoredSentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self) -> list[str]:
        """The texts of the best sentences, the best first, and then the articles' titles."""
        best = self.sentences[:MAX_SAID]
        said = [self.articles[s.article_id].text[s.span.start : s.span.end] for s in best]
        return [*said, *(article.title for article in self.articles.values())]

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word of these, as it is written."""
        return frozenset(m.group() for text in self.words() for m in terms.words(text))

    def within(self, ids: Collection[str]) -> Evidence:
        """What stands in some of the articles."""
        return replace(
            self,
            hits=tuple(hit for hit in self.hits if hit.passage.article_id in ids),
            articles={id: article for id, article in self.articles.items() if id in ids},
            sentences=tuple(s for s in self.sentences if s.article_id in ids),
            figures=tuple(figure for figure in self.figures if figure.article_id in ids),
            copies={id: others for id, others in self.copies.items() if id in ids},
        )


def retrieve(
    query: Query, index: Index, *, k: int = DEFAULT_K, article: str | Sequence[str] | None = None
) -> Evidence:
    """The passages that may hold the answer, best first, with their articles and figures.

    `article` keeps to these articles. Each part of a question and each side of a comparison gets
    passages of its own; a passage that says what a copy of its article says already is left out.
    """
    lists = [_ranked(index, text, k, article, query.periods) for text in _texts(query)]
    found = _merged(lists, k)
    names = list(dict.fromkeys(ranked.passage.article_id for ranked in found))
    copies = {name: others for name in names if (others := index.copies(name))}
    return Evidence(
        hits=tuple(Hit(ranked.passage, ranked.score) for ranked in found),
        articles={name: index.article(name) for name in names},
        sentences=_sentences(found),
        figures=tuple(figure for name in names for figure in index.figures(name)),
        copies=copies,
    )


def _texts(query: Query) -> list[str]:
    """What to search for: the question, its parts, and each side of a comparison."""
    parts = [part.text for part in query.subquestions]
    measure = " ".join(query.measures)
    sides = query.entities if len(query.entities) > 1 else ()
    times = query.periods if len(query.periods) > 1 else ()
    sought = [f"{measure} {side}".strip() for side in (*sides, *times)]
    return list(dict.fromkeys([query.text, *parts, *sought]))[:MAX_SEARCHES]


def _ranked(
    index: Index, text: str, k: int, article: str | Sequence[str] | None, periods: Sequence[str]
) -> list[Ranked]:
    """The k best for one text: those of the asked periods first among equals, copies once."""
    found = index.rank(text, 2 * k, article)
    if periods:
        weighed = [replace(r, score=r.score + _bonus(index, r.passage, periods)) for r in found]
        found = sorted(weighed, key=lambda ranked: -ranked.score)
    return list(_once(index, found))[:k]


def _bonus(index: Index, passage: Passage, periods: Sequence[str]) -> float:
    """What a passage gains whose words, heading or article's date name an asked period."""
    article = index.article(passage.article_id)
    body = article.text[passage.start : passage.end]
    said = f"{article.title} {passage.heading} {body} {article.published or ''}"
    years = {match for period in periods for match in _YEAR.findall(period)}
    return PERIOD_BONUS if any(year in said for year in years) else 0.0


def _once(index: Index, found: Sequence[Ranked]) -> Iterator[Ranked]:
    """Leave out passages of which a copy of the article, ranked before, says the same."""
    taken: dict[str, set[str]] = {}
    for ranked in found:
        name = ranked.passage.article_id
        copies = index.copies(name)
        if not copies:
            yield ranked
            continue
        text = index.article(name).text
        said = {" ".join(text[s.start : s.end].split()) for s, _ in ranked.sentences}
        if not any(said <= taken.get(other, set()) for other in copies):
            taken.setdefault(name, set()).update(said)
            yield ranked


def _merged(lists: Sequence[Sequence[Ranked]], k: int) -> list[Ranked]:
    """One list out of several: each list's best first, no passage twice, k in all."""
    best: dict[Passage, Ranked] = {}
    order: list[Passage] = []
    for rank in range(max(map(len, lists), default=0)):
        for found in (ranked[rank] for ranked in lists if rank < len(ranked)):
            if found.passage not in best:
                order.append(found.passage)
            if found.passage not in best or best[found.passage].score < found.score:
                best[found.passage] = found
    return sorted((best[passage] for passage in order[:k]), key=lambda found: -found.score)


def _sentences(found: Sequence[Ranked]) -> tuple[ScoredSentence, ...]:
    scores: dict[tuple[str, Span], float] = {}
    for ranked in found:
        for span, score in ranked.sentences:
            key = (ranked.passage.article_id, span)
            scores[key] = max(score, scores.get(key, -1.0))
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return tuple(ScoredSentence(name, span, score) for (name, span), score in ordered)


class Retriever(BaseRetriever):
    """The index as a LangChain retriever: documents with their place in the article as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    k: int = DEFAULT_K
    article: str | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.index.search(query, self.k, self.article)
        return [self._document(passage, score) for passage, score in found]

    def _document(self, passage: Passage, score: float) -> Document:
        article = self.index.article(passage.article_id)
        return Document(
            page_content=article.text[passage.start : passage.end],
            metadata={
                "article": article.id,
                "title": article.title,
                "start": passage.start,
                "end": passage.end,
                "heading": passage.heading,
                "published": article.published,
                "score": score,
            },
        )
