"""Copies: what counts as a near-duplicate."""

from __future__ import annotations

from ingest import copies

STORY = " ".join(f"The port of town {i} shipped {i * 7} boxes of fruit." for i in range(30))


def test_a_syndicated_copy_is_found_and_another_story_is_not() -> None:
    other = " ".join(f"Rain fell in valley {i} for {i} hours." for i in range(30))
    sketches = {
        "a": copies.sketch(STORY),
        "b": copies.sketch("(Wire) " + STORY.replace("fruit. ", "fruit.\n")),
        "c": copies.sketch(other),
    }
    assert copies.find(sketches) == {"a": ("b",), "b": ("a",)}


def test_likeness_of_texts_without_words_is_none() -> None:
    assert copies.likeness(copies.sketch(""), copies.sketch("one two")) == 0.0
