"""Mouths: what several tell of one thing, each in a sentence or an article of their own.

"How deep in debt is the club? The board says £11m. The fans' trust comes to £14m.": the second is
told by a sentence that names no measure, and goes on from the first; another article tells its own
number of the same thing, or repeats one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from bot.evidence import claimants, lines, linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.questions import Query
from ingest import Article, Figure
from ingest.figures import lexicon

# So many letters further on a figure may still go on from one that was told before.
FURTHER = 900
_FORESEEN = frozenset(["forecast", "target", "hypothetical"])
_AMOUNTS = frozenset(["level", "count", "rate", "change"])
_PRONOUN = re.compile(r"\W*(?:he|she|they)\W*$")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|i|my)\b")
# Told by somebody who is not named: "the cost is now put at", "has been raised to".
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|now) (?:now )?(?:put|estimated|expected|forecast|reckoned|planned"
    r"|predicted|said|raised|lowered|revised|cut|meant|due)\b"
)
# What says nothing of what a figure measures.
_SPENT = terms.stem_set(
    [
        "exceed reach pass surpass top stay below above more less most least best only even about"
        " nearer year annual day month own still now new time total sum amount number estimate"
        " estimates figure forecast count calculation view reckoning projection guess claim raise"
        " lower revise cut increase put stand today price come go get maybe around would will"
        " should could might further another other as high low much many mister sir instead"
    ]
)
_UNDONE = re.compile(rf"{_PASSIVE.pattern}|\b(?:should|will|would|is to|are to)\b")
_OF_WHICH = re.compile(
    r"\bof (?:which|whom|them|these|those) (?:(?:only|about|some|around|nearly) )*$"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A figure and who tells it; names: the words for who does, none where nobody is named;
    about: what the figure is of, is_around: as the sentence before tells; root: the first figure of
    the chain that it goes on from; is_own: whether who tells it speaks ("we expect"); is_claim:
    whether somebody says or foresees it."""

    card: Card
    names: frozenset[str]
    about: frozenset[str]
    root: tuple[str, int]
    is_own: bool
    is_claim: bool
    is_around: bool = False

    @property
    def figure(self) -> Figure:
        return self.card.figure


def tellings(article: Article, cards: Sequence[Card]) -> list[Telling]:
    """What an article tells outside of tables, in its order, each figure with the root of the chain
    that it goes on from."""
    found: list[Telling] = []
    for own in linking.by_sentence(sorted(cards, key=lambda c: c.figure.start)).values():
        by_place = {linking.place_of(card.figure): card for card in own}
        for told in claimants.told_of(own):
            card = by_place[linking.place_of(told.figure)]
            if _may_be_told(told):
                found.append(_telling(article, card, told, found))
    return found


def _may_be_told(told: claimants.Told) -> bool:
    figure = told.figure
    is_amount = figure.value is not None and figure.kind in _AMOUNTS
    is_no = figure.claim == "negated" and figure.comparator is None
    return is_amount and not is_no and not _OF_WHICH.search(told.before)


def _telling(
    article: Article, card: Card, told: claimants.Told, before: Sequence[Telling]
) -> Telling:
    figure = told.figure
    topic = _TOPIC.match(told.before)
    spoken_of = frozenset(terms.stems(topic[1]) if topic else ())
    is_own = bool(_FIRST_PERSON.search(told.before))
    names = _names(article, card, told) - spoken_of
    said = card.sentence[: figure.start - figure.sentence.start].lower()
    is_told = bool(names or is_own or _PRONOUN.match(told.who))
    is_claim = is_told or figure.claim in _FORESEEN or bool(_UNDONE.search(said))
    about = _plain(_measure(card, told) | card.unit | spoken_of) - names
    made = partial(Telling, card, names, is_own=is_own, is_claim=is_claim)
    if is_claim and not topic and _is_bare(told, card, is_told):
        earlier = _goes_on_from(article, figure, before)
        if earlier is not None:
            return made(earlier.about, earlier.root, is_around=earlier.is_around)
        if not about:
            about = _plain(terms.stems_of(_sentence_before(article, figure)))
            return made(about, figure.place, is_around=True)
    return made(about, figure.place)


def _measure(card: Card, told: claimants.Told) -> frozenset[str]:
    """What a figure measures: what its own clause tells, where its measure stands elsewhere."""
    said = claimants.after_saying(told.before) or told.before.removeprefix(told.who)
    words = [w.group() for w in terms.words(said) if w.group() not in lexicon.verbs()]
    own = frozenset(terms.stems(" ".join(words))) - _OPEN - _SPENT - linking.unspecific()
    is_elsewhere = own and card.measure and not card.measure & terms.stems_of(told.before)
    return own if is_elsewhere and len(own) < FEW else card.measure


# A clause of no more words than these names what its figure is of.
FEW = 3


# "On jobs we think that about 1,900 will go."
_TOPIC = re.compile(
    r"(?:on|as for|as to|regarding|concerning) ([\w' -]+?)(?:,| (?:we|the|he|she|they|i|it)\b)"
)
# What a cost is called by, as one.
_COST = terms.stem_set(["cost bill outlay spend spending expense expenditure price"])


def _plain(stems: Iterable[str]) -> frozenset[str]:
    """The words that tell what a figure is of."""
    kept = {stem for stem in stems if len(stem) > 2 and not stem[0].isdigit()} - _SPENT
    return frozenset("cost" if stem in _COST else stem for stem in kept)


def _names(article: Article, card: Card, told: claimants.Told) -> frozenset[str]:
    """The words for who tells a figure; none for "we", and none for what it measures ("revenue
    comes to", "spending is put at")."""
    if _FIRST_PERSON.search(told.who) or _PASSIVE.search(told.before):
        return frozenset()
    names = claimants.stems_of(told)
    if names and names <= card.unit:
        return _plain(terms.stems(claimants.after_saying(told.before) or "")) - _OPEN
    said = article.text[card.figure.sentence.start : card.figure.start]
    is_called = re.search(r"(?<=[a-z] )[A-Z]", said) or not _COMES_TO.search(told.before)
    return names if is_called or not names & card.measure else frozenset()


_COMES_TO = re.compile(r"\b(?:comes?|came) to\b")


def _is_bare(told: claimants.Told, card: Card, is_told_by: bool) -> bool:
    """Whether what stands before a figure says who tells it, and nothing of what it measures."""
    said = claimants.after_saying(told.before) if is_told_by else told.before
    if said is None:
        said = told.before.removeprefix(told.who)
    rest = frozenset(terms.stems(said)) - _SPENT - card.unit - _OPEN
    return not {stem for stem in rest if not stem[0].isdigit() and len(stem) > 1}


# Words of which a sentence may be made that tells a number of what was spoken of before.
_OPEN = terms.stem_set(
    [
        "it that they he she we this these which who the a an will be would is are was were has had"
        " have only about some around nearly almost to at of by in on with from not no more than"
        " and but for our their his her its number average likely end up euro pound dollar again"
    ]
)


def _sentence_before(article: Article, figure: Figure) -> str:
    text = article.text[max(0, figure.sentence.start - 300) : figure.sentence.start].rstrip()
    return re.split(r"(?<=[.?!:])[\s*]+|\n\s*\n", text)[-1]


def _goes_on_from(article: Article, figure: Figure, before: Sequence[Telling]) -> Telling | None:
    """The telling that one without a measure goes on from, with no question between them."""
    for earlier in reversed(before):
        other = earlier.figure
        gap = article.text[other.sentence.end : figure.sentence.start]
        if "?" in gap or len(gap) > FURTHER:
            return None
        if (
            _is_of_one_unit(figure, other)
            and _is_of_size(figure, other)
            and (earlier.is_claim or other.sentence == figure.sentence)
        ):
            return earlier
    return None


def _is_of_one_unit(one: Figure, other: Figure) -> bool:
    return lines.are_of_one_unit(one, other) or one.unit.split("/")[0] == other.unit.split("/")[0]


# -- of one thing -------------------------------------------------------------------------------

Likely = Callable[[Figure], bool]


def of(
    meant: Figure,
    query: Query,
    cards: Iterable[Card],
    articles: Mapping[str, Article],
    likely: Likely,
) -> list[Telling]:
    """What is told of the thing that a figure tells of, that figure's telling first.

    likely: whether a question surely asks for a figure; [] where the figure stands in a table
    """
    told = _all(cards, articles)
    first = next((t for t in told if t.figure == meant), None)
    if first is None:
        return []
    if not first.is_claim:
        return [first]
    near = [t for t in told if t is first or _may_be_it(t, first, query)]
    held = {t.figure.article_id for t in near if _speaks_of(query, t.figure, told, articles)}
    held |= {meant.article_id}
    about, values, chains = _about(first.root, told), {_value(first)}, {first.root}
    while True:
        values |= {_value(t) for t in near if t.root in chains and t.is_claim}
        more = {
            t.root for t in near
            if _value(t) in values
            or (t.figure.article_id in held and t.is_claim
                and (likely(t.figure) or _is_about(t, about)))
        }  # fmt: skip
        if more <= chains:
            break
        chains |= more
    others = [t for t in near if t.root in chains and t is not first and t.is_claim]
    return [first, *others]


def outcome(
    told: Sequence[Telling], query: Query, cards: Iterable[Card], articles: Mapping[str, Article]
) -> list[Telling]:
    """What came of what is told, by the latest article that tells it as so."""
    own = _all(cards, articles)
    about = _about(told[0].root, own)
    so = [
        t for t in own
        if not t.is_claim and _may_be_it(t, told[0], query) and _is_about(t, about)
        and t.figure.period and articles[t.figure.article_id].published
    ]  # fmt: skip
    return [max(so, key=lambda t: (_published(t, articles), not t.card.is_heading))] if so else []


def in_order(told: Iterable[Telling], articles: Mapping[str, Article]) -> list[Telling]:
    """What dated articles tell, the earliest first, in a sentence before a heading."""
    dated = [t for t in told if _published(t, articles)]
    return sorted(dated, key=lambda t: (_published(t, articles), t.card.is_heading))


def _published(telling: Telling, articles: Mapping[str, Article]) -> str:
    return articles[telling.figure.article_id].published or ""


def _all(cards: Iterable[Card], articles: Mapping[str, Article]) -> list[Telling]:
    by_article: dict[str, list[Card]] = {}
    for card in cards:
        by_article.setdefault(card.figure.article_id, []).append(card)
    return [t for id, own in by_article.items() for t in tellings(articles[id], own)]


def _about(root: tuple[str, int], told: Iterable[Telling]) -> frozenset[str]:
    return frozenset().union(*(t.about for t in told if t.root == root))


def _value(telling: Telling) -> tuple[object, str]:
    return telling.figure.value, telling.figure.unit


def _is_about(telling: Telling, about: frozenset[str]) -> bool:
    """Whether what is told is called so, or by a word less or more."""
    mine = telling.about
    shared = {stem for stem in mine if linking.stands_in(stem, about)}
    if not shared:
        return False
    n_left = len(mine) - len(shared) + len(about) - len(shared)
    return len(shared) >= len(about) if telling.is_around else n_left <= 1


def _may_be_it(telling: Telling, first: Telling, query: Query) -> bool:
    """Whether a figure may be told of the same: of its unit and size, and of the time that is asked
    for."""
    figure, meant = telling.figure, first.figure
    if not claimants.may_be_one(figure, meant) or not _is_of_size(figure, meant):
        return False
    return is_of_then(figure, query)


def is_of_then(figure: Figure, query: Query) -> bool:
    """Whether a figure is of the time that is asked for, or of none that is told."""
    if not query.periods or not figure.period:
        return True
    fits = (linking.period_pair(asked, figure.period) for asked in query.periods)
    return max(fits) >= linking.SEASON


def _is_of_size(one: Figure, other: Figure) -> bool:
    if not one.value or not other.value:
        return False
    ratio = abs(one.value / other.value)
    return 1 <= ratio * claimants.APART <= claimants.APART**2


def speaks_of(
    figure: Figure, query: Query, cards: Iterable[Card], articles: Mapping[str, Article]
) -> bool:
    """Whether the article of a figure speaks of what a question names, and of nothing else more."""
    return _speaks_of(query, figure, _all(cards, articles), articles)


def _speaks_of(
    query: Query, figure: Figure, told: Sequence[Telling], articles: Mapping[str, Article]
) -> bool:
    """Whether an article speaks of what a question names, and of nothing else more."""
    article = articles[figure.article_id]
    text = f"{article.title} {article.text}".lower()
    names = [word.lower() for name in query.entities for word in re.findall(r"\w{3,}", name)]
    if not names:
        return _is_of_topic(query, text)
    often = max(text.count(name) for name in names)
    held = Counter(t.figure.entity for t in told if t.figure.article_id == article.id)
    most = [entity for entity, _ in held.most_common(1)]
    others = [e.lower() for e in (*most, figure.entity) if e and not _holds(e, names)]
    return often > 0 and not any(text.count(other) > often for other in others)


def _is_of_topic(query: Query, text: str) -> bool:
    """Whether most of what a question speaks of stands in an article."""
    words = {s for s in terms.stems_of(query.text) if len(s) > 2} - linking.unspecific() - _SPENT
    held = _held(text)
    n_held = sum(bool(held & {word, *linking.synonyms(word)}) for word in words)
    return n_held >= MOST * len(words)


# The part of a question's words that an article must have to be about the same.
MOST = 0.6


@lru_cache(maxsize=256)
def _held(text: str) -> frozenset[str]:
    return terms.stems_of(text)


def _holds(entity: str, names: Iterable[str]) -> bool:
    return any(name in entity.lower() for name in names)


def beside(
    meant: Figure, query: Query, cards: Iterable[Card], articles: Mapping[str, Article]
) -> list[Telling]:
    """What others tell otherwise than the one who tells the figure that is meant, that first; []
    where nobody does, or the question names one of them."""
    found = of(meant, query, cards, articles, lambda _: False)
    told = [t for t in found if t.names or t.is_own]
    if len(told) < 2 or told[0].figure != meant:
        return []
    common = frozenset.intersection(*(t.names for t in told))
    said = terms.stems_of(query.text) - terms.stem_set(query.entities)
    if any((t.names - common - t.about) & said for t in told):
        return []
    first = told[0]
    others = [t for t in told if t.names != first.names and _value(t) != _value(first)]
    return [first, *others] if others else []


def of_number(
    query: Query, cards: Iterable[Card], articles: Mapping[str, Article]
) -> list[Telling]:
    """Who tells the number that a question brings, and then what others tell instead."""
    own, said = _all(cards, articles), terms.stems_of(query.text)
    asked = {number.value for number in query.assumed}
    told = [
        t for t in own
        if t.figure.value in asked and t.names and (t.about | t.card.unit | t.card.before) & said
    ]  # fmt: skip
    if len({t.names for t in told}) != 1:
        return []
    first = told[0]
    others = [t for t in own if t.root == first.root and t.names and _value(t) != _value(first)]
    return [first, *others]


# -- which of them ------------------------------------------------------------------------------


def each_value(
    told: Sequence[Telling], articles: Mapping[str, Article], first: Sequence[Telling] = ()
) -> list[Telling]:
    """One telling of each value, in the fewest sentences, of these the earliest published.

    first: what is to be told before the others
    """
    left = dict.fromkeys(_value(t) for t in told)
    by_place: dict[tuple[str, int], list[Telling]] = {}
    for t in told:
        by_place.setdefault(t.figure.sentence_place, []).append(t)

    ahead = {t.figure.sentence_place for t in first}

    def worth(place: tuple[str, int]) -> tuple[bool, int, str]:
        new = {_value(t) for t in by_place[place]} & left.keys()
        return place not in ahead or not new, -len(new), articles[place[0]].published or LATE

    kept: list[Telling] = []
    while left:
        place = min(by_place, key=worth)
        for t in by_place[place]:
            if _value(t) in left:
                kept.append(t)
                del left[_value(t)]
    return kept


# An article without a date is taken for a late one.
LATE = "9999"


def newest(told: Sequence[Telling], articles: Mapping[str, Article]) -> list[Telling]:
    """What the latest article tells, where it tells of two at least; else all."""
    when = max((articles[t.figure.article_id].published or "" for t in told), default="")
    late = [t for t in told if articles[t.figure.article_id].published == when]
    return late if len({_value(t) for t in late}) > 1 else [*told]


def of_mouths(
    told: Sequence[Telling], mouths: Iterable[str], articles: Mapping[str, Article]
) -> list[Telling]:
    """The tellings of the mouths that a question names; all where fewer than two are found."""
    asked = [terms.stems_of(mouth) - linking.unspecific() for mouth in mouths]
    named = [t for t in told if _is_of_one(asked, _mouths_of(t, articles))]
    return named if len({_value(t) for t in named}) > 1 else [*told]


def n_of(told: Sequence[Telling], mouths: Iterable[str], articles: Mapping[str, Article]) -> int:
    """How many of those that a question names tell something."""
    asked = [terms.stems_of(mouth) - linking.unspecific() for mouth in mouths]
    return sum(any(_is_of_one([one], _mouths_of(t, articles)) for t in told) for one in asked)


def is_by(telling: Telling, who: str, articles: Mapping[str, Article]) -> bool:
    """Whether somebody surely tells a figure: by the last word of his name, where the sentence
    names who does, else by all of it."""
    asked = [stem for stem in terms.stems(who) if stem not in linking.unspecific()]
    if telling.names:
        return bool(asked) and linking.stands_in(asked[-1], telling.names)
    mouths = _mouths_of(telling, articles)
    return bool(asked) and all(linking.stands_in(stem, mouths) for stem in asked)


def n_held(
    told: Sequence[Telling], query: Query, articles: Mapping[str, Article]
) -> tuple[int, int]:
    """How many of the words that a question speaks of, verbs apart, stand where its tellings do,
    and how many they are."""
    words = (word.group().lower() for word in terms.words(query.text))
    verbs = terms.stem_set(word for word in words if word in lexicon.verbs())
    held = frozenset[str]().union(
        *(terms.stems_of(t.card.sentence) | t.about | t.card.before | t.card.unit for t in told),
        *(terms.stems_of(articles[t.figure.article_id].title) for t in told),
    )
    asked = terms.stems_of(query.text) - linking.unspecific() - verbs
    return sum(linking.stands_in(stem, held) for stem in asked), len(asked)


def _is_of_one(asked: Sequence[frozenset[str]], mouths: frozenset[str]) -> bool:
    return any(linking.stands_in(stem, mouths) for stems in asked for stem in stems)


HEAD = 300


def _mouths_of(telling: Telling, articles: Mapping[str, Article]) -> frozenset[str]:
    """The words for who tells a figure: in its sentence; where it is "we", "he" or nobody, at the
    head of the article and in the sentence before."""
    article = articles[telling.figure.article_id]
    if telling.names:
        return telling.names
    head = f"{article.title} {article.source or ''} {article.text[:HEAD]}"
    return terms.stems_of(head) | terms.stems_of(_sentence_before(article, telling.figure))
