"""Sides: two things that a question compares, and the figures of a few lines that are theirs.

"Was more sold in Spain than in Italy?", "Is inflation under the target?", "Did sales beat the
forecast?" Each side keeps the words that the other lacks; a figure is a side's where those words
belong to it (`bot.language.nearness`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from typing import Any

from bot.evidence import linking
from bot.evidence.pages import Line
from bot.language import mentions, nearness, roles, terms, tilings
from bot.yesno import moves, telling
from ingest import Figure, units

# A figure belongs to a side from this on.
OWNED = 0.35
N_FIGURES = 24
# What it is worth that a pair stands in one sentence.
TOGETHER = 0.3
# Figures of two sentences are compared when either is this likely to be asked about, and neither
# so many times the other.
APART, TIMES = 0.3, 50
# Figures this likely are the sides' when they are so clearly more of one than of the other.
LIKELY, CLEAR = 0.3, 0.3
# Figures less likely are the sides' only where each is clearly its own side's.
SELDOM, CLEARLY = 0.15, 0.65


@dataclass(frozen=True, slots=True)
class Sides:
    """The stems of either side alone, those of both, and which side is supposed to be more.

    is_even: whether the two being equal is enough ("meet the target"); is_worth: whether one is
    to be better or worse, which is not always more or less; one_at, other_at: when
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    shared: tuple[str, ...]
    is_more: bool
    is_even: bool = False
    is_change: bool = False
    is_worth: bool = False
    one_at: tuple[str, ...] = ()
    other_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """The figures of the two sides."""

    one: Figure
    other: Figure
    fit: float


def _data() -> dict[str, Any]:
    return dict(terms.table("deciding")["sides"])


@lru_cache(maxsize=1)
def _templates() -> list[tuple[str, re.Pattern[str]]]:
    lists = terms.table("questions")["lists"]
    return [
        (kind, re.compile(roles.expand(template, lists)))
        for kind in ("than", "more", "less", "meets", "within")
        for template in _data()[kind]
    ]


@lru_cache(maxsize=256)
def read(question: str) -> Sides | None:
    """What a question compares; None where it compares nothing, or a thing with its own past."""
    typed = question.replace("’", "'").rstrip("?! .")
    flat = moves.of_before(typed.lower())
    if is_of_several(flat) or _NON.search(flat):
        return None
    for kind, pattern in _templates():
        m = pattern.search(flat[: roles.MAX_CHARS])
        if m and not _is_by_amount(flat):
            if made := _made(kind, m, flat, typed):
                return made
    return None


# "aeronautical revenue" against "non-aeronautical": the words of the one are all the other's too.
_NON = re.compile(r"\bnon-[a-z]")


@lru_cache(maxsize=256)
def phrases(question: str) -> tuple[str, str] | None:
    """What a question says of either side alone: "they spend on fuel" and "on staff", nothing and
    "the broker had supposed" of "Was the basket dearer than the broker had supposed?"."""
    flat = moves.of_before(question.replace("’", "'").rstrip("?! .").lower())
    if read(question) is None:
        return None
    for _, pattern in _templates():
        if m := pattern.search(flat[: roles.MAX_CHARS]):
            lead = re.sub(r"^\w+ ?", "", flat[: m.start()])
            one = " ".join(f"{lead} {m['A']}".split())
            return one if terms.find(one) else "", m["B"].strip()
    return None


# "less by weight although more by value", "did every branch sell more": more than one comparison.
_SEVERAL = re.compile(
    r"\b(?:although|though|even as|whereas|while|despite)\b|^[a-z]+ (?:both|every|each|all of)\b"
    r"|\b(?:in|at|of) (?:every|each|any)\b|^[a-z]+ any\b"
)


def is_of_several(question: str) -> bool:
    """Whether a question compares more than once: no one pair of figures decides it."""
    return bool(_SEVERAL.search(question.lower()))


@lru_cache(maxsize=256)
def turned(question: str) -> Sides | None:
    """The same of "Did energy get less money than property?": who has it, not what is had."""
    typed = question.replace("’", "'").rstrip("?! .")
    flat = moves.of_before(typed.lower())
    pattern = _templates()[0][1]
    m = pattern.search(flat[: roles.MAX_CHARS])
    told = read(question)
    subject = _stems(flat[: m.start()]) if m else ()
    if told is None or m is None or not subject or set(subject) & set(told.one):
        return None
    rest = tuple(s for s in (*told.one, *told.shared) if s not in subject)
    return replace(told, one=subject, shared=rest)


_TIMES = re.compile(
    r"^(?P<A>.+?) (?:twice|double|triple|treble|(?:two|three|four|five|six|ten|\d{1,2}) times)"
    r" as (?P<W>[a-z]+(?: [a-z]+){0,2}?)(?P<A2> (?:from|in|on|for|at|to|with) .+?)? as (?P<B>.+)$"
)


@lru_cache(maxsize=256)
def of_times(question: str) -> Sides | None:
    """The sides of "more than twice as much from tickets as from sponsors"."""
    m = _TIMES.match(question.lower().replace("’", "'").rstrip("?! .")[: roles.MAX_CHARS])
    if m is None:
        return None
    own = m["A2"] or m["A"]
    one, other = _stems(own), _stems(m["B"])
    rest = tuple(s for s in _stems(m["A"]) if s not in one and s not in other)
    alone = tuple(s for s in one if s not in other)
    opposite = tuple(s for s in other if s not in one)
    if not alone or not opposite:
        return None
    return Sides(alone, opposite, (*(s for s in one if s in other), *rest), True)


def _made(kind: str, m: re.Match[str], flat: str, typed: str) -> Sides | None:
    words = m.groupdict()
    if _AMOUNT.match(words["B"].strip()) or words["B"].strip().startswith("before"):
        return None
    if _OVER.search(m.group()[: m.start("B") - m.start()]) and _SPAN.match(words["B"]):
        return None
    if kind == "less" and _UNDER_NAME.match(typed[m.start("B") - 6 :]) and len(typed) == len(flat):
        return None
    if words.get("W"):
        # A name that was cut in two: "Pocket | Dragons earn more than".
        more = re.match(r"(?: [A-Z][\w'-]+)+", typed[m.start("W") :]) if typed != flat else None
        words["A"] += flat[m.start("W") :][: more.end()] if more else ""
        words["W"] = words["W"][more.end() :] if more else words["W"]
    comparing = words.get("W") or m.group().replace(words["A"], " ").replace(words["B"], " ")
    one, other = (_stems(words[name]) for name in ("A", "B"))
    shared = tuple(s for s in _stems(flat) if s in one and s in other)
    rest = tuple(s for s in _stems(flat) if s not in one and s not in other)
    if _PLACED.match(words["B"].strip()):
        one, rest = (*one, *rest), ()
    elif (
        kind == "than"
        and "W" not in words
        and (_OF_OWNER.match(typed[m.start("B") :]) or _IS.match(flat))
    ):
        # "Does Lund have more crime than the country?", "Is cash more useful than food?": who has
        # it, not what is had.
        subject = _stems(flat[: m.start()])
        if subject and subject != one:
            one, rest = subject, (*one, *(s for s in rest if s not in subject))
    alone, opposite = (tuple(s for s in side if s not in shared) for side in (one, other))
    if not opposite or not (alone or rest):
        return None
    way = _way_of(comparing)
    is_more = {"more": True, "meets": True, "less": False, "within": False}.get(kind, way == "up")
    if kind == "than" and way is None:
        return None
    return Sides(
        alone,
        opposite,
        (*shared, *rest),
        is_more,
        kind in {"meets", "within"},
        bool(re.search(r"\b(?:faster|slower)\b", comparing) or _GAIN.search(flat)),
        bool(re.search(r"\b(?:better|worse)\b", comparing)),
        *(tuple(p.value for p in mentions.periods(words[name])) for name in ("A", "B")),
    )


# "the hall's gain in visits was larger than the museum's"
_GAIN = re.compile(
    r"\b(?:gain|gains|increase|rise|growth|drop|fall|decline|jump)\b(?: [a-z0-9'-]+){0,6}"
    r" (?:bigger|larger|smaller|greater|higher|lower|steeper|stronger|weaker) than\b"
    r"|\b(?:bigger|larger|smaller|greater|higher|lower|steeper|stronger|weaker)"
    r" (?:gain|increase|rise|growth|drop|fall|decline|jump)\b"
)
# "more than four points ahead": held against an amount.
_BY_AMOUNT = re.compile(
    r"\b(?:more|less|fewer) than (?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|twenty)\b)"
    r"[^?]* (?:ahead|behind|above|below|than)\b"
)
_BY_TIMES = re.compile(
    r"\bmore than (?:doubled?|tripled?|trebled?|quadrupled?|quintupled?|halved?|[a-z]+fold)\b"
)


def _is_by_amount(flat: str) -> bool:
    """Whether something is held against an amount or a multiple, not against another thing."""
    is_part = terms.has(flat, _data()["no_sides"])
    return is_part or bool(_BY_AMOUNT.search(flat) or _BY_TIMES.search(flat))


# "rose over the twelve months": no side.
_OVER = re.compile(r"\bover (?:the )?$")
_SPAN = re.compile(
    r"(?:the )?(?:past |last |same |next |first )?(?:[a-z]+ |\d+ )?"
    r"(?:year|month|week|quarter|season|decade|half|period|time)s?\b"
)
# "the flood under Skarvjøkul": a place, nothing that is held against it.
_UNDER_NAME = re.compile(r"[a-z]*(?:under|below|neath) [A-Z]")
# "than the country", "than Norway": another owner, where "than cars" is another thing.
_OF_OWNER = re.compile(r"(?:the|its|his|her|their|our|any|all|every)\b|[A-Z]")
_IS = re.compile(r"(?:is|are|was|were) (?!there\b)")
# "cheaper in Vietnam than in Malaysia": what stands before "than" is of the first side.
_PLACED = re.compile(r"(?:in|from|for|at|with|on|to|by|of|during|among)\b")


def _way_of(comparing: str) -> moves.Way | None:
    """The way that words of comparing speak of, those of being less among them: "thinner"."""
    held = [w.group() for w in terms.words(comparing) if w.group() in _lesser()]
    return "down" if held else moves.way_of(comparing)


@lru_cache(maxsize=1)
def _lesser() -> frozenset[str]:
    return frozenset(_data()["lesser"].split())


_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(
    r"[$€£¥]?(?:(?!(?:19|20)\d\d\b)\d|twice\b|double\b|half\b"
    r"|one\b(?! (?:in|at|from|of|by|on)\b)|(?:two|three|four|five|six|ten|zero|nil)\b)"
)


def _stems(text: str) -> tuple[str, ...]:
    found = dict.fromkeys(terms.stems(linking.spoken(text)))
    return tuple(s for s in found if s not in _spent() and not moves.is_way(s))


_CLAUSE = re.compile(r"[;.:()]\s|, (?:and|but|while|whereas|though|although)\b|[–—]")
_CLOSE = 90


def told(sides: Sides, text: str) -> bool | None:
    """Whether a sentence compares the two sides in words as is supposed, "women outnumber men".

    None where it compares nothing, or other things
    """
    flat = text.lower().replace("’", "'")
    for m in _comparing().finditer(flat):
        way = "down" if m["less"] else _way_of(m["than"]) if m["than"] else "up"
        before = _CLAUSE.split(flat[: m.start()])[-1][-_CLOSE:]
        after = _CLAUSE.split(flat[m.end() :])[0][:_CLOSE]
        other = _places(before, after, sides.other)
        mine = _places(before, after, sides.one or sides.shared) - (
            other if not sides.one else set()
        )
        if way in {"up", "down"} and len(mine) == len(other) == 1 and mine != other:
            return ((way == "up") == ("before" in mine)) == sides.is_more
    return None


def _places(before: str, after: str, side: Sequence[str]) -> set[str]:
    """In which of two parts of a clause words of a side stand."""
    named = [stem for stem in side if not stem.isdigit()] or side
    return {
        name
        for name, part in (("before", before), ("after", after))
        if any(telling.stands(stem, terms.stems_of(part)) for stem in named)
    }


@lru_cache(maxsize=1)
def _comparing() -> re.Pattern[str]:
    more, less = ("|".join(_data()[f"told_{way}"].split(", ")) for way in ("more", "less"))
    return re.compile(
        rf"\b(?:(?P<more>{more})|(?P<less>{less})"
        r"|(?P<than>(?:more|less|fewer|better|worse|[a-z]{3,}er)(?: [a-z]+){0,3}) than)\b"
    )


@lru_cache(maxsize=1)
def _spent() -> frozenset[str]:
    return terms.stem_set(_data()["spent"].split())


def pair(
    sides: Sides,
    lines: Sequence[Line],
    figures: Mapping[tuple[str, int], Sequence[Figure]],
    chance: Callable[[Figure], float],
) -> Pair | None:
    """The figures that fit the two sides best, among those of a few lines."""
    is_of_times = bool(sides.one_at or sides.other_at) or any(
        moves.is_time(stem) for stem in (*sides.one, *sides.other)
    )
    told = [
        (f, _belongs(f, sides, line, figures[line.article_id, line.start]))
        for line in lines
        for f in figures.get((line.article_id, line.start), ())
        if is_compared(f, sides, chance) and (is_of_times or not _is_of_before(f, line))
    ][:N_FIGURES]
    best = None
    for (one, mine), (other, theirs) in permutations(told, 2):
        is_one = one.sentence == other.sentence and one.article_id == other.article_id
        is_pair = is_one and _is_pair(one, told)
        if not may_be_held(one, other, sides) or not _are_owned(mine, theirs, is_pair):
            continue
        if _is_of_another(one, mine[0], sides, other) or _is_of_another(
            other, theirs[1], sides, one
        ):
            continue
        is_told = is_pair and theirs[1] - mine[1] >= APART
        if mine[1] > theirs[1] or (theirs[0] > mine[0] and not is_told):
            continue
        if min(chance(one), chance(other)) < SELDOM and not _are_clear(mine, theirs):
            continue
        least = APART if not _are_clear(mine, theirs) else SELDOM
        is_likely = min(chance(one), chance(other)) >= least
        if not is_one and (not is_likely or is_of_other_size(one, other)):
            continue
        fit = mine[0] + theirs[1] - 0.5 * (mine[1] + theirs[0]) + 0.3 * (mine[2] + theirs[2])
        fit += chance(one) + chance(other) + (TOGETHER if is_one else 0)
        if best is None or fit > best.fit:
            best = Pair(one, other, fit)
    if best and best.one.sentence == best.other.sentence:
        return best
    return _likely_pair(told, chance) or best


def may_be_held(one: Figure, other: Figure, sides: Sides) -> bool:
    """Whether two figures are of one kind and unit, and each of its side's time where both are
    told."""
    are_dated = bool(sides.one_at and sides.other_at)
    if are_dated and not (may_be_of(one, sides.one_at) and may_be_of(other, sides.other_at)):
        return False
    return (one.kind == "change") == (other.kind == "change") and _are_alike(one, other)


def is_compared(figure: Figure, sides: Sides, chance: Callable[[Figure], float]) -> bool:
    """Whether a figure is of the kind that is compared: a change where growth is, else a level, or
    a likely amount of change ("industry lost 143,000 posts")."""
    if sides.is_change:
        return figure.kind == "change" or "/" in figure.unit
    is_amount = figure.unit not in {"%", "pp"} and chance(figure) >= LIKELY
    return figure.kind != "change" or is_amount


def may_be_of(figure: Figure, asked: Sequence[str]) -> bool:
    """Whether a figure may be of the time of its side; one without a period may be of any."""
    return not asked or not figure.period or any(tilings.is_same(figure.period, p) for p in asked)


_FROM_TO = re.compile(r"(?<!ranged )(?<!ranging )(?<!ranges )(?<!range )\bfrom \S{0,3}$")
_TO = re.compile(r"\S{0,6} ?(?:[a-z]+ )?to \S{0,3}\d")
_AGAINST = re.compile(
    r"\b(?:against|after|compared with|compared to|from|versus) (?:[a-z]+ )?\S{0,3}$"
)
_BEFORE = re.compile(
    r"[^.;,]{0,25}?\b(?:(?:a|one|the) (?:year|season|quarter|month|week) (?:before|earlier|ago)"
    r"|(?:twelve|three|six) months (?:before|earlier|ago)|last (?:year|season|quarter|month))\b"
)


def _is_of_before(figure: Figure, line: Line) -> bool:
    """Whether a figure is told as what was before: "from 32 to 29", "after 30 last year"."""
    flat = line.text.lower()
    before, after = flat[: figure.start - line.start], flat[figure.end - line.start :]
    if _FROM_TO.search(before) and _TO.match(after):
        return True
    return bool(_AGAINST.search(before) and _BEFORE.match(after))


def _are_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures can be held against each other: people and demonstrators are counted,
    "€61 per kilowatt-hour" and "€47" beside it are prices of one thing."""
    if one.unit == other.unit:
        return True
    is_counted = units.is_count(one.unit) and units.is_count(other.unit)
    is_counted = is_counted and {one.kind, other.kind} <= {"count", "level"}
    is_together = one.sentence == other.sentence and one.article_id == other.article_id
    is_short = one.unit.split("/")[0] == other.unit.split("/")[0] and one.measure == other.measure
    if is_together:
        return is_short and not is_of_other_size(one, other)
    return is_counted


Belonging = tuple[Figure, tuple[float, float, float]]


def _likely_pair(told: Sequence[Belonging], chance: Callable[[Figure], float]) -> Pair | None:
    """Of the likely figures of one sentence and unit the two that are most clearly the sides'."""
    likely = [(f, shares) for f, shares in told if chance(f) >= LIKELY]
    best = None
    for (one, mine), (other, theirs) in permutations(likely, 2):
        is_together = one.sentence == other.sentence and one.article_id == other.article_id
        if not _are_alike(one, other) or one.kind != other.kind or not is_together:
            continue
        clear = mine[0] + theirs[1] - mine[1] - theirs[0]
        if clear >= CLEAR and (best is None or clear > best.fit):
            best = Pair(one, other, clear)
    return best


def _is_of_another(figure: Figure, share: float, sides: Sides, beside: Figure) -> bool:
    """Whether a figure that is no side's by its words is told of an owner that is not asked about:
    "the film took $176m (North America $94m)"."""
    if share >= OWNED or not figure.entity or figure.entity == beside.entity:
        return False
    named = terms.stems(figure.entity)
    asked = (*sides.one, *sides.other, *sides.shared)
    return not any(telling.stands(stem, frozenset(asked)) for stem in named)


def _are_clear(mine: tuple[float, float, float], theirs: tuple[float, float, float]) -> bool:
    """Whether each figure is its own side's and not the other's."""
    return min(mine[0], theirs[1]) >= CLEARLY > max(mine[1], theirs[0])


def _is_pair(one: Figure, told: Sequence[Belonging]) -> bool:
    """Whether a sentence holds but two figures of a unit."""
    same = [f for f, _ in told if f.sentence == one.sentence and f.article_id == one.article_id]
    alike = [f for f in same if f.unit == one.unit]
    return len(alike) == 2 and alike[0].period == alike[1].period


def _are_owned(
    mine: tuple[float, float, float], theirs: tuple[float, float, float], is_pair: bool
) -> bool:
    """Whether each figure is its side's; of the only two in a sentence one is enough."""
    if mine[0] >= OWNED and theirs[1] >= OWNED:
        return True
    return is_pair and (mine[0] >= OWNED > mine[1] or theirs[1] >= OWNED > theirs[0])


def is_of_other_size(one: Figure, other: Figure) -> bool:
    if one.value is None or other.value is None:
        return True
    less, more = sorted((abs(one.value), abs(other.value)))
    return more > TIMES * less


def _belongs(
    figure: Figure, sides: Sides, line: Line, held: Sequence[Figure]
) -> tuple[float, float, float]:
    """How far a figure is of the one side, of the other, and of what they share."""
    spans = tuple((f.start - line.start, f.end - line.start) for f in held)
    mine = spans.index((figure.start - line.start, figure.end - line.start))
    owned = nearness.owners(line.text, spans)
    slots = terms.stem_set([figure.measure or "", figure.entity or ""])

    is_row = "|" in line.text

    def worth(stem: str) -> float:
        if _YEAR.fullmatch(stem) and is_row and figure.period:
            return 1.0 if stem in figure.period else 0.0
        told = [shares[mine] for other, shares in owned.items() if linking.same(stem, other) >= 0.8]
        if telling.stands(stem, slots) and not (told and max(told) == 0.0):
            return 1.0
        return max(told, default=0.3 if telling.stands(stem, line.around) else 0.0)

    def share(stems: Sequence[str]) -> float:
        return sum(map(worth, stems)) / len(stems) if stems else OWNED

    return share(sides.one), share(sides.other), share(sides.shared)
