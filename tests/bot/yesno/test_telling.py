"""What a sentence tells of a yes/no question, and what it does not."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence.pages import Pages
from bot.language import terms
from bot.yesno import telling
from ingest import articles


def told(question: str, text: str, heading: str = "Notes") -> str | None:
    """What the last line of a text tells."""
    article = articles.parse(f"{heading}\n\n{text}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    return telling.told(questions.parse(question), line)


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Did the harbour open in May?", "The harbour opened in May.", "yes"),
        ("Did the harbour close in May?", "The harbour opened in May.", "no"),
        ("Did book sales rise?", "Book sales fell by 2.1%.", "no"),
        ("Are visitors allowed at night?", "Visitors are not allowed at night.", "no"),
        ("Has a sequel to the film been announced?", "No sequel to the film is announced.", "no"),
        ("Is the vaccine approved?", "The agency approved the vaccine in June.", "yes"),
        ("Is the vaccine approved?", "The vaccine was tested on 300 adults.", None),
        ("will it rain in beijing", "The ministry in Beijing published the figures.", None),
        ("Will the tower open in 2030?", "The tower opened in 1930.", None),
        ("Will the tower reopen in 2030?", "The tower will reopen in 2030.", "yes"),
        ("Will the tower reopen in 2030?", "The tower is expected to reopen in 2030.", "yes"),
        ("Will the tower reopen in 2031?", "The tower will reopen in 2030.", None),
        ("Did 300 nurses strike?", "On Monday 300 nurses went on strike.", "yes"),
        ("Did 400 nurses strike?", "On Monday 300 nurses went on strike.", None),
        ("Did the police answer every call in time?", "The police answered 88% of calls in time.",
         "no"),
        ("Did the police answer every call in time?", "The police answered calls in time.", None),
        ("Are all rooms heated?", "All rooms are heated.", "yes"),
        ("Was the first game a success?", "Q: Was your first game a success", None),
        ("Is the party out of parliament?", "Parliament meets on 7 October.", None),
        ("Do you have to pay for the bus?", "The bus is free.", "no"),
        ("Did half of the nurses strike?", "The nurses went on strike.", None),
        ("Did half of the nurses strike?", "Half of the nurses went on strike.", "yes"),
        ("Did a third of the nurses strike?", "The nurses went on strike.", None),
        ("Do cars pay a toll?", "The mayor proposes that cars pay a toll of €2.", None),
        ("Would cars pay a toll?", "The mayor proposes that cars pay a toll of €2.", "yes"),
        ("Did revenue disappoint analysts?", "Revenue was far above what analysts expected.",
         None),
        ("Is the tower older than the bridge?", "The tower and the bridge are old.", None),
        ("Did the minister resign?", "The minister did not resign.", "no"),
        ("Is Ardo the biggest dairy?", "Ardo is the second biggest dairy.", "no"),
        ("Does wind cover the demand?", "Wind covers only a part of the demand.", None),
        ("Is Ember a TV drama?", "Ember is a game. Similarly, Road to Kell, a TV drama, sold well.",
         None),
        ("Is Kell a TV drama?", "Ember is a game. Similarly, Road to Kell, a TV drama, sold well.",
         "yes"),
    ],
)  # fmt: skip
def test_what_a_sentence_tells(question: str, sentence: str, holds: str | None) -> None:
    assert told(question, sentence) == holds


@pytest.mark.parametrize(
    ("question", "sentence", "is_denied"),
    [
        ("Does the port hand out a dividend?", "The port pays no dividend.", True),
        ("Has the firm named its biggest customers?", "The firm doesn't name them.", True),
        ("Was anyone charged over the fire?", "No one was charged.", True),
        ("Was anyone not charged?", "No one was charged.", False),
        (
            "Does the port hand out a dividend?",
            "The port pays a dividend of no more than $2.",
            False,
        ),
        ("Does Arvo hand out a dividend?", "The port pays no dividend.", False),
        ("Is the dividend paid in May?", "Not only the dividend is paid in May.", False),
        ("Will the port beat its record?", "It would beat the record, but not by much.", False),
        ("Was the harbour full?", "The harbour was full, not surprisingly.", False),
    ],
)
def test_a_line_that_denies(question: str, sentence: str, is_denied: bool) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    assert telling.denied(questions.parse(question), line) is is_denied


@pytest.mark.parametrize(
    ("question", "sentence", "is_denied"),
    [
        ("Are imported computers taxed at the border?", "They pay no duty on them.", True),
        ("Does the club owe the banks anything?",
         "After the sale of the stand the club, founded in 1889, has no bank borrowing.", True),
        ("Did the farmers believe the chamber?",
         "Of the eleven of us who sat round the table that night not one believed it.", True),
        ("Did the farmers believe the chamber?",
         "It had rained for days, and nobody had thought of bringing a coat to it.", False),
        ("Did Oslo break its rain record?",
         "Bergen, at the other end, had no measurable rain for 24 days in June and July.", False),
        ("Was it not taxed?", "They pay no duty on them.", False),
        ("Are imported computers taxed?", "They pay a duty of 4% on them.", False),
    ],
)  # fmt: skip
def test_a_further_line_that_denies_just_that(
    question: str, sentence: str, is_denied: bool
) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    assert telling.denies_that(questions.parse(question), line) is is_denied


def test_who_it_is_may_be_told_by_the_heading() -> None:
    sentence = "It was approved by the council in June."
    assert told("Was the Kelby tunnel approved in June?", sentence, "The Kelby tunnel") == "yes"
    assert told("Was the Kelby tunnel approved in June?", sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "is_contrary"),
    [
        ("Did prices rise?", "Prices fell last year.", True),
        ("Did prices rise?", "Prices rose last year.", False),
        ("Is the museum open on Monday?", "The museum is closed on Mondays.", True),
        ("Was the law passed?", "The law was not passed.", True),
        ("Was the law not passed?", "The law was not passed.", False),
    ],
)
def test_what_contradicts(question: str, sentence: str, is_contrary: bool) -> None:
    assert telling.contradicts(question, sentence) is is_contrary


@pytest.mark.parametrize(
    ("text", "cues", "found"),
    [("it is over 20", ["over"], True), ("overall", ["over"], False), ("", ["over"], False)],
)
def test_cues_are_whole_words(text: str, cues: list[str], found: bool) -> None:
    assert terms.has(text, cues) is found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Is it more than half of the total?", ["half"]),
        ("Was it over two thirds?", ["third"]),
        ("Was it higher in the third quarter?", []),
        ("Did it double?", ["double"]),
    ],
)
def test_amounts_in_words(question: str, found: list[str]) -> None:
    assert telling.amounts(question) == found
