"""Gathering: one evidence out of several searches for the same question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.questions import Query
from bot.retrieval import Evidence, Hit

MAX_SEARCHES = 6
MAX_HITS = 12
_RANK_OFFSET = 60  # of reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009)


def searches(query: Query, phrases: Sequence[str] = ()) -> list[Query]:
    """What to search for: the question, and other ways to say what is sought, each once."""
    plain = replace(query, subquestions=(), entities=(), periods=())
    found = {query.text.casefold(): query}
    for text in phrases:
        found.setdefault(text.casefold(), replace(plain, text=text))
    return list(found.values())[:MAX_SEARCHES]


def merged(found: Sequence[Evidence], k: int = MAX_HITS) -> Evidence:
    """The k best hits of all, those that several searches rank high first, each passage once."""
    if len(found) == 1:
        return found[0]
    points: dict[tuple[str, int, int], float] = {}
    best: dict[tuple[str, int, int], Hit] = {}
    for evidence in found:
        for rank, hit in enumerate(evidence.hits, start=1):
            key = (hit.passage.article_id, hit.passage.start, hit.passage.end)
            points[key] = points.get(key, 0.0) + 1 / (_RANK_OFFSET + rank)
            if key not in best or best[key].score < hit.score:
                best[key] = hit
    ordered = sorted(points, key=lambda key: -points[key])[:k]
    return _with_what_they_hold(tuple(best[key] for key in ordered), found)


def joined(evidence: Evidence, others: Sequence[Evidence]) -> Evidence:
    """All that was found, the first evidence before the others."""
    found = [evidence, *others]
    return Evidence(
        hits=tuple(hit for one in found for hit in one.hits),
        articles={id: article for one in found for id, article in one.articles.items()},
        sentences=tuple(sentence for one in found for sentence in one.sentences),
        figures=tuple(figure for one in found for figure in one.figures),
        copies={id: copies for one in found for id, copies in one.copies.items()},
    )


def _with_what_they_hold(hits: tuple[Hit, ...], found: Sequence[Evidence]) -> Evidence:
    kept = {hit.passage.article_id for hit in hits}
    articles = {id: a for evidence in found for id, a in evidence.articles.items() if id in kept}
    sentences = {
        (sentence.article_id, sentence.span): sentence
        for evidence in found
        for sentence in sorted(evidence.sentences, key=lambda sentence: sentence.score)
        if sentence.article_id in kept
    }
    figures = {
        (figure.article_id, figure.start, figure.end): figure
        for evidence in found
        for figure in evidence.figures
        if figure.article_id in kept
    }
    order = {id: place for place, id in enumerate(articles)}
    return Evidence(
        hits=hits,
        articles=articles,
        sentences=tuple(sorted(sentences.values(), key=lambda sentence: -sentence.score)),
        figures=tuple(sorted(figures.values(), key=lambda f: (order[f.article_id], f.start))),
        copies={id: c for evidence in found for id, c in evidence.copies.items() if id in kept},
    )
