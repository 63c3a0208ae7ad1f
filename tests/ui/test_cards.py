from dataclasses import replace
from decimal import Decimal

import pytest

from bot.answers import Answer, Calculation, Citation, Number
from ingest import Article
from ui import bounds, cards

TEXT = "Head.\nZinc <b>rose</b> to $2,931. It fell later."
ARTICLE = Article("z.txt", "Zinc <i>", TEXT, (), None, None, "2024-01-02", None, "sha", "source")
CITATION = Citation(1, "z.txt", "Zinc <i>", 6, 33, TEXT[6:33], (0, len(TEXT)), "sha", "source")


def test_the_sentence_is_marked_in_its_passage() -> None:
    html = cards.passage(CITATION, ARTICLE)
    assert "Head.\n<mark>Zinc &lt;b&gt;rose&lt;/b&gt; to $2,931.</mark> It fell later." in html


def test_the_articles_that_say_the_same_are_named() -> None:
    html = cards.passage(replace(CITATION, copies=("wire/<b>.txt",)), ARTICLE)
    assert "z.txt · also in wire/&lt;b&gt;.txt" in html


def test_a_passage_that_has_changed_shows_the_quote_alone() -> None:
    html = cards.passage(CITATION, replace(ARTICLE, text="Other", sha256="other"))
    assert "Other" not in html and "$2,931" in html and "Changed since" in html


def test_numbers_and_chips_of_an_answer() -> None:
    answer = Answer(
        "Q", "Q", "answered", "It came to $2,931 <x> in 2024. [1][7]", citations=(CITATION,),
        figure_texts={"f1": "$2,931"},
        numbers=(Number("$2,931", 11, 17, "f1"), Number("2024", 25, 29, "date")),
    )  # fmt: skip
    html = cards.answer(answer)
    assert '<span class="q-number q-figure" title="quoted: $2,931">$2,931</span> &lt;x&gt;' in html
    assert '<span class="q-number" title="date, as in the source">2024</span>' in html
    assert "Zinc &lt;b&gt;rose" in html
    assert '<span class="q-chip">7</span>' in html, "a number without a citation stays a number"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("18390000000000", "18410000000000", "between 18.39 trillion yuan and 18.41 trillion yuan"),
        ("23746500000000", "23779100000000", "between 23.74 trillion yuan and 23.78 trillion yuan"),
        ("45", "45", "exactly 45 yuan"),
        ("5000000", None, "at least 5 million yuan"),
        (None, "5000000", "at most 5 million yuan"),
        (None, None, "neither bound is known"),
    ],
)
def test_intervals_are_rounded_outwards(low: str | None, high: str | None, told: str) -> None:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    made = Calculation("c1", "sum", (), (), None, ends[0], ends[1], "CNY", "", "")
    assert bounds.describe(made) == told
