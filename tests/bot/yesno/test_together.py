"""Several things taken together, held against a number or another thing."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.yesno import together
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "frame", "one", "other", "n_others"),
    [
        (
            "Do Birk and Dahl combined sell more than Egge (2024)?",
            "How much does it sell (2024)?", ("Birk", "Dahl"), ("Egge",), 0,
        ),
        (
            "Did Avon Farm generate more in 2024 than the other three farms put together?",
            "How much did it generate in 2024?", ("Avon Farm",), (), 3,
        ),
        (
            "Did Oll and Arn between them treat fewer patients than Ems in 2023?",
            "How many patients did it treat in 2023?", ("Oll", "Arn"), ("Ems",), 0,
        ),
        (
            "Birk plus Dahl - did they have over 20,000 employees?",
            "How many employees did it have?", ("Birk", "Dahl"), (), 0,
        ),
        (
            "Is the output of Birk and Dahl together above 400 tonnes?",
            "What is the output of it?", ("Birk", "Dahl"), (), 0,
        ),
    ],
)  # fmt: skip
def test_what_is_asked_of_each(
    question: str, frame: str, one: tuple[str, ...], other: tuple[str, ...], n_others: int
) -> None:
    asked = together.read(questions.parse(question))
    assert asked is not None
    assert (asked.frame, asked.one, asked.other, asked.n_others) == (frame, one, other, n_others)


@pytest.mark.parametrize(
    "question",
    [
        "Did Birk sell more bottles than Dahl?",
        "Do Birk and Dahl sell more than Egge?",
        "Did Birk and Dahl get together?",
        "Did Birk have over 20,000 employees?",
        "Did Avon generate more than the other farms put together?",
    ],
)
def test_nothing_is_taken_together(question: str) -> None:
    assert together.read(questions.parse(question)) is None


TOLD = {
    "birk.txt": "Birk in 2024\n\nRevenue came to 300 million euros in 2024.\n",
    "dahl.txt": "Dahl in 2024\n\nRevenue came to 220 million euros in 2024.\n",
    "egge.txt": "Egge in 2024\n\nRevenue came to 480 million euros in 2024.\n",
}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Was revenue of Birk and Dahl together above 500 million euros in 2024?", "yes"),
        ("Was revenue of Birk and Dahl together above 600 million euros in 2024?", "no"),
        ("Did Birk and Dahl combined make more revenue than Egge in 2024?", "yes"),
        ("Did Birk and Dahl combined make less revenue than Egge in 2024?", "no"),
        ("Did Birk make more revenue than Dahl and Egge put together in 2024?", "no"),
        ("Did Egge make more revenue in 2024 than the other two firms put together?", "no"),
        ("Did Egge make more revenue in 2024 than the other three firms put together?", None),
        ("Was revenue of Birk and Foss together above 500 million euros in 2024?", None),
    ],
)
def test_each_is_asked_of_its_own_article(question: str, told: str | None) -> None:
    known = {id: articles.parse(text.encode(), id) for id, text in TOLD.items()}

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        kept = {id: a for id, a in known.items() if within is None or id in within}
        found = [f for article in kept.values() for f in figures.find(article)]
        linker = derivation.linker_of(found, kept)
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = together.decide(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told


def test_a_number_in_odd_letters_counts_no_others() -> None:
    query = questions.parse("Did Avon Farm generate more than the other ſix farms put together?")
    asked = together.read(query)
    assert asked is None or asked.n_others == 0
