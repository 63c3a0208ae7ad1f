"""How many a question means, and ways over fewer or more."""

from __future__ import annotations

import pytest

from bot import questions
from bot.deriving import several
from bot.nodes import leaf, step
from ingest import articles, figures

TEXT = """Crews

Arden has 24 workers. Belby has 37 workers. Corve has 45 workers. Dunne has 12 workers.
"""
FIGURES = figures.find(articles.parse(TEXT.encode(), "crews.txt"))


def is_of_all(question: str, operation: str, n: int) -> bool:
    made = step(operation, [leaf(figure) for figure in FIGURES[:n]])
    return several.is_of_all(questions.parse(question), made)


@pytest.mark.parametrize(
    ("question", "operation", "n"),
    [
        ("How many workers do Arden, Belby and Corve have together?", "sum", 3),
        ("Arden, Belby and Corve: how many workers on average?", "average", 3),
        ("How many workers are there outside Arden, Belby and Corve?", "residual", 4),
        ("Workers in the four largest towns?", "sum", 4),
        ("Mean number of workers of the top three?", "average", 3),
        ("What was the average crew 2021–2024?", "average", 4),
        ("How many workers did Arden have over 2021 to 2023 in all?", "sum", 3),
    ],
)
def test_what_is_put_together_is_of_all_that_are_named(
    question: str, operation: str, n: int
) -> None:
    assert is_of_all(question, operation, n)
    assert not is_of_all(question, operation, n - 1)


@pytest.mark.parametrize(
    ("question", "operation", "n"),
    [
        ("How many workers are there in all, old and new?", "sum", 2),
        ("State workers, paid and unpaid together?", "sum", 2),
        ("What remains without pensions, fuel and so on?", "residual", 2),
        ("How many workers had Arden in the last three years?", "sum", 2),
        ("How many workers are left of Arden, Belby and Corve?", "difference", 2),
        ("The two towns and the port: how many workers?", "sum", 3),
        ("How many workers have Arden and Belby?", "sum", 3),
    ],
)
def test_a_clause_or_a_length_of_time_lists_nothing(question: str, operation: str, n: int) -> None:
    assert is_of_all(question, operation, n)


def test_two_that_are_put_together_are_no_three() -> None:
    asked = "How many workers do Arden and Belby have together?"
    assert is_of_all(asked, "sum", 2)
    assert not is_of_all(asked, "sum", 3)
