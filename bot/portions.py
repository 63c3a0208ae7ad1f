"""Portions: figures that their sentence tells as parts of what stands before them.

"Of these, 480 are in France and 390 in Belgium", "including 12 million for schools": neither is the
whole that another figure of the sentence is a share of, or that it leaves something of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.linking import Card
from bot.nodes import Node
from bot.pools import are_together
from ingest import Figure

_OPENED = re.compile(r"^\W*(?:of|among) (?:those|them|these|it|that)\b")
_FOLLOWED = re.compile(r"^(?: [a-z-]+){0,3} (?:of|among) (?:those|these)\b")
_LED = re.compile(
    r"\b(?:of (?:which|whom|them|these|those)|including|includes?|among (?:them|those|these))\b"
    r"[^,.;:]{0,30}$"
)


def of_wholes(nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without the shares of parts, and without what parts leave of parts.

    cards: of the evidence
    """
    sentences = {(c.figure.article_id, c.figure.start): c.sentence for c in cards}
    return [n for n in nodes if not _is_of_part(n, sentences)]


def _is_of_part(node: Node, sentences: dict[tuple[str, int], str]) -> bool:
    if node.operation not in _WHOLE or len(node.parts) < 2 or not all(p.figure for p in node.parts):
        return False
    whole = node.leaves[_WHOLE[node.operation]]
    others = [f for f in node.leaves if f is not whole]
    is_one = all(are_together(whole, f) for f in others)
    return is_one and is_part(whole, sentences[whole.article_id, whole.start])


# Where the whole stands among the members of an operation.
_WHOLE = {"share": 1, "residual": 0}


def is_part(figure: Figure, sentence: str) -> bool:
    """Whether a sentence tells a figure as part of what stands before it."""
    said, begin = sentence.lower(), figure.sentence.start
    before, after = said[: figure.start - begin], said[figure.end - begin :]
    return bool(_OPENED.match(said) or _LED.search(before) or _FOLLOWED.match(after))
