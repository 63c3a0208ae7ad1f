"""Which figure of a sentence its words belong to."""

from __future__ import annotations

import re

import pytest

from bot.language import nearness, terms

MARK = re.compile(r"\[(.+?)\]")


def owners(marked: str) -> tuple[dict[str, tuple[float, ...]], list[str]]:
    """The owners in a sentence whose figures stand in brackets, and the figures."""
    spans, text, at = [], "", 0
    for m in MARK.finditer(marked):
        text += marked[at : m.start()]
        spans.append((len(text), len(text) + len(m[1])))
        text += m[1]
        at = m.end()
    text += marked[at:]
    return dict(nearness.owners(text, tuple(spans))), [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("sentence", "word", "figure"),
    [
        ("Interest fell to [19%] from [23%]; local banks charge [28%].", "banks", "28%"),
        (
            "The Union spent [6.2 million] so far, the Farmers [4.5 million].",
            "Farmers",
            "4.5 million",
        ),
        ("[31%] were sold in the States, [18%] in China and [7%] here.", "China", "18%"),
        ("Cargo was [395,000 tons] in 1850, [172,000] in 1870.", "1870", "172,000"),
        ("Together they hold [112 seats], more than the [101] they need.", "need", "101"),
        ("Falmilk, a group of [7,400 farmers], makes [58%] of the cheese.", "cheese", "58%"),
        ("Lenders approved [38,400] loans in April, against [36,900] in March.", "March", "36,900"),
        ("A cow gives [8,500 litres]; in 1990 it was [5,900].", "1990", "5,900"),
        ("A dose costs [$2.90] in poor countries and [$9.40] elsewhere.", "elsewhere", "$9.40"),
        ("The striker ran [11.2 km] and the keeper [4.1 km].", "keeper", "4.1 km"),
    ],
)
def test_a_word_belongs_to_its_figure(sentence: str, word: str, figure: str) -> None:
    held, figures = owners(sentence)
    degrees = held[terms.stem(word)]
    assert figures[degrees.index(max(degrees))] == figure
    assert degrees.count(max(degrees)) == 1


def test_what_opens_a_sentence_is_shared() -> None:
    held, _ = owners("Cargo was [395,000 tons] in 1850, [172,000] in 1870.")
    assert held["cargo"] == (1.0, nearness.SHARED)
    assert held[terms.stem("1870")] == (0.0, 1.0)


def test_no_figures_and_no_words() -> None:
    assert nearness.owners("", ()) == {}
    assert nearness.owners("No figure here", ())["figur"] == ()


def distances(marked: str, figure: str) -> dict[str, int]:
    text = marked.replace("[", "").replace("]", "")
    spans = [(text.index(m[1]), text.index(m[1]) + len(m[1])) for m in MARK.finditer(marked)]
    own = (text.index(figure), text.index(figure) + len(figure))
    return dict(nearness.distances(text, own, tuple(s for s in spans if s != own)))


def test_breaks_and_figures_between_make_a_word_far() -> None:
    sentence = "Interest fell to [19%] from [23%]; local banks charge [28%]."
    bank = terms.stem("banks")
    assert distances(sentence, "28%")[bank] == 2
    assert distances(sentence, "23%")[bank] > distances(sentence, "28%")[bank]
    assert distances(sentence, "19%")[bank] > distances(sentence, "23%")[bank]


def test_the_cells_of_a_row_are_apart_by_nature() -> None:
    row = "Greens | [13.8] | [30] | [34]"
    assert distances(row, "34")[terms.stem("Greens")] < 6
