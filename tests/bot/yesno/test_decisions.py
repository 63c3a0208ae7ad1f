"""What every way to a decision needs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.yesno import decisions


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (("0.85", "0.95"), ("0.95", "1.05"), "no"),
        (("0.95", "1.05"), ("0.85", "0.95"), "yes"),
        (("5", "5"), ("5", "5"), None),
        (("4", "6"), ("5", "7"), None),
        (("5", None), ("1", "5"), "yes"),
    ],
)
def test_ranges_that_touch(
    one: tuple[str, str | None], other: tuple[str, str | None], told: str | None
) -> None:
    mine, theirs = (tuple(Decimal(x) if x else None for x in side) for side in (one, other))
    assert decisions.held_above(mine, theirs) == told  # type: ignore[arg-type]
