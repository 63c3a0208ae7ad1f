"""What an article calls the rest of a whole, whose size it leaves to the reader."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.deriving import leftovers
from bot.nodes import attempted
from ingest import articles, figures

TEXTS = {
    "wing": (
        "Calder Hospital\n\nThe wing costs £56.7 million, of which the ministry pays £45 million "
        "and the charity £2.7 million; the rest will be borrowed."
    ),
    "chips": (
        "Corvane Semiconductor\n\nRevenue was $2.18 billion in the first quarter. Net income "
        "reached $402 million.\n\nCar chips brought in $874 million. Products for data centres "
        "rose to $638 million from $327 million. Industrial sales were $412 million, and consumer "
        "goods made up the rest."
    ),
    "charity": (
        "Lantern House\n\nIncome rose to £32.5 million.\n\nLegacies were worth £11.2 million. The "
        "43 shops sold goods for £4.3 million. The rest came from events and raffles."
    ),
    "crime": (
        "Crime in Tarnmouth\n\nThe police counted 61,840 offences.\n\nThe centre saw 17,900 "
        "offences, the harbour 9,240 offences and Leeward 6,015 offences; the remaining cases were "
        "spread over small villages."
    ),
    "grain": (
        "Port of Esk\n\nThe port handled 18.7 million tonnes.\n\nWe unloaded 2.2 million tonnes of "
        "coal. Grain rose to 6.4 million tonnes. Of the grain, 4.6 million tonnes were loaded for "
        "export and the rest came in for the mills."
    ),
    "heart": (
        "St Alda Hospital\n\nIt has 1,120 beds.\n\nA new heart centre is to open in 2027. "
        "It costs 146 million euros. The state pays 95 million euros of that, a foundation 20 "
        "million euros, and St Alda the rest out of its own funds."
    ),
    "told": (
        "Port of Dar\n\nTransit came to 11.1 million tonnes, of which 4.6 million tonnes went to "
        "Zambia and 2.9 million tonnes to Rwanda; the rest, 3.6 million tonnes, went to Uganda."
    ),
}


@pytest.mark.parametrize(
    ("name", "question", "value"),
    [
        ("wing", "How much will be borrowed for the hospital's wing?", 9.0e6),
        ("wing", "How much does the ministry pay for the wing?", None),
        ("wing", "What share of the wing's costs will be borrowed?", None),
        ("chips", "How much did consumer goods bring in for Corvane?", 256e6),
        ("chips", "How much did industrial sales bring in for Corvane?", None),
        ("charity", "How much did Lantern House get from raffles?", 17.0e6),
        ("charity", "How much did Lantern House get from legacies?", None),
        ("crime", "How many offences were there in small villages of Tarnmouth?", None),
        ("grain", "How much grain came in for the mills of Esk?", None),
        ("heart", "How much of the heart centre must St Alda pay itself?", 31.0e6),
        ("heart", "How much of the heart centre does the state pay?", None),
        ("heart", "How much did St Alda earn with the heart centre?", None),
        ("told", "How much transit of Dar went to Uganda?", None),
    ],
)
def test_the_rest_by_its_name(name: str, question: str, value: float | None) -> None:
    article = articles.parse(f"{TEXTS[name]}\n".encode(), f"{name}.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    nodes = leftovers.ways(questions.parse(question), {article.id: article}, cards)
    results = [result for node in nodes if (result := attempted(node, {article.id: article}))]
    assert [float(r.calculations[r.result].value or 0) for r in results] == (
        [] if value is None else [value]
    )
