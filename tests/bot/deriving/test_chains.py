"""Ways of several steps over things that a question names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot import calculation, derivation, questions
from bot.derivation import Search
from bot.deriving import chains
from bot.nodes import attempted
from ingest import articles, figures

PORT = """Port of Esmere, 2024

Total traffic rose by 5% to 840,000 containers in 2024.
Transit traffic rose by 12% to 280,000 containers in 2024.
Coastal traffic rose by 2% to 204,000 containers in 2024.
"""
FARMS = """Vinland's farms in 2024

Grain sales grew by 10% to 220 million euros in 2024.
Fruit sales fell by 20% to 120 million euros in 2024.
Tool rental rose by 4% in 2024.
"""
LANDS = """Trade of Orland, 2024

Orland's foreign trade grew by 12% to 448 billion crowns in 2024.
Exports rose by 10% to 220 billion crowns in 2024, and imports rose by 14%.
"""
COASTS = """Trade of Varn, 2024

Varn's foreign trade grew by 5% to 630 billion crowns in 2024.
Exports rose by 10% to 440 billion crowns in 2024, and imports fell by 5%.
"""
MINES = """Mines of Karst, 2024

Copper revenue was 660 million euros ($726 million) in 2024.
Zinc revenue was 110 million euros in 2024.
"""
BANKS = """Banks of Karst, 2024

Deposits stood at 500 million euros ($600 million) in 2024.
"""


def searched(question: str, *texts: str) -> Search:
    told = {f"{i}.txt": articles.parse(text.encode(), f"{i}.txt") for i, text in enumerate(texts)}
    linker = derivation.linker_of([f for a in told.values() for f in figures.find(a)], told)
    query = questions.parse(question)
    return Search(query, linker, calculation.identities(None), None, told)


def found(question: str, *texts: str) -> float | None:
    """What the surest of the chains comes to."""
    search = searched(question, *texts)
    nodes = chains.ways(search.query, derivation.Named(search))
    made = [way for node in nodes if (way := attempted(node, search.articles))]
    value = made[0].calculations[made[0].result].value if made else None
    return None if value is None else round(float(value), 2)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (FARMS, "By what percentage did grain sales and fruit sales together grow in 2024?", -2.86),
        (FARMS, "combined growth of grain sales and fruit sales", -2.86),
        (FARMS, "combined growth of grain sales and tool rental", None),
        (FARMS, "combined growth of grain sales and fish sales", None),
        (FARMS, "By what percentage did grain sales grow in 2024?", None),
        (PORT, "Leaving transit traffic out, by what percentage did total traffic grow?", 1.82),
        (PORT, "How fast did total traffic other than transit and coastal traffic grow?", 1.71),
        (PORT, "How fast did total traffic other than that of the river ports grow?", None),
        (PORT, "By how many points did transit's share of total traffic rise?", 2.08),
        (PORT, "what share of the increase in total traffic was due to transit traffic", 75.0),
        (PORT, "Everything but transit and coastal traffic - how much total traffic was that?",
         356_000),
        (PORT, "If both keep growing as in 2024, what percentage of total traffic would transit "
         "traffic make up in 2025?", 35.56),
        (PORT, "growth gap transit traffic vs coastal traffic, percentage points", 10.0),
        (FARMS, "growth gap grain sales vs fruit sales, points", 30.0),
        (PORT, "growth gap transit traffic vs barge traffic, points", None),
        (LANDS, "Given that imports rose 14% in 2024, what were they in 2023?", 200e9),
        (LANDS, "Given that exports rose 10% in 2024, what were they in 2023?", None),
    ],
)  # fmt: skip
def test_what_a_chain_comes_to(text: str, question: str, expected: float | None) -> None:
    value = found(question, text)
    assert value == (None if expected is None else pytest.approx(expected, rel=1e-3, abs=0.05))


def test_an_amount_is_converted_at_the_rate_of_what_is_named() -> None:
    asked = "how many dollars is zinc revenue worth at the rate implied by {}?"
    assert found(asked.format("deposits"), MINES, BANKS) == 132e6
    assert found(asked.format("copper revenue"), MINES, BANKS) == 121e6


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How fast did rail freight grow?", ["growth"]),
        ("What share of the rise in rents was due to taxes?", ["growth", "share_of_change"]),
        ("What was the total of the fines in 2024?", []),
        ("How many percent of voters stayed at home?", []),
        ("Converted at the rate implied by the loan, how many euros is the fine?", []),
    ],
)
def test_what_a_question_asks_for(question: str, names: list[str]) -> None:
    assert [name for name, _ in chains.readings(question)] == names


@pytest.mark.parametrize(
    ("text", "question", "texts"),
    [
        (LANDS, "Is 12% for trade consistent with exports up 10% and imports up 14%?",
         {"consistent"}),
        (LANDS.replace("14%", "40%"), "Is 12% in line with exports up 10%, imports up 40%?",
         {"inconsistent"}),
        (PORT, "Is 5% for all consistent with transit up 12% and coastal up 2%?", set()),
        (LANDS, "Is 12% for trade consistent with exports up 10%?", set()),
    ],
)  # fmt: skip
def test_growth_of_a_whole_agrees_with_that_of_its_parts(
    text: str, question: str, texts: set[str]
) -> None:
    search = searched(question, text)
    made = [attempted(n, search.articles) for n in derivation.agreeing_growth(search)]
    assert {way.calculations[way.result].text for way in made if way} == texts


def test_a_level_has_not_grown_from_what_its_own_growth_says() -> None:
    search = searched("growth of transit traffic", PORT)
    thing = derivation.Named(search).things("transit traffic")[0]
    assert thing.before is not None
    assert thing.now.figure is not None and thing.now.figure.value == Decimal(280_000)
    assert attempted(derivation.step("growth", (thing.now, thing.before)), search.articles) is None


def answered(question: str, *texts: str) -> float | None:
    """What the surest way of all comes to that may be calculated."""
    search = searched(question, *texts)
    ways = sorted(search.answers(), key=lambda node: -node.score)
    made = next((way for node in ways if (way := attempted(node, search.articles))), None)
    if made is None:
        return None
    told = made.figures if made.is_stated else made.calculations
    return round(float(told[made.result].value or 0), 2)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (LANDS, "How much did exports contribute to the growth of trade?", 5.0),
        (LANDS, "What share of the growth of trade came from exports?", 41.67),
        (LANDS, "What percentage of trade were imports?", 50.89),
        (COASTS, "What was the trade surplus in 2023?", 200e9),
        (COASTS, "How large was the trade surplus a year earlier?", 200e9),
        (COASTS, "By how much did the trade surplus grow?", 50e9),
        (COASTS, "How fast did the trade surplus grow?", 25.0),
        (LANDS, "How much more were imports than exports?", 8e9),
        (LANDS, "What would trade be without exports?", 228e9),
        (PORT, "How much did transit traffic contribute to the growth of total traffic?", 3.75),
        (PORT, "How much of total traffic would be left without transit traffic?", 560_000),
        (PORT, "How many times larger is total traffic than transit traffic?", 3.0),
        (FARMS, "What do grain sales and fruit sales add up to?", 340e6),
    ],
)
def test_what_everyday_words_ask_for(text: str, question: str, expected: float | None) -> None:
    assert answered(question, text) == expected
