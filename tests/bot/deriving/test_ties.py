"""How the figures of a calculation stand to each other and to the question."""

from __future__ import annotations

from bot import nodes
from bot.derivation import linker_of
from bot.deriving.ties import MEASURES, Ties
from bot.nodes import Node
from ingest import Article, Figure, articles, figures

TEXT = """Clinics of the county

Assaults rose to 15,230 from 14,780, and knife crime was down 8%.
Victims lost £54 million altogether.
There were 9,860 reports of fraud, up 31%.
"""
QUESTION = "What did victims of fraud lose per report?"


def _read() -> tuple[Article, dict[str, Figure], Ties]:
    article = articles.parse(TEXT.encode(), "crime.txt")
    read = {article.text[f.start : f.end]: f for f in figures.find(article)}
    return article, read, Ties(QUESTION, linker_of(list(read.values()), {article.id: article}))


def _way(operation: str, *leaves: Figure) -> Node:
    return nodes.node_of(operation, leaves, ())


def test_only_the_measures_of_a_ways_own_kind_are_told() -> None:
    _, read, ties = _read()
    found = ties.measures(_way("per_unit", read["£54 million"], read["9,860 reports"]))
    assert set(found) == set(MEASURES)
    assert found["is_per"] == 1.0 and found["apart_per"] > 0
    assert found["is_time"] == found["apart_time"] == found["is_change"] == 0.0


def test_figures_of_one_sentence_are_not_apart_and_those_between_are_counted() -> None:
    _, read, ties = _read()
    near = ties.measures(_way("before_growth", read["9,860 reports"], read["31%"]))
    across = ties.measures(_way("before_growth", read["15,230"], read["8%"]))
    far = ties.measures(_way("before_growth", read["9,860 reports"], read["8%"]))
    assert near["apart_change"] == across["apart_change"] == 0.0 < far["apart_change"]
    assert near["between_change"] == 0.0 < across["between_change"]


def test_a_way_covers_the_words_that_stand_by_any_of_its_figures() -> None:
    _, read, ties = _read()
    both = ties.measures(_way("per_unit", read["£54 million"], read["9,860 reports"]))
    one = ties.measures(nodes.leaf(read["£54 million"]))
    assert both["covered"] > one["covered"] == one["least"] > 0
    assert both["least"] <= one["least"]


def test_a_question_without_words_of_its_own_is_covered_by_nothing() -> None:
    article, read, _ = _read()
    ties = Ties("What?", linker_of(list(read.values()), {article.id: article}))
    assert ties.measures(nodes.leaf(read["£54 million"]))["covered"] == 0.0
