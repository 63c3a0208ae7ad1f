"""Together: several things taken together, held against a number or against another thing.

"Do Kestrel and Orsova combined sell more than Holmglas?", "Did Avon generate more than the other
three farms put together?", "Birk plus Dahl - did they have over 20,000 employees?" are decided by
what the same question is answered with of each thing alone, in the articles that are its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence import owners
from bot.nodes import Node, attempted, leaf, node_of
from bot.questions import Assumed, Query
from bot.yesno import alone, decisions, holding, recasting
from bot.yesno.decisions import Again, Decision
from ingest import Article, Figure, units

_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|will|would)"
_TOGETHER = (
    r"(?:together|combined|put together|taken together|between them|jointly|added together"
    r"|in total|all told|altogether)"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_OTHERS = re.compile(
    rf"\b(?:all )?(?:of )?the (?:other|remaining) (?P<n>{'|'.join(_NUMBERS)}|[2-9])\b[a-z -]*?"
    rf" {_TOGETHER}\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    rf"^(?P<who>.+?)(?:,? {_TOGETHER})?\s*[-–—,:]+\s+(?P<aux>{_AUX}) (?:they|the two|both|these)"
    rf"(?: {_TOGETHER})? (?P<rest>.+)$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"^(?P<aux>{_AUX}) (?P<who>.+?) (?P<verb>[a-z]+(?: in| out)?) (?P<way>more|less|fewer)"
    r"(?P<noun>(?: (?!in\b|at\b|by\b|on\b|over\b|during\b|for\b|than\b)[a-z-]+){0,3})"
    r"(?P<mid>(?: [^?]+?)?) than (?P<than>.+)$",
    re.IGNORECASE,
)
_OF_ONE = {"do": "does", "are": "is", "were": "was", "have": "has"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each of several things, and how their sum is held.

    frame: the question of one, "it" for its name; one, other: the names on either side, of which
    several are taken together; n_others: of how many that are not named the other side is; held:
    the number instead of another side
    """

    frame: str
    one: tuple[str, ...]
    other: tuple[str, ...] = ()
    n_others: int = 0
    held: Assumed | None = None
    is_more: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.one, *self.other)


def read(query: Query) -> Asked | None:
    """What a question takes together; None where it takes nothing together."""
    return _read(query.text, query.entities, query.assumed)


@lru_cache(maxsize=256)
def _read(text: str, entities: tuple[str, ...], assumed: tuple[Assumed, ...]) -> Asked | None:
    flat = " ".join(text.replace("’", "'").rstrip("?! .").split())
    if aside := _ASIDE.match(flat):
        who = re.sub(rf"^{_AUX} ", "", aside["who"], flags=re.IGNORECASE)
        flat = f"{aside['aux'].lower()} {who} together {aside['rest']}"
    if not entities or not re.search(rf"\b{_TOGETHER}\b", flat, re.IGNORECASE):
        return None
    each = [name for joint in entities for name in re.split(r",? and |, ", joint)]
    names = "|".join(sorted(map(_bare, each), key=len, reverse=True))
    one = rf"(?:the )?(?:{names})(?:'s?)?"
    joined = re.compile(rf"{one}(?:(?:,|,? (?:and|plus|&|\+)) {one})+")
    return _against_number(flat, joined, names, assumed) or _compared(flat, joined, names)


def _bare(name: str) -> str:
    return re.escape(re.sub(r"['’]s?$", "", name))


def _listed(said: str, names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(rf"\b(?:{names})\b", said)))


def _against_number(
    flat: str, joined: re.Pattern[str], names: str, assumed: tuple[Assumed, ...]
) -> Asked | None:
    """ "Did Birk and Dahl together have over 20,000 employees?"."""
    several = joined.search(flat)
    if several is None or len(assumed) != 1:
        return None
    bare = re.sub(rf",? \b{_TOGETHER}\b", "", flat, flags=re.IGNORECASE)
    hidden = recasting.amount(bare, assumed)
    if hidden is None or several.group() not in hidden.text:
        return None
    frame = hidden.text.replace(several.group(), _it(several.group()))
    return Asked(_of_one(frame), _listed(several.group(), names), held=hidden.held)


def _compared(flat: str, joined: re.Pattern[str], names: str) -> Asked | None:
    """ "Do Birk and Dahl combined sell more than Egge (2024)?"."""
    m = _COMPARED.match(flat)
    if m is None:
        return None
    others = _OTHERS.search(m["than"])
    one, other = _listed(m["who"], names), _listed(m["than"], names)
    if not one or bool(others) == bool(other) or set(one) & set(other):
        return None
    for said, listed in ((m["who"], one), (m["than"], other)):
        is_together = bool(re.search(rf"\b{_TOGETHER}\b", said, re.IGNORECASE))
        if len(listed) > 1 and not (is_together and joined.search(said)):
            return None
    if max(len(one), len(other)) < 2 and not others:
        return None
    end = others.end() if others else max(m["than"].rfind(name) + len(name) for name in other)
    tail = re.sub(rf"^(?:'s)?(?: (?:{_TOGETHER}|did|does|do|had|has))*", "", m["than"][end:])
    asked = f"How many{m['noun']}" if m["noun"] else "How much"
    frame = f"{asked} {m['aux'].lower()} it {m['verb']}{m['mid']}{tail}?"
    n_others = 0
    if others:
        said = others["n"].lower()
        n_others = _NUMBERS.get(said) or (int(said) if said.isdecimal() else 0)
    is_more = m["way"].lower() == "more"
    return Asked(_of_one(frame), one, other, n_others, is_more=is_more)


def _it(said: str) -> str:
    return "its" if said.endswith(("'s", "'")) else "it"


def _of_one(frame: str) -> str:
    """A question of several put of one: "How much do it sell?" as "does it"."""
    return re.sub(
        r"\b(do|are|were|have) it\b",
        lambda m: f"{_OF_ONE.get(m[1].lower(), m[1])} it",
        frame,
        count=1,
    )


def decide(query: Query, again: Again | None, articles: dict[str, Article]) -> Decision | None:
    """The decision by the sum of what is told of each; None where one of them is not told."""
    asked = read(query) if again and not query.negated else None
    if again is None or asked is None:
        return None
    one = [_told(asked, name, again, articles) for name in asked.one]
    other = [_told(asked, name, again, articles) for name in asked.other]
    if asked.n_others and one[0]:
        other = list(_of_others(asked, one[0], again, articles))
    told = [f for f in (*one, *other) if f]
    if len(told) != len(one) + len(other) or not _are_alike(told):
        return None
    mine, theirs = (attempted(_sum(side), articles) if side else None for side in (one, other))
    if mine is None:
        return None
    if asked.held:
        value = holding.in_unit_of(asked.held, mine.unit)
        flat, bounds = query.text.lower(), holding.bounds(mine)
        holds = decisions.held_against(flat, asked.held, value, bounds) if value else None
        return Decision(holds, (mine,)) if holds else None
    holds = decisions.held_above(holding.bounds(mine), holding.bounds(theirs)) if theirs else None
    if holds is None or theirs is None:
        return None
    made = Decision(holds, (mine, theirs))
    return made if asked.is_more else decisions.turned(made)


def _told(asked: Asked, name: str, again: Again, articles: Mapping[str, Article]) -> Figure | None:
    """What the question is answered with of one thing, in its own articles."""
    own = owners.articles_of(name, [n for n in asked.names if n != name], articles)
    return alone.figure_of(asked.frame, name, own, again) if own else None


def _of_others(
    asked: Asked, mine: Figure, again: Again, articles: Mapping[str, Article]
) -> Sequence[Figure | None]:
    """What is told of so many other things, each in an article of its own; nothing where more or
    fewer are told of."""
    name = asked.one[0]
    found: list[Figure] = []
    for id in articles:
        if id != mine.article_id and id not in owners.articles_of(name, (), articles):
            told = alone.figure_of(asked.frame, "", frozenset([id]), again)
            if told and told.unit == mine.unit and told.period == mine.period:
                found.append(told)
    return found if len(found) == asked.n_others else [None]


def _are_alike(told: Sequence[Figure]) -> bool:
    """Whether figures can be added: one unit, or people by several names; of no two times."""
    units_of = {f.unit for f in told}
    are_people = all(units.is_count(u) and units.are_persons(u) for u in units_of)
    years = {f.period[:4] for f in told if f.period and f.period[:4].isdigit()}
    return (len(units_of) == 1 or are_people) and len(years) <= 1


def _sum(told: Sequence[Figure | None]) -> Node:
    figures = [f for f in told if f]
    return node_of("sum", figures) if len(figures) > 1 else leaf(figures[0])
