"""Linking: how well each figure of the evidence fits what a question names.

A figure is described by a card: its measure, entity, period, unit class, the words of its
sentence with their distance from it, and the headings above it. A goal is what is looked for.
The score weighs how much of the goal the card covers (rare words count more), what the card's
measure holds beyond the goal ("imports and exports" is not "imports"), the period, the names,
the class of unit, and the nearness of meaning where vectors are at hand.
"""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot import terms
from ingest import Article, Figure, periods, units

# Weight of a word of the goal by where the card holds it.
IN_MEASURE, IN_UNIT, IN_ENTITY, IN_CLAUSE, IN_SENTENCE = 1.0, 0.95, 0.9, 0.9, 0.7
IN_NEIGHBOUR, IN_HEADING, IN_TITLE = 0.35, 0.55, 0.45
CLAUSE_WORDS = 7
SYNONYM = 0.85


@dataclass(frozen=True, slots=True)
class Card:
    """A figure and what is said around it, as stems.

    near: stems of its sentence with their distance from the figure in words
    above: stems of headings over it; before: stems of the sentence before
    """

    figure: Figure
    unit_class: str
    measure: frozenset[str]
    entity: frozenset[str]
    unit: frozenset[str]
    near: Mapping[str, int]
    above: frozenset[str]
    before: frozenset[str]
    title: frozenset[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What is looked for: the words of a phrase, and what the figure must be.

    kinds: "level", "change" or "share"; () where any will do
    classes: classes of unit; unit: the very unit, when one was asked for
    counted: the noun after "how many"
    """

    phrase: str
    stems: tuple[str, ...]
    names: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    unit: str | None = None
    counted: str | None = None
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A card and how well it fits a goal, 0 to about 1; the parts of the score are kept."""

    card: Card
    score: float
    coverage: float
    extra: float
    period: float
    name: float
    kind: float


def unit_class(figure: Figure) -> str:
    """The class of a figure's unit, as the question data names them."""
    unit = figure.unit
    if units.is_money(unit):
        return "money"
    if unit in {"%", "pp", "‰"}:
        return "percent"
    if unit == "1":
        return "ratio"
    if unit in {"rank", "score"}:
        return unit
    if "/" in unit:
        return "money" if units.is_money(unit.split("/")[0]) else _quotient_class(unit)
    if units.is_duration(unit):
        return "duration"
    return _PHYSICAL.get(unit, "measure") if units.is_physical(unit) else "count"


_PHYSICAL = {
    "m": "length", "km": "length", "cm": "length", "mm": "length", "ft": "length",
    "mi": "length", "in": "length", "mile": "length", "foot": "length", "inch": "length",
    "kg": "mass", "g": "mass", "t": "mass", "lb": "mass", "mg": "mass", "oz": "mass",
    "°C": "temperature", "°F": "temperature", "K": "temperature",
    "km2": "area", "km²": "area", "ha": "area", "m2": "area", "m²": "area", "acre": "area",
}  # fmt: skip


def _quotient_class(unit: str) -> str:
    return "speed" if unit in {"km/h", "m/s", "km/s", "mi/h", "mph", "kn"} else "measure"


def cards(article: Article, figures: Sequence[Figure]) -> list[Card]:
    """One card a figure, in the same order."""
    spans = sorted({(f.sentence.start, f.sentence.end) for f in figures})
    headings = [b for b in article.blocks if b.kind == "heading"]
    title = frozenset(terms.stems(article.title or ""))
    return [_card(article, f, headings, title, spans) for f in figures]


def _card(
    article: Article,
    figure: Figure,
    headings: Sequence[object],
    title: frozenset[str],
    spans: Sequence[tuple[int, int]],
) -> Card:
    start, end = figure.sentence.start, figure.sentence.end
    sentence = article.text[start:end]
    before = article.text[max(0, start - 220) : start].rpartition("\n")[2]
    return Card(
        figure=figure,
        unit_class=unit_class(figure),
        measure=frozenset(terms.stems(figure.measure or "")),
        entity=frozenset(terms.stems(figure.entity or "")),
        unit=frozenset(terms.stems(figure.unit)) if units.is_count(figure.unit) else frozenset(),
        near=_near(sentence, figure.start - start, figure.end - start),
        above=frozenset(terms.stems(_heading_above(article, start))) | _header(article, figure),
        before=frozenset(terms.stems(before)),
        title=title,
        sentence=sentence,
    )


def _near(sentence: str, start: int, end: int) -> dict[str, int]:
    """Stems of the sentence, with the number of words between them and the figure."""
    places = [m.start() for m in terms.words(sentence)]
    first, last = bisect.bisect_left(places, start), bisect.bisect_left(places, end) - 1
    found: dict[str, int] = {}
    for term in terms.find(sentence):
        if start <= term.start < end:
            continue
        i = bisect.bisect_left(places, term.start)
        distance = first - i if i < first else i - last
        found[term.stem] = min(found.get(term.stem, 99), distance)
    return found


def _heading_above(article: Article, start: int) -> str:
    """The headings that stand over a place, the nearest of each level."""
    found: dict[int, str] = {}
    for block in article.blocks:
        if block.start >= start:
            break
        if block.kind == "heading":
            found = {level: text for level, text in found.items() if level < block.level}
            found[block.level] = article.text[block.start : block.end]
    return " ".join(found.values())


def _header(article: Article, figure: Figure) -> frozenset[str]:
    """The words of a table's header cells and caption that the figure took its slots from."""
    spans = [o for o in figure.origins if o.how in {"header", "caption"}]
    return terms.stem_set(article.text[o.start : o.end] for o in spans)


# -- weights of words ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each stem is among the sentences at hand."""

    n_sentences: int
    counts: Mapping[str, int]

    def of(self, stem: str) -> float:
        """From 0.3 for what stands everywhere to 1 for what is rare; a word unheard of is 0.75:
        it may be a paraphrase."""
        n, count = self.n_sentences, self.counts.get(stem, 0)
        if count == 0:
            return 0.75
        rarest = math.log(1 + (n - 0.5) / 1.5)
        return max(0.3, math.log(1 + (n - count + 0.5) / (count + 0.5)) / max(rarest, 1.0))


def weights(texts: Iterable[str]) -> Weights:
    """Weights from sentences."""
    counts: Counter[str] = Counter()
    n = 0
    for text in texts:
        counts.update(set(terms.stems(text)))
        n += 1
    return Weights(n, counts)


# -- synonyms -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """For each stem the stems that may stand for it."""
    found: dict[str, set[str]] = {}
    for group in terms.table("linking")["synonyms"]:
        stems = {terms.stem(word) for word in group.split()}
        for one in stems:
            found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}


def synonyms(stem: str) -> frozenset[str]:
    """The stems that may stand for a stem."""
    return _synonyms().get(stem, frozenset())


@lru_cache(maxsize=1)
def _phrases() -> list[tuple[str, str]]:
    found: dict[str, str] = terms.table("linking")["phrases"]
    return sorted(found.items(), key=lambda item: -len(item[0]))


@lru_cache(maxsize=1)
def generic() -> frozenset[str]:
    return frozenset(terms.stem(w) for w in terms.table("linking")["generic"].split())


def spoken(phrase: str) -> str:
    """The phrase with set expressions in plain terms ("bought abroad" is "imports")."""
    flat = phrase.lower().replace("’", "'")
    for expression, plain in _phrases():
        flat = flat.replace(expression, plain)
    return flat


def same(a: str, b: str) -> float:
    """1 for one stem, less for a synonym or a misspelling, 0 for different words."""
    if a == b:
        return 1.0
    if b in _synonyms().get(a, ()):
        return SYNONYM
    if min(len(a), len(b)) >= 4 and a[0] == b[0] and a.isalpha() and b.isalpha():
        if terms.is_within_one_edit(a, b):
            return 0.8 if min(len(a), len(b)) >= 5 else 0.5
        if min(len(a), len(b)) >= 5 and (a.startswith(b) or b.startswith(a)):
            return 0.8
    return 0.0


def _best(stem: str, others: Iterable[str]) -> float:
    return max((same(stem, other) for other in others), default=0.0)


# -- scoring ------------------------------------------------------------------------------------


def score(goal: Goal, card: Card, weights: Weights, meaning: float | None = None) -> Link:
    """How well the card fits; `meaning` is the cosine of question and sentence, if known."""
    coverage = _coverage(goal, card, weights)
    extra = _extra(goal, card, weights)
    period = period_fit(goal, card.figure.period)
    name = _name_fit(goal, card)
    kind = _kind_fit(goal, card)
    total = 0.62 * coverage + 0.38 * (0.5 if meaning is None else _scaled(meaning))
    total -= 0.22 * extra
    total *= period * name * kind
    if card.figure.claim in {"negated", "hypothetical"}:
        total *= 0.7
    return Link(card, total, coverage, extra, period, name, kind)


def _scaled(cosine: float) -> float:
    """Cosines of questions and sentences lie between about 0.1 and 0.8."""
    return max(0.0, min(1.0, (cosine - 0.1) / 0.65))


def _coverage(goal: Goal, card: Card, weights: Weights) -> float:
    stems = [s for s in dict.fromkeys(goal.stems)]
    if not stems:
        return 0.5
    total = sum(_weight(s, weights) for s in stems)
    held = sum(_weight(s, weights) * _held(s, card) for s in stems)
    return held / total


def _weight(stem: str, weights: Weights) -> float:
    return weights.of(stem) * (0.35 if stem in generic() else 1.0)


def _held(stem: str, card: Card) -> float:
    """The best weight with which the card holds a word."""
    found = [
        IN_MEASURE * _best(stem, card.measure),
        IN_UNIT * _best(stem, card.unit),
        IN_ENTITY * _best(stem, card.entity),
        IN_HEADING * _best(stem, card.above),
        IN_TITLE * _best(stem, card.title),
        IN_NEIGHBOUR * _best(stem, card.before),
    ]
    for other, distance in card.near.items():
        if likeness := same(stem, other):
            place = IN_CLAUSE if distance <= CLAUSE_WORDS else IN_SENTENCE
            found.append(likeness * max(0.5, place - 0.01 * max(0, distance - CLAUSE_WORDS)))
    return max(found)


def _extra(goal: Goal, card: Card, weights: Weights) -> float:
    """What the card's measure says beyond the goal and its context, as a share of it."""
    if not card.measure:
        return 0.25
    asked = (*goal.stems, *goal.context)
    total = sum(_weight(s, weights) for s in card.measure)
    beyond = sum(_weight(s, weights) for s in card.measure if _best(s, asked) < 0.5)
    return beyond / total if total else 0.0


def period_fit(goal: Goal, period: str | None) -> float:
    """1 where the figure's period is the one asked for, near 0 where it is another."""
    if goal.loose:
        return 1.0 if period and any(period.endswith(p[1:]) for p in goal.loose) else 0.3
    if not goal.periods:
        return 1.0
    if period is None:
        return 0.62
    return max(_period_pair(asked, period) for asked in goal.periods)


@lru_cache(maxsize=4096)
def _period_pair(asked: str, period: str) -> float:
    if asked == period:
        return 1.0
    if asked.lstrip("FY") == period.lstrip("FY"):
        return 0.95
    if periods.contains(period, asked):
        return 0.35
    return 0.45 if periods.contains(asked, period) else 0.08


def _name_fit(goal: Goal, card: Card) -> float:
    """Names of the question must stand near the figure, or at least in its article's title."""
    fit = 1.0
    for name in goal.names:
        stems = terms.stems(name)
        if stems:
            fit *= min(_name_held(s, card) for s in stems)
    return fit


def _name_held(stem: str, card: Card) -> float:
    here = (*card.near, *card.entity, *card.measure, *card.above, *card.title)
    if _best(stem, here) >= 0.7:
        return 1.0
    return 0.85 if _best(stem, card.before) >= 0.7 else 0.72


def _kind_fit(goal: Goal, card: Card) -> float:
    fit = 1.0
    if goal.unit:
        fit *= _unit_fit(goal.unit, card)
    elif goal.classes:
        fit *= 1.0 if card.unit_class in goal.classes else 0.25
        fit *= 1.0 - 0.03 * goal.classes.index(card.unit_class) if fit == 1.0 else 1.0
    if goal.counted:
        fit *= _counted_fit(goal.counted, card)
    if goal.kinds:
        fit *= 1.0 if kind_of(card.figure) in goal.kinds else 0.45
    return fit


def kind_of(figure: Figure) -> str:
    """Level, change or share: what the kinds of figures come down to in a goal."""
    if figure.kind in {"change", "share"}:
        return figure.kind
    return "level"


def _unit_fit(unit: str, card: Card) -> float:
    if card.figure.unit == unit:
        return 1.0
    if unit in {"%", "pp"} and card.unit_class in {"percent", "ratio"}:
        return 0.9
    try:
        units.convert(card.figure.precision + 1, card.figure.unit, unit)
    except units.UnitMismatch:
        return 0.2
    return 0.9


def _counted_fit(noun: str, card: Card) -> float:
    """Whether what is counted is what was asked to be counted."""
    return max((_counted_stem_fit(stem, card) for stem in terms.stems(noun)), default=1.0)


def _counted_stem_fit(stem: str, card: Card) -> float:
    if _best(stem, card.unit) >= 0.7:
        return 1.1
    if _best(stem, card.measure) >= 0.7 or card.near.get(stem, 99) <= 3:
        return 0.9
    is_crowd = stem == terms.stem("person") and card.unit_class == "count"
    return 0.8 if is_crowd else 0.5


@dataclass
class Linker:
    """The cards of the evidence, scored against goals; scores of one goal are kept."""

    cards: Sequence[Card]
    weights: Weights
    meanings: Callable[[str], Sequence[float | None]] | None = None
    _kept: dict[Goal, list[Link]] = field(default_factory=dict)

    def links(self, goal: Goal) -> list[Link]:
        """Every card's link, best first."""
        if goal not in self._kept:
            near = self.meanings(goal.phrase) if self.meanings else [None] * len(self.cards)
            found = [
                score(goal, card, self.weights, meaning)
                for card, meaning in zip(self.cards, near, strict=True)
            ]
            self._kept[goal] = sorted(found, key=lambda link: -link.score)
        return self._kept[goal]


def without(goal: Goal, **slots: object) -> Goal:
    """The goal with other slots."""
    return replace(goal, **slots)  # type: ignore[arg-type]
