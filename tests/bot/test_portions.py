"""Figures that are told as parts, which are no wholes."""

from __future__ import annotations

import pytest

from bot import derivation, nodes, portions
from ingest import articles, figures

CASES = {
    "jobs": (
        "Some 1,150 jobs would go, 480 of those in France and 390 in Belgium.",
        {("1,150 jobs", "480"): True, ("480", "390"): False},
    ),
    "lottery": (
        "Of it, €150 million came back as prizes and €73 million went to sport.",
        {("€150 million", "€73 million"): False},
    ),
    "storm": (
        "Of the 210 homes 40 were damaged.",
        {("210 homes", "40"): True},
    ),
    "school": (
        "The budget is £9 million, including £3 million for schools and £1 million for roads.",
        {("£9 million", "£3 million"): True, ("£3 million", "£1 million"): False},
    ),
    "exchange": (
        "The exchanges, 1,260 of them, are for sale; 214 have been sold.",
        {("1,260", "214"): True},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_part_is_no_whole(name: str) -> None:
    text, pairs = CASES[name]
    article = articles.parse(f"News\n\n{text}\n".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    read = {article.text[c.figure.start : c.figure.end]: c.figure for c in cards}
    for (whole, part), is_kept in pairs.items():
        members = read[whole], read[part]
        ways = [
            nodes.step("residual", [nodes.leaf(f) for f in members]),
            nodes.step("share", [nodes.leaf(f) for f in members[::-1]]),
        ]
        assert bool(portions.of_wholes(ways, cards)) is is_kept, (whole, part)


def test_parts_of_two_sentences_are_left_alone() -> None:
    text = "Of those, 480 are in France.\n\nIn France 120 have found other work.\n"
    article = articles.parse(f"News\n\n{text}".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    way = nodes.step("residual", [nodes.leaf(c.figure) for c in cards[:2]])
    assert portions.of_wholes([way], cards) == [way]
