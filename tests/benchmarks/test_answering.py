"""The time of an answer, with and without what the model takes."""

from types import SimpleNamespace
from typing import Any, cast

from bot import Bot
from tests.benchmarks import answering
from tests.benchmarks.answering import Clocked


def test_what_the_model_takes_is_told_apart() -> None:
    model = cast(Clocked, SimpleNamespace(seconds=0.0))

    def ask(question: str, history: Any) -> None:
        model.seconds += 5.0

    bot = cast(Bot, SimpleNamespace(turns=lambda history: history, ask=ask))
    found = answering.times(bot, model, [("How many?", ()), ("And imports?", ("How many?",))])
    assert found["whole"] - found["p50"] > 4_999
    assert "with the embedding" in answering.line("two articles", found).note
