"""Ranking: what a sentence's words are worth, which passages repeat others, what is cut out."""

from __future__ import annotations

import pytest

from ingest import lexical, ranking
from ingest.articles import Span
from ingest.index import Ranked
from ingest.passages import Passage

SOUGHT = ranking.Sought.of(("tea", "sale", "rise"), (3.0, 1.0, 1.0))


def test_a_sentence_is_worth_what_its_words_tell() -> None:
    assert SOUGHT.worth(("coffe", "price")) == 0.0
    assert SOUGHT.worth(("rise", "tea")) == pytest.approx(ranking.WORD_WEIGHT * 4 / 5)
    assert SOUGHT.worth(("tea", "tea")) == pytest.approx(ranking.WORD_WEIGHT * 3 / 5)


def test_neighbouring_words_are_worth_more_side_by_side() -> None:
    apart, beside = SOUGHT.worth(("tea", "green", "sale")), SOUGHT.worth(("green", "tea", "sale"))
    assert beside - apart == pytest.approx(ranking.PAIR_WEIGHT * 4 / 6)
    whole = SOUGHT.worth(("tea", "sale", "rise"))
    assert whole == pytest.approx(ranking.WORD_WEIGHT + ranking.PAIR_WEIGHT)


def test_a_question_without_words_is_worth_nothing_anywhere() -> None:
    assert ranking.Sought.of((), ()).worth(("tea",)) == 0.0


def test_words_are_looked_up_by_their_stems() -> None:
    assert lexical.stems("Rising SALES of_tea, the 25 crêpes") == (
        "rise", "sale", "tea", "25", "crepe",
    )  # fmt: skip


def test_weights_are_higher_for_rarer_words() -> None:
    index = lexical.LexicalIndex()
    index.update([(1, 1, "tea sales"), (2, 1, "tea harvest"), (3, 2, "tea")])
    common, rare, unknown = index.weights(["tea", "harvest", "zinc"])
    assert 0 < common < rare < unknown


def test_passages_that_repeat_better_ones_come_last() -> None:
    a, b, c, d = ("tea", "rise"), ("sale", "fall"), ("zinc", "ore"), ("rice", "maiz", "corn")
    assert ranking.varied([[a, b], [a, b], [b, c, d], [a, c, d]]) == [0, 2, 1, 3]
    assert ranking.varied([]) == []


def test_an_excerpt_holds_the_best_sentences_in_their_order() -> None:
    spans = [Span(0, 40), Span(41, 80), Span(81, 120), Span(121, 160)]
    worths = (0.9, 0.1, 0.2, 0.8)
    scored = tuple(zip(spans, worths, strict=True))
    ranked = Ranked(Passage("a.txt", 0, 160, ""), 1.0, scored, worths)
    assert ranked.excerpt(80) == (spans[0], spans[3])
    assert ranked.excerpt(20) == (Span(0, 20),)
    assert ranked.excerpt(500) == tuple(spans)
