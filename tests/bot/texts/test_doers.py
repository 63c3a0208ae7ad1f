"""Who is taken to have done something, and who is told to have done it."""

from __future__ import annotations

import pytest

from bot.evidence.pages import Line, Pages
from bot.texts import doers
from ingest import articles


def lines(text: str) -> list[Line]:
    return list(Pages(None).page(articles.parse(text.encode(), "a.txt")).lines)


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("When did Orle buy Tarn?", "Orle did not buy Tarn"),
        (
            "Why did the Bank of Norlund sue Moor Mills in May?",
            "the Bank of Norlund did not sue Moor Mills",
        ),
        ("How much did Orle pay for Tarn?", None),
        ("When did the mill buy Tarn?", None),
        ("Did Orle buy Tarn?", None),
    ],
)
def test_a_deed_is_read(question: str, denied: str | None) -> None:
    deed = doers.read(question)
    assert (deed.denied if deed else None) == denied


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Moor bought the family-held Tarn in May.", True),
        ("On Monday Moor bought Tarn. Orle rose.", True),
        ("Moor bought Tarn. Orle and Tarn had talked before.", False),
        ("Moor may buy Tarn.", False),
        ("Tarn bought Moor.", False),
        ("Moor bought a mill, while Tarn grew.", False),
        ("Orle bought Tarn.", False),
        ("Moor praised Tarn.", False),
    ],
)
def test_another_is_told_to_have_done_it(text: str, told: bool) -> None:
    deed = doers.read("When did Orle buy Tarn?")
    assert deed is not None
    assert bool(doers.another(deed, lines(text))) is told
