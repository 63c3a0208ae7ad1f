"""Which sentences and which second figures the reader without a model may tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot import nodes, questions
from bot.derivation import linker_of
from bot.evidence import linking
from bot.evidence.linking import Linker
from bot.nodes import Derivation
from bot.readers import extractive
from bot.readers.extractive import Desk
from bot.tagging.tags import Chance, Tags
from ingest import Article, articles, figures

REPORT = """Brell holds its course

OSTERBY, 5 May 2025 - Net debt fell to £188 million from £236 million at the end of June.

In 2024 the works lost 2.3 million hours to strikes.

The 2023 crane cost £9 million.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Article:
    folder = tmp_path_factory.mktemp("brell")
    (folder / "brell.txt").write_text(REPORT, encoding="utf-8")
    return articles.read(folder / "brell.txt", folder)


def desk_of(report: Article, question: str) -> Desk:
    cards = linking.cards(report, figures.find(report))
    assert cards
    return Desk(questions.parse(question), {report.id: report}, Linker([]), [])


@pytest.mark.parametrize(
    ("question", "sentence", "may"),
    [
        ("How many hours were lost in 2024?", "In 2024 the works", True),
        ("How many hours were lost in 2022?", "In 2024 the works", False),
        ("How many hours were lost in 2023?", "In 2024 the works", False),
        ("How high was net debt in 2025?", "OSTERBY", True),
        ("How high was net debt in 2021?", "OSTERBY", False),
        ("How high is net debt?", "OSTERBY", True),
        ("What did the crane of 2023 cost?", "The 2023 crane", True),
    ],
)
def test_a_sentence_of_another_year_is_no_answer(
    report: Article, question: str, sentence: str, may: bool
) -> None:
    start = report.text.index(sentence)
    end = report.text.index(".\n", start)
    assert extractive._may_be_of_then(desk_of(report, question), report.id, start, end) is may


def stated(report: Article, scores: Sequence[float]) -> list[Derivation]:
    found = [nodes.attempted(nodes.leaf(f), {report.id: report}) for f in figures.find(report)]
    return [replace(w, score=s) for w, s in zip((w for w in found if w), scores, strict=False)]


def test_a_second_figure_is_told_where_it_is_about_as_likely(report: Article) -> None:
    near = stated(report, [0.40, 0.38])
    assert extractive._as_likely(desk_of(report, "How high was net debt?"), near) == near[1:]
    assert (
        extractive._as_likely(
            desk_of(report, "How high was net debt?"), stated(report, [0.60, 0.20])
        )
        == []
    )
    assert extractive._as_likely(desk_of(report, "How high was net debt?"), near[:1]) == []


def test_one_quantity_is_not_told_twice(report: Article) -> None:
    first = stated(report, [0.40])[0]
    assert (
        extractive._as_likely(
            desk_of(report, "How high was net debt?"), [first, replace(first, score=0.39)]
        )
        == []
    )


@pytest.mark.parametrize(
    ("question", "line", "first", "stated", "is_told"),
    [
        ("How high is net debt?", 0.95, 0.6, 0.4, True),
        ("How high is net debt?", 0.8, 0.6, 0.4, False),
        ("How high is net debt?", 0.95, 0.3, 0.4, False),
        ("By how much did net debt fall?", 0.95, 0.6, 0.1, False),
        ("How high was net debt in 2021?", 0.95, 0.6, 0.4, False),
    ],
)
def test_a_sure_line_is_told_where_no_figure_is_likely(
    report: Article, question: str, line: float, first: float, stated: float, is_told: bool
) -> None:
    debt = figures.find(report)[0]
    place = (report.id, debt.sentence.start)
    tags = Tags(
        {(report.id, debt.start): Chance(first)}, {place: line, (report.id, 0): 0.1},
        {"quoted": stated},
    )  # fmt: skip
    linker = linker_of([debt], {report.id: report})
    desk = replace(desk_of(report, question), linker=linker, tags=tags)
    way = nodes.attempted(nodes.leaf(debt, 0.2), desk.articles)
    assert way is not None
    assert extractive._sure_line(desk, [way]) == (debt if is_told else None)


@pytest.mark.parametrize(
    ("asked", "told", "may"),
    [
        (["2027"], ["2024", "2025", "2026"], False),
        (["2025"], ["2024", "2025", "2026"], True),
        (["2025"], ["2025-Q1"], True),
        (["2027"], ["2024", None], True),
        (["2027"], [], True),
        ([], ["2024"], True),
    ],
)
def test_a_row_of_other_years_is_no_answer(
    asked: list[str], told: list[str | None], may: bool
) -> None:
    assert extractive._may_be_among(asked, told) is may


@pytest.mark.parametrize(
    ("question", "text", "may"),
    [
        ("What did Brell fetch for its crane?", 0.3, True),
        ("What did Brell fetch for its crane?", 0.7, False),
        ("Who sold the crane of Brell?", 0.3, False),
        ("How much did the crane cost?", 0.0, False),
    ],
)
def test_an_open_question_may_want_a_figure(
    report: Article, question: str, text: float, may: bool
) -> None:
    tags = Tags(classes={"text": text, "quoted": 1 - text})
    assert extractive._may_want_a_figure(replace(desk_of(report, question), tags=tags)) is may


@pytest.mark.parametrize(
    ("question", "likeliest", "may"),
    [
        ("The crane of Brell is operated by whom?", 0.05, True),
        ("Where in the 50 docks does the crane stand?", 0.6, True),
        ("What do the two works have in common?", 0.05, True),
        ("What do the two works have in common?", 0.3, False),
        ("How much did the crane cost?", 0.05, False),
        ("What was the net debt of Brell?", 0.05, False),
        ("hours lost at Brell", 0.4, False),
    ],
)
def test_words_may_answer_where_no_figure_is_likely(
    report: Article, question: str, likeliest: float, may: bool
) -> None:
    debt = figures.find(report)[0]
    tags = Tags({(report.id, debt.start): Chance(likeliest)}, {}, {"quoted": 0.9})
    linker = linker_of([debt], {report.id: report})
    desk = replace(desk_of(report, question), linker=linker, tags=tags)
    assert extractive._may_be_in_words(desk) is may


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which nationality spends most per day?", True),
        ("in which town is it cheapest", True),
        ("Which percentage of homes is let?", False),
        ("What was the largest order?", False),
    ],
)
def test_one_of_several_is_asked_for(question: str, asks: bool) -> None:
    assert extractive._asks_which(questions.parse(question)) is asks
