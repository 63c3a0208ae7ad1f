"""Balances: figures that tell what was gained or lost: a profit, a surplus, a loss, a deficit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.evidence.linking import Card
from ingest import Article, units

_GAINED = r"profits?|surplus(?:es)?|earn(?:ed|s|ings)|net income|in the black"
_LOST = r"loss(?:es)?|lost|deficits?|shortfall|in the red"
_WORDS = re.compile(rf"\b(?:(?P<gained>{_GAINED})|(?P<lost>{_LOST}))\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:operating|gross|trading|margin|ebitda?)\b", re.IGNORECASE)
# So far before a figure what it tells may stand, in the sentence before too.
REACH = 90


# What such figures are looked for by.
NAMES = "net profit loss surplus deficit result"


def is_one(card: Card, articles: Mapping[str, Article]) -> bool:
    """Whether a figure is money that is a result: no operating profit."""
    if not units.is_money(card.figure.unit) or not sign(card, articles):
        return False
    at = card.figure.start - card.figure.sentence.start
    own = card.sentence[max(0, at - REACH) : at]
    clause = re.split(r"[.;]", own)[-1]
    told = f"{card.figure.measure or ''} {clause[-45:]}"
    return not _OTHER.search(told)


def sign(card: Card, articles: Mapping[str, Article]) -> int:
    """1 for what was gained, -1 for what was lost, 0 where neither is told: by the last such word
    before the figure, else by the first after it."""
    found = _found(card, articles)
    return 0 if found is None else 1 if found["gained"] else -1


def word(card: Card, articles: Mapping[str, Article]) -> str | None:
    """The noun that tells what was gained or lost; None where a verb does."""
    found = _found(card, articles)
    return found.group().lower() if found and found.group().lower() in _NOUNS else None


_NOUNS = frozenset(["profit", "surplus", "loss", "deficit", "shortfall", "net income"])


def _found(card: Card, articles: Mapping[str, Article]) -> re.Match[str] | None:
    figure = card.figure
    text = articles[figure.article_id].text
    before = [*_WORDS.finditer(text[max(0, figure.start - REACH) : figure.start])]
    after = _WORDS.search(text[figure.end : figure.sentence.end])
    own = [*_WORDS.finditer(figure.measure or "")]
    return (own or before)[-1] if own or before else after
