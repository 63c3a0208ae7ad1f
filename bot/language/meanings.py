"""Meanings: whether a question asks what a thing is, and whether a sentence says so.

"What is a negative list?" is not answered by a sentence that only speaks of one.
"""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"^\W*what(?:['’]s| is| are| was| were) an? (?P<a>[a-z][a-z -]+?)[?.! ]*$"
    r"|^\W*what (?:is|are) meant by (?:the |an? )?(?P<b>[\w -]+?)[?.! ]*$"
    r"|^\W*what (?:does|do) (?:the |an? )?(?P<c>[\w -]+?) mean[?.! ]*$"
    r"|^\W*(?:define|explain what (?:is )?) ?(?:the |an? )?(?P<d>[\w -]+?)(?: is)?[?.! ]*$",
    re.IGNORECASE,
)
# What may explain a thing, right behind it, right before it, or anywhere in its sentence.
_AFTER = r"s?[\"”’]?(?: [\w-]+){0,3}?(?:,| ?\(|\)| ?[—–:])|s? (?:is|are|was|were)\b"
_BEFORE = r"[\"“‘(]|(?:known as|called|termed|named|so-called|or|term)(?: the| an?)? "
_ANYWHERE = re.compile(
    r"\b(?:meaning|means?|meant|called|known as|refers? to|stands? for|that is|i\.e|describes?"
    r"|defin\w+|in which|so that|consists? of)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:It|This|That|They|These|Those|Such)\b")


def asked(question: str) -> str | None:
    """What it is asked what it is: "negative list"; None where nothing is so asked.

    >>> asked("What is a negative list?")
    'negative list'
    """
    m = _ASKED.match(question)
    return next((g for g in m.groups() if g), None) if m else None


def is_only_mentioned(thing: str, text: str, after: str = "") -> bool:
    """Whether a sentence names a thing and surely does not say what it is.

    after: the sentence behind it
    """
    name = re.escape(thing.strip())
    if not re.search(rf"\b{name}\b", text, re.IGNORECASE):
        return False
    told = rf"\b{name}(?:{_AFTER})|(?:{_BEFORE}){name}\b"
    is_told = re.search(told, text, re.IGNORECASE) or _ANYWHERE.search(text)
    return not is_told and not _GOES_ON.match(after)
