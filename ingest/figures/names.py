"""Names: which words of an article that are written with a capital name somebody or some place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest import data, numerals, periods
from ingest.articles import Article

_LOWER = re.compile(r"(?<![\w'’])[a-z]{3,}")
_AMID = re.compile(r"(?<=[a-z0-9,;%] )[A-Z][^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?:][\"”’]? |\n[#*\s-]*)([A-Z][^\W\d_]+)")
_MIN_CHARS = 1000
"""Of a shorter text it cannot be said that a name would stand amid a sentence too."""


@dataclass(frozen=True, slots=True)
class Names:
    """What an article tells of its words, lower case.

    common: written in lower case somewhere; attested: with a capital amid a sentence, or at the
    head of several and never in lower case; None where the article is too short to tell
    """

    common: frozenset[str] = frozenset()
    attested: frozenset[str] | None = None

    def are_ordinary(self, low: str) -> bool:
        """Whether a word that opens a sentence is one by all that the article tells."""
        if low in self.common or low in _ordinary() or is_calendar(low) or len(low) < 2:
            return True
        return self.attested is not None and low.partition("'")[0] not in self.attested

    def tell(self, name: str | None) -> bool:
        """Whether the name in a title or heading is one: several capitals, or told in the text."""
        words = [word.lower() for word in (name or "").replace("’", "'").split()]
        if not words or words[0] in _ordinary() or is_calendar(words[0]) or words[0] == "by":
            return False
        several = len(words) > 1 and not all(word in self.common for word in words)
        return several or not self.are_ordinary(words[0])


def of(article: Article) -> Names:
    """What the body of an article tells: titles are often written in capitals throughout."""
    common = frozenset(_LOWER.findall(article.text))
    body = "\n".join(
        article.text[b.start : b.end] for b in article.blocks if b.kind in ("paragraph", "list")
    )
    if len(body) < _MIN_CHARS:
        return Names(common)
    amid = {word.lower() for word in _AMID.findall(body)}
    opening = [word.lower() for word in _OPENING.findall(body)]
    often = {word for word in set(opening) if opening.count(word) > 2} if len(opening) < 500 else ()
    return Names(common, frozenset(amid | (set(often) - common)))


@cache
def _ordinary() -> frozenset[str]:
    """Words that open sentences and titles as ordinary ones, whatever the article tells."""
    stops = data.load("grammar")["stops"]
    closed = {word for name in stops for word in stops[name]}
    listed = str(data.load("common")["words"]).split()
    return frozenset({*listed, *closed, *numerals.words().starters, *_plain()})


@cache
def _plain() -> frozenset[str]:
    return frozenset(data.load("grammar")["plain"]["words"])


@cache
def _days() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["days"].split())


def is_calendar(low: str) -> bool:
    """Whether a word names a month or a day of the week."""
    return low in _days() or (periods.is_month(low) and low not in ("may", "mar", "jun"))


@cache
def _roles() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["roles"].split())


def is_role(low: str) -> bool:
    """Whether a word before a name makes it a person's: "Chairman", "Dr"."""
    return low in _roles()
