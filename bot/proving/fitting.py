"""Fitting: whether what a sentence says around a number is what its proof is about.

The digits may be right and the statement false: another year, another country, another measure,
a fall for a rise, "to" for "by". Each law here looks at one of these for one bound number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.calculation import is_datelined
from bot.language.vocabulary import COMPARISON, Word, content_stems, side_of, sides, tables, words
from bot.proving.binding import Bound, Ledger, Mention, Problem, mentions, periods_of, signed
from ingest import Figure, periods

_LINK = re.compile(
    r"[\s,(]*(?:(?:were|was|is|are|recorded|reported|seen|total|in|for|during|of|by|from|through|at|"
    r"the|end|over|throughout|full|year|calendar)\s){0,5}",
    re.I,
)
_DIRECTION_REACH = 7  # words before a number in which its direction is looked for
_AFTER_REACH = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the laws see it, and what is known of its articles.

    body: the sentence, quoted words and markers blanked; words: of it, numbers blanked too
    cited_stems: of the cited sentences; rivals: the figures of their articles, of which the
    numbers might wrongly be told, those of the cited sentences (`n_cited`) first
    spoken: the stems of the whole sentence
    proven: the bounds that a figure or a calculation stands behind
    """

    body: str
    words: tuple[Word, ...]
    bounds: tuple[Bound, ...]
    ledger: Ledger
    cited_stems: frozenset[str]
    n_cited: int
    rivals: tuple[Figure, ...]
    spoken: frozenset[str]
    proven: tuple[Bound, ...]
    verbatim: frozenset[str] = frozenset()


Law = Callable[[Said, Bound], Problem | None]


def check(said: Said) -> list[Problem]:
    """What does not fit, for every proven number of a sentence."""
    found = [law(said, bound) for bound in said.proven for law in _LAWS]
    found += [_swapped(said, "entity"), _swapped(said, "measure")]
    return [problem for problem in found if problem]


# Periods


def period_fits(said: Said, bound: Bound) -> Problem | None:
    """A period said with a number is its own; where one is said at all, one fits."""
    own = own_periods(bound.proof, said.ledger)
    if not own:
        return None
    told = [m for m in mentions(said.body) if m.period and not _is_inside(m, said.bounds)]
    linked = next((m for m in told if _is_linked(said, bound, m)), None)
    if linked is not None:
        return None if _fits(linked, own) else _wrong_period(said, linked, own)
    others = periods_of(bound.proof, said.ledger)
    against = next((m for m in told if _is_compared(said, bound, m)), None)
    if against is not None and others - own and not _fits(against, others - own):
        return _wrong_period(said, against, others - own)
    itself = _against_itself(said, bound, told)
    if itself is not None:
        return _wrong_period(said, itself, own)
    if told and not any(_fits(m, own | others) for m in told):
        return _wrong_period(said, told[0], own)
    if len(told) == 1 and len(said.proven) == 1 and not _fits(told[0], own | _bases(said, bound)):
        return _wrong_period(said, told[0], own)
    return None


def _bases(said: Said, bound: Bound) -> set[str]:
    """Periods that a change may name beside its own: what it is measured against."""
    figure = said.ledger.figures.get(bound.proof)
    if figure is None or figure.kind == "change":
        return periods_of(bound.proof, said.ledger)
    return set()


def own_periods(proof: str, ledger: Ledger) -> set[str]:
    """The period that a number is about; of a calculation that tells none, its leaves'."""
    if proof in ledger.figures:
        figure = ledger.figures[proof]
        return {figure.period} if figure.period and not is_datelined(figure) else set()
    period = ledger.calculations[proof].period
    if period:
        return {period}
    return periods_of(proof, ledger)


def _is_inside(mention: Mention, bounds: Iterable[Bound]) -> bool:
    return any(b.start <= mention.start < b.end and b.proof != "date" for b in bounds)


def _is_linked(said: Said, bound: Bound, mention: Mention) -> bool:
    """Whether a mention follows a number directly: "25 trillion yuan in 2024"."""
    if mention.start < bound.end:
        return False
    return bool(_LINK.fullmatch(said.body, bound.end, mention.start))


_THAN = re.compile(r"\s(?:\w+\s){0,3}(?:than|from|against|with)\s(?:in\s|that of\s)?", re.I)


def _is_compared(said: Said, bound: Bound, mention: Mention) -> bool:
    """Whether a mention is what a change is measured against: "18% more than in 2023"."""
    if mention.start < bound.end or _kind(bound.proof, said.ledger) != "change":
        return False
    return bool(_THAN.fullmatch(said.body, bound.end, mention.start))


def _against_itself(said: Said, bound: Bound, told: Sequence[Mention]) -> Mention | None:
    """A difference between two periods told as between one and itself."""
    done = said.ledger.calculations.get(bound.proof)
    if done is None or len({f.period for f in _figures(bound.proof, said.ledger)}) < 2:
        return None
    for mention in told:
        is_after = mention.start >= bound.end
        if is_after and _THAN.fullmatch(said.body, bound.end, mention.start):
            if any(m.period == mention.period and m is not mention for m in told):
                return mention
    return None


def _fits(mention: Mention, own: set[str]) -> bool:
    return any(mention.period is not None and _same_period(mention.period, p) for p in own)


def _same_period(said: str, own: str) -> bool:
    """The same period, a day of it told as its year or month, or a fiscal year by its number."""
    if said == own or said == own.removeprefix("FY") or own == said.removeprefix("FY"):
        return True
    return len(own) == 10 and own[4] == "-" and periods.contains(said, own)


def _wrong_period(said: Said, mention: Mention, own: set[str]) -> Problem:
    typed = said.body[mention.start : mention.end]
    return Problem("period", f"{typed!r} is said of a number of {', '.join(sorted(own))}")


# Direction


def direction_fits(said: Said, bound: Bound) -> Problem | None:
    """A rise is not told as a fall: the nearest word of direction agrees with the sign."""
    sign = signed(bound.proof, said.ledger)
    side = _direction_beside(said, bound)
    if not sign or side is None or (sign > 0) == (side == "up"):
        return None
    number = said.body[bound.start : bound.end]
    truth = "up" if sign > 0 else "down"
    return Problem("direction", f"{number} is a change {truth}, not {side}")


def _direction_beside(said: Said, bound: Bound) -> str | None:
    near = [w for w in said.words if w.end <= bound.start][-_DIRECTION_REACH:]
    before = [w for w in near if side_of(w.stem) and _same_clause(said, w, bound)]
    after = [w for w in said.words if w.start >= bound.end][:_AFTER_REACH]
    compared = side_of(after[0].stem, COMPARISON) if after else None
    if compared and after[0].start - bound.end <= 1:
        return compared
    if before:
        return side_of(before[-1].stem)
    return next((side_of(w.stem) for w in after if side_of(w.stem)), None)


def _same_clause(said: Said, word: Word, bound: Bound) -> bool:
    """No other number and no end of a clause lies between."""
    between = said.body[word.end : bound.start]
    if ";" in between or any(w in between for w in (" while ", " whereas ", " but ")):
        return False
    return not any(word.end <= b.start and b.end <= bound.start for b in said.proven)


_TO = re.compile(r"\bto (?:about |nearly |almost |roughly |more than |around )?$", re.I)
_BY = re.compile(r"\bby (?:about |nearly |almost |roughly |more than |around )?$", re.I)


def step_fits(said: Said, bound: Bound) -> Problem | None:
    """ "Rose to" wants a level and "rose by" a change."""
    head = said.body[max(0, bound.start - 60) : bound.start]
    turned = any(side_of(word.stem) for word in words(head)[-_DIRECTION_REACH:])
    kind = _kind(bound.proof, said.ledger)
    number = said.body[bound.start : bound.end]
    if turned and kind == "change" and _TO.search(head):
        return Problem("direction", f"{number} is a change: not “to” but “by”")
    if turned and kind in _STATES and _BY.search(head):
        return Problem("direction", f"{number} is a {kind}: not “by” but “to”")
    if kind in _STATES and _STEP.search(head):
        return Problem("direction", f"{number} is a {kind}, not a change")
    return None


_STATES = frozenset(["level", "count", "duration", "rank", "score"])
_STEP = re.compile(
    r"\b(?:up|down|grew|rose|fell|climbed|dropped|increased|decreased|declined|shrank|jumped|"
    r"slumped|expanded|swelled|plunged) (?:about |nearly |almost |roughly |more than )?$",
    re.I,
)
_TURNS = frozenset(["chang", "rate", "compar", "differ", "contribut", "pace"])


def kind_fits(said: Said, bound: Bound) -> Problem | None:
    """A change is told as one: some word of its sentence speaks of a change."""
    figure = said.ledger.figures.get(bound.proof)
    if figure is None or figure.kind != "change" or figure.unit not in ("%", "pp"):
        return None
    if any(side_of(stem) or side_of(stem, COMPARISON) or stem in _TURNS for stem in said.spoken):
        return None
    number = said.body[bound.start : bound.end]
    return Problem("measure", f"{number} is a change, which the sentence does not say")


def _kind(proof: str, ledger: Ledger) -> str | None:
    if proof in ledger.figures:
        return ledger.figures[proof].kind
    operation = ledger.calculations[proof].operation
    return "change" if operation in ("growth", "absolute_growth", "point_change") else None


def operation_fits(said: Said, bound: Bound) -> Problem | None:
    """A result is not told as that of another operation: a sum as a difference."""
    done = said.ledger.calculations.get(bound.proof)
    if done is None:
        return None
    chain = _operations(done.id, said.ledger)
    low = said.body.casefold()
    for phrase, operations in tables().tells:
        at = low.find(phrase)
        if at >= 0 and not chain & operations and _belongs(phrase, at, said, bound):
            return Problem("calculation", f"a {done.operation} is not told by “{phrase}”")
    return None


def compared_side(said: Said, bound: Bound) -> str | None:
    """The side of the word that compares right after a number: "more", "fewer"."""
    after = [w for w in said.words if w.start >= bound.end][:_AFTER_REACH]
    return next((s for w in after if (s := side_of(w.stem, COMPARISON))), None)


def _operations(id: str, ledger: Ledger) -> set[str]:
    done = ledger.calculations.get(id)
    if done is None:
        return set()
    return {done.operation}.union(*(_operations(one, ledger) for one in done.operands))


def _belongs(phrase: str, at: int, said: Said, bound: Bound) -> bool:
    """Whether a phrase speaks of this number: it is the nearest, and does not measure so."""
    measured = " ".join(_own_measures(bound.proof, said.ledger)).casefold()
    nearest = min(said.proven, key=lambda b: min(abs(b.end - at), abs(at + len(phrase) - b.start)))
    return nearest == bound and phrase not in measured


# Entities and measures


def entity_fits(said: Said, bound: Bound) -> Problem | None:
    """Where another entity is named, and the number's own is not, the number is not told of it."""
    own = {f.entity for f in _figures(bound.proof, said.ledger) if f.entity}
    if not own or any(names(said.words, one) or one in said.verbatim for one in own):
        return None
    for other in _rivals(said, bound, "entity"):
        if names(said.words, other) and not any(_same_name(other, one) for one in own):
            number = said.body[bound.start : bound.end]
            return Problem("entity", f"{number} is about {_listed(own)}, not {other}")
    return None


def _rivals(said: Said, bound: Bound, slot: str) -> list[str]:
    """The names of other things that a number of this unit may be mistaken for.

    They are those of figures in the cited sentences, and those that the cited sentences do not
    mention at all; a name that stands in the number's own sentence beside no figure of its own
    may be just another name for the same thing.
    """
    units_ = {figure.unit for figure in _figures(bound.proof, said.ledger)}
    return sorted(
        {
            name
            for place, figure in enumerate(said.rivals)
            if (name := getattr(figure, slot))
            and figure.unit in units_
            and (place < said.n_cited or not _is_said(name, said.cited_stems))
        }
    )


def _same_name(one: str, other: str) -> bool:
    mine, theirs = set(_entity_words(one)), set(_entity_words(other))
    return mine <= theirs or theirs <= mine


@lru_cache(maxsize=4096)
def _entity_words(entity: str) -> tuple[str, ...]:
    return tuple(w.low for w in words(entity) if w.low not in tables().function_words)


def names(said: Sequence[Word], entity: str) -> bool:
    """Whether a sentence names an entity, or the people or adjective made from its name."""
    wanted = [word for word in _entity_words(entity) if not word.isdigit()]
    plain = {word for word in entity.split() if word.islower()}
    is_name = entity[:1].isupper()
    lows = {w.low for w in said if w.text[0].isupper() or not is_name or w.low in plain}
    if wanted and all(word in lows for word in wanted):
        return True
    like = tables().demonyms.get(entity.casefold(), frozenset())
    return any(set(one.split()) <= lows for one in like)


def measure_fits(said: Said, bound: Bound) -> Problem | None:
    """A number is not said of another measure of its articles when its own goes unsaid; of one
    that is said in part, another number of the sentence may have the other measure."""
    own = _own_measures(bound.proof, said.ledger)
    if not own:
        return _unmeasured(said, bound)
    stranger = _other_measured(said, bound, own)
    if stranger:
        number = said.body[bound.start : bound.end]
        return Problem("measure", f"{number} is {_listed(own)}, not {stranger}")
    if any(_is_said(measure, said.spoken) for measure in own):
        return None
    contrary = _contrary(own, said.spoken)
    if contrary:
        return Problem("measure", f"{said.body[bound.start : bound.end]} is {contrary}")
    is_named = any(content_stems(measure) & said.spoken for measure in own)
    told = _told_measures(said) if is_named else set()
    for other in _rivals(said, bound, "measure"):
        if other in told:
            continue
        if _is_said(other, said.spoken) and not any(_overlap(other, one) for one in own):
            number = said.body[bound.start : bound.end]
            return Problem("measure", f"{number} is {_listed(own)}, not {other}")
    return None


def _other_measured(said: Said, bound: Bound, own: set[str]) -> str | None:
    """The measure of another figure of the cited sentences, in whatever unit, that the words
    beside the numbers speak of, where they do not speak of the number's own and no number that
    is told has it."""
    beside = frozenset(word.stem for word in said.words)
    if any(content_stems(measure) & beside for measure in own):
        return None
    told = _told_measures(said)
    for rival in said.rivals[: said.n_cited]:
        other = rival.measure
        if other and other not in told and _is_said(other, beside):
            if not any(_overlap(other, one) for one in own):
                return other
    return None


def _told_measures(said: Said) -> set[str]:
    """The measures of all numbers that a sentence tells."""
    return {m for b in said.proven for m in _own_measures(b.proof, said.ledger)}


def _unmeasured(said: Said, bound: Bound) -> Problem | None:
    """A number whose measure is not known is not told as one that its own sentence measures."""
    figure = said.ledger.figures.get(bound.proof)
    for rival in said.rivals[: said.n_cited]:
        if figure is None or rival.unit != figure.unit or not rival.measure:
            continue
        if rival.quantity != figure.quantity and _is_said(rival.measure, said.spoken):
            if not any(b.proof == said.ledger.known_id(rival) for b in said.proven):
                number = said.body[bound.start : bound.end]
                return Problem("measure", f"{number} is not known to be {rival.measure}")
    return None


def _contrary(own: set[str], spoken: frozenset[str]) -> str | None:
    """A measure of whose opposite the sentence speaks: a surplus told as a deficit."""
    for measure in own:
        mine = content_stems(measure)
        for side, other in (pair for stem in mine for pair in sides().get(stem, ())):
            if not spoken & side and spoken & other - mine:
                return measure
    return None


def _own_measures(proof: str, ledger: Ledger) -> set[str]:
    calculation = ledger.calculations.get(proof)
    if calculation is not None and calculation.measure:
        return {calculation.measure}
    return {f.measure for f in _figures(proof, ledger) if f.measure}


def _is_said(measure: str, stems: frozenset[str]) -> bool:
    wanted = content_stems(measure)
    return bool(wanted) and wanted <= stems


def _overlap(one: str, other: str) -> bool:
    return bool(content_stems(one) & content_stems(other))


def _figures(proof: str, ledger: Ledger) -> list[Figure]:
    return [ledger.figures[id] for id in ledger.leaves(proof)]


def _listed(names_: Iterable[str | None]) -> str:
    return ", ".join(sorted(name for name in names_ if name))


def _swapped(said: Said, slot: str) -> Problem | None:
    """Two numbers whose names stand before each other's: "exports {imports}, imports {exports}"."""
    told = [(b, _slot(b.proof, said.ledger, slot)) for b in said.proven]
    known = [(bound, name) for bound, name in told if name]
    if len(known) < 2 or len({name for _, name in known}) != len(known):
        return None
    places = {name: _last_place(said, name) for _, name in known}
    if None in places.values():
        return None
    if all(_nearest(said, bound, places) not in (None, name) for bound, name in known):
        return Problem(slot, f"the numbers of {_listed(places)} stand with each other's names")
    return None


def _slot(proof: str, ledger: Ledger, slot: str) -> str | None:
    found = ledger.calculations.get(proof) or ledger.figures.get(proof)
    value: str | None = getattr(found, slot)
    return value


def _last_place(said: Said, name: str) -> tuple[int, ...] | None:
    """Where the words of a name stand; None when they do not all."""
    wanted = content_stems(name)
    places = [word.start for word in said.words if word.stem in wanted]
    found = {word.stem for word in said.words if word.stem in wanted}
    return tuple(places) if wanted and found == wanted else None


def _nearest(said: Said, bound: Bound, places: dict[str, tuple[int, ...] | None]) -> str | None:
    """The name that stands last before a number."""
    before = [
        (max(p for p in at if p < bound.start), name)
        for name, at in places.items()
        if at and min(at) < bound.start
    ]
    return max(before)[1] if before else None


_LAWS: tuple[Law, ...] = (
    period_fits,
    direction_fits,
    step_fits,
    kind_fits,
    operation_fits,
    entity_fits,
    measure_fits,
)
