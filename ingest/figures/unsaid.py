"""Unsaid: units that a bare number takes from what it measures or from what stands beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from ingest import data, numerals, units
from ingest.figures import ages, clauses, headers, kinds, lexicon, people, quantities
from ingest.figures.governing import Governed
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement
from ingest.figures.topics import Context


class Unsaid:
    """The rules, over one statement."""

    def __init__(self, statement: Statement, tags: str, context: Context) -> None:
        self.st, self.tags, self.context = statement, tags, context
        self.graded: set[int] = set()
        self.taken: set[int] = set()
        self.hundredths: set[int] = set()

    def give(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """A bare number takes its unit from what it measures or from the one before it."""
        if q.unit == "point" and self.is_of_percent(governed, index, q):
            apart = governed.change or made.kind == "count"
            q.unit, made.kind = "pp", "change" if apart else made.kind
        if q.unit is not None:
            said = {self.st.low(k) for k in range(q.first, q.after)}
            q.unit = headers.in_cents(q.unit, said, self.st.words, self._in_article)
            self._as_price_before(made, governed, index, q)
            return
        if self._scale_by_list(made, q):
            return
        self._scale_in_brackets(index, q)
        if self._led(made, q) or self._is_graded(made, index, q):
            return
        q.unit = self._as_before(made, index, q) or self._elliptic(made, governed, index, q)
        q.unit = self._as_counted(made, self._as_moved(governed, index, q), q)
        q.unit = self._in_millions(index, q) or q.unit
        if self.st.low(q.lead - 1) in _NUMBERED and not units.is_count(q.unit or "1"):
            q.unit = None
        if q.unit is not None:
            self.taken.add(q.first)
        if index and q.unit == self.st.quantities[index - 1].unit:
            self._in_hundredths(self.st.quantities[index - 1], q)
        _divide(q)
        if q.unit is not None and q.noun is None:
            made.found("unit", "sentence", self.st.span.start, self.st.span.end)
        if q.unit is not None and made.kind in (None, "level"):
            made.kind = kinds.kind_of(q, made, "")

    def _in_article(self) -> str | None:
        return self.context.currency() if self.context.currency is not None else None

    def _as_price_before(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """ "Rent is €16 a square metre in Porto. In Braga it is €9": what it is for was told."""
        if not kinds.is_money(q) or self.st.low(governed.at - 1) != "it" or governed.change:
            return
        earlier = [(p.unit, p.value) for p in self.st.quantities[:index]]
        told = earlier or [(said.unit, said.value) for said in self.context.said]
        for unit, value in reversed(told):
            near = value and q.value and Decimal("0.1") < abs(q.value / value) < 10
            if near and (unit or "").startswith(f"{q.unit}/"):
                q.unit, made.kind = unit, "rate"
                made.found("unit", "sentence", self.st.span.start, self.st.span.end)
                return

    def _scale_by_list(self, made: Slots, q: Quantity) -> bool:
        """Whether the line above a list tells the unit of its items; their scale it tells too."""
        if not self.context.in_list or self.context.scale is None or not self._is_scalable(q):
            return False
        unit, factor = self.context.scale
        q.unit = unit
        if unit is not None and units.is_money(unit):
            self._bracket(q)
        if q.value is not None:
            q.value, q.place = q.value * factor, q.place * factor
        made.found("unit", "heading", self.context.heading_start, self.context.heading_end)
        return q.unit is not None

    def _as_before(self, made: Slots, index: int, q: Quantity) -> str | None:
        """ "They left 452 billion shillings. The year before it was 378 billion": the nearest."""
        own = any(o.slot == "measure" and o.how in ("clause", "sentence") for o in made.origins)
        if own or index or not q.value or not kinds.is_scaled(self.st, q):
            return None
        near = [s for s in self.context.said if Decimal("0.2") < abs(q.value / s.value) < 5]
        if len({s.unit for s in near}) != 1 or len(near) == len(self.context.said):
            return None
        made.measure = near[-1].measure or made.measure
        return near[-1].unit

    def _in_millions(self, index: int, q: Quantity) -> str | None:
        """ "of 1.3 billion kronor mortgages were 792 million", "Tea alone is 188 billion": in what
        the millions before were told, whatever the words before the number name."""
        plain = q.form == "plain" and q.noun is None and q.value
        named = self.tags[q.after : q.after + 1] == "N"
        if not plain or named or not kinds.is_scaled(self.st, q) or q.per is not None:
            return None
        earlier = [p for p in self.st.quantities[:index] if self._is_scaled_alike(p, q)]
        if q.unit in (None, "1"):
            near = [s for s in self.context.scaled if _is_of_size(s.value, q)]
            told = earlier[-1].unit if earlier else near[-1].unit if near else None
            return told if told is None or "/" not in told else None
        last = earlier[-1] if earlier else None
        if last is None or not units.is_count(q.unit or "") or not kinds.is_amount(last.unit or ""):
            return None
        return last.unit if self._is_named_only(last, q) else None

    def _is_scaled_alike(self, p: Quantity, q: Quantity) -> bool:
        told = p.unit not in (None, "1") and p.form == "plain" and kinds.is_scaled(self.st, p)
        return told and p.value is not None and _is_of_size(p.value, q)

    def _is_named_only(self, last: Quantity, q: Quantity) -> bool:
        """Whether the thing before a number is whose it is ("farms 25 million") and not counted."""
        if q.unit == "person" or self._of_things(q) is not None:
            return False
        listed = set(self.tags[last.after : q.lead]) <= set(",CNPDO-.")
        led = self.st.low(q.lead - 1)
        same = led == self.st.low(last.lead - 1) and self.tags[q.lead - 1 : q.lead] == "P"
        parted = "of" in (self.st.low(last.after + 1), self.st.low(last.after))
        if listed and (same or parted or last.first in self.taken):
            return True
        return not _is_told_in_millions(q.unit or "")

    def _in_hundredths(self, told: Quantity, q: Quantity) -> None:
        """ "80 basis points against 55", "40 cents, up from 35": what is not said is the same."""
        said = {self.st.low(k) for k in range(told.first, told.after)}
        minor = "cent" not in (told.unit or "") and not said.isdisjoint(_HUNDREDTHS)
        minor = minor or told.first in self.hundredths
        above = (q.unit or "").partition("/")[0]
        if minor and (above == "pp" or units.is_money(above)) and self._is_scalable(q):
            q.value, q.place = _hundredth(q.value), q.place / 100
            self.hundredths.add(q.first)

    def _as_moved(self, governed: Governed, index: int, q: Quantity) -> str | None:
        """ "gained 2.3 points to 14.1%, while the Centre lost four": points again."""
        earlier = self.st.quantities[:index]
        if q.unit != "%" or not governed.change or q.value is None or q.value > _MOST_POINTS:
            return q.unit
        moved = any(p.unit == "pp" for p in earlier)
        levels = [p for p in earlier if p.unit == "%"]
        apart = all(self.st.low(p.lead - 1) in _REACHED for p in levels)
        return "pp" if moved and apart else q.unit

    def _as_counted(self, made: Slots, unit: str | None, q: Quantity) -> str | None:
        """ "Donors gave £9.4m. There were 71,300 of them": things, and no money."""
        pointing = self.st.low(q.after) == "of" and self.st.low(q.after + 1) in _POINTED_AT
        if not pointing or unit is None or not units.is_money(unit.partition("/")[0]):
            return unit
        index = self.st.quantities.index(q)
        earlier = self.st.quantities[:index]
        if earlier and quantities.is_plural(self.st.low(earlier[-1].after - 1)):
            if kinds.is_money(earlier[-1]):
                return unit
        begin = max(0, self.st.span.start - _THINGS_REACH)
        before = self.st.text[begin : self.st.tokens[q.first].start]
        things = next((w for w in reversed(_WORDS.findall(before.lower())) if _are_things(w)), None)
        if things is None:
            return None
        made.measure = things
        return units.singular(things)

    def _led(self, made: Slots, q: Quantity) -> bool:
        """ "Nights by county, in millions: Istria 22.8, Zadar 12.0": told before the colon."""
        colon = next((k for k in range(3, min(q.lead, _LEAD)) if self.st.raw(k) == ":"), 0)
        if not colon or "Q" in self.tags[:colon] or not self._is_scalable(q):
            return False
        begin, end = self.st.span.start, self.st.tokens[colon].start
        spec = _told_above(self.st.text[begin:end])
        if spec is None:
            return False
        unit, factor = spec
        if q.value is not None:
            q.value, q.place = q.value * factor, q.place * factor
        self._bracket(q)
        q.unit = unit or _counted_unit(made.measure, q)
        made.found("unit", "sentence", begin, end)
        if q.unit is not None and made.kind in (None, "level"):
            made.kind = kinds.kind_of(q, made, "")
        return True

    def _bracket(self, q: Quantity) -> None:
        """A bare amount alone in brackets is negative: "2021 12.4, 2022 (3.7)"."""
        first, after = q.first - 1, q.after
        if self.st.raw(first) != "(" or self.st.raw(after) != ")" or q.value is None:
            return
        q.value, q.first, q.after = -abs(q.value), first, after + 1
        q.start, q.end = self.st.tokens[first].start, self.st.tokens[after].end

    def _scale_in_brackets(self, index: int, q: Quantity) -> None:
        """ "rose to SEK 31 420 million (29 880)": in brackets in the scale of the one before."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or not last.value or not q.value or not self._is_scalable(q):
            return
        if self.st.between(last, q) != ["("] or self.st.raw(q.after) != ")":
            return
        scales = numerals.words().scales
        low = next(
            (t for k in range(last.first, last.after) if (t := self.st.low(k)) in scales), ""
        )
        factor = Decimal(10) ** scales[low] if low else Decimal(1)
        if low and Decimal("0.1") < abs(q.value * factor / last.value) < 10:
            q.value, q.place = q.value * factor, q.place * factor

    def _is_scalable(self, q: Quantity) -> bool:
        return q.form == "plain" and q.low is None and not kinds.is_scaled(self.st, q)

    def is_of_percent(self, governed: Governed, index: int, q: Quantity) -> bool:
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
        if self._is_apart(index, q):
            return True
        percents = any(p.unit in ("%", "pp") for p in self.st.quantities)
        return percents and (governed.change or q.comparator == "±")

    def _is_apart(self, index: int, q: Quantity) -> bool:
        """ "hit 78.3%, 2.1 points above July", "a gap of 11 points": how far percentages differ."""
        earlier = [p.unit for p in self.st.quantities[:index]]
        if earlier[-1:] != ["%"] or "point" in earlier:
            return False
        gap = self.st.low(q.lead - 1) == "of" and self.st.low(q.lead - 2) in _GAPS
        return gap or self.st.low(q.after) in ("above", "below", "higher", "lower")

    def _elliptic(self, made: Slots, governed: Governed, index: int, q: Quantity) -> str | None:
        last = self._told_before(index, q)
        if people.is_age(self.st, self.tags, q):
            made.measure = "age"
            return "year"
        going_on = self._of_things(q) or self._lasts_too(index, q) or self._part_of_money(index, q)
        going_on = going_on or self._majority_of(q)
        if going_on is not None:
            return going_on
        if index and self._is_in_place(index, q):
            return self.st.quantities[index - 1].unit
        if governed.base or governed.role == "again":
            return last.unit if last is not None else None
        if governed.role == "gap" and last is not None and self._is_told_too(governed, last, q):
            return last.unit
        clear = any(o.slot == "measure" and o.how == "clause" for o in made.origins)
        counted = self._counted_in(made.measure, q, last)
        if not clear and last is not None and counted in people.BEFALLEN_EACH:
            counted = last.unit if last.unit == "person" else counted
        if counted is not None:
            return self._as_rate(last, q, counted) or counted
        if last is None:
            return self._unsaid(governed, made.measure, q)
        most = 1000 if self._is_compared(index, q) else 100
        fits = last.unit not in ("%", "pp") or (q.value is not None and q.value <= most)
        if governed.role == "gap" or self._follows_number(q):
            apart = self.st.low(q.after) == "of" or self._is_doing(q)
            return last.unit if not (apart and kinds.is_lasting(last)) else None
        return last.unit if fits and not kinds.is_lasting(last) else None

    def _as_rate(self, last: Quantity | None, q: Quantity, counted: str) -> str | None:
        """The 1/100000 of "14 infections per 100,000, against 32 in the south and 51"."""
        above, per, _ = (last.unit or "").partition("/") if last is not None else ("", "", "")
        if last is None or not per or not last.value or not q.value:
            return None
        near = Decimal("0.02") < abs(q.value / last.value) < 50
        of_it = (above == counted and last.noun is not None) or (above == "1" and near)
        return last.unit if of_it else None

    def _is_in_place(self, index: int, q: Quantity) -> bool:
        """ "1,200 pupils instead of 900", "7.2 months (2022: 5.8)": in the unit right before."""
        instead = (self.st.low(q.lead - 2), self.st.low(q.lead - 1)) in _INSTEAD
        return instead or self._is_dated_before(index, q)

    def _is_doing(self, q: Quantity) -> bool:
        """Whether a bare number is the subject of a verb: "in two years 40 have died"."""
        return self.tags[q.after : q.after + 1] in ("V", "X") and q.noun is None

    def _is_dated_before(self, index: int, q: Quantity) -> bool:
        """The 5.8 of "7.2 months (2022: 5.8)": in brackets, of another time, in the same unit."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or self.st.raw(q.after) not in (")", ",", ";"):
            return False
        between = self.st.between(last, q)
        return between[:1] == ["("] and set(self.tags[last.after + 1 : q.lead]) <= set("T.P")

    def _is_told_too(self, governed: Governed, last: Quantity, q: Quantity) -> bool:
        """The 8,200 of "school takes 9,000 pesos, rice 8,200": money, whatever is named; a weight
        where only a name is: "the EU may take 10,206 tonnes, Norway 3,213"."""
        same = kinds.is_money(last) or units.is_count(last.unit or "")
        if not same and governed.phrase is not None and governed.phrase.measure is None:
            same = units.is_physical(last.unit or "")
        if not same or not last.value or not q.value or q.place < last.place:
            return False
        near = Decimal("0.02") < abs(q.value / last.value) < 50
        return near and set(self.tags[last.after : q.lead]) <= set(",CNPDO-")

    def _told_before(self, index: int, q: Quantity) -> Quantity | None:
        """The quantity of the sentence whose unit a bare number may share."""
        previous = [
            p for p in self.st.quantities[:index]
            if p.unit not in (None, "1", "rank", "score") and not p.attributive
            and self.st.low(p.after) not in _AGO
            and _are_near(p.value, q.value) and not self._is_strange(p, q)
        ]  # fmt: skip
        if q.value is not None and q.value >= (1000 if self._is_compared(index, q) else 101):
            previous = [p for p in previous if p.unit not in ("%", "pp")]
        if not previous or self._is_beside(index, previous[-1], q):
            return previous[-1] if previous else None
        lasting = (p for p in reversed(previous) if not units.is_duration(p.unit or ""))
        return next(lasting, previous[-1])

    def _is_graded(self, made: Slots, index: int, q: Quantity) -> bool:
        """ "a magnitude of 6.7", "odds ratio 2.4 (95% CI 1.7 to 3.3)", "p < 0.001", "n = 212": on
        a scale of its own, or one of those that were looked at."""
        k = q.lead - 1
        while q.lead - k < _GRADE_REACH and self.st.low(k) in _BEFORE_GRADES:
            k -= 1
        word, marked = self.st.low(k), self.st.raw(q.first - 1) in _EQUATING
        if word in _INTERVALS and index > 1:
            q.unit = self.st.quantities[index - 2].unit
        elif word == "n" and marked:
            q.unit, made.measure = self._looked_at(), "sample size"
        elif word == "p" and marked:
            made.measure = "p value"
        elif word not in lexicon.words("cues", "grades"):
            return False
        self.graded.add(q.first)
        return True

    def _is_strange(self, p: Quantity, q: Quantity) -> bool:
        """Whether a bare number shares no unit with one before it: a part of a counted thing, a
        length or time far from it, money that only repeats other money in brackets."""
        unit = p.unit or ""
        if units.is_count(unit) and q.place < 1 <= p.place and not kinds.is_scaled(self.st, q):
            return True
        if kinds.is_money(p) and self.st.raw(p.lead - 1) == "(" and self.st.raw(p.after) == ")":
            return self.st.raw(q.after) != ")"
        measured = units.is_duration(unit) or (units.is_physical(unit) and "/" not in unit)
        if not measured or not p.value or not q.value or kinds.is_scaled(self.st, q):
            return False
        return q.place >= 1 and abs(q.value / p.value) > _FAR

    def _is_compared(self, index: int, q: Quantity) -> bool:
        """ "up 150%, after 120 the year before": of percentages any may be so high."""
        told = index > 0 and self.st.quantities[index - 1].unit in ("%", "pp")
        return told and self.st.low(q.lead - 1) in (
            "after",
            "against",
            "from",
            "than",
            "to",
            "versus",
        )

    def _counted_in(self, measure: str | None, q: Quantity, last: Quantity | None) -> str | None:
        """What a bare number counts, by the verb that follows it or by its measure."""
        if people.fate(self.st, self.tags, q) is not None or (
            q.noun is None and self.st.low(q.after) in people.FATES
        ):
            return "person"
        if people.are_counted(self.st, self.tags, q):
            things = last is not None and units.is_count(last.unit or "")
            return last.unit if last is not None and things else "person"
        return _counted_unit(measure, q)

    def _unsaid(self, governed: Governed, measure: str | None, q: Quantity) -> str | None:
        """The unit of a number in whose sentence none is told before it."""
        told = self._of_them(q)
        if told is not None:
            return told
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
        size = self.context.topic.size
        near = _are_near(size, q.value) and (size is not None or not _is_large(q))
        if near and (governed.role == "gap" or self._follows_number(q) or level):
            return self.context.topic.unit
        return None

    def _of_them(self, q: Quantity) -> str | None:
        """The rides of "Rides were free, and the firm counted 71,000 of them"."""
        if self.st.low(q.after) != "of" or self.st.low(q.after + 1) not in ("them", "these"):
            return None
        inserted = self.st.low(q.lead - 2)
        if self.st.raw(q.lead - 1) == "," and quantities.is_plural(inserted):
            return units.singular(inserted)
        verb = self.tags.find("X")
        low = self.st.low(verb - 1)
        whole = 0 < verb < q.lead and self.tags[verb - 1] == "N" and quantities.is_plural(low)
        return units.singular(low) if whole else None

    def _of_things(self, q: Quantity) -> str | None:
        """The registrations of "cars made up 4,361 of the registrations"."""
        whole = q.form == "plain" and q.low is None and q.place >= 1
        if not whole or self.st.low(q.after) != "of" or self.st.low(q.after + 1) not in _OF_WHOM:
            return None
        at = q.after + 2 + (self.st.low(q.after + 2) == "own")
        things = self.st.low(at)
        ends = self.tags[at + 1 : at + 2] not in ("N", "-")
        counted = quantities.is_plural(things) and things not in headers.listed("uncounted")
        counted = counted and things not in lexicon.words("cues", "not_counted") - {"shares"}
        if things.endswith("ed") and ends and lexicon.verbs().get(things) is not None:
            return "person"
        return units.singular(things) if counted and ends else None

    def _is_beside(self, index: int, last: Quantity, q: Quantity) -> bool:
        """ "in 48.37 seconds, 0.21 off the record": to as many places, right behind a comma."""
        listed = self.st.quantities[index - 1] is last and self.st.between(last, q) == [","]
        return listed and last.place == q.place != 1

    def _by_words(self, governed: Governed, q: Quantity) -> str | None:
        """ "96 of us", "voted by 9 to 4", "the Greens took 14.2" after percentages, list items."""
        if self.st.low(q.after) == "of" and self.st.low(q.after + 1) == "us":
            return "person"
        before = self.st.low(q.lead - 1)
        if (
            before in ("by", "to")
            and not _VOTES.isdisjoint(self.st.words)
            and not kinds.is_scaled(self.st, q)
        ):
            return "vote"
        if self._are_runs(q):
            return "run"
        small = q.value is not None and q.place < 1 and 0 < q.value < 100
        if self.context.final == "%" and small and governed.role in ("have", "level", "other"):
            return "%"
        latest = self.context.latest or ""
        listed = self.context.in_list and governed.role == "gap" and "%" not in latest
        told = units.is_physical(latest) or units.is_money(latest.partition("/")[0])
        told = told or (units.is_count(latest) and _are_near(self.context.topic.size, q.value))
        return latest if listed and told and self.context.is_led else None

    def _majority_of(self, q: Quantity) -> str | None:
        """ "carried by 311 votes to 278, a majority of 33": of votes, where they are told."""
        led = self.st.low(q.lead - 1) == "of" and self.st.low(q.lead - 2) in ("majority", "margin")
        whole = q.form == "plain" and q.noun is None and not kinds.is_scaled(self.st, q)
        voted = led and whole and any(p.unit == "vote" for p in self.st.quantities)
        return "vote" if voted else None

    def _are_runs(self, q: Quantity) -> bool:
        """ "all out for 340", "made 121 off 188 balls", where cricket is told of."""
        if quantities.cues("cricket").isdisjoint(self.st.words):
            return False
        out = self.st.low(q.lead - 1) == "for" and self.st.low(q.lead - 2) in ("out", "dismissed")
        return out or self.st.low(q.after) == "off"

    def _looked_at(self) -> str:
        """Of what a sample is: people, where the sentence tells of groups of them."""
        told = lexicon.words("cues", "sampled")
        return "person" if any(low in told for low in self.st.words) else "1"

    def _currency(self) -> str | None:
        """What the article counts in, as it was told last or is told at all."""
        if self.context.topic.money is not None or self.context.currency is None:
            return self.context.topic.money
        return self.context.currency()

    def _is_of_money(self, measure: str | None, q: Quantity) -> bool:
        """ "a deficit of 13.4 billion": what is measured in money, where nothing else is told."""
        if measure is None or q.form != "plain" or not kinds.is_scaled(self.st, q):
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
        head = (
            units.singular(clauses.head(measure)) if measure and kinds.is_scaled(self.st, q) else ""
        )
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
        measured = units.is_physical(final) or units.is_money(final) or kinds.is_scaled(self.st, q)
        return subject == "it" or (measured and head in _AIMS)

    def _part_of_money(self, index: int, q: Quantity) -> str | None:
        """ "Of this, 2.6 billion went to motorways", "A further 360 million followed"."""
        if index or not kinds.is_scaled(self.st, q) or not units.is_money(self.context.final or ""):
            return None
        opening = self.st.words[: q.lead]
        of_it = opening[:1] == ["of"] and opening[1:2] in (["this"], ["that"], ["which"], ["these"])
        more = opening in (["a", "further"], ["another"], ["a", "second"])
        return self.context.topic.money if of_it or more else None

    def _is_paid(self, q: Quantity) -> bool:
        """ "4.1 billion was invested", "the party spent 52 million": money, of which it is told."""
        if not kinds.is_scaled(self.st, q):
            return False
        if self.st.low(q.lead - 1) == "worth":
            return True
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

    def share_listed(self, told: list[Slots]) -> None:
        """ "640, 712 and 805 vans": the unit at the end of a list holds for all of it."""
        listed = self.st.quantities
        for index in range(len(listed) - 2, -1, -1):
            a, b = listed[index], listed[index + 1]
            listing = a.unit in (None, "1") or self._is_taken_wrongly(a, b)
            listing = listing and a.form == "plain" and a.first not in self.graded
            if listing and b.unit is not None and self._is_gapped_list(a, b):
                a.unit = b.unit
                self.taken.discard(a.first)
                continue
            if listing and self.st.between(a, b) in ([","], ["and"], [",", "and"], ["or"]):
                if b.unit is None or b.form != "plain":
                    continue
                if b.unit in ("%", "pp") and kinds.is_scaled(self.st, a):
                    continue
                a.unit, a.noun = b.unit, a.noun or b.noun
                self.taken.discard(a.first)
                self._in_hundredths(b, a)
                told[index].measure, told[index].entity = (
                    told[index + 1].measure,
                    told[index + 1].entity,
                )
                told[index].kind, told[index].origins = (
                    told[index + 1].kind,
                    list(told[index + 1].origins),
                )
        self._share_level_units()

    def _is_taken_wrongly(self, a: Quantity, b: Quantity) -> bool:
        """ "the three spans measure 120, 145 and 160 metres": no unit of what stood before."""
        told = b.first not in self.taken and b.unit not in (None, "1", "rank", "score")
        own = told and not units.is_count(b.unit or "")
        return a.first in self.taken and own and a.unit != b.unit and units.is_count(a.unit or "")

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
            counted = b.noun is not None or units.is_count((b.unit or "1").partition("/")[0])
            if led and a.unit in (None, "1") and a.form == "plain" and counted:
                a.unit, a.noun, a.noun_at = b.unit, b.noun, b.noun_at

    def _lasts_too(self, index: int, b: Quantity) -> str | None:
        """ "every 6 minutes by day and every 12 by night", "takes 31 minutes; it needed 52"."""
        a = self.st.quantities[index - 1] if index else None
        if a is None or b.form != "plain" or not kinds.is_lasting(a):
            return None
        if self.st.low(a.after) in _AGO:
            return None
        led = self.st.low(b.lead - 1)
        once = self.st.low(a.lead - 2) == self.st.low(b.lead - 2) == "once" and led == "in"
        same = led == self.st.low(a.lead - 1) and (
            led in ("every", "within", "after", "for") or once
        )
        verb = lexicon.verbs().get(led)
        takes = verb is not None and verb.lemma in ("take", "need", "last", "require")
        ends = self.tags[b.after : b.after + 1] in (".", ",", "")
        return a.unit if same or (takes and ends) else None

    def share_growth(self, told: list[Slots]) -> None:
        """ "an increase of 22% year over year and 6% sequentially": both are increases."""
        for a, b in pairwise(range(len(told))):
            one, other = self.st.quantities[a], self.st.quantities[b]
            plain = told[b].kind in ("share", "rate") and told[a].kind == "change"
            if not (plain and one.unit == other.unit == "%"):
                continue
            if self._goes_on(one, other):
                is_down = other.value is not None and other.value < 0
                told[b].kind = "change"
                told[b].direction = "down" if is_down else told[a].direction

    def _goes_on(self, a: Quantity, b: Quantity) -> bool:
        """Whether one growth is told after another: by times, or as what it was before."""
        between, tags = self.st.between(a, b), self.tags[a.after : b.lead]
        own = self.st.low(b.after) == "of" or self.tags[b.after : b.after + 1] in ("X", "V")
        if _is_same_again(between) and not own:
            return True
        if own or not between or len(between) > 9 or ";" in between:
            return False
        timed = set(tags) <= set("TPDBC,") or set(between) <= _ALONGSIDE
        return timed and between[-1] in _GOING_ON

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
        compared = not _COMPARING.isdisjoint(between[-4:]) or between[-1] == "after"
        compared = compared or self._are_elsewhere(a, b, between)
        return compared and "or" not in between

    def _are_elsewhere(self, a: Quantity, b: Quantity, between: list[str]) -> bool:
        """ "31 pence per kWh in London and 24p in Leeds": the same in another place."""
        led = self.st.low(a.after)
        same = led == self.st.low(b.after) and led in ("in", "at", "for", "on")
        named = self.st.raw(a.after + 1)[:1].isupper() == self.st.raw(b.after + 1)[:1].isupper()
        return same and named and len(between) < 7 and between[-1] in ("and", "but", ",")


def _is_of_size(told: Decimal, q: Quantity) -> bool:
    """Whether a number of millions may be of what another was told in."""
    return q.value is not None and told != 0 and _TINY < abs(q.value / told) < 1 / _TINY


def _is_told_in_millions(unit: str) -> bool:
    """Whether there are millions of such things: people, tickets, containers."""
    kinds_of = data.load("nouns")["kinds"]
    head = unit.split()[-1] if unit else ""
    by_piece = any(head in kinds_of[k].split() for k in _BY_THE_PIECE)
    return by_piece or units.are_persons(unit) or head in lexicon.words("cues", "in_millions")


def _are_things(word: str) -> bool:
    """Whether a word is a plural of what can be counted: "donors", "tickets"."""
    if not quantities.is_plural(word) or units.named_as(word) is not None:
        return False
    none = word in lexicon.verbs() and word not in lexicon.words("cues", "aged")
    return not none and word not in lexicon.words("cues", "not_counted") | quantities.stops()


_WORDS = re.compile(r"[a-z]{4,}")
_THINGS_REACH = 160
_MOST_POINTS = 30
_NUMBERED = frozenset({"numbered", "numbering"})
_REACHED = frozenset("to at reach reached hit reaching hitting of touch touched".split())
_POINTED_AT = frozenset({"them", "these", "those"})
_OF_WHOM = frozenset("the its their his her our my your these those".split())
_GAPS = frozenset("gap difference gulf spread".split())
_VOTES = frozenset("vote votes voted voting ballot ballots elected rejected approved".split())
_AGO = frozenset({"ago", "earlier", "later", "before", "after", "old"})
_AIMS = frozenset(
    "target forecast estimate record average limit maximum minimum peak goal plan".split()
)
_COMPARING = frozenset("instead from to against versus than with (".split())


def _is_same_price(bare: Quantity, full: Quantity) -> bool:
    """Whether "$118" may be what "$96 per kWh" was: its unit, and not far from it."""
    if not (full.unit or "").startswith((bare.unit or "1") + "/") or bare.form != "plain":
        return False
    timed = units.is_duration((full.unit or "").rpartition("/")[2])
    if timed and units.is_physical(bare.unit or ""):
        return False
    if not bare.value or not full.value:
        return False
    return Decimal("0.1") < abs(bare.value / full.value) < 10


def _told_above(text: str) -> headers.Spec | None:
    """The unit that words before a colon tell: "in millions", "(€m)", ", € million"."""
    told = headers.unit_in_words(text) or headers.unit_in_brackets(text)
    return told or headers.unit_of(text.rpartition(", ")[2], False) if "," in text else told


def _divide(q: Quantity) -> None:
    """The births of "births fell to 34 a day" are "birth/day"."""
    if q.per is not None and q.per != "year" and "/" not in (q.unit or ""):
        q.unit = f"{q.unit or '1'}/{q.per}"


def _hundredth(value: Decimal | None) -> Decimal | None:
    return value / 100 if value is not None else None


_LEAD = 16
_HUNDREDTHS = frozenset("cent cents pence p c basis bp bps".split())
_INSTEAD = frozenset({("instead", "of"), ("rather", "than")})
_GOING_ON = frozenset("and , after following against versus with".split())
_ALONGSIDE = frozenset(
    "year over on quarter month week and , - annually average in the to from a earlier previous"
    " before same period half after following compared with against".split()
)


def _are_near(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two amounts may be of one thing: 64 machines are no 3.2 million kronor."""
    if not one or not other:
        return True
    return _LEAST < abs(other / one) < 1 / _LEAST


def _is_large(q: Quantity) -> bool:
    return q.value is not None and abs(q.value) > _LARGE


_FAR = 200
_TINY = Decimal("0.01")
_GRADE_REACH = 5
_BEFORE_GRADES = frozenset("of was is were at = < > ≤ ≥ ( about above below : to".split())
_EQUATING = frozenset({"=", "<", ">", "≤", "≥"})
_INTERVALS = frozenset({"ci", "cis", "interval"})
_LEAST = Decimal("0.0004")
_LARGE = 10_000


def _is_same_again(between: list[str]) -> bool:
    return bool(between) and between[-1] in ("and", ",") and _ALONGSIDE.issuperset(between)


def _counted_unit(measure: str | None, quantity: Quantity) -> str | None:
    """ "deaths came to 1.59 million": a plural measure counts itself."""
    if measure is None or quantity.form != "plain":
        return None
    head = clauses.head(measure)
    if ages.are_people(measure.rpartition(" of ")[2]):
        return "person"
    if head in ("number", "total", "count") and " of " in measure:
        head = clauses.head(measure.partition(" of ")[2])
        if head in people.FATES:
            return "person"
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
