"""Reading: from an article to its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest import numerals, periods, sentences, units
from ingest.articles import Article, Block, Span
from ingest.figures import (
    about,
    dating,
    echoes,
    headers,
    kinds,
    links,
    names,
    quantities,
    statements,
    tables,
    telling,
    topics,
)
from ingest.figures.figure import Figure
from ingest.figures.names import Names
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.topics import Context, Topic

VERSION = 41
"""Moves with the rules, so that an index knows when to read its figures again."""

_WORD = re.compile(r"[a-z]+")
_NUMERIC = re.compile(r"[\d½⅓⅔¼¾⅛⅜⅝⅞]")
_CAPITAL = re.compile(r"[A-Z](?<!\w[A-Z])[a-z]{3,}")
_MAX_CAPTION_CHARS = 160
_ENDED = re.compile(r"(?<=[a-z\d%)][.?!])\s+(?=[\"“]?[A-Z])")
_MAX_NOTE_CHARS = 400
_NOTES = ("source", "note", "data", "as of", "estimates", "figures", "values", "amounts", "all ")
_MAX_PIECE_CHARS = 1500


def find(article: Article) -> list[Figure]:
    """The figures of an article, in order of where they stand.

    A quantity said twice in the article has the same `quantity` in both figures.
    """
    reader = _Reader(article)
    found: list[Figure] = []
    for block, spans in _by_block(article):
        found.extend(reader.read_block(block, spans))
    found = reader.with_echoes(found)
    heads = [Span(b.start, b.end) for b in article.blocks if b.kind == "heading"]
    return links.link(found, heads)


def _by_block(article: Article) -> Iterator[tuple[int, list[Span]]]:
    """Blocks by index with the sentences in them."""
    spans = sentences.find(article)
    at = 0
    for index, block in enumerate(article.blocks):
        inside = []
        while at < len(spans) and spans[at].start < block.end:
            inside.append(spans[at])
            at += 1
        yield index, inside


@dataclass(slots=True)
class _Reader:
    """Reads block after block, remembering heading and topic."""

    article: Article
    context: Context = field(default_factory=Context)
    names: Names = field(default_factory=Names)
    places: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    pending: Span | None = None
    currency: str | None = None
    money: headers.Spec | None = None
    open_tables: list[list[tables.Found]] = field(default_factory=list)

    def __post_init__(self) -> None:
        article = self.article
        self.names = names.of(article)
        named = _CAPITAL.findall(f"{article.title}\n{article.text}")
        self.places = quantities.places().intersection(word.lower() for word in set(named))
        self.places |= _codes(article.text)
        labels = Counter(self._label_below(index) for index in range(len(article.blocks)))
        self.labels = frozenset(label for label, n in labels.items() if n > 1 and label)
        self.context.published = article.published
        dating.entitle(self.context, article.title)
        self.context.titled = frozenset(_WORD.findall(article.title.lower()))
        self.context.currency = self._currency
        self.context.subject = about.subject(article, self.names)
        entity = headers.title_entity(article.title)
        titled = (entity, headers.title_place(article.title))
        told = (name for name in titled if name and self.names.tell_titled(name))
        owners = (name for name in told if not about.is_person(name, article))
        self.context.title_entity = next(owners, None)

    def _currency(self) -> str | None:
        """The currency that the article names most often beside a number."""
        if self.currency is None:
            self.currency = _most_named(self.article.text)
        return self.currency or None

    def read_block(self, index: int, spans: list[Span]) -> Iterator[Figure]:
        block = self.article.blocks[index]
        if block.kind == "table":
            yield from self._read_table(index, block)
            return
        self.context.in_list = block.kind == "list"
        if self.money is None and block.end - block.start < _MAX_NOTE_CHARS:
            self.money = headers.standing_unit(self.article.text[block.start : block.end])
        above = self._scale_above(block)
        if block.kind != "list" or above is not None:
            self.context.scale = above
        if block.kind != "list":
            self.context.is_led = self.article.text[block.start : block.end].endswith(":")
        if block.kind == "heading":
            self._enter(block)
            self._enter_record(index)
            if index < _TITLED_BLOCKS and self.context.subject is not None:
                self.context.heading.entity = None
        else:
            self._enter_record(index)
            self._enter_item(block)
            self.context.topic = _paragraph_topic(self.context)
        if block.kind != "list" or not self.context.is_led:
            self.context.spoken_period = self.context.coming_period = None
        for span in spans:
            yield from self._read_sentence(index, span)

    def _scale_above(self, block: Block) -> tuple[str | None, Decimal] | None:
        """The unit and scale of the list below "Costs (billion francs)", "In SEK million:"."""
        text = self.article.text[block.start : block.end].strip("# *")
        told = text.endswith((":", ")")) or block.kind == "heading"
        told = told and (block.kind != "list" or _NUMERIC.search(text, 3) is None)
        if not told or len(text) > _MAX_CAPTION_CHARS:
            return None
        led = headers.unit_in_words(text) if text.endswith(":") else None
        listed = (
            headers.unit_of(text.rstrip(":").rpartition(", ")[2], False) if led is None else led
        )
        return headers.unit_in_brackets(text) or listed

    def _enter(self, block: Block) -> None:
        """A heading: its period, its name and its words hold for what follows."""
        text = self.article.text[block.start : block.end].strip("# *")
        context = self.context
        dating.enter(context, headers.without_base(text), block.level)
        context.heading_start, context.heading_end = block.start, block.end
        entity, words = headers.heading_parts(text)
        entity = entity if self.names.tell(entity) else None
        context.heading = Topic(words, entity, None, "heading", block.start, block.end)
        context.topic = Topic()

    def _enter_item(self, block: Block) -> None:
        """Keep what the line above a list spoke of, for each of its items."""
        context = self.context
        if block.kind != "list" or not context.is_led:
            context.led = None
        elif context.led is None:
            self._recall()
            context.led = topics.settle(context)

    def _enter_record(self, index: int) -> None:
        """A numbered name, or one above lines of label and value: what follows is its own."""
        block = self.article.blocks[index]
        text = self.article.text[block.start : min(block.end, block.start + _MAX_RECORD_CHARS)]
        told = _RECORD.match(text)
        if told is None or (block.kind != "heading" and not (told["bold"] and told["number"])):
            return
        name = told["name"].strip(" .:")
        if not names.are_capital(name):
            return
        named = any(self.names.may_be_subject(word) for word in name.split())
        known = " " in name or self.article.text.count(name) > 1
        if (told["number"] and named and known) or self._label_below(index) in self.labels:
            self.context.heading = replace(
                self.context.heading, measure=None, entity=name, how="heading",
                start=block.start + told.start("name"), end=block.start + told.end("name"),
            )  # fmt: skip

    def _label_below(self, index: int) -> str:
        """The "Budget" of the line "Budget: $5 million" right below a heading, or ""."""
        block = self.article.blocks[index]
        below = self.article.blocks[index + 1 : index + 2]
        if block.kind != "heading" or not below:
            return ""
        told = _LABELLED.match(self.article.text, below[0].start, below[0].end)
        return told[1] if told is not None else ""

    def _read_sentence(self, index: int, span: Span) -> Iterator[Figure]:
        if not _may_hold(self.article.text, span):
            self.pending = span
            return
        self._recall()
        inner = without_furniture(self.article.text, span)
        if index < _DATELINED_BLOCKS:
            inner = self._without_dateline(inner)
        for piece in _pieces(self.article.text, inner):
            yield from self._read_piece(index, piece, span)

    def _without_dateline(self, span: Span) -> Span:
        """The span after "LEEDS, 6 March 2025 (Wire) - ", whose day is that of the article."""
        limit = min(span.end, span.start + 120)
        if _DATELINE_END.search(self.article.text, span.start, limit) is None:
            return span
        match = _DATELINE.match(self.article.text, span.start, limit)
        if match is None:
            return span
        said = match["said"]
        day = periods.parse(said)
        if day is None and "(" not in said and not match["place"].isupper():
            return span
        if self.context.published is None and day is not None and len(day) == 10:
            self.context.published = day
        return Span(match.end(), span.end)

    def _read_piece(self, index: int, piece: Span, sentence: Span) -> Iterator[Figure]:
        statement = statements.read(self.article.text, piece, index, self.names, self.places)
        if not statement.quantities and not statement.dates:
            self.pending = sentence
            return
        told = telling.tell(statement, self.context)
        for quantity, slots in zip(statement.quantities, told, strict=True):
            first = statement.quantities[slots.pair_of] if slots.pair_of is not None else quantity
            yield _figure(self.article, quantity, slots, sentence, first.start)

    def _recall(self) -> None:
        """What the sentence before was about: read only if something points back to it."""
        pending, self.pending = self.pending, None
        if pending is None:
            return

        def subject() -> Topic | None:
            text, holds = self.article.text, _may_hold(self.article.text, pending)
            read = statements.read(text, pending, 0, self.names, has_numbers=holds)
            return telling.subject_of(read)

        self.context.recall = subject

    def _read_table(self, index: int, block: Block) -> Iterator[Figure]:
        article = self.article
        around = tables.Surroundings(
            self._caption(index), self._note(index),
            self.context.title_entity or self.context.subject, article.published,
            self._heading(index), self._told_period(), self.money, self.names.tell,
            article.title if index == 0 else "",
            article.title, self._currency,
        )  # fmt: skip
        cells = tables.read(article.text, Span(block.start, block.end), around)
        self.open_tables.append([cell for cell in cells if cell.is_open])
        for found in cells:
            yield _figure(article, found.quantity, found.slots, found.row, found.quantity.start)

    def with_echoes(self, found: list[Figure]) -> list[Figure]:
        """The figures, those of tables that do not say what they measure told by the prose."""
        if not any(self.open_tables):
            return found
        blocks = [b for b in self.article.blocks if b.kind == "table"]
        prose = [f for f in found if not any(b.start <= f.start < b.end for b in blocks)]
        headline = tables.headline(self.article.title, self.names.tell)
        told = {
            cell.quantity.start: _figure(
                self.article, cell.quantity, cell.slots, cell.row, cell.quantity.start
            )
            for cells in self.open_tables if echoes.complete(cells, prose, headline)
            for cell in cells
        }  # fmt: skip
        return [told.get(f.start, f) for f in found]

    def _told_period(self) -> str | None:
        """The period of the heading, or of the title, for a table that tells none."""
        title = self.article.title
        said = {m.period or m.needs_year for m in periods.find(title)}
        said = said or {year for *_, year in periods.years(title)}
        told = self.context.heading_period
        if told is None and len(said) == 1:
            told = periods.parse(title, self.article.published)
        return told if told is not None and len(told) != 10 else None

    def _heading(self, index: int) -> Span | None:
        """The heading that a table stands under."""
        blocks = self.article.blocks
        above = next((b for b in blocks[index - 1 :: -1] if b.kind == "heading"), None)
        if index < 1 or above is None or above.level == 1:
            return None
        return Span(above.start, above.end)

    def _caption(self, index: int) -> Span | None:
        """The short paragraph or the heading right above a table; of one that leads to it with a
        colon the last sentence."""
        if index < 1:
            return None
        block = self.article.blocks[index - 1]
        if block.kind == "heading":
            return Span(block.start, block.end)
        text = self.article.text[block.start : block.end]
        ends = [match.end() for match in _ENDED.finditer(text)] if text.endswith(":") else []
        start = block.start + (ends[-1] if ends else 0)
        short = block.end - start <= _MAX_CAPTION_CHARS
        return Span(start, block.end) if block.kind == "paragraph" and short else None

    def _note(self, index: int) -> Span | None:
        """The line below a table that names its source and year."""
        if index + 1 >= len(self.article.blocks):
            return None
        block = self.article.blocks[index + 1]
        text = self.article.text[block.start : block.end]
        is_note = text.lower().lstrip("*_").startswith(_NOTES)
        return Span(block.start, block.end) if is_note else None


def _paragraph_topic(context: Context) -> Topic:
    """A new paragraph still speaks of the same one, hardly of the same measure.

    Where heading or article tell of whom, it is theirs again.
    """
    topic = context.topic
    is_told = context.subject is not None or context.heading.entity is not None
    entity = None if topic.passing or topic.aside or is_told else topic.entity
    led = context.led
    if led is not None:
        return replace(led, entity=entity, how="heading", passing=False)
    return Topic(None, entity, None, "paragraph", topic.start, topic.end, money=topic.money)


_CODE = re.compile(r"(?<![\w.-])([A-Z]{3}) ?\d[\d.,]*(?: (million|billion|trillion)|(m|bn|tn))?\b")
_NO_CODES = frozenset({"GDP", "GNP", "THE", "AND", "FOR", "ITS"})


def _codes(text: str) -> frozenset[str]:
    """Codes of currencies that no table knows: before millions, and more than once."""
    found = [(m[1], bool(m[2] or m[3])) for m in _CODE.finditer(text)]
    scaled = Counter(code for code, is_scaled in found if is_scaled)
    bare = Counter(code for code, is_scaled in found if not is_scaled)
    return frozenset(
        code for code, n in scaled.items()
        if n > 1 and bare[code] <= n and code not in _NO_CODES and units.named_as(code) is None
    )  # fmt: skip


def _most_named(text: str) -> str:
    """The currency that stands before or after most numbers of a text; "" without one."""
    tokens = numerals.lex(text)
    scales = numerals.words().scales
    named: Counter[str] = Counter()
    for i, token in enumerate(tokens):
        if token.kind not in "sw" or not (token.kind == "s" or token.low.isalpha()):
            continue
        after = i + 1 < len(tokens) and tokens[i + 1].kind == "n" and token.low == token.text
        before = i > 0 and (tokens[i - 1].kind == "n" or tokens[i - 1].low in scales)
        code = token.text.isupper() and i + 1 < len(tokens) and tokens[i + 1].kind == "n"
        unit = units.named_as(token.text) if after or before or code else None
        if unit is not None and units.is_money(unit.unit):
            named[unit.unit] += 1
    return named.most_common(1)[0][0] if named else ""


_DATELINE = re.compile(
    r"[*_]{0,3}(?P<place>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})[*_]{0,3}(?P<said>[^\n:]{0,70}?)"
    r"[*_]{0,3}(?:\s?(?:--|[-–—])\s|:\s)(?=[\"“‘*]{0,2}[A-Z])"
)
_DATELINE_END = re.compile(r"[-–—:]\s(?=[\"“‘*]{0,2}[A-Z])")
_RECORD = re.compile(
    r"#{0,6} ?(?P<bold>\*\*)?(?P<number>(?:No\. ?|#)?\d{1,3}[.):] )?"
    r"(?P<name>[A-Z][^\n(,*]{1,60}?)(?= \(| [-–—] |,|\*\*|\n|$)"
)
_LABELLED = re.compile(r"[-*•| ]{0,4}([A-Z][a-z]+(?: [a-z]+){0,3}): ?[^\n.]{0,20}\d")
_MAX_RECORD_CHARS = 120
_DATELINED_BLOCKS = 6
_TITLED_BLOCKS = 3
_FURNITURE = re.compile(
    r"[\s·|•]*(?:[\d.,]+[KkMm]?\s*(?:shares?|likes?|comments?|views|followers|retweets?|reposts?|claps)"
    r"|(?:share|likes?|comments?|views|claps):? [\d.,]+[KkMm]?(?=\s*(?:$|[·|•]))"
    r"|(?:(?:page|photo|image|slide|picture):? )?\d{1,3} (?:of|/) \d{1,3}(?=\s*$)"
    r"|(?:listen|watch|play):? \d+\s*min(?:ute)?s?(?=\s*$)"
    r"|(?:(?:updated|published|posted|modified|edited):?\s+)?\d+\s*(?:min(?:ute)?s?\s+read"
    r"|(?:second|minute|hour|day|week|month|year)s?\s+ago)|#\d+)"
    r"(?=[\s·|•:]|\.?$)",
    re.IGNORECASE,
)


def without_furniture(text: str, span: Span) -> Span:
    """The span after leading share counts and time stamps of a page."""
    start = span.start
    while match := _FURNITURE.match(text, start, span.end):
        start = match.end()
    return Span(start, span.end)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The span, cut at blanks where it is longer than any sentence: rules look back in it."""
    start = span.start
    while span.end - start > _MAX_PIECE_CHARS:
        cut = text.rfind(" ", start + 1, start + _MAX_PIECE_CHARS)
        cut = cut if cut > start else start + _MAX_PIECE_CHARS
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _may_hold(text: str, span: Span) -> bool:
    """Whether a sentence has a digit or number word at all: most have none."""
    if _NUMERIC.search(text, span.start, span.end):
        return True
    piece = text[span.start : span.end].lower()
    return not numerals.words().starters.isdisjoint(_WORD.findall(piece))


def _figure(
    article: Article, quantity: Quantity, slots: Slots, sentence: Span, first: int
) -> Figure:
    unit = quantity.unit or "1"
    place = _precision(quantity, unit)
    low, high = interval(quantity, place)
    return Figure(
        article_id=article.id,
        start=quantity.start,
        end=quantity.end,
        value=quantity.value,
        low=low,
        high=high,
        unit=unit,
        kind=slots.kind or kinds.kind_by_unit(quantity, unit),
        comparator=quantity.comparator,
        direction=slots.direction,
        precision=place,
        sentence=sentence,
        quantity=first,
        basis=slots.basis,
        measure=slots.measure,
        entity=slots.entity,
        period=slots.period,
        base_period=slots.base_period,
        claim=slots.claim,
        origins=tuple(slots.origins),
    )


def _precision(quantity: Quantity, unit: str) -> Decimal:
    if quantity.form in ("score", "rank"):
        return Decimal(0)
    if quantity.comparator in ("about", "nearly") and quantity.value and quantity.place == 1:
        return _round_place(quantity.value)
    exact = units.is_count(unit) and quantity.comparator is None and quantity.place == 1
    return Decimal(0) if exact and quantity.low is None else quantity.place


def _round_place(value: Decimal) -> Decimal:
    """Under a hedge trailing zeros claim nothing: "about 1,200" is good to the hundred."""
    place = Decimal(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def interval(quantity: Quantity, place: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest value that the statement honestly claims, good to `place`."""
    if quantity.form == "score":
        return None, None
    if quantity.low is not None and quantity.high is not None:
        return quantity.low - place / 2, quantity.high + place / 2
    value = quantity.value
    if value is None:
        return None, None
    if quantity.comparator == "±" and quantity.spread is not None:
        return value - quantity.spread, value + quantity.spread
    return _around(value, place, quantity.comparator)


def _around(
    value: Decimal, place: Decimal, comparator: str | None
) -> tuple[Decimal | None, Decimal | None]:
    if comparator in ("more than", "at least"):
        return value, None
    if comparator in ("less than", "up to"):
        return None, value
    if comparator == "nearly":
        return value - place, value
    width = place if comparator == "about" else place / 2
    return value - width, value + width
