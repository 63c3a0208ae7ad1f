"""Ways whose figures are found by how they belong together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot import nodes, questions
from bot.derivation import linker_of
from bot.deriving import compounds
from bot.deriving.pools import Pool
from bot.tagging import CLASSES, Chance, Tags
from ingest import Article, Figure, articles, figures

TEXTS = {
    "sales": """Brell sold more

Brell's revenue reached £1,187 million in the first nine months of 2025.

In the third quarter of 2025 Brell's revenue was £412.6 million.
""",
    "profit": """Nordbanken's net profit was 690 million euros in the first nine months of 2025.

Nordbanken's net profit was 210 million euros in the second quarter of 2025.

Nordbanken's net profit was 250 million euros in the third quarter of 2025.
""",
    "poll": """A poll of 1,100 residents in December found 58% in favour and 27% against.
""",
    "tunnel": """The tunnel cost €900 million. The state paid 40% and the county 35%; the town bore
the rest.
""",
    "growth": """The clinic treated 900 patients, and its income grew by 12%. Some 30% came by bus.
""",
    "rates": """The króna stood at 146.2 to the euro on Wednesday. The probe has cost €612 million.

Reserves were worth ISK 926 billion ($7.2 billion).
""",
    "months": """Visitors to Arvik by month

| Month | Visitors |
|---|---|
| January 2024 | 2,100 |
| February 2024 | 1,900 |
| March 2024 | 2,600 |
| April 2024 | 2,300 |
""",
    "fines": """Water in Ulmere

The company fined 219 households, each fine being £150. Its profit was £30 million.
""",
    "robots": """Brinlo built 3,450 robots in 2025 at a unit price of €3,200.

Its 2025 profit came to €240,000.
""",
    "cargo": """Cargo of the port of Skag

| Year | Cargo (tonnes) |
|---|---|
| 2021 | 36,100 |
| 2022 | 38,800 |
| 2023 | 39,700 |
| 2024 | 38,400 |
""",
    "chips": """Corvane reported revenue of $2.18 billion for the first quarter of 2025.

Corvane posted sales of $2.39 billion in the second quarter of 2025.
""",
    "schools": """In Tarn 42 schools closed from 2014 to 2024 and 611 schools remain.
""",
    "people": """In 2024 the county had 21,480 births and 27,905 deaths. It also had 9,200 migrants.
""",
    "doses": """The vaccine costs 3 euros per dose. The plant makes 60 million doses a year.
""",
}


def read(name: str) -> tuple[Article, list[Figure]]:
    source = articles.parse(TEXTS[name].encode(), f"{name}.md")
    return source, figures.find(source)


def said(name: str, question: str, classes: Mapping[str, float], likely: str = "") -> list[str]:
    """The formulas of the lawful ways to an answer.

    likely: how the figure is written that the question points at; all others are half as likely
    """
    source, held = read(name)
    told = {
        (f.article_id, f.start): Chance(0.5 + 0.5 * (source.text[f.start : f.end] == likely), 0.5)
        for f in held
    }
    tags = Tags(told, {}, {c: classes.get(c, 0.0) for c in CLASSES})
    linker = linker_of(held, {source.id: source})
    pool = Pool.of(tags, linker.cards)
    found = [
        nodes.attempted(node, {source.id: source})
        for _, node, _ in compounds.ways(questions.parse(question), pool)
    ]
    return [made.calculations[made.result].formula for made in found if made and made.steps]


@pytest.mark.parametrize(
    ("name", "question", "classes", "formula"),
    [
        (
            "sales",
            "What was Brell's revenue in the first half of 2025?",
            {"quoted": 0.8},
            "£1,187 million − £412.6 million",
        ),
        (
            "profit",
            "What was Nordbanken's net profit in the first quarter of 2025?",
            {"quoted": 0.8},
            "690 million euros − 210 million euros − 250 million euros",
        ),
        (
            "poll",
            "What share neither backed nor opposed it?",
            {"residual": 0.5},
            "100% − 58% − 27%",
        ),
        (
            "tunnel",
            "How much did the town pay?",
            {"quoted": 0.8},
            "(100% − 40% − 35%) × €900 million",
        ),
        (
            "rates",
            "What has the probe cost in Icelandic kronur?",
            {"conversion": 0.5},
            "€612 million × 146.2 to the euro",
        ),
        (
            "rates",
            "How many dollars is one euro?",
            {"exchange_rate": 0.5},
            "146.2 to the euro ÷ (ISK 926 billion ÷ $7.2 billion)",
        ),
        (
            "months",
            "How many visitors lay between the busiest and the quietest month?",
            {"difference": 0.5},
            "2,600 − 1,900",
        ),
        (
            "months",
            "How many visitors came in the first quarter of 2024?",
            {"quoted": 0.8},
            "2,100 + 1,900 + 2,600",
        ),
        (
            "schools",
            "How many schools did Tarn have in 2014?",
            {"before_change": 0.5},
            "42 schools + 611 schools",
        ),
        (
            "people",
            "Births, deaths and migrants together, how did the population change?",
            {"sum": 0.5},
            "21,480 births − 27,905 deaths + 9,200 migrants",
        ),
        (
            "doses",
            "What do all the doses of a year cost?",
            {"percent_of": 0.5},
            "3 euros per dose × 60 million doses",
        ),
        (
            "fines",
            "What did the fines come to in all?",
            {"quoted": 0.8},
            "£150 × 219 households",
        ),
        (
            "robots",
            "What were the robots of 2025 worth at list price?",
            {"quoted": 0.8},
            "€3,200 × 3,450 robots",
        ),
        (
            "cargo",
            "What was the average yearly cargo of Skag from 2022 to 2024?",
            {"average": 0.5},
            "(38,800 t + 39,700 t + 38,400 t) ÷ 3",
        ),
        (
            "chips",
            "What was Corvane's revenue for the first half of 2025?",
            {"quoted": 0.8},
            "$2.18 billion + $2.39 billion",
        ),
    ],
)
def test_a_way_is_found(
    name: str, question: str, classes: Mapping[str, float], formula: str
) -> None:
    likely = formula.split(" × ")[0]
    assert any(told.startswith(formula) for told in said(name, question, classes, likely))


def test_nothing_is_converted_where_the_currency_is_told_as_likely() -> None:
    found = said("rates", "What has the probe cost in Icelandic kronur?", {"conversion": 0.5})
    assert not any("€612 million ×" in told for told in found)


@pytest.mark.parametrize(
    ("name", "question", "classes", "sign"),
    [
        ("sales", "What was Brell's revenue in the first quarter of 2025?", {"quoted": 0.8}, "−"),
        ("sales", "What was revenue in the third quarter of 2025?", {"quoted": 0.8}, "−"),
        ("poll", "How many residents were asked?", {"quoted": 0.8}, "100%"),
        ("fines", "What profit did the company make?", {"quoted": 0.8}, "£30 million ×"),
        ("robots", "What profit did Brinlo make?", {"quoted": 0.8}, "€240,000 ×"),
        ("cargo", "How much cargo was there on average?", {"average": 0.5}, "38,400 t) ÷"),
        ("cargo", "What was the average cargo from 2020 to 2024?", {"average": 0.5}, "÷ 4"),
        ("growth", "How many patients did not come by bus?", {"residual": 0.5}, "100% − 12%"),
        ("rates", "What has the probe cost?", {"quoted": 0.8}, "×"),
        ("months", "How many visitors came in the busiest month?", {"difference": 0.5}, "− 1,900"),
        ("months", "How many visitors came in the first half of 2024?", {"quoted": 0.8}, "+"),
    ],
)
def test_no_way_is_made_up(
    name: str, question: str, classes: Mapping[str, float], sign: str
) -> None:
    assert not any(sign in told for told in said(name, question, classes))
