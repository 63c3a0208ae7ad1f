"""Which ways go first: differences are taken the right way round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import judging
from bot.chain import Bot
from bot.nodes import Node
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
        ((0.2, 0.7), (0, 0), False),
        ((0.2, 0.7), (1, 1), False),
    ],
)
def test_a_stated_figure_yields_to_a_result_that_is_much_likelier(
    chances: tuple[float, float], stated: tuple[int, int], is_contested: bool
) -> None:
    ways: list[judging.Way] = [
        (chance, {"stated": is_stated}, Node("1", 0.0))
        for chance, is_stated in zip(chances, stated, strict=True)
    ]
    first = max(ways, key=lambda way: way[0])
    assert judging.is_contested(ways[0], first) is is_contested


@pytest.mark.parametrize(
    ("text", "is_bound"),
    [
        ("Sales passed more than $1 billion in 2023; at the till it was $1.05 billion.", True),
        ("Nearly 500 people came in May; 486 people were counted in May.", True),
        ("Sales were more than $1 billion in 2023. Costs were $1.6 billion.", False),
        ("Sales were more than $1 billion in 2023. In 2022 they were $1.02 billion.", False),
        ("At least 300 ships called in 2023, and 290 ships left in 2023.", False),
        ("Sales were more than $1 billion. Costs were 1.05 billion euros.", False),
    ],
)
def test_a_bound_is_of_the_exact_figure_that_it_holds(text: str, is_bound: bool) -> None:
    found = figures.find(articles.parse(text.encode(), "a.txt"))
    hedged = next(f for f in found if f.comparator)
    exact = next(f for f in found if not f.comparator and f is not hedged)
    assert judging._bounds(hedged, exact) is is_bound
    assert not judging._bounds(exact, hedged)
