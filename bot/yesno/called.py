"""Called: yes or no by figures that are called by the very names that a question uses.

Whether one is more than another ("Is theft more common than fraud?"), whether one is more than
all others of its kind ("Is Spain the biggest buyer?") and which way it went ("Did transport
exports go up?"), over the rows of a table or the figures of articles, however likely each figure
is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.derivation import Search
from bot.evidence.linking import Card
from bot.language import terms
from bot.nodes import attempted, leaf
from bot.questions import Query
from bot.tagging import Tags
from bot.yesno import decisions, every, moves, nearing, sides, telling
from bot.yesno.decisions import Decision
from ingest import Article, Figure, periods

# Of several readings the best is believed when it is so many times likelier than any that says
# otherwise; so many of a kind make an order.
CLEAR, FEWEST = 3.0, 3
# A name that a figure is called by is worth so many words that are no names.
OWN = 3
# What a reading is likely at least, so that some can be told from others.
FLOOR = 0.02
_TO_COME = frozenset(["forecast", "target", "negated", "hypothetical"])


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure, what it is held against, how many asked words they hold, how likely they are."""

    one: Figure
    other: Figure
    held: int
    chance: float

    @property
    def holds(self) -> str | None:
        ends = [decisions.span(f) for f in (self.one, self.other)]
        return decisions.held_above(*ends)


def _told(
    readings: Sequence[_Reading], is_more: bool, articles: dict[str, Article]
) -> Decision | None:
    """What the best readings say alike."""
    most = max((r.held for r in readings), default=0)
    best = sorted((r for r in readings if r.held == most), key=lambda r: -r.chance)
    if not best or best[0].holds is None:
        return None
    against = max((r.chance for r in best if r.holds != best[0].holds), default=0.0)
    if against and best[0].chance < CLEAR * against:
        return None
    one, other = (attempted(leaf(f), articles) for f in (best[0].one, best[0].other))
    if one is None or other is None:
        return None
    made = Decision("yes" if best[0].holds == "yes" else "no", (one, other), is_called=True)
    return made if is_more else decisions.turned(made)


# -- two sides ----------------------------------------------------------------------------------


def compared(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is theft more common than fraud?": two figures of one kind, each called by its side."""
    asked = sides.read(query.text)
    if asked is None or asked.is_worth or nearing.is_asked(query.text) or query.negated:
        return None
    names = terms.stem_set(query.entities)
    one, other = (_names(side, names) for side in (asked.one, asked.other))
    if not one or not other or query.assumed:
        return None
    kinds, wanted = _kinds(query.text, asked), (*asked.shared, *asked.one, *asked.other)
    wanted = tuple(s for s in wanted if s not in one and s not in other)
    told = [c for c in search.linker.cards if _is_held(c.figure, query) and kinds(c)]
    mine = [c for c in told if _calls(one, c) and not _calls(other, c)]
    theirs = [c for c in told if _calls(other, c) and not _calls(one, c)]
    found = [
        _reading(x, y, wanted, search.tags)
        for x in mine
        for y in theirs
        if _are_of_kind(x, y, one, other) and _are_of_time(x.figure, y.figure, query)
    ]
    return _told(_latest(found, query), asked.is_more, articles)


def _latest(found: Sequence[_Reading], query: Query) -> Sequence[_Reading]:
    """Those of the latest time, where the question names none."""
    dated = [r for r in found if r.one.period]
    if not dated or query.periods or query.loose_periods:
        return found
    last = max((r.one.period or "" for r in dated), key=periods.sort_key)
    return [r for r in found if not r.one.period or r.one.period == last]


def _names(side: Sequence[str], names: frozenset[str]) -> tuple[str, ...]:
    """What a side must be called: its proper name, where it has one, else its words."""
    undated = [s for s in side if not s.isdigit() and not moves.is_time(s)]
    return tuple(s for s in undated if s in names) or tuple(undated)


def _calls(names: Iterable[str], card: Card) -> bool:
    """Whether a figure is called by each of some names."""
    held = card.measure | card.entity
    return all(telling.stands(name, held) for name in names)


def _kinds(question: str, asked: sides.Sides) -> Callable[[Card], bool]:
    """Which figures can be compared as the question compares."""
    words = decisions.data()["sides"]
    is_price = terms.has(question.lower(), words["of_price"].split(", "))

    def may(card: Card) -> bool:
        if (card.figure.kind == "change") != asked.is_change:
            return False
        return not is_price or bool(card.measure & terms.stem_set([words["price"]]))

    return may


def _is_held(figure: Figure, query: Query) -> bool:
    """Whether a figure is an amount that is so, or as it was supposed where that is asked for."""
    is_to_come = figure.claim in _TO_COME
    return figure.value is not None and (
        not is_to_come or terms.has(query.text.lower(), decisions.data()["to_come"])
    )


def _are_of_kind(x: Card, y: Card, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two figures differ in nothing but whose they are."""
    if x.figure.unit != y.figure.unit or x.figure.kind != y.figure.kind:
        return False
    if x.figure.article_id != y.figure.article_id:
        return False
    rest = [
        frozenset(s for s in c.measure | c.entity if not telling.stands(s, frozenset(names)))
        for c, names in ((x, one), (y, other))
    ]
    return rest[0] <= rest[1] or rest[1] <= rest[0]


def _are_of_time(one: Figure, other: Figure, query: Query) -> bool:
    """Whether two figures are of one time, that of the question if it names one."""
    if one.period and other.period and one.period != other.period:
        return False
    asked = query.periods + query.loose_periods
    return all(sides.may_be_of(f, asked) for f in (one, other))


def _reading(x: Card, y: Card, wanted: Sequence[str], tags: Tags | None) -> _Reading:
    held = sum(
        all(telling.stands(s, c.measure | c.entity | c.unit) for c in (x, y)) for s in set(wanted)
    )
    is_rate = x.figure.unit == "%" and x.figure.kind != "change"
    return _Reading(x.figure, y.figure, 2 * held - is_rate, FLOOR + _both(x, y, tags))


# -- the first of all ---------------------------------------------------------------------------

_BEST = r"(?P<best>most|biggest|largest|greatest|highest|top|main|busiest|fastest|quickest|longest"
_BEST += r"|strongest|dearest|priciest|heaviest|tallest|oldest|fewest|least|smallest|lowest|slowest"
_BEST += r"|shortest|cheapest|weakest|lightest|youngest)"
_FOREMOST = re.compile(
    rf"(?:is|was|are|were) (?P<A>.{{2,60}}?) (?:still |now |really |also )?"
    rf"(?:the|its|their|his|her|[\w .&-]{{2,40}}['’]s?) (?P<W>(?:[a-z-]+ ){{0,4}}?){_BEST}\b"
    r"(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_HAS_MOST = re.compile(
    rf"(?:did|does|do|has|have|had) (?P<A>.{{2,60}}?) (?P<W>[a-z]+) (?:the )?{_BEST}\b"
    r"(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_LEAST = frozenset(
    "fewest least smallest lowest slowest shortest cheapest weakest lightest youngest".split()
)
_NTH = re.compile(r"\b(?:second|third|fourth|fifth|sixth|one of the|among the)\b", re.IGNORECASE)


def foremost(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is Spain the biggest buyer?": a figure held against the foremost of the others."""
    m = _FOREMOST.match(query.text) or _HAS_MOST.match(query.text)
    if m is None or query.negated or query.assumed or _NTH.search(query.text):
        return None
    if " than " in query.text:
        return None
    names = _names(_stems(m["A"]), terms.stem_set(query.entities))
    wanted = [s for s in (*_stems(m["W"]), *_stems(m["rest"])) if s not in names]
    is_least = m["best"].lower() in _LEAST
    is_growth = bool(
        re.search(r"\b(?:fastest|slowest|quickest|gr[eo]w\w*|rise|rose|growth)", query.text)
    )
    found = []
    for card in search.linker.cards:
        f = card.figure
        if not _is_held(f, query) or not names or not _calls(names, card):
            continue
        if (f.kind == "change") != is_growth:
            continue
        rivals = [c for c in search.linker.cards if _is_rival(c, card, names, articles)]
        if len(rivals) + 1 < FEWEST or not _are_of_time(f, f, query):
            continue
        values = sorted(rivals, key=lambda c: c.figure.value or 0, reverse=not is_least)
        found.append(_reading(card, values[0], wanted, search.tags))
    return _told(_latest(found, query), not is_least, articles)


def _is_rival(other: Card, card: Card, names: Sequence[str], articles: dict[str, Article]) -> bool:
    """Whether a figure is the same of another: of its column, or of its sentence."""
    f, g = card.figure, other.figure
    if g.article_id != f.article_id or g.unit != f.unit or g.kind != f.kind or g.value is None:
        return False
    if g.period != f.period or _calls(names, other):
        return False
    text = articles[f.article_id].text
    row = text[g.sentence.start : g.sentence.end]
    if "|" in text[f.sentence.start : f.sentence.end]:
        is_column = every.column(f, text) == every.column(g, text)
        return "|" in row and is_column and not every.TOTAL.match(row)
    return f.sentence == g.sentence and f.kind != "change" and _are_parts(f, g)


def _are_parts(f: Figure, g: Figure) -> bool:
    return f.measure != g.measure or f.entity != g.entity


def _stems(text: str) -> tuple[str, ...]:
    return tuple(s for s in terms.stems(text) if not moves.is_way(s) and not moves.is_time(s))


# -- moves --------------------------------------------------------------------------------------


def moved(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did transport exports go up?": two levels, or a change, of what is so called."""
    asked = moves.supposed(query.text)
    if asked is None or asked.way == "level" or query.assumed or query.negated or asked.is_even:
        return None
    if sides.read(query.text) or every.is_asked(query.text) or " than " in query.text:
        return None
    names = _moving(query, asked)
    told = [c for c in search.linker.cards if _is_held(c.figure, query) and _heads(names, c)]
    found = [
        _Reading(x.figure, y.figure, _fit(x, names), FLOOR + _both(x, y, search.tags))
        for x, y in _steps(told, query)
    ]
    return _told(found, asked.way == "up", articles)


def _heads(names: Sequence[str], card: Card) -> bool:
    """Whether a figure is called by most of the names, the others standing over it."""
    own = [name for name in names if telling.stands(name, card.measure | card.entity)]
    rest = [name for name in names if name not in own]
    return len(own) > len(rest) and all(
        telling.stands(name, card.above | card.title) for name in rest
    )


def _fit(card: Card, names: Sequence[str]) -> int:
    """How many of the names a figure is called by, less the words that are no names, but for
    proper ones."""
    common = " ".join(re.findall(r"(?<![A-Z\w])[a-z]\w+", card.figure.entity or ""))
    held = card.measure | terms.stems_of(common)
    own = sum(telling.stands(name, card.measure | card.entity) for name in names)
    return OWN * own - sum(not telling.stands(stem, frozenset(names)) for stem in held)


def _both(x: Card, y: Card, tags: Tags | None) -> float:
    chance = decisions.chance(tags)
    return chance(x.figure) + chance(y.figure)


def _moving(query: Query, asked: moves.Move) -> tuple[str, ...]:
    """What a question supposes a move of."""
    flat = query.text.lower()
    words = f"{flat[: asked.start]} {flat[asked.end :]}"
    held = (s for s in terms.stems(words) if not moves.is_way(s) and not moves.is_time(s))
    return tuple(s for s in held if not s.isdigit() and s not in _spent())


@lru_cache(maxsize=1)
def _spent() -> frozenset[str]:
    data = decisions.data()
    words = [data["spent"], data["sides"]["spent"], data["ways"]["amounts"]]
    return terms.stem_set(word for listed in words for word in listed.split())


def _steps(told: Sequence[Card], query: Query) -> Iterator[tuple[Card, Card]]:
    """Pairs of levels of one thing, the later first, each with the one before it."""
    dated = [c for c in told if c.figure.period and c.figure.kind != "change"]
    for card in dated:
        f = card.figure
        alike = [
            c for c in dated
            if c.measure == card.measure and c.entity == card.entity
            and c.figure.unit == f.unit and c.figure.article_id == f.article_id
        ]  # fmt: skip
        order = sorted({c.figure.period or "" for c in alike}, key=periods.sort_key)
        if len(order) < 2 or len(order) != len(alike) or f.period == order[0]:
            continue
        is_asked = bool(query.periods) and sides.may_be_of(f, query.periods)
        if not is_asked and (query.periods or f.period != order[-1]):
            continue
        before = order[order.index(f.period or "") - 1]
        yield card, next(c for c in alike if c.figure.period == before)
