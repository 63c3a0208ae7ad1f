"""The ledger: every figure of the corpus, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from bot.settings import Settings
from ui import terminal
from ui.asking import check_article
from ui.opening import open_bot

if TYPE_CHECKING:
    from ingest import Article, Figure

Row = dict[str, str | int | None]
COLUMNS = (
    "article", "start", "end", "text", "value", "low", "high", "unit", "kind", "comparator",
    "direction", "measure", "entity", "period", "basis", "sentence",
)  # fmt: skip
_SHOWN = {"text": "figure", "measure": "measure", "entity": "of", "period": "when"}


def rows(
    settings: Settings, *, article: str | None = None, unit: str | None = None,
    text: str | None = None,
) -> list[Row]:  # fmt: skip
    """The figures that pass the filters, in the order of the articles."""
    canonical = _canonical(unit)
    with closing(open_bot(settings)) as bot:
        check_article(bot, article)
        ids = [article] if article else sorted(bot.index.article_ids())
        every = [
            row for id in ids for row in _rows_of(bot.index.article(id), bot.index.figures(id))
        ]
    return [row for row in every if _passes(row, canonical, text)]


def _canonical(unit: str | None) -> str | None:
    from ingest import units

    return None if unit is None else units.parse(unit) or unit


def _rows_of(article: Article, figures: Sequence[Figure]) -> Iterator[Row]:
    for figure in figures:
        yield row(article, figure)


def row(article: Article, figure: Figure) -> Row:
    """A figure as one flat record; numbers are plain decimal strings in base units."""
    made: dict[str, Any] = {name: getattr(figure, name, None) for name in COLUMNS}
    made |= {name: plain(made[name]) for name in ("value", "low", "high")}
    made |= {
        "article": article.id,
        "text": article.text[figure.start : figure.end],
        "sentence": article.text[figure.sentence.start : figure.sentence.end],
    }
    return made


def plain(number: Decimal | None) -> str | None:
    """A number without exponent or trailing zeros: "18400000000000"."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _passes(row: Row, unit: str | None, text: str | None) -> bool:
    sentence = str(row["sentence"]).casefold()
    return unit in (None, row["unit"]) and (text is None or text.casefold() in sentence)


def show(rows: Sequence[Row], form: Literal["table", "csv", "json"]) -> None:
    """Write the ledger to stdout."""
    if form == "json":
        terminal.result(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _inert_cell(cell) for name, cell in row.items()} for row in rows)
    else:
        _show_table(rows)


def _inert_cell(cell: str | int | None) -> str | int | None:
    """A cell that a spreadsheet reads as text: article text may begin like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "@", "\t") else cell


def _show_table(rows: Sequence[Row]) -> None:
    if not rows:
        terminal.note("No figure passes these filters.")
    by_article: dict[str, list[Row]] = {}
    for row in rows:
        by_article.setdefault(str(row["article"]), []).append(row)
    for article, group in by_article.items():
        lines = [[str(row[name] or "") for name in _SHOWN] for row in group]
        terminal.show_table(article, list(_SHOWN.values()), lines)
