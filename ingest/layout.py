"""Layout: finds headings, paragraphs, lists and tables in plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.articles import Block, BlockKind

MAX_HEADING_CHARS = 140
MAX_HEADING_WORDS = 20
WRAP_CHARS = range(40, 121)
_LIST_ITEM = re.compile(r"\s{0,8}(?:[-*+•‣◦·–]\s+|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s+)\S")
_MD_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+\S")
_RULE_ROW = re.compile(r"[\s|:+=-]+")
_GAP = re.compile(r"\s*\|\s*|\t+|\s{3,}")
_ENDS_OPEN = (".", "!", "?", ";", ",", ":", "…", '."', ".”", '?"', "?”", '!"', "!”")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text.rstrip())

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def find(text: str, *, is_markdown: bool = False) -> tuple[Block, ...]:
    """Blocks of a text, in order, covering every visible character of it."""
    lines = list(_lines(text))
    joined = is_markdown or _is_wrapped(lines)
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        if lines[i].is_blank:
            i += 1
            continue
        kind, level, end = _block_at(lines, i, joined=joined, is_markdown=is_markdown)
        blocks.append(_block(lines, i, end, kind, level))
        i = end
    return _with_levels(blocks, is_markdown)


def _block(lines: list[_Line], i: int, end: int, kind: BlockKind, level: int) -> Block:
    first = lines[i]
    indent = len(first.text) - len(first.text.lstrip())
    return Block(first.start + indent, lines[end - 1].end, kind, level)


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for line in text.split("\n"):
        yield _Line(position, line)
        position += len(line) + 1


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether paragraphs run over several lines, as in a text that was hard-wrapped."""
    pairs = [(a, b) for a, b in pairwise(lines) if not (a.is_blank | b.is_blank)]
    if len(pairs) < 2:
        return False
    open_ends = sum(
        len(a.text.rstrip()) in WRAP_CHARS and not a.text.rstrip().endswith(_ENDS_OPEN[:3])
        for a, _ in pairs
    )
    return open_ends * 2 > len(pairs)


def _block_at(
    lines: list[_Line], i: int, *, joined: bool, is_markdown: bool
) -> tuple[BlockKind, int, int]:
    """Kind and level of the block that begins at line i, and the line after its last."""
    table_end = _table_end(lines, i)
    if table_end:
        return "table", 0, table_end
    if is_markdown and (heading := _MD_HEADING.match(lines[i].text)):
        return "heading", len(heading.group(1)), i + 1
    if _LIST_ITEM.match(lines[i].text):
        return "list", 0, _item_end(lines, i)
    if not is_markdown and _is_heading(lines, i, joined=joined):
        return "heading", 2, i + 1
    return "paragraph", 0, _paragraph_end(lines, i, is_markdown) if joined else i + 1


def _table_end(lines: list[_Line], i: int) -> int | None:
    """The line after a table that begins at line i, None where none does."""
    width = _n_cells(lines[i].text)
    if width < 2:
        return None
    end = i + 1
    while end < len(lines) and _continues_table(lines[end].text, width):
        end += 1
    enough = 2 if "|" in lines[i].text or "\t" in lines[i].text else 3
    return end if end - i >= enough else None


def _continues_table(line: str, width: int) -> bool:
    return _n_cells(line) == width or bool("-" in line and _RULE_ROW.fullmatch(line))


def _n_cells(line: str) -> int:
    stripped = line.strip()
    if not stripped or _RULE_ROW.fullmatch(stripped):
        return 0
    return len(_GAP.split(stripped.strip("|").strip()))


def _item_end(lines: list[_Line], i: int) -> int:
    """A list item takes the lines below it that are indented deeper than its mark."""
    indent = len(lines[i].text) - len(lines[i].text.lstrip())
    end = i + 1
    while end < len(lines) and not lines[end].is_blank:
        deeper = len(lines[end].text) - len(lines[end].text.lstrip()) > indent
        if not deeper or _LIST_ITEM.match(lines[end].text):
            break
        end += 1
    return end


def _paragraph_end(lines: list[_Line], i: int, is_markdown: bool) -> int:
    end = i + 1
    while end < len(lines) and not lines[end].is_blank:
        if _LIST_ITEM.match(lines[end].text) or _table_end(lines, end):
            break
        if is_markdown and _MD_HEADING.match(lines[end].text):
            break
        end += 1
    return end


def _is_heading(lines: list[_Line], i: int, *, joined: bool) -> bool:
    """A short line without an end mark that stands alone above longer text."""
    if not looks_like_heading(lines[i].text):
        return False
    after = next((j for j in range(i + 1, len(lines)) if not lines[j].is_blank), None)
    if after is None:
        return False
    if joined and after == i + 1:
        return False
    run = sum(looks_like_heading(line.text) for line in lines[max(0, i - 3) : i + 4])
    return run <= 3


def looks_like_heading(line: str) -> bool:
    """Whether a line could be a heading by its looks: short, capitalised, no end mark."""
    stripped = line.strip()
    if not stripped or len(stripped) > MAX_HEADING_CHARS or stripped.endswith(_ENDS_OPEN):
        return False
    words = stripped.split()
    if len(words) > MAX_HEADING_WORDS or "\t" in stripped or "://" in stripped:
        return False
    first = next((c for c in stripped if c.isalnum()), "")
    return (first.isupper() or first.isdigit()) and any(c.isalpha() for c in stripped)


def _with_levels(blocks: list[Block], is_markdown: bool) -> tuple[Block, ...]:
    """In plain text a heading that opens the article is its title: level 1."""
    if not is_markdown and blocks and blocks[0].kind == "heading":
        first = blocks[0]
        blocks[0] = Block(first.start, first.end, "heading", 1)
    return tuple(blocks)
