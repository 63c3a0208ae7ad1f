"""What a figure's regions are, and how well a question meets them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.tagging.alignments import N_MET, N_REGIONS, Alignments, Sheet
from bot.tagging.windows import Window
from ingest import Article, Figure, Origin, articles, figures

WORDS = ("storage", "battery", "exports", "rose", "to", "4", "million", "in", "2024", "[mark]")


def read(text: str) -> tuple[Article, Figure]:
    article = articles.parse(text.encode(), "a.txt")
    return article, figures.find(article)[0]


def vectors(words: list[str]) -> np.ndarray:
    """One direction a word, the same by both layers; a word that is not known has none."""
    one = np.zeros((len(words), len(WORDS)), np.float32)
    for row, word in enumerate(words):
        if word in WORDS:
            one[row, WORDS.index(word)] = 1
    return np.concatenate([one, one], axis=1)


def sheet(article: Article, start: int, end: int) -> Sheet:
    """A window over one line, a piece a word, without context."""
    text = article.text[start:end]
    words, spans, at = text.rstrip(".").split(), [], start
    for word in words:
        at = article.text.index(word, at)
        spans.append((at, at + len(word)))
    ids = tuple(range(len(words)))
    window = Window(article.id, (), ids, tuple(spans), ((start, end),))
    return Sheet(window, vectors(["[mark]", *[word.lower() for word in words], "[mark]"]))


def asked(text: str) -> np.ndarray:
    return vectors(["[mark]", *text.split(), "[mark]"])


ARTICLE, FIGURE = read("Storage\n\nBattery exports rose to 4 million in 2024.")


def aligned(question: str, figure: Figure = FIGURE) -> tuple[Alignments, list[list[float]]]:
    start, end = FIGURE.sentence.start, FIGURE.sentence.end
    whole = sheet(ARTICLE, start, end)
    made = Alignments.of(asked(question), [whole])
    part = whole.places(figure.start, figure.end)
    assert part
    return made, [made.met(region) for region in made.figure(0, figure, part)]


def test_the_words_of_each_slot_are_found_by_their_place() -> None:
    made, _ = aligned("battery exports in 2024")
    part = made.sheets[0].places(FIGURE.start, FIGURE.end)
    assert part
    regions = made.figure(0, FIGURE, part)
    assert len(regions) == N_REGIONS
    told = {o.slot: ARTICLE.text[o.start : o.end] for o in FIGURE.origins}
    assert told["measure"].lower() == "battery exports"
    assert [len(r) for r in regions[5]] == [2]
    assert regions[6] == []
    assert [len(r) for r in regions[7]] == [1]


@pytest.mark.parametrize(
    ("question", "mean", "lowest"),
    [("battery exports in 2024", 1.0, 1.0), ("exports in 2024", 0.5, 0.0), ("rose to", 0.0, 0.0)],
)
def test_what_was_not_asked_for_shows(question: str, mean: float, lowest: float) -> None:
    _, met = aligned(question)
    assert met[5] == pytest.approx([1.0, mean, mean, lowest, lowest])


def test_a_slot_that_is_told_nowhere_near_has_no_region() -> None:
    far = replace(FIGURE, origins=(Origin("measure", "title", 10_000, 10_005),))
    _, met = aligned("battery exports", far)
    assert met[5] == [0.0] * N_MET


def test_edges_hold_the_highest_cosine_of_each_piece() -> None:
    made, _ = aligned("exports of storage")
    part = made.sheets[0].places(FIGURE.start, FIGURE.end)
    assert part
    edges = made.edges([made.figure(0, FIGURE, part)], N_REGIONS)
    assert edges.shape == (1, 5, 2 * N_REGIONS)
    by_measure = edges[0, 1:-1, 10]
    assert by_measure.tolist() == [1.0, 0.0, 0.0]


def test_without_windows_nothing_is_met() -> None:
    made = Alignments.of(asked("exports"), [])
    assert made.edges([], N_REGIONS).shape == (0, 3, 2 * N_REGIONS)
