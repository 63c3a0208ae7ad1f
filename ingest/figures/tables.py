"""Tables: each number cell a figure, told by its row, its column and the caption."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest import data, numerals, periods, units
from ingest.articles import Span
from ingest.figures import grids, headers, parts, quantities
from ingest.figures.figure import Claim, Kind
from ingest.figures.grids import Cell, Grid, Row
from ingest.figures.headers import Label, Spec, head_of, listed
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots


@dataclass(frozen=True, slots=True)
class Found:
    """A cell's quantity and what its table says about it.

    column, label: where it stands; is_open: its table does not say what it measures; is_part: its
    row is one of those that make up something that no row of the table tells
    """

    quantity: Quantity
    slots: Slots
    row: Span
    column: int = 0
    label: str = ""
    is_open: bool = False
    is_part: bool = False


def _is_any_name(name: str | None) -> bool:
    return bool(name)


def _no_currency() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table, spans of the text: the line above it, the heading above that,
    the note below; whom the title is about, day of publication; the period of heading or title,
    the money that the article's tables are in; which words with a capital are names; the title
    where the table stands right below it, and the one that may tell the season of its months; what
    the article counts money in."""

    caption: Span | None
    note: Span | None
    entity: str | None
    published: str | None
    heading: Span | None = None
    period: str | None = None
    money: Spec | None = None
    is_name: Callable[[str | None], bool] = field(default=_is_any_name)
    title: str = ""
    season: str | None = None
    currency: Callable[[], str | None] = field(default=_no_currency)


def read(text: str, span: Span, around: Surroundings) -> list[Found]:
    """The figures of the table at text[span]."""
    grid = grids.read(text, span)
    caption = _label(text, around.caption, "caption", around) or _titled(around)
    over = _header_above(text, grid, around.caption)
    if over is not None and around.caption is not None:
        start = text.rfind("\n", around.caption.start, over[1].start)
        above = Span(around.caption.start, start) if start > 0 else None
        grid, caption = Grid(over, grid.body), _label(text, above, "caption", around)
    heading = None if around.heading == around.caption and caption else around.heading
    table = _Table(grid, caption, _label(text, heading, "heading", around), around)
    if around.note is not None:
        note = text[around.note.start : around.note.end]
        table.note_period = periods.parse(note, None)
        spec = headers.stated_unit(note)
        cell = Cell(around.note.start, around.note.end, note)
        table.note = Label(cell, "caption", "", *spec) if spec is not None else None
    return [found for row in grid.body for found in table.read_row(text, row)]


def _label(text: str, span: Span | None, how: str, around: Surroundings) -> Label | None:
    if span is None:
        return None
    cell = grids.cell(text[span.start : span.end].lstrip("# "), span.start)
    told = "caption" if how == "caption" else "heading"
    return headers.read_caption(cell, told, around.published, around.is_name)  # type: ignore[arg-type]


def _titled(around: Surroundings) -> Label | None:
    """A title that a table stands right below, read as its caption."""
    if not around.title or len(around.title) > _MAX_TITLE_CHARS:
        return None
    made = headers.read_caption(
        Cell(0, 0, around.title), "caption", around.published, around.is_name
    )  # fmt: skip
    return replace(made, how="title")


def headline(title: str, is_name: Callable[[str | None], bool]) -> Label | None:
    """A title that says what is measured and no more: "Museum visitors in Tarnmouth, 2024"."""
    if not title or len(title) > _MAX_TITLE_CHARS or headers.is_told(title):
        return None
    made = headers.read_caption(Cell(0, 0, title), "heading", None, is_name)
    return made if made.words and " and " not in made.words else None


def entitle(cell: Found, label: Label) -> None:
    """Let a cell whose table leaves open what it measures be told by the title."""
    quantity, slots = cell.quantity, cell.slots
    noun = headers.counted_noun(label)
    if noun is not None and quantity.unit in (None, "1") and _is_whole(quantity):
        quantity.unit = noun
        slots.kind = "count"
    slots.measure = _lower(label.words)
    slots.origins[:] = [origin for origin in slots.origins if origin.slot != "measure"]
    slots.found("measure", "title", 0, 0)


_MAX_TITLE_CHARS = 100


def _header_above(text: str, grid: Grid, caption: Span | None) -> tuple[Cell, ...] | None:
    """The headers in the line above a table in plain text, one cell less than its rows have."""
    if caption is None or grid.header or not grid.body:
        return None
    cells = grids.last_row(text, caption)
    width = len(grid.body[0].cells)
    if width < 2 or len(cells) != width - 1 or "   " not in text[caption.start : caption.end]:
        return None
    if any(grids.is_number(cell.text) for cell in cells):
        return None
    return (Cell(caption.start, caption.start, ""), *cells)


# ------------------------------------------------------------------ columns


class _Table:
    """A table's labels, read once for all its rows."""

    def __init__(
        self, grid: Grid, caption: Label | None, heading: Label | None, around: Surroundings
    ) -> None:
        self.grid, self.around = grid, around
        self.caption, self.heading = caption, heading
        self.title = heading if caption is None or not caption.words else caption
        self.note_period: str | None = None
        self.note: Label | None = None
        self.columns = [headers.read(cell, "header", around.published) for cell in grid.header]
        first = self.columns[0] if self.columns else None
        self.stub = first.words.lower() if first is not None else ""
        if first is not None and (first.claim or first.is_actual):
            self.stub = self.stub or first.cell.text.lower()
        self.partners: dict[int, Label] = {}
        self.is_wide = len(self.columns) > _MAX_RELATED
        if not self.is_wide:
            self._relate()
        self.are_timed = all(
            c.mention or i in self.partners for i, c in enumerate(self.columns) if i
        )
        self.has_stub = any(
            not grids.is_bare(row.cells[0].text) for row in grid.body if row.cells
        ) or bool(listed("keys").intersection(self.stub.split()))
        self.corner = self._corner()
        self.units_at = self._column_named("units_column") or None
        self.ranks_at = self._column_named("ranks_column")
        self.are_names = self._columns_are_names()
        self.names_measures = self._rows_are_measures()
        self.years = self._year_columns() | self._numbered_columns()
        self.priors = self._bracketed_columns()
        self.is_european = _is_european(grid)
        self.has_claims = any(c.claim or c.is_actual for c in self.columns)
        self.are_periods = sum(
            headers.read(r.cells[0], "header", None).mention is not None
            for r in grid.body if r.cells
        ) * 2 > len(grid.body)  # fmt: skip
        self.part_of_year = self._part_of_year()
        self.are_ranked = _are_ranked(grid)
        titled = not self.names_measures and self.title is not None and self.title.words
        self.parts, self.loose = parts.find([] if titled else grid.body)
        self.group: Label | None = None
        self.parent: Label | None = None

    def _part_of_year(self) -> periods.Mention | None:
        """ "January-September", "first half": of which part of their years caption or heading say
        that the columns are."""
        for source in (self.caption, self.heading):
            mention = source.mention if source is not None else None
            if source is not None and mention is not None and mention.needs_year:
                is_year = _YEAR_TO.search(source.cell.text) or periods.is_year(mention.needs_year)
                return None if is_year else mention
        return None

    def _relate(self) -> None:
        """Read "Previous year" and "Change" by the column that they stand beside."""
        for index, column in enumerate(self.columns):
            if index and headers.is_change(column):
                self._relate_change(index, column)
            elif index and column.is_prior:
                self.columns[index] = self._as_prior(index, column)
            elif (
                index > 1 and column.words.lower() in ("", "same") and _SAME.match(column.cell.text)
            ):
                self.columns[index] = self._as_same(self.columns[index - 1], column)
            elif self._is_alone_in_claim(index, column):
                words = headers.words_of(column.cell.text)
                self.columns[index] = replace(column, words=words, claim=None)
            elif index > 1 and column.unit and not column.words and not column.mention:
                left = self.columns[index - 1].words
                left = f"share of {left}" if left and column.unit == "%" else left
                self.columns[index] = replace(column, words=left)
            elif index > 1 and column.mention and not column.words:
                self.columns[index] = self._as_again(self.columns[index - 1], column)
            elif index > 1 and column.words:
                self.columns[index] = self._as_left_out(index, column)

    def _is_alone_in_claim(self, index: int, column: Label) -> bool:
        """Whether "Budget" is what a column measures and no plan that another column meets."""
        others = [c for i, c in enumerate(self.columns) if i and i != index]
        told = column.claim is not None and not column.words and not column.mention
        return told and not any(
            c.claim or c.is_actual or (c.mention and not c.words) or not c.cell.text for c in others
        )

    def _as_left_out(self, index: int, column: Label) -> Label:
        """A column that leaves out what another says: its unit, or the noun that it counts."""
        if column.tells_unit or headers.is_change(column):
            return column
        twin = next((c for c in self.columns[1:] if c.words == column.words and c.tells_unit), None)
        if twin is not None:
            return replace(column, unit=twin.unit, factor=twin.factor)
        left = self.columns[index - 1]
        counts = left.factor == 1 and (left.unit is None or units.is_count(left.unit))
        noun = left.unit or headers.counted_noun(left) if counts else None
        alike = (left.mention is None) == (column.mention is None)
        known = column.words.lower() in data.load("headers")["units"]
        if noun is None or known or not alike or not headers.is_participial(column.words):
            return column
        if any("%" in text for text in self.grid.column(index)):
            return column
        if _OF_WHICH.match(column.words):
            return replace(column, words=f"{left.words}, {column.words}", unit=noun)
        plural = next((w for w in left.words.split() if units.singular(w.lower()) == noun), noun)
        return replace(column, words=f"{plural} {column.words}", unit=noun)

    def _beside(self, index: int) -> Label | None:
        """The nearest column that says itself what it holds: to the left, else to the right."""
        order = (*range(index - 1, 0, -1), *range(index + 1, len(self.columns)))
        beside = [self.columns[i] for i in order]
        beside = [c for c in beside if not (headers.is_change(c) or c.is_prior)]
        if headers.is_change(self.columns[index]) and self._is_in_percent(index):
            beside.sort(key=lambda c: c.unit == "%")
        return beside[0] if beside else None

    def _is_in_percent(self, index: int) -> bool:
        return self.columns[index].unit == "%" or any("%" in t for t in self.grid.column(index))

    def _as_prior(self, index: int, column: Label) -> Label:
        beside = self._beside(index)
        anchor = beside.period if beside is not None else None
        anchor = anchor or self._wide_period()
        relative = column.mention.relative if column.mention is not None else None
        period = _year_before(anchor, column.mention, relative or "") if anchor else None
        if beside is None:
            return replace(column, period=period)
        unit, factor = (
            (column.unit, column.factor) if column.tells_unit else (beside.unit, beside.factor)
        )
        if column.tells_unit and column.unit is None and column.factor == beside.factor:
            unit = beside.unit
        words = column.words or beside.words
        return replace(column, words=words, unit=unit, factor=factor, period=period)

    @staticmethod
    def _as_same(left: Label, column: Label) -> Label:
        """ "Same month 2023": what the column beside it measures."""
        if column.tells_unit and (column.unit or not left.unit):
            return replace(column, words=left.words)
        factor = column.factor if column.tells_unit else left.factor
        return replace(column, words=left.words, unit=left.unit, factor=factor)

    @staticmethod
    def _as_again(left: Label, column: Label) -> Label:
        """ "Passengers, Q3 2025 | Q3 2024": the same once more, of another time."""
        if not (left.mention and left.words) or headers.is_change(left) or column.claim:
            return column
        if column.tells_unit:
            return replace(column, words=left.words)
        return replace(column, words=left.words, unit=left.unit, factor=left.factor)

    def _relate_change(self, index: int, column: Label) -> None:
        beside = self._beside(index)
        if beside is None or self.columns.index(beside) > index:
            return
        since = next((i for i in range(index - 1, 0, -1) if i in self.partners), 0)
        run = [
            c for c in self.columns[since + 1 : index]
            if c.words == beside.words and c.period and not headers.is_change(c)
        ]  # fmt: skip
        run.sort(key=lambda c: periods.sort_key(c.period or ""))
        latest = run[-1] if run else beside
        years = _SPAN.search(column.cell.text)
        base = run[-2].period if len(run) > 1 else None
        if years is not None:
            base = years[1]
        elif column.mention is not None and column.period is not None:
            base = column.period if column.period != latest.period else base
        self.partners[index] = replace(latest, base_period=base)
        if beside.unit == "%" and not self._is_in_percent(index):
            self.columns[index] = replace(column, unit="pp")

    def _wide_period(self) -> str | None:
        """The period that caption, heading or title tell for the whole table."""
        told = (x.period for x in (self.caption, self.heading) if x is not None and x.period)
        return next(told, None) or self.around.period

    def _corner(self) -> Label | None:
        """The first header where it tells a unit: "| $m | 2022 |", "| Forecast (%) | 2022 |".

        Where it has words too, it speaks of cells whose columns and rows name no unit of theirs:
        periods or changes over the columns, no number at the head of a row.
        """
        first = self.columns[0] if self.columns else None
        if first is None or units.is_duration(first.unit or ""):
            return None
        if first.mention and not first.tells_unit:
            return first if first.period else None
        rest = list(enumerate(self.columns))[1:]
        is_of_cells = all(
            c.mention or i in self.partners or headers.is_change(c) or self._is_version(c)
            for i, c in rest
        ) and not any(grids.is_bare(row.cells[0].text) for row in self.grid.body if row.cells)
        led = first.words and headers.unit_of(first.cell.text.partition(",")[0], False) is not None
        told = first.cell.text.rstrip().endswith(")") or led or "," in first.cell.text
        if first.words and not (told and is_of_cells):
            return None
        return first if first.tells_unit else None

    @staticmethod
    def _is_version(column: Label) -> bool:
        """Whether a column only says which version its cells are: "Plan", "Outcome"."""
        return not column.words and (column.claim is not None or column.is_actual)

    def _column_named(self, section: str) -> int | None:
        """The column whose header says that its cells are units, or ranks that order the rows."""
        names = listed(section)
        found = (i for i, c in enumerate(self.columns) if c.cell.text.lower().strip(" .") in names)
        return next(found, None)

    def _year_columns(self) -> frozenset[int]:
        """The columns that hold years: "Opened", "First light"."""
        return frozenset(
            i for i, c in enumerate(self.columns)
            if grids.are_years(self.grid.column(i)) and not c.tells_unit and _tells_year(c)
        )  # fmt: skip

    def _numbered_columns(self) -> frozenset[int]:
        """The columns of marks that only look like numbers: "Bib", "Lane"."""
        named = listed("identifiers")
        said = (c.cell.text.lower().strip(" .") for c in self.columns)
        return frozenset(i for i, text in enumerate(said) if text in named)

    def _bracketed_columns(self) -> frozenset[int]:
        """Without a header, figures in brackets beside others are those of the period before."""
        if self.columns or len(self.grid.body) < 3:
            return frozenset()
        width = min(len(row.cells) for row in self.grid.body)
        marks = [[t.startswith("(") for t in self.grid.column(i)] for i in range(width)]
        return frozenset(
            i for i in range(2, width)
            if marks[i] and all(marks[i]) and marks[i - 1] and not any(marks[i - 1])
        )  # fmt: skip

    def _columns_are_names(self) -> bool:
        """Whether the columns are those whom the rows measure: "| Year 2025 | Telvia | Orbis |"."""
        plain = [c for i, c in enumerate(self.columns[1:], 1) if i not in self.partners]
        known = data.load("headers")["units"]
        may_be = [
            c for c in plain
            if c.words and not (c.mention or c.tells_unit or c.claim or headers.is_measure(c.words))
            and c.words.lower() not in known
        ]  # fmt: skip
        if len(plain) < 2 or len(may_be) != len(plain):
            return False
        labels = [headers.read(r.cells[0], "header", None) for r in self.grid.body if r.cells]
        measured = sum(
            headers.is_measure(x.words) or (x.unit is not None and not units.is_count(x.unit))
            for x in labels
        )
        if measured * 2 > len(labels):
            return all(c.words[0].isupper() and headers.counted_noun(c) is None for c in may_be)
        named = [c for c in may_be if c.words.lower() not in listed("rests")]
        if len(named) < 2 or not all(self.around.is_name(c.words) for c in named):
            return False
        return sum(self.around.is_name(x.words) for x in labels) * 2 <= len(labels)

    def _rows_are_measures(self) -> bool:
        """Whether the first column names quantities and not whom they belong to."""
        if self.stub in listed("entities"):
            return False
        if self.stub in listed("quantities"):
            return True
        rest = [c for i, c in enumerate(self.columns) if i and i not in self.partners]
        if not self.are_names and any(
            c.words and not c.mention and not headers.is_change(c) for c in rest
        ):
            return False
        labels = [headers.read(r.cells[0], "header", None) for r in self.grid.body if r.cells]
        named = [
            x for x in labels
            if x.unit or (headers.is_measure(x.words) and x.words.lower() not in listed("totals"))
        ]  # fmt: skip
        without = self.caption is None or not self.caption.words
        several = self.caption is not None and _is_of_several(self.caption)
        several = several or any(x.unit and x.words for x in named)
        enough = len(named) * 2 - len(labels)
        return enough > 0 or (enough == 0 and several) or ((without or several) and bool(named))

    # -------------------------------------------------------------- rows

    def _unit_label(self, row: Row) -> Label | None:
        """What the row's cell in a column of units says."""
        if self.units_at is None or self.units_at >= len(row.cells):
            return None
        cell = row.cells[self.units_at]
        spec = headers.unit_of(cell.text, False)
        if spec is None and quantities.is_plural(cell.text.lower()):
            spec = units.singular(cell.text), Decimal(1)
        return Label(cell, "header", "", *spec) if spec is not None else None

    def _stub_at(self, row: Row) -> int:
        """The cell that says what a row is about: the first, or the one behind its rank."""
        if self.ranks_at != 0 or len(row.cells) < 3:
            return 0
        names = (
            i for i, c in enumerate(row.cells[1:4], 1) if c.text and not grids.is_number(c.text)
        )
        return next(names, 0)

    def read_row(self, text: str, row: Row) -> Iterator[Found]:
        if not row.cells:
            return
        if row.is_group and len(row.cells) > 1:
            self.group = headers.read(row.cells[0], "header", self.around.published)
            return
        stub = self._stub_at(row)
        label = self._row_label(row.cells[stub])
        if self._holds_years(row, label):
            return
        bare = grids.is_bare(row.cells[0].text) and not label.mention and not stub
        begin = 0 if bare and not self.has_stub else stub + 1
        for index, cell in enumerate(row.cells[begin:], begin):
            if index == self.units_at or index in self.years:
                continue
            quantity = _quantity(text, cell) or self._time(cell, index)
            if quantity is not None:
                self._localize(quantity, cell, index)
                yield from self._with_share(
                    text, cell, quantity, row, label if begin else None, index
                )

    @staticmethod
    def _holds_years(row: Row, label: Label) -> bool:
        """ "Opened | 1964 | 1968": a row of years."""
        told = not listed("years").isdisjoint(re.findall(r"\w+", label.words.lower()))
        return told and grids.are_years([cell.text for cell in row.cells[1:]])

    def _with_share(
        self, text: str, cell: Cell, quantity: Quantity, row: Row, label: Label | None, index: int
    ) -> Iterator[Found]:
        """The figure of a cell; two where "n (%)" stands over "11 (5.2)"."""
        found = self._told(quantity, row, label, index)
        aside = _COUNT_AND_SHARE.fullmatch(cell.text)
        if aside is None or found.quantity.unit != "%" or "%" in aside["count"]:
            yield found
            return
        column = self.columns[index] if index < len(self.columns) else None
        quantity.unit = self._counts(label, column, True) or "1"
        yield Found(quantity, replace(found.slots, kind="count"), row.span)
        start = cell.start + aside.start("share")
        share = _quantity(text, Cell(start, start + len(aside["share"]), aside["share"]))
        if share is not None:
            yield self._told(share, row, label, index)

    def _time(self, cell: Cell, index: int) -> Quantity | None:
        """A result on the clock, "1:03:48" or "+0:23", in seconds."""
        column = self.columns[index] if index < len(self.columns) else None
        match = _CLOCK.fullmatch(cell.text)
        if match is None or column is None or column.mention:
            return None
        if listed("clocks").isdisjoint(column.words.lower().split()):
            return None
        hours, minutes, seconds = (Decimal(match[k] or 0) for k in ("h", "m", "s"))
        value = hours * 3600 + minutes * 60 + seconds
        places = -int(seconds.as_tuple().exponent)
        start, end = cell.start + match.start(), cell.start + match.end()
        return Quantity(0, 1, start, end, value, Decimal(1).scaleb(-places), "s")

    def _row_label(self, cell: Cell) -> Label:
        """A row's header; "of which battery" says it of the row above."""
        label = headers.read(cell, "header", self.around.published)
        if self.are_ranked:
            label = replace(label, words=_RANK.sub("", label.words))
        part = _OF_WHICH.match(label.words)
        if part is None or self.parent is None:
            self.parent = label
            return label
        bare = label.words[part.end() :].strip(" :,")
        named = self.names_measures or not bare
        return replace(label, words=f"{self.parent.words}, {label.words}" if named else bare)

    def _localize(self, quantity: Quantity, cell: Cell, index: int) -> None:
        """Thousands behind a full stop; brackets that mean another time and no minus."""
        if self.is_european and _DOTTED.fullmatch(cell.text) and quantity.place < 1:
            scale_by(quantity, Decimal(1000))
        if index in self.priors and quantity.value is not None:
            quantity.value = abs(quantity.value)

    def _told(self, quantity: Quantity, row: Row, label: Label | None, index: int) -> Found:
        slots = Slots()
        column = self.columns[index] if index < len(self.columns) else None
        partner = self.partners.get(index)
        around = (
            self._unit_label(row), column, label, self.group, self.corner, self.caption,
            self.heading, self.note,
        )  # fmt: skip
        sources = [x for x in around if x is not None]
        is_open = self._name(slots, label, column, partner)
        self._date(slots, sources, label, column, partner)
        if index in self.priors and slots.period:
            slots.period = _year_before(slots.period, None, "year before")
        self._measure_unit(quantity, slots, sources, label, column)
        if (quantity.unit or "").startswith("USD"):
            said = re.findall(r"[a-z$]+", " ".join(x.cell.text for x in sources).lower())
            quantity.unit = headers.in_cents(quantity.unit or "", said, said, self.around.currency)
        _refine(quantity, slots, sources)
        slots.claim = self._claim(sources)
        _classify(quantity, slots, column)
        if slots.kind == "change" and partner is not None and column is not None:
            slots.base_period = partner.base_period
            slots.basis = headers.basis_of(column)
        is_part = label is not None and label.cell.start in self.loose and self.names_measures
        is_part = is_part and column is not None and not column.words and not self._corner_words()
        is_open = (is_open or is_part) and slots.kind != "change"
        return Found(
            quantity, slots, row.span, index, label.words if label else "", is_open, is_part
        )

    def _claim(self, sources: Sequence[Label]) -> Claim | None:
        for source in sources:
            if source.is_actual:
                return None
            if source.claim and not (source.how != "header" and self.has_claims):
                return source.claim
        return None

    def _measure_unit(
        self, quantity: Quantity, slots: Slots, sources: Sequence[Label], label: Label | None,
        column: Label | None,
    ) -> None:  # fmt: skip
        """The unit that a bare number takes; the scale of one with a sign of money."""
        lone = column if column is not None and self._is_of_other_kind(column) else None
        noun = headers.counted_noun(lone) if lone is not None else None
        if column is not None and _is_growth(quantity, column):
            quantity.unit = "%"
        elif noun is not None and quantity.unit is None and column is not None:
            quantity.unit = noun
            scale_by(quantity, column.factor)
        elif quantity.unit is None or (quantity.unit == "1" and quantity.form == "plain"):
            naming = [x for x in sources if x is not label or self._tells_unit(label)]
            if self.around.money is not None and self._is_money(label, column):
                cell = (column or label or sources[-1]).cell
                unit, factor = self.around.money
                naming.append(Label(cell, "caption", "", unit, factor))
            scaled = any(x.factor != 1 for x in (column, label) if x is not None)
            whole = scaled or _is_whole(quantity)
            _give_unit(quantity, slots, naming, self._counts(label, column, whole))
            self._count(quantity, label)
        elif quantity.unit in ("point", "pt", "pts") and column is not None:
            quantity.unit = "pp" if headers.is_change(column) else quantity.unit
        elif quantity.unit and units.is_money(quantity.unit):
            _give_scale(quantity, slots, sources)

    def _is_of_other_kind(self, column: Label) -> bool:
        """Whether a column counts something beside those of times: "2024 | 2025 | Deals"."""
        if not column.words or column.unit is not None or headers.is_money_measure(column.words):
            return False
        rest = [c for i, c in enumerate(self.columns) if i and i not in self.partners]
        times = [c for c in rest if c.mention and not c.words]
        return len(times) > 1 and len(times) == len(rest) - 1

    def _tells_unit(self, label: Label | None) -> bool:
        """Whether a row's header may say its unit: a name with "(vans)" behind it does not."""
        if label is None or self.names_measures or label.unit is None:
            return label is None or self.names_measures
        return bool(label.words) and (not units.is_count(label.unit) or label.factor != 1)

    def _is_money(self, label: Label | None, column: Label | None) -> bool:
        """Whether what a cell measures is told in money, by its header's words."""
        said = [x.words for x in (column, label, self.title) if x is not None and x.words]
        return bool(said) and headers.is_money_measure(said[0])

    def _counts(self, label: Label | None, column: Label | None, is_whole: bool) -> str | None:
        """The noun that a cell counts by its own headers, or by the caption where they say none."""
        row = label if self.names_measures else None
        is_total = column is not None and column.words.lower() in listed("totals")
        if column is not None and is_total and not self.is_wide:
            before = self.columns[1 : self.columns.index(column)]
            beside = [x for c in before if (x := headers.counted_noun(c))]
            if len(set(beside)) == 1:
                return beside[0]
        own = [x for x in (column, row) if x is not None and x.words]
        for named in own:
            noun = headers.counted_noun(named)
            if noun is not None:
                return noun
        if any(headers.is_measure(x.words) for x in own):
            return None
        for source in (self.corner, self.caption, self.heading):
            noun = headers.counted_noun(source) if source is not None else None
            if noun is not None and (is_whole or source is None or source.factor != 1):
                return noun
        return None

    def _count(self, quantity: Quantity, label: Label | None) -> None:
        """The employees of a row between rows of money: its own noun says what is counted."""
        noun = headers.counted_noun(label) if label is not None and self.names_measures else None
        counts = noun is not None and (units.are_persons(noun) or noun in _counted())
        scaled = self.corner or self.caption
        counts = counts and (units.are_persons(noun or "") or not self._is_among_parts(label))
        counts = counts and (scaled is None or _is_whole(quantity, scaled.factor))
        if not counts or not units.is_money(quantity.unit or "") or scaled is None:
            return
        if label is not None and label.unit is None:
            quantity.unit = noun
            scale_by(quantity, 1 / scaled.factor)

    def _is_among_parts(self, label: Label | None) -> bool:
        """Whether the row above or below is a part of some sum too, and measures nothing itself."""
        rows = [row for row in self.grid.body if row.cells]
        starts = [row.cells[0].start for row in rows]
        at = starts.index(label.cell.start) if label and label.cell.start in starts else None
        if at is None:
            return False
        beside = (row.cells[0] for row in rows[max(0, at - 1) : at + 2])
        return any(
            x.words and not (x.tells_unit or headers.is_measure(x.words.split(",")[0]))
            and headers.counted_noun(x) is None
            for x in (headers.read(cell, "header", None) for cell in beside)
        )  # fmt: skip

    # -------------------------------------------------------------- slots

    def _name(
        self, slots: Slots, label: Label | None, column: Label | None, partner: Label | None
    ) -> bool:
        """Measure and entity; whether the table leaves open what is measured."""
        is_open = False
        over = column if partner is None else partner
        if self.are_names and over is not None:
            slots.entity = over.words
            slots.found("entity", "header", over.cell.start, over.cell.end)
            over = None
        dated = label is not None and label.mention is not None
        dated = dated and label is not None and not headers.is_measure(label.words)
        aside = label.words if label is not None and not dated else ""
        whole = self.parts.get(label.cell.start) if label is not None else None
        if label is not None and not aside and not label.mention:
            aside = "" if self.names_measures else label.cell.text
        if whole is not None and label is not None:
            slots.measure = _lower(headers.without_total(whole.words))
            slots.found("measure", "header", whole.cell.start, whole.cell.end)
            self._name_row(slots, aside, label)
        elif aside and label is not None and self._is_measure(label):
            words = over.words if over is not None and (column is over or not column) else ""
            words = words or self._version(column)
            slots.measure = _lower(aside if not words else f"{aside}, {words}")
            slots.found("measure", "header", label.cell.start, label.cell.end)
        else:
            self._measure(slots, over)
            if self.are_names and aside:
                slots.measure = _lower(f"{slots.measure}, {aside}" if slots.measure else aside)
            self._name_row(slots, aside, label)
            is_open = slots.measure is None
            unnamed = is_open and not self.around.is_name(aside)
            unnamed = unnamed and self.stub not in listed("entities")
            if unnamed and aside and label is not None:
                slots.measure = _lower(aside)
                slots.found("measure", "header", label.cell.start, label.cell.end)
        self._name_around(slots)
        return is_open

    def _version(self, column: Label | None) -> str:
        """ "First published", "Revised": what tells a column from its neighbour and is no time."""
        told = column is not None and column.claim in ("reported", "revised")
        return column.cell.text if column is not None and told and not column.mention else ""

    def _is_measure(self, label: Label) -> bool:
        """Whether a row's header is what is measured, in this table or in a row like this."""
        if self.names_measures:
            return True
        bare = self.title is None or not self.title.words
        own = label.words.lower() not in listed("totals") and headers.is_measure(label.words)
        return bare and self.are_timed and bool(self.columns) and own

    def _name_row(self, slots: Slots, aside: str, label: Label | None) -> None:
        is_sum = self._is_sum(aside)
        if aside and label is not None and not is_sum and slots.entity is None:
            slots.entity = aside
            slots.found("entity", "header", label.cell.start, label.cell.end)

    def _is_sum(self, aside: str) -> bool:
        """Whether a row is that of the whole: "Total", "All museums" where rows are museums,
        "Total income" where the table is one of income."""
        first, *rest = aside.lower().split() or [""]
        if first not in listed("totals"):
            return False
        if self.title is not None and set(rest) <= set(self.title.words.lower().split()):
            return True
        kind = units.singular(rest[-1]) if rest else ""
        return not rest or bool(self.stub and kind == units.singular(self.stub.split()[-1]))

    def _name_around(self, slots: Slots) -> None:
        for source in (self.caption, self.heading):
            if slots.entity is None and source is not None and source.entity:
                slots.entity = source.entity
                slots.found("entity", source.how, source.cell.start, source.cell.end)
        if slots.entity is None and self.around.entity:
            slots.entity = self.around.entity
            slots.found("entity", "title", 0, 0)

    def _measure(self, slots: Slots, column: Label | None) -> None:
        title = self.title
        over = column.words if column is not None else ""
        words = self.group.words if self.group and headers.is_measure(self.group.words) else ""
        above = words or (title.words if title is not None else "") or self._corner_words()
        own = data.load("headers")["names"].get(over.lower(), over)
        said = own.lower().split()
        change = column is not None and headers.is_change(column)
        complete = _is_complete(own, column) or self._is_choice(said) or self._counts_own(column)
        complete = complete and not change
        wider = " and " not in above and not self._is_choice(said)
        if complete and wider and set(said) < set(above.lower().split()):
            own, complete = "", False
        if own and column is not None:
            slots.found("measure", "header", column.cell.start, column.cell.end)
        if above and title is not None and title.words and not complete:
            slots.found("measure", title.how, title.cell.start, title.cell.end)
        if not own or complete or not above:
            slots.measure = _lower(own or above) or None
        else:
            slots.measure = _lower(above if change else f"{above}, {own}")

    def _corner_words(self) -> str:
        """ "| Throughput (million tonnes) | 2025 |": what the first header says of the cells."""
        corner = self.corner
        told = corner is not None and corner.words and self.stub not in listed("entities")
        return corner.words if corner is not None and told and not corner.mention else ""

    def _counts_own(self, column: Label | None) -> bool:
        """Whether a column counts what it names itself, and no part of what the caption counts."""
        if column is None or headers.counted_noun(column) is None:
            return False
        counts = not listed("counts").isdisjoint(column.words.lower().split())
        return counts or self.title is None or not self.title.tells_unit

    def _is_choice(self, words: Sequence[str]) -> bool:
        """Whether a header says which of the things in the caption it is about."""
        said = {units.singular(word) for word in words}
        choices = self.caption.choices if self.caption is not None else ()
        return any(not choice.isdisjoint(said) for choice, _, _ in choices)

    def _date(
        self, slots: Slots, sources: Sequence[Label], label: Label | None, column: Label | None,
        partner: Label | None,
    ) -> None:  # fmt: skip
        """The period: the narrowest header, its year perhaps from a wider label."""
        if partner is not None:
            sources = [partner if x is column else x for x in sources]
        anchors = [x.period for x in sources[::-1] if x.period]
        anchor = anchors[0] if anchors else self.around.period or self.around.published
        for source in sources:
            if source is column and self._is_vintage(source):
                continue
            period = self._period_of(source, label, column, anchor, bool(anchors))
            if period:
                slots.period = period
                slots.found("period", source.how, source.cell.start, source.cell.end)
                return
        slots.period = self.note_period or self.around.period
        if self.note_period and self.around.note is not None:
            slots.found("period", "caption", self.around.note.start, self.around.note.end)

    def _is_vintage(self, column: Label) -> bool:
        """Whether a column says when it was forecast what caption or corner tell the year of."""
        mention = column.mention
        if mention is None or not mention.needs_year or len(mention.needs_year) != 3:
            return False
        return any(
            x is not None and x.claim is not None and x.period is not None
            for x in (self.columns[0], self.caption)
        )

    def _period_of(
        self, source: Label, label: Label | None, column: Label | None, anchor: str | None,
        is_told: bool,
    ) -> str | None:  # fmt: skip
        mention = source.mention
        if mention is None:
            return None
        if mention.relative is not None:
            return source.period
        period = source.period or periods.resolve(mention, anchor)
        part = label.mention if label is not None and source is column else None
        if source is column and part is None:
            part = self.part_of_year
        split = _SPLIT.search(source.cell.text) if source is column else None
        split = _SPLIT.search(self.around.season or "") if source is label else split
        month = mention if source is label else part
        if split is not None and month is not None and _MONTH.match(month.needs_year or ""):
            is_later = (month.needs_year or "") < "-07"
            return periods.resolve(month, str(int(split[1]) + is_later))
        if part is not None and part.needs_year and period and _YEAR.fullmatch(period):
            return periods.resolve(part, period)
        if source is column and mention.needs_year and label is not None and label.period:
            return periods.resolve(mention, label.period)
        if period and source.period and mention.needs_year and is_told:
            return periods.resolve(mention, anchor)
        return period


_MAX_RELATED = 60
"""Of more columns none is read by its neighbours: that takes the square of the time."""

_YEAR = re.compile(r"\d{4}")
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s?[-–/]\s?(?:(?:19|20)?\d\d)\b")
_DOTTED = re.compile(r"[-+−(]?\d{1,3}\.\d{3}\)?")
_COMMA = re.compile(r"[-+−(]?\d+,\d{1,2}\)?\s?%?")
_COUNT_AND_SHARE = re.compile(r"(?P<count>[\d,. ]+)\((?P<share>[\d.]+) ?%?\)")
_CLOCK = re.compile(r"\+?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>\d\d(?:\.\d+)?)(?: ?[hs]| min)?")
_SPLIT = re.compile(r"\b((?:19|20)\d\d)[/–-]\d\d\b")
_YEAR_TO = re.compile(r"\byears?\b", re.IGNORECASE)
_SAME = re.compile(r"same\b", re.IGNORECASE)
_MONTH = re.compile(r"-\d\d(?:$|/)")
_RANK = re.compile(r"^\d{1,2}[.)]? (?=[A-Z])")
_OF_WHICH = re.compile(r"(?:of which|thereof|including|incl\.?)\b", re.IGNORECASE)


def _are_ranked(grid: Grid) -> bool:
    """Whether the rows begin with their ranks: "1 The Ferryman's Ledger"."""
    ranks = [_RANK.match(row.cells[0].text) for row in grid.body if row.cells]
    told = [int(rank.group().strip(" .)")) for rank in ranks if rank is not None]
    return len(told) > 2 and told == list(range(1, len(ranks) + 1))


def _is_european(grid: Grid) -> bool:
    """Whether full stops divide thousands: three digits behind each, and commas before decimals
    or plain numbers of three digits beside them."""
    texts = [cell.text for row in grid.body for cell in row.cells[1:] if cell.text]
    dotted = [t for t in texts if "." in t and any(c.isdigit() for c in t)]
    if not dotted or not all(_DOTTED.fullmatch(t) for t in dotted):
        return False
    if any(re.search(r"\d,\d{3}", t) for t in texts):
        return False
    plain = sum(bool(re.fullmatch(r"[-+−]?\d{3}", t)) for t in texts)
    return any(_COMMA.fullmatch(t) for t in texts) or plain > 1


def _is_whole(quantity: Quantity, factor: Decimal = Decimal(1)) -> bool:
    value = quantity.value
    return value is None or (value / factor) == (value / factor).to_integral_value()


def _counted() -> frozenset[str]:
    """The nouns that a row between rows of money counts."""
    return frozenset(units.singular(word) for word in listed("counts")) | {"employee", "person"}


def _year_before(anchor: str, mention: periods.Mention | None, relative: str) -> str | None:
    """The same part of the year before, or the quarter or month before where a header says so."""
    if mention is not None and ("quarter" in relative or "month" in relative):
        return periods.resolve(mention, anchor)
    return periods.year_before(anchor)


def _tells_year(column: Label) -> bool:
    """Whether a header may stand over years: no measure and no counted noun, or a word for it."""
    words = re.findall(r"\w+", column.words.lower())
    if not listed("years").isdisjoint(words):
        return True
    return not headers.is_measure(column.words) and headers.counted_noun(column) is None


def _is_of_several(caption: Label) -> bool:
    """ "Fleet and staff": a caption of several things, which the rows tell apart."""
    words = f" {caption.words.lower()} "
    return " and " in words and " by " not in f" {caption.cell.text.lower()} "


def _is_growth(quantity: Quantity, column: Label) -> bool:
    """Whether a bare number below "Online growth" is a percentage, whatever the caption says."""
    words = column.words.lower().split()
    bare = quantity.unit in (None, "1") and column.unit is None and column.factor == 1
    small = quantity.value is not None and abs(quantity.value) < 100 and quantity.place < 1
    return bare and small and bool(words) and words[-1] in ("growth", "y/y", "yoy", "q/q", "m/m")


def _is_complete(own: str, column: Label | None) -> bool:
    """Whether a column header says by itself what is measured."""
    if not own:
        return False
    words = own.lower().split()
    generic = (
        words[-1] in ("rate", "total", "share", "value", "number", "average") and len(words) < 3
    )
    if generic:
        return False
    named = (
        head_of(own) in listed("measures") or own.lower() in data.load("headers")["names"].values()
    )
    return named or (column is not None and column.unit is not None)


def _lower(words: str) -> str:
    """Lower case, names kept as they are: no, measures are lower case throughout."""
    return words.lower().strip()


def _quantity(text: str, cell: Cell) -> Quantity | None:
    """The number of a cell; brackets make it negative."""
    if not any(c.isdigit() for c in cell.text):
        return None
    bracketed = grids.BRACKETED.fullmatch(cell.text)
    begin, end = cell.start, cell.end
    if bracketed is not None:
        begin, end = cell.start + bracketed.start(1), cell.start + bracketed.end(1)
    tokens = numerals.lex(text, begin, end)
    found = numerals.read_all(tokens, [(m.start, m.end) for m in periods.find(text, begin, end)])
    found = [replace(n, kind="number") if _is_plain_year(n, cell) else n for n in found]
    read = quantities.read(tokens, found)
    if not read or len(tokens) - (read[0].after - read[0].first) > 4:
        return None
    quantity = read[0]
    if bracketed is not None and quantity.value is not None:
        quantity.value = -abs(quantity.value)
        quantity.start, quantity.end = cell.start, cell.end
    return quantity


def _is_plain_year(numeral: numerals.Numeral, cell: Cell) -> bool:
    return numeral.kind == "year" and numeral.end - numeral.start == len(cell.text)


def _give_unit(
    quantity: Quantity, slots: Slots, sources: Sequence[Label], noun: str | None
) -> None:
    """A bare number takes unit and scale from the nearest label that has them.

    noun: what it counts where no label tells a unit
    """
    counted = _counted_by(sources, noun)
    if counted is not None:
        quantity.unit = counted[0]
        scale_by(quantity, counted[1])
        return
    scale = Decimal(1)
    for label in (headers.fitting(x, sources) if x.choices else x for x in sources):
        if label.factor != 1 and label.unit is None:
            scale = label.factor if scale == 1 else scale
        if label.unit is not None:
            quantity.unit = label.unit
            scale = label.factor if scale == 1 else scale
            slots.found("unit", label.how, label.cell.start, label.cell.end)
            break
    else:
        quantity.unit = noun or "1"
    scale_by(quantity, scale)


def _counted_by(sources: Sequence[Label], noun: str | None) -> tuple[str, Decimal] | None:
    """ "Sites", "Week no", "Customers (million)" below a caption of money, "Patients" below one of
    mmHg: a header that counts what it names, and its own scale."""
    near = next((x for x in sources if x.how == "header" and x.words and not x.is_prior), None)
    told = next((x for x in sources if x.tells_unit and x is not near), None)
    if told is None or near is None or near.unit is not None:
        return None
    if told.how == "header" and near.factor == 1:
        return None
    words = re.findall(r"[\w#-]+", near.words.lower())
    if words[-1:] in (["no"], ["number"], ["#"]):
        return ("1", Decimal(1)) if units.is_money(told.unit or "") else None
    unit = _own_count(words, near, noun)
    return (unit, near.factor) if unit is not None and (told.unit or near.factor != 1) else None


def _own_count(words: Sequence[str], near: Label, noun: str | None) -> str | None:
    if " ".join(words) in ("dropped out", "lost to follow-up") or words[-1] in listed("people"):
        return "person"
    named = units.named_as(words[0])
    several = len(words) > 1 and words[0].endswith("s")
    if named is not None and units.is_duration(named.unit) and several:
        return named.unit
    if noun is None or headers.counted_noun(near) != noun:
        return None
    counts = not listed("counts").isdisjoint(words) or units.are_persons(noun)
    return (
        noun if counts or (near.factor != 1 and not headers.is_money_measure(near.words)) else None
    )


def _give_scale(quantity: Quantity, slots: Slots, sources: Sequence[Label]) -> None:
    """ "$1,204" under a caption "in millions": the caption's scale."""
    said = " ".join(x.cell.text.lower() for x in sources if x.how == "header")
    if quantity.place > 1 or " per " in said or said.endswith(" per"):
        return
    for label in sources:
        if label.factor > 1 and (label.unit is None or label.unit == quantity.unit):
            scale_by(quantity, label.factor)
            slots.found("unit", label.how, label.cell.start, label.cell.end)
            return


def scale_by(quantity: Quantity, factor: Decimal) -> None:
    if factor != 1:
        quantity.place *= factor
        if quantity.value is not None:
            quantity.value *= factor
        if quantity.low is not None and quantity.high is not None:
            quantity.low, quantity.high = quantity.low * factor, quantity.high * factor


def _refine(quantity: Quantity, slots: Slots, sources: Sequence[Label]) -> None:
    """Headers that make a quotient of a plain unit: "Cost per day", "wage"."""
    if quantity.unit is None or not units.is_money(quantity.unit):
        return
    for label in sources[:2]:
        match = re.search(r"\bper (\w+)", label.cell.text)
        below = units.denominator(match.group(1)) if match else None
        if below is not None and "/" not in quantity.unit:
            quantity.unit = f"{quantity.unit}/{below}"
            return


def _classify(quantity: Quantity, slots: Slots, column: Label | None) -> None:
    words = set((slots.measure or "").replace(",", " ").split())
    header = set(column.cell.text.lower().replace(",", " ").split()) if column else set()
    unit = quantity.unit or "1"
    if not listed("changes").isdisjoint(header | words) and unit in ("%", "pp"):
        _change(quantity, slots)
        return
    if quantity.value is not None and unit not in ("°C",) and _signed(quantity, column):
        _change(quantity, slots)
        return
    kinds: dict[str, Kind] = {
        "rank": "rank",
        "1": "ratio" if quantity.form == "multiple" else "level",
    }
    if unit in kinds:
        slots.kind = kinds[unit]
    elif unit == "%":
        slots.kind = "share" if "share" in words | header or "%" in header else "rate"
    elif "/" in unit:
        slots.kind = "rate"


def _signed(quantity: Quantity, column: Label | None) -> bool:
    """An explicit plus marks a column of changes."""
    return quantity.text == "+" or bool(
        column is not None and not listed("changes").isdisjoint(column.cell.text.lower().split())
    )


def _change(quantity: Quantity, slots: Slots) -> None:
    slots.kind = "change"
    value = quantity.value
    if value is not None and value != 0:
        slots.direction = "up" if value > 0 else "down"
