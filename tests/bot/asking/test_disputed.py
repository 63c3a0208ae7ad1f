"""Questions that ask what each of several says of one thing."""

from __future__ import annotations

import pytest

from bot.asking import disputed

ASKED = {
    "How much will the merger save a year, according to whom?": (
        "How much will the merger save a year?", (),
    ),
    "How many jobs will go? I keep seeing different numbers": ("How many jobs will go?", ()),
    "What will the ring road cost? Give every estimate.": ("What will the ring road cost?", ()),
    "where will rents stand in 2030? who expects what": ("where will rents stand in 2030?", ()),
    "How many came to the march - who says what?": ("How many came to the march", ()),
    "Savings of the merger per year? minister vs director vs experts": (
        "Savings of the merger per year?", ("minister", "director", "experts"),
    ),
    "What will the bridge cost according to the town, the builder and the residents?": (
        "What will the bridge cost?", ("the town", "the builder", "the residents"),
    ),
    "Compare the forecasts of tax receipts (ministry, central bank) with the outcome.": (
        "tax receipts", ("ministry", "central bank"),
    ),
}  # fmt: skip
NOT_ASKED = [
    "How much will the merger save a year?",
    "How many jobs are at risk according to the union?",
    "By how much do the two estimates differ?",
    "Whose forecast came closest?",
    "Which forecast was higher, the bank's or the ministry's?",
    "Why do the residents object to the tram?",
]


@pytest.mark.parametrize("question", ASKED)
def test_what_several_are_asked(question: str) -> None:
    found = disputed.read(question)
    assert found is not None
    plain, mouths = ASKED[question]
    assert (found.plain.rstrip("."), found.mouths) == (plain, mouths)


@pytest.mark.parametrize("question", NOT_ASKED)
def test_one_answer_is_asked_for(question: str) -> None:
    assert disputed.read(question) is None


def test_the_outcome_and_the_latest_are_asked_for_by_their_words() -> None:
    with_outcome = disputed.read("Compare the forecasts of growth with the outcome.")
    latest = disputed.read("What will it cost according to the latest estimates of each side?")
    assert with_outcome is not None and with_outcome.with_outcome
    assert latest is not None and latest.is_latest and not latest.with_outcome


GAPS = {
    "By how many euros has Velm Hydro marked up its own cost figure for the weir since May?": (
        "What is the cost figure for the weir?", "Velm Hydro", False,
    ),
    "By how much did the deficit overshoot what Orrin first told parliament?": (
        "How large was the deficit?", "Orrin", True,
    ),
    "How much did the deficit grow?": None,
    "By how much has the club raised its prices?": None,
}  # fmt: skip


@pytest.mark.parametrize("question", GAPS)
def test_how_far_two_tellings_are_apart(question: str) -> None:
    found = disputed.gap(question)
    told = (found.plain, found.who, found.is_of_outcome) if found else None
    assert told == GAPS[question]


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Who says that only 150 flats came back?", True),
        ("Whose estimate is 3.4 billion?", True),
        ("Who runs the 150 flats?", False),
    ],
)
def test_who_tells_a_number_is_asked_for(question: str, is_asked: bool) -> None:
    assert disputed.asks_who(question) is is_asked
