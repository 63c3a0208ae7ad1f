"""From the two articles to the JSON answer: real files, real embedding model, real Chroma."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot import Settings
from bot.answers import from_json, to_json
from bot.chain import Bot
from bot.verification import verify
from ingest.embedding import load
from ingest.index import Index

ROOT = Path(__file__).parents[1]
CONTRACT = json.loads((ROOT / "tests/data/answer.schema.json").read_text(encoding="utf-8"))
FOREIGN, SERVICES = "china-foreign-trade-2024.txt", "china-services-trade-2024.txt"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name in (FOREIGN, SERVICES):
        shutil.copy(ROOT / "corpus" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def bot(corpus: Path) -> Any:
    settings = Settings(corpus=corpus)
    embedding = load()
    with Index.open(settings.index_folder, corpus=corpus, embedding=embedding) as index:
        assert set(index.sync(corpus).added) == {FOREIGN, SERVICES}
    opened = Bot.open(settings, embedding=embedding)
    yield opened
    opened.close()


def answered(bot: Bot, question: str, history: tuple[str, ...] = ()) -> dict[str, Any]:
    """The JSON answer, as a script would read it back, fit for the contract."""
    answer = json.loads(json.dumps(to_json(bot.ask(question, history))))
    jsonschema.validate(answer, CONTRACT)
    return dict(answer)


def test_imports_are_computed_and_proven(bot: Bot, corpus: Path) -> None:
    answer = answered(bot, "What were China's imports in 2024?")
    assert answer["status"] == "answered"
    assert "about 18.40 trillion yuan" in answer["text"]
    (calculation,) = answer["calculations"]
    assert calculation["formula"] == (
        "43.85 trillion yuan − 25.45 trillion yuan = about 18.40 trillion yuan"
    )
    assert (calculation["low"], calculation["value"], calculation["high"]) == (
        "18390000000000", "18400000000000", "18410000000000",
    )  # fmt: skip
    figures = {figure["id"]: figure for figure in answer["figures"]}
    operands = [figures[id] for id in calculation["operands"]]
    assert [operand["value"] for operand in operands] == ["43850000000000", "25450000000000"]
    assert [operand["article"] for operand in operands] == [FOREIGN, FOREIGN]
    source = (corpus / FOREIGN).read_text(encoding="utf-8")
    for citation in answer["citations"]:
        assert citation["quote"] in source
    assert verify(answer, corpus).state == "true"
    assert to_json(from_json(answer)) == answer


def test_a_figure_is_quoted(bot: Bot) -> None:
    answer = answered(bot, "How much did the travel services sector reach in 2024?")
    assert answer["status"] == "answered"
    assert "2.05 trillion yuan" in answer["text"]
    assert answer["calculations"] == []
    assert answer["citations"][0]["article"] == SERVICES


def test_a_follow_up_is_made_whole(bot: Bot) -> None:
    answer = answered(bot, "And imports?", ("What were China's exports in 2024?",))
    assert "imports" in answer["understood"] and "2024" in answer["understood"]
    assert "18.40 trillion yuan" in answer["text"]


def test_what_the_articles_do_not_say_is_not_said(bot: Bot) -> None:
    answer = answered(bot, "What was the population of Brazil in 2024?")
    assert answer["status"] == "abstained"
    assert answer["numbers"] == [] or all(n["proof"] == "question" for n in answer["numbers"])


def test_every_number_of_an_answer_has_a_proof_and_its_place(bot: Bot) -> None:
    for question in (
        "What were China's imports in 2024?",
        "What share of foreign trade did exports make up in 2024?",
        "How much revenue did Black Myth: Wukong generate?",
        "What drove the growth of trade in services?",
    ):
        answer = answered(bot, question)
        proofs = {entry["id"] for entry in [*answer["figures"], *answer["calculations"]]}
        for number in answer["numbers"]:
            assert answer["text"][number["start"] : number["end"]] == number["text"]
            assert number["proof"] in proofs | {"date", "identifier", "ordinal", "question"}
        for calculation in answer["calculations"]:
            low, high = calculation["low"], calculation["high"]
            if None not in (low, high):
                assert Decimal(low) <= Decimal(calculation["value"]) <= Decimal(high)
