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
