"""Amounts: what was told in a conversation, and what follows from it.

What a sequel asks for ("in dollars?", "what share is that?", "and the rest?") is worked out from
the very amount that was told, stated or computed: the next step is taken from its figures, and
nothing is looked for again but what the amount is set against.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answer, Calculation
from bot.asking import couples, followups, sequels
from bot.asking.sequels import Sequel
from bot.derivation import Named, Search
from bot.deriving.told import amount, several
from bot.language import mentions, terms
from bot.nodes import Derivation, Node, attempted, is_dated, leaf, step
from bot.questions import Turn
from ingest import Article, Figure, sentences, units


@dataclass(frozen=True, slots=True)
class Standing:
    """A sequel and what stands told when it is asked.

    that: the amount, None where none was told; whole: what it is part of, where known
    those: the amounts that it is asked of, where of several; told: the answer that it is asked of
    """

    sequel: Sequel
    told: Answer
    that: Node | None = None
    whole: Node | None = None
    those: tuple[Node, ...] = ()

    @property
    def articles(self) -> frozenset[str]:
        """The articles that the amounts rest on which it is asked of."""
        nodes = [node for node in (self.that, self.whole, *self.those) if node]
        return frozenset(id for node in nodes for id in _articles(node))

    @property
    def is_of_nothing(self) -> bool:
        """Whether it is asked of an amount that the articles did not tell, in that or in another
        unit: they may tell it in the other."""
        if self.sequel.kind in _OF_SEVERAL:
            return not self.those
        may_be_told = self.sequel.kind == "unit" and not self.sequel.phrase
        return self.told.status == "abstained" and not may_be_told

    @property
    def is_settled(self) -> bool:
        """Whether nothing but what was told may answer: its ground, or its share of a known whole,
        or how it stands to that of another time."""
        kind = self.sequel.kind
        is_of_whole = kind in {"share", "rest"} and self.whole is not None
        return is_of_whole or kind in {"sure", "who"} or self.is_of_times

    @property
    def is_of_times(self) -> bool:
        """Whether an amount is to be compared with that of another time alone."""
        sequel = self.sequel
        return sequel.kind in {"above", "below"} and followups.asks_the_same(sequel.phrase)


def standing(asked: str, turns: Sequence[Turn]) -> Standing | None:
    """What a question asks of what the turns before have told; None where it asks something else
    or nothing is known to be told."""
    sequel = sequels.read(asked)
    known = [turn for turn in turns if not turn.is_lost and not turn.is_aside]
    told = known[-1].told if known else None
    if sequel is None or told is None:
        return None
    if sequel.kind in couples.KINDS:
        return _of_several(sequel, known)
    if told.status == "abstained":
        return None if sequel.kind in {"when", "else"} else Standing(sequel, told)
    if not sequel.is_aside:
        upto = _up_to_amount(known, sequel)
        told = upto[-1].told or told
        return Standing(sequel, told, amount(told), _whole(upto))
    return Standing(sequel, told, amount(told))


def _of_several(sequel: Sequel, turns: Sequence[Turn]) -> Standing | None:
    """What is asked of the last amounts that were told: what too few come to is not told, but which
    of them is more may be."""
    answered = [turn for turn in turns if turn.told and turn.told.status != "abstained"]
    those = several(answered, sequel.n, sequel.unit) if answered else ()
    told = answered[-1].told if answered else None
    if told is None or (not those and sequel.kind not in _OF_SEVERAL):
        return None
    return Standing(sequel, told, those[-1] if those else None, None, those)


def _up_to_amount(turns: Sequence[Turn], sequel: Sequel) -> Sequence[Turn]:
    """The turns up to the last that asked for an amount; of money, where it is to be told in
    another: "What share is that?" told none."""
    for n in range(len(turns), 0, -1):
        told = turns[n - 1].told
        that = amount(told) if told else None
        if that is None or not turns[n - 1].tells_amount:
            continue
        if sequel.kind == "share" and that.unit in {"%", "pp"}:
            continue
        is_money = units.is_money(that.unit.partition("/")[0])
        if is_money or not units.is_money(sequel.unit):
            return turns[:n]
    return turns


_OF_THAT = re.compile(
    r"\b(?:of|from|in) (?:that|this|it|those|these|them)\b|\bout of (?:that|those)\b"
    r"|\bof which\b|\bthe (?:[\w-]+ ){1,3}(?:part|share|portion)\b",
    re.IGNORECASE,
)


def _whole(turns: Sequence[Turn]) -> Node | None:
    """What the last amount is part of, by the conversation: "How much of that was travel?"."""
    for place in range(len(turns) - 1, 0, -1):
        told = turns[place].told
        that = amount(told) if told else None
        if that is None:
            return None
        if that.operation in {"residual", "share"}:
            return that.parts[0] if that.operation == "residual" else that.parts[-1]
        if _OF_THAT.search(turns[place].question):
            before = turns[place - 1].told
            return amount(before) if before else None
        if not followups.is_followup(turns[place].question):
            return None
    return None


# -- what follows ---------------------------------------------------------------------------------


# What a phrase is surely answered with, asked for by itself; None where with nothing.
Ask = Callable[[str], Node | None]


def derive(given: Standing, search: Search, ask: Ask) -> Derivation | None:
    """The next step from the amount, None where no law allows one."""
    if given.that is None or not _is_found(given.that, search):
        return None
    nodes = (n for n in _ways(given, given.that, search, ask) if _is_found(n, search))
    made = (attempted(node, search.articles) for node in nodes)
    return next((way for way in made if way is not None), None)


def _is_found(node: Node, search: Search) -> bool:
    """Whether every article that an amount rests on is among those that are searched."""
    return _articles(node) <= search.articles.keys()


def _articles(node: Node) -> set[str]:
    return {figure.article_id for figure in node.leaves}


def _ways(given: Standing, that: Node, search: Search, ask: Ask) -> Iterator[Node]:
    sequel = given.sequel
    if sequel.kind == "unit":
        yield from _converted(that, sequel.unit, search, sequel.phrase)
    elif sequel.kind == "rest":
        yield from _rest(that, given.whole)
    elif sequel.kind == "share":
        yield from _stated_shares(that, sequel.phrase, search)
        yield from (step("share", (that, whole)) for whole in _wholes(given, that, search, ask))
    elif sequel.kind == "more":
        for other in _others_then(sequel.phrase, that, search, ask):
            yield step("difference", _by_size(that, other, search))
    elif sequel.kind in _WITH_OTHER:
        others = _others(sequel.phrase, that, search, ask)
        yield from (step(_WITH_OTHER[sequel.kind], (that, other)) for other in others)
    elif sequel.kind in _OF_SEVERAL:
        yield from _of_those(given, search)
    elif sequel.kind == "when" and that.period:
        yield that


def comparison(given: Standing, search: Search, ask: Ask) -> tuple[bool, list[Derivation]] | None:
    """Whether an amount is more, or less, than what it is set against, with both as they are told;
    None where no law compares them or their ranges overlap."""
    that, sequel = given.that, given.sequel
    if that is None or sequel.kind not in {"above", "below"} or not _is_found(that, search):
        return None
    if (moved := _moved(that, search)) and given.is_of_times:
        change = attempted(leaf(moved), search.articles)
        return (moved.direction == _WAYS_OF[sequel.kind], [change]) if change else None
    for other in _others_then(sequel.phrase, that, search, ask):
        made = attempted(step("difference", (that, other)), search.articles)
        told = [attempted(node, search.articles) for node in (that, other)]
        both = [one for one in told if one is not None]
        way = _sign(made.calculations[made.result]) if made and len(both) == len(told) else None
        if way is not None:
            return way == sequel.kind, both
    return None


def ordered(given: Standing, search: Search) -> list[Derivation]:
    """Of the last two amounts the one that is asked for ("Which was higher?"), and the other; none
    where it is not told which is more."""
    kind = given.sequel.kind
    if len(given.those) != 2 or kind not in {"larger", "smaller"}:
        return []
    if not all(_is_found(one, search) for one in given.those):
        return []
    other, that = given.those
    made = attempted(step("difference", (that, other)), search.articles)
    way = _sign(made.calculations[made.result]) if made else None
    if way is None:
        return []
    pair = (that, other) if (way == "above") == (kind == "larger") else (other, that)
    told = [attempted(node, search.articles) for node in pair]
    return [one for one in told if one is not None] if all(told) else []


_WAYS_OF = {"above": "up", "below": "down"}


def _moved(that: Node, search: Search) -> Figure | None:
    """The one change that is told beside an amount: "4,126 births, 214 fewer than in 2023"."""
    own = that.figure
    beside = [
        card.figure
        for card in search.linker.cards
        if own and card.figure.article_id == own.article_id and card.figure.sentence == own.sentence
    ]
    changes = [figure for figure in beside if figure.kind == "change" and figure.direction]
    return changes[0] if len(changes) == 1 else None


def _sign(done: Calculation) -> str | None:
    if done.low is not None and done.low > 0:
        return "above"
    return "below" if done.high is not None and done.high < 0 else None


def _others_then(phrase: str, that: Node, search: Search, ask: Ask) -> Iterator[Node]:
    """What a phrase names, or the same measure at the time that it tells alone."""
    times = {m.value for m in mentions.periods(phrase)}
    step = mentions.shift(phrase)
    if step and that.period and (to := mentions.moved(that.period, phrase, int(step.value))):
        times.add(to)
    if _EXPECTED.search(phrase):
        yield from _beside(that, search)
        return
    if not times:
        yield from _others(phrase, that, search, ask)
        return
    own = {(figure.article_id, figure.quantity) for figure in that.leaves}
    for figure in (card.figure for card in search.linker.cards):
        is_alike = figure.unit == that.unit and figure.measure == that.measure
        is_then = figure.period in times - {that.period} and figure.entity == that.entity
        is_other = (figure.article_id, figure.quantity) not in own and is_dated(figure)
        if is_alike and is_then and is_other:
            yield leaf(figure)


# "Than they first thought", "than planned".
_EXPECTED = re.compile(
    r"\b(?:thought|expected|planned|reckoned|estimated|forecast|hoped|budgeted|approved|feared|meant"
    r"|promised|predicted|first|originally|intended)\b"
)


def _beside(that: Node, search: Search) -> Iterator[Node]:
    """The one other amount of its unit that the sentence of an amount tells."""
    own = that.figure
    figures = [card.figure for card in search.linker.cards]
    found = [
        figure for figure in figures
        if own and figure.article_id == own.article_id and figure.sentence == own.sentence
        and figure.unit == own.unit and figure.quantity != own.quantity
    ]  # fmt: skip
    yield from (leaf(figure) for figure in found if len(found) == 1)


def _converted(that: Node, unit: str, search: Search, phrase: str = "") -> Iterator[Node]:
    """As it is told in the other unit beside it, else at the rate that the articles imply, that of
    a phrase before others."""
    own = that.figure
    if own is not None:
        figures = (card.figure for card in search.linker.cards)
        yield from (leaf(f) for f in figures if f.unit == unit and _is_same(f, own))
    if that.unit == unit:
        yield that
    elif units.is_money(that.unit) and units.is_money(unit):
        yield from (step("conversion", (that, rate)) for rate in _rates(that, unit, search, phrase))


def _rates(that: Node, unit: str, search: Search, phrase: str) -> Iterator[Node]:
    """The exchange rate of the article of an amount, but before it that which a phrase names of
    what is told elsewhere."""
    near = search.rate(that.unit, unit, _articles(that), that.period)
    told = next((figure.sentence for figure in near.leaves), None) if near else None
    if near is None or told is None:
        return
    text = search.articles[near.leaves[0].article_id].text[told.start : told.end]
    if phrase and not terms.stems_of(phrase) <= terms.stems_of(text):
        yield from Named(search).exchanges(phrase, that.unit)
    yield near


def _is_same(one: Figure, other: Figure) -> bool:
    """Whether two figures are one quantity in two units: "7.5 trillion yuan ($1.05 trillion)"."""
    return one.article_id == other.article_id and one.quantity == other.quantity


def _rest(that: Node, whole: Node | None) -> Iterator[Node]:
    if whole is not None and whole.unit == that.unit:
        yield step("residual", (whole, that))
    elif that.unit == "%" and that.operation in {"", "share"}:
        yield step("remainder", (that,))


def _stated_shares(that: Node, phrase: str, search: Search) -> Iterator[Node]:
    """What is told beside an amount as its share of what is named: "1,410, or 7.3% of posts"."""
    own, wanted = that.figure, terms.stems_of(phrase)
    if own is None or not wanted:
        return
    text = search.articles[own.article_id].text
    for card in search.linker.cards:
        figure = card.figure
        is_beside = figure.article_id == own.article_id and figure.sentence == own.sentence
        after = text[figure.end : figure.sentence.end][:NEAR]
        if is_beside and figure.unit == "%" and wanted <= terms.stems_of(after):
            yield leaf(figure)


# What a share is of stands within so many characters after it.
NEAR = 40


def _wholes(given: Standing, that: Node, search: Search, ask: Ask) -> Iterator[Node]:
    """What an amount is set against: what is named, what the conversation was about, else what its
    measure is a part of by an identity."""
    if given.sequel.phrase:
        yield from _others(given.sequel.phrase, that, search, ask)
    elif given.whole is not None:
        yield given.whole
    else:
        for name in followups.wholes(that.measure or ""):
            yield from _others(name, that, search, ask)


def _others(phrase: str, that: Node, search: Search, ask: Ask) -> Iterator[Node]:
    """What a phrase names, in the unit of the amount and of no other time; else what it is surely
    answered with when it is asked for by itself."""
    for thing in Named(search).things(phrase):
        is_then = not that.period or thing.now.period in {that.period, None}
        is_other = thing.now.leaves != that.leaves and thing.now.measure != that.measure
        if thing.now.unit == that.unit and is_then and is_other:
            yield thing.now
    other = None if mentions.numbers(phrase) else ask(phrase)
    if other is None or other.unit != that.unit or other.leaves == that.leaves:
        return
    if (
        mentions.periods(phrase)
        or None in {that.period, other.period}
        or other.period == that.period
    ):
        yield other


# What is made of the amount and of another that is named.
_WITH_OTHER = {"times": "ratio", "plus": "sum", "midway": "average"}
_OF_SEVERAL = {"gap": "difference", "sum": "sum", "mean": "average", "ratio": "ratio"}


def _of_those(given: Standing, search: Search) -> Iterator[Node]:
    """What several amounts come to, or how one stands to the other, the larger first."""
    operation, unit = _OF_SEVERAL[given.sequel.kind], given.sequel.unit
    if operation in {"sum", "average"}:
        node = step(operation, given.those)
    elif len(given.those) == 2:
        node = step(operation, _by_size(*given.those, search))
    else:
        return
    yield from _converted(node, unit, search) if units.is_money(unit) else ()
    if unit in {"", "pp", node.unit}:
        yield node


def _by_size(one: Node, other: Node, search: Search) -> tuple[Node, Node]:
    """The larger of two first, as far as it is known."""
    made = attempted(step("difference", (one, other)), search.articles)
    way = _sign(made.calculations[made.result]) if made else None
    return (other, one) if way == "below" else (one, other)


# -- what it rests on -----------------------------------------------------------------------------

_TELLS = re.compile(
    r"\b(?:according to|(?:was |were |as )?(?:reported|published|released|issued|announced)\b"
    r"|sa(?:id|ys)|told|press release|reckons?|estimates?|puts? (?:it|the)|figures? (?:of|from|by)"
    r"|survey (?:by|of)|data (?:of|from|by))\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:according to|(?:reported|published|released|issued|compiled) by|press release)\b"
    r"|\breported (?:that|on|in|this|yesterday|today)\b",
    re.IGNORECASE,
)
MAX_GROUNDS = 2
Place = tuple[str, int, int]


def grounds(given: Standing, articles: Mapping[str, Article]) -> list[Place]:
    """The sentences that an answer rests on, as article id, start and end; where it is asked who
    says so, only those that name somebody, else the first that names its article's source."""
    cited = [(c.article_id, c.start, c.end) for c in given.told.citations]
    known = [place for place in cited if place[0] in articles]
    if given.sequel.kind == "sure":
        return known[:MAX_GROUNDS]
    if given.sequel.kind != "who":
        return []
    named = [(id, a, b) for id, a, b in known if _TELLS.search(articles[id].text[a:b])]
    if not named and given.that is not None:
        named = _sources(dict.fromkeys(id for id, *_ in known), articles)
    return named[:MAX_GROUNDS]


def _sources(ids: Iterable[str], articles: Mapping[str, Article]) -> list[Place]:
    """The first sentence of each article that tells by whom it was reported."""
    found = []
    for id in ids:
        text = articles[id].text
        told = (s for s in sentences.find(articles[id]) if _SOURCE.search(text[s.start : s.end]))
        found += [(id, s.start, s.end) for s in itertools.islice(told, 1)]
    return found
