"""Terms: the content words of a text, stemmed, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import snowballstemmer

from ingest import data

_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*", re.UNICODE)
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Term:
    """A word text[start:end] and its stem; stop words are no terms."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """The data table bot/data/<name>.yaml, read once."""
    text = files("bot").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return dict(data.parse(text))


def filled(pattern: str, lists: Mapping[str, str]) -> str:
    """A pattern with the word lists that it names, "<people>", which may name others in turn.

    >>> filled("<pets> asleep", {"pets": "cats|<big> dogs", "big": "large|tall"})
    '(?:cats|(?:large|tall) dogs) asleep'
    """
    return _NAMED_LIST.sub(lambda m: f"(?:{filled(lists[m[1]], lists)})", pattern)


# Not the name of a group, "(?P<told>...)".
_NAMED_LIST = re.compile(r"(?<!P)<(\w+)>")


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that carry no content of their own."""
    return frozenset(table("words")["stop"].split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, lower case: "Exports" and "exported" are "export"."""
    lowered = word.lower()
    irregular: dict[str, str] = table("words")["irregular"]
    lowered = irregular.get(lowered, lowered)
    return str(_STEMMER.stemWord(lowered))


def words(text: str) -> list[re.Match[str]]:
    """Every word of a text, stop words too."""
    return list(_WORD.finditer(text))


def exchanged(text: str, instead: Callable[[str], str | None]) -> str:
    """A text with every word exchanged for another that there is instead."""
    return _WORD.sub(lambda m: instead(m.group()) or m.group(), text)


def find(text: str) -> list[Term]:
    """The terms of a text in order; "China's" gives the one term "china"."""
    stops = stop_words()
    return [
        Term(stem(m.group()), m.start(), m.end())
        for m in _WORD.finditer(text)
        if m.group().lower() not in stops and (len(m.group()) > 1 or m.group().isdigit())
    ]


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's terms, in order, doubles kept."""
    return tuple(t.stem for t in find(text))


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text, each once."""
    return frozenset(stems(text))


def stem_set(texts: Iterable[str]) -> frozenset[str]:
    """The stems of several texts as one set."""
    return frozenset[str]().union(*map(stems_of, texts))


def is_within_one_edit(a: str, b: str) -> bool:
    """Whether a and b differ by at most one insertion, deletion, change or swapped pair."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if len(a) == len(b):
        swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
        return swapped or a[i + 1 :] == b[i + 1 :]
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[i + 1 :] == shorter[i:]


def has(text: str, cues: Sequence[str]) -> bool:
    """Whether one of the cues stands in a text as whole words."""
    return any(_stands(cue, text) for cue in cues)


def found(text: str, cues: Sequence[str]) -> list[str]:
    """Those of the cues that stand in a text as whole words."""
    return [cue for cue in cues if _stands(cue, text)]


def _stands(cue: str, text: str) -> bool:
    # A pattern is run only where the letters of its cue are there at all.
    return cue in text and whole(cue).search(text) is not None


@lru_cache(maxsize=2_000)
def whole(cue: str) -> re.Pattern[str]:
    """A cue as whole words. Most cues stand in no text at hand: look for the letters first."""
    return re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)", re.IGNORECASE)
