"""A message of several questions is split where each has a question word of its own."""

from __future__ import annotations

import pytest

from bot.asking import splitting


@pytest.mark.parametrize(
    ("message", "items"),
    [
        ("(1) How many came? (2) What did it cost?", ["How many came?", "What did it cost?"]),
        ("1. exports 2024\n2. imports 2024\n3. who said so", ["exports 2024", "imports 2024",
                                                             "who said so"]),
        ("a) rents b) wages", ["rents", "wages"]),
        ("Tavira: 1) cash 2) debt", ["Tavira: cash", "Tavira: debt"]),
        ("- births\n- deaths", ["births", "deaths"]),
        ("In 2. Bundesliga, who won?", ["In 2. Bundesliga, who won?"]),
        ("How many of (1) came?", ["How many of (1) came?"]),
    ],
)  # fmt: skip
def test_the_items_of_a_list(message: str, items: list[str]) -> None:
    assert splitting.items(message) == items


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("what imports were and by how much exports grew?",
         ["what imports were", "by how much exports grew?"]),
        ("When was it published and by whom?", ["When was it published", "by whom?"]),
        ("Where did it happen and when?", ["Where did it happen", "when?"]),
        ("How many work there & how many are women?",
         ["How many work there", "how many are women?"]),
        ("How many did it back, and with how much money?",
         ["How many did it back", "with how much money?"]),
        ("rents in Drell, and what were they in 2023?",
         ["rents in Drell", "what were they in 2023?"]),
        ("Coal tonnage? And gas?", ["Coal tonnage", "gas?"]),
        ("Who runs it and until when, and how old is she?",
         ["Who runs it", "until when", "how old is she?"]),
        ("The Mill, how tall is it and when was it built?",
         ["how tall is The Mill", "when was The Mill built?"]),
        # One question.
        ("How wide is the gap between what banks charge and what they pay?", None),
        ("For every euro of costs, how many euros of sales were there?", None),
        ("The paper says 4 km and the firm 5 km. Is that the same?", None),
        ("How big was it? official figures", None),
        ("Given sales and what they cost, how much was left?", None),
    ],
)  # fmt: skip
def test_the_questions_of_a_message(message: str, parts: list[str] | None) -> None:
    assert splitting.split(message) == (parts or [message])
