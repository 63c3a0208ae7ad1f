"""Among peers: what is asked of several that have an article each, told with each one's figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from statistics import fmean

from bot import rendering
from bot.asking import peering
from bot.asking.peering import Peering
from bot.evidence import formers, linking, peers
from bot.evidence.linking import Linker
from bot.evidence.subjects import capitalised
from bot.nodes import Node, attempted, leaf, step
from bot.questions import Query
from bot.rankings import balances, fields
from bot.rankings.fields import Entry, Field
from bot.texts.composition import Composer
from ingest import Article, Figure, periods, units

# A field has to be worth so much, less where nobody is left to guess: each is named.
SURE, SURE_NAMED = 1.0, 0.9
# How surely each of a field's peers is of the kind that is asked about, and all of them.
LEAST_KIND, MEAN_KIND = 0.25, 0.6
# A sum or an average is of so many at least.
N_SUMMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A peer with its value: a figure, or the change that two or one tell; size: what it is put in
    order by; then: what it was before."""

    entry: Entry
    node: Node
    size: Decimal
    then: Figure | None = None

    @property
    def name(self) -> str:
        return self.entry.peer.name


@dataclass(frozen=True, slots=True)
class Table:
    """What is asked, and a row of each that it is asked of."""

    asked: Peering
    rows: tuple[Row, ...]
    query: Query
    articles: Mapping[str, Article]
    composer: Composer


def is_told(query: Query, articles: Mapping[str, Article]) -> bool:
    """Whether a question names the peers that it asks about, or tells how many they are."""
    asked = _asked(query)
    if asked is None:
        return False
    named = peers.named(query.text, peers.find([*articles.values()]))
    return asked.n is not None or len(named) > 1


def say(query: Query, linker: Linker, articles: Mapping[str, Article], composer: Composer) -> bool:
    """Tell what is asked of several peers; False where the question asks nothing of a set, or not
    each of them has a figure that surely is meant."""
    asked = _asked(query)
    if asked is None or (asked.way == "count" and not (asked.moves or asked.sign)):
        return False
    field = _field(asked, query, linker, articles)
    if field is None:
        return False
    rows = _rows(asked, field, query, linker, articles)
    if rows is None:
        return False
    return _SAYING[asked.way](Table(asked, tuple(rows), query, articles, composer))


def _asked(query: Query) -> Peering | None:
    return peering.read(query.asked) or peering.read(query.text)


def _field(
    asked: Peering, query: Query, linker: Linker, articles: Mapping[str, Article]
) -> Field | None:
    """The field that a question means; None where none is sure and whole."""
    known = peers.find([*articles.values()])
    named = peers.named(query.text, known)
    is_named = len(named) >= (2 if asked.way == "faster" else N_SUMMED)
    if not is_named and (not asked.kind or len(named) > 0):
        return None
    kinds = {}
    if not is_named:
        figures = [card.figure for card in linker.cards]
        kinds = peers.kinds(asked.kind, known, articles, figures)
    of = named if is_named else known
    n = len(named) if is_named else asked.n
    goal = fields.goal_of(asked, known, _of_now(asked, query))
    is_usable = None
    if asked.is_balance:
        goal = fields.goal_of(replace(asked, measure=balances.NAMES), known, _of_now(asked, query))
        is_usable = partial(balances.is_one, articles=articles)
    found = fields.find(goal, of, linker, n, kinds, is_usable)
    whole = [field for field in found if field.is_whole and len(field.entries) > 1]
    best = whole[0] if whole and whole[0] is found[0] else None
    if best is None or best.worth < (SURE_NAMED if is_named else SURE):
        return None
    surely = [entry.kind for entry in best.entries]
    return best if min(surely) >= LEAST_KIND and fmean(surely) >= MEAN_KIND else None


def _of_now(asked: Peering, query: Query) -> Query:
    """The question at the later of two times that it asks for, or without the one that it counts
    from."""
    if asked.moves is None and asked.way != "faster":
        return query
    if _SINCE.search(query.text) and len(query.periods) == 1:
        return replace(query, periods=())
    last = max(query.periods, key=periods.sort_key, default=None)
    return replace(query, periods=(last,) if last else ())


_SINCE = re.compile(r"\b(?:since|from)\b", re.IGNORECASE)


# -- a row of each ------------------------------------------------------------------------------


def _rows(
    asked: Peering, field: Field, query: Query, linker: Linker, articles: Mapping[str, Article]
) -> list[Row] | None:
    """The rows; None where one is not known."""
    if asked.is_balance:
        told = [(e, balances.sign(e.card, articles)) for e in field.entries]
        if not all(sign for _, sign in told):
            return None
        return [Row(e, leaf(e.figure), _value(e.figure) * sign) for e, sign in told]
    if asked.moves is None and asked.way != "faster":
        return [Row(e, leaf(e.figure), _value(e.figure)) for e in field.entries]
    base = _base(query)
    stated = [_of_rate(entry, linker) for entry in field.entries]
    if base is None and asked.way == "faster" and all(stated):
        return [row for row in stated if row]
    rows = [_moved(entry, linker, articles, base, asked.way == "count") for entry in field.entries]
    found = [row for row in rows if row is not None]
    return found if len(found) == len(rows) else None


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


def _base(query: Query) -> str | None:
    """The earlier time that a question asks for."""
    asked = sorted(query.periods, key=periods.sort_key)
    is_since = len(asked) == 1 and _SINCE.search(query.text)
    return asked[0] if len(asked) > 1 or is_since else None


def _moved(
    entry: Entry, linker: Linker, articles: Mapping[str, Article], base: str | None, is_way: bool
) -> Row | None:
    """By how much a figure is more than what it was before, in percent, where that is told or can
    be worked out; where only the way is asked, by how much at all."""
    figure = entry.figure
    then = _before(entry, linker, base)
    if then is not None and is_way:
        return Row(entry, leaf(figure), _value(figure) - _value(then), then)
    node = step("growth", [leaf(figure), leaf(then)]) if then else None
    made = attempted(node, articles) if node else None
    if node and made:
        result = made.calculations[made.result]
        if result.value is not None:
            return Row(entry, node, result.value, then)
    return _of_rate(entry, linker) if base is None else None


def _of_rate(entry: Entry, linker: Linker) -> Row | None:
    """The row of the rate of change that the figure's sentence tells."""
    rate = _stated(entry, linker)
    if rate is None:
        return None
    size = -abs(_value(rate)) if rate.direction == "down" else _value(rate)
    return Row(entry, leaf(rate), size)


def _before(entry: Entry, linker: Linker, base: str | None) -> Figure | None:
    """What a figure was before: what its sentence tells so, else its measure a time before."""
    figure, place = entry.figure, linking.place_of(entry.figure)
    told = {linking.place_of(card.figure): card.figure for card in linker.cards}
    found = formers.found([place], linker.cards)
    then = next((told[one] for one, now in found.items() if now == place), None)
    if then is not None and (base is None or then.period in (base, None)):
        return then
    wanted = base or (periods.shift(figure.period, years=-1) if figure.period else None)
    return _at(entry, linker, wanted) if wanted else then


def _at(entry: Entry, linker: Linker, period: str) -> Figure | None:
    """The level of the same measure at another time in the same article, the nearest."""
    figure = entry.figure
    like = [
        c.figure
        for c in linker.cards
        if c.figure.article_id == figure.article_id
        and c.figure.kind != "change"
        and fields.key_of(c.figure) == fields.key_of(figure)
        and c.figure.period
        and linking.period_pair(period, c.figure.period) >= SAME_TIME
        and (c.measure & entry.card.measure or c.figure.sentence == figure.sentence)
    ]
    return min(like, key=lambda f: abs(f.start - figure.start), default=None)


# A time is another's, told otherwise: "FY2023" and "2023".
SAME_TIME = 0.9


def _stated(entry: Entry, linker: Linker) -> Figure | None:
    """The rate of change that the figure's sentence tells of its measure."""
    own = [c for c in linker.cards if c.figure.sentence_place == entry.figure.sentence_place]
    rates = [
        c.figure
        for c in own
        if c.figure.kind == "change" and c.figure.unit == "%" and c.measure == entry.card.measure
    ]
    return rates[0] if len(rates) == 1 else None


# -- telling it ---------------------------------------------------------------------------------


def _figure(table: Table, figure: Figure) -> str:
    """A figure as its article tells it, with the unit of its column."""
    text = table.articles[figure.article_id].text[figure.start : figure.end]
    before, after = rendering.beside(figure, text)
    return f"{before}{{{table.composer.name(figure)}}}{after}"


def _told(table: Table, row: Row) -> str:
    """A row's value: its figure, its change with what it changed from, its loss."""
    if row.node.figure is None:
        made = attempted(row.node, table.articles)
        assert made is not None
        return f"{{{table.composer.take(made)}}}"
    value = _figure(table, row.node.figure)
    if row.then is not None:
        return f"{value}, from {_figure(table, row.then)}"
    if table.asked.is_balance:
        word = balances.word(row.entry.card, table.articles)
        return f"{word} of {value}" if word else value
    return value


def _each(table: Table, rows: Sequence[Row]) -> None:
    """A line of each row, so that each value stands by the source that it is from."""
    for row in () if table.composer.is_bare else rows:
        table.composer.say(f"• {row.name}: {_told(table, row)} {_marks(table, [row])}", "quoted")


def _names(rows: Sequence[Row]) -> str:
    names = [row.name for row in rows]
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]


def _marks(table: Table, rows: Sequence[Row]) -> str:
    """The marks of the sentences with the figures, and of those that name whom they are of."""
    marks: list[str | None] = []
    for row in rows:
        marks += [table.composer.cite_figure(figure) for figure in row.node.leaves]
        if row.then is not None:
            marks.append(table.composer.cite_figure(row.then))
        marks.append(_naming(table, row))
    return "".join(dict.fromkeys(mark for mark in marks if mark))


def _naming(table: Table, row: Row) -> str | None:
    """The mark of the place that names a peer, where neither the sentence with its figure nor a
    title does."""
    figure = row.entry.figure
    article = table.articles[figure.article_id]
    own = article.text[figure.sentence.start : figure.sentence.end]
    if row.name in own or row.name in (article.title or ""):
        return None
    span = row.entry.peer.named_at
    first = table.articles[row.entry.peer.articles[0]]
    block = next((b for b in first.blocks if b.start <= span.start < b.end), None)
    return table.composer.cite(first.id, block.start, block.end) if block else None


def _ordered(table: Table) -> list[Row]:
    is_least = table.asked.way == "least"
    if table.asked.moves == "down":
        return sorted(table.rows, key=lambda row: row.size, reverse=is_least)
    return sorted(table.rows, key=lambda row: row.size, reverse=not is_least)


def _done(table: Table, text: str, of: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Say the answer, of some rows, and then a line of each of these."""
    table.composer.say(f"{capitalised(text)}. {_marks(table, of)}", "computed")
    _each(table, rows)
    table.composer.is_sure = True
    return True


def _slot(table: Table, operation: str, nodes: Sequence[Node], *given: str) -> str | None:
    """The slot of a result; None where a law forbids it."""
    made = attempted(step(operation, nodes, given), table.articles)
    return f"{{{table.composer.take(made)}}}" if made else None


def _extreme(table: Table) -> bool:
    """Who has the most or the least, and what the others have."""
    rows, at = _ordered(table), table.asked.place - 1
    if at >= len(rows) or [row.size for row in rows].count(rows[at].size) > 1:
        return False
    mine, others = rows[at], [row for row in rows if row is not rows[at]]
    given = ("min",) if rows[0].size < rows[-1].size else ()
    nodes = [mine.node, *(row.node for row in others)]
    if at:
        slot = _slot(table, "rank", nodes, *given)
        return bool(slot) and _done(table, f"{mine.name} ranks {slot}", rows, rows)
    slot = _slot(table, "extremum", nodes, *given) or _told(table, mine)
    return _done(table, f"{mine.name}, with {slot}", rows, others)


def _summed(table: Table) -> bool:
    gains = [row.node for row in table.rows if row.size >= 0]
    losses = [row.node for row in table.rows if row.size < 0]
    if len(table.rows) < N_SUMMED or not gains:
        return False
    node = step("sum", gains) if len(gains) > 1 else gains[0]
    for loss in losses:
        node = step("difference", [node, loss])
    made = attempted(node, table.articles)
    if made is None:
        return False
    text = f"Together, that is {{{table.composer.take(made)}}}"
    return _done(table, text, table.rows, table.rows)


def _averaged(table: Table) -> bool:
    slot = _slot(table, "average", [row.node for row in table.rows])
    is_told = slot is not None and len(table.rows) >= N_SUMMED
    return is_told and _done(table, f"The average is {slot}", table.rows, table.rows)


def _counted(table: Table) -> bool:
    """How many do what is asked, and which; then what each has."""
    way = table.asked.sign or {"up": 1, "down": -1}.get(table.asked.moves or "", 0)
    kept = [row for row in table.rows if row.size * way > 0]
    if not kept:
        return False
    noun = table.asked.kind.split()[-1] if table.asked.kind else "item"
    slot = _slot(table, "count", [row.node for row in kept], units.singular(noun))
    others = [row for row in table.rows if row not in kept]
    return slot is not None and _done(table, f"{slot}: {_names(kept)}", kept, [*kept, *others])


def _gapped(table: Table) -> bool:
    rows = sorted(table.rows, key=lambda row: -row.size)
    slot = _slot(table, "difference", [rows[0].node, rows[-1].node])
    ends = [rows[0], rows[-1]]
    return slot is not None and _done(table, f"The difference is {slot}", ends, rows)


def _faster(table: Table) -> bool:
    rows = _ordered(table)
    slot = _slot(table, "difference", [rows[0].node, rows[1].node])
    if slot is None or rows[0].size == rows[1].size or len(rows) > 2:
        return False
    return _done(table, f"{rows[0].name}, by {slot}", rows, rows)


_SAYING = {
    "most": _extreme, "least": _extreme, "sum": _summed, "average": _averaged, "count": _counted,
    "rank": _extreme, "gap": _gapped, "faster": _faster,
}  # fmt: skip
