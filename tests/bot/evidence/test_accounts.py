"""What another article tells of the quantity that is about to be told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot import nodes
from bot.evidence import accounts, linking
from ingest import Article, Figure, articles, figures


@dataclass(frozen=True)
class Two:
    """Two articles, what the first tells, and what is found of it in the second."""

    first: str
    second: str
    chosen: str
    kind: str | None
    told: str | None = None


CASES = [
    Two(
        "Trade of Estonia in March\nStatistics Estonia, 9 May 2025\n\n"
        "Exports of goods rose by 6% to €1.62 billion in March.",
        "Trade of Estonia in April\nStatistics Estonia, 10 June 2025\n\n"
        "March exports have been lowered from the first estimate to €1.59 billion.",
        "€1.62 billion", "revises", "€1.59 billion",
    ),
    Two(
        "Draft budget of Marrow\n3 October 2025\n\n"
        "The new water works at Bell Creek, priced at $265 million, are in the plan.",
        "Marrow's budget adopted\n10 December 2025\n\n"
        "Bell Creek will come to $298 million, not $265 million, since steel is dearer.",
        "$265 million", "revises", "$298 million",
    ),
    Two(
        "Flood at Ollmouth\nThe Ollmouth Herald, 4 March 2025\n\n"
        "Ollmouth is under water. In Ollmouth 3 people died in the flood.",
        "Ollmouth counts the cost\nBrecht Courier, 6 March 2025\n\n"
        "Ollmouth is drying. In Ollmouth 5 people died in the flood.",
        "3 people", "differs", "5 people",
    ),
    Two(
        "Tarnholm reports\n24 October 2025\n\nTarnholm's revenue was £413 million in 2024.",
        "Tarnholm up\n23 October 2025\n\nTarnholm's revenue was £412.6 million in 2024.",
        "£413 million", "exact", "£412.6 million",
    ),
    # Another owner, another year, another measure, and what is exact already.
    Two(
        "Tarnholm reports\n24 October 2025\n\nTarnholm's revenue was £413 million in 2024.",
        "Velm up\n23 October 2025\n\nVelm's revenue was £420 million in 2024.",
        "£413 million", None,
    ),
    Two(
        "Tarnholm reports\n24 October 2025\n\nTarnholm's revenue was £413 million in 2024.",
        "Tarnholm up\n23 October 2024\n\nTarnholm's revenue was £400 million in 2023.",
        "£413 million", None,
    ),
    Two(
        "Tarnholm reports\n24 October 2025\n\nTarnholm's revenue was £413 million in 2024.",
        "Tarnholm up\n23 October 2025\n\nTarnholm's costs were £400 million in 2024.",
        "£413 million", None,
    ),
    Two(
        "Tarnholm reports\n24 October 2025\n\nTarnholm's revenue was £412.6 million in 2024.",
        "Tarnholm up\n23 October 2025\n\nTarnholm's revenue was £413 million in 2024.",
        "£412.6 million", None,
    ),
]  # fmt: skip


def _read(texts: tuple[str, str]) -> tuple[dict[str, Article], list[linking.Card]]:
    read = [articles.parse(text.encode(), f"{i}.txt") for i, text in enumerate(texts)]
    cards = [card for a in read for card in linking.cards(a, figures.find(a))]
    return {a.id: a for a in read}, cards


def _typed(figure: Figure, read: dict[str, Article]) -> str:
    return read[figure.article_id].text[figure.start : figure.end]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.chosen} {c.kind}")
def test_what_another_article_tells(case: Two) -> None:
    read, cards = _read((case.first, case.second))
    chosen = next(c.figure for c in cards if _typed(c.figure, read) == case.chosen)
    way = nodes.attempted(nodes.leaf(chosen), read)
    assert way is not None
    found = accounts.of(way, cards, read)
    assert (found and (found.kind, _typed(found.figure, read))) == (
        (case.kind, case.told) if case.kind else None
    )


def test_a_stated_figure_goes_before_the_same_worked_out() -> None:
    read, cards = _read((
        "Services\n13 March 2025\n\nVarenia's exports were 45.1 billion crowns in 2024, up 7.4%.",
        "Services\n14 March 2024\n\nVarenia's exports were 42.0 billion crowns in 2023.",
    ))  # fmt: skip
    by_text = {_typed(c.figure, read): c.figure for c in cards}
    parts = [nodes.leaf(by_text["45.1 billion crowns"]), nodes.leaf(by_text["7.4%"])]
    way = nodes.attempted(nodes.step("before_growth", parts), read)
    assert way is not None
    found = accounts.of(way, cards, read)
    assert found is not None
    assert (found.kind, _typed(found.figure, read)) == ("stated", "42.0 billion crowns")


def test_the_later_of_two_is_told_and_both_are_named() -> None:
    read, cards = _read((CASES[2].first, CASES[2].second))
    early = next(c.figure for c in cards if _typed(c.figure, read) == "3 people")
    late = next(c.figure for c in cards if _typed(c.figure, read) == "5 people")
    assert accounts.is_later(late, early, read)
    assert not accounts.is_later(early, late, read)
    assert "March 4, 2025" in (said := accounts.note(early, late, read))
    assert "March 6, 2025" in said
