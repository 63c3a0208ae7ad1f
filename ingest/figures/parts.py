"""Parts: rows of a table that make up a measure, "Cars | 412" above "Revenue | 876"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.figures import headers
from ingest.figures.grids import Row
from ingest.figures.headers import Label, listed

_PLAIN = re.compile(r"[-−(]?\d[\d,]*(?:\.\d+)?\)?")
_MIN_LOOSE = 3


def find(rows: Sequence[Row]) -> tuple[dict[int, Label], frozenset[int]]:
    """The rows that the measure below them sums up, by where their first cell begins, with the
    label of that measure; and where those begin that stand together and none sums up."""
    found: dict[int, Label] = {}
    loose: set[int] = set()
    run: list[Row] = []
    for row in rows:
        label = headers.read(row.cells[0], "header", None) if row.cells else None
        if label is None or row.is_group:
            run = []
        elif not headers.is_measure(label.words) or label.words.lower() in listed("totals"):
            is_plain = label.words and not label.tells_unit and not label.mention
            run = [*run, row] if is_plain else []
            continue
        elif len(run) > 1 and _sums_up(row, run, headers.without_total(label.words) != label.words):
            found |= {part.cells[0].start: label for part in run}
        elif len(run) >= _MIN_LOOSE:
            loose |= {part.cells[0].start for part in run}
        run = []
    if len(run) >= _MIN_LOOSE:
        loose |= {part.cells[0].start for part in run}
    return found, frozenset(loose)


def _sums_up(row: Row, parts: Sequence[Row], is_total: bool) -> bool:
    """Whether a row is the sum of those above it, or is called a total and greater than each."""
    compared = 0
    for index in range(1, len(row.cells)):
        whole = _plain(row.cells[index].text)
        each = [_plain(part.cells[index].text) for part in parts if index < len(part.cells)]
        values = [abs(value) for value in each if value is not None]
        if whole is None or len(values) < len(parts):
            continue
        slack = Decimal(1).scaleb(int(whole.as_tuple().exponent)) * len(values) / 2
        if abs(sum(values) - whole) > slack and not (is_total and max(values) < whole):
            return False
        compared += 1
    return compared > 0


def _plain(text: str) -> Decimal | None:
    """The number that a cell is, as it is written."""
    if _PLAIN.fullmatch(text) is None:
        return None
    value = Decimal(text.strip("(-−)").replace(",", ""))
    return -value if text[0] in "-−(" else value
