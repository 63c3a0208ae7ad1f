"""Periods: years, halves, quarters, months, days and spans of them, as text and as values.

A period is "2024", "2024-H1", "2024-Q3", "2024-01", "2024-01-13", "FY2024" or a span of two
months, years or days, "2024-01/2024-11".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ingest import data

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "opening": 1}
_COUNTS = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve".split(),
        range(2, 13),
        strict=True,
    )
)


_WORD = re.compile(r"[A-Za-z]+|\d+")
_OPENERS = frozenset(
    """q h fy fiscal financial years year the same corresponding comparable a one quarter month
    last previous prior preceding this next early late mid half""".split()
) | {*_MONTH_NUMBERS, *_COUNTS, *_ORDINALS}


class Mention(NamedTuple):
    """A period as written at text[start:end].

    period: resolved, None where a context is needed and none was given
    base: True where it is what something is compared with ("a year earlier")
    """

    start: int
    end: int
    period: str | None
    relative: str | None = None
    needs_year: str | None = None


def is_month(word: str) -> bool:
    """True for the name of a month, short or whole, in lower case."""
    return word in _MONTH_NUMBERS


def suffix_of_month(word: str) -> str:
    """The part of a period that the name of a month tells: "july" is "-07"."""
    return f"-{_MONTH_NUMBERS[word]:02}"


_BY_START = {
    "year": """fyafter ysshort iso ymonth yquarter yqshort yhshort fsplit season yspan
        yhalf
        decade""".split(),
    "digits": "weeks ddspan dspan dmy dm last_n quarter qshort half hshort rel".split(),
    "month": "myspan mquarter mdspan mspan mdy my month".split(),
    "word": "first last_n quarter qshort half hshort fyq fy ended rel month".split(),
    "common": "last_n quarter rel".split(),
}
"""The constructs that may begin with four digits, with one or two, with a month, another word."""

_COMMON = "a the one this next last previous prior preceding same corresponding comparable".split()
_STARTS = dict.fromkeys(_OPENERS, "word") | dict.fromkeys(_MONTH_NUMBERS, "month")
_STARTS |= dict.fromkeys((*_COMMON, "quarter", "month"), "common")
_BY_LENGTH = {1: "digits", 2: "digits", 4: "year"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The constructs of each start as one pattern, each a named group, in the table's order."""
    table = data.load("periods")
    made = {}
    for start, names in _BY_START.items():
        listed = (text for name, text in table["constructs"].items() if name in names)
        body = "|".join(text.replace("\n", "") for text in listed)
        for name, fragment in table["fragments"].items():
            body = body.replace(f"{{{name}}}", fragment)
        made[start] = re.compile(rf"\b(?:{body})", re.IGNORECASE)
    return made


_BARE_YEAR = re.compile(
    r"(?<![\w.,$€£¥₹/-])(?<!['’])(?:1[5-9]\d\d|20\d\d|21\d\d)(?![\w%]|,\d|\.\d|/\d)"
)


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """The periods written in text[start:end], relative ones unresolved, years on their own not.

    Years on their own are told from counts by what stands around them: see `numerals`.
    """
    limit = len(text) if end is None else end
    found: list[Mention] = []
    last = start
    starts, lengths = _STARTS.get, _BY_LENGTH.get
    for word in _WORD.finditer(text, start, limit):
        said = word[0]
        opens = starts(said) or (starts(said.lower()) if said > "A" else lengths(len(said)))
        if opens is None or word.start() < last:
            continue
        match = _patterns()[opens].match(text, word.start(), limit)
        name = _construct(match) if match is not None else None
        mention = _READERS[name](match) if match is not None and name else None
        if mention is not None:
            found.append(mention)
            last = mention.end
    return found


def spans(text: str) -> list[tuple[int, int]]:
    """Where `text` writes periods, bare years apart."""
    return [(m.start, m.end) for m in find(text)]


def _construct(match: re.Match[str]) -> str | None:
    name = match.lastgroup
    known = match.re.groupindex
    return (
        name if name in _READERS else next((n for n in _READERS if n in known and match[n]), None)
    )


def _month(name: str) -> int:
    return _MONTH_NUMBERS.get(name.lower().rstrip("."), 0) or _SHORT[name.lower()[:3]]


def _full_year(text: str) -> int:
    """The year of "2024", of "24", and 2025 of the fiscal year "2024/25"."""
    if len(text) > 4:
        return _ending_year(text[:4], text[5:])
    return int(text) if len(text) == 4 else 2000 + int(text)


def _at(match: re.Match[str], period: str | None, **more: str | None) -> Mention:
    return Mention(match.start(), match.end(), period, **more)


def _day(match: re.Match[str], prefix: str) -> Mention | None:
    year, month = match[f"{prefix}_y"], match[f"{prefix}_m"]
    number = int(month) if month.isdecimal() else _month(month)
    day = int(match[f"{prefix}_d"])
    if not 1 <= day <= 31:
        return None
    if not year:
        return _at(match, None, needs_year=f"-{number:02}-{day:02}")
    return _at(match, f"{year}-{number:02}-{day:02}" if _is_day(int(year), number, day) else None)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def _dm(match: re.Match[str]) -> Mention | None:
    day = int(match["dm_d"])
    if not 1 <= day <= 31:
        return None
    return _at(match, None, needs_year=f"-{_month(match['dm_m']):02}-{day:02}")


def _with_year(match: re.Match[str], year: str | None, suffix: str) -> Mention:
    if not year:
        return _at(match, None, needs_year=suffix)
    return _at(match, fill(suffix, _full_year(year)))


def _span(match: re.Match[str]) -> Mention:
    first, last = _month(match["ms_a"]), _month(match["ms_b"])
    year = match["ms_y"]
    if not year:
        return _at(match, None, needs_year=f"-{first:02}/-{last:02}")
    return _at(match, _months(int(year), first, int(year), last))


def _between_months(match: re.Match[str]) -> Mention:
    """ "between March 2023 and February 2024"."""
    (year_a, a), (year_b, b) = (
        (int(match[f"mys_{end}y"]), _month(match[f"mys_{end}"])) for end in "ab"
    )
    return _at(match, _months(year_a, a, year_b, b) if (year_a, a) < (year_b, b) else None)


def _months(year_a: int, a: int, year_b: int, b: int) -> str:
    """The span of months, under its plain name where it has one ("2024-Q1")."""
    if year_a == year_b:
        plain = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2"}
        plain |= {(3 * q - 2, 3 * q): f"-Q{q}" for q in range(1, 5)}
        if (a, b) in plain:
            return f"{year_a}{plain[a, b]}"
    if (year_a, a) == (year_b, b):
        return f"{year_a}-{a:02}"
    return f"{year_a}-{a:02}/{year_b}-{b:02}"


def _first_months(match: re.Match[str]) -> Mention | None:
    count = _count(match["first_n"])
    if not 1 < count <= 12:
        return None
    suffix = f"-01/-{count:02}"
    if match["first_r"] in _SEEN:
        return _at(match, None, relative=f"{match['first_r']} year|{suffix}")
    if not match["first_y"]:
        return _at(match, None, needs_year=suffix)
    return _at(match, fill(suffix, _ending_year(match["first_y"], match["first_z"])))


def _ending_year(first: str, last: str | None) -> int:
    """The year that a fiscal year is named by, the one that it ends in: 2025 of "2024-25"."""
    return int(first) if not last else int(first[:2] + last[-2:])


def _fiscal(match: re.Match[str], prefix: str) -> Mention:
    year, last = match[f"{prefix}_y"], match[f"{prefix}_z"]
    return _at(match, f"FY{_ending_year(str(_full_year(year)), last)}")


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _COUNTS[text.lower()]


def fill(suffix: str, year: int) -> str:
    """A period from its part without the year: "-Q3", "-01/-11", "-02-17", "-02-17/-03-02"."""
    first, divided, last = suffix.partition("/")
    if not divided:
        return f"{year}{suffix}"
    a, b = int(first[1:3]), int(last[1:3])
    opening = year if a <= b else year - 1
    if len(first) > len("-02"):
        return f"{opening}{first}/{year}{last}"
    return _months(opening, a, year, b)


def _months_to(match: re.Match[str]) -> Mention | None:
    count = 6 if match["ln_h"] else 3 if match["ln_q"] else _count(match["ln_n"])
    last = _month(match["ln_m"])
    if not 1 <= count <= 12:
        return None
    first = (last - count) % 12 + 1
    suffix = f"-{first:02}/-{last:02}"
    if not match["ln_y"]:
        return _at(match, None, needs_year=suffix)
    return _at(match, fill(suffix, int(match["ln_y"])))


def _weeks_to(match: re.Match[str]) -> Mention:
    """ "26 weeks to 27 September 2025": the months that end with the one that is nearest."""
    last = _month(match["w_m"] or match["w_m2"])
    year = int(match["w_y"])
    if int(match["w_d"] or match["w_d2"]) < _MIDDLE:
        year, last = (year, last - 1) if last > 1 else (year - 1, 12)
    if match["w_n"] == "52":
        return _at(match, f"{year}" if last == 12 else f"FY{year}")
    first = (last - int(match["w_n"]) * 3 // 13) % 12 + 1
    return _at(match, fill(f"-{first:02}/-{last:02}", year))


_MIDDLE = 15


def _quarter_to(match: re.Match[str]) -> Mention:
    """The "March 2025 quarter": the three months that end with it."""
    last = _month(match["mq_m"])
    return _with_year(match, match["mq_y"], f"-{(last - 3) % 12 + 1:02}/-{last:02}")


def _ended(match: re.Match[str]) -> Mention | None:
    if not match["e_y"]:
        return _at(match, None, relative=f"year to|{_month(match['e_m']):02}")
    return _at(match, match["e_y"] if _month(match["e_m"]) == 12 else f"FY{match['e_y']}")


def _season(match: re.Match[str]) -> Mention | None:
    if (int(match["s_a"]) + 1) % 100 != int(match["s_b"]):
        return None
    return _at(match, f"FY{int(match['s_a']) + 1}")


def _long_season(match: re.Match[str]) -> Mention | None:
    if int(match["fs_a"]) + 1 != int(match["fs_b"]):
        return None
    return _at(match, f"FY{match['fs_b']}")


def _year_span(match: re.Match[str]) -> Mention | None:
    if match["ys_a"] >= match["ys_b"]:
        return None
    return _at(match, f"{match['ys_a']}/{match['ys_b']}")


_TWELVE_MONTHS = re.compile(r"^(?:12|twelve) months")


def _relative(match: re.Match[str]) -> Mention:
    said = match.group().lower().replace("-", " ")
    return _at(match, None, relative=_TWELVE_MONTHS.sub("a year", said))


def _in_month(match: re.Match[str]) -> Mention:
    said = match["m_rel"]
    if said:
        return _at(match, None, relative=said.strip().lower() + f"|{_month(match['m_m']):02}")
    led = match.string[max(0, match.start() - 5) : match.start()].lower()
    if led in ("last ", "next "):
        return _at(match, None, relative=f"{led}one|-{_month(match['m_m']):02}")
    return _at(match, None, needs_year=f"-{_month(match['m_m']):02}")


def _quarter(match: re.Match[str]) -> Mention:
    suffix = f"-Q{_ORDINALS[match['q_n'].lower()]}"
    if match["q_r"] in _SEEN:
        return _at(match, None, relative=f"{match['q_r']} year|{suffix}")
    return _with_year(match, match["q_y"], suffix)


def _half(match: re.Match[str]) -> Mention:
    suffix = "-H1" if match["h_n"].lower() in ("first", "1st") else "-H2"
    if match["h_r"] in _SEEN:
        return _at(match, None, relative=f"{match['h_r']} year|{suffix}")
    return _with_year(match, match["h_y"], suffix)


_SEEN = frozenset({"last", "this", "next"})


def _day_span(match: re.Match[str], prefix: str) -> Mention:
    number, year = _month(match[f"{prefix}_m"]), match[f"{prefix}_y"]
    a, b = int(match[f"{prefix}_a"]), int(match[f"{prefix}_b"])
    if not 1 <= a < b <= monthrange(int(year or _LEAP), number)[1]:
        return _at(match, None)
    return _with_year(match, year, f"-{number:02}-{a:02}/-{number:02}-{b:02}")


_LEAP = 2000


def _days(match: re.Match[str]) -> Mention | None:
    """ "30 July to 10 August": days of two months."""
    year = match["dd_by"] or match["dd_ay"]
    first, last = (
        f"-{_month(match[m]):02}-{int(match[d]):02}"
        for d, m in (("dd_a", "dd_am"), ("dd_b", "dd_bm"))
    )
    if not (_is_suffix(first) and _is_suffix(last)) or first == last:
        return None
    if match["dd_ay"] and match["dd_by"]:
        return _at(match, f"{match['dd_ay']}{first}/{match['dd_by']}{last}")
    return _with_year(match, year, f"{first}/{last}")


def _is_suffix(suffix: str) -> bool:
    return _is_day(_LEAP, int(suffix[1:3]), int(suffix[4:6]))


def _short_span(match: re.Match[str]) -> Mention | None:
    """ "1914-18" is a span of years, "2023-24" a fiscal year."""
    first, last = int(match["yss_a"]), int(match["yss_b"])
    if (first + 1) % 100 == last:
        return _at(match, f"FY{first + 1}")
    return _at(match, f"{first}/{first // 100 * 100 + last}") if last > first % 100 else None


def _fiscal_quarter(match: re.Match[str]) -> Mention:
    number = match["fq_n"] or _ORDINALS[match["fq_nth"].lower()]
    return _with_year(match, match["fq_y"], f"-Q{number}")


_READERS = {
    "fyafter": lambda m: _fiscal(m, "fa"),
    "ddspan": _days,
    "fsplit": _long_season,
    "dspan": lambda m: _day_span(m, "ds"),
    "mdspan": lambda m: _day_span(m, "mds"),
    "ysshort": _short_span,
    "iso": lambda m: _day(m, "iso"),
    "ymonth": lambda m: _at(m, f"{m['ym_y']}-{m['ym_m']}"),
    "dmy": lambda m: _day(m, "dmy"),
    "mspan": _span,
    "myspan": _between_months,
    "mdy": lambda m: _day(m, "mdy"),
    "dm": _dm,
    "my": lambda m: _at(m, f"{m['my_y']}-{_month(m['my_m']):02}"),
    "first": _first_months,
    "weeks": _weeks_to,
    "last_n": _months_to,
    "quarter": _quarter,
    "yquarter": lambda m: _with_year(m, m["yq_y"], f"-Q{_ORDINALS[m['yq_n'].lower()]}"),
    "qshort": lambda m: _with_year(m, m["qs_y"], f"-Q{m['qs_n'] or m['qs_n2']}"),
    "yqshort": lambda m: _at(m, f"{m['yqs_y']}-Q{m['yqs_n']}"),
    "half": _half,
    "yhalf": lambda m: _at(m, f"{m['yh_y']}-H{_ORDINALS[m['yh_n'].lower()]}"),
    "mquarter": _quarter_to,
    "hshort": lambda m: _with_year(m, m["hs_y"], f"-H{m['hs_n'] or m['hs_n2']}"),
    "yhshort": lambda m: _at(m, f"{m['yhs_y']}-H{m['yhs_n']}"),
    "fy": lambda m: _fiscal(m, "fy"),
    "fyq": _fiscal_quarter,
    "season": _season,
    "yspan": _year_span,
    "ended": _ended,
    "rel": _relative,
    "decade": lambda m: _at(m, None),
    "month": _in_month,
}


# ------------------------------------------------------------------ resolving


def resolve(mention: Mention, anchor: str | None) -> str | None:
    """The period of `mention` seen from `anchor`, the period (or publication day) spoken of.

    "last year" from 2025-01-13 is 2024; "a year earlier" from 2024-Q3 is 2023-Q3; "in March" from
    2024 is 2024-03.
    """
    if mention.period is not None or anchor is None:
        return mention.period
    if mention.needs_year is not None:
        return _nearest(mention.needs_year, anchor)
    if mention.relative is None:
        return None
    return _shifted(mention.relative, anchor)


def _nearest(suffix: str, anchor: str) -> str:
    """The suffix in the anchor's year; in the year before if a day of the anchor comes first."""
    year = year_of(anchor)
    filled = fill(suffix, year)
    is_day = len(anchor) == 10
    if is_day and bounds(filled)[0] > date.fromisoformat(anchor):
        return fill(suffix, year - 1)
    return filled


def year_of(period: str) -> int:
    """The (last) year of a period."""
    last = period.split("/")[-1]
    return int(re.sub(r"\D", "", last)[:4])


_LIKE = re.compile(r"\b(?:same|corresponding|comparable)\b")
_NOW = re.compile(r"\b(?:this|current|present)\b")
_AFTER = re.compile(r"\b(?:next|following|coming|later)\b")
_LONG_AGO = re.compile(r"(\d+) (year|month)s? (?:ago|before|earlier)")


def _shifted(relative: str, anchor: str) -> str | None:
    words, _, suffix = relative.partition("|")
    if suffix:
        return _of_suffix(words, suffix, anchor)
    if _LIKE.search(words):
        return _like(words, anchor)
    if ago := _LONG_AGO.match(
        words.replace("a decade", "10 years").replace("one decade", "10 years")
    ):
        return _ago(int(ago[1]), ago[2], anchor)
    if "season" in words:
        return _season_by(words, anchor)
    if "quarter" in words or "month" in words:
        return _shift_part(words, anchor, len(anchor) == 10)
    return _year_by(words, anchor)


def _ago(n: int, unit: str, anchor: str) -> str | None:
    """Seen from a day, years are told to the year and months to the month."""
    is_day = len(anchor) == 10
    if unit == "year":
        return shift(anchor[:4] if is_day else anchor, years=-n)
    return shift(anchor[:7] if is_day else anchor, months=-n)


def _of_suffix(words: str, suffix: str, anchor: str) -> str | None:
    """The "-03" of "last March", the "-Q1" of the "first quarter of last year"."""
    if words == "year to":
        ended = _nearest(f"-{suffix}", anchor)
        return ended[:4] if suffix == "12" else f"FY{ended[:4]}"
    suffix = suffix if suffix.startswith("-") else f"-{suffix}"
    if words in ("last one", "next one") and len(anchor) == 10:
        filled = fill(suffix, year_of(anchor))
        if words == "last one":
            return filled if filled < anchor[:7] else fill(suffix, year_of(anchor) - 1)
        return filled if filled > anchor[:7] else fill(suffix, year_of(anchor) + 1)
    is_year = "year" in words
    return fill(
        suffix, year_of(anchor) - (is_year and "last" in words) + (is_year and "next" in words)
    )


def _like(words: str, anchor: str) -> str | None:
    """ "the same quarter of 2023", "the same period a year earlier", "the same month"."""
    is_day = len(anchor) == 10
    told = re.search(r"(\d{4})(?:[ /–](\d\d)\b)?", words)
    if told:
        return _same_in(anchor, _year_in(anchor, told[1], told[2]))
    if "year" not in words:
        return None if is_day else anchor
    if is_day and "month" in words:
        return shift(anchor[:7], years=-1)
    return str(year_of(anchor) - 1) if is_day else shift(anchor, years=-1)


def _year_in(anchor: str, first: str, last: str | None) -> int:
    """The year of "2023-24" that a period like the anchor lies in: its early parts in the later."""
    is_early = anchor.startswith("FY") or bounds(anchor)[1].month <= _EARLY
    return _ending_year(first, last) if is_early else int(first)


_EARLY = 3


def _season_by(words: str, anchor: str) -> str | None:
    """Seasons are told by two years: from any other period "last season" may be either."""
    if not anchor.startswith("FY"):
        return None
    if _NOW.search(words):
        return anchor
    return following(anchor) if _AFTER.search(words) else previous(anchor)


def _year_by(words: str, anchor: str) -> str | None:
    is_day = len(anchor) == 10
    if _NOW.search(words):
        return str(year_of(anchor))
    if _AFTER.search(words):
        return str(year_of(anchor) + 1)
    return str(year_of(anchor) - 1) if is_day else _same_in(anchor, None)


def _same_in(anchor: str, year: int | None) -> str | None:
    """The anchor's period in another year: the one before unless `year` says which."""
    step = (year - year_of(anchor)) if year is not None else -1
    if len(anchor) == 10:
        return str(year_of(anchor) + step)
    return shift(anchor, years=step)


def shift(period: str, *, years: int = 0, months: int = 0) -> str | None:
    """The period of the same length so many years or months later (earlier where negative).

    None where there is none: no year is two months earlier.

    >>> shift("2024-Q3", years=-1), shift("2024-01-31", months=-2), shift("FY2025", years=-1)
    ('2023-Q3', '2023-11-30', 'FY2024')
    """
    first, divided, last = period.partition("/")
    if divided:
        moved = [shift(p, years=years, months=months) for p in (first, last)]
        return f"{moved[0]}/{moved[1]}" if all(moved) else None
    match = _FORM.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    year = int(match["y"]) + years
    if not 1 < year + months // 12 < 9999:
        return None
    if match["m"]:
        at = year * 12 + int(match["m"]) - 1 + months
        return _clipped(at // 12, at % 12 + 1, match["d"])
    if match["q"] and months % 3 == 0:
        at = year * 4 + int(match["q"]) - 1 + months // 3
        return f"{match['fy'] or ''}{at // 4:04}-Q{at % 4 + 1}"
    if months % 12:
        return None
    return f"{match['fy'] or ''}{year + months // 12:04}{period[len(match['fy'] or '') + 4 :]}"


def _clipped(year: int, month: int, day: str | None) -> str:
    """A month, or its day, at most its last: 29 February a year later is the 28th."""
    last = f"-{min(int(day), monthrange(year, month)[1]):02}" if day else ""
    return f"{year:04}-{month:02}{last}"


def year_before(period: str) -> str:
    """The period a year before it, of the same length: "2024-Q3" -> "2023-Q3"."""
    return shift(period, years=-1) or period


def _shift_part(words: str, anchor: str, is_day: bool) -> str | None:
    kind = "Q" if "quarter" in words else "M"
    at = _part_at(anchor, kind, is_day)
    if at is None or _NOW.search(words):
        return at
    return following(at) if _AFTER.search(words) else previous(at)


def _part_at(anchor: str, kind: str, is_day: bool) -> str | None:
    """The quarter or month that the anchor lies in."""
    if is_day:
        day = date.fromisoformat(anchor)
        return f"{day.year}-Q{(day.month + 2) // 3}" if kind == "Q" else anchor[:7]
    wanted = r"\d{4}-Q[1-4]" if kind == "Q" else r"\d{4}-\d{2}"
    return anchor if re.fullmatch(wanted, anchor) else None


def parse(text: str, published: str | None = None) -> str | None:
    """The first period that `text` names, relative ones seen from `published`; None if none.

    >>> parse("the first quarter of 2024")
    '2024-Q1'
    """
    found: list[tuple[int, str]] = []
    mentions = find(text)
    for mention in mentions:
        period = resolve(mention, published)
        if period is not None:
            found.append((mention.start, period))
    for match in _BARE_YEAR.finditer(text):
        if not any(m.start <= match.start() < m.end for m in mentions):
            found.append((match.start(), match.group()))
    return min(found)[1] if found else None


# ------------------------------------------------------------------ values

_FORM = re.compile(
    r"(?P<fy>FY)?(?P<y>\d{4})(?:-(?:H(?P<h>[12])|Q(?P<q>[1-4])|(?P<m>\d{2})(?:-(?P<d>\d{2}))?))?"
)


@cache
def bounds(period: str) -> tuple[date, date]:
    """First and last day. A fiscal year counts as the calendar year of its name."""
    first, divided, last = period.partition("/")
    if divided:
        return bounds(first)[0], bounds(last)[1]
    match = _FORM.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    year = int(match["y"])
    if match["d"]:
        day = date(year, int(match["m"]), int(match["d"]))
        return day, day
    a, b = _month_bounds(match)
    return date(year, a, 1), date(year, b, monthrange(year, b)[1])


def _month_bounds(match: re.Match[str]) -> tuple[int, int]:
    if match["m"]:
        return int(match["m"]), int(match["m"])
    if match["q"]:
        return 3 * int(match["q"]) - 2, 3 * int(match["q"])
    if match["h"]:
        return (1, 6) if match["h"] == "1" else (7, 12)
    return 1, 12


def contains(a: str, b: str) -> bool:
    """Whether period `b` lies within period `a`; a fiscal year holds only itself and its parts."""
    if a == b:
        return True
    if a.startswith("FY") != b.startswith("FY"):
        return False
    (first, last), (start, end) = bounds(a), bounds(b)
    return first <= start and end <= last


def may_hold(fiscal: str, month: str) -> bool:
    """Whether a month may lie in a fiscal year, of which it is not known where it begins.

    >>> may_hold("FY2024", "2023-11"), may_hold("FY2024", "2024-01"), may_hold("FY2024", "2022-11")
    (True, True, False)
    """
    if not fiscal.startswith("FY") or not _MONTH.fullmatch(month):
        return False
    ends = bounds(fiscal)[1].year
    return ends - 1 <= int(month[:4]) <= ends


_MONTH = re.compile(r"\d{4}-\d{2}")


def is_season(fiscal: str, span: str) -> bool:
    """Whether a span of months may be what a fiscal year is called by: "2023/24", of a school or a
    theatre.

    >>> is_season("FY2024", "2023-09/2024-06"), is_season("FY2024", "2023-11/2024-01")
    (True, False)
    """
    if not fiscal.startswith("FY") or "/" not in span:
        return False
    first, last = bounds(span)
    ends = bounds(fiscal)[1].year
    n_months = 12 * (last.year - first.year) + last.month - first.month + 1
    return (first.year, last.year) == (ends - 1, ends) and 8 <= n_months <= 12


def is_part(part: str, period: str) -> bool:
    """Whether a period is the half, quarter or month of some year that `part` names.

    Six months of a fiscal year may be its first half or its second.

    >>> is_part("-H1", "2024-H1"), is_part("-H1", "2024-04/2024-09"), is_part("-Q1", "2024-H1")
    (True, True, False)
    """
    if period.endswith(part):
        return True
    n_months = {"H": 6, "Q": 3}.get(part[1:2])
    if n_months is None or len(period) != len("2024-04/2024-09"):
        return False
    (first, last) = bounds(period)
    return 12 * (last.year - first.year) + last.month - first.month + 1 == n_months


def previous(period: str) -> str:
    """The period of the same kind before it: "2024-Q1" -> "2023-Q4"."""
    return _step(period, -1)


def following(period: str) -> str:
    """The period of the same kind after it: "2024-12" -> "2025-01"."""
    return _step(period, 1)


def _step(period: str, step: int) -> str:
    if "/" in period:
        return re.sub(r"\d{4}", lambda m: str(int(m.group()) + step), period)
    match = _FORM.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    if match["d"]:
        return (date.fromisoformat(period) + timedelta(days=step)).isoformat()
    year = int(match["y"])
    for group, size, form in (("h", 2, "-H{}"), ("q", 4, "-Q{}"), ("m", 12, "-{:02}")):
        if match[group]:
            index = year * size + int(match[group]) - 1 + step
            return f"{index // size}" + form.format(index % size + 1)
    return f"{match['fy'] or ''}{year + step}"


def is_year(months: str) -> bool:
    """Whether months without their year are twelve: "-10/-09" of a season's run."""
    first, _, last = months.partition("/")
    if len(first) != len("-10") or len(last) != len("-10"):
        return False
    return (int(last[1:]) - int(first[1:])) % 12 == 11


def sort_key(period: str) -> tuple[date, date]:
    """Orders periods by their end, then their start."""
    first, last = bounds(period)
    return last, first


_NAMES = ("first", "second", "third", "fourth")


def describe(period: str) -> str:
    """In words: "2024-Q1" -> "the first quarter of 2024"."""
    first, divided, last = period.partition("/")
    if divided:
        return _describe_span(first, last)
    match = _FORM.fullmatch(period)
    if match is None:
        return period
    if match["q"]:
        return f"the {_NAMES[int(match['q']) - 1]} quarter of {match['y']}"
    if match["h"]:
        return f"the {_NAMES[int(match['h']) - 1]} half of {match['y']}"
    if match["m"]:
        return _describe_month(match)
    return f"fiscal {match['y']}" if match["fy"] else match["y"]


def _describe_month(match: re.Match[str]) -> str:
    name = _MONTHS[int(match["m"]) - 1].capitalize()
    return f"{name} {int(match['d'])}, {match['y']}" if match["d"] else f"{name} {match['y']}"


def _describe_span(first: str, last: str) -> str:
    if first[:4] == last[:4] and len(first) == len(last) == 7:
        if first.endswith("-01"):
            count = {v: k for k, v in _COUNTS.items()}[int(last[5:])]
            return f"the first {count} months of {first[:4]}"
        return f"{_MONTHS[int(first[5:]) - 1].capitalize()} to {describe(last)}"
    return f"{describe(first)} to {describe(last)}"


def years(text: str) -> Iterator[tuple[int, int, str]]:
    """Bare years of `text`: start, end, year."""
    for match in _BARE_YEAR.finditer(text):
        yield match.start(), match.end(), match.group()
