"""Reckoning: ways of several steps that a question asks for outright, by what its words name.

A period that is not told is made of others; growth is carried on to the year that is asked for;
what a part has added to the growth of the whole follows from both levels and both rates; a range
has a middle. Each way begins with a figure that fits the question by `bot.evidence.linking` and is
as sure as that fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.deriving import complements, compounds, sense
from bot.deriving.pools import are_together
from bot.evidence.linking import Goal, Link, Linker
from bot.language import terms, tilings
from bot.nodes import Node, is_range, leaf, step
from bot.operations import n_spans
from bot.questions import Query
from ingest import Figure, periods

# Figures that ways begin with, and those that they are looked for among.
N_SEEDS, N_SERIES = 6, 60
# A figure that fits less than this is not begun with; what has the form that is asked for is surer.
FITS, FORM = 0.45, 0.1
# How sure it is at least that the other part of a whole is asked for.
OTHER = 0.6
# It fits nearly as well as the figure that fits best.
AS_FITTING = 0.8
# Years that growth may be carried on for.
MAX_YEARS = 4


def ways(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """What may answer, each as sure as the figure that it begins with.

    goal: the question's own
    """
    for way in _WAYS:
        yield from (replace(node, score=node.score + FORM) for node in way(query, goal, linker))


def _fitting(
    goal: Goal, linker: Linker, kinds: tuple[str, ...], when: tuple[str, ...] = ()
) -> list[Link]:
    """The figures that fit a goal best in whatever period, or in those given."""
    loose = replace(goal, periods=when, loose=(), kinds=kinds, classes=(), unit=None)
    return [link for link in linker.links(loose)[:N_SERIES] if link.score >= FITS]


# -- periods ------------------------------------------------------------------------------------


def _made_of_others(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """The one period that is asked for and not told, by others that tile it."""
    if query.operation not in {None, "sum", "residual"} or len(query.periods) != 1:
        return
    asked = query.periods[0]
    if tilings.months(asked) is None:
        return
    links = [x for x in _fitting(goal, linker, ("level",)) if _is_of_months(x.card.figure)]
    fits = {link.card.figure.place: link.score for link in links}
    levels = [card.figure for card in linker.cards if _is_of_months(card.figure)]
    for seed in [link.card.figure for link in links[:N_SEEDS]]:
        series = [seed, *(f for f in levels if f is not seed and compounds.is_like(f, seed))]
        if any(tilings.is_same(f.period or "", asked) for f in series):
            continue
        for members in compounds.left(asked, series[:N_SERIES]):
            yield _told("residual", members, fits)
        for members in compounds.made_up(asked, series[:N_SERIES]):
            yield _told("sum", members, fits)


def _is_of_months(figure: Figure) -> bool:
    return compounds.is_level(figure) and tilings.months(figure.period or "") is not None


def _told(operation: str, members: Sequence[Figure], fits: dict[tuple[str, int], float]) -> Node:
    score = max(fits.get(f.place, 0.0) for f in members)
    return step(operation, [leaf(f) for f in members], score=score)


# -- the other part -----------------------------------------------------------------------------


def _left_of_whole(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """What a part leaves of its whole, where the other part is asked for."""
    told = list(complements.asked(query, linker.cards))
    loose = replace(goal, periods=(), loose=(), kinds=(), classes=(), unit=None)
    links = linker.links(loose)[:N_SEEDS] if told else []
    fits = {link.card.figure.place: link.score for link in links}
    fitting = [(max(fits.get(f.place, 0.0) for f in members), members) for members in told]
    best, members = max(fitting, key=lambda one: one[0], default=(0.0, ()))
    if members and best >= AS_FITTING * links[0].score:
        yield step("residual", [leaf(f) for f in members], score=max(best, OTHER))


# -- growth carried on --------------------------------------------------------------------------

_AGAIN = re.compile(
    r"\b(?:if|suppos\w+|assum\w+|imagin\w+|say|same|again|repeat\w*|keeps?|continu\w+|another)\b"
)


def _carried_on(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """A level with the growth that is told of it, year by year up to the last that is asked for."""
    if not _AGAIN.search(query.text.lower()) or query.assumed or not query.periods:
        return
    last = max(query.periods, key=periods.sort_key)
    for level, rate, score in _grown(_fitting(goal, linker, ()), linker):
        node = leaf(level)
        for _ in range(n_years := _years_between(level.period, last)):
            node = step("projection", (node, leaf(rate)), score=score)
        if n_years:
            yield replace(node, period=last)


def _years_between(period: str | None, later: str) -> int:
    """Whole years from a period to the same one later; 0 where there are none, or too many."""
    if period is None:
        return 0
    found = (n for n in range(1, MAX_YEARS + 1) if periods.shift(period, years=n) == later)
    return next(found, 0)


def rate_of(level: Figure, linker: Linker) -> Figure | None:
    """The one rate of growth in percent that is told of a level beside it.

    Of its measure and owner, or the only rate beside the only level of a sentence.
    """
    beside = [card.figure for card in linker.cards if are_together(card.figure, level)]
    rates = [f for f in beside if f.kind == "change" and f.unit == "%"]
    own = [f for f in rates if (f.measure, f.entity) == (level.measure, level.entity)]
    is_alone = len(rates) == sum(compounds.is_level(f) for f in beside) == 1
    found = own or (rates if is_alone else [])
    return found[0] if len(found) == 1 else None


# -- what a part has added to the whole ---------------------------------------------------------

_ADDED = re.compile(r"\b(?:contribut\w+|came from|come from|add(?:ed)?|account\w*|deliver\w*)\b")
_POINTS = re.compile(r"\bpoints?\b")
_OF_GROWTH = re.compile(r"\b(?:growth|rise|increase|gain|extra|expansion|upturn)\b")


def _added_to_growth(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """In points, or as a share of it, what a part has added to the growth of its whole."""
    said = query.text.lower()
    is_points = bool(_POINTS.search(said)) or query.unit == "pp"
    if not _ADDED.search(said) or not (is_points or _OF_GROWTH.search(said)):
        return
    grown = list(_grown(_fitting(goal, linker, ()), linker))
    wholes = list(_grown(_told_by(query, linker), linker)) or grown
    for part, part_rate, score in grown:
        for whole, whole_rate, other in wholes:
            if _may_be_whole(part, whole):
                nodes = [leaf(f) for f in (part, part_rate, whole, whole_rate)]
                yield _contribution(nodes, is_points, (score + other) / 2)


def _told_by(query: Query, linker: Linker) -> list[Link]:
    """The rates that the question itself tells: "of the 5% rise"."""
    told = {number.value for number in query.assumed if number.unit == "%"}
    rates = [c for c in linker.cards if c.figure.unit == "%" and c.figure.value in told]
    return [Link(card, NAMED, 1, 0, 1, 1, 1) for card in rates if card.figure.kind == "change"]


# How well a figure fits whose value the question tells.
NAMED = 0.7


def _contribution(nodes: Sequence[Node], is_points: bool, score: float) -> Node:
    if is_points:
        return step("contribution", nodes, score=score)
    changes = [step("absolute_growth", nodes[n : n + 2]) for n in (0, 2)]
    return step("share", changes, score=score)


def _grown(links: Iterable[Link], linker: Linker) -> Iterator[tuple[Figure, Figure, float]]:
    """Levels with their rates of growth, where either fits, each pair once."""
    best: dict[tuple[str, int], tuple[Figure, Figure, float]] = {}
    for link in links:
        figure = link.card.figure
        levels = [figure] if compounds.is_level(figure) else _levels_of(figure, linker)
        for level in levels:
            rate = rate_of(level, linker)
            if rate and level.place not in best and len(best) < N_SEEDS:
                best[level.place] = (level, rate, link.score)
    yield from best.values()


def _levels_of(rate: Figure, linker: Linker) -> list[Figure]:
    figures = (card.figure for card in linker.cards)
    return [f for f in figures if compounds.is_level(f) and are_together(f, rate)]


def _may_be_whole(part: Figure, whole: Figure) -> bool:
    """Whether one level may hold another: larger, of one article, unit and time."""
    is_one = part.unit == whole.unit and part.period == whole.period
    is_larger = (whole.value or Decimal(0)) > (part.value or Decimal(0))
    return is_one and is_larger and part.article_id == whole.article_id


# -- the middle of a range ----------------------------------------------------------------------


def _middle(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """What lies half way between the ends of what fits best of all that is told as a range."""
    if not sense.asks_middle(query.text):
        return
    ranges = [card.figure for card in linker.cards if is_range(card.figure)]
    near = [x for x in linker.links(replace(goal, kinds=())) if x.card.figure in ranges]
    for link in near[:1]:
        yield step("midpoint", [leaf(link.card.figure)], score=link.score)


# -- so much a month ----------------------------------------------------------------------------

_EACH = re.compile(
    r"\b(?:per|each|every|an?) (?P<span>month|quarter|week|day)\b(?! (?:earlier|ago|before|later))"
    r"|\b(?P<every>month|quarter|week)ly\b|\bdaily\b"
)
_ON_AVERAGE = re.compile(r"\b(?:averaged?|avg|mean|typical|per|each|every)\b")


def span_asked(question: str) -> str | None:
    """What a question asks the average of: "per month on average", "average weekly sales"."""
    found = _EACH.search(question.lower()) if _ON_AVERAGE.search(question.lower()) else None
    return (found["span"] or found["every"] or "day") if found else None


def _spread(query: Query, goal: Goal, linker: Linker) -> Iterator[Node]:
    """What is told of a year, spread evenly over what is asked about, where that is not told."""
    span = span_asked(query.text)
    if span is None:
        return
    stems = terms.stems_of(f"{span} {span}ly daily average avg mean typical")
    rest = replace(goal, stems=tuple(s for s in goal.stems if s not in stems))
    levels = _fitting(rest, linker, ("level",), rest.periods)
    if any(_is_told_so(link, span) for link in levels[:N_SEEDS]):
        return
    for link in levels[:N_SEEDS]:
        figure = link.card.figure
        wanted = {None, figure.unit, f"{figure.unit}/{span}"}
        if n_spans(figure.period, span) and query.unit in wanted:
            yield step("spread", [leaf(figure)], (span,), score=link.score)


def _is_told_so(link: Link, span: str) -> bool:
    """Whether a figure is told of each month, or on average, already."""
    figure = link.card.figure
    said = terms.stems_of(f"{figure.measure or ''}")
    return figure.unit.endswith(f"/{span}") or not said.isdisjoint(
        terms.stems_of(f"{span} {span}ly daily average mean")
    )


_WAYS: tuple[Callable[[Query, Goal, Linker], Iterator[Node]], ...] = (
    _made_of_others,
    _left_of_whole,
    _carried_on,
    _added_to_growth,
    _middle,
    _spread,
)
