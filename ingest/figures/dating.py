"""Dating: which period of a sentence, or of what stands above it, a quantity belongs to.

The order of evidence: the period beside the quantity, the stretch of the sentence that it stands
in, the sentence's main part, the paragraph before it, the heading, the title, the opening.
What a sentence says of another time ("from 2022", "after the ban was lifted in 2024", a bracket)
reaches nothing else, see `ingest.figures.scopes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest import periods, units
from ingest.figures import clauses, scopes
from ingest.figures.figure import How
from ingest.figures.scopes import Scopes, Stretch
from ingest.figures.slots import Slots
from ingest.figures.statements import Dated, Statement

if TYPE_CHECKING:
    from ingest.figures.topics import Context

_YEAR_ON = (
    ("year", "year on year"),
    ("quarter", "quarter on quarter"),
    ("month", "month on month"),
)


def date(statement: Statement, tags: str, told: list[Slots], context: Context) -> None:
    """Set period, base period and basis of every quantity; the context's anchor moves along."""
    _add_times_past(statement)
    read = scopes.read(statement, tags, told, context.published)
    _resolve(statement, read, context)
    for index, slots in enumerate(told):
        if slots.pair_of is not None:
            source = told[slots.pair_of]
            slots.period, slots.base_period = source.period, source.base_period
            continue
        _set_period(read, index, slots, context)
        _set_basis(read, index, slots)
    _bases_follow(told)
    _list_dates(statement, told)
    _labelled_dates(statement, told)
    context.n_told += bool(told)
    _speak(read, context)


# ------------------------------------------------------------------ what stands above


def entitle(context: Context, title: str) -> None:
    """The one period that an article's title names holds where nothing nearer is told."""
    told = _told_above(title, context.published)
    if told is not None and _is_counted_part(title):
        context.opening_period = told
    else:
        context.title_period = told


def _is_counted_part(title: str) -> bool:
    """Whether a title's quarter or half has no year: which one it is, its text may tell better."""
    return any(_PART.fullmatch(m.needs_year or "") for m in periods.find(title))


_PART = re.compile(r"-[QH]\d")


def enter(context: Context, text: str, level: int) -> None:
    """A heading's period holds for what follows, until a heading of its rank."""
    told = _told_above(text, context.published)
    context.heading_period = told or (context.heading_period if level > 2 else None)
    context.anchor = context.heading_period or context.anchor


def _is_span_of_years(period: str) -> bool:
    """ "2019/2023": of what is told beside it alone; what follows is seldom of all those years."""
    return len(period) == 9 and period[4] == "/"


_LED = re.compile(
    r"\b(?:since|from|to|than|by|before|until|after|vs|against)(?: the)? $", re.IGNORECASE
)


def _told_above(text: str, published: str | None) -> str | None:
    """The period of a heading: none where it names two, or only the day it was written."""
    found = set()
    mentions = [(m.start, periods.resolve(m, published)) for m in periods.find(text)]
    taken = [(m.start, m.end) for m in periods.find(text)]
    for start, _, year in periods.years(text):
        if not any(a <= start < b for a, b in taken):
            mentions.append((start, year))
    for start, period in mentions:
        if period is None or len(period) == 10 or _is_span_of_years(period):
            continue
        if _LED.search(text[:start]) or _opens_span(text, start, mentions):
            continue
        found.add(period)
    return found.pop() if len(found) == 1 else None


def _opens_span(text: str, start: int, mentions: Sequence[tuple[int, str | None]]) -> bool:
    """Whether a period is the first of a span: "seasons 2021/22 to 2023/24"."""
    others = [at for at, _ in mentions if at > start]
    return bool(others) and _SPANNED.search(text[start : min(others)]) is not None


_SPANNED = re.compile(r"\d\s*(?:[-–—]|\b(?:to|through|until))\s*$")


# ------------------------------------------------------------------ resolving


def _add_times_past(statement: Statement) -> None:
    """ "three years ago" is a quantity and a period."""
    for quantity in statement.quantities:
        unit, value = quantity.unit, quantity.value
        word = statement.low(quantity.after)
        if unit not in ("year", "month") or word not in ("ago", "earlier", "before") or not value:
            continue
        if value != int(value) or not 1 < value < 500 or statement.low(quantity.lead - 1) == "the":
            continue
        end = statement.tokens[quantity.after].end
        said = f"{int(value)} {unit}s {word}"
        mention = periods.Mention(quantity.start, end, None, relative=said)
        statement.dates.append(Dated(quantity.first, quantity.after + 1, mention))
    statement.dates.sort(key=lambda d: d.first)


def _resolve(statement: Statement, read: Scopes, context: Context) -> None:
    """Give periods their years, in order: each is seen from the one before it."""
    main = None
    explicit: Dated | None = None
    for dated, role in zip(statement.dates, read.roles, strict=True):
        if dated.mention.period is None:
            dated.period = _seen(dated, read, main, explicit, context)
        if _is_rate_to(dated, read):
            dated.period = _month_of(dated, context)
        if role in ("main", "goal") and dated.period is not None:
            main = dated.period
            explicit = dated if dated.mention.period is not None else explicit


_TO_MONTH = re.compile(r"(?:years?|12 months|twelve months)(?: \w+)? to ", re.IGNORECASE)
_PRICED = frozenset(
    "inflation price prices cpi rpi ppi wage wages pay earnings rent rents deflation index".split()
)


def _is_rate_to(dated: Dated, read: Scopes) -> bool:
    """Whether a "year to April" only tells what April is measured against: "prices rose 4.2%"."""
    statement = read.statement
    said = statement.text[dated.mention.start : dated.mention.end]
    if not _TO_MONTH.match(said) or not any(q.unit == "%" for q in statement.quantities):
        return False
    return not _PRICED.isdisjoint(statement.words) or any(
        role == "base" and re.fullmatch(r"(?:\d{4})?-\d\d", _told_part(d)) is not None
        for d, role in zip(statement.dates, read.roles, strict=True)
    )


def _told_part(dated: Dated) -> str:
    return dated.mention.period or dated.mention.needs_year or ""


def _month_of(dated: Dated, context: Context) -> str | None:
    """The month that a "year to April" ends in."""
    said, mention = dated.period, dated.mention
    if mention.relative is not None:
        month = periods.Mention(
            mention.start, mention.end, None, needs_year=f"-{mention.relative[-2:]}"
        )
        return _in_its_year(month, False, None, context)
    return said.partition("/")[2] or None if said is not None else None


def _seen(
    dated: Dated, read: Scopes, main: str | None, explicit: Dated | None, context: Context
) -> str | None:
    """A relative period, seen from the sentence's main one or from what stands above it."""
    main = main or _fixed(read, dated)
    mention = dated.mention
    words = mention.relative or ""
    if mention.needs_year is not None or words.startswith("year to"):
        said = read.statement.text[mention.start : mention.end]
        is_near = explicit is not None and read.is_one_clause(explicit.first, dated.first)
        told = explicit.period if explicit is not None and is_near else None
        told = told or _fixed(read, dated, is_near=True)
        titled = context.title_period
        if told is None and main is not None and titled is not None and main[:4] == titled:
            told = titled
        return _in_its_year(mention, read.is_coming(dated.first), told, context, said)
    above = _above(context)
    if "season" in words or "fiscal" in words or "financial" in words:
        anchors = (main, *above)
        fiscal = next((a for a in anchors if a is not None and a.startswith("FY")), None)
        return periods.resolve(mention, fiscal or context.published or main)
    part = next((a for a in (main, *above) if a is not None), None)
    part = part if part is not None and not part.isdigit() else None
    is_ago = words.endswith("ago") and (main is None or words[:1].isdigit())
    is_seen = is_ago and (part is None or words[:1].isdigit())
    if words.startswith(("last", "this", "next", "the last", "the current")) or is_seen:
        is_year = "quarter" not in words and "month" not in words and "ago" not in words
        if is_year and (context.opening_period or "").startswith("FY"):
            return None
        return periods.resolve(mention, context.published or context.spoken_period)
    anchors = (main, *above, context.anchor, context.published)
    return periods.resolve(mention, next((a for a in anchors if a is not None), None))


def _fixed(read: Scopes, dated: Dated, *, is_near: bool = False) -> str | None:
    """The first period of the main part that is told in full, to come only in the same clause."""
    for other, role in zip(read.statement.dates, read.roles, strict=True):
        if role not in ("main", "goal") or other.mention.period is None:
            continue
        is_beside = abs(other.first - dated.first) <= _NEAR
        is_one = read.is_one_clause(other.first, dated.first) and (is_beside or not is_near)
        if is_one or (role == "main" and not is_near):
            return other.mention.period
    return None


_NEAR = 6


def _above(context: Context) -> tuple[str | None, ...]:
    """The periods that stand above a sentence, the nearest first."""
    return (
        context.spoken_period, context.heading_period, context.title_period, context.opening_period
    )  # fmt: skip


_COUNTED = re.compile(r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|[QH]\d)\b", re.I)


def _is_counted(mention: periods.Mention, said: str) -> bool:
    """Whether a part is counted from the year's beginning: "the first nine months"."""
    return mention.needs_year is not None and _COUNTED.match(said) is not None


def _in_its_year(
    mention: periods.Mention, is_coming: bool, main: str | None, context: Context, said: str = ""
) -> str | None:
    """A month without its year: of the year spoken of, else the last one before the article."""
    above = (context.spoken_period, context.heading_period, context.title_period)
    nearest = next((a for a in (main, *above, context.opening_period) if a is not None), None)
    if nearest is not None and nearest.startswith("FY") and _is_counted(mention, said):
        return periods.resolve(mention, nearest)
    told = next((a for a in (main, *above) if _tells_year(a, main, context)), None)
    anchor = told or context.published or context.opening_period or context.anchor
    found = periods.resolve(mention, anchor)
    if found is None or context.published is None:
        return found
    is_titled = main is None and told == context.title_period
    if is_titled and _is_doubtful(mention, found, context.published):
        return None
    if told is None and is_coming and scopes.is_over(found, context.published):
        return periods.shift(found, years=1)
    if said.lower().endswith("the year") and told is None and context.published[5:7] > "03":
        return periods.resolve(mention, context.published[:4])
    if not is_coming and main is None and scopes.is_later(found, context.published):
        return periods.shift(found, years=-1)
    return found


def _is_doubtful(mention: periods.Mention, found: str, published: str) -> bool:
    """Whether a month may be of the title's year or, later, of the year of publication."""
    other = periods.resolve(mention, published)
    return other is not None and periods.sort_key(other) > periods.sort_key(found)


def _tells_year(period: str | None, main: str | None, context: Context) -> bool:
    """Whether a month may be of a period's year: what a paragraph told lately is no evidence."""
    if period is None or period.startswith("FY"):
        return False
    if context.published is None or period == main or period != context.spoken_period:
        return True
    return int(context.published[:4]) - periods.year_of(period) > 1


# ------------------------------------------------------------------ the period of a quantity


def _set_period(read: Scopes, index: int, slots: Slots, context: Context) -> None:
    statement = read.statement
    own = _own(read, index)
    is_base = (slots.is_base and slots.kind != "change") or _is_after_its_end(statement, index)
    if is_base and not _is_revised(statement) and not _is_start(statement, index):
        own = own or _before_base(read, index)
        if own is None:
            return
    if own is None and _is_untold_beside(read, index):
        return
    chosen = own or _shared(read, index, context)
    if chosen is not None and chosen.period is not None:
        slots.period = chosen.period
        is_near = own is not None or (not is_base and _is_near(statement, index, chosen))
        how: How = "clause" if is_near else "sentence"
        slots.found("period", how, chosen.mention.start, chosen.mention.end)
    elif not units.is_duration(statement.quantities[index].unit or ""):
        _inherit(read, index, slots, context)


def _inherit(read: Scopes, index: int, slots: Slots, context: Context) -> None:
    """The period of the paragraph, the heading, the title or the article's opening."""
    first = statement_at(read, index)
    held = _held(read, index)
    if (held is not None and held.kind == "base") or _is_untold(read, first):
        return
    if read.looks_back(first) or (context.is_passing and context.spoken_period is not None):
        return
    is_coming = _is_coming(read, first)
    for how, period, start, end in _sources(read, context, is_coming, first):
        if period is None or (is_coming and scopes.is_over(period, context.published)):
            continue
        is_section = how == "heading" and period != context.title_period
        if is_section and not is_coming and _is_underway(period, context.published):
            if _are_past(read.words(first), read.tags_at(first)):
                return
        slots.period = period
        slots.found("period", how, start, end)
        return


def _is_underway(period: str, published: str | None) -> bool:
    """Whether a period had months to go on the day of publication."""
    return published is not None and scopes.is_later(
        f"{periods.bounds(period)[1].isoformat()[:7]}-01", published
    )


def statement_at(read: Scopes, index: int) -> int:
    """The first token of a quantity."""
    return read.statement.quantities[index].first


def _is_untold_beside(read: Scopes, index: int) -> bool:
    """Whether a period that cannot be read stands between a quantity and the next one."""
    quantities = read.statement.quantities
    after = quantities[index].after
    later = quantities[index + 1 : index + 2]
    limit = later[0].lead if later else len(read.tags)
    return any(
        d.period is None and role == "main" and d.mention.relative is None
        and read.is_one_clause(d.first, quantities[index].first)
        and after <= d.first < min(limit, after + _BESIDE)
        for d, role in zip(read.statement.dates, read.roles, strict=True)
    )  # fmt: skip


_BESIDE = 4


def _is_untold(read: Scopes, first: int) -> bool:
    """Whether a sentence tells another time that cannot be read: "last season it was seven"."""
    return any(
        d.period is None and role in ("main", "goal") and read.is_one_clause(d.first, first)
        for d, role in zip(read.statement.dates, read.roles, strict=True)
    )


def _held(read: Scopes, index: int) -> Stretch | None:
    """The stretch that a quantity stands in; the main part for what is only put right."""
    held = read.at(read.statement.quantities[index].first)
    is_same = held is not None and held.kind == "base" and (
        _is_revised(read.statement) or _is_start(read.statement, index)
    )  # fmt: skip
    return None if is_same else held


def _is_coming(read: Scopes, i: int) -> bool:
    if read.roles:
        return read.is_coming(i)
    return scopes.is_coming(read.statement, read.tags, 0, len(read.tags))


def _sources(
    read: Scopes, context: Context, is_coming: bool, first: int
) -> list[tuple[How, str | None, int, int]]:
    spoken = context.spoken_period
    is_now = not is_coming and _is_told_now(read, first)
    found: list[tuple[How, str | None, int, int]] = []
    if is_coming:
        found.append(("paragraph", context.coming_period, context.coming_start, context.coming_end))
    found += [
        ("paragraph", spoken, context.spoken_start, context.spoken_end),
        ("heading", context.heading_period, context.heading_start, context.heading_end),
    ]
    is_open = is_coming and context.published is None
    if not is_now and not is_open:
        found.append(("title", context.title_period, 0, 0))
    if not is_coming and _is_told_past(read, first):
        found.append(("title", context.opening_period, context.opening_start, context.opening_end))
    return found


_TOLD_NOW = frozenset("is am are has have now currently will would can could should".split())
_TOLD_THEN = frozenset("was were had did came made stood fell rose grew took went".split())


def _is_told_now(read: Scopes, first: int) -> bool:
    """Whether a clause tells only of the time that it is written at."""
    words = read.words(first)
    if _TOLD_NOW.isdisjoint(words) or not _TOLD_THEN.isdisjoint(words):
        return False
    return not _are_past(words, read.tags_at(first))


def _is_told_past(read: Scopes, first: int) -> bool:
    """Whether a clause tells of a time that is over, or has no verb at all."""
    words, tags = read.words(first), read.tags_at(first)
    if "V" not in tags and "X" not in tags:
        words, tags = read.statement.words, read.tags
    if not _TOLD_NOW.isdisjoint(words):
        return False
    is_bare = "V" not in read.tags and "X" not in read.tags
    return is_bare or not _TOLD_THEN.isdisjoint(words) or (
        _are_past(words, tags)
    )  # fmt: skip


def _are_past(words: list[str], tags: str) -> bool:
    """Whether a verb tells of what is over, one of saying apart."""
    return any(
        tags[k] == "V"
        and (low.endswith("ed") or clauses.is_past(low))
        and low not in scopes.SAID
        and _TOLD_NOW.isdisjoint(words[max(0, k - 3) : k])
        for k, low in enumerate(words)
    )


def _own(read: Scopes, index: int) -> Dated | None:
    """The period right behind a quantity, before the next one: "7.1% a year earlier"."""
    statement, tags = read.statement, read.tags
    quantity = statement.quantities[index]
    later = statement.quantities[index + 1 : index + 2]
    following = later[0].lead if later else len(tags)
    for k, dated in enumerate(statement.dates):
        if _is_apposed(statement, dated, index) and read.roles[k] in ("like", "base"):
            return dated if dated.period else None
        if not quantity.after <= dated.first < following or not dated.period:
            continue
        gap = dated.first - 1 - (statement.low(dated.first - 1) == "the")
        direct = quantity.after == gap and statement.low(gap) not in _FROM
        direct = direct and read.roles[k] != "name"
        if _opens_next(statement, dated, following) or not read.reaches(k, quantity.first):
            continue
        if statement.low(dated.first - 1) in _CONTRASTING:
            continue
        held = _is_held(read, k, quantity.first)
        if not direct and (read.roles[k] == "name" or (read.roles[k] == "base" and not held)):
            continue
        between = tags[quantity.after : dated.first]
        if len(between) <= 8 and ("V" not in between or held):
            if ";" not in _text(statement, quantity.after, dated.first):
                return dated
    return None


def _is_apposed(statement: Statement, dated: Dated, index: int) -> bool:
    """ "the figure for the same months of 2024, $34.9 billion, ...": a quantity set in after it."""
    quantity = statement.quantities[index]
    led = statement.raw(dated.after) == "," and quantity.lead == dated.after + 1
    return led and statement.raw(quantity.after) == ","


def _is_held(read: Scopes, k: int, i: int) -> bool:
    """Whether a period and tokens[i] stand in one stretch apart from the main part."""
    held = read.at(read.statement.dates[k].first)
    return held is not None and held.first <= i < held.after


def _opens_next(statement: Statement, dated: Dated, following: int) -> bool:
    """The 2027 of "next year it will be 2.3%, in 2027 2.1%": it stands right before the next."""
    mark = statement.low(dated.first - 2) or statement.raw(dated.first - 2)
    led = scopes.opens(statement, dated.first - 1) and mark in (",", ";", "and", "but")
    return led and dated.after == following


def _is_start(statement: Statement, index: int) -> bool:
    """The X of "from X to Y in 2024", which may be of the beginning of that year."""
    quantity = statement.quantities[index]
    following = statement.quantities[index + 1 : index + 2]
    led = statement.low(quantity.lead - 1) == "from"
    return led and any(statement.low(q.lead - 1) == "to" for q in following)


def _is_after_its_end(statement: Statement, index: int) -> bool:
    """The X of "edged up to Y from X"."""
    if index == 0:
        return False
    before, quantity = statement.quantities[index - 1 : index + 1]
    return (
        statement.between(before, quantity) == ["from"] and statement.low(before.lead - 1) == "to"
    )


def _is_revised(statement: Statement) -> bool:
    """Whether what is replaced is of the same period: "restated to X from Y"."""
    return not _REVISED.isdisjoint(statement.words)


_REVISED = frozenset(
    "revised revises restated restates corrected corrects revision restatement".split()
)
_CONTRASTING = frozenset({"while", "whereas", "but"})
_FROM = frozenset({"from", "as", "than", "since", "over", "against", "versus", "with", "to"})


def _before_base(read: Scopes, index: int) -> Dated | None:
    """The period right before what something is measured against: "from 2023's 9.1 million"."""
    statement = read.statement
    quantity = statement.quantities[index]
    near = [d for d in statement.dates if d.period and 0 <= quantity.lead - d.after <= 2]
    compared = [
        d for d in near if statement.low(d.first - 1) in _FROM or scopes.is_like(d)
    ]  # fmt: skip
    return compared[-1] if compared else None


def _is_near(statement: Statement, index: int, dated: Dated) -> bool:
    """Whether no other quantity stands between a period and the quantity it is given to."""
    first, last = sorted((dated.first, statement.quantities[index].first))
    return not any(first < q.first < last for q in statement.quantities)


def _text(statement: Statement, first: int, after: int) -> str:
    return " ".join(statement.raw(k) for k in range(first, after))


def _shared(read: Scopes, index: int, context: Context) -> Dated | None:
    """The nearest period of its stretch or of the main part: before a quantity, else after it."""
    statement = read.statement
    quantity = statement.quantities[index]
    when = _when(statement, index)
    if when is not None:
        return when
    held = _held(read, index)
    beside = _nearest(read, index, _beside(read, index, held))
    if beside is not None:
        return beside
    if held is not None and held.kind == "base":
        return None
    opened = _opened_by(read, index)
    if opened is not None:
        return opened
    shared = [k for k in _open(read, index) if _may_share(read, k, quantity.first, context)]
    found = _nearest(read, index, shared)
    if found is not None or shared:
        return found
    compared = [d for d in statement.dates if d.period and d.first < quantity.first]
    is_led = bool(compared) and compared[0].first < 3 and compared[0].mention.relative is not None
    return compared[0] if is_led and scopes.is_like(compared[0]) else None


def _beside(read: Scopes, index: int, held: Stretch | None) -> list[int]:
    """The periods of the stretch that a quantity stands in; of a comparison its own alone."""
    first = read.statement.quantities[index].first
    listed = [k for k in _open(read, index) if held is not None and _is_held(read, k, first)]
    if held is not None and held.kind == "base":
        return [k for k in listed if read.at(read.statement.dates[k].first) == held]
    return listed


def _opened_by(read: Scopes, index: int) -> Dated | None:
    """The "year before" of "in 2023 it was 5; the year before it was 4": it opens a clause."""
    statement = read.statement
    first = statement.quantities[index].first
    for k, dated in enumerate(statement.dates):
        if not dated.period or dated.first >= first or read.roles[k] != "like":
            continue
        led = statement.low(dated.first - 1 - scopes.opens(statement, dated.first - 1))
        between = any(dated.after <= q.first < first for q in statement.quantities)
        if led in _CLAUSE_MARKS and not between and dated.first > 0:
            return dated
    return None


_CLAUSE_MARKS = frozenset({";", ",", ":", "and", "but", "while", "whereas"})


def _open(read: Scopes, index: int) -> list[int]:
    """The periods that may be of a quantity though they do not stand beside it."""
    first = read.statement.quantities[index].first
    return [
        k for k, dated in enumerate(read.statement.dates)
        if dated.period and read.roles[k] in ("main", "side", "goal") and read.reaches(k, first)
    ]  # fmt: skip


def _may_share(read: Scopes, k: int, i: int, context: Context) -> bool:
    """Whether a period of the main part holds for tokens[i] too: not past for what is to come."""
    dated = read.statement.dates[k]
    if read.is_one_clause(dated.first, i) or dated.period is None:
        return True
    return not (read.is_coming(i) and scopes.is_over(dated.period, context.published))


def _nearest(read: Scopes, index: int, listed: list[int]) -> Dated | None:
    statement = read.statement
    quantity = statement.quantities[index]
    dates = [statement.dates[k] for k in listed]
    before = [d for d in dates if d.first < quantity.first]
    kept = [d for d in before if not _is_past_now(statement, d, quantity.first)]
    if before:
        return kept[-1] if kept else None
    if dates and not _is_of_next(statement, quantity.after, dates[0]):
        return dates[0]
    return None


def _is_past_now(statement: Statement, dated: Dated, first: int) -> bool:
    """The 1965 of "bought in 1965, is now worth $12m"; not that of "for 2025 it now sees"."""
    if statement.low(0) == "for" and dated.first < _FEW:
        return False
    return any(statement.low(k) in _NOW for k in range(dated.after, first))


_FEW = 6
_NOW = frozenset({"now", "today", "currently", "nowadays"})


def _is_of_next(statement: Statement, after: int, dated: Dated) -> bool:
    """The 1990 of "the age is 38.4; in 1990 it was 29.1": it opens a clause of its own."""
    opening = dated.first - 1
    if not scopes.opens(statement, opening) or statement.low(opening - 1) in ("", "."):
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


# ------------------------------------------------------------------ changes, lists


def _set_basis(read: Scopes, index: int, slots: Slots) -> None:
    """ "year on year", "from 2022"."""
    statement = read.statement
    quantity = statement.quantities[index]
    if slots.kind != "change":
        return
    later = statement.quantities[index + 1 : index + 2]
    end = later[0].first if later else len(statement.tokens)
    text = _text(statement, max(0, quantity.first - 4), end).lower().replace(" - ", " ")
    for unit, name in _YEAR_ON:
        if (
            f"{unit} on {unit}" in text
            or f"{unit} over {unit}" in text
            or name[0] + "o" + name[0] in text.split()
        ):
            slots.basis = name
            return
    own = {o.start for o in slots.origins if o.slot == "period"}
    for dated, role in zip(statement.dates, read.roles, strict=True):
        if dated.mention.start in own:
            continue
        if quantity.after <= dated.first < end and role in ("base", "name") and dated.period:
            slots.basis = slots.base_period = dated.period
            return
        if quantity.after <= dated.first < end and scopes.is_like(dated):
            slots.basis, slots.base_period = "year on year", dated.period
            return


def _list_dates(statement: Statement, told: list[Slots]) -> None:
    """ "640, 712 and 805 vans in January, February and March 2024": one each.

    An amount and the same in another currency are no list.
    """
    run = _listed_quantities(statement)
    if any(told[index].pair_of is not None for index in run):
        return
    listed = _dates_in_list(statement) if run else []
    if len(listed) > 1 and len(run) == len(listed):
        for index, period in zip(run, listed, strict=True):
            told[index].period = period


def _labelled_dates(statement: Statement, told: list[Slots]) -> None:
    """ "Net result: 2021 12.4, 2022 (3.7), 2023 8.1": each has its year right before it."""
    labels: dict[int, str] = {}
    for index, quantity in enumerate(statement.quantities):
        first = quantity.first - (statement.raw(quantity.first - 1) == "(")
        dated = next((d for d in statement.dates if d.after == first), None)
        ends = statement.raw(quantity.after) in (",", ";", ".", "", ")")
        led = statement.raw(dated.first - 1) if dated is not None else ""
        if dated is not None and dated.period and ends and led in (":", ",", ";"):
            labels[index] = dated.period
    if len(labels) > 1 and len(labels) == len(told) and len(set(labels.values())) == len(labels):
        for index, period in labels.items():
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
        elif low not in (",", "and"):
            pieces = []
    if not pieces:
        years = [d.period for d in statement.dates if d.period and d.period.isdigit()]
        return years if len(years) > 1 else []
    found = [periods.parse(f"{month} {year}") for month in pieces] if year else []
    return [p for p in found if p is not None]


def _bases_follow(told: list[Slots]) -> None:
    """A change measured from a period belongs to the later one."""
    for slots in told:
        if slots.base_period is not None and slots.period == slots.base_period:
            later = [s.period for s in told if s.period and s.period != slots.base_period]
            slots.period = later[0] if later else None


# ------------------------------------------------------------------ what the next sentences inherit


def _speak(read: Scopes, context: Context) -> None:
    """What the sentences after this one inherit: its first period of the main part, no day."""
    dates = list(zip(read.statement.dates, read.roles, strict=True))
    spoken = [
        d for d, role in dates
        if d.period and role == "main" and not read.looks_back(d.first)
        and not _is_span_of_years(d.period)
    ]  # fmt: skip
    if len(spoken) > 1 and _are_joined(read.statement, spoken[0], spoken[1]):
        spoken = []
    coming = [d for d, role in dates if d.period and role == "goal"]
    again = spoken[0].period if spoken and spoken[0].period == context.anchor else None
    if spoken:
        context.anchor = spoken[0].period
    if not context.in_list:
        _speak_of(context, spoken, again)
    kept = next((d for d in coming if not read.stretches or read.at(d.first) is None), None)
    if kept is not None and kept.period is not None and not context.in_list:
        context.coming_period = kept.period
        context.coming_start, context.coming_end = kept.mention.start, kept.mention.end


def _are_joined(statement: Statement, one: Dated, other: Dated) -> bool:
    """ "Museum visitors, 2023 and 2024": what follows is of one of them, none knows of which."""
    return statement.low(one.after) == "and" and other.first == one.after + 1


def _is_within(kept: Dated, context: Context) -> bool:
    """Whether a half or quarter is one of the year that is reported on: said of one sentence."""
    above = (context.heading_period, context.title_period, context.opening_period)
    whole = next((a for a in above if a is not None), None)
    period = kept.period or ""
    return whole is not None and whole != period and periods.contains(whole, period)


_OPENING = 3


def _speak_of(context: Context, spoken: list[Dated], again: str | None) -> None:
    kept = next((d for d in spoken if d.period and len(d.period) != 10), None)
    if kept is None or kept.period is None:
        return
    context.is_passing = _is_within(kept, context)
    context.spoken_period = kept.period
    context.spoken_start, context.spoken_end = kept.mention.start, kept.mention.end
    is_open = context.opening_period is None or not context.opening_end
    is_first = context.n_told <= _OPENING and is_open
    if is_first and _opens_article(kept, again, context.published):
        context.opening_period = kept.period
        if not _PART.fullmatch(kept.mention.needs_year or ""):
            context.opening_start, context.opening_end = kept.mention.start, kept.mention.end


def _opens_article(dated: Dated, again: str | None, published: str | None) -> bool:
    """Whether an article reports on a period of its first sentences: recent, no "this year"."""
    period = dated.period or ""
    if (dated.mention.relative or "").startswith(("this", "the current", "the present")):
        return False
    if published is not None and int(published[:4]) - periods.year_of(period) > _RECENT:
        return False
    return _is_reported(period) or period == again


_RECENT = 2


def _is_reported(period: str) -> bool:
    """A period that one reports on: a year, a half, a quarter, a run of months."""
    return re.fullmatch(r"(?:FY)?\d{4}(?:-[QH]\d)?|\d{4}-\d\d/\d{4}-\d\d", period) is not None
