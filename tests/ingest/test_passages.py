"""Passages: they cover the article, stay within the model's reach, and cut where they may."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import articles, passages, sentences


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def split(text: str, name: str = "a.txt", **limits: int) -> tuple[articles.Article, list[str]]:
    article = articles.parse(text.encode(), name)
    found = passages.split(article, sentences.find(article), [], count_words, **limits)
    return article, [article.text[p.start : p.end] for p in found]


def test_passages_overlap_by_one_sentence() -> None:
    text = " ".join(f"This is the sentence with the number {i}." for i in range(40))
    _, found = split(text, target_chars=200)
    for before, after in pairwise(found):
        assert after.startswith(before.rsplit(". ", 1)[-1])


def test_a_heading_stays_with_its_text() -> None:
    text = "\n\n".join(f"## Part {i}\n\n" + "Words stand here in a row. " * 12 for i in range(5))
    article, found = split(text, "a.md", target_chars=300)
    assert not any(text.rstrip().endswith(tuple(f"Part {i}" for i in range(5))) for text in found)
    spans = passages.split(article, sentences.find(article), [], count_words, target_chars=300)
    assert {p.heading for p in spans} == {f"Part {i}" for i in range(5)}


def test_question_and_answer_stay_together() -> None:
    turns = [
        f"Editor: {'Well then. ' * 9}Why was number {i}?\nExpert: Because of {i}." for i in range(9)
    ]
    _, found = split("\n".join(turns), target_chars=160)
    for i in range(9):
        assert any(f"number {i}?" in text and f"Because of {i}." in text for text in found)


def test_rows_of_a_long_table_carry_the_header() -> None:
    table = "Port | Boxes\n" + "\n".join(f"Port{i} | {i}.5" for i in range(200))
    article = articles.parse(table.encode(), "a.txt")
    found = passages.split(article, sentences.find(article), [], count_words)
    assert len(found) > 2
    assert all("Port | Boxes" in p.heading for p in found[1:])


def test_a_sentence_without_end_is_cut_between_words() -> None:
    _, found = split("word " * 3000)
    assert len(found) > 5 and all(len(text.split()) <= passages.MAX_TOKENS for text in found)
    assert all(text.startswith("word") and text.endswith("word") for text in found)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["A b.", "How so?", "Then: ", "\n", "\n\n", "Head", "- x y", "a | b"])
    ),
    st.integers(20, 300),
)
def test_passages_cover_every_sentence_within_the_limit(parts: list[str], target: int) -> None:
    article = articles.parse((" ".join(parts) + " End.").encode(), "a.txt")
    spans = sentences.find(article)
    found = passages.split(article, spans, [], count_words, target_chars=target, max_tokens=60)
    for span in spans:
        is_long = len(article.text[span.start : span.end].split()) > 20
        assert is_long or any(p.start <= span.start and span.end <= p.end for p in found)
    for before, after in pairwise(found):
        assert before.start < after.start and before.end < after.end
    assert all(count_words([article.text[p.start : p.end]])[0] <= 60 for p in found)
