"""Headers: what the header of a column or row, a caption or a heading says about cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from ingest import data, numerals, periods, units
from ingest.figures import quantities
from ingest.figures.figure import Claim, How
from ingest.figures.grids import Cell
from ingest.numerals import Token

_STATED_IN = re.compile(
    r"(?P<sums>\b(?:all |the )?(?:sums|amounts|figures|values|numbers)(?: are)?(?: given)?)?"
    r"\s+in\s+(?P<unit>[^,;:()]{1,30}?)(?=[,;:(.]|\sunless\b|\sexcept\b|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:(?:table|figure|chart|exhibit|fig\.?)\s+[\dA-Z][\d.]*\s*[.:–—-]?\s+|\d{1,2}\.\s+"
    r"|table[:.]\s+)",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\(([^()]{1,40})\)")
_NONE = (None, Decimal(1))
Spec = tuple[str | None, Decimal]
"""A unit, None where only its scale is told, and the factor of its writing."""


@dataclass(frozen=True, slots=True)
class Label:
    """A header or caption, read: its words without unit and period.

    choices: where a caption tells several units, the words that each stands by, none by the unit
        of all that no other names
    is_actual: says that its cells are no forecast
    """

    cell: Cell
    how: How
    words: str = ""
    unit: str | None = None
    factor: Decimal = Decimal(1)
    mention: periods.Mention | None = None
    period: str | None = None
    entity: str | None = None
    claim: Claim | None = None
    choices: tuple[tuple[frozenset[str], str | None, Decimal], ...] = ()
    base_period: str | None = None
    is_actual: bool = False

    @property
    def is_prior(self) -> bool:
        """Whether it says "previous year", "a year earlier": the one before its neighbour's."""
        relative = self.mention.relative if self.mention is not None else None
        return relative is not None and _PRIOR.search(relative) is not None

    @property
    def tells_unit(self) -> bool:
        return self.unit is not None or self.factor != 1


_BASE = re.compile(
    r"\((?:[\w ]+=\s?100?|(?:out )?of \d+|[nN]\s?=\s?[\d,. ]+|[nN])\)|\b[nN],? (?=\(%\))"
)
_EMPTY = frozenset(
    "in at on for of during to from the as now current latest today end start beginning"
    " year-end opening closing".split()
)
_DANGLING = re.compile(
    r"(?:(?:^|,)?\s?(?:at )?(?:the )?(?:end|start|beginning) of"
    r"|\s(?:in|at|on|of|during|the|as|vs|and))+$"
)
_YEARLY = re.compile(r"(?:full|whole|calendar|financial|fiscal|business)? ?year", re.IGNORECASE)
_GENERIC = re.compile(r"(?:all )?(?:amounts|figures|sums|values|numbers)(?: are)?", re.IGNORECASE)
_PRIOR = re.compile(r"\b(?:previous|prior|preceding|last|earlier|ago|before|same|corresponding)\b")


@lru_cache(maxsize=1000)
def read(cell: Cell, how: How, published: str | None) -> Label:
    """Read a header or caption: unit, period, claim, and the words that are left."""
    text = _NUMBERED.sub("", cell.text) if how in ("caption", "heading") else cell.text
    text = _BASE.sub(" ", text)
    mention, words = _take_period(text, how == "header")
    known = words.strip().lower() in data.load("headers")["units"]
    unit, factor, words = (*_NONE, words) if known else _take_unit(words)
    if mention is not None and unit is not None and units.is_duration(unit) and not words.strip():
        unit = None
    claim, is_actual, words = _take_claim(words, text)
    if how != "header" and claim is not None and not _is_claimed(words, claim):
        claim = None
    words, entity = _take_entity(words) if how != "header" else (words, None)
    told = mention is not None and not mention.relative
    period = periods.resolve(mention, published) if mention is not None and told else None
    tidy = re.sub(r"\s+", " ", words).strip(" ,:;.-–*")
    tidy = "" if tidy.lower() in _EMPTY else _DANGLING.sub("", tidy).rstrip(" ,")
    if (mention is not None and _YEARLY.fullmatch(tidy)) or _GENERIC.fullmatch(tidy):
        tidy = ""
    return Label(
        cell, how, tidy, unit, factor, mention, period, entity, claim, is_actual=is_actual
    )  # fmt: skip


def read_caption(
    cell: Cell, how: How, published: str | None, is_name: Callable[[str | None], bool]
) -> Label:
    """The caption of a table, or the heading above it, read.

    is_name: tells whether words with a capital name somebody; a sentence before a table says in
    what unit it is, hardly what it measures.
    """
    label = read(cell, how, published)
    if _is_unit(label.words):
        label = replace(label, words="")
    if label.entity is not None and not is_name(label.entity):
        label = replace(label, entity=None, words=_without_place(label, cell))
    led = cell.text.endswith(":") and (
        len(label.words.split()) > _MAX_TITLE_WORDS or _VERB.search(cell.text) is not None
    )
    if led or _is_sentence(cell.text):
        label = _of_sentence(label, cell.text)
    elif (
        _is_section(label.words)
        or _is_grouping(cell.text)
        or (how == "heading" and not is_measure(label.words))
    ):
        label = replace(label, words="")
    choices = tuple(_choices(cell.text))
    if len({(unit, factor) for _, unit, factor in choices}) < 2:
        return label
    return replace(label, unit=None, factor=Decimal(1), choices=choices)


def _is_unit(words: str) -> bool:
    """Whether a caption only says its unit in words: "Gigawatt-hours (GWh)"."""
    spec = unit_of(words, False) if words else None
    return spec is not None and spec[0] is not None


def _of_sentence(label: Label, text: str) -> Label:
    """What a sentence above a table tells: its unit, and what it is about where it opens with a
    measure ("Exports grew 6.4% in 2023, as the table shows")."""
    unit, factor = stated_unit(text) or unit_in_brackets(text) or _NONE
    words = _PREDICATE.split(label.words, maxsplit=1)[0]
    about = (
        len(words.split()) < 5 and is_measure(words) and head_of(words) not in listed("uncounted")
    )
    several = len(_SENTENCE.findall(text.strip(" *_#"))) > 1
    timed = label.period is not None and (unit is not None or label.unit is not None or not several)
    if not timed:
        label = replace(label, mention=None, period=None)
    words = words if about and not several else ""
    return replace(label, words=words, entity=None, unit=unit, factor=factor)


_PREDICATE = re.compile(
    r"\s(?:of|in|for|by|to|at|grew|rose|fell|was|were|are|is|has|have|stood|came|reached|totall?ed"
    r"|increased|decreased|climbed|dropped|went|made|amounted|remained|[\d$€£¥]\S*)\s"
)


def _without_place(label: Label, cell: Cell) -> str:
    """The words of a caption whose name turned out to be an ordinary word of it."""
    text = _NUMBERED.sub("", cell.text.strip("*_# ")).lower()
    words = " ".join(w for w in (label.entity or "").split() if w.lower() in text)
    opens = text.startswith(words.lower()[:12])
    return f"{words} {label.words}".strip() if opens else label.words


_SENTENCE = re.compile(r"[.?!][\"”*_)]*(?:\s+[\"“*_(]*[A-Z]|$)|\?")
_NO_STOP = re.compile(r"\b(?:[A-Z]|no|vs|approx|temp|avg|incl|excl|ave|max|min|mn|bn|m)\.$", re.I)


_MAX_TITLE_WORDS = 10
_VERB = re.compile(r"\b(?:is|are|was|were|will|has|have|had|did|does|do|tells?|shows?|makes?)\b")


def _is_sentence(text: str) -> bool:
    """Whether a line above a table is one or several sentences of prose."""
    bare = _NUMBERED.sub("", text.strip(" *_#"))
    return _SENTENCE.search(bare) is not None and _NO_STOP.search(bare) is None


def _is_section(words: str) -> bool:
    """Whether a heading only announces a table: "Key figures", "At a glance", "Who sells what"."""
    said = words.lower().split()
    openers, phrases = _sections()
    return bool(said) and (said[0] in openers or phrases.search(words.lower()) is not None)


def _is_grouping(text: str) -> bool:
    """Whether a heading says how rows are grouped, or only "The result"."""
    bare = _NUMBERED.sub("", text.strip(" *_#:"))
    return head_of(bare) in listed("groupings") or re.fullmatch(r"[Tt]he \w+", bare) is not None


@cache
def _sections() -> tuple[frozenset[str], re.Pattern[str]]:
    table = data.load("headers")["sections"]
    phrases = "|".join(re.escape(phrase) for phrase in table["phrases"])
    return frozenset(table["openers"]), re.compile(rf"\b(?:{phrases})\b")


def _choices(text: str) -> Iterator[tuple[frozenset[str], str | None, Decimal]]:
    """The units of "Catch (tonnes) and value ($m)", each with the words before it."""
    words: list[str] = []
    for piece in re.split(r",\s|;|\band\b", text):
        unit, factor, rest = _take_unit(piece.strip(" *_:."))
        said = [units.singular(word) for word in re.findall(r"[a-z]{3,}", rest.lower())]
        words += said
        if unit is not None or (said and _is_in_unknown(piece)):
            yield frozenset(words), unit, factor
            words = []


def _is_in_unknown(piece: str) -> bool:
    """ "field in square degrees": a unit that no table knows."""
    _, found, unit = piece.strip(" *_:.()").rpartition(" in ")
    return bool(found) and unit.islower() and quantities.is_plural(unit.split()[-1])


def fitting(label: Label, sources: Sequence[Label]) -> Label:
    """A caption of several units with the one whose words a header says, or that of the rest."""
    said = {
        units.singular(word) for other in sources if other is not label
        for word in re.findall(r"[a-z]{3,}", other.words.lower())
    }  # fmt: skip
    for words, unit, factor in label.choices:
        if not words.isdisjoint(said):
            return replace(label, unit=unit or "1", factor=factor)
    for words, unit, factor in label.choices:
        if not words:
            return replace(label, unit=unit, factor=factor)
    return label


_MONTH_QUARTER = re.compile(
    r"\b(?P<m>Mar|Jun|Sep|Dec)[a-z]*\.? "
    r"(?:(?:Q|[Qq]uarter),? (?P<y>20\d\d)|(?P<z>20\d\d) [Qq]uarter)"
)
_FISCAL_PART = re.compile(r"\b(?P<p>[QH][1-4]) FY ?'?(?P<y>\d\d|20\d\d)\b")
_LEADING_YEAR = re.compile(r"\s*((?:19|20)\d\d)\b(?![-/–])")
_VINTAGE = re.compile(r"\b((?:19|20)\d\d)[efprEFPR]\b")


def _take_period(text: str, may_be_prior: bool = False) -> tuple[periods.Mention | None, str]:
    text = _VINTAGE.sub(r"\1", text)
    text = _MONTH_QUARTER.sub(lambda m: f"Q{_QUARTERS[m['m']]} {m['y'] or m['z']}", text)
    text = _FISCAL_PART.sub(
        lambda m: f"{m['p']} {m['y'] if len(m['y']) > 2 else '20' + m['y']}", text
    )
    alone = text.strip(" .*").lower()
    if periods.is_month(alone):
        return periods.Mention(0, len(text), None, needs_year=periods.suffix_of_month(alone)), ""
    found = [m for m in periods.find(text) if m.period or m.needs_year or may_be_prior]
    mention = next((m for m in found if not m.relative), found[0] if found else None)
    leading = _LEADING_YEAR.match(text)
    if leading is not None and mention is not None and not mention.period:
        mention = periods.Mention(leading.start(1), leading.end(1), leading[1])
    if mention is None:
        year = next(periods.years(text), None)
        if year is None:
            return None, text
        mention = periods.Mention(*year)
    stated = _TOLD_YEAR.search(mention.relative or "")
    if stated is not None:
        mention = periods.Mention(mention.start, mention.end, stated[0])
    mention = _through(text, mention, found)
    split = _SPLIT_YEAR.match(text, mention.end)
    after = split.end() if split is not None else mention.end
    return mention, text[: mention.start] + " " + text[after:]


_TOLD_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SPLIT_YEAR = re.compile(r"(?<=\d{4})[/–-]\d\d\b")
_QUARTERS = {"Mar": 1, "Jun": 2, "Sep": 3, "Dec": 4}


def _through(
    text: str, first: periods.Mention, found: Sequence[periods.Mention]
) -> periods.Mention:
    """ "December 2024 to February 2025": from one month through another."""
    last = next((m for m in found if m.start > first.end and m.period), None)
    if last is None or not first.period or text[first.end : last.start] not in (" to ", " – ", "–"):
        return first
    if len(first.period) != 7 or len(last.period or "") != 7:
        return first
    return periods.Mention(first.start, last.end, f"{first.period}/{last.period}")


def _take_unit(text: str) -> tuple[str | None, Decimal, str]:
    """(unit, factor, text without them); the unit in brackets, after a comma, or all there is."""
    for match in _PARENTHESIS.finditer(text):
        spec = _bracketed(match[1], text)
        if spec is not None:
            rest = text[: match.start()] + " " + text[match.end() :]
            return _with_scale(spec, rest)
    text = text.rstrip(" ,:;.")
    for divider in (",", " in ", ":"):
        before, found, after = text.rpartition(divider)
        spec = unit_of(after, _is_length(before)) or _share_of(after) if found else None
        apart = divider == " in " or after[:1] == " "
        if spec is None and apart and _SCALED.match(after.lstrip()):
            spec = _counted_in(after.strip())
        if spec is not None:
            return *spec, before
    spec = unit_of(text, False)
    if spec is not None:
        return *spec, ""
    share = _share_of(text)
    if share is not None:
        return *share, text
    return _unit_within(text)


def _unit_within(text: str) -> tuple[str | None, Decimal, str]:
    """The unit in a part of a header: its last sign, a piece between commas, "sums in $m"."""
    if text.endswith("%") and " " in text:
        return "%", Decimal(1), text[:-1]
    parts = text.split(",")
    for at, part in enumerate(parts[:-1]):
        spec = unit_of(part, False) or _share_of(part)
        if spec is not None:
            return *spec, ",".join(parts[:at] + parts[at + 1 :])
    stated = _stated(text)
    return stated if stated is not None else _per_unit(text)


_SCALED = re.compile(r"(?:hundreds?|thousands?|millions?|billions?|'?000s?) (?!of$)")


def _bracketed(inner: str, text: str) -> Spec | None:
    """The unit in the brackets of a header: "(£m)", "(number of cases)", "(tonnes, dry)"."""
    known = data.load("headers")["units"].get(inner.partition(",")[0].lower())
    if known is not None and "," in inner:
        return known, Decimal(1)
    return (
        unit_of(inner, _is_length(text))
        or (unit_of(inner.rpartition(" ")[0], False) if "/" in inner else None)
        or (unit_of(inner.rpartition(",")[2].strip(), False) if "," in inner else None)
        or (unit_of(inner.partition(",")[0].strip(), False) if "," in inner else None)
        or (unit_of(_CLAUSE.split(inner, maxsplit=1)[0], False) if " " in inner else None)
        or _share_of(inner)
        or _counted_in(inner)
    )


_CLAUSE = re.compile(r" (?:at|by|for|from|on|to|with|worked|spent|unless|except) |,")


def _with_scale(spec: Spec, rest: str) -> tuple[str | None, Decimal, str]:
    """ "Hectares (thousand)": a scale alone in brackets, the unit in the words."""
    whole = unit_of(rest.strip(), False) if spec[0] is None else None
    if whole is not None and whole[0] is not None and not units.is_money(whole[0]):
        return whole[0], whole[1] * spec[1], ""
    return *spec, rest


def _stated(text: str) -> tuple[str | None, Decimal, str] | None:
    for match in _STATED_IN.finditer(text):
        spec = unit_of(match["unit"], False)
        if spec is not None:
            words = "" if match["sums"] else text[: match.start()] + text[match.end() :]
            return *spec, words
    return None


def stated_unit(text: str) -> Spec | None:
    """The unit that a sentence says its sums are in."""
    for match in _STATED_IN.finditer(text):
        spec = unit_of(match["unit"], False)
        if spec is not None:
            return spec
    return None


_STANDING = re.compile(
    r"\b(?:sums|amounts|figures|values|money|accounts|tables|statements|results)\b"
    r"(?: (?:are|is|below|given|shown|stated|reported|expressed|here|in this \w+|throughout)){0,3}"
    r"\s+in\s+(?P<unit>[^,;:()]{1,30}?)(?=[,;:(.]|\sunless\b|\sexcept\b|\sand\b|$)",
    re.IGNORECASE,
)


def in_cents(
    unit: str, said: Collection[str], words: Collection[str], currency: Callable[[], str | None]
) -> str:
    """ "31.2 cents per kWh" where the article counts in euros and nobody speaks of dollars.

    said: the words that tell the unit; words: all those around it
    """
    if not unit.startswith("USD") or {"cent", "cents"}.isdisjoint(said):
        return unit
    if not _OF_DOLLARS.isdisjoint(words):
        return unit
    told = currency()
    return f"{told}{unit[3:]}" if told in _IN_CENTS else unit


_OF_DOLLARS = frozenset({"$", "us", "us$", "usd", "american", "dollar", "dollars"})
_IN_CENTS = frozenset("EUR AUD CAD NZD SGD HKD ZAR KES".split())


def standing_unit(text: str) -> Spec | None:
    """The money that a note says all tables are in: "Amounts in SEK million unless stated"."""
    for match in _STANDING.finditer(text):
        spec = unit_of(match["unit"], False)
        if spec is not None and spec[0] is not None and units.is_money(spec[0]):
            return spec
    return None


def unit_in_brackets(text: str) -> Spec | None:
    """The unit and scale in the brackets of a line: "Costs (billion francs)"."""
    for match in _PARENTHESIS.finditer(text):
        spec = unit_of(match[1], False) or unit_of(match[1].partition(",")[0], False)
        if spec is not None:
            return spec
    return None


def unit_in_words(text: str) -> Spec | None:
    """The unit and scale that a line tells with "in": "Nights by county, in millions:"."""
    for match in _TOLD_IN.finditer(text.rpartition(". ")[2]):
        words = match[1].split()
        if words[0].lower() in quantities.stops() | numerals.words().starters - _SCALES:
            continue
        for n in range(len(words), 0, -1):
            spec = unit_of(" ".join(words[:n]), False)
            if spec is not None and len(words[0]) > 1:
                return spec
    return None


_SCALES = frozenset("hundreds thousand thousands million millions billion billions".split())
_TOLD_IN = re.compile(r"\bin ((?:[\w$€£¥%°]{1,20}+ ?){1,3})")


def _share_of(text: str) -> tuple[str, Decimal] | None:
    """The percent of "% of GDP", "per cent of total"."""
    above, found, _ = text.strip().partition(" of ")
    spec = unit_of(above, False) if found else None
    return ("%", Decimal(1)) if spec == ("%", Decimal(1)) else None


def _counted_in(text: str) -> tuple[str, Decimal] | None:
    """The noun of "thousand people", "million passengers", "number of cases", "jobs"."""
    words = text.lower().removeprefix("number of ").removeprefix("in ").split()
    scale = unit_of(" ".join(words[:-1]), False) if len(words) > 1 else (None, Decimal(1))
    if not words or scale is None or scale[0] is not None or not quantities.is_plural(words[-1]):
        return None
    return units.singular(words[-1]), scale[1]


def _per_unit(text: str) -> tuple[str | None, Decimal, str]:
    """ "Beds per 1,000 people": a unit at the end of the words."""
    match = _PER.search(text)
    if match is None:
        return None, Decimal(1), text
    number, _, noun = match.group(1).rpartition(" ")
    below = units.denominator(noun) or units.singular(noun)
    times = unit_of(number, False) if number and not number[0].isdigit() else None
    number = f"{times[1]:f}" if times is not None else number.replace(",", "")
    amount = f"{number} " if number else ""
    return f"1/{amount}{below}", Decimal(1), text[: match.start()]


_PER = re.compile(r"\bper\s+((?:[\d,]+|thousand|million|billion)\s+\w+|\w+)[\s,]*$", re.IGNORECASE)


@cache
def listed(section: str) -> frozenset[str]:
    """The words of a section of the table of headers."""
    return frozenset(data.load("headers")[section]["words"].lower().split())


def is_change(label: Label) -> bool:
    """Whether a header says nothing but that its cells are changes: "Change", "y/y, %"."""
    said = re.sub(r"[()%,]", " ", label.words.lower()).split()
    if label.cell.text.strip(" ()%,") in ("+/-", "+/−", "±", "+ / -"):
        return True
    changes = listed("changes")
    return any(w in changes for w in said) and all(w in changes or w in _OF_CHANGE for w in said)


_OF_CHANGE = frozenset(
    "on in over from since the year week month quarter vs versus against of".split()
)


_BASES = {"year": "year on year", "quarter": "quarter on quarter", "month": "month on month"}
_BASIS = re.compile(r"\b(?P<y>y|q|m)(?:[/-]o?-?|o)(?P=y)\b|\b(?P<p>year|quarter|month)\b")


def basis_of(label: Label) -> str | None:
    """What a header says that its changes are on: "y/y", "Change on month, %"."""
    match = _BASIS.search(label.cell.text.lower())
    if match is None:
        return None
    return _BASES[match["p"] or {"y": "year", "q": "quarter", "m": "month"}[match["y"]]]


def is_measure(words: str) -> bool:
    """Whether the head of a header's words is something that is measured: "Net profit"."""
    head = head_of(words)
    return head in listed("measures") or head.rstrip("s") in listed("measures")


def is_money_measure(words: str) -> bool:
    """Whether it is measured in money: "Operating costs", "Loans"."""
    return head_of(words) in listed("sums")


def counted_noun(label: Label) -> str | None:
    """What a header counts: its own plural noun, or None."""
    known = data.load("headers")["units"]
    text = label.words.lower() if label.how == "header" else label.words.lower().split(",")[0]
    words = [w.strip(",.'’") for w in text.split()]
    words = [w for w in words if w]
    if len(words) > 1 and words[-1] in ("number", "no") and "," in text:
        words.pop()
    if not words:
        return None
    unit = known.get(" ".join(words)) or _told_by(words[-1]) or _told_by(words[0])
    if unit is not None:
        return unit
    head = head_of(label.words)
    if head in ("number", "total", "count") and " of " in label.words:
        words = label.words.lower().partition(" of ")[2].split() or words
    elif head in listed("sums") or head in listed("uncounted"):
        return words[0] if head == "sales" and len(words) > 1 and len(words[0]) > 2 else None
    whole = _last_plural(_AFTER_NOUN.split(" ".join(words))[0])
    return whole or (_last_plural(text.split(",")[0].strip()) if "," in text else None)


_AFTER_NOUN = re.compile(r"\b(?:of|in|for|to|from|by|per|on|at|with|without|under|over|out|so)\b")


def _told_by(word: str) -> str | None:
    """The unit of a word that tells it among others too: "points", no short mark of a score."""
    unit = data.load("headers")["units"].get(word)
    return str(unit) if unit is not None and unit != "match" and len(word) > 3 else None


def _last_plural(text: str) -> str | None:
    """The last plural noun of a header, participles after it left out: "Tests done"."""
    words = text.split()
    while len(words) > 1 and _is_participle(words[-1]):
        words.pop()
    if words and quantities.is_plural(words[-1]) and words[-1] not in listed("uncounted"):
        return units.singular(words[-1])
    return None


def _is_participle(word: str) -> bool:
    return word in listed("participles") or (word.endswith("ed") and len(word) > 4)


def is_participial(words: str) -> bool:
    """Whether a header only tells what was done with what another counts: "Demolished or lost"."""
    said = words.lower().split()
    parts = [word for word in said if word not in _BESIDE_PARTICIPLES]
    return said[:2] == ["of", "which"] or (bool(parts) and all(_is_participle(w) for w in parts))


_BESIDE_PARTICIPLES = frozenset("or and not later again since so far".split())


def without_total(words: str) -> str:
    """ "Group revenue", "Total income" without what makes it the whole."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in listed("totals") else words


def words_of(text: str) -> str:
    """The words of a header without its unit, claims left in."""
    return _take_unit(text)[2].strip(" ,:;.-–*()")


def is_told(title: str) -> bool:
    """Whether a title is a headline that tells what happened."""
    return _VERB.search(title) is not None or _is_sentence(title)


def without_base(text: str) -> str:
    """A heading without the base of an index: "(2020 = 100)" tells no period."""
    return _BASE.sub(" ", text)


def _is_length(text: str) -> bool:
    return not listed("lengths").isdisjoint(re.findall(r"\w+", text.lower()))


_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_EMITTED = frozenset({"co", "co2", "co2e", "e", "eq", "carbon", "equivalent", "dioxide"})
_FILLER = frozenset({"in", "of", "(", ")", "'", "’", ".", "the", "millions of", "s", "current"})
_THOUSANDS = frozenset({"000", "000s", "1.000", "1,000", "1000", "ths"})


_POWER = re.compile(r"[a-z][23²³]\s*$")
_WATER = re.compile(r"\s(?:w\. ?e\.?|we|water equivalent)(?=[\s/]|$)")


def unit_of(text: str, is_length: bool) -> tuple[str | None, Decimal] | None:
    """The unit and scale that `text` is, as a whole: "US$ bn", "million", "cents a bushel", "%".

    A lone scale gives (None, its factor). None if the text is anything else.
    """
    if _WATER.search(text) is not None:
        text, is_length = _WATER.sub(" ", text), True
    named = units.named_as(text.strip()) if "/" in text or _POWER.search(text) else None
    if named is not None:
        return named.unit, named.factor
    quotient = units.parse(text) if "/" in text else None
    if quotient is not None and units.is_physical(quotient):
        return quotient, Decimal(1)
    tokens = numerals.lex(_HYPHEN.sub(" ", text.strip()))
    lettered = len(tokens) == 1 and len(tokens[0].text) == 1 and tokens[0].text.isupper()
    if not tokens or len(tokens) > 8 or lettered:
        return None
    unit: str | None = None
    factor = Decimal(1)
    i = 0
    while i < len(tokens):
        step = _unit_piece(tokens, i, is_length, unit)
        if step is None:
            return None
        i, piece, times = step
        unit, factor = piece or unit, factor * times
    return (unit, factor) if unit is not None or factor != 1 else None


def _unit_piece(
    tokens: Sequence[Token], i: int, is_length: bool, unit: str | None
) -> tuple[int, str | None, Decimal] | None:
    """One step of `unit_of`: the next token, the unit so far, what it multiplies by."""
    token = tokens[i]
    one = Decimal(1)
    if token.low in _FILLER or (unit is not None and token.low in _EMITTED):
        return i + 1, None, one
    if unit is not None and token.glued and token.text == "2" and tokens[i - 1].low == "co":
        return i + 1, None, one
    if token.text in _THOUSANDS:
        return i + 1, None, Decimal(1000)
    scale = _scale(token, is_length, len(tokens))
    if scale is not None and not (i and len(token.text) == 1 and tokens[i - 1].text in _THOUSANDS):
        return i + 1, None, scale
    if unit is not None and token.low in ("a", "an", "per", "/") and i + 1 < len(tokens):
        for after in range(min(len(tokens), i + 4), i + 1, -1):
            below = _below(" ".join(t.text for t in tokens[i + 1 : after]))
            below = "lb" if below == "GBP" else below
            if below:
                return after, f"{unit}/{below}", one
        return None
    texts = [t.text for t in tokens]
    if token.kind == "w" and i + 1 < len(tokens) and token.text + texts[i + 1] in _signs():
        return i + 2, _signs()[token.text + texts[i + 1]], one
    found = units.match(texts, i)
    if found is not None:
        return found[1], found[0].unit, found[0].factor
    return None


def _below(text: str) -> str | None:
    """What stands under a "per": a word for it, or a symbol ("t/ha")."""
    named = units.named_as(text)
    symbol = named.unit if named is not None and units.is_physical(named.unit) else None
    return units.denominator(text) or symbol


@cache
def _signs() -> dict[str, str]:
    table: dict[str, str] = data.load("currencies")["signs"]
    return table


def _scale(token: Token, is_length: bool, n_tokens: int) -> Decimal | None:
    words = numerals.words()
    low = token.low.removesuffix("s") if len(token.low) > 4 else token.low
    if low in words.scales and low != "hundred":
        return Decimal(10) ** words.scales[low]
    if token.text in words.loose and not is_length and (n_tokens > 1 or token.text in "mkMK"):
        return Decimal(10) ** words.loose[token.text]
    return None


def _take_claim(words: str, text: str) -> tuple[Claim | None, bool, str]:
    """(claim, whether it says "actual", words without the cue where it stands in brackets)."""
    if re.search(r"\b(?:19|20)\d\d[fe]\b", text):
        return "forecast", False, words
    low = words.lower()
    for claim, cues in data.load("headers")["claims"].items():
        for cue in cues:
            if len(cue) > 1 and cue in low and re.search(rf"\b{cue}\b", low):
                left = re.sub(rf"\(\s*{cue}\s*\)|^\s*{cue}\s*$", "", words, flags=re.IGNORECASE)
                is_actual = claim == "actual"
                return None if is_actual else claim, is_actual, left
    return None, False, words


def _is_claimed(words: str, claim: Claim) -> bool:
    """Whether a caption or heading is that of forecasts or targets: "Budget proposed", and no
    headline that speaks of one: "Avilon misses its delivery goal"."""
    said = re.findall(r"\w+", words.lower())
    first = " ".join(said if len(said) < _MAX_NAMED_WORDS else said[:3])
    cues = data.load("headers")["claims"][claim]
    return not said or any(re.search(rf"\b{cue}\b", first) for cue in cues)


_MAX_NAMED_WORDS = 5
_PLACE = re.compile(
    r"\b(?:in|of|at|by|for|from)\s+((?:the\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*)"
)
_OWNER = re.compile(r"^((?:[A-Z][\w.&-]*\s)*[A-Z][\w.&-]*)(?:['’]s?)?(?=:|\s[a-z]|$|,)")


def _take_entity(words: str) -> tuple[str, str | None]:
    """The name in a caption, and the words without it."""
    first = re.split(r"[,:]\s|\s\(|[,:]$", words)[0]
    place = _PLACE.search(first)
    if place is not None:
        return first[: place.start()] + first[place.end() :], place.group(1)
    owner = _OWNER.match(words)
    if owner is not None and _is_owner(owner.group(1), words):
        rest = re.sub(r"^['’]s?\s|^:\s*", "", words[owner.end() :])
        return "" if words[owner.end() :].startswith(":") else rest, owner.group(1)
    return re.split(r"\sby\s", first)[0], None


def _is_owner(name: str, words: str) -> bool:
    last = name.split()[-1].lower()
    if re.search(r"[A-Z]\w*-[a-z]", name) and " " not in name:
        return False
    if last in listed("measures") or name.lower() in ("the", "what", "share", "top", "average"):
        return False
    several = len(name.split()) > 1
    follows = words[len(name) :].strip(" ,:*")
    follower = follows.split()[-1].lower() if follows else ""
    named = quantities.is_plural(follower) or follower in listed("measures")
    return several or words[len(name) : len(name) + 1] == ":" or (
        named and len(follows.split()) <= 2 and not quantities.is_plural(last)
    )  # fmt: skip


def head_of(words: str) -> str:
    first = re.split(r"\b(?:of|in|for|to|from|by|per|on|at)\b", words.lower())[0].split()
    return first[-1].strip(",.") if first else ""


_TITLE = re.compile(r"^((?:[A-Z][\w.&-]*\s)*[A-Z][\w.&-]*?)(?:['’]s\b|['’]\s|\s[a-z])")
_TITLED = re.compile(
    r"^(?P<name>(?:[A-Z][\w.&-]*\s(?:(?:of|and|the|de|du|&) ){0,2}){0,4}[A-Z][\w.&-]*?)"
    r"(?:\s(?:plc|Inc\.?|Ltd\.?|AG|SE|AB|ASA|NV))?"
    r"(?P<mark>[:,])\s(?P<rest>[a-z]\w+|[QH]\d)"
)


def title_entity(title: str) -> str | None:
    """Whom a title is about, when it opens with a name: "Iceland tourism in figures"."""
    titled = _TITLED.match(title)
    if titled is not None and (titled["mark"] == ":" or titled["rest"] in _PARTS):
        name = _take_period(titled["name"])[1].strip()
        return name if name and not any(c.isdigit() for c in name) else None
    match = _TITLE.match(title)
    if match is None:
        return None
    name = match.group(1)
    possessive = title[match.end(1) : match.end(1) + 1] in "'’"
    plain = data.load("grammar")["plain"]["words"]
    words = name.split()
    if words[0].lower() in _ASKING and len(words) > 1:
        words = words[1:]
        name = " ".join(words)
    if words[0].lower() in plain or (not possessive and quantities.is_plural(words[-1].lower())):
        return None
    return name if possessive or _is_named_by(title[match.end(1) :]) else None


_ASKING = frozenset("why how what when where who".split())
_TITLE_PLACE = re.compile(
    r"\b(?P<word>in|of|for) (?:the )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)(?=['’]s\b|[,: ]|$)"
)


def title_place(title: str) -> str | None:
    """The place of a title that says what was counted when: "Train punctuality in Portugal, 2023";
    None for a headline that tells what happened.
    """
    title = title.partition(":")[0]
    timed = bool(periods.find(title)) or next(periods.years(title), None) is not None
    if not timed or is_told(title):
        return None
    found = [(m["word"] != "in", m["name"]) for m in _TITLE_PLACE.finditer(title)]
    named = [x for x in found if not periods.is_month(x[1].split()[0].lower())]
    return min(named, key=lambda x: x[0])[1] if named else None


_PARTS = frozenset(
    "first second third fourth full half interim annual year quarter nine Q1 Q2 Q3 Q4 H1 H2".split()
)


def _is_named_by(rest: str) -> bool:
    """Whether nouns follow a name at the start of a title ("Iceland tourism in figures")."""
    words = rest.split()
    return bool(words) and words[0] not in quantities.stops()


def heading_parts(text: str) -> tuple[str | None, str | None]:
    """(entity, measure) of a heading: "Imports, 2023" -> imports, "Okafor Cement" -> the name."""
    _, words = _take_period(text)
    tidy = re.sub(r"\s+", " ", words).strip(" ,:;.-–*#")
    tidy = re.sub(r"\b(?:in|for|of|during)$", "", tidy).strip()
    plain = [w for w in tidy.split() if w]
    if not plain or len(plain) > 6:
        return title_entity(text), None
    if head_of(tidy) in listed("measures") or head_of(tidy).rstrip("s") in listed("measures"):
        rest, entity = _take_entity(tidy)
        return entity, rest.strip().lower() or None
    capital = all(w[:1].isupper() or w in ("of", "and", "the", "&") for w in plain)
    common = quantities.is_plural(plain[-1].lower()) or len(plain) > 3
    return (tidy, None) if capital and not common else (title_entity(text), None)
