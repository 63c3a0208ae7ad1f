"""The sentences of an article, scored against a question by words alone."""

from __future__ import annotations

import pytest

from bot.evidence.pages import Pages
from ingest import Article, articles

TEXT = """# Bridge of Tarkun

The bridge opened in 2023. Workers from nine villages built it.

It hangs 468 metres above the river. Maria Holm designed the deck.

- Tolls are paid in cash.
- Cyclists cross free of charge.
"""


def article() -> Article:
    return articles.parse(TEXT.encode(), "bridge.md")


def ranked(question: str) -> list[str]:
    known = {"bridge.md": article()}
    found = sorted(Pages(None).rank(question, known), key=lambda f: -f.score)
    return [f.line.text.strip() for f in found if f.line.kind != "heading"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who designed the deck?", "Maria Holm designed the deck."),
        ("When did the bridge open?", "The bridge opened in 2023."),
        ("How do cyclists cross?", "Cyclists cross free of charge."),
        ("Who built it? Which villages?", "Workers from nine villages built it."),
        ("How are tolls paid?", "Tolls are paid in cash."),
    ],
)
def test_the_sentence_that_answers_stands_first(question: str, told: str) -> None:
    assert told in ranked(question)[0]


def test_lines_are_spans_of_the_article() -> None:
    source = article()
    for line in Pages(None).page(source).lines:
        assert source.text[line.start : line.end] == line.text


def test_a_question_about_something_else_covers_little() -> None:
    found = Pages(None).rank("How many goals did Valmere score?", {"bridge.md": article()})
    assert max(f.coverage for f in found) < 0.5


def test_an_article_is_read_once() -> None:
    pages = Pages(None)
    assert pages.page(article()) is pages.page(article())
