"""A judge is a check like any other, off by default, and its silence is no verdict."""

from typing import cast

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from bot.evaluation import judges, runs
from bot.evaluation.checks import CHECKS
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted, context, imports


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ('{"score": 0.5, "reason": "half"}', 0.5),
        ('Sure!\n```json\n{"score": 1}\n```', 1.0),
        ('{"score": 7}', None),
        ('{"score": "high"}', None),
        ("ten out of ten", None),
        ("{" * 100_000, None),
    ],
)
def test_of_a_reply_only_a_score_is_kept(reply: str, value: float | None) -> None:
    assert judges.read_verdict(reply).value == value


def test_judges_stand_beside_the_other_checks() -> None:
    model = FakeListChatModel(responses=['{"score": 0.8, "reason": "nearly"}'])
    checks = {**CHECKS, **judges.judges(model)}
    run = runs.run(Scripted({"imports": examples.residual()}), [imports()], checks=checks)
    assert run.rate("judged faithful") == 0.8
    assert run.rows[0].outcomes["judged helpful"].reason == "nearly"


def test_judges_are_off_unless_asked_for() -> None:
    assert not any(name.startswith("judged") for name in CHECKS)


def test_judge_that_fails_gives_no_verdict() -> None:
    class Broken:
        def invoke(self, messages: object) -> object:
            raise ConnectionError("gone")

    check = judges.judges(cast(BaseChatModel, Broken()))["judged faithful"]
    outcome = check(context(imports(), examples.residual()))
    assert (outcome.value, outcome.reason) == (
        None,
        "the judge could not be asked: ConnectionError",
    )


def test_abstention_is_not_judged() -> None:
    check = judges.judges(FakeListChatModel(responses=["{}"]))["judged helpful"]
    assert check(context(imports(), examples.abstention())).value is None
