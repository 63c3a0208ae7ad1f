"""Each question of a message is made whole by those before it."""

from __future__ import annotations

import pytest

from bot import questions


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("When were the figures published and by whom?",
         ["When were the figures published", "by whom were the figures published?"]),
        ("Did sales grow, and by how much?", ["Did sales grow", "by how much did sales grow?"]),
        ("What did rye come to in dollars, and what share of grain was that?",
         ["What did rye come to in dollars", "what share of grain was rye?"]),
        ("What did fuel cost, what did staff cost, and how many people work there?",
         ["What did fuel cost", "what did staff cost", "how many people work?"]),
        ("Who runs the mill and how old is she?",
         ["Who runs the mill", "how old is the person who runs the mill?"]),
        ("Who is the director and what is her salary?",
         ["Who is the director", "what is the director’s salary?"]),
        ("When did the lights go out and when were they back?",
         ["When did the lights go out", "when were the lights back?"]),
        ("what rents were and how fast wages grew", ["what were rents", "how fast wages grew"]),
        ("What were sales in Q2 and Q3, and which was higher?",
         ["What were sales in Q2", "What were sales in Q3",
          "which was higher: Q2 or Q3 (sales in Q3)?"]),
        ("What was the population in 2011 and 2023, and by how much did it grow?",
         ["What was the population in 2011", "What was the population in 2023",
          "by how much did the population grow between 2011 and 2023?"]),
        ("Who's in charge of the mill and what does she earn?",
         ["Who's in charge of the mill", "what does the person in charge of the mill earn?"]),
        ("hwo many came in 22/23 and wich clubs won?",
         ["how many came in 2022/23", "which clubs won in 2022/23?"]),
        ("(1) How many did Tavira fly? (2) average fare (3) load factor",
         ["How many did Tavira fly?", "average fare (Tavira)?", "load factor (Tavira)?"]),
        ("Tarrant revenue and profit 2024 and 2023",
         ["Tarrant revenue 2024", "Tarrant profit 2024", "Tarrant revenue 2023",
          "Tarrant profit 2023"]),
        ("What did the mill earn, and who says so?",
         ["What did the mill earn", "who reported what the mill earned?"]),
        ("How many came in 2024, please, and how many the year before?",
         ["How many came in 2024", "How many came in 2023?"]),
    ],
)  # fmt: skip
def test_parts_are_whole(message: str, parts: list[str]) -> None:
    assert [part.text for part in questions.parse(message).subquestions] == parts


def test_the_first_part_follows_the_conversation() -> None:
    query = questions.parse(
        "What were they in 2023, and why?", [questions.Turn("What were rents in 2024?")]
    )
    assert query.subquestions[0].text == "What were rents in 2023?"
