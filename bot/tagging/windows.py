"""Windows: an article cut into short stretches that the tagger reads beside a question.

A window is a run of whole lines (sentences, table rows, list items) of at most `MAX_BODY` word
pieces. Before them stands what a reader would need to understand them: the title, the nearest
heading, a table's header row, and the sentence before when a paragraph is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import Article, Block

MAX_BODY = 150
MAX_LINE = 150
MAX_QUESTION = 56
MAX_TITLE, MAX_HEADING, MAX_HEADER, MAX_BEFORE = 16, 12, 28, 32


@dataclass(frozen=True, slots=True)
class Line:
    """A line's span in its article, and its word pieces with their spans there."""

    start: int
    end: int
    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of the context and of the lines; `spans` place the latter in the article."""

    article_id: str
    context: tuple[int, ...]
    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


class Pieces:
    """Word pieces of a WordPiece tokenizer (`tokenizer.json` of a model)."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.first = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self.divider = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def of(self, text: str, limit: int) -> tuple[int, ...]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return tuple(encoded.ids[:limit])

    def lines(self, article: Article, spans: Sequence[tuple[int, int]]) -> list[Line]:
        """The lines at these places, cut all at once: on every core, twice as fast."""
        texts = [article.text[start:end] for start, end in spans]
        cut = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [_line(place, each) for place, each in zip(spans, cut, strict=True)]


def _line(place: tuple[int, int], encoded: Any) -> Line:
    """A line at a place of its article; `encoded` as the tokenizer gives it."""
    start, end = place
    spans = tuple((start + a, start + b) for a, b in encoded.offsets[:MAX_LINE])
    return Line(start, end, tuple(encoded.ids[:MAX_LINE]), spans)


def cut(article: Article, spans: Sequence[tuple[int, int]], pieces: Pieces) -> list[Window]:
    """The windows of an article whose lines have these spans, in order."""
    title = pieces.of(article.title or "", MAX_TITLE)
    found: list[Window] = []
    for run in _runs(pieces.lines(article, spans), article.blocks):
        context = (*title, *_context(article, run[0], spans, pieces))
        ids = tuple(i for line in run for i in line.ids)
        places = tuple(s for line in run for s in line.spans)
        lines = tuple((line.start, line.end) for line in run)
        found.append(Window(article.id, context, ids, places, lines))
    return found


def _runs(lines: Sequence[Line], blocks: Sequence[Block]) -> Iterator[list[Line]]:
    """Lines that fit a window together; a heading begins a new one."""
    headings = {b.start for b in blocks if b.kind == "heading"}
    run: list[Line] = []
    size = 0
    for line in lines:
        is_full = size + len(line.ids) > MAX_BODY
        only_headings = all(other.start in headings for other in run)
        if run and (is_full or (line.start in headings and not only_headings)):
            yield run
            run, size = [], 0
        run.append(line)
        size += len(line.ids)
    if run:
        yield run


def _context(
    article: Article, first: Line, spans: Sequence[tuple[int, int]], pieces: Pieces
) -> tuple[int, ...]:
    """What stands above the first line: heading, header row, the sentence before."""
    above = [b for b in article.blocks if b.start <= first.start]
    heading = next(
        (b for b in reversed(above) if b.kind == "heading" and b.end <= first.start), None
    )
    found: tuple[int, ...] = ()
    if heading and article.text[heading.start : heading.end] != article.title:
        found += pieces.of(article.text[heading.start : heading.end], MAX_HEADING)
    block = above[-1] if above else None
    if block is None or block.start == first.start:
        return found
    if block.kind == "table":
        row = article.text[block.start : block.end].split("\n", 1)[0]
        return found + pieces.of(row, MAX_HEADER)
    before = [s for s in spans if block.start <= s[0] < first.start]
    if before:
        found += pieces.of(article.text[before[-1][0] : before[-1][1]], 400)[-MAX_BEFORE:]
    return found
