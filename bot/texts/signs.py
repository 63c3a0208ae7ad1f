"""Signs: what a question takes to have been lost or gained, where the figures tell the other.

"How large was the trade deficit?", where there was a surplus; "How much profit did Harrow make?",
where it lost money. The nouns of either sign are data. Nothing is corrected where any figure of the
articles that are read may be of the sign that is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.questions import Query
from bot.yesno import moves, sides, telling
from ingest import Figure, units
from ingest.figures import lexicon

NO_FACT = frozenset(["forecast", "target", "negated", "hypothetical"])
_ASKED = re.compile(
    r"^(?:so |and |but )?(?:how (?:come|large|big|wide|great|high|deep|heavy|much|many|far)|what"
    r"|by how much|why|when)\b(?P<rest>.+)$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|would|will|could|should|might|not|never|or|expected|forecast|projected|whether|than"
    r"|likely|budgeted|planned|and|share|percentage|ratio|before|without|turn\w*|margin|swing"
    r"|no)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a question takes a balance to be.

    mine, theirs: the nouns of its sign and of the other; alike: verbs and other words that may
    tell its own; kind: the word before the noun that says of what it is: "loan" of "loan losses"
    denied: "There was no trade deficit"
    """

    mine: frozenset[str]
    theirs: frozenset[str]
    alike: frozenset[str]
    kind: frozenset[str]
    denied: str


@lru_cache(maxsize=256)
def read(question: str) -> Signed | None:
    """The sign that a question takes for granted; None where it takes none, or both."""
    flat = question.lower().replace("’", "'").rstrip("?!. ")
    m = _ASKED.match(flat)
    if m is None or _OPEN.search(flat):
        return None
    words, found = re.findall(r"[a-z-]+(?:'s)?", m["rest"]), []
    for one, other in _pairs():
        nouns = [noun for word in words if terms.stem(noun := _noun(word)) in one]
        if nouns:
            found.append(_signed(nouns[0], words, one, other))
    return found[0] if len(found) == 1 else None


def _signed(noun: str, words: Sequence[str], one: frozenset[str], other: frozenset[str]) -> Signed:
    at = next(i for i, word in enumerate(words) if _noun(word) == noun)
    before = words[at - 1] if at else ""
    is_sort = before in _data()["sorts"].split()
    is_kind = not is_sort and not before.endswith("'s") and before not in lexicon.verbs()
    kind = terms.stems_of(before) if is_kind else frozenset[str]()
    alike: dict[str, list[str]] = _data()["alike"]
    called = f"{before} {noun}" if is_sort else noun
    told = terms.stem_set(alike.get(noun, ()))
    return Signed(one, other, told, kind, f"There was no {called}")


def _noun(word: str) -> str:
    """The noun that a word of the question is, or stands for."""
    verbs: dict[str, str] = _data()["verbs"]
    return verbs.get(word) or _nouns().get(terms.stem(word), word)


def is_noun(word: str) -> bool:
    """Whether a word is a balance by its sign, and no move: a shortfall is no fall."""
    return terms.stem(word) in _nouns()


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return {terms.stem(w): w for p in _data()["pairs"] for w in (*p["one"], *p["other"])}


def _data() -> dict[str, Any]:
    return dict(terms.table("signs"))


@lru_cache(maxsize=1)
def _pairs() -> list[tuple[frozenset[str], frozenset[str]]]:
    made = [(terms.stem_set(p["one"]), terms.stem_set(p["other"])) for p in _data()["pairs"]]
    return [*made, *((other, one) for one, other in made)]


def contrary(query: Query, cards: Sequence[Card]) -> Figure | None:
    """The figure of the other sign, where none may be of the one that is asked about."""
    asked = read(query.text)
    if asked is None or any(_may_be(card, asked, query) for card in cards):
        return None
    told = [card.figure for card in cards if _is_other(card, asked, query)]
    return told[0] if told else None


def is_denied(question: str, figures: Sequence[Figure]) -> bool:
    """Whether a figure tells a balance of the other sign than a question takes for granted."""
    asked = read(question)
    stems = (terms.stems_of(figure.measure or "") for figure in figures)
    return asked is not None and any(s & asked.theirs and not s & asked.mine for s in stems)


def _may_be(card: Card, asked: Signed, query: Query) -> bool:
    """Whether a figure may be of the sign that is asked about, unless it is plainly another's."""
    if card.measure & asked.theirs and not card.measure & asked.mine:
        return False
    near, names = frozenset(card.near), terms.stem_set(query.entities)
    if names and card.entity and not names & (card.entity | near):
        return False
    told = asked.mine | asked.alike
    return bool((card.measure | card.unit | near) & told) and _is_then(card, query)


def _is_other(card: Card, asked: Signed, query: Query) -> bool:
    """Whether a figure is just what is asked about, and of the other sign."""
    figure = card.figure
    if not card.measure & asked.theirs or figure.kind == "change" or figure.claim in NO_FACT:
        return False
    if not units.is_money(figure.unit) and not units.is_count(figure.unit):
        return False
    names = terms.stem_set(query.entities)
    held = card.measure | card.entity
    if not _stand(asked.kind - names, card.measure) or _is_past(card, query):
        return False
    if not _stand(names, held | card.title) or not _is_then(card, query):
        return False
    sorts, said = terms.stem_set(_data()["sorts"].split()), terms.stems_of(query.text)
    if said & sorts != card.measure & sorts or not _is_just(card, asked, said):
        return False
    named = said - asked.mine - sorts - linking.generic() - linking.unspecific()
    near = held | card.title | card.above | frozenset(card.near)
    lasting = [s for s in named if not moves.is_time(s) and not s.isdigit()]
    return 2 * sum(telling.stands(s, near) for s in lasting) > len(lasting)


# "After a loss of 96 million": what was before.
_PAST = re.compile(
    r"\b(?:after|from|against|compared (?:with|to)|versus|following|instead of)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)


def _is_past(card: Card, query: Query) -> bool:
    """Whether a figure is told as what was before, and of no time that is asked about."""
    before = card.sentence[: card.figure.start - card.figure.sentence.start]
    is_asked = bool(query.periods) and card.figure.period in query.periods
    return bool(_PAST.search(before)) and not is_asked


def _is_just(card: Card, asked: Signed, said: frozenset[str]) -> bool:
    rest = card.measure - card.entity - asked.theirs - linking.generic()
    return _stand(rest, said)


def _stand(stems: frozenset[str], held: frozenset[str]) -> bool:
    return all(telling.stands(stem, held) for stem in stems if not stem.isdigit())


def _is_then(card: Card, query: Query) -> bool:
    return sides.may_be_of(card.figure, (*query.periods, *query.loose_periods))
