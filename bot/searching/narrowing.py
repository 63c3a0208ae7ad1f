"""Narrowing: of the passages that a wide search found, those whose lines go best with the question.

The search knows each passage by one vector; the matcher (`bot.tagging.matching`) sets every word
piece of the question against those of each line. As it reads windows of articles, not passages, it
comes second: what it is shown, the search has chosen, whose own score goes on counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.retrieval import Evidence, Hit
from bot.tagging.matching import Asked, Key, Matcher
from bot.tagging.windows import Window
from ingest import Span

# Passages that a search finds, that several find, and that stay.
WIDE, MOST, N_HITS = 12, 18, 8
# What the search's own score counts beside the match. By matches alone, the more passages are
# found in a large folder, the more often a stranger's line displaces the right one: of 191
# questions over 570 articles all lines to cite stayed for 90% with 24 passages found, for 93% with
# none chosen, and for 95% with 12 and this.
SEARCHED = 0.25

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
    orders = [sorted(evidence.hits, key=lambda hit: -_worth(hit, one)) for one in found]
    hits = list(dict.fromkeys(_in_turn(orders)))[:N_HITS]
    top = {key: max(one[key] for one in found) for key in found[0]}
    return _of(hits, evidence, top)


def _windows(
    evidence: Evidence, matcher: Matcher, lines: Lines
) -> Mapping[tuple[str, int], Window]:
    """The windows of which a hit's passage holds a part."""
    found: dict[tuple[str, int], Window] = {}
    cut = {
        id: matcher.cut(article, [(span.start, span.end) for span in lines(id)])
        for id, article in evidence.articles.items()
    }
    for passage in (hit.passage for hit in evidence.hits):
        sha256 = evidence.articles[passage.article_id].sha256
        for i, window in enumerate(cut[passage.article_id]):
            if window.start < passage.end and window.end > passage.start:
                found[sha256, i] = window
    return found


def _best(hit: Hit, matches: Mapping[Key, float]) -> float:
    """The match of the best line of a passage."""
    return max((match for key, match in matches.items() if _holds(hit, key)), default=0.0)


def _worth(hit: Hit, matches: Mapping[Key, float]) -> float:
    return _best(hit, matches) + SEARCHED * hit.score


def _in_turn(orders: Sequence[Sequence[Hit]]) -> Iterator[Hit]:
    """The best of each, then the second best of each, and so on."""
    return (hit for rank in zip_longest(*orders) for hit in rank if hit is not None)


def _of(hits: Sequence[Hit], evidence: Evidence, matches: Mapping[Key, float]) -> Evidence:
    """What these passages hold, the sentences that match best first."""
    names = dict.fromkeys(hit.passage.article_id for hit in hits)
    keyed = [((s.article_id, s.span.start), s) for s in evidence.sentences]
    kept = [
        replace(s, score=matches[key])
        for key, s in keyed
        if key in matches and any(_holds(hit, key) for hit in hits)
    ]
    return replace(
        evidence.within(names),
        hits=tuple(hits),
        articles={name: evidence.articles[name] for name in names},
        sentences=tuple(sorted(kept, key=lambda sentence: -sentence.score)),
    )


def _holds(hit: Hit, key: Key) -> bool:
    """Whether a line, by article and start, begins in a passage."""
    passage, (article, start) = hit.passage, key
    return passage.article_id == article and passage.start <= start < passage.end
