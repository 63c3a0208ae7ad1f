"""Votes: what share of those who voted were for something, and what share against.

"Did more than three quarters back a strike?" over "1,214 votes for a strike and 387 against": no
figure tells how many voted; it is what the two come to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.derivation import Search
from bot.evidence.pages import Found
from bot.language import portions, terms
from bot.nodes import attempted, leaf, step
from bot.questions import Assumed, Query
from bot.yesno import decisions, holding, recasting, telling
from bot.yesno.decisions import Decision
from ingest import Article, Figure

_VOTED = re.compile(
    r"\b(?:vote[ds]?|voters?|voting|ballot|back(?:ed)?|support(?:ed)?|favou?r(?:ed)?|approved?"
    r"|majority|for|against|oppose[ds]?|reject(?:ed)?)\b"
)
_AGAINST = re.compile(r"\b(?:against|oppose[ds]?|reject(?:ed)?|say no|said no)\b")
_MAJORITY = re.compile(r"\bmajority\b(?! (?:leader|owner|stake|share|of (?:more|less|over)))")
_FOR = re.compile(r"\W*(?:votes? |members |ballots |were |voted )*(?:for|in favou?r|yes|backed)\b")
_TO = re.compile(r"\W*(?:votes? |members |ballots |were |voted )*(?:against|no|opposed)\b")


def decide(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """The share that a part of the votes is of both, held against the asker's."""
    held = _held(query)
    if held is None or not _VOTED.search(query.text.lower()):
        return None
    for near in lines:
        line = near.line
        figures = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        pair = _pair(figures, line.text, line.start)
        if pair is None or not _is_of_those(query, near, pair):
            continue
        part = pair[bool(_AGAINST.search(query.text.lower()))]
        whole = step("sum", [leaf(f) for f in pair])
        made = attempted(step("share", [leaf(part), whole]), articles)
        value = holding.in_unit_of(held, made.unit) if made else None
        if made is None or value is None:
            continue
        bounds = holding.bounds(made)
        if holds := decisions.held_against(query.text.lower(), held, value, bounds):
            return Decision(holds, (made,))
    return None


def _is_of_those(query: Query, near: Found, pair: tuple[Figure, Figure]) -> bool:
    """Whether those who voted are those that a question names: a line or its figures do too."""
    held = near.line.stems | terms.stem_set(f.entity or "" for f in pair)
    names = terms.stem_set(query.entities)
    return all(telling.stands(name, held) for name in names if not name.isdigit())


def _held(query: Query) -> Assumed | None:
    """The share that a question asks about."""
    if told := portions.one_in(query.text):
        return Assumed(*told, "1")
    if word := _MAJORITY.search(query.text.lower()):
        return Assumed(word.group(), Decimal("0.5"), "1")
    hidden = recasting.recast(query)
    return hidden.held if hidden and hidden.kind == "share" else None


def _pair(figures: Sequence[Figure], text: str, start: int) -> tuple[Figure, Figure] | None:
    """How many were for something, and how many against, in a sentence."""
    counts = [f for f in figures if f.value is not None and f.unit != "%" and f.kind != "change"]
    both = [[f for f in counts if way.match(text[f.end - start :].lower())] for way in (_FOR, _TO)]
    return (both[0][0], both[1][0]) if [len(found) for found in both] == [1, 1] else None
