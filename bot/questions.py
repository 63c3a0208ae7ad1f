"""Questions: what is asked, a follow-up made whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from bot.asking import (
    antecedents,
    chatter,
    coordination,
    doubles,
    followups,
    orders,
    parts,
    sequels,
    shorthand,
    splitting,
)
from bot.errors import QuestionEmpty
from bot.language import mentions, reasons, roles, sources, statements, terms
from ingest import units
from ingest.figures import lexicon

if TYPE_CHECKING:
    from bot.answers import Answer

Form = Literal["figure", "text", "yesno", "list", "summary", "declined"]
Asks = Literal["who", "when", "where", "why", "how", "which", "what", "define", "greeting"]
Embed = Callable[[list[str]], "np.ndarray[Any, np.dtype[np.float32]]"]

MAX_CHARS = 2_000
# Nearest-example classes must lead the runner-up by this much cosine to be believed.
MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its answer's text ("" if never answered).

    told: the answer itself, where it is known
    """

    question: str
    answer: str = ""
    told: Answer | None = None

    @property
    def whole(self) -> str:
        """The question as it was understood, else as it was typed."""
        return self.told.understood if self.told else self.question

    @property
    def period(self) -> str | None:
        """The period of what was told, where it has one."""
        if self.told is None or self.told.status == "abstained":
            return None
        told = [c.period for c in self.told.calculations[-1:]] or [
            figure.period for id, figure in sorted(self.told.figures.items())[:1]
        ]
        return told[0] if told else None

    @property
    def tells_amount(self) -> bool:
        """Whether it asked for an amount and was told one, or was told a single one at all."""
        if self.told is None or self.told.status == "abstained":
            return False
        told = {number.proof for number in self.told.numbers} & self.told.figures.keys()
        is_asked = parse(self.whole, is_leaning=False).form == "figure"
        return len(told) == 1 or (is_asked and bool(self.told.numbers))

    @property
    def is_lost(self) -> bool:
        """Whether it leant on another and was declined: nothing can lean on it in turn."""
        told = self.told
        if told is None or told.status != "abstained" or told.understood == self.question:
            return False
        return not followups.names_a_thing(self.question)

    @property
    def is_aside(self) -> bool:
        """Whether it asked of the answer before ("are you sure?"): what is talked about stayed."""
        sequel = sequels.read(self.question)
        return sequel is not None and sequel.is_aside


@dataclass(frozen=True, slots=True)
class Assumed:
    """A number that the asker brings: a claim to check or an assumption to project with."""

    text: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    text: the question made whole; asked: as it was typed
    said: as it was typed, but in the words of the articles; "" where these are the asker's
    form: what kind of answer is wanted
    operation: name of the table in `bot.calculation` when the wording asks for one ("share",
        "difference"), None for a plain look-up
    measures, entities, periods: as the question names them (periods as in `Figure.period`)
    unit: unit that the answer is wanted in, or None
    assumed: numbers that stand in the question
    subquestions: the parts, when several things are asked at once
    roles: phrases that play the operation's parts: A and B operands, P part, W whole, N counted
    wants: classes of unit that may answer: money, percent, count, measure, duration, length ...
    asks: the question word of a text question
    shift: steps from the period at hand ("the year before" is -1)
    loose_periods: periods whose year is left open, "*-Q1"
    extreme: "most" or "least" for a superlative
    is_sure: the wording itself settles the form; otherwise the evidence may
    told_by: the ids of the articles of each paper that is asked what it tells
    joined: how the question named several things that are its parts: "pilots and crew"
    may_be_one: whether it may mean them together
    """

    text: str
    asked: str
    form: Form = "figure"
    operation: str | None = None
    measures: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    unit: str | None = None
    assumed: tuple[Assumed, ...] = ()
    negated: bool = False
    subquestions: tuple[Query, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    wants: tuple[str, ...] = ()
    asks: Asks | None = None
    shift: int = 0
    loose_periods: tuple[str, ...] = ()
    extreme: Literal["most", "least"] | None = None
    is_sure: bool = True
    said: str = ""
    told_by: tuple[tuple[str, ...], ...] = ()
    joined: tuple[str, ...] = ()
    may_be_one: bool = False

    @property
    def wording(self) -> str:
        """The question as it is read: not made whole, in the words of the articles."""
        return self.said or self.asked or self.text

    @property
    def years(self) -> frozenset[str]:
        """The years of its periods."""
        return frozenset(y for period in self.periods for y in re.findall(r"\d{4}", period))

    def role(self, name: str) -> str | None:
        """The phrase in a role, or None."""
        return next((phrase for key, phrase in self.roles if key == name), None)


def parse(
    text: str,
    history: Sequence[Turn] = (),
    embed: Embed | None = None,
    *,
    is_leaning: bool | None = None,
) -> Query:
    """Understand a question in the light of the turns before it (oldest first).

    embed: unit vectors (n, dim) of texts; without it the wording alone decides.
    is_leaning: whether it leans on those turns; None where its wording is to tell.
    Raises QuestionEmpty when nothing was asked.

    >>> parse("And imports?", [Turn("What were exports in 2024?")]).text
    'What were imports in 2024?'
    """
    asked = _spelt_out(" ".join(text.split())[:MAX_CHARS])
    if not asked:
        raise QuestionEmpty
    told = [_without_fillers(item) for item in splitting.items(text.strip()[:MAX_CHARS])]
    plain = _spelt_out(" ".join(" ".join(told).split()))
    is_list, said = len(told) > 1, ""
    if not is_list:
        put = _by_how_much(_doubted(statements.asked(orders.put(plain))))
        told = splitting.split(put)
        put = told[0] if len(told) == 1 else put
        plain, said = put, put if put.strip(" ,?.!") != asked.strip(" ,?.!") else ""
    if is_leaning is None:
        is_leaning = followups.is_followup(told[0])
    if history and is_leaning:
        told = [_completed(told[0], history, embed), *told[1:]]
        plain = told[0] if len(told) == 1 else " ".join(f"{t.rstrip(' ?')}?" for t in told)
    found = _taken_apart(told)
    if len(found) == 1:
        return replace(_read(parts.direct(plain), embed), asked=asked, said=said)
    return _several(plain, asked, found, embed, is_list)


def bare(text: str) -> str:
    """A question as it was typed, without what asks nothing around it."""
    return _without_fillers(_spelt_out(" ".join(text.split())[:MAX_CHARS]))


def leading(text: str) -> str:
    """The first question of a message: what leans on the turns before."""
    return splitting.split(_without_fillers(splitting.items(bare(text))[0]))[0]


def _spelt_out(text: str) -> str:
    """What is typed in short or in haste, in full."""
    return reasons.asked(shorthand.in_full(text))


_DOUBT = re.compile(
    r"^why (?P<aux>did|does|do|has|have|had|was|were|is|are) (?P<rest>[^?]{4,300})\?+ (?:but )?"
    r"(?:(?:did|does|do|has|have|had|was|were|is|are) (?:it|they|he|she|that) (?:really|actually)"
    r"|is (?:that|it) (?:so|true|right)|really)\W*$",
    re.IGNORECASE,
)


def _doubted(text: str) -> str:
    """ "Why did the bank raise its rate? Did it really?" asks whether it did."""
    m = _DOUBT.match(text)
    return f"{m['aux'].capitalize()} {m['rest']}?" if m else text


_WHETHER_AND_BY = re.compile(
    rf"(?P<whether>{splitting.AUXILIARY}\b[^,;?]{{4,200}}?)"
    r"(?:[?,] (?=by how much)|[?,]?(?: and)? (?!by how much))"
    r"(?P<by>by (?:how (?:much|many(?: [a-z]{2,20}){1,2})|what (?:%|percent)))\W*",
    re.IGNORECASE,
)


_TOLD_AND_BY = re.compile(
    rf"(?P<told>(?!{splitting.AUXILIARY}\b|how\b|what\b|which\b|who\b)[^,;:?]{{8,200}}?)"
    r"(?:[,;:.]| -| –)+ ?(?:so |and |but )?"
    r"(?P<by>by (?:how (?:much|many(?: [a-z]{2,20}){1,2})|what (?:%|percent)))\W*",
    re.IGNORECASE,
)


def _by_how_much(text: str) -> str:
    """ "Did it shrink, by how much?", "It shrank - by how much?" ask by how much it did."""
    if m := _WHETHER_AND_BY.fullmatch(text):
        by, whether = m["by"], m["whether"]
        return f"{by[0].upper()}{by[1:]} {whether[0].lower()}{whether[1:]}?"
    m = _TOLD_AND_BY.fullmatch(text)
    if m is None or not statements.tells(m["told"]):
        return text
    return f"{m['by'][0].upper()}{m['by'][1:]} did {m['told']}?"


def _completed(plain: str, history: Sequence[Turn], embed: Embed | None) -> str:
    """The follow-up made whole with the turn that it leans on."""
    found = _leant_on(plain, history, embed)
    if found is None:
        return plain
    turn, previous = found
    told = turn.answer if turn.told and turn.told.status != "abstained" else ""
    owner = _owner(turn, history, embed)
    return followups.complete(plain, previous, told, turn.period, owner)


def _owner(turn: Turn, history: Sequence[Turn], embed: Embed | None) -> str | None:
    """Whom the turns before one were about, told of from the same articles."""
    cited = _cited(turn)
    at = next((place for place, other in enumerate(history) if other is turn), 0)
    for before in reversed(history[:at]):
        if not cited or not cited & _cited(before):
            return None
        query = parse(before.whole, (), embed, is_leaning=False)
        if name := antecedents.thing(query):
            return name
    return None


def _cited(turn: Turn) -> set[str]:
    return {c.article_id for c in turn.told.citations} if turn.told else set()


def leant_on(text: str, history: Sequence[Turn], embed: Embed | None = None) -> Turn | None:
    """The turn that a follow-up leans on: the last that was a question about something, and that
    was not itself a follow-up which nothing answered, or asked of an answer alone. What asks of
    another time leans on the last that asked for an amount."""
    found = _leant_on(text, history, embed)
    return found[0] if found else None


def _leant_on(text: str, history: Sequence[Turn], embed: Embed | None) -> tuple[Turn, Query] | None:
    found: list[tuple[Turn, Query]] = []
    is_why, is_of_change = followups.reopens(text), followups.asks_why_it_moved(text)
    one = followups.per_one(text)
    for i in range(len(history) - 1, -1, -1):
        turn = history[i]
        if not turn.question.strip() or turn.is_lost or (found and turn.told is None):
            continue
        if turn.told and (turn.is_aside or (is_why and sequels.read(turn.question))):
            continue
        if is_of_change and i and turn.told and _looks_back(turn, history[i - 1]):
            continue
        before = () if turn.told else history[max(0, i - 6) : i]
        previous = parse(turn.whole, before, embed, is_leaning=False if turn.told else None)
        if previous.form == "declined" or (one and i and _counts(one, previous)):
            continue
        found.append((turn, previous))
        if turn.told is None or not followups.asks_the_same(text):
            return found[-1]
        if _may_be_told(text, turn, previous):
            return found[-1]
    return found[0] if found else None


def _counts(one: str, previous: Query) -> bool:
    """Whether a question asks how many there are of a thing, which is no amount for one of it."""
    flat = previous.text.lower()
    is_time = one in {"day", "week", "month", "year", "hour", "minute"} and "how long" in flat
    return is_time or bool(re.search(rf"\bhow many (?:[a-z-]+ )?{re.escape(one)}", flat))


def _looks_back(turn: Turn, before: Turn) -> bool:
    """Whether a turn asked the same of an earlier time: what moved since is asked of the later."""
    earlier, later = (mentions.periods(one.whole) for one in (turn, before))
    if len(earlier) != 1 or len(later) != 1 or not followups.asks_the_same(turn.question):
        return False
    then, since = earlier[0].value, later[0].value
    return len(then) == len(since) and then < since


def _may_be_told(text: str, turn: Turn, previous: Query) -> bool:
    """Whether what a question asked for may be told again at another time or in another unit."""
    sequel = sequels.read(text)
    if sequel and (sequel.kind == "share" or units.is_money(sequel.unit)):
        return not {"percent", "ratio"} >= {*previous.wants} or not previous.wants
    return previous.form == "figure" or turn.tells_amount


@dataclass(frozen=True, slots=True)
class _Part:
    """A question of a message; joined: how it named several things before it was taken apart."""

    text: str
    joined: str = ""
    may_be_one: bool = False


def _taken_apart(told: Sequence[str]) -> list[_Part]:
    """The questions that a message asks, those that hang on one question word by themselves."""
    found = [one for text in told for one in _apart(_Part(_WITHOUT_AND.sub("", text)))]
    return found if len(found) <= splitting.MAX_PARTS else [_Part(text) for text in told]


_WITHOUT_AND = re.compile(r"^(?:and |also |then )+(?=\w)", re.IGNORECASE)


def _apart(part: _Part) -> list[_Part]:
    if found := doubles.split(part.text):
        return [one for text in found for one in _apart(_Part(text, part.joined))]
    form, asks, _ = _form(part.text.lower().replace("’", "'").strip(" ?.!"), roles.read(part.text))
    apart = coordination.split(part.text) if form in {"figure", "text"} else None
    if apart is None or (form == "text" and asks not in _APART_IN_WORDS):
        return [part]
    joined, may_be_one = part.joined or apart.joined, part.may_be_one or apart.may_be_one
    return [one for text in apart.parts for one in _apart(_Part(text, joined, may_be_one))]


_APART_IN_WORDS = frozenset(["what", "who", "when", "where", "define", None])


def _several(
    plain: str, asked: str, told: Sequence[_Part], embed: Embed | None, is_list: bool
) -> Query:
    """A message of several questions, the first of which stands for it where one is wanted."""
    read: list[Query] = []
    for n, part in enumerate(told):
        text = parts.direct(part.text)
        if read and not (part.joined and part.joined == told[n - 1].joined):
            text = parts.whole(text, read, told[n - 1].joined, is_list)
        read.append(replace(_read(text, embed), asked=text))
    joined = tuple(dict.fromkeys(part.joined for part in told if part.joined))
    return replace(
        read[0],
        text=plain,
        asked=asked,
        subquestions=tuple(read),
        joined=joined,
        may_be_one=all(part.may_be_one for part in told),
        periods=tuple(dict.fromkeys(p for one in read for p in one.periods)),
        loose_periods=tuple(dict.fromkeys(p for one in read for p in one.loose_periods)),
    )


def _data() -> dict[str, Any]:
    return terms.table("questions")


# -- cutting ----------------------------------------------------------------------------------


# "How many work there? Exact number": how to answer, not what.
_HOW_TO_ANSWER = re.compile(
    r"\?[ ,]*(?:(?:just|only|give|me|the|an?|in|exact(?:ly)?|precise(?:ly)?|rough(?:ly)?|ballpark"
    r"|approximate|number|figure|value|amount|answer|total|short|brief(?:ly)?|one|is|fine|enough"
    r"|will|do|please|pls|thanks)\b[ ,.!?]*)+$",
    re.IGNORECASE,
)


def _without_fillers(text: str) -> str:
    """The question without the words before and after it that ask nothing."""
    rest = _HOW_TO_ANSWER.sub("?", chatter.without(text))
    return rest if terms.words(rest) else text


# -- reading one question ----------------------------------------------------------------------


def _read(text: str, embed: Embed | None) -> Query:
    text = statements.asked(text)
    flat = text.lower().replace("’", "'").strip(" ?.!")
    found = mentions.periods(text)
    meant = mentions.stepped(text, found)
    reading = roles.read(text)
    if reading and reading.operation in _NEEDS_QUANTITY and not _is_quantitative(flat):
        reading = None
    form, asks, is_sure = _form(flat, reading)
    query = Query(
        text=text,
        asked=text,
        form=form,
        asks=asks,
        is_sure=is_sure,
        operation=reading.operation if reading else _cued(asking(flat)),
        roles=reading.roles if reading else (),
        periods=tuple(dict.fromkeys(m.value for m in meant if "*" not in m.value)),
        loose_periods=tuple(m.value for m in meant if "*" in m.value),
        entities=_named(text),
        unit=_unit_wanted(flat),
        assumed=_assumed(text),
        wants=_wants(flat),
        shift=_shift(text, found),
        negated=terms.has(_NO_MORE.sub(" ", flat), _data()["negations"]),
        extreme=_extreme(flat),
    )
    query = replace(query, measures=_measures(text, query))
    return query if query.is_sure or embed is None else _settled(query, embed)


def _named(text: str) -> tuple[str, ...]:
    """The names of a question; "USD" and "Yuan please" name nobody."""
    found = [m.value for m in mentions.names(text, _openers())]
    return tuple(name for name in found if not units.is_money(units.parse(name) or ""))


_LED_BY = re.compile(
    r"^(?:(?:working|going|judging|counting|reckoning|looking|starting) (?:back|on|from|by|at|with)"
    r"|given|based on|knowing)\b[^,?]{3,80}, (?=(?:how|what|which|by|in)\b)",
    re.IGNORECASE,
)


def asking(text: str) -> str:
    """The part of a question that asks, without what it is to be answered by: "Working back from
    their growth, how large were imports in 2023?"."""
    return _LED_BY.sub("", text)


# Comparisons that deny nothing.
_NO_MORE = re.compile(
    r"\b(?:no|not|never) (?:(?:more|less|fewer|higher|lower|larger|smaller|later|earlier) than"
    r"|exceed|(?:quite )?reach)\b"
)


def _assumed(text: str) -> tuple[Assumed, ...]:
    return tuple(
        Assumed(text[n.start : n.end], n.value, n.unit)
        for n in mentions.numbers(text)
        if not _is_part_of_year(text, n.start, n.end) and not _is_of_name(text, n)
    )


def _is_of_name(text: str, number: mentions.Number) -> bool:
    """ "the Eurotop 500", "Captain Ember 3", and as it is typed, "has road rage 2 made more"."""
    before = terms.words(text[: number.start])
    digits = text[number.start : number.end].partition(" ")
    if not before or not digits[0].isdigit() or number.unit not in {"1", digits[2].lower()}:
        return False
    last, after = before[-1], digits[2] or text[number.end :].lstrip().partition(" ")[0]
    if text[last.end() : number.start] != " " or units.parse(after.lower()):
        return False
    if last.group()[0].isupper():
        return len(before) > 1 and not mentions.periods(f"{last.group()} {digits[0]}")
    is_followed = after.lower() in _AFTER_NAME
    return is_followed and bool(terms.find(last.group())) and not _comes_before(last.group())


_AFTER_NAME = frozenset(
    "is was has had did does will made make sold sell take took earn earned cost costs beat top "
    "above below cheaper dearer bigger smaller longer shorter".split()
)


def _comes_before(word: str) -> bool:
    """Whether an amount follows a word: a verb, a comparison, "almost"."""
    flat = word.lower()
    if flat in lexicon.verbs() or flat in lexicon.comparatives() or flat.endswith("ly"):
        return True
    return flat in {"least", "most", "almost", "around", "some", "exactly", "all", "than"}


def _is_part_of_year(text: str, start: int, end: int) -> bool:
    """ "in the half", "last quarter": a time, not an amount; "the fifth game": a place."""
    word, after = text[start:end].lower(), text[end:].lower()
    if word in {"quarter", "third", "fifth", "tenth"}:
        return not re.match(r" of\b", after)
    if word != "half":
        return False
    is_told = re.search(
        r"\b(?:the|this|that|last|next|previous|first|second|latest)[ -]$", text[:start].lower()
    )
    return bool(is_told) and not re.match(r" (?:of|its|their|the)\b", after)


# Templates of these fit the wording of text questions too.
_NEEDS_QUANTITY = frozenset(["residual", "ratio", "per_unit", "average", "difference"])


def _is_quantitative(flat: str) -> bool:
    """Whether the wording asks for a quantity at all."""
    if not re.match(r"(?:what|which|who|whose|where|when|why)\b", flat):
        return True
    if terms.has(flat, ["each", "every", "per"]):
        return True
    return bool(_wants(flat) or _unit(flat) or _quantity_classes(flat) or _cued(flat))


# "A rise of how much on the previous year": what is asked for is of the later one.
_HELD_AGAINST = re.compile(r"\b(?:on|over|than|against|vs\.?|versus) $", re.IGNORECASE)


def _shift(text: str, found: Sequence[mentions.Mention]) -> int:
    """Steps from the period at hand, unless the question names the period that it means."""
    step = mentions.shift(text)
    if not step or any(m.start >= step.end and "(" not in text for m in found):
        return 0
    if _HELD_AGAINST.search(text[: step.start]):
        return 0
    is_last = re.match(r"(?:in )?(?:the )?last ", text[step.start :], re.IGNORECASE)
    return 0 if is_last and found else int(step.value)


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Words that may open a question with a capital letter and are no names."""
    data = _data()
    listed = [*data["openings"], *data["fillers"], *data["list"], *data["summary"], *data["why"]]
    found = {w for entry in listed for w in entry.split()} | set(data["openers"].split())
    found |= set("|".join(data["lists"].values()).replace("|", " ").split())
    found |= {w for ws in data["quantities"].values() for w in ws.split()}
    found |= {w for cues in data["cues"].values() for cue in cues for w in cue.split()}
    return frozenset(found)


def _starts(flat: str, cues: Sequence[str]) -> bool:
    return any(flat.startswith(cue) and terms.whole(cue).match(flat) for cue in cues)


def _form(flat: str, reading: roles.Reading | None) -> tuple[Form, Asks | None, bool]:
    """Form, question word, and whether the wording settles it."""
    data = _data()
    if special := _special(flat, data):
        return special
    flat = _LAST.sub("", flat)
    if _starts(flat, data["lists"]["aux"].split("|")):
        return "yesno", None, True
    if _asks_meaning(flat):
        return "text", "define", True
    if asks_makeup(flat):
        return "text", "what", True
    if sources.asked(flat):
        return "text", "who", True
    if reading or _wants(flat) or _unit(flat):
        return "figure", None, True
    for asks in ("why", "define", "who", "when", "where", "how"):
        if (_starts if asks != "define" else terms.has)(flat, data[asks]):
            return "text", asks, True
    if _starts(flat, data["list"]):
        return "list", "what", False
    return _open_form(flat)


# "The paper says 4 and the firm 5. Is that the same?": what is told before it is asked.
# "In its last merger, did it save more?": what it is about before it is asked.
_LAST = re.compile(
    r"^(?:[^?]{10,300}[a-z%\d](?:[.:;]| [-–]) "
    r"|(?!(?:and |so |but )?(?:what|which|who|whose|how|when|where|why|by)\b)"
    r"(?:[^\s,?]+ ){0,4}[^\s,?]+, )"
    r"(?=(?:is|are|was|were|did|does|do|has|have|had) )"
)
_MEANING = re.compile(
    r"what (?:does|do|did) .{1,60} (?:mean|stand for)\b(?! of).{0,40}$"
    r"|what(?:'s| is) an? (?:(?!(?:of|in|on|at|to|per|for|by) )[a-z&-]+ ){0,2}"
    r"(?!worth|paid|now|today|cost)[a-z&-]+$"
)


def _asks_meaning(flat: str) -> bool:
    """ "What does EBITDA mean?", "what is a combined ratio" """
    return bool(_MEANING.match(flat))


_NO_AMOUNT = (
    r"(?! (?:share|percentage|proportion|part|portion|fraction|amount|number|sum|total|value"
    r"|percent|price|cost|figure|rate)\b)"
)
_MAKEUP = re.compile(
    rf"^(?:and |so |in \d{{4}},? )?(?:(?:what|which)\b{_NO_AMOUNT}.{{0,80}}\b"
    r"(?:consist(?:s|ed)? of|comprise[sd]?(?: of)?|includes?|excludes?|represented by"
    r"|(?:included|excluded) (?:in|from)|driven by|engaged in|made up of|composed of)\W*$"
    r"|what (?:is|was|are|were) (?:included|excluded|counted|listed|classed|grouped)"
    r" (?:in|from|among|under|as|with)\b(?! \d)"
    r"|how (?:is|are|was|were) .{1,80}\b(?:calculated|computed|determined|defined|worked out)\b"
    r"|what (?:does|do|did) .{1,60}\b(?:include|comprise|consist of|exclude|represent|contain)\b"
    r"|what (?:drove|drives|caused|causes|led to|lies behind)\b"
    r"|what (?:is|was|were|are) the (?:main |chief )?(?:reasons?|causes?) (?:for|of|behind)\b)",
    re.IGNORECASE,
)


def asks_makeup(question: str) -> bool:
    """Whether it is asked what something is made up of, how it is worked out, or what is behind it:
    words answer, though what is asked about be an amount.

    >>> asks_makeup("What does interest expense include?"), asks_makeup("What share is included?")
    (True, False)
    """
    return bool(_MAKEUP.match(question))


def _special(flat: str, data: dict[str, Any]) -> tuple[Form, Asks | None, bool] | None:
    if flat in data["greetings"]:
        return "declined", "greeting", True
    if terms.has(flat, data["commands"]) or _is_gibberish(flat):
        return "declined", None, True
    if terms.has(flat, data["summary"]) or any(re.search(p, flat) for p in data["gists"]):
        return "summary", None, True
    return None


def _is_gibberish(flat: str) -> bool:
    """Mostly words that nobody could say (no vowel, or the same letter over and over)."""
    found = [w.group() for w in terms.words(flat) if w.group().isalpha()]
    odd = [
        w
        for w in found
        if (len(w) > 3 and not re.search(r"[aeiouy]", w)) or re.search(r"(.)\1\1", w)
    ]
    return not terms.words(flat) or (bool(odd) and 2 * len(odd) >= len(found))


def _open_form(flat: str) -> tuple[Form, Asks | None, bool]:
    """ "What was ...", "which ..." and questions without a question word: the head noun leans."""
    opening = re.match(r"(?:in |at |on |for |of )?(which|what)\b", flat)
    asks: Asks | None = ("which" if opening[1] == "which" else "what") if opening else None
    if _quantity_classes(flat) or _cued(_head(flat)):
        return "figure", asks, False
    return ("text" if asks else "figure"), asks, False


@lru_cache(maxsize=1)
def _quantity_nouns() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in _data()["quantities"].items():
        for word in listed.split():
            found[word] = (*found.get(word, ()), name)
    return found


_HEAD_END = re.compile(
    r"\b(?:of|in|for|from|by|to|behind|with|between|at|on|that|which|who|because|after|when)\b"
)


def _head(flat: str) -> str:
    """The noun phrase that a "what" or "which" question asks for; else the whole question."""
    aux = terms.table("questions")["lists"]["aux"]
    if m := re.match(rf"(?:in |at |on |for |of )?(?:what|which|whose)(?:['’]?s)? (?:{aux}) ", flat):
        return _HEAD_END.split(flat[m.end() :])[0]
    if m := re.match(r"(?:in |at |on |for |of )?(?:what|which|whose) ", flat):
        return re.split(rf"\b(?:{aux})\b", _HEAD_END.split(flat[m.end() :])[0])[0]
    return flat


def _quantity_classes(flat: str) -> tuple[str, ...]:
    nouns = _quantity_nouns()
    found = [nouns[w.group()] for w in terms.words(_head(flat)) if w.group() in nouns]
    return found[-1] if found else ()


def amounts(question: str) -> tuple[str, ...]:
    """Classes of unit of the amount that a question asks for, by its noun or its opening.

    >>> amounts("What was the number of guests?"), amounts("Which trade pacts are there?")
    (('count',), ())
    """
    flat = question.lower()
    named = terms.words(_head(flat))
    if _OF_THINGS.match(flat) and named and named[-1].group() not in _quantity_nouns():
        return ()
    return _quantity_classes(flat) or _wants(flat)


_OF_THINGS = re.compile(r"(?:in |into |at |on |for |of )?(?:which|what)\b")


def _wants(flat: str) -> tuple[str, ...]:
    """Classes of unit that may answer; () where anything may."""
    openings = _data()["openings"]
    best = max((o for o in openings if terms.has(flat, [o])), key=len, default=None)
    return tuple(openings[best]) if best else ()


def _cued(flat: str) -> str | None:
    """The operation that a single word speaks for."""
    for operation, cues in _data()["cues"].items():
        if terms.has(flat, cues):
            return str(operation)
    return None


_LEAST = re.compile(
    r"\b(?:lowest|least|smallest|slowest|worst|shortest|youngest|cheapest|fewest|weakest|lightest|minimum)\b"
)


def _extreme(flat: str) -> Literal["most", "least"] | None:
    if _LEAST.search(flat):
        return "least"
    cues = [c for c in _data()["cues"]["extremum"] if not _LEAST.search(c)]
    flat = re.sub(r"\bat (?:most|least|best)\b|\bmost of\b", "", flat)
    return "most" if terms.has(flat, cues) else None


# "In absolute terms (yuan)": the unit in brackets.
_UNIT_ASIDE = re.compile(r"\((?:in )?([a-z$€£¥]+(?: [a-z]+)?)\)")
_UNIT_WORD = re.compile(r"[a-z$€£¥%°]+(?:/[a-z]+)?|\d+")
# What stands before the unit of an answer, and what may stand between.
_BEFORE_UNIT = frozenset("in into to as many of".split())
_SCALES = "thousand million billion trillion k m mn bn tn lakh crore".split()
_BETWEEN = frozenset(["a", "an", "terms", "of", "us", "american", *_SCALES])
_SIGNS = frozenset("$€£¥")
_MAX_UNIT_WORDS = 3
# A currency that is no unit of the answer: "the dollar fell", "for every pound", "5 euros".
_NO_UNIT_AFTER = frozenset("the a an per every each one against stronger weaker single".split())
_FIGURE = frozenset("figure figures amount value total sum terms price bill please pls".split())


def _unit_wanted(flat: str) -> str | None:
    """The unit of the answer; "what share of the rise (in yuan)" asks for none of money."""
    unit = _unit(flat)
    is_money = unit is not None and units.is_money(unit)
    return None if is_money and {*_wants(flat)} == {"percent", "ratio"} else unit


def _unit(flat: str) -> str | None:
    """The unit that the answer is wanted in ("in dollars", "how many bn yuan", "gdp, usd?")."""
    aside = _UNIT_ASIDE.search(flat)
    if aside and (unit := units.parse(aside[1])) and units.is_money(unit):
        return unit
    words = _UNIT_WORD.findall(re.sub(r"[?,.()]", " ", flat))
    codes = _data()["codes"].split()
    told = [word.upper() if word in codes else word for word in words]
    if unit := _money_at_end(told):
        return unit
    for i, word in enumerate(told):
        if word in _BEFORE_UNIT and not _is_for_one(told, i) and (unit := _unit_at(told, i + 1)):
            return unit
    if told and told[-1] in _SIGNS:
        return units.parse(told[-1])
    named = {units.parse(word) for i, word in enumerate(told) if _is_currency_wanted(told, i)}
    return named.pop() if len(named) == 1 else None


def _money_at_end(told: Sequence[str]) -> str | None:
    """The money that a question ends with: "how many yuan was it, in dollars?"."""
    places = (n for n in (2, 3) if len(told) > n and told[-n] == "in")
    at = next(places, None)
    unit = units.parse(" ".join(told[1 - at :])) if at else None
    return unit if unit and units.is_money(unit) else None


_YEAR = re.compile(r"(?:19|20)\d\d")
_AGO = frozenset("ago earlier before later after".split())


def _is_for_one(told: Sequence[str], at: int) -> bool:
    """ "The price of a barrel", "saved in a decade": what it is for, or how long, is no unit."""
    if told[at + 1 : at + 2] not in (["a"], ["an"]):
        return False
    unit = _unit_at(told, at + 2)
    return unit is not None and (told[at] == "of" or units.is_duration(unit))


def _unit_at(told: Sequence[str], at: int) -> str | None:
    """The unit that begins at a word, the longest first; "rupees a year ago" are rupees."""
    for skipped in range(_MAX_UNIT_WORDS):
        words = told[at + skipped : at + skipped + _MAX_UNIT_WORDS]
        for n in range(len(words), 0, -1):
            if n > 1 and _AGO.intersection(told[at + skipped + n : at + skipped + n + 1]):
                continue
            is_word = n > 1 or words[0] not in terms.stop_words()
            if is_word and (unit := units.parse(" ".join(words[:n]))):
                # An amount a year of money or of counted things has its plain unit in articles.
                plain = unit.removesuffix("/year")
                return plain if units.is_money(plain) or units.is_count(plain) else unit
        if not words or words[0] not in _BETWEEN:
            return None
    return None


def _is_currency_wanted(told: Sequence[str], i: int) -> bool:
    """Whether a currency is named as what to answer in: "rupees please", "yuan figure"."""
    unit = units.parse(told[i])
    if unit is None or not units.is_money(unit):
        return False
    before, after = (told[i - 1] if i else ""), (told[i + 1] if i + 1 < len(told) else "")
    amount = told[i - 2 : i] if before in _SCALES else [before]
    is_told = before == "the" and after in _FIGURE
    is_amount = bool(amount) and amount[0].isdigit() and not _YEAR.fullmatch(amount[0])
    if (before in _NO_UNIT_AFTER and not is_told) or is_amount:
        return False
    is_last = after == "" or after in _FIGURE
    return is_last or told[i] in {unit, unit.lower()} or (told[i].endswith("s") and before == "")


def _measures(text: str, query: Query) -> tuple[str, ...]:
    """The noun phrases that say what is asked about, the first the most telling."""
    if query.roles:
        phrases = [p for name, p in query.roles if name in "ABPWC"]
        return tuple(dict.fromkeys(phrases))
    return tuple(_phrases(text, query))


def _phrases(text: str, query: Query) -> list[str]:
    """Runs of content words, held together by "of", "and", "in", with all else cut away."""
    data = _data()
    masked = text
    for m in mentions.periods(text):
        masked = masked[: m.start] + ";" * (m.end - m.start) + masked[m.end :]
    masked = _masked(masked, [*data["openings"], *data["summary"], *data["why"], *data["define"]])
    cuts = set(data["lists"]["aux"].split("|")) | terms.stop_words()
    cues = data["cues"].get(query.operation or "", ())
    masked = _masked(masked, [cue for cue in cues if " " in cue])
    cuts |= {w for w in cues if " " not in w}
    pieces = re.split(r"[;,:?!()\"]| - ", masked)
    runs = [run for piece in pieces for run in _runs(piece, cuts)]
    return [r for r in runs if terms.find(r)]


def _masked(text: str, cues: Sequence[str]) -> str:
    for cue in sorted(cues, key=len, reverse=True):
        if cue in text.lower():
            text = terms.whole(cue).sub(lambda m: ";" * len(m.group()), text)
    return text


_GLUE = frozenset(["of", "and", "the", "a", "an", "for"])


def _runs(piece: str, cuts: set[str]) -> list[str]:
    found: list[list[str]] = [[]]
    for word in piece.split():
        bare = re.sub(r"['’]s?$", "", word.lower().strip(".\"'"))
        if bare in cuts and not (bare in _GLUE and found[-1]):
            found.append([])
        else:
            found[-1].append(word)
    return [roles.phrase(" ".join(run)) for run in found if run]


# -- leaning on examples -----------------------------------------------------------------------


@lru_cache(maxsize=4)
def _examples(embed: Embed) -> tuple[list[str], np.ndarray[Any, np.dtype[np.float32]]]:
    pairs = [(name, text) for name, texts in _data()["examples"].items() for text in texts]
    return [name for name, _ in pairs], np.asarray(embed([text for _, text in pairs]))


def _settled(query: Query, embed: Embed) -> Query:
    """The class of the nearest examples, where they lead clearly."""
    names, vectors = _examples(embed)
    scores = vectors @ np.asarray(embed([query.text]))[0]
    ranked: dict[str, float] = {}
    for name, score in zip(names, scores.tolist(), strict=True):
        form = name.split("/")[0]
        ranked[form] = max(ranked.get(form, -1.0), score)
    (best, lead), (_, second) = sorted(ranked.items(), key=lambda x: -x[1])[:2]
    if lead - second < MARGIN or best in {"declined", "summary", "yesno"}:
        return query
    return replace(query, form=cast(Form, best), is_sure=False)
