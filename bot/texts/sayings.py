"""Sayings: what several tell of one thing, each quoted with who tells it.

"Piet Vanderloo: He expects sales of 620 million euros. [2][3]": where a sentence says "he" or "we",
who is meant is told from the sentence before or by the head of the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.evidence.mouths import Telling
from bot.texts import phrasing
from bot.texts.composition import Composer
from ingest import Article, periods, sentences

_PRONOUN = re.compile(
    r'["“*\s]*(?:(?:[\w ,]{0,25}\b)?(?:he|she|they)\b|his\b|her\b|their\b)', re.IGNORECASE
)
_NAME = re.compile(
    r"\b(?:Dr |Ms |Mr |Mrs |Professor )?[A-Z][\w’'-]+(?: (?:de |van |of |& )?[A-Z][\w’'-]+)+"
)
# A subject is named in so many sentences before.
N_BEFORE = 2


def say(told: Sequence[Telling], articles: Mapping[str, Article], composer: Composer) -> None:
    """Quote each sentence once, with the name of who tells it where it says "he" or "she", and what
    the articles are and when they were published."""
    places = dict.fromkeys(t.figure.sentence_place for t in told)
    for id, start in places:
        own = [t for t in told if t.figure.sentence_place == (id, start)]
        for t in own:
            composer.name(t.figure)
        _quote(articles[id], own[0], composer)
    if len({id for id, _ in places}) > 1:
        composer.note = _note([articles[id] for id in dict.fromkeys(id for id, _ in places)])


def _quote(article: Article, telling: Telling, composer: Composer) -> None:
    start, end = telling.figure.sentence.start, telling.figure.sentence.end
    text = phrasing.quoted(article, start, end)
    mark = composer.cite(article.id, start, end)
    named = _named_before(article, start) if _PRONOUN.match(text) else None
    if named:
        name, (first, last) = named
        text, mark = f"{name}: {text}", f"{mark}{composer.cite(article.id, first, last)}"
    composer.say(f"{text} {mark}", "quoted")


def _named_before(article: Article, start: int) -> tuple[str, tuple[int, int]] | None:
    """The name of who "he" or "she" is, with the sentence that tells it."""
    paragraph = max(article.text.rfind("\n\n", 0, start), 0)
    spans = [s for s in sentences.find(article) if paragraph <= s.start < s.end <= start]
    for span in reversed(spans[-N_BEFORE:]):
        found = _NAME.search(article.text, span.start, span.end)
        if found:
            return found[0], (span.start, span.end)
    return None


def _note(articles: Sequence[Article]) -> str:
    told = []
    for article in articles:
        name = article.source or article.title
        told.append(
            f"{name} ({periods.describe(article.published)})" if article.published else name
        )
    return f"Told by different articles: {'; '.join(told)}."
