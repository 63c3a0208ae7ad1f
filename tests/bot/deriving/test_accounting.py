"""Amounts of which a sentence tells what part something makes up."""

from __future__ import annotations

import pytest

from bot import derivation, nodes, questions
from bot.deriving import accounting
from ingest import articles, figures

DELAYS = (
    "Trains lost 2.4 million minutes to delays."
    " Signal faults accounted for 38% of the lost minutes."
)
POWER = "The station makes 182 GWh a year, and meltwater accounts for 21% of that."
BRIDGE = "The repair will cost £9.6 million. The council bears 35% of the cost."
RENT = "Rent rose to £900 a month. Some 60% of tenants are in arrears."


@pytest.mark.parametrize(
    ("text", "question", "amount", "share", "is_kept"),
    [
        (DELAYS, "How many minutes by signal faults?", "2.4 million minutes", "38%", False),
        (DELAYS, "How many minutes did trains lose?", "2.4 million minutes", "38%", True),
        (POWER, "GWh a year from meltwater", "182 GWh a year", "21%", False),
        (POWER, "What does the station make a year?", "182 GWh a year", "21%", True),
        (BRIDGE, "What does the council pay for the repair?", "£9.6 million", "35%", False),
        (BRIDGE, "What does the repair cost?", "£9.6 million", "35%", True),
        # The share is of something else.
        (RENT, "What rent do tenants in arrears pay?", "£900 a month", "60%", True),
    ],
)
def test_an_amount_yields_to_the_part_that_is_asked_for(
    text: str, question: str, amount: str, share: str, is_kept: bool
) -> None:
    article = articles.parse(f"News\n\n{text}\n".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    read = {article.text[c.figure.start : c.figure.end]: c.figure for c in cards}
    whole = nodes.leaf(read[amount])
    part = nodes.node_of("percent_of", (read[share], read[amount]))
    left = accounting.of_parts(questions.parse(question), [whole, part], cards)
    assert part in left
    assert (whole in left) is is_kept


LOAN = (
    "The two councils have budgeted €142 million for the repowering. The bank itself came to €150 "
    "million. It lends us 60 per cent of the councils' figure, not of its own."
)
FEE = "The firm billed €142 million, then €150 million. We paid 60 per cent of the lower sum."


@pytest.mark.parametrize(
    ("text", "are_kept"),
    [(LOAN, [True, False]), (FEE, [True, True])],
)
def test_a_share_is_of_the_amount_that_its_words_name(text: str, are_kept: list[bool]) -> None:
    article = articles.parse(f"News\n\n{text}\n".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    read = {article.text[c.figure.start : c.figure.end]: c.figure for c in cards}
    ways = [
        nodes.node_of("percent_of", (read[amount], read["60 per cent"]))
        for amount in ("€142 million", "€150 million")
    ]
    assert [way in accounting.of_named_wholes(ways, cards) for way in ways] == are_kept


@pytest.mark.parametrize(
    ("text", "question", "n"),
    [
        (LOAN, "How much money would the bank lend?", 1),
        (LOAN, "How much do windmills cost?", 0),
        (LOAN, "What share would the bank lend?", 0),
        (FEE, "How much did we pay?", 0),
    ],
)
def test_an_amount_by_the_words_of_its_share(text: str, question: str, n: int) -> None:
    article = articles.parse(f"News\n\n{text}\n".encode(), "news.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    found = list(accounting.ways(questions.parse(question), cards))
    assert [f.value for node in found for f in node.leaves[1:]] == [142_000_000] * n
