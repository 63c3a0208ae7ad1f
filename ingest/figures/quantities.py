"""Quantities: numbers with their units, hedges and ranges, before anything is said about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ingest import data, numerals, units
from ingest.figures import lexicon
from ingest.figures.figure import Comparator
from ingest.numerals import HYPHENS, MINUSES, Numeral, Token


@dataclass(slots=True)
class Quantity:
    """A quantity tokens[first:after] = text[start:end].

    value, or low and high for a range; place as in `Numeral`
    form: "plain", "fraction", "multiple", "odds", "score", "rank", "age"
    noun: what is counted or measured when it stands in the quantity itself ("gold medals")
    per: what a number without a unit is for: the day of "34 a day"
    """

    first: int
    after: int
    start: int
    end: int
    value: Decimal | None
    place: Decimal
    unit: str | None
    form: str = "plain"
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: Comparator | None = None
    hedge: int = -1
    noun: str | None = None
    noun_at: int = -1
    spelled: bool = False
    attributive: bool = False
    spread: Decimal | None = None
    text: str | None = None
    per: str | None = None

    @property
    def lead(self) -> int:
        """The first token of it, its hedge included."""
        return self.first if self.hedge < 0 else self.hedge


@dataclass(frozen=True, slots=True)
class _Context:
    tokens: Sequence[Token]
    numerals: Sequence[Numeral]
    lows: frozenset[str]
    places: frozenset[str] = frozenset()

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def glued(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].glued

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == "w"


def read(
    tokens: Sequence[Token], found: Sequence[Numeral], places: frozenset[str] = frozenset()
) -> list[Quantity]:
    """The quantities that `found` (the numerals of `tokens`) make, in order.

    places: those of `places()` that the article names
    """
    if not found:
        return []
    lows = frozenset([t.low.removesuffix("'s") for t in tokens])
    context = _Context(tokens, found, lows, places)
    read: list[Quantity] = []
    index = 0
    while index < len(found):
        quantity, index = _at(context, index)
        if quantity is not None and (not read or quantity.first >= read[-1].after):
            read.append(quantity)
    read = _equations(context, read)
    _share_units(context, read)
    _share_scales(context, read)
    _name_degrees(read)
    merged = _ranges(context, _compounds(context, read))
    merged = [quantity for quantity in merged if not _points_back(context, quantity)]
    ends = frozenset(quantity.after for quantity in merged)
    for quantity in merged:
        _hedge(context, quantity, ends)
        _bracket(context, quantity)
    return merged


def _equations(context: _Context, found: list[Quantity]) -> list[Quantity]:
    """ "$1 = 7.2 yuan": one of a money is so much of another."""
    joined: list[Quantity] = []
    for quantity in found:
        one = joined[-1] if joined else None
        if one is not None and _is_equation(context, one, quantity):
            joined[-1] = replace(
                quantity, first=one.first, start=one.start, unit=f"{quantity.unit}/{one.unit}"
            )
        else:
            joined.append(quantity)
    return joined


def _is_equation(context: _Context, one: Quantity, other: Quantity) -> bool:
    between = [t.low for t in context.tokens[one.after : other.first]]
    if between not in (["="], ["equals"], ["buys"], ["is", "worth"], ["to"]) or one.value != 1:
        return False
    money = [q.unit or "" for q in (one, other)]
    if between == ["to"] and context.low(one.first - 1) not in cues("rated"):
        return False
    return money[0] != money[1] and all(units.is_money(unit) for unit in money)


def _share_units(context: _Context, found: Sequence[Quantity]) -> None:
    """ "three of the 19 analysts", "77 by 53 cm": the second's unit is the first's as well."""
    for a, b in reversed([*pairwise(found)]):
        if a.unit is not None or a.form != "plain" or b.unit is None or a.value is None:
            continue
        between = [
            t.low for t in context.tokens[a.after : b.first]
            if t.low not in _BEFORE_COUNTS and not t.low.endswith("'s")
        ]  # fmt: skip
        part = between in (["of"], ["out", "of"]) and units.is_count(b.unit)
        side = between in (["by"], ["x"], ["×"]) and units.is_physical(b.unit)
        if between == ["or"] and b.after > b.first + 1 and not _is_or(a, b):
            side = _is_divisible(b.unit) and b.value is not None and a.value < b.value
        if (part and b.value is not None and a.value <= b.value) or side:
            a.unit, a.noun, a.noun_at = b.unit, a.noun or b.noun, b.noun_at


def _points_back(context: _Context, quantity: Quantity) -> bool:
    """ "the two differ most", "the leading five": people or things that were named before."""
    bare = quantity.unit is None and quantity.form == "plain" and quantity.spelled
    small = quantity.value is not None and 1 < quantity.value < 13
    if not (bare and small) or context.low(quantity.after) in ("of", "and", "or", "to", ","):
        return False
    before = context.low(quantity.first - 1)
    return before in _POINTING or (
        before in ("leading", "other", "remaining", "first", "last", "same")
        and context.low(quantity.first - 2) in _POINTING
    )


_POINTING = frozenset({"the", "these", "those", "all", "our", "us", "them"})


def _share_scales(context: _Context, found: Sequence[Quantity]) -> None:
    """ "narrowed to 14.2 from 19.8 billion euros", "from 3.20 to 3.65 crowns": said once."""
    for a, b in pairwise(found):
        between = [t.low for t in context.tokens[a.after : b.first]]
        led = (context.low(a.first - 1), *between)
        moved = led in (("to", "from"), ("from", "to")) or (
            led == ("by", "to") and _has_scale(context, a) and _has_scale(context, b)
        )
        if not moved or a.unit is not None or b.unit is None or a.form != "plain":
            continue
        if a.value is None or b.value is None or units.is_count(b.unit):
            continue
        scale = _scale_of(context, b)
        if scale != 1 and _scale_of(context, a) == 1 and abs(a.value) < 1000:
            a.value, a.place = a.value * scale, a.place * scale
        a.unit = b.unit


def _name_degrees(found: Sequence[Quantity]) -> None:
    """ "It was 49.6C, 7.2 degrees above normal": degrees are those of the sentence."""
    named = next((q.unit for q in found if q.unit in ("°C", "°F")), None)
    for quantity in found if named is not None else ():
        if quantity.unit == "°":
            quantity.unit = named


_BEFORE_COUNTS = frozenset(
    "a the its their his her our these those all last first past previous next final latest".split()
)


def _bracket(context: _Context, quantity: Quantity) -> None:
    """An amount alone in brackets is negative where the clause waits for one: "was (£4.1m)"."""
    first, after = quantity.first, quantity.after
    alone = context.text(first - 1) == "(" and context.text(after) == ")"
    if not alone or quantity.unit is None or not units.is_money(quantity.unit):
        return
    if quantity.value is None or quantity.comparator is not None:
        return
    if context.low(first - 2) in cues("waiting") or context.text(first - 2) in (":", "="):
        quantity.value = -abs(quantity.value)
        quantity.first, quantity.after = first - 1, after + 1
        quantity.start, quantity.end = context.tokens[first - 1].start, context.tokens[after].end


# A unit, and what it may be followed by in one quantity: "2 hours 14 minutes", "5 ft 11 in".
_PARTS = {
    ("hour", "minute"): 60, ("hour", "s"): 3600, ("minute", "s"): 60, ("day", "hour"): 24,
    ("week", "day"): 7, ("year", "month"): 12, ("ft", "inch"): 12, ("stone", "lb"): 14,
    ("lb", "oz"): 16,
}  # fmt: skip


def _compounds(context: _Context, found: list[Quantity]) -> list[Quantity]:
    """Join the parts of one quantity, in the unit of the last."""
    joined: list[Quantity] = []
    for quantity in found:
        whole = _compound(context, joined[-1], quantity) if joined else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(quantity)
    return joined


def _compound(context: _Context, a: Quantity, b: Quantity) -> Quantity | None:
    half = context.low(b.first - 1) == "and" and a.after == b.first - 1 and b.form == "fraction"
    if half and a.unit and _is_divisible(a.unit) and a.value is not None and b.value is not None:
        return replace(a, after=b.after, end=b.end, value=a.value + b.value, place=Decimal("0.1"))
    factor = _PARTS.get((a.unit or "", b.unit or ""))
    between = [t.low for t in context.tokens[a.after : b.first]]
    if factor is None or a.value is None or b.value is None or between not in ([], ["and"]):
        return None
    if a.form != "plain" or b.form not in ("plain", "age") or not 0 <= b.value < factor:
        return None
    if a.value != a.value.to_integral_value():
        return None
    return replace(b, first=a.first, start=a.start, value=a.value * factor + b.value)


def _on_scale(context: _Context, numeral: Numeral) -> bool:
    """The ends of "on a scale from minus 5 to plus 5", "a scale of 1 to 10"."""
    if "scale" not in context.lows:
        return False
    begin = max(0, numeral.first - 8)
    near = [context.low(k) for k in range(begin, numeral.first)]
    if "scale" not in near:
        return False
    behind = near[len(near) - near[::-1].index("scale") :]
    return behind[:1] in (["from"], ["of"], ["running"], ["between"]) and all(
        low in _ON_SCALES or low.isdecimal() or low in numerals.words().starters for low in behind
    )


_ON_SCALES = frozenset("from of running between to minus plus and + - – −".split())


def _at(context: _Context, index: int) -> tuple[Quantity | None, int]:
    numeral = context.numerals[index]
    if _on_scale(context, numeral):
        return None, index + 1
    if numeral.kind == "ordinal":
        return _rank(context, numeral), index + 1
    if numeral.kind == "identifier":
        return _fractional_odds(context, numeral) or _placed(context, numeral), index + 1
    if numeral.kind == "time":
        return _clock_result(context, numeral), index + 1
    if numeral.kind not in ("number", "fraction", "multiple") or numeral.value is None:
        return None, index + 1
    if _is_named(context, numeral) or _is_best_of(context, numeral):
        return None, index + 1
    for special in (_odds, _to_one, _for_every, _betting, _score, _tolerance, _innings):
        made = special(context, index)
        if made is not None:
            return made
    plain = _plain(context, numeral)
    is_event = plain.unit in _LENGTHS and context.low(plain.after) in cues("races")
    return (None if is_event else plain), index + 1


def _is_best_of(context: _Context, numeral: Numeral) -> bool:
    """The seven of "a best-of-seven series"."""
    texts = [t.low for t in context.tokens[max(0, numeral.first - 4) : numeral.first]]
    return len(texts) == 4 and texts[::2] == ["best", "of"] and set(texts[1::2]) <= set(HYPHENS)


_RESULT = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d\d(?:\.\d{1,3})?)")


def _clock_result(context: _Context, numeral: Numeral) -> Quantity | None:
    """ "won in 2:05:11", "a best of 29:58.12": a time on the clock, in seconds; no time of day."""
    texts = [t.text for t in context.tokens[numeral.first : numeral.after]]
    match = _RESULT.fullmatch("".join(texts))
    if match is None:
        return None
    if match[1] is None and "." not in match[3] and not _is_run_in(context, numeral):
        return None
    if context.low(numeral.first - 1) in ("at", "from", "until", "by", "till", "@"):
        return None
    if context.low(numeral.after) in ("am", "pm", "a", "p", "gmt", "utc", "local", "cet", "est"):
        return None
    seconds = Decimal(match[3])
    value = Decimal(match[1] or 0) * 3600 + Decimal(match[2]) * 60 + seconds
    place = Decimal(1).scaleb(int(seconds.as_tuple().exponent))
    return _spanning(context, numeral.first, numeral.after, value, place, "s", "plain")


def _is_run_in(context: _Context, numeral: Numeral) -> bool:
    """Whether "32:31" is minutes and seconds: "climbed it in 32:31", "a best of 14:05"."""
    before, led = context.low(numeral.first - 1), context.low(numeral.first - 2)
    timed = led in cues("clocked") or not context.lows.isdisjoint(cues("clocked"))
    return (before in ("in", "of", "to") and timed) or before in ("clocked", "timed", "ran")


def _is_named(context: _Context, numeral: Numeral) -> bool:
    """A capitalised number word inside a name: "the Five-Year Plan", "the Big Four"."""
    token = context.tokens[numeral.first]
    if token.kind == "n":
        return _is_span_of_name(context, numeral)
    if token.kind != "w" or not token.text[0].isupper():
        return False
    if numeral.first and _is_span_of_name(context, numeral):
        return True
    if numeral.first == 0:
        return context.text(numeral.after) == "&" or _opens_name(context, numeral)
    before, after = context.text(numeral.first - 1), context.text(numeral.after)
    if numeral.after == numeral.first + 1 and not _opens(before) and _ends_name(context, numeral):
        return True
    if after in HYPHENS:
        after = context.text(numeral.after + 1)
    return (before[:1].isupper() and before.isalpha()) or (after[:1].isupper() and after.isalpha())


def _is_span_of_name(context: _Context, numeral: Numeral) -> bool:
    """ "the 100 Years War", "30 Seconds to Mars": a span of time with a capital."""
    first = context.text(numeral.after)
    if not first.istitle() or len(first) < 4:
        return False
    words = [first, context.text(numeral.after + 1), context.text(numeral.after + 2)]
    named = units.named_as(first)
    if named is None or not units.is_duration(named.unit):
        return False
    if words[1].istitle() or (words[1] in ("'", "’") and words[2].istitle()):
        return True
    return not _is_titled(context)


def _is_titled(context: _Context) -> bool:
    """Whether most words have a capital: none of them tells a name."""
    said = [t for t in context.tokens if t.kind == "w"]
    return sum(t.text[0].isupper() for t in said) * 2 > len(said)


def _opens_name(context: _Context, numeral: Numeral) -> bool:
    """ "Three Mile Island may reopen": capitals follow where the sentence has few others."""
    run = 0
    while context.is_word(numeral.after + run) and context.text(numeral.after + run)[0].isupper():
        run += 1
    titled = context.text(run + 1).islower() and is_plural(context.low(run + 1))
    people = is_plural(context.low(run)) or context.low(run).endswith("se")
    if numeral.after > 1 or (people and not titled):
        return False
    capitals = sum(t.kind == "w" and t.text[0].isupper() for t in context.tokens)
    return run > 0 and capitals * 2 <= len(context.tokens)


def _ends_name(context: _Context, numeral: Numeral) -> bool:
    """ "the Group of Seven issued", "Five Guys and Three are": no noun follows."""
    after = context.low(numeral.after)
    of_name = (
        context.low(numeral.first - 1) == "of" and context.text(numeral.first - 2)[:1].isupper()
    )
    return of_name or not context.text(numeral.after)[:1].islower() or after in lexicon.closed()


def _opens(before: str) -> bool:
    """Whether a mark before a word lets it begin a sentence."""
    return before in (".", ":", ";", "“", '"', "(", "‘", "—", "–", "•", "*", "-")


# ------------------------------------------------------------------ special forms


def _rank(context: _Context, numeral: Numeral) -> Quantity | None:
    """ "third place", "ranked 4th", "finished second"."""
    after = numeral.after
    before = context.low(numeral.first - 1)
    if context.low(after) in ("place", "spot", "rank", "ranking") and before != "take":
        after += 1
    elif context.low(after) in HYPHENS and context.low(after + 1) in ("place", "placed"):
        after += 2
    elif _is_superlative(context, after):
        after += 2
    elif before == "." or not _is_ranked(context, numeral.first, after):
        return None
    if numeral.value is None:
        return None
    return _spanning(context, numeral.first, after, numeral.value, Decimal(0), "rank", "rank")


def _is_superlative(context: _Context, after: int) -> bool:
    """ "fourth-largest"."""
    return (
        context.text(after) in "-‐‑"
        and context.low(after + 1).endswith("est")
        and context.glued(after + 1)
    )


def _is_ranked(context: _Context, first: int, after: int) -> bool:
    follows = context.low(after)
    if context.low(first - 1) in ("is", "was", "are", "were", "sits", "lies", "stands", "now"):
        return follows in ("in", "among", "worldwide", "globally", "nationally")
    led = context.low(first - 1)
    came = led == "in" and context.low(first - 2) in ("came", "come", "comes", "coming")
    verb_at = first - 2 if came or led in ("joint", "only", "just", "a") else first - 1
    standing = follows == "in" and context.low(after + 1) == "the" and (
        context.low(after + 2) in cues("standings")
    )  # fmt: skip
    if standing and verb_at == first - 1:
        return True
    if context.low(verb_at) not in cues("ranking"):
        return False
    return not context.is_word(after) or follows in cues("after_rank")


def _placed(context: _Context, numeral: Numeral) -> Quantity | None:
    """The 6 of "no. 6 on our list", of "ranked No 12", of "the No. 3 seed"."""
    text, at = context.text(numeral.first), numeral.first - 1
    at -= context.text(at) == "."
    if numeral.after != numeral.first + 1 or not text.isdecimal() or len(text) > 3:
        return None
    if context.low(at) not in ("no", "number"):
        return None
    verb = at - 1 - (context.low(at - 1) in ("at", "as", "the", "to"))
    placed = context.low(verb) in cues("placing")
    after = [context.low(k) for k in range(numeral.after, numeral.after + _PLACED_REACH)]
    listed = after[0] in ("in", "on") and not cues("standings").isdisjoint(after)
    if not (placed or listed or after[0] in ("seed", "seeds")):
        return None
    return _spanning(
        context, numeral.first, numeral.after, Decimal(text), Decimal(0), "rank", "rank"
    )  # fmt: skip


_PLACED_REACH = 4


def _spanning(
    context: _Context,
    first: int,
    after: int,
    value: Decimal | None,
    place: Decimal,
    unit: str | None,
    form: str,
) -> Quantity:
    tokens = context.tokens
    return Quantity(
        first, after, tokens[first].start, tokens[after - 1].end, value, place, unit, form
    )


def _odds(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "one in five", "3 out of 10": a ratio."""
    if index + 1 >= len(context.numerals):
        return None
    above, below = context.numerals[index], context.numerals[index + 1]
    at = numerals.odds_below(context.tokens, above.after)
    if at is None or not below.first <= at < below.after:
        return None
    between = [t.low for t in context.tokens[above.after : below.first]]
    if between[0] not in ("in", "out", "of") and (above.value is None or above.value > 20):
        return None
    if not _are_odds(above, below, between) or _is_over(context, between, below):
        return None
    assert above.value is not None and below.value is not None
    made = _as_odds(context, (above.first, below.after), above.value, below.value)
    if context.is_word(above.after) and between[0] not in stops():
        made.noun, made.noun_at = between[0], above.after
    return made, index + 2


def _to_one(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "outnumbered them by two to one": so many times as many."""
    if index + 1 >= len(context.numerals):
        return None
    above, one = context.numerals[index], context.numerals[index + 1]
    between = [t.low for t in context.tokens[above.after : one.first]]
    led = context.low(above.first - 1) in ("by", "nearly", "almost", "about", "roughly", "than")
    if one.value != 1 or between != ["to"] or not led or above.kind != "number":
        return None
    if not above.value or above.value <= 1 or _noun_head(context, one.after) is not None:
        return None
    if "by" not in (context.low(above.first - 1), context.low(above.first - 2)):
        return None
    made = _spanning(
        context, above.first, one.after, above.value, above.place, "1", "multiple"
    )  # fmt: skip
    return made, index + 2


def _for_every(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "£4 for every £1": so much money for so much of the same."""
    if index + 1 >= len(context.numerals):
        return None
    above, below = context.numerals[index], context.numerals[index + 1]
    between = [t.low for t in context.tokens[above.after : below.first]]
    if len(between) != 3 or between[0] != "for" or between[1] not in _EVERY or not below.value:
        return None
    first, money = _money_before(context, above.first)
    named = units.named_as(between[2])
    if money is None or named is None or named.unit != money or above.value is None:
        return None
    value = _whole((above.value / below.value).quantize(Decimal("0.0001")).normalize())
    made = _spanning(context, first, below.after, value, Decimal("0.01"), "1", "multiple")
    return made, index + 2


_EVERY = frozenset({"every", "each"})


def _is_over(context: _Context, between: list[str], below: Numeral) -> bool:
    """ "17 goals in 22 league matches": things in other things are no odds."""
    named = len(between) > 1 and between[-1] == "in" and between[0] not in ("in", "out", "of")
    return named and is_plural(between[-2]) and _noun_head(context, below.after) is not None


def _are_odds(above: Numeral, below: Numeral, between: list[str]) -> bool:
    if below.kind != "number" or above.kind != "number" or not above.value or not below.value:
        return False
    if below.value != below.value.to_integral_value():
        return False
    if above.value != above.value.to_integral_value() or below.value > 10**7:
        return False
    return 0 < above.value < below.value and (
        below.value <= 1000 or len(between) > 1 or above.value == 1
    )


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _score(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "won 3-1"."""
    cricket = not context.lows.isdisjoint(cues("cricket"))
    if index + 1 >= len(context.numerals):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    tight = _is_tight(context, a, b)
    if not tight or not (
        cricket or not context.lows.isdisjoint(cues("score")) or _is_outcome(context, a, b)
    ):
        return None
    most = 1000 if cricket and (b.value or 0) <= 10 else 200
    if a.spelled or b.spelled or not _is_score_number(a, most):
        return None
    if not _is_score_number(b):
        return None
    follows = context.text(b.after)
    if follows in HYPHENS or units.match([follows], 0) is not None or follows in ("%", "years"):
        return None
    made = _spanning(context, a.first, b.after, None, Decimal(0), "score", "score")
    made.text = f"{a.value}-{b.value}"
    return made, index + 2


def _is_tight(context: _Context, a: Numeral, b: Numeral) -> bool:
    """Whether only a glued hyphen stands between two numbers."""
    joined = context.text(a.after) in HYPHENS and b.first == a.after + 1
    return joined and context.glued(a.after) and context.glued(b.first)


def _is_outcome(context: _Context, a: Numeral, b: Numeral) -> bool:
    """ "the derby ended 0-0", "the Senate confirmed her 51-49 on Friday": nothing is counted."""
    ends = not context.is_word(b.after) or context.low(b.after) in cues("after_outcomes")
    if not ends or context.low(a.first - 1) in stops() - cues("voted_on"):
        return False
    before = [context.low(k) for k in range(max(0, a.first - _OUTCOME_REACH), a.first)]
    if before and before[-1] in cues("outcomes"):
        return True
    voted = any(low in cues("votes") for low in before)
    return voted and not context.lows.isdisjoint(cues("voters"))


_OUTCOME_REACH = 8
_SLASHED = re.compile(r"(\d{1,4})/(\d{1,2})")


def _fractional_odds(context: _Context, numeral: Numeral) -> Quantity | None:
    """ "the 11/4 favourite", "bookmakers offer 7/2"."""
    said = "".join(t.text for t in context.tokens[numeral.first : numeral.after])
    match = _SLASHED.fullmatch(said)
    if match is None or not int(match[2]) or context.lows.isdisjoint(cues("betting")):
        return None
    led, follows = context.low(numeral.first - 1), context.low(numeral.after)
    if said == "24/7" or not (led in cues("before_odds") or follows in cues("favourites")):
        return None
    return _at_odds(
        context, (numeral.first, numeral.after), Decimal(match[1]), Decimal(match[2])
    )  # fmt: skip


def _betting(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "started at 33-1", "the 11-4 favourite": so much is won for so much."""
    if index + 1 >= len(context.numerals):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    if not _is_tight(context, a, b) or a.spelled or b.spelled or not a.value or not b.value:
        return None
    if not (_is_score_number(a, 1001) and _is_score_number(b, 11)) or b.value > 10:
        return None
    led, follows = context.low(a.first - 1), context.low(b.after)
    told = not context.lows.isdisjoint(cues("betting"))
    if not (follows in cues("favourites") or (told and led in ("at", "of", "from", "to", "on"))):
        return None
    return _at_odds(context, (a.first, b.after), a.value, b.value), index + 2


def _at_odds(context: _Context, place: tuple[int, int], above: Decimal, below: Decimal) -> Quantity:
    """So much that is won for so much at stake: odds, and of nothing else."""
    made = _as_odds(context, place, above, below)
    made.noun, made.noun_at = "odds", place[0]
    return made


def _as_odds(context: _Context, place: tuple[int, int], above: Decimal, below: Decimal) -> Quantity:
    """One number for each of another, from one token to before another."""
    value = _whole(numerals.quotient(above, below))
    return _spanning(context, *place, value, Decimal("0.01"), "1", "odds")


def _is_score_number(numeral: Numeral, most: int = 200) -> bool:
    value = numeral.value
    return numeral.kind == "number" and value is not None and value < most and value == int(value)


def _tolerance(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "5.0 ± 0.2 km": value and how far it may be off."""
    if index + 1 >= len(context.numerals):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    if b.first - a.after > 3:
        return None
    between = "".join(t.text for t in context.tokens[a.after : b.first])
    if between not in ("±", "+/-") or b.value is None:
        return None
    made = _plain(context, a)
    scale = _scale_of(context, _plain(context, b))
    if scale != 1 and _scale_of(context, made) == 1 and made.value is not None:
        made.value, made.place = made.value * scale, made.place * scale
    made.spread = b.value
    if made.unit is None or made.after > b.first:
        unit = _plain(context, b).unit
        made = _spanning(context, a.first, a.after, made.value, made.place, unit, "plain")
        made.spread = b.value
    return made, index + 1


def _innings(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "214 for 4", "five for 88": the runs of a side, the wickets of a bowler."""
    if index + 1 >= len(context.numerals) or context.lows.isdisjoint(cues("cricket")):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    joined = b.first == a.after + 1 and context.low(a.after) == "for"
    if not joined or not _is_score_number(b) or a.kind != "number" or a.value is None:
        return None
    assert b.value is not None
    if (a.value > 10) == (b.value > 10) or _unit_after(context, b.after) is not None:
        return None
    unit = "run" if a.value > 10 else "wicket"
    return _spanning(context, a.first, b.after, a.value, a.place, unit, "plain"), index + 2


# ------------------------------------------------------------------ number and unit


def _plain(context: _Context, numeral: Numeral) -> Quantity:
    first, money = _money_before(context, numeral.first)
    negative, first = _sign(context, first, money is not None)
    plus = context.text(first) == "+"
    value, place = numeral.value, numeral.place
    assert value is not None
    made = _spanning(context, first, numeral.after, value, place, None, numeral.kind)
    made.form = "plain" if numeral.kind == "number" else numeral.kind
    made.spelled = numeral.spelled
    made.text = "+" if plus else None
    if money is not None:
        _take_code(context, made, money)
    elif numeral.kind == "multiple" or (
        numeral.kind == "fraction" and not _has_unit_after(context, made)
    ):
        made.unit = "1"
        if numeral.kind == "fraction":
            _part_of_unit(context, made)
            _and_half(context, made)
    else:
        if value < 1 and context.low(made.after) == "of":
            _part_of_unit(context, made)
        if made.unit is None:
            _take_unit(context, made)
    if made.unit is None or units.is_money(made.unit):
        _take_exchange(context, made)
    _undot(context, made, numeral)
    if negative and made.value is not None:
        made.value = -made.value
    _take_per(context, made)
    made.start, made.end = context.tokens[made.first].start, context.tokens[made.after - 1].end
    return made


def _take_exchange(context: _Context, quantity: Quantity) -> None:
    """ "the peso traded at 938 to the dollar": so much of one money for one of another."""
    i = quantity.after
    led = context.low(i) in ("to", "for") and context.low(i + 1) in ("the", "one", "a", "each")
    i += 2 if led else 1
    below = units.named_as(context.text(i)) if led or context.low(i - 1) == "per" else None
    if below is None or not units.is_money(below.unit) or below.factor != 1:
        _take_bought(context, quantity)
        return
    if quantity.unit is not None:
        _take_quotient(context, quantity, below.unit, i)
        return
    spoken = (units.named_as(t.text) for t in context.tokens[: quantity.first] if t.kind == "w")
    above = next((n.unit for n in spoken if n and units.is_money(n.unit)), None)
    if above is not None and above != below.unit:
        above = _by_place(context, above, _word_of(context, above))
        quantity.unit, quantity.after = f"{above}/{below.unit}", i + 1


def _take_quotient(context: _Context, quantity: Quantity, below: str, i: int) -> None:
    """ "¥142 to the dollar", "1.08 dollars per euro": a price of money, not "the euro area"."""
    named = _by_place(context, below, context.low(i))
    goes_on = context.low(i + 1) in _NO_MONEY_BEFORE or context.text(i + 1)[:1].isdigit()
    if quantity.unit != named and "/" not in (quantity.unit or "") and not goes_on:
        quantity.unit, quantity.after = f"{quantity.unit}/{named}", i + 1


_NO_MONEY_BEFORE = frozenset("area zone bloc region menu store amount value equivalent".split())
_SUBJECT_REACH = 8


def _take_bought(context: _Context, quantity: Quantity) -> None:
    """ "The dollar bought 142.6 yen", "the pound fell to $1.27": money told in other money."""
    if quantity.unit is None or quantity.value is None or quantity.value >= 100_000:
        return
    for k in range(quantity.first - 1, max(0, quantity.first - _SUBJECT_REACH), -1):
        token = context.tokens[k]
        if token.kind == "n" or token.low in (",", ";", ":", ".", "and", "of"):
            return
        named = units.named_as(token.text) if context.is_word(k) else None
        if named is None or not units.is_money(named.unit):
            continue
        led = context.low(k - 1) in ("the", "one", "a") and named.factor == 1
        if (
            led
            and token.low.isalpha()
            and named.unit != quantity.unit
            and _is_rated(context, k + 1)
        ):
            above = _by_place(context, quantity.unit, context.low(quantity.after - 1))
            quantity.unit = f"{above}/{_by_place(context, named.unit, token.low)}"
        return


def _is_rated(context: _Context, k: int) -> bool:
    """Whether what follows a currency says what it is worth."""
    return context.low(k + context.low(k).endswith("ly")) in cues("rated")


def _word_of(context: _Context, unit: str) -> str:
    """The word that the sentence has for a currency."""
    named = ((t.low, units.named_as(t.text)) for t in context.tokens if t.kind == "w")
    return next((low for low, name in named if name is not None and name.unit == unit), "")


_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def _undot(context: _Context, quantity: Quantity, numeral: Numeral) -> None:
    """ "101.000 cars": nobody counts things, or money, to three places that are nothing."""
    text = context.text(numeral.first)
    if quantity.value is None or numeral.after != numeral.first + 1 or not _DOTTED.fullmatch(text):
        return
    things = quantity.noun is not None and units.is_count(quantity.unit or "")
    money = units.is_money(quantity.unit or "")
    if (things or money) and text.endswith("000"):
        quantity.value, quantity.place = quantity.value.scaleb(3), Decimal(1)


def _has_unit_after(context: _Context, quantity: Quantity) -> bool:
    return quantity.form == "fraction" and _unit_after(context, quantity.after) is not None


def _part_of_unit(context: _Context, quantity: Quantity) -> None:
    """ "half a litre", "two-thirds of a hectare", "a quarter-point"."""
    i = quantity.after
    if context.text(i) in HYPHENS and context.low(i + 1) in ("point", "points"):
        quantity.unit, quantity.form, quantity.after = "pp", "plain", i + 2
        return
    i += context.low(i) == "of"
    if context.low(i) not in ("a", "an", "one"):
        return
    found = _unit_after(context, i + 1)
    if found is None and context.low(i + 1) == "point":
        quantity.unit, quantity.form, quantity.after = "pp", "plain", i + 2
    elif found is not None and _is_divisible(found[0].unit):
        quantity.unit, quantity.form, quantity.after = found[0].unit, "plain", found[1]


def _is_divisible(unit: str) -> bool:
    return units.is_physical(unit) or units.is_duration(unit) or unit in ("%", "pp")


def _and_half(context: _Context, quantity: Quantity) -> None:
    """ "a year and a half": the one is said by the article before the unit."""
    first = quantity.first
    if context.low(first - 1) != "and" or context.low(first - 3) not in ("a", "an"):
        return
    named = units.named_as(context.text(first - 2))
    if named is not None and _is_divisible(named.unit) and quantity.value is not None:
        quantity.unit, quantity.form, quantity.first = named.unit, "plain", first - 3
        quantity.value += 1
        quantity.place = Decimal("0.1")


def _money_before(context: _Context, first: int) -> tuple[int, str | None]:
    """Where the currency before tokens[first] begins, and its code."""
    i = first - 1
    if context.text(i) in MINUSES and context.text(i - 1) in ("$", "£", "€", "¥", "₹"):
        i -= 1
    if context.text(i) == "." and context.low(i - 1) in ("rs", "rp", "fr", "tk"):
        i -= 1
    if i < 0 or context.tokens[i].kind not in "sw":
        return first, None
    begins = i
    while begins > max(0, i - 2) and context.tokens[begins].glued:
        begins -= 1
    for begin in range(begins, i + 1):
        joined = "".join([t.text for t in context.tokens[begin : i + 1]])
        if begin == i and joined in context.places and joined.isupper():
            return i, joined
        named = units.named_as(joined)
        if named is not None and _is_code_before(context, joined, i, named.unit):
            return begin, named.unit
    return first, None


def _is_code_before(context: _Context, text: str, i: int, unit: str) -> bool:
    """Signs and codes stand before a number; words ("yuan 5") do not, and R, kr, Fr only glued."""
    if not units.is_money(unit) or (
        text.lower() in data.load("currencies")["words"] and text != "RMB"
    ):
        return False
    if text == "R" and context.text(i + 1).isdecimal() and len(context.text(i + 1)) < 2:
        return context.low(i + 2) in numerals.words().scales
    if text in ("R", "Fr", "kr"):
        return context.glued(i + 1)
    return True


def _sign(context: _Context, first: int, is_money: bool) -> tuple[bool, int]:
    """Whether a minus stands before tokens[first], and where the quantity then begins."""
    before = context.text(first - 1)
    if is_money and context.text(first + 1) in MINUSES:
        return True, first
    if before.lower() in ("minus", "negative") and not context.glued(first):
        return (True, first - 1) if context.low(first - 2) != "or" else (False, first)
    if not context.glued(first):
        return False, first
    starts = first == 1 or not context.glued(first - 1) or context.text(first - 2) in "(|["
    if before in ("+", "±") and starts:
        return False, first - 1 if before == "+" else first
    if before in MINUSES and starts:
        return True, first - 1
    return False, first


def _take_code(context: _Context, quantity: Quantity, money: str) -> None:
    """Money named before the number; a word or code after it may say more ("$5 billion USD")."""
    quantity.unit = money
    found = _unit_after(context, quantity.after)
    if found is None:
        return
    named, after = found
    if units.is_money(named.unit) and (money == "USD" or named.unit == money):
        quantity.unit, quantity.after = named.unit, after


def _unit_after(context: _Context, after: int) -> tuple[units.Named, int] | None:
    """The unit at tokens[after], perhaps behind a hyphen."""
    step = after + (context.text(after) == "." and context.low(after - 1) in ("mio", "mrd"))
    if context.text(step) in HYPHENS and context.glued(step) and context.glued(step + 1):
        step += 1
    opening = context.text(step)
    if opening not in HYPHENS and not units.may_begin(opening):
        return None
    texts: list[str] = []
    origin: list[int] = []
    for k in range(step, min(step + 7, len(context.tokens))):
        piece = context.text(k)
        if piece in HYPHENS and context.glued(k) and context.glued(k + 1):
            continue
        texts.append(piece)
        origin.append(k)
    found = units.match(texts, 0)
    if found is None:
        return None
    named, count = found
    if count == 1 and not _is_meant(context, step, after):
        return None
    return _powered(context, named, origin[count - 1] + 1)


def _powered(context: _Context, named: units.Named, after: int) -> tuple[units.Named, int]:
    """ "814 mm2", "24 km3": a length with a power right behind it."""
    power = _POWERS.get(context.text(after)) if context.glued(after) else None
    goes_on = context.is_word(after + 1) and context.glued(after + 1)
    if power is None or named.unit not in _LENGTHS or goes_on:
        return named, after
    return units.Named(named.unit + power), after + 1


_POWERS = {"2": "²", "3": "³", "²": "²", "³": "³"}
_LENGTHS = frozenset({"nm", "µm", "mm", "cm", "m", "km", "ft", "mi"})
_TIGHT_ONLY = frozenset("A U B s d p c R C y T K F d Q".split()) | {"b", "k"}


def _is_meant(context: _Context, at: int, after: int) -> bool:
    """Whether a one-token unit is one here: "5 won" may be a verb, "3 A" is no current."""
    text = context.text(at)
    if (
        context.tokens[at].kind == "s"
        and context.glued(at + 1)
        and context.tokens[at + 1].kind == "n"
    ):
        return False
    if text == "Cent":
        return False
    if text.lower() in _old_money():
        return _is_much(context, after)
    if text in _TIGHT_ONLY and not context.glued(at):
        return False
    if text == "won":
        told = "korea" in context.places or not context.lows.isdisjoint(("korean", "korea"))
        return context.low(after - 1) in numerals.words().scales or told
    if text in (
        "Real",
        "real",
        "rand",
        "lev",
        "lei",
        "dong",
        "bar",
        "stone",
        "pint",
        "second",
        "degree",
    ):
        return not context.is_word(at + 1) or text not in (
            "Real",
            "real",
            "stone",
            "second",
            "pint",
        )
    return True


@cache
def _old_money() -> frozenset[str]:
    return frozenset(f for w in data.load("currencies")["uncoded"]["words"] for f in (w, w + "s"))


def _is_much(context: _Context, after: int) -> bool:
    """Crowns are money by the hundred or beside other money: a dentist makes three."""
    number = context.text(after - 1)
    if number in numerals.words().scales or any(t.text in "$€£¥₹" for t in context.tokens):
        return True
    return sum(c.isdigit() for c in number) > 2


def _take_unit(context: _Context, quantity: Quantity) -> None:
    if context.text(quantity.after) == "pc" and context.glued(quantity.after):
        quantity.unit, quantity.after = "%", quantity.after + 1
        return
    found = _unit_after(context, quantity.after)
    if found is None:
        _take_minor_or_count(context, quantity)
        return
    named, after = found
    hyphened = context.text(quantity.after) in HYPHENS
    quantity.attributive = hyphened
    quantity.unit = _pounds(context, named.unit, quantity, after)
    if named.factor != 1 and context.low(after - 1) in ("cent", "cents"):
        quantity.unit = _cents_of(context)
    elif units.is_money(named.unit):
        quantity.unit = _by_place(context, quantity.unit, context.low(after - 1))
    if named.factor != 1:
        assert quantity.value is not None
        quantity.value, quantity.place = (
            quantity.value * named.factor,
            quantity.place * named.factor,
        )
    quantity.after = after
    if units.is_duration(quantity.unit):
        _take_age(context, quantity)


def _by_place(context: _Context, unit: str, word: str) -> str:
    """The currency of a word that several countries call theirs, by the country spoken of.

    The sentence decides where it names one such country, else the article does.
    """
    table = data.load("currencies")["shared"].get(units.singular(word))
    if table is None:
        return unit
    for lows in (context.lows, context.places):
        named = {code for place, code in table.items() if place in lows}
        if named:
            return str(named.pop()) if len(named) == 1 else unit
    return unit


@cache
def places() -> frozenset[str]:
    """The names of countries that tell one currency from another, lower case."""
    shared = data.load("currencies")["shared"]
    return frozenset(place for table in shared.values() for place in table)


def _cents_of(context: _Context) -> str:
    """Whose cents: those of the currency that the sentence speaks of, dollars without one."""
    if "€" in {t.text for t in context.tokens} or context.lows & {"euro", "euros", "eur"}:
        return "EUR"
    signs = data.load("currencies")["signs"]
    spoken = [
        signs.get(a.text + b.text) for a, b in pairwise(context.tokens) if b.glued and b.text == "$"
    ]
    told = next((code for code in spoken if code), None)
    if told or "$" in context.lows:
        return told or "USD"
    return _by_place(context, "USD", "cent")


def _pounds(context: _Context, unit: str, quantity: Quantity, after: int) -> str:
    """ "pounds" weigh where the sentence is about weight."""
    if unit != "GBP" or not context.low(after - 1).startswith("pound"):
        return unit
    kilos = {"kg", "kilograms", "kilogrammes"}
    if context.low(after) == "of" or not context.lows.isdisjoint(kilos):
        return "lb"
    if _is_weighed_beside(context, quantity, after):
        return "lb"
    heavy = {
        "weigh",
        "weighs",
        "weighed",
        "weighing",
        "weight",
        "heavier",
        "lighter",
        "lb",
        "ounces",
    }
    return "lb" if not context.lows.isdisjoint(heavy) else unit


def _is_weighed_beside(context: _Context, quantity: Quantity, after: int) -> bool:
    """ "22,000 tonnes (48.5 million pounds)", "40 pounds (18 kg)": the same told as a weight."""
    first = quantity.first - 1
    named = units.named_as(context.text(first - 1)) if context.text(first) == "(" else None
    if named is None and context.text(after) == "(" and after + 1 < len(context.tokens):
        told = numerals.read(context.tokens, after + 1)
        named = units.named_as(context.text(told.after)) if told is not None else None
    return named is not None and data.load("natures")["units"].get(named.unit) == "mass"


def _take_age(context: _Context, quantity: Quantity) -> None:
    after = quantity.after
    if context.low(after) == "old" or (
        context.text(after) in HYPHENS and context.low(after + 1).startswith("old")
    ):
        quantity.after = after + 1 if context.low(after) == "old" else after + 2
        quantity.form = "age"


def _take_minor_or_count(context: _Context, quantity: Quantity) -> None:
    low, text = context.low(quantity.after), context.text(quantity.after)
    if text in ("p", "c", "¢") and context.glued(quantity.after):
        assert quantity.value is not None
        quantity.unit = data.load("currencies")["minor"][text]
        quantity.value, quantity.place = quantity.value / 100, quantity.place / 100
        quantity.after += 1
    elif text == "in" and context.glued(quantity.after) and _follows_feet(context, quantity):
        quantity.unit, quantity.after = "inch", quantity.after + 1
    elif text in ("C", "F") and context.glued(quantity.after):
        quantity.unit = f"°{text}"
        quantity.after += 1
    elif low in ("times", "x", "fold") or (
        text in HYPHENS and context.low(quantity.after + 1) == "fold"
    ):
        _take_times(context, quantity, low)
    else:
        _take_noun(context, quantity)


def _follows_feet(context: _Context, quantity: Quantity) -> bool:
    """ "6ft 7in": what else stands for a word is inches behind feet."""
    return context.low(quantity.first - 1) in ("ft", "feet", "foot")


def _take_times(context: _Context, quantity: Quantity, low: str) -> None:
    quantity.after += 2 if low in HYPHENS else 1
    quantity.unit, quantity.form = "1", "multiple"


@cache
def cues(name: str) -> frozenset[str]:
    """The words of a table of cues."""
    return frozenset(data.load("grammar")["cues"][name].split())


@cache
def _nouns() -> frozenset[str]:
    return frozenset(data.load("nouns")["irregular"])


@cache
def stops() -> frozenset[str]:
    """Words that end a noun phrase."""
    table = data.load("grammar")
    return frozenset(word for name in table["stops"] for word in table["stops"][name])


def _take_noun(context: _Context, quantity: Quantity) -> None:
    """ "25 million copies", "65 gold medals", "a 12-nation bloc"."""
    i = quantity.after
    hyphened = context.text(i) in HYPHENS and context.glued(i) and context.glued(i + 1)
    if hyphened and context.is_word(i + 1):
        _take_attributive(context, quantity, i + 1)
        return
    head = _noun_head(context, i)
    if head is None and quantity.value == 1 and not quantity.spelled:
        head = _single(context, i)
    if head is None:
        return
    quantity.noun = _joined_words(context, i, head + 1)
    quantity.noun_at = i
    quantity.after = head + 1
    quantity.unit = _compound_unit(context, head) or units.singular(context.low(head))


def _compound_unit(context: _Context, head: int) -> str | None:
    """The "seat-kilometre" of "2,756 million seat-kilometres", of "40 man-hours"."""
    if not (context.text(head - 1) in HYPHENS and context.glued(head - 1) and context.glued(head)):
        return None
    named = units.named_as(context.low(head)) if context.is_word(head - 2) else None
    if named is None or not _is_divisible(named.unit) or named.unit in _PLAIN:
        return None
    if units.named_as(f"{context.low(head - 2)} {context.low(head)}") is not None:
        return None
    return f"{context.low(head - 2)}-{units.singular(context.low(head))}"


_PLAIN = frozenset({"%", "pp"})


def _single(context: _Context, i: int) -> int | None:
    """The noun of "1 teacher": a lower-case word that a mark or a small word follows."""
    if not context.is_word(i) or context.glued(i) or not context.text(i).islower():
        return None
    ends = not context.is_word(i + 1) or context.low(i + 1) in stops()
    return i if ends and len(context.low(i)) > 2 and context.low(i) not in stops() else None


def _joined_words(context: _Context, first: int, after: int) -> str:
    """The words tokens[first:after] but for light ones, hyphens tight."""
    said = ""
    for token in context.tokens[first:after]:
        if token.low not in _LIGHT:
            said += token.low if token.glued or not said else f" {token.low}"
    return said


_LIGHT = frozenset(
    {
        "more",
        "other",
        "additional",
        "further",
        "new",
        "different",
        "extra",
        "of",
        "the",
        "fewer",
        "such",
    }
)


def _take_attributive(context: _Context, quantity: Quantity, i: int) -> None:
    low = context.low(i)
    if (
        low in stops()
        or len(low) < 3
        or low in ("odd", "plus", "strong", "based", "fold", "related")
    ):
        if low == "strong":
            quantity.after = i + 1
        elif low in ("odd", "plus") and _noun_head(context, i + 1) is not None:
            quantity.after = i + 1
            quantity.comparator = "about" if low == "odd" else "more than"
            _take_noun(context, quantity)
        return
    if context.text(i + 1) in HYPHENS and context.glued(i + 1):
        return
    named = units.named_as(low) if low == "second" else None
    quantity.unit = named.unit if named is not None else units.singular(low)
    quantity.after, quantity.attributive = i + 1, True


def _noun_head(context: _Context, i: int) -> int | None:
    """The token of the counted noun after a number: the last of a run of plural-ending words."""
    head = None
    for k in range(i, min(i + 6, len(context.tokens))):
        if not _in_noun_phrase(context, k, head):
            break
        if is_plural(context.low(k)) and _may_head(context, k):
            if head == k - 1 and _is_verb_after(context, k):
                break
            if head is None and _is_priced(context, k):
                break
            head = k
        elif head is not None:
            break
    return head


def _in_noun_phrase(context: _Context, k: int, head: int | None) -> bool:
    token = context.tokens[k]
    if token.kind == "w" and context.text(k + 1) in "-‐‑" and context.glued(k + 1):
        return token.low not in stops() or token.low in numerals.words().cardinals
    if token.kind == "s":
        return token.text in "-‐‑" and token.glued and context.glued(k + 1) and head is None
    if token.low in numerals.words().cardinals or token.low in numerals.words().tens:
        return False
    if token.kind != "w" or token.low.endswith("'s"):
        return False
    if token.low in ("of",) and head is None and context.low(k + 1) == "the":
        return False
    return token.low not in stops() or (token.low in ("more", "other", "such") and head is None)


def is_plural(low: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if low in _nouns():
        return low not in ("lens", "gas", "bus", "canvas", "news", "means")
    if low.endswith("people") and low != "people":
        return True
    return low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is", "'s"))


def _is_verb_after(context: _Context, k: int) -> bool:
    """The "starts" of "a trial with 300 schools starts in March"."""
    verb = lexicon.verbs().get(context.low(k))
    ends = context.low(k + 1) in stops() or not context.is_word(k + 1)
    before = context.low(k - 1)
    if verb is not None and k + 1 < len(context.tokens):
        sign = context.text(k + 1) in ("$", "€", "£", "¥", "₹")
        if context.tokens[k + 1].kind == "n" or sign:
            return True
    return verb is not None and ends and (verb.role == "other" or not before.endswith("s"))


def _is_priced(context: _Context, k: int) -> bool:
    """The "costs" of "lunch for two costs €58"."""
    sign = context.text(k + 1) in ("$", "€", "£", "¥", "₹") and context.glued(k + 2)
    return sign and context.low(k) in ("costs", "sells", "fetches", "earns", "pays", "makes")


def _may_head(context: _Context, k: int) -> bool:
    low = context.low(k)
    if low in lexicon.sure():
        return False
    return low not in ("previous times various across perhaps always overseas remains".split())


# ------------------------------------------------------------------ per-units


def _take_per(context: _Context, quantity: Quantity) -> None:
    """ "a barrel", "/kWh", "per 1,000 people"; percent keeps its own unit."""
    i = _past_stuff(context, quantity, quantity.after)
    word = context.low(i)
    if quantity.unit is None and quantity.form == "plain" and word in ("a", "to"):
        _take_bare_per(context, quantity, i, word)
    elif _is_for_each(context, quantity, i):
        _take_for_each(context, quantity, i + 2)
    elif word in ("per", "/") or (word in ("a", "an", "each", "every") and quantity.unit):
        _take_plain_per(context, quantity, i)
    elif word == "to" and context.low(i + 1) == "the" and quantity.unit:
        found = _denominator(context, i + 2, "to")
        if found is not None and found[0] in _AREAS and "/" not in quantity.unit:
            quantity.unit, quantity.after = f"{quantity.unit}/{found[0]}", found[1]
    if context.text(quantity.after) == "/" and "/" in (quantity.unit or ""):
        named = units.named_as(context.text(quantity.after + 1))
        if named is not None and context.glued(quantity.after + 1):
            quantity.unit, quantity.after = f"{quantity.unit}/{named.unit}", quantity.after + 2


def _take_plain_per(context: _Context, quantity: Quantity, i: int) -> None:
    """ "per barrel", "a car", "each a year"."""
    word = context.low(i)
    if context.text(i + 1) in HYPHENS and context.glued(i + 1) and context.glued(i):
        i += 1
    i += context.low(i + 1) in cues("sorts_of_share") and context.low(i + 2).startswith("share")
    if word == "each" and context.low(i + 1) in ("a", "an", "per"):
        i, word = i + 1, context.low(i + 1)
    found = _denominator(context, i + 1, word)
    if found is None and word in ("a", "an") and _may_be_for_one(context, quantity):
        found = _one(context, i + 1)
    if found is not None:
        _divide(quantity, *found)
        _divide_again(context, quantity)


def _may_be_for_one(context: _Context, quantity: Quantity) -> bool:
    """Whether "a car" may follow as what so much is for: not in "gave 40 people a lift"."""
    unit = quantity.unit or ""
    if units.is_money(unit) or units.is_physical(unit):
        return True
    before = (context.low(k) for k in range(max(0, quantity.first - _GIVER_REACH), quantity.first))
    verbs = (lexicon.verbs().get(low) for low in before)
    is_given = any(verb is not None and verb.lemma in cues("ditransitive") for verb in verbs)
    return quantity.noun is not None and units.is_count(unit) and not is_given


def _one(context: _Context, i: int) -> tuple[str, int] | None:
    """The car of "$6 a car": one lower-case noun that ends its phrase."""
    low = context.low(i)
    plain = context.is_word(i) and context.text(i).islower() and len(low) > 2
    if not plain or low in stops() or low in cues("not_for_one") or is_plural(low):
        return None
    following = context.low(i + 1)
    ends = not context.is_word(i + 1) or (following in stops() and following not in _GOES_ON)
    hyphened = context.text(i + 1) in HYPHENS and context.glued(i + 1)
    return (low, i + 1) if ends and not hyphened and "'" not in low else None


_GOES_ON = frozenset({"of", "ago", "earlier", "before", "later", "after", "to", "that", "who"})
_GIVER_REACH = 6


def _is_for_each(context: _Context, quantity: Quantity, i: int) -> bool:
    """The "for each" of "€50 for each child", the "in every" of "7.9 in every 100,000"."""
    word, following = context.low(i), context.low(i + 1)
    return (word == "for" and following in _EVERY) or (
        word == "in" and following == "every" and quantity.place < 1
    )


def _take_bare_per(context: _Context, quantity: Quantity, i: int, word: str) -> None:
    """ "34 a day", "380 to the acre": what is counted is told elsewhere."""
    step = i + 1 + (word == "to")
    if word == "to" and context.low(i + 1) != "the":
        return
    found = _denominator(context, step, "a" if word == "a" else "to")
    if found is None or not (found[0] in _AREAS or units.is_duration(found[0])):
        return
    if word == "to" and found[0] not in _AREAS:
        return
    quantity.per = found[0]
    quantity.after = found[1] if found[0] != "year" else quantity.after


def _take_for_each(context: _Context, quantity: Quantity, i: int) -> None:
    """ "DKK 30,000 for each newborn", "29 for every 10,000 people": so much for one of them."""
    bare = quantity.unit is None and quantity.form == "plain"
    many = bare and context.text(i)[:1].isdigit() and context.is_word(i + 1)
    if not many and (not units.is_money(quantity.unit or "") or not context.is_word(i)):
        return
    found = _denominator(context, i, "per")
    if found is not None and context.low(found[1]) not in ("of", "next"):
        _divide(quantity, *found)


def _past_stuff(context: _Context, quantity: Quantity, i: int) -> int:
    """Where the "per" of a quantity stands: behind a hyphen, or what is measured ("of CO2")."""
    if context.text(i) in HYPHENS and context.glued(i) and context.low(i + 1) in ("a", "an", "per"):
        i += 1
    unit = quantity.unit or ""
    if context.low(i) != "of" or not unit:
        return i
    if units.is_money(unit) and context.low(i - 1) != "pounds":
        return i
    beyond = _over_stuff(context, i)
    timed = context.low(beyond) in ("a", "an")
    if timed and not units.is_physical(unit):
        return i
    over = context.low(beyond) == "per" and units.is_physical(unit)
    if (timed or over) and quantity.noun is None:
        quantity.noun, quantity.noun_at = _joined_words(context, i + 1, beyond), i + 1
    return beyond


_AREAS = frozenset({"km²", "m²", "sq mi", "ha", "acre", "gal", "L"})


def _divide_again(context: _Context, quantity: Quantity) -> None:
    """ "£1,140 per patient per year"."""
    above, _, below = (quantity.unit or "").partition("/")
    i = quantity.after
    if not above or not below or "/" in below or units.is_duration(below):
        return
    if context.low(i) not in ("per", "a", "an", "/") or context.low(i - 1) == "per":
        return
    time = units.denominator(context.low(i + 1)) if context.is_word(i + 1) else None
    ended = _is_sentence_after(context, i + 1, 1, context.low(i))
    if time is not None and units.is_duration(time) and not ended:
        quantity.unit, quantity.after = f"{quantity.unit}/{time}", i + 2


def _over_stuff(context: _Context, i: int) -> int:
    """Past the "of CO2" of "0.89 pounds of CO2 per mile", of "36 litres of milk a head"."""
    for k in range(i + 2, i + 5):
        if context.low(k) == "per":
            return k
        if context.low(k) in stops() and context.low(k) not in ("a", "an"):
            return i
        if context.low(k) in ("a", "an") and context.is_word(k - 1):
            below = units.denominator(context.low(k + 1)) if context.is_word(k + 1) else None
            timed = below is not None and (units.is_duration(below) or below == "person")
            return k if timed and not _is_sentence_after(context, k + 1, 1, "a") else i
    return i


def _divide(quantity: Quantity, below: str, after: int) -> None:
    if quantity.unit in ("%", "pp", "‰"):
        return
    if quantity.form in ("fraction", "multiple"):
        return
    yearly = below == "year" and quantity.unit is not None
    if (
        yearly
        and quantity.unit
        and (units.is_money(quantity.unit) or units.is_count(quantity.unit))
    ):
        return
    if quantity.unit is None or (below[0].isdigit() and quantity.noun):
        quantity.unit = "1"
    if "/" in quantity.unit:
        return
    quantity.unit, quantity.after = f"{quantity.unit}/{below}", after


def _denominator(context: _Context, i: int, word: str) -> tuple[str, int] | None:
    found = _special_denominator(context, i, word)
    return found if found is not None else _plain_denominator(context, i, word)


def _special_denominator(context: _Context, i: int, word: str) -> tuple[str, int] | None:
    """The "passenger-kilometre" of "per passenger-kilometre", the $1,000 of "per $1,000"."""
    compound = _compound_unit(context, i + 2)
    if compound is not None:
        return compound, i + 3
    if word != "per" or context.text(i) not in ("$", "€", "£") or not context.glued(i + 1):
        return None
    worth, money = numerals.read(context.tokens, i + 1), units.named_as(context.text(i))
    if worth is None or money is None:
        return None
    return f"{worth.value:f} {money.unit}", worth.after


def _plain_denominator(context: _Context, i: int, word: str) -> tuple[str, int] | None:
    amount = ""
    if word == "per" and context.text(i + 1) in HYPHENS and context.glued(i + 1):
        i = _past_size(context, i)
    if word in ("per", "/", "every") and i < len(context.tokens) and context.tokens[i].kind in "nw":
        reading = numerals.read(context.tokens, i)
        if reading is not None and reading.kind == "number":
            amount, i = format(reading.value, "f"), reading.after
    if word == "every" and not amount:
        return None
    for count in (4, 3, 2, 1):
        if i + count > len(context.tokens):
            continue
        pieces = [t.text for t in context.tokens[i : i + count]]
        power = count == 2 and pieces[1] in _POWERS and context.glued(i + 1)
        piece = ("" if power else " ").join(p for p in pieces if p not in HYPHENS)
        below = units.denominator(piece) if (piece and context.is_word(i)) or piece == "$" else None
        if below == "GBP" and word in ("a", "per") and not context.lows & cues("exchange"):
            below = "lb"
        if below is not None and not _is_sentence_after(context, i, count, word):
            return amount + (" " if amount else "") + below, i + count
    return _other_denominator(context, i, word, amount)


def _past_size(context: _Context, i: int) -> int:
    """ "per 40-foot box": what is divided by is the box."""
    sized = context.tokens[i].kind == "n" and context.is_word(i + 2) and context.is_word(i + 3)
    return i + 3 if sized and context.low(i + 3) not in stops() else i


def _is_sentence_after(context: _Context, i: int, count: int, word: str) -> bool:
    """ "$5bn a year ago" and "two weeks a day later" divide nothing."""
    follows = context.low(i + count)
    moved = follows == "to" and _is_amount(context, i + count + 1)
    if moved and not units.is_duration(units.denominator(context.low(i)) or ""):
        return False
    return word in ("a", "an") and (
        follows in ("ago", "earlier", "before", "later", "after", "prior", "to")
        or context.text(i) == "a"
    )


def _is_amount(context: _Context, i: int) -> bool:
    """Whether a number stands at tokens[i], perhaps behind a sign of money."""
    i += context.text(i) in ("$", "€", "£", "¥", "₹")
    return i < len(context.tokens) and context.tokens[i].kind == "n"


def _other_denominator(context: _Context, i: int, word: str, amount: str) -> tuple[str, int] | None:
    """Anything may stand after "per": "per match", "per 100,000 live births"."""
    scaled = context.low(i) in ("hundred", "thousand", "million") and context.is_word(i + 1)
    if word == "per" and not amount and scaled:
        amount, i = str(10 ** numerals.words().scales[context.low(i)]), i + 1
    if word == "per" and len(amount) > 2 and (not context.is_word(i) or context.low(i) in stops()):
        return amount, i
    if word != "per" or not context.is_word(i) or context.low(i) in stops():
        return None
    done = context.low(i).endswith("ed") or context.low(i) in cues("sorts_of_one")
    noun = context.is_word(i + 1) and context.low(i + 1) not in stops()
    if done and noun and context.low(i + 1) not in lexicon.verbs():
        i += 1
    end = i + 1
    named = units.match([t.text for t in context.tokens[i : i + 4]], 0)
    if named is not None and not amount and named[0].factor == 1:
        return named[0].unit, i + named[1]
    if amount:
        head = _noun_head(context, i)
        end = head + 1 if head is not None else end
    last = context.low(end - 1)
    below = (units.denominator(last) if amount else None) or units.singular(last)
    return amount + (" " if amount else "") + below, end


# ------------------------------------------------------------------ ranges and hedges

_JOINS = frozenset({"to", "-", "–", "—", "‐", "‑", "−"})


def _ranges(context: _Context, found: list[Quantity]) -> list[Quantity]:
    """Join the ends of ranges; a scale or unit of the second end reaches the first."""
    merged: list[Quantity] = []
    for quantity in found:
        joined = _joined(context, merged[-1], quantity) if merged else None
        if joined is not None:
            merged[-1] = joined
        else:
            merged.append(quantity)
    return merged


def _joined(context: _Context, a: Quantity, b: Quantity) -> Quantity | None:
    if (
        a.form == "multiple"
        or _is_moved(context, a, b)
        or not _is_range(context, a, b)
        or a.value is None
        or b.value is None
        or b.low is not None
    ):
        return None
    first = _rescaled(context, a, b)
    if first is None:
        return None
    low, high = first
    second = (
        abs(b.value) if context.text(b.first) in MINUSES and context.glued(b.first) else b.value
    )
    if low > second or b.unit in ("score", "rank"):
        return None
    return replace(
        b, first=a.first, start=a.start, value=None, low=low, high=second, place=max(high, b.place),
        noun=b.noun, spelled=a.spelled, unit=b.unit or a.unit,
    )  # fmt: skip


def _is_moved(context: _Context, a: Quantity, b: Quantity) -> bool:
    """ "fell 9 mmHg to 131 mmHg": by how much and to what, each with its unit."""
    near = {context.low(k) for k in range(max(0, a.first - 3), a.first)}
    if context.low(b.first - 1) != "to" or context.low(b.first - 2) in HYPHENS or "from" in near:
        return False
    if near & {"loss", "losses", "saving", "savings"} and context.low(a.first - 1) == "of":
        return False
    if _is_led_by(context, a) and _has_scale(context, a) and _has_scale(context, b):
        return True
    both = a.unit == b.unit and a.value is not None and b.value is not None
    if both and context.low(a.first - 1) == "by" and a.unit in ("%", "pp"):
        return bool(a.value and b.value and a.value >= b.value)
    if a.unit is not None and a.unit == b.unit and not near.isdisjoint(lexicon.moving()):
        grown = context.low(a.first - 1) == "of" and context.low(a.first - 2) == "growth"
        return not (grown and both and b.value < a.value * _APART)  # type: ignore[operator]
    reach = 14 if _is_led_by(context, a) else 3
    moved = any(context.low(k) in lexicon.moving() for k in range(max(0, a.first - reach), a.first))
    return moved and _are_apart(context, a, b)


def _has_scale(context: _Context, quantity: Quantity) -> bool:
    """Whether a number is told with a scale word of its own: the ends of a range share one."""
    scales = numerals.words().scales
    return any(context.low(k) in scales for k in range(quantity.first, quantity.after))


def _is_led_by(context: _Context, a: Quantity) -> bool:
    """Whether "by" stands before a quantity, hedges between: "by more than five years"."""
    k = a.first - 1
    while k > a.first - 4 and context.low(k) in _hedging():
        k -= 1
    return context.low(k) == "by"


@cache
def _hedging() -> frozenset[str]:
    return frozenset(word for words in _hedges() for word in words) - {"by"}


_APART = 5
"""How many times the change a level is at least: closer ones are the ends of a range."""


def _are_apart(context: _Context, a: Quantity, b: Quantity) -> bool:
    """Whether "by a to b" tells a change and a level: of two units, or far from each other."""
    if a.unit is not None:
        return a.unit != b.unit or _is_led_by(context, a)
    if _is_led_by(context, a) and _n_digits(b) > 2 and _n_digits(a) > 1:
        return True
    return not (a.value is None or b.value is None or b.unit in ("%", "pp")) and (
        b.value >= a.value * _APART and _scale_of(context, a) == _scale_of(context, b)
    )


def _n_digits(quantity: Quantity) -> int:
    """How many digits a number says: the ends of a range are round."""
    digits = str(quantity.value).replace(".", "").strip("-0") if quantity.value else ""
    return len(digits)


def _is_range(context: _Context, a: Quantity, b: Quantity) -> bool:
    between = [t.low for t in context.tokens[a.after : b.first]]
    while between and between[0] in HYPHENS and len(between) > 1:
        between = between[1:]
    if not between and context.text(b.first) in HYPHENS and context.glued(b.first):
        return context.glued(b.first + 1) and a.form == "plain"
    if len(between) != 1:
        return False
    if between[0] in ("and", "or") and (
        between[0] == "or" or context.low(a.first - 1) == "between"
    ):
        return _between(context, a) if between[0] == "and" else _is_or(a, b)
    return between[0] in _JOINS and not _is_from_to(context, a)


def _between(context: _Context, a: Quantity) -> bool:
    return context.low(a.first - 1) == "between"


def _is_or(a: Quantity, b: Quantity) -> bool:
    """ "four or five years"."""
    return a.unit is None and a.value is not None and b.value is not None and b.value == a.value + 1


def _is_from_to(context: _Context, a: Quantity) -> bool:
    """ "rose from 4.8 to 5.2" is two levels, "rose 4 to 5 percent" a range."""
    if context.low(a.first - 1) != "from" or context.low(a.first - 2) in cues("ranging"):
        return False
    table, reach = lexicon.moving(), 14 if context.low(a.first - 2) == "," else 6
    return any(context.low(k) in table for k in range(max(0, a.first - reach), a.first - 1))


def _rescaled(context: _Context, a: Quantity, b: Quantity) -> tuple[Decimal, Decimal] | None:
    """Value and place of the first end in the unit and scale of the second; None if they differ."""
    assert a.value is not None and b.value is not None
    if a.unit is not None and b.unit is not None and not _is_of_unit(a.unit, b.unit):
        return None
    if a.unit in ("%", "pp") and b.unit is None:
        return None
    scale = _scale_of(context, b)
    own = _scale_of(context, a)
    if (a.unit is not None and own != 1) or scale == 1 or own != 1:
        return a.value, a.place
    if a.value > b.value or (a.unit is not None and a.value * scale > b.value):
        return a.value, a.place
    return a.value * scale, a.place * scale


def _is_of_unit(a: str, b: str) -> bool:
    """Whether an end in `a` may be one of a range in `b`: "$9.10 to $9.40 a share"."""
    return a == b or (units.is_money(a) and b.startswith(a + "/"))


def _scale_of(context: _Context, quantity: Quantity) -> Decimal:
    """What the scale words inside a quantity multiply it by."""
    for k in range(quantity.first, quantity.after):
        if context.tokens[k].kind == "n":
            parsed = numerals.decimal_of(context.tokens[k].text)
            value = quantity.value if quantity.value is not None else quantity.high
            if parsed is None or not parsed[0] or value is None:
                return Decimal(1)
            return abs(value) / parsed[0]
    return Decimal(1)


@cache
def _hedges() -> dict[tuple[str, ...], Comparator]:
    table = data.load("comparators")["before"]
    return {
        tuple(t.low for t in numerals.lex(phrase)): name
        for name, phrases in table.items()
        for phrase in phrases
    }


@cache
def _hedges_after() -> dict[tuple[str, ...], Comparator]:
    table = data.load("comparators")["after"]
    return {
        tuple(t.low for t in numerals.lex(phrase)): name
        for name, phrases in table.items()
        for phrase in phrases
    }


@cache
def _hedge_ends() -> frozenset[str]:
    return frozenset(words[-1] for words in _hedges())


@cache
def _hedge_starts() -> frozenset[str]:
    return frozenset(words[0] for words in _hedges_after())


def _hedge(context: _Context, quantity: Quantity, ends: frozenset[int]) -> None:
    """Set the comparator from the words before or after; `ends`: where quantities end."""
    if quantity.comparator is not None or quantity.form in ("score", "rank"):
        return
    end = quantity.first
    while context.low(end - 1) in ("a", "an", "the") and end > 0:
        end -= 1
    for stop in dict.fromkeys((quantity.first, end)):
        if context.low(stop - 1) not in _hedge_ends():
            continue
        for count in (4, 3, 2, 1):
            words = tuple(t.low for t in context.tokens[max(0, stop - count) : stop])
            name = _hedges().get(words) if len(words) == count else None
            if stop - count in ends and words[-1] in _BESIDE:
                continue
            if words[-1:] == ("than",) and stop != quantity.first and _is_second(quantity, ends):
                continue
            if name is not None and _is_hedge(context, quantity, stop - count, words):
                quantity.comparator = name
                quantity.hedge = stop - count if words != ("past",) else -1
                return
    _hedge_after(context, quantity)


def _is_second(quantity: Quantity, ends: frozenset[int]) -> bool:
    """Whether "more than the 38,500 of last year" compares what was told before it."""
    return any(end < quantity.lead for end in ends)


def _is_hedge(context: _Context, quantity: Quantity, at: int, words: tuple[str, ...]) -> bool:
    """ "over five years" and "above"/"below" as places are no hedges; nor is "passed 3 laws"."""
    duration = quantity.unit is not None and units.is_duration(quantity.unit)
    if quantity.low is not None and words[-1] == "from":
        return False
    if words == ("under",) and duration:
        return True
    led = cues("over_to" if words == ("over",) else "told_about")
    if words in (("over",), ("about",)) and context.low(at - 1) in led:
        return False
    if words == ("past",):
        return _is_passed(context, quantity, at)
    timed = quantity.unit in ("season", "game", "match", "episode", "session")
    waited = context.low(at - 1) in ("waited", "wait", "lasting", "spent", "waiting")
    if words in (("over",), ("within",)) and (duration or timed) and quantity.form != "age":
        return waited or context.low(at - 1) in (
            "for",
            "lasted",
            "took",
            "just",
            "well",
            "takes",
            "is",
            "was",
            "of",
        )
    if words in (("passed",), ("passing",), ("crossed",), ("crossing",), ("topped",)):
        many = quantity.unit is None and quantity.value is not None and quantity.value >= _MANY
        return (quantity.unit is not None or many) and quantity.noun is None
    if words == ("up", "to"):
        return context.low(at - 1) not in lexicon.going()
    if words == ("top",):
        return context.low(at - 1) in ("could", "would", "may", "might", "to", "will", "should")
    if words == ("c",):
        return context.text(at) == "c"
    return True


def _is_passed(context: _Context, quantity: Quantity, at: int) -> bool:
    """ "slid past 27 to the dollar", "climbed past 5,000": no ship that sails past islands."""
    moved = context.low(at - 1) in lexicon.moving() or context.low(at - 1) in cues("reaching")
    return moved and (quantity.noun is None or (quantity.value or 0) >= _MANY)


_MANY = 1000

# Right behind a quantity these tell what it exceeds: "11.5% more than the 22.81 million".
_BESIDE = frozenset({"than", "above", "below", "over", "under", "the", "beyond", "past"})


def _hedge_after(context: _Context, quantity: Quantity) -> None:
    if context.low(quantity.after) not in _hedge_starts():
        return
    for count in (3, 2, 1):
        words = tuple(t.low for t in context.tokens[quantity.after : quantity.after + count])
        name = _hedges_after().get(words) if len(words) == count else None
        follows = (
            context.tokens[quantity.after + 1] if quantity.after + 1 < len(context.tokens) else None
        )
        added = follows is not None and (
            follows.kind in "wn" or follows.text in ("$", "€", "£", "¥", "₹")
        )
        if name is not None and (words != ("plus",) or not added):
            quantity.comparator = name
            return
