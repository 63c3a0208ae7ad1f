"""Manuscripts: what a reader of one format makes of a file, before it becomes an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.articles import Block, BlockKind, Removal


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's text while a document is taken apart; `level` as in `Block`."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A cleaned text with its blocks, and what the file itself tells about it."""

    text: str
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...] = ()
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """One text out of pieces, a blank line between them, and the blocks where they stand."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for piece in pieces:
        text = piece.text.strip()
        if not text:
            continue
        blocks.append(Block(position, position + len(text), piece.kind, piece.level))
        parts.append(text)
        position += len(text) + 2
    return "\n\n".join(parts), tuple(blocks)
