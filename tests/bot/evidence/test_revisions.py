"""Figures that tell one thing as it was first put and as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.evidence import linking, revisions
from ingest import Figure, articles, figures

DATA = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "tellings.yaml").read_text(encoding="utf-8")
)
CASES = DATA["pairs"]


@pytest.mark.parametrize(("sentence", "told"), CASES.items(), ids=[*CASES])
def test_what_was_first_and_what_is_told_instead(sentence: str, told: dict[str, str]) -> None:
    article = articles.parse(f"Of many things\n\n{sentence}\n".encode(), "a.txt")
    cards = linking.cards(article, figures.find(article))
    pairs = revisions.pairs(cards) if cards else []

    def said(figure: Figure) -> str:
        return article.text[figure.start : figure.end]

    assert {said(pair.then): said(pair.now) for pair in pairs} == told
