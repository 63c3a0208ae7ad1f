"""Misspelt words are written as the articles write them, other words are left alone."""

from __future__ import annotations

import pytest

from bot.searching.spelling import Spelling
from tests.bot.searching.test_thesaurus import evidence

TOLD = (
    "The exports of timber rose, imports of goods fell, said the government of Norland.",
    "The thickness of foreign ice was 4 m.",
    "Guests paid more; dealers sold fewer houses. The hospital has 340 patients.",
)
# What is whole among the word pieces of a model.
KNOWN = frozenset("what were in how much did gust stale dearer grow many were there the of".split())


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("exprots 2024", "exports 2024"),
        ("how much did imprts grow", "how much did imports grow"),
        ("how many pateints were there?", "how many patients were there?"),
        ("what did the goverment say", "what did the government say"),
        # Nothing but vowels is left out, or one of two letters that are the same.
        (
            "how mny guests, and ptents of the hosptal",
            "how mny guests, and patients of the hospital",
        ),
        ("the growth of forgn trade", "the growth of foreign trade"),
        ("delers and their grwth", "dealers and their growth"),
        ("the thicknes of ice", "the thickness of ice"),
        # Known words, their plurals, a letter changed, other forms, names, short words.
        ("gusts in 2024", "gusts in 2024"),
        ("dearer houses", "dearer houses"),
        ("stales of timber", "stales of timber"),
        ("exporter of timber", "exporter of timber"),
        ("the government of Norlund", "the government of Norlund"),
        ("godos in 2024", "goods in 2024"),
        ("tmbr", "tmbr"),
        ("voltaine and franc", "voltaine and franc"),
    ],
)
def test_misspelt_words_are_put_right(question: str, wanted: str) -> None:
    spelling = Spelling(evidence(*TOLD), lambda word: 1 if word in KNOWN else 2)
    assert spelling.put(question) == wanted
