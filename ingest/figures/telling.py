"""Telling: what each quantity of a statement measures, whose it is, when, and how it moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from ingest import data, numerals, units
from ingest.figures import claims, clauses, dating, lexicon, quantities
from ingest.figures.clauses import Phrase
from ingest.figures.figure import Direction, How, Kind
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement


@dataclass(slots=True)
class Topic:
    """What has been spoken of so far: for "this segment", "the figure", and silence.

    passing: the entity was only a place or an owner on the way, not whom a sentence was about
    """

    measure: str | None = None
    entity: str | None = None
    unit: str | None = None
    how: How = "paragraph"
    start: int = 0
    end: int = 0
    money: str | None = None
    passing: bool = False


@dataclass(slots=True)
class Context:
    """What stands above a statement.

    anchor: the period spoken of last, or the article's day of publication
    currency: the one that the article counts in
    latest: the unit told last, durations apart; final: durations too
    scale: unit and factor of the bare numbers of a list, by the line above it
    is_led: whether that line ends with a colon: the list goes on with what it told
    """

    topic: Topic = field(default_factory=Topic)
    heading: Topic = field(default_factory=Topic)
    title_entity: str | None = None
    anchor: str | None = None
    published: str | None = None
    heading_period: str | None = None
    recall: Callable[[], Topic | None] | None = None
    spoken_period: str | None = None
    spoken_start: int = 0
    spoken_end: int = 0
    heading_start: int = 0
    heading_end: int = 0
    currency: Callable[[], str | None] | None = None
    latest: str | None = None
    final: str | None = None
    scale: tuple[str | None, Decimal] | None = None
    in_list: bool = False
    is_led: bool = False


def settle(context: Context) -> Topic:
    """The topic, the sentence before read for it now if it was not."""
    if context.recall is not None:
        topic, old = context.recall(), context.topic
        context.recall = None
        if topic is not None:
            topic.measure, topic.entity = topic.measure or old.measure, topic.entity or old.entity
            topic.unit, topic.money = topic.unit or old.unit, old.money
            topic.passing = old.passing and topic.entity == old.entity
            context.topic = topic
    return context.topic


@dataclass(slots=True)
class Governed:
    """What governs a quantity: a phrase that names its measure, how it moves."""

    phrase: Phrase | None = None
    words: str | None = None
    role: str = ""
    direction: Direction | None = None
    change: bool = False
    base: bool = False
    owner: str | None = None
    at: int = -1


def tell(statement: Statement, context: Context) -> list[Slots]:
    """The slots of the statement's quantities, in their order; the topic moves along."""
    tags = clauses.tag(statement)
    teller = _Teller(statement, tags, context)
    told = [teller.slots(index) for index in range(len(statement.quantities))]
    teller.list_units(told)
    teller.share_denominators(told)
    teller.share_growth(told)
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

    def _sentence_subject(self) -> Phrase | None:
        verb = next((i for i, t in enumerate(self.tags) if t in "VX" and i > 0), 0)
        return clauses.before(self.st, self.tags, verb) if verb else None

    # -------------------------------------------------------------- one quantity

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
        if not (self._is_money(a) and self._is_money(b)) or a.unit == b.unit or b.value is None:
            return False
        tags, marks = self.tags[a.after : b.lead], (",", "(", "–", "—")
        dated = "T" in tags and set(tags) <= set("TPD,.") and self.st.raw(b.lead - 1) in marks
        ends = self.st.raw(b.after) in (",", ".", ")", "", ";")
        following = self.st.quantities[index + 1 : index + 2]
        listed = any(q.unit == a.unit or q.lead - b.after < 3 for q in following)
        return dated and ends and not listed

    def _told(self, index: int, quantity: Quantity) -> Slots:
        made = Slots()
        governed = self._govern(index, quantity)
        self._measure(made, governed, index, quantity)
        self._entity(made, governed, index, quantity)
        made.direction, made.is_base = governed.direction, governed.base
        _set_kind(made, governed, quantity, self._after_word(quantity))
        self._give_unit(made, governed, index, quantity)
        return made

    def _after_word(self, quantity: Quantity) -> str:
        return self.st.low(quantity.after)

    # -------------------------------------------------------------- what governs it

    def _govern(self, index: int, quantity: Quantity) -> Governed:
        for rule in (
            self._multiple,
            self._change_noun,
            self._comparative,
            self._preposition,
            self._verb,
            self._noun,
        ):
            found = rule(index, quantity)
            if found is not None:
                return found
        return Governed()

    def _multiple(self, index: int, quantity: Quantity) -> Governed | None:
        """ "has doubled", "tripled to", "halved its debt"."""
        if quantity.form != "multiple" or quantity.after != quantity.first + 1:
            return None
        if self.tags[quantity.lead - 1 : quantity.lead] == "V" and quantity.lead > 0:
            return None
        known = data.load("numbers")["multiples"].get(self.st.low(quantity.first))
        if known is None or not (known[1] or self.st.low(quantity.lead - 1) in ("to", "will")):
            return None
        way: Direction = "down" if known[0].startswith("0") else "up"
        subject = clauses.before(self.st, self.tags, quantity.lead)
        obj = clauses.after(self.st, self.tags, quantity.after)
        if obj is not None and obj.measure is not None and not obj.generic:
            owner = subject.entity if subject is not None else None
            return Governed(obj, None, "object", way, True, owner=owner, at=quantity.first)
        return Governed(subject, None, "verb", way, True, at=quantity.first)

    def _change_noun(self, index: int, quantity: Quantity) -> Governed | None:
        """ "a 7.1% rise in exports", "a 14.4% year-on-year increase"."""
        at = quantity.after
        if quantity.form == "age" or units.is_duration(quantity.unit or ""):
            return None
        for k in range(at, min(at + 6, len(self.tags))):
            if self.tags[k] not in "N-B" and not (self.tags[k] == "P" and self.st.low(k) == "on"):
                return None
            way = lexicon.change_nouns().get(self.st.low(k))
            if way is not None and self.tags[k + 1 : k + 2] != "N":
                return self._by_change_noun(at, k, way, index)
        return None

    def _by_change_noun(self, at: int, k: int, way: Direction, index: int) -> Governed:
        phrase = None
        if self.st.low(k + 1) in ("in", "of", "for", "on", "to"):
            phrase = clauses.after(self.st, self.tags, k + 2)
        words = _without_manner([self.st.low(j) for j in range(at, k)])
        if phrase is not None and phrase.measure is not None:
            return Governed(phrase, None, "noun", way, True, at=k)
        subject = self._main_subject(self.st.quantities[index].lead)
        if words:
            return Governed(subject, words, "noun", way, True, at=k)
        return Governed(
            subject, None, "noun", way, True, owner=phrase.entity if phrase else None, at=k
        )

    def _main_subject(self, before: int) -> Phrase | None:
        """The subject of the last verb before a token."""
        for k in range(before - 1, 0, -1):
            if self.tags[k] == "V":
                phrase = clauses.before(self.st, self.tags, k)
                if phrase is not None:
                    return phrase
                return None
            if self.tags[k] == "Q":
                return None
        return None

    def _comparative(self, index: int, quantity: Quantity) -> Governed | None:
        """ "22 percent higher", "60,000 fewer than", "5 percent more"."""
        k = quantity.after
        while self.tags[k : k + 1] == "B" and self.st.low(k) not in lexicon.comparatives():
            k += 1
        way = lexicon.comparatives().get(self.st.low(k))
        if self.st.low(k) in ("over", "under") and self.st.low(k + 1) in _PLANS:
            way = "up" if self.st.low(k) == "over" else "down"
        inside = self._inner_comparative(quantity)
        if inside is not None:
            return Governed(None, None, "comparative", inside, True, at=quantity.first)
        if way is None or quantity.form in ("rank", "score", "age") or self.st.low(k + 1) == "to":
            return None
        place = self.st.low(k) in ("above", "below", "up", "down")
        planned = self.st.low(k + 1) in _PLANS
        if place and _class_of(quantity) == "length" and not planned and self._is_depth(k):
            return None
        if quantity.form == "multiple" or (
            place and self.tags[k + 1 : k + 2] == "N" and not planned
        ):
            return None
        return Governed(self._main_subject(quantity.lead), None, "comparative", way, True, at=k)

    def _is_depth(self, k: int) -> bool:
        """ "40 km down", "310 metres below the surface": where something is."""
        following = self.st.low(k + 2) if self.st.low(k + 1) == "the" else self.st.low(k + 1)
        ends = self.tags[k + 1 : k + 2] in ("", ".", ",")
        return ends or following in ("surface", "ground", "sea", "seabed", "water", "waterline")

    def _inner_comparative(self, quantity: Quantity) -> Direction | None:
        """The "more" of "5,000 more jobs"."""
        if quantity.noun is None:
            return None
        inner = {self.st.low(k) for k in range(quantity.first, quantity.after)}
        return (
            "up"
            if inner & {"more", "additional", "extra"}
            else "down"
            if "fewer" in inner
            else None
        )

    def _preposition(self, index: int, quantity: Quantity) -> Governed | None:
        k = self._before_amount(quantity.lead) - 1
        while k >= 0 and (
            (self.tags[k] in "DB" and self.st.low(k) not in ("up", "down"))
            or (self.st.low(k) == "between" and quantity.low is not None)
        ):
            k -= 1
        word = self.st.low(k) if k >= 0 else ""
        numbered = (
            self.st.low(quantity.after) == "in" and self.st.low(quantity.after + 1) == "number"
        )
        if numbered and k > 0 and self.tags[k] == ",":
            return Governed(clauses.before(self.st, self.tags, k), None, "level", at=k)
        rules = {
            "by": self._by, "to": self._to, "from": self._from, "of": self._of, "at": self._at,
            "up": self._up, "down": self._up, "with": self._base, "against": self._base,
            "versus": self._base, "vs": self._base, "than": self._base, "for": self._for,
            "as": self._at, "in": self._in, "over": self._in, "on": self._in,
        }  # fmt: skip
        rule = rules.get(word)
        return rule(k, index, quantity) if rule is not None else None

    def _before_amount(self, lead: int) -> int:
        """Past the "an average of" of "rose by an average of 4.8%"."""
        named = self.st.low(lead - 1) == "of" and self.st.low(lead - 2) in lexicon.words(
            "cues", "amounts"
        )
        return lead - 3 if named and self.st.low(lead - 3) in ("a", "an") else lead

    def _by(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        return self._moved(k, index, quantity, change=True)

    def _to(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        return self._moved(k, index, quantity, change=False)

    def _moved(self, k: int, index: int, quantity: Quantity, *, change: bool) -> Governed | None:
        """The verb or noun of change left of "by" or "to", its subject or its object."""
        gapped = self._gapped(k, index)
        if gapped is not None:
            told = self.told[index - 1]
            return Governed(gapped, None, "verb", told.direction, change, at=-1)
        for j in range(k - 1, max(-1, k - 16), -1):
            low = self.st.low(j)
            verb = lexicon.verbs().get(low) if self.tags[j] in "VQ" else None
            multiple = low in data.load("numbers")["multiples"]
            if (self.tags[j] == "V" and verb is not None) or multiple:
                way = verb.direction if verb else None
                return self._with_verb(j, k, way, change and way is not None)
            noun = lexicon.change_nouns().get(low) if self.tags[j] == "N" else None
            if noun is not None and j > 0 and self.tags[j - 1] in "NO" and self.tags[j + 1] in "ND":
                return self._with_verb(j, k, noun, change)
            if noun is not None:
                return self._with_noun(j, k, noun, change)
            if self.tags[j] in ".R" or low in ("while", "but", "whereas"):
                break
            if low in ("up", "down") and j > 0 and self.tags[j - 1] == "V":
                return self._with_verb(j - 1, j, "up" if low == "up" else "down", change)
            if low in ("up", "down"):
                return Governed(
                    self._np_before(j), None, "prep", "up" if low == "up" else "down", change
                )
        return None

    def _gapped(self, k: int, index: int) -> Phrase | None:
        """The "profit" of "sales should rise by 3%, and profit by 6%": the verb is left out."""
        if index == 0 or self.told[index - 1].direction is None or self.tags[k - 1] != "N":
            return None
        after = self.st.quantities[index - 1].after
        joined = after + (self.tags[after : after + 1] == ",")
        if self.st.low(joined) != "and" or "V" in self.tags[joined:k] or "T" in self.tags[after:k]:
            return None
        phrase = clauses.before(self.st, self.tags, k)
        whole = phrase is not None and phrase.first > joined and not phrase.generic
        return phrase if whole and phrase is not None and phrase.measure else None

    def _with_verb(self, j: int, k: int, way: Direction | None, change: bool) -> Governed:
        """The subject of the verb at j, or its object where one stands before tokens[k]."""
        subject = clauses.before(self.st, self.tags, j)
        obj = clauses.after(self.st, self.tags, j + 1) if j + 1 < k else None
        direction = way or self._up_down(j, k)
        if obj is not None and obj.measure is not None and obj.after <= k and not obj.generic:
            owner = subject.entity if subject is not None else None
            return Governed(obj, None, "object", direction, change, owner=owner, at=j)
        return Governed(
            subject, None, "verb", direction, change or (bool(direction) and change), at=j
        )

    def _up_down(self, j: int, k: int) -> Direction | None:
        for i in range(j + 1, k):
            if self.st.low(i) in ("up", "down"):
                return "up" if self.st.low(i) == "up" else "down"
        return None

    def _with_noun(self, j: int, k: int, way: Direction, change: bool) -> Governed:
        phrase = (
            clauses.after(self.st, self.tags, j + 2) if self.st.low(j + 1) in ("in", "of") else None
        )
        if phrase is None:
            phrase = self._np_before(j)
        return Governed(phrase, None, "noun", way, change, at=j)

    def _np_before(self, end: int) -> Phrase | None:
        if end > 0 and self.tags[end - 1] in "QT":
            return None
        return clauses.before(self.st, self.tags, end)

    def _from(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        """The end that something moved from; "$3bn from oil" is none."""
        moved = any(
            self.st.low(j) in lexicon.moving()
            or self.st.low(j) in data.load("numbers")["multiples"]
            for j in range(max(0, k - 14), k)
        )
        if not moved:
            return self._by_verb(k - 1, quantity) if self.tags[k - 1 : k] == "V" and k else None
        if index > 0 and self.told[index - 1].measure is not None:
            return Governed(None, None, "base", None, False, True)
        found = self._moved(k, index, quantity, change=False) or Governed()
        found.direction, found.base = None, True
        return found

    def _base(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        """ "compared with 7.1% a year earlier"."""
        compared = (
            self.st.low(k) in ("against", "versus", "vs", "than")
            or self.st.low(k - 1) == "compared"
        )
        if not compared or index == 0:
            return None
        return Governed(None, None, "base", None, False, True)

    def _of(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        phrase = clauses.before(self.st, self.tags, k)
        head = self.st.low(k - 1)
        way = lexicon.change_nouns().get(head)
        if way is None or (head in ("loss", "losses") and self._is_money(quantity)):
            return (
                Governed(phrase, None, "of", at=k)
                if phrase is not None and phrase.measure
                else None
            )
        after = None
        if self.st.low(quantity.after) in ("in", "for", "on"):
            after = clauses.after(self.st, self.tags, quantity.after + 1)
        if after is not None and after.measure is not None:
            return Governed(after, None, "noun", way, True, at=k)
        words = _before_head(phrase, head)
        if words:
            return Governed(phrase, words, "noun", way, True, at=k)
        subject = self._main_subject(k) or phrase
        return Governed(subject, None, "noun", way, True, at=k)

    def _at(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        particle = (
            self.st.low(k - 1) in ("in", "out", "up", "down") and self.tags[k - 2 : k - 1] == "V"
        )
        if k > 0 and (self.tags[k - 1] in "VXB" or particle):
            j = k - 1
            while j > 0 and self.tags[j] in "BP":
                j -= 1
            return self._by_verb(j, quantity)
        phrase = self._np_before(k)
        return Governed(phrase, None, "at", at=k) if phrase is not None else None

    def _for(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        """ "accounted for 38%", "bought for $4,000"."""
        if self._is_money(quantity):
            j = next((j for j in range(k - 1, max(-1, k - 8), -1) if self.tags[j] in "VX.;"), -1)
            verb = lexicon.verbs().get(self.st.low(j)) if j >= 0 else None
            if verb is not None and verb.lemma in lexicon.words("cues", "priced"):
                subject = clauses.before(self.st, self.tags, j)
                return Governed(subject, self._price(index, j, k), "noun", at=j)
        return (
            self._at(k, index, quantity)
            if k > 0 and self.st.low(k - 1).startswith("account")
            else None
        )

    def _price(self, index: int, verb: int, k: int) -> str:
        """The price of what was sold: "sold its rights for $2.45 billion"."""
        counted = (q.noun for q in self.st.quantities[:index] if q.noun and q.first > verb)
        sold = clauses.after(self.st, self.tags, verb + 1) if self.tags[verb + 1] in "ND" else None
        noun = next(counted, sold.measure if sold is not None else None)
        return f"{noun} price" if noun else "price"

    def _in(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        return Governed() if units.is_duration(quantity.unit or "") else None

    def _up(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        if self.st.low(k - 1) in ("make", "makes", "made", "making") and k > 0:
            return self._by_verb(k - 1, quantity)
        way: Direction = "up" if self.st.low(k) == "up" else "down"
        j = k - 1
        while j > 0 and self.tags[j] in "B,":
            j -= 1
        if self.tags[j : j + 1] in ("X", "V"):
            return Governed(clauses.before(self.st, self.tags, j), None, "verb", way, True, at=j)
        most = self._most_moved(j)
        if most is not None:
            return Governed(most, None, "at", way, True, at=k)
        if index > 0:
            between = self.tags[self.st.quantities[index - 1].after : k]
            if "V" not in between and "C" not in between and ";" not in self._between(index, k):
                return Governed(None, None, "again", way, True, at=k)
        return Governed(self._np_before(k), None, "at", way, True, at=k)

    def _most_moved(self, end: int) -> Phrase | None:
        """The "fraud" of "the sharpest increase was in fraud, up 31%"."""
        at = next((k for k in range(end, max(0, end - 8), -1) if self.st.low(k) == "in"), 0)
        if not (at > 1 and self.tags[at - 1] == "X"):
            return None
        subject = clauses.before(self.st, self.tags, at - 1)
        head = clauses.head(subject.measure) if subject and subject.measure else ""
        return clauses.after(self.st, self.tags, at + 1) if head in lexicon.change_nouns() else None

    def _between(self, index: int, k: int) -> list[str]:
        return [self.st.raw(i) for i in range(self.st.quantities[index - 1].after, k)]

    def _verb(self, index: int, quantity: Quantity) -> Governed | None:
        k = self._before_amount(quantity.lead) - 1
        if self.tags[max(0, k - 1) : k + 1] == "DN" or self.st.low(k) == "between":
            k -= 1
        while k > 0 and self.tags[k] in "DB":
            k -= 1
        k -= self.st.low(k) in ("in", "out", "up") and self.tags[k - 1 : k] == "V"
        if k < 0 or self.tags[k] not in "VX":
            return None
        return self._by_verb(k, quantity)

    def _by_verb(self, k: int, quantity: Quantity) -> Governed:
        """The verb at k has the quantity as its complement."""
        verb = lexicon.verbs().get(self.st.low(k))
        subject = self._subject_at(k, quantity)
        role = verb.role if verb is not None and self.tags[k] == "V" else "level"
        passive = self.tags[max(0, k - 1) : k] == "X" and self.st.low(k + 1) == "at"
        if passive and role in ("other", "have"):
            role = "level"
        takes = quantity.noun is not None or not self._is_ratio(quantity)
        if verb is not None and takes and verb.lemma in lexicon.words("cues", "takers"):
            has = verb.direction is None or verb.lemma in ("raise", "build", "lift")
            role = "have" if has or (verb.lemma == "lose" and self._is_money(quantity)) else "moved"
        if role == "change":
            assert verb is not None
            return Governed(subject, None, "verb", verb.direction, True, at=k)
        if role == "moved":
            assert verb is not None
            return Governed(subject, None, "have", verb.direction, True, at=k)
        return Governed(subject, None, role, at=k)

    def _is_money(self, quantity: Quantity) -> bool:
        return units.is_money(quantity.unit or "")

    def _is_ratio(self, quantity: Quantity) -> bool:
        return quantity.unit in (None, "%", "pp", "1", "‰")

    def _subject_at(self, k: int, quantity: Quantity) -> Phrase | None:
        """The subject of the verb at k; of an opening participle, the subject after the comma."""
        if k == 0 or all(t in "BDP" for t in self.tags[:k]):
            comma = self.tags.find(",", quantity.after)
            return clauses.after(self.st, self.tags, comma + 1) if comma > 0 else None
        return clauses.before(self.st, self.tags, k)

    def _noun(self, index: int, quantity: Quantity) -> Governed | None:
        """ "imports 2.3%", "Revenue: $3bn", "Uganda's 16.2"."""
        k = quantity.lead - 1
        worth = self.st.low(k) == "worth"
        while k > 0 and (
            self.st.raw(k) in (":", "(", "–", "—")
            or self.tags[k] == "B"
            or (worth and self.tags[k] == ",")
        ):
            k -= 1
        if self.tags[k - 1 : k + 1] == "N," and quantity.unit is None and k == quantity.lead - 1:
            if self.st.raw(quantity.after) == "," and not self._is_age(quantity):
                phrase = clauses.before(self.st, self.tags, k)
                return Governed(phrase, None, "gap", at=k) if phrase is not None else None
        if k >= 0 and self.tags[k] == "O" and self._giving(k, quantity) is not None:
            return self._by_verb(k - 1, quantity)
        if k < 0 or self.tags[k] not in "NT":
            return None
        if self.tags[k] == "T" and k == quantity.lead - 1:
            return None
        giving = self._giving(k, quantity)
        if giving is not None:
            given = self._by_verb(giving, quantity)
            taker = clauses.before(self.st, self.tags, k + 1)
            given.owner = taker.entity if taker is not None else None
            return given
        low = self.st.low(k)
        present = low in lexicon.verbs() and self.tags[k - 1 : k] in ("N", "O", "T") and k > 0
        if k == quantity.lead - 1 and (present or low.endswith("ed")):
            return self._by_verb(k, quantity)
        phrase = clauses.before(self.st, self.tags, k + 1)
        if self.tags[k - 1 : k + 1] == "PN" and k == quantity.lead - 1 and quantity.unit is None:
            phrase = clauses.parse(self.st, self.tags, k, k + 1)
        return Governed(phrase, None, "gap", at=k) if phrase is not None else None

    def _giving(self, k: int, q: Quantity) -> int | None:
        """The verb of "would cost German makers $3bn", "earned him $20m"."""
        if not self._is_money(q) or k != q.lead - 1:
            return None
        while k > 0 and self.tags[k] in "NDO" and q.lead - k < 6:
            k -= 1
        verb = lexicon.verbs().get(self.st.low(k)) if self.tags[k] == "V" else None
        given = verb is not None and verb.lemma in lexicon.words("cues", "ditransitive")
        return k if given else None

    # -------------------------------------------------------------- measure

    def _measure(self, made: Slots, governed: Governed, index: int, quantity: Quantity) -> None:
        rules = [
            self._worded, self._natural, self._lost, self._counted, self._contained, self._parted,
            self._phrased, self._attributed, self._meant,
        ]  # fmt: skip
        if quantity.attributive or self._names_money(quantity):
            rules.insert(1, self._attributed)
        for rule in rules:
            found = rule(governed, index, quantity)
            said = _tidy(found[0]) if found is not None else ""
            counted = rule == self._counted
            if found is not None and said and (counted or _may_measure(said)):
                made.measure = said
                made.found("measure", "clause", found[1], found[2])
                return
        self._inherit(made, governed, index, quantity)

    def _names_money(self, q: Quantity) -> bool:
        """ "pays a $1.5k deposit": the amount stands in the phrase of what it is."""
        led = self.tags[q.lead - 1 : q.lead] == "D" and q.noun is None and q.lead > 0
        return led and self._is_money(q) and self.tags[q.after : q.after + 1] == "N"

    def _place(self, phrase: Phrase) -> tuple[int, int]:
        return self.st.tokens[phrase.first].start, self.st.tokens[phrase.after - 1].end

    def _worded(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        if governed.words is None:
            return None
        return governed.words, self.st.span.start, self.st.span.end

    def _natural(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """The dimension that a verb or adjective names: "weighs 38 kg", "12 m high", "costs $5"."""
        said, at = self._nature(governed, q)
        if q.form == "age" and not q.attributive:
            return "age", q.start, q.end
        if not said:
            return None
        roles = ("level", "have", "other", "verb", "comparative")
        phrase = governed.phrase if governed.role in roles else None
        whose = phrase.measure if phrase is not None and not phrase.generic else None
        if whose is not None and whose.split()[-1] == said:
            said = whose
        elif whose is not None and len(whose.split()) <= 4:
            said = f"{whose} {said}"
        token = self.st.tokens[at]
        return said, token.start, token.end

    def _nature(self, governed: Governed, q: Quantity) -> tuple[str, int]:
        """The noun of a dimension and the token that tells it; "" where nothing does."""
        table = data.load("natures")
        physical = units.is_physical(q.unit or "")
        again = governed.phrase is None and any(
            p.unit == q.unit for p in self.st.quantities if p.first < q.first
        )
        if _is_plain_subject(governed) and not again:
            named = table["by_unit"].get(q.unit or "") or _nature_of_quotient(q.unit or "")
            if named:
                return named, max(governed.at, q.first)
        kind = "adjectives" if governed.role != "comparative" else "comparatives"
        after = table[kind].get(self.st.low(q.after), "")
        share = table["shares"].get(self.st.low(q.after), "")
        if share and (q.unit == "%" or q.form == "fraction"):
            return share, q.after
        if after == "depth" and _class_of(q) != "length":
            after = ""
        if after and (physical or kind == "comparatives"):
            return after, q.after
        stuff = table["stuff"].get(self.st.low(q.after + 1), "")
        if stuff and physical and self.st.low(q.after) == "of":
            return stuff, q.after + 1
        moved = governed.change and governed.role != "have"
        if governed.at < 0 or moved or governed.role in _OF_OTHERS:
            return "", -1
        verb = lexicon.verbs().get(self.st.low(governed.at))
        lemma = verb.lemma if verb is not None else ""
        if physical and lemma in _TAKING and self.st.low(governed.at - 1) in ("can", "could"):
            return "capacity", governed.at
        return table["verbs"].get(_class_of(q), {}).get(lemma, ""), governed.at

    def _counted(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """What is counted, with what was done to it; a measuring subject comes first."""
        if q.noun is None or q.attributive:
            return None
        if q.unit == "point" and self._is_of_percent(governed, index, q):
            return None
        phrase = governed.phrase
        if governed.role in ("level", "verb", "of", "at", "noun", "gap") and _is_measuring(
            phrase, q
        ):
            return None
        if governed.role == "object" and phrase is not None and phrase.measure:
            return None
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        follower = lexicon.verbs().get(self.st.low(q.after))
        if q.unit == "person" and follower is not None and follower.role == "have":
            verb = follower
        said = q.noun
        if _is_population(said, verb, governed.phrase):
            said = "population"
        if verb is not None and verb.noun and verb.role == "have":
            lemma = verb.lemma in ("sell", "buy", "ship", "deliver", "export", "import", "produce")
            said = f"{q.noun} {_past(verb.lemma)}" if lemma else verb.noun
        at = self.st.tokens[q.noun_at]
        return said, at.start, q.end

    def _lost(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "600 have died", "400,000 have waited": what those that are counted did."""
        k = self._fate(q)
        fate = _FATES.get(self.st.low(q.after)) if q.unit in (None, "person") else None
        if fate is not None and q.noun is None:
            return fate, q.start, self.st.tokens[q.after].end
        if k is None and self._counts_people(q):
            k = self._verb_after(q)
            done = self.st.tokens[k]
            return f"people {done.low}", done.start, done.end
        if k is None:
            return None
        token = self.st.tokens[k]
        return lexicon.verbs()[token.low].noun, token.start, token.end

    def _fate(self, q: Quantity) -> int | None:
        """The verb right after a bare number of people that tells what befell them."""
        people = q.noun is None and q.form in ("plain", "fraction") and q.unit in (None, "person")
        k = q.after
        while self.tags[k : k + 1] in ("X", "B"):
            k += 1
        verb = lexicon.verbs().get(self.st.low(k)) if self.tags[k : k + 1] == "V" else None
        return k if people and verb is not None and verb.noun in _BEFALLEN else None

    def _parted(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "Of the wheat, 71% was good", "One fan in four": a share of what stands before."""
        if q.noun is not None and q.form == "odds":
            return f"share of {q.noun}", q.start, q.end
        if not (self._is_ratio(q) and self.st.low(0) == "of") or governed.change or index:
            return None
        phrase = clauses.after(self.st, self.tags, 1)
        if phrase is None or phrase.measure is None or self.tags[q.lead - 1 : q.lead] != ",":
            return None
        said = phrase.measure
        return said if q.unit in (None, "1") else f"share of {said}", *self._place(phrase)

    def _meant(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "set aside $3bn for bonuses": what money is for, where nothing names it."""
        money = self._is_money(q) or (
            q.unit is None and any(self._is_money(p) for p in self.st.quantities[:index])
        )
        if not money or self.st.low(q.after) != "for" or governed.change:
            return None
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        if phrase is None or phrase.measure is None or phrase.entity is not None:
            return None
        return phrase.measure, *self._place(phrase)

    def _contained(
        self, governed: Governed, index: int, q: Quantity
    ) -> tuple[str, int, int] | None:
        """ "$1.1 billion in revenue", "25 GW of solar capacity", "38% of exports"."""
        if self.st.low(q.after) == "in" and self.st.low(q.after + 1) == "number":
            return None
        lasting = units.is_duration(q.unit or "") and self.st.low(q.after) == "of"
        usual = self.st.low(q.after) == "of" and self.st.low(q.after + 1) in _PLANS
        if governed.role in ("level", "verb") and (lasting or usual):
            return None
        if self.st.low(q.after) not in ("of", "in", "worth") or governed.role in (
            "verb",
            "noun",
            "again",
        ):
            return None
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        if phrase is not None and phrase.measure is None and phrase.entity:
            people = quantities.is_plural(phrase.entity.lower()) and self.st.low(q.after) == "of"
            part = q.unit == "%" or q.form in ("fraction", "odds")
            said = f"share of {phrase.entity.lower()}"
            return (said, *self._place(phrase)) if people and part else None
        if phrase is None or phrase.measure is None:
            return None
        if self.st.low(q.after) == "in" and not (
            governed.role == "have" or clauses.is_measure(self.st.low(phrase.after - 1))
        ):  # fmt: skip
            return None
        if governed.role == "have" and governed.change:
            return phrase.measure, *self._place(phrase)
        share = q.unit == "%" or q.form in ("fraction", "odds")
        if share and governed.role in ("of", "at", "level") and _names_share(governed.phrase):
            return None
        said = f"share of {phrase.measure}" if share else phrase.measure
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        if verb is not None and verb.role == "have" and verb.noun and not share:
            said = f"{phrase.measure} {verb.noun}"
        return said, *self._place(phrase)

    def _phrased(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        phrase = governed.phrase
        if phrase is None or phrase.generic or phrase.measure is None or governed.role == "other":
            return None
        if governed.role == "have":
            return self._had(governed, q)
        return phrase.measure, *self._place(phrase)

    def _had(self, governed: Governed, q: Quantity) -> tuple[str, int, int] | None:
        verb = lexicon.verbs().get(self.st.low(governed.at))
        if verb is None or not verb.noun:
            return None
        at = self.st.tokens[governed.at]
        return verb.noun, at.start, at.end

    def _attributed(
        self, governed: Governed, index: int, q: Quantity
    ) -> tuple[str, int, int] | None:
        """ "a 144-hour visa-free transit programme", "a $3bn plan"."""
        if governed.change:
            return None
        if self.tags[q.after : q.after + 1] == "N" and (
            q.attributive or self.tags[q.lead - 1 : q.lead] == "D"
        ):
            phrase = clauses.after(self.st, self.tags, q.after)
            if phrase is not None and phrase.measure:
                return phrase.measure, *self._place(phrase)
        return self._had(governed, q) if governed.role == "have" else None

    def _inherit(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """From the quantity before in the sentence, else from what was spoken of."""
        if q.form == "age" or (q.unit == "year" and self._is_age(q)):
            made.measure = "age"
            made.found("measure", "clause", q.start, q.end)
            return
        if q.form in ("rank", "score"):
            made.measure = q.form
            made.found("measure", "clause", q.start, q.end)
            return
        following = self._following(q)
        if following is not None:
            made.measure = following.measure
            made.found("measure", "clause", *self._place(following))
            return
        if units.is_duration(q.unit or "") and not self._continues(index, q):
            made.measure = _LENGTH
            made.found("measure", "clause", q.start, q.end)
            return
        previous = next(
            (s for s in reversed(self.told) if s.measure not in _UNSHARED and _fits(s, q)),
            None,
        )
        if previous is not None:
            made.measure = previous.measure
            origin = next((o for o in previous.origins if o.slot == "measure"), None)
            made.found(
                "measure", "sentence", origin.start if origin else 0, origin.end if origin else 0
            )
            return
        subject = self.subject
        acts = governed.role in ("other", "have")
        if subject is None or (acts and not _is_measuring(subject, q)):
            pass
        elif subject.measure and not subject.generic and governed.role:
            made.measure = subject.measure
            made.found("measure", "sentence", *self._place(subject))
            return
        lead = self._lead(q)
        if lead is not None:
            made.measure = lead.measure
            made.found("measure", "clause", *self._place(lead))
            return
        self._from_topic(made, governed, q)

    def _from_topic(self, made: Slots, governed: Governed, q: Quantity) -> None:
        """The measure of what was spoken of, or of the heading."""
        for topic in (settle(self.context), self.context.heading):
            if topic.measure is not None and _fits(topic, q):
                made.measure = topic.measure
                made.found("measure", topic.how, topic.start, topic.end)
                return
        self._last_resort(made, governed)

    def _lead(self, q: Quantity) -> Phrase | None:
        """The "cases" of "Cases by town: Halvern 132, Stowbridge 67"."""
        colon = next((k for k in range(1, q.lead) if self.st.raw(k) == ":"), 0)
        if not 1 < colon < 12 or "Q" in self.tags[:colon] or "V" in self.tags[:colon]:
            return None
        phrase = clauses.after(self.st, self.tags, 0)
        if phrase is None or phrase.measure is None or phrase.generic:
            return None
        return phrase if self.st.low(phrase.after) in ("by", "in", "per", ",") else None

    def _last_resort(self, made: Slots, governed: Governed) -> None:
        """What points back to nothing names itself ("the economy shrank"), or a verb does."""
        phrase = governed.phrase
        if (
            phrase is not None
            and phrase.generic
            and phrase.measure
            and _may_measure(phrase.measure)
        ):
            made.measure = phrase.measure
            made.found("measure", "clause", *self._place(phrase))

    def _continues(self, index: int, q: Quantity) -> bool:
        """ "87 years for women and 81 years for men": the same of another."""
        if index == 0 or self.told[index - 1].measure in (None, _LENGTH):
            return False
        last = self.st.quantities[index - 1]
        between = self.tags[last.after : q.lead]
        same = last.unit == q.unit and last.noun is None
        return same and "V" not in between and "X" not in between and len(between) < 6

    def _following(self, q: Quantity) -> Phrase | None:
        """ "One in five households"."""
        if q.form not in ("odds", "fraction") or self.tags[q.after : q.after + 1] != "N":
            return None
        phrase = clauses.after(self.st, self.tags, q.after)
        return phrase if phrase is not None and phrase.measure else None

    # -------------------------------------------------------------- entity

    def _entity(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        phrase = governed.phrase
        named = governed.owner or (phrase.entity if phrase is not None else None)
        if named:
            made.entity = named
            span = self._place(phrase) if phrase is not None else (q.start, q.end)
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

    # -------------------------------------------------------------- units left unsaid

    def _give_unit(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """A bare number takes its unit from what it measures or from the one before it."""
        if q.unit == "point" and self._is_of_percent(governed, index, q):
            q.unit, made.kind = "pp", "change" if governed.change else made.kind
        if q.unit is not None:
            return
        if self.context.in_list and self.context.scale is not None and self._is_scalable(q):
            unit, factor = self.context.scale
            q.unit = unit
            if q.value is not None:
                q.value, q.place = q.value * factor, q.place * factor
            made.found("unit", "heading", self.context.heading_start, self.context.heading_end)
            if q.unit is not None:
                return
        q.unit = self._elliptic(made, governed, index, q)
        if q.unit is not None and q.noun is None:
            made.found("unit", "sentence", self.st.span.start, self.st.span.end)
        if q.unit is not None and made.kind in (None, "level"):
            made.kind = _kind_of(q, made, "")

    def _is_scalable(self, q: Quantity) -> bool:
        return q.form == "plain" and q.low is None and not self._is_scaled(q)

    def _is_of_percent(self, governed: Governed, index: int, q: Quantity) -> bool:
        """Whether points are of percent: a percentage is told, and no index that moved by them."""
        if governed.phrase is not None and "error" in (governed.phrase.measure or ""):
            return True
        following = self.st.quantities[index + 1 : index + 2]
        again = any(
            p.unit == "%" and self.st.between(q, p) in ([",", "or"], ["or"], ["("])
            for p in following
        )
        if again or (q.value is not None and abs(q.value) > 100):
            return False
        percents = any(p.unit in ("%", "pp") for p in self.st.quantities)
        return percents and (governed.change or q.comparator == "±")

    def _elliptic(self, made: Slots, governed: Governed, index: int, q: Quantity) -> str | None:
        last = self._told_before(index, q)
        if self._is_age(q):
            made.measure = "age"
            return "year"
        if governed.base or governed.role == "again":
            return last.unit if last is not None else None
        clear = any(o.slot == "measure" and o.how == "clause" for o in made.origins)
        counted = self._counted_in(made.measure, q, last)
        if not clear and last is not None and counted in _BEFALLEN_EACH:
            counted = last.unit if last.unit == "person" else counted
        if counted is not None:
            rate = last.unit if last is not None and last.noun is not None else None
            return rate if rate is not None and rate.startswith(f"{counted}/") else counted
        if last is None:
            return self._unsaid(governed, made.measure, q)
        fits = last.unit not in ("%", "pp") or (q.value is not None and q.value < 1000)
        if governed.role == "gap" or self._follows_number(q):
            return last.unit
        return last.unit if fits and not _in_years(last) else None

    def _told_before(self, index: int, q: Quantity) -> Quantity | None:
        """The quantity of the sentence whose unit a bare number may share."""
        previous = [
            p for p in self.st.quantities[:index]
            if p.unit not in (None, "1", "rank") and self.st.low(p.after) not in _AGO
        ]  # fmt: skip
        if q.value is not None and q.value >= 1000:
            previous = [p for p in previous if p.unit not in ("%", "pp")]
        if not previous or self._is_beside(index, previous[-1], q):
            return previous[-1] if previous else None
        lasting = (p for p in reversed(previous) if not units.is_duration(p.unit or ""))
        return next(lasting, previous[-1])

    def _counted_in(self, measure: str | None, q: Quantity, last: Quantity | None) -> str | None:
        """What a bare number counts, by the verb that follows it or by its measure."""
        if self._fate(q) is not None or (q.noun is None and self.st.low(q.after) in _FATES):
            return "person"
        if self._counts_people(q):
            things = last is not None and units.is_count(last.unit or "")
            return last.unit if last is not None and things else "person"
        return _counted_unit(measure, q)

    def _unsaid(self, governed: Governed, measure: str | None, q: Quantity) -> str | None:
        """The unit of a number in whose sentence none is told before it."""
        if self._is_paid(q) or self._is_of_money(measure, q):
            return self._currency()
        if self._is_of_mass(measure, q):
            return self.context.latest
        if self._points_back(governed, measure, q):
            return self.context.final
        named = self._by_words(governed, q)
        if named is not None:
            return named
        level = q.value is not None and governed.role in ("have", "level")
        if governed.role == "gap" or self._follows_number(q) or level:
            return self.context.topic.unit
        return None

    def _is_beside(self, index: int, last: Quantity, q: Quantity) -> bool:
        """ "in 48.37 seconds, 0.21 off the record": to as many places, right behind a comma."""
        listed = self.st.quantities[index - 1] is last and self.st.between(last, q) == [","]
        return listed and last.place == q.place != 1

    def _verb_after(self, q: Quantity) -> int:
        k = q.after
        while self.tags[k : k + 1] in ("X", "B"):
            k += 1
        return k

    def _counts_people(self, q: Quantity) -> bool:
        """ "some 2,900 will retire": nobody else does what the verb says."""
        k = self._verb_after(q)
        whole = q.noun is None and q.form == "plain" and q.value is not None and q.place >= 1
        whole = whole and q.unit in (None, "person")
        return whole and self.st.low(k) in lexicon.words("cues", "people_verbs")

    def _by_words(self, governed: Governed, q: Quantity) -> str | None:
        """ "96 of us", "voted by 9 to 4", "the Greens took 14.2" after percentages, list items."""
        if self.st.low(q.after) == "of" and self.st.low(q.after + 1) == "us":
            return "person"
        before = self.st.low(q.lead - 1)
        if (
            before in ("by", "to")
            and not _VOTES.isdisjoint(self.st.words)
            and not self._is_scaled(q)
        ):
            return "vote"
        small = q.value is not None and q.place < 1 and 0 < q.value < 100
        if self.context.final == "%" and small and governed.role in ("have", "level", "other"):
            return "%"
        latest = self.context.latest or ""
        listed = self.context.in_list and governed.role == "gap" and "%" not in latest
        told = units.is_physical(latest) or units.is_money(latest.partition("/")[0])
        return latest if listed and told and self.context.is_led else None

    def _currency(self) -> str | None:
        """What the article counts in, as it was told last or is told at all."""
        if self.context.topic.money is not None or self.context.currency is None:
            return self.context.topic.money
        return self.context.currency()

    def _is_of_money(self, measure: str | None, q: Quantity) -> bool:
        """ "a deficit of 13.4 billion": what is measured in money, where nothing else is told."""
        if measure is None or q.form != "plain" or not self._is_scaled(q):
            return False
        head = units.singular(clauses.head(measure))
        if head in lexicon.words("cues", "of_money"):
            return True
        latest = self.context.latest
        return head in lexicon.words("cues", "of_money_or_mass") and (
            latest is None or latest in ("%", "pp", "1") or units.is_money(latest)
        )

    def _is_of_mass(self, measure: str | None, q: Quantity) -> bool:
        """ "imports rose to 3.1 million", where exports were told in tonnes."""
        latest = self.context.latest or ""
        mass = units.is_physical(latest) and "/" not in latest
        head = units.singular(clauses.head(measure)) if measure and self._is_scaled(q) else ""
        return mass and head in lexicon.words("cues", "of_money_or_mass")

    def _points_back(self, governed: Governed, measure: str | None, q: Quantity) -> bool:
        """ "In Germany it is 40", "the target was 305 million", "42 of them": as told before."""
        if self.st.low(q.after) == "of" and self.st.low(q.after + 1) in ("them", "these", "those"):
            return True
        final = self.context.final or ""
        subject = self.st.low(governed.at - 1)
        if governed.role != "level" or final in ("%", "pp") or ("/" in final and subject != "it"):
            return False
        head = clauses.head(measure) if measure else ""
        measured = units.is_physical(final) or units.is_money(final) or self._is_scaled(q)
        return subject == "it" or (measured and head in _AIMS)

    def _is_scaled(self, q: Quantity) -> bool:
        scales, loose = numerals.words().scales, numerals.words().loose
        inside = range(q.first, q.after)
        return any(self.st.low(k) in scales or self.st.raw(k) in loose for k in inside)

    def _is_paid(self, q: Quantity) -> bool:
        """ "4.1 billion was invested", "the party spent 52 million": money, of which it is told."""
        if not self._is_scaled(q):
            return False
        near = [lexicon.verbs().get(self.st.low(k)) for k in range(q.lead - 2, q.after + 3)]
        return any(v is not None and v.lemma in lexicon.words("cues", "paying") for v in near)

    def _follows_number(self, q: Quantity) -> bool:
        return self.st.low(q.lead - 1) in (
            "of",
            "whom",
            "to",
            "and",
            ",",
            "has",
            "had",
            "was",
            "is",
            "were",
            "are",
        )

    def _is_age(self, q: Quantity) -> bool:
        """ "under 15", "aged 20 to 40", "the pension age to 64"."""
        top = q.value if q.value is not None else q.high
        if top is None or top > 120:
            return False
        if q.noun is None and self.st.low(q.first - 1) == "of" and self._is_one_person(q.first - 2):
            return True
        if self.st.low(q.first - 1) == "at" and self.st.raw(q.after) == ",":
            return self.st.low(q.after + 1) in ("he", "she") and q.noun is None
        if q.noun is None and self._tells_age(q):
            return True
        near = {
            self.st.low(k) for k in range(max(0, q.first - 7), min(q.after + 3, len(self.tags)))
        }
        if (
            q.first > 1
            and self.tags[q.first - 1] == ","
            and self.st.raw(q.after) == ","
            and q.noun is None
        ):
            return self.tags[q.first - 2] == "N" and 4 < top and not q.spelled
        hedged = q.comparator in ("more than", "less than", "at least", "up to")
        people = lexicon.words("cues", "aged")
        return bool(near & {"aged", "age", "ages"}) or (hedged and bool(near & people))

    def _tells_age(self, q: Quantity) -> bool:
        """ "Ms Brandt is 52, has two sons", "he retires at 64", "she died at 91"."""
        before, after = self.st.low(q.first - 1), self.st.raw(q.after)
        ends = after in (",", ".", "", ")", ";", "and", "when")
        if before == "at" and ends:
            near = {self.st.low(k) for k in range(max(0, q.first - 7), q.first)}
            return not near.isdisjoint(_AT_AGES)
        name = self.st.low(q.first - 2).replace("’", "'")
        person = name in ("he", "she") or name in self.st.names.persons
        return before in ("is", "was", "turned", "turns") and person and ends

    def _is_one_person(self, i: int) -> bool:
        """The "woman" of "a woman of 83"."""
        low = self.st.low(i)
        led = any(self.st.low(k) in ("a", "an") for k in (i - 1, i - 2, i - 3))
        return led and (units.are_persons(low) or low.endswith(("ist", "woman", "man")))

    def list_units(self, told: list[Slots]) -> None:
        """ "640, 712 and 805 vans": the unit at the end of a list holds for all of it."""
        listed = self.st.quantities
        for index in range(len(listed) - 2, -1, -1):
            a, b = listed[index], listed[index + 1]
            listing = a.unit in (None, "1") and a.form == "plain"
            if listing and b.unit is not None and self._is_gapped_list(a, b):
                a.unit = b.unit
                continue
            if listing and self.st.between(a, b) in ([","], ["and"], [",", "and"], ["or"]):
                if b.unit is None or b.form != "plain":
                    continue
                a.unit, a.noun = b.unit, a.noun or b.noun
                told[index].measure, told[index].entity = (
                    told[index + 1].measure,
                    told[index + 1].entity,
                )
                told[index].kind, told[index].origins = (
                    told[index + 1].kind,
                    list(told[index + 1].origins),
                )
        self._share_level_units()
        self._respectively(told)

    def _is_gapped_list(self, a: Quantity, b: Quantity) -> bool:
        """ "barley came to 1.63 million, maize to 1.58 million and rye to 390,000 tonnes"."""
        between = self.tags[a.after : b.lead]
        led = self.st.low(a.lead - 1), self.st.low(b.lead - 1)
        same = led[0] == led[1] and led[0] in ("to", "at", "with", "by")
        told = units.is_physical(b.unit or "") or units.is_money(b.unit or "")
        return same and told and between[:1] in (",", "C") and set(between) <= set(",CNPD")

    def _share_level_units(self) -> None:
        """ "from 412 to 287 posts": what is counted after is counted before."""
        for a, b in pairwise(self.st.quantities):
            led = self.st.low(a.lead - 1) == "from" and self.st.between(a, b) == ["to"]
            if led and a.unit in (None, "1") and a.form == "plain" and b.noun is not None:
                a.unit, a.noun, a.noun_at = b.unit, b.noun, b.noun_at

    def share_growth(self, told: list[Slots]) -> None:
        """ "an increase of 22% year over year and 6% sequentially": both are increases."""
        for a, b in pairwise(range(len(told))):
            one, other = self.st.quantities[a], self.st.quantities[b]
            plain = told[b].kind in ("share", "rate") and told[a].kind == "change"
            if not (plain and one.unit == other.unit == "%"):
                continue
            if _is_same_again(self.st.between(one, other)):
                is_down = other.value is not None and other.value < 0
                told[b].kind = "change"
                told[b].direction = "down" if is_down else told[a].direction

    def share_denominators(self, told: list[Slots]) -> None:
        """ "to $96 per kWh from $118", "£138 a night, against £91": what one is for, both are."""
        listed = self.st.quantities
        for a, b in pairwise(range(len(listed))):
            one, other = listed[a], listed[b]
            if told[a].kind == "change" or told[b].kind == "change":
                continue
            if not self._are_compared(one, other):
                continue
            for bare, full, at in ((one, other, a), (other, one, b)):
                if _is_same_price(bare, full):
                    bare.unit, told[at].kind = full.unit, "rate"
                    told[at].found("unit", "sentence", full.start, full.end)

    def _are_compared(self, a: Quantity, b: Quantity) -> bool:
        """Whether one is what the other was before, or is measured against."""
        between = self.st.between(a, b)
        if len(between) > 12 or not between or ";" in between or "." in between:
            return False
        return not _COMPARING.isdisjoint(between[-4:]) and "or" not in between

    def _respectively(self, told: list[Slots]) -> None:
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

    # -------------------------------------------------------------- what comes next

    def move_topic(self, told: list[Slots]) -> None:
        """What the next sentence may point back to."""
        subject = self.subject
        measure = next((s.measure for s in told if s.measure and s.measure not in _OF_ONE), None)
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


_OF_OTHERS = frozenset({"base", "noun", "again", "comparative", "object"})
_LENGTH = "length of time"
_OF_ONE = frozenset({"age", "rank", "score"})
_UNSHARED = frozenset({None, _LENGTH, *_OF_ONE})
_BEFALLEN = frozenset({"deaths", "injuries", "infections"})
_PLANS = frozenset(
    "budget plan forecast target estimate expectation expectations schedule guidance normal usual"
    " average trend".split()
)
_TAKING = frozenset("carry hold take store handle seat produce process pump lift contain".split())
_FATES = {
    "dead": "deaths", "injured": "injuries", "wounded": "injuries", "hurt": "injuries",
    "homeless": "people homeless", "unemployed": "people unemployed", "missing": "people missing",
}  # fmt: skip
_VOTES = frozenset("vote votes voted voting ballot ballots elected rejected approved".split())
_BEFALLEN_EACH = frozenset({"death", "injury", "infection"})
_AGO = frozenset({"ago", "earlier", "later", "before", "after", "old"})
_AT_AGES = frozenset("retire retires retired died dies marry married debut debuts".split())
_AIMS = frozenset(
    "target forecast estimate record average limit maximum minimum peak goal plan".split()
)
_COMPARING = frozenset("from to against versus than with (".split())


def _is_same_price(bare: Quantity, full: Quantity) -> bool:
    """Whether "$118" may be what "$96 per kWh" was: its unit, and not far from it."""
    if not bare.unit or not (full.unit or "").startswith(bare.unit + "/"):
        return False
    if not bare.value or not full.value:
        return False
    return Decimal("0.1") < abs(bare.value / full.value) < 10


_ALONGSIDE = frozenset("year over on quarter month and , - annually".split())


def _is_same_again(between: list[str]) -> bool:
    return bool(between) and between[-1] in ("and", ",") and _ALONGSIDE.issuperset(between)


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


def _without_manner(words: list[str]) -> str | None:
    kept = [w for w in words if w not in lexicon.words("cues", "manner")]
    return " ".join(kept) or None


def _before_head(phrase: Phrase | None, head: str) -> str | None:
    """The words before the head: "GDP growth" -> "gdp"."""
    if phrase is None or phrase.measure is None:
        return None
    before = phrase.measure.partition(head)[0].split()
    return _without_manner(before)


def _is_measuring(phrase: Phrase | None, quantity: Quantity) -> bool:
    """Whether the subject measures what is counted: "attendance reached 41,000 spectators"."""
    if phrase is None or phrase.measure is None or phrase.generic:
        return False
    head = clauses.head(phrase.measure)
    return clauses.is_measure(head) or head in ("toll", "number", "crowd", "ridership", "audience")


_INHABITANTS = frozenset({"people", "residents", "inhabitants", "souls", "citizens"})


def _is_population(noun: str, verb: lexicon.Verb | None, subject: Phrase | None) -> bool:
    """ "The county had 584,156 people"."""
    having = verb is not None and verb.lemma in ("have", "count", "hold", "house", "number")
    place = subject is None or subject.measure is None or subject.generic
    if noun in ("souls", "inhabitants"):
        return True
    return noun in _INHABITANTS and having and place


def _may_measure(said: str) -> bool:
    """Whether a phrase names what can be measured: "year to june" and "lower" do not."""
    return clauses.head(said) not in lexicon.words("cues", "no_measures")


def _tidy(measure: str) -> str:
    """A measure without the small words that were left at its ends: "exporters and"."""
    words = measure.split()
    if len(words) > 2 and words[-2] in ("a", "per") and words[-1] in _TIMES:
        words = words[:-2]
    while words and words[-1] in _NO_END:
        words.pop()
    while words and words[0] in _NO_START:
        words.pop(0)
    return " ".join(words)


_TIMES = frozenset("day week month year hour season night minute second head quarter".split())
_NO_END = frozenset(
    "and or it of the that thus there then now in for to with they he she we".split()
)
_NO_START = frozenset("and or of it they he she we thus than then".split())


def _is_plain_subject(governed: Governed) -> bool:
    """Whether what governs a quantity names a thing and no measure: "vials keep at -70°C"."""
    phrase = governed.phrase
    if governed.words is not None or governed.role in ("base", "noun", "again", "comparative"):
        return False
    if phrase is None or phrase.measure is None or phrase.generic:
        return True
    words = [units.singular(word) for word in phrase.measure.split()]
    return not any(clauses.is_measure(w) or w in lexicon.words("cues", "measured") for w in words)


def _fits(source: Slots | Topic, quantity: Quantity) -> bool:
    """Whether a measure told before can be that of a unit: no area is in kilometres."""
    unit = quantity.unit or ""
    if source.measure is None:
        return True
    head = clauses.head(source.measure)
    sort = _class_of(quantity)
    if sort not in ("", "percent") and _SORTS.get(head, sort) != sort:
        return False
    if not units.is_physical(unit):
        return True
    natures = data.load("natures")["by_unit"]
    if head not in natures.values():
        return True
    return natures[unit] == head if unit in natures else head not in _OF_ONE_UNIT


_SORTS = {
    "height": "length", "length": "length", "width": "length", "depth": "length",
    "distance": "length", "thickness": "length", "weight": "mass", "load": "mass", "area": "area",
    "age": "time", "temperature": "", "speed": "", "pressure": "",
}  # fmt: skip
_OF_ONE_UNIT = frozenset({"area", "temperature", "speed", "population density"})


def _nature_of_quotient(unit: str) -> str | None:
    """ "$76 a barrel" is a price, whatever it is said of."""
    above, _, below = unit.partition("/")
    priced = units.is_money(above) and units.is_physical(below)
    return "price" if priced else None


def _class_of(quantity: Quantity) -> str:
    """What kind of unit a verb's dimension depends on."""
    unit = quantity.unit or ""
    if units.is_money(unit.partition("/")[0]):
        return "money"
    if units.is_duration(unit):
        return "time"
    return str(data.load("natures")["units"].get(unit, ""))


def _names_share(phrase: Phrase | None) -> bool:
    return phrase is not None and phrase.measure is not None and "share" in phrase.measure


def _past(lemma: str) -> str:
    irregular = data.load("verbs")["have_irregular"].get(lemma)
    return irregular[1] if irregular else lexicon.forms(lemma)[-1]


def _in_years(quantity: Quantity) -> bool:
    return units.is_duration(quantity.unit or "")


def _counted_unit(measure: str | None, quantity: Quantity) -> str | None:
    """ "deaths came to 1.59 million": a plural measure counts itself."""
    if measure is None or quantity.form != "plain":
        return None
    head = clauses.head(measure)
    if head in ("number", "total", "count") and " of " in measure:
        head = clauses.head(measure.partition(" of ")[2])
    if head in _OF_THINGS:
        things = measure.partition(" of ")[0].split()
        if _is_thing(things):
            return units.singular(things[-2])
    traded = clauses.head(measure.partition(" of ")[2])
    if head in _TRADED and traded and _is_thing([traded, "sales"]):
        return units.singular(traded)
    known = data.load("headers")["units"].get(head)
    if known is not None and len(head) > 2:
        return str(known)
    if (
        head in _OF_THINGS
        or not quantities.is_plural(head)
        or head in lexicon.words("cues", "not_counted")
    ):
        return None
    value = quantity.value if quantity.value is not None else quantity.high
    return (
        units.singular(head) if value is not None and value == value.to_integral_value() else None
    )


_OF_THINGS = frozenset(
    "sales registrations deliveries orders bookings shipments output numbers".split()
)


def _is_thing(words: list[str]) -> bool:
    """The "car" of "car sales", the "visitor" of "visitor numbers": what is told by the piece."""
    before = units.singular(words[-2]) if len(words) > 1 and words[-1] in _OF_THINGS else ""
    kinds = data.load("nouns")["kinds"]
    return bool(before) and any(before in kinds[k].split() for k in _BY_THE_PIECE)


_TRADED = frozenset("sales imports exports production output deliveries registrations".split())
_BY_THE_PIECE = ("vehicle", "aircraft", "ship", "home", "person", "employee")


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
        made.kind = _kind_of(quantity, made, after)


def _kind_of(quantity: Quantity, made: Slots, after: str) -> Kind:
    forms: dict[str, Kind] = {"score": "score", "rank": "rank", "odds": "ratio", "age": "duration"}
    if quantity.form in forms:
        return forms[quantity.form]
    unit = quantity.unit or "1"
    if quantity.form == "fraction" and unit == "1":
        return "share"
    if unit in ("%", "‰"):
        words = set((made.measure or "").split())
        shared = after == "of" or "share" in words or "stake" in words
        return "rate" if words & lexicon.words("cues", "rates") and not shared else "share"
    if unit == "pp":
        return "change"
    return kind_by_unit(quantity, unit)


def kind_by_unit(quantity: Quantity, unit: str) -> Kind:
    if quantity.form == "multiple":
        return "ratio"
    if units.is_duration(unit):
        return "duration"
    if "/" in unit:
        return "rate"
    return "count" if units.is_count(unit) else "level"
