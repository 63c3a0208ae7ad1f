"""Scripted servers of the three dialects, opened once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.readers.lines import KEY, Line
from tests.bot.readers.servers import DIALECTS, Dialect


@pytest.fixture(scope="session")
def lines() -> Iterator[dict[Dialect, Line]]:
    """A chain for each dialect; `renew` one that was taught something in a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.setenv("ANTHROPIC_API_KEY", KEY)
        opened = {dialect: Line(dialect) for dialect in DIALECTS}
    yield opened
    for line in opened.values():
        line.close()
