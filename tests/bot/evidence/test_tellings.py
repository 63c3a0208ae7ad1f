"""Which of several tellings of one thing a question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot import questions
from bot.evidence import linking, tellings
from ingest import articles, figures

DATA = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "tellings.yaml").read_text(encoding="utf-8")
)
CASES = [
    (case["text"], question, told)
    for case in [*DATA["asked"], *DATA["claimed"]]
    for question, told in case["asks"].items()
]


@pytest.mark.parametrize(("text", "question", "told"), CASES, ids=[q for _, q, _ in CASES])
def test_which_telling_is_asked_for(text: str, question: str, told: str | None) -> None:
    article = articles.parse(f"Of many things\n\n{text}\n".encode(), "a.md")
    found = figures.find(article)
    cards = linking.cards(article, found)
    instead = tellings.instead(questions.parse(question), found, cards)
    meant = {article.text[figure.start : figure.end] for figure in instead.values()}
    assert meant == ({told} if told else set())
