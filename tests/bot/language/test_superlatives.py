"""What a question ranks, and which sentences say which is the most."""

from __future__ import annotations

import pytest

from bot.language import superlatives


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which region sold the most cars?", ("most", "most", "region", 1, 1, None)),
        ("which film had the biggest budget?", ("most", "biggest", "film", 1, 1, None)),
        ("What was the quietest month?", ("least", "quietest", "month", 1, 1, None)),
        ("What is the second largest segment?", ("most", "largest", "segment", 2, 1, None)),
        ("the three biggest films", ("most", "biggest", "films", 1, 3, None)),
        ("What are the top 3 films by budget?", ("most", "top", "films", 1, 3, None)),
        ("Which is the most expensive ticket?", ("most", "most expensive", "is", 1, 1, None)),
        ("Which town grew fastest?", ("most", "fastest", "town", 1, 1, "up")),
        ("which country fell the most", ("most", "most", "country", 1, 1, "down")),
        ("Where was it hottest?", ("most", "hottest", "where", 1, 1, None)),
        ("Of the four months, which was wettest?", ("most", "wettest", "months", 1, 1, None)),
        ("Rank the towns by population", ("most", "most", "towns", 1, 12, None)),
        (
            "list the regions from smallest to largest",
            ("least", "smallest", "regions", 1, 12, None),
        ),
    ],
)
def test_what_is_ranked(question: str, told: tuple[object, ...]) -> None:
    asked = superlatives.read(question)
    assert asked is not None
    is_noun = told[2] in asked.nouns or not asked.nouns
    assert is_noun or told[2] == "is"
    assert (asked.way, asked.word, asked.place, asked.n_told, asked.moves) == (*told[:2], *told[3:])


@pytest.mark.parametrize(
    "question",
    [
        "What is the most the insurers will pay?",
        "Who paid most of the bill?",
        "What is the best way to reach the museum?",
        "How many people live in the town?",
        "Did at least ten ships call?",
        "Which segment lost the most money?",
    ],
)
def test_nothing_is_ranked(question: str) -> None:
    assert superlatives.read(question) is None


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("which is the biggest port?", "the largest port", True),
        ("which is the biggest port?", "the second largest port", False),
        ("which is the biggest port?", "the smallest port", False),
        ("which is the busiest port?", "the largest port", False),
    ],
)
def test_words_that_ask_for_the_same(one: str, other: str, are_alike: bool) -> None:
    asked = superlatives.read(one)
    ((told, _),) = superlatives.within(other)
    assert asked is not None and superlatives.are_alike(asked, told) is are_alike


@pytest.mark.parametrize(
    ("phrase", "question"),
    [
        ("the second", "What were sales in the first quarter of 2024?"),
        ("imports", "Which month had the highest exports?"),
        ("the smallest stadium in Sweden", "What is the largest stadium in Norland?"),
        ("the lowest", "What was the rent of the mill?"),
        ("most of the staff", "Which club is the richest?"),
    ],
)
def test_what_exchanges_no_superlative(phrase: str, question: str) -> None:
    assert superlatives.exchanged(phrase, question) is None
