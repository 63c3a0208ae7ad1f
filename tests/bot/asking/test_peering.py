"""What a question asks of several peers as a set."""

from __future__ import annotations

import pytest

from bot.asking import peering


@pytest.mark.parametrize(
    ("question", "way", "kind", "n"),
    [
        ("Which of the four wind farms generated the most electricity?", "most", "wind farms", 4),
        ("Which bottle maker uses the smallest share of glass?", "least", "bottle maker", None),
        ("combined output of Alder, Vik and Holm in 2024", "sum", "", None),
        ("Add up the net results of the three banks, losses included", "sum", "banks", 3),
        ("average waiting time of the five clinics", "average", "clinics", 5),
        ("In how many of the 6 clubs did attendance go down?", "count", "clubs", 6),
        ("please rank the hospitals by growth", "rank", "hospitals", None),
        ("the gap in rent between the dearest and the cheapest town", "gap", "town", None),
        ("Whose wages rose faster, Alder's or Vik's?", "faster", "", None),
    ],
)
def test_sets(question: str, way: str, kind: str, n: int | None) -> None:
    found = peering.read(question)
    assert found is not None and (found.way, found.kind, found.n) == (way, kind, n)


@pytest.mark.parametrize(
    ("question", "measure", "moves", "sign"),
    [
        ("How many of the four farms produced more in 2024 than in 2023?", "produced", "up", 0),
        ("How many of the three clubs made a loss?", "made loss", None, -1),
        ("How many of the three firms made a net profit?", "made net profit", None, 1),
        ("Whose sales fell faster, Vik's or Holm's?", "sales vik's holm's", "down", 0),
    ],
)
def test_what_is_measured(question: str, measure: str, moves: str | None, sign: int) -> None:
    found = peering.read(question)
    assert found is not None
    assert (found.measure, found.moves, found.sign) == (measure, moves, sign)


@pytest.mark.parametrize(
    "question",
    [
        "What were exports in 2024?",
        "Why did the four towns merge?",
        "How many people live in Alder?",
        "Did exports rise in 2024?",
    ],
)
def test_no_set_is_asked_about(question: str) -> None:
    assert peering.read(question) is None


def test_the_biggest_four_are_no_set_of_four() -> None:
    found = peering.read("Name the four biggest buyers of farm goods.")
    assert found is not None and found.n is None
