"""Copies: near-duplicate and syndicated articles, told by the word runs that they share.

A sketch holds the lowest hashes of an article's five-word runs; the share of them that two
sketches have in common estimates the share of runs that the articles have in common
(A. Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from zlib import crc32

RUN_WORDS = 5
N_LOWEST = 48
MIN_SHARED = 0.6
_WORD = re.compile(r"\w+")


def sketch(text: str) -> str:
    """The sketch of a text, as hexadecimal; equal for texts that differ in spaces and case only."""
    words = _WORD.findall(text.lower())
    runs = (" ".join(words[i : i + RUN_WORDS]) for i in range(max(1, len(words) - RUN_WORDS + 1)))
    lowest = sorted({crc32(run.encode("utf-8", "surrogatepass")) for run in runs})[:N_LOWEST]
    return "".join(f"{value:08x}" for value in lowest)


def likeness(a: str, b: str) -> float:
    """The estimated share of runs that two sketched texts have in common, 0 to 1."""
    first, second = _values(a), _values(b)
    lowest = sorted(first | second)[:N_LOWEST]
    return sum(v in first and v in second for v in lowest) / len(lowest) if lowest else 0.0


def find(sketches: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each article that has near-duplicates, their ids."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, text in sketches.items():
        for value in _values(text):
            holders[value].append(name)
    pairs = {(a, b) for names in holders.values() if 1 < len(names) <= 64 for a, b in _pairs(names)}
    copies: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        if likeness(sketches[a], sketches[b]) >= MIN_SHARED:
            copies[a].add(b)
            copies[b].add(a)
    return {name: tuple(sorted(others)) for name, others in copies.items()}


def _values(text: str) -> set[str]:
    return {text[i : i + 8] for i in range(0, len(text), 8)}


def _pairs(names: list[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
