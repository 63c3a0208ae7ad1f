"""Rows: figures that are told alike of several things that a question names.

"China and Japan together", "Ronsay than Gotmark", "health than defence": each phrase names the
owner of a figure, or its measure, and all else is told alike of them: one article, unit, time and,
of owners, one measure. Which of several columns is meant, the other words of the question say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from bot.evidence import linking
from bot.evidence.linking import Card, Linker
from bot.language import terms
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


def find(
    phrases: Sequence[str],
    question: str,
    asked: Sequence[str],
    linker: Linker,
    fits: Mapping[tuple[str, int], float] | None = None,
) -> Row | None:
    """The row that fits a question best; None where no row has all that it names.

    asked: the periods that a question names; fits: how well the figure at a place fits it
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
    said = rest | (terms.stems_of(question) - frozenset[str]().union(*own))
    near = fits or {}
    best = max(fitting, key=lambda key: _worth(key, fitting[key], said, near))
    then = next((key for key in _before(best) if key in whole), None)
    figures = tuple(fitting[best][i].figure for i in range(len(phrases)))
    earlier = tuple(whole[then][i].figure for i in range(len(phrases))) if then else ()
    are_apart = len({(f.article_id, f.start) for f in figures}) == len(figures)
    names = tuple(_name(phrase, fitting[best][i]) for i, phrase in enumerate(phrases))
    return Row(figures, names, earlier) if are_apart else None


def _name(phrase: str, card: Card) -> str:
    """ "ronsay" of "medals did ronsay win": of what somebody did, the words that name a card."""
    words = phrase.split()
    for held in (card.entity, card.measure | card.entity):
        told = [i for i, word in enumerate(words) if terms.stems_of(word) & held]
        if told and not words[told[-1]].endswith(("'s", "s'")):
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
    spent = _comparing().union(*named)
    return frozenset(s for s in _stems(question) - spent if not s.isdigit())


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
            fit = _fit(card, distinct, order[i], linker)
            for key in _keys(card, distinct):
                row = found.setdefault(key, {})
                if i not in row or fit > _fit(row[i], distinct, order[i], linker):
                    row[i] = card
    return found


def _is_named(card: Card, stems: frozenset[str], distinct: frozenset[str], linker: Linker) -> bool:
    """Whether a phrase names a card: what it says of owners and measures is the card's own or in
    its sentence, but for the one whose article it is; its other words stand by it."""
    told = card.measure | card.entity | card.unit
    about = _told_of(card.figure.article_id, linker)
    owners = distinct & about.owners
    if not distinct & (card.entity | card.measure) or (owners and not owners & card.entity):
        return False
    own = distinct & (about.owners | about.measures) - about.home
    is_own = own <= told | card.near.keys()
    return is_own and (stems <= told or stems <= told | linker.held([card.figure]))


@dataclass(frozen=True, slots=True)
class _About:
    """The stems of all owners and measures of an article, and of the owner of most."""

    owners: frozenset[str]
    measures: frozenset[str]
    home: frozenset[str]


def _told_of(article_id: str, linker: Linker) -> _About:
    cards = [card for card in linker.cards if card.figure.article_id == article_id]
    owners = Counter(card.entity for card in cards if card.entity)
    return _About(
        frozenset[str]().union(*owners),
        frozenset[str]().union(*(card.measure for card in cards)) - linking.generic(),
        owners.most_common(1)[0][0] if owners else frozenset(),
    )


def _fit(
    card: Card, distinct: frozenset[str], order: Sequence[str], linker: Linker
) -> tuple[int, ...]:
    """How many words name an owner or a measure, less those that it has besides; whether it is a
    cell of a table; then how seldom its owner is one, and how late it is named: of "Kitahara's
    sales in China" China's are told seldom, all else is Kitahara's."""
    held = card.entity if distinct & card.entity else card.measure
    n_named = len(distinct & held) - len(held - distinct - linking.generic())
    article = card.figure.article_id
    n_alike = sum(c.entity == card.entity for c in linker.cards if c.figure.article_id == article)
    place = max((i for i, stem in enumerate(order) if stem in held), default=0)
    is_cell = any(o.how == "header" and o.slot == "entity" for o in card.figure.origins)
    return n_named, is_cell, -n_alike, place


def _keys(card: Card, distinct: frozenset[str]) -> list[Key]:
    """What is told alike: of owners the measure, of measures the owner; a total is both."""
    figure = card.figure
    is_owner, is_total = bool(distinct & card.entity), card.measure <= linking.generic()
    alike = [card.measure] if is_owner else []
    alike += [card.entity] if not is_owner or is_total else []
    unit = "1" if units.is_count(figure.unit) or figure.unit == "1" else figure.unit
    told = (figure.article_id, unit, figure.kind, figure.period, figure.claim)
    return [(*told, stems) for stems in alike]


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


def _worth(
    key: Key, row: dict[int, Card], said: frozenset[str], fits: Mapping[tuple[str, int], float]
) -> tuple[float, ...]:
    """How well a row fits: by the words of its measure that the question has, whether it has
    others, how late it is told, how well its figures fit, and whether it is told first."""
    measure, asked = row[0].measure | row[0].unit, said | row[0].entity
    n_held = sum(bool(linking.likes(stem, measure)) for stem in said)
    has_more = any(not linking.likes(stem, asked) for stem in key[5] - linking.generic())
    last = periods.sort_key(key[3])[0].toordinal() if key[3] else 0
    figures = [card.figure for card in row.values()]
    fit = fmean(fits.get((f.article_id, f.start), 0.0) for f in figures)
    return n_held, -has_more, last, round(fit, 1), -min(f.start for f in figures)


def _before(key: Key) -> list[Key]:
    """The same a year before, or of the period before."""
    told = periods.shift(key[3], years=-1) if key[3] else None
    return [(*key[:3], told, *key[4:])] if told else []
