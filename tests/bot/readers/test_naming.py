"""Which identity a model's calculation follows from."""

from __future__ import annotations

from bot.calculation import identities
from bot.drafts import Step
from bot.readers.naming import named
from tests.bot.readers import exchanges

_, _, FOUND = exchanges.library()["china-foreign-trade-2024.txt"]
FIGURES = {f"f{n}": figure for n, figure in enumerate(FOUND, start=1)}
LEVELS = [id for id, f in FIGURES.items() if f.unit == "CNY" and f.kind == "level"]


def test_a_residual_gets_its_identity_from_any_mention() -> None:
    trade, exports = LEVELS[0], LEVELS[1]
    step = named(Step("c1", "residual", (trade, exports), measure="Imports"), FIGURES, identities())
    assert step.identity == "total trade" and step.measure == "imports"
    assert [FIGURES[id].value for id in step.operands] == [
        FIGURES[trade].value,
        FIGURES[exports].value,
    ]


def test_what_follows_from_no_identity_is_left_as_it_is() -> None:
    for step in (
        Step("c1", "residual", (LEVELS[1], LEVELS[0]), measure="imports"),
        Step("c1", "residual", (LEVELS[0], LEVELS[1]), measure="zebras"),
        Step("c1", "residual", (LEVELS[0], LEVELS[1])),
        Step("c2", "residual", (LEVELS[0], "c1"), measure="imports"),
    ):
        assert named(step, FIGURES, identities()) == step
