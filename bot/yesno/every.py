"""Every: the rows of a table, where a question asks whether something holds of all of them.

"Did every branch get busier?" is decided by the one row that tells of a fall, or by none that
does. The likeliest row tells which of its cells are asked about; of the others it is those in the
same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.evidence.pages import Line
from bot.questions import Query
from bot.yesno import pairs
from bot.yesno.pairs import Chance
from ingest import Figure

# So many rows that tell the same are all.
FEWEST = 2
_ALL = re.compile(
    r"\b(?:all|every|each|both)\b"
    r"(?! (?:of (?:19|20)\d\d|year|season|quarter|month|time|told)\b|-)"
)
TOTAL = re.compile(
    r"\W*(?:total|all|overall|sum|together|average|mean|group|whole|of which)\b", re.IGNORECASE
)
# Of several changes in a row one is asked about when it is this likely.
CHANGE = 0.3


def is_asked(question: str) -> bool:
    """Whether a question asks for all of several things."""
    return bool(_ALL.search(question.lower()))


def is_but_one(question: str, told: str, holds: str) -> bool:
    """Whether a sentence tells of one what is asked of all: that one did is no yes for all."""
    return holds == "yes" and is_asked(question) and not is_asked(told)


def of_rows(
    query: Query, line: Line, figures: Sequence[Figure], text: str, chance: Chance
) -> tuple[list[tuple[Figure, ...]], bool]:
    """Of each row of a line's table the change that is asked about, or a value and an earlier one,
    and whether no row is left out.

    figures: of the article; text: of the article
    """
    start = text.rfind("\n", 0, line.start) + 1
    rows = _rows(text, start)
    cells = {row: [f for f in figures if row <= f.start < _end(text, row)] for row in rows}
    columns = _columns(query, cells.get(start, []), text, chance)
    told, n_left = [], 0
    for row in rows:
        held = [[f for f in cells[row] if column(f, text) == n] for n in columns]
        alike = [found[0] for found in held if len(found) == 1]
        if not columns or not cells[row] or TOTAL.match(text[row : _end(text, row)]):
            continue
        if len(alike) == len(columns) and len({f.unit for f in alike}) == 1:
            told.append(tuple(alike))
        else:
            n_left += 1
    return told, not n_left


def _rows(text: str, start: int) -> list[int]:
    """Where the lines of a table begin, one of which begins at `start`."""
    found = [start]
    while (before := text.rfind("\n", 0, max(0, found[0] - 1)) + 1) < found[0]:
        if "|" not in text[before : found[0]]:
            break
        found.insert(0, before)
    while (after := _end(text, found[-1]) + 1) < len(text):
        if "|" not in text[after : _end(text, after)]:
            break
        found.append(after)
    return found


def _end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def column(figure: Figure, text: str) -> int:
    """Which column of a table written with bars a figure stands in, from nought."""
    return text.count("|", text.rfind("\n", 0, figure.start) + 1, figure.start)


def _columns(query: Query, cells: Sequence[Figure], text: str, chance: Chance) -> list[int]:
    """The columns that decide: that of a likely change, or those of a value and an earlier one."""
    changes = [f for f in cells if f.kind == "change" and f.value is not None]
    best = max(changes, key=chance, default=None)
    if best and (len(changes) == 1 or chance(best) >= CHANGE):
        return [column(best, text)]
    pair = pairs.of_times(query, cells, chance) or pairs.of_headers(cells, text, chance)
    return [column(f, text) for f in pair] if pair else []
