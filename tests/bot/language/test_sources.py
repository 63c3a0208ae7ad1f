"""Who put figures out."""

from __future__ import annotations

import pytest

from bot.language import expecting, sources


@pytest.mark.parametrize(
    "question",
    [
        "Which agency put out the jobless figures?",
        "what body compiled the crash statistics",
        "asthma numbers from who?",
        "where does the attendance data come from",
        "Whose figures are these on wheat?",
        "what is the source of the emissions total",
        "source for the 4.2 million?",
        "by whom was the census published and its data checked?",
        "what institute's data is it from?",
        "which authority is cited for the growth?",
    ],
)
def test_who_put_figures_out_is_asked(question: str) -> None:
    assert sources.asked(question) and "source" in expecting.kinds(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who announced the merger?",
        "Who reported the theft?",
        "Where do most migrants come from?",
        "What is the main source of income?",
        "Which agency rates the bonds?",
        "How many figures did the museum release?",
    ],
)
def test_something_else_is_asked(question: str) -> None:
    assert not sources.asked(question)


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose by 5%, as reported by the Customs Office in May.",
        "The national statistics bureau said on Friday that fewer were ill.",
        "According to the state weather board, it was the wettest May.",
        "*Marrowen Statistics Authority, 14 May 2024*",
        "Report summary by the Rail Regulator, 31 March 2025",
        "Published 30 September 2025 by the review panel, chaired by a judge",
        "In all 6.3 million bags were picked, the coffee board Cafenal said.",
    ],
)
def test_a_sentence_tells_a_source(text: str) -> None:
    assert sources.holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tegucigalpa, 9 September 2026",
        "Paris and Rome, 9 May 2026",
        "“We are glad,” Petra Lindqvist said.",
        "The bank lent 40 million to farmers.",
        "It opened on 14 May 2024.",
    ],
)
def test_a_sentence_tells_none(text: str) -> None:
    assert not sources.holds(text)


def test_the_office_below_a_title_is_named() -> None:
    assert sources.published_by("Taravia Statistics Office, 19 February 2026") == (
        "Taravia Statistics Office"
    )
    assert sources.published_by("Bergen, 19 February 2026") is None
