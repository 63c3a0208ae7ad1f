"""Narrowing: of the passages that a wide search found, those whose lines go best with the question.

The search knows each passage by one vector; the matcher (`bot.tagging.matching`) sets every word
piece of the question against those of each line. As it reads windows of articles, not passages, it
comes second: what it is shown, the search has chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.retrieval import Evidence, Hit, ScoredSentence
from bot.tagging.matching import Asked, Key, Matcher
from bot.tagging.windows import Window
from ingest import Span

# Passages that a search finds, that several find, and that stay.
WIDE, MOST, N_HITS = 24, 36, 8

Lines = Callable[[str], Sequence[Span]]


def narrowed(
    evidence: Evidence, matcher: Matcher, asked: Sequence[Asked], lines: Lines
) -> Evidence:
    """The evidence with the best passages for each of these questions, and their sentences.

    lines: the sentences of an article, by its id
    """
    if not evidence.hits:
        return evidence
    sheets = matcher.sheets(_windows(evidence, matcher, lines))
    found = [matcher.matches(one, sheets) for one in asked]
    orders = [sorted(evidence.hits, key=lambda hit: -_best(hit, one)) for one in found]
    hits = list(dict.fromkeys(_in_turn(orders)))[:N_HITS]
    top = {key: max(one[key] for one in found) for key in found[0]}
    return _of(hits, evidence, top)


def _windows(
    evidence: Evidence, matcher: Matcher, lines: Lines
) -> Mapping[tuple[str, int], Window]:
    """The windows of which a hit's passage holds a part."""
    found: dict[tuple[str, int], Window] = {}
    for hit in evidence.hits:
        passage = hit.passage
        article = evidence.articles[passage.article_id]
        spans = [(span.start, span.end) for span in lines(article.id)]
        for i, window in enumerate(matcher.cut(article, spans)):
            if window.start < passage.end and window.end > passage.start:
                found[article.sha256, i] = window
    return found


def _best(hit: Hit, matches: Mapping[Key, float]) -> float:
    """The match of the best line of a passage."""
    passage = hit.passage
    own = (
        match
        for (article, start), match in matches.items()
        if article == passage.article_id and passage.start <= start < passage.end
    )
    return max(own, default=0.0)


def _in_turn(orders: Sequence[Sequence[Hit]]) -> Iterator[Hit]:
    """The best of each, then the second best of each, and so on."""
    return (hit for rank in zip_longest(*orders) for hit in rank if hit is not None)


def _of(hits: Sequence[Hit], evidence: Evidence, matches: Mapping[Key, float]) -> Evidence:
    """What these passages hold, the sentences that match best first."""
    names = dict.fromkeys(hit.passage.article_id for hit in hits)
    kept = [
        replace(s, score=matches[s.article_id, s.span.start])
        for s in evidence.sentences
        if (s.article_id, s.span.start) in matches and any(_holds(hit, s) for hit in hits)
    ]
    return replace(
        evidence,
        hits=tuple(hits),
        articles={name: evidence.articles[name] for name in names},
        sentences=tuple(sorted(kept, key=lambda sentence: -sentence.score)),
        figures=tuple(f for f in evidence.figures if f.article_id in names),
        copies={id: others for id, others in evidence.copies.items() if id in names},
    )


def _holds(hit: Hit, sentence: ScoredSentence) -> bool:
    passage = hit.passage
    return (
        passage.article_id == sentence.article_id
        and passage.start <= sentence.span.start < passage.end
    )
