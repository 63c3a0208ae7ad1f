"""Binding: which proof stands behind each numeral of a sentence.

A sentence of a draft is rendered (slots become text), then every numeral that
`ingest.numerals` sees in it must lie in a slot, in words quoted from a cited sentence, or be
read to the very value and unit of a figure there; years, ordinals and identifiers must stand in
a cited sentence or be a bound figure's period; the asker's numbers stand only as a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot import rendering
from bot.answers import Calculation
from bot.calculation import leaf
from bot.language.vocabulary import (
    hedge_after,
    hedge_before,
    is_hedged_twice,
    side_of,
    tables,
    words,
)
from ingest import Article, Figure, numerals, periods, units
from ingest.numerals import Numeral

_SLOT = re.compile(r"\{(\w{1,16})\}|\[(\d{1,3})\]")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_QUOTED = re.compile(r"“([^“”]{3,2000})”|\"([^\"]{3,2000})\"")
_FLAT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
_SCALE_WORD = re.compile(
    r"[\s-]?(?:trillion|billion|million|thousand|hundred|bn|tn|mn|m|k)\b", re.I
)
_PERCENT_WORD = re.compile(r"\s?(?:%|percent\b|per cent\b|percentage)", re.I)
_CLAIM_REACH = 60


class Problem(NamedTuple):
    """Why a sentence may not stand: the kind of law it breaks, and the reason in words."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bound:
    """text[start:end] of a rendered sentence and what proves it; hedge words not included."""

    start: int
    end: int
    proof: str


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A cited span with its figures; `n` is the draft's number for it."""

    n: int
    article: Article
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(slots=True)
class Ledger:
    """Figures and calculations that slots may name, and ids for those found on the way."""

    figures: dict[str, Figure]
    texts: dict[str, str]
    calculations: Mapping[str, Calculation]
    _ids: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for id, figure in self.figures.items():
            self._ids.setdefault(_place(figure), id)

    def id_of(self, figure: Figure, text: str) -> str:
        """The figure's id, a fresh one when no slot named it."""
        id = self._ids.get(_place(figure))
        if id is None:
            n = len(self.figures) + 1
            while f"f{n}" in self.figures:
                n += 1
            id = self._ids[_place(figure)] = f"f{n}"
            self.figures[id], self.texts[id] = figure, text
        return id

    def known_id(self, figure: Figure) -> str | None:
        """The figure's id, when it has one."""
        return self._ids.get(_place(figure))

    def holds(self, id: str) -> bool:
        """Whether an id is of a figure or a calculation."""
        return id in self.figures or id in self.calculations

    def leaves(self, id: str) -> Iterator[str]:
        """The ids of the figures below a proof."""
        if id in self.figures:
            yield id
        elif id in self.calculations:
            for operand in self.calculations[id].operands:
                yield from self.leaves(operand)


def _place(figure: Figure) -> tuple[str, int, int]:
    return figure.article_id, figure.start, figure.end


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence with its slots filled; `body` is `text` with the markers blanked."""

    text: str
    body: str
    bounds: tuple[Bound, ...]
    markers: tuple[int, ...]


def render(text: str, ledger: Ledger) -> Rendered:
    """Fill the slots; KeyError with the id of a slot that names nothing."""
    parts: list[str] = []
    bounds: list[Bound] = []
    length = last = 0
    for match in _SLOT.finditer(text):
        if match[1] is None:
            continue
        parts.append(text[last : match.start()])
        length += len(parts[-1])
        hedge, number = _fill(match[1], "".join(parts), ledger)
        bounds.append(Bound(length + len(hedge), length + len(hedge) + len(number), match[1]))
        parts.append(hedge + number)
        length += len(parts[-1])
        last = match.end()
    parts.append(text[last:])
    return _rendered("".join(parts), tuple(bounds))


def _rendered(text: str, bounds: tuple[Bound, ...]) -> Rendered:
    markers = tuple(int(m[1]) for m in _MARKER.finditer(text))
    return Rendered(text, without_markers(text), bounds, markers)


def without_markers(text: str) -> str:
    """The text with each [n] blanked, so that offsets stay."""
    return _MARKER.sub(lambda m: " " * len(m.group()), text)


def _fill(id: str, before: str, ledger: Ledger) -> tuple[str, str]:
    """The hedge and the number of a slot; what the sentence says already is not said twice."""
    if id in ledger.figures:
        hedge, number = _figure_words(ledger.figures[id], ledger.texts[id])
    else:
        hedge, number = _split_hedge(ledger.calculations[id].text)
    said = hedge_before(before, len(before))
    if said and hedge and said[1] in tables().compatible.get(_comparator(hedge), ()):
        hedge = ""
    if number.startswith(rendering.MINUS) and _last_direction(before) == "down":
        number = number[1:]
    return hedge, number


def _comparator(hedge: str) -> str:
    return {"at most ": "up to", "roughly ": "about"}.get(hedge, hedge.strip())


def _figure_words(figure: Figure, text: str) -> tuple[str, str]:
    return rendering.figure(figure, text)[: -len(text)], text


def _split_hedge(text: str) -> tuple[str, str]:
    """ "about 18.40 trillion yuan" → ("about ", "18.40 trillion yuan")."""
    for phrase in ("about ", "at least ", "at most ", "roughly ", "nearly ", "more than "):
        if text.startswith(phrase):
            return phrase, text[len(phrase) :]
    return "", text


def _last_direction(text: str) -> str | None:
    for word in reversed(words(text)[-8:]):
        side = side_of(word.stem)
        if side:
            return side
    return None


# Quoted words


class _Flat(NamedTuple):
    """A text with its white space and quote marks made plain, and where each character was."""

    text: str
    at: tuple[int, ...]


@lru_cache(maxsize=512)
def flatten(text: str) -> _Flat:
    """White space runs become one space, typographic quotes plain ones, marks of emphasis go;
    digits stay exact."""
    plain = text.translate(_FLAT)
    bold = {i for m in _BOLD.finditer(plain) for i in range(m.start(), m.end())}
    chars: list[str] = []
    at: list[int] = []
    for i, char in enumerate(plain):
        if i in bold:
            continue
        if char.isspace():
            if chars and chars[-1] == " ":
                continue
            char = " "
        chars.append(char)
        at.append(i)
    return _Flat("".join(chars), tuple(at))


_BOLD = re.compile(r"\*\*|__")
_SPEAKERS = r"(?i:expert|editor|interviewer|host|moderator|presenter|guest)"
_MARKS = re.compile(rf"(?:[-*•·]|\d{{1,2}}[.)])\s+|(?:[QA]|{_SPEAKERS})\s?:\s+(?=[\"“A-Za-z])")


def unmarked(text: str) -> str:
    """A sentence of an article without the marks of a list, of emphasis and of who speaks."""
    plain = _BOLD.sub("", text).strip()
    for _ in range(2):
        plain = _MARKS.sub("", plain, count=1) if _MARKS.match(plain) else plain
    return plain


class Verbatim(NamedTuple):
    """body[start:end] is said, word for word, in `cited`; the map of flat offsets between them."""

    start: int
    end: int
    cited: CitedSentence
    shift: int  # flat offset in the cited text minus flat offset in the body


def verbatim_spans(body: str, cited: Sequence[CitedSentence]) -> list[Verbatim]:
    """Where a sentence repeats a whole cited sentence, or words of it between quote marks."""
    flat = flatten(body)
    found = []
    for one in cited:
        core = unmarked(flatten(one.text).text).rstrip(".!?")
        at = flat.text.find(core) if len(core) > 3 else -1
        if at >= 0:
            lead = flatten(one.text).text.index(core)
            found.append(_verbatim(flat, at, at + len(core), one, lead - at))
    for match in _QUOTED.finditer(body):
        inside = flatten(match[1] or match[2]).text.strip()
        start = flat.text.find(inside)
        for one in cited:
            at = flatten(one.text).text.find(inside)
            if at >= 0 and start >= 0:
                found.append(_verbatim(flat, start, start + len(inside), one, at - start))
                break
    return found


def _verbatim(flat: _Flat, start: int, end: int, cited: CitedSentence, shift: int) -> Verbatim:
    stop = flat.at[end] if end < len(flat.at) else flat.at[end - 1] + 1
    return Verbatim(flat.at[start], stop, cited, shift)


def misquotes(body: str, cited: Sequence[CitedSentence], around: Iterable[str]) -> list[Problem]:
    """Words between quote marks that no cited sentence holds (short names may stand around)."""
    problems = []
    for match in _QUOTED.finditer(body):
        inside = flatten(match[1] or match[2]).text.strip().rstrip(".,;:!?")
        texts = [one.text for one in cited]
        if len(inside.split()) <= 4:
            texts += around
        if not any(_holds(flatten(text).text, inside) for text in texts):
            problems.append(Problem("quote", f"“{inside}” is not in what is cited"))
    return problems


def _holds(text: str, words_: str) -> bool:
    """Whether a text holds the words, cut out at the borders of words and numbers."""
    at = text.find(words_)
    while at >= 0:
        before, after = text[:at], text[at + len(words_) :]
        if not (before[-1:].isalnum() and words_[:1].isalnum()) and not (
            after[:1].isalnum() and words_[-1:].isalnum()
        ):
            return not re.search(r"\d[.,]$", before) and not re.match(r"[.,]\d|%", after)
        at = text.find(words_, at + 1)
    return False


# Numerals


@dataclass(frozen=True, slots=True)
class Binding:
    """A sentence with every numeral accounted for: bounds in order, and what stood against it."""

    bounds: tuple[Bound, ...]
    problems: tuple[Problem, ...]
    verbatim: tuple[Verbatim, ...]


class Asked(NamedTuple):
    """The numbers of the question, by value, and its years."""

    values: frozenset[Decimal]
    tokens: frozenset[str]


def bind(
    rendered: Rendered, cited: Sequence[CitedSentence], ledger: Ledger, asked: Asked
) -> Binding:
    """Bind each numeral of a sentence that cites `cited`."""
    body = rendered.body
    spans = verbatim_spans(body, cited)
    bounds = list(rendered.bounds)
    problems: list[Problem] = []
    for numeral in scan(body):
        if any(b.start < numeral.end and numeral.start < b.end for b in bounds):
            problems += _joined_on(body, numeral, rendered.bounds, ledger)
            continue
        bound = _bind_one(body, numeral, spans, cited, ledger, asked)
        if isinstance(bound, Bound) and _is_told_again(bound, bounds, spans, ledger):
            typed = body[bound.start : bound.end]
            problems.append(Problem("number", f"{typed} is told only once in what is cited"))
        elif isinstance(bound, Bound):
            bounds.append(bound)
        elif bound is not None:
            problems.append(bound)
    problems += _dates(rendered, bounds, cited, ledger, spans)
    return Binding(tuple(sorted(bounds, key=lambda b: b.start)), tuple(problems), tuple(spans))


def _is_told_again(
    bound: Bound, bounds: Sequence[Bound], spans: Sequence[Verbatim], ledger: Ledger
) -> bool:
    """Whether typed digits claim a figure that another number of the sentence stands for."""
    if bound.proof not in ledger.figures or any(s.start <= bound.start < s.end for s in spans):
        return False
    return any(other.proof == bound.proof for other in bounds)


def _joined_on(
    body: str, numeral: Numeral, slots: Sequence[Bound], ledger: Ledger
) -> list[Problem]:
    """A slot's number must not run on into digits or a scale that were typed beside it, but for
    the scale that its figure has from elsewhere: "640", of a column in millions."""
    for slot in slots:
        overlaps = slot.start < numeral.end and numeral.start < slot.end
        if overlaps and (numeral.start < slot.start or numeral.end > slot.end):
            if _is_scaled(body, numeral, slot, ledger):
                continue
            typed = body[numeral.start : numeral.end]
            return [Problem("number", f"{typed!r} adds to the number of a slot")]
    return []


def _is_scaled(body: str, numeral: Numeral, slot: Bound, ledger: Ledger) -> bool:
    """Whether the number with the scale typed after it is what its figure was read to be."""
    figure = ledger.figures.get(slot.proof)
    if figure is None or figure.value is None or numeral.value is None:
        return False
    is_alone = rendering.is_number(body[slot.start : slot.end])
    return is_alone and abs(numeral.value) == abs(figure.value)


def _bind_one(
    body: str,
    numeral: Numeral,
    spans: Sequence[Verbatim],
    cited: Sequence[CitedSentence],
    ledger: Ledger,
    asked: Asked,
) -> Bound | Problem | None:
    quoted = _in_quote(body, numeral, spans, ledger)
    if quoted:
        return quoted
    if numeral.kind in ("year", "date"):
        return None  # told apart with the periods of what is bound
    if numeral.kind == "indefinite" and body[numeral.start : numeral.end].casefold() == "one":
        return None
    typed = _typed(body, numeral, cited, ledger)
    if typed:
        return typed
    if _is_claim(body, numeral, asked):
        return Bound(numeral.start, numeral.end, "question")
    return (
        _named(body, numeral, cited) or _counted(body, numeral, ledger) or _unproven(body, numeral)
    )


_COUNTED = re.compile(r"\s(?:figures|amounts|values|numbers|quantities|results)\b", re.I)


def _counted(body: str, numeral: Numeral, ledger: Ledger) -> Bound | None:
    """A word that counts the figures themselves: "the two amounts"."""
    is_plain = not hedge_before(body, numeral.start) and body[
        numeral.start - 1 : numeral.start
    ] in (
        "",
        " ",
    )
    is_count = is_plain and numeral.spelled and _COUNTED.match(body, numeral.end)
    if is_count and numeral.value is not None and 2 <= numeral.value <= len(ledger.figures):
        return Bound(numeral.start, numeral.end, "identifier")
    return None


def _unproven(body: str, numeral: Numeral) -> Problem:
    typed = body[numeral.start : numeral.end]
    around = body[max(0, numeral.start - 12) : numeral.end + 16].strip()
    return Problem("number", f"{typed!r} (“…{around}…”) is no figure of a cited sentence")


def _in_quote(
    body: str, numeral: Numeral, spans: Sequence[Verbatim], ledger: Ledger
) -> Bound | None:
    for span in spans:
        if span.start <= numeral.start and numeral.end <= span.end:
            start = _source_offset(body, numeral.start, span)
            for figure in span.cited.figures:
                if figure.start <= start < figure.end:
                    return _whole(body, figure, numeral, span, ledger)
            return Bound(numeral.start, numeral.end, _proof_kind(numeral))
    return None


def _source_offset(body: str, offset: int, span: Verbatim) -> int:
    flat = flatten(body)
    at = flat.at.index(offset) + span.shift
    return span.cited.start + flatten(span.cited.text).at[at]


def _whole(
    body: str, figure: Figure, numeral: Numeral, span: Verbatim, ledger: Ledger
) -> Bound | None:
    """The whole figure in a quote; None when the quote cuts through it."""
    text = span.cited.article.text[figure.start : figure.end]
    lead = _source_offset(body, numeral.start, span) - figure.start
    start = numeral.start - lead
    end = start + len(text)
    if start < span.start or end > span.end:
        return None
    return Bound(start, end, ledger.id_of(figure, text))


def _proof_kind(numeral: Numeral) -> str:
    kinds = {"year": "date", "date": "date", "time": "date", "ordinal": "ordinal"}
    return kinds.get(numeral.kind, "identifier")


def _typed(
    body: str, numeral: Numeral, cited: Sequence[CitedSentence], ledger: Ledger
) -> Bound | None:
    """A figure whose digits were typed: as the source writes it, or read to the same quantity."""
    for one in cited:
        for figure in one.figures:
            text = one.article.text[figure.start : figure.end]
            start = _surface(body, numeral, figure, text)
            if start is not None:
                return Bound(start, start + len(text), ledger.id_of(figure, text))
    return _typed_result(body, numeral, ledger) or _same_quantity(body, numeral, cited, ledger)


def _surface(body: str, numeral: Numeral, figure: Figure, text: str) -> int | None:
    """Where the figure's own wording stands over the numeral, uncut and nothing added."""
    inner = _first_numeral(text)
    if inner is None or body[numeral.start : numeral.start + 1] != text[inner : inner + 1]:
        return None
    start = numeral.start - inner
    end = start + len(text)
    if start < 0 or body[start:end] != text or not _stands_alone(body, start, end, figure):
        return None
    return start if _is_whole_value(text, figure) else None


@lru_cache(maxsize=4096)
def _first_numeral(text: str) -> int | None:
    found = numerals.scan(text)
    return found[0].start if found else None


def _stands_alone(body: str, start: int, end: int, figure: Figure) -> bool:
    before, after = body[:start], body[end:]
    if re.search(r"[\w.,$€£¥₹−–-]$", before[-1:]) or re.match(r"[\w]|[.,]\d", after[:2]):
        return False
    if _SCALE_WORD.match(after[:12]):
        return False
    if figure.unit not in ("%", "pp") and _PERCENT_WORD.match(after[:12]):
        return False
    if figure.unit == "%" and re.match(r"\s?(?:percentage )?points?\b", after[:20], re.I):
        return False
    return _unit_fits(after, figure)


def _unit_fits(after: str, figure: Figure) -> bool:
    """No other unit follows: "65" of medals is not "65 dollars"."""
    match = re.match(r"\s(\w+)", after)
    unit = units.parse(match[1]) if match else None
    if unit is None or unit == figure.unit:
        return True
    return not (units.is_money(unit) or units.is_percent(unit))


@lru_cache(maxsize=4096)
def _value_in(text: str) -> Decimal | None:
    found = [n.value for n in numerals.scan(text) if n.value is not None]
    return found[0] if len(found) == 1 else None


def _is_whole_value(text: str, figure: Figure) -> bool:
    """Whether the wording alone tells the value ("5" of "5 to 6 billion" does not)."""
    if figure.value is None:
        return True
    value = _value_in(text)
    if value is None or not value:
        return value == figure.value
    ratio = abs(figure.value / value)
    is_scaled = ratio in (Decimal(1000), Decimal(10**6), Decimal(10**9), Decimal(10**12))
    return not is_scaled or figure.unit in ("%", "pp")


def _typed_result(body: str, numeral: Numeral, ledger: Ledger) -> Bound | None:
    for id, calculation in ledger.calculations.items():
        _, text = _split_hedge(calculation.text)
        inner = _first_numeral(text)
        if inner is None:
            continue
        start = numeral.start - inner
        end = start + len(text)
        is_same = start >= 0 and body[start:end] == text
        if is_same and not re.match(r"[\w]|[.,]\d", body[end : end + 2]):
            return Bound(start, end, id)
    return None


def _same_quantity(
    body: str, numeral: Numeral, cited: Sequence[CitedSentence], ledger: Ledger
) -> Bound | None:
    """A numeral read to the value, place and unit of a figure though written otherwise."""
    if numeral.value is None:
        return None
    unit, start, end = _unit_beside(body, numeral)
    for one in cited:
        for figure in one.figures:
            if figure.value is not None and abs(figure.value) == numeral.value:
                if _same_unit(unit, body[end:], figure):
                    text = one.article.text[figure.start : figure.end]
                    return Bound(start, end, ledger.id_of(figure, text))
    return None


def _same_unit(unit: str | None, after: str, figure: Figure) -> bool:
    if unit is not None:
        return unit == figure.unit
    if units.is_money(figure.unit) or figure.unit in ("%", "pp"):
        return False
    following = {units.singular(w.low) for w in words(after)[:3]}
    return bool(set(figure.unit.split()) & following)


_AFTER = re.compile(r"[\s-]?(%|percentage points?|percent|per cent|points?|times|[^\W\d_]+)", re.I)
_BEFORE = re.compile(r"(?:[A-Z]{1,3})?[$€£¥₹₩₽₺₪฿₱₫₦]\s?$")


def _unit_beside(body: str, numeral: Numeral) -> tuple[str | None, int, int]:
    """The unit typed with a numeral, and the span of both."""
    symbol = _BEFORE.search(body[max(0, numeral.start - 5) : numeral.start])
    if symbol:
        start = numeral.start - len(symbol.group())
        return units.parse(symbol.group().strip()), start, numeral.end
    after = _AFTER.match(body, numeral.end)
    if after is None:
        return None, numeral.start, numeral.end
    word = after[1].casefold()
    known = {"%": "%", "percent": "%", "per cent": "%", "times": "1"}
    unit = known.get(word) or ("pp" if "point" in word else units.parse(after[1]))
    return unit, numeral.start, after.end() if unit else numeral.end


def _is_claim(body: str, numeral: Numeral, asked: Asked) -> bool:
    """A number of the question, said as the asker's: "not the 30 trillion you asked about"."""
    typed = body[numeral.start : numeral.end].casefold()
    if numeral.value not in asked.values and typed not in asked.tokens:
        return False
    nearby = body[max(0, numeral.start - _CLAIM_REACH) : numeral.end + _CLAIM_REACH].casefold()
    return any(re.search(rf"\b{re.escape(phrase)}\b", nearby) for phrase in tables().claims)


def _named(body: str, numeral: Numeral, cited: Sequence[CitedSentence]) -> Bound | None:
    """An ordinal, identifier, fraction or indefinite number that stands in a cited sentence."""
    typed = body[numeral.start : numeral.end].casefold()
    if numeral.kind == "number" and not _is_compound(body, numeral):
        return None
    for one in cited:
        for theirs in scan(one.text):
            text = one.text[theirs.start : theirs.end].casefold()
            if theirs.kind == numeral.kind and text == typed:
                is_alike = _glued(body, numeral) == _glued(one.text, theirs)
                if is_alike and _hedges_alike(body, numeral, one.text, theirs):
                    return Bound(numeral.start, numeral.end, _proof_kind(numeral))
    return None


def _hedges_alike(body: str, numeral: Numeral, text: str, theirs: Numeral) -> bool:
    mine, source = hedge_before(body, numeral.start), hedge_before(text, theirs.start)
    if is_hedged_twice(body, numeral.start) and not is_hedged_twice(text, theirs.start):
        return False
    if _SIGNED.search(body[: numeral.start]) and not _SIGNED.search(text[: theirs.start]):
        return False
    return (mine and mine[1]) == (source and source[1])


def _is_compound(body: str, numeral: Numeral) -> bool:
    """A number that is part of a compound word: "144-hour"."""
    return body[numeral.end : numeral.end + 1] == "-" and body[numeral.end + 1 :][:1].isalpha()


def _glued(text: str, numeral: Numeral) -> str:
    """The word that a numeral is a part of, or the name before an identifier."""
    head = re.search(r"[\w-]*$", text[: numeral.start])
    tail = re.match(r"[\w-]*", text[numeral.end :])
    glued = (head.group() if head else "") + "#" + (tail.group() if tail else "")
    if numeral.kind == "identifier" and glued == "#":
        name = re.search(r"(\w+)\W*$", text[: numeral.start])
        return name[1].casefold() if name else ""
    return glued.casefold()


@lru_cache(maxsize=512)
def scan(text: str) -> tuple[Numeral, ...]:
    """The numerals of a text, remembered."""
    return tuple(numerals.scan(text))


# Years and dates


class Mention(NamedTuple):
    """A period that a text names: text[start:end]."""

    start: int
    end: int
    period: str | None


@lru_cache(maxsize=512)
def mentions(text: str) -> tuple[Mention, ...]:
    """The periods that a text names, bare years among them."""
    found = [Mention(m.start, m.end, m.period) for m in periods.find(text)]
    for numeral in scan(text):
        if numeral.kind == "year" and not any(
            m.start <= numeral.start < m.end and m.period for m in found
        ):
            found.append(Mention(numeral.start, numeral.end, text[numeral.start : numeral.end]))
    return tuple(sorted(found))


def _dates(
    rendered: Rendered,
    bounds: list[Bound],
    cited: Sequence[CitedSentence],
    ledger: Ledger,
    spans: Sequence[Verbatim],
) -> list[Problem]:
    """Each year and date is a bound figure's period, or stands in a cited sentence."""
    body = rendered.body
    told = {p for b in bounds for p in periods_of(b.proof, ledger)}
    theirs = {m.period for one in cited for m in mentions(one.text) if m.period}
    problems = []
    for mention in mentions(body):
        if any(b.start <= mention.start < b.end for b in bounds):
            continue
        typed = body[mention.start : mention.end]
        is_told = mention.period in told or mention.period in theirs
        is_told = is_told or _is_relative(mention, bounds, ledger)
        if not is_told and not _says(cited, typed):
            problems.append(Problem("period", f"{typed!r} is not the period of what is cited"))
            continue
        bounds += _date_bounds(body, mention)
    return problems


def _date_bounds(body: str, mention: Mention) -> list[Bound]:
    """The numerals of a date."""
    return [
        Bound(n.start, n.end, "date")
        for n in scan(body)
        if mention.start <= n.start and n.end <= mention.end
    ]


def _says(cited: Sequence[CitedSentence], typed: str) -> bool:
    wanted = flatten(typed).text.casefold()
    return any(_holds(flatten(one.text).text.casefold(), wanted) for one in cited)


_EARLIER = frozenset(
    "before_growth before_change growth absolute_growth point_change difference".split()
)


def _is_relative(mention: Mention, bounds: Sequence[Bound], ledger: Ledger) -> bool:
    """ "A year earlier", beside a change or what is computed from one."""
    if mention.period is not None:
        return False
    for bound in bounds:
        done, told = ledger.calculations.get(bound.proof), ledger.figures.get(bound.proof)
        if (done and done.operation in _EARLIER) or (told and told.kind == "change"):
            return True
    return False


def periods_of(proof: str, ledger: Ledger) -> set[str]:
    """Every period that a proof speaks of: its own, those of its leaves and their bases."""
    found: set[str | None] = set()
    if proof in ledger.calculations:
        found.add(ledger.calculations[proof].period)
    for id in ledger.leaves(proof):
        figure = ledger.figures[id]
        found |= {figure.period, figure.base_period, figure.basis}
        if figure.kind == "change" and figure.period:
            found.add(periods.previous(figure.period))
    return {period for period in found if period}


def signed(proof: str, ledger: Ledger) -> int:
    """The direction of a change: 1 up, -1 down, 0 where it is none or not known."""
    if proof in ledger.figures:
        figure = ledger.figures[proof]
        if figure.kind != "change" or figure.direction is None:
            return 0
        range = leaf(proof, figure).range
        return 1 if range.low >= 0 else -1 if range.high <= 0 else 0
    return _sign_of(ledger.calculations.get(proof))


_DIRECTED = frozenset(["growth", "point_change", "absolute_growth", "contribution"])


def _sign_of(calculation: Calculation | None) -> int:
    if calculation is None or calculation.operation not in _DIRECTED:
        return 0
    if calculation.low is not None and calculation.low > 0:
        return 1
    return -1 if calculation.high is not None and calculation.high < 0 else 0


def comparator_of(proof: str, ledger: Ledger) -> str:
    """The comparator with which a proof's number may be said; "" for none."""
    if proof in ledger.figures:
        return ledger.figures[proof].comparator or ""
    hedge, _ = _split_hedge(ledger.calculations[proof].text)
    return _comparator(hedge)


def edge_problems(body: str, binding: Binding) -> list[Problem]:
    """A hedge or a sign put before quoted words that open with a number."""
    problems = []
    for span in binding.verbatim:
        opens = any(span.start <= b.start <= span.start + 1 for b in binding.bounds)
        hedge = hedge_before(body, span.start)
        if opens and (hedge or _SIGNED.search(body[: span.start])):
            problems.append(Problem("comparator", "words are put before a quoted number"))
    return problems


def beside_problem(body: str, bound: Bound, ledger: Ledger) -> Problem | None:
    """What stands right beside a number must be its own: hedge, sign and unit."""
    return (
        _hedge_problem(body, bound, ledger)
        or _sign_problem(body, bound, ledger)
        or _unit_problem(body, bound, ledger)
    )


def _hedge_problem(body: str, bound: Bound, ledger: Ledger) -> Problem | None:
    theirs = comparator_of(bound.proof, ledger)
    before = hedge_before(body, bound.start)
    said = before[1] if before else hedge_after(body, bound.end) or ""
    if said == "exactly":
        said = "" if not theirs else said
    allowed = tables().compatible.get(theirs, frozenset())
    if said in allowed and not is_hedged_twice(body, bound.start):
        return None
    number = body[bound.start : bound.end]
    return Problem("comparator", f"{number} is told {theirs or 'plainly'!r}, not {said or 'so'!r}")


_SIGNED = re.compile(r"(?:^|[\s(])[−–-]$|\bminus\s$", re.I)


def _sign_problem(body: str, bound: Bound, ledger: Ledger) -> Problem | None:
    """A minus before a number that has none."""
    head = body[max(0, bound.start - 40) : bound.start]
    if not _SIGNED.search(head):
        return None
    if _last_direction(head) == "down":
        return Problem("number", f"a fall by minus {body[bound.start : bound.end]} is a rise")
    if bound.proof in ledger.figures:
        range = leaf(bound.proof, ledger.figures[bound.proof]).range
        is_negative = range.high < 0
    else:
        high = ledger.calculations[bound.proof].high
        is_negative = high is not None and high < 0
    number = body[bound.start : bound.end]
    return None if is_negative else Problem("number", f"{number} is not negative")


def _unit_problem(body: str, bound: Bound, ledger: Ledger) -> Problem | None:
    """Another unit typed after a number that has its own: "C$440 million kilometres"."""
    match = re.match(r"\s(\w+)", body[bound.end :])
    unit = units.parse(match[1]) if match else None
    if match is None or unit is None:
        return None
    told = ledger.figures.get(bound.proof) or ledger.calculations[bound.proof]
    is_measure = units.is_money(unit) or units.is_percent(unit) or units.is_physical(unit)
    if unit in told.unit.split("/") or not (is_measure or units.is_duration(unit)):
        return None
    number = body[bound.start : bound.end]
    return Problem("number", f"{number} is in {told.unit}, not in {match[1]}")
