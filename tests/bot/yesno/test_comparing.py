"""Yes or no by figures, wherever they stand."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.tagging.tags import CLASSES, Chance, Tags
from bot.yesno import comparing
from ingest import articles, figures
from tests.bot.yesno.test_deciding import holds

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
    decision = comparing.as_told_twice(query, search, known)
    assert (decision.holds if decision else None) == told


@pytest.mark.parametrize(
    ("south", "told"),
    [("40", "yes"), ("35", "no"), ("20", None)],
)
def test_parts_that_miss_their_whole_by_much_are_likely_not_all(
    south: str, told: str | None
) -> None:
    text = (
        "Halden\n\nRevenue was €100 million in 2024. Revenue in the north was €60 million in 2024. "
        f"Revenue in the south was €{south} million in 2024.\n"
    )
    article = articles.parse(text.encode(), "a.txt")
    known, held = {article.id: article}, figures.find(article)
    tags = Tags(
        figures={(f.article_id, f.start): Chance(0.9, 0.1) for f in held},
        classes=dict.fromkeys(CLASSES, 0.01) | {"consistency": 0.95},
    )
    query = questions.parse("Do north and south add up to the revenue of 2024?")
    linker = derivation.linker_of(held, known)
    search = derivation.Search(query, linker, identities(None), tags, known)
    decision = comparing.agreeing(query, search, known)
    assert (decision.holds if decision else None) == told
