"""Sieves: which members of a set, or how many, do what a question asks: fell, grew by over 5%, have
more than 40 of something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.evidence.linking import Linker
from bot.evidence.subjects import capitalised
from bot.language import superlatives
from bot.language.superlatives import Superlative
from bot.nodes import attempted, leaf, step
from bot.questions import Query
from bot.rankings import contests
from bot.rankings.contests import Member, Ranked
from bot.rankings.standings import Standing, Telling, headings
from bot.tagging import Tags
from bot.texts.composition import Composer
from ingest import Article, units

_OVER = re.compile(r"\b(?:more than|over|above|exceed\w*|higher than|greater than|at least)\b")
_UNDER = re.compile(r"\b(?:less than|under|below|fewer than|lower than|at most)\b")


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a question asks of each: a limit that it is over or under, in what unit the limit is
    told ("1" for a bare number), and whether it is a move that is held against it."""

    asked: Superlative
    is_count: bool
    is_over: bool
    limit: Decimal = Decimal(0)
    unit: str = "1"

    def lets(self, member: Member) -> bool:
        """Whether a member moved the way that is asked about, and is over or under the limit."""
        size, moves = member.size, self.asked.moves
        if (moves == "down" and size >= 0) or (moves == "up" and size <= 0):
            return False
        told = abs(size) if moves else size
        return told > self.limit if self.is_over else told < self.limit


def read(query: Query) -> Sieve | None:
    """The limit that a question asks about; None where it asks about none."""
    flat = query.text.lower()
    opening = re.match(r"(?:in |on |at )?(which|how many)\b(?: of)?", flat)
    if opening is None or superlatives.read(query.text) is not None:
        return None
    nouns = superlatives.nouns(flat[opening.end() :])
    asked = Superlative("most", "most", nouns, moves=superlatives.moves(flat))
    is_over, is_under = bool(_OVER.search(flat)), bool(_UNDER.search(flat))
    numbers = [a for a in query.assumed if a.value not in _years(query)]
    if is_over != is_under and len(numbers) == 1:
        limit = numbers[0]
        return Sieve(asked, opening[1] == "how many", is_over, abs(limit.value), limit.unit)
    if asked.moves in ("up", "down") and not numbers and not (is_over or is_under):
        return Sieve(asked, opening[1] == "how many", is_over=True)
    return None


def _years(query: Query) -> set[Decimal]:
    return {Decimal(year) for year in query.years}


def say(
    sieve: Sieve,
    query: Query,
    linker: Linker,
    articles: Mapping[str, Article],
    tags: Tags | None,
    composer: Composer,
) -> bool:
    """Tell those that a sieve lets through; False where no set is surely meant or none is let."""
    held = contests.asking(sieve.asked, query, linker, lambda f: tags.of(f).any if tags else 0.0)
    found = contests.best(contests.sets(linker, articles, held), held)
    fitting = [(score, one) for score, one in found if _is_of_unit(one, sieve)]
    if not fitting or fitting[0][0] < SURE:
        return False
    ranked = fitting[0][1]
    kept = [m for m in ranked.members if sieve.lets(m)]
    kept.sort(key=lambda m: m.size, reverse=sieve.asked.moves != "down")
    if not kept:
        return False
    standing = Standing(sieve.asked, ranked, tuple(kept), fitting[0][0])
    return _told(sieve, kept, Telling(standing, query, articles, composer))


# A set that is sifted has to fit so well.
SURE = 0.9


def _is_of_unit(ranked: Ranked, sieve: Sieve) -> bool:
    """Whether figures may be held against a limit: of its unit, or counts against a bare number."""
    unit = ranked.figures[0].unit
    if unit.casefold() == sieve.unit.casefold():
        return True
    if sieve.unit == "1" or units.is_count(sieve.unit):
        is_counted = unit == "1" or units.is_count(unit)
        return is_counted or sieve.limit == 0
    return False


def _told(sieve: Sieve, kept: Sequence[Member], telling: Telling) -> bool:
    composer, articles = telling.composer, telling.articles
    named = [f"{m.name} with {telling.value(m)}" for m in kept]
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]
    marks = "".join(dict.fromkeys(composer.cite_figure(m.figure) for m in kept))
    marks += headings(kept, articles, composer)
    did = {"down": "fell", "up": "grew"}.get(sieve.asked.moves or "", "")
    if not sieve.is_count:
        composer.say(f"{capitalised(listed)}{f' {did}' if did else ''}. {marks}", "quoted")
        return True
    noun = units.singular(sieve.asked.nouns[0]) if sieve.asked.nouns else "item"
    derived = attempted(step("count", [leaf(m.figure) for m in kept], (noun,)), articles)
    if derived is None:
        return False
    be = "is" if len(kept) == 1 else "are"
    that = f" that {did}" if did else ""
    text = f"There {be} {{{composer.take(derived)}}}{that}: {listed}. {marks}"
    composer.say(text, "computed")
    return True
