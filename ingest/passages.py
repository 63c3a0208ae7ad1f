"""Passages: slices of an article that are embedded and cited, cut between sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:end] of an article; `heading` is the nearest heading above it, or ""."""

    article_id: str
    start: int
    end: int
    heading: str
