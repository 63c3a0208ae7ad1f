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
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from bot import terms
from ingest import Article, Block, Figure, periods, units

# Weight of a word of the goal by where the card holds it.
IN_MEASURE, IN_UNIT, IN_ENTITY, IN_CLAUSE, IN_SENTENCE = 1.0, 0.95, 0.9, 0.9, 0.7
IN_NEIGHBOUR, IN_HEADING, IN_TITLE = 0.4, 0.6, 0.6
COVERAGE, MEANING, EXTRA = 0.62, 0.38, 0.35
# A table's caption names more than one cell's measure.
CAPTION_EXTRA = 0.3
# How much of the coverage the rest of the question makes up, for a phrase of it.
AROUND = 0.3
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
    is_heading: bool = False
    is_captioned: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """What is looked for: the words of a phrase, and what the figure must be.

    kinds: "level", "change" or "share"; () where any will do
    classes: classes of unit; unit: the very unit, when one was asked for
    counted: the noun after "how many"
    context: words that the figure's measure may hold beside the phrase's
    around: the other words of the question, when the phrase is a part of it; question: all of it
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
    around: frozenset[str] = frozenset()
    question: str = ""


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


def unit_class(unit: str) -> str:
    """The class of a unit, as the question data names them."""
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


_CAPTIONS = frozenset(["caption", "header", "heading"])


def cards(article: Article, figures: Sequence[Figure]) -> list[Card]:
    """One card a figure, in the same order."""
    headings = [b for b in article.blocks if b.kind == "heading"]
    title = frozenset(terms.stems(article.title or ""))
    return [_card(article, f, headings, title) for f in figures]


def _card(
    article: Article,
    figure: Figure,
    headings: Sequence[Block],
    title: frozenset[str],
) -> Card:
    start, end = figure.sentence.start, figure.sentence.end
    sentence = article.text[start:end]
    before = "" if " | " in sentence else article.text[max(0, start - 220) : start]
    before = before.rpartition("\n")[2]
    return Card(
        figure=figure,
        unit_class=unit_class(figure.unit),
        measure=frozenset(terms.stems(spoken(figure.measure or ""))),
        entity=frozenset(terms.stems(figure.entity or "")),
        unit=frozenset(terms.stems(figure.unit)) if units.is_count(figure.unit) else frozenset(),
        near=_near(sentence, figure.start - start, figure.end - start),
        above=frozenset(terms.stems(_heading_above(article, start))) | _header(article, figure),
        before=frozenset(terms.stems(before)),
        title=title,
        sentence=sentence,
        is_captioned=any(o.slot == "measure" and o.how in _CAPTIONS for o in figure.origins),
        is_heading=any(b.start <= start < b.end for b in headings),
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


# -- scoring ------------------------------------------------------------------------------------

Likes = Mapping[str, float]


def likes(stem: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """The words of a vocabulary that may stand for a stem, and how well."""
    found = {other: same(stem, other) for other in vocabulary}
    return {other: likeness for other, likeness in found.items() if likeness}


def _best(liked: Likes, others: Iterable[str]) -> float:
    """How well the best of some words stands for a stem."""
    return max((liked.get(other, 0.0) for other in others), default=0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A goal made ready: what may stand for each of its stems, and the weights of these."""

    goal: Goal
    likes: Mapping[str, Likes]
    weights: Mapping[str, float]
    around: Mapping[str, float]
    context: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    counted: tuple[str, ...]


def score(asked: Asked, card: Card, weights: Weights, meaning: float | None = None) -> Link:
    """How well the card fits; `meaning` is the cosine of question and sentence, if known."""
    goal = asked.goal
    coverage = _coverage(asked, card)
    extra = _extra(asked, card, weights)
    period = period_fit(goal, card.figure.period)
    name = _name_fit(asked, card)
    kind = _kind_fit(asked, card)
    total = COVERAGE * coverage + MEANING * (0.5 if meaning is None else _scaled(meaning))
    total -= EXTRA * extra
    total *= period * name * kind * _sureness(card)
    return Link(card, total, coverage, extra, period, name, kind)


def _sureness(card: Card) -> float:
    """Headlines round, and bounds say less than values."""
    figure = card.figure
    sure = 0.97 if figure.comparator in {"more than", "less than", "at least", "up to"} else 1.0
    if figure.claim in {"negated", "hypothetical"}:
        sure *= 0.7
    return sure * (0.97 if card.is_heading else 1.0)


def _scaled(cosine: float) -> float:
    """Cosines of questions and sentences lie between about 0.1 and 0.8."""
    return max(0.0, min(1.0, (cosine - 0.1) / 0.65))


def _coverage(asked: Asked, card: Card) -> float:
    own = _held_share(asked, asked.weights, card)
    if not asked.around:
        return own
    return (1 - AROUND) * own + AROUND * _held_share(asked, asked.around, card)


def _held_share(asked: Asked, weights: Mapping[str, float], card: Card) -> float:
    total = sum(weights.values())
    if not total:
        return 0.5
    return sum(w * _held(asked.likes[s], card) for s, w in weights.items()) / total


def _weight(stem: str, weights: Weights) -> float:
    return weights.of(stem) * (0.35 if stem in generic() else 1.0)


def _held(liked: Likes, card: Card) -> float:
    """The best weight with which the card holds a word."""
    best = max(
        IN_MEASURE * _best(liked, card.measure),
        IN_UNIT * _best(liked, card.unit),
        IN_ENTITY * _best(liked, card.entity),
        IN_HEADING * _best(liked, card.above),
        IN_TITLE * _best(liked, card.title),
        IN_NEIGHBOUR * _best(liked, card.before),
    )
    for other, likeness in liked.items():
        distance = card.near.get(other)
        if distance is not None:
            place = IN_CLAUSE if distance <= CLAUSE_WORDS else IN_SENTENCE
            far = 0.01 * max(0, distance - CLAUSE_WORDS)
            best = max(best, likeness * max(0.5, place - far))
    return best


def _extra(asked: Asked, card: Card, weights: Weights) -> float:
    """What the card's measure says beyond the goal and its context, as a share of it."""
    if not card.measure:
        return 0.25
    total = beyond = 0.0
    for stem in card.measure:
        weight = _weight(stem, weights)
        total += weight
        beyond += weight if stem not in asked.context else 0.0
    share = beyond / total if total else 0.0
    return share * (CAPTION_EXTRA if card.is_captioned else 1.0)


def period_fit(goal: Goal, period: str | None) -> float:
    """1 where the figure's period is the one asked for, near 0 where it is another."""
    if goal.loose:
        return 1.0 if period and any(period.endswith(p[1:]) for p in goal.loose) else 0.3
    if not goal.periods:
        return 1.0
    if period is None:
        return 0.75
    return max(period_pair(asked, period) for asked in goal.periods)


@lru_cache(maxsize=4096)
def period_pair(asked: str, period: str) -> float:
    if asked == period:
        return 1.0
    if asked.lstrip("FY") == period.lstrip("FY"):
        return 0.95
    if periods.contains(period, asked):
        return 0.45
    return 0.6 if periods.contains(asked, period) else 0.15


def _name_fit(asked: Asked, card: Card) -> float:
    """Names of the question must stand near the figure, or at least in its article's title."""
    fit = 1.0
    for stems in asked.names:
        fit *= min((_name_held(asked.likes[s], card) for s in stems), default=1.0)
    return fit


def _name_held(liked: Likes, card: Card) -> float:
    here = (card.near, card.entity, card.measure, card.above, card.title)
    if max(_best(liked, place) for place in here) >= 0.7:
        return 1.0
    return 0.85 if _best(liked, card.before) >= 0.7 else 0.6


def _kind_fit(asked: Asked, card: Card) -> float:
    goal = asked.goal
    fit = 1.0
    if goal.unit:
        fit *= _unit_fit(goal.unit, card)
    elif goal.classes and not is_of(card.unit_class, goal.classes):
        fit *= 0.4
    if asked.counted and card.unit_class in {"count", "ratio"}:
        fit *= max(_counted_fit(asked.likes[s], card) for s in asked.counted)
    if goal.kinds and kind_of(card.figure) not in goal.kinds:
        fit *= 0.6 if card.unit_class in {"percent", "ratio"} or "change" in goal.kinds else 0.85
    return fit


_PHYSICAL_CLASSES = frozenset([*_PHYSICAL.values(), "speed"])


def is_of(unit_class: str, classes: Sequence[str]) -> bool:
    """Whether a class is among those wanted; "measure" stands for every physical one."""
    return unit_class in classes or ("measure" in classes and unit_class in _PHYSICAL_CLASSES)


def kind_of(figure: Figure) -> str:
    """Level, change or share: what the kinds of figures come down to in a goal."""
    if figure.kind in {"change", "share"}:
        return figure.kind
    return "level"


def _unit_fit(unit: str, card: Card) -> float:
    if card.figure.unit == unit:
        return 1.0
    if unit in {"%", "pp"}:
        return 0.95 if card.unit_class == "percent" else 0.7 * (card.unit_class == "ratio") + 0.1
    try:
        units.convert(Decimal(1), card.figure.unit, unit)
    except units.UnitMismatch:
        return 0.2
    return 0.9


def _counted_fit(liked: Likes, card: Card) -> float:
    """Whether what is counted is what was asked to be counted."""
    if _best(liked, card.unit) >= 0.7:
        return 1.1
    if _best(liked, card.measure) >= 0.7 or any(card.near.get(s, 99) <= 3 for s in liked):
        return 0.95
    is_crowd = liked.get(terms.stem("person")) == 1.0 and card.unit_class == "count"
    return 0.9 if is_crowd else 0.6


@dataclass
class Linker:
    """The cards of the evidence, scored against goals; scores of one goal are kept."""

    cards: Sequence[Card]
    weights: Weights
    meanings: Callable[[str], Sequence[float | None]] | None = None
    _kept: dict[Goal, list[Link]] = field(default_factory=dict)
    _likes: dict[str, Likes] = field(default_factory=dict)
    _vocabulary: frozenset[str] | None = None

    def links(self, goal: Goal) -> list[Link]:
        """Every card's link, best first."""
        if goal not in self._kept:
            asked = self.asked(goal)
            near = self._nearness(goal)
            found = [
                score(asked, card, self.weights, meaning)
                for card, meaning in zip(self.cards, near, strict=True)
            ]
            self._kept[goal] = sorted(found, key=lambda link: -link.score)
        return self._kept[goal]

    def _nearness(self, goal: Goal) -> Sequence[float | None]:
        """Cosines of each card's sentence with the phrase, and with the whole question."""
        if self.meanings is None:
            return [None] * len(self.cards)
        own = self.meanings(goal.phrase)
        if not goal.question or goal.question == goal.phrase:
            return own
        whole = self.meanings(goal.question)
        return [
            None if a is None or b is None else (a + b) / 2 for a, b in zip(own, whole, strict=True)
        ]

    def asked(self, goal: Goal) -> Asked:
        """The goal with what may stand for each of its words among the cards."""
        names = tuple(terms.stems(name) for name in goal.names)
        counted = terms.stems(goal.counted or "")
        stems = {
            *goal.stems,
            *goal.context,
            *goal.around,
            *counted,
            *(s for name in names for s in name),
        }
        liked = {s: self.likes(s) for s in stems}
        context = {o for s in stems for o, likeness in liked[s].items() if likeness >= 0.5}
        return Asked(
            goal,
            liked,
            {s: _weight(s, self.weights) for s in goal.stems},
            {s: _weight(s, self.weights) for s in goal.around if s not in goal.stems},
            frozenset(context),
            names,
            counted,
        )

    def likes(self, stem: str) -> Likes:
        if stem not in self._likes:
            self._likes[stem] = likes(stem, self.vocabulary)
        return self._likes[stem]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every stem that a card holds."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(
                s
                for c in self.cards
                for part in (c.measure, c.unit, c.entity, c.above, c.title, c.before, c.near)
                for s in part
            )
        return self._vocabulary

    def held(self, figures: Iterable[Figure]) -> frozenset[str]:
        """The stems that stand by figures: measure, entity, sentence, headings, title."""
        wanted = {(f.article_id, f.start) for f in figures}
        return frozenset(
            s
            for c in self.cards
            if (c.figure.article_id, c.figure.start) in wanted
            for part in (c.measure, c.unit, c.entity, c.above, c.title, c.before, c.near)
            for s in part
        )
