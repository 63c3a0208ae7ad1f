"""Which article a summary is asked of, and the sentences that sum it up."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence.pages import Pages
from bot.texts import gist
from bot.texts.choosing import Choice
from bot.texts.gist import Gist
from ingest import Article, articles

MILL = """# Tarn mill grows again

By Ada Moor

The mill at Tarn made more flour this year than in any year before it.

Does it pay?

It paid well. The miller of Tarn hired nine more hands for the new stones and ovens.

| Year | Flour |
|---|---|
| 2024 | 40 |
"""
POND = """# Pond report

The pond behind the school has frozen over for the first time in many years.
"""


def _gist(question: str, *texts: str) -> Gist:
    held: dict[str, Article] = {
        f"{i}.md": articles.parse(text.encode(), f"{i}.md") for i, text in enumerate(texts)
    }
    pages = Pages()
    return Gist(question, held, pages, pages.rank(question, held))


def _lines(asked: Gist) -> list[str]:
    article = asked.article()
    assert article is not None
    return [line.text for line in asked.lines(article)]


def test_the_first_sentence_leads_and_bylines_tables_and_questions_stay_out() -> None:
    lines = _lines(_gist("What is the article about?", MILL))
    assert lines[0].startswith("The mill at Tarn made")
    assert lines[1:] == ["The miller of Tarn hired nine more hands for the new stones and ovens."]


CLINIC = """# Minutes of the clinic board

Present: Dr Oake (chair), Mr Finch (money), Ms Reed (wards), Mr Birch (roofs).

## Wards

The wards held 310 patients a day in spring. Most of them stayed for four nights or five. Nurses
served 900 meals a day in all of them. Doctors saw each patient twice on every day.

## Money

Mr Finch said the clinic took in 40 million crowns this spring. Drugs cost 6 million crowns, a tenth
more than last spring. Its debts remained at 12 million crowns.

## Roofs

Mr Birch promised that the roof would be mended before the winter. Parking will cost two crowns an
hour from now on. The old chapel stays closed until its tower is safe again.
"""


def test_a_summary_is_spread_over_the_sections_and_names_nobody_present() -> None:
    lines = _lines(_gist("What are the clinic minutes about, in a nutshell?", CLINIC))
    assert len(lines) == 3
    assert [line.split()[0] for line in lines] == ["The", "Mr", "Mr"]


CLUB = """# The year of the club

The choir sang nine times and drew 400 listeners each evening. Its budget rose to 7,000 crowns. A
dairy paid for most of that.

The band won a prize for the choir of the town. The drummers left for the coast in May.
"""


def test_a_topic_is_followed_to_where_it_ends() -> None:
    asked = _gist("What do the articles say about the choir?", CLUB)
    choices = [Choice(f, f.score, 0.0) for f in asked.found if f.line.kind != "heading"]
    lines = [line.text for line in gist.of_topic(asked, choices)]
    assert any(line.startswith("Its budget") for line in lines)
    assert any(line.startswith("A\ndairy") for line in lines)
    assert not any(line.startswith("The drummers") for line in lines)


def test_one_sentence_where_one_is_asked_for() -> None:
    assert len(_lines(_gist("Sum up the mill story in one sentence", MILL))) == 1


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("What is the story on the mill about?", "The mill at Tarn"),
        ("Summarise the pond report", "The pond behind"),
        ("gist of the article by Ada Moor", "The mill at Tarn"),
    ],
)
def test_the_article_that_is_meant(question: str, opening: str) -> None:
    assert _lines(_gist(question, MILL, POND))[0].startswith(opening)


def test_nothing_is_summed_up_of_nothing() -> None:
    assert _gist("What is it about?").article() is None


@pytest.mark.parametrize(
    ("question", "is_topic"),
    [
        ("What do the articles say about flour?", True),
        ("tell me about the pond", True),
        ("What is the article about?", False),
        ("Summarise the report on flour", False),
    ],
)
def test_topics(question: str, is_topic: bool) -> None:
    assert gist.is_of_topic(question) == is_topic


@pytest.mark.parametrize(
    ("question", "form", "asks"),
    [
        ("what's the story on the mill about", "summary", None),
        ("the Tarn story in one sentence", "summary", None),
        ("What is the main finding of the pond study?", "summary", None),
        ("How does Moor sum up the year?", "text", "how"),
        ("What was the quarrel about?", "text", "what"),
        ("What does EBITDA mean in the release?", "text", "define"),
        ("nato = ?", "text", "define"),
        ("what is a combined ratio?", "text", "define"),
        ("where will flour be made from now on", "text", "where"),
        ("what is the mean of the two?", "figure", None),
    ],
)
def test_forms(question: str, form: str, asks: str | None) -> None:
    query = questions.parse(question)
    assert query.form == form
    assert asks is None or query.asks == asks


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("What is the second article about?", "b"),
        ("Sum up the 1st text", "a"),
        ("what's the last piece about", "c"),
        ("What is the fifth article about?", None),
        ("What is the article about the first bridge about?", None),
    ],
)
def test_an_article_may_be_named_by_its_place(question: str, id: str | None) -> None:
    assert gist.by_place(question, ["a", "b", "c"]) == id
