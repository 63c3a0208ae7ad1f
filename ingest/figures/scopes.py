"""Scopes: how far in its sentence a period reaches, and what it tells there.

A sentence's main part tells what happened; stretches of it tell something else: brackets, clauses
opened by "after", "since", "which", what something is compared with. A period in a stretch is of
that stretch alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest import periods, units
from ingest.figures import clauses, lexicon, quantities
from ingest.figures.slots import Slots
from ingest.figures.statements import Dated, Statement

Role = Literal["main", "base", "side", "goal", "name", "like"]
"""What a period tells: when the main thing happened; what is only compared with; when something
else happened; what is aimed at or still to come; a work's name; "a year earlier"."""

_BASES = frozenset(
    {"from", "as", "than", "since", "over", "against", "versus", "with", "to", "before"}
)
_SEASONS = frozenset("spring summer autumn fall winter early late mid -".split())
_OPENING = frozenset({"in", "at", "of", "for", "during"})
_LEVELS = frozenset(
    "level levels peak peaks high low figure mark average mean norm normal baseline record".split()
)
_FORETOLD = frozenset(
    "predicted forecast expected projected promised budgeted planned pledged pencilled".split()
)
_ALWAYS = frozenset("because although though unless whether once when where whereby".split())
_OFTEN = frozenset("after since before until till as".split())
_RELATIVES = frozenset("which who whose whom where".split())
_SMALL = frozenset(
    "the a an that those of in its their some about record revised just only plus".split()
)
_SHORT = frozenset("short shy ahead those that".split())
SAID = frozenset("said told reported announced added".split())
_COORDINATES = frozenset("and but while whereas yet so".split())
_GOALS = frozenset("by until till".split())
_PARTS = frozenset(
    """the a end start beginning middle close of year early late mid spring summer autumn fall
    winter - fiscal same""".split()
)
_COMING = frozenset(
    """will would shall should expects expect expected expecting aims aimed planned targeting
    intends proposes predicts projected wants budgeted""".split()
)
_COMING_OR_NOUN = frozenset(
    "forecast forecasts aim plan plans target targets hopes projects budgets promises".split()
)
_THAN = frozenset("in at the a an during that those it they she he for on".split())
_COMPARE = frozenset("after against compared versus vs".split())
_ENDS = frozenset(",;:)—–")


@dataclass(frozen=True, slots=True)
class Stretch:
    """tokens[first:after] of a statement that tell something besides its main thing."""

    first: int
    after: int
    kind: Literal["base", "side"]


@dataclass(slots=True)
class Scopes:
    """The stretches of a statement, the roles of its periods, and where its clauses are cut."""

    statement: Statement
    tags: str
    stretches: list[Stretch] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    cuts: list[int] | None = None
    coming: dict[tuple[int, int], bool] = field(default_factory=dict)

    def at(self, i: int) -> Stretch | None:
        """The smallest stretch that holds tokens[i]; None in the main part."""
        if not self.stretches:
            return None
        holding = [s for s in self.stretches if s.first <= i < s.after]
        return min(holding, key=lambda s: s.after - s.first, default=None)

    def reaches(self, k: int, i: int) -> bool:
        """Whether the period dates[k] may be of what stands at tokens[i]."""
        dated, role = self.statement.dates[k], self.roles[k]
        held = self.at(dated.first)
        if held is not None:
            return held.first <= i < held.after
        if role == "goal" and self._clause(i) != self._clause(dated.first):
            return self.is_coming(i) and self.is_coming(dated.first)
        return True

    def is_coming(self, i: int) -> bool:
        """Whether the clause at tokens[i] tells what is expected, planned or wanted."""
        clause = self._clause(i)
        if clause not in self.coming:
            self.coming[clause] = is_coming(self.statement, self.tags, *clause)
        return self.coming[clause]

    def is_one_clause(self, i: int, j: int) -> bool:
        """Whether tokens i and j stand in one clause."""
        return self._clause(i) == self._clause(j)

    def looks_back(self, i: int) -> bool:
        """Whether the clause at tokens[i] tells of a time before the one spoken of: "had sold"."""
        first, after = self._clause(i)
        low, words = self.statement.low, self.statement.words
        return "had" in words and any(
            words[k] == "had" and self.tags[k + 1 : k + 2] in ("V", "B", "X", "N")
            and (self.tags[k + 1] != "N" or low(k + 1).endswith("ed"))
            for k in range(first, after)
        )  # fmt: skip

    def words(self, i: int) -> list[str]:
        """The words of the clause at tokens[i]."""
        first, after = self._clause(i)
        return self.statement.words[first:after]

    def tags_at(self, i: int) -> str:
        """The tags of the clause at tokens[i]."""
        first, after = self._clause(i)
        return self.tags[first:after]

    def _clause(self, i: int) -> tuple[int, int]:
        if self.cuts is None:
            self.cuts = list(_cuts(self.statement, self.tags, self))
        at = bisect_right(self.cuts, i)
        first = self.cuts[at - 1] if at else 0
        return first, self.cuts[at] if at < len(self.cuts) else len(self.tags)


def is_coming(statement: Statement, tags: str, first: int, after: int) -> bool:
    """Whether tokens[first:after] tell what is expected, planned or wanted."""
    for k, low in enumerate(statement.words[first:after], first):
        if (low in _COMING and not is_attribute(statement.words, k)) or (
            low in _COMING_OR_NOUN and (tags[k] == "V" or _is_led_on(statement, k))
        ):
            return True
        if low in _BE and tags[k] == "X" and statement.low(k + 1) in ("to", "due"):
            return True
    return False


def is_attribute(words: Sequence[str], k: int) -> bool:
    """The "planned" of "96,480 planned operations", "waiting for planned treatment": a kind."""
    if words[k] != "planned" or not 0 < k < len(words) - 1:
        return False
    before, after = words[k - 1], words[k + 1]
    led = before in _BEFORE_KIND or before.replace(",", "").isdigit()
    return led and after.isalpha() and after not in quantities.stops()


_BEFORE_KIND = frozenset("for of with by all most some more fewer other".split())


def _is_led_on(statement: Statement, k: int) -> bool:
    return statement.low(k + 1) in ("to", "is", "for")


_BE = frozenset("is are be".split())


def read(statement: Statement, tags: str, told: Sequence[Slots], published: str | None) -> Scopes:
    """The scopes of a statement whose periods are not resolved yet."""
    made = Scopes(statement, tags)
    if not statement.dates:
        if not _COMPARE.isdisjoint(statement.words):
            made.stretches = list(_compared(statement, tags, told))
        return made
    inserted = [*_brackets(statement, tags), *_clauses_apart(statement, tags)]
    made.stretches = [
        *inserted, *_apart(statement, tags, inserted), *_compared(statement, tags, told)
    ]  # fmt: skip
    made.roles = [_role(made, dated, published) for dated in statement.dates]
    return made


# ------------------------------------------------------------------ stretches


def _brackets(statement: Statement, tags: str) -> Iterator[Stretch]:
    """Brackets that tell a quantity or more than when: "(2023: 31 hours)"."""
    opened: list[int] = []
    for i, token in enumerate(statement.tokens):
        if token.text == "(":
            opened.append(i)
        elif token.text == ")" and opened:
            first = opened.pop()
            if not set("QVX").isdisjoint(tags[first + 1 : i]):
                yield Stretch(first, i + 1, "side")


def _clauses_apart(statement: Statement, tags: str) -> Iterator[Stretch]:
    """ "after the ban was lifted in 2024", ", which opened in 2019,"."""
    for i, low in enumerate(statement.words):
        if tags[i] == "Q" or not _opens_clause(statement, tags, i, low):
            continue
        after = _end(statement, i + 1)
        if not set("VX").isdisjoint(tags[i + 1 : after]):
            yield Stretch(i, after, "side")


def _opens_clause(statement: Statement, tags: str, i: int, low: str) -> bool:
    if low in _ALWAYS:
        return True
    if low in _OFTEN:
        return tags[i + 1 : i + 2] not in ("Q", "T", "P", "") and not _is_counted(statement, i)
    if low not in _RELATIVES:
        return False
    led = statement.low(i - 1)
    return led == "," or (led in ("of", "in", "for", "to") and statement.low(i - 2) == ",")


def _is_counted(statement: Statement, i: int) -> bool:
    """ "as many", "as much", "as well": no clause."""
    return statement.low(i) == "as" and statement.low(i + 1) in ("many", "much", "well", "a", "an")


def _apart(statement: Statement, tags: str, inserted: Sequence[Stretch]) -> Iterator[Stretch]:
    """ ", set in 2021,", ", to be replaced in 2027", "the 1.4 million approved in 2018"."""
    for i, letter in enumerate(tags):
        if letter not in "VP":
            continue
        low = statement.low(i - 1)
        low = statement.low(i - 2) if low in ("last", "first") else low
        if any(s.after == i - 1 for s in inserted):
            continue
        if letter == "V" and low == "," and _is_done(statement.low(i)):
            after = _end(statement, i)
            is_inserted = statement.raw(after) == ","
            if is_inserted or not {"V", "X"}.isdisjoint(tags[:i] + tags[after:]):
                yield Stretch(_lead_of(statement, i - 1) or i, after, "side")
        elif letter == "P" and low == "," and statement.low(i) == "to" and tags[i + 1] in "VX":
            yield Stretch(i, _end(statement, i), "side")
        elif letter == "V" and tags[i + 1 : i + 2] == "P" and clauses.is_past(statement.low(i)):
            yield from _described(statement, tags, i)


def _is_done(low: str) -> bool:
    return clauses.is_past(low) or low.endswith("ed")


def _described(statement: Statement, tags: str, i: int) -> Iterator[Stretch]:
    """ "the 1.4 million approved in 2018", ", a record set in 2015": a verb without a subject."""
    dated = next((d for d in statement.dates if i < d.first <= i + 3), None)
    if dated is None or statement.low(i) in SAID:
        return
    ended = next((q for q in statement.quantities if q.after == i), None)
    if ended is not None and (
        tags[ended.lead - 1 : ended.lead] == "D" or not {"V", "X"}.isdisjoint(tags[: ended.lead])
    ):
        yield Stretch(ended.lead, dated.after, "side")
        return
    first = next((k for k in range(i - 1, -1, -1) if tags[k] in ",.QVX"), -1)
    if first >= 0 and tags[first] == "," and tags[first + 1 : first + 2] == "D":
        yield Stretch(first + 1, dated.after, "side")


def _lead_of(statement: Statement, after: int) -> int | None:
    """Where the quantity that ends at tokens[after] begins."""
    return next((q.lead for q in statement.quantities if q.after == after), None)


def _compared(statement: Statement, tags: str, told: Sequence[Slots]) -> Iterator[Stretch]:
    """ "from 5.2% in 2023", "compared with the 400 of 2019", "on March 2024"."""
    for i, low in enumerate(statement.words):
        first = _comparing(statement, tags, told, i) if low in _COMPARING else None
        if first is not None:
            yield Stretch(first, _end_of_base(statement, tags, i), "base")


_COMPARING = frozenset("compared relative against versus vs than what of on from after".split())


def _comparing(statement: Statement, tags: str, told: Sequence[Slots], i: int) -> int | None:
    """Where a comparison begins whose word is tokens[i]."""
    low, following = statement.low(i), statement.low(i + 1)
    if tags[i] == "Q":
        return None
    if low in ("compared", "relative") and following in ("with", "to"):
        return i
    if low in ("against", "versus", "vs"):
        return i if _next_told(tags, statement, i) is not None else None
    if low == "than":
        return i if following in _THAN or tags[i + 1 : i + 2] in ("Q", "T") else None
    if low == "what":
        return i if "Q" in tags[max(0, i - 2) : i] else None
    if low == "of":
        return _of_then(statement, tags, i)
    if low == "on":
        at = i + 2 if following == "the" else i + 1
        return i if any(d.first == at and _is_long(d) for d in statement.dates) else None
    if low in ("from", "after"):
        return i if _is_start(statement, tags, told, i) else None
    return None


def _is_long(dated: Dated) -> bool:
    """A period that is no day: a rise "on" one is measured from it."""
    mention = dated.mention
    told = mention.period or f"2000{mention.needs_year or ''}"
    words = mention.relative or ""
    return len(told) != 10 and ("year" in words or "quarter" in words or not words or "|" in words)


def _of_then(statement: Statement, tags: str, i: int) -> int | None:
    """The quantity of "the 14.6 million tonnes of 2015"."""
    at = i + 2 if statement.low(i + 1) == "the" else i + 1
    ended = next((q for q in statement.quantities if q.after == i), None)
    if ended is None or tags[at : at + 1] != "T":
        return None
    return ended.lead


def _next_told(tags: str, statement: Statement, i: int) -> int | None:
    """The first quantity or period after tokens[i], small words between."""
    is_told = statement.low(i) in ("against", "after")
    for k in range(i + 1, min(i + 7, len(tags))):
        if tags[k] in "QT":
            return k
        if statement.low(k) not in _SMALL and not (is_told and tags[k] in "NB"):
            return None
    return None


def _is_start(statement: Statement, tags: str, told: Sequence[Slots], i: int) -> bool:
    """ "up from 5.2%", "after 3.8% in March": a level before; "from 12 shops" is none."""
    at = _next_told(tags, statement, i)
    if at is None:
        return False
    if tags[at] == "T":
        return statement.low(i) == "from" and "Q" in tags[at + 1 : at + 4]
    index = next((n for n, q in enumerate(statement.quantities) if q.lead <= at < q.after), None)
    if index is None:
        return False
    if statement.low(i) == "from":
        return told[index].is_base
    return not units.is_duration(statement.quantities[index].unit or "")


def _end_of_base(statement: Statement, tags: str, i: int) -> int:
    """After the first period of a comparison, and those that are added to it with "and"."""
    limit = _end(statement, i + 1)
    for k in range(i + 1, limit):
        if statement.low(k) in ("but", "while", "whereas") or _turns(statement, i, k):
            return k
        if statement.low(k) == "and" and tags[k + 1 : k + 2] != "Q":
            return k
        dated = next((d for d in statement.dates if d.first == k), None)
        if dated is not None:
            return _added(statement, tags, dated.after)
    return limit


def _turns(statement: Statement, i: int, k: int) -> bool:
    """The "to" of "from 5 to 6"."""
    return statement.low(i) == "from" and statement.low(k) == "to"


def _added(statement: Statement, tags: str, after: int) -> int:
    """The end of "in 2023 and 63% in 2019": what is compared with goes on."""
    k = after + (statement.low(after) == ",")
    k += statement.low(k) == "and"
    if k == after or tags[k : k + 1] not in ("Q", "P"):
        return after
    quantity = next((q for q in statement.quantities if q.lead in (k, k + 1)), None)
    if quantity is None:
        return after
    later = next((d for d in statement.dates if 0 <= d.first - quantity.after <= 2), None)
    return _added(statement, tags, later.after) if later is not None else after


def _end(statement: Statement, i: int) -> int:
    """Where a stretch that begins before tokens[i] ends: at a comma or bracket outside a period."""
    for k in range(i, len(statement.tokens)):
        inside = any(d.first < k < d.after for d in statement.dates)
        if statement.raw(k) in _ENDS and not inside:
            return k
    return len(statement.tokens)


# ------------------------------------------------------------------ clauses and roles


def _cuts(statement: Statement, tags: str, made: Scopes) -> Iterator[int]:
    """Where a clause with a verb of its own begins: after ";", "and", "but"."""
    last = 0
    for i, low in enumerate(statement.words):
        if low == ";":
            yield i
            last = i
        elif low in _COORDINATES and tags[i] != "Q" and made.at(i) is None:
            after = _end(statement, i + 1)
            is_own = _has_verb(statement, tags, i + 1, after) or is_coming(
                statement, tags, i, after
            )
            if is_own and not {"V", "X"}.isdisjoint(tags[last:i]):
                yield i
                last = i


def _has_verb(statement: Statement, tags: str, first: int, after: int) -> bool:
    """Whether tokens[first:after] have a verb that is no infinitive."""
    return any(
        tags[k] in "VX" and statement.low(k - 1) != "to"
        for k in range(first, min(after, len(tags)))
    )


def _role(made: Scopes, dated: Dated, published: str | None) -> Role:
    statement = made.statement
    held = made.at(dated.first)
    if is_name(statement, dated) or (held is not None and _is_foretold(statement, dated)):
        return "name"
    is_span = "to" in statement.words[dated.first : dated.after]  # "from January to April"
    is_from = statement.low(dated.first - 1) == "from"
    is_begin = is_from and (is_span or made.is_coming(dated.first))
    if not is_begin and (_is_base(statement, made.tags, dated) or _is_level_of(statement, dated)):
        return "base"
    if held is not None and held.kind == "base" and not is_begin:
        return "base"
    if is_like(dated):
        is_owned = statement.low(dated.first - 1) == "of" and made.tags[dated.first - 2] != "Q"
        return "base" if is_owned else "like"
    if held is not None:
        return "side"
    if _is_goal(statement, dated, published):
        return "goal"
    period = dated.mention.period
    is_coming = made.is_coming(dated.first) and (period is None or not is_over(period, published))
    return "goal" if is_coming else "main"


def _is_foretold(statement: Statement, dated: Dated) -> bool:
    """ "from the 3.6% it predicted in February": when it was said, not what it is of."""
    return not _FORETOLD.isdisjoint(
        {statement.low(dated.first - 2), statement.low(dated.first - 1)}
    )


def is_name(statement: Statement, dated: Dated) -> bool:
    """ "the 2015 accord", "the 2024 report": a year that names a work."""
    return statement.low(dated.after) in lexicon.words("cues", "dated_works")


def is_like(dated: Dated) -> bool:
    """ "a year earlier", "the same quarter": a period told by another."""
    relative = dated.mention.relative or ""
    return relative.startswith(
        ("a year", "one year", "year", "the year", "the season", "a season", "the same", "same",
         "the prev", "the corr", "corr", "the comp", "comp")
    ) and not relative.startswith("year to")  # fmt: skip


def _is_base(statement: Statement, tags: str, dated: Dated) -> bool:
    """Whether a period is only what something is compared with ("from 2022")."""
    i = dated.first - 1
    skipped = _SEASONS | {"the", "in", "that", "of", "those"}
    while i >= 0 and statement.low(i) in skipped and i > dated.first - 6:
        i -= 1
    if statement.low(i) == "over":
        return tags[i - 1 : i] == "Q"
    if statement.low(i) == "on" and statement.low(i - 1) in ("up", "down"):
        return True
    led = statement.low(dated.first - 1 - (statement.low(dated.first - 1) == "the"))
    if led == "of" and not {
        statement.low(dated.first - 2),
        statement.low(dated.first - 3),
    }.isdisjoint(_SHORT):
        return True
    return statement.low(i) in _BASES and statement.low(i + 1) not in ("of",)


def _is_level_of(statement: Statement, dated: Dated) -> bool:
    """ "1.8 times the level of 2019", "104% of the 2019 level": what is compared with."""
    told = any(q.after <= dated.first for q in statement.quantities)
    named = statement.low(dated.after) in _LEVELS or (
        statement.low(dated.first - 1) in ("of", "for")
        and statement.low(dated.first - 2) in _LEVELS
    )
    reached = statement.low(dated.first - 3) in _LEVELS and clauses.is_past(
        statement.low(dated.first - 2)
    )
    return told and (named or reached)


def _is_goal(statement: Statement, dated: Dated, published: str | None) -> bool:
    """Whether a period is one to come: "by 2030", one later than the article."""
    i = dated.first - 1
    while statement.low(i) in _PARTS and i > dated.first - 6:
        i -= 1
    if statement.low(i) in _GOALS:
        return True
    if (dated.mention.relative or "").startswith(("next", "the following", "the coming")):
        return True
    period = dated.mention.period
    return period is not None and is_later(period, published)


def is_later(period: str, published: str | None) -> bool:
    """Whether a period begins after the day of publication."""
    return published is not None and periods.bounds(period)[0].isoformat() > published


def is_over(period: str, published: str | None) -> bool:
    """Whether a period ends before the day of publication."""
    return published is not None and periods.bounds(period)[1].isoformat() < published


def opens(statement: Statement, i: int) -> bool:
    """Whether tokens[i] is a preposition that a period follows."""
    return statement.low(i) in _OPENING
