"""Dating: which period of a sentence, or of what stands above it, a quantity belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import periods, units
from ingest.figures import lexicon
from ingest.figures.figure import How
from ingest.figures.slots import Slots
from ingest.figures.statements import Dated, Statement

if TYPE_CHECKING:
    from ingest.figures.topics import Context

_BASES = frozenset({"from", "as", "than", "since", "over", "against", "versus", "with", "to"})
_YEAR_ON = (
    ("year", "year on year"),
    ("quarter", "quarter on quarter"),
    ("month", "month on month"),
)


def date(statement: Statement, tags: str, told: list[Slots], context: Context) -> None:
    """Set period, base period and basis of every quantity; the context's anchor moves along."""
    _resolve(statement, context)
    bases = [
        _is_base(statement, d)
        or _is_name(statement, d)
        or _is_compared_in(statement, d)
        or _is_level_of(statement, d)
        for d in statement.dates
    ]
    for index, slots in enumerate(told):
        if slots.pair_of is not None:
            source = told[slots.pair_of]
            slots.period, slots.base_period = source.period, source.base_period
            continue
        _set_period(statement, tags, index, slots, bases, context)
        _set_basis(statement, index, slots, bases)
    _bases_follow(statement, told, context)
    _list_dates(statement, told)
    spoken = [
        d for d, base in zip(statement.dates, bases, strict=True)
        if d.period and not base and _may_anchor(statement, d) and not _is_compared(statement, d)
    ]  # fmt: skip
    if spoken:
        context.anchor = spoken[0].period
        _speak(context, spoken)


def _speak(context: Context, spoken: list[Dated]) -> None:
    """What the sentences after this one inherit: its first period that is no day."""
    kept = next((d for d in spoken if d.period and len(d.period) != 10), None)
    if kept is not None:
        context.spoken_period = kept.period
        context.spoken_start, context.spoken_end = kept.mention.start, kept.mention.end


def _resolve(statement: Statement, context: Context) -> None:
    """Give periods their years, in order: each is seen from the one before it."""
    anchor = context.anchor or context.heading_period or context.published
    fixed = next(
        (
            d.mention.period
            for d in statement.dates
            if d.mention.period and _may_anchor(statement, d)
        ),
        None,
    )
    for dated in statement.dates:
        mention = dated.mention
        if mention.period is None:
            seen_from = _view(mention, anchor, fixed, context)
            dated.period = periods.resolve(mention, seen_from)
        if dated.period is not None and not _is_compared(statement, dated):
            anchor = dated.period if _may_anchor(statement, dated) else anchor


def _may_anchor(statement: Statement, dated: Dated) -> bool:
    """Whether a month without its year may be of the same one: not after "since", "than", "by"."""
    led = {statement.low(k) for k in range(dated.first - 3, dated.first)}
    return led.isdisjoint(_NO_ANCHORS) and not _is_name(statement, dated)


_NO_ANCHORS = frozenset({"since", "than", "by", "until", "till", "before"})


def _view(
    mention: periods.Mention, anchor: str | None, fixed: str | None, context: Context
) -> str | None:
    """What a relative period is seen from: a day for "last year", a period for "a year earlier"."""
    words = mention.relative or ""
    if mention.needs_year is not None:
        return anchor or fixed or context.published
    if words.startswith(("last", "this", "next")) or "ago" in words:
        return context.published or _after(anchor or fixed)
    return anchor or fixed or context.published


def _after(period: str | None) -> str | None:
    return period


def _is_compared(statement: Statement, dated: Dated) -> bool:
    relative = dated.mention.relative or ""
    return relative.startswith(
        ("a year", "one year", "year", "the year", "the same", "same", "the prev")
    )


def _is_base(statement: Statement, dated: Dated) -> bool:
    """Whether a period is only what something is compared with ("from 2022")."""
    i = dated.first - 1
    while (
        i >= 0 and statement.low(i) in ("the", "in", "that", "of", "those") and i > dated.first - 4
    ):
        i -= 1
    return statement.low(i) in _BASES and statement.low(i + 1) not in ("of",)


_COMPARING = frozenset({"against", "versus", "vs", "than", "from"})
_OPENING = frozenset({"in", "at", "of", "for", "during"})


def _is_compared_in(statement: Statement, dated: Dated) -> bool:
    """ "against £2.6m in 2022", "up on 2022": a period of what is only compared with."""
    i = dated.first - 1
    if statement.low(i) == "on" and statement.low(i - 1) in ("up", "down"):
        return True
    i -= statement.low(i) == "the"
    if statement.low(i) not in _OPENING:
        return False
    ending = next((q for q in statement.quantities if q.after == i), None)
    return ending is not None and statement.low(ending.lead - 1) in _COMPARING


def _is_level_of(statement: Statement, dated: Dated) -> bool:
    """ "1.8 times the level of 2019", "104% of the 2019 level": what is compared with."""
    told = any(q.after <= dated.first for q in statement.quantities)
    named = statement.low(dated.after) in _LEVELS or (
        statement.low(dated.first - 1) == "of" and statement.low(dated.first - 2) in _LEVELS
    )
    return told and named


_LEVELS = frozenset("level levels peak peaks high low figure mark average".split())


def _is_name(statement: Statement, dated: Dated) -> bool:
    """ "the 2015 accord", "the 2024 report": a year that names a work."""
    return statement.low(dated.after) in lexicon.words("cues", "dated_works")


def _set_period(
    statement: Statement, tags: str, index: int, slots: Slots, bases: list[bool], context: Context
) -> None:
    own = _own(statement, tags, index, bases)
    is_base = slots.is_base and slots.kind != "change"
    if is_base and not _is_revised(statement) and not _is_start(statement, index):
        own = own or _before_base(statement, index)
        if own is None:
            return
    chosen = own or _shared(statement, tags, index, bases)
    if chosen is not None and chosen.period is not None:
        slots.period = chosen.period
        how: How = (
            "clause" if own or (not is_base and _is_near(statement, index, chosen)) else "sentence"
        )
        slots.found("period", how, chosen.mention.start, chosen.mention.end)
        return
    if units.is_duration(statement.quantities[index].unit or ""):
        return
    if context.spoken_period is not None:
        slots.period = context.spoken_period
        slots.found("period", "paragraph", context.spoken_start, context.spoken_end)
    elif context.heading_period is not None:
        slots.period = context.heading_period
        slots.found("period", "heading", context.heading_start, context.heading_end)


def _own(statement: Statement, tags: str, index: int, bases: list[bool]) -> Dated | None:
    """The period right behind a quantity, before the next one: "7.1% a year earlier"."""
    quantity = statement.quantities[index]
    following = (
        statement.quantities[index + 1].lead if index + 1 < len(statement.quantities) else len(tags)
    )
    for dated, base in zip(statement.dates, bases, strict=True):
        gap = dated.first - 1 - (statement.low(dated.first - 1) == "the")
        direct = quantity.after == gap and not _is_name(statement, dated)
        if _opens_next(statement, dated, following):
            continue
        if quantity.after <= dated.first < following and (not base or direct) and dated.period:
            between = tags[quantity.after : dated.first]
            if (
                len(between) <= 8
                and "V" not in between
                and ";" not in _text(statement, quantity.after, dated.first)
            ):
                return dated
    return None


def _opens_next(statement: Statement, dated: Dated, following: int) -> bool:
    """The 2027 of "next year it will be 2.3%, in 2027 2.1%": it stands right before the next."""
    led = statement.low(dated.first - 1) in _OPENING and statement.raw(dated.first - 2) in (
        ",",
        ";",
    )
    return led and dated.after == following


def _is_start(statement: Statement, index: int) -> bool:
    """The X of "from X to Y in 2024", which may be of the beginning of that year."""
    quantity = statement.quantities[index]
    following = statement.quantities[index + 1 : index + 2]
    led = statement.low(quantity.lead - 1) == "from"
    return led and any(statement.low(q.lead - 1) == "to" for q in following)


def _is_revised(statement: Statement) -> bool:
    """Whether what is replaced is of the same period: "restated to X from Y"."""
    return any(t.low in _REVISED for t in statement.tokens)


_REVISED = frozenset(
    "revised revises restated restates corrected corrects revision restatement".split()
)


def _before_base(statement: Statement, index: int) -> Dated | None:
    """The period right before what something is measured against: "from 2023's 9.1 million"."""
    quantity = statement.quantities[index]
    near = [d for d in statement.dates if d.period and 0 <= quantity.lead - d.after <= 2]
    compared = [
        d for d in near if statement.low(d.first - 1) in _BASES or _is_compared(statement, d)
    ]
    return compared[-1] if compared else None


def _is_near(statement: Statement, index: int, dated: Dated) -> bool:
    """Whether no other quantity stands between a period and the quantity it is given to."""
    first, last = sorted((dated.first, statement.quantities[index].first))
    return not any(first < q.first < last for q in statement.quantities)


def _text(statement: Statement, first: int, after: int) -> str:
    return " ".join(statement.raw(k) for k in range(first, after))


def _shared(statement: Statement, tags: str, index: int, bases: list[bool]) -> Dated | None:
    """The nearest period before a quantity, else the first after it, bases apart."""
    quantity = statement.quantities[index]
    open_dates = [
        d for d, base in zip(statement.dates, bases, strict=True)
        if not base and d.period and not _is_compared(statement, d)
    ]  # fmt: skip
    when = _when(statement, index)
    if when is not None:
        return when
    before = [
        d for d in open_dates
        if d.first < quantity.first and not _is_past_now(statement, d, quantity.first)
    ]  # fmt: skip
    if not before and any(d.first < quantity.first for d in open_dates):
        return None
    if before:
        return before[-1]
    if open_dates and not _is_of_next(statement, quantity.after, open_dates[0]):
        return open_dates[0]
    compared = [d for d in statement.dates if d.period and d.first < quantity.first]
    return compared[0] if compared and compared[0].first < 3 else None


def _is_past_now(statement: Statement, dated: Dated, first: int) -> bool:
    """The 1965 of "bought in 1965, is now worth $12m"."""
    return any(statement.low(k) in _NOW for k in range(dated.after, first))


_NOW = frozenset({"now", "today", "currently", "nowadays"})


def _is_of_next(statement: Statement, after: int, dated: Dated) -> bool:
    """The 1990 of "the age is 38.4; in 1990 it was 29.1": it opens a clause of its own."""
    opening = dated.first - 1
    if statement.low(opening) not in _OPENING or statement.low(opening - 1) in ("", "."):
        return any(statement.raw(k) == ";" for k in range(after, dated.first))
    joined = statement.low(opening - 1) in ("and", "but", "while", "whereas", ";")
    goes_on = statement.low(dated.after) in ("it", "they", "there", "the", "this", ",")
    return (joined and goes_on) or any(statement.raw(k) == ";" for k in range(after, opening))


def _when(statement: Statement, index: int) -> Dated | None:
    """ "up 2% from 2022, when they stood at 78.7": the period before "when"."""
    quantity = statement.quantities[index]
    for dated in statement.dates:
        said = statement.low(dated.after) == "when" or statement.low(dated.after + 1) == "when"
        if dated.period and said and dated.first < quantity.first:
            return dated
    return None


def _set_basis(statement: Statement, index: int, slots: Slots, bases: list[bool]) -> None:
    """ "year on year", "from 2022"."""
    quantity = statement.quantities[index]
    if slots.kind != "change":
        return
    end = (
        statement.quantities[index + 1].first
        if index + 1 < len(statement.quantities)
        else len(statement.tokens)
    )
    text = _text(statement, max(0, quantity.first - 4), end).lower().replace(" - ", " ")
    for unit, name in _YEAR_ON:
        if (
            f"{unit} on {unit}" in text
            or f"{unit} over {unit}" in text
            or name[0] + "o" + name[0] in text.split()
        ):
            slots.basis = name
            return
    for dated, base in zip(statement.dates, bases, strict=True):
        if quantity.after <= dated.first < end and base and dated.period:
            slots.basis = slots.base_period = dated.period
            return
        if quantity.after <= dated.first < end and _is_compared(statement, dated):
            slots.basis, slots.base_period = "year on year", dated.period
            return


def _list_dates(statement: Statement, told: list[Slots]) -> None:
    """ "640, 712 and 805 vans in January, February and March 2024": one each."""
    run = _listed_quantities(statement)
    listed = _dates_in_list(statement) if run else []
    if len(listed) > 1 and len(run) == len(listed):
        for index, period in zip(run, listed, strict=True):
            told[index].period = period


def _listed_quantities(statement: Statement) -> list[int]:
    """The longest run of quantities with nothing but commas and "and" between."""
    best: list[int] = []
    run = [0] if statement.quantities else []
    for index in range(1, len(statement.quantities)):
        a, b = statement.quantities[index - 1], statement.quantities[index]
        between = statement.between(a, b)
        joined = between in ([","], ["and"], [",", "and"])
        run = [*run, index] if joined else [index]
        best = max(best, run, key=len)
    return best if len(best) > 1 else []


def _dates_in_list(statement: Statement) -> list[str]:
    """The months or years of a list in the sentence, the last one's year given to all."""
    pieces: list[str] = []
    year = ""
    for token in statement.tokens:
        low = token.low
        if (periods.is_month(low) and low != "may") or token.text == "May":
            pieces.append(low)
        elif pieces and low.isdecimal() and len(low) == 4:
            year = low
            break
    if not pieces:
        years = [str(n.value) for n in statement.numerals if n.kind == "year"]
        return years if len(years) > 1 else []
    found = [periods.parse(f"{month} {year}") for month in pieces] if year else []
    return [p for p in found if p is not None]


def _bases_follow(statement: Statement, told: list[Slots], context: Context) -> None:
    """A change measured from a period belongs to the later one."""
    for slots in told:
        if slots.base_period is not None and slots.period == slots.base_period:
            later = [s.period for s in told if s.period and s.period != slots.base_period]
            slots.period = later[0] if later else None
