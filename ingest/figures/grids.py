"""Grids: the rows and cells of a table, and which rows are its headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import numerals, periods
from ingest.articles import Span

_RULE = re.compile(r"[\s|:+=-]+")
_MARKS = re.compile(r"(?:[*†‡§¹²³⁰⁴-⁹ᵃ-ᶻ]|\[\w{1,2}\]|(?<=[\d%])\s?\((?:[a-f]|\d)\))+$")
BRACKETED = re.compile(r"\(([^()]*\d[^()]*)\)")
_GAP = re.compile(r"\t+|[ \u00a0]{3,}")
_ASIDE = re.compile(r"(?<=\w) ?\([^()]*\)")
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")
_MAX_HEADERS = 4
_MAX_SPANNED = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """text[start:end], blanks, emphasis and footnote marks left out.

    A cell of a header that stands in several rows is written with its words joined.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    span: Span
    cells: tuple[Cell, ...]

    @property
    def is_group(self) -> bool:
        """Whether only the first cell says something: a heading of the rows below it."""
        return bool(self.cells and self.cells[0].text) and not any(c.text for c in self.cells[1:])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the header of each column, and the rows below."""

    header: tuple[Cell, ...]
    body: tuple[Row, ...]

    def column(self, index: int) -> list[str]:
        """What stands in a column, empty cells left out."""
        texts = (row.cells[index].text for row in self.body if index < len(row.cells))
        return [text for text in texts if text]


def read(text: str, span: Span) -> Grid:
    """The table at text[span]: columns divided by bars, tabs or wide gaps."""
    rows = _evened(list(_rows(text, span)))
    ruled = next((i for i, row in enumerate(rows) if is_rule(text, row)), None)
    plain = [row for row in rows if not is_rule(text, row)]
    n_headers = ruled if ruled else int(bool(plain) and _is_header(plain[0]))
    while n_headers and n_headers < min(len(plain) - 1, _MAX_HEADERS):
        if not _continues_header(plain[n_headers - 1], plain[n_headers]):
            break
        n_headers += 1
    return Grid(_joined(plain[:n_headers]), tuple(plain[n_headers:]))


def _evened(rows: list[Row]) -> list[Row]:
    """A first row that lacks one cell of the others has lost an empty one at its head."""
    if len(rows) < 3 or len(rows[0].cells) != len(rows[1].cells) - 1 or len(rows[0].cells) < 2:
        return rows
    if len(rows[2].cells) != len(rows[1].cells) or not _is_header(rows[0]):
        return rows
    start = rows[0].span.start
    return [Row(rows[0].span, (Cell(start, start, ""), *rows[0].cells)), *rows[1:]]


def _rows(text: str, span: Span) -> Iterator[Row]:
    lines = [line.lstrip() for line in text[span.start : span.end].split("\n")]
    is_framed = all(line.startswith("|") for line in lines if line and not _RULE.fullmatch(line))
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if text[start:end].strip():
            yield Row(Span(start, end), tuple(_cells(text, start, end, is_framed)))
        start = end + 1


def _cells(text: str, start: int, end: int, is_framed: bool = True) -> Iterator[Cell]:
    stripped = text[start:end].strip()
    offset = start + text[start:end].index(stripped)
    if "|" not in stripped:
        yield from _gapped(stripped, offset)
        return
    if stripped.startswith("|") and is_framed:
        stripped, offset = stripped[1:], offset + 1
    if stripped.endswith("|"):
        stripped = stripped[:-1]
    for piece in stripped.split("|"):
        yield cell(piece, offset)
        offset += len(piece) + 1


def last_row(text: str, span: Span) -> list[Cell]:
    """The cells of the last line of text[span]."""
    start = max(span.start, text.rfind("\n", span.start, span.end) + 1)
    return list(_cells(text, start, span.end)) if text[start : span.end].strip() else []


def _gapped(line: str, offset: int) -> Iterator[Cell]:
    at = 0
    for gap in _GAP.finditer(line):
        yield cell(line[at : gap.start()], offset + at)
        at = gap.end()
    yield cell(line[at:], offset + at)


def cell(piece: str, offset: int) -> Cell:
    """The cell that `piece`, written at `offset`, makes."""
    kept = piece.rstrip()
    lead = len(kept) - len(kept.lstrip(" \t*_`"))
    kept = kept[lead:]
    marks = _MARKS.search(kept)
    power = (
        marks is not None and kept[marks.start()] in "²³" and kept[: marks.start()].endswith("m")
    )
    if marks is not None and not power and not BRACKETED.fullmatch(kept):
        kept = kept[: marks.start()].rstrip()
    kept = kept.rstrip("_`* ")
    return Cell(offset + lead, offset + lead + len(kept), kept)


def is_rule(text: str, row: Row) -> bool:
    """Whether a row is only a line between others."""
    return _RULE.fullmatch(text[row.span.start : row.span.end]) is not None


def _is_header(row: Row) -> bool:
    return not any(is_number(_ASIDE.sub("", cell.text)) for cell in row.cells[1:])


def _continues_header(above: Row, row: Row) -> bool:
    """Whether a row below a header is one too: nothing at its head, or the same, and no number."""
    if not row.cells or row.is_group or not _is_header(row):
        return False
    if row.cells[0].text and row.cells[0].text != above.cells[0].text:
        return False
    return sum(bool(cell.text) for cell in row.cells) > 1


def _joined(rows: Sequence[Row]) -> tuple[Cell, ...]:
    """The header of each column: what its rows say, a blank cell filled from its left."""
    if len(rows) < 2:
        return rows[0].cells if rows else ()
    width = max(len(row.cells) for row in rows)
    return tuple(_over(rows, index) for index in range(width))


def _over(rows: Sequence[Row], index: int) -> Cell:
    said: list[str] = []
    last = rows[-1].cells[min(index, len(rows[-1].cells) - 1)]
    for row in rows:
        here = _spanning(row, index, row is rows[-1])
        if here is not None and here.text and here.text not in said:
            said.append(here.text)
            last = here
    return Cell(last.start, last.end, " ".join(said))


def _spanning(row: Row, index: int, is_last: bool) -> Cell | None:
    """The cell over a column: where it is blank the one that spans it, in an upper row."""
    if index >= len(row.cells):
        return None
    least = max(1, index - _MAX_SPANNED)
    while not is_last and index > least and not row.cells[index].text:
        index -= 1
    return row.cells[index]


def is_number(text: str) -> bool:
    """Whether a cell is a quantity and not a year or a name."""
    if not any(c.isdigit() for c in text):
        return False
    return any(n.kind == "number" for n in numerals.scan(text)) and not any(
        len(word) > 12 for word in text.split()
    )


def is_bare(text: str) -> bool:
    """Whether a cell is a number and nothing else, a unit of a letter or two apart."""
    words = re.sub(r"[\d\s.,()%+$€£¥₹/:–−-]", "", text)
    return len(words) < 3 and is_number(text) and not periods.find(text)


def are_years(texts: Sequence[str]) -> bool:
    """Whether the cells of a column are all years, or dashes."""
    told = [text for text in texts if any(c.isdigit() for c in text)]
    return len(told) > 1 and all(_YEAR.fullmatch(text) for text in told)
