"""Several questions of one message: each is told once, and what is not told is named."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot import questions
from bot.questions import Query
from bot.readers import several
from bot.texts.composition import Composer
from tests.bot.searching.test_thesaurus import evidence

TOLD = ("Rents rose by 4%, wages by 2%.", "The mill has 12 looms.", "Oats and rye cost 9 marks.")
EVIDENCE = evidence(*TOLD)


def _draft(message: str, answers: Mapping[str, int]) -> tuple[str, list[str]] | None:
    """Status and sentences, where a question with a word is answered by the sentence of its
    number."""

    def ask(part: Query, before: Composer) -> Composer | None:
        found = next((n for word, n in answers.items() if word in part.text), None)
        if found is None:
            return None
        made = before.copy()
        start = EVIDENCE.articles["a.txt"].text.index(TOLD[found])
        mark = made.cite("a.txt", start, start + len(TOLD[found]))
        made.say(f"{TOLD[found]} {mark}", "quoted")
        return made

    draft = several.read(questions.parse(message), EVIDENCE, Composer(), ask)
    return (draft.status, [sentence.text for sentence in draft.sentences]) if draft else None


@pytest.mark.parametrize(
    ("message", "answers", "wanted"),
    [
        ("How fast did rents rise and how many looms are there?", {"rents": 0, "looms": 1},
         ("answered", [f"{TOLD[0]} [1]", f"{TOLD[1]} [2]"])),
        # One sentence tells both, and is told once.
        ("How fast did rents rise and how fast did wages rise?", {"rents": 0, "wages": 0},
         ("answered", [f"{TOLD[0]} [1]"])),
        # What is not told is named, unless what is told has all its words.
        ("How many looms are there and what did coal cost?", {"looms": 1},
         ("partial", [f"{TOLD[1]} [1]", "The articles do not say: what did coal cost?"])),
        ("How fast did rents rise and how much did wages rise?", {"rents": 0},
         ("answered", [f"{TOLD[0]} [1]"])),
        ("How many looms does the mill have and how many looms did the mill make?", {"have": 1},
         ("answered", [f"{TOLD[1]} [1]"])),
        # What the articles know only as one is asked about as one.
        ("What did oats and rye cost?", {"oats and rye": 2}, ("answered", [f"{TOLD[2]} [1]"])),
        ("What did coal cost, and what did tin cost?", {}, None),
    ],
)  # fmt: skip
def test_several_questions(
    message: str, answers: Mapping[str, int], wanted: tuple[str, list[str]] | None
) -> None:
    assert _draft(message, answers) == wanted


def test_a_sentence_that_tells_of_all_is_quoted_in_full() -> None:
    def ask(part: Query, before: Composer) -> Composer | None:
        if "rents and wages" not in part.text:
            return None
        made = before.copy()
        made.say(f"Rents rose by {{f1}} {made.cite('a.txt', 0, len(TOLD[0]))}", "quoted")
        return made

    query = questions.parse("How fast did rents and wages rise?")
    draft = several.read(query, EVIDENCE, Composer(), ask)
    assert draft is not None
    assert [sentence.text for sentence in draft.sentences] == [f"{TOLD[0]} [1]"]
