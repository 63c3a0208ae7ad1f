"""Sentences: golden cases, "|" marks the cuts; and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import articles, sentences

CASES = [
    "Trade grew by 5%.|Exports led.",
    "It sold 3.5 million cars.|That is a record.",
    "Mr. Smith of Acme Inc. said so.|He left.",
    "The U.S. Treasury paid $1.5 bn.|The U.K. did not.",
    "It is based in the U.S.|The firm grew.",
    "Prices rose (see Fig. 3) on Jan. 13, 2025.|Then they fell.",
    "“We won.”|She smiled.",
    '"Did it rise?" he asked.|It did.',
    "Supply chains are weak.additionally, costs rose.",
    "He spoke on trade.It certainly helped.",
    "Time.news reported it.|See example.com/page for more.",
    "Costs rose vs. last year.|No. 5 fell.",
    "J. P. Morgan bought it.|So what?|Nothing!|Fine.",
    "It grew to 7.1%.|the rest fell.",
    "At 9 a.m. the port opened.|At 5 p.m. it closed.",
    "Wait... it fell.|Done.",
    "node.js and e.g. a.b.c stay whole.|Yes.",
    "1. First of all, growth.|It came.",
]


def article_of(text: str) -> articles.Article:
    return articles.parse(text.encode(), "a.txt")


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    text = case.replace("|", " ")
    glued = {"Supply": "additionally", "He spo": "It certainly"}.get(case[:6])
    expected = (
        case.split("|") if not glued else [case[: case.index(glued)], case[case.index(glued) :]]
    )
    found = [text[s.start : s.end] for s in sentences.find(article_of(text))]
    assert found == expected


def test_a_text_without_capitals_has_sentences_too() -> None:
    article = article_of(
        "net sales were $20 million. costs of acme inc. rose. taxes fell vs. 2016."
    )
    found = [article.text[s.start : s.end] for s in sentences.find(article)]
    assert found == [
        "net sales were $20 million.",
        "costs of acme inc. rose.",
        "taxes fell vs. 2016.",
    ]


def test_table_rows_are_sentences_and_rules_are_none() -> None:
    article = articles.parse(b"| a | b |\n|---|---|\n| 1 | 2 |\n", "a.md")
    rows = [article.text[s.start : s.end] for s in sentences.find(article)]
    assert rows == ["| a | b |", "| 1 | 2 |"]


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="aB1 .!?\n-|“”'A", min_size=1, max_size=200))
def test_sentences_cover_the_blocks_in_order(text: str) -> None:
    article = article_of(text + "\nend")
    spans = sentences.find(article)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    for block in article.blocks:
        if block.kind == "table":
            continue
        visible = {i for i in range(block.start, block.end) if not article.text[i].isspace()}
        assert visible <= covered
