"""Vocabulary: words brought to their stems, and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ingest import data, units

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STEMS_KEPT = 50_000


class Word(NamedTuple):
    """A word text[start:end]; `low` in lower case without possessive, `stem` of it."""

    text: str
    low: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, digits left out, compounds cut at their hyphens."""
    found = []
    for match in _WORD.finditer(text):
        low = _plain(match.group())
        found.append(Word(match.group(), low, stem(low), match.start(), match.end()))
    return tuple(found)


def is_ordinary(word: str) -> bool:
    """Whether a word is a common one, so that it is no name for its capital at a beginning."""
    low = word.casefold()
    return bool({low, units.singular(low)} & _ordinary())


@cache
def _ordinary() -> frozenset[str]:
    listed = data.load("ordinary")
    return frozenset(f"{listed['words']} {listed['orders']}".split())


@lru_cache(maxsize=_STEMS_KEPT)
def _plain(word: str) -> str:
    low = word.casefold().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=_STEMS_KEPT)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(word.stem for word in words(text))


@lru_cache(maxsize=1024)
def stems_of(*texts: str) -> frozenset[str]:
    """The stems of texts that are looked at again and again."""
    return frozenset[str]().union(*map(stems, texts))


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words: what a measure or a name says."""
    return frozenset(w.stem for w in words(text) if w.low not in tables().function_words)


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two sides, as stems; a word of one never supports a word of the other."""

    up: frozenset[str]
    down: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """`synonyms.yaml`, read once."""

    function_words: frozenset[str]
    negations: frozenset[str]
    not_negations: tuple[str, ...]
    opposites: tuple[Opposite, ...]
    synonyms: Mapping[str, frozenset[str]]
    operations: Mapping[str, frozenset[str]]
    workings: frozenset[str]
    claims: tuple[str, ...]
    notice_words: frozenset[str]
    demonyms: Mapping[str, frozenset[str]]
    demonym_groups: tuple[tuple[str, ...], ...]
    before: Sequence[tuple[str, str]]
    after: Sequence[tuple[str, str]]
    compatible: Mapping[str, frozenset[str]]
    tells: tuple[tuple[str, frozenset[str]], ...]


@cache
def tables() -> Tables:
    """What is known of words."""
    path = files("bot").joinpath("data", "synonyms.yaml")
    # words only: "yes", "no", "on" and "off" are words here, not truth values
    read = data.parse(path.read_text(encoding="utf-8"), words_only=True)
    return Tables(
        function_words=frozenset(str(word) for word in read["function_words"]),
        negations=frozenset(read["negations"]),
        not_negations=tuple(read["not_negations"]),
        opposites=tuple(Opposite(_stems(p["up"]), _stems(p["down"])) for p in read["opposites"]),
        synonyms=_groups(read["synonyms"], stem),
        operations={name: _stems(entry) for name, entry in read["operations"].items()},
        workings=_stems(read["workings"]),
        claims=tuple(read["claims"]),
        notice_words=_stems(read["notice_words"]),
        demonyms=_groups(read["demonyms"], str.casefold),
        demonym_groups=tuple(tuple(map(str, group)) for group in read["demonyms"]),
        before=_hedges(read["hedges"]),
        after=_hedges(read["after_hedges"]),
        compatible={key: frozenset(entry) for key, entry in read["compatible"].items()},
        tells=tuple(
            (phrase, frozenset(entry["operations"]))
            for entry in read["tells"]
            for phrase in entry["phrases"]
        ),
    )


def _stems(entry: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(part) for word in entry for part in str(word).casefold().split("-"))


def _groups(entries: Sequence[Sequence[str]], form: Any) -> dict[str, frozenset[str]]:
    """For each word, all words of the groups that it stands in."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        group = {form(str(word).casefold()) for word in entry}
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: frozenset(group) for word, group in found.items()}


def _hedges(entries: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """(phrase, comparator), longest first."""
    pairs = [(phrase, comparator) for comparator, phrases in entries.items() for phrase in phrases]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def hedge_before(text: str, end: int) -> tuple[str, str] | None:
    """The hedge that stands right before text[end:]: (phrase, comparator)."""
    head = text[max(0, end - 30) : end].rstrip(" \u00a0(").casefold()
    return _ending(head)


def is_hedged_twice(text: str, end: int) -> bool:
    """Whether two hedges stand before text[end:] ("less than more than half")."""
    hedge = hedge_before(text, end)
    if hedge is None:
        return False
    at = text[:end].casefold().rindex(hedge[0])
    return text[at - 1 : at] == " " and hedge_before(text, at) is not None


@lru_cache(maxsize=4096)
def _ending(head: str) -> tuple[str, str] | None:
    for phrase, comparator in tables().before:
        if head.endswith(phrase):
            left = head[: -len(phrase)]
            if not phrase[0].isalpha() or not left or not left[-1].isalnum():
                return phrase, comparator
    return None


def hedge_after(text: str, start: int) -> str | None:
    """The comparator of a hedge that stands right after text[:start] ("or more")."""
    tail = text[start : start + 24].casefold()
    for phrase, comparator in tables().after:
        rest = tail.lstrip(" ") if phrase[0].isalpha() else tail
        if rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalpha():
            return comparator
    return None


@cache
def sides() -> Mapping[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    """For each stem that has an opposite: (its side, the other side) of every such pair."""
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for pair in tables().opposites:
        for side, other in ((pair.up, pair.down), (pair.down, pair.up)):
            for stem in side:
                found.setdefault(stem, []).append((side, other))
    return {stem: tuple(pairs) for stem, pairs in found.items()}


DIRECTION, COMPARISON = 0, 1


def side_of(stem: str, pair: int = DIRECTION) -> str | None:
    """The side ("up" or "down") of a stem in a pair of opposites."""
    opposite = tables().opposites[pair]
    if stem in opposite.up:
        return None if stem in opposite.down else "up"
    return "down" if stem in opposite.down else None
