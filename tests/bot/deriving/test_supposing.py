"""What something would come to as an asker supposes it to move."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.deriving import supposing
from bot.nodes import attempted
from tests.bot.deriving.test_chains import FARMS, LANDS, PORT, searched

POWER = """Orrin Energy, 2024

The company generated 50 terawatt hours of electricity in 2024.
Revenue rose by 10% to 800 million euros in 2024.
The grid lost 4 terawatt hours in 2023.
"""


@pytest.mark.parametrize(
    ("question", "phrase", "rate", "times", "n_years", "until"),
    [
        ("What would sales be if they grew 3%?", "sales", "3%", "", 0, None),
        ("What would sales be in 2026 if they fell by 3%?", "sales", "-3%", "", 0, "2026"),
        ("If revenue doubled, how much would it be?", "revenue", None, "2 times", 0, None),
        ("How big will the harvest be in ten years at this pace?", "harvest", None, "", 10, None),
        ("What would rents be in a decade at the current rate?", "rents", None, "", 10, None),
        ("What will sales be next year if they keep growing?", "sales", None, "", 1, None),
        ("What would output be if growth halves?", "output", None, "0.5 times", 0, None),
    ],
)
def test_what_is_supposed(
    question: str, phrase: str, rate: str | None, times: str, n_years: int, until: str | None
) -> None:
    read = supposing.read(questions.parse(question))
    assert read is not None
    told = (read.phrase, read.rate, read.times, read.n_years, read.until)
    assert told == (phrase, rate, times, n_years, until)


@pytest.mark.parametrize(
    "question",
    [
        "What will sales be in 2026?",
        "What were sales in 2024?",
        "If it rains, who pays for the harvest?",
        "Would sales be higher if the shop opened on Sundays?",
        "Did revenue double in 2024?",
    ],
)
def test_nothing_is_supposed(question: str) -> None:
    assert supposing.read(questions.parse(question)) is None


def found(text: str, question: str) -> float | None:
    search = searched(question, text)
    nodes = supposing.ways(search.query, derivation.Named(search))
    made = [way for node in nodes if (way := attempted(node, search.articles))]
    value = made[0].calculations[made[0].result].value if made else None
    return None if value is None else round(float(value), 2)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (PORT, "What would transit traffic be in 2026 if it keeps growing at 5% a year?", 308_700),
        (PORT, "What would transit traffic be in 2026 if it keeps growing like this?", 351_232),
        (PORT, "How large would transit traffic be in three years at this pace?", 393_379.84),
        (PORT, "What would coastal traffic be if it tripled?", 612_000),
        (PORT, "What would transit traffic be next year if growth halves?", 296_800),
        (PORT, "What would transit traffic be in 2025 if it fell 10%?", 252_000),
        (PORT, "What would transit traffic be in 2020 if it grew 10%?", None),
        (PORT, "What would barge traffic be if it grew 10%?", None),
        (FARMS, "What would fruit sales be next year if they keep falling at this rate?", 96e6),
        (LANDS, "What would imports be in 2025 if they grew 5%?", 239.4e9),
        (LANDS, "What would imports be in 2026 at the same growth rate?", 296_308_800_000),
        (POWER, "If revenue doubled, how much would it be?", 1_600e6),
        (POWER, "What would grid losses be next year at this pace?", None),
    ],
)
def test_what_it_comes_to(text: str, question: str, expected: float | None) -> None:
    assert found(text, question) == expected
