"""From what is asked back to figures, with hand-made evidence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from bot import calculation, derivation, questions
from bot.derivation import Derivation
from bot.readers.extractive import ExtractiveReader
from bot.retrieval import Evidence
from ingest import Article, Figure, Span, articles, figures

TEXT = """The trade of Arcania in 2024

Foreign trade of Arcania came to 40 billion dollars in 2024, up 5% from a year earlier.
Exports were 25 billion dollars in 2024, a rise of 25%.
Tourism employed 12,000 people.
"""
TOLD: list[dict[str, Any]] = [
    {"text": "40 billion dollars", "value": "40e9", "measure": "foreign trade", "period": "2024"},
    {"text": "5%", "unit": "%", "kind": "change", "measure": "foreign trade", "period": "2024"},
    {"text": "25 billion dollars", "value": "25e9", "measure": "exports", "period": "2024"},
    {"text": "25%", "unit": "%", "kind": "change", "measure": "exports", "period": "2024"},
    {"text": "12,000 people", "value": "12000", "unit": "person", "kind": "count",
     "measure": "tourism employees"},
]  # fmt: skip


def article() -> Article:
    return articles.parse(TEXT.encode(), "arcania.txt")


def figure(source: Article, told: Mapping[str, Any]) -> Figure:
    start = source.text.index(told["text"])
    line = source.text.rindex("\n", 0, start) + 1
    value = Decimal(told.get("value", told["text"].rstrip("%")))
    half = Decimal("0.5") if told.get("unit") == "%" else value / 100
    return Figure(
        article_id=source.id,
        start=start,
        end=start + len(told["text"]),
        value=value,
        low=value - half,
        high=value + half,
        unit=told.get("unit", "USD"),
        kind=told.get("kind", "level"),
        comparator=None,
        direction="up" if told.get("kind") == "change" else None,
        precision=half * 2,
        sentence=Span(line, source.text.index("\n", start)),
        quantity=start,
        measure=told["measure"],
        entity="Arcania",
        period=told.get("period"),
    )


def evidence() -> Evidence:
    source = article()
    return Evidence((), {source.id: source}, (), tuple(figure(source, told) for told in TOLD))


def best(text: str) -> Derivation:
    held = evidence()
    query = questions.parse(text)
    return derivation.derive(query, held.figures, held.articles, calculation.identities())[0]


def operations(found: Derivation) -> list[str]:
    return [step.operation for step in found.steps]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("What were exports in 2024?", "25e9"),
        ("foreign trade 2024?", "40e9"),
        ("How fast did exports rise?", "25"),
        ("How many people work in tourism?", "12000"),
    ],
)
def test_a_stated_figure_is_found(text: str, value: str) -> None:
    found = best(text)
    assert found.is_stated
    assert found.figures[found.result].value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("What were imports in 2024?", ["residual"]),
        ("What share of foreign trade were exports?", ["share"]),
        ("What were exports in 2023?", ["before_growth"]),
        ("What is the difference between foreign trade and exports in 2024?", ["difference"]),
        ("If exports grow by another 10%, what will they be?", ["projection"]),
        ("How many times larger was foreign trade than exports?", ["ratio"]),
    ],
)
def test_a_value_is_derived(text: str, steps: list[str]) -> None:
    assert operations(best(text)) == steps


def test_the_reader_says_a_derived_value_with_its_sources() -> None:
    draft = ExtractiveReader().read(questions.parse("What were imports in 2024?"), evidence())
    assert draft.status == "answered"
    assert "{c1}" in draft.sentences[0].text
    assert len(draft.sources) == 2


def test_the_reader_declines_what_it_cannot_find() -> None:
    query = questions.parse("How many penguins live in Antarctica?")
    assert ExtractiveReader().read(query, evidence()).status == "abstained"


def test_a_result_is_compared_with_a_figure_that_it_rests_on() -> None:
    assert operations(best("How large was the trade surplus?")) == ["residual", "difference"]
    assert operations(best("What share of foreign trade were imports?")) == ["residual", "share"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What were exports in 1987?", "The articles do not say anything about 1987."),
        ("What did Zubrovia export in 2024?", "The articles do not mention Zubrovia."),
        (
            "How many people work in tourism in 1987?",
            "The articles do not say anything about 1987.",
        ),
    ],
)
def test_what_is_missing_is_named(text: str, told: str) -> None:
    draft = ExtractiveReader().read(questions.parse(text), evidence())
    assert draft.status == "abstained"
    assert [sentence.text for sentence in draft.sentences] == [told]


def test_a_figure_of_untold_period_answers_where_no_year_is_asked_for() -> None:
    draft = ExtractiveReader().read(questions.parse("How many people work in tourism?"), evidence())
    assert draft.status == "answered"


@pytest.mark.parametrize(
    ("operation", "question", "given"),
    [
        ("projection", "If exports grow by 5%, what will they be?", ("5%",)),
        ("projection", "If exports grow by 5% for two more years?", ("5%", "5%")),
        ("projection", "Where will exports be next year?", ()),
        ("rank", "Where does Borg rank from the lowest?", ("min",)),
        ("rank", "Where does Borg rank?", ()),
        ("count", "How many harbours are named?", ("harbour",)),
        ("sum", "How many boats together?", ()),
    ],
)
def test_what_a_question_gives_an_operation(
    operation: str, question: str, given: tuple[str, ...]
) -> None:
    assert derivation.parameters_of(operation, questions.parse(question)) == given


def found_in(text: str, question: str) -> list[str]:
    source = articles.parse(text.encode(), "a.txt")
    held = figures.find(source)
    known = calculation.identities(None)
    ways = derivation.derive(questions.parse(question), held, {source.id: source}, known)
    return [f"{w.calculations[w.result].value:f}" for w in ways if not w.is_stated]


_FARMS = (
    "Farm trade\n\nFarm exports came to $52 billion in 2024. Farm imports came to $39 billion in"
    " 2024. Steel exports came to $9 billion in 2024.\n"
)
_SHOP = (
    "The shop in 2024\n\nHat sales came to 900 euros in 2024, a rise of 20%. Felt hat sales came to"
    " 240 euros in 2024, a rise of 50%. Straw hat sales came to 300 euros in 2024.\n"
)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        (_FARMS, "How large was the farm trade surplus in 2024?", "13000000000"),
        (_SHOP, "What were hat sales less felt hats and straw hats in 2024?", None),
        (_SHOP, "If you take felt hat sales and straw hat sales out of hat sales, how many euros"
         " are left?", "360"),
        (_FARMS, "What were net imports of farm goods in 2024?", None),
        (_FARMS, "What were net farm exports in 2024?", "13000000000"),
        (_FARMS, "How large was the steel trade surplus in 2024?", None),
    ],
)  # fmt: skip
def test_a_narrower_balance_and_what_several_leave(
    text: str, question: str, value: str | None
) -> None:
    ways = found_in(text, question)
    if value is None:
        assert "13000000000" not in ways and "43000000000" not in ways
    else:
        assert value in ways


def test_a_share_of_growth_is_of_amounts() -> None:
    question = "What share of the increase in hat sales is due to the increase in felt hat sales?"
    assert any(value.startswith("53.3") for value in found_in(_SHOP, question))
