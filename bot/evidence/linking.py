"""Linking: how well each figure of the evidence fits what a question names.

A figure is described by a card: its measure, entity, period, unit class, the words of its
sentence with their distance from it, and the headings above it. A goal is what is looked for.
The score weighs how much of the goal the card covers (rare words count more), what the card's
measure holds beyond the goal ("imports and exports" is not "imports"), the period, the names,
the class of unit, and the nearness of meaning where vectors are at hand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar, overload

import numpy as np

from bot.language import nearness, terms, vocabulary
from bot.language.nearness import Spans
from ingest import Article, Block, Figure, periods, units

Floats = np.ndarray[Any, np.dtype[np.float64]]
Indexes = np.ndarray[Any, np.dtype[np.intp]]
T = TypeVar("T")

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
# A country stands for its capital, where the capital is not told of.
OF_CAPITAL = 0.7
# A name of so few letters is a short form, which may be a word besides: "US", "LA".
SHORT = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A figure and what is said around it, as stems.

    near: stems of its sentence with their distance from the figure (`nearness.distances`)
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
    spans: dict[int, list[tuple[int, int]]] = {}
    for f in figures:
        begins = f.sentence.start
        spans.setdefault(begins, []).append((f.start - begins, f.end - begins))
    return [_card(article, f, headings, title, tuple(spans[f.sentence.start])) for f in figures]


def _card(
    article: Article,
    figure: Figure,
    headings: Sequence[Block],
    title: frozenset[str],
    spans: Spans,
) -> Card:
    start, end = figure.sentence.start, figure.sentence.end
    sentence = article.text[start:end]
    before = "" if " | " in sentence else article.text[max(0, start - 220) : start]
    before = before.rpartition("\n")[2]
    own = (figure.start - start, figure.end - start)
    others = tuple(span for span in spans if span != own)
    return Card(
        figure=figure,
        unit_class=unit_class(figure.unit),
        measure=frozenset(terms.stems(spoken(figure.measure or ""))),
        entity=frozenset(terms.stems(figure.entity or "")),
        unit=frozenset(terms.stems(figure.unit)) if units.is_count(figure.unit) else frozenset(),
        near=nearness.distances(sentence, own, others),
        above=frozenset(terms.stems(_heading_above(article, start))) | _header(article, figure),
        before=frozenset(terms.stems(before)),
        title=title,
        sentence=sentence,
        is_captioned=any(o.slot == "measure" and o.how in _CAPTIONS for o in figure.origins),
        is_heading=any(b.start <= start < b.end for b in headings),
    )


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
        return _rarity(self.n_sentences, self.counts.get(stem, 0))


@lru_cache(maxsize=10_000)
def _rarity(n: int, count: int) -> float:
    if count == 0:
        return 0.75
    rarest = math.log(1 + (n - 0.5) / 1.5)
    return max(0.3, math.log(1 + (n - count + 0.5) / (count + 0.5)) / max(rarest, 1.0))


def weights(texts: Iterable[str]) -> Weights:
    """Weights from sentences."""
    counts: Counter[str] = Counter()
    n = 0
    for text in texts:
        counts.update(terms.stems_of(text))
        n += 1
    return Weights(n, counts)


# -- synonyms -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """For each stem the stems that may stand for it."""
    found: dict[str, set[str]] = {}
    groups = [group.split() for group in terms.table("linking")["synonyms"]]
    for group in (*groups, *_peoples()):
        stems = {terms.stem(word) for word in group}
        for one in stems:
            found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}


def _peoples() -> list[list[str]]:
    """Names of countries with those of their peoples, of one word each: "Dutch", "Netherlands"."""
    groups = [*terms.table("names")["peoples"], *vocabulary.tables().demonym_groups]
    alone = [[name for name in group if name.isalpha() and len(name) > SHORT] for group in groups]
    return [group for group in alone if len(group) > 1]


@lru_cache(maxsize=1)
def _capitals() -> dict[str, frozenset[str]]:
    """For each capital of one word the stems of its country: "Astana" is a government's."""
    told = terms.table("names")["capitals"].items()
    return {terms.stem(city): terms.stems_of(land) for land, city in told if city.isalpha()}


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


def place_of(figure: Figure) -> tuple[str, int, str]:
    """What tells a figure from every other of the evidence."""
    return figure.article_id, figure.start, figure.unit


def by_sentence(cards: Iterable[Card]) -> dict[tuple[str, int], list[Card]]:
    """The cards of each sentence, by article and start."""
    found: dict[tuple[str, int], list[Card]] = {}
    for card in cards:
        found.setdefault(card.figure.sentence_place, []).append(card)
    return found


@lru_cache(maxsize=1)
def unspecific() -> frozenset[str]:
    """Words that describe no figure, those of the openings of questions among them."""
    openings = " ".join(terms.table("questions")["openings"])
    return frozenset(terms.stem(w) for w in f"{terms.table('linking')['spent']} {openings}".split())


@lru_cache(maxsize=5_000)
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


def likes(stem: str, vocabulary: Collection[str], is_known: bool = False) -> dict[str, float]:
    """The words of a vocabulary that may stand for a stem, and how well.

    is_known: it stands somewhere as it is, so that no other word is a misspelling of it: where
    Ireland is told of, Iceland is another country
    """
    # Two words that are no synonyms have to begin alike: most need no closer look.
    first, others = stem[:1], synonyms(stem)
    near = [other for other in vocabulary if other.startswith(first) or other in others]
    found = {
        other: same(stem, other) for other in near if not (is_known and _is_other(stem, other))
    }
    liked = {other: likeness for other, likeness in found.items() if likeness}
    if stem in _capitals() and not (liked or is_known):
        return {other: OF_CAPITAL for other in _capitals()[stem] if other in vocabulary}
    return liked


# Words are one where they are as like as this.
ONE_WORD = 0.8


def stands_in(stem: str, vocabulary: Collection[str]) -> bool:
    """Whether a word, or one that is as good as it, is among others."""
    return any(likeness >= ONE_WORD for likeness in likes(stem, vocabulary).values())


def _is_other(one: str, other: str) -> bool:
    """Whether words are neither one, nor synonyms, nor does one begin with the other."""
    is_longer = one.startswith(other) or other.startswith(one)
    return not is_longer and other not in _synonyms().get(one, ())


def _best(liked: Likes, words: frozenset[str]) -> float:
    """How well the best of some words stands for a stem."""
    return max((likeness for other, likeness in liked.items() if other in words), default=0.0)


def _sureness(card: Card) -> float:
    """Headlines round, and bounds say less than values."""
    figure = card.figure
    sure = 0.97 if figure.comparator in {"more than", "less than", "at least", "up to"} else 1.0
    if figure.claim in {"negated", "hypothetical"}:
        sure *= 0.7
    return sure * (0.97 if card.is_heading else 1.0)


def _scaled(cosines: Floats) -> Floats:
    """Cosines of questions and sentences lie between about 0.1 and 0.8; an unknown one is 0.5."""
    scaled: Floats = np.maximum(0.0, np.minimum(1.0, (cosines - 0.1) / 0.65))
    return np.where(np.isnan(scaled), 0.5, scaled)


def _weight(stem: str, weights: Weights) -> float:
    return weights.of(stem) * (0.35 if stem in generic() else 1.0)


def period_fit(goal: Goal, period: str | None, home: str | None = None) -> float:
    """1 where the figure's period is the one asked for, near 0 where it is another.

    home: the time that its article is about, by which a figure of untold time is judged
    """
    if goal.loose:
        then = period or home
        is_one = then is not None and any(periods.is_part(p[1:], then) for p in goal.loose)
        return 1.0 if is_one else 0.3
    if not goal.periods:
        return 1.0
    if period is None:
        return max(untold_fit(asked, home) for asked in goal.periods)
    return max(period_pair(asked, period) for asked in goal.periods)


# How well a figure of untold time fits: at all, in an article about the time that is asked for, and
# in one about another.
UNTOLD_TIME, AT_HOME, AWAY = 0.75, 0.95, 0.5


def untold_fit(asked: str, home: str | None) -> float:
    """How well a figure of untold time goes with a time, by what its article is about."""
    if home is None:
        return UNTOLD_TIME
    fit = period_pair(asked, home)
    return AT_HOME if fit >= AT_HOME else AWAY if fit <= OTHER_TIME else UNTOLD_TIME


# How well a figure of another time fits.
OTHER_TIME = 0.15


# How well "2023/24" goes with what is told of September 2023 to June 2024.
SEASON = 0.9


@lru_cache(maxsize=4096)
def period_pair(asked: str, period: str) -> float:
    if asked == period:
        return 1.0
    if asked.lstrip("FY") == period.lstrip("FY"):
        return 0.95
    if periods.contains(period, asked) or periods.may_hold(period, asked):
        return 0.45
    if periods.is_season(asked, period):
        return SEASON
    return 0.6 if periods.contains(asked, period) else OTHER_TIME


def _name_held(close: Iterable[str], card: Card) -> float:
    """Names of the question must stand near the figure, or at least in its article's title."""
    here = (card.near, card.entity, card.measure, card.above, card.title)
    if any(other in place for other in close for place in here):
        return 1.0
    return 0.85 if any(other in card.before for other in close) else 0.6


def _class_fit(goal: Goal, make: Make) -> float:
    """Whether a figure of this make is in the unit, or of the class, that was asked for."""
    if goal.unit:
        return _unit_fit(goal.unit, make)
    return 0.4 if goal.classes and not is_of(make.unit_class, goal.classes) else 1.0


def _kind_fit(goal: Goal, make: Make) -> float:
    if not goal.kinds or make.kind in goal.kinds:
        return 1.0
    return 0.6 if make.unit_class in {"percent", "ratio"} or "change" in goal.kinds else 0.85


_PHYSICAL_CLASSES = frozenset([*_PHYSICAL.values(), "speed"])


def is_of(unit_class: str, classes: Sequence[str]) -> bool:
    """Whether a class is among those wanted; "measure" stands for every physical one."""
    return unit_class in classes or ("measure" in classes and unit_class in _PHYSICAL_CLASSES)


def kind_of(figure: Figure) -> str:
    """Level, change or share: what the kinds of figures come down to in a goal."""
    if figure.kind in {"change", "share"}:
        return figure.kind
    return "level"


def _unit_fit(unit: str, make: Make) -> float:
    if make.unit == unit:
        return 1.0
    if unit in {"%", "pp"}:
        return 0.95 if make.unit_class == "percent" else 0.7 * (make.unit_class == "ratio") + 0.1
    return 0.9 if units.are_convertible(make.unit, unit) else 0.2


COUNTED = frozenset(["count", "ratio"])


def _counted_fit(liked: Likes, card: Card, is_crowd: bool) -> float:
    """Whether what is counted is what was asked to be counted, or people where anything may be."""
    if card.unit_class not in COUNTED:
        return 1.0
    if _best(liked, card.unit) >= 0.7:
        return 1.1
    if _best(liked, card.measure) >= 0.7 or any(card.near.get(s, 99) <= 3 for s in liked):
        return 0.95
    return 0.9 if is_crowd and card.unit_class == "count" else 0.6


@dataclass(frozen=True, slots=True)
class Make:
    """What several figures have in common: unit, its class, and kind."""

    unit: str
    unit_class: str
    kind: str


# Words of questions whose fit with an article's cards is kept.
MAX_WORDS = 500


class Deck:
    """The cards of one article, by the words that they hold; worked out once for all questions."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = tuple(cards)
        self.sentences = frozenset(card.sentence for card in cards)
        self.entities = frozenset(stem for card in cards for stem in card.entity)
        self.makes, self.make_at = _numbered([_make(card) for card in cards])
        self.periods, self.period_at = _numbered([card.figure.period for card in cards])
        told = [(i, stem) for i, card in enumerate(cards) for stem in sorted(card.measure)]
        self.measured, self.measured_at = _numbered([stem for _, stem in told])
        self.measured_by = np.array([i for i, _ in told], dtype=np.intp)
        self.home = _home(cards)
        self.sure = np.array([_sureness(card) for card in cards], dtype=np.float64)
        self.has_measure = np.array([bool(card.measure) for card in cards], dtype=bool)
        captions = [CAPTION_EXTRA if card.is_captioned else 1.0 for card in cards]
        self.captioned = np.array(captions, dtype=np.float64)
        self._places: dict[str, list[tuple[int, float]]] = {}
        for i, card in enumerate(cards):
            for stem, worth in _worths(card).items():
                self._places.setdefault(stem, []).append((i, worth))
        self.likes = lru_cache(maxsize=MAX_WORDS)(self._read_likes)
        self.held = lru_cache(maxsize=MAX_WORDS)(self._read_held)
        self.named = lru_cache(maxsize=MAX_WORDS)(self._read_named)
        self.counted = lru_cache(maxsize=MAX_WORDS)(self._read_counted)

    def __contains__(self, stem: str) -> bool:
        """Whether a card holds a word."""
        return stem in self._places

    @cached_property
    def stems_by_place(self) -> dict[tuple[str, int], frozenset[str]]:
        """The stems that stand by the figure, or the figures, that begin at a place."""
        found: dict[tuple[str, int], frozenset[str]] = {}
        for card in self.cards:
            key = (card.figure.article_id, card.figure.start)
            found[key] = found.get(key, frozenset()) | _worths(card).keys()
        return found

    def _read_likes(self, stem: str, is_known: bool = False) -> Likes:
        """The words of the cards that may stand for a word, and how well."""
        return likes(stem, self._places, is_known)

    def _read_held(self, stem: str, is_known: bool = False) -> Floats:
        """The best weight with which each card holds a word."""
        found = np.zeros(len(self.cards))
        for other, likeness in self.likes(stem, is_known).items():
            for i, worth in self._places[other]:
                found[i] = max(found[i], worth * likeness)
        return found

    def _read_named(self, stem: str, is_known: bool = False) -> Floats:
        """How well each card fits a word of a name."""
        liked = self.likes(stem, is_known)
        close = [other for other, likeness in liked.items() if likeness >= 0.7]
        return np.array([_name_held(close, card) for card in self.cards], dtype=np.float64)

    def _read_counted(self, stem: str, is_crowd: bool) -> Floats:
        """How well each card fits a word for what is to be counted."""
        liked = self.likes(stem)
        fits = [_counted_fit(liked, card, is_crowd) for card in self.cards]
        return np.array(fits, dtype=np.float64)


# An article is about the time of so many of its figures that have one, and at least of so many.
OF_HOME, N_HOME = 0.4, 3


def _home(cards: Sequence[Card]) -> str | None:
    """The time that most of an article's figures are of, where one is told most often."""
    told = Counter(card.figure.period for card in cards if card.figure.period)
    ranked = [*told.most_common(2), ("", 0), ("", 0)]
    (home, n_home), (_, n_next) = ranked[:2]
    is_one = n_home >= max(N_HOME, OF_HOME * told.total()) and n_home > n_next
    return home if is_one and not _YEARS.fullmatch(home) else None


_YEARS = re.compile(r"\d{4}/\d{4}")


class Decks:
    """Articles as decks, each made once and the last ones kept."""

    def __init__(self, max_kept: int = 300) -> None:
        self._kept: dict[tuple[str, str, int], Deck] = {}
        self._max_kept = max_kept

    def of(self, article: Article, figures: Sequence[Figure]) -> Deck:
        """The deck of an article's figures."""
        key = (article.id, article.sha256, len(figures))
        if key not in self._kept:
            while len(self._kept) >= self._max_kept:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = Deck(cards(article, figures))
        return self._kept[key]


def _joined(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _summed(deck: Deck, weights: Floats) -> Floats:
    """For each card the sum of the weights of the stems of its measure."""
    told = weights[deck.measured_at]
    found: Floats = np.bincount(deck.measured_by, told, len(deck.cards)).astype(np.float64)
    return found


def _make(card: Card) -> Make:
    return Make(card.figure.unit, card.unit_class, kind_of(card.figure))


def _numbered(items: Sequence[T]) -> tuple[tuple[T, ...], Indexes]:
    """The distinct items, and for each item which of them it is."""
    places = {item: i for i, item in enumerate(dict.fromkeys(items))}
    return tuple(places), np.array([places[item] for item in items], dtype=np.intp)


def _worths(card: Card) -> dict[str, float]:
    """Each word that a card holds, with the best of the weights of where it does."""
    found: dict[str, float] = {}
    for stems, worth in (
        (card.measure, IN_MEASURE), (card.unit, IN_UNIT), (card.entity, IN_ENTITY),
        (card.above, IN_HEADING), (card.title, IN_TITLE), (card.before, IN_NEIGHBOUR),
    ):  # fmt: skip
        found |= {stem: max(worth, found.get(stem, 0.0)) for stem in stems}
    for stem, distance in card.near.items():
        place = IN_CLAUSE if distance <= CLAUSE_WORDS else IN_SENTENCE
        far = 0.01 * max(0, distance - CLAUSE_WORDS)
        found[stem] = max(found.get(stem, 0.0), 0.5, place - far)
    return found


class Links(Sequence[Link]):
    """Every card's link, best first; each is made when it is looked at."""

    def __init__(self, cards: Sequence[Card], columns: Floats) -> None:
        """columns: (6, cards), the parts of `Link` after the card."""
        self._cards, self._rows = cards, columns.T
        self._order = np.argsort(-columns[0], kind="stable").tolist()

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Link: ...
    @overload
    def __getitem__(self, at: slice) -> list[Link]: ...
    def __getitem__(self, at: int | slice) -> Link | list[Link]:
        if isinstance(at, slice):
            return [self._link(i) for i in self._order[at]]
        return self._link(self._order[at])

    def __iter__(self) -> Iterator[Link]:
        return iter(self[:])

    def _link(self, i: int) -> Link:
        return Link(self._cards[i], *self._rows[i].tolist())


@dataclass
class Linker:
    """The cards of the evidence, scored against goals; what one goal or word gave is kept.

    meanings: the cosine of a text with the sentence of each card, None where it is not known
    """

    decks: Sequence[Deck]
    meanings: Callable[[str], Sequence[float | None]] | None = None
    _links: dict[Goal, Links] = field(default_factory=dict)
    _held: dict[str, Floats] = field(default_factory=dict)
    _cosines: dict[str, Floats] = field(default_factory=dict)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return tuple(card for deck in self.decks for card in deck.cards)

    @cached_property
    def weights(self) -> Weights:
        return weights(frozenset[str]().union(*(deck.sentences for deck in self.decks)))

    @cached_property
    def entities(self) -> frozenset[str]:
        """The stems of every owner of a figure."""
        return frozenset[str]().union(*(deck.entities for deck in self.decks))

    def links(self, goal: Goal) -> Links:
        """Every card's link, best first."""
        if goal not in self._links:
            self._links[goal] = self._scored(goal)
        return self._links[goal]

    def _scored(self, goal: Goal) -> Links:
        coverage, extra = self._coverage(goal), self._extra(goal)
        period, name, kind = self._period(goal), self._name(goal), self._kind(goal)
        total = COVERAGE * coverage + MEANING * _scaled(self._nearness(goal))
        total -= EXTRA * extra
        total *= period * name * kind * self._of_cards("sure")
        return Links(self.cards, np.stack([total, coverage, extra, period, name, kind]))

    def card_of(self, figure: Figure) -> Card:
        """The card of a figure of the evidence."""
        return self.cards[self.place_of(figure)]

    def place_of(self, figure: Figure) -> int:
        """The place of a figure's card among all."""
        return self._places[place_of(figure)]

    @cached_property
    def _places(self) -> dict[tuple[str, int, str], int]:
        held = [card.figure for card in self.cards]
        return {place_of(f): i for i, f in enumerate(held)}

    def home_of(self, article_id: str) -> str | None:
        """The time that an article is about."""
        return self._homes.get(article_id)

    @cached_property
    def _homes(self) -> dict[str, str | None]:
        return {deck.cards[0].figure.article_id: deck.home for deck in self.decks if deck.cards}

    def worth(self, stem: str) -> float:
        """How much a word of a question counts: by its rarity, less when it is generic."""
        return _weight(stem, self.weights)

    def knows(self, stem: str) -> bool:
        """Whether a card holds a word as it is."""
        return any(stem in deck for deck in self.decks)

    def held_by(self, stem: str) -> Floats:
        """How well each card holds a word (cards,): 0 to 1."""
        return self._of_word(stem)

    # the parts of a score, each of every card

    def _coverage(self, goal: Goal) -> Floats:
        own = self._held_share(goal.stems)
        around = [stem for stem in goal.around if stem not in goal.stems]
        return own if not around else (1 - AROUND) * own + AROUND * self._held_share(around)

    def _held_share(self, stems: Sequence[str]) -> Floats:
        weights = {stem: _weight(stem, self.weights) for stem in stems}
        total = sum(weights.values())
        if not total:
            return np.full(len(self.cards), 0.5)
        held = np.zeros(len(self.cards))
        for stem, weight in weights.items():
            held += weight * self._of_word(stem)
        return held / total

    def _of_word(self, stem: str) -> Floats:
        if stem not in self._held:
            is_known = self.knows(stem)
            self._held[stem] = _joined([deck.held(stem, is_known) for deck in self.decks])
        return self._held[stem]

    def _extra(self, goal: Goal) -> Floats:
        """What the card's measure says beyond the goal and its context, as a share of it."""
        context = self._context(goal)
        parts = []
        for deck, weight, total in self._measured:
            outside = np.array([stem not in context for stem in deck.measured], dtype=bool)
            beyond = _summed(deck, weight * outside)
            share = beyond / total * deck.captioned
            parts.append(np.where(deck.has_measure, share, 0.25))
        return _joined(parts)

    @cached_property
    def _measured(self) -> list[tuple[Deck, Floats, Floats]]:
        """Of each deck the weights of the stems of its measures, and their sum for each card."""
        found = []
        for deck in self.decks:
            weight = np.array([_weight(s, self.weights) for s in deck.measured], dtype=np.float64)
            total = _summed(deck, weight)
            found.append((deck, weight, np.where(total > 0, total, 1.0)))
        return found

    def _context(self, goal: Goal) -> set[str]:
        """The words that may stand for one of the goal or of its question."""
        asked = {*goal.stems, *goal.context, *goal.around, *terms.stems(goal.counted or "")}
        asked |= terms.stem_set(goal.names)
        return {
            other
            for deck in self.decks
            for stem in asked
            for other, likeness in deck.likes(stem).items()
            if likeness >= 0.5
        }

    def _period(self, goal: Goal) -> Floats:
        return _joined([
            np.array([period_fit(goal, p, deck.home) for p in deck.periods])[deck.period_at]
            for deck in self.decks
        ])  # fmt: skip

    def _name(self, goal: Goal) -> Floats:
        fit = np.ones(len(self.cards))
        for name in goal.names:
            known = [(s, self.knows(s)) for s in terms.stems(name)]
            held = [
                _joined([deck.named(s, is_known) for deck in self.decks]) for s, is_known in known
            ]
            fit *= np.minimum.reduce(held) if held else 1.0
        return fit

    def _kind(self, goal: Goal) -> Floats:
        classes, kinds = self._of_makes(_class_fit, goal), self._of_makes(_kind_fit, goal)
        counted = terms.stems(goal.counted or "")
        if counted:
            classes = classes * np.maximum.reduce([self._counted(stem) for stem in counted])
        return classes * kinds

    def _of_makes(self, fit: Callable[[Goal, Make], float], goal: Goal) -> Floats:
        return _joined([
            np.array([fit(goal, make) for make in deck.makes], dtype=np.float64)[deck.make_at]
            for deck in self.decks
        ])  # fmt: skip

    def _counted(self, stem: str) -> Floats:
        is_crowd = stem == terms.stem("person") and any(stem in deck for deck in self.decks)
        return _joined([deck.counted(stem, is_crowd) for deck in self.decks])

    def _of_cards(self, name: str) -> Floats:
        return _joined([getattr(deck, name) for deck in self.decks])

    def _nearness(self, goal: Goal) -> Floats:
        """Cosines of each card's sentence with the phrase, and with the whole question."""
        own = self._meaning(goal.phrase)
        if not goal.question or goal.question == goal.phrase:
            return own
        return (own + self._meaning(goal.question)) / 2

    def meant(self, text: str) -> dict[tuple[str, int], float]:
        """The cosine of a text with the sentence of each figure, by article and start."""
        told = zip(self.cards, self._meaning(text), strict=True)
        return {(c.figure.article_id, c.figure.start): float(cosine) for c, cosine in told}

    def _meaning(self, text: str) -> Floats:
        if self.meanings is None:
            return np.full(len(self.cards), np.nan)
        if text not in self._cosines:
            self._cosines[text] = np.array(self.meanings(text), dtype=np.float64)
        return self._cosines[text]

    # what stands by figures

    def held(self, figures: Iterable[Figure]) -> frozenset[str]:
        """The stems that stand by figures: measure, entity, sentence, headings, title."""
        found = [self._stems_by_place.get((f.article_id, f.start)) for f in figures]
        return frozenset[str]().union(*(stems for stems in found if stems))

    @cached_property
    def _stems_by_place(self) -> dict[tuple[str, int], frozenset[str]]:
        return {key: stems for deck in self.decks for key, stems in deck.stems_by_place.items()}
