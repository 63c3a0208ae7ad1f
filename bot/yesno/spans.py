"""Spans: one thing at the two times that a question names.

"Did more farms deliver in 2023 than in 2024?" is decided by the figures of either year, whichever
way the sentence tells the move between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from bot.derivation import Search
from bot.language import mentions, terms, tilings
from bot.nodes import attempted, leaf
from bot.questions import Query
from bot.yesno import decisions, holding, moves, sides
from bot.yesno.decisions import Again, Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure

# Of the two figures one is asked about with this chance, both together with that; the other counts
# as no less likely than this, for a row or sentence may hold it unasked.
ASKED, BOTH, LEAST = 0.3, 0.15, 0.1
# The likeliest two are so many times likelier than any that say otherwise.
CLEARER = 1.3
_THAN = re.compile(r"^(?P<one>.*?) than (?P<other>.*)$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:the|a|one) year (?:before|earlier)\b|\bthe (?:previous|prior) year\b"
)


@lru_cache(maxsize=256)
def asked(question: str) -> tuple[str, str] | None:
    """The two times of "more in 2024 than in 2023"; None where something else is compared too.

    >>> asked("Was the bill higher in 2024 than the year before?")
    ('2024', '2023')
    """
    m = _THAN.match(question.rstrip("?! ."))
    if m is None:
        return None
    named, then = (mentions.periods(m[side]) for side in ("one", "other"))
    rest = m["other"]
    for mention in reversed(then):
        rest = rest[: mention.start] + rest[mention.end :]
    if len(named) != 1 or any(not moves.is_time(t.stem) for t in terms.find(rest)):
        return None
    if not then and _YEAR_BEFORE.search(m["other"].lower()):
        before = tilings.years_on(named[0].value, -1)
        return (named[0].value, before) if before else None
    is_other = len(then) == 1 and then[0].value != named[0].value
    return (named[0].value, then[0].value) if is_other else None


def decide(
    query: Query, search: Search, again: Again | None, articles: dict[str, Article]
) -> Decision | None:
    """The decision by what is told of either time; None where it is not clear what is."""
    times, way = asked(query.text), _way(query)
    if times is None or way is None or search.tags is None or query.assumed:
        return None
    decision = _decided(times, way, search, articles)
    if decision is None and again and _YEAR_BEFORE.search(query.text) and times[1].isdigit():
        # Figures of a year are likelier asked about where the question names it.
        named = again(_YEAR_BEFORE.sub(f"in {times[1]}", query.text))
        decision = _decided(times, way, named, articles) if named.tags else None
    return decision


def _decided(
    times: tuple[str, str], way: str, search: Search, articles: dict[str, Article]
) -> Decision | None:
    """What the likeliest two figures of one thing at the two times say."""
    figures = [card.figure for card in search.linker.cards]
    told: list[tuple[float, Decision]] = []
    for chance, one, other in _pairs(figures, times, decisions.chance(search.tags)):
        made = attempted(leaf(one), articles), attempted(leaf(other), articles)
        if made[0] is None or made[1] is None:
            continue
        holds: Holds | None = decisions.held_above(*(holding.bounds(m) for m in made if m))
        if one.value == other.value:
            told.append((chance, Decision("no", (made[0], made[1]))))
        elif holds:
            decision = Decision(holds, (made[0], made[1]))
            told.append((chance, decision if way == "up" else decisions.turned(decision)))
    if not told:
        return None
    best, first = max(told, key=lambda way: way[0])
    others = max((chance for chance, said in told if said.holds != first.holds), default=0.0)
    return first if best >= max(BOTH, CLEARER * others) else None


def _way(query: Query) -> str | None:
    """Whether more or less is supposed of the first time."""
    move, compared = moves.supposed(query.text), sides.read(query.text)
    if move:
        return move.way
    return None if compared is None or compared.is_worth else "up" if compared.is_more else "down"


def _pairs(
    figures: Sequence[Figure], times: tuple[str, str], chance: Callable[[Figure], float]
) -> list[tuple[float, Figure, Figure]]:
    """Each two figures of one thing at the two times, with their chance."""
    levels = [f for f in figures if f.period and f.kind != "change" and f.value is not None]
    of = [[f for f in levels if f.period and tilings.is_same(f.period, at)] for at in times]
    found = []
    for one, other in product(*of):
        more, less = sorted((chance(one), chance(other)), reverse=True)
        if more >= ASKED and _are_of_one(one, other):
            found.append((more * max(less, LEAST), one, other))
    return found


def _are_of_one(one: Figure, other: Figure) -> bool:
    """Whether two figures measure one thing of one owner in one unit."""
    is_one = one.unit == other.unit and one.entity == other.entity
    return is_one and terms.stems_of(one.measure or "") == terms.stems_of(other.measure or "")
