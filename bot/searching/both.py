"""Both: "both years", "both quarters of 2025": the times of which the articles tell.

Which two are meant is told by the figures that were found: those times of the kind that most of
them are of. Where the question names times itself, the word adds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.language import mentions
from bot.retrieval import Evidence
from ingest import Figure
from ingest import periods as dated

_BOTH = re.compile(
    r"\b(?P<lead>(?:for|in|of|over|during) )?(?:both|each of the two) (?:of the )?"
    r"(?P<kind>years|quarters|halves|half[- ]years|months)"
    r"(?:(?: of| in)? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_KINDS = {
    "years": re.compile(r"(?:FY)?\d{4}"),
    "quarters": re.compile(r"\d{4}-Q\d"),
    "halves": re.compile(r"\d{4}-H\d"),
    "months": re.compile(r"\d{4}-\d\d"),
}
N_BOTH = 2


def put(text: str, evidence: Evidence) -> str:
    """The text with the times that "both" stands for, as the figures found tell them."""
    m = _BOTH.search(text)
    if m is None:
        return text
    rest = f"{text[: m.start()]} {text[m.end() :]}"
    if mentions.periods(rest):
        return " ".join(rest.split()).replace(" ,", ",")
    kind = "halves" if m["kind"].lower().startswith("hal") else m["kind"].lower()
    times = _times(evidence.figures, _KINDS[kind], m["year"])
    if len(times) < N_BOTH:
        return text
    said = " and ".join(dated.describe(time) for time in times)
    return f"{text[: m.start()]}{m['lead'] or 'in '}{said}{text[m.end() :]}"


def _times(figures: Iterable[Figure], kind: re.Pattern[str], year: str | None) -> list[str]:
    """The two times of a kind that most figures are of, in their order."""
    told = [f.period for f in figures if f.period and kind.fullmatch(f.period)]
    counted = Counter(time for time in told if year is None or year in time)
    return sorted(time for time, _ in counted.most_common(N_BOTH))
