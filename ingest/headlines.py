"""Headlines: which of the lines at the head of a plain text is its title.

A text that was copied or saved often begins with the name of its paper, a label ("PRESS RELEASE")
or the way to the page ("Sport > Football"); the headline stands below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import colophon
from ingest.articles import Block

MAX_CHARS = 160
N_TOP_BLOCKS = 5
MAX_NAME_WORDS, MIN_WORDS = 5, 5
# The share of a headline's longer words that the text below says again.
SAID_AGAIN = 0.3
_TRAIL = re.compile(r"\S (?:[>»›/]|::) \S")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’-]*")
_BYLINE = re.compile(
    r"(?:(?:\w+ )?by|from|published|updated|posted|source|author|interview)\b", re.IGNORECASE
)
_LABEL = re.compile(r"\b(?:release|report|note|notice|update|research|analysis|minutes)\b", re.I)
_ENDS = (".", ",", ";", ":", "…")


def find(text: str, blocks: Sequence[Block]) -> str | None:
    """The headline of a plain text; None where it has none.

    The first line, if it is a heading, unless it is a masthead with a headline below it.
    """
    tops = _tops(text, blocks)
    if not tops:
        return None
    first, rest = tops[0], text[blocks[len(tops) - 1].end :]
    if is_masthead(first, text[blocks[0].end :]):
        below = (line for line in tops[1:] if _may_be_headline(line, rest))
        if headline := next(below, None):
            return headline
    return first if blocks[0].kind == "heading" else None


def paper(text: str, blocks: Sequence[Block]) -> str | None:
    """The name of the paper in a masthead: what stands above the headline and is no label."""
    first, told = (_tops(text, blocks) or [""])[0], find(text, blocks)
    is_name = bool(first) and not _TRAIL.search(first) and colophon.parse_date(first) is None
    return first if is_name and told not in (None, first) and not _LABEL.search(first) else None


def _tops(text: str, blocks: Sequence[Block]) -> list[str]:
    """The short lines before the first paragraph."""
    found: list[str] = []
    for block in blocks[:N_TOP_BLOCKS]:
        line = text[block.start : block.end]
        if block.kind not in ("heading", "paragraph") or len(line) > MAX_CHARS:
            break
        found.append(line)
    return found


def is_masthead(line: str, rest: str) -> bool:
    """Whether a line is a way to a page, or a name or label that the text never says again."""
    if _TRAIL.search(line):
        return True
    words = _WORD.findall(line)
    is_name = 0 < len(words) <= MAX_NAME_WORDS and all(w[0].isupper() or len(w) < 4 for w in words)
    bare = " ".join(words).removeprefix("The ").removeprefix("THE ").casefold()
    return is_name and not line.endswith(("!", "?")) and bare not in rest.casefold()


def _may_be_headline(line: str, rest: str) -> bool:
    """Whether a line reads as a headline: several words, not all names, of what the text tells."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    if len(_WORD.findall(line)) < MIN_WORDS or not words or line.endswith(_ENDS):
        return False
    if _BYLINE.match(line) or "|" in line or colophon.parse_date(line):
        return False
    low = rest.casefold()
    said = sum(word.casefold() in low for word in words)
    return any(word[0].islower() for word in words) and said >= SAID_AGAIN * len(words)
