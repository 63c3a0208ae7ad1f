"""Editions: the first telling of a thing and the later one that put it right.

"What did shops sell in September, first estimate?" is asked of the release of October, "as
corrected" of the one of December, and "in the March minutes" of those of March.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from bot.language import mentions
from ingest import Article

# Names that two articles about the same have in common, one of them in a title; and where none is.
ALIKE, AT_LEAST = 2, 4
# Characters of an article at whose head it says what it is.
N_HEAD = 550
# Names that more than this part of the articles have tell none from another.
COMMON = 4
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_TITLED = re.compile(r"[A-Z][a-z]{3,}")

_LATER = re.compile(
    r"\b(?:corrected|revised|restated|as revised|(?:after|since) (?:the |its )?(?:correction"
    r"|revision|recount)|final(?! (?:dividend|score|whistle|match|round|stage|exams?|year|quarter"
    r"|months?|weeks?|days?))|definitive|audited|official result|adopted)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\bfirst (?:published|reported|put|given|estimat\w+|thought|announced|release[ds]?|count\w*"
    r"|said|notice|reading)\b|\b(?:original(?:ly)?|initial(?:ly)?|at first|preliminary"
    r"|provisional(?:ly)?|flash|draft|before (?:the |its )?(?:correction|revision|recount)"
    r"|uncorrected|unrevised)\b",
    re.IGNORECASE,
)
# Words by which one telling is set beside another.
BESIDE = r"than|differ\w*|gap|apart|exceed\w*|compar\w*|versus|vs|against"
# What sets the one beside the other, or asks when the later one was to come.
_BESIDE = re.compile(
    rf"\b(?:{BESIDE}|between|cut|lowered"
    r"|raised|lifted|add(?:ed)?|chang\w+|overstat\w*|understat\w*|off|derived|beat|above|below"
    r"|still|stay\w*|later|short of|correction (?:to|of)|due|appear\w*|to come)\b|\bfrom .* to\b"
    r"|\bhow (?:much|many|far|big|large)\b.*\b(?:revis|correct|restat)"
    r"|^(?:and|what about)\b|^when\b",
    re.IGNORECASE,
)
# "More than a year before" sets no two tellings beside each other.
_THAN_BEFORE = re.compile(
    r"\b(?:than|against|compared with) (?:in|at|during|a|the|for) (?:[\w-]+ ){0,3}"
    r"(?:(?:19|20)\d\d|before|earlier|ago)\b",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(
    r"\b(?:first (?:estimate|release|count|figures)|preliminary|provisional|flash|draft"
    r"|early (?:figures|count))\b",
    re.IGNORECASE,
)
_PUT_RIGHT = re.compile(
    r"\b(?:correct(?:s|ed|ions?)|revis(?:ed|es|ions?)|restate[sd]?|final|audited"
    r"|official result|than (?:first |was )?(?:thought|reported)|adopt(?:s|ed)|take[ns]? back"
    r"|counted again|recount)\b",
    re.IGNORECASE,
)
_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAYS = frozenset([*mentions.MONTHS, *_WEEK])
_OF_MONTH = re.compile(
    rf"\b({'|'.join(mentions.MONTHS)})(?:'s)? (?:report|release|bulletin|estimate|notice|story"
    r"|article|piece|minutes|announcement|statement|draft)\b",
    re.IGNORECASE,
)


def asked(text: str, articles: Sequence[Article]) -> tuple[tuple[str, ...], ...]:
    """The article whose telling a question asks for, of two about the same; () where none.

    articles: the likeliest first
    """
    if not articles or _BESIDE.search(_THAN_BEFORE.sub("", text)):
        return ()
    is_first, is_later = bool(_FIRST.search(text)), bool(_LATER.search(text))
    month = _OF_MONTH.search(text)
    if is_first == is_later and not month:
        return ()
    first, later = _pair(articles)
    if first is None or later is None:
        return ()
    if month:
        number = f"-{mentions.MONTHS.index(month[1].lower()) + 1:02}-"
        told = [a.id for a in (first, later) if number in (a.published or "")]
        return ((told[0],),) if len(told) == 1 else ()
    is_put_right = _AT_FIRST.search(_head(first)) or _PUT_RIGHT.search(_head(later))
    return ((first.id if is_first else later.id,),) if is_put_right else ()


def _head(article: Article) -> str:
    return f"{article.title} {article.text[:N_HEAD]}"


def _pair(articles: Sequence[Article]) -> tuple[Article | None, Article | None]:
    """The likeliest article and the one most like it, the earlier of the two first."""
    names = {article.id: _names(article) for article in articles}
    spread = Counter(name for found in names.values() for name in found)
    most = max(2, len(names) // COMMON)
    own = {name for name in names[articles[0].id] if spread[name] <= most}
    best, *others = articles
    dated = [a for a in others if a.published and a.published != best.published]
    near = max(dated, key=lambda a: _n_shared(names[best.id], names[a.id], own), default=None)
    if near is None or not best.published or not near.published:
        return None, None
    shared = own & names[near.id].keys()
    told = {name for name in shared if name in best.title or name in near.title}
    if len(shared) < (ALIKE if told else AT_LEAST):
        return None, None
    return (best, near) if best.published < near.published else (near, best)


def _names(article: Article) -> Counter[str]:
    """The words with a capital in an article and its title."""
    found = Counter([*_NAME.findall(article.text), *_TITLED.findall(article.title)])
    return Counter({name: n for name, n in found.items() if name.lower() not in _DAYS})


def _n_shared(one: Counter[str], other: Counter[str], own: Collection[str]) -> int:
    """How often two articles have the names of which most others have none."""
    return sum(min(one[name], other[name], 3) for name in own if name in other)
