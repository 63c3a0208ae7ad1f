"""Proposals: questions for a new corpus out of its own figures and sentences.

They are a beginning for a person to prune: what the figures say is only as right as they were
read, so that every proposal carries the tag "proposed".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice, zip_longest

from bot.evaluation.sets import Case, Kind
from ingest import Article, Figure, Span, periods
from ingest.units import is_count, is_percent

DEFAULT_PROPOSALS = 30
TAG = "proposed"
_ABBREVIATED = re.compile(
    r"((?:[A-Z][\w&'’-]{0,30} (?:of |and |for |the )?){1,6}[A-Z][\w'’-]{0,30}) \(([A-Z]{2,8})\)"
)
_DEFINED = re.compile(
    r"([A-Z][\w'’-]{0,30}(?: [A-Z][\w'’-]{0,30}){0,4}) (is|are) (?:an?|the) (?=\w)"
)
_VAGUE = frozenset(
    {"it", "this", "that", "there", "these", "those", "he", "she", "they", "we", "i"}
)


@dataclass(frozen=True, slots=True)
class Read:
    """An article as it was ingested."""

    article: Article
    sentences: Sequence[Span]
    figures: Sequence[Figure]

    def quote(self, span: Span) -> str:
        return self.article.text[span.start : span.end]


def propose(corpus: Sequence[Read], n: int = DEFAULT_PROPOSALS) -> list[Case]:
    """About `n` questions: quoted, computed, text and unanswerable ones, from all articles."""
    by_article = [_proposals(read, corpus) for read in corpus]
    turns = zip_longest(*(_alternate(kinds) for kinds in by_article))
    cases = (case for turn in turns for case in turn if case is not None)
    return _with_unique_ids(islice(_distinct(cases), n))


def _proposals(read: Read, corpus: Sequence[Read]) -> list[Iterator[Case]]:
    return [_quoted(read), _computed(read), _told(read), _unanswerable(read, corpus)]


def _alternate(kinds: Iterable[Iterator[Case]]) -> Iterator[Case]:
    rounds = zip_longest(*kinds)
    return (case for turn in rounds for case in turn if case is not None)


def _quoted(read: Read) -> Iterator[Case]:
    """What was the measure of the entity in the period? Asked of figures that stand alone."""
    for figure in _clear(read):
        yield _case("quoted", _question(figure), [read.quote(figure.sentence)], read, figure.value,
                    figure.unit, (figure.low, figure.high))  # fmt: skip


def _computed(read: Read) -> Iterator[Case]:
    """By how much did a level change between two periods; what was it before a growth rate?"""
    clear = list(_clear(read))
    for later in clear:
        for earlier in clear:
            if _is_earlier(earlier, later):
                yield _difference(read, earlier, later)
        for growth in read.figures:
            if _is_growth_of(growth, later):
                yield _before(read, later, growth)


def _told(read: Read) -> Iterator[Case]:
    """What an abbreviation stands for, what something is: as a sentence says."""
    for span in read.sentences:
        quote = read.quote(span)
        if match := _ABBREVIATED.search(quote):
            question = f"What does {match[2]} stand for?"
            yield _case("text", question, [quote], read, words=((match[1],),))
        elif (match := _DEFINED.match(quote)) and match[1].lower() not in _VAGUE:
            yield _case("text", f"What {match[2]} {match[1]}?", [quote], read)


def _unanswerable(read: Read, corpus: Sequence[Read]) -> Iterator[Case]:
    """The same measure in a year that no article names, and of an entity of other articles."""
    year = _unnamed_year(corpus)
    foreign = _entities(corpus) - _entities([read])
    for figure, entity in zip_longest(_clear(read), sorted(foreign)):
        if figure is None:
            return
        yield _missing(figure, period=str(year), entity=figure.entity)
        if entity and not _is_told(figure.measure, entity, corpus):
            yield _missing(figure, period=figure.period, entity=entity)


def _clear(read: Read) -> Iterator[Figure]:
    """Levels whose measure, period and value are known and told once only in the article."""
    found: dict[tuple[str | None, ...], list[Figure]] = defaultdict(list)
    for figure in read.figures:
        found[figure.measure, figure.entity, figure.period, figure.unit].append(figure)
    for figures in found.values():
        if len({figure.quantity for figure in figures}) == 1 and _is_clear(figures[0]):
            yield figures[0]


def _is_clear(figure: Figure) -> bool:
    return (
        figure.kind in {"level", "share", "rate", "count"}
        and figure.claim in {None, "reported"}
        and None not in (figure.value, figure.measure, figure.period)
    )


def _is_earlier(earlier: Figure, later: Figure) -> bool:
    """Whether both tell the same of two periods, in a unit whose difference has one."""
    same = (earlier.measure, earlier.entity, earlier.unit) == (
        later.measure, later.entity, later.unit,
    )  # fmt: skip
    if not same or is_percent(later.unit) or earlier.period is None or later.period is None:
        return False
    return periods.sort_key(earlier.period) < periods.sort_key(later.period)


def _is_growth_of(growth: Figure, level: Figure) -> bool:
    return (
        growth.kind == "change"
        and is_percent(growth.unit)
        and growth.value is not None
        and growth.basis == "year on year"
        and (growth.measure, growth.entity, growth.period)
        == (level.measure, level.entity, level.period)
    )


def _difference(read: Read, earlier: Figure, later: Figure) -> Case:
    then, now = _when(earlier.period), _when(later.period)
    question = f"By how much did {_subject(later)} change from {then} to {now}?"
    bounds = (_minus(later.low, earlier.high), _minus(later.high, earlier.low))
    value = _minus(later.value, earlier.value)
    quotes = [read.quote(earlier.sentence), read.quote(later.sentence)]
    if value is not None and value < 0:  # asked by how much, a fall is told without its sign
        value, bounds = -value, (_negated(bounds[1]), _negated(bounds[0]))
    return _case("computed", question, quotes, read, value, later.unit, bounds, "difference")


def _before(read: Read, level: Figure, growth: Figure) -> Case:
    question = f"What {_was(level)} {_subject(level)} in the year before {_when(level.period)}?"
    sign = -1 if growth.direction == "down" else 1
    low, value, high = (
        None if top is None or rate is None else top / (1 + sign * abs(rate) / 100)
        for top, rate in zip(
            (level.low, level.value, level.high),
            (growth.high, growth.value, growth.low)[::sign],
            strict=True,
        )
    )
    quotes = [read.quote(level.sentence), read.quote(growth.sentence)]
    return _case(
        "computed", question, quotes, read, value, level.unit, (low, high), "before_growth"
    )


def _missing(figure: Figure, period: str | None, entity: str | None) -> Case:
    question = _asked(figure, _subject(figure, entity), period)
    return Case(id="missing", question=question, kind="unanswerable", abstain=True, tags=(TAG,))


def _question(figure: Figure) -> str:
    return _asked(figure, _subject(figure), figure.period)


def _asked(figure: Figure, subject: str, period: str | None) -> str:
    if is_count(figure.unit):
        return f"What was the number of {subject} in {_when(period)}?"
    return f"What {_was(figure)} {subject} in {_when(period)}?"


def _was(figure: Figure) -> str:
    is_plural = (figure.measure or "").endswith("s") and not (figure.measure or "").endswith("ss")
    return "were" if is_plural else "was"


def _subject(figure: Figure, entity: str | None = None) -> str:
    owner = entity or figure.entity
    measure = figure.measure if is_count(figure.unit) else f"the {figure.measure}"
    return f"{measure} of {owner}" if owner else f"{measure}"


def _when(period: str | None) -> str:
    return periods.describe(period) if period else ""


def _case(
    kind: Kind,
    question: str,
    quotes: Sequence[str],
    read: Read,
    value: Decimal | None = None,
    unit: str | None = None,
    bounds: tuple[Decimal | None, Decimal | None] = (None, None),
    operation: str | None = None,
    words: tuple[tuple[str, ...], ...] = (),
) -> Case:
    return Case.model_validate(
        {
            "id": "proposal",
            "question": question,
            "kind": kind,
            "value": _plain(value),
            "unit": unit if value is not None else None,
            "tolerance": _tolerance(value, bounds),
            "words": words,
            "cite": [
                {"article": read.article.id, "text": quote} for quote in dict.fromkeys(quotes)
            ],
            "operation": operation,
            "tags": (TAG,),
        }
    )


def _tolerance(
    value: Decimal | None, bounds: tuple[Decimal | None, Decimal | None]
) -> Decimal | None:
    """Half of what the rounding of the inputs leaves open; None where a bound is open."""
    low, high = bounds
    if value is None or low is None or high is None or high <= low:
        return None
    return _plain((high - low) / 2)


def _plain(value: Decimal | None) -> Decimal | None:
    """At most twelve significant digits, no exponent."""
    if value is None:
        return None
    short = Decimal(f"{value:.12g}")
    return Decimal(f"{short.normalize():f}")


def _minus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _unnamed_year(corpus: Sequence[Read]) -> int:
    """The first year after all that the articles name that no article holds."""
    named = {
        int(year) for read in corpus for year in re.findall(r"\b[12]\d{3}\b", read.article.text)
    }
    years = {year for year in named if 1900 <= year <= 2100} or {2000}
    return max(years) + 7


def _entities(corpus: Iterable[Read]) -> set[str]:
    figures = chain.from_iterable(read.figures for read in corpus)
    return {figure.entity for figure in figures if figure.entity}


def _is_told(measure: str | None, entity: str, corpus: Sequence[Read]) -> bool:
    """Whether a figure or a whole article might tell this measure of this entity."""
    figures = chain.from_iterable(read.figures for read in corpus)
    if any((figure.measure, figure.entity) == (measure, entity) for figure in figures):
        return True
    return any(entity in read.article.text and (measure or "") in read.article.text.lower()
               for read in corpus)  # fmt: skip


def _distinct(cases: Iterable[Case]) -> Iterator[Case]:
    seen: set[str] = set()
    for case in cases:
        if case.question not in seen:
            seen.add(case.question)
            yield case


def _with_unique_ids(cases: Iterable[Case]) -> list[Case]:
    counts: Mapping[str, list[Case]] = defaultdict(list)
    made = []
    for case in cases:
        numbered = counts[case.kind]
        numbered.append(case)
        made.append(case.model_copy(update={"id": f"{case.kind}-{len(numbered)}"}))
    return made
