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
    "dyke": (
        "The dyke of Arnhold\n\nRain fell for 72 hours along 12 km of it. Mending it will cost "
        "€60 million. The state will bear 70% of this sum and the province 20%; the parishes must "
        "find the rest."
    ),
    "club": (
        "Rowing club of Tarn\n\nWhat will the new boathouse cost?\n\n€420,000. The county pays "
        "45%, the town €110,000, and the rest comes from sponsors."
    ),
    "trial": (
        "Heart drug of Averil\n\nThe trial cost $310 million, of which the Halden Foundation paid "
        "$124 million and Averil the rest."
    ),
    "ages": (
        "Census of Marro\n\nThere are 1,200,000 people.\n\n- Women number 612,400.\n- Children "
        "under 15 make up 16.4% of residents and people aged 15 to 64 make up 63.1%; the others "
        "are 65 or older.\n- Of all dwellings, 58% are houses and 37% are flats; boats and tents "
        "account for the rest."
    ),
    "freight": (
        "Trade of Slovia\n\nLorries carried 71% of the value of exports and ships 17%; the rest "
        "went by rail."
    ),
    "court": (
        "Trial at Lind\n\nCosts of the trial, 415,000 francs, fall to the convicted, three "
        "quarters to Stahl, the rest to the bookkeeper."
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
        ("wing", "What share of the wing's costs will be borrowed?", 15.873015873),
        ("chips", "How much did consumer goods bring in for Corvane?", 256e6),
        ("chips", "How much did industrial sales bring in for Corvane?", None),
        ("charity", "How much did Lantern House get from raffles?", 17.0e6),
        ("charity", "How much did Lantern House get from legacies?", None),
        ("crime", "How many offences were there in small villages of Tarnmouth?", None),
        ("grain", "How much grain came in for the mills of Esk?", None),
        ("heart", "How much of the heart centre must St Alda pay itself?", 31.0e6),
        ("heart", "How much of the heart centre does the state pay?", None),
        ("heart", "How much did St Alda earn with the heart centre?", None),
        ("dyke", "How much must the parishes of Arnhold find for the dyke?", 6.0e6),
        ("dyke", "What share of the dyke falls to the parishes?", 10),
        ("dyke", "How much does the province pay for the dyke?", None),
        ("dyke", "What share does the state bear?", None),
        ("club", "How much of the boathouse is to come from sponsors?", 121e3),
        ("club", "How much does the town pay for the boathouse?", None),
        ("trial", "How much did Averil itself pay for the trial?", 186e6),
        ("trial", "What share of the trial's cost did Averil bear?", 60),
        ("trial", "What share of the cost did the Halden Foundation bear?", None),
        ("ages", "What share of the people of Marro are 65 or over?", 20.5),
        ("ages", "What share of the people are under 15?", None),
        ("ages", "What percentage of dwellings are boats and tents?", 5),
        ("ages", "What percentage of dwellings are flats?", None),
        ("freight", "What share of exports went by rail?", 12),
        ("freight", "What share of imports went by rail?", None),
        ("court", "What fine did the bookkeeper get, and how much was it?", None),
        ("told", "How much transit of Dar went to Uganda?", None),
    ],
)
def test_the_rest_by_its_name(name: str, question: str, value: float | None) -> None:
    article = articles.parse(f"{TEXTS[name]}\n".encode(), f"{name}.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    nodes = leftovers.ways(questions.parse(question), {article.id: article}, cards)
    results = [result for node in nodes if (result := attempted(node, {article.id: article}))]
    assert [pytest.approx(float(r.calculations[r.result].value or 0)) for r in results] == (
        [] if value is None else [value]
    )
