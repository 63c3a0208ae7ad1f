"""What a question names that other lines have better than those cited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from bot.chain import Asked, Bot
from bot.doubts import straying
from bot.doubts.straying import NO_STRAYS
from bot.settings import Settings
from bot.tagging.features import Inputs
from ingest import embedding
from ingest.index import Index

LINES = (("a", 0), ("a", 40), ("a", 80))


def given(cosines: list[list[tuple[float, float]]], before: int = 0) -> Inputs:
    """Of each line and piece, the cosines with its own pieces and with what stands above."""
    edges = np.zeros((len(cosines), len(cosines[0]), 6), np.float32)
    for line, pieces in enumerate(cosines):
        for piece, (own, above) in enumerate(pieces):
            edges[line, piece, straying.OWN], edges[line, piece, straying.ABOVE] = own, above
    none = np.zeros((0, 0), np.float32)
    now = np.array([0] * before + [1] * (len(cosines[0]) - before))
    return Inputs(none, now, none, none, none, edges, none, (), LINES, {})


def test_what_others_have_better_strays() -> None:
    read = given([[(0.9, 0.1), (0.3, 0.2)], [(0.2, 0.1), (0.9, 0.1)], [(0.1, 0.1), (0.1, 0.1)]])
    strays = straying.strays(read, np.array([0.5, 0.5], np.float32), {("a", 0)})
    assert strays.share == pytest.approx(0.3) and strays.most == pytest.approx(0.6)


def test_words_have_their_pieces_counted_from_the_end() -> None:
    found = straying.words("How high was the toll-free bridge?", len, 99)
    bridge = next(word for word in found if word.stem == "bridg")
    assert (bridge.first, bridge.last) == (-8, -2)
    assert not straying.words("How high was the bridge?", len, 9)


def test_a_word_that_stands_nowhere_strays_as_a_whole() -> None:
    mark = (0.0, 0.0)
    read = given([
        [mark, (0.2, 0.1), (0.6, 0.2), mark],
        [mark, (0.8, 0.1), (0.7, 0.1), mark],
        [mark, (0.1, 0.1), (0.1, 0.1), mark],
    ])  # fmt: skip
    weights = np.array([0.0, 0.6, 0.4, 0.0], np.float32)
    word = straying.Word(-3, -1, "barley")
    strays = straying.strays(read, weights, {("a", 0)}, [word])
    assert strays.word == pytest.approx(0.6 * 0.6 + 0.4 * 0.1)
    assert straying.strays(read, weights, {("a", 0)}).word == 0


def test_what_stands_above_is_no_stray() -> None:
    read = given([[(0.9, 0.1), (0.3, 0.9)], [(0.2, 0.1), (0.9, 0.1)], [(0.1, 0.1), (0.1, 0.1)]])
    assert straying.strays(read, np.array([0.5, 0.5], np.float32), {("a", 0)}).share == 0


def test_pieces_of_the_turn_before_do_not_count() -> None:
    read = given([[(0.1, 0.1), (0.8, 0)], [(0.9, 0), (0.1, 0)], [(0.9, 0), (0.1, 0)]], before=1)
    assert straying.strays(read, np.array([0.5, 0.5], np.float32), {("a", 0)}).share == 0


def test_a_piece_that_matters_little_hardly_strays() -> None:
    read = given([[(0.9, 0), (0.1, 0)], [(0.1, 0), (0.9, 0)], [(0.1, 0), (0.1, 0)]])
    assert straying.strays(read, np.array([0.99, 0.01]), {("a", 0)}).most < 0.1


@pytest.mark.parametrize("cited", [set(), {("b", 0)}, set(LINES)])
def test_where_nothing_or_everything_is_cited_nothing_strays(cited: set[tuple[str, int]]) -> None:
    read = given([[(0.1, 0)], [(0.9, 0)], [(0.5, 0)]])
    assert straying.strays(read, np.ones(1, np.float32), cited) == NO_STRAYS


MILLS = """# Grain and mills of Harwick

The guild's net debt fell to 40 million crowns in 2024 from 55 million.

| Mill | Revenue, million crowns | Staff |
|---|---|---|
| Eastgate Mill | 24 | 120 |
| Brook Mill | 31 | 180 |

The museum of the guild had 12,400 visitors. Barley was dear; a tonne of wheat cost 210 crowns.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("mills")
    (folder / "mills.md").write_text(MILLS, encoding="utf-8")
    loaded = embedding.load()
    with closing(Index.open(folder / "index", corpus=folder, embedding=loaded)) as index:
        index.sync(folder)
    settings = Settings(corpus=folder, index=folder / "index")
    with closing(Bot.open(settings, loaded)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("of_it", "of_another", "line"),
    [
        ("net debt of the guild?", "net debt of Eastgate Mill?", "The guild's net debt"),
        ("What did wheat cost?", "What did the museum cost?", "Barley was dear"),
    ],
)
def test_the_whole_strays_from_a_part(bot: Bot, of_it: str, of_another: str, line: str) -> None:
    assert _share(bot, of_it, line) < _share(bot, of_another, line)


def _share(bot: Bot, question: str, line: str) -> float:
    found = bot.chain.retrieve(Asked(question, ()))
    desk = bot.chain.extractive.tagged(found.query, found.evidence)
    place = next(
        (f.line.article_id, f.line.start) for f in desk.found if f.line.text.startswith(line)
    )
    assert desk.strays is not None
    return desk.strays({place}).share
