"""Mentions: periods, names and roles that a question names, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from bot.language import terms
from ingest import numerals, units
from ingest import periods as dated
from ingest.figures import quantities

MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] of a question and what it stands for."""

    start: int
    end: int
    value: str


def _month(text: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(text.lower().rstrip(".")[:3]))


# Periods whose year is left open, where no period told in full stands: "*-07" is any July.
_LOOSE = re.compile(
    rf"\b(?:in|for|during|by|since|of|on) (?P<m>{_MONTH})(?= |$|[?,.;])"
    rf"|\b(?P<n>{'|'.join(m for m in MONTHS if m not in ('may', 'march'))})\b",
    re.IGNORECASE,
)
# "jan-june", "from April to June": a half or a quarter of some year.
_MONTH_TO_MONTH = re.compile(
    rf"\b(?P<m>{_MONTH})(?: ?[-–/] ?| (?:to|till|until|through) )(?P<n>{_MONTH})(?= |$|[?,.;])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:the )?(?P<y>(?:1[5-9]|20|21)\d\d)\b(?!s)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_PART = re.compile(r"-[QH]\d")
_OF_SAME = re.compile(r"(?:the )?(?:same|corresponding|comparable)\b.* \d{4}", re.IGNORECASE)


# "The October estimate": a month in which something was said, not one that it is said of.
_SAID_IN = re.compile(
    r"\s(?:estimates?|forecasts?|projections?|reports?|releases?|surveys?|outlooks?|bulletins?"
    r"|statements?|announcements?|updates?|articles?)\b",
    re.IGNORECASE,
)


_LAST_MONTHS = re.compile(
    r"\b(?:last|final|closing) (?P<n>three|six|3|6) months of (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)


def _last_months(match: re.Match[str]) -> str:
    """ "The last three months of 2024" are its fourth quarter."""
    return f"{match['y']}-{'Q4' if match['n'].lower() in {'three', '3'} else 'H2'}"


def periods(text: str) -> list[Mention]:
    """Periods in the order in which they stand; "*-Q1" where the year is left open.

    They are read as an article's are: "2024-25" and "fiscal 2025" are both the year "FY2025".
    """
    return list(_periods(text))


@lru_cache(maxsize=1_000)
def _periods(text: str) -> tuple[Mention, ...]:
    taken: list[Mention] = []
    for mention in dated.find(text):
        taken += _read(text, mention, taken)
    taken += [Mention(m.start(), m.end(), _last_months(m)) for m in _LAST_MONTHS.finditer(text)]
    for m in _YEAR.finditer(text):
        is_taken = any(m.start() < t.end and t.start < m.end() for t in taken)
        if not is_taken and not _is_amount(text, m.start("y"), m.end("y")):
            taken.append(Mention(m.start(), m.end(), m["y"]))
    for m in _MONTH_TO_MONTH.finditer(text):
        part = _part_of_year(_month(m["m"]), _month(m["n"]))
        if part and not any(m.start() < t.end and t.start < m.end() for t in taken):
            taken.append(Mention(m.start(), m.end(), f"*-{part}"))
    for m in _LOOSE.finditer(text):
        is_taken = any(m.start() < t.end and t.start < m.end() for t in taken)
        if not is_taken and not _SAID_IN.match(text, m.end()):
            taken.append(Mention(m.start(), m.end(), f"*-{_month(m['m'] or m['n']):02d}"))
    return tuple(_joined(text, sorted(taken, key=lambda t: t.start)))


def _part_of_year(first: int, last: int) -> str | None:
    """The half or the quarter from one month to another: "H1", "Q2"."""
    for name, length in (("H", 6), ("Q", 3)):
        if last - first + 1 == length and first % length == 1:
            return f"{name}{last // length}"
    return None


def _joined(text: str, taken: Sequence[Mention]) -> list[Mention]:
    """ "first-half sales in 2024 and 2025": the half is that of each year."""
    open_ones = [m for m in taken if "*" in m.value]
    years = [m for m in taken if _YEAR.fullmatch(m.value)]
    if len(open_ones) != 1 or not years or "-" not in text[open_ones[0].start : open_ones[0].end]:
        return list(taken)
    part = open_ones[0].value[1:]
    first = replace(open_ones[0], value=f"{years[0].value}{part}")
    joined = [replace(m, value=f"{m.value}{part}") if m in years else m for m in taken]
    return [first if m is open_ones[0] else m for m in joined]


def same_as(text: str, period: str) -> str | None:
    """ "the same quarter of 2023" after "2024-Q3" in words of its own, None where it tells none."""
    for mention in dated.find(text):
        if _OF_SAME.fullmatch(text, mention.start, mention.end) and "*" not in period:
            found = dated.resolve(mention, period)
            return dated.describe(found) if found else None
    return None


def _parts(mention: Mention, said: str) -> list[Mention]:
    """Both years of a span; both parts of "Q2 FY25", as fiscal years begin in any month."""
    both = _YEARS.fullmatch(mention.value)
    if both is not None:
        at = mention.start + len("2015")
        return [Mention(mention.start, at, both[1]), Mention(at + 1, mention.end, both[2])]
    short = _FISCAL.search(said)
    if short is not None and _PART.fullmatch(mention.value[4:]):
        at = mention.end - len(said) + short.start()
        part, year = f"*{mention.value[4:]}", f"FY{mention.value[:4]}"
        return [Mention(mention.start, at, part), Mention(at, mention.end, year)]
    return [mention]


_LED = re.compile(r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)\b", re.IGNORECASE)
_FISCAL = re.compile(r"(?<= )FY ?['’]?\d\d$", re.IGNORECASE)


def _read(text: str, mention: dated.Mention, before: Sequence[Mention]) -> list[Mention]:
    """What a period of a question stands for; both years of a span of years; [] where open."""
    start, end = mention.start, mention.end
    said = text[start:end]
    if _LED.match(said) and text[:start].lower().endswith("the "):
        start -= len("the ")
    if mention.period is not None:
        return _parts(Mention(start, end, mention.period), said)
    if _PART.fullmatch(mention.needs_year or ""):
        return [Mention(start, end, f"*{mention.needs_year}")]
    if _OF_SAME.fullmatch(text, mention.start, end):
        other = next((m.value for m in reversed(before) if "*" not in m.value), None)
        period = dated.resolve(mention, other) or text[end - 4 : end]
        return [Mention(start, end, period)]
    return []


_UNIT_AFTER = re.compile(r"[ -]?([a-zA-Z°%²]+)")
# "Exports 2023 yuan", typed in short: a year of these days behind a thing, and the unit that is
# wanted; "costs 2023 yuan", "is 2023 metres high" are amounts.
_DATING = re.compile(r"(?:199|20[0-4])[1-9]")
_OF_AMOUNT = frozenset(
    "cost costs pay pays paid spend spent charge charged weigh weighs worth least most reach"
    " reached exceed exceeds exceeded hit top topped another extra only exactly nearly almost some"
    " fee fare is are was were be than over under above below about around for by at to of"
    " a an the".split()
)
_MEASURED = re.compile(r" (?:high|tall|long|deep|wide|away|above|below|old|each|per|an?)\b")


def _is_amount(text: str, start: int, end: int) -> bool:
    """ "the 1500 metres", "$2000", "2000 dollars": no year."""
    if text[:start].endswith(("$", "€", "£", "¥")):
        return True
    after = _UNIT_AFTER.match(text, end)
    word = after[1].lower() if after else ""
    unit = units.parse(word) if word and word not in terms.stop_words() else None
    if unit is None or units.is_count(unit):
        return False
    return not (_DATING.fullmatch(text, start, end) and _is_dating(text[:start], text, after))


def _is_dating(before: str, text: str, unit: re.Match[str] | None) -> bool:
    """Whether a number before a unit stands where the year of what is asked for does."""
    last = re.search(r"([\w’'-]+)[ ,]+$", before)
    is_measured = unit is not None and _MEASURED.match(text, unit.end())
    return last is not None and last[1].lower() not in _OF_AMOUNT and not is_measured


_SHIFTS = {
    -1: r"\b(?:in )?(?:the )?(?:(?:year|month|quarter|season|spring|summer|autumn|winter) "
    r"(?:before|earlier|prior)(?: that)?|"
    r"(?:previous|prior|preceding|last) (?:year|month|quarter|season|period)|"
    r"(?:a|one) (?:year|month|quarter|season) (?:earlier|before|ago|previously)|"
    r"(?:twelve|12) months (?:earlier|before|ago|previously)|year-earlier)\b",
    1: r"\b(?:in )?(?:the )?(?:(?:next|following|coming|subsequent) (?:year|month|quarter|period)|"
    r"(?:year|month|quarter) after(?: that)?|(?:a|one) (?:year|month|quarter) later)\b",
}


def shift(text: str) -> Mention | None:
    """A step from the period at hand: value "-1" for "the year before", "1" for "next year"."""
    for step, pattern in _SHIFTS.items():
        if m := re.search(pattern, text, re.IGNORECASE):
            return Mention(m.start(), m.end(), str(step))
    return None


_LAST = re.compile(r"\blast\b", re.IGNORECASE)
_YEARLY = re.compile(r"\byear|\b(?:twelve|12) months", re.IGNORECASE)


def stepped(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The periods of a question, one that a step leads away from put where it leads.

    "a year earlier (2024)" and "the year before 2024" ask for 2023, "last year (2024)" does not.
    """
    step = shift(text)
    if step is None or _LAST.search(text[step.start : step.end]):
        return list(found)
    between = r" \(" if not text[step.start : step.end].lower().endswith("before") else r" \(?"
    at = re.compile(between).match(text, step.end)
    moved = [m for m in found if at is not None and m.start == at.end() and "*" not in m.value]
    if not moved:
        return list(found)
    to = _stepped_to(moved[0].value, text[step.start : step.end], int(step.value))
    return [replace(m, value=to) if m is moved[0] else m for m in found]


def moved(period: str, said: str, steps: int) -> str | None:
    """The period that a step leads to from another; None where that one is open."""
    return None if "*" in period else _stepped_to(period, said, steps)


def _stepped_to(period: str, said: str, steps: int) -> str:
    if _YEARLY.search(said):
        return dated.shift(period, years=steps) or period
    return dated.previous(period) if steps < 0 else dated.following(period)


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
# Somebody is named behind these: "Is Moor a nurse?".
_ASKING = frozenset("is are was were did does do has have had".split())


def names(text: str, openers: Iterable[str] = ()) -> list[Mention]:
    """Capitalised names; the first word of a sentence counts when it opens no question.

    The name of a country before a currency's is none: "Canadian dollars".
    """
    if sum(w.group()[0].isupper() for w in terms.words(text)) > 0.7 * len(terms.words(text)):
        return []
    found = []
    times = [(m.start, m.end) for m in periods(text)]
    for m in _NAME.finditer(text):
        start, end = m.span()
        if any(first <= start and end <= last for first, last in times):
            continue
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
    is_asked = False
    while start < end:
        word = re.match(r"[\w’'-]+ ?", text[start:end])
        is_last = word is not None and start + word.end() >= end
        is_verb = is_last and not is_asked and _OBJECT.match(text, end)
        if not word or (word.group().strip().lower() not in common and not is_verb):
            return start
        is_asked = word.group().strip().lower() in _ASKING
        start += len(word.group())
    return end


# So few are spoken of, in words, not brought as an amount.
A_FEW = 12
_FRACTIONS = {
    "half": "0.5", "a third": "0.3333333333", "one third": "0.3333333333", "third": "0.3333333333",
    "two thirds": "0.6666666667", "a quarter": "0.25", "one quarter": "0.25", "quarter": "0.25",
    "three quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "fifth": "0.2",
    "two fifths": "0.4", "a tenth": "0.1", "one tenth": "0.1", "tenth": "0.1",
    "double": "2", "twice": "2", "triple": "3", "the majority": "0.5", "a majority": "0.5",
}  # fmt: skip
_FRACTION = re.compile(
    r"(?:(?<=more than )|(?<=less than )|(?<=over )|(?<=under )|(?<=at least )|(?<=nearly )"
    r"|(?<=about )|\b)(?P<name>" + "|".join(sorted(_FRACTIONS, key=len, reverse=True)) + r")\b"
    r"(?! (?:of the year|year|quarter of \d))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """text[start:end] of a question as a value in base units."""

    start: int
    end: int
    value: Decimal
    unit: str


def numbers(text: str) -> list[Number]:
    """Quantities in a question ("another 7.1%", "$1 trillion", "a quarter"), read as an article's
    are; periods and spelled counts of a few ("three countries") are none, a range is its ends."""
    blank = text
    for m in periods(text):
        blank = blank[: m.start] + " " * (m.end - m.start) + blank[m.end :]
    tokens = numerals.lex(blank)
    found = [
        number
        for quantity in quantities.read(tokens, numerals.read_all(tokens, ()))
        if not _is_of_a_few(quantity)
        for number in _numbers_of(blank, quantity)
    ]
    taken = [(n.start, n.end) for n in found]
    found += [
        Number(m.start(), m.end(), Decimal(_FRACTIONS[m["name"].lower()]), "1")
        for m in _FRACTION.finditer(blank)
        if not any(m.start() < e and s < m.end() for s, e in taken)
    ]
    return sorted(found, key=lambda n: n.start)


def _is_of_a_few(quantity: quantities.Quantity) -> bool:
    """ "three countries", "twelve months", "has doubled": how many are spoken of, how long, or how
    something moved, and no amount that is brought."""
    unit = quantity.unit
    if unit == "rank" or (quantity.form == "multiple" and quantity.spelled):
        return True
    is_count = unit is None or units.is_count(unit) or unit in _CALENDAR
    is_few = quantity.value is not None and abs(quantity.value) <= A_FEW
    return quantity.spelled and is_count and (is_few or unit in _CALENDAR)


_CALENDAR = frozenset(["minute", "hour", "day", "week", "month", "quarter", "year"])


def _numbers_of(text: str, quantity: quantities.Quantity) -> list[Number]:
    """A quantity as a number, a range as its ends."""
    unit, (start, end) = quantity.unit or "1", (quantity.start, quantity.end)
    if quantity.value is not None and unit == "m" and text[end - 2 : end - 1].isdigit():
        return [Number(start, end, quantity.value.scaleb(6), "1")]
    if quantity.value is not None:
        return [Number(start, end, quantity.value, unit)]
    if quantity.low is None or quantity.high is None:
        return []
    parted = _BETWEEN_ENDS.search(text, start, end)
    if parted is None:
        return []
    return [
        Number(start, parted.start(), quantity.low, unit),
        Number(parted.end(), end, quantity.high, unit),
    ]


_BETWEEN_ENDS = re.compile(r" (?:and|to|or) (?=\S)|(?<=[\w%]) ?[-–] ?(?=\S)")


_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)[/–-](\d\d)\b")


def years_in(text: str) -> frozenset[str]:
    """The years that a text names, both of "2024/25"."""
    return frozenset(_FOUR_DIGITS.findall(text)) | fiscal_years_in(text)


def fiscal_years_in(text: str) -> frozenset[str]:
    """Both years of each "2024/25"."""
    pairs = ((m[1], m[1][:2] + m[2]) for m in _TWO_YEARS.finditer(text))
    return frozenset(year for pair in pairs for year in pair)
