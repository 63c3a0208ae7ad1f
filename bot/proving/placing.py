"""Placing: whether each number of a sentence stands among its own words.

The digits may be right, and the measures and years too, and yet two numbers stand in each
other's places ("exports 18.4, imports 25.4"). A number is held against the words that the cited
sentences have around each of their figures, two numbers of one unit against each other's words,
and a sentence that is nearly a copy of a cited one against that one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from bot.language.vocabulary import content_stems, sides, stem, tables, words
from bot.proving.alignment import Stretch, Surroundings, around, around_figure, is_clearer
from bot.proving.binding import Bound, CitedSentence, Ledger, Problem, flatten
from bot.proving.fitting import Said, compared_side, own_periods
from bot.rendering import MINUS
from ingest import Figure

_LINKED = re.compile(r"\s?(?:of|in|for|from|by|at|among|on|worth|went to|came from)\b", re.I)
_BREAK = re.compile(r"[,;:]|\s(?:and|but|while|whereas|against|versus|than|with|to|from)\s", re.I)
_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*|[%$€£¥]")
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin that order\b", re.I)
_REPLY = re.compile(r"\s*(?:yes|no)[,:;.—]", re.I)  # an answer to a question denies nothing
_NEARLY = 8  # words in common that make a sentence nearly a copy
_ALTERED = 3  # words by which it may differ from what it copies


def check(said: Said, cited: Sequence[CitedSentence]) -> list[Problem]:
    """What stands in another's place, in the words of a sentence that quotes apart is its own."""
    frames = [_frames(_key(one)) for one in cited]
    found = [_misplaced(said, bound, frames) for bound in said.proven]
    found += [_turned_round(said, bound, cited) for bound in said.proven]
    found += [_told_twice(said)]
    found += [_exchanged(said, one, other, cited) for one, other in combinations(said.proven, 2)]
    return [problem for problem in found if problem]


# The places that the cited sentences have


@dataclass(frozen=True, slots=True)
class _Key:
    """A cited sentence as a key: its article's hash, its span and where its figures are."""

    sha256: str
    start: int
    end: int
    spans: tuple[Stretch, ...]
    cited: CitedSentence = field(compare=False)


def _key(one: CitedSentence) -> _Key:
    spans = tuple((figure.start, figure.end) for figure in one.figures)
    return _Key(one.article.sha256, one.start, one.end, spans, one)


@lru_cache(maxsize=512)
def _frames(key: _Key) -> tuple[tuple[Figure, Surroundings], ...]:
    """Each figure of a cited sentence with the words around it."""
    one = key.cited
    apart = [figure for figure in one.figures if not _is_worded(figure)]
    return tuple((f, around_figure(one.article.text, f, [f, *apart])) for f in one.figures)


def _is_worded(figure: Figure | None) -> bool:
    """Whether a number is told with what it counts, so that both belong to the words around."""
    return figure is not None and figure.kind == "count" and figure.unit != "1"


@lru_cache(maxsize=512)
def _parts_of(key: _Key) -> dict[Stretch, frozenset[str]]:
    """The words that belong to each figure of a cited sentence."""
    one = key.cited
    spans = sorted({(f.start - one.start, f.end - one.start) for f in one.figures})
    parts = _parts(one.text, spans)
    return {(low + one.start, high + one.start): parts[low, high] for low, high in spans}


def _misplaced(
    said: Said, bound: Bound, frames: Sequence[Sequence[tuple[Figure, Surroundings]]]
) -> Problem | None:
    """A number among the very words that a cited sentence has around another figure."""
    figures = said.ledger.figures
    figure = figures.get(bound.proof)
    if _is_worded(figure):
        return None
    apart = tuple((b.start, b.end) for b in said.proven if not _is_worded(figures.get(b.proof)))
    words = around(said.body, (bound.start, bound.end), apart)
    scores = [(frame.n_common(words), other) for found in frames for other, frame in found]
    own = max((score for score, other in scores if figure and _is_same(figure, other)), default=0)
    for score, other in scores:
        if is_clearer(score, own) and not (figure and _is_same(figure, other)):
            number = said.body[bound.start : bound.end]
            return Problem("figure", f"{number} stands where the article has another number")
    return None


def _is_same(one: Figure, other: Figure) -> bool:
    if (one.article_id, one.quantity) == (other.article_id, other.quantity):
        return True
    return (one.value, one.unit) == (other.value, other.unit)


def _told_twice(said: Said) -> Problem | None:
    """One figure of an article standing for two numbers of a sentence."""
    seen = set()
    for bound in said.proven:
        figure = said.ledger.figures.get(bound.proof)
        place = figure and (figure.article_id, figure.start)
        if place in seen:
            number = said.body[bound.start : bound.end]
            return Problem("figure", f"{number} is told only once in what is cited")
        if place:
            seen.add(place)
    return None


# Two numbers in each other's places


def _exchanged(
    said: Said, one: Bound, other: Bound, cited: Sequence[CitedSentence]
) -> Problem | None:
    """Two numbers of one unit, each among words that are the other's."""
    ledger = said.ledger
    if _unit(one.proof, ledger) != _unit(other.proof, ledger) or one.proof == other.proof:
        return None
    theirs = [_about(bound.proof, ledger, cited) for bound in (one, other)]
    own = (theirs[0] - theirs[1], theirs[1] - theirs[0])
    parts = _parts(said.body, [(b.start, b.end) for b in said.proven])
    said_of = [parts[bound.start, bound.end] for bound in (one, other)]
    mine = (said_of[0] - said_of[1], said_of[1] - said_of[0])
    crossed = (len(mine[0] & own[1]), len(mine[1] & own[0]))
    straight = len(mine[0] & own[0]) + len(mine[1] & own[1])
    is_crossed = sum(crossed) > straight + (0 if all(crossed) else 1)
    if is_crossed or _is_out_of_order(said, one, other, own):
        numbers = " and ".join(said.body[b.start : b.end] for b in (one, other))
        return Problem("measure", f"{numbers} stand in each other's places")
    return None


def _is_out_of_order(
    said: Said, one: Bound, other: Bound, own: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Names in one order and numbers in the other: "exports and imports were …, respectively"."""
    if not _RESPECTIVELY.search(said.body):
        return False
    named = [min((w.start for w in said.words if w.stem in names), default=-1) for names in own]
    return min(named) >= 0 and (named[0] < named[1]) != (one.start < other.start)


def _unit(proof: str, ledger: Ledger) -> str:
    return (ledger.figures.get(proof) or ledger.calculations[proof]).unit


def _about(proof: str, ledger: Ledger, cited: Sequence[CitedSentence]) -> frozenset[str]:
    """What a number is about: its measure, entity and period, and its article's words for it."""
    told = ledger.figures.get(proof) or ledger.calculations[proof]
    found = content_stems(f"{told.measure or ''} {told.entity or ''}")
    found |= {year for p in own_periods(proof, ledger) for year in _YEAR.findall(p)}
    if isinstance(told, Figure):
        for one in cited:
            found |= _parts_of(_key(one)).get((told.start, told.end), frozenset())
    return found


def _parts(text: str, spans: Sequence[Stretch]) -> dict[Stretch, frozenset[str]]:
    """The words of a sentence that belong to each number: those before it, and those that follow
    with "of", "in" or "for", as far as the next comma or "and"."""
    spans = sorted(spans)
    found: dict[Stretch, frozenset[str]] = {}
    left = 0
    for n, (low, high) in enumerate(spans):
        end = spans[n + 1][0] if n + 1 < len(spans) else len(text)
        own_end = high
        if _LINKED.match(text, high):
            stop = _BREAK.search(text, high + 1, end)
            own_end = stop.start() if stop else (end if n + 1 == len(spans) else high)
        found[low, high] = _tokens(text[left:low]) | _tokens(text[high:own_end])
        left = own_end
    return found


def _tokens(text: str) -> frozenset[str]:
    return content_stems(text) | frozenset(_YEAR.findall(text))


# Differences told the wrong way round

_SIZES = frozenset(["gap", "differ", "margin", "lead", "excess", "surplus", "deficit", "shortfal"])
_THAN_TAIL = re.compile(r"[^,;.]{0,40}?\bthan\b([^,;.]{1,80})", re.I)


def _turned_round(said: Said, bound: Bound, cited: Sequence[CitedSentence]) -> Problem | None:
    """A difference is told as more than what is taken off, or as less than what it is taken of."""
    done = said.ledger.calculations.get(bound.proof)
    side = compared_side(said, bound)
    if done and done.operation == "difference" and said.body[bound.start] == MINUS:
        if side or content_stems(said.body[: bound.start]) & _SIZES:
            number = said.body[bound.start : bound.end]
            return Problem("direction", f"{number} is below zero: turn the operands round")
    tail = _THAN_TAIL.match(said.body, bound.end)
    if done is None or done.operation != "difference" or side is None or tail is None:
        return None
    named = [_about(id, said.ledger, cited) for id in done.operands]
    told = _tokens(tail[1])
    is_first, is_second = bool(told & (named[0] - named[1])), bool(told & (named[1] - named[0]))
    sign = -1 if done.value is not None and done.value < 0 else 1
    if is_first == is_second or (side == "up") == ((sign > 0) == is_second):
        return None
    number = said.body[bound.start : bound.end]
    return Problem("direction", f"{number} is told the wrong way round: {done.formula}")


# Copies with a word altered


def altered(body: str, cited: Sequence[CitedSentence]) -> list[Problem]:
    """A cited sentence said again, but for a word that turns it: a hedge, "less", "not"."""
    mine = _copied(_REPLY.sub("", body))
    for one in cited:
        theirs = _copied(one.text)
        if mine == theirs or len(mine) < _NEARLY or len(theirs) < _NEARLY:
            continue
        put, lost = _differing(mine, theirs)
        n_common = len(mine) - len(put)
        if max(len(put), len(lost)) > _ALTERED or n_common < _NEARLY:
            continue
        if _turns(put, lost) or (put and lost and _names(body) & set(put) - set(theirs)):
            differing = " ".join(put) or " ".join(lost)
            return [Problem("quote", f"the cited sentence is copied, but for “{differing}”")]
    return []


@lru_cache(maxsize=512)
def _copied(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(flatten(text).text.casefold()))


def _differing(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is left of both when their common beginning and end are taken off."""
    length = min(len(mine), len(theirs))
    head = next((n for n in range(length) if mine[n] != theirs[n]), length)
    rest = length - head
    tail = next((n for n in range(rest) if mine[-1 - n] != theirs[-1 - n]), rest)
    return mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]


def _names(text: str) -> frozenset[str]:
    """The capitalised words of a sentence but the first."""
    return frozenset(word.low for word in words(text)[1:] if word.text[0].isupper())


def _turns(put: Sequence[str], lost: Sequence[str]) -> bool:
    """Whether words put for others hedge, deny or point the other way."""
    return bool(_sense(put) - _sense(lost)) or "not" in _sense(lost) - _sense(put)


def _sense(words_: Sequence[str]) -> frozenset[object]:
    found: set[object] = set()
    for word in words_:
        found |= {id(side) for side, _ in sides().get(stem(word), ())}
        if word in tables().negations:
            found.add("not")
    text = " ".join(words_)
    found |= {comparator for phrase, comparator in tables().before if phrase == text}
    return frozenset(found)
