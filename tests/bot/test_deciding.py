"""Yes or no: from a number, two measures, a direction, a balance, or the words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot import deciding, derivation, holding, questions
from bot.calculation import identities
from bot.pages import Pages
from bot.tagging.tags import CLASSES, Chance, Tags
from ingest import articles, figures

TRADE = """Trade of Arcania

Exports of Arcania were 25 billion dollars in 2024, a rise of 8%.
Imports of Arcania were 19 billion dollars in 2024, a fall of 3%.
The finance minister did not resign. The harbour opened in May.
"""
CLINIC = """Clinic

The clinic treated 4,200 patients in 2023. More than 300 nurses work there.
Waiting times rose by 12%. Visitors are not allowed at night.
"""
ORLAND = """Trade of Orland, 2024

Orland's foreign trade grew by 12% to 448 billion crowns in 2024.
Exports rose by 10% to 220 billion crowns in 2024, and imports rose by 14%.
"""
FARMS = """Vinland's farms in 2024

Farm sales came to 300 million euros in 2024.
Grain sales came to 220 million euros in 2024. Fruit sales came to 80 million euros in 2024.
"""


def holds(text: str, question: str) -> str | None:
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    query = questions.parse(question)
    linker = derivation.linker_of(figures.find(article), known)
    search = derivation.Search(query, linker, identities(None))
    found = Pages(None).rank(question, known)
    decision = deciding.decide(query, search, known, found)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (TRADE, "Did exports exceed 20 billion dollars in 2024?", "yes"),
        (TRADE, "Did exports exceed 30 billion dollars in 2024?", "no"),
        (TRADE, "Were imports less than 20 billion dollars in 2024?", "yes"),
        (TRADE, "Were exports higher than imports in 2024?", "yes"),
        (TRADE, "Were imports higher than exports in 2024?", "no"),
        (TRADE, "Did imports grow more quickly than exports?", "no"),
        (TRADE, "Were exports a bigger part of trade than imports in 2024?", "yes"),
        (TRADE, "Did exports rise?", "yes"),
        (TRADE, "Did imports rise?", "no"),
        (TRADE, "Did imports fall in 2024?", "yes"),
        (TRADE, "Did Arcania sell more abroad than it bought in 2024?", "yes"),
        (TRADE, "Does Arcania export less than it imports?", "no"),
        (TRADE, "Did the finance minister resign?", "no"),
        (TRADE, "Did the harbour open in May?", "yes"),
        (CLINIC, "Did the clinic treat more than 4,000 patients?", "yes"),
        (CLINIC, "Did the clinic treat fewer than 4,000 patients?", "no"),
        (CLINIC, "Did waiting times fall?", "no"),
        (CLINIC, "Are visitors allowed at night?", "no"),
        (CLINIC, "Is the museum free on Sundays?", None),
        (TRADE, "Were exports a third higher than imports?", None),
        (
            TRADE,
            "The paper says 25 billion dollars and the bank 26 billion dollars: the same?",
            None,
        ),
        (ORLAND, "Did imports top 240 billion crowns in 2024?", "no"),
        (ORLAND, "Did imports grow quicker than exports?", "yes"),
        (ORLAND, "Is 12% for trade consistent with exports up 10% and imports up 14%?", "yes"),
        (FARMS, "Were grain sales a bigger part of farm sales than fruit sales?", "yes"),
        (FARMS, "Were fruit sales a larger share of farm sales than grain sales?", "no"),
        (CLINIC, "Will the clinic close next year?", None),
        (CLINIC, "Is the clinic short of nurses?", None),
    ],
)
def test_a_decision(text: str, question: str, told: str | None) -> None:
    assert holds(text, question) == told


@pytest.mark.parametrize(
    ("value", "own", "unit", "told"),
    [
        ("0.5", "1", "%", "50"),
        ("0.5", "1", "CNY", None),
        ("0.5", "1", "1", "0.5"),
        ("20", "1", "%", "20"),
        ("400", "1", "boat", "400"),
        ("2", "km", "m", "2000"),
        ("2", "km", "CNY", None),
    ],
)
def test_the_askers_number_in_a_unit(value: str, own: str, unit: str, told: str | None) -> None:
    found = holding.in_unit_of(questions.Assumed(value, Decimal(value), own), unit)
    assert found == (Decimal(told) if told else None)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (("0.85", "0.95"), ("0.95", "1.05"), "no"),
        (("0.95", "1.05"), ("0.85", "0.95"), "yes"),
        (("5", "5"), ("5", "5"), None),
        (("4", "6"), ("5", "7"), None),
        (("5", None), ("1", "5"), "yes"),
    ],
)
def test_ranges_that_touch(
    one: tuple[str, str | None], other: tuple[str, str | None], told: str | None
) -> None:
    mine, theirs = (tuple(Decimal(x) if x else None for x in side) for side in (one, other))
    assert deciding._holds(mine, theirs) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("nearly half", "Do warehouses make up nearly half?", "yes"),
        ("half", "Do warehouses make up half?", "no"),
        ("half", "Do warehouses make up more than half?", "no"),
        ("half", "Is that less than half?", "yes"),
    ],
)
def test_nearly_is_near(text: str, question: str, told: str) -> None:
    half = questions.Assumed("half", Decimal("0.5"), "1")
    low, high = Decimal("0.488"), Decimal("0.489")
    assert text in question
    assert holding.compare(question.lower(), half, half.value, low, high) == told


@pytest.mark.parametrize(
    ("value", "low", "high", "is_worth"),
    [
        ("0.5", "0.27", "0.28", True),
        ("0.25", "0.0139", "0.0140", False),
        ("2", "2.5", "2.6", True),
        ("0.1", "0.65", "0.66", False),
    ],
)
def test_a_share_that_one_would_ask_about(value: str, low: str, high: str, is_worth: bool) -> None:
    asked = holding.is_worth_asking(Decimal(value), Decimal(low), Decimal(high))
    assert asked is is_worth


@pytest.mark.parametrize(
    ("chances", "question", "told"),
    [
        ((0.99, 0.1), "Did electricity get dearer for the Arvid?", "no"),
        ((0.8, 0.1), "Did electricity get dearer for the Arvid?", None),
        ((0.99, 0.1), "Did things improve for the Arvid?", None),
        ((0.6, 0.8), "Is its linen taxed?", "no"),
        ((0.8, 0.4), "Is its linen taxed?", None),
    ],
)
def test_a_likely_line_in_other_words(
    chances: tuple[float, float], question: str, told: str | None
) -> None:
    text = """Hotel Arvid

The bill for power came to 96,000 crowns, a fifth less than a year earlier. No duty is due on it.
"""
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    found = Pages(None).rank(question, known)
    lines = sorted((f for f in found if f.line.kind != "heading"), key=lambda f: f.line.start)
    places = [(f.line.article_id, f.line.start) for f in lines]
    tags = Tags({}, dict(zip(places, chances, strict=True)), dict.fromkeys(CLASSES, 0.0))
    query = questions.parse(question)
    linker = derivation.linker_of(figures.find(article), known)
    search = derivation.Search(query, linker, identities(None), tags, known)
    decision = deciding.decide(query, search, known, found)
    assert (decision.holds if decision else None) == told


@pytest.mark.parametrize(
    ("chances", "told"),
    [((0.6, 0.05), "no"), ((0.05, 0.6), "yes"), ((0.05, 0.05), "no"), ((0.5, 0.4), "no")],
)
def test_a_line_whose_figures_are_unlikely_is_passed_over(
    chances: tuple[float, float], told: str
) -> None:
    text = """Rents in Arcania

Rents for flats fell 2% in May. Rents for offices in Arcania rose 3% in May.
"""
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    lines = [x for x in Pages(None).page(article).lines if x.kind != "heading"]
    held = figures.find(article)
    likely = {
        (f.article_id, f.start): Chance(chances[f.sentence.start != lines[0].start]) for f in held
    }
    places = {(x.article_id, x.start): chance for x, chance in zip(lines, (0.9, 0.8), strict=True)}
    tags = Tags(likely, places, dict.fromkeys(CLASSES, 0.0))
    query = questions.parse("Did rents rise in May?")
    search = derivation.Search(
        query, derivation.linker_of(held, known), identities(None), tags, known
    )
    decision = deciding.decide(query, search, known, Pages(None).rank(query.text, known))
    assert decision is not None
    assert decision.holds == told


RATES = """Rates

Trade of Arcania grew by 5% in 2024. Exports rose 8% and imports rose 2% in 2024.
Output grew by 9% in 2024.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is trade growth of 5% consistent with exports up 8% and imports up 2%?", "yes"),
        ("Are exports up 8% and imports up 2% compatible with growth of 5% in trade?", "yes"),
        ("Is growth of 9% consistent with exports up 8% and imports up 2%?", "no"),
    ],
)
def test_a_whole_grows_between_its_parts(question: str, told: str | None) -> None:
    assert holds(RATES, question) == told


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "The police counted 1,600 marchers. The union counted 2,500 marchers.",
            "Do the police and the union agree on how many marched?",
            "no",
        ),
        (
            "The police counted 2,500 marchers. The union counted about 2,500 marchers.",
            "Do the police and the union give the same number of marchers?",
            "yes",
        ),
        (
            "The police counted 1,600 marchers. The union paid €2,500.",
            "Do the police and the union agree on how many marched?",
            None,
        ),
        (
            "The police counted 1,600 marchers. The union counted 2,500 marchers.",
            "Were there more marchers than the union had hoped?",
            None,
        ),
    ],
)
def test_what_two_tell_of_one_thing(text: str, question: str, told: str | None) -> None:
    article = articles.parse(f"March\n\n{text}\n".encode(), "a.txt")
    known = {article.id: article}
    held = figures.find(article)
    tags = Tags(
        figures={(f.article_id, f.start): Chance(0.5, 0.0) for f in held},
        classes=dict.fromkeys(CLASSES, 0.01) | {"consistency": 0.8},
    )
    query = questions.parse(question)
    search = derivation.Search(
        query, derivation.linker_of(held, known), identities(None), tags, known
    )
    decision = deciding._as_told_twice(query, search, known)
    assert (decision.holds if decision else None) == told
