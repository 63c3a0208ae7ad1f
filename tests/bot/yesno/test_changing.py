"""How far something has moved, where a question holds that against a number."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence.pages import Pages
from bot.yesno import changing
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did net debt go up by more than £20m?", ("difference", "up", "20000000")),
        ("Did fraud losses grow by more than half?", ("growth", "up", "0.5")),
        ("Did coal traffic fall by less than 40%?", ("growth", "down", "40")),
        ("Did cheating bans more than double?", ("ratio", "up", "2")),
        ("Did sales more than quadruple between 2023 and 2025?", ("ratio", "up", "4")),
        ("Did visits rise tenfold?", ("ratio", "up", "10")),
        ("Was the fee halved?", ("ratio", "down", "0.5")),
        ("Is it double what was planned?", None),
        ("Did exports exceed 20 trillion yuan?", None),
        ("Is more than half of it sold by Friday?", None),
        ("Did 40 boats sail by noon?", None),
    ],
)
def test_a_number_that_a_move_is_held_against(
    question: str, told: tuple[str, str, str] | None
) -> None:
    found = changing.read(questions.parse(question))
    assert (found and (found.operation, found.way, str(found.held.value))) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Debt stood at £96m in June, compared with £71m twelve months before.", ["96", "71"]),
        ("Fraud losses swelled from £46m to £71m.", ["71", "46"]),
        ("Waste was 21 tonnes, equal to 0.9% of the food, against 24 tonnes.", ["21", "24"]),
        ("Solar made 96 GWh and wind 71 GWh.", None),
        ("Debt stood at £96m.", None),
    ],
)
def test_a_later_and_an_earlier_level(sentence: str, told: list[str] | None) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    held = figures.find(article)
    query = questions.parse("Did it go up by more than a fifth?")
    found = changing.pair(query, line, held, article.text, lambda f: 0.5)
    assert (
        [article.text[f.start : f.end].strip("£m tones") for f in found] if found else None
    ) == told


def test_unlikely_levels_are_not_compared() -> None:
    article = articles.parse(b"Notes\n\nFraud losses swelled from 46 to 71.\n", "a.txt")
    line = Pages(None).page(article).lines[-1]
    query = questions.parse("Did it go up by more than a fifth?")
    found = changing.pair(query, line, figures.find(article), article.text, lambda f: 0.1)
    assert found is None


@pytest.mark.parametrize(
    ("question", "hidden"),
    [
        (
            "Did sales grow by more than a third from 2020 to 2024?",
            "By how much did sales grow from 2020 to 2024?",
        ),
        ("did Oll's output rise by over 9%?", "By how much did Oll's output rise?"),
        (
            "Did the club lose more than 40 members in 2023?",
            "By how much did the club lose in 2023?",
        ),
        ("Did sales more than double in 2023?", "By how much did sales grow in 2023?"),
        ("Has the fee halved since May?", "By how much has the fee fallen since May?"),
        ("Was the fee halved?", None),
    ],
)
def test_how_far_something_moved_is_hidden(question: str, hidden: str | None) -> None:
    query = questions.parse(question)
    asked = changing.read(query)
    assert asked is not None
    assert changing.hidden(query, asked) == hidden
