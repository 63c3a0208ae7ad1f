"""The papers that a question names."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence import tellers
from ingest import Article, articles

SOURCES = {
    "courier.txt": "The Port Lorne Courier",
    "herald.txt": "Coast Herald",
    "post.txt": "Westhaven Post",
    "blog.txt": "Slow Miles blog",
    "release.txt": None,
}


def article(name: str) -> Article:
    credit = f"{SOURCES[name]}, 18 June 2025\n\n" if SOURCES[name] else ""
    text = f"The flood of Lorne\n{credit}The river rose by 4 metres, and 12 streets were closed.\n"
    return articles.parse(text.encode(), name)


ARTICLES = [article(name) for name in SOURCES]


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("How many streets were closed according to the Courier?", ["courier"]),
        ("According to the Coast Herald, how far did the river rise?", ["herald"]),
        ("streets closed (Herald's count)", ["herald"]),
        ("How much did the Courier say the river rose?", ["courier"]),
        ("by the courier's account, how many streets", ["courier"]),
        ("By the Post's numbers, what did the flood cost?", ["post"]),
        ("What does the Slow Miles blog say of the flood?", ["blog"]),
        ("Going by the Port Lorne Courier, how many streets were closed?", ["courier"]),
        # Several beside each other.
        ("How many streets fewer does the Herald count than the Courier?", ["herald", "courier"]),
        ("peak of the river, courier figure and herald figure", ["courier", "herald"]),
        # What one tells is set beside something else.
        ("How many more streets does the council list than the Courier?", []),
        ("Does the total fit what the Herald counted?", []),
        ("How far below the level reported by the Courier is last year's?", []),
        ("What share of the budget was the sum that the mayor named in the Herald?", []),
        # Other words, and papers that have other names.
        ("How much did the parcel post carry in 2025?", []),
        ("Where was the first post set?", []),
        ("What did the Morning Courier count?", []),
        ("How far did the river rise?", []),
    ],
)
def test_a_question_is_put_to_the_papers_that_it_names(question: str, papers: list[str]) -> None:
    told_by = tellers.asked(question, ARTICLES)
    assert [id.removesuffix(".txt") for ids in told_by for id in ids] == papers


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How many streets were closed according to the Courier, "
            "and how many according to the Coast Herald?",
            [("How many streets were closed", "courier.txt"),
             ("How many streets were closed", "herald.txt")],
        ),
        (
            "peak of the river, courier figure and herald figure",
            [("peak of the river", "courier.txt"), ("peak of the river", "herald.txt")],
        ),
        (
            "How many streets does each of the two papers say were closed?",
            [("How many streets does each of the two papers say were closed", "courier.txt"),
             ("How many streets does each of the two papers say were closed", "herald.txt")],
        ),
        ("By how many streets do the Courier and the Herald differ?", []),
        ("difference between the two papers on streets that were closed", []),
    ],
)  # fmt: skip
def test_the_same_is_asked_of_each(question: str, parts: list[tuple[str, str]]) -> None:
    put = tellers.put(questions.parse(question), ARTICLES, questions.parse)
    assert [(p.text.strip("?, "), *p.told_by[0]) for p in put.subquestions] == parts
    assert len(put.told_by) == 2
