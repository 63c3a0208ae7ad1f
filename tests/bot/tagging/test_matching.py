"""Matching with its real weights: words of other kinds find the lines that mean the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.tagging import matching
from bot.tagging.matching import Matcher
from ingest import Article, articles, embedding, sentences
from ingest.embedding import LocalEmbedding

TEXT = """The year at Port Lindow

The harbour handled 8.4 million tonnes of cargo in 2023, up 6% from a year earlier.
It employs 412 people, most of them on the north quay.
Repairs to the sea wall cost 31 million euros and were finished in May.
The harbour master, Ines Falk, retires in the autumn because of her health.
Ferries carried 1.2 million passengers to the islands.
"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    embed = embedding.load()
    assert isinstance(embed, LocalEmbedding)
    return Matcher(embed)


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    folder: Path = tmp_path_factory.mktemp("port")
    (folder / "port.txt").write_text(TEXT, encoding="utf-8")
    return articles.read(folder / "port.txt", folder)


def best(matcher: Matcher, article: Article, question: str, before: str | None = None) -> str:
    """The line that goes best with a question."""
    lines = [(s.start, s.end) for s in sentences.find(article)]
    cut = matcher.cut(article, lines)
    sheets = matcher.sheets({(article.sha256, i): window for i, window in enumerate(cut)})
    matches = matcher.matches(matcher.asked(question, before), sheets)
    _, start = max(matches, key=lambda key: matches[key])
    return article.text[start : start + 40]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("how big is the workforce?", "It employs"),
        ("How much freight did the docks shift?", "The harbour handled"),
        ("who runs the docks and why is she going?", "The harbour master"),
        ("What was spent on mending the flood barrier?", "Repairs to the sea wall"),
        ("number of people who took a boat", "Ferries carried"),
    ],
)
def test_other_words_find_the_line(
    matcher: Matcher, article: Article, question: str, begins: str
) -> None:
    assert best(matcher, article, question).startswith(begins)


def test_a_follow_up_is_read_after_the_turn_before(matcher: Matcher, article: Article) -> None:
    found = best(matcher, article, "and what of ferry passengers?", "How many does it employ?")
    assert found.startswith("Ferries")


def test_weights_are_shares_and_marks_of_ends_have_none(matcher: Matcher) -> None:
    asked = matcher.asked("and passengers?", "How much cargo?")
    assert asked.weights.sum() == pytest.approx(1, abs=1e-5)
    assert asked.weights[0] < 1e-4 and asked.weights[-1] < 1e-4
    assert 0 < asked.n_before < len(asked.weights)


def test_vectors_have_unit_length(matcher: Matcher) -> None:
    vectors = matcher.asked("How much cargo?", None).vectors
    halves = np.split(vectors, 2, axis=1)
    for half in halves:
        assert np.linalg.norm(half, axis=1) == pytest.approx(1, abs=1e-3)


def test_read_alone_or_among_others_is_the_same(matcher: Matcher, article: Article) -> None:
    lines = [(s.start, s.end) for s in sentences.find(article)]
    window = matcher.cut(article, lines)[0]
    alone = Matcher(matcher._embedding).sheets({("alone", 0): window})[0].pieces
    together = matcher.sheets({("here", 0): window})[0].pieces
    assert np.abs(alone - together).max() < 0.02


def test_what_the_turn_before_counts() -> None:
    told = matching.prior(6, 3)
    assert told[1] == told[2] == pytest.approx(matching.BEFORE)
    assert told[0] == told[5] == matching.MARK and told[3] == told[4] == 0
