"""Which members of a set, or how many, fell, grew by so much or have more than so many."""

from __future__ import annotations

import re

import pytest

from bot import questions
from bot.evidence import linking
from bot.evidence.linking import Linker
from bot.rankings import sieves
from bot.texts.composition import Composer
from ingest import articles, figures

TOWNS = """# Oster counts itself

| Town | Population 2014 | Population 2024 | Change |
|---|---|---|---|
| Alder | 548,900 | 612,400 | +11.6% |
| Vik | 233,500 | 241,700 | +3.5% |
| Holm | 118,200 | 112,600 | -4.7% |
| Norra | 61,400 | 52,300 | -14.8% |
| Total | 962,000 | 1,019,000 | +5.9% |
"""


def said(question: str) -> str | None:
    article = articles.parse(TOWNS.encode(), "a.md")
    linker = Linker([linking.Decks().of(article, figures.find(article))])
    query, composer = questions.parse(question), Composer()
    sieve = sieves.read(query)
    if sieve is None or not sieves.say(sieve, query, linker, {article.id: article}, None, composer):
        return None
    return re.sub(r" with \S+", "", composer.sentences[0].text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many of the towns shrank?", "that fell: Norra and Holm"),
        ("Which towns lost population?", "Norra and Holm fell."),
        ("Which towns grew by more than 10%?", "Alder grew."),
        ("Which towns grew by less than 10%?", "Vik grew."),
        ("Which towns had a population of more than 200,000 in 2024?", "Alder and Vik"),
        ("How many towns had fewer than 120,000 people in 2014?", "Holm and Norra"),
    ],
)
def test_those_that_are_let_through(question: str, told: str) -> None:
    assert told in (said(question) or "")


@pytest.mark.parametrize(
    "question",
    [
        "Which town is the largest?",
        "How many people live in Alder?",
        "Which airlines carried more than 200,000 passengers?",
        "Which towns grew by more than 50%?",
    ],
)
def test_nothing_is_sifted(question: str) -> None:
    assert said(question) is None
