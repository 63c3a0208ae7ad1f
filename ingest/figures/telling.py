"""Telling: what each quantity of a statement measures, whose it is, when, and how it moved."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from ingest import units
from ingest.figures import (
    claims,
    clauses,
    dating,
    growths,
    kinds,
    lexicon,
    measuring,
    quantities,
)
from ingest.figures.clauses import Phrase
from ingest.figures.governing import Governed, Governing
from ingest.figures.measuring import Measuring
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement
from ingest.figures.topics import Context, Said, Topic
from ingest.figures.whose import Whose


def tell(statement: Statement, context: Context) -> list[Slots]:
    """The slots of the statement's quantities, in their order; the topic moves along."""
    tags = clauses.tag(statement)
    teller = _Teller(statement, tags, context)
    told = [teller.slots(index) for index in range(len(statement.quantities))]
    teller.unsaid.share_listed(told)
    teller.respectively(told)
    teller.tell_apart(told)
    teller.tell_sides(told)
    teller.unsaid.share_denominators(told)
    teller.unsaid.share_growth(told)
    growths.share(statement, tags, told)
    context.recall = None
    dating.date(statement, tags, told, context)
    claims.claim(statement, told)
    teller.move_topic(told)
    return told


def subject_of(statement: Statement) -> Topic | None:
    """What a statement without quantities is about, for the one after it."""
    tags = clauses.tag(statement)
    asked = _how_many(statement, tags)
    if asked is not None:
        return asked
    led = _led(statement, tags)
    if led is not None:
        return led
    verb = tags.find("V") if "V" in tags else tags.find("X")
    if verb <= 0:
        return None
    x = tags.find("X")
    phrase = clauses.before(statement, tags, min(verb, x) if x > 0 else verb)
    if phrase is None or phrase.generic:
        return None
    first, last = statement.tokens[phrase.first], statement.tokens[phrase.after - 1]
    return Topic(phrase.measure, phrase.entity, None, "paragraph", first.start, last.end)


def _how_many(statement: Statement, tags: str) -> Topic | None:
    """The people of "How many people work here?", which a bare number answers."""
    at = next((i for i, low in enumerate(statement.words) if low == "how"), None)
    if at is None or statement.low(at + 1) != "many":
        return None
    phrase = clauses.after(statement, tags, at + 2)
    if phrase is None or phrase.measure is None:
        return None
    head = clauses.head(phrase.measure)
    first, last = statement.tokens[phrase.first], statement.tokens[phrase.after - 1]
    unit = units.singular(head) if quantities.is_plural(head) else None
    return Topic(phrase.measure, phrase.entity, unit, "paragraph", first.start, last.end)


def _led(statement: Statement, tags: str) -> Topic | None:
    """What a list is of, by the line above it: "Visitors by country, 2023:", "Exports were:"."""
    if statement.raw(len(tags) - 1) != ":" or "V" in tags or "X" in tags[:-2]:
        return None
    first = next((k for k, letter in enumerate(tags) if letter not in "DT-."), 0)
    words = enumerate(statement.words[:-1])
    with_sales = (k + 1 for k, low in words if low == "with" and _is_measured(statement, k + 1))
    first = next(with_sales, first)
    phrase = clauses.after(statement, tags, first)
    if phrase is None or phrase.measure is None or phrase.generic:
        return None
    begin, last = statement.tokens[phrase.first], statement.tokens[phrase.after - 1]
    return Topic(phrase.measure, phrase.entity, None, "heading", begin.start, last.end)


def _is_measured(statement: Statement, k: int) -> bool:
    return clauses.is_measure(statement.low(k)) and statement.low(k + 1) == "in"


class _Teller:
    """The rules, over one statement."""

    def __init__(self, statement: Statement, tags: str, context: Context) -> None:
        self.st, self.tags, self.context = statement, tags, context
        self.told: list[Slots] = []
        self.subject = self._sentence_subject()
        self.governing = Governing(statement, tags, self.told)
        self.measuring = Measuring(statement, tags, context, self.told, self.subject)
        self.unsaid = self.measuring.unsaid
        self.whose = Whose(statement, tags, context, self.told, self.subject)

    def _sentence_subject(self) -> Phrase | None:
        verb = next((i for i, t in enumerate(self.tags) if t in "VX" and i > 0), 0)
        return clauses.subject(self.st, self.tags, verb) if verb else None

    def slots(self, index: int) -> Slots:
        quantity = self.st.quantities[index]
        pair = self._pair(index)
        made = self._paired(pair, index) if pair is not None else self._told(index, quantity)
        self.told.append(made)
        return made

    def _paired(self, first: int, index: int) -> Slots:
        source = self.told[first]
        return Slots(
            source.measure, source.entity, kind=source.kind, direction=source.direction,
            basis=source.basis, pair_of=first, origins=list(source.origins),
        )  # fmt: skip

    def _pair(self, index: int) -> int | None:
        """The quantity that this one says again in another unit: "7.5tn yuan ($1.05tn)"."""
        if index == 0:
            return None
        a, b = self.st.quantities[index - 1], self.st.quantities[index]
        between = self.st.between(a, b)
        if self._is_dated_pair(a, b, index):
            return index - 1
        if units.is_money(a.unit or "") and units.is_money(b.unit or "") and _is_equated(between):
            whole = between[-1] != "(" or self.st.raw(b.after) == ")"
            return index - 1 if a.unit != b.unit and whole else None
        if between not in (["("], [","], ["or"], [",", "or"], ["(", "or"], ["/"], ["(", "worth"]):
            return None
        if between == [","] and self.st.raw(b.after) not in (",", ".", ")", "", ";"):
            return None
        return index - 1 if _are_pair(a, b) else None

    def _is_dated_pair(self, a: Quantity, b: Quantity, index: int) -> bool:
        """ "€171 million in March 2023, some $185 million": only a date stands between."""
        if not (kinds.is_money(a) and kinds.is_money(b)) or a.unit == b.unit or b.value is None:
            return False
        tags, marks = self.tags[a.after : b.lead], (",", "(", "–", "—")
        dated = "T" in tags and set(tags) <= set("TPD,.") and self.st.raw(b.lead - 1) in marks
        ends = self.st.raw(b.after) in (",", ".", ")", "", ";")
        following = self.st.quantities[index + 1 : index + 2]
        listed = any(q.unit == a.unit or q.lead - b.after < 3 for q in following)
        return dated and ends and not listed

    def _told(self, index: int, quantity: Quantity) -> Slots:
        made = Slots()
        governed = self.governing.governed(index, quantity)
        self.measuring.measure(made, governed, index, quantity)
        self.whose.tell(made, governed, index, quantity)
        made.direction, made.is_base = governed.direction, governed.base
        _set_kind(made, governed, quantity, self._after_word(quantity))
        self.unsaid.give(made, governed, index, quantity)
        return made

    def _after_word(self, quantity: Quantity) -> str:
        return self.st.low(quantity.after)

    def respectively(self, told: list[Slots]) -> None:
        """ "exports and imports rose 7.1% and 2.3%, respectively"."""
        if "respectively" not in self.st.words:
            return
        self._respective_names(told)
        members = _members(self.subject)
        run = self.st.quantities[-len(members) :] if members else []
        if not members or len(run) != len(members):
            return
        for offset, member in enumerate(members):
            slots = told[len(told) - len(members) + offset]
            if member[:1].isupper():
                slots.entity = member
            else:
                slots.measure = member

    def _respective_names(self, told: list[Slots]) -> None:
        """ "Rates in Leeds, York and Hull were 28%, 23% and 34%, respectively": each its own."""
        found = self.st.quantities
        for named in clauses.listed_names(self.st, self.tags):
            n = len(named)
            for first in range(len(found) - n + 1):
                run = found[first : first + n]
                between = [self.tags[a.after : b.lead] for a, b in pairwise(run)]
                if all(set(tags) <= set(",C") for tags in between) and len(found) - first == n:
                    for slots, (at, name) in zip(told[first:], named, strict=True):
                        slots.entity = name
                        slots.origins = [o for o in slots.origins if o.slot != "entity"]
                        slots.found("entity", "sentence", at, at + len(name))

    def tell_apart(self, told: list[Slots]) -> None:
        """ "118 cases in the vaccine group and 276 in the placebo group": each with its group."""
        said = [self._group(q) for q in self.st.quantities]
        whole = [s.measure for s in told]
        for a, b in pairwise(range(len(told))):
            one, other = self.st.quantities[a], self.st.quantities[b]
            if whole[a] is None or whole[a] != whole[b] or one.unit != other.unit:
                continue
            first, second = said[a], said[b]
            if first is None and second is not None and told[b].is_base:
                told[b].measure = f"{whole[b]} {second}"
            if first is None or second is None or first == second:
                continue
            if first.split()[0] == second.split()[0]:
                told[a].measure, told[b].measure = f"{whole[a]} {first}", f"{whole[b]} {second}"

    def tell_sides(self, told: list[Slots]) -> None:
        """ "Alvarado leads Pinto 46% to 41%": the first is of whom it is told, then the other's."""
        for a, (one, other) in enumerate(pairwise(self.st.quantities)):
            if one.unit != other.unit or self.st.between(one, other) != ["to"]:
                continue
            sides = self._sides(one.lead - (self.st.low(one.lead - 1) == "by"))
            for slots, side in zip(told[a : a + 2], sides, strict=False):
                slots.entity = side
                slots.origins = [o for o in slots.origins if o.slot != "entity"]
                slots.found("entity", "sentence", self.st.span.start, self.st.span.end)

    def _sides(self, end: int) -> tuple[str, ...]:
        """The two of "Alvarado leads Pinto", whose names end at tokens[end]; () of none."""
        second = self._run_of_capitals(end)
        verb = second - 1 - (self.st.low(second - 1) == "the")
        first = self._run_of_capitals(verb)
        if self.st.low(verb) not in lexicon.words("cues", "contests") or "" in (
            self.st.raw(first), self.st.raw(second),
        ):  # fmt: skip
            return ()
        if first == verb or second == end:
            return ()
        return clauses.surface(self.st, first, verb), clauses.surface(self.st, second, end)

    def _run_of_capitals(self, end: int) -> int:
        """Where the capitalised words that end at tokens[end] begin."""
        k = end
        while k > 0 and self.tags[k - 1] == "N" and self.st.raw(k - 1)[:1].isupper():
            k -= 1
        return k

    def _group(self, q: Quantity) -> str | None:
        """The "in vaccine group" right behind a quantity."""
        word, tags = self.st.low(q.after), self.tags[q.after + 1 : q.after + 4]
        tags = tags[: next((k for k, letter in enumerate(tags) if letter in ",C"), 3)]
        if word not in _GROUPING or "T" in tags or "Q" in tags:
            return None
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        if phrase is None or phrase.measure is None or phrase.entity is not None or phrase.generic:
            return None
        last = clauses.head(phrase.measure)
        timed = last in lexicon.words("cues", "spans") or last in _SPANS
        none = lexicon.words("cues", "no_measures") | lexicon.words("cues", "no_groups")
        timed = timed or not none.isdisjoint(phrase.measure.split())
        return None if timed else f"{word} {phrase.measure}"

    def move_topic(self, told: list[Slots]) -> None:
        """What the next sentence may point back to."""
        measure = next(
            (s.measure for s in told if s.measure and s.measure not in measuring.UNSPOKEN), None
        )
        spoken = subject_of(self.st) if not told else None
        if spoken is not None and (spoken.how == "heading" or _is_measure(spoken.measure)):
            measure = spoken.measure
        topic = self.context.topic
        entity, passing = self.whose.is_about(topic)
        counted = [q for q in self.st.quantities if q.unit and units.is_count(q.unit)]
        plain = [q for q in counted if not q.spelled] or counted
        money = [q.unit for q in self.st.quantities if q.unit and units.is_money(q.unit)]
        told_in = [q.unit for q in self.st.quantities if q.unit and not units.is_duration(q.unit)]
        self.context.latest = told_in[-1] if told_in else self.context.latest
        self.context.said = tuple(
            Said(q.unit, q.value, s.measure) for q, s in zip(self.st.quantities, told, strict=True)
            if q.unit not in (None, "1") and q.value
        )  # fmt: skip
        scaled = (
            Said(q.unit, q.value, s.measure) for q, s in zip(self.st.quantities, told, strict=True)
            if q.unit and q.value and kinds.is_scaled(self.st, q) and kinds.is_told_in(q)
        )  # fmt: skip
        self.context.scaled = (*self.context.scaled, *scaled)[-_N_SCALED:]
        if self.context.opened is None:
            self.context.opened = next((s for s in self.context.said if s.measure), None)
        final = next((q.unit for q in reversed(self.st.quantities) if q.unit), None)
        self.context.final = final or self.context.final
        self.context.topic = Topic(
            measure or topic.measure, entity or topic.entity,
            plain[-1].unit if plain else topic.unit, "paragraph",
            self.st.span.start, self.st.span.end, money[-1] if money else topic.money, passing,
            plain[-1].value if plain else topic.size, self.whose.is_aside(entity, topic),
        )  # fmt: skip
        self.context.owners |= {s.entity for s in told if s.entity}
        self.context.n_unowned += bool(told) and not any(s.entity for s in told)


def _is_measure(said: str | None) -> bool:
    return said is not None and clauses.is_measure(clauses.head(said))


_N_SCALED = 6
_GROUPING = frozenset({"in", "among", "for", "against", "from", "on", "to"})
_SPANS = frozenset("year quarter month week day average".split())
_EQUATED = (
    ["equivalent", "of"], ["equivalent", "to"], ["at", "the", "time"], ["then", "worth"],
    ["which", "is"], ["which", "was"], ["that", "is"], ["that", "is", ","], ["equal", "to"],
    ["equivalent"], ["i", ".", "e", "."], ["i", ".", "e", ".", ","], ["ie"], ["="], ["("],
    ["converted", "to"], ["or", ","],
)  # fmt: skip


def _is_equated(between: list[str]) -> bool:
    """ "€171 million, the equivalent of $185 million", "$2.9bn, at the time CHF 2.6bn"."""
    stops = {"and", "but", ";", "against", "from", "than", "versus"}
    near = len(between) < 9 and stops.isdisjoint(between)
    return near and any(between[-len(end) :] == end for end in _EQUATED)


def _members(subject: Phrase | None) -> list[str]:
    if subject is None:
        return []
    if subject.measure and " and " in subject.measure:
        return [
            p.strip() for p in subject.measure.replace(",", " and ").split(" and ") if p.strip()
        ]
    return []


def _are_pair(a: Quantity, b: Quantity) -> bool:
    if a.unit is None or b.unit is None or a.unit == b.unit or a.value is None or b.value is None:
        return False
    if units.is_money(a.unit) and units.is_money(b.unit):
        return True
    if units.is_money(b.unit) and _may_be_money(a) and b.value >= 1000:
        return True
    try:
        return _is_close(units.convert(abs(a.value), a.unit, b.unit), abs(b.value))
    except units.UnitMismatch:
        return False


def _may_be_money(quantity: Quantity) -> bool:
    """Whether a noun or code that nobody knows may name a currency: "6 billion zorkmids ($1bn)"."""
    unit = quantity.unit or ""
    if units.are_persons(unit) or not units.is_count(unit) or (quantity.value or 0) < 1000:
        return False
    return unit.isupper() or (quantity.noun is not None and " " not in quantity.noun)


def _is_close(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= max(a, b) * Decimal("0.1")


def _is_growth(governed: Governed, quantity: Quantity) -> bool:
    """ "Growth was 7.2%": the subject names a change and nothing else."""
    phrase = governed.phrase
    named = phrase is not None and (phrase.measure or "") == "growth"
    return named and governed.role == "level" and quantity.unit == "%"


def _set_kind(made: Slots, governed: Governed, quantity: Quantity, after: str) -> None:
    if _is_growth(governed, quantity):
        least = quantity.low if quantity.value is None else quantity.value
        made.kind, made.direction = "change", "down" if least is not None and least < 0 else "up"
    elif quantity.text == "+":
        made.direction, made.kind = "up", "change"
    elif governed.change and quantity.form not in ("rank", "score"):
        made.kind = "change"
    else:
        made.kind = kinds.kind_of(quantity, made, after)
