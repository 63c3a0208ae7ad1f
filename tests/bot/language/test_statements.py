"""A statement that is put as a question."""

from __future__ import annotations

import pytest

from bot import questions
from bot.language import statements


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("exports grew faster than imports, right?", "Did exports grew faster than imports?"),
        ("so imports were larger than exports?", "Were imports larger than exports?"),
        ("The port handled more than Bergen?", "Did The port handled more than Bergen?"),
        ("The rail firm has more staff now, correct?", "Did The rail firm has more staff now?"),
        ("Wheat is the main crop, isn't it?", "Is Wheat the main crop?"),
        ("Did wheat exports fall, or not?", "Did wheat exports fall?"),
        ("And wages rose in May?", "Did wages rose in May?"),
        ("My boss claims that wheat prices fell. Is he right?", "Did wheat prices fell?"),
        ("Someone told me the club is in debt, is that true?", "Is the club in debt?"),
        ("Is it true that the ferry carried more cars?", "Did the ferry carried more cars?"),
        ("The ministry says prices fell. Is it right?", "Did prices fell?"),
        ("I heard rents doubled in Arvik. Any truth in that?", "Did rents doubled in Arvik?"),
        ("Rye outran oats in 2024?", "Did Rye outran oats in 2024?"),
    ],
)
def test_a_statement_asks_whether_it_is_so(text: str, asked: str) -> None:
    assert statements.asked(text) == asked
    assert questions.parse(text).form == "yesno"


@pytest.mark.parametrize(
    "text",
    [
        "Veltra's net profit was?",
        "passengers handled in 2024?",
        "share of trains that were on time?",
        "beef exports 2024?",
        "more passengers than in 2023?",
        "is that right?",
        "In its last merger, did Brill save more than it had promised?",
        "Exports rose in May.",
        "What was the profit?",
        "I think exports matter",
        "They say what?",
        "Some say it cost 155 million, others 118 million. Who is right?",
        "I read the piece on Arvik. How many beds?",
    ],
)
def test_what_is_no_statement_stays_as_it_is(text: str) -> None:
    assert statements.asked(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("In its last merger, did Brill save more than it had promised?", "yesno"),
        ("Fares 766m, freight 292m - is the 38% consistent with that?", "yesno"),
        ("In 2024, how much did Brill save?", "figure"),
        ("How much did Brill earn, and how much did it lose?", "figure"),
    ],
)
def test_what_a_question_is_about_may_stand_before_it(text: str, form: str) -> None:
    assert questions.parse(text).form == form


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("any deaths at the plant in 2024?", "Were there any deaths at the plant in 2024?"),
        ("Any complaints about the new ferry?", "Were there any complaints about the new ferry?"),
        ("any idea why the plant closed?", "any idea why the plant closed?"),
        ("any figures on exports?", "any figures on exports?"),
        ("Any illness: how far was it below?", "Any illness: how far was it below?"),
    ],
)
def test_whether_there_were_any(text: str, asked: str) -> None:
    assert statements.asked(text) == asked


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Is it untrue that China's imports fell in 2024?", "Did China's imports fell in 2024?"),
        ("Would it be wrong to say the club made a profit?", "Did the club made a profit?"),
        ("Am I wrong in thinking that rye outran oats?", "Did rye outran oats?"),
        ("So it isn't true that fares rose by 5%?", "Did fares rose by 5%?"),
        ("Is the claim that the ferry sank false?", "Did the ferry sank?"),
        ("My boss says that output doubled. Is he mistaken?", "Did output doubled?"),
        ("The vaccine is banned, is that wrong?", "Is The vaccine banned?"),
    ],
)
def test_a_denied_claim_is_asked_by_what_it_denies(text: str, claim: str) -> None:
    asked = statements.asked(text)
    assert statements.denied(asked) == claim
    assert statements.asked(asked) == asked
    assert questions.parse(text).form == "yesno"


@pytest.mark.parametrize(
    "text",
    [
        "Is it true that prices fell?",
        "Is it not the case that prices fell?",
        "What is wrong with the bridge?",
        "Is it wrong to eat meat?",
        "Was the count wrong?",
        "Did the false alarm cost money?",
    ],
)
def test_what_denies_no_claim(text: str) -> None:
    assert statements.denied(statements.asked(text)) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Can we write that rents rose by 5%?", "Did rents rose by 5%?"),
        ("Is it fair to say wheat is the main crop?", "Is wheat the main crop?"),
        ("Would I be right to say that Spain beat Italy?", "Did Spain beat Italy?"),
    ],
)
def test_what_one_may_say_is_asked_to_be_so(text: str, asked: str) -> None:
    assert statements.asked(text) == asked
