"""A follow-up takes what it lacks from the question before it, and nothing that it brings."""

import pytest

from bot.questions import Turn, parse

CASES = [
    ("What were China's imports in 2024?", "And exports in 2023?", "What were exports in 2023?"),
    ("What were China's imports in 2024?", "And exports?", "What were exports in 2024?"),
    ("How much were sales in 2024 in euros?", "in 2022?", "How much were sales in 2022 in euros?"),
    (
        "What was net profit in 2023?",
        "What about revenue in the first half of 2024?",
        "What was revenue in the first half of 2024?",
    ),
]


@pytest.mark.parametrize(("before", "followup", "whole"), CASES, ids=[c[1] for c in CASES])
def test_a_followup_is_made_whole(before: str, followup: str, whole: str) -> None:
    assert parse(followup, [Turn(before)]).text == whole


def test_a_whole_question_stays_as_it_is() -> None:
    asked = "How many medals did Norway win in 2022?"
    assert parse(asked, [Turn("What were China's imports in 2024?")]).text == asked


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What was Shanghai's trade?", "And Jiangsu's?", "What was Jiangsu's trade?"),
        ("How much does the brand make?", "as a share of the group?",
         "How much does the brand make as a share of the group?"),
        ("How many riders started?", "how many are left?", "How many riders are left?"),
        ("What is Nordvik's share of mortgages?", "what was it before?",
         "What is Nordvik's share of mortgages before?"),
        ("What does Slovenia sell to Croatia?", "And to Austria?",
         "What does Slovenia sell to Austria?"),
        ("How many forms came back in March?", "and by post?",
         "How many forms came back in March by post?"),
        ("How much was spent on roads in 2024?", "and on schools?",
         "How much was spent on schools in 2024?"),
        ("How much is a ticket to Oslo?", "and if I book early?",
         "How much is a ticket to Oslo if I book early?"),
        ("How large was trade, in yuan?", "in dollars?", "How large was trade in dollars?"),
        ("How fast did travel grow?", "How come?", "Why did travel grow?"),
        ("What was turnover in 2024?", "Says who?", "Who reported turnover in 2024?"),
        ("What share were electric cars?", "Same for petrol ones?",
         "What share were petrol?"),
        ("What were exports in 2024?", "Will it rain in Beijing?", "Will it rain in Beijing?"),
        ("What were services exports in 2024?", "And their share of services trade?",
         "services exports' share of services trade in 2024?"),
    ],
)  # fmt: skip
def test_what_is_taken_from_the_question_before(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole
