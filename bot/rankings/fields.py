"""Fields: one figure of each of several peers, chosen together.

What fits a question best in each article alone need not go together: a field is of one unit and,
as far as the articles tell, of one measure and one time; the figure of one peer that fits best
leads to those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from bot import derivation
from bot.asking.peering import Peering
from bot.evidence import formers, linking
from bot.evidence.linking import Card, Goal, Link, Linker
from bot.evidence.peers import Peer
from bot.language import terms
from bot.questions import Query
from ingest import Figure, units

# So many figures of a peer are looked at, and so many lead to those of others.
N_LOOKED, N_SEEDS = 25, 6
# What it counts that a figure is told like the one that leads, by words of its measure and by its
# time; that it is its article's first such; that its sentence is of another, or tells it aside.
LIKE, SAME_TIME, OF_NOW, FIRST = 0.3, 0.25, 0.2, 0.1
OTHERS, NAMES_OTHER, ASIDE = 0.6, 0.1, 0.3
# What it counts that a peer is called what is asked about, beside others and of a field.
KIND, OF_KIND = 1.0, 0.4
# So well each entry has to fit where it is told how many there are, and where it is not; there so
# well beside the best, too.
LEAST_TOLD, LEAST, NEARLY = 0.15, 0.3, 0.55
# So much of what is measured is told of a field's leading figure.
MEASURED = 0.4
# So surely one is of the kind that is asked about that it may not be left out.
SURELY = 0.7
# Of fields that fit alike the one with more peers is meant.
MORE = 0.02


@dataclass(frozen=True, slots=True)
class Entry:
    """A peer with its figure; fit: how well the figure answers; kind: how surely the peer is one
    of those asked about; coverage: how much of what is measured its words hold."""

    peer: Peer
    card: Card
    fit: float
    kind: float = 1.0
    coverage: float = 1.0

    @property
    def figure(self) -> Figure:
        return self.card.figure


@dataclass(frozen=True, slots=True)
class Field:
    """The entries of a question's peers, in the peers' order, and how well they fit together.

    n: how many there should be, by the question
    is_measured: whether one at least is told in the words of what is measured
    """

    entries: tuple[Entry, ...]
    worth: float
    n: int
    is_measured: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether each has its figure, and what is measured is told of one at least."""
        return len(self.entries) == self.n and self.is_measured


def goal_of(peering: Peering, peers: Sequence[Peer], query: Query) -> Goal:
    """What is looked for of each: the measure without the peers' names."""
    named = frozenset[str]().union(*(peer.stems for peer in peers))
    told = [m.group() for m in terms.words(peering.measure)]
    kept = [word for word in told if terms.stem(word) not in named and len(word) > 1]
    phrase = " ".join(kept) or peering.measure
    unit = next((u for m in terms.words(query.text) if (u := _unit(m.group()))), query.unit)
    unit = None if unit in ("%", "pp") else unit
    bare = {"names": (), "context": frozenset(), "around": frozenset(), "question": phrase}
    return derivation.goal_of(query, phrase, unit=unit, **bare)


def _unit(word: str) -> str | None:
    """A unit that a question asks for by its sign: "GWh"."""
    unit = units.parse(word)
    is_sign = 1 < len(word) <= SIGN
    return unit if unit and is_sign and units.is_physical(unit) else None


# A sign of a unit has no more letters.
SIGN = 4


def find(
    goal: Goal,
    peers: Sequence[Peer],
    linker: Linker,
    n: int | None = None,
    kinds: Mapping[str, float] | None = None,
    usable: Callable[[Card], bool] | None = None,
) -> list[Field]:
    """The fields of a question, the best first.

    n: how many peers are asked about, where that is told
    kinds: how surely each peer, by its name, is one of those that are asked about
    usable: whether a figure may be an entry at all
    """
    links = [_of_now(link, linker) for link in linker.links(goal)]
    then = _formers(linker)
    held = {
        peer.name: [
            link
            for link in _candidates(peer, links, then, goal)
            if usable is None or usable(link.card)
        ]
        for peer in peers
    }
    fields: dict[frozenset[tuple[str, int]], Field] = {}
    for own in held.values():
        for seed in own[:N_SEEDS]:
            field = _led_by(seed, peers, held, n, kinds or {})
            field = replace(field, is_measured=field.is_measured or usable is not None)
            places = frozenset(e.figure.place for e in field.entries)
            if len(places) > 1 and (places not in fields or fields[places].worth < field.worth):
                fields[places] = field
    return sorted(fields.values(), key=lambda f: -f.worth)


def _of_now(link: Link, linker: Linker) -> Link:
    """A link that counts more where its figure is of the time that its article is about."""
    figure = link.card.figure
    more = OF_NOW * _same_time(figure.period, linker.home_of(figure.article_id))
    return replace(link, score=link.score + more)


def _formers(linker: Linker) -> frozenset[tuple[str, int, str]]:
    """The figures that are told as what stood before another."""
    places = [linking.place_of(card.figure) for card in linker.cards]
    return frozenset(formers.found(places, linker.cards))


def _candidates(
    peer: Peer, links: Sequence[Link], then: Collection[tuple[str, int, str]], goal: Goal
) -> list[Link]:
    own = [link for link in links if link.card.figure.article_id in peer.articles]
    kept = [link for link in own if _is_usable(link.card)]
    kept = [k for k in kept if linking.place_of(k.card.figure) not in then or _is_of(k, goal)]
    return kept[:N_LOOKED]


def _is_of(link: Link, goal: Goal) -> bool:
    """Whether a figure is of just the time that is asked for."""
    asked = goal.periods[0] if len(goal.periods) == 1 else None
    return asked is not None and link.card.figure.period == asked and asked in link.card.sentence


_TO_COME = frozenset(["forecast", "target", "hypothetical"])


_LATER = re.compile(
    r"\b(?:will|would|is to|are to|was to|should|aims?|aimed|plans?|planned|expects?|expected"
    r"|forecasts?|hoped?|hopes|budgeted|target(?:ed)?)\b[^.;:]{0,60}$"
)


def _is_usable(card: Card) -> bool:
    """Whether a figure is a level of what is or was."""
    figure = card.figure
    if figure.value is None or figure.claim in _TO_COME or figure.kind == "change":
        return False
    return not _LATER.search(card.sentence[: figure.start - figure.sentence.start])


def _led_by(
    seed: Link,
    peers: Sequence[Peer],
    held: Mapping[str, Sequence[Link]],
    n: int | None,
    kinds: Mapping[str, float],
) -> Field:
    entries = []
    for peer in peers:
        own = [link for link in held[peer.name] if _is_like(link, seed)]
        alike = [(_fit(link, seed, peer, held), link) for link in own]
        if alike:
            fit, link = max(alike, key=lambda told: (round(told[0], 3), -told[1].card.figure.start))
            entries.append(Entry(peer, link.card, fit, kinds.get(peer.name, 1.0), link.coverage))
    entries.sort(key=lambda e: -(e.fit + KIND * e.kind))
    top = max((e.fit for e in entries), default=0.0)
    kept = [e for e in entries if e.fit >= LEAST_TOLD][:n]
    if n is None:
        kept = [e for e in kept if e.kind >= SURELY or e.fit >= max(LEAST, NEARLY * top)]
    sure_ones = {p.name for p in peers if kinds.get(p.name, 1.0) >= SURELY}
    should = n or len(sure_ones | {e.peer.name for e in kept})
    fits, sure = [e.fit for e in kept] or [0.0], [e.kind for e in kept] or [0.0]
    worth = ((max(fits) + fmean(fits)) / 2 + OF_KIND * fmean(sure)) * len(kept) / max(should, 1)
    worth += MORE * len(kept)
    order = {peer.name: at for at, peer in enumerate(peers)}
    kept.sort(key=lambda e: order[e.peer.name])
    is_measured = any(e.coverage >= MEASURED for e in kept)
    return Field(tuple(kept), worth, should, is_measured)


def _is_like(link: Link, seed: Link) -> bool:
    """Whether two figures are of one unit; of counts, of things that may be counted together."""
    one, other = link.card, seed.card
    if key_of(one.figure) != key_of(other.figure):
        return False
    if not (one.unit and other.unit) or one.unit & other.unit:
        return True
    are_crowds = bool(one.unit & _CROWD and other.unit & _CROWD)
    held = other.unit | other.measure
    return are_crowds or any(linking.likes(s, held) for s in one.unit | one.measure)


def key_of(figure: Figure) -> str:
    """What is told in one unit: all counts are."""
    return "count" if units.is_count(figure.unit) or figure.unit == "1" else figure.unit


_CROWD = terms.stem_set(["person", "people", "employee", "worker", "staff", "employees"])


def _fit(link: Link, seed: Link, peer: Peer, held: Mapping[str, Sequence[Link]]) -> float:
    mine, theirs = link.card, seed.card
    own, other = (c.measure | c.unit for c in (mine, theirs))
    alike = max((v for s in own for v in linking.likes(s, other).values()), default=0.0)
    if mine.unit & _CROWD and theirs.unit & _CROWD:
        alike = max(alike, CROWD)
    told = alike if own and other else 0.5
    time = _same_time(mine.figure.period, theirs.figure.period)
    fit = link.score + LIKE * told + SAME_TIME * time + FIRST * _is_first(link, held[peer.name])
    return fit - _others(mine, peer) - ASIDE * _is_aside(mine)


def _is_first(link: Link, own: Sequence[Link]) -> bool:
    """Whether no figure of the same measure and unit stands before it in its article."""
    mine = link.card
    like = [o.card.figure for o in own if o.card.measure == mine.measure and _is_like(o, link)]
    like = [f for f in like if f.article_id == mine.figure.article_id]
    return mine.figure.start == min((f.start for f in like), default=-1)


# How alike people and employees are.
CROWD = 0.85


def _others(card: Card, peer: Peer) -> float:
    """What counts against a figure whose sentence names another owner than the peer, more where it
    is about that one: "Velk employed 420"."""
    owner = card.figure.entity or ""
    if not owner or owner not in card.sentence or card.entity & peer.stems:
        return 0.0
    return OTHERS if card.sentence.startswith(owner) else NAMES_OTHER


_ASIDE = re.compile(r", (?:which|who|whose|where) [^,.;]{0,30}$")


def _is_aside(card: Card) -> bool:
    """Whether a figure is told by the way: "Wharf Lane, which holds 11,600"."""
    return bool(_ASIDE.search(card.sentence[: card.figure.start - card.figure.sentence.start]))


def _same_time(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.5
    return linking.period_pair(one, other)
