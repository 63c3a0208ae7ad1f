"""Mutants: true drafts made false in one way each, by rule.

A mutant of a number is made on the sentence as a reader sees it, its slots already written out,
as a careless model would write it. What keeps the meaning (a numeral as a word of the same
value, a figure for another of the same wording) is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from bot import calculation, proof
from bot.drafts import Draft, DraftSentence, Source
from bot.language.vocabulary import tables, words
from bot.operations import OPERATIONS
from bot.proving import binding
from bot.questions import Query
from ingest import Figure, numerals, units

from .true_drafts import TrueDraft, World

NUMBER = frozenset(
    "number comparator direction period entity measure citation calculation figure quote".split()
)
WORDS = frozenset("name negation opposite word direction entity measure quote period".split())
QUOTE = frozenset("quote number word name opposite negation citation direction".split())


@dataclass(frozen=True, slots=True)
class Mutant:
    """One false draft; it is caught when an objection of one of `reasons` is raised."""

    kind: str
    draft: Draft
    query: Query
    reasons: frozenset[str]
    origin: str

    @property
    def text(self) -> str:
        return self.draft.sentences[0].text


def typed(true: TrueDraft, world: World) -> TrueDraft:
    """The draft with its slots written out, as a model that disobeys writes them."""
    figures = dict(true.draft.figures)
    texts = {id: world.text(figure) for id, figure in figures.items()}
    done, _ = calculation.attempt(true.draft.steps, figures, texts)
    ledger = binding.Ledger(figures, texts, done)
    text = binding.render(true.draft.sentences[0].text, ledger).text
    return replace(true, draft=_with_text(true.draft, text))


def _with_text(draft: Draft, text: str) -> Draft:
    return replace(draft, sentences=(DraftSentence(text, draft.sentences[0].kind),))


def mutants(true: TrueDraft, world: World) -> Iterator[Mutant]:
    """Every mutant of a true draft."""
    written = typed(true, world)
    text = written.draft.sentences[0].text
    for kind, reasons, change in _TEXT_CHANGES:
        for changed in dict.fromkeys(change(text)):
            is_true = _is_still_true(changed, text, kind) or _is_told(changed, text, true, world)
            if changed != text and not is_true:
                draft = _with_text(written.draft, changed)
                yield Mutant(kind, draft, true.query, reasons, true.id)
    yield from _entities(written, world)
    yield from _structures(true, world)


def _is_still_true(changed: str, text: str, kind: str) -> bool:
    """Spelling and zeros that leave every value as it was."""
    if kind not in ("digit changed", "digits swapped", "number word", "rounding"):
        return False
    mine = [(n.value, n.kind) for n in numerals.scan(binding.without_markers(changed))]
    return mine == [(n.value, n.kind) for n in numerals.scan(binding.without_markers(text))]


def _is_told(changed: str, text: str, true: TrueDraft, world: World) -> bool:
    """Whether the changed number is another figure that is cited for the same thing."""
    mine = {n.value for n in numerals.scan(text)}
    fresh = [n.value for n in numerals.scan(changed) if n.value not in mine]
    told = [f for source in true.draft.sources for f in world.within(source)]
    return any(
        f.value == value and any(_is_alike(f, g) for g in told if g.value in mine)
        for value in fresh
        for f in told
    )


def _is_alike(one: Figure, other: Figure) -> bool:
    return one is not other and (one.measure, one.unit) == (other.measure, other.unit)


def _numbers(text: str) -> list[numerals.Numeral]:
    body = binding.without_markers(text)
    return [n for n in numerals.scan(body) if n.kind in ("number", "fraction", "multiple")]


def _digit_places(text: str) -> list[int]:
    body = binding.without_markers(text)
    return [
        i
        for n in numerals.scan(body)
        if n.kind == "number" and not n.spelled
        for i in range(n.start, n.end)
        if body[i].isdigit()
    ]


def _digits_changed(text: str) -> Iterator[str]:
    for i in _digit_places(text):
        for step in (1, 4, 7):
            yield text[:i] + str((int(text[i]) + step) % 10) + text[i + 1 :]


def _digits_swapped(text: str) -> Iterator[str]:
    places = _digit_places(text)
    for i, j in pairwise(places):
        if text[i] != text[j] and j - i <= 2:
            yield text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]


def _replaced(pairs: list[tuple[str, str]]) -> Callable[[str], Iterator[str]]:
    def change(text: str) -> Iterator[str]:
        for old, new in pairs:
            for match in re.finditer(old, text):
                yield text[: match.start()] + match.expand(new) + text[match.end() :]

    return change


_SCALES = ["thousand", "million", "billion", "trillion"]
_scales = _replaced(
    [(rf"\b{a}\b", b) for a in _SCALES for b in _SCALES if a != b]
    + [(r"(?<=\d)m\b", "bn"), (r"(?<=\d)bn\b", "m")]
    + [(r"(\d) (?=trillion|billion|million)", r"\1 hundred ")]
)
_currencies = _replaced(
    [
        (r"\byuan\b", "dollars"),
        (r"\byuan\b", "yen"),
        (r"(?<![A-Z])\$", "€"),
        (r"(?<![A-Z])\$", "£"),
        ("€", "$"),
        ("€", "£"),
        ("£", "$"),
        ("£", "€"),
        ("¥", "$"),
        ("¥", "€"),
        (r"C\$", "US$"),
        (r"C\$", "A$"),
        (r"ISK ", "USD "),
        (r"Rs ", "$"),
    ]
)


def _units(text: str) -> Iterator[str]:
    """The word after a number, where it is a unit, becomes another unit."""
    for n in _numbers(text):
        match = re.match(r" ([a-z]+)", text[n.end :])
        if match is None or match[1] in tables().function_words | {"more", "fewer", "less"}:
            continue
        if units.is_count(units.singular(match[1])) or units.parse(match[1]):
            for other in ("tonnes", "kilometres", "dollars", "hours"):
                if units.parse(other) != units.parse(match[1]) and other[:4] != match[1][:4]:
                    yield text[: n.end] + f" {other}" + text[n.end + match.end() :]


_points = _replaced([("%", " percentage points"), (" percentage points?", "%")])


def _signs(text: str) -> Iterator[str]:
    for n in _numbers(text):
        start = n.start
        while start and not text[start - 1].isspace():
            start -= 1
        if text[start] != "(":
            yield f"{text[:start]}−{text[start:]}"


_TURNED = [
    ("rose", "fell"),
    ("grew", "shrank"),
    ("climbed", "dropped"),
    ("expanded", "contracted"),
    ("increase", "decrease"),
    ("up", "down"),
    ("more than", "less than"),
    ("more", "less"),
    ("dropped", "climbed"),
    ("fell", "rose"),
    ("declined", "increased"),
    ("reduced", "raised"),
    ("swelled", "shrank"),
    ("jumped", "slumped"),
    ("slumped", "jumped"),
]
_directions = _replaced([(rf"\b{a}\b", b) for a, b in _TURNED if a != "more than"])


def _years(text: str) -> Iterator[str]:
    body = binding.without_markers(text)
    for n in numerals.scan(body):
        if n.kind == "year" and not n.spelled and body[n.start : n.end].isdigit():
            for step in (-1, 1, -10):
                yield f"{text[: n.start]}{int(text[n.start : n.end]) + step}{text[n.end :]}"


_quarters = _replaced(
    [
        (r"\bin (20\d\d)\b", r"in the first quarter of \1"),
        (r"\bin (20\d\d)\b", r"in the first half of \1"),
        (r"\bin (20\d\d)\b", r"in March \1"),
    ]
)
_HEDGED = "about|approximately|nearly|almost|more than|over|at least|some|up to|roughly"
_comparators = _replaced(
    [
        (rf"\b(?:{_HEDGED}) (?=[$€£¥]?\d)", ""),
        (rf"\b(?:{_HEDGED}) (?=[$€£¥]?\d)", "exactly "),
        (rf"\b(?:{_HEDGED}) (?=[$€£¥]?\d)", "less than "),
    ]
)


def _hedges_added(text: str) -> Iterator[str]:
    for n in _numbers(text):
        start = n.start
        while start and not text[start - 1].isspace():
            start -= 1
        if not re.search(rf"(?:{_HEDGED}|exactly) $", text[:start]):
            for hedge in ("more than", "less than", "at least"):
                yield f"{text[:start]}{hedge} {text[start:]}"


def _rounded(text: str) -> Iterator[str]:
    """A digit too many, a digit too few, or rounded to the wrong side."""
    for match in re.finditer(r"\d+\.\d+", binding.without_markers(text)):
        number = match.group()
        for other in (number + "3", number + "7", number[:-1].rstrip("."), number.split(".")[0]):
            yield text[: match.start()] + other + text[match.end() :]


_nowhere = _replaced(
    [
        (r"\. \[1\]", ", or 37 in all. [1]"),
        (r"\. \[1\]", " across 14 provinces. [1]"),
        (r"\. \[1\]", ", a 12% share. [1]"),
        (r"\. \[1\]", ", three times the plan. [1]"),
        (r"\. \[1\]", ", worth $640 million. [1]"),
        (r"\. \[1\]", ", twice as many as before. [1]"),
    ]
)
_NUMBER_WORDS = ["seven", "eleven", "thirty", "forty-one", "a dozen"]


def _worded(text: str) -> Iterator[str]:
    for n in _numbers(text):
        is_glued = text[n.end : n.end + 1].isalpha() or text[n.start - 1 : n.start].isalpha()
        if not n.spelled and not is_glued:
            for word in _NUMBER_WORDS:
                yield text[: n.start] + word + text[n.end :]


_ODD_WORDS = ("bicycles", "quietly", "Mozambique", "volcanic", "not")


def _quotes_altered(text: str) -> Iterator[str]:
    """One word of quoted words becomes another."""
    match = re.search(r"“([^”]+)”", text)
    start, end = match.span(1) if match else (0, 0)
    for word in words(text):
        if start <= word.start < end and len(word.text) > 3:
            for odd in _ODD_WORDS[:2]:
                yield text[: word.start] + odd + text[word.end :]


_out_of_range = _replaced([(r"\[1\]", "[9]"), (r"\[1\]", "[0]"), (r"\[1\]", "[1][12]")])

_TEXT_CHANGES: tuple[tuple[str, frozenset[str], Callable[[str], Iterator[str]]], ...] = (
    ("digit changed", NUMBER, _digits_changed),
    ("digits swapped", NUMBER, _digits_swapped),
    ("scale", NUMBER, _scales),
    ("currency", NUMBER, _currencies),
    ("unit", NUMBER | {"word"}, _units),
    ("percent for points", NUMBER, _points),
    ("sign", NUMBER, _signs),
    ("direction", WORDS | {"comparator"}, _directions),
    ("year", frozenset(["period", "number"]), _years),
    ("quarter for year", frozenset(["period", "number"]), _quarters),
    ("comparator dropped", frozenset(["comparator", "number", "quote"]), _comparators),
    ("comparator added", frozenset(["comparator", "number", "quote"]), _hedges_added),
    ("rounding", NUMBER, _rounded),
    ("number from nowhere", frozenset(["number", "word"]), _nowhere),
    ("number word", NUMBER, _worded),
    ("quote altered", frozenset(["quote"]), _quotes_altered),
    ("citation out of range", frozenset(["citation"]), _out_of_range),
)


def _entities(true: TrueDraft, world: World) -> Iterator[Mutant]:
    """A name of the sentence becomes one of another article."""
    text = true.draft.sentences[0].text
    quoted = [m.span() for m in re.finditer("“[^”]*”", text)]
    for match in re.finditer(r"\b(?:China|India|Tesmark|Tarnholm|Corvanta|Iceland|Europe)\b", text):
        if any(start <= match.start() < end for start, end in quoted):
            continue
        for other in ("Portugal", "Hoshikawa"):
            changed = text[: match.start()] + other + text[match.end() :]
            reasons = frozenset(["name", "entity", "word", "measure", "quote"])
            yield Mutant("entity", _with_text(true.draft, changed), true.query, reasons, true.id)


# Mutants of what a draft rests on


def _structures(true: TrueDraft, world: World) -> Iterator[Mutant]:
    yield from _wrong_operands(true, world)
    yield from _wrong_operations(true)
    yield from _exchanged(true)
    yield from _turned_operands(true)
    yield from _moved_quotes(true, world)


def _wrong_operands(true: TrueDraft, world: World) -> Iterator[Mutant]:
    """A slot or an operand stands for another figure, of the cited sentences or around them."""
    draft = true.draft
    for id, figure in draft.figures.items():
        others = [
            other
            for other in world.figures[figure.article_id]
            if other.quantity != figure.quantity
            and (other.value, other.unit) != (figure.value, figure.unit)
            and not (_is_alike(figure, other) and other.period == figure.period)
        ]
        near = sorted(others, key=lambda f: abs(f.start - figure.start))[:6]
        for other in near:
            changed = replace(draft, figures={**draft.figures, id: other})
            yield Mutant("wrong operand", changed, true.query, NUMBER | WORDS, true.id)


def _exchanged(true: TrueDraft) -> Iterator[Mutant]:
    """Two numbers of one unit in each other's places."""
    text = true.draft.sentences[0].text
    told = {**true.draft.figures}
    for one, other in combinations([id for id in told if f"{{{id}}}" in text], 2):
        if told[one].unit == told[other].unit and told[one].value != told[other].value:
            swapped = {f"{{{one}}}": f"{{{other}}}", f"{{{other}}}": f"{{{one}}}"}
            changed = re.sub(r"\{\w+\}", lambda m, pairs=swapped: pairs.get(m[0], m[0]), text)
            draft = _with_text(true.draft, changed)
            yield Mutant("numbers exchanged", draft, true.query, NUMBER | WORDS, true.id)


_ORDERED = frozenset(
    "difference residual share ratio multiple growth per_unit point_change".split()
)


def _turned_operands(true: TrueDraft) -> Iterator[Mutant]:
    """The operands of an operation that has an order, turned round."""
    for n, step in enumerate(true.draft.steps):
        if step.operation in _ORDERED and len(step.operands) == 2:
            steps = list(true.draft.steps)
            steps[n] = replace(step, operands=step.operands[::-1])
            draft = replace(true.draft, steps=tuple(steps))
            yield Mutant("operands turned", draft, true.query, NUMBER | WORDS, true.id)


_ALIKE: tuple[set[str], ...] = (
    {"ratio", "multiple"},
    {"exchange_rate", "per_unit"},
    {"difference", "residual", "consistency"},
    {"difference", "growth"},  # over its budget, by an amount or by a percentage
)


def _wrong_operations(true: TrueDraft) -> Iterator[Mutant]:
    for n, step in enumerate(true.draft.steps):
        for name, operation in OPERATIONS.items():
            is_like = name == step.operation or any({name, step.operation} <= g for g in _ALIKE)
            fits = operation.arity[0] <= len(step.operands) <= operation.arity[1]
            if is_like or not fits or {name, step.operation} == {"contribution", "share"}:
                continue
            steps = list(true.draft.steps)
            steps[n] = replace(step, operation=name)
            draft = replace(true.draft, steps=tuple(steps))
            yield Mutant("wrong operation", draft, true.query, NUMBER | WORDS, true.id)


def _moved_quotes(true: TrueDraft, world: World) -> Iterator[Mutant]:
    """The same offsets of another article, or the next sentences of the same one."""
    source = true.draft.sources[0]
    for id in sorted(world.articles):
        if id != source.article_id and len(world.articles[id].text) > source.end:
            moved = Source(id, source.start, source.end)
            yield _moved(true, moved)
    spans = world.sentences[source.article_id]
    at = next(n for n, span in enumerate(spans) if span.start == source.start)
    for span in spans[at + 1 : at + 3]:
        if {world.text(f) for f in true.draft.figures.values()} or true.is_by_hand:
            yield _moved(true, Source(source.article_id, span.start, span.end))


def _moved(true: TrueDraft, moved: Source) -> Mutant:
    draft = replace(true.draft, sources=(moved, *true.draft.sources[1:]))
    return Mutant("quote moved", draft, true.query, NUMBER | WORDS, true.id)


def is_caught(mutant: Mutant, world: World) -> bool:
    verdict: proof.Verdict = world.check(mutant.draft, mutant.query)
    return any(objection.kind in mutant.reasons for objection in verdict.objections)
