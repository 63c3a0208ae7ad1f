"""Mentions: periods, names and roles that a question names, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot import terms
from ingest import units

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ORDINALS |= {"fourth": 4, "4th": 4, "last": 4, "final": 4}
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_FISCAL = r"(?:fy ?|fiscal (?:year )?|financial year )?"
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final)"


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] of a question and what it stands for."""

    start: int
    end: int
    value: str


def _month(text: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(text.lower().rstrip(".")[:3]))


def _year(m: re.Match[str]) -> str:
    fiscal = re.match(r"fy|fiscal|financial", m.group(), re.IGNORECASE)
    return f"FY{m['y']}" if fiscal else m["y"]


def _split_year(m: re.Match[str]) -> str:
    return f"FY{m['y'][:2]}{m['z']}"


def _short_year(m: re.Match[str]) -> str:
    return f"FY20{m['z']}"


def _first_months(m: re.Match[str]) -> str:
    counts = {
        w: i for i, w in enumerate("two three four five six seven eight nine ten eleven".split(), 2)
    }
    n = int(m["n"]) if m["n"].isdigit() else counts[m["n"].lower()]
    return f"{m['y']}-01/{m['y']}-{n:02d}" if 1 <= n <= 12 else m["y"]


def _month_range(m: re.Match[str]) -> str:
    return f"{m['y']}-{_month(m['a']):02d}/{m['y']}-{_month(m['b']):02d}"


def _day(m: re.Match[str]) -> str:
    return f"{m['y']}-{_month(m['m']):02d}-{int(m['d']):02d}"


def _month_year(m: re.Match[str]) -> str:
    return f"{m['y']}-{_month(m['m']):02d}"


def _quarter(m: re.Match[str]) -> str:
    return f"{m['y']}-Q{_ORDINALS.get(m['n'].lower(), m['n'])}"


def _half(m: re.Match[str]) -> str:
    n = _ORDINALS.get(m["n"].lower(), m["n"])
    return f"{m['y']}-H{2 if n == 4 else n}"


def _loose(letter: str, m: re.Match[str]) -> str:
    n = _ORDINALS.get(m["n"].lower(), m["n"])
    return f"*-{letter}{2 if letter == 'H' and n == 4 else n}"


def _loose_quarter(m: re.Match[str]) -> str:
    return _loose("Q", m)


def _loose_half(m: re.Match[str]) -> str:
    return _loose("H", m)


def _loose_month(m: re.Match[str]) -> str:
    return f"*-{_month(m['m']):02d}"


_NUMBER_WORD = r"two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}"
_FORMS = [
    (rf"(?:the )?first (?P<n>{_NUMBER_WORD}) months of (?P<y>{_YEAR})", _first_months),
    (
        rf"(?:between |from )?\b(?P<a>{_MONTH}) ?(?:to|through|until|and|[-–—]) ?(?P<b>{_MONTH}),? "
        rf"(?:of )?(?P<y>{_YEAR})",
        _month_range,
    ),
    (rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>{_YEAR})\b", _day),
    (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH}),? (?P<y>{_YEAR})\b", _day),
    (rf"\b(?P<m>{_MONTH}),? (?:of )?(?P<y>{_YEAR})\b", _month_year),
    (rf"\bq(?P<n>[1-4])[ ,/-]*(?:of )?{_FISCAL}(?P<y>{_YEAR})\b", _quarter),
    (rf"\b(?P<y>{_YEAR})[ ,/-]*q(?P<n>[1-4])\b", _quarter),
    (rf"\b(?:the )?(?P<n>{_NTH}) quarter,? (?:of |in )?{_FISCAL}(?P<y>{_YEAR})\b", _quarter),
    (rf"\bh(?P<n>[12])[ ,/-]*(?:of )?{_FISCAL}(?P<y>{_YEAR})\b", _half),
    (rf"\b(?P<y>{_YEAR})[ ,/-]*h(?P<n>[12])\b", _half),
    (rf"\b(?:the )?(?P<n>{_NTH}) half,? (?:of |in )?{_FISCAL}(?P<y>{_YEAR})\b", _half),
    (rf"\b(?:fy ?)?(?P<y>{_YEAR})[/–-](?P<z>\d\d)\b(?![/–-])", _split_year),
    (rf"\b(?:the )?(?:fy ?|fiscal (?:year )?|financial year )?(?P<y>{_YEAR})\b(?!s)", _year),
    (r"\bfy ?['’]?(?P<z>\d\d)\b", _short_year),
    (r"\b(?:the )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th) quarter\b", _loose_quarter),
    (r"\bq(?P<n>[1-4])\b", _loose_quarter),
    (r"\b(?:the )?(?P<n>first|second|1st|2nd) half\b(?! of)", _loose_half),
    (rf"\b(?:in|for|during|by|since|of|on) (?P<m>{_MONTH})(?= |$|[?,.;])", _loose_month),
    (rf"\b(?P<m>{'|'.join(m for m in _MONTHS if m not in ('may', 'march'))})\b", _loose_month),
]


@lru_cache(maxsize=1)
def _period_forms() -> list[tuple[re.Pattern[str], object]]:
    return [(re.compile(pattern, re.IGNORECASE), read) for pattern, read in _FORMS]


def periods(text: str) -> list[Mention]:
    """Periods in the order in which they stand; "*-Q1" where the year is left open."""
    return list(_periods(text))


@lru_cache(maxsize=1_000)
def _periods(text: str) -> tuple[Mention, ...]:
    taken: list[Mention] = []
    for (pattern, _), (_, read) in zip(_period_forms(), _FORMS, strict=True):
        for m in pattern.finditer(text):
            if read is _year and _is_amount(text, m.start("y"), m.end("y")):
                continue
            if not any(m.start() < t.end and t.start < m.end() for t in taken):
                taken.append(Mention(m.start(), m.end(), read(m)))
    return tuple(sorted(taken, key=lambda t: t.start))


_UNIT_AFTER = re.compile(r"[ -]?([a-zA-Z°%²]+)")


def _is_amount(text: str, start: int, end: int) -> bool:
    """ "the 1500 metres", "$2000", "2000 dollars": no year."""
    if text[:start].endswith(("$", "€", "£", "¥")):
        return True
    after = _UNIT_AFTER.match(text, end)
    word = after[1].lower() if after else ""
    unit = units.parse(word) if word and word not in terms.stop_words() else None
    return unit is not None and not units.is_count(unit)


_SHIFTS = {
    -1: r"\b(?:in )?(?:the )?(?:(?:year|month|quarter) (?:before|earlier|prior)(?: that)?|"
    r"(?:previous|prior|preceding|last) (?:year|month|quarter|period)|"
    r"(?:a|one) (?:year|month|quarter) (?:earlier|before|ago|previously)|twelve months earlier|"
    r"year-earlier)\b",
    1: r"\b(?:in )?(?:the )?(?:(?:next|following|coming|subsequent) (?:year|month|quarter|period)|"
    r"(?:year|month|quarter) after(?: that)?|(?:a|one) (?:year|month|quarter) later)\b",
}


def shift(text: str) -> Mention | None:
    """A step from the period at hand: value "-1" for "the year before", "1" for "next year"."""
    for step, pattern in _SHIFTS.items():
        if m := re.search(pattern, text, re.IGNORECASE):
            return Mention(m.start(), m.end(), str(step))
    return None


_NAME = re.compile(
    r"\b(?:[A-Z][\w.&’'-]*|[A-Z]{2,}\d*)"
    r"(?: (?:(?:(?:of|the|for|and|de|la|du|van|von|der|den|del|della|di|da|dos|el|al|bin) ){1,2})?"
    r"(?:[A-Z][\w.&’'-]*|[A-Z]{2,}\d*))*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# A word at the head of a sentence before one of these is a verb: "Multiply the ...".
_OBJECT = re.compile(
    r"\s+(?:the|an?|this|that|these|those|all|each|both|its|their|how|what|which|me|us)\b", re.I
)
_NEXT_WORD = re.compile(r" [a-z]+")


def names(text: str, openers: Iterable[str] = ()) -> list[Mention]:
    """Capitalised names; the first word of a sentence counts when it opens no question.

    The name of a country before a currency's is none: "Canadian dollars".
    """
    if sum(w.group()[0].isupper() for w in terms.words(text)) > 0.7 * len(terms.words(text)):
        return []
    found = []
    for m in _NAME.finditer(text):
        start, end = m.span()
        if start == 0 or text[max(0, start - 2) : start].strip() in {".", "?", "!", ":"}:
            start = _skip_first(text, start, end, openers)
        name = _POSSESSIVE.sub("", text[start:end]).strip(" .,'’")
        if _names_money(name, text[start + len(name) :]):
            continue
        if start < end and len(name) > 1 and not periods(name):
            found.append(Mention(start, start + len(name), name))
    return found


def _names_money(name: str, after: str) -> bool:
    """Whether a name and the word after it are a currency's."""
    word = _NEXT_WORD.match(after)
    unit = units.parse(name.split()[-1] + word.group()) if word and name else None
    return unit is not None and units.is_money(unit)


def _skip_first(text: str, start: int, end: int, openers: Iterable[str]) -> int:
    """Where a name at the head of a sentence begins once words that merely open it are off."""
    common = set(openers) | terms.stop_words()
    while start < end:
        word = re.match(r"[\w’'-]+ ?", text[start:end])
        is_verb = word is not None and start + word.end() >= end and _OBJECT.match(text, end)
        if not word or (word.group().strip().lower() not in common and not is_verb):
            return start
        start += len(word.group())
    return end


_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9,
    "b": 9, "trillion": 12, "tn": 12, "trn": 12, "t": 12,
}  # fmt: skip
_FRACTIONS = {
    "half": "0.5", "a third": "0.3333333333", "one third": "0.3333333333", "third": "0.3333333333",
    "two thirds": "0.6666666667", "a quarter": "0.25", "one quarter": "0.25", "quarter": "0.25",
    "three quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "fifth": "0.2",
    "two fifths": "0.4", "a tenth": "0.1", "one tenth": "0.1", "tenth": "0.1",
    "double": "2", "twice": "2", "triple": "3", "the majority": "0.5", "a majority": "0.5",
}  # fmt: skip
_COUNTED = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<sign>(?:US|A|C|HK)?[$€£¥])? ?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|trn|mn|bn|tn|[kmbt])\b)?"
    r"(?: ?(?P<unit>percentage points?|per cent|percent|%|pp|[a-zA-Z°]+))?",
)
_FRACTION = re.compile(
    r"(?:(?<=more than )|(?<=less than )|(?<=over )|(?<=under )|(?<=at least )|(?<=nearly )"
    r"|(?<=about )|\b)(?P<name>" + "|".join(sorted(_FRACTIONS, key=len, reverse=True)) + r")\b"
    r"(?! (?:of the year|year|quarter of \d))",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"(?<!-)\b(?P<n>{'|'.join(_COUNTED)}|a)[ -]"
    r"(?P<scale>hundred|thousand|million|billion|trillion)\b"
    r"(?: (?P<unit>[a-zA-Z]+))?",
    re.IGNORECASE,
)
_SIGNS = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD"}
_SIGNS |= {"€": "EUR", "£": "GBP", "¥": "JPY"}


@dataclass(frozen=True, slots=True)
class Number:
    """text[start:end] of a question as a value in base units."""

    start: int
    end: int
    value: Decimal
    unit: str


def numbers(text: str) -> list[Number]:
    """Quantities in a question ("another 7.1%", "$1 trillion", "a quarter"); periods are none."""
    blank = text
    for m in periods(text):
        blank = blank[: m.start] + " " * (m.end - m.start) + blank[m.end :]
    found = [_digits(m) for m in _NUMBER.finditer(blank)]
    found += [_worded(m) for m in _WORDED.finditer(blank)]
    taken = [(n.start, n.end) for n in found]
    found += [
        Number(m.start(), m.end(), Decimal(_FRACTIONS[m["name"].lower()]), "1")
        for m in _FRACTION.finditer(blank)
        if not any(m.start() < e and s < m.end() for s, e in taken)
    ]
    return sorted(found, key=lambda n: n.start)


def _digits(m: re.Match[str]) -> Number:
    value = Decimal(m["digits"].replace(",", "")).scaleb(_SCALES.get((m["scale"] or "").lower(), 0))
    if m["sign"]:
        end = m.end("scale") if m["scale"] else m.end("digits")
        return Number(m.start(), end, value, _SIGNS[m["sign"]])
    return Number(m.start(), m.end(), value, _unit_of(m["unit"]))


def _worded(m: re.Match[str]) -> Number:
    word = m["n"].lower()
    n = 1 if word == "a" else _COUNTED.index(word) + 1
    value = Decimal(n).scaleb(_SCALES[m["scale"].lower()])
    return Number(m.start(), m.end(), value, _unit_of(m["unit"]))


def _unit_of(word: str | None) -> str:
    """Canonical unit of the word after a number; "1" where there is none."""
    if not word or word.lower() in terms.stop_words():
        return "1"
    return units.parse(word.lower()) or units.singular(word.lower())
