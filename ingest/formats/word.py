"""Word files (docx): paragraphs by their styles, tables as tables, in the order of the page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ingest import cleaning, colophon
from ingest.articles import Removal
from ingest.manuscripts import Manuscript, Piece, assemble

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024
_LEVEL = re.compile(r"heading (\d)")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(data: bytes) -> Manuscript:
    """The manuscript of a docx file. Raises ValueError where it is broken or unpacks too large."""
    document = _open(data)
    pieces = list(_pieces(document))
    reasons = cleaning.judge([p.text if p.kind != "table" else "" for p in pieces])
    removals = [Removal(p.text, why) for p, why in zip(pieces, reasons, strict=True) if why]
    text, blocks = assemble(p for p, why in zip(pieces, reasons, strict=True) if not why)
    found = _about(document).over(colophon.read(text, blocks))
    first = next((b for b in blocks if b.kind == "heading"), None)
    title = found.title or (text[first.start : first.end] if first else None)
    return Manuscript(
        text, blocks, tuple(removals), title, found.source, found.author, found.published, found.url
    )


def _open(data: bytes) -> Any:
    import docx
    from lxml import etree

    try:
        _refuse_bombs(data)
        return docx.Document(BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ValueError("it is no sound docx file (not a zip archive)") from error
    except (KeyError, ValueError, OSError, AttributeError, TypeError, NotImplementedError) as error:
        reason = str(error) if isinstance(error, ValueError) else type(error).__name__
        raise ValueError(f"it is no sound docx file ({reason[:120]})") from error
    except (etree.LxmlError, zipfile.error, EOFError, RuntimeError, ArithmeticError) as error:
        raise ValueError(f"it is no sound docx file ({type(error).__name__})") from error
    except Exception as error:  # zlib.error and docx's own errors share no other base
        raise ValueError(f"it is no sound docx file ({type(error).__name__})") from error


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    if sum(sizes) > MAX_UNPACKED_BYTES or max(sizes, default=0) > MAX_PART_BYTES:
        raise ValueError("it unpacks to more than is read here")


def _about(document: Any) -> colophon.Colophon:
    properties = document.core_properties
    title = " ".join((properties.title or "").split())
    author = " ".join((properties.author or "").split())
    is_default = author.lower() in ("python-docx", "user", "author", "admin")
    return colophon.Colophon(title=title or None, author=None if is_default else author or None)


def _pieces(document: Any) -> Iterator[Piece]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield Piece("\n".join(_rows(item)), "table")
        elif isinstance(item, Paragraph):
            yield _paragraph(item)


def _paragraph(paragraph: Any) -> Piece:
    text = " ".join(paragraph.text.split())
    style = ((paragraph.style.name if paragraph.style is not None else "") or "").lower()
    if style == "title":
        return Piece(text, "heading", 1)
    if level := _LEVEL.match(style):
        return Piece(text, "heading", int(level.group(1)))
    is_item = style.startswith("list") or paragraph._p.find(f"{_W}pPr/{_W}numPr") is not None
    return Piece(text, "list" if is_item else "paragraph")


def _rows(table: Any) -> Iterator[str]:
    """Rows with their cells divided by " | "; a merged cell stands once, in its first place."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            is_merged = last is cell._tc
            cells.append("" if is_merged else " ".join(cell.text.split()).replace("|", "/"))
            last = cell._tc
        if any(cells):
            yield " | ".join(cells)
