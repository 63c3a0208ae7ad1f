"""Passages: slices of an article that are embedded and cited, cut between sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.articles import Article, Block, Span

if TYPE_CHECKING:
    from ingest.figures import Figure

TARGET_CHARS = 900
MAX_TOKENS = 250
MAX_HEADING_TOKENS = 40
MAX_OVERLAP_CHARS = 400
MIN_SECTION_SHARE = 0.4
VERSION = 1

CountTokens = Callable[[Sequence[str]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:end] of an article; `heading` is the nearest heading above it, or "".

    A passage that goes on with a table carries the table's header row in `heading`, after " — ".
    """

    article_id: str
    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a slice of one that is too long; `is_bound`: not to be cut off before it."""

    start: int
    end: int
    n_tokens: int
    block: Block
    heading: str
    is_bound: bool
    may_repeat: bool


def split(
    article: Article,
    sentences: Sequence[Span],
    figures: Sequence[Figure],
    count_tokens: CountTokens,
    *,
    max_tokens: int = MAX_TOKENS,
    target_chars: int = TARGET_CHARS,
) -> list[Passage]:
    """Passages that cover every sentence, none longer than `max_tokens` with its heading.

    About `target_chars` long, one sentence of overlap; never cut inside a figure, between a
    heading and its text, a list and its head, a question and its answer (while they fit).
    """
    room = max(16, max_tokens - MAX_HEADING_TOKENS)
    pieces = _pieces(article, sentences, figures, count_tokens, room)
    return [
        Passage(article.id, group[0].start, group[-1].end, group[0].heading)
        for group in _groups(pieces, room, target_chars)
    ]


def embedded_text(article: Article, passage: Passage) -> tuple[str, int]:
    """What the model reads of a passage, and where in it the passage's own text begins."""
    lead = passage.heading or article.title
    body = article.text[passage.start : passage.end]
    if not lead or body.startswith(lead):
        return body, 0
    lead = lead[: MAX_HEADING_TOKENS * 3].rstrip()
    return f"{lead}\n{body}", len(lead) + 1


def _pieces(
    article: Article,
    sentences: Sequence[Span],
    figures: Sequence[Figure],
    count_tokens: CountTokens,
    room: int,
) -> list[_Piece]:
    counts = count_tokens([article.text[s.start : s.end] for s in sentences])
    owners = _owners(article.blocks, sentences)
    headings = _headings(article, owners)
    pieces: list[_Piece] = []
    for i, (span, n_tokens) in enumerate(zip(sentences, counts, strict=True)):
        is_bound = i > 0 and _is_bound(article.text, owners[i - 1], owners[i], sentences[i - 1])
        repeat = owners[i].kind in ("paragraph", "list") and (
            span.end - span.start <= MAX_OVERLAP_CHARS
        )
        heading = headings[i]
        if owners[i].kind == "table" and span.start > owners[i].start:
            heading = f"{heading} — {_header_row(article.text, owners[i])}".removeprefix(" — ")
        for a, b, n in _slices(article.text, span, n_tokens, figures, room):
            first = a == span.start
            pieces.append(_Piece(a, b, n, owners[i], heading, is_bound and first, repeat and first))
    return pieces


def _owners(blocks: Sequence[Block], sentences: Sequence[Span]) -> list[Block]:
    starts = [block.start for block in blocks]
    return [blocks[max(0, bisect_right(starts, s.start) - 1)] for s in sentences]


def _headings(article: Article, owners: Sequence[Block]) -> list[str]:
    headings: list[str] = []
    current = ""
    for block in owners:
        headings.append(current)
        if block.kind == "heading":
            current = article.text[block.start : block.end]
            headings[-1] = current
    return headings


def _header_row(text: str, table: Block) -> str:
    return text[table.start : table.end].split("\n", 1)[0].strip()[:200]


def _is_bound(text: str, before: Block, block: Block, last: Span) -> bool:
    """Whether a passage should not end between two neighbours."""
    ending = text[last.start : last.end].rstrip("\"'”’*_) ")
    if before.kind == "heading" or (block is not before and ending.endswith((":", "?"))):
        return True
    return block.kind == "table" and block is before and last.start == block.start


def _slices(
    text: str, span: Span, n_tokens: int, figures: Sequence[Figure], room: int
) -> Iterator[tuple[int, int, int]]:
    """The span whole, or, where it is too long for a passage, in slices cut between words."""
    if n_tokens <= room:
        yield span.start, span.end, n_tokens
        return
    n_chars = max(8, (span.end - span.start) * room // (n_tokens * 2))
    closed = [f for f in figures if f.start < span.end and f.end > span.start]
    start = span.start
    while start < span.end:
        end = _cut(text, start, min(start + n_chars, span.end), span.end, closed)
        yield start, end, room // 2 + 1
        start = end
        while start < span.end and text[start].isspace():
            start += 1


def _cut(text: str, start: int, wanted: int, limit: int, figures: Sequence[Figure]) -> int:
    """Where to cut near `wanted`: at a space, not in a figure, not between number and unit."""
    if wanted >= limit:
        return limit
    for position in range(wanted, max(start, wanted - 200), -1):
        parts_number = text[position - 1].isdigit() or text[position - 1] in "$€£¥"
        if text[position].isspace() and not parts_number:
            if not any(f.start < position < f.end for f in figures):
                return position
    return wanted


def _groups(pieces: Sequence[_Piece], room: int, target: int) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    fresh = 0
    for i, piece in enumerate(pieces):
        if group and _is_full(group, piece, room, target):
            kept, carried = _part(group, piece, fresh)
            yield kept
            group = _overlapping(kept, carried, piece, room)
            fresh = len(group) - len(carried)
        group.append(pieces[i])
    if group:
        yield group


def _is_full(group: Sequence[_Piece], piece: _Piece, room: int, target: int) -> bool:
    """Whether the next piece opens a new passage."""
    if sum(p.n_tokens for p in group) + piece.n_tokens > room:
        return True
    length = piece.end - group[0].start
    if piece.is_bound:
        return length > target * 1.5
    if piece.block.kind == "heading":
        return group[-1].end - group[0].start > target * MIN_SECTION_SHARE
    return length > target


def _part(group: list[_Piece], piece: _Piece, fresh: int) -> tuple[list[_Piece], list[_Piece]]:
    """What of a full group stays, and what is bound to the next piece and goes with it."""
    cut = len(group)
    bound = piece.is_bound
    while bound and cut - 1 > fresh:
        cut -= 1
        bound = group[cut].is_bound
    if bound or cut <= fresh:
        cut = len(group)
    return group[:cut], group[cut:]


def _overlapping(
    kept: Sequence[_Piece], carried: list[_Piece], piece: _Piece, room: int
) -> list[_Piece]:
    """The beginning of the next group: one sentence of the last, then what was carried."""
    last = kept[-1]
    following = carried[0] if carried else piece
    n_tokens = last.n_tokens + piece.n_tokens + sum(p.n_tokens for p in carried)
    is_same_part = following.block.kind != "heading" and len(kept) > 1
    if last.may_repeat and is_same_part and n_tokens <= room:
        return [last, *carried]
    return list(carried)
