"""Amounts: what was told in a conversation, and what follows from it.

What a sequel asks for ("in dollars?", "what share is that?", "and the rest?") is worked out from
the very amount that was told, stated or computed: the next step is taken from its figures, and
nothing is looked for again but what the amount is set against.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answer, Calculation
from bot.asking import followups, sequels
from bot.asking.sequels import Sequel
from bot.derivation import Named, Search
from bot.language import mentions, terms
from bot.nodes import Derivation, Node, attempted, is_dated, is_less, leaf, step
from bot.questions import Turn
from ingest import Article, Figure, sentences, units


@dataclass(frozen=True, slots=True)
class Standing:
    """A sequel and what stands told when it is asked.

    that: the amount, None where none was told; whole: what it is part of, where known
    other: the amount before it; told: the answer that it is asked of
    """

    sequel: Sequel
    told: Answer
    that: Node | None = None
    whole: Node | None = None
    other: Node | None = None

    @property
    def is_of_nothing(self) -> bool:
        """Whether it is asked of an amount that the articles did not tell, in that or in another
        unit: they may tell it in the other."""
        return self.told.status == "abstained" and self.sequel.kind != "unit"

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
    if told.status == "abstained":
        return None if sequel.kind in {"when", "else"} else Standing(sequel, told)
    if not sequel.is_aside:
        upto = _up_to_amount(known, sequel)
        told = upto[-1].told or told
        before = upto[-2].told if len(upto) > 1 else None
        other = amount(before) if before else None
        return Standing(sequel, told, amount(told), _whole(upto), other)
    return Standing(sequel, told, amount(told))


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


def amount(told: Answer) -> Node | None:
    """The amount that an answer tells: its last result, else the figure that its reader named
    first; None of a yes or no and of words.

    A result is the tree of its figures, so that a next step rests on these.
    """
    if re.match(r"(?:yes|no)\b", told.text, re.IGNORECASE):
        return None
    said = sorted({n.proof for n in told.numbers}, key=lambda id: (len(id), id))
    if results := [c.id for c in told.calculations if c.id in said]:
        return _node(results[-1], told)
    figures = [told.figures[id] for id in said if id in told.figures]
    first = next(iter(figures), None)
    if first is None or sum(figure.unit == first.unit for figure in figures) == 1:
        return leaf(first) if first else None
    return leaf(_of_part(told) or first)


def _of_part(told: Answer) -> Figure | None:
    """Of several figures of one sentence the one right after the part that was asked for: "97,500
    tonnes of herring and cod 41,800" tells 41,800 of cod."""
    part = sequels.part_of(told.understood)
    at = told.text.lower().find(part.lower()) if part else -1
    after = (n for n in told.numbers if n.proof in told.figures and n.start > at)
    found = next(after, None) if at >= 0 and part else None
    is_near = found is not None and part is not None and found.start - at - len(part) <= NEAR_PART
    return told.figures[found.proof] if found and is_near else None


# A figure of a part stands within so many characters after its name.
NEAR_PART = 24


def _node(id: str, told: Answer) -> Node:
    if id in told.figures:
        return leaf(told.figures[id])
    done = next(c for c in told.calculations if c.id == id)
    return Node(
        unit=done.unit,
        score=1.0,
        operation=done.operation,
        parts=tuple(_node(operand, told) for operand in done.operands),
        parameters=done.parameters,
        measure=done.measure,
        entity=done.entity,
        period=done.period,
        identity=done.identity,
    )


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


def derive(given: Standing, search: Search) -> Derivation | None:
    """The next step from the amount, None where no law allows one."""
    if given.that is None or not _articles(given.that) <= search.articles.keys():
        return None
    nodes = (n for n in _ways(given, given.that, search) if _articles(n) <= search.articles.keys())
    made = (attempted(node, search.articles) for node in nodes)
    return next((way for way in made if way is not None), None)


def _articles(node: Node) -> set[str]:
    return {figure.article_id for figure in node.leaves}


def _ways(given: Standing, that: Node, search: Search) -> Iterator[Node]:
    sequel = given.sequel
    if sequel.kind == "unit":
        yield from _converted(that, sequel.unit, search)
    elif sequel.kind == "rest":
        yield from _rest(that, given.whole)
    elif sequel.kind == "share":
        yield from _stated_shares(that, sequel.phrase, search)
        yield from (step("share", (that, whole)) for whole in _wholes(given, that, search))
    elif sequel.kind == "more":
        for other in _others_then(sequel.phrase, that, search):
            yield step("difference", _larger_first(that, other))
    elif sequel.kind == "times":
        for other in _others(sequel.phrase, that, search):
            yield step("ratio", (that, other))
    elif sequel.kind in {"gap", "sum"} and given.other is not None:
        pair = _larger_first(that, given.other)
        yield step("difference" if sequel.kind == "gap" else "sum", pair)
    elif sequel.kind == "when" and that.period:
        yield that


def comparison(given: Standing, search: Search) -> tuple[bool, list[Derivation]] | None:
    """Whether an amount is more, or less, than what it is set against, with both as they are told;
    None where no law compares them or their ranges overlap."""
    that, sequel = given.that, given.sequel
    if that is None or sequel.kind not in {"above", "below"}:
        return None
    if (moved := _moved(that, search)) and given.is_of_times:
        change = attempted(leaf(moved), search.articles)
        return (moved.direction == _WAYS_OF[sequel.kind], [change]) if change else None
    for other in _others_then(sequel.phrase, that, search):
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
    that, other, kind = given.that, given.other, given.sequel.kind
    if that is None or other is None or kind not in {"larger", "smaller"}:
        return []
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


def _others_then(phrase: str, that: Node, search: Search) -> Iterator[Node]:
    """What a phrase names, or the same measure at the time that it tells alone."""
    times = {m.value for m in mentions.periods(phrase)}
    step = mentions.shift(phrase)
    if step and that.period and (to := mentions.moved(that.period, phrase, int(step.value))):
        times.add(to)
    if _EXPECTED.search(phrase):
        yield from _beside(that, search)
        return
    if not times:
        yield from _others(phrase, that, search)
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


def _converted(that: Node, unit: str, search: Search) -> Iterator[Node]:
    """As it is told in the other unit beside it, else at the rate that the articles imply."""
    own = that.figure
    if own is not None:
        figures = (card.figure for card in search.linker.cards)
        yield from (leaf(f) for f in figures if f.unit == unit and _is_same(f, own))
    if that.unit == unit or not (units.is_money(that.unit) and units.is_money(unit)):
        return
    if rate := search.rate(that.unit, unit, _articles(that), that.period):
        yield step("conversion", (that, rate))


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


def _wholes(given: Standing, that: Node, search: Search) -> Iterator[Node]:
    """What an amount is set against: what is named, what the conversation was about, else what its
    measure is a part of by an identity."""
    if given.sequel.phrase:
        yield from _others(given.sequel.phrase, that, search)
    elif given.whole is not None:
        yield given.whole
    else:
        for name in followups.wholes(that.measure or ""):
            yield from _others(name, that, search)


def _others(phrase: str, that: Node, search: Search) -> Iterator[Node]:
    """What a phrase names, in the unit of the amount and of no other time."""
    for thing in Named(search).things(phrase):
        is_then = not that.period or thing.now.period in {that.period, None}
        is_other = thing.now.leaves != that.leaves and thing.now.measure != that.measure
        if thing.now.unit == that.unit and is_then and is_other:
            yield thing.now


def _larger_first(one: Node, other: Node) -> tuple[Node, Node]:
    first, second = one.figure, other.figure
    return (other, one) if first and second and is_less(first, second) else (one, other)


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
