"""What is asked of several peers as a set, each told in an article of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import proof, questions
from bot.evidence import linking
from bot.evidence.linking import Linker
from bot.rankings import among
from bot.texts.composition import Composer
from ingest import Article, articles, figures

FOLDERS = yaml.safe_load(Path("tests/data/peers.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(folder, case["ask"], case["told"], id=f"{folder['id']}: {case['ask']}")
    for folder in FOLDERS
    for case in folder["questions"]
]


def said(folder: dict[str, Any], question: str) -> tuple[str, list[str]] | None:
    """The answer as it is proven, with what was objected to; None where nothing is claimed."""
    held: dict[str, Article] = {
        name: articles.parse(text.encode(), name) for name, text in folder["articles"].items()
    }
    told = {name: figures.find(article) for name, article in held.items()}
    decks = linking.Decks()
    linker = Linker([decks.of(article, told[name]) for name, article in held.items()])
    query, composer = questions.parse(question), Composer()
    if not among.say(query, linker, held, composer):
        return None
    verdict = proof.check(
        composer.draft("answered"), query, held, told.__getitem__, lambda *place: None
    )
    return verdict.answer.text, [str(one) for one in verdict.objections]


@pytest.mark.parametrize(("folder", "question", "told"), CASES)
def test_a_set_of_peers(folder: dict[str, Any], question: str, told: str | None) -> None:
    answer = said(folder, question)
    if told is None:
        assert answer is None
    else:
        assert answer is not None and answer[0].startswith(told) and not answer[1]


def test_each_row_is_told_with_its_own_source() -> None:
    answer = said(FOLDERS[0], "Rank the four ports by revenue")
    assert answer is not None
    rows = [line.partition(":")[0] for line in answer[0].splitlines()[1:]]
    assert rows == ["• Lindo", "• Tarnhaven", "• Osk Harbour Company"]


def test_whether_the_question_names_its_set() -> None:
    held = {n: articles.parse(t.encode(), n) for n, t in FOLDERS[0]["articles"].items()}
    asked = {
        "Which of the four ports is the largest?": True,
        "combined revenue of Velm, Osk and Lindo": True,
        "Which port is the largest?": False,
        "What was the revenue of Velm?": False,
    }
    assert {q: among.is_told(questions.parse(q), held) for q in asked} == asked
