"""Standings: what is told of a ranking: who comes first, by what, and who follows.

"Hydro had the highest electricity generation in 2024, 8,930 GWh, followed by natural gas with
7,105 GWh." The winner is proven by a calculation over the whole set, the others by their figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import rendering
from bot.evidence import cells, subjects
from bot.evidence.linking import Linker
from bot.evidence.subjects import capitalised
from bot.language.superlatives import ALL, Superlative
from bot.nodes import Derivation, attempted, leaf, step
from bot.questions import Query
from bot.rankings import contests
from bot.rankings.contests import Member, Ranked
from bot.tagging import Tags
from bot.texts.composition import Composer
from ingest import Article, units
from ingest.figures import names_measure

# Of a set that stands in prose others may be told elsewhere: it has to fit better than a table.
SURE_OF_PROSE = 0.65
# A set that fits so well is not doubted once more.
SETTLED = 1.2


@dataclass(frozen=True, slots=True)
class Standing:
    """A set in order, what is asked for first; score: how well the set fits the question."""

    asked: Superlative
    ranked: Ranked
    members: tuple[Member, ...]
    score: float

    @property
    def is_settled(self) -> bool:
        """Whether all that is asked for is found in and over the set."""
        return self.score >= SETTLED

    @property
    def is_upward(self) -> bool:
        return contests.is_upward(self.ranked, self.asked)


def find(
    asked: Superlative,
    query: Query,
    linker: Linker,
    articles: Mapping[str, Article],
    tags: Tags | None,
) -> Standing | None:
    """The set that a question ranks, in order; None where none surely fits."""
    is_place = query.operation == "rank" and asked.n_told == 1 and not asked.nouns
    if is_place:
        return None
    held = contests.asking(asked, query, linker, lambda f: tags.of(f).any if tags else 0.0)
    for score, ranked in contests.best(contests.sets(linker, articles, held), held)[:1]:
        members = tuple(contests.in_order(ranked, asked))
        if asked.place <= len(members) and not (ranked.is_prose and score < SURE_OF_PROSE):
            return Standing(asked, ranked, members, score)
    return None


def say(found: Standing, query: Query, articles: Mapping[str, Article], composer: Composer) -> bool:
    """Tell a standing; False where the first cannot be told from the next."""
    asked = found.asked
    if asked.place > 1:
        return _say_place(found, query, articles, composer)
    derived = _derived("extremum", found.members, found, articles)
    if derived is None:
        return _say_tie(found, query, articles, composer)
    slot = f"{{{composer.take(derived)}}}"
    marks = composer.marks(derived) + headings(found.members[: _n_told(asked)], articles, composer)
    winner, others = found.members[0], found.members[1 : _n_told(asked)]
    telling = Telling(found, query, articles, composer)
    text = telling.first(winner, slot) + telling.followed(others)
    composer.say(f"{capitalised(text)}. {marks}", "computed")
    return True


def headings(members: Sequence[Member], articles: Mapping[str, Article], composer: Composer) -> str:
    """The marks of the headings that names of members with a number are taken from."""
    marks = []
    for member in members:
        article = articles[member.figure.article_id]
        heads = [b for b in article.blocks if b.kind == "heading" and b.start < member.figure.start]
        named = [b for b in heads if member.name in article.text[b.start : b.end]]
        if named and not member.name.replace(" ", "").isalpha():
            marks.append(composer.cite(article.id, named[-1].start, named[-1].end))
    return "".join(dict.fromkeys(marks))


def _n_told(asked: Superlative) -> int:
    return max(2, min(asked.n_told, ALL))


def _derived(
    operation: str, members: Sequence[Member], found: Standing, articles: Mapping[str, Article]
) -> Derivation | None:
    parameters = ("min",) if found.is_upward else ()
    node = step(operation, [leaf(m.figure) for m in members], parameters)
    return attempted(node, articles)


def _say_place(
    found: Standing, query: Query, articles: Mapping[str, Article], composer: Composer
) -> bool:
    """The second, third ...: its place is counted, and the one before it told."""
    at = found.asked.place - 1
    mine, before = found.members[at], found.members[at - 1]
    others = [m for m in found.members if m is not mine]
    derived = _derived("rank", [mine, *others], found, articles)
    if derived is None:
        return False
    slot, marks = f"{{{composer.take(derived)}}}", composer.marks(derived)
    telling = Telling(found, query, articles, composer)
    by = f" by {telling.measure}" if telling.measure else ""
    from_ = ", counted from the smallest" if found.is_upward else ""
    text = (
        f"{mine.name} ranked {slot}{telling.when}{by}{from_}, with {telling.value(mine)}, "
        f"after {before.name} with {telling.value(before)}"
    )
    composer.say(f"{capitalised(text)}. {marks}", "computed")
    return True


def _say_tie(
    found: Standing, query: Query, articles: Mapping[str, Article], composer: Composer
) -> bool:
    """Two that are first together."""
    first, second = found.members[:2]
    third = found.members[2].size if len(found.members) > 2 else None
    if first.size != second.size or third == second.size:
        return False
    telling = Telling(found, query, articles, composer)
    names = f"{first.name} and {second.name}"
    value, other = telling.value(first), telling.value(second)
    marks = dict.fromkeys(composer.cite_figure(m.figure) for m in (first, second))
    text = f"{names} come first together{telling.when}, with {value} and {other}"
    composer.say(f"{capitalised(text)}. {''.join(marks)}", "quoted")
    return True


@dataclass(frozen=True, slots=True)
class Telling:
    """How one standing is put in words."""

    found: Standing
    query: Query
    articles: Mapping[str, Article]
    composer: Composer

    def value(self, member: Member) -> str:
        """A member's figure with the unit and the scale of its column."""
        figure = member.figure
        text = self.articles[figure.article_id].text[figure.start : figure.end]
        before, after = rendering.beside(figure, text)
        return f"{before}{{{self.composer.name(figure)}}}{after}"

    @property
    def when(self) -> str:
        told = {m.figure.period for m in self.found.members}
        period = told.pop() if len(told) == 1 else None
        is_said = period and (period in self.query.periods or self._is_of_head(period))
        return subjects.in_period(period) if is_said else ""

    def _is_of_head(self, period: str) -> bool:
        figure = self.found.members[0].figure
        hows = {o.how for o in figure.origins if o.slot == "period"}
        return bool(hows & {"header", "caption", "heading", "clause"})

    @property
    def measure(self) -> str | None:
        """What is ranked by, where a sentence can say it."""
        figure, ranked = self.found.members[0].figure, self.found.ranked
        head, _ = cells.parted(cells.unitless(ranked.head))
        is_column = bool(head) and not ranked.is_row and head.lower() not in _NO_MEASURE
        if is_column and not _NO_NOUN.search(head):
            return cells.lowered(self.articles[figure.article_id], head)
        hows = {o.how for o in figure.origins if o.slot == "measure"}
        name = _WITHIN.split(figure.measure or "")[0]
        is_told = hows & {"caption", "heading", "header"} and names_measure(name)
        return name if is_told else subjects.of_figure(figure, self.query).measure

    def first(self, member: Member, slot: str) -> str:
        """Who comes first, and with what."""
        asked, name, measure = self.found.asked, member.name, self.measure
        if asked.moves:
            return f"{name} {self._moved()}{self.when}, at {slot}"
        if self.found.ranked.is_row and self.found.ranked.heads:
            word = _of_level(asked.word) if asked.word in _PLAIN else asked.word
            return f"{self.found.ranked.head} was {word} in {name}, at {slot}"
        if measure and asked.word in _PLAIN:
            is_counted = units.is_count(self.found.members[0].figure.unit)
            is_many = subjects.is_plural(measure) and is_counted
            word = _of_amount(asked.word) if is_many else _of_level(asked.word)
            return f"{name} had the {word} {measure}{self.when}, {slot}"
        by = f" by {measure}" if measure else ""
        be = "were" if subjects.is_plural(name.lower()) else "was"
        return f"{name} {be} the {_of_level(asked.word)}{self.when}{by}, at {slot}"

    def _moved(self) -> str:
        """ "grew fastest", "fell the most": by the word of the question where it has one."""
        asked = self.found.asked
        word = asked.word if asked.word in _ADVERBS else asked.way
        verb = "fell" if asked.moves == "down" else "grew" if asked.moves == "up" else "changed"
        return f"{verb} {'the ' if word in ('most', 'least') else ''}{word}"

    def followed(self, others: Sequence[Member]) -> str:
        """ ", followed by natural gas with 7,105 GWh"."""
        told = [f"{m.name} with {self.value(m)}" for m in others]
        if not told:
            return ""
        return f", followed by {', '.join(told[:-1])}{' and ' if told[1:] else ''}{told[-1]}"


# A head that tells what was done and no thing: "Won", "Cleared up".
_NO_NOUN = re.compile(
    r"[():%\d]|\b(?:up|off|out|in|on|of)$|^\w+ed$|^(?:won|lost|drawn|sold|built|paid|held)$",
    re.IGNORECASE,
)
# What a caption says beside what is measured: "capacity at year end and target".
_WITHIN = re.compile(r" (?:at|and|by|in|for|including|with|from|per)\b|[,;(]")
# Words that say how much, and not of what sort.
_PLAIN = frozenset(
    "most least fewest highest lowest biggest smallest largest greatest top best worst".split()
)
_NO_MEASURE = frozenset(["number", "total", "value", "amount", "figure", "change", ""])
_ADVERBS = frozenset(["fastest", "slowest", "most", "least", "quickest"])


def _of_amount(word: str) -> str:
    """ "The most jobs": of what is counted there is more, and nothing higher."""
    return "fewest" if word in _LITTLE else "most"


def _of_level(word: str) -> str:
    """ "The highest price", not "the most price"."""
    return {"most": "highest", "top": "highest", "least": "lowest", "fewest": "lowest"}.get(
        word, word
    )


_LITTLE = frozenset(["lowest", "smallest", "least", "fewest", "worst"])
