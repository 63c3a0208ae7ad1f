"""A failure names the first step that went wrong."""

from dataclasses import replace

import pytest

from bot.answers import Answer
from bot.evaluation.failures import diagnose
from bot.evaluation.sets import Case
from bot.retrieval import Evidence
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import EXPORTS, TRADE, case, context, imports

WRONG = imports(value="1")
CITING_LITTLE = examples.residual(citations=(examples.citation(1, TRADE),))
SAYS_YES = replace(examples.residual(), text="Yes. Imports came to about 18.40 trillion yuan.")


@pytest.mark.parametrize(
    ("asked", "answer", "retrieved", "failure"),
    [
        (imports(), examples.residual(), None, None),
        (imports(), examples.residual(), examples.evidence(), None),
        (case(kind="unanswerable"), examples.abstention(), None, None),
        (case(kind="unanswerable"), examples.residual(), None, "wrongly answered"),
        (imports(), examples.abstention(), None, "wrongly abstained"),
        (imports(), examples.abstention(), examples.evidence(EXPORTS), "not retrieved"),
        (WRONG, examples.residual(), None, "wrong derivation"),
        (imports(value="1", kind="quoted", operation=None), examples.residual(), None,
         "wrong figure"),
        (WRONG, CITING_LITTLE, None, "not read"),
        (imports(), CITING_LITTLE, None, "not cited"),
        (imports(words=[["goods"]]), examples.residual(), None, "words missing"),
        (case(kind="yesno", answer="no"), SAYS_YES, None, "wrong verdict"),
    ],
)  # fmt: skip
def test_diagnosis(
    asked: Case, answer: Answer, retrieved: Evidence | None, failure: str | None
) -> None:
    assert diagnose(context(asked, answer, retrieved)) == failure
