"""The articles that are about one of the things that a question names."""

from __future__ import annotations

import pytest

from bot.evidence import owners
from ingest import articles

KNOWN = {
    id: articles.parse(text.encode(), id)
    for id, text in {
        "a.md": "# Birk sells more\n\nDahl sold less.\n",
        "b.md": '# "2024 was the bottom"\n\nDahl has had a bad year, its director says.\n',
        "c.md": "# Birk to buy Dahl\n\nThe two are to be one.\n",
        "d.md": "# A market of its own\n\nNobody is named here.\n",
    }.items()
}


@pytest.mark.parametrize(
    ("name", "others", "own"),
    [
        ("Birk", ["Egge"], {"a.md", "c.md"}),
        ("Dahl", ["Birk"], {"b.md"}),
        ("Birk", ["Dahl"], set()),
        ("dahl's", ["Birk"], {"b.md"}),
        ("Foss", [], set()),
    ],
)
def test_the_articles_of_one_thing(name: str, others: list[str], own: set[str]) -> None:
    assert owners.articles_of(name, others, KNOWN) == own


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("By how much did Birk's output grow?", "By how much did its output grow?"),
        ("How much did the Birk sell?", "How much did it sell?"),
        ("How much did Birkdale sell?", "How much did Birkdale sell?"),
    ],
)
def test_a_question_is_put_of_it(question: str, put: str) -> None:
    assert owners.of_it(question, "Birk") == put
