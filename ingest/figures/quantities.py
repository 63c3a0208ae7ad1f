"""Quantities: numbers with their units, hedges and ranges, before anything is said about them."""

from __future__ import annotations

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

    @property
    def lead(self) -> int:
        """The first token of it, its hedge included."""
        return self.first if self.hedge < 0 else self.hedge


@dataclass(frozen=True, slots=True)
class _Context:
    tokens: Sequence[Token]
    numerals: Sequence[Numeral]
    lows: frozenset[str]

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def glued(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].glued

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == "w"


def read(tokens: Sequence[Token], found: Sequence[Numeral]) -> list[Quantity]:
    """The quantities that `found` (the numerals of `tokens`) make, in order."""
    context = _Context(tokens, found, frozenset(t.low for t in tokens))
    read: list[Quantity] = []
    index = 0
    while index < len(found):
        quantity, index = _at(context, index)
        if quantity is not None and (not read or quantity.first >= read[-1].after):
            read.append(quantity)
    merged = _ranges(context, read)
    for quantity in merged:
        _hedge(context, quantity)
    return merged


def _at(context: _Context, index: int) -> tuple[Quantity | None, int]:
    numeral = context.numerals[index]
    if numeral.kind == "ordinal":
        return _rank(context, numeral), index + 1
    if numeral.kind not in ("number", "fraction", "multiple") or numeral.value is None:
        return None, index + 1
    if _is_named(context, numeral):
        return None, index + 1
    for special in (_odds, _score, _tolerance):
        made = special(context, index)
        if made is not None:
            return made
    return _plain(context, numeral), index + 1


def _is_named(context: _Context, numeral: Numeral) -> bool:
    """A capitalised number word inside a name: "the Five-Year Plan", "the Big Four"."""
    token = context.tokens[numeral.first]
    if token.kind != "w" or not token.text[0].isupper():
        return False
    if numeral.first == 0:
        return context.text(numeral.after) == "&"
    before, after = context.text(numeral.first - 1), context.text(numeral.after)
    if numeral.after == numeral.first + 1 and not _opens(before) and _ends_name(context, numeral):
        return True
    if after in HYPHENS:
        after = context.text(numeral.after + 1)
    return (before[:1].isupper() and before.isalpha()) or (after[:1].isupper() and after.isalpha())


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
    verb_at = first - 2 if context.low(first - 1) in ("joint", "only", "just", "a") else first - 1
    if context.low(verb_at) not in cues("ranking"):
        return False
    return not context.is_word(after) or follows in cues("after_rank")


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
    between = [t.low for t in context.tokens[above.after : below.first]]
    if between not in (["in"], ["out", "of"], ["in", "every"], ["out", "of", "every"]):
        return None
    if not _are_odds(above, below, between):
        return None
    assert above.value is not None and below.value is not None
    value = (above.value / below.value).quantize(Decimal("0.0001")).normalize()
    made = _spanning(context, above.first, below.after, _whole(value), Decimal("0.01"), "1", "odds")
    return made, index + 2


def _are_odds(above: Numeral, below: Numeral, between: list[str]) -> bool:
    if below.kind != "number" or above.kind != "number" or not above.value or not below.value:
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
    if index + 1 >= len(context.numerals) or context.lows.isdisjoint(cues("score")):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    dash = context.tokens[a.after].text if a.after < len(context.tokens) else ""
    tight = (
        dash in HYPHENS
        and b.first == a.after + 1
        and context.glued(a.after)
        and context.glued(b.first)
    )
    if not tight or a.spelled or b.spelled or not _is_score_number(a) or not _is_score_number(b):
        return None
    follows = context.text(b.after)
    if follows in HYPHENS or units.match([follows], 0) is not None or follows in ("%", "years"):
        return None
    made = _spanning(context, a.first, b.after, None, Decimal(0), "score", "score")
    made.text = f"{a.value}-{b.value}"
    return made, index + 2


def _is_score_number(numeral: Numeral) -> bool:
    value = numeral.value
    return numeral.kind == "number" and value is not None and value < 200 and value == int(value)


def _tolerance(context: _Context, index: int) -> tuple[Quantity, int] | None:
    """ "5.0 ± 0.2 km": value and how far it may be off."""
    if index + 1 >= len(context.numerals):
        return None
    a, b = context.numerals[index], context.numerals[index + 1]
    between = "".join(t.text for t in context.tokens[a.after : b.first])
    if between not in ("±", "+/-") or b.value is None:
        return None
    made = _plain(context, a)
    made.spread = b.value
    if made.unit is None or made.after > b.first:
        unit = _plain(context, b).unit
        made = _spanning(context, a.first, a.after, a.value, a.place, unit, "plain")
        made.spread = b.value
    return made, index + 1


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
    else:
        _take_unit(context, made)
    if negative and made.value is not None:
        made.value = -made.value
    _take_per(context, made)
    made.start, made.end = context.tokens[made.first].start, context.tokens[made.after - 1].end
    return made


def _has_unit_after(context: _Context, quantity: Quantity) -> bool:
    return quantity.form == "fraction" and _unit_after(context, quantity.after) is not None


def _money_before(context: _Context, first: int) -> tuple[int, str | None]:
    """Where the currency before tokens[first] begins, and its code."""
    i = first - 1
    if context.text(i) in MINUSES and context.text(i - 1) in ("$", "£", "€", "¥", "₹"):
        i -= 1
    if context.text(i) == "." and context.low(i - 1) in ("rs", "rp", "fr", "tk"):
        i -= 1
    if i < 0 or context.tokens[i].kind not in "sw":
        return first, None
    for begin in (i - 2, i - 1, i):
        joined = "".join(t.text for t in context.tokens[begin : i + 1]) if begin >= 0 else ""
        tight = all(context.glued(k) for k in range(begin + 1, i + 1))
        named = units.named_as(joined) if joined and tight else None
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
    if text in ("R", "Fr", "kr", "RM", "Tk", "Rp"):
        return context.glued(i + 1)
    return True


def _sign(context: _Context, first: int, is_money: bool) -> tuple[bool, int]:
    """Whether a minus stands before tokens[first], and where the quantity then begins."""
    before = context.text(first - 1)
    if is_money and context.text(first + 1) in MINUSES:
        return True, first
    if before.lower() in ("minus", "negative") and not context.glued(first):
        return True, first - 1
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
    step = after
    if context.text(step) in HYPHENS and context.glued(step) and context.glued(step + 1):
        step += 1
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
    return named, origin[count - 1] + 1


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
        return context.low(after - 1) in numerals.words().scales or "korean" in context.lows
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
    if named.factor != 1:
        assert quantity.value is not None
        quantity.value, quantity.place = (
            quantity.value * named.factor,
            quantity.place * named.factor,
        )
    quantity.after = after
    if units.is_duration(quantity.unit):
        _take_age(context, quantity)


def _cents_of(context: _Context) -> str:
    """Whose cents: those of the currency that the sentence speaks of, dollars without one."""
    if "€" in {t.text for t in context.tokens} or context.lows & {"euro", "euros", "eur"}:
        return "EUR"
    signs = data.load("currencies")["signs"]
    spoken = [
        signs.get(a.text + b.text) for a, b in pairwise(context.tokens) if b.glued and b.text == "$"
    ]
    return str(next((code for code in spoken if code), "USD"))


def _pounds(context: _Context, unit: str, quantity: Quantity, after: int) -> str:
    """ "pounds" weigh where the sentence is about weight."""
    if unit != "GBP" or not context.low(after - 1).startswith("pound"):
        return unit
    kilos = {"kg", "kilograms", "kilogrammes"}
    if context.low(after) == "of" or not context.lows.isdisjoint(kilos):
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
    elif low in ("times", "x", "fold") or (
        text in HYPHENS and context.low(quantity.after + 1) == "fold"
    ):
        _take_times(context, quantity, low)
    else:
        _take_noun(context, quantity)


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
    if head is None:
        return
    quantity.noun = " ".join(t.low for t in context.tokens[i : head + 1] if t.low not in _LIGHT)
    quantity.noun_at = i
    quantity.after = head + 1
    quantity.unit = units.singular(context.low(head))


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
        return
    if context.text(i + 1) in HYPHENS and context.glued(i + 1):
        return
    quantity.unit, quantity.after, quantity.attributive = units.singular(low), i + 1, True


def _noun_head(context: _Context, i: int) -> int | None:
    """The token of the counted noun after a number: the last of a run of plural-ending words."""
    head = None
    for k in range(i, min(i + 6, len(context.tokens))):
        if not _in_noun_phrase(context, k, head):
            break
        if is_plural(context.low(k)) and _may_head(context, k):
            head = k
        elif head is not None:
            break
    return head


def _in_noun_phrase(context: _Context, k: int, head: int | None) -> bool:
    token = context.tokens[k]
    if token.kind == "s":
        return token.text in "-‐‑" and token.glued and context.glued(k + 1) and head is None
    if token.kind != "w" or token.low.endswith("'s"):
        return False
    if token.low in ("of",) and head is None and context.low(k + 1) == "the":
        return False
    return token.low not in stops() or (token.low in ("more", "other", "such") and head is None)


def is_plural(low: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if low in _nouns():
        return low not in ("lens", "gas", "bus", "canvas", "news", "means")
    return low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is", "'s"))


def _may_head(context: _Context, k: int) -> bool:
    low = context.low(k)
    return low not in ("previous", "times", "various", "across", "perhaps", "always", "overseas")


# ------------------------------------------------------------------ per-units


def _take_per(context: _Context, quantity: Quantity) -> None:
    """ "a barrel", "/kWh", "per 1,000 people"; percent keeps its own unit."""
    i = quantity.after
    word = context.low(i)
    if (word == "of" and quantity.unit and not units.is_money(quantity.unit)) or (word == "of" and (
        context.low(i - 1) == "pounds"
    )):  # fmt: skip
        i = _over_stuff(context, i)
        word = context.low(i)
    if word in ("per", "/") or (word in ("a", "an", "each", "every") and quantity.unit):
        found = _denominator(context, i + 1, word)
        if found is not None:
            _divide(quantity, *found)
    if context.text(quantity.after) == "/" and "/" in (quantity.unit or ""):
        named = units.named_as(context.text(quantity.after + 1))
        if named is not None and context.glued(quantity.after + 1):
            quantity.unit, quantity.after = f"{quantity.unit}/{named.unit}", quantity.after + 2


def _over_stuff(context: _Context, i: int) -> int:
    """Past the "of CO2" of "0.89 pounds of CO2 per mile"."""
    for k in range(i + 2, i + 5):
        if context.low(k) == "per":
            return k
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
    amount = ""
    if word in ("per", "/", "every") and i < len(context.tokens) and context.tokens[i].kind in "nw":
        reading = numerals.read(context.tokens, i)
        if reading is not None and reading.kind == "number":
            amount, i = format(reading.value, "f"), reading.after
    if word == "every" and not amount:
        return None
    for count in (3, 2, 1):
        if i + count > len(context.tokens):
            continue
        texts = [t.text for t in context.tokens[i : i + count]]
        piece = " ".join(text for text in texts if count < 3 or text not in HYPHENS)
        below = units.denominator(piece) if (piece and context.is_word(i)) or piece == "$" else None
        if below is not None and not _is_sentence_after(context, i, count, word):
            return amount + (" " if amount else "") + below, i + count
    return _other_denominator(context, i, word, amount)


def _is_sentence_after(context: _Context, i: int, count: int, word: str) -> bool:
    """ "$5bn a year ago" and "two weeks a day later" divide nothing."""
    follows = context.low(i + count)
    return word in ("a", "an") and (
        follows in ("ago", "earlier", "before", "later", "after", "prior", "to")
        or context.text(i) == "a"
    )


def _other_denominator(context: _Context, i: int, word: str, amount: str) -> tuple[str, int] | None:
    """Anything may stand after "per": "per match", "per 100,000 live births"."""
    if word != "per" or not context.is_word(i) or context.low(i) in stops():
        return None
    end = i + 1
    if amount:
        head = _noun_head(context, i)
        end = head + 1 if head is not None else end
    below = units.singular(context.low(end - 1))
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
        noun=b.noun, spelled=a.spelled,
    )  # fmt: skip


def _is_moved(context: _Context, a: Quantity, b: Quantity) -> bool:
    """ "fell 9 mmHg to 131 mmHg": by how much and to what, each with its unit."""
    near = {context.low(k) for k in range(max(0, a.first - 3), a.first)}
    if context.low(b.first - 1) != "to" or context.low(b.first - 2) in HYPHENS or "from" in near:
        return False
    if a.unit is not None and a.unit == b.unit and not near.isdisjoint(lexicon.moving()):
        return True
    reach = 14 if context.low(a.first - 1) == "by" else 3
    moved = any(context.low(k) in lexicon.moving() for k in range(max(0, a.first - reach), a.first))
    return moved and _are_apart(context, a, b)


_APART = 5
"""How many times the change a level is at least: closer ones are the ends of a range."""


def _are_apart(context: _Context, a: Quantity, b: Quantity) -> bool:
    """Whether "by a to b" tells a change and a level: of two units, or far from each other."""
    if a.unit is not None:
        return a.unit != b.unit or context.low(a.first - 1) == "by"
    return not (a.value is None or b.value is None or b.unit in ("%", "pp")) and (
        b.value >= a.value * _APART and _scale_of(context, a) == _scale_of(context, b)
    )


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
    if context.low(a.first - 1) != "from":
        return False
    table = lexicon.moving()
    return any(context.low(k) in table for k in range(max(0, a.first - 6), a.first - 1))


def _rescaled(context: _Context, a: Quantity, b: Quantity) -> tuple[Decimal, Decimal] | None:
    """Value and place of the first end in the unit and scale of the second; None if they differ."""
    assert a.value is not None and b.value is not None
    if a.unit is not None and b.unit is not None and a.unit != b.unit:
        return None
    scale = _scale_of(context, b)
    own = _scale_of(context, a)
    if (a.unit is not None and own != 1) or scale == 1 or own != 1:
        return a.value, a.place
    if a.value > b.value:
        return a.value, a.place
    return a.value * scale, a.place * scale


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


def _hedge(context: _Context, quantity: Quantity) -> None:
    """Set the comparator from the words before or after."""
    if quantity.comparator is not None or quantity.form in ("score", "rank"):
        return
    end = quantity.first
    while context.low(end - 1) in ("a", "an", "the") and end > 0:
        end -= 1
    for stop in dict.fromkeys((quantity.first, end)):
        for count in (4, 3, 2, 1):
            words = tuple(t.low for t in context.tokens[max(0, stop - count) : stop])
            name = _hedges().get(words) if len(words) == count else None
            if name is not None and _is_hedge(context, quantity, stop - count, words):
                quantity.comparator, quantity.hedge = name, stop - count
                return
    _hedge_after(context, quantity)


def _is_hedge(context: _Context, quantity: Quantity, at: int, words: tuple[str, ...]) -> bool:
    """ "over five years" and "above"/"below" as places are no hedges; nor is "passed 3 laws"."""
    duration = quantity.unit is not None and units.is_duration(quantity.unit)
    if words == ("under",) and duration:
        return True
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
        return quantity.unit is not None and quantity.noun is None
    if words == ("c",):
        return context.text(at) == "c"
    return True


def _hedge_after(context: _Context, quantity: Quantity) -> None:
    for count in (3, 2, 1):
        words = tuple(t.low for t in context.tokens[quantity.after : quantity.after + count])
        name = _hedges_after().get(words) if len(words) == count else None
        if name is not None and (words != ("plus",) or not context.is_word(quantity.after + 1)):
            quantity.comparator = name
            return
