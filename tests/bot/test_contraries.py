"""What a sentence tells that shuts out what a question supposes."""

from __future__ import annotations

import pytest

from bot import contraries


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Was the board unanimous?", "The board voted 4-1 to keep the rate.", "no"),
        ("Was it unanimous?", "Four of the five members voted for the move.", "no"),
        ("Was it unanimous?", "The vote was unanimous.", "yes"),
        ("Was it unanimous?", "The board kept the rate.", None),
        ("Could a three-year-old take part?", "The trial took children aged 4 to 16.", "no"),
        ("Could a 12-year-old take part?", "The trial took children aged 4 to 16.", "yes"),
        ("Could a 12-year-old take part?", "The trial took 4 to 16 weeks.", None),
        ("Was it his first goal?", "It was his fourth goal of the season.", "no"),
        ("Was it his fourth goal?", "It was his fourth goal of the season.", "yes"),
        ("Was it the first quarter?", "The third quarter was worse.", None),
        ("Was the first half profitable?", "The first half ended £11 million in the red.", "no"),
        ("Was it profitable?", "It made a profit after a loss.", None),
        ("Did the men win promotion?", "The men missed promotion by a goal.", "no"),
        ("Is the museum not free?", "The museum is free.", None),
        ("Was parliament in favour?", "Parliament rejected it.", None),
        ("Did parliament approve it?", "Parliament rejected it.", "no"),
        ("Did the minister agree?", "The minister did not refuse.", None),
    ],
)
def test_what_a_sentence_shuts_out(question: str, sentence: str, holds: str | None) -> None:
    assert contraries.told(question, sentence) == holds
