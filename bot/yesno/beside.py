"""Beside: one thing that is named held against another, each asked for by itself.

"Were exports in 2024 more than twice imports in 2020?" is decided by what "What was exports in
2024?" and "What was imports in 2020?" are surely answered with, "Is Ann's pay higher than Bob's?",
"Were rents higher in May than in June?" and "Is the tower taller than the dome?" alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.deriving import operands
from bot.language import mentions, portions, terms
from bot.nodes import Node, attempted
from bot.questions import Query
from bot.yesno import decisions, holding, recasting
from bot.yesno.decisions import Again, Decision
from ingest import Article, periods

# Each side is answered with this chance.
SURE = 0.4
MAX_CHARS = 300
# "than a year earlier": so many words at most name a step in time.
LONGEST_STEP = 5
_AT = r"(?P<at{0}> (?:in|at|on|by|for|during|over) [^?]{{2,40}}?)?"
_MORE = rf"(?:(?:more|higher|larger|bigger|greater){_AT.format(1)} than|above|over|in excess of)"
_LESS = rf"(?:(?:less|fewer|lower|smaller){_AT.format(2)} than|below|under|short of)"
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
        rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<least>{_LEAST})|(?P<most>{_MOST})"
        rf"|(?P<adjective>{'|'.join(_adjectives())}){_AT.format(3)} than)"
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
    if bool(m["least"] or m["most"]) and not m["times"]:
        return None
    asked = _questions(query, m)
    node = operands.way(asked, lambda text: again(text).answers(), SURE) if asked else None
    if node is None or any(f.kind == "change" for f in node.leaves):
        return None
    is_less = bool(m["less"] or m["most"] or m["trail"])
    if m["adjective"]:
        is_less = _adjectives()[m["adjective"].lower()].startswith("-")
    decision = _of_multiple(m["times"], node, articles) if m["times"] else _of_two(node, articles)
    return decisions.turned(decision) if decision and is_less else decision


def _of_two(node: Node, articles: dict[str, Article]) -> Decision | None:
    """Whether the first of two is the more."""
    one, other = (attempted(part, articles) for part in node.parts)
    if one is None or other is None:
        return None
    holds = decisions.held_above(holding.bounds(one), holding.bounds(other))
    return Decision(holds, (one, other)) if holds else None


def _of_multiple(times: str, node: Node, articles: dict[str, Article]) -> Decision | None:
    """Whether the first of two is more than so many times, or such a part of, the second."""
    made = attempted(node, articles)
    held = recasting.number_of(re.sub(r" of$", "", times))
    if made is None or held is None or any((f.value or 0) <= 0 for f in node.leaves):
        return None
    value = held.value / 100 if held.unit == "%" else held.value
    holds = holding.above(value, *holding.bounds(made))
    return Decision(holds, (made,)) if holds else None


def _questions(query: Query, m: re.Match[str]) -> operands.Asked | None:
    """The questions for both sides: two things, or one thing at two times."""
    side = "a" if m["a"] else "c"
    at = next((m[name] for name in ("at1", "at2", "at3") if m[name]), "")
    if _is_time(m["b"]):
        said = _at_two_times(m[side], at.strip(), m["b"])
    elif whole := _whole(m[side], m["b"]):
        said = m[side], whole
    elif _is_called(m[side]) and _is_called(m["b"]) and not _NO_SIDE.search(m["b"]):
        asked = operands.of_spans(query, "ratio", m.span(side), m.span("b"))
        if not m["adjective"]:
            return asked
        said = asked.one[len(operands.OPENING) : -1], asked.other[len(operands.OPENING) : -1]
    else:
        return None
    if said is None or not all(_is_called(text) for text in said):
        return None
    form = _adjectives()[m["adjective"].lower()].lstrip("-") if m["adjective"] else "What was {}?"
    return operands.Asked("ratio", form.format(said[0]), form.format(said[1]), are_apart=True)


def _at_two_times(thing: str, at: str, other: str) -> tuple[str, str] | None:
    """ "rents | in May | in June", "rents in 2024 | a year earlier": one thing at both times."""
    told = f"{thing} {at}".strip()
    own = mentions.periods(told)
    if len(own) != 1:
        return None
    bare = f"{_LEAD.sub('', told[: own[0].start])} {told[own[0].end :].lstrip()}".strip()
    first = told if not at else f"{bare} {_timed(told[own[0].start : own[0].end])}"
    if step := mentions.shift(other):
        to = mentions.moved(own[0].value, other, int(step.value))
        return (first, f"{bare} in {periods.describe(to)}") if to else None
    return first, f"{bare} {_timed(other)}"


_LEAD = re.compile(r"(?: (?:in|for|during|of|by|since|at|on|over))? (?:the )?$", re.IGNORECASE)


def _timed(said: str) -> str:
    return said if re.match(r"(?:in|at|on|by|for|during|over)\b", said) else f"in {said}"


def _is_time(said: str) -> bool:
    """Whether nothing is said but a time."""
    if mentions.shift(said) and not mentions.periods(said):
        return len(said.split()) <= LONGEST_STEP
    bare = _timeless(said)
    return bare != said and not terms.find(bare)


def _timeless(said: str) -> str:
    """What is said, without its times."""
    for m in reversed(mentions.periods(said)):
        said = said[: m.start] + said[m.end :]
    return said


def _whole(one: str, other: str) -> str | None:
    """The other side with what it leaves out: "Ann's pay" and "Bob's" or "that of Bob"."""
    if m := re.match(r"(?:that|those|the one) (?:of|in|for|at|from) (?P<name>.+)$", other, re.I):
        head = re.match(r"(?P<head>.+?) (?P<by>of|in|for|at|from) ", one)
        owner = re.search(r"^(?P<owner>.+?)['’]s? (?P<head>.+)$", one)
        if head:
            return f"{head['head']} {head['by']} {m['name']}"
        return f"{m['name']}'s {owner['head']}" if owner else None
    owned = re.match(r"(?P<owner>[^?]+?['’]s?)(?P<rest> (?:in|at|for|during) .+)?$", other)
    head = re.search(r"['’]s? (?P<head>.+)$", one)
    if owned and head and not owned["rest"]:
        return f"{other} {head['head']}"
    return None


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Comparatives with the question for what they compare; "-" before one that turns it."""
    return dict(decisions.data()["measured"])


def _is_called(said: str) -> bool:
    """Whether what is compared is called by name, and is no number."""
    bare = _timeless(said)
    is_named = bool(terms.find(bare)) and not _PRONOUN.search(bare)
    return is_named and not mentions.numbers(bare)


_PRONOUN = re.compile(r"\b(?:it|they|them|that|those|this|these|than|what|which)\b", re.IGNORECASE)
