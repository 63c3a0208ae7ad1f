"""What a question in words wants of a sentence."""

from __future__ import annotations

import pytest

from bot.language import expecting, terms


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Who runs the mill?", {"who", "lead"}),
        ("who is the cfo of Orla", {"who", "treasurer"}),
        ("Who wrote the note?", {"who", "byline"}),
        ("When did it open?", {"when"}),
        ("In which city is the plant?", {"where"}),
        ("What made prices rise?", {"why"}),
        ("What does BKR stand for?", {"define"}),
        ("What colour is the door?", set()),
    ],
)
def test_kinds(question: str, kinds: set[str]) -> None:
    assert expecting.kinds(question) == kinds


@pytest.mark.parametrize(
    ("kind", "text", "question"),
    [
        ("who", "The prize went to Ada Moor.", "Who won the prize?"),
        ("when", "It opens on 3 May.", "When does it open?"),
        ("when", "Doors close at 21:15.", "When do the doors close?"),
        ("where", "The plant stands in Oulu.", "Where is the plant?"),
        ("where", "LYON, 3 May - The firm grew.", "Where is the firm?"),
        ("why", "It closed because the roof leaked.", "Why did it close?"),
        ("define", "The BKR, or Board of Rivers, met.", "What does BKR stand for?"),
        ("said", "“We are ready,” said Moor.", "What did Moor say?"),
        ("byline", "*Analyst: Ada Moor*", "Who wrote the note?"),
        ("byline", "By Ada Moor", "Who wrote the note?"),
        ("lead", "Ada Moor, the chief executive, left.", "Who runs it?"),
        ("treasurer", "Finance director Ada Moor left.", "Who is the CFO?"),
    ],
)
def test_sentences_that_hold_what_is_wanted(kind: str, text: str, question: str) -> None:
    assert expecting.holds(kind, text, terms.stems_of(question))


@pytest.mark.parametrize(
    ("kind", "text", "question"),
    [
        ("who", "Ada Moor won again.", "Who beat Ada Moor?"),
        ("when", "It opens soon.", "When does it open?"),
        ("where", "The plant is new in May.", "Where is the plant?"),
        ("where", "The plant in Oulu is new.", "Where is the Oulu plant?"),
        ("why", "It closed.", "Why did it close?"),
        ("byline", "The bypass is shut.", "Who wrote the note?"),
    ],
)
def test_sentences_that_do_not(kind: str, text: str, question: str) -> None:
    assert not expecting.holds(kind, text, terms.stems_of(question))
