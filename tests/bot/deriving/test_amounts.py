"""What follows from the amount that was told is worked out from its very figures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chain import Bot
from bot.deriving import amounts
from bot.questions import Turn
from bot.settings import Settings
from ingest.embedding import load
from ingest.index import Index

ROOT = Path(__file__).parents[3]
HARBOUR = """Harbour report

The turnover of Selwyn harbour came to 840 million crowns ($120 million) in 2024.

Wages came to 210 million crowns in 2024, said the harbour master, Ada Brook.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    corpus = tmp_path_factory.mktemp("corpus")
    for path in (ROOT / "corpus").glob("*.txt"):
        shutil.copy(path, corpus / path.name)
    (corpus / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    settings, embedding = Settings(corpus=corpus), load()
    with Index.open(settings.index_folder, corpus=corpus, embedding=embedding) as index:
        index.sync(corpus)
    bot = Bot.open(settings, embedding)
    yield bot
    bot.close()


def said(bot: Bot, *questions: str) -> list[str]:
    """The texts of the answers of one conversation."""
    turns: list[Turn] = []
    for question in questions:
        answer = bot.ask(question, turns)
        turns.append(Turn(question, answer.text, answer))
    return [turn.answer for turn in turns]


TURNOVER = "What was the turnover of Selwyn harbour in 2024?"


def test_the_rest_is_what_the_part_leaves_of_the_amount_before(bot: Bot) -> None:
    question = "What was services trade in 2024?"
    asked = ("How much of that was travel?", "And the rest?", "What share is that?", "in dollars?")
    *_, rest, share, dollars = said(bot, question, *asked)
    assert "5.45 trillion yuan" in rest and "72.7%" in share and "$763 billion" in dollars


def test_an_amount_is_told_in_the_other_unit_beside_it(bot: Bot) -> None:
    assert "$120 million" in said(bot, TURNOVER, "in dollars?")[-1]


def test_an_amount_is_set_against_what_is_named(bot: Bot) -> None:
    answers = said(bot, TURNOVER, "how many times the wages is that?")
    assert "4.00 times" in answers[-1]


def test_the_whole_is_named_by_an_identity(bot: Bot) -> None:
    share = said(bot, "What were exports in 2024?", "What share is that?")[-1]
    assert "58.04%" in share and "foreign trade" in share


def test_what_was_not_told_has_no_share(bot: Bot) -> None:
    question = "What was the turnover of Selwyn harbour in 1990?"
    *_, declined, share = said(bot, question, "What share is that?")
    assert "do not say" in declined and "do not say" in share


def test_an_amount_is_compared_with_another(bot: Bot) -> None:
    *_, more, less = said(bot, TURNOVER, "is that more than wages?", "is that less than wages?")
    assert more.startswith("Yes") and less.startswith("No")
    assert "840 million" in more and "210 million" in more


def test_the_two_last_amounts_are_set_against_each_other(bot: Bot) -> None:
    answers = said(bot, "How fast did exports grow?", "And imports?", "difference?")
    assert "4.8 percentage points" in answers[-1]


def test_of_the_two_last_amounts_the_larger_is_told_first(bot: Bot) -> None:
    *_, larger, smaller = said(
        bot, "How fast did exports grow?", "And imports?", "which was higher?", "which was lower?"
    )
    assert larger.index("7.1%") < larger.index("2.3%")
    assert smaller.index("2.3%") < smaller.index("7.1%")


def test_several_questions_go_back_to_the_same_two_amounts(bot: Bot) -> None:
    asked = ("how far apart are they?", "which grew faster?", "in percentage points, the gap?",
             "the gap between the two, in points")  # fmt: skip
    answers = said(bot, "How fast did exports grow?", "And imports?", *asked)
    assert "4.8 percentage points" in answers[2] and "4.8 percentage points" in answers[-1]
    assert answers[3].index("7.1%") < answers[3].index("2.3%")


def test_amounts_of_different_units_have_no_sum(bot: Bot) -> None:
    answers = said(bot, "How fast did exports grow?", TURNOVER, "add them up")
    assert "do not say" in answers[-1]


def test_one_amount_has_no_gap_to_another(bot: Bot) -> None:
    assert "do not say" in said(bot, "How fast did exports grow?", "the gap between the two")[-1]


def test_two_amounts_come_to_a_sum_in_other_money(bot: Bot) -> None:
    wages = "What did wages come to in 2024?"
    *_, both, dollars = said(bot, TURNOVER, wages, "both together?", "together in dollars?")
    assert "1.050 billion crowns" in both
    assert "$150.0 million" in dollars


WITH_ANOTHER = {
    "How far is that from wages in 2024?": "630",
    "What is the difference to wages in 2024?": "630",
    "Add wages in 2024 to that.": "1.050 billion",
    "And together with wages in 2024?": "1.050 billion",
    "What is the average of that and wages in 2024?": "525",
    "Divide that by wages in 2024.": "4.0",
}


@pytest.mark.parametrize("question", WITH_ANOTHER)
def test_an_amount_is_taken_together_with_one_that_is_named(bot: Bot, question: str) -> None:
    assert WITH_ANOTHER[question] in said(bot, TURNOVER, question)[-1]


def test_two_amounts_have_an_average(bot: Bot) -> None:
    answers = said(bot, TURNOVER, "What did wages come to in 2024?", "the average of the two?")
    assert "525.0 million crowns" in answers[-1]


def test_amounts_of_several_articles_are_compared(bot: Bot) -> None:
    growth = "By what percentage did exports grow in 2024?"
    for question in ("which of the two is larger?", "what is the gap between them?"):
        assert said(bot, TURNOVER, "What were exports in 2024, in yuan?", growth, question)[-1]


def test_an_amount_is_held_against_a_number(bot: Bot) -> None:
    over, under = (said(bot, TURNOVER, q)[-1] for q in ("So more than 800 million?", "under 800m?"))
    assert over.startswith("Yes") and under.startswith("No")


def test_an_amount_is_converted_at_the_rate_that_is_named(bot: Bot) -> None:
    asked = "convert that to dollars at the rate implied by the harbour's turnover"
    answers = said(bot, "What did wages come to in 2024?", asked, "put that in dollars")
    assert "$30" in answers[1] and "$30" in answers[2]


def test_nobody_said_what_was_not_told(bot: Bot) -> None:
    question = "What was the turnover of Selwyn harbour in 1990?"
    assert "do not say" in said(bot, question, "Who said that?")[-1]


def test_who_says_so_is_answered_by_whom_the_sentence_names(bot: Bot) -> None:
    answers = said(bot, "What did wages come to in 2024?", "Who said so?")
    assert "Ada Brook" in answers[-1]


def test_a_declined_followup_is_passed_over(bot: Bot) -> None:
    turns: list[Turn] = []
    for question in (TURNOVER, "And in 1990?", "in dollars?"):
        answer = bot.ask(question, turns)
        turns.append(Turn(question, answer.text, answer))
    assert turns[1].is_lost and turns[2].told is not None
    assert turns[2].told.understood == f"{TURNOVER[:-1]} in dollars?"


def test_a_yes_tells_no_amount(bot: Bot) -> None:
    answer = bot.ask("Was the turnover of Selwyn harbour more than wages in 2024?")
    assert amounts.amount(answer) is None
