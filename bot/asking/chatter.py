"""Chatter: what a message says beside its question: greetings, thanks, what it is for, smileys.

"Hi! I'm writing a piece on China. What were exports in 2024, please? Thanks :)" asks what exports
were in 2024. What is said of the matter itself stays, for it may be asked about.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from bot.language import terms

_MAX_OPENINGS = 8
_END = re.compile(r"[?!. ]*$")
_SMILEY = re.compile(r"(?<![\w(])(?:[:;=]['’]?-?[)(DPp|/]+|<3|\^\^)(?!\w)")
# "In 2024, please, and the year before?"
_ASIDE = re.compile(r"(?<=[ ,?.!])(?:please|pls|plz|plss|kindly)(?=\s*[,.?!;)]|$)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„‘'*_`]{1,3}([^\"“”„]+)[\"“”’'*_`]{1,3}")
_DOUBLED = re.compile(r",(?:\s*,)+")


def without(text: str) -> str:
    """The message without what asks nothing; as it is where nothing else is in it.

    >>> without("Hi there! quick one: how many came? thanks :)")
    'how many came?'
    """
    rest = _DOUBLED.sub(",", _ASIDE.sub("", _unsmiling(_unquoted(text))))
    rest = _unthankful(_unopened(" ".join(rest.split()))).strip()
    rest = re.sub(r"[ ,]+(?=[?!.;,])", "", rest)
    return rest if _asks(rest) else text


def _unquoted(text: str) -> str:
    """The text without quotation marks around the whole of it."""
    whole = _QUOTED.fullmatch(text.strip())
    return whole[1] if whole else text


def _asks(text: str) -> bool:
    """Whether there is anything to ask about: a word of some content, or "why"."""
    return bool(terms.find(text)) or bool(_ASKING & {w.group().lower() for w in terms.words(text)})


_ASKING = frozenset("how what when who whom where why which".split())


def _unsmiling(text: str) -> str:
    """The text without smileys and pictures."""
    plain = "".join(" " if _is_picture(char) else char for char in text)
    return _SMILEY.sub(" ", plain)


def _is_picture(char: str) -> bool:
    return char != "°" and unicodedata.category(char) in _PICTURES


_PICTURES = frozenset(["So", "Cs", "Sk", "Mn"])


def _unopened(text: str) -> str:
    for _ in range(_MAX_OPENINGS):
        opening = _openings().match(text) or _fillers().match(text)
        if not opening or not _asks(text[opening.end() :]):
            break
        text = text[opening.end() :]
    return text


def _unthankful(text: str) -> str:
    """The text without thanks and the like at its end; the sign that ends it stays."""
    for _ in range(_MAX_OPENINGS):
        closing = _closings().search(text)
        if not closing or not _asks(text[: closing.start()]):
            break
        sign = _END.search(text[: closing.start()])
        kept = text[: closing.start()].rstrip(" ,;–-")
        is_asked = "?" in closing.group() and not (sign and sign.group().strip())
        text = f"{kept}?" if is_asked else kept
    return text


def _data() -> dict[str, Any]:
    return terms.table("questions")


@lru_cache(maxsize=1)
def _fillers() -> re.Pattern[str]:
    longest_first = sorted(_data()["fillers"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\b[ ,:;.!–-]*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    return re.compile("|".join(_filled("openings")), re.IGNORECASE)


@lru_cache(maxsize=1)
def _closings() -> re.Pattern[str]:
    said = "|".join(_filled("closings"))
    return re.compile(rf"(?:{said})[?!. ]*$", re.IGNORECASE)


def _filled(row: str) -> list[str]:
    """The patterns of a row of the table with their word lists."""
    data = _data()["chatter"]
    return [terms.filled(pattern, data["lists"]) for pattern in data[row]]
