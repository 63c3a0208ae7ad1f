"""What is told beside a question, as the ground on which it is asked."""

from __future__ import annotations

import pytest

from bot.texts import clauses, premises


@pytest.mark.parametrize(
    ("question", "told", "asked"),
    [
        (
            "Given that exports fell, how large were imports?",
            "How come exports fell?",
            "How large were imports?",
        ),
        (
            "Since Harrow made a profit in 2024, who paid for the stand?",
            "How come Harrow made a profit in 2024?",
            "Who paid for the stand?",
        ),
        (
            "With exports falling, what was the surplus?",
            "What made exports falling?",
            "What was the surplus?",
        ),
        (
            "How large were imports, now that exports are falling?",
            "How come exports are falling?",
            "How large were imports?",
        ),
    ],
)
def test_the_ground_is_a_question(question: str, told: str, asked: str) -> None:
    assert clauses.read(question) == clauses.Ground(told, asked)


@pytest.mark.parametrize(
    "question",
    [
        "Since May, how far have exports fallen?",
        "Since 2020, how many were sold?",
        "Since it opened, how many came?",
        "With currencies held constant, how fast did sales rise?",
        "If exports fell, how large were imports?",
        "How large were imports?",
    ],
)
def test_there_is_no_ground(question: str) -> None:
    assert clauses.read(question) is None


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("How come exports have fallen?", "Exports have not fallen"),
        ("How come exports are falling?", "Exports are not falling"),
        ("How come exports went down?", "Exports did not go down"),
        ("What made exports falling?", "Exports did not fall"),
    ],
)
def test_a_denial_has_its_own_auxiliary(question: str, denied: str) -> None:
    assert denied in premises.denials(question)
