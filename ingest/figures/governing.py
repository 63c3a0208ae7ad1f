"""Governing: the phrase, verb or noun that says what a quantity measures, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import data, units
from ingest.figures import clauses, kinds, lexicon, people
from ingest.figures.clauses import Phrase
from ingest.figures.figure import Direction
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement


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


class Governing:
    """The rules, over one statement; told: the slots of the quantities before."""

    def __init__(self, statement: Statement, tags: str, told: Sequence[Slots]) -> None:
        self.st, self.tags, self.told = statement, tags, told

    def governed(self, index: int, quantity: Quantity) -> Governed:
        return (
            self._multiple(index, quantity)
            or self._change_noun(index, quantity)
            or self._comparative(index, quantity)
            or self._preposition(index, quantity)
            or self._verb(index, quantity)
            or self._passing(index, quantity)
            or self._noun(index, quantity)
            or Governed()
        )

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
            if self.tags[k] == "V" and not self._is_said(k):
                phrase = clauses.before(self.st, self.tags, k)
                if phrase is not None:
                    return phrase
                return None
            if self.tags[k] == "Q":
                return None
        return None

    def _is_said(self, k: int) -> bool:
        """The "said" of "output fell to 19, the ministry said, 6% less than the year before"."""
        verb = lexicon.verbs().get(self.st.low(k))
        return verb is not None and verb.lemma in lexicon.words("cues", "saying")

    def _comparative(self, index: int, quantity: Quantity) -> Governed | None:
        """ "22 percent higher", "60,000 fewer than", "5 percent more"."""
        k = quantity.after
        while self.tags[k : k + 1] == "B" and self.st.low(k) not in lexicon.comparatives():
            k += 1
        way = lexicon.comparatives().get(self.st.low(k))
        if self.st.low(k) in ("over", "under") and self._is_planned(k + 1):
            way = "up" if self.st.low(k) == "over" else "down"
        if kinds.is_ratio(quantity) and self.st.low(k + 1) == _MISSING.get(self.st.low(k)):
            way = "up" if self.st.low(k) == "better" else "down"
        inside = self._inner_comparative(quantity)
        if inside is not None:
            return Governed(None, None, "comparative", inside, True, at=quantity.first)
        if way is None or quantity.form in ("rank", "score", "age") or self.st.low(k + 1) == "to":
            return None
        place = self.st.low(k) in ("above", "below", "up", "down")
        planned = self.st.low(k + 1) in PLANS
        if place and kinds.class_of(quantity) == "length" and not planned and self._is_depth(k):
            return None
        if quantity.form == "multiple" or (
            place and self.tags[k + 1 : k + 2] == "N" and not planned
        ):
            return None
        subject = self._compared(quantity.lead) or self._main_subject(quantity.lead)
        return Governed(subject, None, "comparative", way, True, at=k)

    def _is_planned(self, k: int) -> bool:
        """The target of "3% over target" and "15% over its budget"."""
        return self.st.low(k + (self.st.low(k) in ("the", "its", "their", "our"))) in PLANS

    def _compared(self, lead: int) -> Phrase | None:
        """The prices of "volumes slid but prices were 22% higher": what is compared stands near."""
        k = lead - 1
        while k > 0 and self.tags[k] in "BD":
            k -= 1
        return clauses.subject(self.st, self.tags, k) if k > 0 and self.tags[k] == "X" else None

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
        another = self._for_another(k, index) if word in _AGAIN else None
        if another is not None:
            return Governed(another, None, "gap", at=k)
        rule = _BY_PREPOSITION.get(word)
        return rule(self, k, index, quantity) if rule is not None else None

    def _before_amount(self, lead: int) -> int:
        """Past the "an average of" of "rose by an average of 4.8%"."""
        while self.st.raw(lead - 1) in ("*", "_"):
            lead -= 1
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
        near = self._right_after_change(k, index) if not change else self._by_adjective(k)
        if near is not None:
            return near
        gapped = self._gapped(k, index)
        if gapped is not None:
            way = next((s.direction for s in reversed(self.told) if s.direction is not None), None)
            return Governed(gapped, None, "verb", way, change, at=-1)
        for j in range(k - 1, max(-1, k - 16), -1):
            low = self.st.low(j)
            verb = lexicon.verbs().get(low) if self.tags[j] in "VQ" else None
            multiple = data.load("numbers")["multiples"].get(low, ("", ""))[1] != ""
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

    def _right_after_change(self, k: int, index: int) -> Governed | None:
        """The 4.41 billion of "sales rose 5%, service revenue 3.9% to €4.41bn": of its change."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or last.after != k or self.told[index - 1].measure is None:
            return None
        told = self.told[index - 1]
        between = self.tags[self.st.quantities[index - 2].after : last.lead] if index > 1 else "V"
        if last.unit != "%" or "V" in between or "X" in between or not set("N") & set(between):
            return None
        return Governed(None, told.measure, "verb", told.direction, False, owner=told.entity, at=-1)

    def _by_adjective(self, k: int) -> Governed | None:
        """The price of services of "Services became dearer by 4.6%"; the "by" is tokens[k]."""
        way = lexicon.comparatives().get(self.st.low(k - 1))
        if way is None or k < 2 or self.tags[k - 2] not in "VX":
            return None
        subject = clauses.subject(self.st, self.tags, k - 2)
        nature = data.load("natures")["comparatives"].get(self.st.low(k - 1))
        named = subject is not None and subject.measure is not None and not subject.generic
        words = f"{subject.measure} {nature}" if named and nature and subject is not None else None
        return Governed(subject, words, "verb", way, True, at=k - 2)

    def _gapped(self, k: int, index: int) -> Phrase | None:
        """The "profit" of "sales should rise by 3%, and profit by 6%": the verb is left out."""
        if index == 0 or self.tags[k - 1] != "N":
            return None
        after = self.st.quantities[index - 1].after
        joined = self._joined_at(after, k)
        if joined is None or "V" in self.tags[joined:k] or "T" in self.tags[joined:k]:
            return None
        told = [self.told[index - 1].direction]
        if joined > after + 1 or self.told[index - 1].is_base:
            told.extend(slots.direction for slots in self.told[-3:-1])
        if not any(told):
            return None
        again = self._that_of(joined + 1, k, index)
        if again is not None:
            return again
        phrase = clauses.before(self.st, self.tags, k)
        whole = phrase is not None and phrase.first > joined and not phrase.generic
        return phrase if whole and phrase is not None and phrase.measure else None

    def _joined_at(self, after: int, k: int) -> int | None:
        """Where the "and" or comma stands that joins "profit [by 6%]" to what was told before,
        perhaps with its time between: "to $190m in June, and profit to $20m"."""
        joined = k - 1
        while joined > after and self.tags[joined] in "NDPRO-":
            joined -= 1
        between = self.tags[after:joined]
        if self.st.low(joined) == "and" and set(between) <= set("TPDN,"):
            timed = not between.strip(",") or "T" in between
            return joined if timed else None
        return joined if self.tags[joined] == "," and joined == after else None

    def _that_of(self, first: int, end: int, index: int) -> Phrase | None:
        """The number of pigs of "the number of farms fell to 14,420 and that of pigs to 1m"."""
        if self.st.low(first) not in ("that", "those") or self.st.low(first + 1) != "of":
            return None
        phrase = clauses.parse(self.st, self.tags, first + 2, end)
        told = (self.told[index - 1].measure or "").partition(" of ")
        whole = told[0] and phrase.measure and not phrase.generic
        return replace(phrase, measure=f"{told[0]} of {phrase.measure}") if whole else None

    def _with_verb(self, j: int, k: int, way: Direction | None, change: bool) -> Governed:
        """The subject of the verb at j, or its object where one stands before tokens[k]."""
        subject = clauses.subject(self.st, self.tags, self._main_verb(j) or j)
        begin = j + 1 + (self.st.low(j + 1) in ("later", "still"))
        obj = clauses.after(self.st, self.tags, begin) if begin < k else None
        direction = way or self._up_down(j, k)
        if obj is not None and obj.generic and self._is_own_measure(obj):
            obj = replace(obj, generic=False)
        if obj is not None and obj.measure is not None and obj.after <= k and not obj.generic:
            owner = subject.entity if subject is not None else None
            return Governed(obj, None, "object", direction, change, owner=owner, at=j)
        return Governed(
            subject, None, "verb", direction, change or (bool(direction) and change), at=j
        )

    def _is_own_measure(self, phrase: Phrase) -> bool:
        """The rate of "the bank lifted its rate by half a point"."""
        owned = self.st.low(phrase.first) in ("its", "their", "his", "her", "our", "my")
        return owned and phrase.measure is not None and clauses.is_measure(phrase.measure)

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
        phrase = self._at_measure(k) or clauses.before(self.st, self.tags, k)
        head = self.st.low(k - 1)
        found = self._of_foretold(phrase, head, index, quantity) or self._at_pace(phrase, head, k)
        if found is not None:
            return found
        way = lexicon.change_nouns().get(head)
        if way is None or (head in _AMOUNTS and kinds.is_money(quantity)):
            if phrase is None or not phrase.measure:
                return None
            return Governed(self._of_record(phrase, head) or phrase, None, "of", at=k)
        after = None
        if self.st.low(quantity.after) in ("in", "for", "on"):
            after = clauses.after(self.st, self.tags, quantity.after + 1)
        if after is not None and after.measure is not None:
            return Governed(after, None, "noun", way, True, at=k)
        words = _before_head(phrase, head)
        if words:
            return Governed(phrase, words, "noun", way, True, at=k)
        bare = phrase is not None and (phrase.measure or "").endswith(head)
        again = bare and index > 0 and self.told[index - 1].measure is not None
        subject = self._main_subject(k) or (None if again else phrase)
        return Governed(subject, None, "noun", way, True, at=k)

    def _at_measure(self, k: int) -> Phrase | None:
        """The depth of "found the wreck at a depth of 62 metres", and not of the wreck."""
        if self.tags[max(0, k - 3) : k] != "PDN" or self.st.low(k - 3) not in _AT_MEASURES:
            return None
        head = self.st.low(k - 1)
        natures = data.load("natures")["by_unit"].values()
        if head not in natures and head not in _DIMENSIONS:
            return None
        return Phrase(k - 2, k, head, None)

    def _of_foretold(
        self, phrase: Phrase | None, head: str, index: int, quantity: Quantity
    ) -> Governed | None:
        """ "up from its previous estimate of 990,000", "to a range of 4% to 5%"."""
        foretold = head in lexicon.words("cues", "foretelling")
        ranging = head == "range" and quantity.low is not None and kinds.is_ratio(quantity)
        if phrase is None or index == 0 or self.told[index - 1].measure is None:
            return None
        if not (foretold or ranging) or self.st.low(quantity.after) in ("for", "of", "in"):
            return None
        short = len((phrase.measure or "").split()) < 3
        return Governed(None, None, "again", at=quantity.lead - 1) if short else None

    def _at_pace(self, phrase: Phrase | None, head: str, k: int) -> Governed | None:
        """ "Pay grew at an annual rate of 5.2%": the rate is that of the pay's growth."""
        if phrase is None or head not in ("rate", "pace") or self.st.low(phrase.first) != "at":
            return None
        verb = lexicon.verbs().get(self.st.low(phrase.first - 1))
        if verb is None or verb.role != "change" or self.tags[phrase.first - 1] != "V":
            return None
        subject = clauses.subject(self.st, self.tags, phrase.first - 1)
        return Governed(subject, None, "verb", verb.direction, True, at=phrase.first - 1)

    def _of_record(self, phrase: Phrase, head: str) -> Phrase | None:
        """The turnover of "turnover set a club record of £212m": a record is of something."""
        k = phrase.first - 1
        if head not in _RECORDS or k < 1 or self.tags[k] != "V":
            return None
        subject = clauses.subject(self.st, self.tags, k)
        if subject is None or subject.generic or not subject.measure:
            return None
        told = units.singular(clauses.head(subject.measure))
        return subject if clauses.is_measure(told) or clauses.is_measure(told + "s") else None

    def _at(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        particle = (
            self.st.low(k - 1) in ("in", "out", "up", "down") and self.tags[k - 2 : k - 1] == "V"
        )
        if k > 1 and self._is_state(k - 1):
            return self._by_verb(k - 2 - (self.tags[k - 2] == "B"), quantity)
        if k > 0 and (self.tags[k - 1] in "VXB" or particle):
            j = k - 1
            while j > 0 and self.tags[j] in "BP":
                j -= 1
            return self._by_verb(j, quantity)
        phrase = self._np_before(k) if k > 0 else self._opened(quantity)
        if phrase is not None and phrase.measure in lexicon.words("cues", "utmost"):
            verb = max(self.tags.rfind("X", 0, phrase.first), self.tags.rfind("V", 0, phrase.first))
            made = self._by_verb(verb, quantity) if verb > 0 else None
            return replace(made, owner=phrase.entity, at=k) if made is not None else None
        return Governed(phrase, None, "at", at=k) if phrase is not None else None

    def _is_state(self, k: int) -> bool:
        """The "flat" of "costs were flat at £71m", "rates stayed broadly steady at 4%"."""
        j = k - 1 - (self.tags[k - 1] == "B")
        return j > 0 and self.tags[j] in "XV" and self.st.low(k) in lexicon.words("cues", "states")

    def _opened(self, quantity: Quantity) -> Phrase | None:
        """The leap of "At 8.95 metres the leap was a record"."""
        at = quantity.after + (self.tags[quantity.after : quantity.after + 1] == ",")
        return clauses.after(self.st, self.tags, at) if self.tags[at : at + 1] == "D" else None

    def _for(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        """ "accounted for 38%", "bought for $4,000"."""
        if kinds.is_money(quantity):
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

    def _for_another(self, k: int, index: int) -> Phrase | None:
        """The fuels of "wheat accounted for $3.8bn, fuels for $13.4bn", the benefits of
        "contributions came to $2bn in 2023 and benefits to $1bn"."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or self.st.low(last.lead - 1) != self.st.low(k) or self.tags[k - 1] != "N":
            return None
        if self.told[index - 1].direction is not None or self.told[index - 1].measure is None:
            return None
        between = self.tags[last.after : k]
        joined = max(between.rfind(","), between.rfind("C"))
        if joined < 0 or not set(between[joined + 1 :]) <= set("ND-"):
            return None
        if not set(between[:joined]) <= set("TPDN-,"):
            return None
        first = last.after + joined + 1
        phrase = clauses.parse(self.st, self.tags, first, k)
        told = phrase.measure or phrase.entity
        return phrase if told and not phrase.generic else None

    def _price(self, index: int, verb: int, k: int) -> str:
        """The price of what was sold: "sold its rights for $2.45 billion"."""
        counted = (q.noun for q in self.st.quantities[:index] if q.noun and q.first > verb)
        sold = clauses.after(self.st, self.tags, verb + 1) if self.tags[verb + 1] in "ND" else None
        noun = next(counted, sold.measure if sold is not None else None)
        return f"{noun} price" if noun else "price"

    def _in(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        return Governed() if units.is_duration(quantity.unit or "") else None

    def _over(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        """The stage of "the stage runs over 164 km"."""
        measured = kinds.class_of(quantity) in ("length", "area")
        if measured and k > 0 and self.tags[k - 1] == "V":
            return self._by_verb(k - 1, quantity)
        return self._in(k, index, quantity)

    def _up(self, k: int, index: int, quantity: Quantity) -> Governed | None:
        if self.st.low(k - 1) in ("make", "makes", "made", "making") and k > 0:
            return self._by_verb(k - 1, quantity)
        way: Direction = "up" if self.st.low(k) == "up" else "down"
        j = k - 1
        while j > 0 and (self.tags[j] in "B," or self.st.raw(j) == ":"):
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
        labelled = self.st.raw(j + 1) == ":"
        return Governed(self._np_before(j + 1 if labelled else k), None, "at", way, True, at=k)

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
        if self.tags[max(0, k - 2) : k + 1] == "DBN":
            k -= 2
        elif self.tags[max(0, k - 1) : k + 1] == "DN" or self.st.low(k) == "between":
            k -= 1
        while k > 0 and self.tags[k] in "DB":
            k -= 1
        k -= self.st.low(k) in ("in", "out", "up") and self.tags[k - 1 : k] == "V"
        if k < 0 or self.tags[k] not in "VX":
            return None
        held = self._held(k, quantity)
        if held is not None:
            return Governed(held, None, "level", at=k)
        return self._by_verb(k, quantity)

    def _held(self, k: int, quantity: Quantity) -> Phrase | None:
        """The cost of "hold the cost under $1 billion"."""
        if quantity.hedge < 0 or self.tags[k : k + 2] != "VD" or quantity.lead - k < 3:
            return None
        phrase = clauses.after(self.st, self.tags, k + 1)
        whole = phrase is not None and phrase.after == quantity.lead and phrase.measure
        return phrase if whole else None

    def _by_verb(self, k: int, quantity: Quantity) -> Governed:
        """The verb at k has the quantity as its complement."""
        verb = lexicon.verbs().get(self.st.low(k))
        subject = self._subject_at(k, quantity)
        put = self._put(k, verb)
        if put is not None:
            return Governed(put, None, "level", at=k)
        role = verb.role if verb is not None and self.tags[k] == "V" else "level"
        if verb is None and self.tags[k] == "V" and not _may_be_level(subject):
            role = "other"
        passive = self.tags[max(0, k - 1) : k] == "X" and self.st.low(k + 1) == "at"
        if passive and role in ("other", "have"):
            role = "level"
        takes = quantity.noun is not None or not kinds.is_ratio(quantity)
        if verb is not None and takes and verb.lemma in lexicon.words("cues", "takers"):
            has = verb.direction is None or verb.lemma in ("raise", "build", "lift")
            role = "have" if has or (verb.lemma == "lose" and kinds.is_money(quantity)) else "moved"
        if role == "change":
            assert verb is not None
            return Governed(subject, None, "verb", verb.direction, True, at=k)
        if role == "moved":
            assert verb is not None
            return Governed(subject, None, "have", verb.direction, True, at=k)
        return Governed(subject, None, role, at=k)

    def _put(self, k: int, verb: lexicon.Verb | None) -> Phrase | None:
        """The losses of "losses, which the mayor had guessed at $45m": who says so has none."""
        guessed = verb is not None and verb.lemma in lexicon.words("cues", "guessing")
        if not guessed or self.tags[k] != "V":
            return None
        subject = clauses.before(self.st, self.tags, k)
        at = subject.first - 1 if subject is not None else 0
        if at < 1 or self.st.low(at) not in ("which", "that"):
            return None
        told = clauses.before(self.st, self.tags, at - (self.tags[at - 1] == ","))
        return told if told is not None and told.measure and not told.generic else None

    def _subject_at(self, k: int, quantity: Quantity) -> Phrase | None:
        """The subject of the verb at k; of an opening participle, the subject after the comma."""
        if k == 0 or all(t in "BDP" for t in self.tags[:k]):
            comma = self.tags.find(",", quantity.after)
            return clauses.after(self.st, self.tags, comma + 1) if comma > 0 else None
        first = self._going_on(k)
        subject = clauses.subject(self.st, self.tags, first or self._main_verb(k) or k)
        verb = lexicon.verbs().get(self.st.low(first)) if first is not None else None
        acts = verb is None or verb.role in ("have", "other")
        if first is None or subject is None or not acts:
            return subject
        return replace(subject, measure=None)  # who did both is no measure of the second

    def _main_verb(self, k: int) -> int | None:
        """The "went" of "car parts went the other way, slipping 7%"."""
        verb = lexicon.verbs().get(self.st.low(k))
        changes = verb is not None and verb.role == "change" and self.st.low(k).endswith("ing")
        if self.tags[k - 1] != "," or not changes:
            return None
        verbs = (j for j in range(k - 2, 0, -1) if self.tags[j] in "V.Q")
        last = next(verbs, 0)
        return last if last and self.tags[last] == "V" and not self._is_said(last) else None

    def _going_on(self, k: int) -> int | None:
        """The "took" of "took $96m and cost $12m": the verb whose subject the one at k has too."""
        if self.tags[k - 1] != "C" or self.st.low(k - 1) not in ("and", "or", "but"):
            return None
        if clauses.is_past(self.st.low(k - 2)) and self.tags[k - 2] == "N":
            return k - 2
        for j in range(k - 2, 0, -1):
            if self.tags[j] == "." or self.st.low(j) in _OPENING:
                return None
            if self.tags[j] == "V" and self.tags[j - 1] != "C" and not self._is_said(j):
                if not any(self.st.low(i) in _OPENING for i in range(max(0, j - 6), j)):
                    return j
        return None

    def _passing(self, index: int, quantity: Quantity) -> Governed | None:
        """ "Sales grew, surpassing the 5 million mark": what passed it is the subject."""
        k = quantity.lead - 1
        if k < 1 or self.tags[k] != "," or self.st.low(quantity.lead) not in _PASSING:
            return None
        phrase = self._main_subject(k)
        return Governed(phrase, None, "gap") if phrase is not None else None

    def _noun(self, index: int, quantity: Quantity) -> Governed | None:
        """ "imports 2.3%", "Revenue: $3bn", "Uganda's 16.2"."""
        k = self._before_marks(quantity)
        if k >= 0 and self.st.tokens[k].kind == "x":
            return None
        if self.tags[k - 1 : k + 1] == "N," and quantity.unit is None and k == quantity.lead - 1:
            if self.st.raw(quantity.after) == "," and not people.is_age(
                self.st, self.tags, quantity
            ):
                phrase = clauses.before(self.st, self.tags, k)
                return Governed(phrase, None, "gap", at=k) if phrase is not None else None
        if k >= 0 and self.tags[k] == "O" and self._giving(k, quantity) is not None:
            return self._by_verb(k - 1, quantity)
        dated = k == quantity.lead - 1 and self.tags[k] == "T"
        if k < 0 or self.tags[k] not in "NT" or dated:
            return None
        giving = self._giving(k, quantity)
        if giving is not None:
            given = self._by_verb(giving, quantity)
            taker = clauses.before(self.st, self.tags, k + 1)
            given.owner = taker.entity if taker is not None else None
            return given
        low = self.st.low(k)
        verb = self.st.low(quantity.lead) in lexicon.verbs()  # "exceeded 14 million" is one
        present = low in lexicon.verbs() and self.tags[k - 1 : k] in ("N", "O", "T") and k > 0
        if k == quantity.lead - 1 and not verb and (present or low.endswith("ed")):
            return self._by_verb(k, quantity)
        before = clauses.subject if verb else clauses.before
        phrase = before(self.st, self.tags, k + 1)
        if self.tags[k - 1 : k + 1] == "PN" and k == quantity.lead - 1 and quantity.unit is None:
            phrase = clauses.parse(self.st, self.tags, k, k + 1)
        if phrase is None:
            return None
        way = self._moved_too(index, quantity) if not verb else None
        again = self._of_group(index, phrase) if not verb and quantity.noun is None else None
        return Governed(phrase, again, "gap", way, way is not None, at=-1 if verb else k)

    def _of_group(self, index: int, phrase: Phrase) -> str | None:
        """The pay for women of "average pay was 4,120 euros, for women 3,690"."""
        told = self.told[index - 1].measure if index else None
        led = self.st.low(phrase.first)
        if told is None or phrase.measure is None or phrase.entity or led not in _GROUPED:
            return None
        if not self.tags[phrase.first] == "P" or self.tags[phrase.first - 1] not in ",C":
            return None
        none = lexicon.words("cues", "no_measures") | lexicon.words("cues", "no_groups")
        if not none.isdisjoint(phrase.measure.split()):
            return None
        after = self.st.quantities[index - 1].after
        short = set(self.tags[after : phrase.first]) <= set(",CTP")
        return f"{told} {led} {phrase.measure}" if short and "share" not in told else None

    def _moved_too(self, index: int, q: Quantity) -> Direction | None:
        """How "service revenue 3.9% to €4.4bn" moved: as what stands before it in a list."""
        following = self.st.quantities[index + 1 : index + 2]
        led = q.unit == "%" and self.st.low(q.after) == "to" and following
        if not led or following[0].lead != q.after + 1 or following[0].unit == "%" or index < 2:
            return None
        return next((s.direction for s in reversed(self.told) if s.kind == "change"), None)

    def _before_marks(self, quantity: Quantity) -> int:
        """The last token before a quantity that is no mark, adverb or "raised" of a label."""
        k = quantity.lead - 1
        while self.st.raw(k) == "*":
            k -= 1
        worth = self.st.low(k) == "worth"
        while k > 0 and (
            self.st.raw(k) in (":", "(", "–", "—", "*")
            or self.tags[k] == "B"
            or (worth and self.tags[k] == ",")
        ):
            k -= 1
        return k - self._is_raised(k, quantity.lead)

    def _is_raised(self, k: int, lead: int) -> bool:
        """The "raised" of "Taxes raised: £40bn": what was done to it ends a label."""
        marked = any(self.st.raw(i) == ":" for i in range(k, lead))
        return marked and k > 0 and self.tags[k] == "V"

    def _giving(self, k: int, q: Quantity) -> int | None:
        """The verb of "would cost German makers $3bn", "earned him $20m"."""
        if kinds.class_of(q) != "money" or k != q.lead - 1:
            return None
        while k > 0 and self.tags[k] in "NDO" and q.lead - k < 6:
            k -= 1
        verb = lexicon.verbs().get(self.st.low(k)) if self.tags[k] == "V" else None
        given = verb is not None and verb.lemma in lexicon.words("cues", "ditransitive")
        return k if given else None


_AT_MEASURES = frozenset("at to with from by for".split())
_DIMENSIONS = frozenset(
    "depth height length width distance weight price cost speed altitude age".split()
)
_GROUPED = frozenset({"in", "for", "among", "at", "on"})
_AGAIN = frozenset({"for", "by", "to", "at"})
_PASSING = frozenset("surpassing exceeding topping passing crossing".split())
_BY_PREPOSITION = {
    "by": Governing._by, "to": Governing._to, "from": Governing._from, "of": Governing._of,
    "at": Governing._at, "as": Governing._at, "up": Governing._up, "down": Governing._up,
    "with": Governing._base, "against": Governing._base, "versus": Governing._base,
    "vs": Governing._base, "than": Governing._base, "for": Governing._for,
    "in": Governing._in, "over": Governing._over, "on": Governing._in,
}  # fmt: skip

_OPENING = frozenset("since after before because when as while whereas although though if".split())
_RECORDS = frozenset("record high low peak maximum minimum total level".split())
# "4% better than in May", "3% short of the target".
_MISSING = {"better": "than", "worse": "than", "short": "of"}
# Of money they name an amount, and no move.
_AMOUNTS = frozenset("loss losses saving savings shortfall".split())
PLANS = frozenset(
    "budget plan forecast target estimate expectation expectations schedule guidance normal usual"
    " average trend".split()
)


def _may_be_level(subject: Phrase | None) -> bool:
    """Whether what an unknown verb tells of a subject may be how much of it there is."""
    if subject is None or subject.measure is None or subject.generic:
        return True
    head = clauses.head(subject.measure)
    agent = units.are_persons(units.singular(head)) or units.singular(head) in lexicon.words(
        "cues", "agents"
    )
    return not agent or clauses.is_measure(head)


def _without_manner(words: list[str]) -> str | None:
    kept = [w for w in words if w not in lexicon.words("cues", "manner")]
    return " ".join(kept) or None


def _before_head(phrase: Phrase | None, head: str) -> str | None:
    """The words before the head: "GDP growth" -> "gdp"."""
    if phrase is None or phrase.measure is None:
        return None
    before = phrase.measure.partition(head)[0].split()
    return _without_manner(before)
