"""Ranking: what a sentence's words are worth, which passages repeat others, what is cut out."""

from __future__ import annotations

import numpy as np
import pytest

from ingest import lexical, ranking
from ingest.articles import Span
from ingest.index import Ranked
from ingest.passages import Passage

SOUGHT = ranking.Sought.of(("tea", "sale", "rise"), (3.0, 1.0, 1.0))


def worths(*sentences: str, sought: ranking.Sought = SOUGHT) -> list[float]:
    words = [sentence.split() for sentence in sentences]
    ends = np.cumsum([len(stems) for stems in words])
    return sought.worths(np.frombuffer(said(" ".join(sentences)), "<u4"), ends).tolist()


def said(sentence: str) -> bytes:
    numbers = [lexical.number(stem) for stem in sentence.split()]
    return np.asarray(numbers, dtype="<u4").tobytes()


def test_a_sentence_is_worth_what_its_words_tell() -> None:
    found = worths("coffe price", "rise tea", "", "tea tea")
    assert found == pytest.approx([0.0] + [ranking.WORD_WEIGHT * n / 5 for n in (4, 0, 3)])


def test_neighbouring_words_are_worth_more_side_by_side() -> None:
    apart, beside, whole = worths("tea green sale", "green tea sale tea sale", "tea sale rise")
    assert beside - apart == pytest.approx(ranking.PAIR_WEIGHT * 4 / 6)
    assert whole == pytest.approx(ranking.WORD_WEIGHT + ranking.PAIR_WEIGHT)


def test_words_of_two_sentences_are_not_side_by_side() -> None:
    assert worths("green tea", "sale") == pytest.approx(
        [ranking.WORD_WEIGHT * n / 5 for n in (3, 1)]
    )


def test_a_question_without_words_is_worth_nothing_anywhere() -> None:
    assert worths("tea", "", sought=ranking.Sought.of((), ())) == [0.0, 0.0]


def test_a_passage_is_drawn_to_its_best_sentence() -> None:
    scores, cosines = np.asarray([0.5, 0.5], np.float32), np.asarray([0.4, 0.4], np.float32)
    found = ranking.with_sentences(scores, cosines, np.asarray([0.2, 0.6]), np.asarray([2, 0]))
    plain = 0.5 * (1 + ranking.LEXICAL_WEIGHT)
    drawn = plain + ranking.SENTENCE_WEIGHT * 0.2
    assert found[0] / found[1] == pytest.approx(drawn / plain)


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
    a, b, c, d = map(said, ("tea rise", "sale fall", "zinc ore", "rice maiz corn"))
    passages = [[a, b], [a, b], [b, c, d], [a, c, d]]
    assert ranking.varied(passages, 4) == [0, 2, 1, 3]
    assert ranking.varied(passages, 2) == [0, 2] and ranking.varied(passages, 3) == [0, 2, 1]
    assert ranking.varied([], 4) == []


def test_an_excerpt_holds_the_best_sentences_in_their_order() -> None:
    spans = [Span(0, 40), Span(41, 80), Span(81, 120), Span(121, 160)]
    worths = (0.9, 0.1, 0.2, 0.8)
    scored = tuple(zip(spans, worths, strict=True))
    ranked = Ranked(Passage("a.txt", 0, 160, ""), 1.0, scored, worths)
    assert ranked.excerpt(80) == (spans[0], spans[3])
    assert ranked.excerpt(20) == (Span(0, 20),)
    assert ranked.excerpt(500) == tuple(spans)
