"""Phrasing: the first sentence of an answer, as a person would say it.

Figures and results are slots; the words around them are the measure, entity and period that the
derivation carries (`bot.evidence.subjects`), so that the proof can find each in what is cited.
Where a name is not sure, the sentence does without it: "The difference is about £7 million."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot import rendering
from bot.answers import Calculation
from bot.deriving.candidates import is_of_change
from bot.evidence import cells, linking, subjects
from bot.evidence.subjects import Subject, be, capitalised, in_period, possessive
from bot.language import terms
from bot.nodes import Derivation, Node
from bot.operations import is_least, span_of
from bot.proving.binding import unmarked
from bot.questions import Query
from ingest import Article, Figure, units
from ingest.figures import names_measure

# -- a stated figure ------------------------------------------------------------------------------


def stated(figure: Figure, slot: str, query: Query, text: str = "", before: str = "") -> str | None:
    """A whole sentence around a stated figure; None where its slots do not carry one.

    text: the figure as its article writes it; before: what stands before it in its sentence
    """
    if text.replace(",", "").isdigit() and _HAD.search(before) and units.is_count(figure.unit):
        return None
    is_spelt = units.is_count(figure.unit) and text.split(" ")[0].isalpha()
    is_unsayable = re.search(r"\d[-‑][a-z]|^[+−-]", text) or text.isalpha() or is_spelt
    if is_unsayable or figure.claim not in (None, "reported", "revised"):
        return None
    if rendering.is_bare(figure, text):
        return None
    about = subjects.of_figure(figure, query)
    if figure.kind == "change":
        return _changed(figure, about, slot)
    if not about.name or figure.kind in {"share", "rank", "score"}:
        return None
    if linking.unit_class(figure.unit) == "money" and not names_measure(about.measure or ""):
        return None
    if _repeats(figure, about.measure or "", text):
        return _done(about, slot)
    if units.is_count(figure.unit) or figure.unit == "1":
        return _counted(about, slot, text)
    if not names_measure(about.measure or ""):
        return None
    verb = subjects.head_verb(about, linking.unit_class(figure.unit))
    return f"{capitalised(about.name)} {verb} {slot}{about.when}."


# "European routes had 651,000": of what is not told, and routes they are not.
_HAD = re.compile(r"\b(?:had|has|have|saw|got|took|drew|carried)(?: \w+)? $")


def _changed(figure: Figure, about: Subject, slot: str) -> str | None:
    verb = {"up": "rose by", "down": "fell by"}.get(figure.direction or "")
    if not about.name or not verb or figure.unit not in {"%", "pp"}:
        return None
    return f"{capitalised(about.name)} {verb} {slot}{about.when}."


def moved(figure: Figure, about: Subject, slot: str, said: frozenset[str]) -> str | None:
    """ "they rose by 7.1%", of what was just named; what is of another name is called by it.

    said: the stems of what was just named
    """
    verb = {"up": "rose by", "down": "fell by"}.get(figure.direction or "")
    if not about.name or not verb or figure.unit not in {"%", "pp"}:
        return None
    is_it = terms.stems_of(about.measure or "") <= said
    pronoun = "they" if subjects.is_plural(about.measure or "") else "it"
    return f"{pronoun if is_it else about.name} {verb} {slot}"


def _repeats(figure: Figure, measure: str, text: str) -> bool:
    """Whether the figure's own words say the measure again: "2.75 million cars", cars sold."""
    own = set(terms.stems(text)) & set(terms.stems(measure))
    return bool(own) and units.is_count(figure.unit)


def _done(about: Subject, slot: str) -> str | None:
    """ "25 million copies were sold": a count that says itself what it counts."""
    done = subjects.participle(about.measure or "")
    return f"{slot} were {done[1]}{about.when}." if done and not about.entity else None


def _counted(about: Subject, slot: str, text: str) -> str | None:
    """ "948 cars were sold.", "Brazil had 24 silver medals.", "There were 11,200 spectators." """
    measure = about.measure or ""
    is_alone, done = rendering.is_number(text), subjects.participle(measure)
    if is_alone and "." in text and " " not in text:
        return None
    if done:
        return (
            f"{slot} {done[0]} were {done[1]}{about.when}."
            if is_alone and not about.entity
            else None
        )
    is_had = is_alone and subjects.is_plural(measure) and _THINGS.fullmatch(measure)
    if not is_had or set(measure.split()) & set(terms.table("phrasing")["so_many"].split()):
        return _level(about, slot) if names_measure(measure) else None
    owner = f"{about.entity} had" if about.entity else "There were"
    return f"{owner} {slot} {measure}{about.when}."


# Things that can be had: "silver medals", "spectators".
_THINGS = re.compile(r"[a-z-]+(?: [a-z-]+)?")


def _level(about: Subject, slot: str) -> str:
    return f"{capitalised(about.name or '')} {be(about.measure or '')} {slot}{about.when}."


# -- a computed result ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """A result to be told: its node and calculation, what it and its parts are, and the slots."""

    node: Node
    done: Calculation
    about: Subject
    parts: Sequence[Subject]
    slot: str
    operands: Sequence[str]
    query: Query
    is_bare: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    falls: Sequence[bool] = ()

    @property
    def is_below_zero(self) -> bool:
        ends = (self.done.value, self.done.high, self.done.low)
        return next((end < 0 for end in ends if end is not None), False)

    @property
    def when(self) -> str:
        return in_period(self.about.period)

    @property
    def is_of_times(self) -> bool:
        """Whether the parts are of two times, or the question asks for a change."""
        told = {part.period for part in self.parts}
        return is_of_change(self.query.text) or (len(told) > 1 and None not in told)

    def two(self, first: int, second: int) -> tuple[str, str] | None:
        """The slots of the two figures that a result rests on, where it rests on no other: a unit
        that their columns have for both is said once."""
        parts = self.node.parts
        is_plain = len(parts) == 2 and all(p.figure and p.figure.kind != "change" for p in parts)
        if not is_plain or self.is_bare:
            return None
        (before, slot, after), last = self._with_unit(first), self._with_unit(second)
        is_said_later = not before and not last[0] and after == last[2] and after.startswith(" ")
        return f"{before}{slot}{'' if is_said_later else after}", "".join(last)

    def _with_unit(self, place: int) -> tuple[str, str, str]:
        """An operand's slot between what its table has of its unit."""
        slot, text = self.operands[place], self.texts.get(self.done.operands[place])
        figure = self.node.parts[place].figure
        if figure is None or text is None:
            return "", slot, ""
        before, after = rendering.beside(figure, text)
        return before, slot, after

    def operand(self, place: int) -> str:
        """An operand's slot with the unit that its table has for it."""
        return "".join(self._with_unit(place))

    @property
    def against(self) -> str:
        """ ", 2,600 hectares against 2,300"."""
        pair = self.two(0, 1)
        return f", {pair[0]} against {pair[1]}" if pair else ""

    @property
    def names(self) -> list[str]:
        """The names of the parts, when all are sure and no two are alike; else none."""
        found = [part.name for part in self.parts]
        told = [name for name in found if name]
        return told if len(set(told)) == len(found) else []


def computed(
    query: Query,
    derivation: Derivation,
    slot: str,
    ids: Mapping[str, str] | None = None,
    is_bare: bool = False,
    texts: Mapping[str, str] | None = None,
) -> str:
    """The sentence that tells a computed result; a bare one names nothing.

    texts: the derivation's figures as their articles write them
    ids: how the derivation's figures and steps are called in the draft; its own names when None
    """
    node = derivation.node
    assert node is not None
    done = derivation.calculations[derivation.result]
    called = ids or {}
    told = _Told(
        node=node,
        done=done,
        about=_NOTHING if is_bare else _about(node, done, query),
        parts=[_NOTHING if is_bare else subjects.of_node(part, query) for part in node.parts],
        slot=slot,
        operands=[f"{{{called.get(id, id)}}}" for id in done.operands],
        query=query,
        is_bare=is_bare,
        texts=texts or {},
        falls=_falls(node, done, derivation),
    )
    say = _SENTENCES.get(node.operation, _plain)
    text = say(told)
    if any(f.claim in _TO_COME for f in node.leaves):
        text = _supposed(text)
    return f"{capitalised(text)}."


def _falls(node: Node, done: Calculation, derivation: Derivation) -> list[bool]:
    parts = zip(node.parts, done.operands, strict=False)
    return [_is_fall(part, derivation, id) for part, id in parts]


def _is_fall(part: Node, derivation: Derivation, id: str) -> bool:
    """Whether what a part comes to is below zero."""
    if part.figure:
        return part.figure.kind == "change" and part.figure.direction == "down"
    value = derivation.calculations[id].value
    return value is not None and value < 0


_TO_COME = frozenset(["forecast", "target", "hypothetical"])
_SUPPOSED = {
    "rose": "would rise", "fell": "would fall", "came": "would come", "made": "would make",
    "accounted": "would account", "averaged": "would average", "was": "would be",
    "were": "would be", "is": "would be", "are": "would be", "works": "would work",
}  # fmt: skip


_NOTHING = Subject()


def _supposed(text: str) -> str:
    """What rests on a forecast or a plan is told as what would be."""
    if " would " in f" {text} ":
        return text
    verbs = "|".join(_SUPPOSED)
    return re.sub(rf"\b({verbs})\b", lambda m: _SUPPOSED[m[1]], text, count=1)


def _about(node: Node, done: Calculation, query: Query) -> Subject:
    """What a result is of; its period as it was computed, where its parts are sure of theirs."""
    found = subjects.of_node(node, query)
    is_sure = all(subjects.of_node(part, query).period for part in node.parts if not part.operation)
    period = done.period if is_sure or done.period in query.periods else None
    return replace(found, period=period)


def _plain(told: _Told) -> str:
    return f"that comes to {told.slot}"


def _difference(told: _Told) -> str:
    if told.node.identity and told.node.measure:
        return f"{subjects.with_article(told.node.measure)} came to {told.slot}{told.when}"
    return (
        _risen_by_parts(told)
        or _had_more(told)
        or _between_periods(told, "more")
        or _between_names(told, "more than")
        or f"the difference is {told.slot}{told.against}"
    )


def _risen_by_parts(told: _Told) -> str | None:
    """ "The trade surplus rose by {c1}": of what follows from others now and did before."""
    one, other = told.node.parts
    if not (one.measure and one.measure == other.measure and one.operation and other.operation):
        return None
    verb = "fell by" if told.is_below_zero else "rose by"
    return f"{subjects.with_article(one.measure)} {verb} {told.slot}{told.parts[0].when}"


def _had_more(told: _Told) -> str | None:
    """ "Ronsay had 31 medals more than Gotmark, 112 against 81": of counts by their owners."""
    named = _owners_called(told)
    if not named or told.is_below_zero:
        return None
    return f"{named[0]} had {told.slot} more than {named[1]}{_shared_time(told)}{told.against}"


def _owners_called(told: _Told) -> list[str]:
    """The owners of counts as the question calls them; none where one is not called."""
    figures = [part.figure for part in told.node.parts]
    owners = [f.entity for f in figures if f and f.entity]
    called = [part.called for part in told.node.parts if part.called]
    is_count = units.is_count(told.done.unit) and not told.is_bare
    if not is_count or len(set(owners)) < len(figures) or len(called) < len(figures):
        return []
    are_theirs = all(
        terms.stems_of(name) <= terms.stems_of(owner)
        for name, owner in zip(called, owners, strict=True)
    )
    return [subjects.as_typed(name, told.query.text) for name in called] if are_theirs else []


def _between_periods(told: _Told, word: str) -> str | None:
    """ "China's exports were {c1} more in 2024 than in 2023"."""
    one, other = told.parts
    is_one = one.name and one.name == other.name and one.period and other.period
    if not is_one or _counts_itself(told, one) or one.period == other.period or told.is_below_zero:
        return None
    verb = be(one.measure or "")
    return f"{one.name} {verb} {told.slot} {word}{one.when} than{other.when}"


def _between_names(told: _Told, words: str) -> str | None:
    if not told.names or told.is_below_zero:
        return None
    one, other = told.parts
    if _counts_itself(told, one) or _counts_itself(told, other):
        return None
    verb = _risen(told) or be(one.measure or "")
    if one.measure == other.measure and one.entity and other.entity:
        return f"{one.name} {verb} {told.slot} {words} {possessive(other.entity)}{told.when}"
    if not (one.is_asked and other.is_asked):
        return None
    last = other.measure if one.entity and one.entity == other.entity else other.name
    return f"{one.name} {verb} {told.slot} {words} {last}{told.when}"


def _risen(told: _Told) -> str | None:
    """How what is compared moved, where both are rises or both falls: they are no levels."""
    figures = [part.figure for part in told.node.parts]
    ways = {f.direction for f in figures if f is not None and f.kind == "change"}
    if len(ways) != 1 or any(f is None or f.kind != "change" for f in figures):
        return None
    return {"up": "rose by", "down": "fell by"}.get(ways.pop() or "")


def _points(told: _Told) -> str:
    if told.is_of_times or told.is_below_zero:
        return _moved(told) or _rise(told)
    return _between_names(told, "more than") or f"the difference is {told.slot}{told.against}"


def _growth(told: _Told) -> str:
    one, other = told.parts
    if told.names and one.period == other.period and one.is_asked and other.is_asked:
        word = "less" if told.is_below_zero else "more"
        return f"{one.name} {be(one.measure or '')} {told.slot} {word} than {other.name}{told.when}"
    return _moved(told) or _rise(told)


def _moved(told: _Told) -> str | None:
    """ "Exports rose by {c1} in 2024", of one measure at two times."""
    one, other = told.parts[0], told.parts[-1]
    if not one.name or other.measure not in (None, one.measure):
        return None
    if told.done.unit == "pp" and not subjects.is_rate(one.measure or ""):
        return None
    if other.entity and other.entity != one.entity:
        return None
    verb = "fell by" if told.is_below_zero else "rose by"
    return f"{one.name} {verb} {told.slot}{one.when}"


def _rise(told: _Told) -> str:
    move = f"that is a {'fall' if told.is_below_zero else 'rise'} of {told.slot}"
    ends = told.two(1, 0)
    return f"{move}, from {ends[0]} to {ends[1]}" if ends else move


def _absolute(told: _Told) -> str:
    level = told.parts[0]
    verb = "fell by" if told.is_below_zero else "rose by"
    return f"{level.name} {verb} {told.slot}{level.when}" if level.name else _rise(told)


def _sum(told: _Told) -> str:
    if told.node.identity and told.about.measure:
        return f"{told.about.name} came to {told.slot}{told.when}"
    if named := _owners_called(told):
        return f"{_listed(named)} together had {told.slot}{_shared_time(told)}"
    if told.about.is_called:
        return f"{told.about.name} together came to {told.slot}{told.when}"
    return f"together, that is {told.slot}{told.when}"


def _residual(told: _Told) -> str:
    if told.node.measure:
        return f"{told.about.name} came to {told.slot}{told.when}"
    whole = told.parts[0]
    is_named = whole.name and not _counts_itself(told, whole)
    of = f" of {whole.name}" if is_named else ""
    return f"the rest{of} came to {told.slot}{told.when}"


def _remainder(told: _Told) -> str:
    return f"that leaves {told.slot}{told.when}"


_MOVED = frozenset(["absolute_growth", "difference"])


def _share(told: _Told) -> str:
    if all(part.operation in _MOVED for part in told.node.parts) and len(told.names) == N_PAIR:
        return f"{told.names[0]} accounted for {told.slot} of the growth of {told.names[1]}"
    if not told.names:
        ends = told.two(0, 1)
        return f"that is {told.slot}, {ends[0]} of {ends[1]}" if ends else f"that is {told.slot}"
    part, whole = told.parts
    if part.measure == whole.measure and part.entity:
        return f"{part.entity} accounted for {told.slot} of {_inside(whole)}{told.when}"
    return f"{part.name} made up {told.slot} of {_inside(whole)}{told.when}"


def _inside(about: Subject) -> str:
    """A name within a sentence: a label of several words, of which only the first has a capital,
    is no proper name ("water and drainage's spending", "South Moravia's")."""
    name = about.name or ""
    later = (about.entity or "").split()[1:]
    if later and all(word.islower() for word in later) and name.startswith(about.entity or " "):
        return subjects.lowered(name)
    return name


def _ratio(told: _Told) -> str:
    one, other = told.parts
    if one.name and one.name == other.name and one.period != other.period and one.when:
        if other.when:
            verb, high = be(one.measure or ""), _high(told)
            return f"{one.name} {verb} {told.slot} times as {high}{one.when} as{other.when}"
    if told.names and _is_one_unit(told):
        verb = be(one.measure or "")
        return f"{one.name} {verb} {told.slot} times {other.name}{told.when}"
    if _is_one_unit(told):
        return f"that is {told.slot} times as {_high(told)}{told.against}"
    return f"the ratio is {told.slot}" if told.done.unit == "1" else f"that comes to {told.slot}"


def _is_one_unit(told: _Told) -> bool:
    one, other = told.node.parts
    if told.done.unit != "1":
        return False
    return one.unit == other.unit or not (units.is_count(one.unit) and units.is_count(other.unit))


def _high(told: _Told) -> str:
    """ "many" of counts, "much" of amounts, "high" of rates and all else."""
    unit = told.node.parts[0].unit
    if units.is_count(unit):
        return "many"
    return "much" if units.is_money(unit) else "high"


def _before(told: _Told) -> str:
    level, node = told.parts[0], told.node.parts[0]
    when = told.when or f" before the {_change(told)}"
    if not level.name or _counts_itself(told, level):
        there = "there were" if units.is_count(told.done.unit) else "the figure was"
        return f"{there} {told.slot}{when}"
    kind = linking.unit_class(node.figure.unit) if node.figure else ""
    return f"{level.name} {subjects.head_verb(level, kind)} {told.slot}{when}"


def _change(told: _Told) -> str:
    """ "rise of 6.4%": the change before which something was so much."""
    figure = told.node.parts[1].figure if len(told.node.parts) == 2 else None
    way = {"up": "rise", "down": "fall"}.get(figure.direction or "") if figure else None
    is_plain = figure is not None and figure.kind == "change" and not told.is_bare
    return f"{way} of {told.operand(1)}" if way and is_plain else "change"


def _counts_itself(told: _Told, about: Subject) -> bool:
    """Whether the result's unit says again what it is of: "passengers"."""
    own = set(terms.stems(told.done.unit)) & set(terms.stems(about.measure or ""))
    return bool(own) and units.is_count(told.done.unit)


def _projection(told: _Told) -> str:
    name = told.parts[0].name or told.about.name
    return f"{name or 'that'} would come to {told.slot}{told.when}"


def _average(told: _Told) -> str:
    if len(told.names) == len(told.parts) and all(part.is_asked for part in told.parts):
        return f"{_listed(told.names)} averaged {told.slot}{told.when}"
    names = {part.measure for part in told.parts}
    measure = told.parts[0].measure
    if len(names) == 1 and measure and not _counts_itself(told, told.parts[0]):
        return f"{subjects.with_article(measure)} averaged {told.slot}{told.when}"
    return f"the average is {told.slot}"


def _spread(told: _Told) -> str:
    each = f" a {span_of(told.node.parameters)}"
    measure = told.parts[0].measure
    if measure and not _counts_itself(told, told.parts[0]):
        return f"{subjects.with_article(measure)} averaged {told.slot}{each}{told.when}"
    return f"the average is {told.slot}{each}{told.when}"


def _midpoint(told: _Told) -> str:
    return f"the midpoint is {told.slot}"


def _rate(told: _Told) -> str:
    return f"the exchange rate implied is {told.slot}"


def _per_unit(told: _Told) -> str:
    about = told.parts[0]
    is_named = about.is_asked and about.name and not _counts_itself(told, about)
    when = about.when if is_named else ""
    verb = "work" if is_named and subjects.is_plural(about.measure or "") else "works"
    return f"{about.name if is_named else 'that'} {verb} out at {told.slot}{when}"


def _contribution(told: _Told) -> str:
    names = [part.name for part in told.parts]
    if len(names) == 4 and names[0] and names[2]:
        return f"{names[0]} contributed {told.slot} to the growth of {names[2]}{told.when}"
    return f"the contribution is {told.slot}"


def _conversion(told: _Told) -> str:
    amount = told.parts[0]
    rate = "the rate implied" if told.node.parts[-1].operation else "that rate"
    if told.node.parameters:
        return f"the {told.node.parameters[0]} you name comes to {told.slot} at {rate}"
    if amount.name:
        return f"{amount.name} came to {told.slot}{amount.when}, converted at {rate}"
    return f"converted at {rate}, that is {told.slot}"


def _product(told: _Told) -> str:
    if told.node.parameters:
        return f"that comes to {told.slot} for each {told.node.parameters[0]} you name{told.when}"
    return f"that comes to {told.slot}{told.when}"


def _percent_of(told: _Told) -> str:
    if told.node.parts[0].operation == "remainder":
        return f"the rest of {told.operands[1]} came to {told.slot}{told.when}"
    share, whole = told.operands
    return f"that is {told.slot}, {share} of {whole}"


def _whole_of(told: _Told) -> str:
    part, share = told.operands
    return f"the whole is {told.slot}, of which {part} is {share}"


def _extremum(told: _Told) -> str:
    if ranked := _ranked(told):
        return ranked
    word = _superlative(told)
    best = next((i for i, part in enumerate(told.node.parts) if _is_result(part, told)), 0)
    name, when = _distinct(told, best)
    if name and (most := _MOST.search(told.query.text.lower())):
        return f"{name} had the {most[1]}, at {told.slot}"
    if name:
        return f"{name} {be(name)} the {word}, at {told.slot}"
    if when:
        return f"it was {word}{when}, at {told.slot}"
    return f"the {word} is {told.slot}"


def _ranked(told: _Told) -> str | None:
    """ "Travel grew fastest, by {f2}, followed by exports ({f1})", of what the question names."""
    called = [part.called for part in told.node.parts if part.called]
    if len(called) < len(told.parts) or told.is_bare or len(set(told.falls)) > 1:
        return None
    named = [subjects.as_typed(name, told.query.text) for name in called]
    if had := _had(told):
        return had
    head, end = f"{named[0]} {_by_rank(told, len(named) == N_PAIR)}", _shared_time(told)
    by = "by" if _are_changes(told) else "at"
    if len(named) == N_PAIR:
        return f"{head}, {by} {told.slot}{end}, against {told.operands[1]} for {named[1]}"
    others = zip(named[1:], told.operands[1:], strict=True)
    row = _listed([f"{name} ({slot})" for name, slot in others])
    return f"{head}, {by} {told.slot}{end}, followed by {row}"


def _had(told: _Told) -> str | None:
    """ "Faroyar had more gold medals, 41 against 34 for Ronsay": of counts by their owners."""
    if not (named := _owners_called(told)):
        return None
    what, end = _had_what(told), _shared_time(told)
    least, first = is_least(told.node.parameters), named[0]
    others = list(zip(named[1:], told.operands[1:], strict=True))
    if len(named) == N_PAIR:
        more = f"{'fewer' if least else 'more'}{what}{end}"
        return f"{first} had {more}, {told.slot} against {others[0][1]} for {others[0][0]}"
    most = f"the {'fewest' if least else 'most'}{what}{end}"
    row = _listed([f"{name} ({slot})" for name, slot in others])
    return f"{first} had {most}, {told.slot}, followed by {row}"


def _had_what(told: _Told) -> str:
    """ " gold medals": what is counted, where all are of one measure that is a plural."""
    measures = {part.measure for part in told.parts}
    measure = measures.pop() if len(measures) == 1 else None
    return f" {measure}" if measure and subjects.is_plural(measure) else ""


N_PAIR = 2


def _by_rank(told: _Told, are_two: bool) -> str:
    """ "grew fastest", "grew slower", "was the largest", "were smaller"."""
    least, table = is_least(told.node.parameters), terms.table("phrasing")["superlatives"]
    if _are_changes(told):
        is_fall = told.is_below_zero
        word = "slow" if least != is_fall else "fast"
        return f"{'fell' if is_fall else 'grew'} {word}{'er' if are_two else 'est'}"
    word = _superlative(told)
    of_two: dict[str, str] = table["of_two"]
    was = be(told.parts[0].measure or told.node.parts[0].called or "")
    return f"{was} {of_two.get(word, 'larger')}" if are_two else f"{was} the {word}"


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def _are_changes(told: _Told) -> bool:
    """Whether all that is compared are rises, or all are falls."""
    are_changes = all(
        part.operation == "growth" or (part.figure is not None and part.figure.kind == "change")
        for part in told.node.parts
    )
    return are_changes and len(set(told.falls)) == 1


def _shared_time(told: _Told) -> str:
    whens = {part.when for part in told.parts}
    return whens.pop() if len(whens) == 1 else ""


# "Who has the most boats?", not "What is the most popular sport?".
_MOST = re.compile(r"\b(most|fewest) [a-z]{2,20}s\b")


def _superlative(told: _Told) -> str:
    """The question's own, where it has one of that end; else by the kind of unit."""
    least = is_least(told.node.parameters)
    table: dict[str, str] = terms.table("phrasing")["superlatives"]
    known = table["least" if least else "most"].split()
    is_amount = units.is_count(told.done.unit) or units.is_money(told.done.unit)
    usual = known[0] if is_amount else known[1]
    asked: list[str] = re.findall(r"[a-z]+", told.query.text.lower())
    return next((word for word in asked if word in known), usual)


def _is_result(part: Node, told: _Told) -> bool:
    figure = part.figure
    if figure is None or figure.unit != told.done.unit:
        return False
    return (figure.low, figure.high) == (told.done.low, told.done.high)


def _distinct(told: _Told, i: int) -> tuple[str | None, str]:
    """What sets a part off from the others: its owner, else its period, else its measure."""
    figures = [None if told.is_bare else part.figure for part in told.node.parts]
    owners = [f.entity for f in figures if f and f.entity]
    is_whole = len(owners) == len(figures) and len(set(owners)) > 1
    if is_whole and owners.count(owners[i]) == 1:
        return owners[i], ""
    periods = [f.period for f in figures if f and f.period]
    if len(set(periods)) == len(figures):
        return None, in_period(periods[i])
    measures = [part.measure for part in told.parts]
    is_apart = len(set(measures)) == len(figures) and None not in measures
    return (measures[i], "") if is_apart else (None, "")


def _rank(told: _Told) -> str:
    name, when = _distinct(told, 0)
    name = name or told.parts[0].name
    end = ", counted from the smallest" if is_least(told.node.parameters) else ""
    at = f", at {told.operands[0]}" if told.node.parts[0].called else ""
    return f"{name or 'it'} ranked {told.slot}{when}{end}{at}"


def _count(told: _Told) -> str:
    be_ = "is" if len(told.node.parts) == 1 else "are"
    owners = [part.figure.entity for part in told.node.parts if part.figure]
    named = [one for one in owners if one and not subjects.is_no_owner(one)]
    if 1 < len(set(named)) == len(told.node.parts) <= 6:
        return f"there {be_} {told.slot}: {', '.join(named[:-1])} and {named[-1]}"
    if told.done.unit == "item":
        return f"that makes {told.slot}"
    return f"there {be_} {told.slot}"


def _consistency(told: _Told) -> str:
    is_met = told.done.text == "consistent"
    stated_, other = told.operands
    other_part = told.node.parts[1]
    what = _FOLLOWING.get(other_part.operation, "the other figure")
    said = f"{stated_} is {told.slot} with {what}, {other}"
    if other_part.operation == "growth" and any(part.operation for part in other_part.parts):
        said = f"the other figures give growth of {other}, and {stated_} is {told.slot} with that"
    if told.query.form == "yesno":
        return said
    return f"{'yes' if is_met else 'no'}: {said}"


_FOLLOWING = {
    "sum": "the sum of the parts",
    "share": "the share",
    "growth": "the change between the two",
    "per_unit": "the quotient",
    "before_change": "the level before the change",
}

_SENTENCES: Mapping[str, Callable[[_Told], str]] = {
    "share": _share,
    "difference": _difference,
    "point_change": _points,
    "residual": _residual,
    "remainder": _remainder,
    "sum": _sum,
    "ratio": _ratio,
    "multiple": _ratio,
    "growth": _growth,
    "before_growth": _before,
    "before_change": _before,
    "projection": _projection,
    "absolute_growth": _absolute,
    "average": _average,
    "midpoint": _midpoint,
    "spread": _spread,
    "exchange_rate": _rate,
    "cross_rate": _rate,
    "per_unit": _per_unit,
    "contribution": _contribution,
    "conversion": _conversion,
    "product": _product,
    "percent_of": _percent_of,
    "whole_of": _whole_of,
    "extremum": _extremum,
    "rank": _rank,
    "count": _count,
    "consistency": _consistency,
}


# -- a sentence of an article ---------------------------------------------------------------------


def quoted(article: Article, start: int, end: int) -> str:
    """A sentence of an article as an answer shows it: one line with a stop at its end, without the
    marks of a list, of emphasis and of who speaks; a row of a table with its header."""
    text = " ".join(article.text[start:end].split())
    if "|" in text and (row := cells.row(article, start)):
        return row.told()
    told = unmarked(_unpaired(text))
    return f"{told}." if told[-1:].isalnum() or told[-1:] in {")", "%"} else told


def _unpaired(text: str) -> str:
    """A sentence without the mark of a quotation that another sentence opened or goes on with."""
    for opening, closing in (('"', '"'), ("“", "”")):
        n_open, n_closed = text.count(opening), text.count(closing)
        is_odd = n_open % 2 == 1 if opening == closing else n_open != n_closed
        if is_odd and text.endswith(closing) and (opening == closing or n_closed > n_open):
            return text.removesuffix(closing)
        if is_odd and text.startswith(opening) and (opening == closing or n_open > n_closed):
            return text.removeprefix(opening)
    return text
