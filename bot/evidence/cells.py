"""Cells: a figure of a table told by the names of its row and column.

What heads a column is a period ("2025 (t)"), a measure ("Average wage (CZK)") or both ("Median
price March 2026"), with a unit that belongs to the number. Where these make a sentence it is told
as one: "Haddock stood at 61,300 t in 2025." Else row, column and number are set side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import rendering
from bot.evidence import subjects
from bot.language import terms
from ingest import Article, Figure, periods, units
from ingest.figures import names_measure

MAX_OWNER_WORDS = 3  # a longer label has a thing rather than owns it


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where its cells start, what stands in them, and what heads them."""

    starts: tuple[int, ...]
    names: tuple[str, ...]
    heads: tuple[str, ...]

    def at(self, place: int) -> int | None:
        """The cell that a place of the article lies in."""
        before = [i for i, start in enumerate(self.starts) if start <= place]
        return before[-1] if before else None

    def told(self) -> str:
        label, *values = self.names
        heads = self.heads[1:] if len(self.heads) == len(self.names) else ()
        named = [
            f"{head}: {value}" if head else value
            for value, head in zip(values, heads or [""] * len(values), strict=True)
            if value
        ]
        return f"{label} – {'; '.join(named)}" if label else "; ".join(named)


def row(article: Article, place: int) -> Row | None:
    """The row of a table at a place of an article; None outside of tables."""
    block = next((b for b in article.blocks if b.start <= place < b.end), None)
    if block is None or block.kind != "table":
        return None
    start = article.text.rfind("\n", block.start, place) + 1 or block.start
    start = max(start, block.start)
    end = article.text.find("\n", place, block.end)
    cells = _cells(article.text, start, end if end >= 0 else block.end)
    first = article.text.find("\n", block.start, block.end)
    heads = _cells(article.text, block.start, first if first >= 0 else block.end)
    if len(cells) < 2 or start == block.start:
        return None
    names = tuple(_plain(name) for _, name in heads)
    known = names if len(names) == len(cells) else ()
    return Row(tuple(at for at, _ in cells), tuple(_plain(name) for _, name in cells), known)


def _cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The cells of a row with where they start; the bars around it hold none."""
    line = text[start:end].rstrip().removesuffix("|")
    found, at = [], start
    for i, cell in enumerate(line.split("|")):
        if i or cell.strip():
            found.append((at, cell))
        at += len(cell) + 1
    return found


def _plain(cell: str) -> str:
    return " ".join(cell.replace("**", "").split())


# -- a figure with the names of its row and column ------------------------------------------------


def told(article: Article, figure: Figure, slot: str) -> str | None:
    """A figure of a table as a sentence, else beside its names; None where it has none."""
    found = row(article, figure.start)
    cell = found.at(figure.start) if found else None
    if found is None or not cell or not found.names[0]:
        return None
    around = found.names[cell].split(article.text[figure.start : figure.end])
    if len(around) != 2:
        return None
    head = found.heads[cell] if cell < len(found.heads) else ""
    number = _with_unit(article, figure, slot, head) if not "".join(around).strip("% ") else None
    if head and number and (whole := _sentence(article, found, cell, figure, number)):
        return whole
    beside = f"{around[0]}{slot}{around[1]}"
    if number and number != slot:
        head, beside = unitless(head), number
    return f"{found.names[0]}, {head}: {beside}." if head else f"{found.names[0]}: {beside}."


def _sentence(article: Article, found: Row, cell: int, figure: Figure, number: str) -> str | None:
    """number: the slot with the unit that its column tells"""
    label, head = _label(found, cell), found.heads[cell]
    name, period = parted(unitless(head))
    when = _when(name, period, figure)
    if label is None or when is None or figure.claim == "hypothetical":
        return None
    if figure.kind == "change":
        return f"{label} changed by {number}{when}." if name.lower() == "change" else None
    is_ahead = figure.claim is not None or _is_ahead(article, period)
    if not name or name.lower() in _ENDS:
        be = "are" if subjects.is_plural(label) else "is"
        to_come = f"{be} put at {number}{when.replace(' in ', ' for ', 1)}"
        return f"{label} {to_come if is_ahead else f'stood at {number}{when}'}."
    measure = _measure(article, name, head, figure)
    if is_ahead or not measure:
        return None
    words = label.split()
    if len(words) <= MAX_OWNER_WORDS and all(word[0].isupper() for word in words):
        be = subjects.be(measure)
        return f"{subjects.possessive(label)} {measure} {be} {number}{when}."
    is_plain = subjects.with_article(measure) == measure
    article_ = "" if is_plain else "an " if measure[0] in "aeiou" else "a "
    return f"{label} had {article_}{measure} of {number}{when}."


def _measure(article: Article, name: str, head: str, figure: Figure) -> str | None:
    """What a head measures, as it stands inside a sentence; None where it may be no measure."""
    has_unit = units.is_physical(figure.unit) and unitless(head) != head
    return lowered(article, name) if names_measure(name) or has_unit else None


def _label(found: Row, cell: int) -> str | None:
    """What a row is of: its first cell with a name, where the very first only numbers it."""
    names = [name for i, name in enumerate(found.names) if i != cell]
    numbered = re.fullmatch(r"\d{1,3}\.?", names[0]) and len(names) > 1
    label = names[1] if numbered else names[0]
    is_name = label[:1].isalpha() and not re.search(r"[|:;()\d]|\.$", label)
    return label if is_name and label.casefold() not in _TOTALS else None


# What stands beside a sum is no name of what it is of.
_TOTALS = frozenset(["total", "all", "sum", "overall", "average", "mean", "change", "difference"])


def unitless(head: str) -> str:
    """ "2025 (t)" and "Landings 2023, t" without what the number is told in."""
    plain = re.sub(r"\s*\([^()]*\)$", "", head)
    name, comma, unit = plain.rpartition(", ")
    return name if comma and _is_unit(unit) else plain


def _is_unit(text: str) -> bool:
    return all(units.parse(word) or word in _SCALES for word in text.split())


_SCALES = frozenset(["m", "mn", "bn", "thousand", "million", "billion", "trillion", "'000", "000"])


def parted(head: str) -> tuple[str, str]:
    """What a head names, and the period that it ends with: "Median price", "March 2026"."""
    starts = [start for start, end in periods.spans(head) if end == len(head)]
    year = _YEAR.search(head)
    at = min([*starts, *([year.start()] if year else [])], default=len(head))
    return head[:at].rstrip(" ,"), head[at:]


_YEAR = re.compile(r"\b(?:1[89]|20|21)\d\d(?:[/–-]\d{2,4})?$")
_SAID = re.compile(r"(?:(?:[QH][1-4]|[A-Z][a-z]{2,8}) )?(?:1[89]|20|21)\d\d(?:[/–-]\d{2,4})?")
_ENDS = frozenset(["end", "end of", "year-end", "at end", "end-"])


def _when(name: str, period: str, figure: Figure) -> str | None:
    """ " in 2025", " in H1 2025/26", " at the end of June 2025"; None where none can be said."""
    if not period:
        return ""
    if not _SAID.fullmatch(period):
        return subjects.in_period(figure.period) or None
    return f" at the end of {period}" if name.lower() in _ENDS else f" in {period}"


def _is_ahead(article: Article, period: str) -> bool:
    """Whether a period had not begun in the year when its article was written."""
    year = re.search(r"\d{4}", period)
    if not year or not article.published:
        return False
    return int(year[0]) > int(article.published[:4])


def _with_unit(article: Article, figure: Figure, slot: str, head: str) -> str | None:
    """The slot with the scale and unit of its column; None where the head tells one that is not
    known."""
    text = article.text[figure.start : figure.end]
    before, after = rendering.beside(figure, text)
    if rendering.is_number(text) and not before and not after:
        if unitless(head) != head or re.search("thousand|[mb]illion", head):
            return None
    return f"{before}{slot}{after}"


def lowered(article: Article, name: str) -> str | None:
    """A head inside a sentence: without its capital where its first word is no name."""
    first = name.split()[0]
    low = first.lower()
    if not first[0].isupper():
        return name
    if re.fullmatch(r"[A-Z]\w*[A-Z0-9]\w*", first):
        return name
    known = terms.table("phrasing")["plain_heads"].split()
    is_common = low in known or name == first or names_measure(low)
    if not is_common and not re.search(rf"\b{re.escape(low)}\b", article.text):
        return None
    return f"{low}{name[len(first) :]}"
