"""Beside: one thing that is named held against another, each asked for by itself.

"Were exports in 2024 more than twice imports in 2020?" is decided by what "What was exports in
2024?" and "What was imports in 2020?" are surely answered with.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from bot.deriving import operands
from bot.language import mentions, portions, terms
from bot.nodes import attempted
from bot.questions import Assumed, Query
from bot.yesno import decisions, holding, recasting
from bot.yesno.decisions import Again, Decision
from ingest import Article

# Each side is answered with this chance.
SURE = 0.4
MAX_CHARS = 300
_MORE = r"(?:more|higher|larger|bigger|greater) than|above|over|in excess of"
_LESS = r"(?:less|fewer|lower|smaller) than|below|under|short of"
_LEAST, _MOST = r"at least|no less than", r"at most|no more than|not more than"
_EXCEED = r"exceed|surpass|top|beat|outstrip|overtake|outweigh"
_TRAIL = r"fall short of|stay below|stay under|remain below|trail|fall below"
_PART = (
    rf"twice|double|triple|treble|thrice|(?:two|three|four|five|six|ten|\d{{1,2}}(?:\.\d+)?) times"
    rf"|(?:{portions.FRACTION}|\d{{1,2}}(?:\.\d+)?\s?(?:%|per ?cent)) of|half"
)
_NO_SIDE = re.compile(
    r"\b(?:than|expected|forecast|predicted|thought|average|usual|normal|before|ago|earlier|ever"
    r"|planned|target|limit|last|previous|it|that|those|what|which|the (?:year|others?|rest))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _asked() -> re.Pattern[str]:
    return re.compile(
        r"^(?:(?:is|are|was|were) (?:there )?(?P<a>.+?) (?:(?:much|far|even|still|any) )?"
        rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<least>{_LEAST})|(?P<most>{_MOST}))"
        rf"|(?:do|does|did) (?P<c>.+?) (?:(?P<exceed>{_EXCEED})|(?P<trail>{_TRAIL})))"
        rf" (?:(?P<times>{_PART}) )?(?P<b>.+)$",
        re.IGNORECASE,
    )


def decide(query: Query, again: Again | None, articles: dict[str, Article]) -> Decision | None:
    """The decision by both sides of a comparison; None where one is not surely told."""
    text = query.text.rstrip("?! .")
    m = _asked().match(text[:MAX_CHARS])
    if m is None or again is None or query.negated:
        return None
    side = "a" if m["a"] else "c"
    if not all(_may_be_side(m[name]) for name in (side, "b")):
        return None
    is_least = bool(m["least"] or m["most"])
    if is_least and not m["times"]:
        return None
    asked = operands.of_spans(query, "ratio", m.span(side), m.span("b"))
    node = operands.way(asked, lambda text: again(text).answers(), SURE)
    made = attempted(node, articles) if node else None
    if node is None or made is None or any(f.kind == "change" for f in node.leaves):
        return None
    held = _held(m["times"]) if m["times"] else Assumed("1", Decimal(1), "1")
    if held is None:
        return None
    value = held.value / 100 if held.unit == "%" else held.value
    holds = holding.above(value, *holding.bounds(made))
    if holds is None:
        return None
    is_less = bool(m["less"] or m["most"] or m["trail"])
    decision = Decision(holds, (made,))
    if not m["times"]:
        told = tuple(attempted(part, articles) for part in node.parts)
        decision = Decision(holds, tuple(one for one in told if one))
    return decisions.turned(decision) if is_less else decision


def _held(times: str) -> Assumed | None:
    return recasting.number_of(re.sub(r" of$", "", times))


def _may_be_side(said: str) -> bool:
    """Whether what is compared is called by name, and is no number."""
    if _NO_SIDE.search(said) or not terms.find(said):
        return False
    without = said
    for m in reversed(mentions.periods(said)):
        without = without[: m.start] + without[m.end :]
    return bool(terms.find(without)) and not mentions.numbers(without)
