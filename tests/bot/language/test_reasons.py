"""Questions for causes, however they are put."""

from __future__ import annotations

import pytest

from bot.language import reasons


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "To what does the coach credit the title?",
            "What reasons does the coach name for the title?",
        ),
        ("To what is the rise in asthma put down?", "What are the reasons for the rise in asthma?"),
        ("What is the outage attributed to?", "What are the reasons for the outage?"),
        ("What was the recall caused by?", "What are the reasons for the recall?"),
        ("wheat dearer because of what", "Why wheat dearer?"),
        (
            "attendance down due to what, according to the club?",
            "Why attendance down, according to the club?",
        ),
        ("pump output up - reasons?", "Why pump output up?"),
        ("ferry late, the cause?", "Why ferry late?"),
        ("reason the match was moved to May?", "Why the match was moved to May?"),
        (
            "Which drugs are credited with the fall in deaths?",
            "Which drugs are the reasons for the fall in deaths?",
        ),
    ],
)
def test_causes_are_asked_for_plainly(typed: str, asked: str) -> None:
    assert reasons.asked(typed) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Why did wheat prices rise?",
        "reasons for the rise in asthma?",
        "What is the rate due to rise to?",
        "What was the profit down to?",
        "Was the delay due to what the mayor said?",
        "Who is credited with the discovery?",
        "The pump failed because of what the crew did",
        "What share of deaths was caused by smoke?",
        "reason and result?",
    ],
)
def test_other_questions_stay_as_they_are(text: str) -> None:
    assert reasons.asked(text) == text
