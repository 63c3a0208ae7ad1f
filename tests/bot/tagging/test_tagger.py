"""The tagger with its real weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chain import Asked, Bot
from bot.questions import Turn
from bot.settings import Settings
from bot.tagging import CLASSES, Tagger, Tags
from ingest import embedding, figures
from ingest.embedding import ForeignEmbedding
from ingest.index import Index

TEXT = """The year at Port Lindow

The harbour handled 8.4 million tonnes of cargo in 2023, up 6% from a year earlier.
It employs 412 people, most of them on the north quay.
Repairs to the sea wall cost 31 million euros and were finished in May.
The harbour master, Ines Falk, retires in the autumn because of her health.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    corpus: Path = tmp_path_factory.mktemp("port")
    (corpus / "port.txt").write_text(TEXT, encoding="utf-8")
    embed = embedding.load()
    with Index.open(corpus / ".quotient", corpus=corpus, embedding=embed) as index:
        index.sync(corpus)
    return Bot.open(Settings(corpus=corpus), embed)


def tagged(bot: Bot, question: str) -> Tags:
    retrieved = bot.chain.retrieve(Asked(question))
    tags = bot.chain.extractive.tagged(retrieved.query, retrieved.evidence).tags
    assert tags is not None
    return tags


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How much cargo went through the port in 2023?", "8.4 million tonnes"),
        ("How many people work at the harbour?", "412 people"),
        ("What did mending the sea wall cost?", "31 million euros"),
    ],
)
def test_the_figure_asked_for_is_the_likeliest(bot: Bot, question: str, wanted: str) -> None:
    article = bot.index.article("port.txt")
    told = tagged(bot, question)
    best = max(figures.find(article), key=lambda f: told.of(f).first)
    assert article.text[best.start : best.end] == wanted


def test_a_line_of_words_is_found(bot: Bot) -> None:
    told = tagged(bot, "Why does the harbour master step down?")
    best = max(told.lines, key=lambda key: told.lines[key])
    assert bot.index.article("port.txt").text[best[1] :].startswith("The harbour master")


def test_chances_are_chances(bot: Bot) -> None:
    told = tagged(bot, "How much cargo?")
    held = figures.find(bot.index.article("port.txt"))
    assert set(told.figures) == {(f.article_id, f.start) for f in held}
    assert all(0 <= chance <= 1 for chance in told.lines.values())
    assert set(told.classes) == set(CLASSES)
    assert sum(told.classes.values()) == pytest.approx(1, abs=1e-4)


def test_a_reading_is_the_same_twice(bot: Bot) -> None:
    assert tagged(bot, "How much cargo?") == tagged(bot, "How much cargo?")


def test_another_embedding_has_no_tagger() -> None:
    assert Tagger.of(None) is None
    assert Tagger.of(ForeignEmbedding(embedding.load(), "another")) is None


@pytest.mark.parametrize(
    ("before", "question", "wanted"),
    [
        ("By what percentage did the cargo rise in 2023?", "And the staff?", "growth"),
        ("What part of the port's sales came from cargo?", "and ferries?", "share"),
        ("How many people work at the harbour?", "And in the office?", "quoted"),
    ],
)
def test_a_follow_up_asks_for_what_the_question_before_asked_for(
    bot: Bot, before: str, question: str, wanted: str
) -> None:
    asked = Asked(question, (Turn(before),))
    retrieved = bot.chain.retrieve(asked)
    tags = bot.chain.extractive.tagged(retrieved.query, retrieved.evidence, asked.history).tags
    assert tags is not None
    assert max(tags.classes, key=lambda name: tags.classes[name]) == wanted
