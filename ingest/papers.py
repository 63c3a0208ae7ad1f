"""Papers: the newspaper, magazine or agency that the line about an article names.

"The Port Lorne Courier, 18 June 2025", "By Rui Salgado, Meridian Courier, 31 July 2025", 'From the
blog "Slow Miles", posted 11 October 2025', "LUND BAY, 24 July 2025 (Nordwire) -".
"""

from __future__ import annotations

import re
from functools import cache

from ingest import data

MAX_WORDS = 6
MAX_DATELINE = 100
_PARTS = re.compile(r"\s*(?:[,;|•·()]|\.(?:\s|$)|\s[-–—/]\s|\bby\b)\s*")
_LEAD = re.compile(
    r"^(?:(?:from|in|for|published (?:in|by)|first published in|the|an?|source|our)\s+)+", re.I
)
_WORD = re.compile(r"[^\W_][\w'’.-]*|&")
_SMALL = frozenset("of the and & de la for in".split())
_WIRE = re.compile(r"\w{3,}wire")
_QUOTED = re.compile(r"[\"“„]([^\"“”„]{2,40}?),?[\"”“]")
_DATELINE = re.compile(r"^[^()]{2,60}\(([A-Z][\w .'’&-]{1,30})\)(?:,[^()]{3,25})?\s*(?:--|[-–—:])")


def find(line: str) -> str | None:
    """The paper that a short line about an article names; None where it names none."""
    line = line.strip(" *_#\t")
    if named := of_dateline(line) or _quoted(line):
        return named
    for part in _PARTS.split(line):
        name = _LEAD.sub("", part or "").strip(" *_")
        if name_noun(name) and _is_name(name) and _is_enough(name):
            return name
    return None


def of_dateline(line: str) -> str | None:
    """The agency in brackets behind place and date, before the dash."""
    told = _DATELINE.match(line[:MAX_DATELINE])
    is_lower = told is None or not line[: told.start(1)].split(",")[0].split("(")[0].isupper()
    return None if told is None or is_lower else str(told[1]).strip()


def _quoted(line: str) -> str | None:
    """The name in marks of quotation, behind the word for what it is or as a paper's."""
    for told in _QUOTED.finditer(line):
        before = line[: told.start()].split()
        if before and before[-1].lower() in _words("kinds"):
            return told[1].strip()
        if name_noun(told[1]) and _is_name(told[1]):
            return told[1].strip()
    return None


def _is_name(text: str) -> bool:
    """Whether a few words are a name: with capitals, but for small words and the last."""
    words = _WORD.findall(text)
    head = words[:-1] if words[-1:] and words[-1].lower() in _words("kinds") else words
    return 0 < len(words) <= MAX_WORDS and bool(head) and all(
        word[0].isupper() or word.lower() in _SMALL for word in head
    ) and head[0][0].isupper()  # fmt: skip


def _is_enough(name: str) -> bool:
    """Whether a name is more than a word that a table or a heading may have."""
    is_own = bool(_WIRE.fullmatch(name.lower())) and name.lower() not in _words("plain")
    return not name.isupper() and (" " in name or is_own)


def name_noun(name: str) -> str | None:
    """The word by which a name is that of a paper, in lower case: "gazette" of "Ansby Gazette".

    At its end, or at its beginning before "of"; None where it has none.
    """
    words: list[str] = [word.lower() for word in _WORD.findall(name)]
    known = _words("plain") | _words("common")
    if words and (words[-1] in known or _WIRE.fullmatch(words[-1])):
        return words[-1]
    return words[0] if len(words) > 2 and words[0] in known and words[1] == "of" else None


def is_plain(noun: str) -> bool:
    """Whether a word is hardly said of anything but papers."""
    return noun in _words("plain") or bool(_WIRE.fullmatch(noun))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(str, data.load("papers")[name]))
