"""Retrieval: the passages that may hold the answer, with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest import Article, Figure, Passage, Span


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
