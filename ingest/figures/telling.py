"""Telling: what each quantity of a statement measures, whose it is, when, and how it moved."""

from __future__ import annotations

from decimal import Decimal

from ingest import units
from ingest.figures import claims, clauses, dating, kinds, measuring, quantities
from ingest.figures.clauses import Phrase
from ingest.figures.governing import Governed, Governing
from ingest.figures.measuring import Measuring
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement
from ingest.figures.topics import Context, Topic, settle


def tell(statement: Statement, context: Context) -> list[Slots]:
    """The slots of the statement's quantities, in their order; the topic moves along."""
    tags = clauses.tag(statement)
    teller = _Teller(statement, tags, context)
    told = [teller.slots(index) for index in range(len(statement.quantities))]
    teller.unsaid.share_listed(told)
    teller.respectively(told)
    teller.unsaid.share_denominators(told)
    teller.unsaid.share_growth(told)
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


class _Teller:
    """The rules, over one statement."""

    def __init__(self, statement: Statement, tags: str, context: Context) -> None:
        self.st, self.tags, self.context = statement, tags, context
        self.told: list[Slots] = []
        self.names = clauses.find_names(statement, tags)
        self.subject = self._sentence_subject()
        self.governing = Governing(statement, tags, self.told)
        self.measuring = Measuring(statement, tags, context, self.told, self.subject)
        self.unsaid = self.measuring.unsaid

    def _sentence_subject(self) -> Phrase | None:
        verb = next((i for i, t in enumerate(self.tags) if t in "VX" and i > 0), 0)
        return clauses.before(self.st, self.tags, verb) if verb else None

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
        self._entity(made, governed, index, quantity)
        made.direction, made.is_base = governed.direction, governed.base
        _set_kind(made, governed, quantity, self._after_word(quantity))
        self.unsaid.give(made, governed, index, quantity)
        return made

    def _after_word(self, quantity: Quantity) -> str:
        return self.st.low(quantity.after)

    def _entity(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        phrase = governed.phrase
        named = governed.owner or (phrase.entity if phrase is not None else None)
        if named:
            made.entity = named
            span = measuring.place(self.st, phrase) if phrase is not None else (q.start, q.end)
            made.found("entity", "clause", *span)
            return
        near = self._near_name(index, q)
        if near is not None:
            made.entity = near
            made.found("entity", "sentence", self.st.span.start, self.st.span.end)
            return
        self._inherit_entity(made)

    def _near_name(self, index: int, q: Quantity) -> str | None:
        """A name after "in" close to the quantity, the subject, or an earlier one's."""
        following = (
            self.st.quantities[index + 1].first if index + 1 < len(self.st.quantities) else 10**9
        )
        for at, name in self.names:
            if q.after <= at < following and not self._parts(q.after, at):
                return name
        if self.subject is not None and self.subject.entity:
            return self.subject.entity
        earlier = [name for at, name in self.names if at < q.first]
        if earlier:
            return earlier[-1]
        told = next((s.entity for s in reversed(self.told) if s.entity), None)
        return told

    def _parts(self, first: int, after: int) -> bool:
        return any(self.st.raw(k) == ";" for k in range(first, after))

    def _inherit_entity(self, made: Slots) -> None:
        for topic in (settle(self.context), self.context.heading):
            if topic.entity is not None:
                made.entity = topic.entity
                made.found("entity", topic.how, topic.start, topic.end)
                return
        if self.context.title_entity is not None:
            made.entity = self.context.title_entity
            made.found("entity", "title", 0, 0)

    def respectively(self, told: list[Slots]) -> None:
        """ "exports and imports rose 7.1% and 2.3%, respectively"."""
        if "respectively" not in self.st.words:
            return
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

    def move_topic(self, told: list[Slots]) -> None:
        """What the next sentence may point back to."""
        subject = self.subject
        measure = next(
            (s.measure for s in told if s.measure and s.measure not in measuring.OF_ONE), None
        )
        topic = self.context.topic
        entity, passing = self._whom(told, topic)
        if subject is not None and not subject.generic and subject.measure and not entity:
            entity, passing = subject.entity, False
        counted = [q.unit for q in self.st.quantities if q.unit and units.is_count(q.unit)]
        money = [q.unit for q in self.st.quantities if q.unit and units.is_money(q.unit)]
        told_in = [q.unit for q in self.st.quantities if q.unit and not units.is_duration(q.unit)]
        self.context.latest = told_in[-1] if told_in else self.context.latest
        final = next((q.unit for q in reversed(self.st.quantities) if q.unit), None)
        self.context.final = final or self.context.final
        self.context.topic = Topic(
            measure or topic.measure, entity or topic.entity,
            counted[-1] if counted else topic.unit, "paragraph",
            self.st.span.start, self.st.span.end, money[-1] if money else topic.money, passing,
        )  # fmt: skip

    def _whom(self, told: list[Slots], topic: Topic) -> tuple[str | None, bool]:
        """Whom the sentence is about, and whether only in passing."""
        about = {s.entity for s in told if s.entity}
        if not about:
            return None, topic.passing
        if self.subject is not None and self.subject.generic and not self.subject.entity:
            if topic.entity is not None and not topic.passing:
                return topic.entity, False
        subject = self.subject.entity if self.subject is not None else None
        told_of = next((s.entity for s in told if s.entity and _is_firm(s, subject)), None)
        if told_of is not None:
            return told_of, False
        if topic.entity is not None and not topic.passing:
            return topic.entity, False
        return next(s.entity for s in told if s.entity), True


def _is_firm(slots: Slots, subject: str | None) -> bool:
    """Whether whose a quantity is is told by its own clause or by the subject."""
    hows = (o.how for o in slots.origins if o.slot == "entity")
    return slots.entity == subject or next(hows, None) == "clause"


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
