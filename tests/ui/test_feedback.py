import dataclasses
from decimal import Decimal
from pathlib import Path

import yaml

from bot.answers import Answer, AnswerSentence, Calculation, Citation, Number
from bot.evaluation import sets
from bot.settings import Settings
from ui import feedback

ANSWER = Answer(
    question="And imports?",
    understood="What were imports in 2024?",
    status="answered",
    text="Imports came to 45 medals. [1]",
    sentences=(AnswerSentence(0, 26, "computed", (1,), ("c1",)),),
    citations=(Citation(1, "a.txt", "A", 0, 9, "65 and 20", (0, 9), "x", "y"),),
    calculations=(
        Calculation(
            "c1", "difference", ("f1", "f2"), (), Decimal(45), Decimal(45), Decimal(45), "medal",
            "65 medals − 20 medals = 45 medals", "45 medals",
        ),
    ),
    numbers=(Number("45 medals", 16, 25, "c1"),),
)  # fmt: skip
WRONG = dataclasses.replace(ANSWER, understood="What were exports in 2024?")
NONE = Answer("Why?", "Why?", "abstained", "The articles do not say.")


def test_feedback_becomes_a_question_set_that_the_evaluation_reads(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path)
    for answer, is_good in ((ANSWER, False), (ANSWER, True), (WRONG, False), (NONE, True)):
        feedback.record(settings, answer, is_good=is_good)
    with feedback.file(settings).open("a") as stream:
        stream.write('{"half a li')
    text = feedback.as_questions(settings)
    cases = yaml.safe_load(text)
    assert [case["kind"] for case in cases] == ["computed", "unanswerable"]
    assert (cases[0]["value"], cases[0]["unit"]) == ("45", "medal")
    assert "# answered wrongly" in text and WRONG.understood in text
    exported = tmp_path / "feedback-questions.yaml"
    exported.write_text(text, encoding="utf-8")
    assert len(sets.load(exported)) == 2


def test_feedback_lies_hidden_beside_the_index(tmp_path: Path) -> None:
    path = feedback.file(Settings(corpus=tmp_path))
    assert path.parent == tmp_path and path.name.startswith(".")
    assert feedback.read(Settings(corpus=tmp_path)) == []
    assert feedback.as_questions(Settings(corpus=tmp_path)) == "[]\n"
