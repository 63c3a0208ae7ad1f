"""Parts of a whole in words, and the figures that may be a part and its whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.language import portions
from ingest import Figure, articles, figures


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("half", "0.5"),
        ("one half", "0.5"),
        ("a quarter", "0.25"),
        ("four fifths", "0.8"),
        ("seven tenths", "0.7"),
        ("three quarters", "0.75"),
        ("five quarters", None),
        ("second half", None),
        ("the third", None),
        ("majority", None),
    ],
)
def test_a_fraction_in_words_has_its_value(words: str, value: str | None) -> None:
    assert portions.value_of(words) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did more than one in five drop out?", ("one in five", "0.2")),
        ("Were three out of ten trains late?", ("three out of ten", "0.3")),
        ("Do 3 in 4 households heat with gas?", ("3 in 4", "0.75")),
        ("Was it the worst result in ten years?", None),
        ("Did they play five in one week?", None),
        ("Were 300 people in 20 villages evacuated?", None),
    ],
)
def test_one_in_so_many_is_a_portion(question: str, told: tuple[str, str] | None) -> None:
    assert portions.one_in(question) == ((told[0], Decimal(told[1])) if told else None)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Most of the guests stay a night.", True),
        ("A third of the crop was lost.", True),
        ("Two in three patients recovered.", True),
        ("Some 12% of pupils were ill.", True),
        ("The firm supplies hospitals with software.", False),
    ],
)
def test_a_portion_is_told_in_words(text: str, is_told: bool) -> None:
    assert portions.is_told(text) is is_told


HALL = "Flood\n\nIn the hall there are 870 camp beds; on Monday 612 beds were taken.\n"
LIBRARY = "Library\n\nThe library owns 84,000 books. Of these 51,000 books are lent out.\n"
PARTY = "Vote\n\nTurnout was 61%. The Greens won 12% of the votes.\n"
BUDGET = """Budget of Arden

| Department | Spending, million dollars |
|---|---|
| Schools | 178 |
| Parks | 23 |
"""


def _pairs(text: str, likely: frozenset[str] | None = None) -> set[tuple[str, str]]:
    found = figures.find(articles.parse(text.encode(), "a.md"))

    def chance(figure: Figure) -> float:
        return 0.6 if likely is None or str(figure.value) in likely else 0.0

    return {(str(a.value), str(b.value)) for _, (a, b) in portions.of_whole(found, chance)}


def test_the_smaller_of_two_likely_figures_is_the_part() -> None:
    assert _pairs(HALL, frozenset({"870", "612"})) == {("612", "870")}
    assert _pairs(LIBRARY) == {("51000", "84000")}


def test_what_is_unlikely_is_no_part() -> None:
    assert _pairs(LIBRARY, frozenset({"84000"})) == set()


def test_shares_and_rows_beside_each_other_are_no_part_and_whole() -> None:
    assert _pairs(PARTY) == set()
    assert _pairs(BUDGET) == set()
