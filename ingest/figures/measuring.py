"""Measuring: the words that say what a quantity measures."""

from __future__ import annotations

from collections.abc import Sequence

from ingest import data, units
from ingest.figures import clauses, headers, kinds, lexicon, names, people, quantities
from ingest.figures.clauses import Phrase
from ingest.figures.governing import PLANS, Governed
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement
from ingest.figures.topics import Context, Topic, settle
from ingest.figures.unsaid import Unsaid


class Measuring:
    """The rules, over one statement; told: the slots of the quantities before."""

    def __init__(
        self,
        statement: Statement,
        tags: str,
        context: Context,
        told: Sequence[Slots],
        subject: Phrase | None,
    ) -> None:
        self.st, self.tags, self.context = statement, tags, context
        self.told, self.subject = told, subject
        self.unsaid = Unsaid(statement, tags, context)

    def _place(self, phrase: Phrase) -> tuple[int, int]:
        return place(self.st, phrase)

    def measure(self, made: Slots, governed: Governed, index: int, quantity: Quantity) -> None:
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
                self._narrow(made)
                return
        self._inherit(made, governed, index, quantity)

    def _narrow(self, made: Slots) -> None:
        """The "total imports and exports" of an article whose title and sentence before tell of
        "trade in services" are of services; those of one kind of thing among others are not.
        """
        words = (made.measure or "").split()
        bare = [w for w in words if w not in lexicon.words("cues", "totals")]
        if len(bare) == len(words) or not self.context.titled:
            return
        topic = settle(self.context)
        of = _narrower(" ".join(bare), topic.measure or "")
        stems = {units.singular(w) for w in self.context.titled}
        if of is None or not stems.issuperset(units.singular(w) for w in of.split()):
            return
        made.measure = f"{made.measure} of {of}"
        made.found("measure", topic.how, topic.start, topic.end)

    def _names_money(self, q: Quantity) -> bool:
        """ "pays a $1.5k deposit": the amount stands in the phrase of what it is."""
        led = self.tags[q.lead - 1 : q.lead] == "D" and q.noun is None and q.lead > 0
        led = led and (self.st.low(q.lead - 1) in ("a", "an") or kinds.is_money(q))
        told = kinds.is_money(q) or q.unit == "%"
        return led and told and self.tags[q.after : q.after + 1] == "N"

    def _worded(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        if governed.words is None:
            return None
        return governed.words, self.st.span.start, self.st.span.end

    def _natural(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """The dimension that a verb or adjective names: "weighs 38 kg", "12 m high", "costs $5"."""
        said, at = self._nature(governed, q)
        if q.form == "age" and not q.attributive:
            return "age", q.start, q.end
        special = self._confidence(q) or self._gap(q) or self._distance(governed, q)
        if special is not None:
            return special, q.start, q.end
        held = said in _OF_BODIES or kinds.class_of(q) == "energy"
        if not said or (held and self.st.low(q.after) == "of"):
            return None
        roles = ("level", "have", "other", "verb", "comparative")
        phrase = governed.phrase if governed.role in roles else None
        whose = phrase.measure if phrase is not None and not phrase.generic else None
        priced = said in ("cost", "price", "value") or governed.role not in _AIMING
        aimed = said if priced else self._aimed(said, q)
        if aimed != said:
            said = aimed
        elif kinds.class_of(q) == "energy":
            pass
        elif whose is not None and whose.split()[-1] == said:
            said = whose
        elif whose is not None and len(whose.split()) <= 4:
            said = f"{whose} {said}"
        token = self.st.tokens[at]
        return said, token.start, token.end

    def _confidence(self, q: Quantity) -> str | None:
        """The level of "95% CI", "a 95% confidence interval"."""
        told = q.unit == "%" and self.st.low(q.after) in ("ci", "cis", "confidence", "credible")
        return "confidence level" if told else None

    def _gap(self, q: Quantity) -> str | None:
        """The lead of "nine seconds ahead of", the gap of "400 metres behind"."""
        short = q.unit in ("s", "minute", "hour") or kinds.class_of(q) == "length"
        if not short:
            return None
        said = data.load("natures")["gaps"].get(self.st.low(q.after))
        return str(said) if said else None

    def _distance(self, governed: Governed, q: Quantity) -> str | None:
        """How far "the probe is now 24 billion kilometres from Earth", "18 km from the coast"."""
        if kinds.class_of(q) != "length" or self.st.low(q.after) != "from":
            return None
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        lemma = verb.lemma if verb is not None else ""
        still = lemma in ("be", "lie", "stand", "live", "stay", "remain", "sit")
        named = self.tags[q.after + 1 : q.after + 2] in ("N", "D")
        return "distance" if still and named else None

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
        if after == "depth" and kinds.class_of(q) != "length":
            after = ""
        if after and (physical or kind == "comparatives"):
            return after, q.after
        stuff = table["stuff"].get(self.st.low(q.after + 1), "")
        if stuff and physical and self.st.low(q.after) == "of":
            return stuff, q.after + 1
        moved = governed.change and governed.role != "have"
        led_to = governed.direction is not None and self.st.low(q.lead - 1) == "to"
        moved = moved or (led_to and kinds.is_money(q))
        if governed.at < 0 or moved or governed.role in _OF_OTHERS:
            return "", -1
        verb = lexicon.verbs().get(self.st.low(governed.at))
        lemma = verb.lemma if verb is not None else ""
        if physical and lemma in _TAKING and self.st.low(governed.at - 1) in ("can", "could"):
            return "capacity", governed.at
        return table["verbs"].get(kinds.class_of(q), {}).get(lemma, ""), governed.at

    def _counted(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """What is counted, with what was done to it; a measuring subject comes first."""
        told = self._of_them(index, q)
        if told is not None:
            return told, q.start, q.end
        if q.noun is None or q.attributive:
            return None
        if q.unit == "point" and self.unsaid.is_of_percent(governed, index, q):
            return None
        phrase = governed.phrase
        if self._is_led(governed, q):
            return None
        if governed.role == "object" and phrase is not None and phrase.measure:
            return None
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        follower = lexicon.verbs().get(self.st.low(q.after))
        alone = self.tags[q.after + 1 : q.after + 2] not in ("V", "X")
        if q.unit == "person" and follower is not None and follower.role == "have" and alone:
            verb = follower
        said = q.noun
        if _is_population(said, verb, governed.phrase):
            said = "population"
        paid = verb is not None and verb.lemma in lexicon.words("cues", "of_money_only")
        if verb is not None and verb.noun and verb.role == "have" and not paid:
            lemma = verb.lemma in ("sell", "buy", "ship", "deliver", "export", "import", "produce")
            said = f"{q.noun} {_past(verb.lemma)}" if lemma else verb.noun
        at = self.st.tokens[q.noun_at]
        return said, at.start, q.end

    def _of_them(self, index: int, q: Quantity) -> str | None:
        """The inhabitants of "a town of 12,000 inhabitants lost 300 of them"."""
        if q.noun is not None or self.st.low(q.after) != "of":
            return None
        if self.st.low(q.after + 1) not in ("them", "these", "those"):
            return None
        last = self.st.quantities[index - 1] if index else None
        if last is None or last.noun is None or q.unit is not None or q.form != "plain":
            return None
        told = self.told[index - 1].measure
        whole = units.is_count(last.unit or "") and units.singular(told or "") == last.unit
        return told if whole and last.unit not in people.BEFALLEN_EACH else None

    def _is_led(self, governed: Governed, q: Quantity) -> bool:
        """Whether what governs a count measures it: "traffic fell to 41,000 lorries"."""
        phrase = governed.phrase
        if governed.role in ("level", "verb", "of", "at", "noun", "gap") and _is_measuring(
            phrase, q
        ):
            return True
        if phrase is None or not phrase.measure or phrase.generic:
            return False
        if governed.role == "gap" and "/" in (q.unit or "") and phrase.after == q.lead:
            return True
        moved = governed.role == "verb" and governed.direction is not None and not governed.change
        pointed = q.noun == "points" and governed.role in ("of", "verb", "level", "at")
        return pointed or (moved and self.st.low(q.lead - 1) == "to")

    def _lost(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "600 have died", "400,000 have waited": what those that are counted did."""
        k = people.fate(self.st, self.tags, q)
        fate = people.FATES.get(self.st.low(q.after)) if q.unit in (None, "person") else None
        if fate is not None and q.noun is None:
            return fate, q.start, self.st.tokens[q.after].end
        if k is None and people.are_counted(self.st, self.tags, q):
            k = people.verb_after(self.tags, q)
            done = self.st.tokens[k]
            return f"people {done.low}", done.start, done.end
        if k is None:
            return None
        token = self.st.tokens[k]
        return lexicon.verbs()[token.low].noun, token.start, token.end

    def _parted(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "Of the wheat, 71% was good", "One fan in four": a share of what stands before."""
        if q.noun is not None and q.form == "odds":
            return f"share of {q.noun}", q.start, q.end
        if q.form == "multiple" and self.st.low(q.after) == "the" and governed.at < q.lead:
            return self._times_the(q)
        if not (kinds.is_ratio(q) and self.st.low(0) == "of") or governed.change or index:
            return None
        phrase = clauses.after(self.st, self.tags, 1)
        if phrase is None or phrase.measure is None or self.tags[q.lead - 1 : q.lead] != ",":
            return None
        said = phrase.measure
        return said if q.unit in (None, "1") else f"share of {said}", *self._place(phrase)

    def _times_the(self, q: Quantity) -> tuple[str, int, int] | None:
        """The mass of "ten times the mass of the Sun", the size of "twice the size"."""
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        head = self.st.low(q.after + 1)
        ends = self.st.low(q.after + 2) in ("of", ".", ",", "")
        if phrase is None or head not in _DIMENSIONS or not ends:
            return None
        return head, *self._place(phrase)

    def _meant(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "set aside $3bn for bonuses": what money is for, where nothing names it."""
        money = kinds.is_money(q) or (
            q.unit is None and any(kinds.is_money(p) for p in self.st.quantities[:index])
        )
        if not money or self.st.low(q.after) != "for" or governed.change:
            return None
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        if phrase is None or phrase.measure is None or phrase.entity is not None:
            return None
        if self._is_price_for(index, q, phrase.measure):
            return None
        return phrase.measure, *self._place(phrase)

    def _is_price_for(self, index: int, q: Quantity, whom: str) -> bool:
        """ "Admission is £18, or £9 for pupils": the same for others."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or last.unit != q.unit or self.told[index - 1].measure is None:
            return False
        joined = self.st.between(last, q) in ([",", "or"], ["or"], [",", "and"], ["and"], [","])
        return joined and units.are_persons(units.singular(clauses.head(whom)))

    def _contained(
        self, governed: Governed, index: int, q: Quantity
    ) -> tuple[str, int, int] | None:
        """ "$1.1 billion in revenue", "25 GW of solar capacity", "38% of exports"."""
        if not self._may_contain(governed, q):
            return None
        counted = self._part_of_counted(index, q)
        if counted is not None:
            return counted
        phrase = self._behind(q)
        if phrase is not None and phrase.measure is None and phrase.entity:
            said = self._part_of_name(governed, q, phrase.entity)
            return (said, *self._place(phrase)) if said else None
        if phrase is None or phrase.measure is None:
            return None
        if self.st.low(q.after) == "in" and not self._is_content(governed, index, q, phrase):
            return None
        said = self._as_content(governed, q, phrase)
        return (said, *self._place(phrase)) if said else None

    def _past_pair(self, q: Quantity) -> int:
        """Where what a quantity is of may stand: behind brackets, "5 t (11,000 lb) of"."""
        if self.st.raw(q.after) != "(":
            return q.after
        pair = next((p for p in self.st.quantities if p.lead == q.after + 1), None)
        closed = pair is not None and self.st.raw(pair.after) == ")"
        return pair.after + 1 if closed and pair is not None else q.after

    def _behind(self, q: Quantity) -> Phrase | None:
        """The exports of "24% of exports", of "24% of June's exports"."""
        past = self._past_pair(q)
        if past > q.after:
            return clauses.after(self.st, self.tags, past + 1)
        first = q.after + 1
        while self.st.low(q.after) == "of" and self.tags[first : first + 1] == "T":
            first += 1
        return clauses.after(self.st, self.tags, first)

    def _is_content(self, governed: Governed, index: int, q: Quantity, phrase: Phrase) -> bool:
        """Whether what stands behind "in" is what a quantity is of: "$5m in grants"."""
        may_be = governed.role == "have" or clauses.is_measure(self.st.low(phrase.after - 1))
        timed = not _TIMES.isdisjoint((phrase.measure or "").split())
        return (may_be or self._is_parallel(index, q)) and not timed

    def _as_content(self, governed: Governed, q: Quantity, phrase: Phrase) -> str | None:
        """What a quantity measures by the phrase behind it."""
        whole = phrase.measure or ""
        if q.unit == "%" and self.st.low(q.after) == "of":
            told = self._or_as_share(q, whole) or self._told_as_share(governed, phrase)
            if told is not None:
                return told
        if governed.role == "have" and governed.change:
            return whole
        share = q.unit == "%" or q.form in ("fraction", "odds")
        if share and governed.role in ("of", "at", "level") and _names_share(governed.phrase):
            return None
        if share:
            return self._share_of(whole)
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        if verb is not None and verb.role == "have" and verb.noun:
            return f"{whole} {verb.noun}"
        return self._of_part(governed, q, phrase)

    def _or_as_share(self, q: Quantity, whole: str) -> str | None:
        """The debt of "debt topped $31trn, or 123% of GDP": the same, told as a share."""
        last = next((k for k, p in enumerate(self.st.quantities) if p is q), 0) - 1
        if last < 0 or self.st.between(self.st.quantities[last], q) not in _OR:
            return None
        told = self.told[last].measure
        amount = kinds.is_money(self.st.quantities[last])
        return f"{told} as share of {whole}" if told and amount and told != whole else None

    def _told_as_share(self, governed: Governed, whole: Phrase) -> str | None:
        """ "The deficit was 4% of GDP", "spent 2% of GDP on defence": what is a share, or is it
        for; a part that only has a name ("wind gave 26% of power") is not told."""
        share, subject = self._share_of(whole.measure or ""), governed.phrase
        measures = subject is not None and not subject.generic and subject.measure is not None
        if measures and governed.role in ("level", "at") and _is_amount(subject, whole):
            return f"{subject.measure} as {share}" if subject is not None else None
        purpose = self._purpose(whole.after)
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        if purpose is None or verb is None or verb.lemma not in lexicon.words("cues", "spenders"):
            return None
        return f"{share} for {purpose}"

    def _purpose(self, at: int) -> str | None:
        """The defence of "on defence", "to defence" at a token."""
        if self.st.low(at) not in ("on", "to", "for"):
            return None
        phrase = clauses.after(self.st, self.tags, at + 1)
        told = phrase is not None and not phrase.generic and phrase.entity is None
        return phrase.measure if told and phrase is not None else None

    def _of_part(self, governed: Governed, q: Quantity, whole: Phrase) -> str:
        """The registrations of cars of "Cars made up 4,361 of the registrations"."""
        said, part = whole.measure or "", governed.phrase
        among = self.st.low(q.after) == "of" and self.st.low(q.after + 1) == "the"
        if not among or governed.role not in ("level", "at") or part is None or part.generic:
            return said
        told = part.measure and not clauses.is_measure(clauses.head(part.measure))
        return f"{said} of {part.measure}" if told and q.unit is None else said

    def _part_of_name(self, governed: Governed, q: Quantity, name: str) -> str | None:
        """ "46% of Swedes", "the owners would hold 23% of Telvia"."""
        holder = lexicon.verbs().get(self.st.low(governed.at)) if governed.at > 0 else None
        if holder is not None and holder.lemma in ("hold", "own") and kinds.is_ratio(q):
            return "stake"
        people = quantities.is_plural(name.lower()) and self.st.low(q.after) == "of"
        part = q.unit == "%" or q.form in ("fraction", "odds")
        return f"share of {name.lower()}" if people and part else None

    def _share_of(self, whole: str) -> str:
        """A share of it; of a bare total, what was told: "30,692 cases, 87% of the total"."""
        last = next((s.measure for s in reversed(self.told) if s.measure), None)
        head = clauses.head(last or "")
        plain = "share" not in (last or "") and (
            clauses.is_measure(head) or quantities.is_plural(head)
        )
        return f"share of total {last}" if whole == "total" and plain else f"share of {whole}"

    def _is_parallel(self, index: int, q: Quantity) -> bool:
        """ "$6 billion in grants and $5 billion in loans": the one before was told so too."""
        last = self.st.quantities[index - 1] if index else None
        if last is None or self.st.low(last.after) != "in" or last.unit != q.unit:
            return False
        told = (self.told[index - 1].measure or "").split()
        return self.st.low(last.after + 1) in told and self.st.raw(q.after + 1).islower()

    def _may_contain(self, governed: Governed, q: Quantity) -> bool:
        """Whether what follows a quantity may be what it measures."""
        past = self._past_pair(q)
        if past > q.after:
            return self.st.low(past) == "of" and governed.role not in ("verb", "noun", "again")
        low, following = self.st.low(q.after), self.st.low(q.after + 1)
        if low not in ("of", "in", "worth") or (low == "in" and following == "number"):
            return False
        none = lexicon.words("cues", "no_contents")
        paid = following == "cash" and self.st.low(q.lead - 1) == "for"
        if low == "in" and (paid or following in none):
            return False
        lasting = low == "of" and (units.is_duration(q.unit or "") or following in PLANS)
        if governed.role in ("level", "verb") and lasting:
            return False
        return governed.role not in ("verb", "noun", "again") or self._takes_part(governed, q)

    def _takes_part(self, governed: Governed, q: Quantity) -> bool:
        """ "lost 23.5% of its supply": what is lost is a part of something."""
        verb = lexicon.verbs().get(self.st.low(governed.at)) if governed.at >= 0 else None
        direct = governed.at == q.lead - 1 and self.st.low(q.after) == "of"
        return direct and verb is not None and verb.lemma in lexicon.words("cues", "takers")

    def _part_of_counted(self, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """ "a quarter of the 1,040 plant species": a share of what is counted next."""
        share = q.unit == "%" or q.form in ("fraction", "odds")
        following = self.st.quantities[index + 1 : index + 2]
        if not share or not following or following[0].noun is None:
            return None
        whole = following[0]
        between = self.st.words[q.after : whole.lead]
        if between[:1] != ["of"] or len(between) > 2 or whole.attributive:
            return None
        return f"share of {whole.noun}", whole.start, whole.end

    def _phrased(self, governed: Governed, index: int, q: Quantity) -> tuple[str, int, int] | None:
        phrase = governed.phrase
        if phrase is not None and phrase.measure is None and governed.role == "gap" and index:
            return self._whole_again(index, q, phrase)
        if phrase is None or phrase.generic or phrase.measure is None or governed.role == "other":
            return None
        if governed.role == "have":
            return self._had(governed, q)
        if governed.role == "gap" and self._is_listed_name(phrase) and self._lead(q) is not None:
            return None
        if self._is_held(governed, q) or self._is_agent(governed, index, q):
            return None
        whole = self._whole_of(governed, index, q)
        said = f"{phrase.measure} share of {whole}" if whole else phrase.measure
        things = self._counted_too(governed, index, q, phrase)
        return (f"{things} of {said}" if things else said), *self._place(phrase)

    def _counted_too(
        self, governed: Governed, index: int, q: Quantity, phrase: Phrase
    ) -> str | None:
        """The visitors of "the museum drew 412,000 visitors, the gallery 98,000"."""
        last = self.st.quantities[index - 1] if index else None
        if governed.role != "gap" or last is None or last.noun is None or q.noun is not None:
            return None
        head = clauses.head(phrase.measure or "")
        one = not quantities.is_plural(head) and not clauses.is_measure(head)
        bare = q.unit is None and q.form == "plain" and q.place >= 1
        tags = self.tags[phrase.first : q.lead]
        joined = set(self.tags[last.after : phrase.first]) <= set(",C") and tags[:1] == "D"
        joined = joined and set(tags[1:]) == {"N"}
        same = units.is_count(last.unit or "") and self.told[index - 1].measure == last.noun
        return last.noun if one and bare and joined and same else None

    def _whole_again(self, index: int, q: Quantity, phrase: Phrase) -> tuple[str, int, int] | None:
        """The nights of "the coast took 19% of nights and Leeds 14%": another's share of it."""
        told, last = self.told[index - 1].measure or "", self.st.quantities[index - 1]
        _, share, whole = told.rpartition("share of ")
        same = q.unit == last.unit == "%" and bool(share) and phrase.entity is not None
        return (f"{share}{whole}", *self._place(phrase)) if same else None

    def _is_held(self, governed: Governed, q: Quantity) -> bool:
        """The fund of "a pension fund holds 9.9%", the ministry of "budgeted 4bn for roads"."""
        if governed.role != "level" or governed.at < 0 or self.tags[governed.at] != "V":
            return False
        head = clauses.head(governed.phrase.measure or "") if governed.phrase else ""
        if clauses.is_measure(head) or governed.at != q.lead - 1 - self._n_before(q):
            return False
        verb = lexicon.verbs().get(self.st.low(governed.at))
        if verb is None:
            return kinds.is_money(q) and self.st.low(q.after) == "for"
        return verb.lemma in ("hold", "keep") and kinds.is_ratio(q)

    def _is_agent(self, governed: Governed, index: int, q: Quantity) -> bool:
        """The ministry of "the bank plans 96 million tonnes, the ministry 95 million"."""
        head = clauses.head(governed.phrase.measure or "") if governed.phrase else ""
        known = units.singular(head) in lexicon.words("cues", "agents")
        return known and governed.role == "gap" and index > 0

    def _n_before(self, q: Quantity) -> int:
        """How many of "a", "its", "about" stand right before a quantity."""
        k = q.lead
        while k > 0 and self.tags[k - 1] in "DB":
            k -= 1
        return q.lead - k

    def _whole_of(self, governed: Governed, index: int, q: Quantity) -> str | None:
        """The power of "wind gave 26% of power, hydro 23%", "Of the grain, wheat made up 54%"."""
        share = q.unit == "%" or q.form in ("fraction", "odds")
        phrase = governed.phrase
        if not share or phrase is None or self.st.low(q.after) in ("of", "more", "less"):
            return None
        head = clauses.head(phrase.measure or "")
        if clauses.is_measure(head) or head in _RESTS or names.is_calendar(head):
            return None
        if governed.role == "level" and index == 0 and self.st.low(0) == "of":
            opened = clauses.after(self.st, self.tags, 1)
            led = opened is not None and self.st.raw(opened.after) == "," and opened.measure
            return led or None
        last = self.st.quantities[index - 1] if index else None
        if governed.role != "gap" or last is None or last.unit != q.unit:
            return None
        between = self.tags[last.after : q.lead]
        told = (self.told[index - 1].measure or "").partition("share of ")[2]
        return told if told and "V" not in between and "X" not in between else None

    def _is_listed_name(self, phrase: Phrase) -> bool:
        """The Istria of "Nights by county: Istria 22.8, Zadar 12.0"."""
        words = self.st.tokens[phrase.first : phrase.after]
        return bool(words) and all(t.text[:1].isupper() for t in words if t.kind == "w")

    def _had(self, governed: Governed, q: Quantity) -> tuple[str, int, int] | None:
        verb = lexicon.verbs().get(self.st.low(governed.at))
        if verb is None or not verb.noun:
            return None
        at = self.st.tokens[governed.at]
        return self._aimed(verb.noun, q), at.start, at.end

    def _aimed(self, said: str, q: Quantity) -> str:
        """ "spent £170m on agency staff", "paid €2m in compensation": what for."""
        low = self.st.low(q.after)
        if not kinds.is_money(q) or low not in ("on", "for", "in"):
            return said
        if low == "in" and (self.tags[q.after + 1 : q.after + 2] != "N"):
            return said
        phrase = clauses.after(self.st, self.tags, q.after + 1)
        if phrase is None or phrase.measure is None or phrase.generic or phrase.entity:
            return said
        times = not _TIMES.isdisjoint(units.singular(w) for w in phrase.measure.split())
        none = lexicon.words("cues", "no_contents")
        if times or not _may_measure(phrase.measure) or clauses.head(phrase.measure) in none:
            return said
        return f"{said} {low} {phrase.measure}" if len(phrase.measure.split()) < 5 else said

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
            said = not q.attributive and phrase is not None and self._is_who_said(phrase)
            if phrase is not None and phrase.measure and not said:
                return phrase.measure, *self._place(phrase)
        beside = self._beside(index, q)
        if beside is not None:
            return beside
        return self._had(governed, q) if governed.role == "have" else None

    def _beside(self, index: int, q: Quantity) -> tuple[str, int, int] | None:
        """The extension of "a 14-mile, $3.5 billion extension": two stand before one noun."""
        led = q.attributive or self.tags[q.lead - 1 : q.lead] == "D"
        following = self.st.quantities[index + 1 : index + 2]
        if not (led and following and self.st.between(q, following[0]) == [","]):
            last = self.st.quantities[index - 1] if index else None
            again = last is not None and last.attributive and self.st.between(last, q) == [","]
            if not again or self.tags[q.after : q.after + 1] != "N":
                return None
            phrase = clauses.after(self.st, self.tags, q.after)
        elif self.tags[following[0].after : following[0].after + 1] == "N":
            phrase = clauses.after(self.st, self.tags, following[0].after)
        else:
            return None
        if phrase is None or not phrase.measure:
            return None
        return phrase.measure, *self._place(phrase)

    def _is_who_said(self, phrase: Phrase) -> bool:
        """The analysts of "the £198 million analysts had expected"."""
        goes_on = self.tags[phrase.after : phrase.after + 1] == "X"
        goes_on = goes_on or self.st.low(phrase.after) in _FORETELLING
        return goes_on and quantities.is_plural(self.st.low(phrase.after - 1))

    def _inherit(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """From the quantity before in the sentence, else from what was spoken of."""
        if q.form == "age" or (q.unit == "year" and people.is_age(self.st, self.tags, q)):
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
        before = list(zip(self.told, self.st.quantities, strict=False))
        before.sort(key=lambda pair: not pair[1].attributive)
        if governed.base and q.unit is not None:
            before.sort(key=lambda pair: pair[1].unit == q.unit)
        previous = next(
            (s for s, _ in reversed(before) if s.measure not in _UNSHARED and _fits(s, q)),
            None,
        )
        if previous is not None:
            last = self.st.quantities[index - 1]
            own = self._own_predicate(last, previous.measure or "", q)
            told = self._before_parts(governed, previous.measure or "")
            made.measure = own or self._for_another(_whole(told, q), q)
            origin = next((o for o in previous.origins if o.slot == "measure"), None)
            made.found(
                "measure", "sentence", origin.start if origin else 0, origin.end if origin else 0
            )
            return
        subject = self.subject
        if subject is not None and governed.role and self._may_tell(subject, governed, q):
            made.measure = subject.measure
            made.found("measure", "sentence", *self._place(subject))
            return
        lead = self._lead(q)
        if lead is not None:
            made.measure = lead.measure
            made.found("measure", "clause", *self._place(lead))
            return
        self._from_topic(made, governed, q)

    def _may_tell(self, subject: Phrase, governed: Governed, q: Quantity) -> bool:
        """Whether the subject of a sentence may be what a quantity of it measures."""
        if not subject.measure or subject.generic or self._only_says(subject):
            return False
        acts = governed.role in ("other", "have") and not _is_measuring(subject, q)
        head = units.singular(clauses.head(subject.measure))
        return not acts and head not in lexicon.words("cues", "agents")

    def _only_says(self, subject: Phrase) -> bool:
        """The staff of "the staff had expected 2.4%", which is no headcount."""
        k = subject.after
        while self.tags[k : k + 1] in ("X", "B") and self.st.low(k) not in _BE:
            k += 1
        verb = lexicon.verbs().get(self.st.low(k)) if self.tags[k : k + 1] == "V" else None
        said = verb is not None and verb.lemma in lexicon.words("cues", "saying")
        return said and verb is not None and verb.lemma not in _NO_SOURCES

    def _before_parts(self, governed: Governed, told: str) -> str:
        """The offences of "the city saw 17,900 offences, the harbour 9,240 and Leeward 6,015"."""
        named = governed.phrase is not None and governed.phrase.entity is not None
        whole = (s.measure for s in self.told if s.measure and told.startswith(f"{s.measure} of "))
        return next(whole, told) if named else told

    def _own_predicate(self, before: Quantity, told: str, q: Quantity) -> str | None:
        """The people leaving of "two people died and 1,340 had to leave": each its own verb."""
        if q.noun is not None or q.unit is not None or q.form != "plain" or before.noun is None:
            return None
        if units.singular(clauses.head(told)) == before.unit or q.value != int(q.value or 0):
            return None
        k = people.verb_after(self.tags, q)
        k += self.st.low(k) == "to" and self.tags[k - 1] == "X"
        verb = self.st.low(k)
        done = self.tags[k : k + 1] == "V" or self.tags[k - 1 : k + 1] == "XN"
        return f"{before.noun} {verb}" if done and verb.isalpha() else None

    def _for_another(self, told: str | None, q: Quantity) -> str | None:
        """The share for defence of "7% of GDP on education and 2.4% on defence"."""
        share, _, purpose = (told or "").partition(" for ")
        other = self._purpose(q.after)
        if other is None or not purpose or not share.startswith("share of ") or q.unit != "%":
            return told
        return f"{share} for {other}"

    def _from_topic(self, made: Slots, governed: Governed, q: Quantity) -> None:
        """The measure of what was spoken of, or of the heading."""
        spoken = settle(self.context)
        same = self._said_in(spoken, q)
        if same is not None:
            made.measure = same
            made.found("measure", "paragraph", spoken.start, spoken.end)
            return
        for topic in (spoken, self.context.heading):
            counts = kinds.is_money(q) and topic.unit == units.singular(
                clauses.head(topic.measure or "")
            )
            if topic.measure is not None and _fits(topic, q) and not counts:
                made.measure = _whole(topic.measure, q)
                made.found("measure", topic.how, topic.start, topic.end)
                return
        self._last_resort(made, governed, q)

    def _said_in(self, topic: Topic, q: Quantity) -> str | None:
        """The ratio of "assets were $3bn, so the ratio was 123%. Before, it was 117%": what was
        told last in the same unit, where what was told first has another."""
        said = [s for s in self.context.said if s.measure]
        first = next((s for s in said if s.measure == topic.measure), None)
        same = [s for s in said if s.unit == q.unit]
        apart = first is not None and first.unit != q.unit and q.unit not in (None, "1")
        return same[-1].measure if apart and same else None

    def _lead(self, q: Quantity) -> Phrase | None:
        """The "cases" of "Cases by town: Halvern 132, Stowbridge 67"."""
        colon = next((k for k in range(1, q.lead) if self.st.raw(k) == ":"), 0)
        if not 1 < colon < 12 or "Q" in self.tags[:colon] or "V" in self.tags[:colon]:
            return None
        phrase = clauses.after(self.st, self.tags, 0)
        if phrase is None or phrase.measure is None or phrase.generic:
            return None
        return phrase if self.st.low(phrase.after) in ("by", "in", "per", ",") else None

    def _last_resort(self, made: Slots, governed: Governed, q: Quantity) -> None:
        """What points back to nothing names itself ("the economy shrank"); "the figure for May" is
        of what the article told first, in the same unit."""
        phrase = governed.phrase
        if phrase is None or not phrase.generic or not phrase.measure:
            return
        opened = self.context.opened
        if clauses.head(phrase.measure) in _FIGURES:
            if opened is not None and opened.unit == q.unit:
                made.measure = opened.measure
                made.found("measure", "sentence", *self._place(phrase))
        elif _may_measure(phrase.measure):
            made.measure = phrase.measure
            made.found("measure", "clause", *self._place(phrase))

    def _continues(self, index: int, q: Quantity) -> bool:
        """ "87 years for women and 81 years for men": the same of another."""
        if index == 0 or self.told[index - 1].measure in (None, _LENGTH):
            return False
        last = self.st.quantities[index - 1]
        if self.st.low(q.lead - 1) in ("against", "versus", "than") and last.unit == q.unit:
            return True
        between = self.tags[last.after : q.lead]
        same = last.unit == q.unit and last.noun is None
        return same and "V" not in between and "X" not in between and len(between) < 6

    def _following(self, q: Quantity) -> Phrase | None:
        """ "One in five households"."""
        if q.form not in ("odds", "fraction") or self.tags[q.after : q.after + 1] != "N":
            return None
        phrase = clauses.after(self.st, self.tags, q.after)
        return phrase if phrase is not None and phrase.measure else None


def _is_amount(phrase: Phrase | None, whole: Phrase) -> bool:
    """Whether a subject measures what may be told as a share: a deficit, and no part of a whole."""
    head = clauses.head(phrase.measure or "") if phrase is not None else ""
    sums = head in headers.listed("sums") or head in lexicon.words("cues", "of_money")
    return (sums or head in _RATES) and head != clauses.head(whole.measure or "")


def place(statement: Statement, phrase: Phrase) -> tuple[int, int]:
    """Where a phrase begins and ends in the text."""
    return statement.tokens[phrase.first].start, statement.tokens[phrase.after - 1].end


def _narrower(bare: str, topic: str) -> str | None:
    """The "services" by which "trade in services" is narrower than "imports and exports"."""
    kin = next((names for names in lexicon.kin() if bare in names), ())
    if not kin or clauses.head(topic) == clauses.head(bare):
        return None
    for name in kin:
        before, found, after = f" {topic} ".partition(f" {name} ")
        said, following = before.split(), after.split()
        if found and said and not following:
            return None if said[-1].endswith(_OF_ADJECTIVES) else " ".join(said)
        if found and not said and following[:1] in (["in"], ["of"]):
            return " ".join(following[1:])
    return None


_OF_ADJECTIVES = ("al", "ic", "ive", "ous", "ar", "an", "ign", "y")
# "shed 177 gigatonnes of ice", "handled 3 tonnes of cargo": what is named is measured.
_OF_BODIES = frozenset({"weight loss", "weight gain", "load", "throughput"})
_FIGURES = frozenset("figure figures number total value amount".split())
_RATES = frozenset("rate ratio gap bill burden".split())
_RESTS = frozenset("rest remainder share others".split())
_OF_OTHERS = frozenset({"base", "noun", "again", "comparative", "object"})
_LENGTH = "length of time"
OF_ONE = frozenset({"age", "rank", "score"})
_AIMING = frozenset({"level", "have", "other"})
UNSPOKEN = frozenset(
    {_LENGTH, "confidence level", "lead", "gap", "sample size", "p value", *OF_ONE}
)
_UNSHARED = frozenset({None, *UNSPOKEN})
_NO_SOURCES = frozenset({"add", "claim", "write", "note"})
_BE = frozenset("is are was were be been being".split())
_FORETELLING = frozenset("expected forecast predicted wanted sought hoped".split())
_TAKING = frozenset("carry hold take store handle seat produce process pump lift contain".split())


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
    head = clauses.head(said)
    bare = head == said and head in lexicon.comparatives()
    return not bare and head not in lexicon.words("cues", "no_measures")


def _tidy(measure: str) -> str:
    """A measure without the small words that were left at its ends: "exporters and"."""
    words = measure.split()
    if words[:1] == ["aged"]:
        return ""
    if len(words) > 2 and words[-2] in ("a", "per") and words[-1] in _TIMES:
        words = words[:-2]
    if len(words) > 2 and words[-2] == "in" and words[-1] in ("range", "region"):
        words = words[:-2]
    while words and words[-1] in _NO_END:
        words.pop()
    while words and words[0] in _NO_START:
        words.pop(0)
    return " ".join(words)


def _whole(measure: str | None, q: Quantity) -> str | None:
    """The volume of a "share of volume" told before, for an amount: that is no share."""
    bare = q.unit is None and q.value is not None and q.value > 100
    amount = bare or (not kinds.is_ratio(q) and q.unit != "point")
    if measure is None or not amount:
        return measure
    return measure.partition(" as share of ")[0].removeprefix("share of ")


_OR = ([",", "or"], ["or"], ["("], [",", "about"])
_DIMENSIONS = frozenset(
    "mass size weight height length width depth area population volume strength capacity brightness"
    " distance price cost value number amount density diameter".split()
)
_TIMES = frozenset(
    "weekend day week month year hour season night minute second head quarter".split()
)
_NO_END = frozenset(
    "financial fiscal and or it of the that thus there then now in for to with they he she"
    " we".split()
)
_NO_START = frozenset("the and or of it they he she we thus than then".split())


def _is_plain_subject(governed: Governed) -> bool:
    """Whether what governs a quantity names a thing and no measure: "vials keep at -70°C"."""
    phrase = governed.phrase
    if governed.words is not None or governed.role in ("base", "noun", "again", "comparative"):
        return False
    if phrase is None or phrase.measure is None or phrase.generic:
        return True
    words = [
        w
        for word in phrase.measure.split()
        for w in {word, units.singular(word)}
        if not units.are_persons(units.singular(word))
    ]
    return not any(clauses.is_measure(w) or w in lexicon.words("cues", "measured") for w in words)


def _fits(source: Slots | Topic, quantity: Quantity) -> bool:
    """Whether a measure told before can be that of a unit: no area is in kilometres."""
    unit = quantity.unit or ""
    if source.measure is None:
        return True
    head = clauses.head(source.measure)
    sort = kinds.class_of(quantity)
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
    "age": "time", "temperature": "", "speed": "", "pressure": "", "cost": "money",
    "price": "money", "spending": "money", "revenue": "money", "earnings": "money",
    "takings": "money", "wage": "money", "salary": "money", "turnover": "money",
}  # fmt: skip
_OF_ONE_UNIT = frozenset({"area", "temperature", "speed", "population density"})


def _nature_of_quotient(unit: str) -> str | None:
    """ "$76 a barrel" is a price, whatever it is said of."""
    above, _, below = unit.partition("/")
    priced = units.is_money(above) and units.is_physical(below)
    return "price" if priced else None


def _names_share(phrase: Phrase | None) -> bool:
    return phrase is not None and phrase.measure is not None and "share" in phrase.measure


def _past(lemma: str) -> str:
    irregular = data.load("verbs")["have_irregular"].get(lemma)
    return irregular[1] if irregular else lexicon.forms(lemma)[-1]
