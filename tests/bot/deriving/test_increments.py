"""Parts of a change that an article tells as such, and what of it they are."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.deriving import increments
from bot.nodes import attempted
from ingest import articles, figures

TEXTS = {
    "jars": (
        "Verrano in 2024\n\nRevenue rose to €2,346 million. Of the €106 million increase in "
        "revenue, €67 million came from food jars, and €21 million from sauces."
    ),
    "diesel": (
        "Tarvia's emissions\n\nTarvia emitted 42.7 million tonnes in 2023. That is 1.4 million "
        "tonnes more than it had estimated in April. Diesel burnt by foreign lorries accounts for "
        "1.1 million tonnes of the correction. Mills account for the other 0.3 million tonnes."
    ),
    "cases": (
        "Harbour city\n\nAdmissions rose by 400 patients to 5,200 patients in 2024. The new ward "
        "took 150 patients."
    ),
    "sectors": (
        "Emissions in 2023\n\nThe country emitted 42.7 million tonnes in 2023 after 45.2 million "
        "tonnes in 2022.\n\n| Sector (million tonnes) | 2022 | 2023 |\n|---|---|---|\n"
        "| Energy | 16.4 | 14.2 |\n| Transport | 12.1 | 12.4 |\n| Industry | 9.3 | 8.8 |\n"
        "| Farming | 7.4 | 7.3 |\n"
    ),
    "kinds": (
        "Farm exports\n\nThe farms sold 900 million euros in 2023.\n\n"
        "| Product (million euros) | 2023 | 2024 |\n|---|---|---|\n| Milk | 600 | 660 |\n"
        "| Wheat | 500 | 480 |\n"
    ),
}


@pytest.mark.parametrize(
    ("name", "question", "value"),
    [
        ("jars", "What share of Verrano's revenue increase was due to food jars?", 67 / 106),
        ("jars", "How much of the rise in revenue came from sauces, in percent?", 21 / 106),
        ("jars", "What share of the revenue increase was due to wine?", None),
        ("jars", "What share of revenue was food jars?", None),
        ("jars", "How many points of the increase came from food jars?", None),
        ("diesel", "What share of the correction was down to lorry diesel?", 1.1 / 1.4),
        ("diesel", "What share of the correction do mills account for?", 0.3 / 1.4),
        ("diesel", "What share of the correction do cement works account for?", None),
        ("cases", "What share of the rise in patients was due to the new ward?", None),
        ("sectors", "How many percentage points did energy contribute to the fall?", 2.2 / 45.2),
        ("sectors", "How many points did transport add to the change?", 0.3 / 45.2),
        ("sectors", "How many points did shipping add to the change?", None),
        ("sectors", "By how many points did energy fall?", None),
        ("kinds", "How many points did milk add to the growth of exports?", None),
    ],
)
def test_parts_of_a_change(name: str, question: str, value: float | None) -> None:
    article = articles.parse(f"{TEXTS[name]}\n".encode(), f"{name}.md")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    nodes = increments.ways(questions.parse(question), cards)
    results = [result for node in nodes if (result := attempted(node, {article.id: article}))]
    told = [float(r.calculations[r.result].value or 0) for r in results]
    assert told == ([] if value is None else [pytest.approx(100 * value)])
