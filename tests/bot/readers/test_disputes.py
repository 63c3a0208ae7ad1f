"""How far apart two tellings of one thing are, of which one is somebody's first."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.asking import disputed
from bot.derivation import Search
from bot.nodes import attempted, leaf
from bot.readers import disputes
from ingest import articles, figures

FIRST = (
    "Budget of Velm\nVelm Herald, 4 March 2024\n\n"
    "Minister Ada Roth told parliament that the deficit would be €60 million in 2024."
)
OUTCOME = (
    "Velm closes its books\nVelm Herald, 9 June 2025\n\nThe deficit came to €71 million in 2024."
)


@pytest.mark.parametrize(
    ("who", "texts", "values"),
    [
        ("Roth", (FIRST, OUTCOME), [60_000_000, 71_000_000]),
        ("Mallory", (FIRST, OUTCOME), []),
        ("Roth", (OUTCOME,), []),
    ],
)
def test_what_somebody_first_told_and_what_came_of_it(
    who: str, texts: tuple[str, ...], values: list[int]
) -> None:
    read = [articles.parse(text.encode(), f"{i}.md") for i, text in enumerate(texts)]
    by_id = {article.id: article for article in read}
    told = [figure for article in read for figure in figures.find(article)]
    asked = disputed.gap(f"By how much did the deficit overshoot what {who} first told parliament?")
    assert asked is not None
    query = questions.parse(asked.plain)
    ways = [made for figure in told if (made := attempted(leaf(figure), by_id))]
    search = Search(query, derivation.linker_of(told, by_id), (), articles=by_id)
    assert [f.value for f in disputes.apart(asked, query, ways, search)] == values
