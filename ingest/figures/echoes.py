"""Echoes: what the cells of a table measure, where only the prose that repeats one of them says.

"The five museums recorded 1,296,000 visits in 2024" tells what stands below "| Museum | 2024 |":
one of the cells, or their sum, is that number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import units
from ingest.figures import headers, quantities
from ingest.figures.figure import Figure
from ingest.figures.headers import Label
from ingest.figures.tables import Found, entitle, scale_by

_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
_MIN_DIGITS = 3
_SURE_DIGITS = 4
_ENOUGH = 2
_NO_AMOUNT = frozenset({"change", "ratio", "rank", "score", "duration"})
_MAX_CELLS = 400


@dataclass(frozen=True, slots=True)
class _Sum:
    """A cell, or the cells of a column added up."""

    value: Decimal
    unit: str | None
    period: str | None
    label: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Echo:
    """What a figure of the prose says about the cells: how far it is to be trusted, the unit, by
    how much the cells are to be multiplied."""

    weight: int
    unit: str
    scale: Decimal
    figure: Figure


def complete(cells: Sequence[Found], prose: Iterable[Figure], headline: Label | None) -> bool:
    """Give the open cells of one table what the prose says of them, else what the title says;
    whether either says anything."""
    if not cells or len(cells) > _MAX_CELLS:
        return False
    told = _told(cells, prose)
    if told is None and headline is None:
        return False
    for cell in cells:
        if told is not None:
            _tell(cell, told)
        elif headline is not None and not cell.is_part:
            entitle(cell, headline)
    return True


def _told(cells: Sequence[Found], prose: Iterable[Figure]) -> _Echo | None:
    """The echo of the likeliest measure, unit and scale of some cells."""
    sums = list(_sums(cells))
    echoes = [echo for figure in prose if _may_tell(figure) for echo in _echoes(figure, sums)]
    votes: Counter[tuple[str, str, Decimal]] = Counter()
    for echo in echoes:
        votes[_said(echo)] += echo.weight
    if not votes or votes.most_common(1)[0][1] < _ENOUGH:
        return None
    best = votes.most_common(1)[0][0]
    return max((e for e in echoes if _said(e) == best), key=lambda e: e.weight)


def _said(echo: _Echo) -> tuple[str, str, Decimal]:
    return headers.head_of(echo.figure.measure or ""), echo.unit, echo.scale


def _may_tell(figure: Figure) -> bool:
    head = headers.head_of(figure.measure or "")
    told = figure.value is not None and head not in headers.listed("uncounted")
    told = told and (headers.is_measure(head) or quantities.is_plural(head))
    amount = figure.kind not in _NO_AMOUNT and figure.unit not in ("1", "%", "pp")
    return told and amount and figure.comparator in (None, "about", "nearly", "more than")


def _sums(cells: Sequence[Found]) -> Iterator[_Sum]:
    """Each cell, and each column added up where no row does that."""
    columns: dict[int, list[_Sum]] = defaultdict(list)
    for cell in cells:
        if cell.quantity.value is not None:
            made = _Sum(
                cell.quantity.value, cell.quantity.unit, cell.slots.period, cell.label,
                _is_whole(cell.label),
            )  # fmt: skip
            columns[cell.column].append(made)
            yield made
    for column in columns.values():
        if len(column) > 1 and not any(x.is_whole for x in column):
            value = sum((x.value for x in column), Decimal(0))
            yield replace(column[0], value=value, label="", is_whole=True)


def _is_whole(label: str) -> bool:
    first = label.lower().split()[:1]
    return bool(first) and first[0] in headers.listed("totals")


def _echoes(figure: Figure, sums: Sequence[_Sum]) -> Iterator[_Echo]:
    value = figure.value
    if not value:
        return
    place = figure.precision or _last_place(value)
    digits = len(str(int(abs(value) / place)))
    if digits < _MIN_DIGITS:
        return
    for x in sums:
        if x.period and figure.period and not _are_of_one_time(x.period, figure.period):
            continue
        if _shares_word(figure.measure or "", x.label):
            continue
        is_open = x.unit in (None, "1")
        if not is_open and x.unit != figure.unit:
            continue
        for scale in _SCALES if is_open else _SCALES[:1]:
            if abs(x.value * scale - value) * 2 <= min(place, scale * _last_place(x.value)):
                sure = x.is_whole or digits >= _SURE_DIGITS
                yield _Echo(_ENOUGH if sure else 1, figure.unit, scale, figure)


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is told: of 1,296,000 a thousand."""
    return Decimal(1).scaleb(value.normalize().as_tuple().exponent)  # type: ignore[arg-type]


def _are_of_one_time(a: str, b: str) -> bool:
    return a.removeprefix("FY")[:4] == b.removeprefix("FY")[:4]


def _shares_word(measure: str, label: str) -> bool:
    """Whether a measure is that of a row alone: "burglaries" in the row "Burglary"."""
    said = {units.singular(word) for word in measure.split()}
    return not said.isdisjoint(units.singular(word) for word in label.lower().split())


def _tell(cell: Found, told: _Echo) -> None:
    quantity, slots = cell.quantity, cell.slots
    if quantity.unit in (None, "1"):
        quantity.unit = told.unit
        scale_by(quantity, told.scale)
        slots.kind = None
    slots.measure = told.figure.measure
    slots.origins[:] = [o for o in slots.origins if o.slot != "measure"]
    slots.found("measure", "sentence", told.figure.start, told.figure.end)
    if cell.label and (slots.entity is None or cell.is_part):
        slots.entity = cell.label
