"""One figure: a quantity as an article states it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.articles import Span

Kind = Literal["level", "change", "share", "rate", "ratio", "count", "duration", "rank", "score"]
Comparator = Literal["about", "nearly", "more than", "at least", "less than", "up to", "±"]
Direction = Literal["up", "down"]
Claim = Literal["forecast", "target", "revised", "reported", "negated", "hypothetical"]
Slot = Literal["measure", "entity", "period", "unit", "basis"]
How = Literal[
    "clause", "sentence", "paragraph", "heading", "title", "dateline", "header", "caption"
]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a slot of a figure was found: text[start:end] of its article, and how.

    A title or dateline that is not part of the text has start == end == 0.
    """

    slot: Slot
    how: How
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as an article states it: text[start:end], hedge words not included.

    value: as stated, in base units ("43.85 trillion yuan" is 43850000000000); None for a range
        and for a score ("3-1")
    low, high: the interval that the statement honestly claims (DESIGN: half a last place either
        side; a last place with "about"; one-sided with "more than"), None where unbounded;
        equal for counts, ranks and scores given in full without a hedge
    unit: ISO 4217 for money; "%"; "pp"; "1" for multiples and fractions; "CNY/USD" style
        quotients; SI symbols; the lower-case singular noun of a count
    precision: the size of the last place that the digits claim, in base units; 0 where exact
    basis: what a change is measured against: "year on year", "quarter on quarter", a period
        ("2022"), or None
    measure: lower-case noun phrase ("net profit"); entity: as written ("China"); period: "2024",
        "2024-H1", "2024-Q3", "2024-01", "2024-01-13", "FY2024", "2024-01/2024-11"; None if untold
    base_period: for a change, the earlier period, when it is told
    sentence: span of the sentence or table row that holds it
    quantity: start of the first mention of the same quantity in this article: figures of one
        article with equal `quantity` are one quantity said twice (a repeat, a currency pair)
    """

    article_id: str
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    kind: Kind
    comparator: Comparator | None
    direction: Direction | None
    precision: Decimal
    sentence: Span
    quantity: int
    basis: str | None = None
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    base_period: str | None = None
    claim: Claim | None = None
    origins: tuple[Origin, ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        """Its article and where it begins."""
        return self.article_id, self.start

    @property
    def sentence_place(self) -> tuple[str, int]:
        """Its article and where its sentence begins."""
        return self.article_id, self.sentence.start
