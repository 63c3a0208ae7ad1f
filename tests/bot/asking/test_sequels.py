"""What follows from an answer is told apart from a whole question, and is put in full words."""

import pytest

from bot.asking import sequels
from bot.questions import Turn, parse


@pytest.mark.parametrize(
    ("asked", "kind", "phrase"),
    [
        ("And in dollars?", "unit", ""),
        ("What share is that?", "share", ""),
        ("what percentage of all voters is that", "share", "all voters"),
        ("How much of the grid is that?", "share", "the grid"),
        ("And the rest?", "rest", ""),
        ("what is left?", "rest", ""),
        ("How much more than wages is that?", "more", "wages"),
        ("how many times the annual rent is that?", "times", "annual rent"),
        ("Divide that by the annual rent.", "times", "the annual rent"),
        ("What is its ratio to rents?", "times", "rents"),
        ("How far is that from the target?", "more", "the target"),
        ("What is the difference to rents in May?", "more", "rents in may"),
        ("Add wages to that.", "plus", "wages"),
        ("And together with wages?", "plus", "wages"),
        ("What is the average of that and wages?", "midway", "wages"),
        ("What is that as a percentage of sales?", "share", "sales"),
        ("Is that more than in Norway?", "above", "in norway"),
        ("is it less than the rent?", "below", "the rent"),
        ("is that a lot more than they first thought?", "above", "they first thought"),
        ("What's that in dollars then?", "unit", ""),
        ("And what share of the total is it?", "share", ""),
        ("share of the total?", "share", ""),
        ("as a percentage of all fish sales", "share", "all fish sales"),
        ("convert that to dollars at the rate implied by the catch total", "unit", "catch"),
        ("in euros, at the rate the article itself implies", "unit", ""),
        ("roughly how many dollars is that?", "unit", ""),
        ("difference?", "gap", ""),
        ("How much dearer is that?", "gap", ""),
        ("Which of the two was higher?", "larger", ""),
        ("which is cheaper?", "smaller", ""),
        ("and together?", "sum", ""),
        ("Really?", "sure", ""),
        ("Are you sure?", "sure", ""),
        ("where does that come from", "sure", ""),
        ("Who said so?", "who", ""),
        ("says who?", "who", ""),
        ("And when was that?", "when", ""),
        ("what else?", "else", ""),
    ],
)
def test_what_follows_is_told_by_its_wording(asked: str, kind: str, phrase: str) -> None:
    found = sequels.read(asked)
    assert found is not None
    assert (found.kind, found.phrase) == (kind, phrase)


@pytest.mark.parametrize(
    "asked",
    [
        "What share of the vote did the Greens win?",
        "How much more did steel cost than copper?",
        "Who said that the bridge was unsafe?",
        "When was the bridge built?",
        "Where does the water come from?",
        "What is the rest of the crew paid?",
        "Is Norway's more than that?",
        "Which of the two towers is higher in winter?",
        "How much dearer is steel?",
        "How many passengers is that?",
        "share of women?",
        "Convert the harbour to dollars at the rate of last year",
    ],
)
def test_a_question_of_its_own_is_none(asked: str) -> None:
    assert sequels.read(asked) is None


@pytest.mark.parametrize(
    ("before", "asked", "whole"),
    [
        ("How much of the power came from wind in 2024?", "And the rest?",
         "How much of the power did not come from wind in 2024?"),
        ("How many of the 40 riders were women?", "and the others?",
         "How many of the 40 riders were not women?"),
        ("How much of services trade in 2024 was travel?", "What share is that?",
         "What share of services trade in 2024 was travel?"),
        ("What were exports in 2024?", "What share is that?",
         "What share of total trade were exports in 2024?"),
        ("What were exports in 2024?", "what else?",
         "What else do the articles say about exports in 2024?"),
    ],
)  # fmt: skip
def test_it_is_put_in_full_words(before: str, asked: str, whole: str) -> None:
    assert parse(asked, [Turn(before)]).text == whole


def test_its_ground_is_asked_for_by_what_was_told() -> None:
    told = "Exports rose by 7.1%. [1] Imports rose by 2.3%. [2]"
    assert sequels.of_claim("who", told) == "Who says this: “Exports rose by 7.1%”?"
    assert sequels.of_claim("sure", f"{'Very ' * 40}long. [1]") is None


def test_the_part_that_is_asked_for() -> None:
    assert sequels.part_of("How much of turnover was tickets in euros?") == "tickets"
    assert sequels.part_of("How much of turnover was not tickets?") == "turnover without tickets"
    assert sequels.part_of("How much did tickets cost?") is None
