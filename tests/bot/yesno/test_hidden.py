"""Yes or no by the answer to a question that is hidden in another."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import hidden
from ingest import articles, figures

FARMS = """Vinland's farms in 2024

Farm sales came to 300 million euros in 2024.
Grain sales came to 220 million euros in 2024. Fruit sales came to 80 million euros in 2024.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did grain make up more than half of farm sales?", "yes"),
        ("Did fruit make up more than half of farm sales?", "no"),
        ("Did fruit make up more than a quarter of farm sales?", "yes"),
        ("Did grain make up more than 73.3% of farm sales?", "open"),
        ("Did farm sales rise?", None),
    ],
)
def test_a_share_that_is_hidden_is_held_against_the_number(question: str, told: str | None) -> None:
    article = articles.parse(FARMS.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = hidden.by_recast(questions.parse(question), again, known)
    holds = decision.holds if decision else None
    assert ("open" if decision and decision.is_open else holds) == told


HALL = "Flood in Oll\n\nIn the hall there are 870 camp beds; on Monday night 612 beds were taken.\n"
LIBRARY = "Oll library\n\nThe library owns 84,000 books. By now 21,000 books have been scanned.\n"


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (HALL, "Were over half the beds taken on Monday night?", "yes"),
        (HALL, "Were fewer than half of the beds taken on Monday night?", "no"),
        (HALL, "Were more than two in three of the beds taken?", "yes"),
        (LIBRARY, "Has most of the library been scanned?", "no"),
        (LIBRARY, "Have at least a fifth of the books been scanned?", "yes"),
        (LIBRARY, "Has every book been scanned?", None),
        (HALL, "Were the beds taken on Monday night?", None),
        (HALL, "Were one in fifty of the beds taken?", None),
    ],
)
def test_a_part_and_its_whole_are_held_against_a_portion(
    text: str, question: str, told: str | None
) -> None:
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    found = figures.find(article)
    tags = Tags({(f.article_id, f.start): Chance(0.6) for f in found}, classes={"text": 1.0})
    query = questions.parse(question)
    search = derivation.Search(query, derivation.linker_of(found, known), (), tags)
    decision = hidden.by_portion(query, search, known)
    assert (decision.holds if decision else None) == told


MILL = """Mill of Oll in 2024

Flour output rose by 6.5% in 2024. Bran output fell by 2.1% in 2024.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did flour output rise by between 5% and 8% in 2024?", "yes"),
        ("Did flour output rise by between 7% and 9% in 2024?", "no"),
        ("Did flour output fall by 6.5% in 2024?", "no"),
        ("Was bran output down more than 2% in 2024?", "yes"),
        ("Did bran output rise by 2.1% in 2024?", "no"),
    ],
)
def test_a_move_is_held_against_a_number_or_a_range(question: str, told: str | None) -> None:
    article = articles.parse(MILL.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = hidden.by_growth(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did flour output rise in 2024?", "yes"),
        ("Did bran output rise in 2024?", "no"),
        ("Did flour output rise because bran output fell?", None),
        ("Did flour output rise more than bran output?", None),
        ("Is there more flour in 2024?", None),
        ("Does the miller put the rise in flour output down to rain?", None),
    ],
)
def test_which_way_something_moved(question: str, told: str | None) -> None:
    article = articles.parse(MILL.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = hidden.by_sure_move(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told
