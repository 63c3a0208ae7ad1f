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
from ingest import embedding
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
