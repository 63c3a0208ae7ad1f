"""Tables: each number cell a figure, told by its row, its column and the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest import data, numerals, periods, units
from ingest.articles import Span
from ingest.figures import quantities
from ingest.figures.figure import Claim, How, Kind
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.numerals import Token

_RULE = re.compile(r"[\s|:+=-]+")
_MARKS = re.compile(r"(?:[*†‡§¹²³⁰⁴-⁹ᵃ-ᶻ]|\[\w{1,2}\]|(?<=[\d%])\s?\((?:[a-z]|\d)\))+$")
_BRACKETED = re.compile(r"\(([^()]*\d[^()]*)\)")
_STATED_IN = re.compile(
    r"(?P<sums>\b(?:all |the )?(?:sums|amounts|figures|values|numbers)(?: are)?(?: given)?)?"
    r"\s+in\s+(?P<unit>[^,;:()]{1,30}?)(?=[,;:(.]|\sunless\b|\sexcept\b|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:table|figure|chart|exhibit|fig\.?)\s+[\dA-Z][\d.]*\s*[.:–—-]?\s+", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\(([^()]{1,40})\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """text[start:end], blanks, emphasis and footnote marks left out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    span: Span
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A header or caption, read: its words without unit and period.

    choices: where a caption tells several units, the words that each stands by
    """

    cell: Cell
    how: How
    words: str = ""
    unit: str | None = None
    factor: Decimal = Decimal(1)
    mention: periods.Mention | None = None
    period: str | None = None
    entity: str | None = None
    claim: Claim | None = None
    choices: tuple[tuple[frozenset[str], str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A cell's quantity and what its table says about it."""

    quantity: Quantity
    slots: Slots
    row: Span


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its caption (a span of the text), whom the title is about, day
    of publication."""

    caption: Span | None
    note: Span | None
    entity: str | None
    published: str | None


def read(text: str, span: Span, around: Surroundings) -> list[Found]:
    """The figures of the table at text[span]."""
    rows = list(_rows(text, span))
    header, body = _split_header(text, span, rows)
    caption = _caption(text, around)
    table = _Table(caption, header, body, around, _note_period(text, around))
    return [found for row in body for found in table.read_row(text, row)]


def _note_period(text: str, around: Surroundings) -> str | None:
    if around.note is None:
        return None
    return periods.parse(text[around.note.start : around.note.end], None)


def _rows(text: str, span: Span) -> Iterator[Row]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if text[start:end].strip():
            yield Row(Span(start, end), tuple(_cells(text, start, end)))
        start = end + 1


def _cells(text: str, start: int, end: int) -> Iterator[Cell]:
    stripped = text[start:end].strip()
    offset = start + text[start:end].index(stripped)
    if stripped.startswith("|"):
        stripped, offset = stripped[1:], offset + 1
    if stripped.endswith("|"):
        stripped = stripped[:-1]
    for piece in stripped.split("|"):
        yield _cell(piece, offset)
        offset += len(piece) + 1


def _cell(piece: str, offset: int) -> Cell:
    kept = piece.rstrip()
    lead = len(kept) - len(kept.lstrip(" \t*_`"))
    kept = kept[lead:]
    marks = _MARKS.search(kept)
    power = (
        marks is not None and kept[marks.start()] in "²³" and kept[: marks.start()].endswith("m")
    )
    if marks is not None and not power and not _BRACKETED.fullmatch(kept):
        kept = kept[: marks.start()].rstrip()
    kept = kept.rstrip("_`* ")
    return Cell(offset + lead, offset + lead + len(kept), kept)


def _split_header(text: str, span: Span, rows: Sequence[Row]) -> tuple[Row | None, list[Row]]:
    """The header row, if there is one, and the rows below it."""
    plain = [row for row in rows if not _is_rule(text, row)]
    ruled = next((i for i, row in enumerate(rows) if _is_rule(text, row)), None)
    if ruled is not None and ruled > 0:
        return rows[ruled - 1], [r for r in rows[ruled + 1 :] if not _is_rule(text, r)]
    if plain and not any(_is_number(c.text) for c in plain[0].cells[1:]):
        return plain[0], plain[1:]
    return None, plain


def _is_rule(text: str, row: Row) -> bool:
    return _RULE.fullmatch(text[row.span.start : row.span.end]) is not None


def _is_number(text: str) -> bool:
    """Whether a cell is a quantity and not a year or a name."""
    if not any(c.isdigit() for c in text):
        return False
    return any(n.kind == "number" for n in numerals.scan(text)) and not any(
        len(word) > 12 for word in text.split()
    )


def _caption(text: str, around: Surroundings) -> Label | None:
    if around.caption is None:
        return None
    span = around.caption
    cell = _cell(text[span.start : span.end], span.start)
    label = _label(cell, "caption", around.published)
    choices = _choices(cell.text)
    if len({(unit, factor) for _, unit, factor in choices}) < 2:
        return label
    return replace(label, unit=None, factor=Decimal(1), choices=choices)


def _choices(text: str) -> tuple[tuple[frozenset[str], str, Decimal], ...]:
    """The units of "Catch (tonnes) and value ($m)", each with the words before it."""
    found: list[tuple[frozenset[str], str, Decimal]] = []
    words: list[str] = []
    for piece in re.split(r",\s|;|\band\b", text):
        unit, factor, rest = _take_unit(piece.strip())
        words += [units.singular(word) for word in re.findall(r"[a-z]{3,}", rest.lower())]
        if unit is not None and words:
            found.append((frozenset(words), unit, factor))
            words = []
    return tuple(found)


def _fitting(label: Label, sources: Sequence[Label]) -> Label:
    """A caption of several units with the one whose words a header says, or with none."""
    said = {
        units.singular(word) for other in sources if other is not label
        for word in re.findall(r"[a-z]{3,}", other.words.lower())
    }  # fmt: skip
    for words, unit, factor in label.choices:
        if not words.isdisjoint(said):
            return replace(label, unit=unit, factor=factor)
    return label


# ------------------------------------------------------------------ labels


def _label(cell: Cell, how: How, published: str | None) -> Label:
    """Read a header or caption: unit, period, claim, and the words that are left."""
    text = _NUMBERED.sub("", cell.text) if how == "caption" else cell.text
    mention, words = _take_period(text)
    known = words.strip().lower() in data.load("headers")["units"]
    unit, factor, words = (None, Decimal(1), words) if known else _take_unit(words)
    claim, words = _take_claim(words, text)
    words, entity = _take_entity(words) if how == "caption" else (words, None)
    period = periods.resolve(mention, published) if mention is not None else None
    tidy = re.sub(r"\s+", " ", words).strip(" ,:;.-–*")
    return Label(cell, how, tidy, unit, factor, mention, period, entity, claim)


def _take_period(text: str) -> tuple[periods.Mention | None, str]:
    text = re.sub(r"\b((?:19|20)\d\d)[efpr]\b", r"\1", text)
    alone = text.strip(" .*").lower()
    if periods.is_month(alone):
        return periods.Mention(0, len(text), None, needs_year=periods.suffix_of_month(alone)), ""
    found = periods.find(text)
    mention = next((m for m in found if m.period or m.needs_year), None)
    if mention is None:
        year = next(periods.years(text), None)
        if year is None:
            return None, text
        mention = periods.Mention(*year)
    return mention, text[: mention.start] + " " + text[mention.end :]


def _take_unit(text: str) -> tuple[str | None, Decimal, str]:
    """(unit, factor, text without them); the unit in brackets, after a comma, or all there is."""
    for match in _PARENTHESIS.finditer(text):
        inner = match.group(1)
        spec = (
            unit_of(inner, _is_length(text))
            or (unit_of(inner.rpartition(" ")[0], False) if "/" in inner else None)
            or (unit_of(inner.rpartition(",")[2].strip(), False) if "," in inner else None)
            or (unit_of(inner.partition(",")[0].strip(), False) if "," in inner else None)
            or _share_of(inner)
            or _counted_in(inner)
        )
        if spec is not None:
            return *spec, text[: match.start()] + " " + text[match.end() :]
    text = text.rstrip(" ,:;.")
    for divider in (",", " in ", ":"):
        before, found, after = text.rpartition(divider)
        spec = unit_of(after, False) or _share_of(after) if found else None
        if spec is not None:
            return *spec, before
    spec = unit_of(text, False)
    if spec is not None:
        return *spec, ""
    share = _share_of(text)
    if share is not None:
        return *share, text
    before, found, after = text.partition(",")
    spec = unit_of(before, False) or _share_of(before) if found else None
    if spec is not None:
        return *spec, after
    for match in _STATED_IN.finditer(text):
        spec = unit_of(match["unit"], False)
        if spec is not None:
            words = "" if match["sums"] else text[: match.start()] + text[match.end() :]
            return *spec, words
    return _per_unit(text)


def unit_in_brackets(text: str) -> tuple[str | None, Decimal] | None:
    """The unit and scale in the brackets of a line: "Costs (billion francs)"."""
    for match in _PARENTHESIS.finditer(text):
        spec = unit_of(match[1], False) or unit_of(match[1].partition(",")[0], False)
        if spec is not None:
            return spec
    return None


def _share_of(text: str) -> tuple[str, Decimal] | None:
    """The percent of "% of GDP", "per cent of total"."""
    above, found, _ = text.strip().partition(" of ")
    spec = unit_of(above, False) if found else None
    return ("%", Decimal(1)) if spec == ("%", Decimal(1)) else None


def _counted_in(text: str) -> tuple[str, Decimal] | None:
    """The noun of "thousand people", "million passengers", "number of cases", "jobs"."""
    words = text.lower().removeprefix("number of ").removeprefix("in ").split()
    scale = unit_of(" ".join(words[:-1]), False) if len(words) > 1 else (None, Decimal(1))
    if not words or scale is None or scale[0] is not None or not quantities.is_plural(words[-1]):
        return None
    return units.singular(words[-1]), scale[1]


def _per_unit(text: str) -> tuple[str | None, Decimal, str]:
    """ "Beds per 1,000 people": a unit at the end of the words."""
    match = re.search(r"\bper\s+([\d,]+\s+\w+|\w+)\s*$", text)
    if match is None:
        return None, Decimal(1), text
    number, _, noun = match.group(1).rpartition(" ")
    below = units.denominator(noun) or units.singular(noun)
    amount = number.replace(",", "") + " " if number else ""
    return f"1/{amount}{below}", Decimal(1), text[: match.start()]


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(data.load("headers")[section]["words"].lower().split())


def _is_length(text: str) -> bool:
    return not _words("lengths").isdisjoint(re.findall(r"\w+", text.lower()))


_EMITTED = frozenset({"co", "co2", "co2e", "e", "eq", "carbon", "equivalent", "dioxide"})
_FILLER = frozenset({"in", "of", "(", ")", "'", "’", ".", "the", "millions of", "s", "current"})
_THOUSANDS = frozenset({"000", "000s", "1.000", "1,000", "1000", "ths"})


def unit_of(text: str, is_length: bool) -> tuple[str | None, Decimal] | None:
    """The unit and scale that `text` is, as a whole: "US$ bn", "million", "cents a bushel", "%".

    A lone scale gives (None, its factor). None if the text is anything else.
    """
    named = units.named_as(text.strip()) if "/" in text else None
    if named is not None:
        return named.unit, named.factor
    quotient = units.parse(text) if "/" in text else None
    if quotient is not None and units.is_physical(quotient):
        return quotient, Decimal(1)
    tokens = numerals.lex(text.strip())
    lettered = len(tokens) == 1 and len(tokens[0].text) == 1 and tokens[0].text.isupper()
    if not tokens or len(tokens) > 8 or lettered:
        return None
    unit: str | None = None
    factor = Decimal(1)
    i = 0
    while i < len(tokens):
        step = _unit_piece(tokens, i, is_length, unit)
        if step is None:
            return None
        i, piece, times = step
        unit, factor = piece or unit, factor * times
    return (unit, factor) if unit is not None or factor != 1 else None


def _unit_piece(
    tokens: Sequence[Token], i: int, is_length: bool, unit: str | None
) -> tuple[int, str | None, Decimal] | None:
    """One step of `unit_of`: the next token, the unit so far, what it multiplies by."""
    token = tokens[i]
    one = Decimal(1)
    if token.low in _FILLER or (unit is not None and token.low in _EMITTED):
        return i + 1, None, one
    if unit is not None and token.glued and token.text == "2" and tokens[i - 1].low == "co":
        return i + 1, None, one
    if token.text in _THOUSANDS:
        return i + 1, None, Decimal(1000)
    scale = _scale(token, is_length, len(tokens))
    if scale is not None:
        return i + 1, None, scale
    if unit is not None and token.low in ("a", "an", "per", "/") and i + 1 < len(tokens):
        below = _below(tokens[i + 1].text)
        return (i + 2, f"{unit}/{below}", one) if below else None
    texts = [t.text for t in tokens]
    if token.kind == "w" and i + 1 < len(tokens) and token.text + texts[i + 1] in _signs():
        return i + 2, _signs()[token.text + texts[i + 1]], one
    found = units.match(texts, i)
    if found is not None:
        return found[1], found[0].unit, found[0].factor
    return None


def _below(text: str) -> str | None:
    """What stands under a "per": a word for it, or a symbol ("t/ha")."""
    named = units.named_as(text)
    symbol = named.unit if named is not None and units.is_physical(named.unit) else None
    return units.denominator(text) or symbol


@cache
def _signs() -> dict[str, str]:
    table: dict[str, str] = data.load("currencies")["signs"]
    return table


def _scale(token: Token, is_length: bool, n_tokens: int) -> Decimal | None:
    words = numerals.words()
    low = token.low.removesuffix("s") if len(token.low) > 4 else token.low
    if low in words.scales and low != "hundred":
        return Decimal(10) ** words.scales[low]
    if token.text in words.loose and not is_length and (n_tokens > 1 or token.text in "mkMK"):
        return Decimal(10) ** words.loose[token.text]
    return None


def _take_claim(words: str, text: str) -> tuple[Claim | None, str]:
    if re.search(r"\b(?:19|20)\d\d[fe]\b", text):
        return "forecast", words
    for claim, cues in data.load("headers")["claims"].items():
        for cue in cues:
            if len(cue) > 1 and re.search(rf"\b{cue}\b", words, re.IGNORECASE):
                return claim, re.sub(rf"\(\s*{cue}\s*\)", "", words, flags=re.IGNORECASE)
    return None, words


_PLACE = re.compile(
    r"\b(?:in|of|at|by|for|from)\s+((?:the\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*)"
)
_OWNER = re.compile(r"^((?:[A-Z][\w.&-]*\s)*[A-Z][\w.&-]*)(?:['’]s?)?(?=:|\s[a-z]|$|,)")


def _take_entity(words: str) -> tuple[str, str | None]:
    """The name in a caption, and the words without it."""
    first = re.split(r"[,:]\s|\s\(|[,:]$", words)[0]
    place = _PLACE.search(first)
    if place is not None:
        return first[: place.start()] + first[place.end() :], place.group(1)
    owner = _OWNER.match(words)
    if owner is not None and _is_owner(owner.group(1), words):
        rest = re.sub(r"^['’]s?\s|^:\s*", "", words[owner.end() :])
        return "" if words[owner.end() :].startswith(":") else rest, owner.group(1)
    return re.split(r"\sby\s", first)[0], None


def _is_owner(name: str, words: str) -> bool:
    last = name.split()[-1].lower()
    if last in _words("measures") or name.lower() in ("the", "what", "share", "top", "average"):
        return False
    several = len(name.split()) > 1
    follows = words[len(name) :].strip(" ,:*")
    follower = follows.split()[-1].lower() if follows else ""
    named = quantities.is_plural(follower) or follower in _words("measures")
    return several or words[len(name) : len(name) + 1] == ":" or (
        named and len(follows.split()) <= 2 and not quantities.is_plural(last)
    )  # fmt: skip


# ------------------------------------------------------------------ cells


class _Table:
    """A table's labels, read once for all its rows."""

    def __init__(
        self,
        caption: Label | None,
        header: Row | None,
        body: Sequence[Row],
        around: Surroundings,
        note_period: str | None,
    ) -> None:
        self.caption = caption
        self.around = around
        self.note_period = note_period
        cells = header.cells if header else ()
        self.columns = [_label(cell, "header", around.published) for cell in cells]
        self.title_entity = around.entity
        self.stub = self.columns[0].words.lower() if self.columns else ""
        self.corner = self._corner(body)
        self.units_at = self._column_named("units_column") or None
        self.ranks_at = self._column_named("ranks_column")
        self.names_measures = self._rows_are_measures(body)

    def _corner(self, body: Sequence[Row]) -> Label | None:
        """The first header where it tells a unit: "| $m | 2022 |", "| Forecast (%) | 2022 |".

        Where it has words too, it speaks of cells whose columns and rows name no unit of theirs:
        periods over the columns, no number at the head of a row.
        """
        first = self.columns[0] if self.columns else None
        if first is None or first.mention or units.is_duration(first.unit or ""):
            return None
        is_of_cells = all(column.mention for column in self.columns[1:]) and not any(
            _is_number(row.cells[0].text) for row in body if row.cells
        )
        led = first.words and unit_of(first.cell.text.partition(",")[0], False) is not None
        told = first.cell.text.rstrip().endswith(")") or led
        if first.words and not (told and is_of_cells):
            return None
        return first if first.unit is not None or first.factor != 1 else None

    def _column_named(self, section: str) -> int | None:
        """The column whose header says that its cells are units, or ranks that order the rows."""
        names = _words(section)
        found = (i for i, c in enumerate(self.columns) if c.cell.text.lower().strip(" .") in names)
        return next(found, None)

    def _unit_label(self, row: Row) -> Label | None:
        """What the row's cell in a column of units says."""
        if self.units_at is None or self.units_at >= len(row.cells):
            return None
        cell = row.cells[self.units_at]
        spec = unit_of(cell.text, False)
        if spec is None and quantities.is_plural(cell.text.lower()):
            spec = units.singular(cell.text), Decimal(1)
        return Label(cell, "header", "", *spec) if spec is not None else None

    def _stub_at(self, row: Row) -> int:
        """The cell that says what a row is about: the first, or the one behind its rank."""
        behind = self.ranks_at == 0 and len(row.cells) > 2 and not _is_number(row.cells[1].text)
        return 1 if behind else 0

    def _rows_are_measures(self, body: Sequence[Row]) -> bool:
        """Whether the first column names quantities and not whom they belong to."""
        if self.stub in _words("entities"):
            return False
        if self.stub in ("metric", "item", "indicator", "measure", "statistic"):
            return True
        if any(c.words and not c.mention and not _is_change(c) for c in self.columns[1:]):
            return False
        labels = [_label(r.cells[0], "header", None) for r in body if r.cells]
        named = [x for x in labels if x.unit or _head(x.words) in _words("measures")]
        without = self.caption is None or not self.caption.words
        return len(named) * 2 > len(labels) or (without and bool(named))

    def read_row(self, text: str, row: Row) -> Iterator[Found]:
        if not row.cells:
            return
        stub = self._stub_at(row)
        label = _label(row.cells[stub], "header", self.around.published)
        begin = 0 if _is_number(row.cells[0].text) and not label.mention and not stub else stub + 1
        for index, cell in enumerate(row.cells[begin:], begin):
            column = self.columns[index] if index < len(self.columns) else None
            quantity = _quantity(text, cell) if index != self.units_at else None
            if quantity is not None:
                yield self._told(quantity, row, label if begin else None, column)

    def _told(
        self, quantity: Quantity, row: Row, label: Label | None, column: Label | None
    ) -> Found:
        slots = Slots()
        around = (self._unit_label(row), column, label, self.corner, self.caption)
        sources = [x for x in around if x is not None]
        self._name(slots, label, column)
        self._date(slots, sources)
        if column is not None and _is_growth(quantity, column):
            quantity.unit = "%"
        elif quantity.unit is None or (quantity.unit == "1" and quantity.form == "plain"):
            naming = [
                x for x in sources if self.names_measures or x is not label or x.unit is not None
            ]
            _give_unit(quantity, slots, naming)
            self._count(quantity, label)
        elif quantity.unit and units.is_money(quantity.unit):
            _give_scale(quantity, slots, sources)
        _refine(quantity, slots, sources)
        slots.claim = next((x.claim for x in sources if x.claim), None)
        _classify(quantity, slots, column)
        return Found(quantity, slots, row.span)

    def _count(self, quantity: Quantity, label: Label | None) -> None:
        """The employees of a row between rows of money: its own noun says what is counted."""
        words = label.words.lower() if label is not None and self.names_measures else ""
        counted = data.load("headers")["units"].get(words)
        persons = quantities.is_plural(words) and units.are_persons(units.singular(words))
        scaled = self.corner or self.caption
        if not (counted or persons) or not units.is_money(quantity.unit or "") or scaled is None:
            return
        if label is not None and label.unit is None:
            quantity.unit = counted or units.singular(words)
            _scale_by(quantity, 1 / scaled.factor)

    def _name(self, slots: Slots, label: Label | None, column: Label | None) -> None:
        """Measure and entity."""
        caption = self.caption
        over = column.words if column is not None else ""
        aside = label.words if label is not None and not label.mention else ""
        if self.names_measures and aside:
            slots.measure = _lower(aside if not over else f"{aside}, {over}")
            assert label is not None
            slots.found("measure", "header", label.cell.start, label.cell.end)
        else:
            self._measure(slots, over, column)
            if aside and label is not None:
                slots.entity = aside
                slots.found("entity", "header", label.cell.start, label.cell.end)
        if slots.entity is None and caption is not None and caption.entity:
            slots.entity = caption.entity
            slots.found("entity", "caption", caption.cell.start, caption.cell.end)
        if slots.entity is None and self.title_entity:
            slots.entity = self.title_entity
            slots.found("entity", "title", 0, 0)

    def _measure(self, slots: Slots, over: str, column: Label | None) -> None:
        caption = self.caption.words if self.caption is not None else ""
        own = data.load("headers")["names"].get(over.lower(), over)
        words = own.lower().split()
        change = not _words("changes").isdisjoint(words) and words[:1] != ["natural"]
        complete = (_is_complete(own, column) or self._is_choice(words)) and not change
        if own and column is not None:
            slots.found("measure", "header", column.cell.start, column.cell.end)
        if caption and self.caption is not None and not complete:
            slots.found("measure", "caption", self.caption.cell.start, self.caption.cell.end)
        if not own or complete or not caption:
            slots.measure = _lower(own or caption) or None
        else:
            slots.measure = _lower(caption if change else f"{caption}, {own}")

    def _is_choice(self, words: Sequence[str]) -> bool:
        """Whether a header says which of the things in the caption it is about."""
        said = {units.singular(word) for word in words}
        choices = self.caption.choices if self.caption is not None else ()
        return any(not choice.isdisjoint(said) for choice, _, _ in choices)

    def _date(self, slots: Slots, sources: Sequence[Label]) -> None:
        """The period: the narrowest header, its year perhaps from a wider label."""
        anchors = [x.period for x in (*sources[::-1],) if x.period]
        anchor = anchors[0] if anchors else self.around.published
        for label in sources:
            if label.mention is None:
                continue
            period = label.period or periods.resolve(label.mention, anchor)
            if period and label.period and label.mention.needs_year and anchors:
                period = periods.resolve(label.mention, anchors[0])
            if period:
                slots.period = period
                slots.found("period", label.how, label.cell.start, label.cell.end)
                return
        slots.period = self.note_period
        if self.note_period and self.around.note is not None:
            slots.found("period", "caption", self.around.note.start, self.around.note.end)


def _is_growth(quantity: Quantity, column: Label) -> bool:
    """Whether a bare number below "Online growth" is a percentage, whatever the caption says."""
    words = column.words.lower().split()
    bare = quantity.unit in (None, "1") and column.unit is None and column.factor == 1
    small = quantity.value is not None and abs(quantity.value) < 100 and quantity.place < 1
    return bare and small and bool(words) and words[-1] in ("growth", "y/y", "yoy", "q/q", "m/m")


def _is_change(column: Label) -> bool:
    """Whether a header says nothing but that its cells are changes: "Change", "y/y, %"."""
    words = column.words.lower().split()
    return bool(words) and _words("changes").issuperset(words)


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
        _head(own) in _words("measures") or own.lower() in data.load("headers")["names"].values()
    )
    return named or (column is not None and column.unit is not None)


def _head(words: str) -> str:
    first = re.split(r"\b(?:of|in|for|to|from|by|per|on|at)\b", words.lower())[0].split()
    return first[-1].strip(",.") if first else ""


def _lower(words: str) -> str:
    """Lower case, names kept as they are: no, measures are lower case throughout."""
    return words.lower().strip()


_TITLE = re.compile(r"^((?:[A-Z][\w.&-]*\s)*[A-Z][\w.&-]*?)(?:['’]s\b|['’]\s|\s[a-z])")


def title_entity(title: str) -> str | None:
    """Whom a title is about, when it opens with a name: "Iceland tourism in figures"."""
    match = _TITLE.match(title)
    if match is None:
        return None
    name = match.group(1)
    possessive = title[match.end(1) : match.end(1) + 1] in "'’"
    plain = data.load("grammar")["plain"]["words"]
    words = name.split()
    if words[0].lower() in plain or (not possessive and quantities.is_plural(words[-1].lower())):
        return None
    return name if possessive or _is_named_by(title[match.end(1) :]) else None


def _is_named_by(rest: str) -> bool:
    """Whether nouns follow a name at the start of a title ("Iceland tourism in figures")."""
    words = rest.split()
    return bool(words) and words[0] not in quantities.stops()


def _quantity(text: str, cell: Cell) -> Quantity | None:
    """The number of a cell; brackets make it negative."""
    if not any(c.isdigit() for c in cell.text):
        return None
    bracketed = _BRACKETED.fullmatch(cell.text)
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


def _give_unit(quantity: Quantity, slots: Slots, sources: Sequence[Label]) -> None:
    """A bare number takes unit and scale from the nearest label that has them."""
    scale = Decimal(1)
    counted = _counted_by(sources)
    if counted is not None:
        quantity.unit = counted
        return
    for label in (_fitting(x, sources) if x.choices else x for x in sources):
        if label.factor != 1 and label.unit is None:
            scale = label.factor
        if label.unit is not None:
            quantity.unit = label.unit
            scale = label.factor if scale == 1 else scale
            slots.found("unit", label.how, label.cell.start, label.cell.end)
            break
    else:
        quantity.unit = _counted(sources)
    _scale_by(quantity, scale)


def _counted_by(sources: Sequence[Label]) -> str | None:
    """ "Sites", "Week no" below a caption of money: a header that counts what it names."""
    told = next((x for x in sources if x.unit is not None or x.factor != 1), None)
    near = next((x for x in sources if x.how == "header" and x.words and not x.mention), None)
    if told is None or near is None or told is near or told.how != "caption":
        return None
    if told.unit is not None and not units.is_money(told.unit):
        return None
    words = near.words.lower().rstrip(".").split()
    if words[-1] in ("no", "number", "#"):
        return "1"
    counts = words[-1] in _words("counts") or (
        quantities.is_plural(words[-1]) and units.are_persons(units.singular(words[-1]))
    )
    return units.singular(words[-1]) if counts and told.unit is not None else None


def _give_scale(quantity: Quantity, slots: Slots, sources: Sequence[Label]) -> None:
    """ "$1,204" under a caption "in millions": the caption's scale."""
    if quantity.place > 1:
        return
    for label in sources:
        if label.factor > 1 and (label.unit is None or label.unit == quantity.unit):
            _scale_by(quantity, label.factor)
            slots.found("unit", label.how, label.cell.start, label.cell.end)
            return


def _scale_by(quantity: Quantity, factor: Decimal) -> None:
    if factor != 1:
        quantity.place *= factor
        if quantity.value is not None:
            quantity.value *= factor
        if quantity.low is not None and quantity.high is not None:
            quantity.low, quantity.high = quantity.low * factor, quantity.high * factor


def _counted(sources: Sequence[Label]) -> str:
    """The unit of a bare count: a header's own, or its plural noun."""
    known = data.load("headers")["units"]
    for label in sources:
        words = [w.strip(",.") for w in label.words.lower().split()]
        if not words or (label.mention and len(words) < 1):
            continue
        unit = known.get(" ".join(words)) or known.get(words[-1]) or known.get(words[0])
        if unit is not None:
            return str(unit)
        head = _head(label.words)
        if head in ("number", "total", "count") and " of " in label.words:
            counted = _head(label.words.partition(" of ")[2])
            if quantities.is_plural(counted):
                return units.singular(counted)
        plural = head if quantities.is_plural(head) else words[0]
        if quantities.is_plural(plural) and plural not in ("sales", "prices", "others"):
            return units.singular(plural)
        if plural == "sales" and len(words) > 1:
            return words[0] if len(words[0]) > 2 else "1"
    return "1"


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
    if not _words("changes").isdisjoint(header | words) and unit in ("%", "pp"):
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
        column is not None and not _words("changes").isdisjoint(column.cell.text.lower().split())
    )


def _change(quantity: Quantity, slots: Slots) -> None:
    slots.kind = "change"
    value = quantity.value
    if value is not None and value != 0:
        slots.direction = "up" if value > 0 else "down"


def heading_parts(text: str) -> tuple[str | None, str | None]:
    """(entity, measure) of a heading: "Imports, 2023" -> imports, "Okafor Cement" -> the name."""
    _, words = _take_period(text)
    tidy = re.sub(r"\s+", " ", words).strip(" ,:;.-–*#")
    tidy = re.sub(r"\b(?:in|for|of|during)$", "", tidy).strip()
    plain = [w for w in tidy.split() if w]
    if not plain or len(plain) > 6:
        return title_entity(text), None
    if _head(tidy) in _words("measures") or _head(tidy).rstrip("s") in _words("measures"):
        rest, entity = _take_entity(tidy)
        return entity, rest.strip().lower() or None
    capital = all(w[:1].isupper() or w in ("of", "and", "the", "&") for w in plain)
    common = quantities.is_plural(plain[-1].lower()) or len(plain) > 3
    return (tidy, None) if capital and not common else (title_entity(text), None)
