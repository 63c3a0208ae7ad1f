"""Web pages: html files. The article is told from the page around it; tables stay tables."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ingest import cleaning, colophon
from ingest.articles import BlockKind, Removal
from ingest.colophon import Colophon
from ingest.formats import encodings
from ingest.manuscripts import Manuscript, Piece, assemble

MIN_ARTICLE_CHARS = 200
MAX_CELLS_SPANNED = 40
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=(?:\(\d+\))?(https?://[^\s>]+) -->")
_SKIPPED = frozenset(
    "script style noscript template svg head iframe object button select option canvas audio "
    "video map math input textarea".split()
)
_ASIDE = frozenset("nav aside footer form menu dialog".split())
_ASIDE_ROLES = frozenset("navigation banner contentinfo complementary search dialog menu".split())
_ASIDE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|footer|cookies?|consent|gdpr|"
    r"share|sharing|social|related|recommend(?:ed|ations)?|comments?|disqus|newsletter|"
    r"subscri(?:be|ption)|promo|advert(?:isement)?s?|ads?|sponsor(?:ed)?|popup|modal|paywall|"
    r"login|outbrain|taboola|trending|most-?read|skip-?link|tags?)(?:$|[\s_-])",
    re.I,
)
_COMMENT_WORDS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|replies)(?:$|[\s_-])", re.I)
_BLOCKS = _ASIDE | frozenset(
    "html body main article section div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody "
    "tfoot tr td th caption blockquote pre figure figcaption address header hgroup details "
    "summary fieldset center".split()
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of the page, and where on the page it stands ("" for the article's own part)."""

    piece: Piece
    zone: str


def read(data: bytes) -> Manuscript:
    """The manuscript of a web page; what stands beside the article is in `removals`."""
    from lxml import etree, html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    declared = _DECLARED.search(data[:4096])
    source = encodings.decode(data, declared.group(1).decode("ascii") if declared else None)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise encodings.NotText("it holds no readable page") from error
    about = _about(tree, source)
    found = list(_pieces(tree))
    main = _main_text(tree, source, found)
    pieces, removals = _sift(found, main)
    text, blocks = assemble(pieces)
    title = about.title or next((p.text for p in pieces if p.kind == "heading"), None)
    told = colophon.read(text, blocks[1:])
    published = told.published or _stated(about.published, source)
    return Manuscript(
        text, blocks, removals, title, about.source or told.source, about.author, published,
        about.url,
    )  # fmt: skip


def _stated(published: str | None, source: str) -> str | None:
    """The date of a page where the page writes it so; else it was guessed from its numbers."""
    if published is None or published in source or published.replace("-", "/") in source:
        return published
    return published if published.replace("-", "") in source else None


def _about(tree: Any, source: str) -> Colophon:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    saved = _SAVED_FROM.search(source[:2000])
    url = saved.group(1) if saved else found.url
    title = _title(tree) or found.title
    return Colophon(title, found.sitename or found.hostname, found.author, found.date, url)


def _title(tree: Any) -> str | None:
    """The page's only h1, else nothing: a <title> often carries the site's name."""
    headings = [_flat(h) for h in tree.iter("h1")]
    return headings[0] if len(headings) == 1 and headings[0] else None


def _flat(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _pieces(tree: Any) -> Iterator[_Found]:
    """Pieces of the page in reading order; the walk keeps no recursion, pages nest deep."""
    from lxml import etree

    walk = _Walk()
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            yield from walk.leave(element, tag)
        elif tag in _SKIPPED:
            walker.skip_subtree()
        else:
            yield from walk.enter(element, tag)
            if walk.is_whole:
                walker.skip_subtree()


class _Walk:
    """Where a walk through the page stands: open blocks, their zones, text not yet yielded."""

    def __init__(self) -> None:
        self._gathered: list[str] = []
        self._zones: list[str] = []
        self._owners: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self.is_whole = False

    def enter(self, element: Any, tag: str) -> Iterator[_Found]:
        """`is_whole` is true afterwards where the element was taken as one: a data table."""
        self.is_whole = tag == "table" and _is_data(element)
        if tag in _BLOCKS:
            yield from self._flush()
            self._zones.append(_zone(element, tag))
            self._owners.append(_owner(tag, self._owners[-1]))
        if self.is_whole:
            yield from (_Found(piece, self._zone) for piece in _table(element))
            return
        self._gathered += ["\x00" if tag == "br" else "", element.text or ""]

    def leave(self, element: Any, tag: str) -> Iterator[_Found]:
        if tag in _BLOCKS:
            yield from self._flush()
            self._zones.pop()
            self._owners.pop()
        self._gathered.append(element.tail or "")

    @property
    def _zone(self) -> str:
        return next((zone for zone in self._zones if zone), "")

    def _flush(self) -> Iterator[_Found]:
        kind, level = self._owners[-1]
        text = "".join(self._gathered)
        self._gathered.clear()
        for part in re.split(r"\x00[\s\x00]*\x00", text):
            flat = " ".join(part.replace("\x00", " ").split())
            if flat:
                yield _Found(Piece(flat, kind, level), self._zone)


def _owner(tag: str, outer: tuple[BlockKind, int]) -> tuple[BlockKind, int]:
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return "heading", int(tag[1])
    if tag in ("li", "dt", "dd"):
        return "list", 0
    return outer if tag not in ("table", "ul", "ol") else ("paragraph", 0)


def _zone(element: Any, tag: str) -> str:
    """Why what stands in this element is beside the article, or ""."""
    if tag in ("html", "body", "article", "main"):
        return ""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if _COMMENT_WORDS.search(names):
        return "reader comments"
    is_aside = tag in _ASIDE or (element.get("role") or "").lower() in _ASIDE_ROLES
    if is_aside or _ASIDE_WORDS.search(names) or _is_hidden(element):
        return "beside the article"
    return ""


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr")]


def _is_data(table: Any) -> bool:
    """Whether a table holds data: several rows of several cells, nothing nested in it."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    widths = [sum(1 for c in row if c.tag in ("td", "th")) for row in _rows(table)]
    return len(widths) >= 2 and sum(w >= 2 for w in widths) * 2 > len(widths)


def _table(table: Any) -> Iterator[Piece]:
    """The caption as a paragraph, then one row a line, spanned cells repeated."""
    caption = next(table.iter("caption"), None)
    if caption is not None:
        yield Piece(_flat(caption))
    hanging: dict[int, tuple[str, int]] = {}
    lines = [" | ".join(_cells(row, hanging)) for row in _rows(table)]
    yield Piece("\n".join(line for line in lines if line.replace("|", "").strip()), "table")


def _cells(row: Any, hanging: dict[int, tuple[str, int]]) -> list[str]:
    """A row's cells; `hanging`: what earlier rows span, column -> (text, rows left)."""
    cells: list[str] = []

    def place(text: str, n_rows: int) -> None:
        if n_rows > 1:
            hanging[len(cells)] = (text, n_rows - 1)
        cells.append(text)

    for cell in (c for c in row if c.tag in ("td", "th")):
        _take_hanging(cells, hanging)
        text = _flat(cell).replace("|", "/")
        for i in range(_span(cell, "colspan")):
            place(text if i == 0 or cell.tag == "th" else "", _span(cell, "rowspan"))
    _take_hanging(cells, hanging)
    return cells


def _take_hanging(cells: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    while len(cells) in hanging:
        text, left = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (text, left - 1)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MAX_CELLS_SPANNED) if value.isdecimal() else 1


def _main_text(tree: Any, source: str, found: Iterable[_Found]) -> str | None:
    """The article's text as one string to look pieces up in; None where the whole page is it."""
    containers = [e for e in tree.iter("article", "main") if len(_flat(e)) >= MIN_ARTICLE_CHARS]
    own = sum(len(f.piece.text) for f in found if not f.zone)
    if containers:
        return _squeezed(max((_flat(e) for e in containers), key=len))
    if own < MIN_ARTICLE_CHARS:
        return None
    from trafilatura import extract

    text = extract(source, include_tables=True, include_comments=False, favor_recall=True)
    return _squeezed(text) if text and len(text) * 3 > own else None


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _sift(found: Iterable[_Found], main: str | None) -> tuple[list[Piece], tuple[Removal, ...]]:
    """The article's pieces, and all else as removals."""
    everything = list(found)
    judged = cleaning.judge([f.piece.text if not f.zone else "" for f in everything])
    pieces: list[Piece] = []
    removed: list[Removal] = []
    for item, furniture in zip(everything, judged, strict=True):
        reason = item.zone or _outside(item.piece, main) or furniture
        if reason and not (reason == furniture and item.piece.kind == "table"):
            removed.append(Removal(item.piece.text, reason))
        else:
            pieces.append(_trimmed(item.piece, removed))
    return pieces, tuple(_joined(removed))


def _outside(piece: Piece, main: str | None) -> str:
    if main is None or piece.kind == "table" or (piece.kind == "heading" and piece.level == 1):
        return ""
    return "" if _squeezed(piece.text) in main else "beside the article"


def _trimmed(piece: Piece, removed: list[Removal]) -> Piece:
    cuts = [cleaning.Cut(*cut) for cut in cleaning.intrusions(piece.text)]
    if not cuts:
        return piece
    text, removals = cleaning.apply(piece.text, cuts)
    removed += removals
    return Piece(text, piece.kind, piece.level)


def _joined(removals: Iterable[Removal]) -> Iterator[Removal]:
    """Neighbours that went for one reason as one removal."""
    for reason, group in groupby(removals, key=lambda r: r.reason):
        yield Removal("\n".join(r.text for r in group), reason)
