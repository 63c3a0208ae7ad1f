"""Causes that stand behind what they are the causes of."""

from __future__ import annotations

import pytest

from bot.evidence.pages import Pages
from bot.texts import causes
from tests.bot.texts.test_choosing import _article

POOL = """Minutes

Ms Orton asked why the pool had been shut. The clerk said that the boiler had failed. It is old.
"""
COFFEE = """Prices

Coffee is the villain again. A jar costs five pounds. The grocer blamed the harvest. Tea is cheap.
"""
ASKED = """Interview

Why the overrun?

We left late. The wheels broke in a test. Then it rained.
"""
PLAIN = """Club

The club won the cup. It was its third. Its coach is from Oslo.
"""


def _behind(text: str, question: str, begins: str) -> list[str]:
    article, pages = _article(text), Pages()
    line = next(one for one in pages.page(article).lines if one.text.startswith(begins))
    told = causes.behind(line, question, pages, {article.id: article})
    return [one.text for one in told]


@pytest.mark.parametrize(
    ("text", "question", "begins", "last"),
    [
        (POOL, "Why was the pool shut?", "Ms Orton", "The clerk said that the boiler had failed."),
        (COFFEE, "Why is coffee dear?", "Coffee", "The grocer blamed the harvest."),
        (ASKED, "Why the overrun?", "We left", "Then it rained."),
    ],
)  # fmt: skip
def test_the_cause_stands_behind(text: str, question: str, begins: str, last: str) -> None:
    assert _behind(text, question, begins)[-1] == last


@pytest.mark.parametrize(
    ("text", "begins"), [(PLAIN, "The club"), (POOL, "It is old"), (COFFEE, "Tea")]
)
def test_nothing_behind_tells_a_cause(text: str, begins: str) -> None:
    assert _behind(text, "Why did the club win?", begins) == []


@pytest.mark.parametrize(
    ("text", "is_cause"),
    [
        ("Exports fell because rail was cut.", True),
        ("The drop is put down to the closure of a mine.", True),
        ("Delays were due to works on the track.", True),
        ("We were due to fly in August.", False),
        ("Sales reached 4 billion.", False),
        ("She asked why it was shut.", False),
    ],
)
def test_a_sentence_that_says_why(text: str, is_cause: bool) -> None:
    assert causes.tells(text) is is_cause
