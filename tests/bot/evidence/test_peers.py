"""What an article is about, and which of several are asked about."""

from __future__ import annotations

import pytest

from bot.evidence import peers
from ingest import Article, articles, figures


def article(text: str, name: str = "a.md") -> Article:
    return articles.parse(text.encode(), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Corven earns less\n\nCorven, the brewer, sold more. At Corven wages rose.", "Corven"),
        (
            "# Athletic climb\n\nAldmouth Athletic won. Athletic drew 9,000. So did Athletic.",
            "Aldmouth Athletic",
        ),
        (
            "# A small year\n\n*Interview with Ida Kale, director of the Wex Infirmary*\n\n"
            "We treated 900 people. We lost money. Our Wex staff stayed.",
            "Wex Infirmary",
        ),
        (
            "# Our island\n\nBy Eira Lund, chair of the Storm Islanders' Cooperative\n\n"
            "Our 15 turbines ran. We are glad. The Storm held us up.",
            "Storm",
        ),
        (
            '# "Nobody saw it"\n\nBracken is a boom town. In Bracken rents rose. Bracken built.',
            "Bracken",
        ),
    ],
)
def test_the_subject_of_an_article(text: str, name: str) -> None:
    found = peers.subject(article(text))
    assert found is not None and found[0] == name


def test_an_article_with_no_name_is_about_nobody() -> None:
    assert peers.subject(article("# On rain\n\nIt rained for days, and then it snowed.")) is None


CORVEN = "# Corven earns less\n\nCorven sold 40 barrels. At Corven wages rose."
ALM = "# Alm Brewing sells more\n\nThe brewer Alm Brewing sold 70 barrels. Alm Brewing grew."
BOTH = "# Corven to buy Alm Brewing\n\nCorven offers Alm Brewing much. Corven is glad."


def test_what_names_two_in_its_title_is_of_neither() -> None:
    held = [article(text, f"{i}.md") for i, text in enumerate((CORVEN, ALM, BOTH))]
    found = peers.find(held)
    assert {peer.name: peer.articles for peer in found} == {
        "Corven": ("0.md",),
        "Alm Brewing": ("1.md",),
    }


def test_peers_are_named_by_a_word_of_their_own() -> None:
    found = peers.find([article(CORVEN, "0.md"), article(ALM, "1.md")])
    named = peers.named("What did alm and Corven sell?", found)
    assert [peer.name for peer in named] == ["Alm Brewing", "Corven"]
    assert peers.named("What did brewing cost in Corvenia?", found[:1]) == []


def test_those_are_of_a_kind_that_are_called_so() -> None:
    held = [article(CORVEN, "0.md"), article(ALM, "1.md")]
    told = [figure for one in held for figure in figures.find(one)]
    kinds = peers.kinds("brewers", peers.find(held), {one.id: one for one in held}, told)
    assert kinds["Alm Brewing"] > kinds["Corven"]
