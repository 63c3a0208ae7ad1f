"""Markdown: md files. Marks inside sentences stay, so that a quote stands verbatim in the file."""

from __future__ import annotations

import re

from ingest import cleaning, colophon, layout
from ingest.articles import Block
from ingest.formats import encodings
from ingest.manuscripts import Manuscript

_ALONE = (
    ("picture", re.compile(r"^[ \t]*!\[[^\]\n]*\]\([^)\n]*\)[ \t]*\n?", re.M)),
    ("comment of the file", re.compile(r"<!--[^>]*-->\n?")),
)
_PIPE_ROW = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")


def read(data: bytes) -> Manuscript:
    """The manuscript of a Markdown file; heading marks stay in `text`, levels in the blocks."""
    raw = encodings.decode(data)
    front, body_start = colophon.front_matter(raw)
    cuts = [cleaning.Cut(0, body_start, "front matter")] if body_start else []
    cuts += _cuts(raw, body_start)
    text, removals = cleaning.apply(raw, cuts)
    blocks = tuple(_without_marks(text, block) for block in layout.find(text, is_markdown=True))
    about = front.over(colophon.read(text, _after_title(blocks)))
    title = about.title or _first_heading(text, blocks)
    return Manuscript(
        text, blocks, removals, title, about.source, about.author, about.published, about.url
    )


def _cuts(raw: str, start: int) -> list[cleaning.Cut]:
    """Furniture, pictures on a line of their own, underlines of headings; in order, no overlap."""
    body = raw[start:]
    found = [c for c in cleaning.find(body) if not _is_table_rule(body, c)]
    for reason, pattern in _ALONE:
        found += [cleaning.Cut(m.start(), m.end(), reason) for m in pattern.finditer(body)]
    kept: list[cleaning.Cut] = []
    for cut in sorted(found, key=lambda c: (c.start, -c.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return [cleaning.Cut(c.start + start, c.end + start, c.reason) for c in kept]


def _is_table_rule(body: str, cut: cleaning.Cut) -> bool:
    """The row of dashes below a pipe table's header is the table's own, not a divider."""
    line = body[cut.start : cut.end]
    return "|" in line and _PIPE_ROW.fullmatch(line) is not None


def _without_marks(text: str, block: Block) -> Block:
    if block.kind != "heading":
        return block
    written = text[block.start : block.end]
    title = written.lstrip("#").lstrip()
    start = block.end - len(title)
    end = start + len(title.rstrip("#").rstrip()) if title.endswith("#") else block.end
    return Block(start, end, "heading", block.level)


def _first_heading(text: str, blocks: tuple[Block, ...]) -> str | None:
    """The first heading of the highest rank, where it stands before any other block."""
    if blocks and blocks[0].kind == "heading":
        return text[blocks[0].start : blocks[0].end]
    top = [b for b in blocks if b.kind == "heading" and b.level == 1]
    return text[top[0].start : top[0].end] if len(top) == 1 else None


def _after_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks[1:] if blocks and blocks[0].kind == "heading" else blocks
