"""Of several ways to understand a question the first is kept unless a later one is likelier."""

import pytest

from bot.answers import Answer
from bot.asking import leanings
from bot.drafts import Status


def told(text: str, status: Status = "answered") -> Answer:
    return Answer(text, text, status, text)


@pytest.mark.parametrize(
    ("ways", "kept"),
    [
        ([(told("near"), 0.9), (told("alone"), 0.95)], "near"),
        ([(told("near"), 0.6), (told("alone"), 0.95)], "alone"),
        ([(told("near", "abstained"), 1.0), (told("alone"), 0.5)], "alone"),
        ([(told("near", "abstained"), 1.0), (told("alone", "abstained"), 1.0)], "near"),
        ([(told("near"), 0.6), (told("alone"), 0.8), (told("leaning"), 0.85)], "alone"),
    ],
)
def test_the_way_that_is_kept(ways: list[leanings.Told], kept: str) -> None:
    assert leanings.best(ways).text == kept
