"""PDF files: pages as text, running heads and page numbers cut, lines joined to paragraphs."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from ingest import cleaning, colophon, layout
from ingest.articles import Removal
from ingest.manuscripts import Manuscript, Piece, assemble

MAX_PAGES = 3000
MAX_PAGE_S = 10.0  # of processor time: a busy machine makes no page unreadable
MAX_PAGE_BYTES = 16 * 1024 * 1024  # of drawing orders, unpacked; they are read whole
MAX_LAYOUT_S = 1.0  # a page that took longer is not read a second time for its tables
MIN_TABLE_ROWS = 2
N_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"\s{2,}")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_HYPHENATED = re.compile(r"[a-z]{2,}-$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•‣◦·–]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+)\S")

Pages = list[list[str]]


def read(data: bytes) -> Manuscript:
    """The manuscript of a PDF file. Raises ValueError where it is broken, locked or a scan."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("it is locked with a password")
        pages, tables = _pages(reader)
        about = _about(reader)
    except PyPdfError as error:
        raise ValueError(f"it is no sound PDF ({_first_line(error)})") from error
    except ValueError as error:
        raise ValueError(str(error) or "it is no sound PDF") from error
    except Exception as error:  # a damaged file breaks pypdf in every way there is
        raise ValueError(f"it is no sound PDF ({type(error).__name__})") from error
    if not any(line.strip() for page in pages for line in page):
        raise ValueError("it holds no text (a scan?)")
    return _manuscript(pages, tables, about)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _pages(reader: Any) -> tuple[Pages, list[list[str]]]:
    """Lines of each page, and of each page the rows of tables, cells joined by " | "."""
    if len(reader.pages) > MAX_PAGES:
        raise ValueError(f"it has more than {MAX_PAGES} pages")
    pages: Pages = []
    tables: list[list[str]] = []
    for number, page in enumerate(reader.pages, 1):
        started = time.thread_time()
        lines = [line.rstrip() for line in _text(page, number).split("\n")]
        pages.append(lines)
        is_quick = time.thread_time() - started <= MAX_LAYOUT_S
        tables.append(_rows(page) if is_quick and _may_hold_table(lines) else [])
    return pages, tables


def _text(page: Any, number: int) -> str:
    """The page's text. Raises ValueError where it takes for ever."""
    orders = page.get_contents()
    if orders is not None and len(orders.get_data()) > MAX_PAGE_BYTES:
        limit = MAX_PAGE_BYTES // 1024**2
        raise ValueError(f"page {number} draws more than {limit} MB")
    deadline = time.thread_time() + MAX_PAGE_S

    def check(*_: object) -> None:
        if time.thread_time() > deadline:
            raise ValueError(f"page {number} takes longer than {MAX_PAGE_S:g} s to read")

    return page.extract_text(visitor_operand_before=check) or ""


def _may_hold_table(lines: Sequence[str]) -> bool:
    return sum(sum(c.isdigit() for c in line) * 3 > len(line.strip()) > 0 for line in lines) >= 2


def _rows(page: Any) -> list[str]:
    """Rows of tables by the layout: neighbouring lines of as many cells, set apart by gaps."""
    text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False) or ""
    cells = [_GAP.split(line.strip()) for line in text.split("\n") if line.strip()]
    rows: list[str] = []
    run: list[list[str]] = []
    for row in [*cells, []]:
        if run and len(row) == len(run[0]):
            run.append(row)
            continue
        if len(run) > MIN_TABLE_ROWS - 1 and _is_table(run):
            rows += [" | ".join(cell.replace("|", "/") for cell in r) for r in run]
        run = [row] if len(row) >= 2 else []
    return rows


def _is_table(run: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in run for cell in row]
    numeric = sum(any(c.isdigit() for c in cell) and len(cell) <= 24 for cell in cells)
    return numeric * 10 >= len(cells) * 3


def _about(reader: Any) -> colophon.Colophon:
    data = reader.metadata
    if data is None:
        return colophon.Colophon()
    title = " ".join(str(data.title or "").split()) or None
    if title and (title.lower().endswith((".doc", ".docx", ".indd")) or title == "untitled"):
        title = None
    return colophon.Colophon(title=title, author=" ".join(str(data.author or "").split()) or None)


def _manuscript(
    pages: Pages, tables: Sequence[Sequence[str]], about: colophon.Colophon
) -> Manuscript:
    heads = _running(pages)
    removed: list[Removal] = []
    lines: list[str] = []
    rows: set[str] = set()
    for page, page_rows in zip(pages, tables, strict=True):
        whole = [*_with_rows(page, page_rows), ""] if page_rows else page
        rows |= set(page_rows)
        lines += _without_running(whole, heads, rows, removed)
    reasons = cleaning.judge(lines)
    removed += [Removal(x, why) for x, why in zip(lines, reasons, strict=True) if why]
    own = [line for line, why in zip(lines, reasons, strict=True) if not why]
    text, blocks = assemble(_pieces(own, rows))
    found = about.over(colophon.read(text, blocks))
    first = text[blocks[0].start : blocks[0].end] if blocks else ""
    title = found.title or (first if blocks and blocks[0].kind == "heading" else None)
    return Manuscript(
        text, blocks, tuple(removed), title, found.source, found.author, found.published, found.url
    )


def _masked(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _edges(page: Sequence[str]) -> list[str]:
    lines = [line for line in page if line.strip()]
    return lines[:N_EDGE_LINES] + lines[-N_EDGE_LINES:] if len(lines) > N_EDGE_LINES * 2 else lines


def _running(pages: Pages) -> set[str]:
    """Lines that stand at the edge of most pages, their numbers masked."""
    if len(pages) < 3:
        return set()
    counts = Counter(mask for page in pages for mask in {_masked(line) for line in _edges(page)})
    return {mask for mask, n in counts.items() if mask and n * 2 > len(pages)}


def _without_running(
    page: Sequence[str], heads: set[str], rows: set[str], removed: list[Removal]
) -> Iterator[str]:
    edges = set(_edges(page))
    for line in page:
        if (
            line in edges
            and line not in rows
            and (_masked(line) in heads or _PAGE_NUMBER.fullmatch(line.strip()))
        ):
            removed.append(Removal(line.strip(), "running head"))
        else:
            yield line


def _with_rows(lines: Sequence[str], rows: Sequence[str]) -> list[str]:
    """The lines, those that make up a row of a table replaced by the row."""
    by_squeezed = {_squeezed(row): row for row in rows}
    result: list[str] = []
    i = 0
    while i < len(lines):
        row, n_lines = _row_at(lines, i, by_squeezed)
        result.append(row or lines[i])
        i += n_lines
    return result


def _row_at(lines: Sequence[str], i: int, rows: dict[str, str]) -> tuple[str | None, int]:
    gathered = ""
    for n_lines in range(1, min(12, len(lines) - i) + 1):
        gathered += _squeezed(lines[i + n_lines - 1])
        if gathered in rows:
            return rows[gathered], n_lines
    return None, 1


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def _pieces(lines: Sequence[str], rows: set[str]) -> Iterator[Piece]:
    """Blocks out of lines: a paragraph ends where a line is short and ends a sentence."""
    width = _width(lines)
    current: list[str] = []
    kind = "paragraph"

    def flush() -> Iterator[Piece]:
        if current:
            text = "\n".join(current) if kind == "table" else _joined(current)
            yield Piece(text, kind, 2 if kind == "heading" else 0)  # type: ignore[arg-type]
            current.clear()

    for i, line in enumerate(lines):
        following = "table" if line in rows else _kind(lines, i, width)
        if following != kind or not line.strip() or following in ("heading", "list"):
            is_continued = kind == "list" and following == "paragraph" and line.strip()
            if not is_continued or _ends(current, width):
                yield from flush()
                kind = following
        if line.strip():
            current.append(line.strip())
        if kind == "paragraph" and _ends(current, width):
            yield from flush()
    yield from flush()


def _width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 8 // 10] if lengths else 0


def _kind(lines: Sequence[str], i: int, width: int) -> str:
    line = lines[i].strip()
    if _LIST_ITEM.match(line):
        return "list"
    is_short = len(line) < width * 0.8 or i == 0
    before = lines[i - 1].strip() if i else ""
    stands_free = not before or before.endswith((".", "!", "?", ":", '"', "”")) or i == 0
    after = next((later.strip() for later in lines[i + 1 : i + 3] if later.strip()), "")
    is_over_text = len(after) > len(line) or len(after) >= width * 0.7
    if is_short and stands_free and is_over_text and layout.looks_like_heading(line):
        return "heading"
    return "paragraph"


def _ends(current: Sequence[str], width: int) -> bool:
    """Whether the last line gathered ends its paragraph."""
    if not current:
        return False
    last = current[-1]
    return len(last) < width * 0.9 and last.endswith((".", "!", "?", ":", '."', ".”", "?”"))


def _joined(lines: Sequence[str]) -> str:
    """Lines as one running text; a word parted by a hyphen at a line's end is made whole."""
    text = lines[0]
    for line in lines[1:]:
        is_parted = _HYPHENATED.search(text) and line[:1].islower()
        text = text[:-1] + line if is_parted else f"{text} {line}"
    return text
