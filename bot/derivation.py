"""Derivation: from what is asked back to the figures that give it.

A search from the goal backwards, never an enumeration of pairs: a figure that states it, else an
identity, a growth rate, two levels, a part and its whole, at most `MAX_DEPTH` deep. Which pairs
have a meaning is the law of `bot.calculation`; what it refuses is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache

from bot import questions
from bot.calculation import Identity
from bot.deriving import (
    accounting,
    askers,
    candidates,
    chains,
    dimensions,
    increments,
    judging,
    leftovers,
    narrows,
    ranking,
    reckoning,
    rows,
    sense,
    supposing,
    wholes,
)
from bot.errors import CalculationRefused
from bot.evidence import bases, callings, families, linking
from bot.evidence.families import Family
from bot.evidence.linking import Goal, Linker
from bot.language import mentions, terms
from bot.nodes import (
    ELSEWHERE,
    Derivation,
    Node,
    attempted,
    by_size,
    is_less,
    leaf,
    node_of,
    step,
    unit_of,
)
from bot.questions import Query
from bot.tagging import Tags
from ingest import Article, Figure, periods, units
from ingest.figures import between

MAX_DEPTH = 4
# A figure that fits less than this is not taken for what was asked.
STATED = 0.5
# What a step costs: a derived value must fit better than a stated one by this much.
STEP_COST = 0.04
N_CANDIDATES = 6
# How well a figure fits a phrase that names its value: "the 43.85 trillion of foreign trade".
NAMED = 0.9


def derive(
    query: Query,
    figures: Sequence[Figure],
    articles: Mapping[str, Article],
    identities: Sequence[Identity],
    linker: Linker | None = None,
    tags: Tags | None = None,
) -> list[Derivation]:
    """Ways to answer a question with figures, the best first; [] when nothing fits at all.

    tags: what the tagger says; with them a way's score is the chance that it is right
    """
    linker = linker or linker_of(figures, articles)
    search = Search(query, linker, identities, tags, articles)
    found: list[Derivation] = []
    answers = search.answers()
    for node in (answers if tags else sorted(answers, key=lambda n: -n.score))[:12]:
        made = attempted(node, articles)
        if made and not any(_is_same(made, other) for other in found):
            found.append(made)
    return found


def _is_same(one: Derivation, other: Derivation) -> bool:
    return [*one.figures.values()] == [*other.figures.values()] and (
        [s.operation for s in one.steps] == [s.operation for s in other.steps]
    )


def linker_of(figures: Sequence[Figure], articles: Mapping[str, Article]) -> Linker:
    """A linker over figures without vectors."""
    return Linker([
        linking.Deck(linking.cards(article, [f for f in figures if f.article_id == id]))
        for id, article in articles.items()
    ])  # fmt: skip


# -- goals --------------------------------------------------------------------------------------

_GROWTH_STEMS = frozenset(
    terms.stem(w) for w in terms.table("questions")["cues"]["growth"] if " " not in w
)


def goal_of(query: Query, phrase: str | None = None, **slots: object) -> Goal:
    """What a question, or a phrase in one of its roles, looks for."""
    text = linking.spoken(phrase or questions.asking(query.text))
    names = _names(query, phrase)
    stems = tuple(s for s in terms.stems(text) if not _is_spent(s, query, phrase))
    goal = Goal(
        phrase=phrase or query.text,
        stems=tuple(dict.fromkeys(stems)),
        names=names,
        periods=query.periods,
        loose=query.loose_periods,
        classes=query.wants if phrase is None else (),
        unit=query.unit,
        counted=_counted(query) if phrase is None else None,
        context=frozenset(terms.stems(linking.spoken(query.text))),
        around=_around(query, stems) if phrase else frozenset(),
        question=query.text,
    )
    return replace(goal, **slots)  # type: ignore[arg-type]


def _around(query: Query, stems: Sequence[str]) -> frozenset[str]:
    """The other telling words of the question."""
    whole = terms.stems(linking.spoken(query.text))
    return frozenset(s for s in whole if s not in stems and not _is_spent(s, query, None))


def _names(query: Query, phrase: str | None) -> tuple[str, ...]:
    if phrase is None:
        return query.entities
    return tuple(e for e in query.entities if e.lower() in phrase.lower())


def _is_spent(stem: str, query: Query, phrase: str | None) -> bool:
    """Words that have done their work elsewhere: periods, growth, units and question cues."""
    if phrase is None and stem in _GROWTH_STEMS:
        return True
    if stem.isdigit() or any(stem == s for p in query.periods for s in terms.stems(p)):
        return True
    return stem in linking.unspecific() or bool(query.unit and units.parse(stem) == query.unit)


def _counted(query: Query) -> str | None:
    """The noun after "how many", unless it is a unit."""
    flat = query.text.lower()
    at = flat.find("how many ")
    if at < 0:
        return None
    found = [t for t in terms.find(flat[at + 9 :]) if t.stem not in linking.unspecific()]
    if re.match(r"(?:percent|per cent|percentage|points?|times)\b", flat[at + 9 :]):
        return None
    if not found or units.parse(flat[at + 9 :][found[0].start : found[0].end]):
        return None
    words = flat[at + 9 :]
    run = [found[0]]
    for term in found[1:]:
        if words[run[-1].end : term.start].strip():
            break
        run.append(term)
    return words[run[0].start : run[0].end]


# -- the search ---------------------------------------------------------------------------------


# A class of question that the tagger is this sure of stands for a wording that says nothing.
SURE_CLASS = 0.7


def _of_class(query: Query, tags: Tags | None) -> Query:
    """The question with the operation that the tagger is sure of, where no more than one of its
    words speaks for one."""
    if tags is None or (query.operation and (query.roles or query.operation not in _BY_A_WORD)):
        return query
    kind, chance = max(tags.classes.items(), key=lambda item: item[1])
    is_plain = kind in {"growth", "absolute_growth", "projection", "before_growth"}
    return replace(query, operation=kind) if is_plain and chance >= SURE_CLASS else query


# A word for a change stands in questions for what was before it, and for how much it came to.
_BY_A_WORD = frozenset(["growth"])


class Search:
    """One question's search over the cards of its evidence."""

    def __init__(
        self,
        query: Query,
        linker: Linker,
        identities: Sequence[Identity],
        tags: Tags | None = None,
        articles: Mapping[str, Article] | None = None,
    ) -> None:
        self.query = _of_class(query, tags)
        self.articles = articles or {}
        self.tags = tags
        self.linker = linker
        self.identities = identities
        self.n_left = 400
        self._answers: list[Node] | None = None

    def answers(self) -> list[Node]:
        """Nodes that answer the question, by the operation that its wording asks for."""
        if self._answers is None:
            self._answers = self._answered()
        return self._answers

    def _answered(self) -> list[Node]:
        plan = _PLANS.get(self.query.operation or "")
        found = list(plan(self)) if plan else []
        found += self.looked_up()
        found += reckoning.ways(self.query, goal_of(self.query), self.linker)
        chained = list(chains.ways(self.query, Named(self)))
        chained += _before_made(self)
        for way in (supposing.ways, askers.ways):
            chained += way(self.query, Named(self))
        chained += ranking.ways(self.query, Named(self), self.articles)
        chained += leftovers.ways(self.query, self.articles, self.linker.cards)
        chained += increments.ways(self.query, self.linker.cards)
        for told in (dimensions.ways, accounting.ways):
            chained += told(self.query, self.linker.cards)
        found += chained
        found = [node for node in found if candidates.is_wanted(self.query, node)]
        ruled = [n for node in found for n in self.in_unit(node)]
        if any(node.operation == "conversion" for node in chained):
            # At the rate that is named, and at no other.
            ruled = [n for n in ruled if n.operation != "conversion" or n in chained]
        if self.tags is not None:
            ruled = judging.ranked(self.query, ruled, self.tags, self.linker, self.articles)
        return [askers.scaled(self.query, node) for node in ruled]

    # plain look-ups

    def looked_up(self) -> list[Node]:
        """The question itself as a goal."""
        goal = goal_of(self.query)
        kinds = self._kinds()
        found = self.solve(replace(goal, kinds=kinds), MAX_DEPTH - 1)
        if self.query.shift and not self.query.periods:
            found = [*self._shifted(goal), *[replace(n, score=n.score * 0.7) for n in found]]
        if self.query.operation in _PLANS:
            found = [replace(n, score=n.score * self._plain_worth(n)) for n in found]
        found += self._part_of_whole()
        if self.query.unit and self.query.unit not in {"%", "pp"}:
            found += self.solve(replace(goal, kinds=kinds, unit=None, classes=("money",)), 2)
        return found

    def _part_of_whole(self) -> list[Node]:
        """ "How much of the trade was imports?": the part; the question calls the whole by name."""
        named = narrows.part_and_whole(self.query.text)
        if named is None or self.query.operation:
            return []
        goals = [
            goal_of(self.query, phrase, kinds=("level",), classes=(), counted=None)
            for phrase in named
        ]
        wholes = self.called(goals[1])
        found = self.solve(goals[0], 2) if wholes else []
        return [n for n in found if n.unit in {whole.unit for whole in wholes}]

    def _plain_worth(self, node: Node) -> float:
        """How much a plain look-up is worth where an operation was asked for: a stated result
        of it counts nearly in full, an operand of it does not."""
        operation = self.query.operation or ""
        if not self.query.roles:
            return 0.95
        if operation in {"share", "contribution", "growth"}:
            return 0.95 if node.unit in {"%", "pp", "1"} else 0.55
        if operation in {"ratio", "per_unit", "exchange_rate"}:
            return 0.95 if node.unit == "1" or "/" in node.unit else 0.55
        is_change = bool(node.figure and node.figure.kind == "change")
        return 0.9 if is_change or operation in {"before_growth", "average", "sum"} else 0.7

    def _kinds(self) -> tuple[str, ...]:
        operation = self.query.operation
        if operation == "growth" and not _is_level_unit(self.query.unit):
            return ("change",)
        if operation in {"absolute_growth", "growth"}:
            return ("change",)
        if operation == "share":
            return ("share",)
        return () if operation else ("level", "share")

    def _shifted(self, goal: Goal) -> Iterator[Node]:
        """The same measure one period earlier or later than its latest."""
        for node in self.stated(replace(goal, kinds=("level",)))[:2]:
            if node.period:
                period = bases.stepped(node.period, self.query.shift)
                if period:
                    yield from self.solve(replace(goal, periods=(period,)), MAX_DEPTH - 1)

    # goals

    def stated(self, goal: Goal) -> list[Node]:
        """Figures that state the goal, best first; one that it tells by its value before all."""
        links = self.linker.links(goal)
        said = {n.value for n in mentions.numbers(goal.phrase)} if goal.around else set()
        told = [link for link in links if said and link.card.figure.value in said]
        found = [(link, NAMED) for link in told]
        called = self._called(goal)
        near = links if called else links[:N_CANDIDATES]
        found += sorted(
            ((link, callings.raised(link, called)) for link in near), key=lambda item: -item[1]
        )
        return [
            Node(
                unit=link.card.figure.unit,
                score=score,
                figure=link.card.figure,
                measure=link.card.figure.measure,
                entity=link.card.figure.entity,
                period=link.card.figure.period,
            )
            for link, score in found[:N_CANDIDATES]
            if score > 0.3
        ]

    def called(self, goal: Goal) -> list[Node]:
        """The figures that a phrase of the question calls by name."""
        names = self._called(goal)
        found = (link for link in self.linker.links(goal) if callings.is_called(link, names))
        return [leaf(link.card.figure, link.score) for link in found]

    def called_otherwise(self, goal: Goal) -> list[Node]:
        """The figures that another name is told of, of those that an identity has for one thing:
        "foreign trade" of trade."""
        stems, free = frozenset(goal.stems), self.free_words(goal)
        for identity in self.identities:
            for phrases in (identity.whole, *(part.names for part in identity.parts)):
                if _named(stems, phrases, free) and (found := self._called_one_of(goal, phrases)):
                    return found
        return []

    def _called_one_of(self, goal: Goal, phrases: Sequence[str]) -> list[Node]:
        for phrase in phrases:
            stems = terms.stems(phrase)
            sub = replace(goal, phrase=phrase, stems=tuple(stems), context=frozenset(stems))
            owners = frozenset(goal.stems) & self.linker.entities
            found = [n for n in self.called(sub) if _is_called_so(n, stems)]
            if found := [n for n in found if owners <= self.linker.held(n.leaves)]:
                return found
        return []

    def called_in_table(self, goal: Goal) -> list[Node]:
        """The cells that a phrase calls by row, and by the head over them: "health spending"."""
        stems, free = frozenset(goal.stems), self.free_words(goal)
        found: list[Node] = []
        if _LISTED.search(goal.phrase):
            return found
        for link in self.linker.links(goal):
            card, fits = link.card, link.period * link.name * link.kind >= callings.FITS
            if fits and any(o.slot == "measure" and o.how == "header" for o in card.figure.origins):
                own = card.measure - free
                rest, heads = stems - free - own, card.above | card.title
                if own and own <= stems and all(linking.likes(stem, heads) for stem in rest):
                    found.append(leaf(card.figure, link.score))
        return found if len({node.measure for node in found}) == 1 else []

    def called_beside(self, goal: Goal, leaves: Sequence[Figure]) -> list[Node]:
        """The figures that a phrase calls by name among those of the articles of others."""
        ids = {figure.article_id for figure in leaves}
        near = [card for card in self.linker.cards if card.figure.article_id in ids]
        kinds = goal.kinds
        told = {callings.name_of(c) for c in near if linking.kind_of(c.figure) in kinds}
        names = callings.called(goal.phrase, told)
        found = (link for link in self.linker.links(goal) if callings.is_called(link, names))
        return [leaf(f, x.score) for x in found if (f := x.card.figure).article_id in ids]

    def _called(self, goal: Goal) -> frozenset[callings.Name]:
        """The names that a phrase of the question calls, of figures of the kind looked for."""
        if not goal.question or self.query.operation == "per_unit":
            return frozenset()
        told = {name for name, kind in self._names if not goal.kinds or kind in goal.kinds}
        if goal.phrase != goal.question:
            return callings.called(goal.phrase, told)
        found = (callings.called_whole(phrase, told) for phrase in self.query.measures)
        return frozenset[callings.Name]().union(*found)

    @cached_property
    def _names(self) -> frozenset[tuple[callings.Name, str]]:
        """What the figures are called by, with their kinds."""
        cards = self.linker.cards
        return frozenset((callings.name_of(c), linking.kind_of(c.figure)) for c in cards)

    def fits(self, goal: Goal) -> Iterator[tuple[Figure, float]]:
        """Every figure with how well it fits a goal."""
        for link in self.linker.links(goal):
            yield link.card.figure, link.score

    def solve(self, goal: Goal, depth: int) -> list[Node]:
        """Ways to the goal, best first: stated figures, then what follows from others."""
        found = self.stated(goal)
        self.n_left -= 1
        if depth > 0 and self.n_left > 0 and not (found and found[0].score > 0.85):
            if "change" in goal.kinds:
                ways: tuple[Callable[..., Iterable[Node]], ...] = (self.by_levels,)
            else:
                ways = (self.by_identity, self.before_growth)
            for way in ways:
                found += way(goal, depth - 1)
        return sorted(found, key=lambda n: -n.score)[:N_CANDIDATES]

    def by_identity(self, goal: Goal, depth: int) -> Iterator[Node]:
        """A part from its whole and the other parts; a balance from its two sides.

        Of a narrower thing than the identity names ("farm trade surplus") from just that one's.
        """
        stems, free = frozenset(goal.stems), self.free_words(goal)
        for identity in self.identities:
            names = [identity.whole, *(part.names for part in identity.parts)]
            for i, phrases in enumerate(names):
                if name := _named(stems, phrases, free):
                    yield from self._from_identity(goal, identity, i, name, depth)
                elif told := _narrowed(stems, phrases, free):
                    name, of = told
                    yield from self._from_identity(goal, identity, i, name, depth, of)

    def free_words(self, goal: Goal) -> frozenset[str]:
        """Words of a goal that name no measure: generic ones, and whose it is."""
        return linking.generic() | self.linker.entities | terms.stem_set(goal.names)

    def _from_identity(
        self,
        goal: Goal,
        identity: Identity,
        i: int,
        name: str,
        depth: int,
        of: frozenset[str] = frozenset(),
    ) -> Iterator[Node]:
        signed = any(part.signed for part in identity.parts)
        if signed and i != 0:
            return
        wanted = [
            p for j, p in enumerate((identity.whole, *(x.names for x in identity.parts))) if j != i
        ]
        nodes = [self._best_named(goal, phrases, depth, of) for phrases in wanted]
        if not nodes or any(n is None for n in nodes):
            return
        parts = tuple(n for n in nodes if n is not None)
        operation = ("difference" if signed else "sum") if i == 0 else "residual"
        node = self.made(operation, parts, measure=name, identity=identity.name)
        # What its own growth tells of it goes before what the growth of all the others does.
        is_of_others = all(part.operation for part in parts)
        yield replace(node, score=node.score - STEP_COST * is_of_others)

    def _best_named(
        self, goal: Goal, phrases: Sequence[str], depth: int, of: frozenset[str]
    ) -> Node | None:
        """The surest value among the names of one term of an identity, of a narrower thing."""
        found: list[Node] = []
        for phrase in phrases:
            stems = tuple(dict.fromkeys((*terms.stems(phrase), *sorted(of))))
            sub = replace(
                goal,
                phrase=phrase,
                stems=stems,
                context=frozenset(stems),
                around=frozenset(),
                question="",
                kinds=("level",),
                classes=("money", "count", "measure") if not goal.classes else goal.classes,
                counted=None,
                unit=None,
            )
            found += [
                n for n in self.solve(sub, depth - 1)
                if n.operation or _is_exactly(n, stems, of & self.linker.held(n.leaves))
            ]  # fmt: skip
        return max(found, key=lambda n: n.score, default=None)

    def before_growth(self, goal: Goal, depth: int) -> Iterator[Node]:
        """The value in a period from the next period's value and its growth."""
        if len(goal.periods) != 1:
            return
        asked = goal.periods[0]
        for later in self._periods_after(asked):
            levels = self.solve(replace(goal, periods=(later,), kinds=("level",)), min(depth, 1))
            for level in [n for n in levels if n.score > STATED][:3]:
                if growth := self.growth_of(level, goal, later):
                    yield self.made("before_growth", (level, growth), period=asked)
                elif change := self.change_of(level):
                    yield self.made("before_change", (level, change), period=asked)

    def _periods_after(self, asked: str) -> list[str]:
        known = {card.figure.period for card in self.linker.cards if card.figure.period}
        return sorted(p for p in known if bases.stepped(p, -1) == asked)

    def growth_of(self, level: Node, goal: Goal, period: str | None) -> Node | None:
        """The growth rate that is told of the same measure and period as a level."""
        wanted = replace(
            goal,
            periods=(period,) if period else (),
            kinds=("change",),
            classes=("percent",),
            unit="%",
            counted=None,
        )
        found = [n for n in self.stated(wanted) if n.score > 0.4]
        for n in found:
            if level.figure and n.figure and _are_together(level.figure, n.figure):
                return replace(n, score=min(1.0, n.score + 0.1))
        return found[0] if found and found[0].score > STATED else None

    def change_of(self, level: Node) -> Node | None:
        """A rise or fall in the level's own unit, told of it in its own sentence."""
        own = level.figure
        beside = [
            card.figure
            for card in self.linker.cards
            if own and card.figure.sentence == own.sentence and card.figure.kind == "change"
        ]
        told = [f for f in beside if f.direction and f.unit == level.unit]
        is_sure = len(told) == 1 and own is not None and told[0].article_id == own.article_id
        return leaf(told[0], level.score) if is_sure else None

    def by_levels(self, goal: Goal, depth: int) -> Iterator[Node]:
        """Growth from the values of two periods."""
        level = replace(goal, kinds=("level",), classes=(), unit=None)
        for late, early in self._period_pairs(goal):
            new = self.solve(replace(level, periods=(late,)), min(depth, 1))
            old = self.solve(replace(level, periods=(early,)), min(depth, 1))
            for a, b in paired(new, old):
                if a.unit not in {"%", "pp"} and not b.operation:
                    yield self.made("growth", (a, b), period=late)

    def _period_pairs(self, goal: Goal) -> list[tuple[str, str]]:
        if len(goal.periods) == 2:
            late, early = sorted(goal.periods, key=periods.sort_key, reverse=True)
            return [(late, early)]
        level = replace(goal, kinds=("level",), classes=(), unit=None)
        told = [n.period for n in self.stated(level) if n.period and n.score > STATED]
        late_ones = goal.periods or sorted(set(told), key=periods.sort_key, reverse=True)[:2]
        return [(p, q) for p in late_ones if (q := bases.stepped(p, -1))]

    # making nodes

    def made(
        self,
        operation: str,
        parts: tuple[Node, ...],
        parameters: tuple[str, ...] = (),
        measure: str | None = None,
        period: str | None = None,
        identity: str | None = None,
    ) -> Node:
        """An operation over nodes; as sure as its parts, less the cost of a step."""
        score = sum(n.score for n in parts) / len(parts) * 0.5 + min(n.score for n in parts) * 0.5
        told = {n.period for n in parts if n.period}
        is_elsewhere = operation in ELSEWHERE
        return Node(
            unit=unit_of(operation, parts),
            score=score - STEP_COST,
            operation=operation,
            parts=parts,
            parameters=parameters,
            measure=measure,
            period=period or (told.pop() if len(told) == 1 and not is_elsewhere else None),
            identity=identity,
        )

    # units

    def in_unit(self, node: Node) -> Iterator[Node]:
        """The node in the currency that was asked for, by a pair or an implied rate."""
        wanted = self.query.unit
        if not wanted or not units.is_money(wanted) or node.unit == wanted:
            yield node
            return
        if not units.is_money(node.unit):
            is_times = node.operation in {"ratio", "exchange_rate"}
            is_times = is_times and self.query.operation == node.operation
            yield node if is_times else replace(node, score=node.score * 0.4)
            return
        if self._is_meant_money(node, wanted):
            yield node
            return
        if node.figure and self._told_in(node.figure, wanted):
            return
        if rate := self.rate(node.unit, wanted, {f.article_id for f in node.leaves}, node.period):
            yield replace(
                self.made("conversion", (node, rate)), score=node.score - 0.02, unit=wanted
            )

    def _is_meant_money(self, node: Node, wanted: str) -> bool:
        """Whether the question's bare word ("dollars") stands for the money of a result in whose
        articles nothing is told in the one that it mostly means."""
        own = {f.article_id for f in node.leaves}
        told = {c.figure.unit for c in self.linker.cards if c.figure.article_id in own}
        return bool(node.operation) and node.unit in sense.moneys(self.query) and wanted not in told

    def _told_in(self, figure: Figure, unit: str) -> bool:
        """Whether the article tells the same quantity in a unit itself."""
        return any(
            c.figure.article_id == figure.article_id
            and c.figure.quantity == figure.quantity
            and c.figure.unit == unit
            for c in self.linker.cards
        )

    def rate(self, one: str, other: str, near: set[str], period: str | None) -> Node | None:
        """An exchange rate: stated, else implied by one amount in two currencies."""
        best: tuple[float, Node] | None = None
        for a, b in self.currency_pairs(one, other):
            score = 0.8 + 0.1 * (a.article_id in near) + 0.05 * (a.period == period)
            score -= 0.05 * (a.comparator is not None) + 0.05 * (b.comparator is not None)
            node = self.made("exchange_rate", (leaf(a), leaf(b)))
            if best is None or score > best[0]:
                best = (score, replace(node, score=0.9))
        return best[1] if best else None

    def currency_pairs(self, one: str, other: str) -> Iterator[tuple[Figure, Figure]]:
        """Figures of one quantity in two currencies, those of `one` first."""
        figures = [card.figure for card in self.linker.cards if units.is_money(card.figure.unit)]
        by_quantity: dict[tuple[str, int], list[Figure]] = {}
        for f in figures:
            by_quantity.setdefault((f.article_id, f.quantity), []).append(f)
        for group in by_quantity.values():
            a = next((f for f in group if f.unit == one), None)
            b = next((f for f in group if f.unit == other), None)
            if a and b:
                yield a, b


def _is_level_unit(unit: str | None) -> bool:
    return bool(unit) and unit not in {"%", "pp"}


def _are_together(a: Figure, b: Figure) -> bool:
    return a.article_id == b.article_id and (
        a.sentence == b.sentence or (a.measure is not None and a.measure == b.measure)
    )


def _named(stems: frozenset[str], phrases: Sequence[str], free: frozenset[str]) -> str | None:
    """The phrase of an identity that the goal is about, free words aside."""
    rest = stems - free
    return next((p for p in phrases if rest and rest == terms.stems_of(p) - free), None)


def _narrowed(
    stems: frozenset[str], phrases: Sequence[str], free: frozenset[str]
) -> tuple[str, frozenset[str]] | None:
    """The phrase of an identity that the goal is about, and the few words that narrow it."""
    rest = stems - free
    for phrase in sorted(phrases, key=len, reverse=True):
        name = terms.stems_of(phrase) - free
        of = rest - name
        if name <= rest and 0 < len(of) <= MAX_NARROWING and not of & _measuring():
            return phrase, of
    return None


MAX_NARROWING = 2


@lru_cache(maxsize=1)
def _measuring() -> frozenset[str]:
    """Words that make another measure of one: the margin of a profit is none."""
    nouns = terms.table("questions")["quantities"].values()
    return frozenset(terms.stem(w) for listed in nouns for w in listed.split())


def _is_exactly(node: Node, stems: Sequence[str], held: frozenset[str] = frozenset()) -> bool:
    """Whether the figure's own measure is the phrase and nothing more.

    held: words of the phrase that stand by the figure
    """
    own = set(terms.stems(node.measure or "")) - linking.generic() - held
    wanted = set(stems) - linking.generic() - held
    if node.entity:
        own -= set(terms.stems(node.entity))
    return own == wanted and node.score > STATED


def _is_called_so(node: Node, stems: Sequence[str]) -> bool:
    """Whether a figure's measure is a phrase and nothing more, its owner aside."""
    own = terms.stem_set([node.measure or ""]) - terms.stems_of(node.entity or "")
    return own - linking.generic() == set(stems) - linking.generic()


def paired(
    ones: Sequence[Node], others: Sequence[Node], same_unit: bool = True
) -> list[tuple[Node, Node]]:
    """Pairs that may enter one operation, the surest first."""
    scored: list[tuple[float, Node, Node]] = []
    for a in ones[:N_CANDIDATES]:
        for b in others[:N_CANDIDATES]:
            if (
                a != b
                and (not same_unit or candidates.converts(a.unit, b.unit))
                and not _is_one(a, b)
            ):
                scored.append((_pair_score(a, b), a, b))
    scored.sort(key=lambda item: -item[0])
    return [(a, b) for _, a, b in scored[:3]]


def _pair_score(a: Node, b: Node) -> float:
    score = a.score + b.score
    if a.figure and b.figure:
        score += 0.08 * (a.figure.article_id == b.figure.article_id)
        score += 0.05 * (a.figure.sentence == b.figure.sentence)
        score += 0.05 * (a.figure.kind == b.figure.kind)
    return score + 0.08 * (a.period == b.period) + 0.05 * (a.unit == b.unit)


def _is_one(a: Node, b: Node) -> bool:
    """Whether both are the same quantity, told twice, in one article or in two."""
    if not a.figure or not b.figure or a.figure.unit != b.figure.unit:
        return False
    return len(set(between((a.figure, b.figure)).values())) == 1


# -- plans: one for each operation that wording asks for ------------------------------------------


def two(
    search: Search, a: str, b: str, kinds: tuple[str, ...] = ("level",), same_unit: bool = True
) -> list[tuple[Node, Node]]:
    """Pairs of values for two phrases of the question."""
    query = search.query
    kinds = ("change",) if is_growth(f"{a} {b}") or _is_of_growth(query) else kinds
    called = _two_called(search, a, b) if "level" in kinds and same_unit else []
    return [*called, *_two_found(search, (a, b), kinds, same_unit)]


def _two_called(search: Search, a: str, b: str) -> list[tuple[Node, Node]]:
    """What two phrases call by name, at one time."""
    if len(search.query.periods) > 1:
        return []
    pairs = list(chains.together(a, b, Named(search)))
    return [(one.now, other.now) for one, other in pairs if not _is_one(one.now, other.now)]


def _two_found(
    search: Search, phrases: tuple[str, str], kinds: tuple[str, ...], same_unit: bool
) -> list[tuple[Node, Node]]:
    query, (a, b) = search.query, phrases
    goal_a = goal_of(query, a, kinds=kinds, classes=(), unit=None)
    goal_b = goal_of(query, b, kinds=kinds, classes=(), unit=None)
    # The second phrase may leave out what both share: "than women" after "did men earn".
    shared = tuple(s for s in goal_a.stems if s not in goal_b.stems)
    goal_b = replace(goal_b, context=goal_b.context | set(shared))
    # What the one is called says nothing of the other: "travel" of the trade that it is a part of.
    spent = _of_two() | terms.stem_set(phrase for _, phrase in query.roles)
    goal_a = replace(goal_a, around=goal_a.around - spent - set(goal_b.stems))
    goal_b = replace(goal_b, around=goal_b.around - spent - set(goal_a.stems))
    found_a, found_b = search.solve(goal_a, 2), search.solve(goal_b, 2)
    both = [[n for n in found if n.unit == query.unit] for found in (found_a, found_b)]
    if units.is_money(query.unit or "") and all(both):
        found_a, found_b = both
    return paired(found_a, found_b, same_unit)


_FASTER = re.compile(
    r"\b(?:faster|slower|quicker|more (?:quickly|slowly|rapidly)|outpac\w+|outgr[eo]w\w*)\b"
)


def _is_of_growth(query: Query) -> bool:
    """Whether the growth of two things is compared: "how many points faster", "in growth"."""
    is_of_points = query.unit in {"%", "pp"} or query.operation == "point_change"
    named = query.role("N")
    return bool(is_of_points and _FASTER.search(query.text.lower())) or bool(
        named and is_growth(named)
    )


def _pairwise(operation: str, first: str, second: str) -> Callable[[Search], Iterator[Node]]:
    def plan(search: Search) -> Iterator[Node]:
        a, b = search.query.role(first), search.query.role(second)
        if a and b:
            for x, y in two(search, a, b):
                yield search.made(operation, (x, y))
        yield from _between_periods(search, operation)
        yield from _since(search, operation, a)

    return plan


def _between_periods(search: Search, operation: str) -> Iterator[Node]:
    """One measure in two periods, the later first."""
    query = search.query
    if len(query.periods) != 2:
        return
    late, early = sorted(query.periods, key=periods.sort_key, reverse=True)
    goal = goal_of(query, kinds=("level",), classes=(), unit=None)
    new = search.solve(replace(goal, periods=(late,)), 2)
    old = search.solve(replace(goal, periods=(early,)), 2)
    for x, y in paired(new, old):
        yield search.made(operation, (x, y))


def _since(search: Search, operation: str, phrase: str | None) -> Iterator[Node]:
    """One measure now and in the one period that the question names."""
    query = search.query
    if len(query.periods) != 1 or not phrase:
        return
    goal = goal_of(query, phrase, kinds=("level",), classes=(), unit=None)
    then = search.solve(goal, 1)
    now = [n for n in search.solve(replace(goal, periods=()), 1) if n.period not in query.periods]
    for x, y in paired(now, then):
        if y.period in query.periods:
            yield search.made(operation, (x, y))


def _share(search: Search) -> Iterator[Node]:
    part, whole = search.query.role("P"), search.query.role("W")
    if not part or not whole:
        return
    if search.query.unit == "pp":
        return
    if _GROWTH_OF.match(whole) or (is_growth(part) and is_growth(whole)):
        yield from _share_of_growth(search, part, whole)
        if is_growth(part):
            return
    for x, y in two(search, part, whole):
        is_turned = x.figure and y.figure and x.called and is_less(y.figure, x.figure)
        yield search.made("share", (y, x) if is_turned else (x, y))
    phrases = [p for p in _LISTED.split(part) if p.strip()]
    if len(phrases) > 1:
        yield from _share_of_several(search, whole, phrases)


def _share_of_several(search: Search, whole: str, phrases: Sequence[str]) -> Iterator[Node]:
    """ "What share of sales were bread and cakes together?"."""
    for all_of_it, parts in _parts_of(search, whole, phrases):
        yield search.made("share", (search.made("sum", parts), all_of_it))


def _share_of_growth(search: Search, part: str, whole: str) -> Iterator[Node]:
    """ "What share of the increase in trade is the increase in travel?": of amounts, by rates."""
    query = search.query
    goals = [_of_level(query, phrase) for phrase in (part, whole)]
    for x, y in paired(search.solve(goals[0], 1), search.solve(goals[1], 1)):
        grown = [search.growth_of(n, goal, n.period) for n, goal in zip((x, y), goals, strict=True)]
        parts = [
            search.made("absolute_growth", (n, g))
            for n, g in zip((x, y), grown, strict=True) if g
        ]  # fmt: skip
        if len(parts) == 2:
            yield search.made("share", (parts[0], parts[1]))


def _of_level(query: Query, phrase: str) -> Goal:
    """The goal of what a phrase says has grown."""
    goal = goal_of(query, phrase, kinds=("level",), classes=(), unit=None)
    stems = tuple(s for s in goal.stems if s not in _GROWTH_STEMS)
    return replace(goal, stems=stems, around=frozenset())


def _conversion(search: Search) -> Iterator[Node]:
    """An amount that is told in other money than the one that is asked for."""
    goal = goal_of(search.query, search.query.role("A"), kinds=("level",), unit=None)
    yield from search.solve(replace(goal, classes=("money",)), 2)


def _per_unit(search: Search) -> Iterator[Node]:
    a, b = search.query.role("A"), search.query.role("B")
    if not a or not b:
        return
    tops = search.solve(goal_of(search.query, a, kinds=("level",), unit=None), 2)
    counted = goal_of(search.query, b, kinds=("level",), unit=None)
    bottoms = search.solve(replace(counted, counted=(b.split() or [b])[0]), 1)
    tops = _of_noun(a, tops) or [n for n in tops if not units.is_count(n.unit)] or tops
    bottoms = _counted_as(b, bottoms) or bottoms
    bottoms = [n for n in bottoms if n.unit not in {x.unit for x in tops}]
    parts = wholes.parts_told(search.query, search.linker.cards)
    tops = [n for n in tops if not (n.figure and linking.place_of(n.figure) in parts)]
    tops, bottoms = _of_named(search.query, tops, bottoms)
    for x, y in paired(tops, bottoms, same_unit=False):
        if not candidates.converts(x.unit, y.unit):
            node = search.made("per_unit", (x, y))
            is_sure = _is_all_of(search, a, x) and _is_all_of(search, b, y)
            yield replace(node, score=max(node.score, PER_NAMED * is_sure))


# How sure a quotient is of two that are told of one owner in all words of their phrases.
PER_NAMED = 0.8


def _of_noun(phrase: str, nodes: Sequence[Node]) -> list[Node]:
    """The counts of what a phrase names: of "doctors" no beds."""
    stems = terms.stems_of(phrase)
    return [n for n in nodes if units.is_count(n.unit) and terms.stems_of(n.unit) <= stems]


def _counted_as(phrase: str, nodes: Sequence[Node]) -> list[Node]:
    """The counts of what a phrase names, by their noun or by their measure: people employed."""
    stems = terms.stems_of(phrase)
    counts = [n for n in nodes if units.is_count(n.unit)]
    return [n for n in counts if terms.stems_of(f"{n.unit} {n.measure or ''}") & stems]


def _is_all_of(search: Search, phrase: str, node: Node) -> bool:
    """Whether a figure is told in all words of a phrase, by the title or headings above it too, and
    of whom the question names."""
    if node.figure is None or node.figure.claim == "negated":
        return False
    card = search.linker.card_of(node.figure)
    owners = terms.stem_set(search.query.entities)
    own = terms.stems_of(f"{node.measure or ''} {node.unit} {node.entity or ''}")
    own |= card.title | card.above
    asked = terms.stems_of(phrase) - linking.unspecific() - owners
    is_named = not owners or bool(owners & terms.stems_of(node.entity or ""))
    return is_named and {s for s in asked if not s[:1].isdigit()} <= own


def _of_named(query: Query, *sides: list[Node]) -> tuple[list[Node], ...]:
    """Of each side those that are of no other owner than the question names, if all have some."""
    names = [stems for name in query.entities if (stems := terms.stems_of(name))]
    named = tuple(
        [
            n for n in side
            if not n.entity or any(name <= terms.stems_of(n.entity) for name in names)
        ]
        for side in sides
    )  # fmt: skip
    return named if names and all(named) else sides


def _projection(search: Search) -> Iterator[Node]:
    """A level carried on by an assumed rate, or by its own."""
    query = search.query
    goal = goal_of(query, query.role("A"), kinds=("level",), classes=(), unit=None, periods=())
    rate = next((a.text for a in query.assumed if a.unit == "%" or 0 < a.value < 1), None)
    for level in search.solve(goal, 2)[:3]:
        growth = None if rate else search.growth_of(level, goal, level.period)
        if rate or growth:
            yield _carried_on(search, level, growth, rate)


def _carried_on(search: Search, level: Node, growth: Node | None, rate: str | None) -> Node:
    """A level after as many times as the question says, once where it says none."""
    for _ in range(min(MAX_DEPTH, n_times(search.query.text))):
        parts = (level, growth) if growth else (level,)
        level = search.made("projection", parts, (rate,) if rate else ())
    return level


_TIMES = re.compile(
    r"\b(?P<n>\d|two|three|four|both)(?: more| further| additional| next| following| coming)?"
    r" (?:years?|quarters?|months?|times|in a row)\b"
)


def n_times(question: str) -> int:
    """For how many periods a growth is carried on: "for two more years"."""
    told = _TIMES.search(question.lower())
    words = {"two": 2, "both": 2, "three": 3, "four": 4}
    return 1 if told is None else words.get(told["n"]) or max(1, int(told["n"]))


def _absolute_growth(search: Search) -> Iterator[Node]:
    """The growth of a level in its own unit, from its rate."""
    goal = goal_of(search.query, search.query.role("A"), kinds=("level",), classes=(), unit=None)
    late = max(goal.periods, key=periods.sort_key, default=None)
    goal = replace(goal, periods=(late,) if late and not bases.looks_back(search.query) else ())
    for level in search.solve(goal, 2)[:3]:
        if growth := search.growth_of(level, goal, level.period):
            yield search.made("absolute_growth", (level, growth))
    yield from _between_periods(search, "difference")


def _growth(search: Search) -> Iterator[Node]:
    a, b = search.query.role("A"), search.query.role("B")
    if a and b:
        for x, y in two(search, a, b):
            yield search.made("growth", (x, y))
        yield from _since(search, "growth", a)
        return
    if _is_level_unit(search.query.unit):
        yield from _absolute_growth(search)
    else:
        yield from _between_periods(search, "growth")


def _before(search: Search) -> Iterator[Node]:
    goal = goal_of(search.query, search.query.role("A"), kinds=("level",), unit=None)
    if goal.periods:
        early = min(goal.periods, key=periods.sort_key)
        yield from search.solve(replace(goal, periods=(early,)), MAX_DEPTH - 1)
        return
    for level in search.stated(goal)[:2]:
        if growth := search.growth_of(level, goal, level.period):
            yield search.made("before_growth", (level, growth))
        elif change := search.change_of(level):
            yield search.made("before_change", (level, change))


def _contribution(search: Search) -> Iterator[Node]:
    part, whole = search.query.role("P"), search.query.role("W")
    if not part or not whole:
        return
    yield from chains.contributions(search.query, part, whole, Named(search))
    if chains.meant(search.query) == "share_of_growth":
        yield from _share_of_growth(search, part, whole)
        return
    for x, y in two(search, part, whole):
        g = search.growth_of(x, goal_of(search.query, part), x.period)
        h = search.growth_of(y, goal_of(search.query, whole), y.period)
        if g and h:
            yield search.made("contribution", (x, g, y, h))


_GROWTH_OF = re.compile(r"(?:growth|increase|rise|gain|expansion|upturn)\b")


def _exchange_rate(search: Search) -> Iterator[Node]:
    figures = [c.figure for c in search.linker.cards if units.is_money(c.figure.unit)]
    found = {f.unit for f in figures}
    named = [u for u in (units.parse(t) for t in terms.stems(search.query.text)) if u in found]
    fits = dict(search.fits(goal_of(search.query, classes=(), unit=None)))
    best = max(fits.values(), default=0.0)
    for one in dict.fromkeys(named or sorted(found)):
        for other in dict.fromkeys(named or sorted(found)):
            for a, b in search.currency_pairs(one, other) if one != other else ():
                rate = search.made("exchange_rate", (leaf(a), leaf(b)))
                yield replace(rate, score=0.9 - max(0.0, best - max(fits[a], fits[b])))


# How surely something is what a phrase calls by name, or by its row; and the least that a chain
# is begun with.
CALLED, IN_ROW, IN_CHAIN = 0.9, 0.85, 0.6


class Named:
    """What the evidence of a search tells of the phrases of its question."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def things(self, phrase: str, beside: chains.Thing | None = None) -> list[chains.Thing]:
        """Of several times the last one that the question may mean."""
        search, goal = self._search, self._goal(phrase)
        name = _NUMBERED.sub("", phrase) or phrase
        told = [replace(n, score=CALLED, called=name) for n in self._called(goal, beside)]
        told = told or [
            replace(n, called=name)
            for n in search.solve(goal, MAX_DEPTH - 1)
            if n.operation and n.score > IN_CHAIN
        ]
        nodes = [n for n in told if _may_be_then(search.query, n.period)]
        rates = {id(n): _rate_of(search, goal, n) for n in nodes}
        last = max((p for n in nodes if (p := n.period)), key=periods.sort_key, default=None)
        nodes.sort(key=lambda n: (n.period != last, n.unit != search.query.unit, not rates[id(n)]))
        found: dict[str, chains.Thing] = {}
        for node in nodes:
            if node.unit not in found and node.unit not in {"%", "pp", "1"}:
                then = _told_before(node, told)
                found[node.unit] = _thing(search, node, rates[id(node)], then)
        return [*found.values()]

    def _called(self, goal: Goal, beside: chains.Thing | None) -> list[Node]:
        """By its own name, by another that an identity has for it, or by the one that it may mean
        where something else is told."""
        search = self._search
        found = search.called(goal) or search.called_otherwise(goal) or search.called_in_table(goal)
        return found or (search.called_beside(goal, beside.now.leaves) if beside else [])

    def row(self, phrases: Sequence[str]) -> list[chains.Thing]:
        """The things that several phrases name, told alike of each; none where one is not."""
        query, linker = self._search.query, self._search.linker
        goal = goal_of(query, kinds=("level",), classes=(), unit=None)
        fits = {(f.article_id, f.start): fit for f, fit in self._search.fits(goal)}
        found = rows.find(phrases, query.text, query.periods, linker, fits)
        if found is None:
            return []
        nodes = [
            replace(leaf(figure, IN_ROW), called=name)
            for figure, name in zip(found.figures, found.names, strict=True)
        ]
        before: list[Node | None] = [leaf(figure, IN_ROW) for figure in found.before]
        before = before or [None] * len(nodes)
        rates = [reckoning.rate_of(figure, linker) for figure in found.figures]
        return [
            chains.Thing(node, then, None, IN_ROW, rate=leaf(rate) if rate and not then else None)
            for node, then, rate in zip(nodes, before, rates, strict=True)
        ]

    def levels(self, phrase: str) -> list[Node]:
        """The figures that a phrase calls by name, shares and rates too, and no changes."""
        goal = goal_of(self._search.query, phrase, kinds=("level",), classes=(), unit=None)
        return [replace(n, score=CALLED, called=phrase) for n in self._search.called(goal)]

    def latest(self, phrase: str) -> list[chains.Thing]:
        """The thing that a phrase names at the last time that is told, whenever is asked about."""
        search = self._search
        query = replace(search.query, periods=(), loose_periods=(), operation=None)
        now = Search(query, search.linker, search.identities, search.tags, search.articles)
        return Named(now).things(phrase)

    def time_of(self, thing: chains.Thing) -> str | None:
        """The period of a thing, or else the one that its article is about."""
        told = [f.period or self._search.linker.home_of(f.article_id) for f in thing.now.leaves]
        return thing.now.period or (told[0] if len(set(told)) == 1 else None)

    def rate(self, one: str, other: str) -> Node | None:
        """An exchange rate that is told or implied anywhere."""
        return self._search.rate(one, other, set(), None)

    def told_amount(self, value: Decimal, unit: str) -> list[Figure]:
        """The figures of an amount."""
        cards = self._search.linker.cards
        return [c.figure for c in cards if (c.figure.value, c.figure.unit) == (value, unit)]

    def same_in(self, figure: Figure, unit: str) -> Node | None:
        """What a figure is told as in another unit beside it."""
        cards = self._search.linker.cards
        key = (figure.article_id, figure.quantity, unit)
        found = [f for c in cards if ((f := c.figure).article_id, f.quantity, f.unit) == key]
        return leaf(found[0]) if found else None

    def rates(self, phrase: str) -> list[Node]:
        """Of several times the last one that the question may mean."""
        search = self._search
        told = [
            replace(n, score=CALLED, called=phrase)
            for n in search.called(_of_change(self._goal(phrase)))
        ]
        told = [n for n in told if n.unit == "%" and _may_be_then(search.query, n.period)]
        last = max((p for n in told if (p := n.period)), key=periods.sort_key, default=None)
        return sorted(told, key=lambda n: n.period != last)

    def amounts(self, phrase: str) -> list[Node]:
        """In money that is not asked for: what is called by name, else what fits best."""
        search, goal = self._search, self._goal(phrase)
        told = search.called(goal) or [n for n in search.stated(goal) if n.score > STATED]
        told = [n for n in told if units.is_money(n.unit) and n.unit != search.query.unit]
        return [replace(n, score=CALLED) for n in told[:2]]

    def exchanges(self, phrase: str, money: str) -> list[Node]:
        """By the quantity that fits the phrase best of all that are told in two currencies."""
        search = self._search
        fits = {(f.article_id, f.start): fit for f, fit in search.fits(self._goal(phrase))}
        others = {c.figure.unit for c in search.linker.cards} - {money}
        pairs = [
            pair
            for other in sorted(filter(units.is_money, others))
            if search.query.unit in {None, money, other}
            for pair in search.currency_pairs(money, other)
        ]
        best = max(pairs, key=lambda p: max(fits[f.article_id, f.start] for f in p), default=None)
        return [step("exchange_rate", [leaf(f) for f in best])] if best else []

    def _goal(self, phrase: str) -> Goal:
        """A number before "of" says of what is told as much."""
        plain = _NUMBERED.sub("", phrase) or phrase
        query = self._search.query
        return goal_of(query, plain, kinds=("level",), classes=(), unit=None, periods=())


_NUMBERED = re.compile(r"^(?:the )?[$€£¥]?[\d.,]+(?: ?[a-z]+){0,3}? (?:of|in|for) ")


def _of_change(goal: Goal) -> Goal:
    return replace(goal, kinds=("change",), classes=("percent",), unit="%")


def _may_be_then(query: Query, period: str | None) -> bool:
    """Whether a level is of a time that is asked for, or of the next."""
    asked = query.periods
    return not asked or period is None or period in asked or bases.stepped(period, -1) in asked


def _rate_of(search: Search, goal: Goal, level: Node) -> Node | None:
    """The growth in percent that is told of a level beside it, or of what its phrase calls."""
    if level.figure:
        rate = reckoning.rate_of(level.figure, search.linker)
        return leaf(rate) if rate else None
    named = _of_measure(search, level)
    told = search.called(_of_change(goal)) or (search.called(_of_change(named)) if named else [])
    rates = [n for n in told if n.unit == "%" and n.period in {level.period, None}]
    return rates[0] if len({n.figure.value for n in rates if n.figure}) == 1 else None


def _of_measure(search: Search, level: Node) -> Goal | None:
    """The goal of what follows from others, by the name that it has."""
    if not level.measure:
        return None
    slots = {"kinds": ("level",), "classes": (), "unit": None, "periods": ()}
    return goal_of(search.query, level.measure, **slots)


def _told_before(level: Node, told: Sequence[Node]) -> Node | None:
    """What is told of the same a year before, or in the period before."""
    if level.figure is None or level.period is None:
        return None
    last = level.figure
    for then in (periods.shift(level.period, years=-1), bases.stepped(level.period, -1)):
        for node in told:
            own = node.figure
            if own and own.period == then and (own.unit, own.claim) == (last.unit, last.claim):
                if (own.measure, own.entity) == (last.measure, last.entity):
                    return node
    return None


def _thing(
    search: Search, level: Node, rate: Node | None, then: Node | None = None
) -> chains.Thing:
    """then: what is told of it before; its growth follows where none is told"""
    if rate is None and then:
        grown = step("growth", (level, then))
        return chains.Thing(level, then, None, level.score, rate=grown)
    if rate is None:
        before = _before_of_parts(search, level)
        return chains.Thing(level, before, score=level.score, is_made=before is not None)
    before, after = step("before_growth", (level, rate)), level
    for _ in range(n_times(search.query.text)):
        after = step("projection", (after, rate))
    return chains.Thing(level, before, after, level.score, rate=rate)


def _before_of_parts(search: Search, level: Node) -> Node | None:
    """What a level came to before that follows from others, by what has become of each of them:
    the surplus of a year ago from the exports and imports of then."""
    if level.figure or level.operation not in _MADE_OF:
        return None
    parts = [_before_of(search, part) for part in level.parts]
    told = [part for part in parts if part]
    if len(told) < len(parts):
        return None
    return replace(level, parts=tuple(told), period=_common_period(told))


_MADE_OF = frozenset(["difference", "sum", "residual"])


def _before_made(search: Search) -> list[Node]:
    """What a question names that follows from others, at the time before the last that is told."""
    query = search.query
    is_then = len(query.periods) == 1 and query.operation is None
    if query.form != "figure" or not (is_then or query.operation == "before_growth"):
        return []
    named, found = Named(search), []
    phrase = query.role("A") or next(iter(query.measures), "")
    for thing in named.latest(phrase) if phrase else []:
        then = bases.stepped(named.time_of(thing) or "", -1)
        if thing.is_made and thing.before and (not query.periods or then in query.periods):
            found.append(replace(thing.before, score=thing.score, period=then))
    return found


def _common_period(nodes: Sequence[Node]) -> str | None:
    told = {node.period for node in nodes}
    return told.pop() if len(told) == 1 else None


def _before_of(search: Search, node: Node) -> Node | None:
    if node.figure and (then := _told_before(node, [leaf(c.figure) for c in search.linker.cards])):
        return then
    goal = _of_measure(search, node)
    rate = _rate_of(search, goal, node) if goal else None
    if rate is None:
        return _before_of_parts(search, node)
    period = bases.stepped(node.period, -1) if node.period else None
    return replace(step("before_growth", (node, rate)), measure=node.measure, period=period)


# How surely a thing is named that follows from others, to be held against a number.
SURE_OPERAND = 0.6


def agreeing_growth(search: Search) -> Iterator[Node]:
    """The growth of a whole that a question names, against what that of its parts comes to."""
    named = {number.value for number in search.query.assumed if number.unit in {"%", "1"}}
    cards = [c for c in search.linker.cards if c.figure.unit == "%" and c.figure.kind == "change"]
    told = {c.figure.value: c.figure for c in reversed(cards) if c.figure.value in named}
    if len(told) < N_AGREEING or len(told) < len(named):
        return
    found = [thing for rate in told.values() if (thing := _grown_thing(search, rate))]
    if len(found) == len(told) and len({thing.now.unit for thing in found}) == 1:
        yield from chains.agreeing([leaf(rate) for rate in told.values()], found)


# A whole and two parts at least.
N_AGREEING = 3


def _grown_thing(search: Search, rate: Figure) -> chains.Thing | None:
    """What a rate of growth is told of, now and before."""
    asked = replace(search.query, periods=(rate.period,) if rate.period else ())
    search = Search(asked, search.linker, search.identities, search.tags, search.articles)
    things = Named(search).things(rate.measure or "") if rate.measure else []
    return next((thing for thing in things if _has_grown(thing, rate)), None)


def _has_grown(thing: chains.Thing, rate: Figure) -> bool:
    told = thing.before.leaves if thing.before else ()
    return any((f.value, f.unit) == (rate.value, rate.unit) for f in told)


def _extremum(search: Search) -> Iterator[Node]:
    """ "Which region has the most?", of what is told alike of several."""
    if not _ASKS_WHICH.match(search.query.text.lower()):
        return
    is_least = search.query.extreme == "least"
    for family in _families(search):
        ranked = by_size(family.members)
        members = ranked if is_least else ranked[::-1]
        yield from _of_family(search, "extremum", members, family)


def _rank(search: Search) -> Iterator[Node]:
    """The place of the one that is asked about among those told alike."""
    phrase = search.query.role("A") or search.query.text
    for family in _families(search):
        asked = family.asked(phrase)
        if asked:
            others = [f for f in family.members if f is not asked]
            parameters = ("min",) if search.query.extreme == "least" else ()
            yield from _of_family(search, "rank", [asked, *others], family, parameters)


def _average(search: Search) -> Iterator[Node]:
    yield from _pairwise("average", "A", "B")(search)
    is_across = bool(_ACROSS.search(search.query.text.lower()))
    for family in _families(search):
        if is_across or family.is_named:
            yield from _of_family(search, "average", family.members, family)


def _sum(search: Search) -> Iterator[Node]:
    """Of two, or of all that the question names."""
    yield from _pairwise("sum", "A", "B")(search)
    is_all = bool(_ALL.search(search.query.text.lower()))
    for family in _families(search):
        if family.is_named or (is_all and len(family.members) > 2):
            yield from _of_family(search, "sum", family.members, family)


_ASKS_WHICH = re.compile(
    r"(?:(?:in|at|on|of|for|from|by) )?"
    r"(?:which|who\b|where|whose|what (?!is|was|are|were|did|does))"
)
_SEVERAL = re.compile(r", | and ")
_ALL = re.compile(r"\b(?:all|every|altogether|in all|in total|combined|together|both)\b")
_ACROSS = re.compile(r"\b(?:across|over|between|among|of) (?:the|all|both|its|their)\b")


def _families(search: Search) -> list[Family]:
    """What the question may compare; the words of comparing describe no figure."""
    query = search.query
    kinds = ("change",) if is_growth(query.text) and query.operation == "extremum" else ()
    goal = goal_of(query, kinds=kinds, classes=(), unit=None, counted=None, names=())
    spent = _comparing() | set(terms.stems(" ".join(_CLASS.findall(query.text.lower()))))
    rest = tuple(s for s in goal.stems if s not in spent)
    links = search.linker.links(replace(goal, stems=rest or goal.stems))
    near = [link for link in links[:8] if link.score > FAMILY]
    return list(families.find(near, search.linker.cards, query.text))[:3]


# A figure that fits this well leads to its family, which is surer than it by so much.
FAMILY, KINSHIP = 0.36, 0.15
# "Which region", "of the six regions": what the members are, not what is measured of them.
_CLASS = re.compile(
    r"\b(?:which|whose|what|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|named|listed)"
    r" ([a-z]{3,20})\b"
)


@lru_cache(maxsize=1)
def _comparing() -> frozenset[str]:
    cues = terms.table("questions")["cues"]
    found = [*cues["extremum"], *cues["rank"], *cues["average"], *cues["sum"]]
    found.append(terms.table("phrasing")["of_lists"])
    return frozenset(s for cue in found for s in terms.stems(cue))


@lru_cache(maxsize=1)
def _of_two() -> frozenset[str]:
    """Words of comparing two things, which describe none of them."""
    cues = terms.table("questions")["cues"]
    named = ("average", "sum", "difference", "ratio", "share")
    return frozenset(s for name in named for cue in cues[name] for s in terms.stems(cue))


def _of_family(
    search: Search,
    operation: str,
    members: Sequence[Figure],
    family: Family,
    parameters: tuple[str, ...] = (),
) -> Iterator[Node]:
    try:
        node = node_of(operation, members, parameters)
    except CalculationRefused:
        return
    yield replace(node, score=family.score + KINSHIP - STEP_COST)


def _residual(search: Search) -> Iterator[Node]:
    part, whole = search.query.role("P"), search.query.role("W")
    if not part or not whole:
        return
    phrases = [p for p in _LISTED.split(part) if p.strip()]
    if len(phrases) > 1:
        yield from _less_several(search, whole, phrases)
    for x, y in two(search, part, whole):
        yield search.made("residual", (y, x))
        for family in _families(search) if _SEVERAL.search(part) else ():
            if family.is_named and y.figure not in family.members:
                members = [leaf(f, family.score + KINSHIP) for f in family.members]
                yield search.made("residual", (y, *members))


_LISTED = re.compile(r",? and |,? nor |,? or |, | plus | \+ ")


def _less_several(search: Search, whole: str, phrases: Sequence[str]) -> Iterator[Node]:
    """A whole less each of the parts that are named."""
    for first, parts in _parts_of(search, whole, phrases):
        yield search.made("residual", (first, *parts))


def _parts_of(
    search: Search, whole: str, phrases: Sequence[str]
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """A whole with one part of it for each of some phrases."""
    found = [two(search, phrase, whole) for phrase in phrases]
    for first in dict.fromkeys(y for pairs in found for _, y in pairs):
        parts = [next((x for x, y in pairs if y == first), None) for pairs in found]
        if all(parts) and len(set(parts)) == len(parts):
            yield first, tuple(p for p in parts if p)


_PLANS: dict[str, Callable[[Search], Iterator[Node]]] = {
    "share": _share,
    "difference": _pairwise("difference", "A", "B"),
    "point_change": _pairwise("difference", "A", "B"),
    "ratio": _pairwise("ratio", "A", "B"),
    "sum": _sum,
    "average": _average,
    "extremum": _extremum,
    "rank": _rank,
    "per_unit": _per_unit,
    "projection": _projection,
    "absolute_growth": _absolute_growth,
    "growth": _growth,
    "before_growth": _before,
    "contribution": _contribution,
    "exchange_rate": _exchange_rate,
    "conversion": _conversion,
    "residual": _residual,
}


def parameters_of(operation: str, query: Query) -> tuple[str, ...]:
    """What a question gives an operation beside figures, as
    `bot.nodes.derivation_of` takes it: the rate to project with, the end to rank from,
    the noun of what is counted."""
    if operation == "projection":
        rate = next((a.text for a in query.assumed if a.unit == "%"), None)
        return (rate,) * min(MAX_DEPTH, n_times(query.text)) if rate else ()
    if operation == "rank" and query.extreme == "least":
        return ("min",)
    if operation == "count":
        counted = _counted(query)
        return (units.singular(counted.split()[-1]),) if counted else ()
    return ()


def is_growth(text: str) -> bool:
    """Whether the wording speaks of a change."""
    return bool(_GROWTH_STEMS & {terms.stem(m.group()) for m in terms.words(text)})
