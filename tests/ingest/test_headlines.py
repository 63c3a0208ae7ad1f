"""The headline of a plain text is told from what stands above it."""

from __future__ import annotations

import pytest

from ingest import Article, articles

BODY = (
    "The harbour of Drell landed 4,100 tonnes of herring in March, more than in any month since "
    "the quay was rebuilt, and its boats earned 11 million crowns, the fishermen's guild says. "
    "Prices fell, but less than the guild had feared when the boats came home in February."
)


def read(*lines: str) -> Article:
    text = "\n\n".join([*lines, BODY])
    return articles.parse(text.encode(), "drell-harbour.txt")


def title(*lines: str) -> str:
    return read(*lines).title


@pytest.mark.parametrize(
    "above",
    [
        ["THE COAST COURIER"],
        ["Northern Observer"],
        ["PRESS RELEASE"],
        ["Business > Fishing > Harbours"],
        ["The Coast Courier", "Published 3 April 2025"],
        ["Published: 2025-04-03"],
        ["Tidewater Wire", "By Ana Lund, fisheries reporter"],
    ],
)
def test_a_headline_below_a_masthead(above: list[str]) -> None:
    assert title(*above, "Herring fills the quays as boats earn more") == (
        "Herring fills the quays as boats earn more"
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Herring fills the quays of Drell"], "Herring fills the quays of Drell"),
        # What the text speaks of is no masthead.
        (["Harbour of Drell", "Where the boats of the guild land"], "Harbour of Drell"),
        # Nothing below it reads as a headline: a byline, a sentence, what the text never tells.
        (["SILVER RETURNS"], "SILVER RETURNS"),
        (["SILVER RETURNS", "By our fisheries reporter in the harbour"], "SILVER RETURNS"),
        (["SILVER RETURNS", "The boats of the guild did well in March."], "SILVER RETURNS"),
        (["SILVER RETURNS", "Subscribe today and never miss another story"], "SILVER RETURNS"),
        # No line above the text: the name of the file.
        ([], "Drell harbour"),
    ],
)
def test_the_first_line_else(lines: list[str], told: str) -> None:
    assert title(*lines) == told


@pytest.mark.parametrize(
    ("first", "source"),
    [
        ("Northern Observer", "Northern Observer"),
        ("PRESS RELEASE", None),
        ("Business > Fishing > Harbours", None),
        ("3 April 2025", None),
        ("Harbour of Drell", None),
    ],
)
def test_a_masthead_names_the_paper(first: str, source: str | None) -> None:
    assert read(first, "Herring fills the quays as boats earn more").source == source
