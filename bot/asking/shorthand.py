"""Shorthand: what is typed in short or in haste, in full.

"services w/o travel n freight", "up bc of what acc to the minister", "past 1 tn usd", "sales yoy",
"the 22/23 season", "hwo many". What stands for what is data (bot/data/questions.yaml, `typed`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.language import terms

# "Sales yoy", "prices m/m".
_YOY = re.compile(r"(?<![\w/-])(?P<span>[yqm])(?:o|/|-o-)(?P=span)\b", re.IGNORECASE)
# "The 22/23 season", "profit 23/24".
_SEASON = re.compile(r"(?<![\d/.,-])(?P<from>\d\d)/(?P<to>\d\d)(?![\d/.,-]|\s*%)")
# "NATO = ?": the one word of some letters that is short for others.
_EQUALS = re.compile(r"^([^\W\d_]{2,6})[ ]?=[ ]?(?:\?+|what\?*)$", re.IGNORECASE)
# "Its share back in 2019".
_BACK_IN = re.compile(r"\bback (?=in (?:the )?(?:19|20)\d\d)", re.IGNORECASE)
# "Exports '23", "sold abroad in 24?"; "one in 24" is no year.
_YEAR = re.compile(
    r"(?<![\w’'])['’‘](?P<typed>\d\d)(?!\w)"
    r"|(?<!\d in )(?<!one in )\b(?<=\bin )(?P<bare>[123]\d)(?=$|[?!,;]| vs\b| and\b| or\b|\.$)",
    re.IGNORECASE,
)
_NEXT_CENTURY = 40
_SPANS = {"y": "year", "q": "quarter", "m": "month"}


def in_full(text: str) -> str:
    """What is typed in short, in full.

    >>> in_full("services w/o travel n freight, yoy"), in_full("over 1.2bn usd in 22/23?")
    ('services without travel and freight, year-on-year', 'over 1.2 billion dollars in 2022/23?')
    """
    text = _EQUALS.sub(r"What does \1 stand for?", text)
    text = _BACK_IN.sub("", _SEASON.sub(_in_century, _YOY.sub(_spanned, text)))
    text = _YEAR.sub(_of_these_days, text)
    for pattern, words in _shorts():
        text = pattern.sub(words, text)
    instead: dict[str, str] = _typed()["instead"]
    return terms.exchanged(_amount().sub(_told, text), instead.get)


def _typed() -> dict[str, Any]:
    return dict(terms.table("questions")["typed"])


@lru_cache(maxsize=1)
def _shorts() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(short), words) for short, words in _typed()["short"].items()]


@lru_cache(maxsize=1)
def _amount() -> re.Pattern[str]:
    """A number with its scale, its currency or both in short: "1tn usd", "40 trn yuan"."""
    scales, codes = ("|".join(_typed()[kind]) for kind in ("scales", "codes"))
    return re.compile(
        rf"(?<![\w.,-])(?P<number>[$€£¥]?\d[\d,]*(?:\.\d+)?)"
        rf"(?:(?P<short> ?(?:{scales}))(?: (?P<code>{codes}))?"
        rf"|(?P<long> (?:hundred|thousand|million|billion|trillion))? (?P<alone>{codes}))\b"
    )


def _told(amount: re.Match[str]) -> str:
    typed = _typed()
    scale = typed["scales"].get((amount["short"] or "").strip()) or (amount["long"] or "").strip()
    code = typed["codes"].get(amount["code"] or amount["alone"])
    is_year = not scale and re.fullmatch(r"(?:19|20)\d\d", amount["number"])
    return amount.group() if is_year else " ".join(filter(None, (amount["number"], scale, code)))


def _spanned(short: re.Match[str]) -> str:
    span = _SPANS[short["span"].lower()]
    return f"{span}-on-{span}"


def _of_these_days(year: re.Match[str]) -> str:
    digits = year["typed"] or year["bare"]
    return f"{20 if int(digits) < _NEXT_CENTURY else 19}{digits}"


def _in_century(season: re.Match[str]) -> str:
    is_next = int(season["to"]) == int(season["from"]) + 1
    return f"20{season.group()}" if is_next else season.group()
