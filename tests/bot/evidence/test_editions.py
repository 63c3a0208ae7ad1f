"""What was first told, and what was put right later."""

from __future__ import annotations

import pytest

from bot.evidence import editions
from ingest import Article, articles

TEXTS = {
    "first.txt": (
        "Shops in Velmora, September: first estimate\nStatistics Bureau, 29 October 2024\n\n"
        "In September the shops of Velmora sold goods worth 9.5 billion talers, the Bureau of "
        "Selm reckons. Of these 3.9 billion were spent on food. The Velmora chamber was pleased.\n"
    ),
    "later.txt": (
        "September in the shops of Velmora was better than first thought\n"
        "Statistics Bureau, 12 December 2024\n\n"
        "The shops of Velmora took 9.6 billion talers in September, the Bureau of Selm now says. "
        "It has raised its number, and the Velmora chamber says it always knew.\n"
    ),
    "minutes.txt": (
        "Council of Drell: minutes\n4 December 2024\n\n"
        "The harbour of Drell is to be dredged for 11 million crowns, said Mayor Anna Hove.\n"
    ),
    "boats.txt": (
        "Boats of Ansby bring in less\n2 May 2024\n\n"
        "The boats of Ansby landed 4,100 tonnes, fewer than ever, said the guild of Ansby.\n"
    ),
}


def article(name: str) -> Article:
    return articles.parse(TEXTS[name].encode(), name)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did shops sell in September, as first published?", "first.txt"),
        ("shops' takings in Velmora, provisional", "first.txt"),
        ("What did food cost in the October release?", "first.txt"),
        ("What did the shops take in September, corrected figure?", "later.txt"),
        ("the final number for the shops of Velmora", "later.txt"),
        ("What does the December report give for the shops?", "later.txt"),
        # Both, neither, or another thing.
        ("How much higher is the corrected number than the first estimate?", None),
        ("How far was the number of September revised?", None),
        ("When was the revised number due?", None),
        ("What did shops sell in September?", None),
        ("What did shops sell in the final quarter?", None),
        ("What does the June report give for the shops?", None),
    ],
)
@pytest.mark.parametrize("best", ["first.txt", "later.txt"])
def test_a_question_is_put_to_the_edition_that_it_names(
    question: str, told: str | None, best: str
) -> None:
    others = [article(name) for name in TEXTS if name != best]
    assert editions.asked(question, [article(best), *others]) == (((told,),) if told else ())


@pytest.mark.parametrize("best", ["minutes.txt", "boats.txt"])
def test_an_article_that_nothing_puts_right_is_no_edition(best: str) -> None:
    others = [article(name) for name in TEXTS if name != best]
    assert editions.asked("What is the final number?", [article(best), *others]) == ()
    assert editions.asked("What was first published?", [article(best)]) == ()
