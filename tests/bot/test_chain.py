"""The chain from the question to the answer, over a small index, without a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from bot.answers import Answer, from_json, to_json
from bot.chain import Asked, Bot
from bot.errors import HistoryMalformed, ModelUnknown, QuestionEmpty
from bot.events import Sentence, Status
from bot.settings import Settings
from ingest.errors import IndexMissing
from ingest.index import Index
from tests.ingest.quick import QuickEmbedding

ARTICLE = """Harbour report

Exports of Selwyn reached 25.45 million tonnes in 2024, up from 20.15 million tonnes in 2023.

The harbour master, Ada Brook, said that two new cranes had helped.
"""
QUESTION = "What were the exports of Selwyn in 2024?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(corpus=corpus)
    with Index.open(settings.index_folder, corpus=corpus, embedding=QuickEmbedding()) as index:
        index.sync(corpus)
    return settings


@pytest.fixture(scope="module")
def bot(settings: Settings) -> Iterator[Bot]:
    bot = Bot.open(settings, QuickEmbedding())
    yield bot
    bot.close()


def test_ask_answers_with_a_proof(bot: Bot) -> None:
    answer = bot.ask(QUESTION)
    assert "25.45 million" in answer.text and answer.citations
    assert answer.reader == "extractive" and answer.usage is None and answer.seconds > 0


def test_stream_tells_the_answer_in_sentences_and_ends_with_it(bot: Bot) -> None:
    *events, answer = bot.stream(QUESTION)
    assert isinstance(answer, Answer)
    assert isinstance(events[0], Status)
    shown = [event.text for event in events if isinstance(event, Sentence)]
    assert " ".join(shown) == answer.text == bot.ask(QUESTION).text


def test_runnable_batches_and_calls_back(bot: Bot) -> None:
    seen: list[str] = []

    class Watch(BaseCallbackHandler):
        def on_chain_start(self, serialized: Any, inputs: Any, **kwargs: Any) -> None:
            seen.append(kwargs.get("name") or "")

    asked = [Asked(QUESTION), Asked("Who is the harbour master?")]
    answers = bot.chain.batch(asked, {"callbacks": [Watch()], "max_concurrency": 1})
    assert [answer.question for answer in answers] == [one.question for one in asked]
    assert {"quotient", "understand", "retrieve", "answer"} <= set(seen)


def test_halves_give_what_the_whole_gives(bot: Bot) -> None:
    retrieved = bot.chain.retrieve(Asked(QUESTION))
    assert retrieved.evidence.hits and retrieved.query.asked == QUESTION
    assert bot.chain.answer(retrieved).text == bot.ask(QUESTION).text


def test_history_may_be_bare_questions(bot: Bot) -> None:
    turns = bot.turns([QUESTION, {"question": "And then?", "answer": "So."}])
    assert "25.45" in turns[0].answer and turns[1].answer == "So."


@pytest.mark.parametrize("history", [[3], [{"answer": "x"}], [None]])
def test_malformed_history_is_told(bot: Bot, history: list[Any]) -> None:
    with pytest.raises(HistoryMalformed):
        bot.ask(QUESTION, history)


def test_empty_question_is_told(bot: Bot) -> None:
    with pytest.raises(QuestionEmpty):
        bot.ask("  \n")


def test_open_tells_what_is_missing(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Bot.open(Settings(corpus=tmp_path), QuickEmbedding())
    with pytest.raises(ModelUnknown, match="provider:name"):
        Bot.open(Settings(corpus=settings.corpus, model="gpt"), QuickEmbedding())


def test_copies_of_a_cited_article_are_named(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "wire.txt").write_text(f"{ARTICLE}\nReprinted.\n", encoding="utf-8")
    settings, embedding = Settings(corpus=tmp_path), QuickEmbedding()
    with Index.open(settings.index_folder, corpus=tmp_path, embedding=embedding) as index:
        index.sync(tmp_path)
    with closing(Bot.open(settings, embedding)) as doubled:
        answer = doubled.ask(QUESTION)
    for citation in answer.citations:
        assert {citation.article_id, *citation.copies} == {"harbour.txt", "wire.txt"}
    assert answer.citations and from_json(to_json(answer)).citations == answer.citations
