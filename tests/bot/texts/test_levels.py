"""A number that a question takes something to have passed."""

from __future__ import annotations

import pytest

from bot import derivation
from bot.texts import levels, premises
from ingest import articles, figures

TEXT = """The budget of Norlund

The state closed 2025 with a deficit of £7.83 billion. In 2024 the deficit had been £8.4 billion.
The output of steel was 14,200 tonnes in May.
"""


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Why did the deficit go over £8bn in 2025?", "The deficit did not go over £8bn in 2025"),
        ("How did output exceed 15,000 tonnes?", "Output did not exceed 15,000 tonnes"),
        ("Why did stocks fall below 300 tonnes", "Stocks did not fall below 300 tonnes"),
    ],
)
def test_what_is_taken_to_be_passed_is_denied(question: str, denied: str) -> None:
    passed = levels.read(question)
    assert passed is not None
    assert passed.denied == denied


@pytest.mark.parametrize(
    "question",
    [
        "Did the deficit go over £8bn?",
        "Why did the deficit not go over £8bn?",
        "Why did the deficit go over budget?",
        "Why did the deficit nearly top £8bn?",
    ],
)
def test_no_number_is_taken_to_be_passed(question: str) -> None:
    assert levels.read(question) is None


@pytest.mark.parametrize(
    ("question", "is_borne_out"),
    [
        ("Why did the deficit go over £8bn in 2025?", False),
        ("Why did the deficit go over £8bn in 2024?", True),
        ("Why did the deficit go over £8bn?", True),
        ("How did steel output exceed 15,000 tonnes?", False),
        ("How did steel output exceed 14,000 tonnes?", True),
        ("Why did Norlund's deficit top £8bn in 2025?", False),
    ],
)
def test_a_figure_may_bear_it_out(question: str, is_borne_out: bool) -> None:
    article = articles.parse(TEXT.encode(), "a.txt")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    passed = levels.read(question)
    assert passed is not None
    periods = [year for year in ("2024", "2025") if year in question]
    assert any(passed.may_be(card, periods) for card in linker.cards) == is_borne_out


def test_a_denial_rests_on_a_figure_that_is_short_of_the_number() -> None:
    article = articles.parse(TEXT.encode(), "a.txt")
    known = figures.find(article)
    question = "Why did the deficit go over £8bn in 2025?"
    short = [f for f in known if f.value == 7_830_000_000]
    over = [f for f in known if f.value == 8_400_000_000]
    assert premises.is_denied(question, "", short, 0)
    assert not premises.is_denied(question, "", over, 0)
