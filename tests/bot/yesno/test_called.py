"""Yes or no by figures that are called by the names of a question."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import called
from ingest import articles, figures

OFFENCES = """Crime in Norby

| Offence | 2023 | 2024 | Cleared up, % |
|---|---|---|---|
| Theft | 900 | 870 | 21 |
| Arson | 40 | 52 | 60 |
| Fraud | 310 | 350 | 33 |
"""
GROCERS = """Grocers of Lund

| Chain | Sales, bn crowns | Stores | Price of a basket, crowns |
|---|---|---|---|
| Orsa | 41.8 | 612 | 187 |
| Dobri | 33.5 | 948 | 164 |
| Fairmart | 22.4 | 187 | 171 |
| Total | 97.7 | 1,747 | |
"""
SERVICES = """Services of Varna

| Item | Exports 2023, bn crowns | Exports 2024, bn crowns | Imports 2024, bn crowns |
|---|---|---|---|
| Travel | 16.2 | 16.9 | 9.2 |
| Transport | 11.4 | 11.1 | 10.8 |
| Consulting | 4.9 | 5.3 | 4.1 |
"""


def _told(way: object, text: str, question: str, likely: str = "") -> str | None:
    article = articles.parse(text.encode(), "a.md")
    known, found = {article.id: article}, figures.find(article)
    chances = {
        (f.article_id, f.start): Chance(0.9 if f"{f.value}" == likely else 0.0) for f in found
    }
    query = questions.parse(question)
    tags = Tags(chances, classes={"text": 1.0})
    search = derivation.Search(query, derivation.linker_of(found, known), (), tags)
    assert callable(way)
    decision = way(query, search, known)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (OFFENCES, "Is theft more common than fraud?", "yes"),
        (OFFENCES, "Is arson more common than fraud?", "no"),
        (OFFENCES, "Was arson rarer than theft in 2023?", "yes"),
        (OFFENCES, "Is theft more common than piracy?", None),
        (GROCERS, "Does Dobri have more stores than Orsa?", "yes"),
        (GROCERS, "Does Fairmart have more stores than Orsa?", "no"),
        (GROCERS, "Is Dobri cheaper than Orsa?", "yes"),
        (GROCERS, "Is Orsa cheaper than Fairmart?", "no"),
        (GROCERS, "Is Dobri bigger than Orsa?", None),
        (SERVICES, "Are transport exports higher than travel exports?", "no"),
    ],
)
def test_one_is_more_than_another(text: str, question: str, told: str | None) -> None:
    assert _told(called.compared, text, question) == told


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (GROCERS, "Is Orsa the chain with the most stores?", "no"),
        (GROCERS, "Is Dobri the chain with the most stores?", "yes"),
        (GROCERS, "Does Fairmart have the fewest stores?", "yes"),
        (GROCERS, "Is Orsa Lund's biggest chain by sales?", "yes"),
        (GROCERS, "Is Orsa the second biggest chain by sales?", None),
        (GROCERS, "Is Pennymart the chain with the most stores?", None),
    ],
)
def test_one_is_more_than_all_others(text: str, question: str, told: str | None) -> None:
    assert _told(called.foremost, text, question) == told


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (SERVICES, "Did transport exports go up?", "no"),
        (SERVICES, "Did travel exports rise in 2024?", "yes"),
        (SERVICES, "Did travel exports fall?", "no"),
        (SERVICES, "Did transport imports rise?", None),
        (OFFENCES, "Did fraud increase?", "yes"),
        (OFFENCES, "Did fraud increase in 2021?", None),
    ],
)
def test_what_is_so_called_moved(text: str, question: str, told: str | None) -> None:
    assert _told(called.moved, text, question) == told


def test_of_several_kinds_of_figure_the_likely_one_counts() -> None:
    assert _told(called.compared, GROCERS, "Is Dobri bigger than Orsa?", "33.5E+9") in {"no", None}
    assert _told(called.compared, GROCERS, "Is Dobri bigger than Orsa?", "948") == "yes"
