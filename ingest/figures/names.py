"""Names: which words of an article that are written with a capital name somebody or some place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from ingest import data, numerals, periods, units
from ingest.articles import Article

# Each begins with its letter, and looks back from there: that is found fastest.
_LOWER = re.compile(r"[a-z](?<![\w'’][a-z])[a-z]{2,}")
_AMID = re.compile(r"[A-Z](?<=[a-z0-9,;%] [A-Z])[^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?:][\"”’]? |\n[#*\s-]*)([A-Z][^\W\d_]+)")
_MIN_CHARS = 1000
"""Of a shorter text it cannot be said that a name would stand amid a sentence too."""


@dataclass(frozen=True, slots=True)
class Names:
    """What an article tells of its words, lower case.

    common: written in lower case somewhere; attested: with a capital amid a sentence, or at the
    head of several and never in lower case; None where the article is too short to tell
    persons: names of people, who measure nothing
    """

    common: frozenset[str] = frozenset()
    attested: frozenset[str] | None = None
    persons: frozenset[str] = frozenset()

    def is_demonym(self, low: str) -> bool:
        """Whether a word with a capital says of what country something is, not whose."""
        return low in _demonyms() or any(
            low.endswith(ending) and len(low) - len(ending) > 3 and self._tell(low, ending)
            for ending in _OF_PLACES
        )

    def _tell(self, low: str, ending: str) -> bool:
        return self.attested is not None and low.removesuffix(ending) in self.attested

    def are_ordinary(self, low: str) -> bool:
        """Whether a word that opens a sentence is one by all that the article tells."""
        if low in self.common or low in _ordinary() or is_calendar(low) or len(low) < 2:
            return True
        if low in _places():
            return False
        if self.attested is not None:
            return low.partition("'")[0] not in self.attested
        return not low.endswith("'s") and is_listed(low)

    def may_own(self, word: str) -> bool:
        """Whether a word that ends on an "s" is a name whose apostrophe was left out: "ChinaS"."""
        low, name = word.lower(), word[:-1]
        if low in _places() or not name[1:].islower():
            return False
        told = self.attested is not None and low[:-1] in self.attested
        return low[:-1] in _places() or (told and word[-1] == "S")

    def may_be_subject(self, word: str) -> bool:
        """Whether a word with a capital may be part of what an article is about."""
        low = word.lower()
        ordinary = low in self.common or low in self.persons or names_nobody(low)
        if len(word) < 3 or ordinary or units.named_as(word) is not None:
            return False
        told = self.attested is not None and low in self.attested
        return not self.is_demonym(low) and (told or not is_listed(low))

    def tell(self, name: str | None) -> bool:
        """Whether the name in a title or heading is one: several capitals, or told in the text."""
        words = [word.lower() for word in (name or "").replace("’", "'").split()]
        if len(words) == 1 and self.is_demonym(words[0]):
            return False
        if not words or words[0] in _ordinary() or is_calendar(words[0]) or words[0] == "by":
            return False
        several = len(words) > 1 and not all(word in self.common for word in words)
        return several or not self.are_ordinary(words[0])

    def tell_titled(self, name: str | None) -> bool:
        """Whether a name of the title is one, told in the text or a word that is nothing else."""
        low = (name or "").lower()
        alone = low.isalpha() and low not in self.common and not names_nobody(low)
        return self.tell(name) or (alone and not self.is_demonym(low) and not is_listed(low))


def of(article: Article) -> Names:
    """What the body of an article tells: titles are often written in capitals throughout."""
    common = frozenset(_LOWER.findall(article.text))
    persons = _persons(article.text)
    body = "\n".join(
        article.text[b.start : b.end] for b in article.blocks if b.kind in ("paragraph", "list")
    )
    common |= _abbreviated(body)
    if len(body) < _MIN_CHARS:
        return Names(common, persons=persons)
    amid = {word.lower() for word in _AMID.findall(body)}
    opening = Counter(word.lower() for word in _OPENING.findall(body))
    often = {word for word, count in opening.items() if count > 2 and word not in common}
    if opening.total() >= 500:
        often = set()
    return Names(common, frozenset(amid | often), persons)


def _abbreviated(text: str) -> frozenset[str]:
    """Abbreviations of ordinary words: the "LNG" of "liquefied natural gas (LNG)"."""
    return frozenset(short.lower() for short in _SHORT.findall(text))


_SHORT = re.compile(r"[A-Z](?<=[a-z] \([A-Z])[A-Z&]{1,5}(?=s?[):,;])")


def _persons(text: str) -> frozenset[str]:
    """The words of names behind a role or before an age: "Mr Brandt", "Ana Solberg, 51,"."""
    found: set[str] = set()
    end = 0
    for role in _BEFORE_NAME.finditer(text):
        if role.start() < end or role[1] not in _titles():
            continue
        name = _NAME.match(text, role.end())
        if name is not None:
            found.update(name.group().lower().split()[-2:])
            end = name.end()
    for aged in _AGE.finditer(text):
        name = _AGED.search(text[max(0, aged.start() - _NAME_CHARS) : aged.start()])
        if name is not None:
            found.update(name.group().lower().split()[-2:])
    return frozenset(found - _LINKS)


@cache
def _titles() -> frozenset[str]:
    titles = _roles() - _OF_FIRMS
    short = {title.upper() for title in titles if len(title) == 3}
    return titles | short | {title.capitalize() for title in titles}


_AGE = re.compile(r", \d\d,")
_AGED = re.compile(r"(?:[A-Z][\w'’-]+ ){0,2}[A-Z][\w'’-]+$")
_NAME_CHARS = 60
_BEFORE_NAME = re.compile(r"\b(\w++)\.? (?=[A-Z])")
_NAME = re.compile(
    r"[A-Z][\w'’-]+(?: (?:van|von|de|del|der|den|di|el|al|bin|[A-Z][\w'’-]+)){0,3}(?<!['’]s)"
)


_OF_FIRMS = frozenset({"broker", "brokerage", "chair", "chief", "old", "economist"})
_LINKS = frozenset("van von de del der den di el al bin".split())
_OF_PLACES = ("n", "an", "ian", "in", "ish", "ese", "i", "er")


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["demonyms"].split())


@cache
def _places() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["countries"].split())


def are_capital(name: str) -> bool:
    """Whether all words of a title are written with a capital, the small ones apart."""
    words = name.split()
    small = (not word[:1].islower() or is_closed(word.lower()) for word in words)
    opens = words[:1] and (not is_closed(words[0].lower()) or words[0] in ("The", "A", "An"))
    return bool(opens) and all(small)


def is_closed(low: str) -> bool:
    """Whether a word is one of grammar: "why", "the", "is"."""
    return low in _closed()


@cache
def _closed() -> frozenset[str]:
    stops = data.load("grammar")["stops"]
    return frozenset(word for name in stops for word in stops[name])


@cache
def _ordinary() -> frozenset[str]:
    """Words that open sentences and titles as ordinary ones, whatever the article tells."""
    listed = str(data.load("common")["words"]).split()
    return frozenset({*listed, *_closed(), *numerals.words().starters, *_plain()})


def is_listed(low: str) -> bool:
    """Whether a word, or what it is the plural of, stands in the list of ordinary ones."""
    return low in _listed() or (low.endswith("s") and units.singular(low) in _listed())


@cache
def _listed() -> frozenset[str]:
    return frozenset(data.load("ordinary")["words"].split())


@cache
def _plain() -> frozenset[str]:
    return frozenset(data.load("grammar")["plain"]["words"])


def names_nobody(low: str) -> bool:
    """Whether a word is an ordinary one, a month, a day or a role."""
    return low in _ordinary() or is_calendar(low) or is_role(low)


@cache
def _days() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["days"].split())


def is_calendar(low: str) -> bool:
    """Whether a word names a month or a day of the week."""
    day = low in _days() or low.removesuffix("s") in _days()
    return day or (periods.is_month(low) and low not in ("may", "mar", "jun"))


@cache
def _roles() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["roles"].split())


def is_role(low: str) -> bool:
    """Whether a word before a name makes it a person's: "Chairman", "Dr"."""
    return low in _roles()
