"""Rows: figures that are told alike of several things that a question names.

"China and Japan together", "Ronsay than Gotmark", "health than defence": each phrase names the
owner of a figure, or its measure, and all else is told alike of them: one article, unit, time and,
of owners, one measure. Which of several columns is meant, the other words of the question say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot import linking, terms
from bot.linking import Card, Linker
from ingest import Figure, periods, units

Key = tuple[str, str, str, str | None, str | None, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """Figures told alike, one for each of the phrases, and of the time before where told.

    names: the words of each phrase that name its owner or measure
    """

    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    before: tuple[Figure, ...] = ()


def find(phrases: Sequence[str], question: str, asked: Sequence[str], linker: Linker) -> Row | None:
    """The row that fits a question best; None where no row has all that it names.

    asked: the periods that a question names
    """
    named = [_stems(phrase) for phrase in phrases]
    own = [one - frozenset[str]().union(*named[:i], *named[i + 1 :]) for i, one in enumerate(named)]
    if not all(own):
        return None
    rest = _rest(question, named)
    order = [terms.stems(phrase) for phrase in phrases]
    found = _groups(named, own, order, linker)
    whole = {key: row for key, row in found.items() if len(row) == len(phrases)}
    fitting = {key: row for key, row in whole.items() if not asked or key[3] in asked}
    fitting = {key: row for key, row in fitting.items() if _is_meant(row, rest, linker)}
    if not fitting:
        return None
    said = rest | (terms.stems_of(question) & linking.generic())
    best = max(fitting, key=lambda key: _worth(key, fitting[key], said))
    then = next((key for key in _before(best) if key in whole), None)
    figures = tuple(fitting[best][i].figure for i in range(len(phrases)))
    earlier = tuple(whole[then][i].figure for i in range(len(phrases))) if then else ()
    are_apart = len({(f.article_id, f.start) for f in figures}) == len(figures)
    names = tuple(_name(phrase, fitting[best][i]) for i, phrase in enumerate(phrases))
    return Row(figures, names, earlier) if are_apart else None


def _name(phrase: str, card: Card) -> str:
    """ "ronsay" of "medals did ronsay win": the run of words that names a card."""
    words = phrase.split()
    for held in (card.entity, card.measure | card.entity):
        told = [i for i, word in enumerate(words) if terms.stems_of(word) & held]
        if told:
            return " ".join(words[told[0] : told[-1] + 1])
    return phrase


def _stems(phrase: str) -> frozenset[str]:
    """The telling words of a phrase: neither what was done nor what every question says."""
    words = [word for word in phrase.lower().split() if not _done().fullmatch(word)]
    return terms.stems_of(" ".join(words)) - linking.unspecific() - linking.generic()


@lru_cache(maxsize=1)
def _done() -> re.Pattern[str]:
    lists = terms.table("questions")["lists"]
    return re.compile(rf"{lists['verbs']}|{lists['grew']}")


def _rest(question: str, named: Sequence[frozenset[str]]) -> frozenset[str]:
    """The other telling words of a question."""
    return _stems(question) - _comparing() - frozenset[str]().union(*named)


@lru_cache(maxsize=1)
def _comparing() -> frozenset[str]:
    """Words that set several things beside each other and describe none of them."""
    data = terms.table("questions")
    listed = "|".join(data["lists"][name] for name in ("together", "more", "beat", "shareword"))
    cues = [cue for told in data["cues"].values() for cue in told]
    return terms.stem_set([*listed.split("|"), *cues])


def _groups(
    named: Sequence[frozenset[str]],
    own: Sequence[frozenset[str]],
    order: Sequence[Sequence[str]],
    linker: Linker,
) -> dict[Key, dict[int, Card]]:
    """The cards that each phrase names, by what is told alike of them; of two of one key the one
    that is named best, or told first."""
    found: dict[Key, dict[int, Card]] = {}
    for card in linker.cards:
        if card.figure.kind == "change" or card.figure.unit == "pp":
            continue
        for i, (stems, distinct) in enumerate(zip(named, own, strict=True)):
            if not _is_named(card, stems, distinct, linker):
                continue
            row = found.setdefault(_key(card, distinct), {})
            fit = _fit(card, distinct, order[i], linker)
            if i not in row or fit > _fit(row[i], distinct, order[i], linker):
                row[i] = card
    return found


def _is_named(card: Card, stems: frozenset[str], distinct: frozenset[str], linker: Linker) -> bool:
    """Whether a phrase names a card by its owner or its measure; its other words stand by it."""
    told = card.measure | card.entity | card.unit
    if not distinct & (card.entity | card.measure):
        return False
    return stems <= told or stems <= told | linker.held([card.figure])


def _fit(
    card: Card, distinct: frozenset[str], order: Sequence[str], linker: Linker
) -> tuple[int, int, int]:
    """How many words name an owner or a measure, less those that it has besides; then how seldom
    its owner is one, and how late it is named: of "Kitahara's sales in China" China's are told
    seldom, all else is Kitahara's."""
    held = card.entity if distinct & card.entity else card.measure
    n_named = len(distinct & held) - len(held - distinct - linking.generic())
    article = card.figure.article_id
    n_alike = sum(c.entity == card.entity for c in linker.cards if c.figure.article_id == article)
    place = max((i for i, stem in enumerate(order) if stem in held), default=0)
    return n_named, -n_alike, place


def _key(card: Card, distinct: frozenset[str]) -> Key:
    """What is told alike: of owners the measure, of measures the owner."""
    figure = card.figure
    is_owner = bool(distinct & card.entity)
    alike = card.measure if is_owner else card.entity
    unit = "1" if units.is_count(figure.unit) or figure.unit == "1" else figure.unit
    return figure.article_id, unit, figure.kind, figure.period, figure.claim, alike


def _is_meant(row: dict[int, Card], rest: frozenset[str], linker: Linker) -> bool:
    """Whether most of what the question says beside its names is told of the figures: gold medals
    of islands say nothing of their swimmers."""
    held = linker.held(card.figure for card in row.values())
    held |= frozenset[str]().union(*(card.unit for card in row.values()))
    worth = {stem: linker.weights.of(stem) for stem in rest}
    told = sum(weight for stem, weight in worth.items() if linking.likes(stem, held))
    return told >= MOST * sum(worth.values())


# The share of a question's other words, by their weight, that is told of what it asks about.
MOST = 0.5


def _worth(key: Key, row: dict[int, Card], said: frozenset[str]) -> tuple[float, ...]:
    """How well a row fits: by the words of its measure that the question has, and has not, and by
    how late it is told."""
    measure, asked = row[0].measure | row[0].unit, said | row[0].entity
    n_held = sum(bool(linking.likes(stem, measure)) for stem in said)
    n_extra = sum(not linking.likes(stem, asked) for stem in key[5] - linking.generic())
    last = periods.sort_key(key[3])[0].toordinal() if key[3] else 0
    return n_held, -n_extra, last


def _before(key: Key) -> list[Key]:
    """The same a year before, or of the period before."""
    told = periods.shift(key[3], years=-1) if key[3] else None
    return [(*key[:3], told, *key[4:])] if told else []
