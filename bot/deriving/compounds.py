"""Compounds: ways to an answer whose figures are found by how they belong together.

A period that is not told follows from others that it tiles; what the shares of one whole leave is
the rest; a rate that is told converts, and two rates make a third; what lies between the ends of
a row is its spread. Each is found from a likely figure and what is told with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from bot import calculation
from bot.deriving import sense
from bot.deriving.pools import Pool
from bot.evidence import families, linking
from bot.evidence.linking import Link
from bot.language import terms, tilings
from bot.nodes import Node, by_size, is_range, leaf, step
from bot.questions import Query
from ingest import Figure, periods, units

Way = tuple[str, Node, float]
"""The class of question that a node answers, the node, and its likelihood (a logarithm)."""

# Figures that are looked through, those that others are found from, and members of one set.
N_SERIES, N_SEEDS, MAX_MEMBERS = 60, 6, 12
# Parts of one period that are taken from it together, and those that they are chosen from.
MAX_PARTS, N_INSIDE = 3, 8
# Characters between an amount and the shares of it, and so many amounts.
NEAR, N_AMOUNTS = 300, 4
# What is left is asked for where its class is as likely as this, and another currency.
ASKED, LIKELY = 0.3, 0.1
# Where what is told in the currency asked for has this share of an amount's chance, none is
# converted.
NEARLY = 0.5


def ways(query: Query, pool: Pool) -> Iterator[Way]:
    """What may answer a question beside the operations over single figures."""
    for way in _WAYS:
        yield from way(query, pool)


def likeliest(pool: Pool, *kinds: str) -> str:
    """The class of some that the question asks for most likely."""
    return max(kinds, key=lambda kind: pool.tags.classes.get(kind, 0.0))


# -- periods that tile --------------------------------------------------------------------------


def _tiled(query: Query, pool: Pool) -> Iterator[Way]:
    """A period that is asked for and not told, from others of the same measure and owner."""
    for asked in query.periods:
        if tilings.months(asked) is None:
            continue
        series = [f for f in pool.others if is_level(f) and tilings.months(f.period or "")]
        series = series[:N_SERIES]
        kind = likeliest(pool, "residual", "sum")
        for members in left(asked, series):
            yield kind, _step("residual", members), pool.set_likelihood(members)
        for members in made_up(asked, series):
            yield kind, _step("sum", members), pool.set_likelihood(members)


def is_level(figure: Figure) -> bool:
    is_part = figure.unit in {"%", "pp", "rank"} or "/" in figure.unit
    return not is_part and figure.kind in {"level", "count"} and figure.value is not None


def _step(operation: str, members: Sequence[Figure]) -> Node:
    return step(operation, [leaf(f) for f in members])


def left(asked: str, series: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """A longer period and the part of it, or the parts, that leave what is asked for."""
    for whole in series[: 2 * N_SEEDS]:
        if not _is_longer(whole, asked) or _is_told(asked, whole, series):
            continue
        inside = [f for f in series if is_like(whole, f) and _is_within(f, whole.period or "")]
        for parts in _partings(inside):
            if _leaves(whole, parts, asked):
                yield whole, *parts


def _partings(inside: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """Each figure by itself, then every few of the likeliest, one of each period."""
    yield from ((part,) for part in inside)
    first = {figure.period: figure for figure in reversed(inside)}
    few = sorted(first.values(), key=lambda f: periods.sort_key(f.period or ""))[:N_INSIDE]
    for n in range(2, MAX_PARTS + 1):
        yield from combinations(few, n)


def _leaves(whole: Figure, parts: Sequence[Figure], asked: str) -> bool:
    rest = tilings.rest(whole.period or "", [part.period or "" for part in parts])
    return rest is not None and tilings.is_same(rest, asked)


def _is_longer(figure: Figure, period: str) -> bool:
    told = figure.period or ""
    return not tilings.is_same(told, period) and periods.contains(told, period)


def _is_told(asked: str, like: Figure, series: Sequence[Figure]) -> bool:
    return any(tilings.is_same(f.period or "", asked) and is_like(f, like) for f in series)


def made_up(asked: str, series: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """Figures of one measure and owner whose periods make up the one that is asked for."""
    inside = [f for f in series if _is_within(f, asked)]
    found: set[frozenset[Figure]] = set()
    for seed in inside[:N_SEEDS]:
        kin = [f for f in inside if is_like(f, seed) and _length(f) == _length(seed)]
        row = _in_order(seed, kin)
        if tilings.is_tiled(asked, [f.period or "" for f in row]):
            if frozenset(row) not in found and not _is_told(asked, seed, series):
                found.add(frozenset(row))
                yield row


def _is_within(figure: Figure, period: str) -> bool:
    told = figure.period or ""
    return not tilings.is_same(told, period) and periods.contains(period, told)


def _length(figure: Figure) -> int:
    span = tilings.months(figure.period or "")
    return span[2] - span[1] if span else 0


def _in_order(seed: Figure, kin: Sequence[Figure]) -> tuple[Figure, ...]:
    """One figure of each period, those of the seed's own column or sentence before others."""
    found: dict[str, Figure] = {}
    for figure in sorted(kin, key=lambda f: (f != seed, f.measure != seed.measure)):
        found.setdefault(figure.period or "", figure)
    return tuple(sorted(found.values(), key=lambda f: periods.sort_key(f.period or "")))


def is_like(one: Figure, other: Figure) -> bool:
    """Whether two figures may be of one measure and owner, as far as it is told."""
    if one.unit != other.unit or one.kind != other.kind or one.claim != other.claim:
        return False
    return all(_fit(getattr(one, slot), getattr(other, slot)) for slot in ("measure", "entity"))


@lru_cache(maxsize=20_000)
def _fit(one: str | None, other: str | None) -> bool:
    mine, theirs = _stems(one), _stems(other)
    return _are_in(mine, theirs) or _are_in(theirs, mine)


def _are_in(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each word, or one that may stand for it, is among others: sales, revenue."""
    return words <= others or all(linking.stands_in(word, others) for word in words)


@lru_cache(maxsize=5_000)
def _stems(text: str | None) -> frozenset[str]:
    return frozenset(terms.stems(text or ""))


# -- from one time to another -------------------------------------------------------------------


def _runs(query: Query, pool: Pool) -> Iterator[Way]:
    """What is told of each time from one that is asked for to another, on average or in all."""
    kinds = [k for k in ("average", "sum") if pool.tags.classes.get(k, 0.0) >= LIKELY]
    asked = [p for period in query.periods for p in period.split("/")]
    if not kinds or len(asked) < 2 or not _FROM_TO.search(query.text.lower()):
        return
    first, last = min(asked, key=periods.sort_key), max(asked, key=periods.sort_key)
    if tilings.months(first) is None or tilings.months(last) is None:
        return
    for row in _rows_between(first, last, pool):
        for kind in kinds:
            yield kind, _step(kind, row), pool.set_likelihood(row)


_FROM_TO = re.compile(r"\d{4} ?(?:-|–|to|through|until|till) ?(?:\d{2})?\d{2}\b|\bbetween\b")


def _rows_between(first: str, last: str, pool: Pool) -> Iterator[tuple[Figure, ...]]:
    """Figures of one measure and owner, one of each time between two."""
    begin, end = tilings.months(first), tilings.months(last)
    assert begin and end
    found: set[frozenset[Figure]] = set()
    for seed in pool.figures[:N_SEEDS]:
        span = tilings.months(seed.period or "")
        if span is None or span[0] != begin[0] or span[2] - span[1] != begin[2] - begin[1]:
            continue
        kin = [
            f for f in pool.others[: 4 * N_SERIES]
            if f.article_id == seed.article_id and is_like(f, seed) and f.entity == seed.entity
            and (of := tilings.months(f.period or "")) and begin[1] <= of[1] and of[2] <= end[2]
        ]  # fmt: skip
        row = _in_order(seed, kin)
        covered = tilings.joined([f.period or "" for f in row])
        if covered == (begin[0], begin[1], end[2]) and frozenset(row) not in found:
            found.add(frozenset(row))
            yield row


# -- shares of one whole ------------------------------------------------------------------------


def _remainders(query: Query, pool: Pool) -> Iterator[Way]:
    """What the shares of one sentence leave of a hundred, and of an amount that is told by them."""
    is_asked = pool.tags.classes.get("residual", 0.0) > ASKED or _asks_rest(query.text)
    for shares in _shares(pool):
        if not is_asked and not _REST.search(pool.card_of(shares[-1]).sentence.lower()):
            continue
        likelihood = pool.set_likelihood(shares)
        rest = step("remainder", [leaf(f) for f in shares])
        yield "residual", rest, likelihood
        for amount in _amounts(pool, shares):
            node = step("percent_of", [rest, leaf(amount)])
            yield "residual", node, pool.set_likelihood((amount, *shares))


def _asks_rest(question: str) -> bool:
    return bool(_REST.search(question.lower()) or _NOT.search(question.lower()))


_REST = re.compile(r"\b(?:the (?:rest|remainder|remaining|others?)|left over|remain|remains)\b")
_NOT = re.compile(r"\b(?:not|neither|nor|without|un(?:decided|sure)|non|none|no)\b|n't\b")


def _shares(pool: Pool) -> Iterator[tuple[Figure, ...]]:
    """The shares of a sentence that are told together, two of them, and each by itself."""
    seeds = [f for f in pool.figures if is_share(f)][:N_SEEDS]
    found: dict[frozenset[Figure], tuple[Figure, ...]] = {}
    for seed in seeds:
        own = [f for f in pool.in_sentence(seed) if is_share(f)][:MAX_MEMBERS]
        own.sort(key=lambda f: f.start)
        for members in [tuple(own), (seed,), *((seed, f) for f in own if f is not seed)]:
            found.setdefault(frozenset(members), tuple(sorted(members, key=lambda f: f.start)))
    yield from found.values()


def is_share(figure: Figure) -> bool:
    """A share of something, not all of it: "58%", "two-thirds"."""
    whole = {"%": 100, "1": 1}.get(figure.unit, 0)
    return figure.kind == "share" and 0 < (figure.value or 0) < whole


def _amounts(pool: Pool, shares: Sequence[Figure]) -> Iterator[Figure]:
    """The likeliest amounts near the shares."""
    first = shares[0]
    near = [
        figure
        for figure in pool.figures
        if figure.article_id == first.article_id and abs(first.start - figure.end) <= NEAR
    ]
    yield from [f for f in near if is_level(f) and f.unit != "1"][:N_AMOUNTS]


# -- money of another kind ----------------------------------------------------------------------


def _conversions(query: Query, pool: Pool) -> Iterator[Way]:
    """An amount by a rate that is told, or by one quantity in two currencies."""
    is_likely = pool.tags.classes.get("conversion", 0.0) >= LIKELY
    rates = _rates(pool) if is_likely or query.unit else []
    for amount in pool.firsts()[:N_AMOUNTS]:
        for rate in rates:
            if amount.unit not in rate.unit.split("/"):
                continue
            node = step("conversion", (leaf(amount), rate))
            is_asked = query.unit == node.unit or (is_likely and query.unit is None)
            if is_asked and is_to_be_converted(query, pool, node.leaves):
                yield "conversion", node, pool.led_likelihood(*node.leaves)


def is_to_be_converted(query: Query, pool: Pool, leaves: Sequence[Figure]) -> bool:
    """Whether an amount is none of its rate, the other currency is the one that is asked for, where
    one is, and nothing told in it is nearly as likely."""
    amount, *rate = leaves
    if query.unit == amount.unit:
        return False
    own = {f.quantity for f in rate}
    others = {unit for f in rate for unit in f.unit.split("/")} - {amount.unit}
    told = [
        pool.tags.of(f).first for f in pool.figures if f.unit in others and f.quantity not in own
    ]
    is_other = all(f is not amount for f in rate)
    return is_other and max(told, default=0.0) <= NEARLY * pool.tags.of(amount).first


def _is_rate(unit: str) -> bool:
    return "/" in unit and all(map(units.is_money, unit.split("/")))


def _cross_rates(query: Query, pool: Pool) -> Iterator[Way]:
    """The rate of the two currencies that a question names, from two rates by a third."""
    named = _currencies(query.text)
    if len(named) != 2 or pool.tags.classes.get("exchange_rate", 0.0) < LIKELY:
        return
    rates = _rates(pool)
    for one, other in combinations(rates, 2):
        if len({*one.unit.split("/"), *other.unit.split("/")}) != 3:
            continue
        for pair in ((one, other), (other, one)):
            node = step("cross_rate", pair)
            if node.unit == "/".join(named):
                yield "exchange_rate", node, pool.set_likelihood(node.leaves)


def _currencies(text: str) -> list[str]:
    """The currencies that a text names, each once, in order."""
    found = [units.parse(word) for word in re.findall(r"[A-Za-z]{3,20}|[$€£¥]", text)]
    return list(dict.fromkeys(unit for unit in found if unit and units.is_money(unit)))


def _rates(pool: Pool) -> list[Node]:
    """Rates that are told, and those of one amount in two currencies."""
    found = [leaf(f) for f in pool.others if _is_rate(f.unit)][:N_SEEDS]
    paired: dict[tuple[str, int], Figure] = {}
    for figure in pool.others[: 2 * N_SERIES]:
        if "/" in figure.unit or not (units.is_money(figure.unit) or units.is_count(figure.unit)):
            continue
        other = paired.setdefault((figure.article_id, figure.quantity), figure)
        is_known = units.is_money(figure.unit) or units.is_money(other.unit)
        if other.unit != figure.unit and is_known:
            found.append(step("exchange_rate", (leaf(other), leaf(figure))))
    return found[: 2 * N_SEEDS]


# -- so many of so much each --------------------------------------------------------------------


def _products(query: Query, pool: Pool) -> Iterator[Way]:
    """What each of something takes, times how many there are."""
    yield from _prices(pool)
    prices = [f for f in pool.figures if "/" in f.unit and not _is_rate(f.unit)]
    for price in prices[:N_SEEDS]:
        for number in pool.figures:
            below = price.unit.partition("/")[2]
            is_number = units.are_convertible(number.unit, below) or (
                units.is_count(number.unit) and units.are_alike(number.unit, below)
            )
            if is_number and is_level(number):
                node = step("product", (leaf(price), leaf(number)))
                yield "percent_of", node, pool.set_likelihood(node.leaves)


def _prices(pool: Pool) -> Iterator[Way]:
    """What one of them costs, times how many are told of beside it: 219 fines of £150."""
    for price in pool.figures[:N_SEEDS]:
        if not units.is_money(price.unit) or not is_level(price):
            continue
        for number in pool.in_sentence(price):
            node = step("product", (leaf(price), leaf(number)))
            is_number = units.is_count(number.unit) and is_level(number)
            if is_number and calculation.problem("product", (price, number)) is None:
                kind = likeliest(pool, "percent_of", "conversion", "sum")
                yield kind, node, pool.set_likelihood(node.leaves)


# -- the middle of a range ----------------------------------------------------------------------


def _middles(query: Query, pool: Pool) -> Iterator[Way]:
    """What lies half way between the ends that are told of one thing."""
    if sense.asks_middle(query.text):
        for told in filter(is_range, pool.figures):
            yield "average", _step("midpoint", [told]), pool.set_likelihood([told])


# -- rows ---------------------------------------------------------------------------------------


def _spreads(query: Query, pool: Pool) -> Iterator[Way]:
    """The largest of a row less the smallest, where a question names both its ends."""
    if len(set(_ENDS.findall(query.text.lower()))) < 2 and not _SPREAD.search(query.text.lower()):
        return
    seeds = [Link(pool.card_of(f), pool.tags.of(f).any, 0, 0, 1, 1, 1) for f in pool.figures]
    for family in families.find(seeds[:N_SEEDS], pool.cards, query.text):
        sized = by_size(family.members)
        if len(sized) > 2:
            node = step("difference", (leaf(sized[-1]), leaf(sized[0])))
            yield "difference", node, pool.set_likelihood(node.leaves)


_ENDS = re.compile(r"\b(?:[a-z]{3,12}est|best|worst|most|least|top|bottom)\b")
_SPREAD = re.compile(r"\b(?:spread|range) (?:between|of|in|from|across)\b")


def _contributions(query: Query, pool: Pool) -> Iterator[Way]:
    """How much a part has grown, of what the whole was before."""
    if not _CONTRIBUTED.search(query.text.lower()):
        return
    levels = [f for f in pool.others[:N_SERIES] if is_level(f) and f.period]
    for now in levels[: 2 * N_SEEDS]:
        for before in levels:
            if not (is_like(now, before) and now.entity == before.entity and _is_next(before, now)):
                continue
            for whole in _wholes(before, pool):
                change = step("difference", (leaf(now), leaf(before)))
                node = step("contribution", (change, leaf(whole)))
                kind = likeliest(pool, "contribution", "point_change")
                yield kind, node, pool.set_likelihood(node.leaves)


_CONTRIBUTED = re.compile(
    r"\b(?:contribut[a-z]+|points? of|account(?:ed|s)? for|add(?:ed|s)?|deliver(?:ed|s)?)\b"
)


def _is_next(before: Figure, now: Figure) -> bool:
    old, new = (tilings.months(f.period or "") for f in (before, now))
    return old is not None and new is not None and old[2] - old[1] == new[2] - new[1] and old < new


def _wholes(part: Figure, pool: Pool) -> Iterator[Figure]:
    """Larger figures of the time, unit and article of a part that are said to be of all."""
    for whole in pool.others:
        is_one = whole.unit == part.unit and whole.period == part.period and is_level(whole)
        if is_one and whole.entity != part.entity and whole.article_id == part.article_id:
            if (whole.value or 0) > (part.value or 0) and families.is_whole_of(whole, part):
                yield whole


# -- what was before ----------------------------------------------------------------------------


def _befores(query: Query, pool: Pool) -> Iterator[Way]:
    """How many there were: those that have gone and those that are left."""
    counts = [f for f in pool.figures if units.is_count(f.unit) and f.kind != "change"]
    for gone in counts[:N_SEEDS]:
        for left in pool.in_sentence(gone):
            if left is not gone and _is_by(pool, gone, "gone") and _is_by(pool, left, "left"):
                node = step("sum", (leaf(gone), leaf(left)))
                kind = likeliest(pool, "before_change", "before_growth")
                yield kind, node, pool.set_likelihood(node.leaves)


def _is_by(pool: Pool, figure: Figure, name: str) -> bool:
    """Whether the words next to a figure say what has become of what it counts."""
    sentence, at = pool.card_of(figure).sentence, figure.end - figure.sentence.start
    after = re.split(r"[,;.]", sentence[at:], maxsplit=1)[0].lower()
    words = re.findall(r"[a-z]+", after)[:4]
    return bool(set(words) & set(terms.table("phrasing")["become"][name].split()))


# -- what comes and what goes -------------------------------------------------------------------


def _balances(query: Query, pool: Pool) -> Iterator[Way]:
    """What has come less what has gone, of three figures or more: births, deaths, migrants."""
    words = terms.table("phrasing")["flows"]
    first = {f.unit: f for f in reversed(pool.figures) if is_level(f)}
    counts = sorted(first.values(), key=pool.figures.index)
    coming = [f for f in counts if _flows(f, words["in"], words["out"])]
    going = [f for f in counts if _flows(f, words["out"], words["in"])]
    if not coming or not going or len(coming) + len(going) < 3:
        return
    node = step("difference", (leaf(coming[0]), leaf(going[0])))
    if coming[1:]:
        node = step("sum", (node, *map(leaf, coming[1:])))
    if going[1:]:
        node = step("difference", (node, _together(going[1:])))
    kind = likeliest(pool, "sum", "consistency", "difference")
    yield kind, node, pool.set_likelihood(node.leaves)


def _flows(figure: Figure, words: str, others: str) -> bool:
    said = set(terms.stems(f"{figure.measure or ''} {figure.unit}"))
    return bool(said & set(terms.stems(words))) and not said & set(terms.stems(others))


def _together(members: Sequence[Figure]) -> Node:
    nodes = [leaf(f) for f in members]
    return nodes[0] if len(nodes) == 1 else step("sum", nodes)


_WAYS: tuple[Callable[[Query, Pool], Iterator[Way]], ...] = (
    _tiled,
    _runs,
    _remainders,
    _conversions,
    _cross_rates,
    _products,
    _middles,
    _spreads,
    _contributions,
    _befores,
    _balances,
)
