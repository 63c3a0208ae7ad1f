"""The whole way with a scripted chat model: `Bot.open` to the answer, follow-ups included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chain import Bot
from bot.events import Sentence
from bot.settings import Settings
from ingest.index import Index
from tests.bot.readers.exchanges import reply
from tests.bot.readers.lines import KEY, Line
from tests.bot.readers.servers import Asked, Reply, Server
from tests.ingest.quick import QuickEmbedding

ARTICLE = """Harbour report

Exports of Selwyn reached 25.45 million tonnes in 2024, up from 20.15 million tonnes in 2023.

Imports of Selwyn were 8.25 million tonnes in 2024.
"""
HISTORY = [
    {"question": "What were the exports of Selwyn in 2024?", "answer": "They reached 25.45 Mt."}
]
WHOLE = "What were the imports of Selwyn in 2024?"


def answers(asked: Asked) -> Reply:
    """A model that makes follow-ups whole and answers with the imports."""
    if "Last question" in asked.user:
        return Reply(json.dumps({"question": WHOLE, "searches": ["Selwyn imports"]}))
    row = re.search(r"^(f\d+) \| 8\.25", asked.user, re.MULTILINE)
    assert row and WHOLE in asked.user
    return Reply(reply((f"Imports of Selwyn were {{{row[1]}}} in 2024.", [])))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server("openai")
    yield server
    server.close()


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Bot]:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(corpus=corpus, model="openai:scripted", model_url=server.url)
    with Index.open(settings.index_folder, corpus=corpus, embedding=QuickEmbedding()) as index:
        index.sync(corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", KEY)
        bot = Bot.open(settings, QuickEmbedding())
    yield bot
    Line.hang_up(bot.chain.model.client)
    bot.close()


def test_a_question_is_answered_by_the_model(bot: Bot, server: Server) -> None:
    server.script = answers
    answer = bot.ask(WHOLE)
    assert answer.text == "Imports of Selwyn were 8.25 million tonnes in 2024. [1]"
    assert answer.reader == "openai:scripted" and answer.usage and answer.seconds > 0


def test_a_follow_up_is_made_whole_by_the_model(bot: Bot, server: Server) -> None:
    server.script = answers
    server.asked.clear()
    answer = bot.ask("And imports?", HISTORY)
    assert (answer.question, answer.understood) == ("And imports?", WHOLE)
    assert "8.25 million" in answer.text and len(server.asked) == 2
    assert answer.usage and answer.usage.input_tokens == 200


def test_a_conversation_is_never_lost(bot: Bot, server: Server) -> None:
    server.say(Reply(status=401))
    *events, answer = bot.stream("And imports in 2024?", HISTORY)
    assert len(server.asked) == 1
    assert answer.reader == "extractive" and "Set a valid key" in (answer.note or "")
    assert KEY not in repr(answer)
    assert " ".join(e.text for e in events if isinstance(e, Sentence)) == answer.text


def test_an_article_that_gives_orders_is_only_read(
    bot: Bot, server: Server, tmp_path: Path
) -> None:
    server.script = answers
    server.asked.clear()
    bot.ask(WHOLE)
    told = server.asked[0].user
    mark = re.match(r"<<<articles (\w{12})>>>", told)
    assert mark and told.count(mark[1]) == 2
    assert told.index("8.25") < told.rindex(mark[1]) < told.index("Question:")
