"""Which sentences and which second figures the reader without a model may tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot import linking, nodes, questions
from bot.linking import Linker
from bot.nodes import Derivation
from bot.readers import extractive
from bot.readers.extractive import Desk
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
    assert extractive._as_likely(near) == near[1:]
    assert extractive._as_likely(stated(report, [0.60, 0.20])) == []
    assert extractive._as_likely(near[:1]) == []


def test_one_quantity_is_not_told_twice(report: Article) -> None:
    first = stated(report, [0.40])[0]
    assert extractive._as_likely([first, replace(first, score=0.39)]) == []
