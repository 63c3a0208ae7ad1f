"""Candidates: ways to an answer, made of the figures that the tagger points at.

Each likely operation of the question is filled with the likeliest figures in its roles. How likely
a candidate is, is the product of the chances of its figures and of the others' staying out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, islice

from bot import calculation
from bot.deriving import compounds
from bot.deriving.pools import FLOOR, Pool, are_together
from bot.errors import CalculationRefused
from bot.evidence import families
from bot.evidence.linking import Card, Link, place_of
from bot.language import terms, tilings
from bot.nodes import Node, node_of
from bot.questions import Query
from bot.tagging import Tags
from ingest import Figure, periods, units

N_CLASSES = 6
MIN_CLASS = 0.005
# How much likelier (a logarithm) figures of one sentence are than the tagger says.
TOGETHER = 2.0
# Rows and columns of this many of the likeliest figures are tried.
N_SEEDS, N_ROWS = 4, 4
MAX_MEMBERS = 8
# So many of a class stand before those of others.
MAX_OF_CLASS = 24
# Wholes that something is left of, and parts whose own sentence may tell their whole.
N_WHOLES, N_PARTS, MAX_PARTS = 6, 4, 6
# Every so many of the so many likeliest are tried as one set.
N_FEW, MAX_FEW = 6, 3
MIN_MEMBER = 0.12
# Operations over two figures, each in its own role.
PAIRS = frozenset([
    "difference", "share", "ratio", "growth", "point_change", "per_unit", "before_growth",
    "absolute_growth", "before_change", "percent_of", "whole_of", "exchange_rate", "projection",
    "contribution",
])  # fmt: skip
# What a question may be answered with that asks as if the answer stood there.
IMPLIED = frozenset(["percent_of", "before_growth", "before_change", "residual", "per_unit"])
# They are tried where a stated figure is asked for with this chance.
MAY_BE_IMPLIED = 0.3
Made = tuple[tuple[Figure, ...], float]


@dataclass(frozen=True)
class Candidate:
    """A node, the class of question that it answers, and its likelihood (a logarithm)."""

    node: Node
    kind: str
    likelihood: float

    @property
    def rank(self) -> float:
        """The likelihood, higher where all figures stand in one sentence."""
        leaves = self.node.leaves
        is_one = len(leaves) > 1 and all(are_together(leaves[0], f) for f in leaves)
        return self.likelihood + (TOGETHER if is_one else 0.0)


def propose(query: Query, tags: Tags, cards: Sequence[Card]) -> list[Candidate]:
    """Candidates, the likeliest first; what no law allows is for the caller to drop."""
    pool = Pool.of(tags, cards)
    ranked = sorted(tags.classes.items(), key=lambda item: -item[1])[:N_CLASSES]
    likely = [kind for kind, chance in ranked if chance >= MIN_CLASS]
    kinds = [kind for kind in likely if may_ask(query, kind)]
    if tags.classes.get("quoted", 0.0) >= MAY_BE_IMPLIED:
        kinds += sorted(kind for kind in IMPLIED if may_ask(query, kind))
    found: list[Candidate] = []
    for kind in dict.fromkeys([*kinds, "quoted"]):
        for members, likelihood in _made(kind, query, pool):
            stated = pool.card_of(members[0]) if kind == "quoted" else None
            weight = math.log(max(FLOOR, class_chance(query, tags, kind, stated)))
            try:
                node = node_of(_operation(kind, query), members, _parameters(kind, query))
            except CalculationRefused:
                continue
            if _may_stand(node):
                found.append(Candidate(node, kind, weight + likelihood))
    for kind, node, likelihood in compounds.ways(query, pool):
        asked = asks_middle(tags) if node.operation == "midpoint" else _compound_chance(tags, kind)
        weight = math.log(max(FLOOR, asked))
        found.append(Candidate(node, kind, weight + likelihood))
    return _mixed(sorted(found, key=lambda c: -c.rank))


def _mixed(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Each once, those beyond so many of their class last: the sums of every few crowd out no
    other way."""
    seen: Counter[str] = Counter()
    known: set[object] = set()
    first: list[Candidate] = []
    last: list[Candidate] = []
    for candidate in ranked:
        shape = candidate.kind, _shape(candidate.node)
        if shape in known:
            continue
        known.add(shape)
        seen[candidate.kind] += 1
        (first if seen[candidate.kind] <= MAX_OF_CLASS else last).append(candidate)
    return [*first, *last]


def _shape(node: Node) -> object:
    """What tells two ways apart: the operations and where their figures stand."""
    if node.figure:
        return place_of(node.figure)
    return node.operation, node.parameters, tuple(_shape(part) for part in node.parts)


def _may_stand(node: Node) -> bool:
    """Whether no law speaks against an operation over figures; what is nested is not looked at."""
    if not node.operation or any(part.operation for part in node.parts) or node.parameters:
        return True
    return calculation.problem(node.operation, node.leaves) is None


def _compound_chance(tags: Tags, kind: str) -> float:
    """The chance that a question asks for what has to be made of several, or as if it were told."""
    implied = tags.classes.get("quoted", 0.0) if kind in IMPLIED else 0.0
    return max(tags.classes.get(kind, 0.0), implied * MAY_BE_IMPLIED)


def asks_middle(tags: Tags) -> float:
    """The chance of a question for the middle of a range, which looks like one for the range."""
    return tags.classes.get("average", 0.0) + tags.classes.get("quoted", 0.0)


def may_ask(query: Query, kind: str) -> bool:
    """Whether the wording has a word without which nobody asks for an operation: "per", "times"."""
    cues = _cues().get(kind)
    return cues is None or bool(cues.search(f"{query.text} {query.wording}".lower()))


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, re.Pattern[str]]:
    found: dict[str, str] = terms.table("phrasing")["asked_with"]
    moves = " ".join(terms.table("phrasing")["moves"].values())
    return {
        kind: re.compile(rf"%|\b(?:{'|'.join(words.replace('moves', moves).split())})\b")
        for kind, words in found.items()
    }


def _operation(kind: str, query: Query) -> str:
    """The table's name of a class; points between two things that did not move are a difference."""
    if kind == "point_change" and not is_of_change(query.text):
        return "difference"
    return "stated" if kind == "quoted" else kind


@lru_cache(maxsize=256)
def is_of_change(question: str) -> bool:
    """Whether a question asks how something moved in time."""
    moves = terms.table("phrasing")["moves"]
    known = {word for way in ("up", "down", "either") for word in moves[way].split()}
    return bool(known & set(re.findall(r"[a-z]+", question.lower())))


def class_chance(query: Query, tags: Tags, kind: str, stated: Card | None) -> float:
    """The chance that a question asks for this class, or for what a figure states of another."""
    also = _states(stated) if stated else _ALSO.get(kind, ())
    if stated and query.unit == stated.figure.unit and units.is_money(query.unit):
        # What is told in the currency asked for need not be converted or taken of a whole.
        also = (*also, "conversion", "percent_of")
    if stated and _is_sum_asked(query, stated.figure):
        also = (*also, "sum")
    return sum(tags.classes.get(name, 0.0) for name in (kind, *also))


# By how much something has risen is what lies between two levels, too.
_ALSO = {"difference": ("absolute_growth",)}

_BOTH = re.compile(r"\b([a-z-]+) and ([a-z-]+)\b")


def _is_sum_asked(query: Query, figure: Figure) -> bool:
    """Whether what a question puts together is told of both: "combined imports and exports"."""
    both = _BOTH.search((figure.measure or "").lower())
    asked = terms.stem_set([query.text])
    return both is not None and {terms.stem(word) for word in both.groups()} <= asked


def _states(card: Card) -> tuple[str, ...]:
    """The operations whose result a figure may state: a rise of 5% is a growth already."""
    figure = card.figure
    if "/" in figure.unit:
        return ("per_unit", "exchange_rate")
    if figure.kind == "change" or _is_by(card):
        return ("growth", "point_change", *_CHANGES) if _is_percent(figure) else _CHANGES
    around = clause(card)
    if _PER.search(around):
        return ("per_unit",)
    if _AVERAGE.search(around):
        return ("average", "per_unit")
    return ("share",) if figure.unit == "%" else ()


def _is_percent(figure: Figure) -> bool:
    return figure.unit in {"%", "pp"}


def _is_by(card: Card) -> bool:
    """Whether a figure is one by which something differs: "overcounted by 0.7%"."""
    before = card.sentence[: card.figure.start - card.figure.sentence.start]
    return before.rstrip("€$£ ").lower().endswith((" by", " by about", " by almost", " by nearly"))


def clause(card: Card) -> str:
    """The measure of a figure and the words around it, up to the next break."""
    start = card.figure.start - card.figure.sentence.start
    end = card.figure.end - card.figure.sentence.start
    before = _BREAK.split(card.sentence[max(0, start - NEAR_BY) : start])[-1]
    after = _BREAK.split(card.sentence[end : end + NEAR_BY])[0]
    return f"{card.figure.measure or ''} {before} {after}".lower()


# Characters on either side of a figure that may tell what it is of.
NEAR_BY = 50
_BREAK = re.compile(r"[,;:|](?=\s)|[()–—]")
_PER = re.compile(r"\b(?:per|each|apiece|a head)\b")
_AVERAGE = re.compile(r"\b(?:averaged?|mean|median|typical)\b")
_CHANGES = ("absolute_growth", "difference")


def _parameters(kind: str, query: Query) -> tuple[str, ...]:
    """What the question adds to the figures: a rate to project with, the least rather than most."""
    if kind == "projection":
        return tuple(a.text for a in query.assumed if a.unit in {"%", "1"})[:1]
    if kind == "count":
        counted = _COUNTED.search(query.text.lower())
        return (units.singular(counted[1]),) if counted else ()
    return ("min",) if kind in {"extremum", "rank"} and query.extreme == "least" else ()


# "How many of the six sources in Ostavia", "How many parties are there".
_COUNTED = re.compile(
    r"\bhow many (?:of )?(?:the |its |their )?(?:[a-z]+ ){0,2}?([a-z]{3,20}s)"
    r" (?:in|of|on|at|are|were|have|had|did|do|does|is|was|with|that|which)\b"
)


def _made(kind: str, query: Query, pool: Pool) -> Iterator[Made]:
    if kind in PAIRS:
        return _pairs(kind, query, pool)
    way = _WAYS.get(kind)
    return way(query, pool) if way else iter(())


def _stated(query: Query, pool: Pool) -> Iterator[Made]:
    for figure in pool.figures:
        yield (figure,), max(pool.likelihood([figure]), pool.likelihood([], [figure]) - 1)


def _pairs(kind: str, query: Query, pool: Pool) -> Iterator[Made]:
    if kind == "projection" and _parameters(kind, query):
        yield from (((a,), pool.likelihood([a])) for a in pool.firsts())
        return
    pairs = [*pool.pairs, *_of_kinds(kind, pool)]
    if kind in _EITHER_WAY:
        pairs = list(dict.fromkeys([*pairs, *((b, a) for a, b in pairs)]))
    for a, b in pairs:
        if is_sensible(kind, query, (a, b)):
            yield (a, b), pool.likelihood([a], [b])


def _of_kinds(kind: str, pool: Pool) -> list[tuple[Figure, Figure]]:
    """The likeliest of those that may stand in each role, whatever others are likelier."""
    if kind in _OF_ONE_UNIT:
        seeds = sorted(pool.figures, key=lambda f: -pool.tags.of(f).any)[:N_SEEDS_OF_UNIT]
        alike = [(a, b) for a in seeds for b in pool.figures if a is not b and _is_of_unit(a, b)]
        return [*alike, *((b, a) for a, b in alike)]
    if kind not in _ROLES:
        return []
    may_lead, may_follow = _ROLES[kind]
    firsts = [f for f in pool.by_first if may_lead(f)][:N_OF_KIND]
    seconds = [f for f in pool.by_second if may_follow(f)][:N_OF_KIND]
    return [(a, b) for a in firsts for b in seconds if a is not b]


def _is_amount(figure: Figure) -> bool:
    return figure.kind != "change" and figure.unit not in {"%", "pp", "rank"}


def _is_told_share(figure: Figure) -> bool:
    return figure.kind != "change" and figure.unit in {"%", "1"}


def _is_rate_of_change(figure: Figure) -> bool:
    return figure.kind == "change" and figure.unit in {"%", "1"}


def _is_change(figure: Figure) -> bool:
    return figure.kind == "change" and figure.unit != "%"


def _is_number(figure: Figure) -> bool:
    return _is_amount(figure) and not units.is_money(figure.unit.partition("/")[0])


def _is_of_unit(one: Figure, other: Figure) -> bool:
    is_one = one.unit == other.unit or (
        units.is_count(one.unit)
        and units.is_count(other.unit)
        and units.are_alike(one.unit, other.unit)
    )
    return is_one and (one.kind == "change") == (other.kind == "change")


_ROLES: Mapping[str, tuple[Callable[[Figure], bool], Callable[[Figure], bool]]] = {
    "percent_of": (_is_amount, _is_told_share),
    "whole_of": (_is_amount, _is_told_share),
    "before_growth": (_is_amount, _is_rate_of_change),
    "absolute_growth": (_is_amount, _is_rate_of_change),
    "projection": (_is_amount, _is_rate_of_change),
    "before_change": (_is_amount, _is_change),
    "per_unit": (_is_amount, _is_number),
}
_OF_ONE_UNIT = frozenset(["difference", "share", "growth", "ratio", "point_change"])
# So many of each kind, and so many that are tried with all others of their unit.
N_OF_KIND, N_SEEDS_OF_UNIT = 4, 4


def is_sensible(kind: str, query: Query, members: Sequence[Figure]) -> bool:
    """Whether anybody would ask for this of these figures, though no law forbids it."""
    one, other = members
    if kind in {"growth", "share"} and one.unit == other.unit == "%":
        return False
    if kind == "share" and (one.kind == "change") != (other.kind == "change"):
        # Which of them is a part of the change, its sentence tells: `bot.deriving.increments`.
        return False
    if kind in _EARLIER:
        return not _is_of_then(query, one)
    if kind == "difference" and not _runs_as_asked(query.text, one, other):
        return False
    if kind in _MOVES and not (
        _moves_as_asked(query.text, one, other) and _is_of_two_times(query, one, other)
    ):
        return False
    is_unlike = units.is_count(one.unit) and units.is_count(other.unit) and one.unit != other.unit
    if kind == "difference" and is_unlike and not units.are_alike(one.unit, other.unit):
        return _is_near(one.value, other.value)
    return True


def is_wanted(query: Query, node: Node) -> bool:
    """Whether a change between two figures goes the way that is asked for."""
    if len(node.leaves) != 2 or len(node.parts) != 2:
        return True
    if node.operation == "difference":
        return _runs_as_asked(query.text, *node.leaves)
    return node.operation not in _MOVES or _moves_as_asked(query.text, *node.leaves)


# Of which two figures may be the first, the tagger seldom knows.
_EITHER_WAY = frozenset(["growth", "point_change", "difference", "ratio"])
_MOVES = frozenset(["growth", "point_change"])
_EARLIER = frozenset(["before_growth", "before_change"])
_BEFORE = re.compile(
    r"\b(?:before|earlier|previous|previously|prior|preceding|former|formerly|old|original|"
    r"originally|used to|last|from|ago|until|start|started|then)\b"
)
# How many times another thing's count may be the first's, that one would take them from each other.
_APART = 20


def _is_of_then(query: Query, level: Figure) -> bool:
    """Whether a question asks for the very period of a level, not for the one before it."""
    ends = tuple(loose.removeprefix("*") for loose in query.loose_periods)
    is_asked = level.period is not None and (
        level.period in query.periods or level.period.endswith(ends)
    )
    is_led_back = len(query.periods) > 1 and _has_before(level.period, query.periods)
    is_then = is_asked and query.shift >= 0 and not is_led_back
    return is_then and not _BEFORE.search(query.text.lower())


def _has_before(period: str | None, asked: Sequence[str]) -> bool:
    """Whether the year before a period is asked for too: "in 2023, judging by 2024's growth"."""
    return period is not None and tilings.years_on(period, -1) in asked


def _moves_as_asked(question: str, new: Figure, old: Figure) -> bool:
    """A fall that is asked for is from more to less; two opposite moves are no two levels."""
    if new.kind == old.kind == "change" and new.direction != old.direction:
        return False
    way = asked_way(question)
    if way is None or new.value is None or old.value is None or not _are_comparable(new, old):
        return True
    return (_worth(new) >= _worth(old)) == (way == "up")


def _runs_as_asked(question: str, one: Figure, other: Figure) -> bool:
    """Whether what lies between two levels of one thing has come about as is asked for, up or down,
    where their times are told."""
    is_one = (one.measure, one.entity, one.kind) == (other.measure, other.entity, other.kind)
    if not (is_one and one.period and other.period) or one.kind == "change":
        return True
    old, new = sorted((one, other), key=lambda f: periods.sort_key(f.period or ""))
    return old.period == new.period or _moves_as_asked(question, new, old)


def _are_comparable(one: Figure, other: Figure) -> bool:
    """Whether their values may be set side by side as they are: one unit, or bare counts."""
    return one.unit == other.unit or all(
        units.is_count(f.unit) or f.unit == "1" for f in (one, other)
    )


def _is_of_two_times(query: Query, new: Figure, old: Figure) -> bool:
    """What moved in time is no two measures of one time, told apart, unless they are compared."""
    is_one = new.period is not None and new.period == old.period
    if not is_one or are_together(new, old) or _COMPARED.search(query.text.lower()):
        return True
    mine, theirs = (set(terms.stems(f.measure or "")) for f in (new, old))
    return mine == theirs or not (mine and theirs)


_COMPARED = re.compile(r"\b(?:than|above|below|beat|exceed)")


@lru_cache(maxsize=256)
def asked_way(question: str) -> str | None:
    """ "up" where a question speaks of a rise alone, "down" of a fall alone."""
    words, moves = set(re.findall(r"[a-z]+", question.lower())), terms.table("phrasing")["moves"]
    found = {way for way in ("up", "down") if words & set(moves[way].split())}
    found |= set(_GONE.findall(question.lower()))
    return found.pop() if len(found) == 1 else None


_GONE = re.compile(r"\b(?:is|are|was|were|be|been|go|goes|gone|went)(?: it| they)? (up|down)\b")


def _is_near(one: Decimal | None, other: Decimal | None) -> bool:
    if not one or not other:
        return False
    return 1 <= abs(one / other) * _APART <= _APART**2


def _sets(query: Query, pool: Pool) -> Iterator[tuple[tuple[Figure, ...], float]]:
    """Rows of figures told alike, then the likeliest two, three, ... of one unit."""
    ranked = sorted(pool.figures, key=lambda f: -pool.tags.of(f).any)
    for row in _rows(query, pool, ranked[:N_SEEDS]):
        yield row, pool.set_likelihood(row)
    alike = [f for f in ranked if are_alike(f.unit, ranked[0].unit)][:MAX_MEMBERS]
    for members in _first(alike, [pool.tags.of(f).any for f in alike]):
        yield members, pool.likelihood(members)


def _first(ranked: Sequence[Figure], chances: Sequence[float]) -> list[tuple[Figure, ...]]:
    """The first two, three, ... as far as they are likely."""
    n_likely = max(2, sum(chance >= MIN_MEMBER for chance in chances))
    return [tuple(ranked[:n]) for n in range(2, min(n_likely, len(ranked)) + 1)]


def _few(ranked: Sequence[Figure], chances: Sequence[float]) -> list[tuple[Figure, ...]]:
    """Every two, or few, of the likeliest."""
    likely = [f for f, chance in zip(ranked, chances, strict=True) if chance >= MIN_MEMBER]
    return [m for n in range(2, MAX_FEW + 1) for m in combinations(likely[:N_FEW], n)]


def _whole(query: Query, pool: Pool) -> Iterator[tuple[tuple[Figure, ...], float]]:
    """Rows of figures told alike; of the sets of the likeliest, those that are no part of one."""
    rows: list[frozenset[Figure]] = []
    for members, likelihood in _sets(query, pool):
        own = frozenset(members)
        if not any(own < row for row in rows) and are_told_apart(query, members):
            yield members, likelihood
            rows.append(own)


def are_told_apart(query: Query, members: Sequence[Figure]) -> bool:
    """Whether figures are told alike of several owners or, where a time is asked for, of several.

    Those of one sentence or list may have no owners told.
    """
    if families.choices(query.text) and len({f.measure for f in members}) == len(members):
        return True
    owners, times = ({getattr(f, slot) for f in members} for slot in ("entity", "period"))
    is_in_time = len(times) == len(members)
    if is_in_time and len(owners) == 1:
        return families.asks_time(query.text)
    is_row = len({f.sentence for f in members}) == 1 or len({f.measure for f in members}) == 1
    return len(owners) == len(members) or is_row


def _rows(query: Query, pool: Pool, seeds: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """The figures that are told alike with each of some, those that are named where some are."""
    links = [Link(pool.card_of(f), pool.tags.of(f).any, 0, 0, 1, 1, 1) for f in seeds]
    found = families.find(links, pool.cards, query.text)
    yield from (family.members for family in islice(found, N_ROWS))


def _even(query: Query, pool: Pool) -> Iterator[Made]:
    """Rows and sets of figures, and every few of the likeliest that are of one unit."""
    found = dict(_sets(query, pool))
    ranked = sorted(pool.figures, key=lambda f: -pool.tags.of(f).any)[:MAX_MEMBERS]
    for members in _few(ranked, [pool.tags.of(f).any for f in ranked]):
        if all(are_alike(f.unit, members[0].unit) for f in members):
            found.setdefault(members, pool.likelihood(members))
    for members, likelihood in found.items():
        yield tuple(sorted(members, key=lambda f: (f.article_id, f.start))), likelihood


def _extremum(query: Query, pool: Pool) -> Iterator[Made]:
    """The largest or, where the least is asked for, the smallest before the others."""
    for members, likelihood in _whole(query, pool):
        if any(f.value is None for f in members):
            continue
        yield tuple(sorted(members, key=_worth, reverse=query.extreme != "least")), likelihood


def _worth(figure: Figure) -> Decimal:
    value = figure.value or Decimal(0)
    return -value if figure.direction == "down" and figure.kind == "change" else value


def _residual(query: Query, pool: Pool) -> Iterator[Made]:
    yield from _of_their_whole(pool)
    yield from _listed(pool)
    for whole in pool.firsts()[:4]:
        rest = [f for f in pool.figures if f is not whole and are_alike(f.unit, whole.unit)]
        ranked = sorted(rest, key=lambda f: -pool.tags.of(f).second)[:MAX_MEMBERS]
        chances = [pool.tags.of(f).second for f in ranked]
        several = dict.fromkeys([*_first(ranked, chances), *_few(ranked, chances)])
        for parts in [*((part,) for part in ranked[:3]), *several]:
            if _is_less(parts, whole):
                yield (whole, *parts), pool.likelihood([whole], parts)


def _of_their_whole(pool: Pool) -> Iterator[Made]:
    """ "Of the 168 riders, 151 are still in the race": a part, and the whole beside it."""
    for part in sorted(pool.figures, key=lambda f: -pool.tags.of(f).any)[:N_PARTS]:
        for whole in pool.in_sentence(part):
            if whole is not part and _may_be_whole(whole, part) and _is_less([part], whole):
                yield (whole, part), pool.likelihood([whole], [part])


def _may_be_whole(whole: Figure, part: Figure) -> bool:
    return are_alike(whole.unit, part.unit) and whole.kind == part.kind != "change"


def _listed(pool: Pool) -> Iterator[Made]:
    """ "The north gave 140, the south 55 and the east the rest": all that a sentence lists, and
    with it another likely part."""
    likely = sorted(pool.figures, key=lambda f: -pool.tags.of(f).any)[:N_PARTS]
    lists = {part.sentence_place: part for part in likely}
    for part in lists.values():
        own = sorted(pool.in_sentence(part), key=lambda f: f.start)
        row = tuple(f for f in own if _may_be_whole(f, part))
        others = [f for f in likely if f not in row and _may_be_whole(f, part)]
        for whole in pool.firsts()[:N_WHOLES]:
            for parts in (row, *((*row, other) for other in others)):
                if _may_be_whole(whole, part) and _is_whole_of(whole, parts):
                    yield (whole, *parts), pool.set_likelihood((whole, *parts))


def _is_whole_of(whole: Figure, parts: Sequence[Figure]) -> bool:
    return whole not in parts and 1 < len(parts) <= MAX_PARTS and _is_less(parts, whole)


def _is_less(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether parts may leave something of a whole, where all are told in one unit."""
    told = [f.value for f in (whole, *parts) if f.value is not None and f.unit == whole.unit]
    return len(told) <= len(parts) or sum(told[1:]) < told[0]


def _rank(query: Query, pool: Pool) -> Iterator[Made]:
    """The place of the one that the question names among the likeliest."""
    asked = set(terms.stems(query.text))

    def named(figure: Figure) -> float:
        own = set(terms.stems(f"{figure.entity or ''} {figure.measure or ''}"))
        near = pool.card_of(figure).near
        return sum(1.0 if s in own else max(0.0, 1 - near.get(s, FAR) / FAR) for s in asked)

    for members, likelihood in _whole(query, pool):
        first, second = sorted(members, key=named, reverse=True)[:2]
        if named(first) > named(second):
            others = sorted((f for f in members if f is not first), key=lambda f: f.start)
            yield (first, *others), likelihood


# Words from a figure to where a name says nothing of it.
FAR = 8


def _consistency(query: Query, pool: Pool) -> Iterator[Made]:
    """A stated value before those that it follows from."""
    for stated in pool.firsts()[:3]:
        ranked = sorted(
            (f for f in pool.figures if f is not stated), key=lambda f: -pool.tags.of(f).any
        )
        row = families.beside(ranked[0], pool.others) if ranked else ()
        if row and stated not in row:
            yield (stated, *row), pool.likelihood([stated, *(f for f in row if f in ranked)])
        for n in range(2, min(6, len(ranked)) + 1):
            if n > 2 and pool.tags.of(ranked[n - 1]).any < MIN_MEMBER:
                break
            yield (stated, *ranked[:n]), pool.likelihood([stated, *ranked[:n]])


_WAYS: Mapping[str, Callable[[Query, Pool], Iterator[Made]]] = {
    "quoted": _stated,
    "sum": _even,
    "average": _even,
    "count": _even,
    "extremum": _extremum,
    "residual": _residual,
    "rank": _rank,
    "consistency": _consistency,
}


def are_alike(one: str, other: str) -> bool:
    """Whether units convert, or count things."""
    return (units.is_count(one) and units.is_count(other)) or converts(one, other)


def converts(one: str, other: str) -> bool:
    """Whether units are one, or convert; points of percent are percent too."""
    return one == other or {one, other} <= {"%", "pp"} or units.are_convertible(one, other)
