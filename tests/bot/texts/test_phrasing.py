"""What an answer says: golden sentences, their grammar, and what is better quoted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import questions
from bot.evidence import subjects
from bot.nodes import derivation_of
from bot.proving.binding import Ledger, render
from bot.texts import phrasing
from ingest import articles, figures
from tests.bot.test_nodes import figures_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "sentences.yaml").read_text(encoding="utf-8")
)


def said(case: dict[str, Any]) -> str | None:
    """The sentence of a case, its slots filled as an answer fills them."""
    query = questions.parse(case["asks"])
    found, known = figures_of(case["figures"])
    written = [text for text, *_ in case["figures"]]
    if "operation" not in case:
        told = phrasing.stated(found[0], "{f1}", query, written[0])
        ledger = Ledger({"f1": found[0]}, {"f1": written[0]}, {})
    else:
        done = derivation_of(case["operation"], found, known, tuple(case.get("parameters", ())))
        is_bare = case.get("is_bare", False)
        texts = {id: known["a"].text[f.start : f.end] for id, f in done.figures.items()}
        told = phrasing.computed(query, done, f"{{{done.result}}}", is_bare=is_bare, texts=texts)
        ledger = Ledger(dict(done.figures), texts, dict(done.calculations))
    return told and render(told, ledger).text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_sentence(case: dict[str, Any]) -> None:
    assert said(case) == case["says"]


@pytest.mark.parametrize("case", [c for c in CASES if c["says"]], ids=lambda case: case["id"])
def test_a_sentence_is_whole(case: dict[str, Any]) -> None:
    text = case["says"]
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".") and "  " not in text and "None" not in text


@pytest.mark.parametrize(
    ("measure", "plural"),
    [
        ("exports", True),
        ("copies sold", True),
        ("vehicles delivered", True),
        ("people employed", True),
        ("sales of surgical arms", True),
        ("price of eggs", False),
        ("gross", False),
        ("status", False),
        ("analysis", False),
        ("median age", False),
        ("share of voters", False),
    ],
)
def test_number_of_a_measure(measure: str, plural: bool) -> None:
    assert subjects.is_plural(measure) is plural


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("revenue", "revenue"),
        ("budget", "the budget"),
        ("cost of project", "the cost of project"),
        ("exports", "exports"),
        ("the deficit", "the deficit"),
        ("net debt", "net debt"),
    ],
)
def test_article_of_a_measure(measure: str, told: str) -> None:
    assert subjects.with_article(measure) == told


@pytest.mark.parametrize("name", ["Tuesday", "March", "It", "Key", "Average", "chief", "Chinese"])
def test_who_owns_nothing(name: str) -> None:
    assert subjects.is_no_owner(name)


@pytest.mark.parametrize("name", ["China", "Tarrant & Pell", "New Zealand", "Texas"])
def test_who_may_own(name: str) -> None:
    assert not subjects.is_no_owner(name)


def test_a_quote_is_one_line_without_its_list_mark() -> None:
    article = articles.parse(b"Title\n\n- Fares rose by\n  5%.\n", "a.txt")
    start = article.text.index("- Fares")
    assert phrasing.quoted(article, start, len(article.text)) == "Fares rose by 5%."


TABLE = "# Budget\n\n| Ministry | 2025 | 2026 |\n|---|---|---|\n| Defence | 12.4 | 14.6 |\n"


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        (TABLE, "| Defence", "Defence – 2025: 12.4; 2026: 14.6"),
        ("Interview\n\nA: The price is €2.\n", "A:", "The price is €2."),
        ("Plan\n\nA. Rossi won.\n", "A.", "A. Rossi won."),
        ("Plan\n\n**Correction:** the price is €2.\n", "**C", "Correction: the price is €2."),
        ("Plan\n\n- **Fares** rose by 5%.\n", "- **", "Fares rose by 5%."),
        ("Plan\n\n- fares up by 5%\n", "- ", "fares up by 5%."),
    ],
)
def test_a_quote_without_its_marks(text: str, at: str, shown: str) -> None:
    article = articles.parse(text.encode(), "a.md")
    start = article.text.index(at)
    end = article.text.find("\n", start)
    assert phrasing.quoted(article, start, end if end > 0 else len(article.text)) == shown


@pytest.mark.parametrize(
    ("measure", "names", "left"),
    [
        ("Chinas foreign trade", ["China"], "foreign trade"),
        ("China’s foreign trade", ["Peru", "China"], "foreign trade"),
        ("foreign trade", ["China"], "foreign trade"),
        ("foreign trade", [], "foreign trade"),
    ],
)
def test_an_owner_before_its_measure_is_said_once(
    measure: str, names: list[str], left: str
) -> None:
    assert subjects._unowned(measure, names) == left


@pytest.mark.parametrize(
    ("measure", "is_clause"),
    [
        ("plates converge", True),
        ("ships call", True),
        ("copies sold", False),
        ("goods trade", False),
        ("services exports", False),
        ("household income", False),
        ("jobs lost", False),
    ],
)
def test_a_measure_that_is_a_clause(measure: str, is_clause: bool) -> None:
    assert subjects._is_clause(measure.split()) is is_clause


def test_of_what_a_thing_had_it_is_no_count() -> None:
    text = "European routes had 651,000, an increase of 9.8 percent."
    article = articles.parse(text.encode(), "a.txt")
    figure = next(f for f in figures.find(article) if f.value == 651_000)
    query = questions.parse("How many passengers flew on European routes?")
    told = phrasing.stated(figure, "{f1}", query, "651,000", "European routes had ")
    assert told is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'They came more often: 2.9 visits, where it was 2.6."',
            "They came more often: 2.9 visits, where it was 2.6.",
        ),
        ("They came more often.”", "They came more often."),
        ('"We lost 4% of it.', "We lost 4% of it."),
        ('"It will do," said the mayor.', '"It will do," said the mayor.'),
        ('He called it "the smallest".', 'He called it "the smallest".'),
        ('She said "it will do."', 'She said "it will do."'),
        ('A board 12" wide', 'A board 12" wide.'),
    ],
)
def test_a_quote_without_half_a_pair_of_marks(said: str, told: str) -> None:
    article = articles.parse(f"Title\n\n{said}\n".encode(), "a.txt")
    start = article.text.index(said)
    assert phrasing.quoted(article, start, start + len(said)) == told


def test_a_number_in_words_is_quoted() -> None:
    article = articles.parse(b"Two people died in the flood, police said.", "a.txt")
    figure = next(f for f in figures.find(article) if f.value == 2)
    query = questions.parse("How many people died?")
    assert phrasing.stated(figure, "{f1}", query, "Two") is None


@pytest.mark.parametrize(
    ("entity", "text", "is_whole"),
    [
        ("Lorne", "The Lorne River burst its banks in Port Lorne.", False),
        ("Port Lorne", "The Lorne River burst its banks in Port Lorne.", True),
        ("Brazil", "In Brazil Monday is a holiday. In Brazil it rained.", True),
        ("Trust", "The Museums Trust said so. The Trust has five museums.", True),
        ("Norway", "Sweden won. Norway, too.", True),
        ("Airways", "Sable Airways flew on; Sable Airways grew.", False),
        ("Oslo", "The capital grew.", True),
    ],
)
def test_a_name_that_stands_by_itself(entity: str, text: str, is_whole: bool) -> None:
    assert subjects.is_whole_name(entity, text) is is_whole
