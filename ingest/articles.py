"""Articles: one cleaned text a file, and where its blocks stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open slice [start, end) of `Article.text`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or whole table: text[start:end], no blank line at either end.

    `level` is the depth of a heading (1 is the title), 0 for other kinds. A table's text is one
    row a line, cells divided by " | " (Markdown pipe tables stand as they were written).
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of the file's text that cleaning left out (navigation, share counts), and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. Every offset anywhere points into `text`.

    id: path below the corpus folder, "/" between parts
    blocks: in order, not overlapping, covering every visible character of `text`
    published: ISO date (YYYY-MM-DD) or None
    sha256: of `text` in UTF-8; source_sha256: of the file's bytes
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    sha256: str
    source_sha256: str
    removals: tuple[Removal, ...] = ()
