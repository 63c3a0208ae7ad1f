"""Judging: how likely a way to the answer is the right one.

The ways to an answer stand against each other and against there being none, by a handful of
measures of each: what the tagger says of its figures and of the question, what the rules of
`bot.evidence.linking` say, and whether period, unit and names fit. The weights
(bot/data/judging.npz) are fitted by `python -m tests.training.judge` on questions that the tagger
was not trained on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from statistics import fmean
from typing import Any

import numpy as np

from bot.deriving import (
    accounting,
    candidates,
    chains,
    compounds,
    narrows,
    sense,
    ties,
    wanted,
    wholes,
)
from bot.deriving.candidates import Candidate
from bot.deriving.pools import FLOOR, Pool
from bot.deriving.ties import Ties
from bot.evidence import bases, formers, linking, siblings, tellers, tellings
from bot.evidence.linking import Card, Linker
from bot.language import nearness, terms, tilings
from bot.nodes import ELSEWHERE, Derivation, Node, attempted, leaf, tiled
from bot.operations import n_years
from bot.questions import Query
from bot.tagging import Tags
from ingest import Article, Figure, periods, units

Floats = np.ndarray[Any, np.dtype[np.float32]]

N_JUDGED = 60
# A way that fits the rules this well is taken at their word, unless it is a figure that the tagger
# points away from.
SURE, POINTED_AT = 0.6, -1.2
# A figure that has this chance is pointed at, though the question may ask for what follows from it.
POINTED_OUT = 0.4
# What the rules are sure of yields to a result that has this chance.
CONTESTED = 0.6
# A result that fits the rules this well is over figures that the question calls by their names.
NAMED = 0.85
# A result over figures that are called by name stands though the likeliest figure is of another.
CALLED_SURELY = 0.8
# Nor where the question asks for a stated figure with less than this chance (a tenth).
ASKED = math.log(0.1) / 3
Way = tuple[float, Mapping[str, float], Node]
"""The chance of a way by itself, its measures, and its node with the chance of what it says."""
Judged = tuple[Node, Mapping[str, float], Derivation]
"""A way, its measures, and what it comes to."""
# A figure's share of the question's words where none of them stands in its sentence.
UNTOLD = 0.5
# Below this fit a figure is of another period than the one asked for.
OF_THEN = 0.3
# How well a result fits whose period does not follow from its figures, and one that is worked out
# for a time before or after though its first figure is of the very time asked for.
UNTOLD_THEN, OF_ITSELF = 0.6, 0.2
# How well a figure of untold period fits where other years stand in its sentence, or before it.
OF_OTHER, AFTER_OTHER = 0.3, 0.5
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
# Those whose table entry wants the operands the other way round.
TURNED = frozenset(["percent_of"])
# What is picked out of several, which have to be told alike.
_OF_ONE_KIND = frozenset(["extremum", "rank"])
# Figures of a conversion: a stated amount, and one quantity in two currencies.
CONVERTED = 3
FEATURES = (
    "bias", "lead", "likelihood", "class", "weakest", "line", "rule", "ruled", "period", "unit",
    "names", "stated", "surely_ruled", "first_ruled", "near", "implied", *ties.MEASURES,
)  # fmt: skip


def judged(
    query: Query, ruled: Sequence[Node], tags: Tags, linker: Linker
) -> list[tuple[Node, dict[str, float]]]:
    """Nodes that the rules found and that the tagger points at, with their measures."""
    pool = Pool.of(tags, linker.cards)
    proposed = candidates.propose(query, tags, linker.cards)[:N_JUDGED]
    rules = {_key(node): node for node in sorted(ruled, key=lambda n: n.score)}
    found: dict[object, Candidate] = {}
    for candidate in proposed:
        key = _key(candidate.node)
        if key not in found or found[key].likelihood < candidate.likelihood:
            found[key] = candidate
    for key, node in rules.items():
        kind = class_of(node)
        if not _is_proposable(query, node, kind, pool):
            continue
        known = found.get(key)
        likelihood = known.likelihood if known else _likelihood(query, node, kind, pool, linker)
        found[key] = Candidate(node, known.kind if known else kind, likelihood)
    found = _meant(query, found, linker)
    found = {key: c for key, c in found.items() if not _is_elsewhen(query, c.node)}
    ground = Ground(
        query,
        tags,
        linker,
        best=max((c.likelihood for c in found.values()), default=0.0),
        surest=max((node.score for node in ruled), default=0.0),
        nearness=Nearness(linker),
        ties=Ties(query.text, linker),
    )
    return [(c.node, measures(c, rules.get(key), ground)) for key, c in found.items()]


def _meant(
    query: Query, found: Mapping[object, Candidate], linker: Linker
) -> dict[object, Candidate]:
    """Those that the question's wording may mean."""
    kept = {key: c for key, c in found.items() if sense.is_meant(query, c.node)}
    if sense.asks_balance(query.text):
        kept = {key: c for key, c in kept.items() if _may_be_balance(c.node, linker)}
    if sense.asks_between(query.text):
        kept = {key: c for key, c in kept.items() if _may_lie_between(c.node, linker)}
    nodes = formers.of_now(query, [c.node for c in kept.values()], linker.cards)
    nodes = siblings.of_named(query, nodes, linker.cards)
    nodes = accounting.of_parts(query, nodes, linker.cards)
    nodes = accounting.of_named_wholes(nodes, linker.cards)
    nodes = tellers.of_each(query, nodes)
    nodes = wholes.of_what_is_asked(query, sense.in_money_asked(query, nodes))
    nodes = wholes.of_whole_told(query, nodes, linker.cards)
    named = {id(n) for n in sense.of_what_is_named(query, nodes)}
    return {key: c for key, c in kept.items() if id(c.node) in named}


_PART_OF_YEAR = re.compile(r"-[HQ]\d$")


def _is_elsewhen(query: Query, node: Node) -> bool:
    """Whether a figure is told of a year where one of its halves or quarters is asked about, or a
    change where one of its months is."""
    figure = node.figure
    if figure is None or figure.period is None or not query.periods:
        return False
    if figure.kind != "change" and not all(_PART_OF_YEAR.search(p) for p in query.periods):
        return False
    return all(p != figure.period and periods.contains(figure.period, p) for p in query.periods)


def _may_be_balance(node: Node, linker: Linker) -> bool:
    """Whether a figure, where it is one, may be what is left of two sides."""
    figure = node.figure
    return figure is None or sense.is_balance(figure, linker.card_of(figure).sentence)


def _may_lie_between(node: Node, linker: Linker) -> bool:
    """Whether a figure, where it is one, may be by how much two others differ."""
    figure = node.figure
    if figure is None:
        return True
    return sense.may_lie_between(figure, candidates.clause(linker.card_of(figure)))


@dataclass(frozen=True)
class Ground:
    """What the ways to one question's answer are measured by.

    best: likelihood of the likeliest way; surest: score of the rules' best node
    """

    query: Query
    tags: Tags
    linker: Linker
    best: float
    surest: float
    nearness: Nearness
    ties: Ties


def _is_proposable(query: Query, node: Node, kind: str, pool: Pool) -> bool:
    """Whether what the rules found is one that would be proposed of these figures."""
    if kind in _OF_ONE_KIND:
        is_called = all(part.called for part in node.parts)
        return is_called or candidates.are_told_apart(query, node.leaves)
    is_of_figures = kind == "conversion" and len(node.leaves) == CONVERTED
    if is_of_figures and chains.asks_rate_of(query):
        return True
    return not is_of_figures or compounds.is_to_be_converted(query, pool, node.leaves)


def _key(node: Node) -> object:
    """Nodes over the same quantities by the same operation are one."""
    if node.figure:
        f = node.figure
        return (f.article_id, f.quantity, f.unit) if f.quantity >= 0 else f
    return (node.operation, node.parameters, tuple(_key(part) for part in node.parts))


# The classes of operations that go by another name.
CALLED = {"multiple": "ratio", "midpoint": "average", "spread": "per_unit"}


def class_of(node: Node) -> str:
    """The class of question that a node answers."""
    if node.figure:
        return "quoted"
    if node.operation == "difference" and node.unit == "pp":
        return "point_change"
    return CALLED.get(node.operation, node.operation)


def _likelihood(query: Query, node: Node, kind: str, pool: Pool, linker: Linker) -> float:
    firsts, seconds = roles(node, kind)
    asked = _asked(query, node, kind, pool.tags, linker)
    weight = math.log(max(FLOOR, asked))
    return weight + pool.likelihood(firsts, seconds)


def _asked(query: Query, node: Node, kind: str, tags: Tags, linker: Linker) -> float:
    """The chance that the question asks for what a node gives."""
    if node.operation == "midpoint":
        return candidates.asks_middle(tags)
    stated = linker.card_of(node.figure) if node.figure else None
    return candidates.class_chance(query, tags, kind, stated)


def roles(node: Node, kind: str) -> tuple[list[Figure], list[Figure]]:
    """The leaves in the first and in the second role."""
    if node.figure or kind in {"sum", "average", "extremum", "count", "rank", "consistency"}:
        return list(node.leaves), []
    first, *rest = reversed(node.parts) if node.operation in TURNED else node.parts
    return list(first.leaves), [f for part in rest for f in part.leaves]


def measures(candidate: Candidate, rule: Node | None, ground: Ground) -> dict[str, float]:
    """The measures of `FEATURES`, each about between -3 and 1.

    rule: the same way as the rules found it, with their score
    """
    node, kind = candidate.node, candidate.kind
    query, tags, linker = ground.query, ground.tags, ground.linker
    firsts, seconds = roles(node, kind)
    chances = [tags.of(f).first for f in firsts] + [tags.of(f).second for f in seconds]
    lines = [tags.line(f.article_id, f.sentence.start) for f in node.leaves]
    return {
        "bias": 1.0,
        "lead": max(-6.0, candidate.likelihood - ground.best) / 3,
        "likelihood": max(-12.0, candidate.likelihood) / 4,
        "class": _log(_asked(query, node, kind, tags, linker)),
        "implied": _log(tags.classes["quoted"]) + 2 if kind in candidates.IMPLIED else 0.0,
        "weakest": _log(min(chances, default=0.0)),
        "line": _log(min(lines, default=0.0)),
        "rule": rule.score if rule else 0.0,
        "ruled": float(rule is not None),
        "period": min(
            period_fit(query, node, linker), *(other_time(query, f, linker) for f in node.leaves)
        ),
        "unit": unit_fit(query, node.unit),
        "names": names_fit(query, node, linker),
        "stated": float(node.figure is not None),
        "surely_ruled": max(0.0, rule.score - 0.6) * 3 if rule else 0.0,
        "first_ruled": max(-1.0, (rule.score - ground.surest) * 3) if rule else -1.0,
        "near": fmean(ground.nearness.share(query.text, f) for f in node.leaves),
        **ground.ties.measures(node),
    }


def _log(chance: float) -> float:
    return math.log(max(0.003, chance)) / 3


def period_fit(query: Query, node: Node, linker: Linker | None = None) -> float:
    """1 where the figures are of the periods asked for, near 0 where they are of others.

    linker: by which figures of untold time are of the time that their article is about
    """
    told = [_when(query, f, linker) for f in node.leaves]
    told.append(tiled(node.operation, node.parts) or told[0])
    if query.loose_periods:
        return max(_loose(query, p) for p in told)
    if not query.periods:
        return 1.0
    if node.operation in ELSEWHERE or _is_made_elsewhen(node):
        return _elsewhen(query, node)
    if node.figure and node.figure.kind != "change":
        # Of what is asked for two times, one figure tells one, or what was between the two.
        between = "/".join(query.periods)
        return max(_fit(p, told[0]) for p in (*query.periods, between))
    if node.operation in _SERIES and any(_is_elsewhere(query, f) for f in node.leaves):
        return OF_ITSELF
    told += sorted(_carried_to(node))
    if len(query.periods) > 1 or bases.looks_back(query):
        told += sorted(_before(node))
    return min(max(*(_fit(p, other) for other in told), _of_ends(p, told)) for p in query.periods)


_SERIES = frozenset(["sum", "average"])


def _is_elsewhere(query: Query, figure: Figure) -> bool:
    """Whether a figure is of a time that has nothing to do with those asked for."""
    period, asked = figure.period, query.periods
    spans = (*asked, f"{asked[0]}/{asked[-1]}") if len(asked) > 1 else asked
    return period is not None and all(_fit(p, period) <= linking.OTHER_TIME for p in spans)


def _when(query: Query, figure: Figure, linker: Linker | None) -> str | None:
    """The period of a figure; of an untold one that of its article, where it is asked for."""
    home = linker.home_of(figure.article_id) if linker and figure.period is None else None
    if home is None:
        return figure.period
    asked = {*query.periods, *(end for p in query.periods for end in p.split("/"))}
    is_asked = any(linking.period_pair(p, home) >= linking.AT_HOME for p in asked)
    is_asked |= any(periods.is_part(p[1:], home) for p in query.loose_periods)
    return home if is_asked else None


def _of_ends(asked: str, told: Sequence[str | None]) -> float:
    """How well figures go with the two ends of a time: "between May and June 2024"."""
    first, divided, last = asked.partition("/")
    if not divided or len(told) < 3:
        return 0.0
    return min(max(_fit(end, other) for other in told) for end in (first, last))


def other_time(query: Query, figure: Figure, linker: Linker) -> float:
    """How well a figure of untold period fits whose sentence, or else the one before, names years
    and none that is asked for, or whose article is about another time; 1 for every other."""
    if figure.period is not None or not query.years:
        return 1.0
    asked = query.years | {str(int(p[2:6]) - 1) for p in query.periods if p.startswith("FY")}
    card = linker.card_of(figure)
    for stems, fit in ((card.near.keys(), OF_OTHER), (card.before, AFTER_OTHER)):
        if told := {stem for stem in stems if _YEAR.fullmatch(stem)}:
            return 1.0 if told & asked else fit
    home = linker.home_of(figure.article_id)
    is_away = home and all(_untold(p, home) == linking.AWAY for p in query.periods)
    return AFTER_OTHER if is_away else 1.0


def _untold(asked: str, home: str) -> float:
    """How well an article about one time goes with a time, or with the better of its ends."""
    return max(linking.untold_fit(end, home) for end in (asked, *asked.split("/")))


def _before(node: Node) -> frozenset[str]:
    """The periods that the changes among the figures look back to."""
    told = {f.period for f in node.leaves if f.kind == "change" and f.period}
    years = {tilings.years_on(period, -1) for period in told}
    return frozenset(years | {periods.previous(p) for p in told})


def _elsewhen(query: Query, node: Node) -> float:
    """Of a result for another period than its first figure's: the one before it, or after it."""
    then = _then(node)
    if not then:
        return UNTOLD_THEN
    if _is_of_itself(query, node, then):
        return OF_ITSELF
    if len(query.periods) > 1:
        then |= {f.period for f in node.leaves if f.period}
    fit = min(max(_fit(p, other) for other in then) for p in query.periods)
    told = then | {f.period for f in node.leaves if f.period}
    is_told = all(max(_fit(p, other) for other in told) >= UNTOLD_THEN for p in query.periods)
    return max(UNTOLD_THEN, fit) if is_told and query.operation == node.operation else fit


def _is_made_elsewhen(node: Node) -> bool:
    """Whether a result is made of levels that are all worked out for another time."""
    is_of_levels = node.operation in {"difference", "sum", "residual", "share", "ratio"}
    return is_of_levels and all(part.operation in ELSEWHERE for part in node.parts)


def _carried_to(node: Node) -> frozenset[str]:
    """The later periods that parts of a result are carried on to."""
    parts = (
        _then(part) if part.operation == "projection" else _carried_to(part) for part in node.parts
    )
    return frozenset[str]().union(*parts)


def _is_of_itself(query: Query, node: Node, then: frozenset[str]) -> bool:
    """Whether the one period asked for holds that of the first figure as well as the result's.

    Of "in 2024" a month of 2024 tells, and not what its growth says of the month before it.
    """
    own = node.leaves[0].period
    is_asked_so = query.operation == node.operation or bases.looks_back(query)
    if own is None or len(query.periods) != 1 or is_asked_so:
        return False
    asked = query.periods[0]
    return _fit(asked, own) >= max(_fit(asked, period) for period in then)


def _then(node: Node) -> frozenset[str]:
    """The periods that a result may be of: steps of a year, or back by one of the figure's own."""
    if _is_made_elsewhen(node):
        return frozenset[str]().union(*map(_then, node.parts))
    if node.operation not in ELSEWHERE:
        return frozenset(f.period for f in node.leaves[:1] if f.period)
    step, before = ELSEWHERE[node.operation], _then(node.parts[0])
    step *= n_years(node.parameters)
    years = {tilings.years_on(period, step) for period in before}
    return frozenset(years | {periods.previous(p) for p in before if step < 0})


def _fit(asked: str, period: str | None) -> float:
    if period and tilings.is_same(asked, period):
        return 1.0
    return 0.75 if period is None else linking.period_pair(asked, period)


def _loose(query: Query, period: str | None) -> float:
    is_one = period is not None and any(periods.is_part(p[1:], period) for p in query.loose_periods)
    return 1.0 if is_one else 0.3


def unit_fit(query: Query, unit: str) -> float:
    """1 where the result is in the unit or of the class of unit that is asked for."""
    if query.unit:
        if unit == query.unit or {unit, query.unit} <= {"%", "pp"}:
            return 1.0
        if units.are_namesakes(unit, query.unit):
            return 1.0
        return 0.7 if candidates.are_alike(unit, query.unit) else 0.0
    if not query.wants:
        return 0.8
    return 1.0 if linking.is_of(linking.unit_class(unit), query.wants) else 0.2


def names_fit(query: Query, node: Node, linker: Linker) -> float:
    """The share of the question's names that stand by the figures."""
    if not query.entities:
        return 1.0
    held = linker.held(node.leaves)
    names = [terms.stems(name) for name in query.entities]
    fits = [all(linking.likes(s, held, linker.knows(s)) for s in stems) for stems in names if stems]
    return sum(fits) / len(fits) if fits else 1.0


class Nearness:
    """How far the question's words belong to a figure, over the cards of its evidence."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self._cards: dict[tuple[str, int], list[Card]] = {}
        self._shares: dict[tuple[str, int, int], float] = {}
        for card in linker.cards:
            key = card.figure.sentence_place
            self._cards.setdefault(key, []).append(card)

    def share(self, text: str, figure: Figure) -> float:
        """Of the question's words in a figure's sentence, the share that belongs to it (0 to 1).

        text: the question, the same each time
        """
        key = (figure.article_id, figure.start, figure.end)
        if key not in self._shares:
            self._shares[key] = self._share(text, figure)
        return self._shares[key]

    def _share(self, text: str, figure: Figure) -> float:
        cards = self._cards.get(figure.sentence_place, [])
        if len(cards) < 2:
            return 1.0
        begins = figure.sentence.start
        spans = tuple((c.figure.start - begins, c.figure.end - begins) for c in cards)
        held = nearness.owners(cards[0].sentence, spans)
        place = spans.index((figure.start - begins, figure.end - begins))
        mine = total = 0.0
        for stem in set(terms.stems(linking.spoken(text))):
            liked = linking.likes(stem, held)
            best = max(liked, key=lambda s: (liked[s], s), default=None)
            if best is not None:
                worth = self._linker.weights.of(stem) * liked[best]
                total += worth
                mine += worth * held[best][place]
        return mine / total if total else UNTOLD


def strengths(measured: Sequence[Mapping[str, float]]) -> Floats:
    """How strong each way is against none of them being right, as a logit."""
    held = _weights()
    table = np.array([[m[name] for name in FEATURES] for m in measured], dtype=np.float32)
    hidden = np.tanh(table @ held["hidden"].T + held["bias"])
    found: Floats = table @ held["linear"] + hidden @ held["out"] - held["none"][0]
    return found


def chances(measured: Sequence[Mapping[str, float]]) -> list[float]:
    """The chance of each way that it is the answer; what is left is that none is."""
    if not measured:
        return []
    raised = np.exp(np.clip(strengths(measured), -30, 30))
    return [float(x) for x in raised / (1 + raised.sum())]


@lru_cache(maxsize=1)
def _weights() -> dict[str, Floats]:
    with np.load(str(files("bot").joinpath("data/judging.npz"))) as held:
        return {name: held[name].astype(np.float32) for name in held.files}


def ranked(
    query: Query,
    ruled: Sequence[Node],
    tags: Tags,
    linker: Linker,
    articles: Mapping[str, Article],
) -> list[Node]:
    """The ways that the laws allow, the likeliest first; `score` is the chance of being right.

    What two ways say alike, a figure told twice or in two currencies or a difference taken either
    way, counts for both; a bound ("more than $1 trillion") counts for what it is the bound of.
    """
    found = judged(query, ruled, tags, linker)
    allowed: list[Judged] = [
        (node, m, made)
        for node, m in found
        if m["period"] >= OF_THEN
        and not _is_of_whole(query, node, linker)
        and (made := attempted(node, articles))
    ]
    scores = chances([measured for _, measured, _ in allowed])
    allowed = _as_told(query, allowed, linker, articles)
    likeliest = max(range(len(scores)), key=lambda at: scores[at], default=None)
    is_named = any(node.operation and m["rule"] >= CALLED_SURELY for node, m, _ in allowed)
    if likeliest is not None and not is_named:
        if is_of_another(query, allowed[likeliest][0], linker, articles):
            return []
    keys = _alike([(node, made) for node, _, made in allowed])
    shared: dict[object, float] = {}
    for key, score in zip(keys, scores, strict=True):
        shared[key] = shared.get(key, 0.0) + score
    shared = _with_bounds(shared, [made for _, _, made in allowed if made.is_stated])
    upright = {
        key for key, (node, _, made) in zip(keys, allowed, strict=True)
        if not _is_turned(node, made)
    }  # fmt: skip
    told_in = {(c.figure.article_id, c.figure.start): c.figure.unit for c in linker.cards}
    ordered = sorted(
        (
            ((-shared[key], not _is_in_home(query, node, told_in), -score), (score, m, key, node))
            for key, (node, m, made), score in zip(keys, allowed, scores, strict=True)
            if not (_is_turned(node, made) and key in upright)
        ),
        key=lambda way: way[0],
    )
    ways = [(score, m, replace(node, score=shared[key])) for _, (score, m, key, node) in ordered]
    surest = max(ways, key=lambda way: way[1]["rule"], default=None)
    is_as_if = _asks_as_if(tags)
    if surest and _is_sure(query, surest[1], is_as_if) and not is_contested(surest, ways[0]):
        # The same in the money that is told first, where none is asked for.
        said = _quantities(surest[2])
        at = next(i for i, (_, _, node) in enumerate(ways) if _quantities(node) == said)
        first = replace(ways[at][2], score=max(surest[2].score, surest[1]["rule"]))
        return [first, *(node for i, (_, _, node) in enumerate(ways) if i != at)]
    return [node for _, _, node in ways]


def _as_told(
    query: Query, ways: Sequence[Judged], linker: Linker, articles: Mapping[str, Article]
) -> list[Judged]:
    """The ways, those to another telling than is asked for as ways to the one that is."""
    figures = [node.figure for node, _, _ in ways if node.figure]
    instead = tellings.instead(query, figures, linker.cards)
    found = []
    for node, measured, made in ways:
        meant = instead.get(tellings.quantity_of(node.figure)) if node.figure else None
        told = replace(leaf(meant), score=node.score) if meant else node
        made_so = attempted(told, articles) if meant else made
        found.append((told, measured, made_so) if made_so else (node, measured, made))
    return found


def is_of_another(
    query: Query, node: Node, linker: Linker, articles: Mapping[str, Article]
) -> bool:
    """Whether a stated figure is of another thing than the question narrows its measure to."""
    if node.figure is None:
        return False
    text = articles[node.figure.article_id].text
    card = linker.card_of(node.figure)
    if query.form != "yesno" and wanted.is_of_world(query, card):
        return True
    return narrows.is_of_another(query, card, linking.unspecific(), text)


def _is_of_whole(query: Query, node: Node, linker: Linker) -> bool:
    """Whether a stated figure is of the whole of what a part is asked of."""
    return node.figure is not None and narrows.is_of_whole(query, linker.card_of(node.figure))


def _asks_as_if(tags: Tags) -> bool:
    """Whether a question looks like one for what only follows from others, which is asked for in
    the words in which one asks for what is told."""
    kind = max(tags.classes, key=lambda name: tags.classes[name], default="quoted")
    return kind in candidates.IMPLIED


def _is_sure(query: Query, measured: Mapping[str, float], is_as_if: bool = False) -> bool:
    """Whether the rules are sure of a way, and the tagger does not speak against it."""
    is_pointed_at = not measured["stated"] or measured["likelihood"] > POINTED_AT
    is_asked = not measured["stated"] or measured["class"] > ASKED or query.form == "yesno"
    is_pointed_out = is_as_if and measured["weakest"] >= _log(POINTED_OUT)
    return measured["rule"] >= SURE and ((is_pointed_at and is_asked) or is_pointed_out)


def is_contested(surest: Way, first: Way) -> bool:
    """Whether a result is so much likelier than the way that the rules are sure of, which is no
    result over all that the question calls by name."""
    is_named = not surest[1]["stated"] and surest[1].get("rule", 0.0) >= NAMED
    return not (is_named or first[1]["stated"]) and first[0] >= CONTESTED > surest[0]


def _alike(made: Sequence[tuple[Node, Derivation]]) -> list[object]:
    """For each way what it says; the same of one quantity in two currencies is said once."""
    first: dict[object, object] = {}
    keys = []
    for node, way in made:
        told, quantities = _told(way), _quantities(node)
        key = first.get(quantities, first.get(told, told))
        for known in (told, quantities):
            first.setdefault(known, key)
        keys.append(key)
    return keys


def _quantities(node: Node) -> object:
    """An operation over quantities, whatever they are told in."""
    if node.figure:
        return (node.figure.article_id, node.figure.quantity)
    if node.operation in _OF_CURRENCIES:
        return node
    return (node.operation, node.parameters, tuple(_quantities(part) for part in node.parts))


_OF_CURRENCIES = frozenset(["conversion", "exchange_rate", "cross_rate"])


def _is_in_home(query: Query, node: Node, told_in: Mapping[tuple[str, int], str]) -> bool:
    """Whether a result is in the unit that is asked for or, where none is, in that told first.

    told_in: the unit of the figure that begins at a place
    """
    if node.figure:
        return False
    if query.unit:
        return node.unit == query.unit
    return all(told_in.get((f.article_id, f.quantity), f.unit) == f.unit for f in node.leaves)


def _told(made: Derivation) -> object:
    """What a way says: a quantity of an article, or the value that it comes to."""
    if made.is_stated:
        figure = made.figures[made.result]
        return (figure.article_id, figure.quantity)
    done, operation = made.calculations[made.result], made.steps[-1].operation
    is_size = operation == "difference" and done.value is not None
    return (abs(done.value) if is_size else done.value, done.unit, operation)  # type: ignore[arg-type]


def _with_bounds(
    shared: Mapping[object, float], stated: Sequence[Derivation]
) -> dict[object, float]:
    """The shares, those of bounds added to what they bound."""
    told = [(_told(made), made.figures[made.result]) for made in stated]
    hedged = [(key, figure) for key, figure in told if figure.comparator is not None]
    found = dict(shared)
    for bound, key in {(k, key) for k, f in hedged for key, g in told if wholes.bounds(f, g)}:
        found[key] += shared[bound]
    return found


def _is_turned(node: Node, made: Derivation) -> bool:
    """Whether a difference is taken the wrong way round: less minus more, and of no name."""
    if node.operation != "difference" or node.identity:
        return False
    value = made.calculations[made.result].value
    return value is not None and value < 0
