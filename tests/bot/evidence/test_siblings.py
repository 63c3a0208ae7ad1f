"""Figures told alike of several owners, of whom a question names one."""

from __future__ import annotations

import pytest

from bot import derivation, nodes, questions
from bot.evidence import siblings
from bot.evidence.linking import Card
from ingest import articles, figures

TEXTS = {
    "trade": "Exports to France were 40 tonnes, to Spain 30 tonnes and to Italy 20 tonnes.",
    "cars": "The Capital Region counted 3,290 cars, Lower Orvik 1,760 and Zealand 1,180.",
    "price": "Fuel in Norway cost 20 kroner a litre, up from 18 kroner.",
}


def cards_of(name: str) -> dict[str, Card]:
    article = articles.parse(f"News\n\n{TEXTS[name]}\n".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    return {article.text[c.figure.start : c.figure.end]: c for c in cards}


@pytest.mark.parametrize(
    ("name", "question", "kept"),
    [
        ("cars", "How many cars did Zealand count?", ["1,180"]),
        ("cars", "cars in Lower Orvik last month", ["1,760"]),
        # Two are named, or none of them is.
        ("cars", "Did Zealand count more cars than Lower Orvik?", ["1,760", "1,180"]),
        ("cars", "How many cars were counted?", ["3,290 cars", "1,760", "1,180"]),
        ("trade", "How much was exported to Italy?", ["20 tonnes"]),
        # What stood before is of the same owner.
        ("price", "What did fuel cost in Norway before?", ["20 kroner a litre", "18 kroner"]),
    ],
)
def test_a_figure_of_another_owner_yields_to_the_one_named(
    name: str, question: str, kept: list[str]
) -> None:
    read = cards_of(name)
    ways = {text: nodes.leaf(card.figure) for text, card in read.items()}
    left = siblings.of_named(questions.parse(question), [*ways.values()], [*read.values()])
    assert [text for text, way in ways.items() if way in left] == kept
