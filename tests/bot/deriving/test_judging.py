"""Which ways go first: differences are taken the right way round."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import nodes, questions
from bot.chain import Bot
from bot.derivation import linker_of
from bot.deriving import judging
from bot.nodes import Node, leaf
from bot.settings import Settings
from ingest import articles, embedding, figures
from ingest.index import Index

VOTES = """The recount in Harwick

The yes side had 1,240 votes at the first count and 1,275 votes at the recount.

By budget, the plays of the summer were led by two:

## Scene Zero

Budget: £40,000.

## The Long Pier

Budget: £65,000.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    corpus: Path = tmp_path_factory.mktemp("votes")
    (corpus / "votes.md").write_text(VOTES, encoding="utf-8")
    settings, embed = Settings(corpus=corpus), embedding.load()
    with Index.open(settings.index_folder, corpus=corpus, embedding=embed) as index:
        index.sync(corpus)
    with closing(Bot.open(settings, embed)) as found:
        yield found


def test_a_difference_is_not_below_zero(bot: Bot) -> None:
    answer = bot.ask("How big is the gap between the first count and the recount of the yes side?")
    assert answer.status == "answered"
    assert "35 votes" in answer.text and "−" not in answer.text


def test_a_result_stands_without_a_name_that_holds_a_number(bot: Bot) -> None:
    answer = bot.ask("By how many pounds does the budget of The Long Pier exceed Scene Zero's?")
    assert answer.status == "answered" and "£25,000" in answer.text


@pytest.mark.parametrize(
    ("chances", "stated", "is_contested"),
    [
        ((0.2, 0.7), (1, 0), True),
        ((0.2, 0.5), (1, 0), False),
        ((0.65, 0.3), (1, 0), False),
        ((0.2, 0.7), (0, 0), True),
        ((0.2, 0.5), (0, 0), False),
        ((0.2, 0.7), (1, 1), False),
    ],
)
def test_what_the_rules_are_sure_of_yields_to_a_result_that_is_much_likelier(
    chances: tuple[float, float], stated: tuple[int, int], is_contested: bool
) -> None:
    ways: list[judging.Way] = [
        (chance, {"stated": is_stated}, Node("1", 0.0))
        for chance, is_stated in zip(chances, stated, strict=True)
    ]
    first = max(ways, key=lambda way: way[0])
    assert judging.is_contested(ways[0], first) is is_contested


def test_what_is_called_by_name_does_not_yield() -> None:
    first: judging.Way = (0.7, {"stated": 0.0, "rule": 0.3}, Node("1", 0.0))
    for rule, yields in ((0.9, False), (0.7, True)):
        surest: judging.Way = (0.2, {"stated": 0.0, "rule": rule}, Node("1", 0.0))
        assert judging.is_contested(surest, first) is yields


@pytest.mark.parametrize(
    ("asked", "period", "least", "most"),
    [
        # Of what is asked for two times, one figure tells one.
        ("What did the mill yield, 2025 and 2024?", "2024", 1.0, 1.0),
        ("What did the mill yield in 2024?", "2024", 1.0, 1.0),
        ("What did the mill yield, 2025 and 2024?", "2021", 0.0, 0.2),
        ("What did the mill yield in 2023?", "2024", 0.0, 0.2),
    ],
)
def test_a_stated_figure_is_of_one_time(asked: str, period: str, least: float, most: float) -> None:
    article = articles.parse(f"The mill yielded 40 tonnes in {period}.".encode(), "mill.txt")
    (told,) = figures.find(article)
    assert least <= judging.period_fit(questions.parse(asked), leaf(told)) <= most


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("What was the mill's yield in 2024?", 1.0, 1.0),
        ("What was the mill's yield before the growth of 2025?", 0.6, 1.0),
        ("What was the mill's yield in 2022?", 0.0, 0.2),
    ],
)
def test_what_was_before_a_change_is_of_no_earlier_time(
    asked: str, least: float, most: float
) -> None:
    article = articles.parse(b"The mill yielded 40 tonnes in 2025, up 25%.", "mill.txt")
    level, change = figures.find(article)
    node = nodes.node_of("before_growth", (level, change))
    query = replace(questions.parse(asked), operation="before_growth")
    assert least <= judging.period_fit(query, node) <= most


@pytest.mark.parametrize(
    ("asked", "text", "operation", "least", "most"),
    [
        ("How many went to the fair in 2024?", "2024-07", "before_growth", 0.0, 0.2),
        ("What did a barn cost in spring 2024?", "2024-Q2", "before_growth", 0.0, 0.2),
        ("How many went to the fair in 2023?", "2024-07", "before_growth", 0.5, 1.0),
        ("How many went in June 2024?", "2024-07", "before_growth", 0.5, 1.0),
        ("What will the fair take in 2024?", "2024", "projection", 0.0, 0.2),
        ("What will the fair take in 2025?", "2024", "projection", 0.75, 1.0),
    ],
)
def test_a_figure_of_the_time_that_is_asked_for_is_not_reckoned_on(
    asked: str, text: str, operation: str, least: float, most: float
) -> None:
    article = articles.parse(b"The fair had 40 guests, up 25%.", "fair.txt")
    level, change = (replace(f, period=text) for f in figures.find(article))
    node = nodes.node_of(operation, (level, change))
    query = replace(questions.parse(asked), operation=None)
    assert least <= judging.period_fit(query, node) <= most


@pytest.mark.parametrize(
    ("rule", "likelihood", "chance", "is_as_if", "is_sure"),
    [
        (0.8, -0.5, 0.2, False, True),
        # The question looks like one for what follows from others, but the figure is pointed at.
        (0.8, -2.0, 0.7, True, True),
        (0.8, -2.0, 0.1, True, False),
        (0.8, -2.0, 0.7, False, False),
        (0.5, -0.5, 0.9, True, False),
    ],
)
def test_rules_are_sure_of_what_is_pointed_at(
    rule: float, likelihood: float, chance: float, is_as_if: bool, is_sure: bool
) -> None:
    measured = {
        "stated": 1.0,
        "class": 0.0,
        "rule": rule,
        "likelihood": likelihood,
        "weakest": math.log(chance) / 3,
    }
    assert judging._is_sure(questions.parse("What is it?"), measured, is_as_if) == is_sure


@pytest.mark.parametrize(
    ("asked", "text", "least", "most"),
    [
        ("2024", "The mill grew in 2025. Its loss was 4 million euros.", 0.0, 0.6),
        ("2025", "The mill grew in 2025. Its loss was 4 million euros.", 0.7, 1.0),
        ("2024", "The mill is old. Its loss was 4 million euros.", 0.7, 1.0),
    ],
)
def test_a_figure_of_untold_time_beside_other_years(
    asked: str, text: str, least: float, most: float
) -> None:
    article = articles.parse(text.encode(), "mill.txt")
    told = replace(figures.find(article)[-1], period=None)
    linker = linker_of([told], {article.id: article})
    query = questions.parse(f"What was the loss of the mill in {asked}?")
    assert least <= judging.other_time(query, told, linker) <= most


MONTHLY = """Steel in {month}

Output was 900 tonnes in {month}. Exports were 500 tonnes in {month} and imports 300 tonnes.
Stocks rose by 20 tonnes in {month}.
Rebar stood at 600 euros a tonne.
"""


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("What did rebar cost in May 2024?", 0.9, 1.0),
        ("What did rebar cost in June 2024?", 0.0, 0.5),
        ("What did rebar cost in May?", 1.0, 1.0),
        ("What did rebar cost between April and May 2024?", 0.6, 1.0),
        ("What did rebar cost?", 1.0, 1.0),
    ],
)
def test_a_figure_of_untold_time_is_of_its_articles(asked: str, least: float, most: float) -> None:
    article = articles.parse(MONTHLY.format(month="May 2024").encode(), "steel.txt")
    read = figures.find(article)
    told = [*read[:-1], replace(read[-1], period=None)]
    linker = linker_of(told, {article.id: article})
    query, way = questions.parse(asked), leaf(told[-1])
    fit = min(judging.period_fit(query, way, linker), judging.other_time(query, told[-1], linker))
    assert least <= fit <= most


@pytest.mark.parametrize(
    ("asked", "periods", "least", "most"),
    [
        ("How much did it fall between May and June 2024?", ("2024-06", "2024-05"), 0.95, 1.0),
        ("How much did it fall between May and June 2024?", ("2024-06", "2023-06"), 0.0, 0.6),
        ("How much did it fall between May and June 2024?", ("2024-05", None), 0.7, 0.8),
    ],
)
def test_what_was_between_two_times_is_of_both(
    asked: str, periods: tuple[str, str | None], least: float, most: float
) -> None:
    article = articles.parse(b"It was 40 tonnes. It was 30 tonnes.", "mill.txt")
    pair = [replace(f, period=p) for f, p in zip(figures.find(article), periods, strict=True)]
    node = nodes.node_of("difference", pair)
    assert least <= judging.period_fit(questions.parse(asked), node) <= most


def test_a_row_of_years_is_of_the_time_between_two() -> None:
    article = articles.parse(b"The front fell back by 450 metres.", "ice.txt")
    told = replace(figures.find(article)[0], period="2005/2015", kind="level")
    query = questions.parse("How far did the front fall back between 2005 and 2015?")
    assert judging.period_fit(query, leaf(told)) == 1.0


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("What did the mill yield in 2024?", 0.0, 0.2),
        ("What did the mill yield in 2023 and 2024?", 0.4, 1.0),
    ],
)
def test_a_sum_holds_nothing_of_another_time(asked: str, least: float, most: float) -> None:
    article = articles.parse(b"It was 40 tonnes. It was 30 tonnes.", "mill.txt")
    told = zip(figures.find(article), ("2024", "2023"), strict=True)
    node = nodes.node_of("sum", [replace(f, period=period) for f, period in told])
    assert least <= judging.period_fit(questions.parse(asked), node) <= most
