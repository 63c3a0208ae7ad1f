"""Retrieval: the passages that may hold the answer, with their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from bot.questions import Query
from ingest import Article, Figure, Passage, Span

if TYPE_CHECKING:
    from ingest.index import Index, Ranked

DEFAULT_K = 8


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What retrieval found for one query, best first.

    articles: every article that a hit comes from, by id
    sentences: the sentences of the hits' passages, best first, no sentence twice
    figures: the figures of those articles (not only of the passages), in article order
    """

    hits: tuple[Hit, ...]
    articles: Mapping[str, Article] = field(default_factory=dict)
    sentences: tuple[ScoredSentence, ...] = ()
    figures: tuple[Figure, ...] = ()


def retrieve(
    query: Query, index: Index, *, k: int = DEFAULT_K, article: str | Sequence[str] | None = None
) -> Evidence:
    """The passages that may hold the answer, best first, with their articles and figures.

    `article` keeps to these articles. A question of several parts gets passages for each part.
    """
    found = _merged([index.rank(text, k, article) for text in _texts(query)], k)
    names = list(dict.fromkeys(ranked.passage.article_id for ranked in found))
    return Evidence(
        hits=tuple(Hit(ranked.passage, ranked.score) for ranked in found),
        articles={name: index.article(name) for name in names},
        sentences=_sentences(found),
        figures=tuple(figure for name in names for figure in index.figures(name)),
    )


def _texts(query: Query) -> list[str]:
    return [query.text, *(part.text for part in query.subquestions)]


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
