"""The paper that the line about an article names."""

from __future__ import annotations

import pytest

from ingest import articles, papers

BODY = (
    "The harbour of Drell landed 4,100 tonnes of herring in March, more than in any month since "
    "the quay was rebuilt, and its boats earned 11 million crowns, the fishermen's guild says. "
    "Prices fell, but less than the guild had feared when the boats came home in February."
)


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("The Drell Courier, 18 June 2025", "Drell Courier"),
        ("By Rui Salgado, Meridian Herald, 31 July 2025", "Meridian Herald"),
        ("*Brecht Evening Post, 6 March 2025, by Milo Astrand*", "Brecht Evening Post"),
        ("Interview by Orla Svensson, Orbit Monthly, September 2025", "Orbit Monthly"),
        ("**Courier of Drell, 23 April 2025. Analysis by Oskar Wendelin**", "Courier of Drell"),
        ('*From the blog "Slow Miles", posted 11 October 2025*', "Slow Miles"),
        ('From the members\' magazine "The Long Oar", June 2025', "The Long Oar"),
        ("Pedal & Peak blog, 15 June 2025", "Pedal & Peak blog"),
        ("Kinowire, Monday 12 May 2025", "Kinowire"),
        ("LUND BAY, 24 July 2025 (Nordwire) - Chips were dear.", "Nordwire"),
        ("DRELL (Harbour News), 3 March 2026 - Boats came home.", "Harbour News"),
        # No paper, though a word of one stands there.
        ("By Sunniva Crane, arts correspondent, 11 February 2025", None),
        ("Drell, 20 January 2026", None),
        ("Age", None),
        ("Northmere Influenza Season 2022/23: Final Bulletin", None),
        ("A monthly look at the posts of the border guard, May 2025", None),
        ("Prices rose (after a long winter) - and fell again.", None),
    ],
)  # fmt: skip
def test_the_paper_is_told_from_the_line(line: str, paper: str | None) -> None:
    assert papers.find(line) == paper


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"Boats come home\nThe Drell Courier, 18 June 2025\n\n{BODY}\n"),
        ("a.md", f"# Boats come home\n\n*The Drell Courier, 18 June 2025*\n\n{BODY}\n"),
        (
            "a.html",
            "<html><head><title>Boats come home</title></head><body><h1>Boats come home</h1>"
            f"<p>The Drell Courier, 18 June 2025</p><p>{BODY}</p></body></html>",
        ),
    ],
)
def test_an_article_knows_its_paper(name: str, text: str) -> None:
    article = articles.parse(text.encode(), name)
    assert (article.source, article.published) == ("Drell Courier", "2025-06-18")


def test_a_source_that_is_labelled_stays() -> None:
    text = f"Boats come home\nSource: Xinhua\nThe Drell Courier, 18 June 2025\n\n{BODY}\n"
    assert articles.parse(text.encode(), "a.txt").source == "Xinhua"
