"""What a message says beside its question is left out; what it says of the matter stays."""

from __future__ import annotations

import pytest

from bot.asking import chatter


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("hi there! quick one: how many came? thanks :)", "how many came?"),
        ("I'm writing a piece on Chile. What was copper output in 2024, please?",
         "What was copper output in 2024?"),
        ("hello, im doing a school project on bees - how many hives are there? thx!!",
         "how many hives are there?"),
        ("For my thesis: rents in Drell, please, and what were they in 2023?",
         "rents in Drell, and what were they in 2023?"),
        ("births 2024 pls \N{PERSON WITH FOLDED HANDS}", "births 2024"),
        ("I need two numbers: rents and wages in 2024", "rents and wages in 2024"),
        ("Hi, I'm a student of economics. Can you please tell me how fast wages rose?",
         "how fast wages rose?"),
        ("sorry to bother you, but how tall is the tower", "how tall is the tower"),
        ("imports 2024? thanks in advance!", "imports 2024?"),
        ("How much did the study cost? It's for my report.", "How much did the study cost?"),
        ("what's the best? cheers", "what's the best?"),
        ("How many came, according to the article?", "How many came?"),
        ("Who won, as stated in the text?", "Who won?"),
        ("Based on these documents what share is rail", "what share is rail"),
        ("Going by the official data, how fast did rents rise?", "how fast did rents rise?"),
        ("Do the articles say how many came?", "how many came?"),
        ("is it reported anywhere who won?", "who won?"),
        ("I would like to know what rents were", "what rents were"),
        ("I can't find this: how tall is the tower?", "how tall is the tower?"),
        ("Calculate: what is left of the fund?", "what is left of the fund?"),
        ("Work out the average of births and deaths", "the average of births and deaths"),
        ("Q: who won?", "who won?"),
        ("3. who won?", "who won?"),
        ("- who won?", "who won?"),
        ("\N{LEFT DOUBLE QUOTATION MARK}Who won?\N{RIGHT DOUBLE QUOTATION MARK}", "Who won?"),
        ("How many came? Please show your working.", "How many came?"),
        ("How many came? Cite the source.", "How many came?"),
        ("How many came? Answer in one sentence.", "How many came?"),
        ("How many came, any idea?", "How many came?"),
    ],
)  # fmt: skip
def test_what_asks_nothing_is_left_out(message: str, asked: str) -> None:
    assert chatter.without(message) == asked


@pytest.mark.parametrize(
    "message",
    [
        "Thanks",
        "thank you very much",
        "What was the price for a school?",
        "How many people work for a university?",
        "The paper says 4.1 km and the firm 4 km. Is that the same figure?",
        "(1) How many came? (2) How many left?",
        "How much money goes to school and university?",
        "Did spending help?",
        "What is the figure for the report",
        "What did they pay for the paper?",
        "How many questions did they ask?",
        "Which of them is the best?",
        "What is this article about?",
        "Which reforms are mentioned in the article?",
        "What do the articles say on rents?",
        "Does the article say whether rents rose?",
        "How high is it according to both articles?",
        "2024: exports?",
        "Who said 'no'",
        "1. How many came? 2. How many left?",
        "What did the report cost?",
        "Did the firm show its calculations?",
    ],
)
def test_what_is_of_the_matter_stays(message: str) -> None:
    assert chatter.without(message) == message
