"""How well figures fit what a question names: golden links over small articles, and the parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import derivation, questions
from bot.evidence import linking
from bot.evidence.linking import Goal
from bot.language import terms
from ingest import Article, articles, figures

BOOKS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "links.yaml").read_text(encoding="utf-8")
)
CASES = [(book["text"], asked, told) for book in BOOKS for asked, told in book["asks"].items()]
# Below this the reader takes a figure for no answer.
FITS = 0.4


def best(text: str, question: str) -> tuple[str | None, linking.Link | None]:
    """The figure that fits best, as written, and its link."""
    article: Article = articles.parse(text.encode(), "a.txt")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    links = linker.links(derivation.goal_of(questions.parse(question)))
    top = links[0] if links else None
    figure = top.card.figure if top else None
    return (article.text[figure.start : figure.end] if figure else None), top


@pytest.mark.parametrize(("text", "asked", "told"), [c for c in CASES if c[2]])
def test_the_figure_that_is_asked_for(text: str, asked: str, told: str) -> None:
    assert best(text, asked)[0] == told


@pytest.mark.parametrize(("text", "asked", "told"), [c for c in CASES if not c[2]])
def test_no_figure_fits(text: str, asked: str, told: None) -> None:
    top = best(text, asked)[1]
    assert top is None or top.score < FITS


@pytest.mark.parametrize(
    ("asked", "period", "least", "most"),
    [
        ((), "2024", 1.0, 1.0),
        (("2024",), "2024", 1.0, 1.0),
        (("FY2024",), "2024", 0.9, 1.0),
        (("2024",), None, 0.5, 0.9),
        (("2024",), "2024-Q1", 0.3, 0.7),
        (("2024-Q1",), "2024", 0.3, 0.5),
        (("2024",), "2021", 0.0, 0.2),
    ],
)
def test_a_period_fits(
    asked: tuple[str, ...], period: str | None, least: float, most: float
) -> None:
    assert least <= linking.period_fit(Goal("", (), periods=asked), period) <= most


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("USD", "money"),
        ("USD/t", "money"),
        ("%", "percent"),
        ("pp", "percent"),
        ("1", "ratio"),
        ("day", "duration"),
        ("km", "length"),
        ("kg", "mass"),
        ("°C", "temperature"),
        ("km/h", "speed"),
        ("visitor", "count"),
        ("rank", "rank"),
    ],
)
def test_class_of_a_unit(unit: str, kind: str) -> None:
    assert linking.unit_class(unit) == kind


@pytest.mark.parametrize(
    ("one", "other", "is_like"),
    [
        ("export", "export", True),
        ("revenu", "turnov", True),
        ("visitor", "visiter", True),
        ("export", "import", False),
        ("cost", "coast", False),
        ("men", "women", False),
    ],
)
def test_words_that_stand_for_each_other(one: str, other: str, is_like: bool) -> None:
    assert (linking.same(one, other) >= 0.7) is is_like


def test_rare_words_weigh_more() -> None:
    weights = linking.weights(["cargo rose", "cargo fell", "cargo stood", "ferries sank"])
    assert weights.of("ferri") > weights.of("cargo")


@pytest.mark.parametrize(
    ("said", "plain"),
    [("what was bought abroad", "what was imports"), ("the bottom line", "the net profit")],
)
def test_set_expressions(said: str, plain: str) -> None:
    assert linking.spoken(said) == plain


SHIPS = "Cargo through Ashford harbour rose 4% to 9 million tonnes in 2024.\n"
FARES = "Fares at Ashford station came to 3 million dollars in 2024, up from 2 million in 2023.\n"


def decks() -> list[linking.Deck]:
    read = [articles.parse(text.encode(), f"{text[:5]}.txt") for text in (SHIPS, FARES)]
    return [linking.Deck(linking.cards(article, figures.find(article))) for article in read]


def test_a_link_is_the_same_in_whichever_order_the_articles_come() -> None:
    goal = derivation.goal_of(questions.parse("How much cargo went through Ashford in 2024?"))
    orders = (decks(), decks()[::-1])
    told = [
        {
            (link.card.figure.article_id, link.card.figure.start): link.score
            for link in linking.Linker(order).links(goal)
        }
        for order in orders
    ]
    assert told[0] == pytest.approx(told[1])


def test_links_come_best_first_and_as_many_as_are_asked_for() -> None:
    linker = linking.Linker(decks())
    links = linker.links(derivation.goal_of(questions.parse("What were fares in 2023?")))
    scores = [link.score for link in links]
    assert scores == sorted(scores, reverse=True)
    assert len(links) == len(linker.cards) == len(scores)
    assert [link.score for link in links[:2]] == scores[:2]
    assert links[0].card.figure.article_id == "Fares.txt"


def test_no_cards_no_links() -> None:
    goal = derivation.goal_of(questions.parse("What were fares in 2023?"))
    assert list(linking.Linker([]).links(goal)) == []
    assert list(linking.Linker([linking.Deck([])]).links(goal)) == []


def test_what_stands_by_figures() -> None:
    linker = linking.Linker(decks())
    cargo = linker.cards[0].figure
    assert {"cargo", "harbour"} <= linker.held([cargo])
    assert "fare" not in linker.held([cargo])
    assert linker.held([]) == frozenset()


def test_only_the_last_articles_are_kept_as_decks() -> None:
    kept = linking.Decks(max_kept=1)
    one, other = (articles.parse(text.encode(), f"{text[:5]}.txt") for text in (SHIPS, FARES))
    first = kept.of(one, figures.find(one))
    assert kept.of(one, figures.find(one)) is first
    kept.of(other, figures.find(other))
    assert kept.of(one, figures.find(one)) is not first


def test_a_word_that_stands_as_it_is_is_no_misspelling_of_another() -> None:
    assert linking.likes("ireland", ["iceland"]) and linking.likes("exprots", ["exports"])
    assert not linking.likes("ireland", ["iceland"], is_known=True)
    assert linking.likes("korea", ["korean"], is_known=True)


@pytest.mark.parametrize(
    ("asked", "told", "is_like"),
    [
        ("Irish", "Ireland", True),
        ("Dutch", "Netherlands", True),
        ("Ostavian", "Ostavia", True),
        ("Astana", "Kazakhstan", True),
        # A country's figure is its government's, not the other way round.
        ("Kazakhstan", "Astana", False),
        ("Swiss", "Sweden", False),
        ("LA", "Los", False),
    ],
)
def test_a_people_stands_for_its_country(asked: str, told: str, is_like: bool) -> None:
    one, other = terms.stem(asked), terms.stem(told)
    assert (linking.likes(one, {other}, is_known=False).get(other, 0.0) >= 0.7) == is_like


def test_a_capital_that_is_told_of_is_itself() -> None:
    assert not linking.likes(terms.stem("Astana"), {terms.stem("Kazakhstan")}, is_known=True)
