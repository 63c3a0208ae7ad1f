"""Ranges: whether a figure lies inside a range that was named, forecast or allowed.

"Did revenue land within the range announced?", "Is solvency inside the board's band?" are decided
by the likeliest range of the articles and the likeliest figure of its unit.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bot.derivation import Search
from bot.language import tilings
from bot.nodes import attempted, is_range, leaf
from bot.questions import Query
from bot.yesno import decisions
from bot.yesno.decisions import Again, Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure

# A range is asked about with this chance, the figure held against it with that; others that say
# otherwise are so many times less likely.
RANGE, LEVEL, CLEARER = 0.15, 0.05, 2.0
# Nothing so many times above or below a range is what it was named for.
FAR = 2
_INSIDE = re.compile(
    r"^(?P<aux>is|are|was|were|do|does|did|has|have|had|will|would) (?P<subject>[^?]+?)"
    r" (?:(?:actually|still|now|already|finally|then) )?"
    r"(?:(?:land|fall|lie|come|came|stay|remain|keep|end|ended|make it|finish|fit|be|been|kept"
    r"|stayed|landed|fallen) )?(?:(?:in|out|up|down) )?"
    r"(?:(?:within|inside|outside|in|into|between) (?:[\w'’&-]+ ){0,6}?"
    r"(?:range|band|bracket|corridor|span|window)|(?:within|inside|outside)"
    r" (?:[\w'’&-]+ ){0,6}?(?:forecasts?|estimates?|guidance|outlook|prediction|expectations?"
    r"|policy|limits|bounds))\b",
    re.IGNORECASE,
)


def is_asked(question: str) -> bool:
    """Whether it is asked if something lies inside a range.

    >>> is_asked("Did sales land within the range that was forecast?")
    True
    """
    return bool(_INSIDE.search(question))


def is_named(query: Query, search: Search) -> bool:
    """Whether a range is asked about, and one is told that is likely meant: then nothing else is
    what something is held against."""
    chance = decisions.chance(search.tags)
    told = (card.figure for card in search.linker.cards if chance(card.figure) >= RANGE)
    return is_asked(query.text) and any(is_range(figure) for figure in told)


def decide(
    query: Query, search: Search, again: Again | None, articles: dict[str, Article]
) -> Decision | None:
    """The decision by a range and the figure that it was named for; None where none is likely."""
    asked = _INSIDE.search(query.text)
    if asked is None or search.tags is None or again is None or query.assumed:
        return None
    is_then = asked["aux"].lower() in {"did", "was", "were", "had", "has", "have"}
    own = again(f"What {'was' if is_then else 'is'} {asked['subject']}?").tags
    chance, of_level = decisions.chance(search.tags), decisions.chance(own)
    figures = [card.figure for card in search.linker.cards]

    def level_chance(figure: Figure) -> float:
        return max(chance(figure), of_level(figure)) if _is_of_then(figure, query) else 0.0

    told: list[tuple[float, Holds, tuple[Figure, Figure]]] = [
        (level_chance(level) * chance(span), _lies_in(level, span), (level, span))
        for span in figures
        if is_range(span) and chance(span) >= RANGE
        for level in figures
        if level_chance(level) >= LEVEL and _may_lie_in(level, span)
    ]
    if not told:
        return None
    best, holds, pair = max(told, key=lambda way: way[0])
    others = max((w for w, other, _ in told if other != holds), default=0.0)
    made = [attempted(leaf(figure), articles) for figure in pair]
    if best < CLEARER * others or not all(made):
        return None
    decision = Decision(holds, tuple(m for m in made if m))
    return decisions.turned(decision) if "outside" in asked.group().lower() else decision


def _is_of_then(figure: Figure, query: Query) -> bool:
    """Whether a figure may be of a time that the question names."""
    named = [tilings.is_same(figure.period, p) for p in query.periods] if figure.period else []
    return not named or any(named)


def _may_lie_in(level: Figure, span: Figure) -> bool:
    """Whether a figure may be what a range was named for: a value of its unit and size."""
    low, high = _ends(span)
    if is_range(level) or level.value is None or level.unit != span.unit:
        return False
    return low <= FAR * level.value and level.value <= FAR * high


def _ends(span: Figure) -> tuple[Decimal, Decimal]:
    """What a range is told to reach from and to, not what it may mean when rounded."""
    low, high, half = span.low or Decimal(0), span.high or Decimal(0), span.precision / 2
    return low + half, high - half


def _lies_in(level: Figure, span: Figure) -> Holds:
    low, high = _ends(span)
    return "yes" if level.value is not None and low <= level.value <= high else "no"
