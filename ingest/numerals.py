"""Numerals: every digit and number word of a text, read and told apart.

`lex` cuts a text into tokens in one pass, `read` makes numbers of them, `scan` does both and says
of each what it is: a number, a year, an ordinal, part of a name ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ingest import data, periods, units

NumeralKind = Literal[
    "number", "fraction", "multiple", "year", "date", "time", "ordinal", "identifier", "indefinite"
]


class Token(NamedTuple):
    """A piece of text: kind "n" digits, "w" word, "s" one symbol, "x" not to be read inside."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral text[start:end], its scale word included ("25.45 trillion").

    value: in full, None where it has none (an identifier, a date)
    place: the size of the last place that its digits claim, in full (1e10 for "25.45 trillion")
    first, after: the tokens it is made of, tokens[first:after]
    """

    start: int
    end: int
    value: Decimal | None
    kind: NumeralKind
    place: Decimal = Decimal(1)
    first: int = 0
    after: int = 0
    spelled: bool = False


# What a token is: "n" digits, "w" word, "s" one symbol, "x" not to be read inside, "o" other.
# Words are most of a text, and have a blank before them: their plain letters are tried first.
_TOKEN = re.compile(
    r"""[ ]?(?:(?P<w>(?:(?=[^hwda])|(?!https?://|www\.|doi:|arXiv:))
            (?:[A-Za-z]+[^\W\d_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]* | [^\W\d_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]+)
            (?:['’][^\W\d_]+)*)
      | (?P<s>[^\s\w.]|_)
      | (?P<x>(?:https?://|www\.|doi:|arXiv:)\S+
          | \d{4}-\d{2}-\d{2}(?!\d)(?:T[\d:.]+Z?)? | \d{1,2}/\d{1,2}/\d{2,4}(?!\d)
          | \d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?!\d) )
      | (?P<n>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?![\d])
          | \d+(?:[.,'’·]\d+)* | (?<![\w.,])\.\d+ | [½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
      | (?P<stop>\.)
      | (?P<o>\w))""",
    re.VERBOSE,
)
_KINDS = {_TOKEN.groupindex[name]: name[0] for name in _TOKEN.groupindex}
_MAX_DIGITS = 40
HYPHENS = frozenset("-‐‑–—−")
MINUSES = frozenset("-−–‒")


def lex(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of text[start:end]; offsets point into `text`."""
    tokens: list[Token] = []
    made, last = tuple.__new__, -1  # half the time that the class itself takes
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        group = found.lastindex or 0
        begin, finish = found.span(group)
        low = piece = found[group]
        kind = _KINDS[group]
        if kind == "w":
            low = piece.lower()
            if "’" in low:
                low = low.replace("’", "'")
        tokens.append(made(Token, (kind, piece, low, begin, finish, begin == last)))
        last = finish
    return tokens


@dataclass(frozen=True, slots=True)
class _Words:
    cardinals: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    loose: dict[str, int]
    groups: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, int]
    multiples: dict[str, tuple[str, str]]
    labels: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]


@cache
def words() -> _Words:
    """The tables of number words."""
    table = data.load("numbers")
    fractions = {f: n for w, n in table["fractions"].items() for f in (w, w + "s")}
    fractions["halves"] = 2
    multiples = {word: (value, way) for word, (value, way) in table["multiples"].items()}
    starters = {*table["cardinals"], *table["tens"], *table["scales"], *table["groups"]}
    starters |= {*table["ordinals"], *fractions, *multiples, "point", "dozens", "hundreds"}
    starters |= {word + "s" for word in table["scales"] if len(word) > 3}
    return _Words(
        table["cardinals"],
        table["tens"],
        table["scales"],
        table["loose_scales"],
        table["groups"],
        table["ordinals"],
        fractions,
        multiples,
        frozenset(table["labels"]["words"]),
        frozenset(starters),
        frozenset({*starters, "a", "an", "half"}),
    )


# ------------------------------------------------------------------ digits

_FRACTION_CHARS = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (
    "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8".split()
), strict=True))  # fmt: skip
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?:[.,]\d+)?")
_SPACE = re.compile(r"[ \u00a0\u2009\u202f'’]")
_PLAIN = re.compile(r"\d*\.\d+|\d+")
_COMMA = re.compile(r"\d+,\d{1,2}|0,\d+")
_MIDDOT = re.compile(r"\d+·\d+")


@lru_cache(maxsize=10_000)
def decimal_of(text: str) -> tuple[Decimal, Decimal] | None:
    """Value and last place of a numeral in digits; None if it is no number ("1.2.3").

    >>> decimal_of("1,97,000")
    (Decimal('197000'), Decimal('1'))
    """
    if len(text) > _MAX_DIGITS:
        return None
    if text in _FRACTION_CHARS:
        value = ratio(*map(int, _FRACTION_CHARS[text].split("/")))
        return value, Decimal("0.01")
    plain = _plain_digits(text)
    if plain is None:
        return None
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _plain_digits(text: str) -> str | None:
    if _PLAIN.fullmatch(text):
        return text
    if _ENGLISH.fullmatch(text) or _INDIAN.fullmatch(text):
        return text.replace(",", "")
    if _EUROPEAN.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _SPACED.fullmatch(text):
        return _SPACE.sub("", text).replace(",", ".")
    if _COMMA.fullmatch(text) or _MIDDOT.fullmatch(text):
        return text.replace(",", ".").replace("·", ".")
    return None


def ratio(above: int, below: int) -> Decimal:
    """above / below to four places, trailing zeros gone ("a third" is 0.3333)."""
    value = (Decimal(above) / Decimal(below)).quantize(Decimal("0.0001")).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


# ------------------------------------------------------------------ numbers


class Reading(NamedTuple):
    """A number read from tokens[.. : after]."""

    value: Decimal
    place: Decimal
    after: int
    kind: NumeralKind = "number"
    spelled: bool = False


def read(tokens: Sequence[Token], i: int) -> Reading | None:
    """The number that begins at tokens[i], in digits or words, with its scale words."""
    token = tokens[i]
    if token.kind == "n":
        return _read_digits(tokens, i)
    if token.kind == "w":
        return _read_words(tokens, i)
    return None


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _is_glued(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].glued


def _read_digits(tokens: Sequence[Token], i: int) -> Reading | None:
    parsed = decimal_of(tokens[i].text)
    if parsed is None:
        return None
    value, place = parsed
    kind: NumeralKind = "fraction" if tokens[i].text in _FRACTION_CHARS else "number"
    simple = _slash_fraction(tokens, i)
    if simple is not None:
        return simple
    powered = _ten_to(tokens, i, value, place)
    if powered is not None:
        return powered
    i += 1
    mixed = _mixed(tokens, i)
    if mixed is not None and kind == "number":
        size = place if place < 1 and _low(tokens, i) in _FRACTION_CHARS else Decimal(1)
        value, place, i = value + mixed[0] * size, size / 10, mixed[1]
    value, place, after = _scaled(tokens, i, value, place)
    return Reading(value, place, after, "number" if after > i else kind)


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")
_MAX_POWER = 30


def _ten_to(tokens: Sequence[Token], i: int, value: Decimal, place: Decimal) -> Reading | None:
    """ "3.2 × 10^5", "6 x 10⁻⁹", "10^8": a number times a power of ten, or such a power alone."""
    at = i + 2 if _low(tokens, i + 1) in _TIMES else i
    if _low(tokens, at) != "10" or not _is_glued(tokens, at + 1):
        return None
    k = at + 1 + (_low(tokens, at + 1) == "^")
    said = ""
    while _is_glued(tokens, k) and len(said) < 4 and (
        (digits := _low(tokens, k).translate(_SUPERSCRIPTS)).isdecimal() or digits == "-"
    ):  # fmt: skip
        if k == at + 1 == i + 1 and _low(tokens, k) in ("-", "−", "–"):
            return None
        said, k = said + digits, k + 1
    if not said.lstrip("-").isdecimal() or abs(int(said)) > _MAX_POWER:
        return None
    power = Decimal(1).scaleb(int(said))
    if at == i:
        return Reading(_unscientific(power), _unscientific(power), k)
    return Reading(_unscientific(value * power), _unscientific(place * power), k)


_TIMES = frozenset({"×", "x", "·", "*", "⋅"})


def _mixed(tokens: Sequence[Token], i: int) -> tuple[Decimal, int] | None:
    """The fraction that ends a mixed number: "½", "1/2", "and a half"."""
    if _low(tokens, i) in _FRACTION_CHARS:
        return ratio(*map(int, _FRACTION_CHARS[tokens[i].text].split("/"))), i + 1
    if i < len(tokens) and tokens[i].kind == "n" and not tokens[i].glued:
        simple = _slash_fraction(tokens, i)
        if simple is not None and simple.value < 1:
            return simple.value, simple.after
    if _low(tokens, i) == "and" and _low(tokens, i + 1) in ("a", "one", "three"):
        return _and_fraction(tokens, i + 1)
    if _low(tokens, i) not in HYPHENS:
        return None
    hyphened = [_low(tokens, k) for k in range(i, i + 6)]
    if hyphened[1::2] == ["and", "a", "half"] and set(hyphened[::2]) <= HYPHENS:
        return Decimal("0.5"), i + 6
    return None


def _and_fraction(tokens: Sequence[Token], i: int) -> tuple[Decimal, int] | None:
    above = 3 if _low(tokens, i) == "three" else 1
    step = 2 if _low(tokens, i + 1) in HYPHENS else 1
    below = words().fractions.get(_low(tokens, i + step))
    if below in (2, 3, 4) and _low(tokens, i + step + 1) != "of":
        return ratio(above, below), i + step + 1
    return None


_FRACTION_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 20, 32, 100, 1000})


def _slash_fraction(tokens: Sequence[Token], i: int) -> Reading | None:
    """A fraction in digits, "3/4"; tokens[i] is its numerator."""
    if not (_low(tokens, i + 1) == "/" and _is_glued(tokens, i + 1) and _is_glued(tokens, i + 2)):
        return None
    above, below = tokens[i].text, _low(tokens, i + 2)
    if not (above.isdecimal() and below.isdecimal() and len(above + below) < 8):
        return None
    if int(below) not in _FRACTION_DENOMINATORS or int(above) >= int(below):
        return None
    if _low(tokens, i + 3) == "/" or _low(tokens, i - 1) == "/":
        return None
    return Reading(ratio(int(above), int(below)), Decimal("0.01"), i + 3, "fraction")


def _scaled(
    tokens: Sequence[Token], i: int, value: Decimal, place: Decimal
) -> tuple[Decimal, Decimal, int]:
    """Multiply by the scale words that begin at tokens[i] ("hundred thousand", "lakh crore")."""
    power = 0
    while True:
        step = 1 if _low(tokens, i) in HYPHENS and (i + 1 < len(tokens)) else 0
        token = tokens[i + step] if i + step < len(tokens) else None
        if token is None or not _is_scale(token, spaced=not step):
            break
        scale = words().scales[token.low]
        if token.low == "mil" and _low(tokens, i - 3) + _low(tokens, i - 2) == "r$":
            scale = 3
        if power and scale < 2:
            break
        power += scale
        i += step + 1
        if power > 30:
            break
    if not power:
        value, place, i = _loosely_scaled(tokens, i, value, place)
        return value, place, i
    return _times(value, power), _times(place, power), i


def _times(value: Decimal, power: int) -> Decimal:
    scaled = value.scaleb(power)
    return scaled if scaled.as_tuple().exponent == 0 else _unscientific(scaled)


def _unscientific(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    whole = isinstance(exponent, int) and exponent > 0 and value.adjusted() < 60
    return Decimal(format(value, "f")) if whole else value


def _is_scale(token: Token, *, spaced: bool) -> bool:
    return token.kind == "w" and token.low in words().scales and (spaced or token.glued)


def _loosely_scaled(
    tokens: Sequence[Token], i: int, value: Decimal, place: Decimal
) -> tuple[Decimal, Decimal, int]:
    """Apply a letter scale ("$5m", "10k steps") where money or a counted noun says it is one."""
    token = tokens[i] if i < len(tokens) else None
    if token is None or token.kind != "w" or token.text not in words().loose:
        return value, place, i
    is_scale = _after_money(tokens, i) or (token.glued and _before_things(tokens, i))
    elsewhere = token.glued and _is_scale_elsewhere(tokens, token.text)
    if not (is_scale or elsewhere or (token.glued and _counts_millions(tokens, i))):
        return value, place, i
    power = words().loose[token.text]
    return _times(value, power), _times(place, power), i + 1


def _is_scale_elsewhere(tokens: Sequence[Token], letter: str) -> bool:
    """ "88.0m passengers, 63.5m and 50.4m": what the letter is once, it is all along."""
    return letter == "m" and any(
        token.text == letter and token.glued and tokens[k - 1].kind == "n" and
        _before_things(tokens, k) for k, token in enumerate(tokens) if k
    )  # fmt: skip


_NO_LENGTH = 12
_NUMBERING = frozenset("numbered numbers numbering population populations audience".split())


def _counts_millions(tokens: Sequence[Token], i: int) -> bool:
    """The m of "waiting lists topped 7.5m": things are spoken of before it, and no length."""
    if tokens[i].text != "m" or (i + 1 < len(tokens) and tokens[i + 1].kind == "w"):
        return False
    near = [_low(tokens, k) for k in range(max(0, i - _NO_LENGTH), i + _NO_LENGTH)]
    if not _lengths().isdisjoint(near) or _low(tokens, i + 1) in ("x", "×", "/", "²", *HYPHENS):
        return False
    if any(_low(tokens, k) in _NUMBERING for k in range(max(0, i - 4), i - 1)):
        return True
    things = (units.singular(low) for low in near[:_NO_LENGTH] if low.endswith("s"))
    known = data.load("nouns")["kinds"]
    return any(any(thing in listed.split() for listed in known.values()) for thing in things)


@cache
def _lengths() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["lengths"].split())


def _after_money(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number before tokens[i] has a currency before it."""
    before = i - 2
    if before >= 0 and tokens[before].kind == "s" and tokens[before].text in MINUSES:
        before -= 1
    if before < 0 or tokens[before].kind not in "ws":
        return _low(tokens, i + 1) in data.load("currencies")["words"]
    named = units.named_as(tokens[before].text)
    return named is not None and units.is_money(named.unit)


_JOINING = frozenset({"and", "to", "or", *HYPHENS})


def _before_things(tokens: Sequence[Token], i: int) -> bool:
    """Whether a letter scale at tokens[i] is followed by what it may count, or is "k"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if _low(tokens, i + 3) == tokens[i].low and _low(tokens, i + 1) in _JOINING:
        if tokens[i + 2].kind == "n" and tokens[i + 3].glued:
            return _before_things(tokens, i + 3)
    if after is None or after.kind != "w" or after.glued:
        return tokens[i].text == "k"
    if after.low in ("square", "cubic") or after.low in lexical_pasts():
        return True
    named = units.named_as(after.text)
    if named is not None and tokens[i].text in "mMbkK":
        return after.low not in ("a", "in", "of", "s", "min", "mm") and len(after.text) > 1
    if _low(tokens, i + 2) in HYPHENS and _is_glued(tokens, i + 2) and _is_glued(tokens, i + 3):
        after = tokens[min(i + 3, len(tokens) - 1)]
    plural = after.low.endswith("s") and len(after.low) > 3 and not after.low.endswith("ss")
    return tokens[i].text in "kK" or plural or after.low == "people"


@cache
def lexical_pasts() -> frozenset[str]:
    """Past forms that follow a count without its noun ("1.2m streamed it")."""
    return frozenset(data.load("grammar")["cues"]["count_verbs"].split())


def _read_words(tokens: Sequence[Token], i: int) -> Reading | None:
    token = tokens[i]
    table = words()
    if token.low in ("a", "an"):
        return _read_article(tokens, i)
    if token.low not in table.starters:
        return None
    if token.low == "half" or token.low == "quarter":
        return _read_half(tokens, i)
    if token.low in table.multiples:
        value = Decimal(table.multiples[token.low][0])
        return Reading(value, Decimal("0.1"), i + 1, "multiple", True)
    if token.low in table.cardinals or token.low in table.tens:
        return _read_cardinal(tokens, i)
    return None


def _read_article(tokens: Sequence[Token], i: int) -> Reading | None:
    """ "a million", "a dozen", "a third", "a hundred thousand", "a quarter of"."""
    step = 2 if _low(tokens, i + 1) in HYPHENS else 1
    name = _low(tokens, i + step)
    table = words()
    if step == 2 and not _is_glued(tokens, i + 1):
        return None
    if name in table.groups and name == "dozen":
        return Reading(Decimal(12), Decimal(1), i + step + 1, "number", True)
    if name in ("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore"):
        return _article_scale(tokens, i + step)
    if name == "half" and _low(tokens, i + step + 1) in table.scales:
        value, place, after = _scaled(tokens, i + step + 1, Decimal("0.5"), Decimal("0.1"))
        return Reading(value, place, after, "number", True)
    if name in ("half", "quarter") and _is_point(tokens, i + step + 1):
        value = ratio(1, table.fractions[name])
        return Reading(value, Decimal("0.01"), i + step + 1, "fraction", True)
    if name in table.fractions and not name.endswith("s"):
        return _simple_fraction(tokens, i + step, 1)
    return None


def _is_point(tokens: Sequence[Token], i: int) -> bool:
    """The rest of "a quarter-point", "a half percentage point"."""
    if _low(tokens, i) in HYPHENS and _is_glued(tokens, i):
        i += 1
    if _low(tokens, i) == "percentage":
        i += 2 if _low(tokens, i + 1) in HYPHENS else 1
    return _low(tokens, i) in ("point", "points")


def _article_scale(tokens: Sequence[Token], i: int) -> Reading:
    """ "a million", "a million and a half", "a hundred and eighty"; tokens[i] is the scale."""
    value, place, after = _scaled(tokens, i, Decimal(1), Decimal(1))
    mixed = _mixed(tokens, after)
    if mixed is not None and _low(tokens, after) == "and":
        return Reading(value + value * mixed[0], value / 10, mixed[1], "number", True)
    more, following = _and_more(tokens, after)
    if more is not None and more < value:
        return Reading(value + more, Decimal(1), following, "number", True)
    return Reading(value, place, after, "number", True)


def _simple_fraction(tokens: Sequence[Token], i: int, above: int) -> Reading | None:
    """A fraction by the word of its denominator, tokens[i]; "of a million" may follow."""
    name = _low(tokens, i)
    below = words().fractions[name]
    following = _low(tokens, i + 1)
    if following == "of" and _low(tokens, i + 2) in ("a", "one") and (
        _low(tokens, i + 3) in words().scales
    ):  # fmt: skip
        value, place, after = _scaled(tokens, i + 3, ratio(above, below), Decimal("0.01"))
        return Reading(value, place, after, "number", True)
    if above == 1 and below != 2 and not _reads_as_fraction(tokens, i, name):
        return None
    return Reading(ratio(above, below), Decimal("0.01"), i + 1, "fraction", True)


def _reads_as_fraction(tokens: Sequence[Token], i: int, name: str) -> bool:
    """ "a third of voters" is a fraction, "a third person" and "a quarter later" are not."""
    following = _low(tokens, i + 1)
    if name == "quarter" and following == "of":
        return not _low(tokens, i + 2).isdecimal() and _low(tokens, i + 2) not in ("growth",)
    if i + 1 < len(tokens) and _is_verb(following):
        return True
    fit = (
        "of",
        "faster",
        "slower",
        "cheaper",
        "dearer",
        "smaller",
        "larger",
        "bigger",
        "",
        ".",
        ",",
        "in",
        "to",
        "from",
        "since",
        "over",
        "as",
        "more",
        "less",
        "higher",
    )
    return following in (*fit, "lower", "fewer", ";", ")", "on", "and", "compared")


def _read_half(tokens: Sequence[Token], i: int) -> Reading | None:
    """ "half a billion", "half of", "half the", "half their"; never "the first half"."""
    if _low(tokens, i - 1) in words().ordinals or tokens[i].low == "quarter":
        return None
    step = i + 1
    while _low(tokens, step) in HYPHENS and _is_glued(tokens, step):
        step += 1
    if _low(tokens, step) in ("a", "an"):
        after_article = step + 2 if _low(tokens, step + 1) in HYPHENS else step + 1
        if _low(tokens, after_article) == "dozen":
            return Reading(Decimal(6), Decimal(1), after_article + 1, "number", True)
        if _low(tokens, after_article) in words().scales:
            value, place, after = _scaled(tokens, after_article, Decimal("0.5"), Decimal("0.1"))
            return Reading(value, place, after, "number", True)
    if _low(tokens, step) in ("a", "an") and _is_measured_in(tokens, step + 1):
        return Reading(Decimal("0.5"), Decimal("0.1"), i + 1, "fraction", True)
    if _low(tokens, i + 1) in (
        "of",
        "the",
        "its",
        "their",
        "his",
        "her",
        "all",
        "our",
        "as",
        "price",
    ):
        return Reading(Decimal("0.5"), Decimal("0.01"), i + 1, "fraction", True)
    if _low(tokens, i - 1) in ("by", "in", "than", "nearly", "almost", "about", "to", "over") or (
        _low(tokens, i - 1) in ("roughly", "around", "pay", "pays", "paid", "approximately")
        and _low(tokens, i + 1) not in HYPHENS
    ):
        return Reading(Decimal("0.5"), Decimal("0.01"), i + 1, "fraction", True)
    return None


def _is_measured_in(tokens: Sequence[Token], i: int) -> bool:
    """Whether a unit that can be halved begins at tokens[i]: "half a litre", "half a point"."""
    texts = [t.text for t in tokens[i : i + 4] if t.text not in HYPHENS]
    if texts[:1] in (["point"], ["percentage"]):
        return True
    found = units.match(texts, 0)
    if found is None:
        return False
    unit = found[0].unit
    divisible = units.is_physical(unit) or units.is_duration(unit) or unit in ("%", "pp")
    return divisible and unit not in ("century", "decade", "s", "stone")


def _read_cardinal(tokens: Sequence[Token], i: int) -> Reading | None:
    """ "twenty-five", "one hundred and five", "three million two hundred thousand"."""
    begin, total, current, place = i, 0, 0, 1
    value, i = _below_hundred(tokens, i)
    current = value
    fraction = _worded_fraction(tokens, begin, i, value)
    if fraction is not None:
        return fraction
    if _low(tokens, i) == "point":
        return _read_point(tokens, i, value)
    mixed = _mixed(tokens, i)
    if mixed is not None:
        whole, size, after = _scaled(tokens, mixed[1], value + mixed[0], Decimal("0.1"))
        return Reading(whole, size, after, "number", True)
    while i < len(tokens):
        name, step = _next_word(tokens, i)
        if name in words().groups and name == "dozen":
            return Reading(Decimal(current * 12), Decimal(1), i + step, "number", True)
        if name not in words().scales:
            break
        power = words().scales[name]
        current, total, place = _apply_scale(power, current, total)
        i = i + step
        more, following = _and_more(tokens, i)
        if more is None:
            continue
        current, i, place = current + more, following, 1
    return Reading(Decimal(total + current), Decimal(place), i, "number", True)


def _apply_scale(power: int, current: int, total: int) -> tuple[int, int, int]:
    """(current, total, place) after a scale word; "hundred" goes on, "million" closes a group."""
    if power == 2:
        return current * 100, total, 100
    if current == 0:
        return 0, total * 10**power, 10**power
    return 0, total + current * 10**power, 10**power


def _next_word(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """The word at tokens[i], looking through a glued hyphen, and how many tokens it takes."""
    if _low(tokens, i) in HYPHENS and _is_glued(tokens, i) and _is_glued(tokens, i + 1):
        return _low(tokens, i + 1), 2
    return _low(tokens, i), 1


def _and_more(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """The part after a scale: "(one hundred) and five", "(three million) two hundred"."""
    step = i + 1 if _low(tokens, i) == "and" else i
    name = _low(tokens, step)
    if name not in words().cardinals and name not in words().tens:
        return None, i
    value, after = _below_hundred(tokens, step)
    follows = _low(tokens, after)
    if step > i and follows in ("million", "billion", "trillion"):
        return None, i
    return value, after


def _below_hundred(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    table = words()
    name = _low(tokens, i)
    if name in table.cardinals:
        return table.cardinals[name], i + 1
    value = table.tens[name]
    follows, step = _next_word(tokens, i + 1)
    if 0 < table.cardinals.get(follows, 0) < 10:
        return value + table.cardinals[follows], i + 1 + step
    return value, i + 1


def _worded_fraction(tokens: Sequence[Token], begin: int, i: int, above: int) -> Reading | None:
    """ "two thirds", "three-quarters", "one-fifth" (not "one third place")."""
    name, step = _next_word(tokens, i)
    below = words().fractions.get(name)
    if below is None or above == 0 or above >= 100:
        return None
    plural = name.endswith("s") and above > 1
    if not (plural or (above == 1 and (step == 2 or _reads_as_fraction(tokens, i, name)))):
        return None
    if name.startswith("quarter") and _are_of_year(tokens, begin, i + step, above):
        return None
    return _simple_fraction(tokens, i + step - 1, above) or Reading(
        ratio(above, below), Decimal("0.01"), i + step, "fraction", True
    )


def _are_of_year(tokens: Sequence[Token], begin: int, after: int, above: int) -> bool:
    """Whether quarters are of a year: "the last four quarters", "three quarters in a row"."""
    told = _low(tokens, begin - 1) in ("last", "past", "next", "previous", "coming", "consecutive")
    return told or above > 3 or _low(tokens, after) in ("in", "ago", "ended", "later", "running")


def _read_point(tokens: Sequence[Token], i: int, whole: int) -> Reading | None:
    """ "two point five trillion"; tokens[i] is "point"."""
    digits = ""
    j = i + 1
    while _low(tokens, j) in words().cardinals and words().cardinals[_low(tokens, j)] < 10:
        digits += str(words().cardinals[_low(tokens, j)])
        j += 1
    if not digits:
        return Reading(Decimal(whole), Decimal(1), i, "number", True)
    value, place = Decimal(f"{whole}.{digits}"), Decimal(1).scaleb(-len(digits))
    value, place, after = _scaled(tokens, j, value, place)
    return Reading(value, place, after, "number", True)


# ------------------------------------------------------------------ telling apart

_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_IN_WORDS = frozenset({"in", "across", "within", "throughout", "around"})
_YEAR_CUES = frozenset(
    "in since by until till from of during for circa before after year between early late".split()
) | {"mid", "to", "and"}


def scan(text: str) -> list[Numeral]:
    """Every digit and number word of `text`, in order, not overlapping.

    >>> [(n.kind, n.value) for n in scan("G20 trade rose 7.1%")]
    [('identifier', None), ('number', Decimal('7.1'))]
    """
    tokens = lex(text)
    return read_all(tokens, periods.spans(text))


def read_all(tokens: Sequence[Token], dates: Sequence[tuple[int, int]]) -> list[Numeral]:
    """The numerals of `tokens`; those inside `dates` (spans of the text) are dates."""
    found: list[Numeral] = []
    openers = words().openers
    after, date = 0, 0
    for i, token in enumerate(tokens):
        if i < after or token.kind == "s" or (token.kind == "w" and token.low not in openers):
            continue
        while date < len(dates) and dates[date][1] <= token.start:
            date += 1
        inside = date < len(dates) and dates[date][0] <= token.start
        numeral = _dated(tokens, i) if inside else _numeral(tokens, i, found)
        if numeral is not None:
            found.append(numeral)
            after = numeral.after
    return found


def _dated(tokens: Sequence[Token], i: int) -> Numeral | None:
    token = tokens[i]
    if token.kind == "x" or token.kind == "n":
        year = token.text.isdecimal() and len(token.text) == 4
        return _made(
            tokens, i, i + 1, "year" if year else "date", Decimal(token.text) if year else None
        )
    if (token.low in words().starters and token.low != "second") or token.low in ("second", "half"):
        return _made(tokens, i, i + 1, "date")
    return None


def _made(
    tokens: Sequence[Token],
    first: int,
    after: int,
    kind: NumeralKind,
    value: Decimal | None = None,
    place: Decimal = Decimal(1),
) -> Numeral:
    start, end = tokens[first].start, tokens[after - 1].end
    return Numeral(start, end, value, kind, place, first, after)


def _numeral(tokens: Sequence[Token], i: int, before: Sequence[Numeral]) -> Numeral | None:
    token = tokens[i]
    if token.kind == "n":
        return _digit_numeral(tokens, i, before)
    if token.kind == "x":
        return _made(tokens, i, i + 1, _opaque_kind(token)) if _has_digit(token.text) else None
    if token.kind == "w":
        return _word_numeral(tokens, i)
    if token.kind == "o" and token.text.isnumeric():
        return _made(tokens, i, i + 1, "identifier")
    return None


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _opaque_kind(token: Token) -> NumeralKind:
    if token.text[0].isdigit():
        return "time" if ":" in token.text else "date"
    return "identifier"


def _digit_numeral(tokens: Sequence[Token], i: int, before: Sequence[Numeral]) -> Numeral:
    after_word = _low(tokens, i + 1) if _is_glued(tokens, i + 1) else ""
    if after_word in _ORDINAL_ENDS:
        parsed = decimal_of(tokens[i].text)
        return _made(tokens, i, i + 2, "ordinal", parsed[0] if parsed else None)
    end = _name_end(tokens, i) or _calibre_end(tokens, i) or _shape_end(tokens, i)
    if end is not None:
        return _made(tokens, i, end, "identifier")
    other = _clock_or_decade(tokens, i)
    if other is not None:
        return other
    if _low(tokens, i + 1) in HYPHENS and _low(tokens, i + 2) in _labelled("shapes"):
        return _made(tokens, i, i + 1, "indefinite")
    reading = read(tokens, i)
    if reading is None:
        return _made(tokens, i, i + 1, "identifier")
    return _told_apart(tokens, i, reading, before)


def _calibre_end(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the "9mm" of "a 9mm pistol", of "a 12-gauge shotgun"."""
    step = i + 1 + (_low(tokens, i + 1) in HYPHENS)
    if _low(tokens, step) not in ("mm", "gauge", "calibre", "caliber"):
        return None
    return step + 1 if _low(tokens, step + 1) in _labelled("after") else None


def _shape_end(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the "2-3" of "the 2-3 formation"."""
    end = i + 1
    while _low(tokens, end) in HYPHENS and _is_glued(tokens, end) and _is_glued(tokens, end + 1):
        if end + 1 >= len(tokens) or not tokens[end + 1].text.isdecimal():
            break
        end += 2
    formed = end > i + 1 and _low(tokens, end) in _labelled("formations")
    return end if formed else None


def _clock_or_decade(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "9 pm", "9 a.m.", "10 o'clock", "1990s", "'90s", "24/7", "10-K"."""
    following = _low(tokens, i + 1)
    clock = _clock_end(tokens, i) or _bare_hour(tokens, i)
    if clock is not None:
        return _made(tokens, i, clock, "time")
    if following in ("am", "pm", "o'clock"):
        return _made(tokens, i, i + 2, "time")
    if following in ("a", "p") and _low(tokens, i + 2) == "." and _low(tokens, i + 3) == "m":
        return _made(tokens, i, i + 4, "time")
    if _low(tokens, i - 1) in ("'", "’", "‘") and _is_glued(tokens, i) and len(tokens[i].text) == 2:
        if tokens[i].text.isdecimal() and not following == "%":
            return _made(tokens, i, i + 1, "date")
    shaped = _by_shape(tokens, i)
    if shaped is not None:
        return shaped
    if following in ("s", "'s") and _is_glued(tokens, i + 1) and len(tokens[i].text) in (2, 4):
        return _made(tokens, i, i + 2, "date")
    if following in ("/", ":") and _is_glued(tokens, i + 2) and tokens[i + 2].kind == "n":
        return _parted(tokens, i, following)
    return None


def _parted(tokens: Sequence[Token], i: int, mark: str) -> Numeral | None:
    """ "118:100" as a ratio; "3:16", "12/10" are none; "3/4" is read as a fraction."""
    even = _ratio_by_colon(tokens, i) if mark == ":" else None
    if even is not None:
        return _made(tokens, i, i + 3, "multiple", even, Decimal("0.001"))
    named = mark == ":" or _slash_fraction(tokens, i) is None
    return _made(tokens, i, i + 3, "identifier") if named else None


_RATIOS = frozenset("ratio ratios odds proportion proportions".split())


def _ratio_by_colon(tokens: Sequence[Token], i: int) -> Decimal | None:
    """The 1.18 of "a ratio of 118:100", "odds of 10:1"; verses, scores and clocks are none."""
    goes_on = _is_glued(tokens, i + 3) and tokens[i + 3].kind != "s" and _low(tokens, i + 3) != "."
    if not (_is_glued(tokens, i + 1) and _is_glued(tokens, i + 2)) or goes_on:
        return None
    above, below = decimal_of(tokens[i].text), decimal_of(_low(tokens, i + 2))
    if tokens[i + 2].kind != "n" or above is None or below is None or not below[0]:
        return None
    near = (_low(tokens, k) for k in range(max(0, i - 12), i))
    told = below[0] in (100, 1000) and above[0] > 1
    if not (told and not tokens[i - 1].text[:1].isupper()) and _RATIOS.isdisjoint(near):
        return None
    return quotient(above[0], below[0])


def quotient(above: Decimal, below: Decimal) -> Decimal:
    """What a ratio told by two numbers comes to, to four places."""
    return (above / below).quantize(Decimal("0.0001")).normalize()


def _by_shape(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "401(k)", "4x4", "20.45 local time"."""
    if _is_subsection(tokens, i):
        return _made(tokens, i, i + 4, "identifier")
    if _is_by(tokens, i):
        end = i + 4 if _is_glued(tokens, i + 3) and tokens[i + 3].kind == "w" else i + 3
        return _made(tokens, i, end, "identifier")
    return _made(tokens, i, i + 1, "time") if _is_dotted_time(tokens, i) else None


def _is_subsection(tokens: Sequence[Token], i: int) -> bool:
    """ "401(k)": a whole number with a letter in brackets, all in one word."""
    letter = tokens[i + 2] if i + 3 < len(tokens) else None
    if letter is None or letter.kind != "w" or len(letter.text) > 1 or len(tokens[i].text) < 3:
        return False
    tight = all(tokens[k].glued for k in (i + 1, i + 2, i + 3))
    return tight and _low(tokens, i + 1) == "(" and _low(tokens, i + 3) == ")"


def _is_by(tokens: Sequence[Token], i: int) -> bool:
    """ "a 4x4": two short numbers and an x, all in one word."""
    if _low(tokens, i + 1) != "x" or not (_is_glued(tokens, i + 1) and _is_glued(tokens, i + 2)):
        return False
    other = tokens[i + 2] if i + 2 < len(tokens) else None
    if other is not None and other.kind == "n" and len(tokens[i].text) == 1 < len(other.text) - 1:
        return True
    short = other is not None and other.kind == "n" and len(other.text + tokens[i].text) < 4
    return short and units.match([t.text for t in tokens[i + 3 : i + 5]], 0) is None


_SERVICES = frozenset("from train service bus ferry flight departure".split())


_DOTTED_TIME = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")


def _is_dotted_time(tokens: Sequence[Token], i: int) -> bool:
    """ "kick-off at 20.45", "20.45 local time"."""
    if not _DOTTED_TIME.fullmatch(tokens[i].text):
        return False
    if _low(tokens, i - 1) == "the" and _low(tokens, i + 1) in _SERVICES:
        return True
    if _low(tokens, i + 1) in ("local", "gmt", "bst", "cet", "cest", "est", "edt", "hrs", "uhr"):
        return True
    if _low(tokens, i - 1) in (",", "and", "or") and _is_written_time(tokens, i - 2):
        return not has_unit(tokens, i, i + 1)
    cues = _labelled("timed")
    near = (_low(tokens, k) for k in range(max(0, i - 6), i))
    bare = not has_unit(tokens, i, i + 1) and _low(tokens, i - 1) in ("at", "from", "until", "by")
    return bare and any(low in cues for low in near)


def _is_written_time(tokens: Sequence[Token], i: int) -> bool:
    """Whether tokens[i] is a time like "07:45": what stands beside it in a list is one too."""
    return i >= 0 and tokens[i].kind == "x" and _opaque_kind(tokens[i]) == "time"


def _told_apart(
    tokens: Sequence[Token], i: int, reading: Reading, before: Sequence[Numeral]
) -> Numeral:
    """A number, or a year or a label's number that looks like one."""
    start, end = tokens[i].start, tokens[reading.after - 1].end
    kind: NumeralKind = reading.kind
    bare = reading.after == i + 1 and not has_unit(tokens, i, reading.after)
    if _is_bearing(tokens, i):
        return Numeral(start, end, None, "identifier", Decimal(1), i, reading.after)
    if bare and _is_year(tokens, i):
        kind = "year"
    elif _is_lettered(tokens, i) or (bare and _is_counter(tokens, i, before)):
        return Numeral(start, end, None, "identifier", Decimal(1), i, reading.after)
    elif _extends_name(tokens, i, before) or (
        bare and (_is_label(tokens, i) or _continues_label(tokens, i, before))
    ):
        return Numeral(start, end, None, "identifier", Decimal(1), i, reading.after)
    return Numeral(
        start, end, reading.value, kind, reading.place, i, reading.after, reading.spelled
    )


def _is_bearing(tokens: Sequence[Token], i: int) -> bool:
    """ "54°12′N", "8.0° E", "12° 30' 15" N": numbers that say where on the globe."""
    if _low(tokens, i + 1) not in _ARCS or not _is_glued(tokens, i + 1):
        return False
    end = i
    while end < i + 9 and _low(tokens, end + 1) in _ARCS:
        end += 2
        end += end < len(tokens) and tokens[end].text in _ARCS
        if end >= len(tokens) or tokens[end].kind != "n":
            break
    side = tokens[end].text if end < len(tokens) else ""
    return side in _SIDES or (side in ("north", "south", "east", "west") and end - i > 2)


_ARCS = frozenset("°º˚′″'\"’”")
_SIDES = frozenset({"N", "S", "E", "W"})


def _is_lettered(tokens: Sequence[Token], i: int) -> bool:
    """The 27 of "Runway 27L", "Gate 4B": a label and a letter about the number."""
    letter = tokens[i + 1] if i + 1 < len(tokens) else None
    if letter is None or not (letter.glued and letter.kind == "w" and len(letter.text) == 1):
        return False
    return i > 0 and letter.text.isupper() and tokens[i - 1].low in words().labels


def has_unit(tokens: Sequence[Token], i: int, after: int) -> bool:
    """Whether a currency stands before tokens[i], or a unit that is no plain word after it."""
    if i > 0 and tokens[i - 1].kind in "sw":
        named = units.named_as(tokens[i - 1].text)
        is_word = tokens[i - 1].low in data.load("currencies")["words"]
        sign = not is_word or tokens[i - 1].text == "RMB"
        if named is not None and units.is_money(named.unit) and sign:
            return True
    step = after + 1 if _low(tokens, after) in HYPHENS and _is_glued(tokens, after) else after
    if step >= len(tokens) or not units.may_begin(tokens[step].text):
        return False
    texts = [t.text for t in tokens[step : step + 5]]
    return units.match(texts, 0) is not None and not _is_verb_like(texts)


_BOTH = frozenset({"won", "real", "pound", "pounds", "dong", "rand", "lev", "yuan", "dollars"})


def _is_verb_like(texts: Sequence[str]) -> bool:
    return texts[0] in ("won", "A", "U", "K", "bar", "a", "d", "y", "s", "p", "c")


def _is_year(tokens: Sequence[Token], i: int) -> bool:
    text = tokens[i].text
    if not (text.isdecimal() and len(text) == 4):
        return False
    if "1900" <= text <= "2099":
        return True
    if not "1000" <= text <= "2199" or _low(tokens, i - 1) not in _YEAR_CUES:
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    plural = following is not None and following.low.endswith("s") and len(following.low) > 3
    return following is None or following.kind != "w" or not plural


def _is_label(tokens: Sequence[Token], i: int) -> bool:
    """ "Article 301", "page 12", "Boeing 737", "No. 10", "#4", "[12]"."""
    if i < 5 and all(token.kind == "s" for token in tokens[:i]):
        return _is_list_number(tokens, i) or _is_section_number(tokens, i)
    before = tokens[i - 1]
    if before.kind == "s":
        return _is_below(tokens, i) or _is_marked(tokens, i, before)
    if before.kind != "w" or (before.glued and _low(tokens, i - 2) in "'’"):
        return False
    if _names_what_follows(tokens, i) or _is_group(tokens, i) or _is_version(tokens, i):
        return True
    if _counts_plainly(tokens, i):
        return False
    if before.low in words().labels or before.low.removesuffix("s") in words().labels:
        return _labels_number(tokens, i - 1)
    if before.low in ("heading", "subheading") and len(tokens[i].text) > 3:
        return _low(tokens, i - 2) != "," and tokens[i].text.isdecimal()
    if before.text in _BEFORE_RANGES or (_is_name(tokens, i - 1) and _may_score(tokens, i)):
        return False
    return _is_name(tokens, i - 1) and not _counts_in_place(tokens, i)


def _is_below(tokens: Sequence[Token], i: int) -> bool:
    """The 1 of "Level -1"."""
    label = tokens[i - 2] if i > 1 else tokens[i - 1]
    led = tokens[i - 1].text in MINUSES and not tokens[i - 1].glued and tokens[i].glued
    return led and label.low in words().labels and label.text[0].isupper()


_BEFORE_RANGES = frozenset({"CI", "CIs", "IQR", "SD", "HR", "OR", "RR", "BMI", "GDP", "IQ"})


def _labels_number(tokens: Sequence[Token], i: int) -> bool:
    """Whether a label names what a number stands for: "a Level 2 charger", not "a day 31 came"."""
    led = _low(tokens, i - 1)
    if led in ("per", "each", "every"):
        return False
    if tokens[i].text[0].isupper() and i > 0:
        return True
    timed = tokens[i].low in _labelled("also_counted")
    return led not in ("a", "an", "this", "that") or not timed


def _counts_plainly(tokens: Sequence[Token], i: int) -> bool:
    """ "Tanzania 203,300", "on an average day 31 people", "Estmark's 742 schools".

    A number with a comma numbers nothing; nor does one before its noun after a word for a time or
    an owner, nor those of a list of names with a number each.
    """
    before, text = tokens[i - 1], tokens[i].text
    if _ENGLISH.fullmatch(text) and before.low not in _NUMBERED:
        return True
    if (
        before.low == "number"
        and _low(tokens, i - 2).endswith("s")
        and len(_low(tokens, i - 2)) > 3
    ):
        return True
    if before.low.partition("'")[0] in _PRONOUNS:
        return True
    if _is_counting(tokens, i):
        timed = before.low in _labelled("also_counted")
        return before.low.endswith("'s") or (timed and _low(tokens, i - 2) != "the")
    return before.low not in words().labels and _is_in_list(tokens, i)


_NUMBERED = frozenset("no nos number patent act law order resolution licence license".split())
_PRONOUNS = frozenset({"we", "they", "you", "i", "he", "she", "it"})


def _is_counting(tokens: Sequence[Token], i: int) -> bool:
    """Whether a plural noun stands right behind the number."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.kind != "w" or not following.text.islower():
        return False
    irregular = following.low in data.load("nouns")["irregular"]
    return irregular or (following.low.endswith("s") and len(following.low) > 3)


_LIST_REACH = 30
_ENDS_PAIR = frozenset(",;.()") | {"and", "or", ""}


def _is_in_list(tokens: Sequence[Token], i: int) -> bool:
    """ "Cases by town: Halvern 132, Stowbridge 67, Kelham 29": a name and a number, thrice."""
    if _low(tokens, i + 1) not in _ENDS_PAIR:
        return False
    near = range(max(1, i - _LIST_REACH), min(len(tokens), i + _LIST_REACH))
    pairs = (
        k for k in near
        if tokens[k].kind == "n" and _is_titled(tokens[k - 1]) and _low(tokens, k + 1) in _ENDS_PAIR
    )  # fmt: skip
    return sum(1 for _ in pairs) > 2


def _is_titled(token: Token) -> bool:
    plain = not periods.is_month(token.low) and token.low not in words().labels
    return token.kind == "w" and token.text[0].isupper() and plain


def _names_what_follows(tokens: Sequence[Token], i: int) -> bool:
    """ "a .22 rifle", "a 9 iron": a calibre, no quantity."""
    step = i + 1 + (_low(tokens, i + 1) in HYPHENS)
    named = _low(tokens, step) in _labelled("after")
    return named and tokens[i].text.startswith(".")


def _is_version(tokens: Sequence[Token], i: int) -> bool:
    """The 2.4 of "version 2.4.1 mends what was broken since 2.4"."""
    if "." not in tokens[i].text or _low(tokens, i - 1) not in _SINCE_VERSIONS:
        return False
    lows = [token.low for token in tokens[:i]]
    at = next((k for k, low in enumerate(lows) if low in ("version", "release", "update")), None)
    return at is not None and at + 1 < i and tokens[at + 1].kind == "n"


_SINCE_VERSIONS = frozenset("in since from to until with before after".split())


def _is_group(tokens: Sequence[Token], i: int) -> bool:
    """The 77 of "the Group of 77"."""
    head = tokens[i - 2] if i > 1 else None
    if head is None or _low(tokens, i - 1) != "of" or not head.text[0].isupper():
        return False
    following = _low(tokens, i + 1)
    alone = i + 1 >= len(tokens) or tokens[i + 1].kind != "w" or not following.endswith("s")
    return head.low in _labelled("groups") and alone


def _may_score(tokens: Sequence[Token], i: int) -> bool:
    """ "beat Eastfield 3-1": two short numbers about a hyphen."""
    tight = _low(tokens, i + 1) in HYPHENS and _is_glued(tokens, i + 1) and _is_glued(tokens, i + 2)
    other = tokens[i + 2] if tight and i + 2 < len(tokens) else None
    return other is not None and other.kind == "n" and max(len(other.text), len(tokens[i].text)) < 3


_CODES = frozenset("code pin password phone tel fax id ref reference isbn serial".split())
_SHORT_LABELS = frozenset("no nos p pp fig figs vol art sec ext op ch para tel".split())


def _is_counter(tokens: Sequence[Token], i: int, before: Sequence[Numeral]) -> bool:
    """ "2) Pay", "1 Canada Square", "text STOP to 60777": numbers that count nothing."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.text == ")" and following.glued:
        return "(" not in [t.text for t in tokens[max(0, i - 12) : i]]
    near = {t.low for t in tokens[max(0, i - 4) : i]}
    if _low(tokens, i - 1) == "to" and near & {"text", "reply", "sms"}:
        return True
    if _low(tokens, i - 1) in ("call", "ring", "dial", "text", "error", "or") and len(
        tokens[i].text
    ) in (3, 5):
        dialled = (bool(before) and before[-1].kind == "identifier") or _low(tokens, i - 1) != "or"
        return dialled and (following is None or following.kind != "w" or following.low == "or")
    if following is None:
        return False
    return _is_address(tokens, i, following) or _is_postcode(tokens, i, following, before)


def _is_postcode(
    tokens: Sequence[Token], i: int, following: Token, before: Sequence[Numeral]
) -> bool:
    """The 10115 of "Hauptstrasse 14, 10115 Berlin"."""
    text = tokens[i].text
    if _low(tokens, i - 1) != "," or not (text.isdecimal() and len(text) in (4, 5)) or not before:
        return False
    is_house = before[-1].kind == "identifier" and before[-1].after > i - _ADDRESS_REACH
    name = following.kind == "w" and following.text[0].isupper() and not following.glued
    return is_house and name


_ADDRESS_REACH = 6


def _is_address(tokens: Sequence[Token], i: int, following: Token) -> bool:
    """ "1 Canada Square": a short number before a name that is not plural."""
    if len(tokens[i].text) > 3 or following.kind != "w" or following.glued:
        return False
    if _is_street(tokens, i + 1):
        return True
    if not following.text[0].isupper():
        return False
    run = []
    for token in tokens[i + 1 : i + 5]:
        if token.kind != "w" or token.low in ("and", "of", "in", "to", "at", "for", "from"):
            break
        run.append(token)
    titled = sum(t.text[0].isupper() for t in tokens if t.kind == "w") * 2 > len(tokens)
    return not titled and not any(t.low.endswith("s") or t.low == "people" for t in run)


def _is_street(tokens: Sequence[Token], i: int) -> bool:
    """The "rue Haute" of "12 rue Haute", the "via del Corso" of "8 via del Corso"."""
    if tokens[i].low not in _labelled("streets"):
        return False
    step = i + 1 + (_low(tokens, i + 1) in _OF_STREETS)
    return step < len(tokens) and tokens[step].text[:1].isupper()


_OF_STREETS = frozenset("de del della di du des da do dos la le van von der".split())


def _is_marked(tokens: Sequence[Token], i: int, before: Token) -> bool:
    if before.text == "#" or before.text == "№":
        return True
    if before.text == ":" and _low(tokens, i - 2) in _CODES:
        return True
    if before.text == "." and _is_initial(tokens, i - 2) and not before.glued == tokens[i].glued:
        return True
    if before.text == "." and _low(tokens, i - 2) in _SHORT_LABELS:
        return not before.glued or tokens[i - 2].kind == "w"
    closing = _low(tokens, i + 1)
    if before.text == "(" and i > 2 and tokens[i - 2].kind == "n" and len(tokens[i].text) > 1:
        return False
    if before.text == "[" and closing == "]":
        return True
    return before.text == "(" and closing == ")" and len(tokens[i].text) <= 2


def _is_initial(tokens: Sequence[Token], i: int) -> bool:
    """The last letter of "P.S. 118"."""
    token = tokens[i] if i > 0 else None
    if token is None or len(token.text) > 1 or not token.text.isupper():
        return False
    if _low(tokens, i - 1).endswith("'s"):
        return True
    return token.glued and _low(tokens, i - 1) == "." and len(_low(tokens, i - 2)) == 1


def _is_list_number(tokens: Sequence[Token], i: int) -> bool:
    following = _low(tokens, i + 1)
    size = len(tokens[i].text)
    if following == "." and i + 2 == len(tokens):
        return size <= 2
    return (
        following in (".", ")") and _is_glued(tokens, i + 1) and i + 2 < len(tokens) and size <= 3
    )


def _is_section_number(tokens: Sequence[Token], i: int) -> bool:
    """The 3.3 of "3.3 The loss per trip was 39 cents"."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    opens = following is not None and following.text in _OPENING_WORDS
    return opens and re.fullmatch(r"\d{1,2}\.\d{1,2}", tokens[i].text) is not None


_OPENING_WORDS = frozenset("The A An In On At It This These Those Our We For Of By As To".split())


def _is_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether tokens[i] is a capitalised word that a number would belong to."""
    token = tokens[i]
    if token.text[0].islower() and token.text != token.low:
        return units.named_as(token.text) is None
    if token.low.endswith("ing") and _begins(tokens, i):
        return False
    if not token.text[0].isupper() or token.low in data.load("grammar")["plain"]["words"]:
        return False
    if token.low in words().starters or periods.is_month(token.low):
        return False
    opens = i == 0 or _opens_sentence(tokens, i)
    return not opens or token.low in words().labels or not _opens_plainly(token.low)


def _begins(tokens: Sequence[Token], i: int) -> bool:
    """Whether a lower-case text goes on after the number: "Needing 306, they ..."."""
    return i == 0 and _low(tokens, i + 2) == "," and len(tokens) > i + 4


def _opens_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Whether tokens[i] stands after a full stop or a footnote's "(1)"."""
    if tokens[i].glued or len(tokens[i].text) < 4:
        return False
    note = _low(tokens, i - 1) == ")" and _low(tokens, i - 3) == "("
    return note or _low(tokens, i - 1) in (".", "!", "?", "•", "|")


def _opens_plainly(low: str) -> bool:
    """Whether a word may open a sentence as a common noun before a count ("Visitors 300")."""
    if low.endswith("ly") or low in _measures():
        return True
    singular = units.singular(low)
    return low.endswith("s") and (singular in _common() or low not in _labelled("plural_names"))


@cache
def _labelled(name: str) -> frozenset[str]:
    """A list of words of the table of labels: "shapes", what a number makes a shape of."""
    return frozenset(data.load("numbers")["labels"][name].split())


@cache
def _measures() -> frozenset[str]:
    return frozenset(data.load("headers")["measures"]["words"].split())


@cache
def _common() -> frozenset[str]:
    return frozenset(data.load("common")["words"].split())


def _counts_in_place(tokens: Sequence[Token], i: int) -> bool:
    """ "in Norway 300 people died": a place, then a count."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.kind != "w" or not following.text.islower():
        return False
    counted = following.low.endswith("s") or following.low in ("people", "men", "women", "children")
    return counted and _low(tokens, i - 2) in _IN_WORDS


def _extends_name(tokens: Sequence[Token], i: int, before: Sequence[Numeral]) -> bool:
    """The 400 of "Boeing 747-400", the 1618 of "Case 17-1618"."""
    if not before or before[-1].kind != "identifier" or before[-1].after != i - 1 or i < 2:
        return False
    tight = tokens[i - 1].glued and tokens[i].glued and tokens[i - 1].text in "-‐‑"
    return tight and tokens[i - 2].kind == "n"


def _continues_label(tokens: Sequence[Token], i: int, before: Sequence[Numeral]) -> bool:
    """The 13 of "pages 12 and 13", "Articles 3, 4 and 5"."""
    if not before or before[-1].kind != "identifier" or before[-1].after != i - 1:
        return False
    last = before[-1]
    if tokens[last.first].kind != "n" or last.after - last.first > 1:
        return False
    return _low(tokens, i - 1) in ("and", "to", "or", ",", "–", "-", "&", "of") and (
        _is_labelled(tokens, last.first)
    )


def _is_labelled(tokens: Sequence[Token], i: int) -> bool:
    before = _low(tokens, i - 1)
    if before == ".":
        return _low(tokens, i - 2) in _SHORT_LABELS
    return before.removesuffix("s") in words().labels or before in words().labels


def _name_end(tokens: Sequence[Token], i: int) -> int | None:
    """Where a name with this number in it ends ("G20", "COVID-19", "5G"), or None."""
    token = tokens[i]
    if _glued_to_name(tokens, i):
        return _glued_end(tokens, i + 1)
    if _is_discovered(tokens, i):
        return i + 3
    if _is_phone(tokens, i):
        return _phone_end(tokens, i)
    if token.text[0] == "0" and len(token.text) > 2 and token.text.isdecimal():
        return i + 1
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or not following.glued:
        return None
    if following.kind == "w" and not _may_follow(tokens, i, following):
        return _glued_end(tokens, i + 2)
    if following.text in "-‐‑" and _is_glued(tokens, i + 2) and _is_capital_name(tokens, i + 2):
        return i + 3
    hyphened = following.text in HYPHENS and _is_glued(tokens, i + 2) and i + 2 < len(tokens)
    if hyphened and tokens[i + 2].kind == "n" and token.text.isdecimal():
        return _long_code(tokens, i)
    return None


def _is_discovered(tokens: Sequence[Token], i: int) -> bool:
    """ "asteroid 2024 YR4", "comet 1997 XF11": a year, two capitals and a number glued to them."""
    if i + 2 >= len(tokens) or len(tokens[i].text) != 4 or not tokens[i].text.isdecimal():
        return False
    letters, number = tokens[i + 1], tokens[i + 2]
    named = letters.kind == "w" and letters.text.isupper() and len(letters.text) == 2
    return named and letters.text != "FY" and number.kind == "n" and number.glued


def _is_capital_name(tokens: Sequence[Token], i: int) -> bool:
    """ "7-Eleven": a capitalised word that is no unit."""
    token = tokens[i]
    if token.kind != "w" or not token.text[0].isupper() or token.text.isupper():
        return False
    return units.named_as(token.text) is None and token.low not in words().scales


def _glued_end(tokens: Sequence[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].glued and tokens[i].kind in "wnox":
        i += 1
    joined = _low(tokens, i) in ("/", "-", "+") and i + 1 < len(tokens)
    if joined and _is_glued(tokens, i) and _is_glued(tokens, i + 1):
        return _glued_end(tokens, i + 1)
    return i


_NEVER_GLUED = frozenset({"COP", "TOP", "ALL", "CUP", "PEN", "RON"})


def _glued_to_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether letters stand right before the number: "G20", "COVID-19", "F-35"."""
    if i == 0 or not tokens[i].glued:
        return False
    before = tokens[i - 1]
    if before.kind == "w":
        named = units.named_as(before.text)
        money = (named is not None and units.is_money(named.unit)) or before.low == "us"
        if before.text == "R" and len(tokens[i].text) == 1:
            return _low(tokens, i + 1) not in words().scales
        return not money or before.text in _NEVER_GLUED
    if before.text in ("-", "‐", "‑") and before.glued and i > 1 and tokens[i - 2].kind == "w":
        prefix = tokens[i - 2].low
        return prefix not in (
            "end",
            "mid",
            "pre",
            "post",
            "sub",
            "near",
            "minus",
            "plus",
            "over",
            "and",
            "to",
            "magnitude",
        )
    if not before.glued or i < 2 or tokens[i - 2].kind not in "wx":
        return False
    return before.text in ("@", "_", "/") or (before.text == "." and _is_variant(tokens[i - 2]))


def _is_variant(token: Token) -> bool:
    """The "BA" of "BA.2", which is no currency and no short word with a stop."""
    short = token.text.isupper() and len(token.text) < 4 and token.low not in _SHORT_LABELS
    return short and units.named_as(token.text) is None


_BEFORE_DEGREES = frozenset(
    "at to of below above over under around about from and hit reached topped nearly minus".split()
)


def _tells_degrees(tokens: Sequence[Token], i: int) -> bool:
    """Whether the C of "49.6C", "-18C", "a 40C heatwave" stands for degrees."""
    if _is_glued(tokens, i):
        return tokens[i - 1].text in MINUSES and not tokens[i - 1].glued
    if _low(tokens, i - 1) in _BEFORE_DEGREES and len(tokens[i].text) > 1:
        return True
    near = (_low(tokens, k) for k in range(max(0, i - 20), i + 20))
    return "." in tokens[i].text or any(low in _WEATHER for low in near)


_WEATHER = frozenset(
    "degrees temperature temperatures heat heatwave cold celsius fahrenheit frost warm warmer hot"
    " hottest hotter colder coldest thermometer mercury freezing weather thawed".split()
)


def _may_follow(tokens: Sequence[Token], i: int, following: Token) -> bool:
    """Whether letters glued to a number are a scale or a unit, and not part of a name ("5G")."""
    text, low = following.text, following.low
    lettered = text in words().loose and (text not in "BT" or _before_things(tokens, i + 1))
    if low in words().scales or lettered:
        return _is_loose_scale(tokens, i, text)
    if low in ("s", "x", "fold", "st", "nd", "rd", "th", "am", "pm", "'s"):
        return True
    if text in ("p", "c"):
        return True
    if text == "in" and _low(tokens, i - 1) in ("ft", "feet", "foot"):
        return True
    if text in ("C", "F") and _tells_degrees(tokens, i):
        return len(tokens[i].text) < 6
    if text in (
        "K",
        "A",
        "V",
        "W",
        "F",
        "G",
        "D",
        "B",
        "T",
        "C",
        "U",
        "N",
        "J",
        "R",
        "AU",
        "Q",
        "H",
    ):
        return _after_money(tokens, i + 1) or (text in "VWAJN" and not text == "A")
    return units.named_as(text) is not None


def _is_loose_scale(tokens: Sequence[Token], i: int, text: str) -> bool:
    if text in ("K", "M", "MM"):
        return _after_money(tokens, i + 1) or _before_things(tokens, i + 1)
    return True


def _is_phone(tokens: Sequence[Token], i: int) -> bool:
    """A run of four groups of digits, or three after a plus sign: nothing that is a quantity."""
    end = _phone_end(tokens, i)
    if end == i + 1:
        return False
    groups = sum(1 for t in tokens[i:end] if t.kind == "n")
    plus = _low(tokens, i - 1) == "+" and _is_glued(tokens, i)
    digits = sum(len(t.text) for t in tokens[i:end] if t.kind == "n")
    dialled = tokens[i].text.startswith("0") and tokens[i].text.isdecimal() and groups >= 2
    return digits >= 7 and (groups >= 4 or dialled or (groups >= 2 and plus))


def _phone_end(tokens: Sequence[Token], i: int) -> int:
    j = i + 1
    while j + 1 < len(tokens) and j < i + 12:
        step = 0
        while _low(tokens, j + step) in ("-", "(", ")", "‑") and step < 2:
            step += 1
        token = tokens[j + step] if j + step < len(tokens) else None
        if token is None or token.kind != "n" or not token.text.replace(" ", "").isdecimal():
            break
        if token.start - tokens[j + step - 1].end > 1:
            break
        j += step + 1
    return j


def _long_code(tokens: Sequence[Token], i: int) -> int | None:
    """The end of digits joined by two or more hyphens ("555-123-4567"), or None."""
    j, groups = i + 1, 1
    while _low(tokens, j) in HYPHENS and _is_glued(tokens, j) and _is_glued(tokens, j + 1):
        if j + 1 >= len(tokens) or tokens[j + 1].kind != "n":
            break
        j, groups = j + 2, groups + 1
    return j if groups >= 3 else None


def _clock_end(tokens: Sequence[Token], i: int) -> int | None:
    """The end of "half past seven", "a quarter to nine", "ten to five", "six in the morning"."""
    if _low(tokens, i - 1) not in _CLOCK_LEADS:
        return None
    i += _low(tokens, i) in ("a", "an")
    if _low(tokens, i) not in _CLOCK_WORDS and not _low(tokens, i).isdecimal():
        return None
    if _low(tokens, i + 1) in ("past", "to") and _low(tokens, i + 2) in _HOURS:
        return i + 3 if _low(tokens, i) in _CLOCK_PARTS else None
    if _low(tokens, i) not in _HOURS and not _low(tokens, i).isdecimal():
        return None
    of_day = _low(tokens, i + 1) == "in" and _low(tokens, i + 3) in _TIMES_OF_DAY
    at_night = _low(tokens, i + 1) == "at" and _low(tokens, i + 2) in ("night", "dawn", "noon")
    return i + 1 if of_day or at_night else None


def _bare_hour(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the 9 of "doors open at 7.30pm and the band goes on at 9", of "open 9 to 5"."""
    if not _is_hour(tokens, i):
        return None
    cues = _labelled("timed")
    if _low(tokens, i - 1) in cues or (
        _low(tokens, i - 1) == "from" and _low(tokens, i - 2) in cues
    ):
        to = _low(tokens, i + 1) in ("to", "until", "till", "-", "–") and _is_hour(tokens, i + 2)
        return i + 3 if to and not _counts_at(tokens, i + 3) else None
    if _low(tokens, i - 1) not in ("at", "until", "till", "by"):
        return None
    told = any(_is_clock(tokens, k) for k in range(max(0, i - 20), i))
    return i + 1 if told and not _counts_at(tokens, i + 1) else None


def _is_hour(tokens: Sequence[Token], i: int) -> bool:
    text = _low(tokens, i)
    return text.isdecimal() and len(text) < 3 and 0 < int(text) < 25


def _is_clock(tokens: Sequence[Token], i: int) -> bool:
    """Whether a time of day stands at tokens[i]: "20:00", "7.30pm", "6 a.m."."""
    if tokens[i].kind == "x":
        return ":" in tokens[i].text
    if tokens[i].kind != "n":
        return False
    following = [_low(tokens, k) for k in (i + 1, i + 2, i + 3)]
    return following[0] in ("am", "pm") or (following[0] in "ap" and following[1:] == [".", "m"])


def _counts_at(tokens: Sequence[Token], i: int) -> bool:
    """Whether what a number would count, or its unit, stands at tokens[i]."""
    token = tokens[i] if i < len(tokens) else None
    if token is None or token.text in ",.;)":
        return False
    return token.kind != "w" or token.low not in ("on", "and", "in", "every", "from", "sharp")


_HOURS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_CLOCK_PARTS = frozenset({"five", "ten", "quarter", "twenty", "half"})
_CLOCK_WORDS = _HOURS | _CLOCK_PARTS
_CLOCK_LEADS = frozenset("at by until till before after from around about since to".split())
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening"})


def _word_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    token = tokens[i]
    if token.low not in words().starters and token.low not in ("a", "an"):
        return None
    clock = i + 2 if _low(tokens, i + 1) == "o'clock" else _clock_end(tokens, i)
    if clock is not None:
        return _made(tokens, i, clock, "time")
    reading = read(tokens, i)
    if reading is None:
        return _other_word(tokens, i)
    after = reading.after
    kind: NumeralKind = reading.kind
    if token.low in words().cardinals | words().tens:
        ordinal = _compound_ordinal(tokens, i)
        if ordinal is not None:
            return ordinal
    if _is_glued(tokens, after) and after < len(tokens) and tokens[after].kind == "n":
        return _made(tokens, i, after + 1, "identifier")
    if _is_idiom(tokens, i, after) or _is_no_measure(tokens, i, after):
        return _made(tokens, i, after, "indefinite", reading.value)
    start, end = token.start, tokens[after - 1].end
    return Numeral(start, end, reading.value, kind, reading.place, i, after, True)


def _compound_ordinal(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "twenty-first": the tens word with an ordinal after its hyphen."""
    follows, step = _next_word(tokens, i + 1)
    if tokens[i].low in words().tens and follows in words().ordinals and step == 2:
        value = words().tens[tokens[i].low] + words().ordinals[follows]
        return _made(tokens, i, i + 3, "ordinal", Decimal(value))
    return None


def _other_word(tokens: Sequence[Token], i: int) -> Numeral | None:
    low = tokens[i].low
    if low in words().ordinals:
        return _made(tokens, i, i + 1, "ordinal", Decimal(words().ordinals[low]))
    if low in ("a", "an", "point", "quarter", "quarters", "score"):
        return None
    return _made(tokens, i, i + 1, "indefinite")


def _is_no_measure(tokens: Sequence[Token], i: int, after: int) -> bool:
    """ "below zero", "twice shy", "a double room", "a million-dollar smile", "two-faced"."""
    low, following = tokens[i].low, _low(tokens, after)
    if low.endswith("fold") and following.endswith("s") and not following.endswith("ss"):
        return True
    if low in ("zero", "nil") and after == i + 1:
        return units.match([t.text for t in tokens[after : after + 3]], 0) is None
    if low in ("twice", "thrice", "double", "triple", "treble", "quadruple"):
        doing = low not in ("twice", "thrice") and _low(tokens, i - 1) in _DOING
        return following not in _AFTER_MULTIPLE and not doing
    if following in HYPHENS and _is_glued(tokens, after) and _is_glued(tokens, after + 1):
        shape = _low(tokens, after + 1)
        article = low in ("a", "an") and not _is_point(tokens, after)
        return article or shape.endswith("ed") or shape in _labelled("shapes")
    if _low(tokens, i - 1) == "top" and not following.isalpha():
        return True
    return (_low(tokens, i - 1), low) in _IDIOMS or (low == "two" and _is_of_a_kind(tokens, i))


def _is_of_a_kind(tokens: Sequence[Token], i: int) -> bool:
    return [_low(tokens, k) for k in (i + 1, i + 2, i + 3)] == ["of", "a", "kind"]


_IDIOMS = frozenset({("cloud", "nine")})


_AFTER_MULTIPLE = frozenset("as the its their his her that what this our those".split())
_DOING = frozenset("to will would could may might can should nearly almost more".split())


@cache
def _verbs() -> frozenset[str]:
    return frozenset(data.load("grammar")["cues"]["fraction_verbs"].split())


def _is_verb(low: str) -> bool:
    return low in _verbs()


def _is_sum(tokens: Sequence[Token], i: int, after: int) -> bool:
    """ "put two and two together"."""
    ahead = _low(tokens, after) == "and" and _low(tokens, after + 1) == tokens[i].low
    back = _low(tokens, i - 1) == "and" and _low(tokens, i - 2) == tokens[i].low
    return after == i + 1 and tokens[i].low in words().cardinals and (ahead or back)


def odds_below(tokens: Sequence[Token], after: int) -> int | None:
    """The token of the four in "one in four", "one person in four", "three out of every four".

    `after` is the token after the number above it.
    """
    if _low(tokens, after) == "of" and _low(tokens, after + 1) == "every":
        return after + 2 if after + 2 < len(tokens) and tokens[after + 2].kind in "nw" else None
    i = after
    while i < after + 3 and i < len(tokens) and _may_stand_in_odds(tokens, i):
        i += 1
    every = _low(tokens, i) == "of" and _low(tokens, i + 1) == "every"
    if (_low(tokens, i) == "out" and _low(tokens, i + 1) == "of") or every:
        i += 0 if every else 1
    elif _low(tokens, i) != "in":
        return None
    i += 2 if _low(tokens, i + 1) == "every" else 1
    i += _low(tokens, i) == "a" and _low(tokens, i + 1) in ("hundred", "thousand", "million")
    below = tokens[i] if i < len(tokens) else None
    found = below is not None and (below.kind == "n" or below.low in words().starters)
    return i if found else None


def _may_stand_in_odds(tokens: Sequence[Token], i: int) -> bool:
    """The noun of "one person in four", with an adjective before it."""
    token = tokens[i]
    open_class = token.kind == "w" and not token.glued and token.text.islower()
    return open_class and token.low not in _never_in_odds()


@cache
def _never_in_odds() -> frozenset[str]:
    stops = data.load("grammar")["stops"]
    listed = {word for name in stops for word in stops[name]}
    return frozenset(listed | {*words().scales, "percent", "percentage", "per", "point"})


def _is_saying(tokens: Sequence[Token], i: int) -> bool:
    """Whether a saying holds the number word at tokens[i]: "it takes two to tango"."""
    return any(
        all(_low(tokens, i - at + k) == word for k, word in enumerate(said))
        for at, said in _sayings().get(tokens[i].low, ())
    )


@cache
def _sayings() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Sayings by each of their number words, with its place in them."""
    known: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for phrase in data.load("numbers")["sayings"]["phrases"]:
        said = tuple(token.low for token in lex(phrase))
        for at, word in enumerate(said):
            if word in words().openers:
                known.setdefault(word, []).append((at, said))
    return known


_ONE_MAY_COUNT = frozenset("percent per in out million billion trillion hundred thousand".split())


def _is_idiom(tokens: Sequence[Token], i: int, after: int) -> bool:
    """ "one of the", "no one", "one another", "the one": a number word that counts nothing."""
    if _is_sum(tokens, i, after) or _is_saying(tokens, i):
        return True
    if after != i + 1 or tokens[i].low != "one":
        return after == i + 1 and tokens[i].low == "double" and _low(tokens, after) in HYPHENS
    if odds_below(tokens, after) is not None:
        return False
    if _low(tokens, i + 1) in ("in", "out"):
        return True
    if _low(tokens, i + 1) in _ONE_MAY_COUNT:
        return False
    step = i + 2 if _low(tokens, i + 1) in HYPHENS else i + 1
    named = units.match([t.text for t in tokens[step : step + 3]], 0)
    if named is None:
        return True
    return units.is_duration(named[0].unit) and _low(tokens, step) in ("day", "night", "second")
