"""Names that the articles know in another form, and names that they do not know."""

from __future__ import annotations

import pytest

from bot import questions
from bot.doubts import strangers
from bot.evidence.pages import Pages
from bot.language import mentions
from ingest import articles

TEXT = """# The rope bridge of Carrick

Irish engineers hung the bridge above Lough Carrick. Jonah Teale of Westerhagen drew it, and the
European Union paid. The net interest margin of its owner, Bank van der Hagen, was 2.1%.
It sends visitors from Bavaria and Poland on to Los Angeles. They asked us for television money.
"""


def stranger(question: str) -> str | None:
    article = articles.parse(TEXT.encode(), "bridge.md")
    held = [Pages(None).page(article).held]
    return strangers.first(question, questions.parse(question).entities, [article], held)


@pytest.mark.parametrize(
    "question",
    [
        "How many bridges are there in Ireland?",
        "How much did J. Teale earn?",
        "what does the EU pay",
        "How many Bavarians came?",
        "and how many of the Poles",
        "how far is it to LA",
        "yoy NIM change?",
        "Which margin does Van der Hagen's have?",
        "Who is CEO of the bank?",
        "What did the TV pay?",
        "How many TWh does it use?",
        "When did Westerhaagn begin?",
        "Children, engineers and visitors: how many in all?",
        "How many visitors does Warsaw count?",
    ],
)
def test_a_name_is_known_in_another_form(question: str) -> None:
    assert stranger(question) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many bridges are there in Peru?", "Peru"),
        ("What did Lisbon pay?", "Lisbon"),
        ("What did the UN pay?", "UN"),
        ("How many Americans came?", "Americans"),
        ("How much did Sony earn?", "Sony"),
        ("What is the US rate?", None),
        ("How many people live in Ossterhafen?", "Ossterhafen"),
    ],
)
def test_a_name_that_is_nowhere_is_a_stranger(question: str, name: str | None) -> None:
    assert stranger(question) == name


def test_a_name_keeps_its_small_words() -> None:
    told = "What did Ludwig van der Rohe say of the Bank of the North?"
    assert [m.value for m in mentions.names(told)][-2:] == [
        "Ludwig van der Rohe",
        "Bank of the North",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who won the 1500 metres in 2024?", ["2024"]),
        ("Who got a $2000 grant?", []),
        ("What were the 2024 exports?", ["2024"]),
        ("How many people were there in 1990?", ["1990"]),
    ],
)
def test_an_amount_is_no_year(text: str, told: list[str]) -> None:
    assert [m.value for m in mentions.periods(text)] == told
