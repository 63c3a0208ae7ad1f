"""Narrowing: of a wide search's passages those that go best with the question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chain import Asked, Bot
from bot.questions import Query
from bot.retrieval import Evidence, retrieve
from bot.searching import narrowing
from bot.settings import Settings
from ingest import embedding
from ingest.index import Index

TOWNS = ("Lindow", "Varno", "Esk", "Torbay", "Malm", "Quill", "Orrin", "Sarn", "Dool", "Pexley")


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    corpus: Path = tmp_path_factory.mktemp("towns")
    for n, town in enumerate(TOWNS):
        text = f"{town} council\n\nThe town of {town} has {n + 11},400 inhabitants.\n\n"
        text += f"Its buses carried {n + 2}.5 million passengers in 2023.\n\n"
        text += f"The library of {town} lent {n + 31},000 books.\n"
        (corpus / f"{town.lower()}.txt").write_text(text, encoding="utf-8")
    embed = embedding.load()
    with Index.open(corpus / ".quotient", corpus=corpus, embedding=embed) as index:
        index.sync(corpus)
    yield Bot.open(Settings(corpus=corpus), embed)


def narrowed(bot: Bot, *questions: str) -> tuple[Evidence, Evidence]:
    """What a wide search finds for the first of these questions, and what is left of it."""
    tagger = bot.chain.extractive._tagger
    assert tagger is not None
    wide = retrieve(Query(questions[0], questions[0]), bot.index, k=narrowing.WIDE)
    asked = [tagger.matcher.asked(question, None) for question in questions]
    return wide, narrowing.narrowed(wide, tagger.matcher, asked, bot.index.sentences)


def test_the_passage_that_answers_comes_first(bot: Bot) -> None:
    _, found = narrowed(bot, "how many folk live in Esk?")
    assert found.hits[0].passage.article_id == "esk.txt"
    first = found.sentences[0]
    text = found.articles[first.article_id].text
    assert "inhabitants" in text[first.span.start : first.span.end]


def test_what_is_left_holds_together(bot: Bot) -> None:
    wide, found = narrowed(bot, "how many folk live in Esk?")
    assert len(wide.hits) > narrowing.N_HITS == len(found.hits)
    names = {hit.passage.article_id for hit in found.hits}
    assert set(found.articles) == names
    assert {f.article_id for f in found.figures} == names
    assert {s.article_id for s in found.sentences} <= names
    scores = [sentence.score for sentence in found.sentences]
    assert scores == sorted(scores, reverse=True)


def test_each_of_several_questions_keeps_its_best(bot: Bot) -> None:
    _, found = narrowed(bot, "how many folk live in Esk?", "books borrowed in Pexley")
    assert {"esk.txt", "pexley.txt"} <= {hit.passage.article_id for hit in found.hits[:3]}


def test_nothing_found_stays_nothing(bot: Bot) -> None:
    tagger = bot.chain.extractive._tagger
    assert tagger is not None
    asked = [tagger.matcher.asked("why?", None)]
    empty = Evidence(())
    assert narrowing.narrowed(empty, tagger.matcher, asked, bot.index.sentences) is empty


def test_the_chain_narrows(bot: Bot) -> None:
    retrieved = bot.chain.retrieve(Asked("how many people were on the buses of Sarn?"))
    assert len(retrieved.evidence.hits) <= narrowing.N_HITS
    assert retrieved.evidence.hits[0].passage.article_id == "sarn.txt"
