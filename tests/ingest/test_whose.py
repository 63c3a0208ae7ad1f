"""Whose a figure is, and what it measures, in articles of several paragraphs."""

from __future__ import annotations

from ingest import figures
from ingest.articles import Article, Block
from ingest.figures import Figure, about, names

_FILLER = (
    "Nobody had expected so lively an autumn, least of all the people who have to plan for it. "
    "There had been talk of a pause, and of better days, and neither has come about so far. "
) * 6


def _article(text: str, title: str = "") -> Article:
    """The text as an article: blocks are parted by empty lines, headings begin with "#"."""
    blocks, at = [], 0
    for piece in text.split("\n\n"):
        kind = "heading" if piece.startswith("#") else "paragraph"
        blocks.append(Block(at, at + len(piece), kind, 2 if kind == "heading" else 0))  # type: ignore[arg-type]
        at += len(piece) + 2
    return Article("a", title, text, tuple(blocks), None, None, "2025-10-20", None, "", "")


def _told(text: str, title: str = "") -> dict[str, Figure]:
    article = _article(text, title)
    return {article.text[f.start : f.end]: f for f in figures.find(article)}


def _whose(text: str, title: str = "") -> dict[str, str | None]:
    return {said: f.entity for said, f in _told(text, title).items()}


_MILL = "Brennick makes board. " + _FILLER + "Sales at Brennick rose 4% to £310m.\n\n"
_OF_MILL = "Brennick has a good year"


def test_a_place_in_passing_owns_nothing_beyond_its_clause() -> None:
    found = _whose(
        _MILL + "Margins fell 7% after delays at the port of Gorsby held up 90 machines. "
        "The order book stood at £127m.",
        _OF_MILL,
    )
    assert found["£127m"] == "Brennick"
    assert found["7%"] == "Brennick"


def test_a_source_owns_nothing() -> None:
    found = _whose(
        _MILL + '"One customer buys a tenth," said Ian Moss, an analyst at Fenholt Securities, '
        "who has a target of 820p. The dividend is 4.2p.\n\n"
        "Fenholt predicts revenue of £330m for the year.",
        _OF_MILL,
    )
    assert {found[x] for x in ("a tenth", "820p", "4.2p")} == {"Brennick"}
    assert found["£330m"] == "Brennick"


def test_another_subject_goes_on_within_its_paragraph_only() -> None:
    found = _whose(
        _MILL + "Gorsby Pulp sold 300 tonnes. Its profit was £12m.\n\nHeadcount grew to 640.",
        _OF_MILL,
    )
    assert found["£12m"] == "Gorsby Pulp"
    assert found["640"] == "Brennick"


def test_a_country_is_a_name_wherever_it_stands() -> None:
    found = _whose(_FILLER + "Norway delivered 66 tonnes and Algeria 23 tonnes.")
    assert found == {"66 tonnes": "Norway", "23 tonnes": "Algeria"}


def test_a_name_before_its_bracket_owns_it() -> None:
    found = _whose(
        "Britain sent most, with 106,000 visitors, followed by Germany with 74,200 (up 6.9%) "
        "and France with 58,800 (down 12%)."
    )
    assert (found["74,200"], found["6.9%"], found["12%"]) == ("Germany", "Germany", "France")


def test_a_route_and_a_firms_home_are_no_owners() -> None:
    found = _whose(
        "The line runs from Quarry Park to Dale Road and has 19 stops. Its trams cost £9m."
    )
    assert set(found.values()) == {None}
    found = _whose(_FILLER + "The Corby-based group said its mills brought in £231m.")
    assert found["£231m"] is None


def test_whom_an_article_is_about() -> None:
    def subject(text: str, title: str = "") -> str | None:
        article = _article(text, title)
        return about.subject(article, names.of(article))

    assert subject(_MILL, _OF_MILL) == "Brennick"
    wire = "LEEDS, 3 May (Wire) - Exports from Chile rose. Chile sells copper."
    assert subject(wire, "Exports of Chile") == "Chile"
    assert subject(_FILLER + "Costs rose in Turin.", "Why flour is dear") is None
    rivals = "Orvane and Telmark merge. " + "Orvane pays. Telmark sells. " * 4
    assert subject(rivals, "Orvane, Telmark to merge") is None
    rider = "The stage went to Mats Verhagel. " + "Verhagel led by 4 seconds. " * 4
    assert subject(rider, "Verhagel wins the stage") is None


def test_a_masthead_is_no_owner() -> None:
    text = "# The Gorsby Courier\n\n# Brennick counts its boxes\n\n" + _MILL + "Debt was £20m."
    assert _whose(text)["£20m"] == "Brennick"
